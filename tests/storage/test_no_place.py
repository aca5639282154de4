"""Of a picture its pixels are kept, upright, and nothing else; a document keeps what its author left in it."""

import io
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from storage.files import FileStore
from storage.looking.look import look
from storage.looking.outcomes import Taken
from tests.carriers import CARRIERS, PLACE, TEXT, gps, pointing, table, tells
from tests.samples import docx, photo, picture

GPS = 0x8825
JPEG_PARTS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
"""Segments of a JPEG that are needed to draw it: JFIF, tables, frame, scan."""


def parts_of(data: bytes) -> Iterator[int | bytes]:
    """The segments of a JPEG or the chunks of a PNG, and what stands behind the end."""
    if data.startswith(b"\xff\xd8"):
        at = 2
        while data[at + 1] != 0xDA:
            yield data[at + 1]
            at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
        yield data[at + 1]
        end = data.index(b"\xff\xd9") + 2
    else:
        at = 8
        while at < len(data):
            size, kind = struct.unpack_from(">I4s", data, at)
            yield kind
            at += 12 + size
        end = at
    yield data[end:]


def kept(data: bytes) -> bytes:
    found = look(data)
    assert isinstance(found, Taken)
    assert found.content is not None
    return found.content


@pytest.mark.parametrize("name", CARRIERS)
def test_no_picture_tells_where_it_was_taken(name: str) -> None:
    before = CARRIERS[name]()
    assert tells(before), "the carrier carries nothing"
    after = kept(before)
    assert not tells(after)
    # Not this place alone: there is no part left in which anything could stand.
    assert set(parts_of(after)) <= JPEG_PARTS | {b"IHDR", b"IDAT", b"IEND", b""}
    with Image.open(io.BytesIO(before)) as sent, Image.open(io.BytesIO(after)) as stays:
        difference = ImageChops.difference(sent.convert("RGB"), stays.convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 6


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_stands_upright_without_being_told(form: str, turned: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    with Image.open(io.BytesIO(kept(photo(form=form, exif=exif)))) as after:
        assert after.size == ((64, 48) if turned < 5 else (48, 64))
        assert dict(after.getexif()) == {}
        corner = after.convert("L").getpixel((2, 2))
    x, y = {1: (2, 2), 2: (61, 2), 3: (61, 45), 4: (2, 45), 5: (2, 2), 6: (2, 45), 7: (61, 45), 8: (61, 2)}[turned]
    assert corner == pytest.approx(picture().convert("L").getpixel((x, y)), abs=12)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_screenshot_stays_a_png_to_the_last_pixel(mode: str) -> None:
    out = io.BytesIO()
    image = Image.new("I;16", (64, 48), 40_000) if mode == "I;16" else picture().convert(mode)
    image.save(out, "PNG")
    with Image.open(io.BytesIO(kept(out.getvalue()))) as after:
        assert after.format == "PNG"
        wanted = Image.new("L", (64, 48), 40_000 // 256) if mode == "I;16" else image
        assert list(after.convert("RGBA").tobytes()) == list(wanted.convert("RGBA").tobytes())


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "CMYK"), ("JPEG", "L"), ("WEBP", "RGBA")])
def test_a_picture_of_any_colours_can_be_seen(form: str, mode: str) -> None:
    out = io.BytesIO()
    image = picture().convert(mode)
    if mode == "RGBA":
        image.putpixel((0, 0), (0, 0, 0, 0))
    image.save(out, form)
    with Image.open(io.BytesIO(kept(out.getvalue()))) as after:
        assert after.format == ("PNG" if mode == "RGBA" else "JPEG")
        difference = ImageChops.difference(after.convert("RGB"), picture())
    assert max(ImageStat.Stat(difference).mean) < 20


def test_the_same_picture_is_kept_once() -> None:
    assert kept(photo()) == kept(photo()) == kept(CARRIERS["JPEG, comment"]())


def test_where_a_bureau_wants_the_place_it_is_kept_and_nothing_else(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = PLACE
    place = exif.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "N", (41.0, 48.0, 8.5), "E", (123.0, 25.0, 1.5)
    place[29] = "2023:06:05"
    store = FileStore(tmp_path, keep_location=True)
    for form in ("JPEG", "PNG", "WEBP"):
        content = store.read(store.keep(photo(form=form, exif=exif), "现场.jpg").sha256)
        with Image.open(io.BytesIO(content)) as after:
            assert set(after.getexif()) == {GPS}
            assert dict(after.getexif().get_ifd(GPS)) == {1: "N", 2: (41.0, 48.0, 8.5), 3: "E", 4: (123.0, 25.0, 1.5)}
        assert not tells(content)


@pytest.mark.parametrize("angle", [(1_000_000_000, 1, 0, 1, 0, 1), (41, 0, 0, 0, 0, 0), (41, 1), (41, 1) * 4], ids=str)
def test_what_is_no_place_is_not_kept_as_one(tmp_path: Path, angle: tuple[int, ...]) -> None:
    told = struct.pack(f"<{len(angle)}I", *angle)
    entries = [(1, 2, 2, b"N\0"), (2, 5, len(angle) // 2, told), (3, 2, 2, b"E\0"), (4, 5, len(angle) // 2, told)]
    store = FileStore(tmp_path, keep_location=True)
    sent = photo(exif=pointing(GPS, lambda at: table(at, entries)))
    content = store.read(store.keep(sent, "现场.jpg").sha256)
    assert set(parts_of(content)) <= JPEG_PARTS | {b""}


def test_a_document_keeps_what_is_in_it() -> None:
    """It is said to the sender: a signature would break where it is written anew."""
    within = docx(more={"word/media/image1.jpeg": photo(exif=pointing(GPS, gps)) + TEXT})
    found = look(within)
    assert isinstance(found, Taken)
    assert found.content is None
