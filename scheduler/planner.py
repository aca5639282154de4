"""Time decides only when to look: every replica looks each minute, and the database decides what is new."""

import logging
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from storage.away import is_away
from storage.trouble import Trouble

log = logging.getLogger("anzhu")

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
        name = getattr(look, "__name__", "look")
        tried = partial(_tried, look, Trouble(log, f"what is done each minute ({name}) failed"))
        scheduler.add_job(tried, "interval", minutes=1, next_run_time=datetime.now(zone))
    return scheduler


async def _tried(look: Look, trouble: Trouble) -> None:
    try:
        await look()
    except Exception as error:  # noqa: BLE001  # whatever it was, the next look comes in a minute
        # That the database is away is said by who watches it, once for all that need it.
        if not is_away(error):
            trouble.failed(error)
    else:
        trouble.over()
