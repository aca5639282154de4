"""The planner: looks at once and each minute, one look at a time, whatever one of them comes to."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.planner import KEPT, planner, tidy
from storage import inbox
from storage.engine import open_database
from talk.messages import Address, Inbound, Kind

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2023, 6, 5, 1, tzinfo=UTC)


async def test_every_look_is_called_at_once_and_then_each_minute() -> None:
    failed, worked = asyncio.Event(), asyncio.Event()

    async def fails() -> None:
        failed.set()
        raise RuntimeError("database away")

    async def works() -> None:
        worked.set()

    scheduler = planner(SHANGHAI, fails, works)
    scheduler.start()
    async with asyncio.timeout(10):
        await failed.wait()
        await worked.wait()
    jobs = scheduler.get_jobs()
    assert len(jobs) == 2
    for job in jobs:
        assert job.trigger.interval == timedelta(minutes=1)
        assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
        assert job.next_run_time.tzinfo is SHANGHAI
    scheduler.shutdown(wait=False)


async def test_tidying_forgets_old_updates(current_database_url: str, request: pytest.FixtureRequest) -> None:
    database = open_database(current_database_url)
    request.addfinalizer(database.close)
    old, new = (Inbound(Address("web", "test", "x"), number, NOW, Kind.TEXT) for number in (1, 2))
    await database.write(lambda conn: inbox.receive(conn, old, NOW - KEPT - timedelta(seconds=1)))
    await database.write(lambda conn: inbox.receive(conn, new, NOW - KEPT))
    await tidy(database, NOW)
    assert await database.write(lambda conn: inbox.receive(conn, old, NOW))
    assert not await database.write(lambda conn: inbox.receive(conn, new, NOW))
