"""The database as a running process sees it: whether it is away, and whether a newer version has changed its tables."""

import asyncio
import logging
from typing import Final

from sqlalchemy.exc import DBAPIError

from storage import schema
from storage.away import is_away
from storage.engine import Database
from storage.schema import NewerDatabaseError
from storage.trouble import Trouble

log = logging.getLogger("anzhu")

LOOK_EVERY: Final = 60.0
"""Seconds between two looks at the tables; after a failure of the database it is looked at once."""
LOOKS_APART: Final = 5.0
"""Seconds between two looks at the least, however much fails."""


class DatabaseWatch:
    """Says in the log when the database goes and when it is back, for everything in this process that uses it. To be
    made within the event loop.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._away = Trouble(log, "the database is away, nothing is taken until it is back")
        self._loop = asyncio.get_running_loop()
        self._doubt = asyncio.Event()
        database.watcher = self._seen

    def close(self) -> None:
        """Watch no more."""
        self._database.watcher = None

    async def until_newer(self) -> None:
        """Return once the tables are those of a newer version: from then on this process may take and send nothing."""
        while True:
            try:
                await self._database.read(schema.refuse_newer)
            except NewerDatabaseError:
                return
            except Exception:  # noqa: BLE001, S110  # noted where it failed; the next look comes
                pass
            await asyncio.sleep(LOOKS_APART)
            try:
                async with asyncio.timeout(LOOK_EVERY - LOOKS_APART):
                    await self._doubt.wait()
            except TimeoutError:
                pass
            self._doubt.clear()

    def _seen(self, error: BaseException | None, writes: bool) -> None:  # as Watcher says
        """Note what came of a job; in the thread that ran it."""
        if error is None:
            if writes:  # a full disk can still be read
                self._away.over()
            return
        if is_away(error):
            self._away.failed(error)
        if isinstance(error, DBAPIError):
            self._loop.call_soon_threadsafe(self._doubt.set)
