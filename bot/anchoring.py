"""The file outside that gets the anchor of the audit log each day. It may lie on another machine, which may be away."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from datetime import tzinfo
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Final

from storage import anchors
from storage.audit_chain import Anchor

PATIENCE: Final = 10.0
"""Seconds that a round waits for the file."""


class AnchorFile:
    """The file, and what is being done with it: while that takes, nothing else is begun."""

    def __init__(self, file: Path, zone: tzinfo) -> None:
        """`zone`: in which a day is a day."""
        self._file = file
        self._zone = zone
        self._going: Future[list[Anchor]] | None = None

    async def keep(self, anchor: Anchor) -> list[Anchor]:
        """Add an anchor where the file has none of that day; return those at its end. OSError where that fails, or
        nothing came of it for a while.
        """
        if self._going is None or self._going.done():
            self._going = _aside(partial(anchors.append, self._file, anchor, self._zone))
        return await asyncio.wait_for(asyncio.wrap_future(self._going), PATIENCE)


def _aside(job: Callable[[], list[Anchor]]) -> Future[list[Anchor]]:
    """Do a job in a thread of its own: one that hangs holds up neither those of the pool nor the end of the process."""
    done: Future[list[Anchor]] = Future()
    done.set_running_or_notify_cancel()

    def run() -> None:
        try:
            done.set_result(job())
        except BaseException as error:  # noqa: BLE001  # it is told where the result is waited for
            done.set_exception(error)

    Thread(target=run, name="anchor", daemon=True).start()
    return done
