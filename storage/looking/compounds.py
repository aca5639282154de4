"""Documents in compound files (MS-CFB): .doc and .xls of Word, Excel and WPS."""

import io
import re
import struct
from typing import Final

import olefile

from storage.looking.outcomes import RefusedError

_RUNS: Final = frozenset({"macros", "vba", "_vba_project", "_vba_project_cur", "\1ole10native", "package"})
"""Parts that hold macros, or a file of any kind behind an icon."""
_LOCKED: Final = frozenset({"encryptedpackage", "encryptioninfo"})
_DDE: Final = re.compile(rb"(?i)\x13[ \x14]?dde(auto)?[ \x15]|\x13\0(?: \0)?d\0d\0e\0(?:a\0u\0t\0o\0)?[ \x15]\0")
"""A field of a Word document that starts a program, in one and in two bytes a letter."""

# Records of MS-XLS.
_SHEET: Final = 0x0085
_PASSWORD: Final = 0x002F
_LINK: Final = 0x01AE
_LIVE_SHEETS: Final = (1, 6)
"""Macro sheets of Excel 4, modules of Visual Basic."""


def kind(data: bytes) -> str:
    """Return the type of a document. RefusedError for one that is not taken."""
    found = check(data)
    if found is None:
        raise RefusedError("type")
    return found


def check(data: bytes) -> str | None:
    """Return the type, None for a compound file that is no document. RefusedError: something in it runs."""
    with olefile.OleFileIO(io.BytesIO(data)) as compound:
        paths = compound.listdir(streams=True, storages=True)
        names = {name.lower() for path in paths for name in path}
        if names & _RUNS:
            raise RefusedError("active")
        if names & _LOCKED:
            raise RefusedError("locked")
        found = None
        for path in paths:
            match path[-1].lower():
                case "worddocument":
                    _check_word(compound.openstream(path).read())
                    found = "application/msword"
                case "workbook" | "book":
                    _check_workbook(compound.openstream(path).read())
                    found = found or "application/vnd.ms-excel"
                case _:
                    continue
    return found


def _check_word(stream: bytes) -> None:
    (flags,) = struct.unpack_from("<H", stream, 10)
    if flags & 0x0100:
        raise RefusedError("locked")
    if _DDE.search(stream):
        raise RefusedError("active")


def _check_workbook(stream: bytes) -> None:
    at = 0
    while at + 4 <= len(stream):
        record, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        if record == _PASSWORD:
            raise RefusedError("locked")
        if record == _SHEET and len(body) > 5 and body[5] in _LIVE_SHEETS:
            raise RefusedError("active")
        # A program and its topic, parted by a 3: a link of DDE.
        if record == _LINK and len(body) > 4 and b"\x03" in body[4:]:
            raise RefusedError("active")
        at += 4 + size
