"""An enterprise's life in the registry: at work, at a standstill (停产), gone; what moves it, and from which day on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Protocol


class State(StrEnum):
    """How an enterprise stands."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    """停产: what falls due meanwhile is excused, and comes back where it ends sooner."""
    DEREGISTERED = "deregistered"
    MOVED = "moved"
    """迁出, out of the city; from one district to another is a change of the registry."""
    MERGED = "merged"


class Event(StrEnum):
    """What happens to an enterprise, and is entered with the first day on which it holds."""

    SUSPEND = "suspend"
    RESUME = "resume"
    DEREGISTER = "deregister"
    MOVE = "move"
    MERGE = "merge"


CLOSED: Final = frozenset({State.DEREGISTERED, State.MOVED, State.MERGED})
"""Gone: owes nothing any more."""

EARLIEST: Final = date(2000, 1, 1)
"""No standstill that matters began before."""
AHEAD: Final = timedelta(days=730)
"""So far ahead may a standstill reach."""

CLOSING: Final[Mapping[Event, State]] = {
    Event.DEREGISTER: State.DEREGISTERED,
    Event.MOVE: State.MOVED,
    Event.MERGE: State.MERGED,
}
"""What ends an enterprise, and as what."""
TABLE: Final[Mapping[tuple[State, Event], State]] = {
    (State.ACTIVE, Event.SUSPEND): State.SUSPENDED,
    (State.SUSPENDED, Event.RESUME): State.ACTIVE,
    # Who moved out of the city may come back; who was deregistered comes back under another code, or by a correction.
    (State.MOVED, Event.RESUME): State.ACTIVE,
    **{(state, event): to for state in (State.ACTIVE, State.SUSPENDED) for event, to in CLOSING.items()},
}
"""Every move there is; what is not here is refused."""


class Entered(Protocol):
    """What was entered about an enterprise and was not taken back."""

    @property
    def id(self) -> int:
        """The number of the entry; of two of one day the later one holds."""

    @property
    def event(self) -> Event:
        """What happened."""

    @property
    def first(self) -> date:
        """The first day on which it holds."""

    @property
    def last(self) -> date | None:
        """The planned last day of a standstill; None: open, or no standstill."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on which an enterprise is not at work: from the first to the day before `until` (None: open)."""

    state: State
    first: date
    until: date | None
    entry: int

    def covers(self, day: date) -> bool:
        """Return whether a day lies in it."""
        return self.first <= day and (self.until is None or day < self.until)


class ClashError(Exception):
    """Entries do not go together: `entry` cannot happen to an enterprise that stands so on its first day."""

    def __init__(self, entry: Entered, state: State) -> None:
        super().__init__(f"{entry.event} of {entry.first} while {state}")
        self.entry = entry
        self.state = state


def spells(entries: Iterable[Entered]) -> list[Spell]:
    """Return the stretches that entries make of a life, in order and apart from each other. ClashError: they do not go
    together, as a standstill within another, or anything after the end.
    """
    found: list[Spell] = []
    for entry in sorted(entries, key=lambda entry: (entry.first, entry.id)):
        here = found[-1] if found and found[-1].covers(entry.first) else None
        state = State.ACTIVE if here is None else here.state
        to = TABLE.get((state, entry.event))
        if to is None:
            raise ClashError(entry, state)
        if here is not None:
            found.pop()
            if here.first < entry.first:
                found.append(replace(here, until=entry.first))
        if to is not State.ACTIVE:
            until = None if entry.last is None else entry.last + timedelta(days=1)
            found.append(Spell(to, entry.first, until, entry.id))
    return found


def standing(found: Sequence[Spell], day: date) -> tuple[State, date | None]:
    """Return how an enterprise stands on a day, and since which; None: ever since it came into the registry."""
    for spell in reversed(found):
        if spell.covers(day):
            return spell.state, spell.first
        if spell.until is not None and spell.until <= day:
            return State.ACTIVE, spell.until
    return State.ACTIVE, None


def possible(state: State) -> tuple[Event, ...]:
    """Return what can happen to an enterprise that stands so."""
    return tuple(event for event in Event if (state, event) in TABLE)
