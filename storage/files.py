"""Files kept by their content: named by SHA-256, written once, typed by what they hold, not by their name."""

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from storage import engine
from storage.tables import files
from talk.messages import FileRef

SIZE_LIMIT = 20 * 1024 * 1024
"""Bytes: what a Telegram bot may fetch, and more than any photo of a phone."""

NAME_LIMIT = 80

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
_ZIPPED = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)


class RefusedFileError(Exception):
    """A file that is not kept: `reason` is "empty", "too-big" or "type"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of the kept files."""

    folder: Path

    def keep(self, data: bytes, name: str) -> FileRef:
        """Keep a file and say where; the same content twice is one file. Raises RefusedFileError."""
        if not data:
            raise RefusedFileError("empty")
        if len(data) > SIZE_LIMIT:
            raise RefusedFileError("too-big")
        mime = _type_of(data)
        if mime is None:
            raise RefusedFileError("type")
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{sha256}.{os.getpid()}.{os.urandom(4).hex()}")
            with draft.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(path)
        return FileRef(sha256, _safe(name), mime, len(data))

    def path(self, sha256: str) -> Path:
        """Where the content of a hash lies, or would lie; ValueError for what is no hash."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise ValueError(sha256)
        return self.folder / sha256[:2] / sha256

    def record(self, conn: Connection, file: FileRef, at: datetime) -> None:
        """Note in the database that a file is kept."""
        conn.execute(
            engine.insert(files)
            .values(sha256=file.sha256, mime=file.mime, size=file.size, kept_at=at)
            .on_conflict_do_nothing()
        )


def _type_of(data: bytes) -> str | None:
    for magic, mime in _MAGIC:
        if data.startswith(magic):
            return mime
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        return next((mime for part, mime in _ZIPPED if part in data), None)
    if b"\x00" in data:
        return None
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    # Browsers would run a page that comes from our own address.
    return None if data.lstrip()[:1] == b"<" or data.startswith(b"#!") else "text/plain"


def _safe(name: str) -> str:
    """A name to show and to save under, without folders or control characters."""
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    stem, dot, ending = printable.rpartition(".")
    if dot and len(ending) <= 5:
        return f"{stem[: NAME_LIMIT - 6]}.{ending}" if stem else f"file.{ending}"
    return printable[:NAME_LIMIT] or "file"
