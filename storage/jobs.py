"""How long the writer is busy with one job: the longest of the last minutes, the one at work now among them."""

import threading
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any, Final, TypeVar

from sqlalchemy import Connection

R = TypeVar("R")

SPAN: Final = 300.0
"""Seconds over which the longest is kept, and at most as many more."""


class Jobs:
    """Takes the time of jobs. What several threads note at once may be lost; what is told was so."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._running: dict[int, tuple[float, Callable[..., Any]]] = {}
        self._span = 0
        self._longest = (0.0, "")
        self._before = (0.0, "")

    def run(self, job: Callable[[Connection], R], conn: Connection) -> R:
        """Run a job, and note how long it took."""
        began, thread = self._now(), threading.get_ident()
        self._running[thread] = began, job
        try:
            return job(conn)
        finally:
            del self._running[thread]
            self._turn()
            took = self._now() - began
            if took > self._longest[0]:
                self._longest = took, name_of(job)

    def longest(self) -> tuple[float, str]:
        """Return the seconds of the longest job, and its name in the program; 0 and "" where there was none."""
        self._turn()
        now = self._now()
        running = [(now - began, name_of(job)) for began, job in list(self._running.values())]
        return max(self._longest, self._before, *running)

    def _turn(self) -> None:
        span = int(self._now() / SPAN)
        if span != self._span:
            self._before = self._longest if span == self._span + 1 else (0.0, "")
            self._longest = (0.0, "")
            self._span = span


def name_of(job: Callable[..., Any]) -> str:
    """Return the name of a job: of the function in the program, so that there are no more names than functions."""
    while isinstance(job, partial):
        job = job.func
    module, name = getattr(job, "__module__", ""), getattr(job, "__qualname__", type(job).__qualname__)
    return f"{module}.{name}".replace(".<locals>", "").replace("<lambda>", "lambda")
