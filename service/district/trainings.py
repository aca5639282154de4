"""Trainings on the criteria: recorded by who held them, per enterprise; taken back with a reason, and never changed."""

from collections import Counter
from typing import Any, Final

from campaign.coverage import TRAINEES, Held
from service import talks
from service.actions import target_of
from service.district import cards as coverage_cards
from service.district import coverage
from service.letters import answer, send
from service.permissions import Act, may
from service.work import Speaker, Talking, Work
from storage import audit, people
from storage import coverage as storage
from storage.coverage import Reached, Training
from talk.questions import Hint
from talk.texts import Say

RECORD: Final = "training"
TAKE_BACK: Final = "training-undo"
"""The talks."""
NAMED: Final = 3
"""Codes that a refusal names."""


def may_record(work: Work, person: int, column: str) -> bool:
    """Whether somebody may record a training of a column."""
    return may(work, person, Act.RECORD_TRAINING, target_of(work, column))


def begin(work: Work, me: Speaker, column: str) -> None:
    """登记培训."""
    if not may_record(work, me.person, column):
        answer(work, me, Say("not-allowed"))
        return
    found = coverage.of(work, column).enterprises
    if not found:
        answer(work, me, Say("training-nobody", place=column))
        return
    by_sector = Counter(one.sector for one in found)
    brief = {
        "place": column,
        "first": work.pack.start.isoformat(),
        "last": work.pack.end.isoformat(),
        "sectors": [
            {"id": one.id, "name": one.name.as_json(), "number": by_sector[one.id]}
            for one in work.pack.sectors
            if by_sector[one.id]
        ],
    }
    talks.begin(work, me, RECORD, brief)


def hears(work: Work, me: Speaker, talk: Talking, key: str, raw: str, value: Any) -> Any:
    """Codes must be those of enterprises that the place trains; whose others are is nobody's to know."""
    del me, raw
    if key != "codes" or not isinstance(value, str):
        return value
    own = {one.code for one in coverage.of(work, str(talk.brief["place"])).enterprises}
    others = [code for code in value.split() if code not in own]
    if not others:
        return value
    return Hint(Say("training-not-yours", number=len(others), codes="、".join(others[:NAMED])))


def recorded(work: Work, me: Speaker, talk: Talking, held: Held) -> None:
    """A training is confirmed: keep it, enterprise by enterprise."""
    column = str(talk.brief["place"])
    if not may_record(work, me.person, column):
        # The role ended while it was being told.
        answer(work, me, Say("not-allowed"))
        return
    holders = people.all_holders(work.conn)
    reached = [
        Reached(one.code, role, coverage.people_of(holders, one.code, role))
        for one in coverage.of(work, column).enterprises
        if held.reaches(one.code, one.sector)
        for role in TRAINEES
        if role in held.roles
    ]
    if not reached:
        answer(work, me, Say("training-nobody", place=column))
        return
    number = storage.add(
        work.conn, district=column, day=held.day, at=work.now, by=me.person, note=held.venue, reached=reached
    )
    audit.note(work.conn, work.now, "training-recorded", me.person, f"training/{number}", day=str(held.day))
    told = Say(
        "training-recorded",
        number=number,
        enterprises=len({one.enterprise for one in reached}),
        people=sum(one.people for one in reached),
    )
    send(work, me, coverage_cards.card(work, me.person, column, told=told))


def show(work: Work, me: Speaker, number: int) -> None:
    """The card of a training."""
    found = storage.get(work.conn, number)
    if found is None or not coverage.may_see(work, me.person, found.district):
        answer(work, me, Say("not-allowed"))
    else:
        send(work, me, coverage_cards.training(work, found, may_undo=may_record(work, me.person, found.district)))


def begin_undo(work: Work, me: Speaker, number: int) -> None:
    """撤销登记: asks for the reason."""
    found = _open(work, me, number)
    if found is not None:
        talks.begin(work, me, TAKE_BACK, {"number": number, "day": found.day.isoformat()})


def taken_back(work: Work, me: Speaker, talk: Talking, reason: str) -> None:
    """The reason is there: the training counts no more."""
    found = _open(work, me, int(talk.brief["number"]))
    if found is None:
        return
    storage.take_back(work.conn, found, at=work.now, by=me.person, reason=reason)
    audit.note(work.conn, work.now, "training-taken-back", me.person, f"training/{found.id}", reason=reason)
    told = Say("training-undone", number=found.id)
    send(work, me, coverage_cards.card(work, me.person, found.district, told=told))


def _open(work: Work, me: Speaker, number: int) -> Training | None:
    """A training that this person may still take back, locked; else they are told why not."""
    found = storage.get(work.conn, number, lock=True)
    if found is None or not may_record(work, me.person, found.district):
        answer(work, me, Say("not-allowed"))
        return None
    if found.taken_back is not None:
        send(work, me, coverage_cards.training(work, found, may_undo=False))
        return None
    return found
