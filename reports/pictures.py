"""Photos as they are printed: small enough for a hundred of them in one file, upright, without what a phone adds."""

import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image, ImageOps

from storage.files import FileStore
from talk.messages import FileRef

SIDES = (1200, 800, 500, 320)
"""Pixels of the longer side at the most, for few photos and for many: sharp at a third of a page's width, the first
readable on the whole of it.
"""
QUALITY = 78
THREADS = 4
"""Photos at a time; decoding leaves the interpreter free."""
LARGEST = 60_000_000
"""Pixels that may have to be held at once: beyond them a file is named, not shown."""

# What may be opened is decided by LARGEST, once a JPEG has said how small it can be decoded.
Image.MAX_IMAGE_PIXELS = None


def expected(side: int) -> int:
    """Return how many bytes a photo may take whose longer side has so many pixels."""
    return side * side // 4


def printed_all(files: Mapping[str, FileRef], file_store: FileStore, side: int) -> dict[str, bytes]:
    """Return photos as JPEG by their names; what cannot be shown is left out."""
    paths = [file_store.path(file.sha256) for file in files.values()]
    with ThreadPoolExecutor(THREADS) as threads:
        found = threads.map(lambda path: printed(path, side), paths)
    return {name: picture for name, picture in zip(files, found, strict=True) if picture is not None}


def printed(path: Path, side: int) -> bytes | None:
    """Return a photo as JPEG; None for what cannot be shown as a picture, whatever is wrong with it."""
    try:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as image:
            image.draft("RGB", (side, side))
            if image.width * image.height > LARGEST:
                return None
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((side, side))
            paper = Image.new("RGB", upright.size, "white")
            seen = upright.convert("RGBA") if "A" in upright.getbands() or "transparency" in upright.info else None
            paper.paste(upright.convert("RGB") if seen is None else seen, mask=seen)
    except (OSError, ValueError, SyntaxError, MemoryError):
        # Pillow tells of a broken file in each of these ways.
        return None
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
