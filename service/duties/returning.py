"""退回补正: staff give an answer back with one question; the duty is owed again, and begins from what was answered."""

from campaign.roles import CITY, CLERK, PRINCIPAL
from campaign.talks.duties import ReturnBrief
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft, answer, signature, tell
from service.core.permissions import Act, Needed, may, require
from service.core.refusal import RefusedError, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import actions
from service.duties.owned import bureau, with_rule
from service.talks import flow
from storage import duties, filings, people, registry
from storage.conversations import Conversation
from storage.duties import Duty
from talk.texts import Say


def _returning(duty: Duty) -> Act:
    return Act.RETURN_DISTRICT_ANSWER if duty.enterprise is None else Act.RETURN_ANSWER


def can_be_returned(uow: UnitOfWork, person: int, duty: Duty) -> bool:
    """Return whether somebody may give the answer of a duty back: one that was given in a talk."""
    return duty.status == "answered" and duty.conversation is not None and _may_return(uow, person, duty)


def _may_return(uow: UnitOfWork, person: int, duty: Duty) -> bool:
    return duty.owner != CITY and may(uow, person, _returning(duty), duty)  # nobody is above the city


def begin(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> None:
    """Ask what is to be put right."""
    duty = owned.duty
    if not _may_return(uow, me.person, duty):
        raise not_allowed()
    if duty.status != "answered" or duty.conversation is None:
        raise RefusedError(Say("return-too-late", title=owned.title))
    enterprise = None if duty.enterprise is None else registry.enterprise(uow.conn, duty.enterprise)
    place = duty.subject if enterprise is None else enterprise.name
    brief = ReturnBrief(duty=duty.id, conversation=duty.conversation, title=owned.title, place=place)
    flow.begin(uow, me, brief)


def to_return(uow: UnitOfWork, talk: Conversation, brief: ReturnBrief) -> Needed | None:
    """Return what somebody needs who gives an answer back."""
    del talk
    duty = duties.get(uow.conn, brief.duty)
    return None if duty is None else Needed(duty, (_returning(duty),))


def returned(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: ReturnBrief, question: str) -> None:
    """The answer goes back with its question, unless another of the staff was first or it was corrected meanwhile."""
    del talk
    duty = duties.get(uow.conn, brief.duty, lock=True)
    if duty is None:
        raise LookupError(brief.duty)
    require(uow, me, _returning(duty), duty)
    owned = with_rule(uow, duty)
    if duty.status != "answered" or duty.conversation != brief.conversation:
        raise RefusedError(Say("return-too-late", title=owned.title))
    filings.give_back(uow.conn, duty, question, by=me.person, at=uow.now)
    uow.note("answer-returned", f"duty/{duty.id}", conversation=brief.conversation)
    told = Say("returned-told", signature=signature(bureau(uow, duty)), title=owned.title, question=question)
    role = CLERK if duty.enterprise is None else PRINCIPAL
    reached = [
        tell(
            uow,
            owner,
            Draft((told,), (actions.FILL.tap(Say("option-put-right"), duty.id, ""),), of=duty.subject),
            kind="returned",
            dedupe=f"{uow.cause}/returned/{owner}",
            duty=duty.id,
        )
        for owner in people.holders(uow.conn, role, duty.subject)
    ]
    answer(uow, me, Say("returned-done" if any(reached) else "returned-untold", place=brief.place, title=owned.title))
