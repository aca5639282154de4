"""Which kept files may go: those lent for a time, and those that nothing refers to any more."""

import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import JSON, Column, Connection, MetaData, Table, Text, bindparam, cast, delete, select, update

from storage import engine
from storage.catalogue import metadata
from storage.columns import Kept
from storage.tables import files, outbox
from talk.messages import FileRef

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_ROWS: Final = 1000
"""How many rows are held in memory at once while all are looked through."""

_new = engine.insert(files).values(
    {name: bindparam(name) for name in ("sha256", "mime", "size", "kept_at", "expires_at", "own_data_of")}
)
_lend = _new.on_conflict_do_update(
    index_elements=[files.c.sha256],
    set_={"expires_at": _new.excluded.expires_at, "own_data_of": _new.excluded.own_data_of},
    where=files.c.expires_at.is_not(None),
)
"""A file that somebody sent, too, is kept for its own sake: it stays as it is."""


def lend(conn: Connection, file: FileRef, at: datetime, until: datetime, *, own_data_of: int | None = None) -> None:
    """Note that a file is kept, until an instant only (real time). `own_data_of`: it is all that is known of a person,
    and goes when that person leaves.
    """
    row = {"sha256": file.sha256, "mime": file.mime, "size": file.size, "kept_at": at}
    conn.execute(_lend, {**row, "expires_at": until, "own_data_of": own_data_of})


def recall(conn: Connection, person: int, at: datetime) -> None:
    """Let the files of a person's own data end now."""
    conn.execute(update(files).where(files.c.own_data_of == person).values(expires_at=at))


def senders(conn: Connection, hashes: Iterable[str]) -> dict[str, int]:
    """Return who sent files in, by their hashes; those that the bot drew are left out."""
    which = (engine.among(files.c.sha256, hashes), files.c.sent_by.is_not(None))
    return {row.sha256: row.sent_by for row in conn.execute(select(files.c.sha256, files.c.sent_by).where(*which))}


def over(conn: Connection, at: datetime) -> list[tuple[str, bool]]:
    """Return the files that were lent until an instant or before it: their hash, and whether they are somebody's own
    data.
    """
    statement = select(files.c.sha256, files.c.own_data_of.is_not(None)).where(files.c.expires_at <= at)
    return [(sha256, own) for sha256, own in conn.execute(statement)]


def recorded(conn: Connection) -> list[str]:
    """Return the hashes of the files that are recorded as kept."""
    return list(conn.execute(select(files.c.sha256)).scalars())


def attached(conn: Connection, *, but: Table | None = None, catalogue: MetaData = metadata) -> set[str]:
    """Return the hashes that any row refers to, of all tables or all but one. Every column of JSON is looked through,
    whoever added it: what is stored of a file there begins with its hash. `catalogue`: the tables, where they may be
    those of another version.
    """
    found: set[str] = set()
    for column in _columns(catalogue):
        if column.table is not but:
            rows = conn.execution_options(yield_per=_ROWS).execute(select(cast(column, Text)))
            for (text,) in rows:
                found.update(_HASH.findall(text or ""))
    return found


def references(conn: Connection, hashes: set[str]) -> Iterator[object]:
    """Give every stored value that refers to one of some files, with whatever else stands in it."""
    for column in _columns(metadata):
        if column.table is outbox:
            continue
        for (text,) in conn.execution_options(yield_per=_ROWS).execute(select(cast(column, Text))):
            if text and not hashes.isdisjoint(_HASH.findall(text)):
                yield json.loads(text)


def attached_elsewhere(conn: Connection) -> set[str]:
    """Return the hashes that something refers to beside the letters with which files were sent out."""
    return attached(conn, but=outbox)


def _columns(catalogue: MetaData) -> Iterator[Column[object]]:
    for table in catalogue.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, JSON | Kept):
                yield column


def forget(conn: Connection, hashes: set[str]) -> None:
    """Forget that files were kept."""
    conn.execute(delete(files).where(engine.among(files.c.sha256, hashes)))


def keep_on(conn: Connection, hashes: set[str]) -> None:
    """Keep files that were lent for good: somebody has sent them in since."""
    conn.execute(update(files).where(engine.among(files.c.sha256, hashes)).values(expires_at=None, own_data_of=None))


@contextmanager
def arriving(folder: Path) -> Iterator[None]:
    """Hold off the removal of files while one is written, or found to be there already."""
    with _locked(folder, fcntl.LOCK_SH):
        yield


@contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Hold off whoever keeps or removes a file, while one is written anew."""
    with _locked(folder, fcntl.LOCK_EX):
        yield


def untouched(folder: Path, patience: timedelta, at: datetime) -> list[Path]:
    """Return the files of the folder, drafts of dead processes among them, that nobody has kept or found again for so
    long.
    """
    before = (at - patience).timestamp()
    return [path for path in folder.glob("??/*") if path.stat().st_mtime < before] if folder.exists() else []


def remove(folder: Path, path: Path, *, unless_since: datetime | None = None) -> bool:
    """Remove a file; False where it was kept again after an instant, or is gone already."""
    with _locked(folder, fcntl.LOCK_EX):
        try:
            if unless_since is not None and path.stat().st_mtime >= unless_since.timestamp():
                return False
            path.unlink()
        except FileNotFoundError:
            return False
    return True


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
