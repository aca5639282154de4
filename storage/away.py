"""Whether an error means that the database or the disk is away: then whatever is tried next fails as well, and nothing
may be acknowledged. Every other error is the fault of what was to be written.
"""

import errno
import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.audit_chain import OtherKeyError
from storage.schema import NewerDatabaseError

_SQLITE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)
"""Primary result codes (sqlite.org/rescode.html); the extended ones have them in their low byte."""

_OLD_TABLES: Final = ("no such table", "no such column")
"""SQLite has no code of its own for a database that is older than the program."""

_POSTGRES: Final = ("08", "25006", "28", "3D", "42P01", "42703", "53", "57P", "58", "XX001", "XX002")
"""How SQLSTATEs begin (PostgreSQL, appendix A): no connection, read only, not let in, no such database, older tables,
disk full and other wants of the server, shutting down, errors of the system, broken data.
"""

_DISK: Final = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EROFS,
        errno.EIO,
        errno.EACCES,
        errno.EMFILE,
        errno.ENFILE,
    }
)


_HELD: Final = "55P03"
"""A lock was not to be had in time (PostgreSQL, appendix A)."""


def is_held(error: BaseException) -> bool:
    """Return whether another program held a lock of the database for longer than was waited."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(cause, "sqlstate", None) == _HELD


def is_away(error: BaseException) -> bool:
    """Return whether the database or the disk is away, full or closed to writing, serves newer
    versions alone, or is sealed with a key that this process was not given.
    """
    match error:
        case PoolTimeoutError() | NewerDatabaseError() | OtherKeyError():
            return True
        case DBAPIError():
            return error.connection_invalidated or _of_the_driver(error)
        case OSError():
            return error.errno in _DISK
        case _:
            return False


def _of_the_driver(error: DBAPIError) -> bool:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code: int | None = getattr(cause, "sqlite_errorcode", None)
        return any(sign in str(cause) for sign in _OLD_TABLES) if code is None else _of_sqlite(code, str(cause))
    state: str | None = getattr(cause, "sqlstate", None)
    if state is None:
        # psycopg has no code for a server that never let it in; then there was no statement yet.
        return isinstance(error, (OperationalError, InterfaceError)) and error.statement is None
    return state.startswith(_POSTGRES)


def _of_sqlite(code: int, told: str) -> bool:
    return code & 0xFF in _SQLITE or any(sign in told for sign in _OLD_TABLES)
