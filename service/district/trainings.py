"""Trainings on the criteria: recorded by who held them, per enterprise; taken back with a reason, and never changed."""

from collections import Counter
from typing import Any, Final

from campaign.coverage import TRAINEES, Held
from service.core.letters import answer, send
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.district import cards as coverage_cards
from service.district import coverage
from service.talks import flow
from storage import audit, people
from storage import coverage as storage
from storage.conversations import Conversation
from storage.coverage import Reached, Training
from talk.questions import Hint
from talk.texts import Say

RECORD: Final = "training"
TAKE_BACK: Final = "training-undo"
"""The talks."""
NAMED: Final = 3
"""Codes that a refusal names."""


def may_record(uow: UnitOfWork, person: int, column: str) -> bool:
    """Whether somebody may record a training of a column."""
    return may(uow, person, Act.RECORD_TRAINING, Target.of_column(uow.pack, column))


def begin(uow: UnitOfWork, me: Speaker, column: str) -> None:
    """登记培训."""
    if not may_record(uow, me.person, column):
        answer(uow, me, Say("not-allowed"))
        return
    found = coverage.of(uow, column).enterprises
    if not found:
        answer(uow, me, Say("training-nobody", place=column))
        return
    by_sector = Counter(one.sector for one in found)
    brief = {
        "place": column,
        "first": uow.pack.start.isoformat(),
        "last": uow.pack.end.isoformat(),
        "sectors": [
            {"id": one.id, "name": one.name.as_json(), "number": by_sector[one.id]}
            for one in uow.pack.sectors
            if by_sector[one.id]
        ],
    }
    flow.begin_old(uow, me, RECORD, brief)


def hears(uow: UnitOfWork, me: Speaker, talk: Conversation, key: str, raw: str, value: Any) -> Any:
    """Codes must be those of enterprises that the place trains; whose others are is nobody's to know."""
    del me, raw
    if key != "codes" or not isinstance(value, str):
        return value
    own = {one.code for one in coverage.of(uow, str(talk.brief["place"])).enterprises}
    others = [code for code in value.split() if code not in own]
    if not others:
        return value
    return Hint(Say("training-not-yours", number=len(others), codes="、".join(others[:NAMED])))


def recorded(uow: UnitOfWork, me: Speaker, talk: Conversation, held: Held) -> None:
    """A training is confirmed: keep it, enterprise by enterprise."""
    column = str(talk.brief["place"])
    if not may_record(uow, me.person, column):
        # The role ended while it was being told.
        answer(uow, me, Say("not-allowed"))
        return
    holders = people.all_holders(uow.conn)
    reached = [
        Reached(one.code, role, coverage.people_of(holders, one.code, role))
        for one in coverage.of(uow, column).enterprises
        if held.reaches(one.code, one.sector)
        for role in TRAINEES
        if role in held.roles
    ]
    if not reached:
        answer(uow, me, Say("training-nobody", place=column))
        return
    number = storage.add(
        uow.conn, district=column, day=held.day, at=uow.now, by=me.person, note=held.venue, reached=reached
    )
    audit.note(uow.conn, uow.now, "training-recorded", me.person, f"training/{number}", day=str(held.day))
    told = Say(
        "training-recorded",
        number=number,
        enterprises=len({one.enterprise for one in reached}),
        people=sum(one.people for one in reached),
    )
    send(uow, me, coverage_cards.card(uow, me.person, column, told=told))


def show(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """The card of a training."""
    found = storage.get(uow.conn, number)
    if found is None or not coverage.may_see(uow, me.person, found.district):
        answer(uow, me, Say("not-allowed"))
    else:
        send(uow, me, coverage_cards.training(uow, found, may_undo=may_record(uow, me.person, found.district)))


def begin_undo(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """撤销登记: asks for the reason."""
    found = _open(uow, me, number)
    if found is not None:
        flow.begin_old(uow, me, TAKE_BACK, {"number": number, "day": found.day.isoformat()})


def taken_back(uow: UnitOfWork, me: Speaker, talk: Conversation, reason: str) -> None:
    """The reason is there: the training counts no more."""
    found = _open(uow, me, int(talk.brief["number"]))
    if found is None:
        return
    storage.take_back(uow.conn, found, at=uow.now, by=me.person, reason=reason)
    audit.note(uow.conn, uow.now, "training-taken-back", me.person, f"training/{found.id}", reason=reason)
    told = Say("training-undone", number=found.id)
    send(uow, me, coverage_cards.card(uow, me.person, found.district, told=told))


def _open(uow: UnitOfWork, me: Speaker, number: int) -> Training | None:
    """A training that this person may still take back, locked; else they are told why not."""
    found = storage.get(uow.conn, number, lock=True)
    if found is None or not may_record(uow, me.person, found.district):
        answer(uow, me, Say("not-allowed"))
        return None
    if found.taken_back is not None:
        send(uow, me, coverage_cards.training(uow, found, may_undo=False))
        return None
    return found
