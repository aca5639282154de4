"""Photos as they are printed: small enough for a hundred of them in one file, upright, without what a phone adds."""

import io
from pathlib import Path

from PIL import Image, ImageOps

SIDE = 1000
"""Pixels of the longer side at the most: sharp at a third of a page's width."""
QUALITY = 78
LARGEST = 60_000_000
"""Pixels that may have to be held at once: beyond them a file is named, not shown."""

# What may be opened is decided by LARGEST, once a JPEG has said how small it can be decoded.
Image.MAX_IMAGE_PIXELS = None


def printed(path: Path) -> bytes | None:
    """A photo as JPEG; None for what cannot be shown as a picture, whatever is wrong with it."""
    try:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as image:
            image.draft("RGB", (SIDE, SIDE))
            if image.width * image.height > LARGEST:
                return None
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((SIDE, SIDE))
            paper = Image.new("RGB", upright.size, "white")
            seen = upright.convert("RGBA") if "A" in upright.getbands() or "transparency" in upright.info else None
            paper.paste(upright.convert("RGB") if seen is None else seen, mask=seen)
    except (OSError, ValueError, SyntaxError, MemoryError):
        # Pillow tells of a broken file in each of these ways.
        return None
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
