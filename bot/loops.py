"""The loops of a process: each says how long it may take until it turns again, and one that stands is seen."""

from collections.abc import Callable
from time import monotonic
from typing import Final

POLL: Final = "poll"
DELIVERY: Final = "delivery"
FETCHING: Final = "fetching"
DRAWING: Final = "drawing"
CLOCKWORK: Final = "clockwork"

GRACE: Final = 120.0
"""Seconds that a loop may be late: the database may be busy, and the machine too."""


class Loops:
    """Until when each loop of this process must have turned again."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        """`now` tells seconds from any beginning."""
        self._now = now
        self._until: dict[str, float] = {}

    def turns(self, loop: str, within: float = 0.0) -> None:
        """Note that a loop turns, and that it means to be back after so many seconds."""
        self._until[loop] = self._now() + within + GRACE

    def ends(self, loop: str) -> None:
        """Note that a loop is over: another process does its work."""
        self._until.pop(loop, None)

    def known(self) -> dict[str, bool]:
        """Return every loop that has turned yet, and whether it still does."""
        now = self._now()
        return {loop: now <= until for loop, until in self._until.items()}

    def turn_all(self) -> bool:
        """Return whether no loop stands."""
        return all(self.known().values())
