"""Errors as the log tells them: what they are and where they arose, and not what they say. What a library, a platform
or the database says may repeat what somebody wrote, a name, or the token; the inbox and the outbox keep it, and whoever
may look there finds it.
"""

import errno
import re
import sqlite3
import traceback
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

_ROOT: Final = Path(__file__).parents[1]
WAY: Final = 300
"""Characters of what is said of the way to the database."""
_CODE: Final = re.compile(r"[0-9]{3}\b")


def described(error: BaseException) -> str:
    """Return what an error is: its kind, the code that it bears, the kind of what caused it. An error of ours may have
    an attribute `in_log`, a word that nobody else chose.
    """
    if isinstance(error, DBAPIError) and error.orig is not None:
        if error.statement is None:
            # Nothing was said to the database yet: these are its words about the way to it.
            return f"{type(error.orig).__name__} {' '.join(str(error.orig).split())[:WAY]}"
        error = error.orig
    told = [type(error).__name__]
    if code := _code_of(error):
        told.append(code)
    if error.__cause__ is not None:
        told.append(f"({described(error.__cause__)})")
    return " ".join(told)


def place_of(error: BaseException) -> str:
    """Return where an error arose: the file and line of the program that are nearest to it; "" where it has none."""
    found = ""
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        if file.is_relative_to(_ROOT) and "site-packages" not in file.parts:
            found = f"{file.relative_to(_ROOT)}:{frame.lineno}"
    return found


def code_in(reason: str) -> str:
    """Return the code with which the reason of a platform begins, such as 400; "" where it begins otherwise."""
    found = _CODE.match(reason)
    return found[0] if found else ""


def _code_of(error: BaseException) -> str:
    if isinstance(error, sqlite3.Error):
        return str(getattr(error, "sqlite_errorname", ""))
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, "")
    return str(getattr(error, "sqlstate", None) or getattr(error, "in_log", ""))
