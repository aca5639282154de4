"""PDF (ISO 32000): one that runs a script, starts a program or carries other files is refused, wherever in it that
stands: in an object stream, under a name in hexadecimal, in an earlier version of the file.
"""

import io
import re
from typing import Any, Final

import pikepdf

from storage.looking.outcomes import RefusedError

_LIVE_KEYS: Final = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
)
_LIVE_ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE", "/Rendition", "/RichMediaExecute"}
)
"""Actions of clause 12.6.4; those that turn a page or open a web page when somebody clicks are let pass."""
_LIVE_TYPES: Final = frozenset({"/EmbeddedFile", "/RichMedia", "/Movie", "/Screen", "/FileAttachment"})
_OPENS: Final = frozenset({"/GoTo"})
"""What may happen by itself when a document or a page is opened: it goes to a page."""
_HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_LIVE_WORDS: Final = (b"/JavaScript", b"/EmbeddedFile", b"/Launch", b"/SubmitForm", b"/RichMedia")
"""Long enough to stand in no compressed data by chance."""


def check(data: bytes) -> None:
    """Raise RefusedError for a PDF that is not taken."""
    # Also what the table of objects does not name: a reader that repairs a file may find it all the same.
    plain = _HEX.sub(lambda match: bytes([int(match[1], 16)]), data)
    if any(word in plain for word in _LIVE_WORDS):
        raise RefusedError("active")
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            if not len(document.pages):
                raise RefusedError("unreadable")
            for thing in document.objects:
                _check(thing, 0)
            _check(document.trailer, 0)
    except pikepdf.PasswordError:
        raise RefusedError("locked") from None


def _check(thing: Any, depth: int) -> None:
    """Look at an object and what stands inside it; what it refers to is an object of its own."""
    if depth > 100:
        raise RefusedError("unreadable")
    if isinstance(thing, pikepdf.Array):
        for one in thing:
            _inside(one, depth)
        return
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    entries = dict(thing.stream_dict.items() if isinstance(thing, pikepdf.Stream) else thing.items())
    if entries.keys() & _LIVE_KEYS:
        raise RefusedError("active")
    if (
        _name(entries.get("/S")) in _LIVE_ACTIONS
        or {_name(entries.get("/Type")), _name(entries.get("/Subtype"))} & _LIVE_TYPES
    ):
        raise RefusedError("active")
    opens = [entries.get("/OpenAction"), *dict(_items(entries.get("/AA"))).values()]
    if any(isinstance(one, pikepdf.Dictionary) and _name(one.get("/S")) not in _OPENS for one in opens):
        raise RefusedError("active")
    for one in entries.values():
        _inside(one, depth)


def _inside(thing: Any, depth: int) -> None:
    if isinstance(thing, pikepdf.Object) and not thing.is_indirect:
        _check(thing, depth + 1)


def _items(thing: Any) -> Any:
    return thing.items() if isinstance(thing, pikepdf.Dictionary) else ()


def _name(thing: Any) -> str:
    return str(thing) if isinstance(thing, pikepdf.Name) else ""
