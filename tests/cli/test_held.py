"""A command that only reads waits for nobody who writes, and the doctor tries to write."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from sqlalchemy import make_url

from bot import late_notes
from tests.cli.conftest import Anzhu

READING: Final = (
    "people", "people --json", "duties", "hazards --json", "permits --json", "outbox", "notices", "checks",
    "invite --list", "audit verify", "audit show", "annex --month 2023-06", "people --review --out {out}",
)  # fmt: skip
"""Commands that only read, those that note the look among them."""


@contextmanager
def held(url: str, *statements: str) -> Iterator[None]:
    """Let another program hold the database by some statements, and let go at the end."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        conn: Any = sqlite3.connect(address.database or "", isolation_level=None)
    else:
        conn = psycopg.connect(address.set(drivername="postgresql").render_as_string(hide_password=False))
    for statement in statements:
        conn.execute(statement)
    try:
        yield
    finally:
        conn.rollback()
        conn.close()


def locks(url: str) -> tuple[str, ...]:
    """What holds up whoever writes, and nobody who reads."""
    if url.startswith("sqlite"):
        return ("BEGIN EXCLUSIVE",)
    return ("BEGIN", "LOCK TABLE audit, audit_head, clock IN EXCLUSIVE MODE")


def seen(anzhu: Anzhu) -> list[str]:
    """The commands of the looks that the audit holds."""
    return [one["command"] for one in anzhu.good("audit", "show", "--event", "people-listed", "--json").json]


def test_a_reader_waits_for_no_writer(june: Anzhu, current_database_url: str, tmp_path: Path) -> None:
    """The look at names is written down beside the database, and in the audit as soon as that can be written."""
    before = seen(june)
    with held(current_database_url, *locks(current_database_url)):
        for line in READING:
            june.good(*line.format(out=tmp_path / "review.xlsx").split())
        told = june("doctor")
        assert told.code == 1
        assert "异常　数据库正被其他程序占用" in told.out
        # Whoever writes says that it could not.
        assert (tmp_path / late_notes.FILE).stat().st_mode & 0o077 == 0
    assert seen(june) == before
    june.good("people")
    assert sorted(seen(june)[len(before) :]) == sorted(
        ["people", "people", "people", "hazards", "permits", "people --review"]
    )
    assert not (tmp_path / late_notes.FILE).exists()


def test_a_reader_waits_for_no_writer_and_the_bot_takes_up_its_look(
    june: Anzhu, current_database_url: str, tmp_path: Path
) -> None:
    with held(current_database_url, *locks(current_database_url)):
        june.good("people")
    # A process that died while it took up another one, and half a line of a full disk.
    (tmp_path / late_notes.FILE).rename(tmp_path / "unrecorded.begun")
    with (tmp_path / "unrecorded.begun").open("a", encoding="utf-8") as file:
        file.write('{"operator": "')
    june.good("tick")
    assert seen(june).count("people") == 1
    assert not (tmp_path / "unrecorded.begun").exists()


@contextmanager
def small_disk() -> Iterator[None]:
    """Let no file of this process grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
def test_the_doctor_tries_to_write_on_a_full_disk(june: Anzhu) -> None:
    june.good("people")
    with small_disk():
        told = june("doctor")
        people = june("people")
    assert told.code == 1
    assert "异常　磁盘已满" in told.out
    assert told.out.count("异常") >= 2
    # Names are shown to nobody whose look cannot be written down anywhere.
    assert (people.code, people.out, people.err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize("current_database_url", ["postgresql"], indirect=True)
def test_the_doctor_tries_to_write_to_a_standby(june: Anzhu) -> None:
    """A server that only reads, as a standby is: lists go on, and the doctor says why nothing else does."""
    june.settings["ANZHU_DATABASE_URL"] = (
        f"{june.environment['ANZHU_DATABASE_URL']}&options=-c default_transaction_read_only=on"
    )
    assert june("duties").code == 0
    assert "异常　数据库服务器只读" in june("doctor").out


@pytest.mark.parametrize(
    ("left", "told"), [((10**6, 10, 10**12), "只能再建10个文件"), ((0, 0, 10**12), ""), ((10**6, 10**6, 1), "只剩0MB")]
)
@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
def test_data_that_runs_out_room_on_the_disk(
    june: Anzhu, monkeypatch: pytest.MonkeyPatch, left: tuple[int, int, int], told: str
) -> None:
    class Left:
        f_files, f_favail, f_bavail = left
        f_frsize = 1

    monkeypatch.setattr("storage.room.os.statvfs", lambda _: Left)
    assert told in june("doctor").out
    assert june("doctor").code == bool(told)
