"""A running process says once that the database is away, and stops where a newer version has changed it."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from bot import database_watch
from bot.database_watch import DatabaseWatch
from storage.engine import Database, open_database

AWAY = OperationalError(None, {}, Exception("connection refused"), connection_invalidated=True)


@pytest.fixture
def database(current_database_url: str) -> Iterator[Database]:
    """Give a database of each kind."""
    opened = open_database(current_database_url)
    yield opened
    opened.close()


@pytest.fixture
async def watch(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DatabaseWatch]:
    """Give a watch that looks again at once after a failure, and else not before the test is over."""
    monkeypatch.setattr(database_watch, "LOOKS_APART", 0.01)
    watching = DatabaseWatch(database)
    yield watching
    watching.close()


def away(_: Connection) -> None:
    raise AWAY


def make_newer(conn: Connection) -> None:
    conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))


async def test_a_hundred_jobs_that_find_it_away_are_one_line(
    database: Database, watch: DatabaseWatch, caplog: pytest.LogCaptureFixture
) -> None:
    del watch
    for _ in range(50):
        with pytest.raises(OperationalError):
            await database.write(away)
        with pytest.raises(OperationalError):
            await database.read(away)
        # What can still be read does not say that it can be written.
        await database.read(lambda conn: conn.execute(text("SELECT 1")).scalar_one())
    assert caplog.messages == [
        "the database is away, nothing is taken until it is back: Exception connection refused",
    ]
    await database.write(lambda conn: conn.execute(text("SELECT 1")).scalar_one())
    assert caplog.messages[1:] == [
        "over: the database is away, nothing is taken until it is back (failed 100 times in 0 min)"
    ]


async def test_what_a_job_refuses_by_itself_is_not_the_databases_fault(
    database: Database, watch: DatabaseWatch, caplog: pytest.LogCaptureFixture
) -> None:
    del watch

    def wrong(_: Connection) -> None:
        raise ValueError("no such month")

    with pytest.raises(ValueError, match="month"):
        await database.write(wrong)
    assert caplog.messages == []


async def test_a_newer_schema_is_seen_at_once_after_a_failure(database: Database, watch: DatabaseWatch) -> None:
    looking = asyncio.create_task(watch.until_newer())
    await asyncio.sleep(0.05)
    await database.write(make_newer)
    await asyncio.sleep(0.05)
    assert not looking.done()
    with pytest.raises(OperationalError):
        await database.write(away)
    async with asyncio.timeout(10):
        await looking


async def test_a_newer_schema_is_seen_each_minute_without_any_failure(
    database: Database, watch: DatabaseWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_watch, "LOOK_EVERY", 0.02)
    looking = asyncio.create_task(watch.until_newer())
    await database.write(make_newer)
    async with asyncio.timeout(10):
        await looking


async def test_the_steps_of_a_version_that_was_laid_over_this_one_are_not_ours(
    database: Database, watch: DatabaseWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An upgrade in place: on the disk the newer steps lie already.
    monkeypatch.setattr("storage.schema.MIGRATIONS", None)
    await database.write(make_newer)
    async with asyncio.timeout(10):
        await watch.until_newer()
