"""Files kept by their content: named by SHA-256, written once, typed by what they hold, not by their name.

What people send is looked at by a child process (`storage.looking`), and a picture kept as it was written anew there.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, bindparam

from storage import engine
from storage.child import CHILDREN, MEGABYTE, Children, Limits, LookError
from storage.kept_files import arriving
from storage.looking import look
from storage.looking.outcomes import Reason, Refused
from storage.tables import files
from talk.messages import FileRef

SIZE_LIMIT: Final = 20 * MEGABYTE
"""Bytes: the most that a platform lets a bot fetch, and more than any photo of a phone."""

NAME_LIMIT: Final = 80

LOOK: Final = Limits(seconds=10, patience=30, memory=1024 * MEGABYTE, result=SIZE_LIMIT + MEGABYTE)
"""Of one file that was sent. A photo of 12 megapixels takes a half of a second, one of 200 two."""
GLANCE: Final = Limits(seconds=1, patience=2, memory=512 * MEGABYTE, result=MEGABYTE)
"""Of what a photo that was kept as it came says beside its pixels: the writer of the database waits for it."""
GLANCES: Final = Children(at_once=1, waiting=2, patience=1)
"""A child for that alone: it waits for no file that somebody has just sent."""

_ENDINGS: Final = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    look.PDF: ("pdf",),
    look.WORD: ("docx",),
    look.WORKBOOK: ("xlsx",),
    look.OFD: ("ofd",),
    look.OLD_WORD: ("doc", "wps"),
    look.OLD_WORKBOOK: ("xls", "et"),
    # Never .csv: a spreadsheet would carry out the cells that begin with = when somebody opens it.
    look.TEXT: ("txt",),
}
"""What is taken, and the endings of its names, the usual one first."""
_PICTURES: Final = frozenset(
    ending for mime, endings in _ENDINGS.items() if mime.startswith("image/") for ending in endings
)
_DRAWN: Final = {"json": "application/json", **{endings[0]: mime for mime, endings in _ENDINGS.items()}}
"""The types of what the bot itself draws, by the endings of their names."""
_WHY: Final[dict[str, Reason]] = {"time": "slow", "memory": "slow", "failed": "unreadable", "busy": "busy"}

_record = (
    engine.insert(files)
    .values({name: bindparam(name) for name in ("sha256", "mime", "size", "kept_at")})
    .on_conflict_do_nothing()
)


class RefusedFileError(Exception):
    """A file that is not kept, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class FileStore:
    """The folder of the kept files. A photo keeps only its pixels; with `keep_location` the place, too."""

    folder: Path
    keep_location: bool = False

    def keep(self, data: bytes, name: str) -> FileRef:
        """Keep a file that somebody sent, on disk when this returns, and say where; the same content twice is one file.
        Its name gets an ending that fits what it holds. Blocks while a child process looks at it, seconds at the most.

        Raises RefusedFileError, and OSError when the disk is full.
        """
        if not data:
            raise RefusedFileError("empty")
        if len(data) > SIZE_LIMIT:
            raise RefusedFileError("too-big")
        try:
            found = CHILDREN.run(LOOK, look.look, data, keep_place=self.keep_location)
        except LookError as error:
            raise RefusedFileError(_WHY[error.why]) from error
        if isinstance(found, Refused):
            raise RefusedFileError(found.reason)
        taken = "" if found.moment is None else found.moment.isoformat()
        return self._kept(data if found.content is None else found.content, name, found.mime, taken)

    def keep_drawn(self, data: bytes, name: str) -> FileRef:
        """Keep a file that the bot itself made, under the ending of its name, as `keep` does but as it is."""
        return self._kept(data, name, _DRAWN[name.rpartition(".")[2]])

    def path(self, sha256: str) -> Path:
        """Return where the content of a hash lies, or would lie; ValueError for what is no hash."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise ValueError(sha256)
        return self.folder / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        """Return the content of a hash. FileNotFoundError: there is none."""
        return self.path(sha256).read_bytes()

    def record(self, conn: Connection, file: FileRef, at: datetime) -> None:
        """Note in the database that a file is kept."""
        conn.execute(_record, {"sha256": file.sha256, "mime": file.mime, "size": file.size, "kept_at": at})

    def taken(self, file: FileRef) -> datetime | None:
        """Return when a photo was taken, by the clock of the phone and in its zone, which it does not tell; without
        that, when it was written. None for what does not say. One that was kept as it came is looked at, for two
        seconds at the most.
        """
        if file.taken is not None:
            return datetime.fromisoformat(file.taken) if file.taken else None
        if not file.mime.startswith("image/"):
            return None
        try:
            return GLANCES.run(GLANCE, look.taken, self.read(file.sha256))
        except (LookError, FileNotFoundError):
            return None

    def _kept(self, data: bytes, name: str, mime: str, taken: str | None = None) -> FileRef:
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        with arriving(self.folder):
            if path.exists():
                # Kept anew: what is tidied away has not been touched for a day.
                os.utime(path)
            else:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                _write(path, data)
        return FileRef(sha256, _safe(name, mime), mime, len(data), taken)


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


def _safe(name: str, mime: str) -> str:
    """Return a name to show and to save under, without folders or control characters, ending as its type does."""
    endings = _ENDINGS.get(mime, ("json",))
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    stem, _, ending = printable.rpartition(".")
    if stem and ending.lower() in endings:
        return f"{stem[: NAME_LIMIT - 5]}.{ending}"
    if not stem or not mime.startswith("image/") or ending.lower() not in _PICTURES:
        # Another kind of file by its name: the name is told as it was given. A picture became another kind here.
        stem = printable
    return f"{stem[: NAME_LIMIT - 5] or 'file'}.{endings[0]}"
