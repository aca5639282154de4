"""What a photo tells beside its picture: where it was taken, which is taken out in place, so that the picture itself
stays as it came; and when.

Phones write it as a table of its own (GPS) into the Exif data of JPEG, HEIC, WebP and PNG, and some once more
into XMP. Nothing else is touched: orientation and the time of the photo stay.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from datetime import datetime

_STARTS = (b"II*\0", b"MM\0*")
"""How Exif data begin, little or big end first."""
_BEFORE = re.compile(rb"(?:Exif\0\0|EXIF.{4}|eXIf)\Z", re.DOTALL)
"""What stands before them, in all the containers that may hold them."""
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_PNG = b"\x89PNG\r\n\x1a\n"
_GPS_TABLE = 0x8825
_EXIF_TABLE = 0x8769
_TAKEN = 0x9003
_CHANGED = 0x0132
_MOMENT = 20
"""Bytes of a time as Exif writes it: 2023:06:05 09:30:00 and a zero."""
_ENTRY = 12
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""Bytes of a value, by its type."""


def without_location(data: bytes) -> bytes:
    """A photo without the place where it was taken; the same bytes where it holds none. Never raises: what is no
    sound Exif data holds no place that anything would find.
    """
    spans = [span for start in _exif(data) for span in _gps(data, start)]
    blanks = [match.span() for match in _XMP.finditer(data) if b"GPS" in match.group()]
    if not spans and not blanks:
        return data
    changed = bytearray(data)
    for start, end in spans:
        changed[start:end] = bytes(end - start)
    for start, end in blanks:
        changed[start:end] = b" " * (end - start)
    return _sums_of_png(changed) if data.startswith(_PNG) else bytes(changed)


def taken(data: bytes) -> datetime | None:
    """When a photo was taken, by the clock of the phone and in its zone; without that, when it was written. None for
    one that does not say, as after the compression of a platform. Never raises.
    """
    for start in _exif(data):
        order = "<" if data[start : start + 2] == b"II" else ">"
        found = list(_moments(data, start, order))
        if found:
            return max(found)[1]
    return None


def _moments(data: bytes, start: int, order: str) -> Iterator[tuple[int, datetime]]:
    """The times in Exif data, each with its rank: the time of the shot before that of the file."""
    try:
        tables = [(_number(data, start + 4, order), _CHANGED, 0)]
        for entry in _entries(data, start, tables[0][0], order):
            tag, _, _, table = struct.unpack_from(f"{order}HHII", data, entry)
            if tag == _EXIF_TABLE:
                tables.append((table, _TAKEN, 1))
        for table, wanted, rank in tables:
            for entry in _entries(data, start, table, order):
                tag, _, count, value = struct.unpack_from(f"{order}HHII", data, entry)
                if tag == wanted and count == _MOMENT:
                    moment = _moment(data[start + value : start + value + _MOMENT - 1])
                    if moment is not None:
                        yield rank, moment
    except struct.error:
        return


def _moment(written: bytes) -> datetime | None:
    try:
        # A clock on a wall, as the camera had it; its zone is not told.
        return datetime.strptime(written.decode("ascii"), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None


def _exif(data: bytes) -> Iterator[int]:
    for mark in _STARTS:
        start = data.find(mark)
        while start >= 0:
            if _BEFORE.search(data, max(start - 8, 0), start):
                yield start
            start = data.find(mark, start + 1)


def _gps(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The spans of everything in the GPS table of Exif data that begins at `start`: its values, its entries."""
    order = "<" if data[start : start + 2] == b"II" else ">"
    try:
        for entry in _entries(data, start, _number(data, start + 4, order), order):
            tag, _, _, table = struct.unpack_from(f"{order}HHII", data, entry)
            if tag != _GPS_TABLE:
                continue
            inside = list(_entries(data, start, table, order))
            for place in inside:
                _, kind, count, value = struct.unpack_from(f"{order}HHII", data, place)
                size = _SIZES.get(kind, 1) * count
                if 4 < size <= len(data) - start - value:
                    yield start + value, start + value + size
            # The number of its entries, too: a table without entries.
            yield start + table, start + table + 2 + _ENTRY * len(inside)
    except struct.error:
        return


def _entries(data: bytes, start: int, table: int, order: str) -> Iterator[int]:
    (count,) = struct.unpack_from(f"{order}H", data, start + table)
    first = start + table + 2
    yield from (entry for entry in range(first, first + _ENTRY * count, _ENTRY) if entry + _ENTRY <= len(data))


def _number(data: bytes, at: int, order: str) -> int:
    return int(struct.unpack_from(f"{order}I", data, at)[0])


def _sums_of_png(data: bytearray) -> bytes:
    """The same with the checksum of every chunk made anew."""
    at = len(_PNG)
    while at + 12 <= len(data):
        end = at + 8 + _number(bytes(data[at : at + 4]), 0, ">")
        if end + 4 > len(data):
            break
        data[end : end + 4] = zlib.crc32(data[at + 4 : end]).to_bytes(4, "big")
        at = end + 4
    return bytes(data)
