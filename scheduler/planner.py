"""Time decides only when to look: every replica looks each minute, and the database decides what is new."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Look = Callable[[], Coroutine[Any, Any, None]]


def planner(zone: ZoneInfo, *looks: Look) -> AsyncIOScheduler:
    """Return a scheduler, not started yet, that calls each of the looks now and then every minute. A look that was
    missed is made up for by the next one, and one that takes long is not begun twice.
    """
    scheduler = AsyncIOScheduler(
        timezone=zone,
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for look in looks:
        scheduler.add_job(look, "interval", minutes=1, next_run_time=datetime.now(zone))
    return scheduler
