"""The connection to the database. Every difference between SQLite and PostgreSQL lives in this file, but how the whole
of one is copied (`storage.copies`).

A job is a plain function given a connection inside an open transaction; it touches nothing else, so
it may run twice. `write` and `read` take a job from the event loop in one hop to a worker thread;
`run` and `look` are the same for a caller without a loop.
"""

import asyncio
import json
import logging
import os
import sqlite3
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from enum import IntEnum
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, Final, TypeVar

from sqlalchemy import (
    ARRAY,
    URL,
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Text,
    TypeDecorator,
    bindparam,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeEngine

from storage.jobs import Jobs
from storage.nearness import is_here
from storage.prepared import Prepared, Rows, prepared
from storage.unreadable import UnreadableError

__all__ = [
    "Database",
    "Job",
    "PostgresDatabase",
    "SqliteDatabase",
    "Turn",
    "WatchedConnection",
    "Watcher",
    "among",
    "among_given",
    "apart",
    "gathered",
    "insert",
    "is_alone",
    "lock_for_transaction",
    "migration",
    "migration_engine",
    "nested",
    "open_database",
    "reading_engine",
    "with_tables_held",
]
# PostgreSQL's INSERT … ON CONFLICT compiles to the same words on SQLite.

log = logging.getLogger("anzhu")

R = TypeVar("R")
T = TypeVar("T")
Job = Callable[[Connection], R]
Watcher = Callable[[BaseException | None, bool], None]

BATCH = 64
"""How many jobs share one SQLite commit at the most: enough to spread the cost of a sync to disk."""

STRANGERS_IN_BATCH = 2
"""How many jobs of strangers share a commit at the most: a member who writes meanwhile waits for all of it. It is one
at least, so that strangers are served too while members write without a pause."""

POSTGRES_POOL = 8
POSTGRES_STRANGERS = 2
"""Connections beside the pool, which all strangers share: however many they are, the pool is the members'."""
TRIES = 4

MIGRATION_LOCK = 1

SQLITE_PATIENCE = 10.0
"""Seconds to wait for another program that writes."""

_GATHERED = "gathered"


WORK_PATIENCE: Final = 2.0
"""Seconds that work of the bot itself waits behind people at the most: they may write without a pause."""


class Turn(IntEnum):
    """Whose jobs are written first."""

    MEMBER = 0
    """People who joined, and what brings them their replies."""
    STRANGER = 1
    LEAVING = 2
    """What a process lets go of as it ends, on whatever tables there are; with members' jobs."""
    PERMIT = 3
    """What time does to hot-work permits: a site waits for it."""
    WORK = 4
    """What nobody waits for and may take long: the look of each minute, tidying. It shares its commit with nobody."""


class WatchedConnection(Connection):
    """A connection that names each table to whoever watches before it is written (`UnitOfWork.writes`). Not by an event
    of SQLAlchemy: one listener makes it ask for listeners four times at every statement.
    """

    watch: Callable[[str], None] | None = None

    def execute(self, statement: Any, parameters: Any = None, **options: Any) -> Any:
        """Execute as `Connection.execute` does; what the watcher raises keeps the statement from being executed."""
        if self.watch is not None and getattr(statement, "is_dml", False):
            self.watch(statement.table.name)
        given = parameters if isinstance(parameters, Sequence) else [parameters or {}]
        if given and not options:
            known = prepared(self, statement, given[0])
            if known is not None and (len(given) == 1 or not known.returns_rows):
                return self._straight(known, given)
        return super().execute(statement, parameters, **options)

    def _straight(self, statement: Prepared, given: Sequence[dict[str, Any]]) -> Rows:
        # No public function closes the cursor, gives up a connection that is lost and wraps errors as SQLAlchemy does.
        try:
            values = [statement.bound(one) for one in given]
        except Exception as error:  # noqa: BLE001  # it is raised again
            self._handle_dbapi_exception(error, statement.text, None, None, None)
        cursor: Any = None
        try:
            cursor = self.connection.cursor()
            if len(values) == 1:
                self.dialect.do_execute(cursor, statement.text, values[0])
            else:
                self.dialect.do_executemany(cursor, statement.text, values)
            rows = statement.rows(cursor)
        except BaseException as error:  # noqa: BLE001  # it is raised again
            text = statement.text if isinstance(error, self.dialect.loaded_dbapi.Error) else None
            self._handle_dbapi_exception(error, text, values, cursor, None)
        cursor.close()
        return rows


def _watched(engine: Engine) -> Engine:
    engine._connection_cls = WatchedConnection  # noqa: SLF001  # the only way but events
    return engine


class Database(ABC):
    """How the rest of the application reads and writes."""

    def __init__(self) -> None:
        self.jobs = Jobs()
        """How long what writes took."""

    guard: Job[Any] | None = None
    """Begins each job that writes, but of who leaves; what it raises is what comes of it (`storage.schema.hold`)."""

    watcher: Watcher | None = None
    """Is told, from any thread, what came of each job: its error or None, and whether it was one that writes."""

    def _guarded(self, job: Job[R], turn: Turn) -> Job[R]:
        def guarded(conn: Connection) -> R:
            if self.guard is not None and turn is not Turn.LEAVING:
                _unwatched(conn, self.guard)
            return _unwatched(conn, partial(self.jobs.run, job))

        return guarded

    def _ended(self, error: BaseException | None, *, writes: bool) -> None:
        if self.watcher is not None:
            self.watcher(error, writes)

    @abstractmethod
    def submit(self, job: Job[R], turn: Turn = Turn.MEMBER) -> Future[R]:
        """Queue a writing job; the future is done once its transaction is committed or undone."""

    @abstractmethod
    def submit_read(self, job: Job[R]) -> Future[R]:
        """Queue a job that only reads, in a snapshot of its own."""

    @abstractmethod
    def close(self) -> None:
        """Finish what is queued and let the database go."""

    async def write(self, job: Job[R], turn: Turn = Turn.MEMBER) -> R:
        """Run a job in a transaction; what it raises is raised here and nothing of it is kept."""
        return await asyncio.wrap_future(self.submit(job, turn))

    async def read(self, job: Job[R]) -> R:
        """Run a reading job."""
        return await asyncio.wrap_future(self.submit_read(job))

    @abstractmethod
    def scrub(self) -> None:
        """Let what was deleted go from the disk, too, as far as nobody at work holds it up; then the next time."""

    def run(self, job: Job[R]) -> R:
        """`write` for a caller without an event loop."""
        return self.submit(job).result()

    def look(self, job: Job[R]) -> R:
        """`read` for a caller without an event loop."""
        return self.submit_read(job).result()


Entry = tuple[Job[Any], Future[Any]]


class WriterQueue:
    """What waits for the one writer of SQLite: permits before members' jobs, those before strangers', each in their
    order; the work of the bot itself when no person waits, or has waited long.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._permits: deque[Entry] = deque()
        self._members: deque[Entry] = deque()
        self._strangers: deque[Entry] = deque()
        self._work: deque[tuple[float, Entry]] = deque()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, entry: Entry, turn: Turn) -> None:
        """Add an entry; raises RuntimeError once closed: behind the end nobody would ever run it, and its caller would
        wait for good.
        """
        with self._changed:
            if self._closed:
                raise RuntimeError("the database is closed")
            match turn:
                case Turn.PERMIT:
                    self._permits.append(entry)
                case Turn.MEMBER | Turn.LEAVING:
                    self._members.append(entry)
                case Turn.STRANGER:
                    self._strangers.append(entry)
                case Turn.WORK:
                    self._work.append((self._now(), entry))
            self._changed.notify()

    def close(self) -> None:
        """Take nothing more; what waits is still given out."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def batch(self) -> list[Entry]:
        """Wait for what is to be written next in one transaction, and return it; nothing at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._somebody_waits or self._work or self._closed)
            if self._work and not self._permits and (not self._somebody_waits or self._is_late()):
                return [self._work.popleft()[1]]
            few = min(len(self._strangers), STRANGERS_IN_BATCH)
            found = [self._permits.popleft() for _ in range(min(len(self._permits), BATCH - few))]
            found += [self._members.popleft() for _ in range(min(len(self._members), BATCH - few - len(found)))]
            return found + [self._strangers.popleft() for _ in range(few)]

    @property
    def _somebody_waits(self) -> bool:
        return bool(self._permits or self._members or self._strangers)

    def _is_late(self) -> bool:
        return self._now() - self._work[0][0] >= WORK_PATIENCE


class SqliteDatabase(Database):
    """One writer connection that takes what is queued into one commit; readers beside it (WAL).

    Several SQLite writers wait for each other in the file's lock for seconds; one thread with a
    queue does not, and one sync to disk then serves many people.
    """

    def __init__(self, url: str, before_commit: Job[None] | None = None, patience: float | None = None) -> None:
        path = make_url(url).database
        if not path or path == ":memory:":
            raise ValueError("SQLite needs a file: what is not on disk is not kept")
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__()
        self._path = path
        self._before_commit = before_commit or _nothing_gathered
        self._writer = _watched(_sqlite_engine(url, begin="BEGIN IMMEDIATE", query_only=False, patience=patience))
        self._reader = _sqlite_engine(url, begin="BEGIN", query_only=True, patience=patience)
        self._queue = WriterQueue()
        self._readers = ThreadPoolExecutor(4, thread_name_prefix="reader")
        self._thread = threading.Thread(target=self._write_queued, name="writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job[R], turn: Turn = Turn.MEMBER) -> Future[R]:
        future: Future[R] = Future()
        self._queue.put((self._guarded(job, turn), future), turn)
        return future

    def submit_read(self, job: Job[R]) -> Future[R]:
        def read() -> R:
            try:
                with self._reader.begin() as conn:
                    result = _in_full(conn, job, _nothing_gathered)
            except BaseException as error:
                self._ended(error, writes=False)
                raise
            self._ended(None, writes=False)
            return result

        return self._readers.submit(read)

    def scrub(self) -> None:
        # The log of writes keeps what a page held before until it begins anew.
        with closing(sqlite3.connect(self._path, timeout=1)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._queue.close()
        self._thread.join()
        self._readers.shutdown()
        self._writer.dispose()
        self._reader.dispose()

    def _write_queued(self) -> None:
        while batch := self._queue.batch():
            # Whoever stopped waiting before the job began gets it not run; from here on it cannot be
            # cancelled any more, or setting its result would end this thread and with it all writing.
            self._commit([entry for entry in batch if entry[1].set_running_or_notify_cancel()])

    def _commit(self, batch: list[Entry]) -> None:
        if not batch:
            return
        try:
            results = self._in_one_transaction([job for job, _ in batch])
        except BaseException as error:  # noqa: BLE001  # to the one who waits, or the one thread would be gone
            if len(batch) == 1:
                self._ended(error, writes=True)
                batch[0][1].set_exception(error)
                return
            # One job failed, or the commit did: alone, each fails or succeeds for itself.
            for entry in batch:
                self._commit([entry])
            return
        self._ended(None, writes=True)
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)

    def _in_one_transaction(self, jobs: list[Job[Any]]) -> list[Any]:
        with self._writer.connect() as conn:
            transaction = conn.begin()
            try:
                _begin_gathering(conn)
                results = [job(conn) for job in jobs]
                _unwatched(conn, self._before_commit)
                transaction.commit()
            except BaseException:
                # After a failed COMMIT sqlite3 is still in its transaction though SQLAlchemy thinks
                # that it is over; every later batch would die of "cannot start a transaction".
                transaction.close()
                conn.connection.rollback()
                raise
            return results


def _unwatched(conn: Connection, job: Job[R]) -> R:
    """Run a job on a connection that the job before may have had watched."""
    if isinstance(conn, WatchedConnection):
        conn.watch = None
    return job(conn)


class PostgresDatabase(Database):
    """A small pool, a transaction for each job; a deadlock or a lost race is run again."""

    def __init__(self, url: str, before_commit: Job[None] | None = None, patience: float | None = None) -> None:
        super().__init__()
        self._before_commit = before_commit or _nothing_gathered
        connections = POSTGRES_POOL + POSTGRES_STRANGERS
        self._engine = _watched(
            _postgres_engine(url, patience, pool_size=connections, max_overflow=0, pool_pre_ping=True)
        )
        # As on SQLite: what a job reads is of one moment.
        self._reader = self._engine.execution_options(isolation_level="REPEATABLE READ")
        self._workers = ThreadPoolExecutor(POSTGRES_POOL, thread_name_prefix="postgres")
        self._strangers = ThreadPoolExecutor(POSTGRES_STRANGERS, thread_name_prefix="strangers")

    def submit(self, job: Job[R], turn: Turn = Turn.MEMBER) -> Future[R]:
        workers = self._strangers if turn is Turn.STRANGER else self._workers
        return workers.submit(self._told, self._engine, self._guarded(job, turn), self._before_commit, writes=True)

    def submit_read(self, job: Job[R]) -> Future[R]:
        return self._workers.submit(self._told, self._reader, job, _nothing_gathered, writes=False)

    def scrub(self) -> None:
        """Leave it to the server, whose autovacuum does it in its own time."""

    def close(self) -> None:
        self._workers.shutdown()
        self._strangers.shutdown()
        self._engine.dispose()

    def _told(self, engine: Engine, job: Job[R], before_commit: Job[None], *, writes: bool) -> R:
        try:
            result = self._transact(engine, job, before_commit)
        except BaseException as error:
            self._ended(error, writes=writes)
            raise
        self._ended(None, writes=writes)
        return result

    def _transact(self, engine: Engine, job: Job[R], before_commit: Job[None]) -> R:
        for attempt in range(1, TRIES + 1):
            try:
                with engine.begin() as conn:
                    return _in_full(conn, job, before_commit)
            except DBAPIError as error:
                if attempt == TRIES or not _worth_repeating(error):
                    raise
        raise AssertionError("unreachable")


def open_database(url: str, before_commit: Job[None] | None = None, patience: float | None = None) -> Database:
    """Open the database of an address: `sqlite:///…` or `postgresql+psycopg://…`. `before_commit` ends each writing
    transaction with what was gathered in it. `patience`: seconds to wait for another program that holds a lock.
    """
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        return SqliteDatabase(url, before_commit, patience)
    if backend == "postgresql":
        return PostgresDatabase(url, before_commit, patience)
    raise ValueError(f"not a database of ours: {backend}")


def reading_engine(url: str) -> Engine:
    """A plain engine for a look before the database is opened; an SQLite file is made where there is none."""
    if make_url(url).get_backend_name() == "sqlite":
        Path(make_url(url).database or "").parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _sqlite_engine(url, begin="BEGIN", query_only=True)
    return _postgres_engine(url)


def migration_engine(url: str, patience: float | None = None) -> Engine:
    """A plain engine for Alembic, which wants its own transaction handling. `patience`: seconds to wait on PostgreSQL
    for a lock.
    """
    if make_url(url).get_backend_name() == "sqlite":
        path = make_url(url).database or ""
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A table that is rebuilt is dropped first, and with foreign keys on its rows' children would object.
        return _sqlite_engine(url, begin="BEGIN IMMEDIATE", query_only=False, foreign_keys=False)
    return _postgres_engine(url, patience)


@contextmanager
def migration(url: str, before_commit: Job[None] | None = None, patience: float | None = None) -> Iterator[Connection]:
    """A transaction in which to change the tables; whoever wants the same, or writes (`with_tables_held`), waits for
    its end. `before_commit` ends it with what was gathered in it. `patience`: seconds to wait on PostgreSQL for a lock.
    """
    engine = migration_engine(url, patience)
    try:
        with engine.begin() as conn:
            lock_for_transaction(conn, MIGRATION_LOCK)
            _begin_gathering(conn)
            yield conn
            (before_commit or _nothing_gathered)(conn)
            if conn.dialect.name == "sqlite" and (orphans := conn.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise ValueError(f"the migration would leave rows without what they refer to: {orphans[:3]}")
    finally:
        engine.dispose()


def gathered(conn: Connection) -> list[Any]:
    """Return what a transaction has gathered for its end, where `before_commit` of its database writes it together."""
    found: list[Any] = conn.info[_GATHERED]
    return found


def _begin_gathering(conn: Connection) -> None:
    # The dictionary is the connection's and outlives the transaction.
    conn.info[_GATHERED] = []


def _in_full(conn: Connection, job: Job[R], before_commit: Job[None]) -> R:
    _begin_gathering(conn)
    result = job(conn)
    _unwatched(conn, before_commit)
    return result


def _nothing_gathered(conn: Connection) -> None:
    if gathered(conn):
        raise RuntimeError("what was gathered would be lost: nothing is written here")


@contextmanager
def nested(conn: Connection) -> Iterator[None]:
    """A part of a transaction that is undone alone where it fails, with what it gathered."""
    before = len(gathered(conn))
    try:
        with conn.begin_nested():
            yield
    except BaseException:
        del gathered(conn)[before:]
        raise


def apart(conn: Connection, parts: Sequence[Callable[[], R]]) -> list[R]:
    """Run parts of a job so that one that fails is undone and logged, and stops no other; what the others gave back.
    A part may run more than once. What the database refuses is raised: the whole job is then run again.
    """
    if not parts:
        return []
    try:
        with nested(conn):
            return [part() for part in parts]
    except DBAPIError:
        raise
    except UnreadableError as error:
        if len(parts) == 1:
            log.error("a part of a job failed, the others go on: %s", error)  # noqa: TRY400  # which row it is says all
            return []
    except Exception:
        if len(parts) == 1:
            log.exception("a part of a job failed, the others go on")
            return []
    middle = len(parts) // 2
    return [*apart(conn, parts[:middle]), *apart(conn, parts[middle:])]


class _Listed(TypeDecorator[Sequence[Any]]):
    """Any number of values as one parameter: JSON for SQLite, an array for PostgreSQL."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        """`of`: the type of the values, a number or text."""
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(self.of) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        return list(value or ()) if dialect.name == "postgresql" else json.dumps(list(value or ()))


class _Among(ColumnElement[bool]):
    """The condition that a column has one of the values of a parameter."""

    type = Boolean()
    inherit_cache = True
    _traverse_internals = [  # noqa: RUF012  # SQLAlchemy reads it and never changes it
        ("column", InternalTraversal.dp_clauseelement),
        ("listed", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: ColumnElement[Any], listed: ColumnElement[Any]) -> None:
        self.column = column
        self.listed = listed


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, listed = (compiler.process(part, **how) for part in (element.column, element.listed))
    return f"{column} IN (SELECT value FROM json_each({listed}))"  # noqa: S608  # both are compiled by SQLAlchemy


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, listed = (compiler.process(part, **how) for part in (element.column, element.listed))
    return f"{column} = ANY({listed})"


def among(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Return the condition that a column of numbers or text has one of some values, however many: they are one
    parameter. `IN (…)` has one for each, and SQLite takes 32,766 of a statement, PostgreSQL 65,535.
    """
    return _Among(column, bindparam(None, list(dict.fromkeys(values)), type_=_Listed(column.type), unique=True))


def among_given(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return the condition of `among` for a statement that is made once: the parameter `name` has the values."""
    return _Among(column, bindparam(name, type_=_Listed(column.type)))


def is_alone(conn: Connection) -> bool:
    """Whether nobody else can write until the transaction ends: SQLite has one writer, who holds all locks."""
    return conn.dialect.name == "sqlite"


def lock_for_transaction(conn: Connection, key: int) -> None:
    """Hold a lock with a number until the transaction ends."""
    if not is_alone(conn):
        conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({int(key)})")


def with_tables_held(conn: Connection, statement: str) -> Sequence[Any]:
    """Hold off a migration until the transaction ends, or wait for the end of one, and return the rows of a statement
    as they are from then on.
    """
    if is_alone(conn):
        return conn.exec_driver_sql(statement).all()
    # In one way to the server: each statement of the two sees what was committed when it begins.
    found = conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({MIGRATION_LOCK}); {statement}")
    cursor = found.cursor
    cursor.nextset()
    held: Sequence[Any] = cursor.fetchall()
    found.close()
    return held


def is_encrypted(url: str) -> bool | None:
    """Return whether the way to a PostgreSQL server is encrypted and the server known by its certificate; False where
    it is encrypted only, or not even that; None where the server is this machine and no wire is in between.
    """
    address = make_url(url)
    return None if _is_near(address) else _mode(address) in ("verify-ca", "verify-full")


def is_plain(url: str) -> bool:
    """Return whether the way to a PostgreSQL server on another machine may be without encryption, as was asked for."""
    address = make_url(url)
    return not _is_near(address) and _mode(address) in ("disable", "allow", "prefer")


def _postgres_engine(url: str, patience: float | None = None, **arguments: Any) -> Engine:
    """An engine whose connections to another machine are encrypted, unless the address says otherwise (sslmode, as in
    libpq's documentation): by itself libpq would do without where the server has no certificate.
    """
    address = make_url(url)
    connect: dict[str, str] = {"sslmode": mode} if (mode := _mode(address)) else {}
    if patience is not None:
        connect["options"] = f"{address.query.get('options', '')} -c lock_timeout={round(patience * 1000)}".strip()
    return create_engine(url, connect_args=connect, **arguments)


def _mode(address: URL) -> str:
    """Return the sslmode of an address; "" where the server is this machine and nothing was asked for."""
    given = address.query.get("sslmode") or os.environ.get("PGSSLMODE", "")
    return str(given) or ("" if _is_near(address) else "require")


def _is_near(address: URL) -> bool:
    """Whether the server is this machine: a socket, or a loopback address; every one of several."""
    told = address.query.get("hostaddr") or address.query.get("host") or address.host or os.environ.get("PGHOST", "")
    hosts = (told if isinstance(told, str) else ",".join(told)).split(",")
    return all(not host or host.startswith(("/", "@")) or is_here(host) for host in hosts)


def _sqlite_engine(
    url: str, *, begin: str, query_only: bool, foreign_keys: bool = True, patience: float | None = None
) -> Engine:
    # Names and answers of people lie in it; the files beside it take over its mode.
    os.close(os.open(make_url(url).database or "", os.O_RDWR | os.O_CREAT, 0o600))
    arguments: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    engine = create_engine(url, **arguments) if query_only else create_engine(url, poolclass=StaticPool, **arguments)

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: a deferred read that turns to writing
        # fails at once, whatever busy_timeout says.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {round((SQLITE_PATIENCE if patience is None else patience) * 1000)}",
            "journal_mode = WAL",
            "synchronous = FULL",
            # What is deleted is overwritten with zeros: the file itself must not remember who is gone.
            "secure_delete = ON",
            f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
            f"query_only = {'ON' if query_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    def _begin(connection: Any) -> None:
        connection.execute(begin)

    # Not by the event "begin": one listener of an engine makes SQLAlchemy ask for listeners four times at
    # every statement, and statements are what a step costs most.
    engine.dialect.do_begin = _begin  # type: ignore[method-assign, assignment]  # each engine has a dialect of its own
    return engine


def _worth_repeating(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    # A unique violation is a lost race here: the second run sees the winner's row.
    return state in {"40001", "40P01"} or isinstance(error, IntegrityError)
