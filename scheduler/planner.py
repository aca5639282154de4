"""Time decides only when to look: every replica looks each minute, and the database decides what is new."""

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage import inbox, outbox
from storage.engine import Database

KEPT = timedelta(days=7)
"""How long an update is remembered, to know its repeats."""

Look = Callable[[], Coroutine[Any, Any, None]]


async def tidy(database: Database, wall: datetime) -> None:
    """Forget old updates and what people who left were told; `wall` is real time, aware."""
    await database.write(partial(inbox.clean, before=wall - KEPT))
    await database.write(outbox.forget)


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
