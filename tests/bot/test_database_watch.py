"""A running process says once that the database is away."""

from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

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
async def watch(database: Database) -> AsyncIterator[DatabaseWatch]:
    """Give a watch."""
    watching = DatabaseWatch(database)
    yield watching
    watching.close()


def away(_: Connection) -> None:
    raise AWAY


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
