"""A whole database copied at one moment while others write, and put into an empty one: SQLite by the online backup of
its driver, PostgreSQL by COPY, table by table in one reading transaction. The tables of a copy are those of its
migration, whatever the program knows by now; nothing that a copy says is run as SQL.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from psycopg import sql
from sqlalchemy import Column, Connection, MetaData, Table, create_engine, inspect, make_url
from sqlalchemy.pool import StaticPool

from storage.archive import DATABASE, ArchiveError, damaged
from storage.catalogue import metadata
from storage.engine import reading_engine
from talk.texts import Say

VERSIONS: Final = "alembic_version"
SIDE_FILES: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite may have beside a database: a log of writes that is left alone would be played into another one."""
CHUNK: Final = 1024 * 1024
AHEAD: Final = 1000
"""Numbers that are left out at least when a database has gone back (`skip_numbers`)."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A database as it was at one moment."""

    conn: Connection
    """Reads what is in it."""
    kind: str
    tables: Mapping[str, list[Any]]
    """Its tables with their columns, those that others refer to first."""
    parts: Callable[[], Iterator[tuple[str, Path]]]
    """Gives the name of each member and a file that holds it, until the next one is asked for."""
    numbers: Mapping[str, int] = field(default_factory=dict[str, int])


@contextmanager
def copied(url: str, draft: Path) -> Iterator[Copy]:
    """Copy a database, on SQLite to a draft, which holds a part at a time on PostgreSQL; it is gone in the end."""
    copying = _of_sqlite if make_url(url).get_backend_name() == "sqlite" else _of_postgres
    try:
        with copying(url, draft) as copy:
            yield copy
    finally:
        discard(draft)


def discard(draft: Path) -> None:
    """Remove a draft of a database, with what SQLite has beside it."""
    for suffix in SIDE_FILES:
        draft.with_name(f"{draft.name}{suffix}").unlink(missing_ok=True)


def fresh(draft: Path) -> int:
    """Return a new file, open to write, that only its user can read."""
    discard(draft)
    return os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)


@contextmanager
def _of_sqlite(url: str, draft: Path) -> Iterator[Copy]:
    os.close(fresh(draft))
    with closing(sqlite3.connect(draft)) as copy:
        with closing(sqlite3.connect(make_url(url).database or "", timeout=10)) as source:
            # In one go: whoever writes meanwhile waits for nothing, and the copy does not begin anew at each write.
            source.backup(copy)
        # One file, without a log of writes beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise ArchiveError(Say("cli-database-broken"))
        copy.execute("PRAGMA query_only = ON")
        engine = create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)
        with engine.connect() as conn:
            yield Copy(conn, "sqlite", _tables(conn), lambda: iter([(DATABASE, draft)]))


@contextmanager
def _of_postgres(url: str, draft: Path) -> Iterator[Copy]:
    engine = reading_engine(url).execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    try:
        with engine.begin() as conn:
            _plainly(conn)
            tables = _tables(conn)
            names = {name: [column["name"] for column in columns] for name, columns in tables.items()}
            yield Copy(conn, "postgresql", tables, lambda: _dumped(conn, names, draft), _numbers(conn, tables))
    finally:
        engine.dispose()


def _plainly(conn: Connection) -> None:
    """Let values be written and read in one way, whatever the server's settings are."""
    for setting in ("client_encoding = 'UTF8'", "datestyle = 'ISO, YMD'", "bytea_output = 'hex'"):
        conn.exec_driver_sql(f"SET LOCAL {setting}")


def _tables(conn: Connection) -> dict[str, list[Any]]:
    found = inspect(conn)
    names = [name for name, _ in found.get_sorted_table_and_fkc_names() if name is not None]
    return {name: list(found.get_columns(name)) for name in names if name != VERSIONS}


def _dumped(conn: Connection, columns: Mapping[str, list[str]], draft: Path) -> Iterator[tuple[str, Path]]:
    for table, names in columns.items():
        statement = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table), _listed(names))
        with os.fdopen(fresh(draft), "wb") as out, _driver(conn).cursor() as cursor, cursor.copy(statement) as rows:
            for chunk in rows:
                out.write(chunk)
        yield f"tables/{table}.copy", draft


def _numbers(conn: Connection, tables: Iterable[str]) -> dict[str, int]:
    """Return the last number that each table with a sequence gave."""
    found: dict[str, int] = {}
    for table in tables:
        sequence = _sequence(conn, table)
        if sequence is not None:
            number, given = conn.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608  # by the server, quoted
            found[table] = number if given else 0
    return found


def _sequence(conn: Connection, table: str) -> str | None:
    """Return the sequence behind the numbers of a table, quoted."""
    statement = "SELECT pg_get_serial_sequence(quote_ident(table_name), column_name) FROM information_schema.columns"
    where = "WHERE table_schema = current_schema() AND table_name = %(table)s AND column_name = 'id'"
    return conn.exec_driver_sql(f"{statement} {where}", {"table": table}).scalar_one_or_none()


def is_empty(url: str) -> bool:
    """Return whether there is nothing where a database is to be restored."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        place = Path(address.database or "")
        return not any(os.path.lexists(place.with_name(f"{place.name}{suffix}")) for suffix in SIDE_FILES)
    engine = reading_engine(url)
    try:
        with engine.connect() as conn:
            return not has_tables(conn)
    finally:
        engine.dispose()


def has_tables(conn: Connection) -> bool:
    """Return whether a database has any table or view."""
    found = inspect(conn)
    return bool(found.get_table_names() or found.get_view_names())


def fill(
    conn: Connection,
    columns: Mapping[str, list[str]],
    numbers: Mapping[str, int],
    rows: Callable[[str], Iterable[bytes]],
) -> None:
    """Fill a PostgreSQL database that has the tables of a copy's migration, in the transaction at hand; `rows` gives
    what was copied of a table. ArchiveError: its tables are others.
    """
    _plainly(conn)
    tables = {name: {column["name"] for column in found} for name, found in _tables(conn).items()}
    if tables != {name: set(names) for name, names in columns.items()}:
        raise damaged()
    conn.exec_driver_sql(f"TRUNCATE {', '.join(map(_quoted, tables))}")
    with _driver(conn).cursor() as cursor:
        for table in tables:
            names = columns[table]
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), _listed(names))
            with cursor.copy(statement) as copying:
                for chunk in rows(table):
                    copying.write(chunk)
    for table, number in numbers.items():
        _set_number(conn, table, number)


def skip_numbers(conn: Connection) -> None:
    """Let the numbers of rows go on far from where they were: what was made since the copy had numbers too, which stand
    on buttons and papers, and none of them may come to name something else. `audit` numbers its rows itself.
    """
    for table in metadata.sorted_tables:
        if table.dialect_options["sqlite"]["autoincrement"] and table.name != "audit":
            number = _last_number(conn, table)
            _set_number(conn, table.name, 2 * number + AHEAD)


def _last_number(conn: Connection, table: Table) -> int:
    if conn.dialect.name == "sqlite":
        statement = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        return conn.exec_driver_sql(statement, (table.name,)).scalar_one_or_none() or 0
    return _numbers(conn, [table.name]).get(table.name, 0)


def _set_number(conn: Connection, table: str, number: int) -> None:
    """Let the next row of a table get a number after this one."""
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        conn.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))
        return
    sequence = _sequence(conn, table)
    if sequence is None:
        raise damaged()
    conn.exec_driver_sql(
        "SELECT setval(%(sequence)s, greatest(%(number)s, 1), %(number)s > 0)", {"sequence": sequence, "number": number}
    )


def catalogue(tables: Mapping[str, list[Any]]) -> MetaData:
    """Return the tables of a copy as they are there."""
    found = MetaData()
    for name, columns in tables.items():
        Table(name, found, *(Column(column["name"], column["type"]) for column in columns))
    return found


def _driver(conn: Connection) -> Any:
    return conn.connection.driver_connection


def _listed(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _quoted(name: str) -> str:
    return f'"{name}"'
