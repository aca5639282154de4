"""Files are kept by what they hold, all of them or nothing."""

import os
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import Connection, select

from storage import kept_files, people
from storage.engine import Database
from storage.files import SIZE_LIMIT, FileStore, RefusedFileError
from storage.tables import files
from talk.messages import Address, FileRef
from tests.samples import archive, compound, docx, heic, ofd, pdf, photo, word_stream, workbook_stream, xlsx
from tests.storage.conftest import NOW

OFFICE = "application/vnd.openxmlformats-officedocument."
PHOTO = photo("现场")


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_same_content_is_one_file(tmp_path: Path) -> None:
    file_store = FileStore(tmp_path)
    text = "会议纪要".encode()
    first, second = file_store.keep(text, "纪要.txt"), file_store.keep(text, "again.txt")
    assert first.sha256 == second.sha256
    assert (first.name, second.name, first.size) == ("纪要.txt", "again.txt", len(text))
    assert file_store.read(first.sha256) == text
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize(
    ("data", "name", "mime", "shown"),
    [
        (PHOTO, "a.JPEG", "image/jpeg", "a.JPEG"),
        (PHOTO, "photo.exe", "image/jpeg", "photo.exe.jpg"),
        (PHOTO, "", "image/jpeg", "file.jpg"),
        (photo("", "PNG"), "a.png", "image/png", "a.png"),
        (photo("", "WEBP"), "a", "image/jpeg", "a.jpg"),
        (photo("", "WEBP"), "a.webp", "image/jpeg", "a.jpg"),
        (heic(), "IMG_1.HEIC", "image/jpeg", "IMG_1.jpg"),
        (pdf(), "方案.pdf", "application/pdf", "方案.pdf"),
        (pdf(), "photo.jpg", "application/pdf", "photo.jpg.pdf"),
        (docx(), "a.docx", f"{OFFICE}wordprocessingml.document", "a.docx"),
        (xlsx(), "台账.xlsx", f"{OFFICE}spreadsheetml.sheet", "台账.xlsx"),
        (ofd(), "文件.ofd", "application/ofd", "文件.ofd"),
        (compound({"WordDocument": word_stream()}), "a.wps", "application/msword", "a.wps"),
        (compound({"Workbook": workbook_stream()}), "a.xls", "application/vnd.ms-excel", "a.xls"),
        ("会议纪要".encode(), "纪要.txt", "text/plain", "纪要.txt"),
        ("会议纪要".encode("gb18030"), "纪要", "text/plain", "纪要.txt"),
        (b"\xef\xbb\xbf=1+1,b\r\n", "x.csv", "text/plain", "x.csv.txt"),
        (b"echo hello", "run.bat", "text/plain", "run.bat.txt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_type_is_that_of_the_content_and_the_name_follows(
    tmp_path: Path, data: bytes, name: str, mime: str, shown: str
) -> None:
    file = FileStore(tmp_path).keep(data, name)
    assert (file.mime, file.name) == (mime, shown)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff" + bytes(SIZE_LIMIT), "too-big"),
        (b"MZ\x90\x00", "type"),
        (b"\x7fELF\x02", "type"),
        (b"<html><script>alert(1)</script>", "type"),
        (b"\xef\xbb\xbf  <svg onload=alert(1)>", "type"),
        (b"#!/bin/sh\nrm -rf /", "type"),
        (b"\x80\x81\x82\xff", "type"),
        (b"text with \x00 in it", "type"),
        (b"PK\x03\x04 half an archive", "unreadable"),
        (PHOTO[:200], "unreadable"),
        (b"%PDF-1.7 half a document", "unreadable"),
        (compound({"Workbook": workbook_stream()})[:600], "unreadable"),
        (archive({"readme.md": "hello"}), "type"),
        (archive({"setup.exe": "x"}), "active"),
    ],
    ids=range(15),
)
def test_what_is_not_kept(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        FileStore(tmp_path).keep(data, "photo.jpg")
    assert refused.value.reason == reason
    assert not kept(tmp_path)


def test_the_largest_is_kept(tmp_path: Path) -> None:
    assert FileStore(tmp_path).keep(b"a" * SIZE_LIMIT, "a.txt").size == SIZE_LIMIT


def test_a_disk_that_is_full_leaves_no_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        FileStore(tmp_path).keep(PHOTO, "a.jpg")
    assert not kept(tmp_path)
    monkeypatch.undo()
    FileStore(tmp_path).keep(PHOTO, "a.jpg")
    assert len(kept(tmp_path)) == 1


@given(name=st.text())
def test_no_name_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    file = FileStore(tmp_path_factory.getbasetemp() / "shelf").keep_drawn(PHOTO, f"{name}.jpg")
    assert file.name.lower().endswith((".jpg", ".jpeg"))
    assert not set("/\\\0\n") & set(file.name)
    assert len(file.name) <= 80


@pytest.mark.parametrize("wrong", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_names_a_file(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError, match=r"(?s).*"):
        FileStore(tmp_path).path(wrong)


def test_a_file_is_recorded_once_with_who_sent_it_last(database: Database, tmp_path: Path) -> None:
    file_store = FileStore(tmp_path)
    file = file_store.keep(PHOTO, "a.jpg")

    def send(conn: Connection, name: str) -> int:
        sender = Address("web", "test", name)
        person = people.add_guest(conn, "zh-CN")
        people.meet(conn, sender, "zh-CN", NOW)
        people.bind(conn, sender, person)
        file_store.record(conn, file, NOW, sender)
        return person

    database.run(partial(send, name="甲"))
    last = database.run(partial(send, name="乙"))
    assert database.look(lambda conn: kept_files.senders(conn, [file.sha256, "ab" * 32])) == {file.sha256: last}
    (row,) = database.look(lambda conn: conn.execute(select(files)).all())
    assert (row.sha256, row.mime, row.size, row.kept_at) == (file.sha256, "image/jpeg", file.size, NOW)


# When a photo was taken


def told(when: str | None) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0132] = "2023:06:05 09:30:00"
    if when is not None:
        exif.get_ifd(0x8769)[0x9003] = when
    return exif


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("yesterday", [False, True])
def test_a_photo_says_when_it_was_taken_before_when_it_was_written(tmp_path: Path, form: str, yesterday: bool) -> None:
    """One of yesterday was kept as it came: its reference tells nothing, and the file still does."""
    store = FileStore(tmp_path)
    for when, wanted in (("2023:06:04 18:05:09", "2023-06-04T18:05:09"), (None, "2023-06-05T09:30:00")):
        data = photo(form=form, exif=told(when))
        file = store.keep_drawn(data, f"a.{'png' if form == 'PNG' else 'jpg'}") if yesterday else store.keep(data, "a")
        assert (file.taken is None) is yesterday
        assert store.taken(FileRef.from_json(file.as_json())) == datetime.fromisoformat(wanted)


def test_what_says_no_time_or_is_no_photo_has_none(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    broken = Image.Exif()
    broken[0x0132] = "0000:00:00 00:00:00"
    for data in (photo(), photo(exif=broken), b"\xff\xd8\xff", b"text"):
        assert store.taken(store.keep_drawn(data, "a.jpg")) is None
    assert store.keep(photo(), "a.jpg").taken == ""
    assert store.taken(store.keep(photo(), "a.jpg")) is None
    assert store.taken(FileRef("0" * 64, "a.jpg", "image/jpeg", 1)) is None
    assert store.taken(store.keep(pdf(), "a.pdf")) is None
