"""A hot-work permit (动火安全作业票): its states, what happens to it, who may cause it, and through which gates.

参照 GB 30871-2022. What a permit's life makes of it: `campaign.permit_life`.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a permit stands."""

    DRAFTED = "drafted"
    """Being written: a conversation, without a number yet."""
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REFUSED = "refused"
    APPROVED = "approved"
    STARTED = "started"
    SUSPENDED = "suspended"
    FINISHED = "finished"
    FIRE_WATCH = "fire_watch"
    CLOSED = "closed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


ENDED: Final = frozenset({State.REFUSED, State.CLOSED, State.EXPIRED, State.CANCELLED})
"""Nothing moves it any more; what arrives late is kept beside it."""
TIMED: Final = frozenset({State.SUBMITTED, State.RETURNED, State.APPROVED, State.STARTED, State.SUSPENDED})
"""Ends by itself when its time is over."""
VALID: Final = frozenset({State.APPROVED, State.STARTED})
"""Lets people work, or begin to."""
ON_SITE: Final = frozenset({State.STARTED, State.SUSPENDED, State.FINISHED, State.FIRE_WATCH})
"""Holds its point: no second permit is started there."""


class Event(StrEnum):
    """What happens to a permit."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"
    CANCEL = "cancel"
    ARRIVE = "arrive"
    """The guardian's own tap on site."""
    LEAVE = "leave"
    """The guardian has to go: he takes the permit back and the job stops."""
    PHOTO = "photo"
    """The place before the start."""
    MEASURES = "measures"
    """The safety measures looked at on site, one by one: in place, or lacking."""
    SAMPLE = "sample"
    """Gas within the limits; or over them while nobody works."""
    GAS_OVER = "gas_over"
    START = "start"
    PAUSE = "pause"
    STOP = "stop"
    """Anybody's: in one tap."""
    RESUME = "resume"
    FINISH = "finish"
    WATCH = "watch"
    """The guardian has begun the fire watch."""
    LOOK = "look"
    CLOSE = "close"
    VIOLATION = "violation"
    """Work found after the end of the permit."""
    NOTE = "note"
    """What arrived too late to move anything, or beside it: kept with both times."""
    MISSED = "missed"
    SPELL_ENDS = "spell_ends"
    EXPIRE = "expire"


class Seat(StrEnum):
    """Who somebody is on a permit; one person may have several, but for those that `DISTINCT` keeps apart."""

    APPLICANT = "applicant"
    LEADER = "leader"
    WELDER = "welder"
    GUARDIAN = "guardian"
    TESTER = "tester"
    APPROVER = "approver"
    OFFICE = "office"
    """The safety officers and the principal of the enterprise."""
    CLOCK = "clock"


class Gate(StrEnum):
    """What must hold for an event; each is a clear line to whoever it stops."""

    CERTIFIED = "certified"
    """Every welder has a valid certificate on each day of the permit."""
    DISTINCT = "distinct"
    """Guardian, welder and approver are three people, and nobody approves his own application [D]."""
    WINDOW = "window"
    """Not in the past, and never longer than the level allows."""
    HARMLESS = "harmless"
    """None of the ten prohibitions (十不准) applies."""
    POINT = "point"
    """No other permit holds the point."""
    IN_TIME = "in_time"
    """Within the hours of the permit."""
    SAMPLED = "sampled"
    """A fresh gas sample within the limits, where one is required."""
    GUARDED = "guarded"
    """The guardian has tapped on site and not left."""
    SECURED = "secured"
    """Every measure was confirmed on site, on this day, and none is lacking."""
    PICTURED = "pictured"
    """A photo of the place, not of another day."""
    BEGUN = "begun"
    """The job was started once."""
    WATCHED = "watched"
    """Fire watch has lasted, and the guardian looked each time."""
    LOOK_DUE = "look_due"
    """The next look of the fire watch is due."""
    ACCEPTED = "accepted"
    """A photo of the place after the job."""
    POSSIBLE = "possible"
    """The event has a place in this state, and is this person's."""


OUTSIDE: Final = frozenset({Gate.CERTIFIED, Gate.DISTINCT, Gate.WINDOW, Gate.HARMLESS, Gate.POINT})
"""Gates over facts that are not in a life; whoever knows them says which are shut."""


@dataclass(frozen=True, slots=True)
class Transition:
    """A move: who may cause it, which gates must be open, where it leads."""

    by: frozenset[Seat]
    gates: tuple[Gate, ...]
    to: State


def _by(*seats: Seat) -> frozenset[Seat]:
    return frozenset(seats)


_APPLICANT: Final = _by(Seat.APPLICANT)
_APPROVER: Final = _by(Seat.APPROVER)
_GUARDIAN: Final = _by(Seat.GUARDIAN)
_CLOCK: Final = _by(Seat.CLOCK)
_RUN: Final = _by(Seat.LEADER, Seat.APPLICANT, Seat.OFFICE)
_CHECK: Final = _by(Seat.GUARDIAN, Seat.LEADER)
_TEST: Final = _by(Seat.TESTER, Seat.GUARDIAN, Seat.LEADER, Seat.APPLICANT, Seat.OFFICE)
_ALL: Final = frozenset(Seat) - _CLOCK
_APPLY: Final = (Gate.CERTIFIED, Gate.DISTINCT, Gate.WINDOW, Gate.HARMLESS, Gate.POINT)
_GO: Final = (
    *(Gate.IN_TIME, Gate.SAMPLED, Gate.GUARDED, Gate.SECURED, Gate.PICTURED),
    *(Gate.CERTIFIED, Gate.DISTINCT, Gate.POINT),
)

TABLE: Final[dict[tuple[State, Event], Transition]] = {
    (State.DRAFTED, Event.SUBMIT): Transition(_APPLICANT, _APPLY, State.SUBMITTED),
    (State.RETURNED, Event.SUBMIT): Transition(_APPLICANT, _APPLY, State.SUBMITTED),
    (State.SUBMITTED, Event.APPROVE): Transition(_APPROVER, (Gate.CERTIFIED, Gate.DISTINCT), State.APPROVED),
    (State.SUBMITTED, Event.RETURN): Transition(_APPROVER, (), State.RETURNED),
    (State.SUBMITTED, Event.REFUSE): Transition(_APPROVER, (), State.REFUSED),
    # Before and between the spells of work.
    **{
        (state, event): Transition(by, (), state)
        for state in (State.APPROVED, State.SUSPENDED)
        for event, by in (
            (Event.ARRIVE, _GUARDIAN),
            (Event.LEAVE, _GUARDIAN),
            (Event.MEASURES, _CHECK),
            (Event.PHOTO, _ALL),
            (Event.SAMPLE, _TEST),
        )
    },
    (State.APPROVED, Event.START): Transition(_RUN, _GO, State.STARTED),
    (State.APPROVED, Event.STOP): Transition(_ALL, (), State.SUSPENDED),
    (State.SUSPENDED, Event.RESUME): Transition(_RUN, _GO, State.STARTED),
    (State.SUSPENDED, Event.STOP): Transition(_ALL, (), State.SUSPENDED),
    # While people work.
    (State.STARTED, Event.SAMPLE): Transition(_TEST, (), State.STARTED),
    (State.STARTED, Event.GAS_OVER): Transition(_TEST, (), State.SUSPENDED),
    (State.STARTED, Event.PHOTO): Transition(_ALL, (), State.STARTED),
    (State.STARTED, Event.PAUSE): Transition(_RUN | _GUARDIAN | _by(Seat.WELDER), (), State.SUSPENDED),
    (State.STARTED, Event.LEAVE): Transition(_GUARDIAN, (), State.SUSPENDED),
    (State.STARTED, Event.STOP): Transition(_ALL, (), State.SUSPENDED),
    (State.STARTED, Event.MISSED): Transition(_CLOCK, (), State.SUSPENDED),
    (State.STARTED, Event.SPELL_ENDS): Transition(_CLOCK, (), State.SUSPENDED),
    (State.STARTED, Event.FINISH): Transition(_RUN | _GUARDIAN, (), State.FINISHED),
    (State.SUSPENDED, Event.FINISH): Transition(_RUN | _GUARDIAN, (Gate.BEGUN,), State.FINISHED),
    # Fire watch and acceptance.
    (State.FINISHED, Event.WATCH): Transition(_GUARDIAN, (), State.FIRE_WATCH),
    # Who looks in time watches, whether he said that he began or not.
    (State.FINISHED, Event.LOOK): Transition(_GUARDIAN, (Gate.LOOK_DUE,), State.FIRE_WATCH),
    **{
        (state, event): Transition(by, (), state)
        for state in (State.FINISHED, State.FIRE_WATCH)
        for event, by in ((Event.PHOTO, _ALL), (Event.SAMPLE, _TEST))
    },
    (State.FIRE_WATCH, Event.LOOK): Transition(_GUARDIAN, (Gate.LOOK_DUE,), State.FIRE_WATCH),
    (State.FIRE_WATCH, Event.CLOSE): Transition(_RUN | _APPROVER, (Gate.WATCHED, Gate.ACCEPTED), State.CLOSED),
    **{
        (state, Event.CANCEL): Transition(_RUN | _APPROVER, (), State.CANCELLED)
        for state in (State.SUBMITTED, State.RETURNED, State.APPROVED, State.STARTED, State.SUSPENDED)
    },
    **{(state, Event.EXPIRE): Transition(_CLOCK, (), State.EXPIRED) for state in State if state in TIMED},
    (State.EXPIRED, Event.VIOLATION): Transition(_ALL, (), State.EXPIRED),
    **{(state, Event.NOTE): Transition(_ALL, (), state) for state in State if state is not State.DRAFTED},
}
"""Every move there is; what is not here is refused."""


def may(state: State, event: Event, seats: AbstractSet[Seat]) -> bool:
    """Whether somebody with these seats may cause an event in this state at all."""
    transition = TABLE.get((state, event))
    return transition is not None and not transition.by.isdisjoint(seats)
