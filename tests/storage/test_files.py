"""Files are kept by what they hold, all of them or nothing."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from storage.engine import Database
from storage.files import SIZE_LIMIT, FileStore, RefusedFileError
from storage.tables import files
from tests.storage.conftest import NOW

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 100
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100
OFFICE = "application/vnd.openxmlformats-officedocument."


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name in names:
            out.writestr(name, "x")
    return made.getvalue()


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_same_content_is_one_file(tmp_path: Path) -> None:
    file_store = FileStore(tmp_path)
    first, second = file_store.keep(JPEG, "现场.jpg"), file_store.keep(JPEG, "again.jpg")
    assert first.sha256 == second.sha256
    assert (first.name, second.name, first.size) == ("现场.jpg", "again.jpg", len(JPEG))
    assert file_store.path(first.sha256).read_bytes() == JPEG
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize(
    ("data", "name", "mime", "shown"),
    [
        (JPEG, "a.JPEG", "image/jpeg", "a.JPEG"),
        (JPEG, "photo.exe", "image/jpeg", "photo.exe.jpg"),
        (JPEG, "", "image/jpeg", "file.jpg"),
        (b"\x89PNG\r\n\x1a\n....", "a.png", "image/png", "a.png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a", "image/webp", "a.webp"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "IMG_1.HEIC", "image/heic", "IMG_1.HEIC"),
        (b"%PDF-1.7 ...", "方案.pdf", "application/pdf", "方案.pdf"),
        (b"%PDF-1.7 ...", "photo.jpg", "application/pdf", "photo.jpg.pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), "a.docx", f"{OFFICE}wordprocessingml.document", "a.docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "台账.xlsx", f"{OFFICE}spreadsheetml.sheet", "台账.xlsx"),
        (archive("OFD.xml", "Doc_0/Document.xml"), "文件.ofd", "application/ofd", "文件.ofd"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.wps", "application/msword", "a.wps"),
        (OLE + "Workbook".encode("utf-16-le"), "a.xls", "application/vnd.ms-excel", "a.xls"),
        ("会议纪要".encode(), "纪要.txt", "text/plain", "纪要.txt"),
        ("会议纪要".encode("gb18030"), "纪要", "text/plain", "纪要.txt"),
        (b"\xef\xbb\xbfa,b\r\n", "x.csv", "text/plain", "x.csv"),
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
        (b"PK\x03\x04 half an archive", "type"),
        (archive("setup.exe"), "type"),
        (archive("word/document.xml", "word/vbaProject.bin"), "type"),
        (OLE + "Workbook".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le"), "type"),
        (OLE, "type"),
        (b"\x80\x81\x82\xff", "type"),
        (b"text with \x00 in it", "type"),
    ],
    ids=range(14),
)
def test_what_is_not_kept(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        FileStore(tmp_path).keep(data, "photo.jpg")
    assert refused.value.reason == reason
    assert not kept(tmp_path)


def test_the_largest_is_kept(tmp_path: Path) -> None:
    assert FileStore(tmp_path).keep(JPEG + bytes(SIZE_LIMIT - len(JPEG)), "a.jpg").size == SIZE_LIMIT


def test_a_disk_that_is_full_leaves_no_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        FileStore(tmp_path).keep(JPEG, "a.jpg")
    assert not kept(tmp_path)
    monkeypatch.undo()
    FileStore(tmp_path).keep(JPEG, "a.jpg")
    assert len(kept(tmp_path)) == 1


@given(name=st.text())
def test_no_name_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    file = FileStore(tmp_path_factory.getbasetemp() / "shelf").keep(JPEG, name)
    assert file.name.lower().endswith((".jpg", ".jpeg"))
    assert not set("/\\\0\n") & set(file.name)
    assert len(file.name) <= 80


@pytest.mark.parametrize("wrong", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_names_a_file(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError, match=r"(?s).*"):
        FileStore(tmp_path).path(wrong)


def test_a_file_is_recorded_once(database: Database, tmp_path: Path) -> None:
    file_store = FileStore(tmp_path)
    file = file_store.keep(JPEG, "a.jpg")
    for _ in range(2):
        database.run(lambda conn: file_store.record(conn, file, NOW))
    (row,) = database.look(lambda conn: conn.execute(select(files)).all())
    assert tuple(row) == (file.sha256, "image/jpeg", len(JPEG), NOW)
