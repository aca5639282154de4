"""Files that stopped everybody once: small, and each of another kind."""

import io
import struct
import zipfile
import zlib
from typing import Final

from PIL import Image


def archive_of_another_age() -> bytes:
    """Return a .docx whose parts ask for version 25.5 of unzip: zipfile raises NotImplementedError."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("word/document.xml", "<w:document/>")
    data = bytearray(made.getvalue())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 6] = 255
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(data)


def photo(side: int = 64) -> bytes:
    """Return a sound photo."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((side, side)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def photo_of_packets(size: int = 400_000) -> bytes:
    """Return a photo followed by the beginnings of XMP packets, none of which ends: quadratic for `.*?`."""
    return photo() + b"<x:xmpmeta" * (size // 10)


def photo_of_pointers(number: int = 65_535) -> bytes:
    """Return a photo whose Exif data point to a place as often as they can, each time with as many entries."""
    entry = struct.pack("<HHII", 0x8825, 4, 1, 8)
    exif = b"Exif\0\0II*\0" + struct.pack("<I", 8) + struct.pack("<H", number) + entry * number
    return photo() + exif


def photo_of_claims(side: int = 60_000) -> bytes:
    """Return a progressive JPEG that says it is so many pixels wide and high."""
    out = io.BytesIO()
    Image.new("L", (64, 64), 128).save(out, "JPEG", progressive=True)
    data = bytearray(out.getvalue())
    frame = data.find(b"\xff\xc2")
    data[frame + 5 : frame + 9] = struct.pack(">HH", side, side)
    return bytes(data)


def picture_of_nothing(side: int = 30_000) -> bytes:
    """Return a PNG of a few kilobytes that decodes to hundreds of megabytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    pack = zlib.compressobj(9)
    line = b"\0" * (side // 8 + 1)
    content = b"".join(pack.compress(line) for _ in range(side)) + pack.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", content) + chunk(b"IEND", b"")


FILES: Final = {
    "another age.docx": archive_of_another_age,
    "packets.jpg": photo_of_packets,
    "pointers.jpg": photo_of_pointers,
    "claims.jpg": photo_of_claims,
    "nothing.png": picture_of_nothing,
}
"""What makes each, by the name under which it is sent."""
