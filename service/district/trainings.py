"""Trainings on the criteria: recorded by who held them, per enterprise; taken back with a reason, and never changed."""

from collections import Counter
from typing import Any, Final

from campaign.coverage import TRAINEES, Held
from campaign.talks.district import TakeBackTrainingBrief, TrainedSector, TrainingBrief
from service.core.letters import Draft, send
from service.core.permissions import Act, Area, Needed, may, require
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.district import cards, coverage
from service.talks import flow
from storage import people, training_log
from storage.conversations import Conversation
from storage.training_log import Reached, Training
from talk.questions import Hint
from talk.texts import Say

NAMED: Final = 3
"""Codes that a refusal names."""


def begin(uow: UnitOfWork, me: Speaker, column: str) -> None:
    """登记培训."""
    require(uow, me, Act.RECORD_TRAINING, Area.of_column(uow.pack, column))
    found = coverage.of(uow, column).enterprises
    if not found:
        raise RefusedError(Say("training-nobody", place=column))
    by_sector = Counter(enterprise.sector for enterprise in found)
    brief = TrainingBrief(
        place=column,
        first=uow.pack.start,
        last=uow.pack.end,
        sectors=tuple(
            TrainedSector(sector.id, sector.name, by_sector[sector.id])
            for sector in uow.pack.sectors
            if by_sector[sector.id]
        ),
    )
    flow.begin(uow, me, brief)


def to_record(uow: UnitOfWork, talk: Conversation, brief: TrainingBrief) -> Needed:
    """Return what somebody needs who records a training of a place."""
    del talk
    return Needed(Area.of_column(uow.pack, brief.place), (Act.RECORD_TRAINING,))


def to_take_back(uow: UnitOfWork, talk: Conversation, brief: TakeBackTrainingBrief) -> Needed | None:
    """Return what somebody needs who takes a training back."""
    del talk
    found = training_log.get(uow.conn, brief.number)
    return None if found is None else Needed(Area.of_column(uow.pack, found.district), (Act.RECORD_TRAINING,))


def hears(uow: UnitOfWork, me: Speaker, talk: Conversation, key: str, raw: str, value: Any) -> Any:
    """Codes must be those of enterprises that the place trains; whose others are is nobody's to know."""
    del me, raw
    if key != "codes" or not isinstance(value, str):
        return value
    own = {enterprise.code for enterprise in coverage.of(uow, TrainingBrief.from_json(talk.brief).place).enterprises}
    others = [code for code in value.split() if code not in own]
    if not others:
        return value
    return Hint(Say("training-not-yours", number=len(others), codes="、".join(others[:NAMED])))


def recorded(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: TrainingBrief, held: Held) -> None:
    """Keep a training that was confirmed, enterprise by enterprise."""
    del talk
    column = brief.place
    # The role may have ended while it was being told.
    require(uow, me, Act.RECORD_TRAINING, Area.of_column(uow.pack, column))
    holders = people.all_holders(uow.conn)
    reached = [
        Reached(enterprise.code, role, coverage.people_of(holders, enterprise.code, role))
        for enterprise in coverage.of(uow, column).enterprises
        if held.reaches(enterprise.code, enterprise.sector)
        for role in TRAINEES
        if role in held.roles
    ]
    if not reached:
        raise RefusedError(Say("training-nobody", place=column))
    number = training_log.add(
        uow.conn, district=column, day=held.day, at=uow.now, by=me.person, note=held.venue, reached=reached
    )
    uow.note("training-recorded", f"training/{number}", day=str(held.day))
    told = Say(
        "training-recorded",
        number=number,
        enterprises=len({group.enterprise for group in reached}),
        people=sum(group.people for group in reached),
    )
    send(uow, me, cards.card(uow, me.person, column, told=told))


def show(uow: UnitOfWork, me: Speaker, number: int) -> Draft:
    """Return the card of a training."""
    found = existing(training_log.get(uow.conn, number))
    coverage.require_seen(uow, me, found.district)
    may_undo = may(uow, me.person, Act.RECORD_TRAINING, Area.of_column(uow.pack, found.district))
    return cards.training(uow, found, may_undo=may_undo)


def begin_undo(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """撤销登记: asks for the reason."""
    flow.begin(uow, me, TakeBackTrainingBrief(number=number, day=_to_take_back(uow, me, number).day))


def taken_back(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: TakeBackTrainingBrief, reason: str) -> None:
    """Take a training back, for a reason: it counts no more."""
    del talk
    found = _to_take_back(uow, me, brief.number)
    training_log.take_back(uow.conn, found, at=uow.now, by=me.person, reason=reason)
    uow.note("training-taken-back", f"training/{found.id}", reason=uow.fingerprint(reason))
    send(uow, me, cards.card(uow, me.person, found.district, told=Say("training-undone", number=found.id)))


def _to_take_back(uow: UnitOfWork, me: Speaker, number: int) -> Training:
    """Return a training that this person may still take back, locked. RefusedError: with the card of one that was."""
    found = existing(training_log.get(uow.conn, number, lock=True))
    require(uow, me, Act.RECORD_TRAINING, Area.of_column(uow.pack, found.district))
    if found.taken_back is not None:
        raise RefusedError.with_card(cards.training(uow, found, may_undo=False))
    return found
