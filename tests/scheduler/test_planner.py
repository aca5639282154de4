"""The planner: looks at once and each minute, one look at a time, whatever one of them comes to."""

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

from scheduler.planner import planner

SHANGHAI = ZoneInfo("Asia/Shanghai")


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
