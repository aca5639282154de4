"""What fails again and again, in the log: a line when it begins, then at growing distance how often, a line at its end.

A loop that retries for ever would else fill the log with one sentence, and nobody finds in it what else happened.
"""

import logging
import sys
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Final

from storage.described import described

AGAIN_AFTER: Final = 120.0
"""Seconds until it is told again; each time twice as long, up to `AGAIN_AT_LEAST`."""
AGAIN_AT_LEAST: Final = 960.0


class Trouble:
    """One thing that may fail, of one process. What comes and goes within the distance is told no more often either.
    It may be asked from any thread.
    """

    def __init__(self, log: logging.Logger, what: str, clock: Callable[[], float] = monotonic) -> None:
        """`what` says in the log what is the matter; `clock` tells seconds that never go back."""
        self._log = log
        self._what = what
        self._clock = clock
        self._lock = Lock()
        self._since: float | None = None
        self._ended = -AGAIN_AT_LEAST
        self._count = 0
        self._told = False
        self._next = 0.0
        self._gap = AGAIN_AFTER

    def failed(self, why: BaseException | str = "") -> None:
        """Note that it failed, and why: an error, or words of ours."""
        with self._lock:
            now = self._clock()
            if self._since is None:
                self._since = now
                if now - self._ended >= AGAIN_AT_LEAST:
                    self._next, self._gap, self._count = now, AGAIN_AFTER, 0
            self._count += 1
            if now < self._next:
                return
            self._next = now + self._gap
            self._gap = min(2 * self._gap, AGAIN_AT_LEAST)
            told = ": ".join(filter(None, (self._what, described(why) if isinstance(why, BaseException) else str(why))))
            if self._count > 1:
                told += f" (failed {self._count} times in {(now - self._since) / 60:.0f} min)"
            self._log.error("%s", told, exc_info=why if sys.flags.dev_mode and isinstance(why, Exception) else None)
            self._told = True

    def over(self) -> None:
        """Note that it went well."""
        with self._lock:
            if self._since is None:
                return
            now = self._clock()
            if self._told:
                minutes = (now - self._since) / 60
                self._log.warning("over: %s (failed %s times in %.0f min)", self._what, self._count, minutes)
                self._count = 0
            self._since, self._told, self._ended = None, False, now
