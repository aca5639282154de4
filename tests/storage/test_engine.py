"""The door: one transaction a job, neighbours that do not hurt each other, readers with a snapshot."""

import asyncio
import threading
from concurrent.futures import Future
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError

from storage import engine
from storage.engine import POSTGRES_POOL, STRANGERS_IN_BATCH, Database, SqliteDatabase, Turn, open_database
from storage.tables import feedback, people


def add(name: str, conn: Connection) -> None:
    conn.execute(insert(people).values(name=name, language="zh-CN"))


def names(conn: Connection) -> list[str]:
    return list(conn.execute(select(people.c.name).order_by(people.c.id)).scalars())


def held(database: Database, *jobs: Any) -> list[Future[Any]]:
    """Queue jobs while the writer is busy, so that they share a batch where there are batches."""
    gate = threading.Event()

    def wait(_: Connection) -> None:
        gate.wait(5)

    blocker = database.submit(wait)
    futures = [database.submit(job) for job in jobs]
    gate.set()
    blocker.result(5)
    return futures


def test_a_job_is_there_for_the_next_one(database: Database) -> None:
    database.run(lambda conn: add("甲", conn))
    assert database.run(names) == ["甲"]
    assert database.look(names) == ["甲"]


async def test_the_event_loop_waits_without_blocking(database: Database) -> None:
    await database.write(lambda conn: add("甲", conn))
    assert await database.read(names) == ["甲"]


def test_a_failing_neighbour_hurts_nobody(database: Database) -> None:
    def fail(conn: Connection) -> None:
        add("乙", conn)
        raise LookupError("乙")

    first, second, third = held(database, lambda conn: add("甲", conn), fail, lambda conn: add("丙", conn))
    first.result(5)
    third.result(5)
    with pytest.raises(LookupError):
        second.result(5)
    assert sorted(database.run(names)) == ["丙", "甲"]


def test_a_statement_that_fails_leaves_nothing_and_hurts_nobody(database: Database) -> None:
    def break_a_rule(conn: Connection) -> None:
        add("乙", conn)
        conn.execute(insert(feedback).values(person=99, text="", at=func.now()))

    first, second = held(database, break_a_rule, lambda conn: add("丙", conn))
    with pytest.raises(IntegrityError):
        first.result(10)
    second.result(5)
    assert database.run(names) == ["丙"]


def test_the_next_batch_works_after_a_commit_that_failed(tmp_path: Path, sqlite_template: Path) -> None:
    """A failed COMMIT leaves sqlite3 inside its transaction though SQLAlchemy thinks that it is over: every
    later batch then died of "cannot start a transaction within a transaction".
    """
    (tmp_path / "anzhu.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{tmp_path}/anzhu.db")

    def break_a_rule_at_the_commit(conn: Connection) -> None:
        conn.execute(text("PRAGMA defer_foreign_keys = ON"))
        conn.execute(insert(feedback).values(person=99, text="", at=func.now()))

    first, second = held(database, break_a_rule_at_the_commit, lambda conn: add("甲", conn))
    with pytest.raises(DBAPIError):
        first.result(5)
    second.result(5)
    assert database.run(names) == ["甲"]
    database.close()


def test_many_jobs_share_few_commits(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "anzhu.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{tmp_path}/anzhu.db")
    assert isinstance(database, SqliteDatabase)
    batches: list[int] = []
    commit = database._in_one_transaction

    def count(jobs: list[Any]) -> list[Any]:
        batches.append(len(jobs))
        return commit(jobs)

    database._in_one_transaction = count  # type: ignore[method-assign]  # to count what is committed together
    for future in held(database, *([lambda conn: add("甲", conn)] * 50)):
        future.result(5)
    assert max(batches) >= 50
    database.close()


def test_a_reader_keeps_its_snapshot(database: Database) -> None:
    begun, written = threading.Event(), threading.Event()

    def read(conn: Connection) -> tuple[list[str], list[str]]:
        before = names(conn)
        begun.set()
        written.wait(5)
        return before, names(conn)

    reading = database.submit_read(read)
    begun.wait(5)
    database.run(lambda conn: add("甲", conn))
    written.set()
    assert reading.result(5) == ([], [])
    assert database.look(names) == ["甲"]


def test_a_reader_on_sqlite_cannot_write(tmp_path: Path, sqlite_template: Path) -> None:
    """It would fail half-way, whenever somebody else writes at the same time."""
    (tmp_path / "anzhu.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{tmp_path}/anzhu.db")
    with pytest.raises(DBAPIError, match="readonly"):
        database.look(lambda conn: add("乙", conn))
    database.close()


def test_a_lost_race_is_run_again(database: Database) -> None:
    """Two jobs that insert the same row: on PostgreSQL the second sees the first one's only when it runs again."""
    barrier = threading.Barrier(2)
    runs: list[int] = []

    def once(conn: Connection) -> None:
        runs.append(1)
        known = conn.execute(select(people.c.id).where(people.c.id == 7)).one_or_none()
        if len(runs) <= 2 and not isinstance(database, SqliteDatabase):
            barrier.wait(5)
        if known is None:
            conn.execute(insert(people).values(id=7, name="甲", language="zh-CN"))

    for future in (database.submit(once), database.submit(once)):
        future.result(10)
    assert database.run(names) == ["甲"]


def test_two_jobs_that_wait_for_each_other_both_end_well(database: Database) -> None:
    """On PostgreSQL one of them is the victim of the deadlock and runs again."""
    for name in ("甲", "乙"):
        database.run(lambda conn, name=name: add(name, conn))  # type: ignore[misc]  # bound now
    barrier = threading.Barrier(2)
    runs: list[int] = []

    def rename(order: tuple[int, int], conn: Connection) -> None:
        runs.append(1)
        for step, person in enumerate(order):
            conn.execute(update(people).where(people.c.id == person).values(name=people.c.name + "!"))
            if step == 0 and len(runs) <= 2 and not isinstance(database, SqliteDatabase):
                barrier.wait(5)

    for future in [database.submit(partial(rename, order)) for order in ((1, 2), (2, 1))]:
        future.result(10)
    assert database.run(names) == ["甲!!", "乙!!"]


async def test_who_gave_up_waiting_has_nothing_written_and_hurts_nobody(database: Database) -> None:
    gate, began = threading.Event(), threading.Semaphore(0)

    def hold(_: Connection) -> None:
        began.release()
        gate.wait(5)

    busy = [database.submit(hold) for _ in range(1 if isinstance(database, SqliteDatabase) else POSTGRES_POOL)]
    # A writer that had not woken yet took the next job into the same commit, and it could not be given up any more.
    for _ in busy:
        assert began.acquire(timeout=5)
    waiting = asyncio.create_task(database.write(lambda conn: add("甲", conn)))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.set()
    for job in busy:
        job.result(5)
    await database.write(lambda conn: add("乙", conn))
    assert await database.read(names) == ["乙"]


def test_even_an_exit_inside_a_job_reaches_only_the_one_who_waits(database: Database) -> None:
    def leave(_: Connection) -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        database.run(leave)
    database.run(lambda conn: add("甲", conn))
    assert database.look(names) == ["甲"]


def test_a_closed_door_says_so(database: Database) -> None:
    database.close()
    with pytest.raises(RuntimeError):
        database.submit(names)


def test_what_is_queued_is_finished_before_the_door_closes(database: Database) -> None:
    futures = held(database, *([lambda conn: add("甲", conn)] * 20))
    database.close()
    assert all(future.done() and future.exception() is None for future in futures)


def test_after_a_full_disk_work_goes_on(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "anzhu.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{tmp_path}/anzhu.db")

    def shrink(conn: Connection) -> None:
        pages = conn.execute(text("PRAGMA page_count")).scalar_one()
        conn.execute(text(f"PRAGMA max_page_count = {pages}"))

    def room(conn: Connection) -> None:
        conn.execute(text("PRAGMA max_page_count = 1000000"))

    database.run(shrink)
    small, big = held(database, lambda conn: add("甲", conn), lambda conn: add("乙" * 100_000, conn))
    small.result(5)
    with pytest.raises(OperationalError, match="full"):
        big.result(5)
    database.run(room)
    database.run(lambda conn: add("丙", conn))
    assert database.look(names) == ["甲", "丙"]
    database.close()


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Asia/Shanghai")])
def test_an_instant_comes_back_as_the_same_instant_in_utc(database: Database, zone: tzinfo) -> None:
    moment = datetime(2023, 6, 5, 9, 30, 0, 123456, tzinfo=zone)
    database.run(lambda conn: conn.execute(insert(people).values(name="", language="en", joined_at=moment)).close())
    found = database.look(lambda conn: conn.execute(select(people.c.joined_at)).scalar_one())
    assert (found, found.tzinfo) == (moment, UTC)


def test_a_naive_time_is_refused(database: Database) -> None:
    naive = datetime(2023, 6, 5)  # noqa: DTZ001  # on purpose
    with pytest.raises(StatementError, match="naive"):
        database.run(lambda conn: conn.execute(insert(people).values(name="", language="en", joined_at=naive)).close())


def test_insert_on_conflict_is_one_statement_on_both(database: Database) -> None:
    statement = engine.insert(people).values(id=1, name="甲", language="en")
    ignore = statement.on_conflict_do_nothing()
    change = statement.on_conflict_do_update(index_elements=["id"], set_={"name": statement.excluded.name + "!"})
    for one in (ignore, ignore, change):
        database.run(lambda conn, one=one: conn.execute(one).close())  # type: ignore[misc]  # bound now
    assert database.look(names) == ["甲!"]


def test_memory_and_unknown_databases_are_refused() -> None:
    with pytest.raises(ValueError, match="not on disk"):
        open_database("sqlite:///:memory:")
    with pytest.raises(ValueError, match="not a database of ours"):
        open_database("mysql://localhost/anzhu")


def test_a_closed_door_takes_nothing_more_and_can_be_closed_again(database: Database) -> None:
    """A job queued behind the end was never run, and whoever waited for it hung for good."""
    database.close()
    database.close()
    with pytest.raises(RuntimeError):
        database.run(names)


async def test_a_caller_who_stops_waiting_does_not_end_all_writing(database: Database) -> None:
    """A cancelled caller's future could not take its result, and the error ended the writer's thread."""
    gate = threading.Event()

    def wait(_: Connection) -> None:
        gate.wait(5)

    waiting = [
        asyncio.create_task(database.write(wait)),
        asyncio.create_task(database.write(lambda conn: add("甲", conn))),
    ]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    gate.set()
    await database.write(lambda conn: add("乙", conn))
    assert "乙" in await database.read(names)


def test_a_part_that_fails_is_undone_and_stops_no_other(database: Database) -> None:
    def part(conn: Connection, name: str) -> str:
        add(name, conn)
        if name == "丙":
            raise LookupError(name)
        return name

    def job(conn: Connection) -> list[str]:
        return engine.apart(conn, [partial(part, conn, name) for name in "甲乙丙丁戊"])

    assert database.run(job) == ["甲", "乙", "丁", "戊"]
    assert database.look(names) == ["甲", "乙", "丁", "戊"]
    assert database.run(lambda conn: engine.apart(conn, [])) == []


def test_what_the_database_refuses_of_a_part_fails_the_whole_job(database: Database) -> None:
    def job(conn: Connection) -> None:
        add("甲", conn)
        engine.apart(conn, [lambda: conn.execute(text("SELECT no_such_function()"))])

    with pytest.raises(DBAPIError):
        database.run(job)
    assert database.look(names) == []


def test_members_are_written_before_strangers_who_are_not_starved(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "anzhu.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{tmp_path}/anzhu.db")
    gate, order = threading.Event(), list[str]()

    def hold(_: Connection) -> None:
        gate.wait(5)

    def note(name: str, _: Connection) -> None:
        order.append(name)

    held = database.submit(hold)
    strangers = [database.submit(partial(note, "stranger"), Turn.STRANGER) for _ in range(100)]
    members = [database.submit(partial(note, "member")) for _ in range(100)]
    gate.set()
    for future in (held, *members, *strangers):
        future.result(5)
    # Of a hundred strangers who came first no more than a few share the commits in which members are served.
    last_member = len(order) - order[::-1].index("member")
    assert order[:last_member].count("stranger") <= 2 * STRANGERS_IN_BATCH
    assert order.index("stranger") < 100
    database.close()


def test_however_many_strangers_write_a_member_finds_the_door_free(database: Database) -> None:
    gate = threading.Event()

    def hold(_: Connection) -> None:
        gate.wait(5)

    # As many as share the writer: on SQLite none may hold it, and there it is their place in the queue that counts.
    waiting = [] if isinstance(database, SqliteDatabase) else [database.submit(hold, Turn.STRANGER) for _ in range(20)]
    database.submit(lambda conn: add("甲", conn)).result(5)
    assert database.look(names) == ["甲"]
    gate.set()
    for future in waiting:
        future.result(5)
