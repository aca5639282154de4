"""Photos as they are printed: small enough for a hundred of them in one file, upright, drawn by a child process."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from storage.child import AT_ONCE, CHILDREN, MEGABYTE, Limits, LookError
from storage.files import FileStore
from storage.looking import look
from storage.sealed_files import SpoiltFileError
from talk.messages import FileRef

SIDES = (1200, 800, 500, 320)
"""Pixels of the longer side at the most, for few photos and for many: sharp at a third of a page's width, the first
readable on the whole of it.
"""
DRAWING = Limits(seconds=5, patience=15, memory=1024 * MEGABYTE, result=4 * MEGABYTE)
"""Of one photo: what was kept before photos were written anew may be as hostile as when it came."""


def expected(side: int) -> int:
    """Return how many bytes a photo may take whose longer side has so many pixels."""
    return side * side // 4


def printed_all(files: Mapping[str, FileRef], file_store: FileStore, side: int) -> dict[str, bytes]:
    """Return photos as JPEG by their names; what cannot be shown is left out."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        found = threads.map(lambda file: printed(file_store, file.sha256, side), files.values())
    return {name: picture for name, picture in zip(files, found, strict=True) if picture is not None}


def printed(file_store: FileStore, sha256: str, side: int) -> bytes | None:
    """Return a kept photo as JPEG; None for what cannot be shown as a picture, whatever is wrong with it."""
    try:
        return CHILDREN.run(DRAWING, look.drawn, file_store.read(sha256), side)
    except (LookError, OSError, SpoiltFileError):
        return None
