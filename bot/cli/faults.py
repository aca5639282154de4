"""Errors as one line that says what is wrong and what to do, with an exit code."""

import errno
import sqlite3
from typing import Final

from bot.cli.words import words
from bot.reasons import reason
from talk.texts import Phrase, Say

FAILURE = 1
BAD_INPUT = 2

_POSTGRES: Final = (
    (("42P01", "42703"), Say("cli-database-old")),
    (("25006",), Say("cli-database-readonly")),
    (("28",), Say("cli-postgres-login")),
    (("3D",), Say("cli-postgres-missing")),
    (("42501",), Say("cli-database-right")),
    (("53100",), Say("cli-disk-full")),
    (("53300",), Say("cli-database-crowded")),
    (("55P03", "57014", "40P01"), Say("cli-database-locked")),
    (("08", "57P"), Say("cli-postgres-away")),
)
"""How SQLSTATEs begin (PostgreSQL, appendix A), and what is said of them."""

_BEFORE_LOGIN: Final = (
    (("does not support SSL",), Say("cli-postgres-plain")),
    (("certificate",), Say("cli-postgres-certificate")),
    (("starting up", "shutting down", "recovery mode"), Say("cli-postgres-away")),
    (("authentication", "password", "role", "pg_hba.conf"), Say("cli-postgres-login")),
    (("database",), Say("cli-postgres-missing")),
    (("too many", "remaining connection slots"), Say("cli-database-crowded")),
)
"""What libpq says of a server that did not let it in, for which it has no code: words of it, the first that fit."""

_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: Say("cli-database-locked"),
    sqlite3.SQLITE_LOCKED: Say("cli-database-locked"),
    sqlite3.SQLITE_FULL: Say("cli-disk-full"),
    sqlite3.SQLITE_CANTOPEN: Say("cli-database-closed"),
    sqlite3.SQLITE_READONLY: Say("cli-database-closed"),
    sqlite3.SQLITE_PERM: Say("cli-database-closed"),
    sqlite3.SQLITE_NOTADB: Say("cli-database-broken"),
    sqlite3.SQLITE_CORRUPT: Say("cli-database-broken"),
    sqlite3.SQLITE_IOERR: Say("cli-database-io"),
}
"""Primary result codes (sqlite.org/rescode.html); the extended ones have them in their low byte."""


class Fault(Exception):  # noqa: N818  # not every one is an error: a broken chain is a finding
    """A command ends here; `what` says what is wrong and what to do, `code` is the exit code."""

    def __init__(self, what: Phrase, code: int = BAD_INPUT) -> None:
        super().__init__(words(what))
        self.what = what
        self.code = code


def is_undecoded(given: str) -> bool:
    """Return whether the system gave bytes that are no UTF-8, as a terminal of another encoding sends."""
    return any("\ud800" <= letter <= "\udfff" for letter in given)


def explained(error: Exception) -> Fault:
    """Return any exception as a fault, in words of ours: what a library says is in another language, and for others."""
    if isinstance(error, Fault):
        return error
    if isinstance(error, OSError):
        return _of_the_system(error)
    return _of_the_project(error) or _of_the_database(error) or Fault(Say("cli-unexpected"), FAILURE)


def _of_the_project(error: Exception) -> Fault | None:
    # These are only imported where one of them may be at hand: `anzhu --help` needs none of it.
    from bot.settings import SettingsError  # noqa: PLC0415
    from campaign.pack import PackError  # noqa: PLC0415
    from service.core.encryption import SealError  # noqa: PLC0415
    from service.core.refusal import RefusedError  # noqa: PLC0415
    from service.imports.sheets import SheetError  # noqa: PLC0415
    from storage.archive import ArchiveError  # noqa: PLC0415
    from storage.schema import ForeignDatabaseError, NewerDatabaseError  # noqa: PLC0415
    from storage.unreadable import UnreadableError  # noqa: PLC0415

    match error:
        case SettingsError() | PackError() | SealError():
            return Fault(error.what)
        case ArchiveError():
            return Fault(error.what, FAILURE)
        case SheetError() | RefusedError():
            return Fault(error.say)
        case NewerDatabaseError():
            return Fault(Say("cli-database-newer"), FAILURE)
        case UnreadableError():
            return Fault(Say("cli-unreadable", row=error.row), FAILURE)
        case ForeignDatabaseError():
            return Fault(Say("cli-database-foreign"), FAILURE)
        case _:
            return None


def _of_the_database(error: Exception) -> Fault | None:
    from sqlalchemy.exc import ArgumentError, DBAPIError  # noqa: PLC0415  # as above
    from sqlalchemy.exc import TimeoutError as PoolTimeoutError  # noqa: PLC0415

    if isinstance(error, ArgumentError):
        return Fault(Say("cli-database-address"))
    if isinstance(error, PoolTimeoutError):
        return Fault(Say("cli-database-crowded"), FAILURE)
    if not isinstance(error, (DBAPIError, sqlite3.Error)):
        return None
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return Fault(_sqlite(cause), FAILURE)
    state: str | None = getattr(cause, "sqlstate", None)
    if state is not None:
        found = (say for codes, say in _POSTGRES if state.startswith(codes))
        return Fault(next(found, Say("cli-database-failed", code=state)), FAILURE)
    told = str(cause)
    found = (say for words_of_it, say in _BEFORE_LOGIN if any(word in told for word in words_of_it))
    return Fault(next(found, Say("cli-postgres-away")), FAILURE)


def _sqlite(error: sqlite3.Error) -> Say:
    code: int = getattr(error, "sqlite_errorcode", 0)
    if "no such table" in str(error) or "no such column" in str(error):
        # SQLite has no code of its own for a database that is older than the program.
        return Say("cli-database-old")
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:
        # The file beside the database in which its readers and writers agree: on a full disk it cannot be made.
        return Say("cli-disk-full")
    return _SQLITE.get(code & 0xFF, Say("cli-database-failed", code=f"SQLite {code}"))


def _of_the_system(error: OSError) -> Fault:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return Fault(Say("cli-disk-full"), FAILURE)
        case errno.EADDRINUSE:
            return Fault(Say("cli-port-taken"), FAILURE)
        case _ if error.filename:
            return Fault(Say("cli-file-failed", name=str(error.filename), detail=reason(error)), FAILURE)
        case _ if error.errno:
            return Fault(Say("cli-system-failed", detail=reason(error)), FAILURE)
        case _:
            return Fault(Say("cli-unexpected"), FAILURE)
