"""What is applied for: the fields of 表 A.1 (GB 30871-2022, by reference) that people fill in before the job."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Final

from pydantic import TypeAdapter

from campaign.hot_work import Assessment, HotWork, Spell, assess, placed, spells
from campaign.permit_life import Terms
from talk.messages import FileRef


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody named on a permit. `person`: who that is in the chat; None: without the bot, named by the officer.
    `worker`: a row of the enterprise's register, for welders.
    """

    name: str
    person: int | None = None
    worker: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureTaken:
    """A measure that applies, by its id in the pack; `number` where the form asks how many."""

    id: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class OtherPermit:
    """The permit of another special work that goes with the job, by the id of that work; 表 A.1 asks for its number."""

    id: str
    number: str


@dataclass(frozen=True, slots=True)
class Application:
    """An application for a hot-work permit; instants are aware, in the zone; ids are the pack's.

    `hours`: the daily hours of a second-level permit over days. `wind`: in the open air, at force 5 or more.
    `no_sample`: why no gas sample is taken where none is required; empty: one is.
    """

    place: str
    part: str
    content: str
    surroundings: str
    stopped: bool
    workpiece: str
    wind: bool
    ways: tuple[str, ...]
    welders: tuple[Who, ...]
    leader: Who
    guardian: Who
    tester: Who | None
    starts: datetime
    until: datetime
    hours: tuple[time, time] | None
    no_sample: str
    risks: tuple[str, ...]
    others: tuple[str, ...]
    measures: tuple[MeasureTaken, ...]
    photos: tuple[FileRef, ...]
    prohibited: tuple[int, ...] = ()
    """The numbers (from 1) of the prohibitions that apply: any one forbids the job."""
    other_permits: tuple[OtherPermit, ...] = ()
    """Those of `others` whose permits are known by number; the rest are told on site, before the start."""

    def assessed(self, rules: HotWork) -> Assessment:
        """The level that the job is managed as."""
        level = placed(rules, self.surroundings, stopped=self.stopped)
        return assess(rules, level, self.spells, wind=self.wind)

    @property
    def spells(self) -> tuple[Spell, ...]:
        """When people may work; empty where the hours leave nothing."""
        return spells(self.starts, self.until, self.hours)

    def sample_required(self, rules: HotWork) -> bool:
        """A gas sample is asked for by the level, or by what is worked on; elsewhere it may be left with a reason."""
        workpiece = next(workpiece for workpiece in rules.workpieces if workpiece.id == self.workpiece)
        return rules.rule(self.assessed(rules).level).sample or workpiece.sample

    def terms(self, rules: HotWork) -> Terms:
        """What the permit then allows."""
        sample = self.sample_required(rules) or not self.no_sample
        known = {permit.id for permit in self.other_permits}
        wanted = (
            *(measure.id for measure in self.measures),
            *(
                f"{OTHER}{other.id}"
                for other in rules.others
                if other.numbered and other.id in self.others and other.id not in known
            ),
        )
        return Terms(rules.rule(self.assessed(rules).level), self.spells, sample, wanted)


OTHER: Final = "other/"
"""Before the id of another special work whose permit is looked at on site, as a measure is."""
APPLICATION: Final = TypeAdapter(Application)
"""To and from JSON."""
SHARE_STEP: Final = Decimal("0.0001")
"""The finest share of volume that is kept, in % vol: 1 ppm."""
