"""Backups that are damaged, forged, killed or short of room: nothing half-done stands anywhere."""

import errno
import io
import json
import os
import shutil
import signal
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pyrage
import pytest
from sqlalchemy import insert, make_url

from storage import age, archive, backup, copies, restore, schema
from storage.archive import DATABASE, MANIFEST, Archive, ArchiveError
from storage.audit import Actor
from storage.backup import Source
from storage.engine import migration
from storage.files import FileStore
from storage.keys import KeyRing
from storage.restore import Place
from storage.tables import files
from tests.postgres import Postgres
from tests.storage.conftest import KEYS, NOW, opened_with
from tests.storage.test_schema import FIRST_ROWS

BY: Final = Actor(operator="王值班")
A_FILE: Final = b'{"own": "data"}'


def keep(database_url: str, folder: Path) -> str:
    """Keep a file as the bot does, recorded; its hash."""
    file = FileStore(folder / "files").keep_drawn(A_FILE, "x.json")
    with closing(opened_with(database_url)) as database:
        row = {"sha256": file.sha256, "mime": file.mime, "size": file.size, "kept_at": NOW}
        database.run(lambda conn: conn.execute(insert(files).values(row)).close())
    return file.sha256


def source(url: str, folder: Path) -> Source:
    return Source(url, FileStore(folder / "files"), "shenyang_2023", "1")


def taken(url: str, folder: Path, keys: KeyRing = KEYS) -> bytes:
    """A backup of a database and the files of a folder."""
    out = io.BytesIO()
    backup.write(out, source(url, folder), keys, NOW, folder / "draft")
    assert not list(folder.glob("draft*"))
    return out.getvalue()


@pytest.fixture
def made(sqlite_template: Path, tmp_path: Path) -> bytes:
    """The backup of a small SQLite database with one kept file."""
    folder = tmp_path / "from"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / DATABASE)
    keep(f"sqlite:///{folder}/{DATABASE}", folder)
    return taken(f"sqlite:///{folder}/{DATABASE}", folder)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A place that is not there yet."""
    folder = tmp_path / "to"
    return Place(f"sqlite:///{folder}/{DATABASE}", folder, folder / "files")


def bring(data: bytes, place: Place, keys: KeyRing = KEYS) -> None:
    restore.restore(Archive(io.BytesIO(data)), place, keys, NOW + timedelta(hours=10), BY)


def remade(data: bytes, change: Callable[[dict[str, Any]], Any] = dict, *, sealed: bool = False) -> bytes:
    """An archive with the same members and another manifest; `sealed`: by somebody who has the key."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        told = json.loads(old.read(MANIFEST))
        change(told)
        if sealed:
            del told["seal"]
            told["seal"] = archive._seal(KEYS.current, told)
        for name in old.namelist():
            new.writestr(name, old.read(name) if name != MANIFEST else json.dumps(told))
    return out.getvalue()


def with_member(data: bytes, name: str, mode: int = stat.S_IFREG | 0o600) -> bytes:
    out = io.BytesIO(data)
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    with zipfile.ZipFile(out, "a") as added, pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *_, **__: None)
        added.writestr(info, b"/etc/passwd")
    return out.getvalue()


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def renamed(told: dict[str, Any]) -> None:
    told["members"]["../../evil"] = told["members"].pop(DATABASE)


FORGED: Final = "backup-forged"
BAD: Final[dict[str, tuple[Callable[[bytes], bytes], str]]] = {
    "empty": (lambda _: b"", "backup-not-whole"),
    "text": (lambda _: "数据库\n".encode() * 99, "backup-not-whole"),
    "another zip": (lambda _: with_member(b"", "x"), "backup-none-of-ours"),
    "cut": (lambda data: data[:-100], "backup-not-whole"),
    "half": (lambda data: data[: len(data) // 2], "backup-not-whole"),
    "a byte of the database": (lambda data: flipped(data, 2000), "backup-damaged"),
    "a byte of a file": (lambda data: flipped(data, data.index(A_FILE) + 3), "backup-damaged"),
    "a way out": (lambda data: with_member(data, "../../evil"), "backup-damaged"),
    "an absolute name": (lambda data: with_member(data, "/etc/evil"), "backup-damaged"),
    "a link": (lambda data: with_member(data, "files/ab", stat.S_IFLNK | 0o777), "backup-damaged"),
    "a second database": (lambda data: with_member(data, DATABASE), "backup-damaged"),
    "a way out that is listed": (lambda data: remade(data, renamed, sealed=True), "backup-damaged"),
    "no list": (lambda data: remade(data, lambda told: told.update(members=7), sealed=True), "backup-damaged"),
    "another hash": (
        lambda data: remade(data, lambda told: told["members"][DATABASE].update(sha256="0" * 64), sealed=True),
        "backup-damaged",
    ),
    "a seal that is none": (lambda data: remade(data, lambda told: told.update(seal=f"{KEYS.current.id}:é")), FORGED),
    "half of a character": (lambda data: remade(data, lambda told: told.update(format="\ud800")), "backup-damaged"),
    "no key": (lambda data: remade(data, lambda told: told.update(keys=[]), sealed=True), "backup-damaged"),
    "forged": (lambda data: remade(data, lambda told: told.update(taken_at="2023-06-01T00:00:00Z")), "backup-forged"),
    "unsealed": (lambda data: remade(data, lambda told: told.pop("seal")), "backup-needs-key"),
    "newer form": (lambda data: remade(data, lambda told: told.update(format=2)), "backup-newer"),
    "newer tables": (lambda data: remade(data, lambda told: told.update(schema="9999"), sealed=True), "backup-newer"),
    "other kind": (
        lambda data: remade(data, lambda told: told.update(database="postgresql"), sealed=True),
        "backup-other-kind",
    ),
}


@pytest.mark.parametrize("how", BAD)
def test_what_is_no_sound_backup_is_refused_and_nothing_is_written(made: bytes, place: Place, how: str) -> None:
    change, why = BAD[how]
    with pytest.raises(ArchiveError) as refused:
        bring(change(made), place)
    assert refused.value.what.id == why
    assert not place.folder.exists()


def test_another_key_and_a_place_that_is_not_empty_are_refused(made: bytes, place: Place) -> None:
    with pytest.raises(ArchiveError) as refused:
        bring(made, place, KeyRing.of(b"x" * 32))
    assert (refused.value.what.id, dict(refused.value.what.args)) == ("backup-needs-key", {"key": KEYS.current.id})
    for there in (place.files / "ab" / "x", *(place.folder / f"{DATABASE}{end}" for end in copies.SIDE_FILES)):
        there.parent.mkdir(parents=True)
        there.write_text("x")
        with pytest.raises(ArchiveError, match="restore-not-empty"):
            bring(made, place)
        assert there.read_text() == "x"
        shutil.rmtree(place.folder)
    # A key that was rotated since opens it all the same.
    bring(made, place, KeyRing.of(b"x" * 32, b"s" * 32))


def killed(data: bytes, place: Place, patch: Callable[[pytest.MonkeyPatch], None]) -> int:
    """Restore in a process that kills itself at some step; the signal that ended it, 0 where none did."""
    child = os.fork()
    if not child:
        try:
            patch(pytest.MonkeyPatch())
            bring(data, place)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def dies(patch: pytest.MonkeyPatch, module: Any, name: str, *, after: bool) -> None:
    real = getattr(module, name)

    def step(*args: Any, **named: Any) -> Any:
        done = real(*args, **named) if after else None
        os.kill(os.getpid(), signal.SIGKILL)
        return done

    patch.setattr(module, name, step)


STEPS: Final = {
    "begun": (restore, "_put_files", False),
    "a file": (restore, "_put", True),
    "all files": (restore, "_put_files", True),
    "tables half changed": (copies, "skip_numbers", True),
    "told": (restore, "_take_up", True),
    "before its name": (os, "link", False),
    "after its name": (os, "link", True),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_leaves_no_database_or_a_whole_one(made: bytes, place: Place, step: str) -> None:
    module, name, after = STEPS[step]
    assert killed(made, place, lambda patch: dies(patch, module, name, after=after)) == -signal.SIGKILL
    if step == "after its name":
        with pytest.raises(ArchiveError, match="restore-not-empty"):
            bring(made, place)
    else:
        assert not (place.folder / DATABASE).exists()
        bring(made, place)
    assert {path.name for path in place.folder.iterdir()} - {"restoring", f"{DATABASE}.restoring"} == {
        DATABASE,
        "files",
    }
    assert schema.is_current(place.url)
    (kept,) = place.files.glob("??/*")
    assert kept.read_bytes() == A_FILE


@pytest.mark.parametrize("current_database_url", ["postgresql"], indirect=True)
def test_a_kill_leaves_nothing_in_postgresql(current_database_url: str, tmp_path: Path, postgres: Postgres) -> None:
    data = taken(current_database_url, tmp_path)
    url = postgres.create()
    place = Place(url, tmp_path / "to", tmp_path / "to" / "files")
    assert killed(data, place, lambda patch: dies(patch, restore, "_take_up", after=True)) == -signal.SIGKILL
    assert copies.is_empty(url)
    bring(data, place)
    assert schema.is_current(url)
    with pytest.raises(ArchiveError, match="restore-not-empty"):
        bring(data, place)
    postgres.drop(url)


def full(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, "full")


@pytest.mark.parametrize(
    ("module", "name"), [(restore, "_put_sqlite"), (os, "sync"), (os, "link"), (copies, "skip_numbers")]
)
def test_a_disk_that_fills_during_a_restore_leaves_nothing(
    made: bytes, place: Place, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    monkeypatch.setattr(module, name, full)
    with pytest.raises(OSError, match="full"):
        bring(made, place)
    monkeypatch.undo()
    assert [path.name for path in place.folder.rglob("*")] == ["files"]
    bring(made, place)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))
    with pytest.raises(ArchiveError, match="cli-disk-full"):
        bring(made, Place(f"sqlite:///{place.folder}2/x.db", Path(f"{place.folder}2"), Path(f"{place.folder}2/files")))


class Full(io.BytesIO):
    """A disk with room for so many bytes."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data: Any) -> int:
        """Write while there is room."""
        self.room -= len(data)
        return full() if self.room < 0 else super().write(data)


@pytest.mark.parametrize("room", [0, 100, 15_000])
@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.usefixtures("made")
def test_a_disk_that_fills_during_a_backup_is_said_as_such(tmp_path: Path, room: int, *, encrypted: bool) -> None:
    folder = tmp_path / "from"
    where = source(f"sqlite:///{folder}/{DATABASE}", folder)
    disk: Any = Full(room)
    to = age.encrypting(disk, [pyrage.x25519.Identity.generate().to_public()]) if encrypted else nullcontext(disk)
    with pytest.raises(OSError, match="full") as said, to as out:
        backup.write(out, where, KEYS, NOW, folder / "draft")
    assert said.value.errno == errno.ENOSPC
    assert not list(folder.glob("draft*"))


def fails(*_: object) -> None:
    raise OSError(errno.ENOSPC, "full")


def test_a_file_stands_under_its_name_only_when_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "b.zip"
    (tmp_path / ".b.zip.anzhu-part").write_bytes(b"of one that was killed" * 99)
    (tmp_path / ".b.zip.anzhu-part").chmod(0o644)
    with backup.whole(target) as out:
        assert not target.exists()
        out.write(b"new")
        with pytest.raises(ArchiveError, match="backup-busy"), backup.whole(target):
            pass
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"new", 0o600)
    with pytest.raises(ArchiveError, match="backup-taken"), backup.whole(target):
        pass
    other = tmp_path / "c.zip"
    with pytest.raises(ArchiveError, match="backup-taken"), backup.whole(other):
        other.write_bytes(b"of somebody else")
    assert other.read_bytes() == b"of somebody else"
    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="full"), backup.whole(tmp_path / "d.zip") as out:
        out.write(b"new")
    assert {path.name for path in tmp_path.iterdir()} == {"b.zip", "c.zip"}


def test_what_is_being_written_is_in_the_next_backup(current_database_url: str, tmp_path: Path) -> None:
    """A backup during an import waits for nobody, and has all of it or nothing."""
    with closing(opened_with(current_database_url)) as database:
        meanwhile: list[bytes] = []

        def importing(conn: Any) -> None:
            conn.exec_driver_sql(MANY)
            meanwhile.append(taken(current_database_url, tmp_path))
            conn.exec_driver_sql(MANY)

        database.run(importing)
        for data, number in ((meanwhile[0], 0), (taken(current_database_url, tmp_path), 2)):
            assert people_in(data) == number


MANY: Final = "INSERT INTO people (name, language) VALUES ('a', 'zh-CN')"


def people_in(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        if DATABASE not in found.namelist():
            return found.read("tables/people.copy").count(b"\n")
        with closing(sqlite3.connect(":memory:")) as database:
            read = bytearray(found.read(DATABASE))
            database.deserialize(bytes(read))
            return int(database.execute("SELECT count(*) FROM people").fetchone()[0])


def test_a_backup_of_older_tables_is_brought_up_to_date(
    database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    schema.upgrade(database_url, "0001")
    with migration(database_url) as conn:
        for statement in FIRST_ROWS.strip().removesuffix(";").split(";\n"):
            conn.exec_driver_sql(statement)
    data = taken(database_url, tmp_path)
    # Before an upgrade is when one is wanted: it changes nothing.
    assert schema.current(database_url) == "0001"
    on_sqlite = make_url(database_url).get_backend_name() == "sqlite"
    server: Postgres | None = None if on_sqlite else request.getfixturevalue("postgres")
    url = f"sqlite:///{tmp_path}/to/anzhu.db" if server is None else server.create()
    bring(data, Place(url, tmp_path / "to", tmp_path / "to" / "files"))
    assert schema.is_current(url)
    with closing(opened_with(url)) as database:
        names = database.look(lambda conn: conn.exec_driver_sql("SELECT id, name FROM people").all())
        assert [tuple(row) for row in names] == [(7, "甲")]
        # The next one is far away: whom a button of meanwhile names is nobody here.
        assert database.run(lambda conn: conn.exec_driver_sql(f"{MANY} RETURNING id").scalar_one()) > 1000
    if server is not None:
        server.drop(url)


def test_an_encrypted_backup_opens_with_its_key_alone(made: bytes, tmp_path: Path) -> None:
    secret, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    out = io.BytesIO()
    with age.encrypting(out, age.recipients([str(secret.to_public())])) as plain:
        plain.write(made)
    file = tmp_path / "b.age"
    mine, others = tmp_path / "mine", tmp_path / "others"
    mine.write_text(f"# created: today\n# public key: {secret.to_public()}\n{secret}\n")
    others.write_text(f"{other}\n")

    def read(data: bytes, identity: Path | None) -> bytes | str:
        file.write_bytes(data)
        try:
            with age.opened(file, identity, tmp_path) as opened:
                return opened.read()
        except ArchiveError as refused:
            return refused.what.id

    whole = out.getvalue()
    assert A_FILE not in whole
    assert read(whole, mine) == made
    assert read(made, None) == made
    assert read(whole, None) == "backup-encrypted"
    assert read(whole, others) == "backup-other-identity"
    assert read(whole, file) == "backup-bad-identity"
    assert read(whole[:-5], mine) == read(flipped(whole, len(whole) // 2), mine) == "backup-damaged"
    with pytest.raises(ArchiveError, match="backup-bad-recipient"):
        age.recipients([str(secret)])
    assert {path.name for path in tmp_path.iterdir()} == {"b.age", "from", "mine", "others"}
