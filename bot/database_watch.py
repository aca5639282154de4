"""The database as a running process sees it: whether it is away, and whether a newer version has changed its tables."""

import asyncio
import logging

from sqlalchemy import Connection

from storage import schema
from storage.away import is_away
from storage.engine import Database
from storage.schema import NewerDatabaseError
from storage.trouble import Trouble

log = logging.getLogger("anzhu")


class DatabaseWatch:
    """Says in the log when the database goes and when it is back, and that its tables are newer, for everything in this
    process that uses it. To be made within the event loop.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._away = Trouble(log, "the database is away, nothing is taken until it is back")
        self._loop = asyncio.get_running_loop()
        self._newer = asyncio.Event()
        self._told = schema.head()
        database.watcher = self._seen
        database.guard = self._guard

    def close(self) -> None:
        """Watch no more."""
        self._database.watcher = None

    async def until_newer(self) -> None:
        """Return once something was to be written, as each second is, and the tables are those of a newer version and
        serve this one no more: nothing of it was, and this process may take and send nothing.
        """
        await self._newer.wait()

    def _guard(self, conn: Connection) -> None:
        """Refuse to write where the tables do not serve this version any more; in the thread that writes."""
        version = schema.hold(conn)
        if version > self._told:
            self._told = version
            log.warning(
                "the tables are of a newer version, and serve this one until it is upgraded",
                extra={"tables": version, "program": schema.head()},
            )

    def _seen(self, error: BaseException | None, writes: bool) -> None:  # as Watcher says
        """Note what came of a job; in the thread that ran it."""
        if error is None:
            if writes:  # a full disk can still be read
                self._away.over()
        elif isinstance(error, NewerDatabaseError):
            self._loop.call_soon_threadsafe(self._stop)
        elif is_away(error):
            self._away.failed(error)

    def _stop(self) -> None:
        if not self._newer.is_set():
            log.error(
                "the tables are of a newer version and do not serve this one: it takes and sends no more, and ends"
            )
            self._newer.set()
