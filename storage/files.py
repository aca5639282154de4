"""Files kept by their content: named by SHA-256, written once, typed by what they hold, not by their name.

What people send is looked at by a child process (`storage.looking`), and a picture kept as it was written anew there.
On the disk a file is plain or sealed (`storage.sealed_files`); whoever reads one reads it here, and gets what was kept.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, bindparam, select

from storage import engine, sealed_files
from storage.child import CHILDREN, MEGABYTE, Children, Limits, LookError
from storage.kept_files import arriving, holding
from storage.keys import KeyRing
from storage.looking import look
from storage.looking.outcomes import Reason, Refused
from storage.records import as_values
from storage.sealed_files import SpoiltFileError, seal
from storage.tables import files, identities
from talk.messages import Address, FileRef

SIZE_LIMIT: Final = 20 * MEGABYTE
"""Bytes: the most that a platform lets a bot fetch, and more than any photo of a phone."""

NAME_LIMIT: Final = 80

_HASH: Final = re.compile(r"[0-9a-f]{64}")

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
_MADE: Final = {**_ENDINGS, "application/json": ("json",), "application/zip": ("zip",)}
_DRAWN: Final = {endings[0]: mime for mime, endings in _MADE.items()}
"""The types of what the bot itself draws, by the endings of their names."""
_WHY: Final[dict[str, Reason]] = {"time": "slow", "memory": "slow", "failed": "unreadable", "busy": "busy"}

_sender = select(identities.c.person).where(
    *(identities.c[name] == bindparam(f"of_{name}") for name in ("channel", "account", "external_id"))
)
_new = engine.insert(files).values(
    {
        **{name: bindparam(name) for name in ("sha256", "mime", "size", "kept_at")},
        "sent_by": _sender.scalar_subquery(),
    }
)
_record = _new.on_conflict_do_update(index_elements=[files.c.sha256], set_={"sent_by": _new.excluded.sent_by})


class RefusedFileError(Exception):
    """A file that is not kept, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class Census:
    """How many kept files there are on the disk: plain, sealed with a key that is retired, spoilt, and all."""

    plain: int
    old: int
    spoilt: int
    number: int


@dataclass(frozen=True, slots=True)
class FileStore:
    """The folder of the kept files. A photo keeps only its pixels; with `keep_location` the place, too. With `encrypts`
    what is kept from now on is sealed; what was kept otherwise, and with keys that are retired, is read all the same.
    """

    folder: Path
    keep_location: bool = False
    keys: KeyRing | None = None
    encrypts: bool = False

    def __post_init__(self) -> None:
        """ValueError: files cannot be encrypted without a key."""
        if self.encrypts and self.keys is None:
            raise ValueError("no keys to encrypt files with")

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
        if not _HASH.fullmatch(sha256):
            raise ValueError(sha256)
        return self.folder / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        """Return the content of a hash. FileNotFoundError: there is none. SpoiltFileError: its key is not at hand, or
        the file was changed since.
        """
        return sealed_files.opened(self.keys, sha256, self.path(sha256).read_bytes())

    def is_kept(self, sha256: str) -> bool:
        """Return whether the content of a hash lies on the disk, whether or not it opens."""
        return self.path(sha256).exists()

    def is_sealed(self, sha256: str) -> bool:
        """Return whether the file of a hash is encrypted on the disk; False where there is none."""
        try:
            return sealed_files.key_of(self.path(sha256)) is not None
        except FileNotFoundError:
            return False

    def census(self, *, full: bool = False) -> Census:
        """Return how the files lie on the disk, by how each begins; with `full` each is opened."""
        known = [] if self.keys is None else [key.id for key in self.keys.everything]
        plain = old = spoilt = number = 0
        for path in self._paths():
            try:
                key = sealed_files.key_of(path)
                is_spoilt = (key is not None and key not in known) or (full and not self._opens(path.name))
            except FileNotFoundError:
                continue  # tidied away meanwhile
            number += 1
            spoilt += is_spoilt
            plain += key is None and not is_spoilt
            old += key in known[1:] and not is_spoilt
        return Census(plain, old, spoilt, number)

    def renew(self) -> tuple[int, int]:
        """Bring every file under the key in use: those that are sealed and, where files are encrypted, the plain ones.
        One after the other, each replaced whole, so that after a kill it is simply run again. Return how many were
        renewed, and how many do not open and stay as they are. Raises OSError when the disk is full.
        """
        renewed = spoilt = 0
        for path in self._paths():
            try:
                renewed += self._renewed(path)
            except SpoiltFileError:
                spoilt += 1
        return renewed, spoilt

    def record(self, conn: Connection, file: FileRef, at: datetime, by: Address) -> None:
        """Note in the database that a file is kept, and who sent it last."""
        sender = {f"of_{name}": value for name, value in as_values(by).items()}
        conn.execute(_record, {"sha256": file.sha256, "mime": file.mime, "size": file.size, "kept_at": at, **sender})

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
        except (LookError, FileNotFoundError, SpoiltFileError):
            return None

    def _kept(self, data: bytes, name: str, mime: str, taken: str | None = None) -> FileRef:
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        with arriving(self.folder):
            if self._holds(sha256):
                # Kept anew: what is tidied away has not been touched for a day.
                os.utime(path)
            else:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                _write(path, data if self.keys is None or not self.encrypts else seal(self.keys, sha256, data))
        return FileRef(sha256, _safe(name, mime), mime, len(data), taken)

    def _holds(self, sha256: str) -> bool:
        """Whether a content lies here as it should; one that is spoilt is mended when it is sent again."""
        try:
            return self._opens(sha256) and (self.is_sealed(sha256) or not self.encrypts)
        except FileNotFoundError:
            return False

    def _opens(self, sha256: str) -> bool:
        try:
            self.read(sha256)
        except SpoiltFileError:
            return False
        return True

    def _paths(self) -> Iterator[Path]:
        """The kept files, without the drafts of processes that were killed, which tidying removes."""
        return (path for path in sorted(self.folder.glob("??/*")) if _HASH.fullmatch(path.name))

    def _renewed(self, path: Path) -> bool:
        if self.keys is None:
            return False
        known = [key.id for key in self.keys.everything]
        # Nobody removes it, or finds it there already, between the look and the new file: a removed one would be back.
        with holding(self.folder):
            try:
                key = sealed_files.key_of(path)
                if key == self.keys.current.id or (key is None and not self.encrypts):
                    return False
                if key is not None and key not in known:
                    raise SpoiltFileError(path.name)
                content = self.read(path.name)
            except FileNotFoundError:
                return False  # tidied away meanwhile
            _write(path, seal(self.keys, path.name, content), as_was=path.stat())
        return True


def unreadable(error: FileNotFoundError | SpoiltFileError) -> str:
    """Return why a kept file could not be read, without where on this machine it lay."""
    return "it is no longer kept here" if isinstance(error, FileNotFoundError) else f"it does not open: {error}"


def _write(path: Path, data: bytes, as_was: os.stat_result | None = None) -> None:
    """All of it or nothing: half a file under the name of its hash would be believed for ever. `as_was`: its times,
    which say whether it is over, and its owner stay, also where root renews the files of the service's user.
    """
    draft = path.with_name(f"{path.name}.{os.urandom(8).hex()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
            out.flush()
            if as_was is not None:
                if (as_was.st_uid, as_was.st_gid) != (os.geteuid(), os.getegid()):
                    os.fchown(out.fileno(), as_was.st_uid, as_was.st_gid)
                os.utime(out.fileno(), ns=(as_was.st_atime_ns, as_was.st_mtime_ns))
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
    endings = _MADE[mime]
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    stem, _, ending = printable.rpartition(".")
    if stem and ending.lower() in endings:
        return f"{stem[: NAME_LIMIT - 5]}.{ending}"
    if not stem or not mime.startswith("image/") or ending.lower() not in _PICTURES:
        # Another kind of file by its name: the name is told as it was given. A picture became another kind here.
        stem = printable
    return f"{stem[: NAME_LIMIT - 5] or 'file'}.{endings[0]}"
