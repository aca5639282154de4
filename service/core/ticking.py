"""The tick as its parts see it. `service.reminders.tick` lists the parts, each a function of its subject."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from service.core.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Due:
    """The duties of which one person is to be reminded now."""

    duties: list[int] = field(default_factory=list[int])
    at: datetime | None = None
    """When the newest of their rungs was due."""
    wanted: bool = False
    """Whether the person put something off until now, or planned it for today: then they asked to be reminded."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One tick, as its parts see it."""

    before: datetime | None
    """Campaign time of the tick before; None: there was none."""
    holders: Mapping[tuple[str, str], Sequence[int]]
    """The people who hold each role for each subject."""
    due: Mapping[int, Due]
    """The duties whose rungs rang at this tick, by the person who is to be reminded of them."""


@dataclass(frozen=True, slots=True)
class Round:
    """The outcome of a tick: how many duties are new, how many people were reminded, how many duties rose to staff."""

    planned: int
    reminded: int
    escalated: int


Part = Callable[[UnitOfWork, Tick], int]
"""A part of a tick; returns how many people it reminded. It may run more than once (`storage.engine.apart`)."""
