"""The campaign clock never goes backwards; files are kept by what they hold."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import clock
from storage.engine import Door
from storage.files import SIZE_LIMIT, RefusedFileError, Shelf
from tests.storage.conftest import NOW

DAY = timedelta(days=1)
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 100


def test_a_rehearsal_starts_once_and_only_moves_forward(door: Door) -> None:
    door.run(lambda conn: clock.start(conn, NOW - 900 * DAY, NOW))
    assert door.look(clock.read).offset == -900 * DAY
    door.run(lambda conn: clock.start(conn, NOW - 901 * DAY, NOW))
    assert door.look(clock.read).offset == -900 * DAY
    door.run(lambda conn: clock.start(conn, NOW - 800 * DAY, NOW))
    assert door.look(clock.read) == clock.Clock(-800 * DAY, None, rehearsal=True)


def test_jumping_back_is_refused(door: Door) -> None:
    door.run(lambda conn: clock.start(conn, NOW, NOW))
    door.run(lambda conn: clock.advance(conn, NOW + DAY, NOW))
    with pytest.raises(clock.BackwardsError):
        door.run(lambda conn: clock.advance(conn, NOW, NOW))
    assert door.look(clock.read).offset == DAY


def test_the_same_content_is_one_file(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    first, second = shelf.keep(JPEG, "现场.jpg"), shelf.keep(JPEG, "again.jpg")
    assert first.sha256 == second.sha256
    assert shelf.path(first.sha256).read_bytes() == JPEG
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff" + bytes(SIZE_LIMIT), "too-big"),
        (b"MZ\x90\x00", "type"),
        (b"<html><script>alert(1)</script>", "type"),
        (b"  <svg onload=alert(1)>", "type"),
        (b"#!/bin/sh\nrm -rf /", "type"),
        (b"PK\x03\x04 some other archive", "type"),
        (b"\x80\x81\x82", "type"),
    ],
)
def test_what_is_not_kept(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        Shelf(tmp_path).keep(data, "photo.jpg")
    assert refused.value.reason == reason
    assert not list(tmp_path.iterdir())


def test_the_type_is_that_of_the_content_and_not_of_the_name(tmp_path: Path) -> None:
    assert Shelf(tmp_path).keep(b"%PDF-1.7 ...", "photo.jpg").mime == "application/pdf"


@given(name=st.text())
def test_no_name_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    kept = Shelf(tmp_path_factory.getbasetemp() / "shelf").keep(JPEG, name)
    assert kept.name
    assert not set("/\\\0\n") & set(kept.name)
    assert len(kept.name) <= 80


@pytest.mark.parametrize("wrong", ["../../etc/passwd", "", "A" * 64, "0" * 63])
def test_only_a_hash_names_a_file(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Shelf(tmp_path).path(wrong)
