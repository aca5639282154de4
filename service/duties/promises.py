"""What does not meet its clause has a day by which it will: asked after the filing, kept as often as it is said."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from campaign.talks.duties import OwnPromise, PromiseBrief, Promised
from campaign.workdays import morning
from service.core.duty_talk import OwnedDuty
from service.core.letters import answer
from service.core.permissions import Act, Needed
from service.core.refusal import RefusedError, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties.owned import confirming, due_day, may_confirm, with_rule
from service.talks import flow
from storage import duties, filings
from storage.conversations import Conversation
from storage.duties import Duty
from talk.texts import DayAndWeekday, Phrase, Say, Words, listed

AHEAD: Final = timedelta(days=61)
"""So far ahead somebody may promise: two months."""


def ask(uow: UnitOfWork, me: Speaker, filed: Sequence[OwnedDuty], *, by_phone: bool = False) -> None:
    """Ask by which day the duties among these will be met that are not; nothing where all are. One day for all."""
    unmet = [owned for owned in filed if owned.duty.unmet]
    if not unmet:
        return
    today = uow.now.date()
    days = [day for owned in unmet if (day := due_day(uow, owned.duty)) is not None and day >= today]
    brief = PromiseBrief(
        unmet=tuple(
            OwnPromise(owned.duty.id, owned.duty.conversation, owned.title, owned.duty.judged.unmet) for owned in unmet
        ),
        first=today,
        last=today + AHEAD,
        due=min(days, default=None),
        by_phone=by_phone,
    )
    flow.begin(uow, me, brief)


def begin(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> None:
    """选日期, 改日期: the owner says by which day it will be met, or says another one."""
    if not may_confirm(uow, me.person, owned.duty):
        raise not_allowed()
    if not owned.duty.unmet:
        raise RefusedError(Say("promise-not-needed", title=owned.title))
    ask(uow, me, [owned])


def to_promise(uow: UnitOfWork, talk: Conversation, brief: PromiseBrief) -> Needed | None:
    """Return what somebody needs who promises; None: nothing of it is to be promised any more."""
    del talk
    left = _left(uow, brief)
    if not left:
        return None
    return Needed(left[0], (Act.ENTER_BY_PHONE if brief.by_phone else confirming(left[0]),))


def promised(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: PromiseBrief, result: Promised) -> None:
    """Keep the day; the duty comes back in its morning."""
    del talk
    lines = []
    for duty in _left(uow, brief):
        before = len(filings.promised(uow.conn, [duty.id]).get(duty.id, ()))
        filings.promise(uow.conn, duty, result.day, by=me.person, at=uow.now, remind=morning(result.day, uow.now))
        uow.note("duty-promised", f"duty/{duty.id}", day=result.day.isoformat(), before=before)
        lines.append(Say("promised", title=with_rule(uow, duty).title, day=DayAndWeekday(result.day)))
    answer(uow, me, *lines, Say("promised-next"))


def _left(uow: UnitOfWork, brief: PromiseBrief) -> list[Duty]:
    """The duties of a talk whose answers still count and still do not meet the clause, locked."""
    asked = {own.duty: own.conversation for own in brief.unmet}
    found = (duties.get(uow.conn, number, lock=True) for number in asked)
    return [duty for duty in found if duty is not None and duty.unmet and duty.conversation == asked[duty.id]]


def why(duty: Duty) -> tuple[Say | Words, ...]:
    """Return why the answer of a duty does not meet the clause, a line each."""
    judged = duty.judged
    lacking = (Say("unmet-evidence", what=label) for label in judged.required)
    return (*(Say("unmet-line", why=words) for words in judged.unmet), *lacking)


def told(uow: UnitOfWork, duty: Duty) -> Say:
    """Return why the answer of a duty does not meet the clause, in one line, and that a day was promised more than
    once: staff see that.
    """
    found: list[Phrase] = [*reasons(duty)]
    number = len(filings.promised(uow.conn, [duty.id]).get(duty.id, ()))
    if number > 1:
        found.append(Say("owes-promise-again", number=number))
    return listed(found)


def reasons(duty: Duty) -> tuple[Phrase, ...]:
    """Return in a few words each why the answer of a duty does not meet the clause."""
    judged = duty.judged
    return (*judged.unmet, *(Say("unmet-evidence-short", what=label) for label in judged.required))
