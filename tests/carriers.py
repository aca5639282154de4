"""Pictures that tell where they were taken, in every part of a file where phones, editors and people write it."""

import io
import struct
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

import pillow_heif
from PIL import ImageCms

from tests.samples import photo, picture

PLACE: Final = "41.80235N"
"""How the place stands in these files where it is a text; in tables it is the angles."""
TEXT: Final = PLACE.encode()
ANGLE: Final = struct.pack("<6I", 41, 1, 48, 1, 847, 100)
NUMBERS: Final = (ANGLE, struct.pack(">6I", 41, 1, 48, 1, 847, 100))
XMP: Final = (
    f'<rdf:RDF xmlns:rdf="r" xmlns:e="http://ns.adobe.com/exif/1.0/"><rdf:Description e:GPSLatitude="{PLACE}"/>'
)
PACKET: Final = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{XMP}</rdf:RDF></x:xmpmeta>"

_GPS, _SUB = 0x8825, 0x8769
_ENTRY = 12


def table(at: int, entries: list[tuple[int, int, int, bytes]], following: int = 0) -> bytes:
    """A table of TIFF at an offset, little end first: tag, type, count, value (of any length)."""
    body, more = struct.pack("<H", len(entries)), b""
    end = at + 2 + _ENTRY * len(entries) + 4
    for tag, kind, count, value in entries:
        held = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack("<I", end + len(more))
        more += value if len(value) > 4 else b""
        body += struct.pack("<HHI", tag, kind, count) + held
    return body + struct.pack("<I", following) + more


def gps(at: int) -> bytes:
    """The table of a place."""
    return table(at, [(1, 2, 2, b"N\0"), (2, 5, 3, ANGLE)])


def exif(*entries: tuple[int, int, int, bytes]) -> bytes:
    """Exif data with these entries in their first table."""
    return b"II*\0" + struct.pack("<I", 8) + table(8, list(entries))


def pointing(tag: int, inner: Callable[[int], bytes]) -> bytes:
    """Exif data whose first table points to another."""
    return b"II*\0" + struct.pack("<I", 8) + table(8, [(tag, 4, 1, struct.pack("<I", 26))]) + inner(26)


def second(inner: Callable[[int], bytes]) -> bytes:
    """Exif data whose second table, that of the thumbnail, points to another."""
    first = table(8, [(0x0112, 3, 1, b"\1\0")], following=26)
    return b"II*\0" + struct.pack("<I", 8) + first + table(26, [(_GPS, 4, 1, struct.pack("<I", 44))]) + inner(44)


def big_ended() -> bytes:
    """The same the other way round."""
    first = struct.pack(">HHHII", 1, _GPS, 4, 1, 26) + bytes(4)
    place = struct.pack(">HHHII", 1, 2, 5, 3, 44) + bytes(4)
    return b"MM\0*" + struct.pack(">I", 8) + first + place + NUMBERS[1]


def segment(marker: int, body: bytes) -> bytes:
    """A JPEG with one more segment after its start."""
    whole = photo()
    return whole[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + whole[2:]


def chunk(kind: bytes, body: bytes, *, before: bytes = b"IDAT") -> bytes:
    """A PNG with one more chunk."""
    whole = photo(form="PNG")
    at = whole.index(before) - 4
    made = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return whole[:at] + made + whole[at:]


def riff(kind: bytes, body: bytes) -> bytes:
    """A WebP with one more chunk."""
    whole = photo(form="WEBP", exif=exif((0x010F, 2, 4, b"abc\0")))
    whole += kind + struct.pack("<I", len(body)) + body.ljust(len(body) + len(body) % 2, b"\0")
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]


def heic(**more: bytes) -> bytes:
    """A HEIC with Exif data or XMP."""
    out = io.BytesIO()
    pillow_heif.from_pillow(picture()).save(out, **more)
    return out.getvalue()


def profile() -> bytes:
    """A profile of colours whose name is a place."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + TEXT


def two_pictures() -> bytes:
    """A JPEG with a second one behind the first, and an index of both (MPO)."""
    out, other = io.BytesIO(), picture("other")
    vars(other)["encoderinfo"] = {"exif": b"Exif\0\0" + pointing(_GPS, gps)}
    picture().save(out, "MPO", save_all=True, append_images=[other])
    return out.getvalue() + TEXT


def moving() -> bytes:
    """A PNG of several frames, with the place between them."""
    out = io.BytesIO()
    picture().save(out, "PNG", save_all=True, append_images=[picture("b"), picture("c")])
    whole = out.getvalue()
    body = b"tEXt" + b"Comment\0" + TEXT
    at = whole.index(b"IEND") - 4
    return whole[:at] + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)) + whole[at:]


def wide() -> bytes:
    """XMP in two bytes a letter."""
    return b"http://ns.adobe.com/xap/1.0/\0" + PACKET.encode("utf-16")


_MAP_MARK = b"http://ns.adobe.com/xap/1.0/\0"
_LONGER_MARK = b"http://ns.adobe.com/xmp/extension/\0"
_HEXED = b"Raw profile type exif\0\0" + zlib.compress(
    b"\nexif\n    100\n" + (b"Exif\0\0" + pointing(_GPS, gps)).hex().encode()
)

CARRIERS: Final[Mapping[str, Callable[[], bytes]]] = {
    "JPEG, table of the place": lambda: photo(exif=pointing(_GPS, gps)),
    "JPEG, big end first": lambda: photo(exif=big_ended()),
    "JPEG, table of the thumbnail": lambda: photo(exif=second(gps)),
    "JPEG, table within the camera's": lambda: photo(
        exif=pointing(_SUB, lambda at: table(at, [(_GPS, 4, 1, struct.pack("<I", at + 18))]) + gps(at + 18))
    ),
    "JPEG, description": lambda: photo(exif=exif((0x010E, 2, len(TEXT) + 1, TEXT + b"\0"))),
    "JPEG, remark of the user": lambda: photo(
        exif=pointing(_SUB, lambda at: table(at, [(0x9286, 7, len(TEXT) + 8, b"ASCII\0\0\0" + TEXT)]))
    ),
    "JPEG, notes of the maker": lambda: photo(
        exif=pointing(_SUB, lambda at: table(at, [(0x927C, 7, len(TEXT), TEXT)]))
    ),
    "JPEG, XMP": lambda: segment(0xE1, _MAP_MARK + PACKET.encode()),
    "JPEG, XMP without its wrapping": lambda: segment(0xE1, _MAP_MARK + f"{XMP}</rdf:RDF>".encode()),
    "JPEG, XMP in two bytes a letter": lambda: segment(0xE1, wide()),
    "JPEG, XMP that goes on": lambda: segment(0xE1, _LONGER_MARK + b"0" * 32 + bytes(8) + PACKET.encode()),
    "JPEG, IPTC": lambda: segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0e\x1c\x02\x5a\0" + TEXT),
    "JPEG, comment": lambda: segment(0xFE, TEXT),
    "JPEG, C2PA": lambda: segment(0xEB, b"JP\0\x01\0\0\0\x01" + TEXT),
    "JPEG, any other segment": lambda: segment(0xE7, TEXT),
    "JPEG, colours": lambda: photo(icc_profile=profile()),
    "JPEG, behind its end": lambda: photo() + b"\0\0\0\x18ftypmp42" + TEXT,
    "JPEG, a second picture": two_pictures,
    "PNG, Exif": lambda: photo(form="PNG", exif=pointing(_GPS, gps)),
    "PNG, text": lambda: chunk(b"tEXt", b"Comment\0" + TEXT),
    "PNG, packed text": lambda: chunk(b"zTXt", b"Comment\0\0" + zlib.compress(TEXT)),
    "PNG, packed international text": lambda: chunk(b"iTXt", b"Comment\0\x01\0\0\0" + zlib.compress(TEXT)),
    "PNG, XMP": lambda: chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET.encode()),
    "PNG, profile in hexadecimal": lambda: chunk(b"zTXt", _HEXED),
    "PNG, a chunk of its own": lambda: chunk(b"plAc", TEXT),
    "PNG, text behind the picture": lambda: chunk(b"tEXt", b"Comment\0" + TEXT, before=b"IEND"),
    "PNG, behind its end": lambda: photo(form="PNG") + TEXT,
    "PNG, among its frames": moving,
    "WebP, Exif": lambda: photo(form="WEBP", exif=pointing(_GPS, gps)),
    "WebP, XMP": lambda: photo(form="WEBP", xmp=PACKET.encode()),
    "WebP, a chunk of its own": lambda: riff(b"PLAC", TEXT),
    "HEIC, Exif": lambda: heic(exif=b"Exif\0\0" + pointing(_GPS, gps)),
    "HEIC, Exif from its first byte": lambda: heic(exif=pointing(_GPS, gps)),
    "HEIC, XMP": lambda: heic(xmp=PACKET.encode()),
    "HEIC, behind its end": lambda: heic() + struct.pack(">I", 8 + len(TEXT)) + b"free" + TEXT,
}


def unpacked(data: bytes) -> bytes:
    """The data, and behind them whatever in them is packed or written in hexadecimal."""
    found = [data]
    for mark in (b"\x78\x9c", b"\x78\xda", b"\x78\x01", b"\x78\x5e"):
        at = data.find(mark)
        while at >= 0:
            opened = zlib.decompressobj()
            with suppress(zlib.error):
                found.append(opened.decompress(data[at:], 100_000))
            at = data.find(mark, at + 1)
    return b"\0".join(found)


def tells(data: bytes) -> bool:
    """Whether the place stands anywhere in the data, however it is written."""
    whole = unpacked(data)
    written = (TEXT, PLACE.encode("utf-16-le"), PLACE.encode("utf-16-be"), *NUMBERS)
    return any(one in whole or one.hex().encode() in whole for one in written)
