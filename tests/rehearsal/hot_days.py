"""Days on which hot work is done: the clock goes on by the minute, crews act, permits watch themselves."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from campaign.workdays import day_off
from service.hot_work import pulse
from storage.permit_tables import permits
from tests.rehearsal.acting import Acted
from tests.rehearsal.crews import Crew, Welder
from tests.rehearsal.hot_work import Job

if TYPE_CHECKING:
    from tests.rehearsal.stage import Stage

OPENS, SHUTS = time(9, 20), time(22)
"""When the first crew may apply, and when nobody works any more."""
SHIFTS = (0, 75, 150)
"""Minutes after that at which crews apply: several at once, as at the beginning of a shift."""
EVERY = 300
"""`PERMITS` a day are for so many enterprises."""
PERMITS = 40
MINUTE = timedelta(minutes=1)
JUNE = 6


@dataclass
class HotWork:
    """What is done on the hot-work days. `calls`: of each, which calls of the platform were made on it."""

    seed: int
    days: Sequence[date]
    each: int
    zone: ZoneInfo
    welders: list[Welder] = field(default_factory=list[Welder])
    crews: list[Crew] = field(default_factory=list[Crew])
    calls: list[tuple[date, int, int]] = field(default_factory=list[tuple[date, int, int]])
    odd: Counter[str] = field(default_factory=Counter[str])

    async def day(self, stage: "Stage", day: date) -> None:
        """One day, from the first application until no permit has anything to say."""
        began = len(stage.api.calls)
        jobs = self._jobs(stage, day)
        acted = [Acted(job.script(), job.begins) for job in jobs]
        at, shuts = datetime.combine(day, OPENS, self.zone), datetime.combine(day, SHUTS, self.zone)
        while at <= shuts:
            stage.clock[0] = at
            if stage.app.database.look(partial(_watched, until=at)):
                await self._tick(stage)
            while await stage.settled(acted, lambda one: one.go(stage.now)):
                pass
            over = all(one.due is None for one in acted)
            if over and not stage.app.database.look(partial(_watched, until=shuts)):
                break
            at += MINUTE
        for job in jobs:
            self.odd += job.odd
        for one in acted:
            if one.due is not None:
                self.odd["a job without end"] += 1
        self.calls.append((day, began, len(stage.api.calls)))

    async def _tick(self, stage: "Stage") -> None:
        """What `App.tick` does for permits in a minute that one of them waits for; of duties nothing rings after the
        day's looks.
        """
        await asyncio.to_thread(stage.app.use, pulse.tick)
        await stage.app.delivery.round()

    def _jobs(self, stage: "Stage", day: date) -> list[Job]:
        dice = random.Random(f"hot work/{self.seed}/{day}")
        opens = datetime.combine(day, OPENS, self.zone)
        chosen = dice.sample(self.crews, min(self.each, len(self.crews)))
        return [
            Job(
                crew,
                opens + timedelta(minutes=dice.choice(SHIFTS)),
                random.Random(f"job/{self.seed}/{day}/{crew.enterprise}"),
                lambda: stage.now,
            )
            for crew in chosen
        ]


def _watched(conn: Connection, until: datetime) -> bool:
    """Whether a permit will do or say something of its own accord by an instant."""
    owed = select(permits.c.id).where(permits.c.look_at <= until)
    return conn.execute(owed.limit(1)).first() is not None


def working_days(first: date, last: date, number: int) -> list[date]:
    """So many working days of June, or of the whole where there is no June, evenly spread."""
    whole = [first + timedelta(days=one) for one in range((last - first).days + 1)]
    found = [day for day in whole if day_off(day) is None]
    june = [day for day in found if day.month == JUNE] or found
    count = min(number, len(june))
    return [june[(2 * one + 1) * len(june) // (2 * count)] for one in range(count)]
