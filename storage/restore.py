"""A backup is put into an empty place: all of it, and the database last, so that what was begun and not ended looks
like none. A restore that was interrupted is simply run again.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, make_url

from storage import audit, audit_chain, clock, copies, leases, rewinds, schema
from storage.archive import DATABASE, FILE, Archive, ArchiveError
from storage.audit import Actor
from storage.audit_chain import Anchor
from storage.engine import migration
from storage.keys import KeyRing
from talk.texts import Say

MARK: Final = "restoring"
"""The file of the data folder that stands there while a restore runs, and after one that was interrupted."""
DRAFT: Final = ".restoring"
"""What the name of a database ends with until it is whole."""
EVENT: Final = "restored"
SUBJECT: Final = "database"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a backup goes: the address of the database, the data folder, the folder of kept files in it."""

    url: str
    folder: Path
    files: Path

    @property
    def kind(self) -> str:
        """Sqlite or postgresql."""
        return make_url(self.url).get_backend_name()


def restore(archive: Archive, place: Place, keys: KeyRing, at: datetime, by: Actor) -> None:
    """Put a backup into its place, `at` real time. ArchiveError: it is not whole, not ours to trust, of a later version
    or another kind, or the place is not empty; then nothing was written.
    """
    manifest = archive.manifest
    if not schema.is_known(manifest.schema):
        raise ArchiveError(Say("backup-newer"))
    if manifest.database != place.kind:
        raise ArchiveError(Say("backup-other-kind", kind=manifest.database))
    archive.trust(keys)
    _empty(place)
    archive.check()
    _room(archive, place)
    with _alone(place):
        # Once more: somebody may have begun here while the archive was read.
        _empty(place)
        written: list[Path] = []
        try:
            _put_files(archive, place, written)
            (_put_sqlite if place.kind == "sqlite" else _put_postgres)(archive, place, keys, at, by)
        except BaseException as error:
            _take_back(written)
            if isinstance(error, audit_chain.OtherKeyError):
                # The log is older than the key in use, and its own is not among those that are at hand.
                raise ArchiveError(Say("backup-needs-key", key=error.key)) from error
            raise


def _empty(place: Place) -> None:
    """ArchiveError where something is there already; files that an interrupted restore has left are ours."""
    if not copies.is_empty(place.url):
        raise ArchiveError(Say("restore-not-empty", place=_named(place)))
    interrupted = (place.folder / MARK).exists()
    if place.files.exists() and any(place.files.iterdir()) and not interrupted:
        raise ArchiveError(Say("restore-not-empty", place=str(place.files)))


def _named(place: Place) -> str:
    return make_url(place.url).database or ""


def _room(archive: Archive, place: Place) -> None:
    """ArchiveError where the disk has no room for it."""
    near = next(folder for folder in (place.folder.absolute(), *place.folder.absolute().parents) if folder.exists())
    sizes = {name: member.size for name, member in archive.manifest.members.items()}
    if place.kind != "sqlite":
        sizes = {name: size for name, size in sizes.items() if FILE.fullmatch(name)}
    if shutil.disk_usage(near).free < sum(sizes.values()):
        raise ArchiveError(Say("cli-disk-full"))


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """Hold off another restore into the same folder; the mark goes when this one has ended."""
    place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark = place.folder / MARK
    interrupted = mark.exists()
    with os.fdopen(os.open(mark, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveError(Say("restore-busy", place=str(place.folder))) from None
        try:
            yield
        except BaseException:
            if not interrupted:
                mark.unlink()
            raise
        mark.unlink()


def _put_files(archive: Archive, place: Place, written: list[Path]) -> None:
    place.files.mkdir(mode=0o700, exist_ok=True)
    for name in archive.names(FILE):
        path = place.files / name[1] / name[2]
        if path.exists() and _holds(path, archive.manifest.members[name[0]].sha256):
            continue
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{MARK}")
        written += [draft, path]
        _put(archive, name[0], draft)
        draft.replace(path)


def _take_back(written: Collection[Path]) -> None:
    """Remove files that were put in place, and the folders that are empty then."""
    for path in written:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in written}:
        with suppress(OSError):
            folder.rmdir()


def _holds(path: Path, sha256: str) -> bool:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == sha256


def _put(archive: Archive, name: str, draft: Path) -> None:
    """Write a member to a new file, for its user alone."""
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as out:
        for chunk in archive.chunks(name):
            out.write(chunk)


def _put_sqlite(archive: Archive, place: Place, keys: KeyRing, at: datetime, by: Actor) -> None:
    final = Path(make_url(place.url).database or "")
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = final.with_name(f"{final.name}{DRAFT}")
    try:
        copies.discard(draft)
        _put(archive, DATABASE, draft)
        with migration(f"sqlite:///{draft}", partial(audit_chain.seal, keys=keys)) as conn:
            _take_up(conn, archive, keys, at, by)
        with closing(sqlite3.connect(draft)) as whole:
            # One file: under its new name nothing beside it would be known.
            whole.execute("PRAGMA journal_mode = DELETE")
        # The files as well, before the database names them.
        os.sync()
        try:
            os.link(draft, final)
        except FileExistsError:
            raise ArchiveError(Say("restore-not-empty", place=str(final))) from None
    finally:
        copies.discard(draft)
    os.sync()


def _put_postgres(archive: Archive, place: Place, keys: KeyRing, at: datetime, by: Actor) -> None:
    manifest = archive.manifest
    os.sync()
    with migration(place.url, partial(audit_chain.seal, keys=keys)) as conn:
        if copies.has_tables(conn):
            raise ArchiveError(Say("restore-not-empty", place=_named(place)))
        schema.bring(conn, manifest.schema)
        copies.fill(conn, manifest.columns, manifest.numbers, lambda table: archive.chunks(f"tables/{table}.copy"))
        _take_up(conn, archive, keys, at, by)


def _take_up(conn: Connection, archive: Archive, keys: KeyRing, at: datetime, by: Actor) -> None:
    """Bring what was restored to the present tables, and note in it what it is."""
    manifest = archive.manifest
    schema.bring(conn)
    copies.skip_numbers(conn)
    leases.give_back_all(conn)
    audit_chain.begin(conn, keys, at)
    seq = max((anchor.seq for anchor in Anchor.read(manifest.anchor or "")), default=0)
    number = rewinds.note(conn, manifest.taken_at, at, manifest.newest, seq)
    now = at + clock.read(conn).offset
    told = {"taken_at": manifest.taken_at.isoformat(), "anchor": manifest.anchor, "rewind": number}
    audit.note(conn, now, EVENT, by, SUBJECT, schema=manifest.schema, program=manifest.program, **told)
