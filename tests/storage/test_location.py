"""A photo is kept without the place where it was taken, and otherwise as it came."""

import io
import struct
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storage.files import FileStore
from storage.location import taken, without_location

GPS = 0x8825
TAKEN = "2023:06:05 09:30:00"
LATITUDE = (41.0, 40.0, 23.5)


def exif() -> Image.Exif:
    """What a phone writes: which side is up, when, and where."""
    told = Image.Exif()
    told[0x0112] = 6
    told[0x0132] = TAKEN
    told[0x010F] = "GPS 相机".encode()
    place = told.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "N", LATITUDE, "E", (123.0, 25.0, 1.5)
    place[29] = "2023:06:05"
    return told


def photograph(form: str, **more: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((64, 48)).convert("RGB").save(out, form, exif=exif(), **more)
    return out.getvalue()


def read(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_place_goes_and_all_else_stays(form: str) -> None:
    before = photograph(form)
    assert read(before).getexif().get_ifd(GPS)[2] == LATITUDE
    after = without_location(before)
    assert len(after) == len(before)
    assert read(after).getexif().get_ifd(GPS) == {}
    assert (read(after).getexif()[0x0112], read(after).getexif()[0x0132]) == (6, TAKEN)
    assert read(after).tobytes() == read(before).tobytes()
    assert b"2023:06:05\0" not in after
    assert without_location(after) == after


def test_the_place_goes_from_big_ended_data_too() -> None:
    rational = struct.pack(">6I", 41, 1, 40, 1, 47, 2)
    table = struct.pack(">H", 1) + struct.pack(">HHII", GPS, 4, 1, 26) + struct.pack(">I", 0)
    gps = struct.pack(">H", 1) + struct.pack(">HHII", 2, 5, 3, 44) + struct.pack(">I", 0)
    data = b"\xff\xd8\xff\xe1..Exif\0\0MM\0*" + struct.pack(">I", 8) + table + gps + rational + b"picture"
    after = without_location(data)
    assert rational not in after
    assert after.endswith(b"picture")


def test_the_place_goes_from_what_apple_writes() -> None:
    """In HEIC the Exif data lie behind the same six letters, somewhere in the file."""
    block = exif().tobytes()
    after = without_location(b"\0\0\0\x18ftypheic" + b"\0" * 40 + block + b"picture")
    kept = Image.Exif()
    kept.load(after[52:-7])
    assert kept.get_ifd(GPS) == {}


def test_the_place_goes_from_xmp() -> None:
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r exif:GPSLatitude="41,40.4N"/></x:xmpmeta>'
    after = without_location(photograph("JPEG", xmp=packet))
    assert b"41,40.4N" not in after
    assert read(after).size == (64, 48)


def test_a_png_keeps_sound_checksums() -> None:
    data = without_location(photograph("PNG"))
    at = 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        assert zlib.crc32(data[at + 4 : at + 8 + length]).to_bytes(4, "big") == data[at + 8 + length : at + 12 + length]
        at += 12 + length


@given(st.binary(max_size=200), st.integers(0, 199), st.binary(min_size=1, max_size=8))
def test_whatever_the_data_hold_a_photo_is_kept(noise: bytes, at: int, damage: bytes) -> None:
    for data in (
        noise,
        b"Exif\0\0II*\0" + noise,
        b"Exif\0\0MM\0*" + noise,
        b"\x89PNG\r\n\x1a\n" + noise,
        photograph("JPEG")[:at] + damage + photograph("JPEG")[at + len(damage) :],
    ):
        assert len(without_location(data)) == len(data)


def test_the_shelf_keeps_no_place_unless_it_is_asked_for(tmp_path: Path) -> None:
    data = photograph("JPEG")
    for file_store, place in ((FileStore(tmp_path / "a"), {}), (FileStore(tmp_path / "b", keep_location=True), None)):
        kept = file_store.keep(data, "现场.jpg")
        found = read(file_store.path(kept.sha256).read_bytes()).getexif().get_ifd(GPS)
        assert found == place if place is not None else found[2] == LATITUDE
        assert kept.size == len(data)


def test_a_file_of_twenty_megabytes_takes_no_time() -> None:
    data = photograph("JPEG") + bytes(range(256)) * 80_000
    assert len(without_location(data)) == len(data)


# When a photo was taken


def shot(when: str | None, form: str = "JPEG") -> bytes:
    told = exif()
    if when is not None:
        told.get_ifd(0x8769)[0x9003] = when
    out = io.BytesIO()
    Image.new("RGB", (32, 24), "orange").save(out, form, exif=told)
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_says_when_it_was_taken_before_when_it_was_written(form: str) -> None:
    assert taken(shot("2023:06:04 18:05:09", form)) == datetime.fromisoformat("2023-06-04T18:05:09")
    assert taken(shot(None, form)) == datetime.fromisoformat("2023-06-05T09:30:00")
    # It says so still after its place was taken out.
    assert taken(without_location(shot("2023:06:04 18:05:09", form))) == datetime.fromisoformat("2023-06-04T18:05:09")


def test_what_says_no_time_has_none() -> None:
    bare = io.BytesIO()
    Image.new("RGB", (32, 24)).save(bare, "JPEG")
    assert taken(bare.getvalue()) is None
    assert taken(shot("0000:00:00 00:00:00").replace(TAKEN.encode(), b"                   ")) is None
    assert taken(b"") is None


@given(st.binary(max_size=200), st.integers(0, 400), st.binary(min_size=1, max_size=20))
def test_nothing_that_is_sent_breaks_the_reading_of_its_time(data: bytes, at: int, noise: bytes) -> None:
    whole = shot("2023:06:04 18:05:09")
    for one in (data, b"Exif\0\0II*\0" + data, whole[:at] + noise + whole[at + len(noise) :]):
        found = taken(one)
        assert found is None or found.tzinfo is None
