"""Files kept by their content: named by SHA-256, written once, typed by what they hold, not by their name."""

import hashlib
import io
import os
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, bindparam

from storage import engine
from storage.location import without_location
from storage.tables import files
from talk.messages import FileRef

SIZE_LIMIT = 20 * 1024 * 1024
"""Bytes: the most that a platform lets a bot fetch, and more than any photo of a phone."""

NAME_LIMIT = 80

_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
_HEIC_BRANDS = (b"heic", b"heix", b"mif1", b"msf1")
_ZIPPED = (
    ("word/document.xml", f"{_OFFICE}wordprocessingml.document"),
    ("xl/workbook.xml", f"{_OFFICE}spreadsheetml.sheet"),
    ("OFD.xml", "application/ofd"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_PARTS = (
    ("WordDocument".encode("utf-16-le"), "application/msword"),
    ("Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
)
_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_ENDINGS = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "application/pdf": ("pdf",),
    f"{_OFFICE}wordprocessingml.document": ("docx",),
    f"{_OFFICE}spreadsheetml.sheet": ("xlsx",),
    "application/ofd": ("ofd",),
    "application/msword": ("doc", "wps"),
    "application/vnd.ms-excel": ("xls", "et"),
    "text/plain": ("txt", "csv", "json"),
}
"""What is taken, and the endings of its names, the usual one first."""

_record = (
    engine.insert(files)
    .values({name: bindparam(name) for name in ("sha256", "mime", "size", "kept_at")})
    .on_conflict_do_nothing()
)


class RefusedFileError(Exception):
    """A file that is not kept: `reason` is "empty", "too-big" or "type" (unknown, or with something to run)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileStore:
    """The folder of the kept files. A photo loses the place where it was taken, unless `keep_location`."""

    folder: Path
    keep_location: bool = False

    def keep(self, data: bytes, name: str) -> FileRef:
        """Keep a file, on disk when this returns, and say where; the same content twice is one file. Its name
        gets an ending that fits what it holds. Raises RefusedFileError, and OSError when the disk is full.
        """
        if not data:
            raise RefusedFileError("empty")
        if len(data) > SIZE_LIMIT:
            raise RefusedFileError("too-big")
        mime = _type_of(data)
        if mime is None:
            raise RefusedFileError("type")
        if mime.startswith("image/") and not self.keep_location:
            data = without_location(data)
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, data)
        return FileRef(sha256, _safe(name, _ENDINGS[mime]), mime, len(data))

    def path(self, sha256: str) -> Path:
        """Return where the content of a hash lies, or would lie; ValueError for what is no hash."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise ValueError(sha256)
        return self.folder / sha256[:2] / sha256

    def record(self, conn: Connection, file: FileRef, at: datetime) -> None:
        """Note in the database that a file is kept."""
        conn.execute(_record, {"sha256": file.sha256, "mime": file.mime, "size": file.size, "kept_at": at})


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing: half a file under the name of its hash would be believed for ever."""
    draft = path.with_name(f"{path.name}.{os.urandom(8).hex()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        # The name is on disk too; without this a power cut may forget it.
        os.fsync(folder)
    finally:
        os.close(folder)


def _type_of(data: bytes) -> str | None:
    for magic, mime in _MAGIC:
        if data.startswith(magic):
            return mime
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "image/heic"
    if data.startswith(b"PK\x03\x04"):
        return _type_of_zip(data)
    if data.startswith(_OLE):
        return None if _OLE_MACROS in data else next((mime for part, mime in _OLE_PARTS if part in data), None)
    return "text/plain" if _is_text(data) else None


def _type_of_zip(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((mime for part, mime in _ZIPPED if part in names), None)


def _is_text(data: bytes) -> bool:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        start = text.lstrip()[:2]
        # Browsers would run a page that comes from our own address, and shells a script.
        return not (start[:1] == "<" or start == "#!") and all(letter >= " " or letter in "\t\r\n" for letter in text)
    return False


def _safe(name: str, endings: tuple[str, ...]) -> str:
    """Return a name to show and to save under, without folders or control characters, ending as its type does."""
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    stem, _, ending = printable.rpartition(".")
    if not stem or ending.lower() not in endings:
        stem, ending = printable, endings[0]
    return f"{stem[: NAME_LIMIT - 5] or 'file'}.{ending}"
