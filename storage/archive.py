"""A backup as one file: a zip archive of the database, the kept files and a manifest, which names every member with its
size and SHA-256 and is sealed (HMAC) with a key made of the secret. The secret itself is never in it.

Names of members are those of the data folder (`anzhu.db`, `files/ab/ab…`), or `tables/….copy` of a PostgreSQL database.
Nothing is ever written under a name that an archive gives.
"""

import errno
import hashlib
import hmac
import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any, Final

import msgspec

from storage.keys import Key, KeyRing, UnknownKeyError
from talk.texts import Say

FORMAT: Final = 1
"""The version of this format; raised when an older program could not read it rightly."""
MANIFEST: Final = "manifest.json"
DATABASE: Final = "anzhu.db"
TABLE: Final = re.compile(r"tables/([a-z_]{1,63})\.copy")
FILE: Final = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
PURPOSE: Final = "backup"
CHUNK: Final = 1024 * 1024
MANIFEST_LIMIT: Final = 256 * CHUNK
"""Bytes; a kept file takes about 170 of them."""


class ArchiveError(Exception):
    """A backup that cannot be made, read or restored; `what` says why and what to do."""

    def __init__(self, what: Say) -> None:
        super().__init__(what.id)
        self.what = what


class Member(msgspec.Struct, frozen=True):
    """One member: what it must be."""

    sha256: str
    size: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself. Instants are real UTC, but those of `newest` that are campaign time."""

    format: int
    program: str
    schema: str
    """The migration that its tables are of."""
    database: str
    """sqlite or postgresql."""
    campaign: str
    taken_at: datetime
    newest: dict[str, datetime]
    """The newest answer, update, event and look of the clock."""
    anchor: str | None
    """The anchor of its audit log; None: it has none."""
    keys: list[str]
    """The ids of the keys that were at hand, the one in use first: without that one nobody can go on with it."""
    columns: dict[str, list[str]] = {}
    """The columns of each table in the order in which they were copied; none on SQLite."""
    numbers: dict[str, int] = {}
    """The last number that each table gave to a row; none on SQLite, whose file knows it."""
    missing: int = 0
    """How many kept files were recorded and not on the disk."""
    spoilt: int = 0
    """How many were not what was kept."""
    members: dict[str, Member] = {}


def damaged() -> ArchiveError:
    """Return the error of an archive that is not as it was written."""
    return ArchiveError(Say("backup-damaged"))


class Writer:
    """An archive that is being written; complete once `finish` was called, else let go by `abandon`."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(out, "w")
        self.members: dict[str, Member] = {}

    def abandon(self) -> None:
        """Write nothing more: the library would, to a file that is gone by then."""
        self._zip.fp = None

    def add(self, name: str, source: IO[bytes], *, pack: bool) -> Member:
        """Add a member; `pack`: what it holds is not packed already. Raises OSError."""
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFREG | 0o600) << 16
        info.compress_type = zipfile.ZIP_DEFLATED if pack else zipfile.ZIP_STORED
        with self._zip.open(info, "w", force_zip64=True) as out:
            self.members[name] = _copy(source, out)
        return self.members[name]

    def finish(self, manifest: Manifest, key: Key) -> Manifest:
        """Add the manifest with its members, sealed, and end the archive; return it."""
        # Another mapping: the manifest itself is a member that it does not name.
        manifest = msgspec.structs.replace(manifest, members=dict(self.members))
        told: dict[str, Any] = msgspec.to_builtins(manifest)
        sealed = json.dumps(told | {"seal": _seal(key, told)}, ensure_ascii=False, indent=1).encode()
        self.add(MANIFEST, io.BytesIO(sealed), pack=True)
        self._zip.close()
        return manifest


class Archive:
    """An archive that is read. ArchiveError where it is none, is not whole, or is of a later version."""

    def __init__(self, file: IO[bytes]) -> None:
        with _reading():
            try:
                self._zip = zipfile.ZipFile(file)
                infos = self._zip.infolist()
                with self._zip.open(MANIFEST) as opened:
                    read = opened.read(MANIFEST_LIMIT + 1)
            except KeyError:
                raise ArchiveError(Say("backup-none-of-ours")) from None
            except zipfile.BadZipFile as error:
                raise ArchiveError(Say("backup-not-whole")) from error
            self._told: Any = json.loads(read if len(read) <= MANIFEST_LIMIT else b"")
        if isinstance(self._told, dict) and isinstance(self._told.get("format"), int) and self._told["format"] > FORMAT:
            raise ArchiveError(Say("backup-newer"))
        try:
            self.manifest = msgspec.convert(self._told, Manifest)
        except (msgspec.ValidationError, ValueError) as error:  # ValueError: half of a character
            raise damaged() from error
        self._infos: Mapping[str, zipfile.ZipInfo] = {info.filename: info for info in infos}
        if (
            not self.manifest.keys
            or len(self._infos) != len(infos)
            or self._infos.keys() != self.manifest.members.keys() | {MANIFEST}
        ):
            raise damaged()
        for name, member in self.manifest.members.items():
            known = name == DATABASE or TABLE.fullmatch(name) or FILE.fullmatch(name)
            if not known or self._infos[name].file_size != member.size:
                raise damaged()

    @property
    def sealer(self) -> str:
        """The id of the key by which the manifest is sealed."""
        return str(self._told.get("seal", "")).partition(":")[0]

    def is_sealed(self, keys: KeyRing) -> bool:
        """Return whether the manifest is as it was sealed. UnknownKeyError: the key is not at hand."""
        told = {name: value for name, value in self._told.items() if name != "seal"}
        given = str(self._told.get("seal", "")).encode("utf-8", "surrogatepass")
        return hmac.compare_digest(_seal(keys.by_id(self.sealer), told).encode(), given)

    def trust(self, keys: KeyRing) -> None:
        """ArchiveError where the manifest is not as it was sealed, or the key is not at hand."""
        try:
            sealed = self.is_sealed(keys)
        except UnknownKeyError as error:
            raise ArchiveError(Say("backup-needs-key", key=error.key)) from error
        if not sealed:
            raise ArchiveError(Say("backup-forged"))

    def check(self) -> None:
        """Read every member; ArchiveError where one is not what the manifest says."""
        for name in self.manifest.members:
            for _ in self.chunks(name):
                pass

    def names(self, of: re.Pattern[str]) -> Sequence[re.Match[str]]:
        """Return the names of members of a kind."""
        return [found for name in self.manifest.members if (found := of.fullmatch(name))]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give what a member holds. ArchiveError, at its end at the latest, where that is not what it must be."""
        wanted = self.manifest.members[name]
        digest, size = hashlib.sha256(), 0
        with _reading(), self._zip.open(self._infos[name]) as opened:
            while (chunk := opened.read(CHUNK)) and size <= wanted.size:
                digest.update(chunk)
                size += len(chunk)
                yield chunk
        if (digest.hexdigest(), size) != (wanted.sha256, wanted.size):
            raise damaged()


_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,  # a method of packing that is not ours
    RuntimeError,  # a member behind a password
    OverflowError,
)
"""What reading a damaged archive may raise."""


@contextmanager
def _reading() -> Iterator[None]:
    """Read in an archive; ArchiveError where it is damaged, OSError where the disk is."""
    try:
        yield
    except _UNREADABLE as error:
        raise damaged() from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before its beginning
            raise
        raise damaged() from error


def _copy(source: IO[bytes], out: IO[bytes]) -> Member:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        out.write(chunk)
    return Member(digest.hexdigest(), size)


def _seal(key: Key, told: Mapping[str, Any]) -> str:
    """Return the seal of a manifest, behind the id of its key."""
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
    return f"{key.id}:{hmac.new(key.derived(PURPOSE), canonical, hashlib.sha256).hexdigest()}"
