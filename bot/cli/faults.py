"""Errors as one line that says what is wrong and what to do, with an exit code."""

import errno

from bot.cli.words import words
from talk.texts import Phrase, Say

FAILURE = 1
BAD_INPUT = 2

UNKNOWN_TABLE_OR_COLUMN = ("42P01", "42703")
"""The codes of PostgreSQL for them."""


class Fault(Exception):  # noqa: N818  # not every one is an error: a broken chain is a finding
    """A command ends here; `what` says what is wrong and what to do, `code` is the exit code."""

    def __init__(self, what: Phrase, code: int = BAD_INPUT) -> None:
        super().__init__(words(what))
        self.what = what
        self.code = code


def explained(error: Exception) -> Fault:
    """Return any exception as a fault."""
    if isinstance(error, Fault):
        return error
    if isinstance(error, OSError):
        return _of_the_system(error)
    return _of_the_project(error) or _of_the_database(error) or Fault(_unexpected(error), FAILURE)


def _unexpected(error: Exception) -> Say:
    return Say("cli-unexpected", kind=type(error).__name__, detail=_first_line(error))


def _of_the_project(error: Exception) -> Fault | None:
    # These are only imported where one of them may be at hand: `anzhu --help` needs none of it.
    from bot.settings import SettingsError  # noqa: PLC0415
    from campaign.pack import PackError  # noqa: PLC0415
    from service.core.encryption import SealError  # noqa: PLC0415
    from service.core.refusal import RefusedError  # noqa: PLC0415
    from service.imports.sheets import SheetError  # noqa: PLC0415

    match error:
        case SettingsError() | PackError() | SealError():
            return Fault(error.what)
        case SheetError() | RefusedError():
            return Fault(error.say)
        case _:
            return None


def _of_the_database(error: Exception) -> Fault | None:
    import sqlite3  # noqa: PLC0415  # as above

    from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError  # noqa: PLC0415

    if isinstance(error, ArgumentError):
        return Fault(Say("cli-database-address"))
    if not isinstance(error, (DBAPIError, sqlite3.Error)):
        return None
    cause = error.orig if isinstance(error, DBAPIError) else error
    told = _first_line(cause or error)
    if isinstance(cause, sqlite3.Error):
        return Fault(_sqlite(told), FAILURE)
    if getattr(cause, "sqlstate", None) in UNKNOWN_TABLE_OR_COLUMN:
        return Fault(Say("cli-database-old"), FAILURE)
    if isinstance(error, (OperationalError, InterfaceError)):
        if "does not support SSL" in told:
            return Fault(Say("cli-postgres-plain"))
        return Fault(Say("cli-postgres-away", detail=told), FAILURE)
    return Fault(Say("cli-database-failed", detail=told), FAILURE)


def _sqlite(told: str) -> Say:
    if "locked" in told or "busy" in told:
        return Say("cli-database-locked")
    if "full" in told:
        return Say("cli-disk-full")
    if "unable to open" in told or "readonly" in told:
        return Say("cli-database-closed")
    if "not a database" in told or "malformed" in told:
        return Say("cli-database-broken")
    if "no such table" in told or "no such column" in told:
        return Say("cli-database-old")
    return Say("cli-database-failed", detail=told)


def _of_the_system(error: OSError) -> Fault:
    name = str(error.filename or "")
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return Fault(Say("cli-disk-full"), FAILURE)
        case errno.EADDRINUSE:
            return Fault(Say("cli-port-taken"), FAILURE)
        case _ if name:
            return Fault(Say("cli-file-failed", name=name, detail=error.strerror or str(error)), FAILURE)
        case _:
            return Fault(_unexpected(error), FAILURE)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
