"""Hot work (动火) as a pack settles it: levels, limits, minutes, measures, prohibitions; and what follows for one job.

参照 GB 30871-2022, 5.1. Every setting carries the mark of who says so: [N] the notice, [S] a public source,
[R] the standard by reference, [D] we.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from campaign.fields import Id, Part, Text, known
from campaign.notation import MARK
from campaign.workdays import DayOff, day_off
from talk.samples import sample_of
from talk.texts import Words

_MARKED = re.compile(rf"(.+) {MARK}")


def _marked(value: object, info: ValidationInfo) -> object:
    if info.context is None:
        # A copy that a conversation keeps: read and checked before.
        return value
    found = _MARKED.fullmatch(str(value))
    if found is None:
        raise PydanticCustomError("no_mark", "no mark of its source")
    return found[1]


def _minutes(value: object, info: ValidationInfo) -> object:
    if info.context is None:
        return value
    number, _, unit = str(_marked(value, info)).partition(" ")
    factor = {"min": 1, "h": 60, "days": 1440}.get(unit)
    if factor is None or not number.isdecimal() or not int(number):
        raise PydanticCustomError("no_duration", "no duration")
    return timedelta(minutes=int(number) * factor)


def _several_minutes(value: object, info: ValidationInfo) -> object:
    return [_minutes(hours, info) for hours in value] if isinstance(value, list) else value


def _clock(value: object, info: ValidationInfo) -> object:
    if info.context is None:
        return value
    return [time.fromisoformat(part) for part in str(_marked(value, info)).split("–")]


def _yes(value: object, info: ValidationInfo) -> object:
    if info.context is None:
        return value
    said = {"yes": True, "no": False}.get(str(_marked(value, info)))
    if said is None:
        raise PydanticCustomError("no_yes", "neither yes nor no")
    return said


Span = Annotated[timedelta, BeforeValidator(_minutes)]
"""A duration with its unit and mark: 30 min [R], 8 h [R], 365 days [D]."""
Share = Annotated[Decimal, BeforeValidator(_marked)]
"""A share of volume in percent (% vol) with its mark: 0.2 [D]."""
Said = Annotated[bool, BeforeValidator(_yes)]
"""yes [R] or no [D]."""


class Level(StrEnum):
    """How dangerous a job is; `fixed` is a fixed hot-work area (固定动火区), which has no level."""

    SPECIAL = "special"
    FIRST = "first"
    SECOND = "second"
    FIXED = "fixed"


STRICTER: Final = {Level.SECOND: Level.FIRST, Level.FIRST: Level.SPECIAL}
"""One level up (升级管理, 5.1.1); special stays special."""


class LevelRule(Part):
    """What a level asks. `approvers` are the roles that may approve, `title` who that is by the standard."""

    level: Level
    name: Text
    title: Text
    approvers: Annotated[tuple[Literal["principal", "officer", "worker"], ...], Field(min_length=1)]
    lasts: Span
    fresh: Span
    """How old the gas sample may be when the job starts or goes on."""
    pause: Span
    """A break that lasts longer asks for a new sample."""
    sample: Said
    continuous: Said
    """特级: continuous monitoring and video during the job."""


class Surroundings(Part):
    """A kind of place and the level that it gives. `stopped`: a plant that is fully stopped, cleaned, tested and
    isolated there is managed as second level.
    """

    id: Id
    name: Text
    text: Text
    level: Level
    stopped: Said


class Workpiece(Part):
    """What is worked on, and whether that asks for a gas sample at any level."""

    id: Id
    name: Text
    sample: Said


class Gas(Part):
    """A gas that is measured. `lel`: its lower explosive limit in % vol; None: oxygen."""

    id: Id
    name: Text
    lel: Share | None = None


class Limit(Part):
    """The highest share of a combustible gas (% vol) whose LEL is at least `lel`."""

    lel: Share
    at_most: Share


class PermitOption(Part):
    """One of a list that the permit offers: a way of working, another permit."""

    id: Id
    name: Text


class OtherWork(PermitOption):
    """Another special work that may go with the job. `numbered`: it has a permit of its own, whose number is asked."""

    numbered: bool = False


class _Suggested(Part):
    """What is suggested where one of `when` holds: way/arc, workpiece/pipe, other/height, level/special; without any,
    always. A suggestion only [D]: people say what applies.
    """

    id: Id
    when: tuple[str, ...] = ()

    def fits(self, facts: AbstractSet[str]) -> bool:
        """Whether it is suggested for a job of which these facts hold."""
        return not self.when or not facts.isdisjoint(self.when)


class Risk(_Suggested):
    """A risk (风险辨识)."""

    name: Text


class Measure(_Suggested):
    """A measure of the list of 表 A.1: applies or not, and is confirmed. `counted`: says how many."""

    text: Text
    short: Text
    counted: bool = False


class HotWork(Part):
    """All that a pack says of hot work."""

    standard: Text
    levels: Annotated[tuple[LevelRule, ...], Field(min_length=len(Level), max_length=len(Level))]
    surroundings: Annotated[tuple[Surroundings, ...], Field(min_length=1)]
    workpieces: Annotated[tuple[Workpiece, ...], Field(min_length=1)]
    gases: Annotated[tuple[Gas, ...], Field(min_length=1)]
    limits: Annotated[tuple[Limit, ...], Field(min_length=1)]
    oxygen_least: Share
    oxygen_most: Share
    ways: Annotated[tuple[PermitOption, ...], Field(min_length=1)]
    risks: Annotated[tuple[Risk, ...], Field(min_length=1)]
    others: Annotated[tuple[OtherWork, ...], Field(min_length=1)]
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
    prohibitions: Annotated[tuple[Text, ...], Field(min_length=1)]
    """十不准: a yes to any one forbids the job."""
    prohibitions_source: Text = Words("通行条文", "the list in common use")
    """Whose wording that is: the notice names the ten without listing them."""
    night: Annotated[tuple[time, time], BeforeValidator(_clock)]
    wind: Annotated[int, BeforeValidator(_marked)]
    """The Beaufort force from which an open-air job goes one level up."""
    recheck: Span
    """A new gas sample is due after so long."""
    late: Span
    """A re-check later than this suspends the job."""
    warn: Annotated[tuple[timedelta, ...], BeforeValidator(_several_minutes)]
    """So long before its end a permit says that it ends."""
    looks: Annotated[tuple[timedelta, ...], BeforeValidator(_several_minutes), Field(min_length=1)]
    """Fire watch (看火): so long after the job the guardian looks again."""
    pass_on: Span
    """A critical prompt that nobody tapped goes to the next person after so long."""
    photo: Span
    """A photo of the place may be this old at the start."""
    kept: Span
    """How long a permit is kept at the least."""

    @classmethod
    def sample(cls) -> Self:
        """The rules of no pack, just large enough for the outline of a talk."""
        lasts = {Level.SECOND: timedelta(days=3)}
        return sample_of(
            cls,
            levels=tuple(
                sample_of(LevelRule, level=level, lasts=lasts.get(level, timedelta(hours=8))) for level in Level
            ),
            surroundings=(sample_of(Surroundings, stopped=True), sample_of(Surroundings, 1)),
            gases=(sample_of(Gas, lel=Decimal(5)), sample_of(Gas, 1)),
            measures=(sample_of(Measure, counted=True),),
            others=(sample_of(OtherWork, numbered=True), sample_of(OtherWork, 1)),
            limits=(Limit(lel=Decimal(0), at_most=Decimal("0.5")),),
            oxygen_least=Decimal("19.5"),
            oxygen_most=Decimal(21),
            night=(time(20), time(6)),
        )

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        if info.context is None:
            return self
        for kind in ("levels", "surroundings", "workpieces", "gases", "ways", "risks", "others", "measures"):
            for option in getattr(self, kind):
                known(info).define(f"hot_work.{kind}", str(getattr(option, "id", None) or option.level))
        there = {
            *(f"level/{level.level}" for level in self.levels),
            *(f"surroundings/{surrounding.id}" for surrounding in self.surroundings),
            *(f"workpiece/{workpiece.id}" for workpiece in self.workpieces),
            *(f"way/{way.id}" for way in self.ways),
            *(f"other/{other.id}" for other in self.others),
        }
        for named in (name for measure in (*self.risks, *self.measures) for name in measure.when):
            if named not in there:
                said = {"given": named, "known": "、".join(sorted(there))}
                raise PydanticCustomError("unknown", "not defined", said)
        return self

    @classmethod
    def stored(cls, data: Any) -> "HotWork":
        """The rules out of `as_json`: the copy that a conversation keeps, and goes on with whatever the pack says."""
        return cls.model_validate(data)

    def as_json(self) -> dict[str, Any]:
        """The rules as JSON, without the marks of their sources."""
        return self.model_dump(mode="json")

    def rule(self, level: Level) -> LevelRule:
        """What a level asks."""
        return next(rule for rule in self.levels if rule.level == level)

    def gas(self, gas_id: str) -> Gas:
        """The gas of an id; StopIteration where there is none."""
        return next(gas for gas in self.gases if gas.id == gas_id)

    def limit(self, gas: Gas) -> Decimal | None:
        """The most that a combustible gas may have, % vol; None: oxygen, which has two limits."""
        if gas.lel is None:
            return None
        return max((limit for limit in self.limits if gas.lel >= limit.lel), key=lambda limit: limit.lel).at_most

    def within(self, gas: Gas, value: Decimal) -> bool:
        """Whether a value (% vol) lets a job go on."""
        limit = self.limit(gas)
        return self.oxygen_least <= value <= self.oxygen_most if limit is None else value <= limit

    def is_night(self, moment: datetime) -> bool:
        """Whether a moment (in the zone) lies in the night."""
        begins, ends = self.night
        return moment.time() >= begins or moment.time() < ends


Why = DayOff | Literal["night", "wind"]
"""Why a job is managed one level stricter."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of time in which a permit lets people work; both ends aware, in the zone."""

    start: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        """Whether an instant lies in it; its end does not."""
        return self.start <= at < self.end


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a job is managed as (`level`), what its place alone would ask (`base`), and why it is stricter."""

    base: Level
    level: Level
    why: tuple[Why, ...]

    @property
    def upgraded(self) -> bool:
        """Whether it went one level up; special stays special."""
        return self.level is not self.base


def placed(rules: HotWork, surroundings: str, *, stopped: bool) -> Level:
    """The level that a place and its state give by themselves."""
    place = next(surrounding for surrounding in rules.surroundings if surrounding.id == surroundings)
    return Level.SECOND if stopped and place.stopped else place.level


def spells(starts: datetime, until: datetime, hours: tuple[time, time] | None) -> tuple[Spell, ...]:
    """When people may work. With daily hours: on each working day within them; a spell on a day off needs a permit
    of its own, since it is managed one level stricter [D].
    """
    if hours is None:
        return (Spell(starts, until),)
    found: list[Spell] = []
    day = starts.date()
    while day <= until.date():
        first = max(starts, datetime.combine(day, hours[0], starts.tzinfo))
        last = min(until, datetime.combine(day, hours[1], starts.tzinfo))
        if first < last and day_off(day) is None:
            found.append(Spell(first, last))
        day += timedelta(days=1)
    return tuple(found)


def assess(rules: HotWork, level: Level, times: Sequence[Spell], *, wind: bool) -> Assessment:
    """The level that a job is managed as: one stricter at night, on days off, and in the open air in a strong
    wind (5.1.1). A fixed hot-work area has no level.
    """
    if level is Level.FIXED:
        return Assessment(level, level, ())
    why: list[Why] = []
    for spell in times:
        days = {spell.start.date(), (spell.end - timedelta(microseconds=1)).date()}
        why += [off for day in sorted(days) if (off := day_off(day)) is not None]
        if _touches_night(rules, spell):
            why.append("night")
    if wind:
        why.append("wind")
    return Assessment(level, STRICTER.get(level, level) if why else level, tuple(dict.fromkeys(why)))


def needs_hours(rules: HotWork, level: Level, starts: datetime, until: datetime) -> bool:
    """Whether a second-level permit over days must name its daily hours: at a stretch it would last into the night,
    or longer than the stricter level allows.
    """
    return level is Level.SECOND and starts.date() < until.date() and until - starts > rules.rule(Level.FIRST).lasts


def hours_fault(rules: HotWork, hours: tuple[time, time]) -> Literal["backwards", "night"] | None:
    """What is wrong with daily hours: they must lie outside of the night."""
    if hours[0] >= hours[1]:
        return "backwards"
    night = Spell(*(datetime.combine(date.min, at) for at in hours))
    return "night" if _touches_night(rules, night) else None


def _touches_night(rules: HotWork, spell: Spell) -> bool:
    evening = datetime.combine(spell.start.date(), rules.night[0], spell.start.tzinfo)
    return rules.is_night(spell.start) or spell.end > evening


def longest(rules: HotWork, level: Level, starts: datetime) -> datetime:
    """Until when a permit of a level may run at the most."""
    return starts + rules.rule(level).lasts
