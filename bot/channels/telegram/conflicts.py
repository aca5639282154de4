"""Two processes that poll one token: the platform ends the poll of whoever asked first, as 409, with every new poll.

Who has polled undisturbed asks again and stays; who has just come waits, looks now and then whether the other is still
there, and takes nothing before it is gone.
"""

from collections.abc import Callable
from time import monotonic
from typing import Final

from storage.trouble import Trouble

ESTABLISHED: Final = 60.0
"""Seconds of polling without a conflict after which a process does not give way to one that has just come."""
INSISTS_AFTER: Final = 1.0
"""Seconds after which the one that stays asks again."""
FIRST_WAIT: Final = 30.0
LONGEST_WAIT: Final = 60.0
"""Seconds that the one which gives way waits before it looks again."""
QUARREL: Final = 10.0
"""Seconds: who is thrown out again so soon meets one that does not give way, or a webhook, and gives way itself."""
SECOND_LOOK: Final = 15.0
"""Seconds after which updates that were there are still there if nobody else takes them; more than `QUARREL`, or the
look would be one."""


class Conflicts:
    """What one poller makes of them."""

    def __init__(self, trouble: Trouble, clock: Callable[[], float] = monotonic) -> None:
        """`trouble` is where it is told that this process waits; `clock` tells seconds that never go back."""
        self._trouble = trouble
        self._clock = clock
        self._since: float | None = None
        self._thrown_out = -QUARREL
        self._wait = 0.0
        self._seen: int | None = None
        self.gives_way = False
        """Whether another process polls as far as is known: then what a poll brings is not for this one."""

    def again_in(self, why: BaseException | str) -> float:
        """Note a 409, and return the seconds until the next poll."""
        now = self._clock()
        before, self._thrown_out = self._thrown_out, now
        established = self._since is not None and now - self._since >= ESTABLISHED
        if not self.gives_way and established and now - before >= QUARREL:
            return INSISTS_AFTER
        self._trouble.failed(why)
        self.gives_way = True
        self._since = self._seen = None
        self._wait = min(max(2 * self._wait, FIRST_WAIT), LONGEST_WAIT)
        return self._wait

    def interrupted(self) -> None:
        """Note that a poll failed in another way: meanwhile another process may have begun."""
        self._since = None

    def look_again_in(self, first: int | None) -> float:
        """Note what a poll brought that was not thrown out: the number of its first update, None where it was open to
        its end and brought nothing. Return the seconds until it is to be looked at once more; 0: it may be taken.
        """
        if self.gives_way and first is not None and first != self._seen:
            # As long as nothing is confirmed it comes again; the other one would confirm it.
            self._seen = first
            return SECOND_LOOK
        self.gives_way = False
        self._wait = 0.0
        self._trouble.over()
        if self._since is None:
            self._since = self._clock()
        return 0.0
