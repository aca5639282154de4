"""The looks at a file: what it holds, whatever its name says, and what is kept of it.

What decodes is imported by the child that needs it, and never by the bot.
"""

import re
from datetime import datetime
from typing import Final

from storage.looking.outcomes import Refused, RefusedError, Taken

OFFICE: Final = "application/vnd.openxmlformats-officedocument."
WORD: Final = f"{OFFICE}wordprocessingml.document"
WORKBOOK: Final = f"{OFFICE}spreadsheetml.sheet"
OFD: Final = "application/ofd"
OLD_WORD: Final = "application/msword"
OLD_WORKBOOK: Final = "application/vnd.ms-excel"
PDF: Final = "application/pdf"
TEXT: Final = "text/plain"

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
"""Brands of ISO/IEC 23008-12 for pictures and series of pictures in HEVC."""

_CONTROL: Final = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f]")


def look(data: bytes, *, keep_place: bool = False) -> Taken | Refused:
    """Say what is kept of a file. `keep_place`: a picture keeps where it was taken, and nothing else beside it."""
    try:
        return _looked(data, keep_place)
    except RefusedError as refused:
        return Refused(refused.reason)
    except MemoryError:
        return Refused("pixels" if picture_in(data) else "slow")
    except Exception:  # noqa: BLE001  # a broken file fails in every way that its library knows
        return Refused("unreadable")


def taken(data: bytes) -> datetime | None:
    """Return when a photo says that it was taken, by the clock of the phone; None where it does not say."""
    from storage.looking import pictures

    mime = picture_in(data)
    return None if mime is None else pictures.taken(data, mime)


def drawn(data: bytes, side: int) -> bytes | None:
    """Return a picture as a JPEG whose longer side has `side` pixels at the most; None for what cannot be shown."""
    from storage.looking import pictures

    mime = picture_in(data)
    return None if mime is None else pictures.drawn(data, mime, side)


def picture_in(data: bytes) -> str | None:
    """Return the type of the picture that data begin as; None for what is no picture."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "image/heic"
    return None


def _looked(data: bytes, keep_place: bool) -> Taken | Refused:
    if (picture := picture_in(data)) is not None:
        from storage.looking import pictures

        return pictures.anew(data, picture, keep_place=keep_place)
    if data.startswith(b"%PDF-"):
        from storage.looking import portable

        portable.check(data)
        return Taken(PDF)
    if data.startswith(_ZIP):
        from storage.looking import archives

        return Taken(archives.kind(data))
    if data.startswith(_COMPOUND):
        from storage.looking import compounds

        return Taken(compounds.kind(data))
    return Taken(TEXT) if _is_text(data) else Refused("type")


def _is_text(data: bytes) -> bool:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        start = text.lstrip()[:2]
        # Browsers would run a page that comes from our own address, and shells a script.
        return not (start[:1] == "<" or start == "#!") and _CONTROL.search(text) is None
    return False
