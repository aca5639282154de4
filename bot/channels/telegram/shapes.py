"""How large a picture is, by its first bytes: the two kinds that are kept. Nothing is decoded in the bot's process."""

import struct
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers that begin a frame, which says its size (ITU-T T.81, table B.1): SOF, without DHT, JPG and DAC."""


def size_of(content: bytes) -> tuple[int, int] | None:
    """Return the width and height of a PNG or a JPEG in pixels; None where the bytes do not say."""
    size = _of_png(content) if content.startswith(_PNG) else _of_jpeg(content)
    return size if size is not None and min(size) > 0 else None


def _of_png(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _of_jpeg(content: bytes) -> tuple[int, int] | None:
    at = len(_JPEG)
    while content.startswith(_JPEG) and at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return None
