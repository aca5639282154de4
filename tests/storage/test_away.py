"""When the database or the disk is away, and when only one write is at fault: by errors that really come."""

import errno
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from storage.away import is_away
from storage.engine import Database, SqliteDatabase, open_database
from storage.tables import inbox, people

NOW = datetime(2023, 6, 5, 1, tzinfo=UTC)


def refused(database: Database, job: Callable[[Connection], Any]) -> BaseException:
    with pytest.raises(Exception) as caught:  # noqa: PT011  # whatever the driver makes of it
        database.run(job)
    return caught.value


def update(**fields: Any) -> Callable[[Connection], None]:
    row = {
        "channel": "web", "account": "a", "update_id": 1, "external_id": "1", "raw": {}, "state": "done",
        "received_at": NOW,
    }  # fmt: skip
    return lambda conn: conn.execute(insert(inbox).values(**(row | fields))).close()


@pytest.mark.parametrize(
    "fields",
    [
        {"update_id": 2**70},
        {"update_id": [7]},
        {"external_id": "\ud800"},
        {"external_id": None},
        {"state": "unheard of"},
        {"error": {"a": 1}},
        {"raw": {"a": {1}}},
    ],
    ids=str,
)
def test_what_cannot_be_stored_is_at_fault_itself(database: Database, fields: dict[str, Any]) -> None:
    assert not is_away(refused(database, update(**fields)))


def test_a_row_that_is_there_already_is_at_fault_itself(database: Database) -> None:
    database.run(update())
    assert not is_away(refused(database, update()))


def test_a_nul_is_at_fault_itself(database: Database) -> None:
    if isinstance(database, SqliteDatabase):
        return  # it keeps one
    assert not is_away(refused(database, update(external_id="a\0b")))


def test_a_statement_of_nonsense_or_of_too_much_is_at_fault_itself(database: Database) -> None:
    assert not is_away(refused(database, lambda conn: conn.execute(text("SELEKT 1"))))
    if isinstance(database, SqliteDatabase):
        deep = f"SELECT {'+'.join('1' * 2_000)}"
        assert not is_away(refused(database, lambda conn: conn.execute(text(deep))))
        return
    many = ", ".join(f":p{number}" for number in range(70_000))
    values = {f"p{number}": number for number in range(70_000)}
    assert not is_away(refused(database, lambda conn: conn.execute(text(f"SELECT 1 WHERE 1 IN ({many})"), values)))


def test_tables_that_are_older_than_the_program_are_away(database: Database) -> None:
    assert is_away(refused(database, lambda conn: conn.execute(text("SELECT * FROM nowhere"))))
    assert is_away(refused(database, lambda conn: conn.execute(text("SELECT unheard_of FROM people"))))


def test_a_connection_that_was_cut_is_away(database: Database) -> None:
    if isinstance(database, SqliteDatabase):
        return  # a file has no connection to cut
    cut = text("SELECT pg_terminate_backend(pg_backend_pid())")
    assert is_away(refused(database, lambda conn: conn.execute(cut)))
    assert database.run(lambda conn: conn.execute(select(1)).scalar_one()) == 1


def test_a_database_that_only_reads_is_away(database: Database) -> None:
    def job(conn: Connection) -> None:
        closed = "PRAGMA query_only = ON" if isinstance(database, SqliteDatabase) else "SET TRANSACTION READ ONLY"
        conn.execute(text(closed))
        conn.execute(insert(people).values(name="甲", language="en"))

    assert is_away(refused(database, job))


@pytest.mark.parametrize("port", [1])
def test_a_server_that_does_not_answer_is_away(port: int) -> None:
    engine = create_engine(f"postgresql+psycopg://nobody@127.0.0.1:{port}/none")
    with pytest.raises(OperationalError) as caught:
        engine.connect()
    assert is_away(caught.value)


def test_a_full_disk_is_away(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "anzhu.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{tmp_path}/anzhu.db")

    def fill(conn: Connection) -> None:
        pages = conn.execute(text("PRAGMA page_count")).scalar_one()
        conn.execute(text(f"PRAGMA max_page_count = {pages}"))
        conn.execute(insert(people).values(name="乙" * 100_000, language="en"))

    assert is_away(refused(database, fill))
    database.close()


def test_a_file_that_is_no_database_or_locked_is_away(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "no.db").write_bytes(b"nothing of the kind " * 100)
    with pytest.raises(DBAPIError) as caught, create_engine(f"sqlite:///{tmp_path}/no.db").connect() as conn:
        conn.execute(text("SELECT * FROM people"))
    assert is_away(caught.value)
    (tmp_path / "anzhu.db").write_bytes(sqlite_template.read_bytes())
    holder = sqlite3.connect(tmp_path / "anzhu.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    engine = create_engine(f"sqlite:///{tmp_path}/anzhu.db", connect_args={"timeout": 0})
    with pytest.raises(SQLAlchemyError) as locked, engine.begin() as conn:
        conn.execute(insert(people).values(name="甲", language="en"))
    assert is_away(locked.value)
    holder.close()


def test_the_disk_is_told_apart_from_a_name() -> None:
    away = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE)
    assert all(is_away(OSError(number, "x")) for number in away)
    others = (OSError(errno.ENAMETOOLONG, "x"), OSError("x"), TimeoutError(), ConnectionResetError())
    assert not any(map(is_away, (*others, ValueError(), MemoryError(), RecursionError(), OverflowError())))
