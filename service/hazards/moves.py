"""Who may move a hazard, and its moves: every step is kept with who and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Unpack

from campaign.hazards import ENDED, Event, Side, State, moved
from service.core.permissions import Act, may, require, shows
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hazards import reporting, weeks
from storage import hazards, registry
from storage.hazards import Hazard, HazardColumns
from storage.registry import Enterprise
from talk.texts import Say

NEEDS: Final[Mapping[Event, tuple[tuple[Side, Act], ...]]] = {
    Event.PLAN: (("enterprise", Act.RECTIFY_HAZARD),),
    Event.PROGRESS: (("enterprise", Act.RECTIFY_HAZARD),),
    Event.FINISH: (("enterprise", Act.RECTIFY_HAZARD),),
    Event.RELAPSE: (("enterprise", Act.RECTIFY_HAZARD),),
    Event.EVALUATE: (("enterprise", Act.EVALUATE_HAZARD),),
    Event.PASSED: (("department", Act.JUDGE_HAZARD),),
    Event.FAILED: (("department", Act.JUDGE_HAZARD),),
    Event.CLOSE: (("department", Act.JUDGE_HAZARD), ("enterprise", Act.EVALUATE_HAZARD)),
    Event.LOOK_BACK: (("department", Act.JUDGE_HAZARD),),
    Event.REOPEN: (("department", Act.JUDGE_HAZARD),),
    Event.NOT_MAJOR: (("department", Act.JUDGE_HAZARD),),
    Event.MAJOR: (("department", Act.JUDGE_HAZARD),),
    Event.MERGE: (("department", Act.JUDGE_HAZARD),),
    Event.WITHDRAW: (("department", Act.JUDGE_HAZARD),),
}
"""As which side, and by which permission, an event is caused."""


@dataclass(frozen=True, slots=True)
class HazardInHand:
    """A hazard with the enterprise that it is in."""

    hazard: Hazard
    enterprise: Enterprise


def not_now() -> RefusedError:
    """The refusal of what cannot be done with a hazard as it stands, or not by them."""
    return RefusedError(Say("hazard-not-now"))


def enterprise_of(uow: UnitOfWork, number: int) -> Enterprise | None:
    """Return the enterprise that a hazard is in; None: there is no such hazard."""
    hazard = hazards.get(uow.conn, number)
    return None if hazard is None else registry.enterprise(uow.conn, hazard.enterprise)


def has_others(uow: UnitOfWork, number: int) -> bool:
    """Return whether other hazards than this are open in its enterprise."""
    hazard = hazards.get(uow.conn, number)
    found = [] if hazard is None else hazards.find(uow.conn, enterprise=hazard.enterprise, only_open=True)
    return any(other.id != number for other in found)


def visible(uow: UnitOfWork, person: int, number: int) -> HazardInHand | None:
    """A hazard by its number, locked; None where this person may not see it, since numbers can be guessed."""
    hazard = hazards.get(uow.conn, number, lock=True)
    enterprise = None if hazard is None else registry.enterprise(uow.conn, hazard.enterprise)
    if hazard is None or enterprise is None or not shows(uow, person, Act.SEE_HAZARD, enterprise):
        return None
    return HazardInHand(hazard, enterprise)


def in_hand(uow: UnitOfWork, person: int, number: int) -> HazardInHand:
    """As `visible`; RefusedError where it is not."""
    return existing(visible(uow, person, number))


def possible(uow: UnitOfWork, person: int, held: HazardInHand) -> dict[Event, tuple[Side, State]]:
    """Return the events that a person may cause now, each with the side as which they do, and the state after it."""
    allowed: dict[Act, bool] = {}
    found: dict[Event, tuple[Side, State]] = {}
    for event, needed in NEEDS.items():
        for side, act in needed:
            to = moved(
                held.hazard.stands,
                event,
                side,
                reinspection=uow.pack.hazards.needs_reinspection,
                unsure=held.hazard.unsure,
            )
            if to is None:
                continue
            if act not in allowed:
                allowed[act] = may(uow, person, act, held.enterprise)
            if allowed[act]:
                found.setdefault(event, (side, to))
    return found


def can(uow: UnitOfWork, person: int, held: HazardInHand, *events: Event) -> bool:
    """Whether a person may cause any of some events now."""
    return not possible(uow, person, held).keys().isdisjoint(events)


def move(
    uow: UnitOfWork,
    me: Speaker,
    held: HazardInHand,
    event: Event,
    data: Mapping[str, Any],
    **columns: Unpack[HazardColumns],
) -> HazardInHand:
    """Cause an event, and return the hazard after it. `data` is what was said, `columns` are what else changes of its
    row. RefusedError where it is not possible now, or not theirs.
    """
    side, to = possible(uow, me.person, held).get(event, (None, None))
    if to is None:
        raise not_now()
    for needed_side, act in NEEDS[event]:
        if needed_side == side:
            require(uow, me, act, held.enterprise)
    hazard = held.hazard
    if event is Event.REOPEN or (event in (Event.FAILED, Event.RELAPSE) and hazard.weekly_from is None):
        # From now on it is asked about each week; not for the weeks in which it was closed.
        columns["weekly_from"] = uow.now
    if to in ENDED:
        columns["closed_at"] = hazard.closed_at or uow.now
    elif hazard.closed_at is not None:
        columns["closed_at"] = None
    if hazard.merged_into is not None:
        columns["merged_into"] = None
    if to not in hazards.UNRECTIFIED and hazard.asked_deadline is not None:
        # Nothing is left to be put off.
        columns |= {"asked_deadline": None, "asked_reason": None}
    columns["state"] = to
    hazards.change(uow.conn, hazard.id, **columns)
    record_step(uow, me, hazard.id, event, data)
    uow.note(f"hazard-{event}", f"hazard/{hazard.id}", state=to)
    reporting.settle(uow, hazard, event)
    if (to in ENDED) != (hazard.stands in ENDED):
        weeks.refresh(uow, hazard.enterprise)
    return reloaded(uow, hazard.id, held.enterprise)


def record_step(uow: UnitOfWork, me: Speaker, number: int, event: str, data: Mapping[str, Any]) -> None:
    """Keep what somebody did with a hazard."""
    hazards.step(uow.conn, number, uow.now, me.person, str(event), data)


def reloaded(uow: UnitOfWork, number: int, enterprise: Enterprise) -> HazardInHand:
    """A hazard of an enterprise, read again after a change."""
    hazard = hazards.get(uow.conn, number)
    if hazard is None:
        raise LookupError(number)
    return HazardInHand(hazard, enterprise)
