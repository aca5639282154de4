"""When a job is done: from, until, daily hours; and the level that follows from them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from campaign.hot_work import (
    Assessment,
    HotWork,
    Level,
    Spell,
    assess,
    hours_fault,
    longest,
    needs_hours,
    spells,
)
from campaign.workdays import day_off
from talk.asking import Hint, Option, Question
from talk.parsing import clean, day, moment
from talk.questions import Moment
from talk.texts import Listed, Phrase, Say

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
STEP = 5
"""Minutes to which a start by a button is rounded up."""
MORNING = time(8)
EVENING = time(17)
DAYS_ON = 2
"""连续3天: today and two more."""
HOURS = ((time(8), time(17)), (time(9), time(18)), (time(8), time(20)))
SOON = (("30", timedelta(minutes=30)), ("60", timedelta(hours=1)), ("120", timedelta(hours=2)))
_BETWEEN = str.maketrans(dict.fromkeys("~～—–至到", "-"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is known of the level before the times are: the place's own, and the wind there."""

    rules: HotWork
    base: Level
    wind: bool

    def assessed(self, times: tuple[Spell, ...]) -> Assessment:
        """Return the level with these times."""
        return assess(self.rules, self.base, times, wind=self.wind)

    def over_days(self, starts: datetime, until: datetime) -> bool:
        """Return whether daily hours have to be named."""
        return needs_hours(self.rules, self.assessed(()).level, starts, until)

    def allowed(self, starts: datetime, until: datetime) -> tuple[Assessment, datetime]:
        """Return how a job of these times is managed, and until when it may last then."""
        times = () if self.over_days(starts, until) else (Spell(starts, until),)
        found = self.assessed(times)
        return found, longest(self.rules, found.level, starts)


def level_line(place: Place, times: tuple[Spell, ...]) -> Say:
    """Return the level in one line, with why it is stricter than the place alone asks."""
    rules, found = place.rules, place.assessed(times)
    name = rules.rule(found.level).name
    if found.level is Level.FIXED:
        return Say("permit-level-fixed")
    if not found.why:
        return Say("permit-level-plain", standard=rules.standard, level=name)
    reasons = Listed(tuple(_why(rules, why, times) for why in found.why))
    if not found.upgraded:
        return Say("permit-level-highest", why=reasons, standard=rules.standard, level=name)
    base = rules.rule(found.base).name
    return Say("permit-level-up", why=reasons, standard=rules.standard, base=base, level=name)


def _why(rules: HotWork, why: str, times: tuple[Spell, ...]) -> Phrase:
    match why:
        case "night":
            return Say("permit-why-night", begins=f"{rules.night[0]:%H:%M}", ends=f"{rules.night[1]:%H:%M}")
        case "wind":
            return Say("permit-why-wind", force=rules.wind)
        case _:
            days = [spell.start.date() for spell in times] + [(spell.end - MINUTE).date() for spell in times]
            first = min((at for at in days if day_off(at) == why), default=date.min)
            return Say("permit-why-holiday", day=first) if why == "holiday" else Say("permit-why-rest", day=first)


@dataclass(frozen=True, kw_only=True)
class Starts(Moment):
    """From when. A permit is not made up afterwards (作业票不能补办): not in the past.

    `earliest` is the instant at which the talk began: an answer from an earlier talk that has passed is asked again.
    """

    earliest: datetime
    latest: datetime

    def read(self, text: str, at: datetime) -> datetime | Hint:
        found = moment(text, at)
        if found is None:
            return self.refusal(text)
        if found < at.replace(second=0, microsecond=0):
            return Hint(Say("permit-from-past", moment=found, tomorrow=f"{found:%H:%M}"))
        if found > self.latest:
            return Hint(Say("permit-from-far", moment=found, latest=self.latest.date()))
        return found

    def offers(self, at: datetime) -> tuple[tuple[Option, datetime], ...]:
        rounded = at.replace(second=0, microsecond=0) + MINUTE * (-at.minute % STEP)
        morning = datetime.combine(at.date() + DAY, MORNING, at.tzinfo)
        offered = (
            *((Option(id_, Say("permit-from-in", minutes=int(id_))), rounded + wait) for id_, wait in SOON),
            (Option("morning", Say("permit-from-morning")), morning),
        )
        return tuple((option, value) for option, value in offered if value <= self.latest)

    def decode(self, stored: Any) -> datetime:
        found = super().decode(stored)
        if not self.earliest.replace(second=0, microsecond=0) <= found <= self.latest:
            raise ValueError(stored)
        return found

    def samples(self) -> tuple[datetime, ...]:
        return (self.earliest + timedelta(hours=1),)

    def accepts(self) -> Say:
        return Say("permit-accepts-from")


@dataclass(frozen=True, kw_only=True)
class Ends(Moment):
    """Until when: after the start, and never longer than the level allows that the times give."""

    starts: datetime
    place: Place

    def read(self, text: str, at: datetime) -> datetime | Hint:
        found = moment(text, at)
        if found is None:
            return self.refusal(text)
        if _is_bare(text, at):
            # 02:00 after a start at 22:00 is that of the next day, whatever day it is today.
            found = datetime.combine(self.starts.date(), found.time(), found.tzinfo)
            found += DAY if found <= self.starts else timedelta(0)
        if found <= self.starts:
            return Hint(Say("permit-until-before", starts=self.starts, until=found))
        managed, latest = self.place.allowed(self.starts, found)
        if found > latest:
            return Hint(
                Say(
                    "permit-until-long",
                    line=level_line(self.place, (Spell(self.starts, found),) if managed.why else ()),
                    level=managed.level,
                    standard=self.place.rules.standard,
                    hours=int((latest - self.starts).total_seconds() // 3600),
                    latest=latest,
                )
            )
        return found

    def offers(self, at: datetime) -> tuple[tuple[Option, datetime], ...]:
        del at
        evening = datetime.combine(self.starts.date(), EVENING, self.starts.tzinfo)
        ends = {
            "2h": self.starts + timedelta(hours=2),
            "4h": self.starts + timedelta(hours=4),
            "17": evening,
            "8h": self.starts + timedelta(hours=8),
        }
        offered = [(Option(id_, self._until(end)), end) for id_, end in ends.items() if self._fits(end)]
        later = evening + DAYS_ON * DAY
        if self.place.over_days(self.starts, later) and self._fits(later):
            offered.append((Option("days", Say("permit-until-days", days=DAYS_ON + 1)), later))
        seen = [end for _, end in offered]
        return tuple(offer for number, offer in enumerate(offered) if offer[1] not in seen[:number])

    def decode(self, stored: Any) -> datetime:
        found = super().decode(stored)
        if not self._fits(found):
            raise ValueError(stored)
        return found

    def samples(self) -> tuple[datetime, ...]:
        later = datetime.combine(self.starts.date(), EVENING, self.starts.tzinfo) + DAYS_ON * DAY
        return (
            self.starts + timedelta(hours=2),
            *((later,) if self.place.over_days(self.starts, later) and self._fits(later) else ()),
        )

    def accepts(self) -> Say:
        latest = longest(self.place.rules, self.place.assessed(()).level, self.starts)
        return Say("permit-accepts-until", latest=latest)

    def _fits(self, until: datetime) -> bool:
        return self.starts < until <= self.place.allowed(self.starts, until)[1]

    def _until(self, end: datetime) -> Say:
        clock = f"{end:%H:%M}"
        next_day = end.date() > self.starts.date()
        return Say("permit-until-next", clock=clock) if next_day else Say("permit-until-at", clock=clock)


def _is_bare(text: str, at: datetime) -> bool:
    """Return whether a clock time was typed without its day, and not as so long from now."""
    said = clean(text)
    digits = len(said) == 4 and said.isdecimal()
    return digits or (day(text, at.date()) is None and not any(mark in said for mark in ("后", "前", "现在", "now")))


@dataclass(frozen=True, kw_only=True)
class DailyHours(Question[tuple[time, time]]):
    """The hours of each working day of a second-level permit over days; outside of the night."""

    starts: datetime
    until: datetime
    rules: HotWork

    def read(self, text: str, at: datetime) -> tuple[time, time] | Hint:
        parts = clean(text).translate(_BETWEEN).split("-")
        found = [moment(part, at) for part in parts]
        if len(found) != 2 or found[0] is None or found[1] is None:
            return self.refusal(text)
        hours = (found[0].time(), found[1].time())
        match hours_fault(self.rules, hours):
            case "backwards":
                return Hint(Say("permit-hours-backwards"))
            case "night":
                begins, ends = self.rules.night
                said = {"begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}
                return Hint(Say("permit-hours-night", standard=self.rules.standard, **said))
            case None:
                return hours if self._leave_some(hours) else Hint(Say("permit-hours-none"))

    def offers(self, at: datetime) -> tuple[tuple[Option, tuple[time, time]], ...]:
        del at
        return tuple(
            (Option(f"{first:%H}-{last:%H}", Say("permit-hours-of", first=first.hour, last=last.hour)), (first, last))
            for first, last in HOURS
            if self._holds((first, last))
        )

    def describe(self, value: tuple[time, time]) -> Phrase:
        return Say("permit-hours-shown", first=f"{value[0]:%H:%M}", last=f"{value[1]:%H:%M}")

    def encode(self, value: tuple[time, time]) -> Any:
        return [f"{clock:%H:%M}" for clock in value]

    def decode(self, stored: Any) -> tuple[time, time]:
        first, last = stored
        hours = (time.fromisoformat(first), time.fromisoformat(last))
        if not self._holds(hours):
            raise ValueError(stored)
        return hours

    def samples(self) -> tuple[tuple[time, time], ...]:
        return HOURS[:1]

    def accepts(self) -> Say:
        return Say("permit-accepts-hours")

    def _holds(self, hours: tuple[time, time]) -> bool:
        return hours_fault(self.rules, hours) is None and self._leave_some(hours)

    def _leave_some(self, hours: tuple[time, time]) -> bool:
        return bool(spells(self.starts, self.until, hours))
