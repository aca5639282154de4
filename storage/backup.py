"""A backup is taken while the bot runs: the database as it is at one moment, and the kept files that it refers to."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import MetaData, column, func, select, table

from storage import audit_chain, copies, kept_files, schema, sealed_files
from storage.archive import FORMAT, ArchiveError, Manifest, Writer
from storage.columns import Instant
from storage.copies import Copy
from storage.files import FileStore
from storage.keys import KeyRing
from talk.texts import Listed, Say

NEWEST: Final = {
    "answer": ("answers", "at"),
    "update": ("inbox", "received_at"),
    "event": ("audit", "at"),
    "tick": ("clock", "ticked_until"),
}
"""The instants by which people tell how old a database is, and where they stand."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up."""

    url: str
    files: FileStore
    campaign: str
    program: str


@contextmanager
def whole(target: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that stands under its name once it is complete and on the disk, for its user alone; what was
    begun and not ended lies beside it, hidden, until the next one of that name. ArchiveError, OSError: nothing stands
    there.
    """
    if os.path.lexists(target):
        raise ArchiveError(Say("backup-taken", file=str(target)))
    if not target.parent.is_dir():
        raise ArchiveError(Say("backup-no-folder", folder=str(target.parent)))
    part = part_of(target)
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b") as out:
        if not stat.S_ISREG(os.fstat(out.fileno()).st_mode):
            raise ArchiveError(Say("backup-taken", file=str(part)))
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveError(Say("backup-busy", file=str(target))) from None
        try:
            os.fchmod(out.fileno(), 0o600)
            out.truncate(0)
            yield out
            out.flush()
            os.fsync(out.fileno())
            _name(part, target)
        finally:
            part.unlink(missing_ok=True)
    _sync(target.parent)


def part_of(target: Path) -> Path:
    """Return where a file lies while it is written: under a name that nobody else gives."""
    return target.parent / f".{target.name}.anzhu-part"


def write(out: IO[bytes], source: Source, keys: KeyRing, at: datetime, draft: Path) -> Manifest:
    """Write a backup, `at` real time; a draft lies on the disk meanwhile, for its user alone. ArchiveError: the
    database is broken, or sealed with a key that is not at hand; OSError: the disk is full.
    """
    revision = schema.current(source.url)
    if revision is None:
        raise ArchiveError(Say("backup-no-database"))
    archive = Writer(out)
    try:
        return archive.finish(_filled(archive, source, keys, at, draft, revision), keys.current)
    finally:
        archive.abandon()


def _filled(archive: Writer, source: Source, keys: KeyRing, at: datetime, draft: Path, revision: str) -> Manifest:
    """Put everything into an archive but its manifest, which is returned."""
    with copies.copied(source.url, draft) as copy:
        sealer = audit_chain.sealer(copy.conn)
        if sealer and sealer not in (known := [key.id for key in keys.everything]):
            raise ArchiveError(Say("settings-other-key", key=sealer, given=Listed(tuple(known))))
        tables = copies.catalogue(copy.tables)
        # The first versions had no head, and then one without a digest.
        head = tables.tables.get("audit_head")
        anchor = audit_chain.anchor(copy.conn, at) if head is not None and "digest" in head.c else None
        referred, recorded = kept_files.attached(copy.conn, catalogue=tables), _recorded(copy, tables)
        newest = _newest(copy)
        for name, part in copy.parts():
            with part.open("rb") as content:
                archive.add(name, content, pack=True)
    missing, spoilt = _add_files(archive, source.files, referred | recorded, referred & recorded)
    return Manifest(
        format=FORMAT,
        program=source.program,
        schema=revision,
        database=copy.kind,
        campaign=source.campaign,
        taken_at=at,
        newest=newest,
        anchor=None if anchor is None else anchor.line(),
        keys=[key.id for key in keys.everything],
        columns={}
        if copy.kind == "sqlite"
        else {name: [one["name"] for one in columns] for name, columns in copy.tables.items()},
        numbers=dict(copy.numbers),
        missing=missing,
        spoilt=spoilt,
    )


def _recorded(copy: Copy, tables: MetaData) -> set[str]:
    found = tables.tables.get("files")
    return set() if found is None else {row.sha256 for row in copy.conn.execute(select(found.c.sha256))}


def _newest(copy: Copy) -> dict[str, datetime]:
    found: dict[str, Any] = {}
    for what, (name, at) in NEWEST.items():
        statement = select(func.max(column(at, Instant))).select_from(table(name))
        found[what] = copy.conn.execute(statement).scalar_one()
    return {what: at for what, at in found.items() if at is not None}


def _add_files(archive: Writer, store: FileStore, hashes: set[str], wanted: set[str]) -> tuple[int, int]:
    """Add kept files of some hashes as they lie on the disk; return how many of those that are wanted are not there,
    and how many are not what was kept. What is tidied away meanwhile was over.
    """
    added: set[str] = set()
    spoilt = 0
    # By what is there: not everything in a row that looks like a hash is the one of a file.
    for path in sorted(store.folder.glob("??/*")):
        if path.name in hashes and path == store.path(path.name):
            with suppress(FileNotFoundError), path.open("rb") as content:
                member = archive.add(f"files/{path.parent.name}/{path.name}", content, pack=False)
                added.add(path.name)
                spoilt += member.sha256 != path.name and not _is_sealed(path)
    return len(wanted - added), spoilt


def _is_sealed(path: Path) -> bool:
    try:
        return sealed_files.key_of(path) is not None
    except FileNotFoundError:
        return True


def _name(part: Path, target: Path) -> None:
    """Give a file its name, which no other one has: a link fails where there is one."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise ArchiveError(Say("backup-taken", file=str(target))) from None
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK):
            raise
        # A disk without links, as those that are carried about.
        part.rename(target)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
