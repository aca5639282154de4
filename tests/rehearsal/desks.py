"""The desks of all columns of the annex table at work."""

import random
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from tests.recount import OWN
from tests.rehearsal.acting import Acted
from tests.rehearsal.bureau import planned
from tests.rehearsal.desk import BEGINS
from tests.rehearsal.filing import City, District, Habits
from tests.rehearsal.lives import planned_lives
from tests.rehearsal.people import Person

if TYPE_CHECKING:
    from tests.rehearsal.stage import Stage

ENDS = time(9, 19)
"""By when everybody is done."""
STEP = timedelta(seconds=15)


@dataclass
class Desks:
    """The desks of all columns at work."""

    desks: list[District | City] = field(default_factory=list["District | City"])
    acted: list[Acted] = field(default_factory=list[Acted])

    async def day(self, stage: "Stage", day: date) -> None:
        """What was done is entered, and whoever has a draft sees to it."""
        zone = stage.now.tzinfo
        stage.clock[0] = max(stage.now, datetime.combine(day, BEGINS, zone))
        while await stage.settled(self.acted, lambda one: one.go(stage.now)):
            stage.clock[0] = max(stage.now, min(stage.now + STEP, datetime.combine(day, ENDS, zone)))

    @property
    def odd(self) -> Counter[str]:
        """What nobody could make sense of."""
        return sum((one.odd for one in self.desks), Counter[str]())

    @property
    def refused(self) -> Counter[str]:
        """What was tried and refused in plain words."""
        return sum((one.refused for one in self.desks), Counter[str]())


def desks(
    people: Sequence[Person],
    enterprises: Mapping[str, Sequence[str]],
    at_work: Container[str],
    days: tuple[date, date],
    seed: int,
    now: Callable[[], datetime],
) -> Desks:
    """Of every column the desk. `enterprises`: the codes of those that count in it; `at_work`: who has a crew and
    stays.
    """
    by_role = {(one.role, one.subject): one for one in people if one.role in ("clerk", "leader")}
    city = next(one for one in people if one.role == "city")
    districts = [subject for role, subject in by_role if role == "clerk"]

    def habits(month: int) -> Habits:
        return Habits(*random.Random(f"habits/{seed}/{month}").sample(districts, 3))

    found: list[District | City] = [
        District(
            column=name,
            clerk=by_role["clerk", name],
            reviewer=by_role["leader", name],
            dice=random.Random(f"annex/{seed}/{name}"),
            now=now,
            last=days[1],
            habits=habits,
        )
        for name in districts
    ]
    dice = random.Random(f"annex/{seed}/city")
    found.append(City(column=OWN, clerk=city, reviewer=city, dice=dice, now=now, last=days[1]))
    columns = {one.column: enterprises.get(one.column, ()) for one in found}
    actions, checks = planned(columns, *days, seed)
    may_go = {column: [code for code in codes if code not in at_work] for column, codes in columns.items()}
    lives = planned_lives(may_go, *days, seed)
    for one in found:
        one.lives, one.enterprises = lives[one.column], columns[one.column]
        one.actions, one.checks = actions[one.column], checks[one.column]
    begins = datetime.combine(days[0], BEGINS, now().tzinfo)
    return Desks(found, [Acted(one.script(), begins) for one in found])
