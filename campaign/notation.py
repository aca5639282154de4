"""The small notations of a pack: days with their mark, and moments of a ladder.

    2023-05-30 [N]                        a date
    03-31 of each year [D]                of the year in which the period ends
    01-31 of next year [N]                of the year after it
    day 28 [N]                            of the month in which the period ends
    last day of month [D]
    day 15 of next month [N]              of the month after it
    last day of next month [D]
    period end [D]                        the last day of the period
    period end + 3 days [N]               days after it
    period end + 20 working days [N]      working days after it, without the last day of the period itself
    within 24 hours [D]                   from the event itself
    within 3 days [D]                     days, or working days, after that of the event
    within 20 working days [S]
    17:00 [D]                             a time of day
    100+, 30-99                           so many at the least, so many to so many

[N] stands in the notice; [S] in a law or another document, read in its official text, [S~] in a copy of it; [R] in a
standard. [D] was derived or chosen by us: no message may say that anything requires it.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Literal

from pydantic_core import PydanticCustomError

from campaign.periods import Period
from campaign.workdays import add_workdays

_LETTERS: Final = "[NDRS]|S~"
MARK: Final = rf"\[(?:{_LETTERS})\]"
"""A mark behind a value, as a pattern."""

DAY_ENDS: Final = time(23, 59, 59)

_MARKED = re.compile(rf"(?P<day>(?:.*\S)?)\s*\[(?P<mark>{_LETTERS})\]")
_DAY_OF_MONTH = re.compile(r"(?:day (?P<number>[1-9]|1\d|2[0-8])|last day)(?P<which> of next month| of month)?")
_DAY_OF_YEAR = re.compile(r"(?P<month>\d\d)-(?P<day>\d\d) of (?P<which>each|next) year")
_AFTER_PERIOD = re.compile(r"period end(?: \+ (?P<days>[1-9]\d{0,2}) (?P<working>working )?days?)?")
_WITHIN = re.compile(r"within (?P<number>[1-9]\d{0,3}) (?P<unit>hours?|days?|working days?)")
_MOMENT = re.compile(
    r"(?P<anchor>opens|halfway|due)"
    r"(?:(?<=opens) \+ (?P<working>[1-9]\d*) working days?|(?<=due) (?P<days>[+-] [1-9]\d*) days?)?"
)


class Mark(StrEnum):
    """Where a day comes from."""

    NOTICE = "N"
    DERIVED = "D"
    SOURCE = "S"
    COPY = "S~"
    STANDARD = "R"


class Anchor(StrEnum):
    """What a moment of a ladder is counted from."""

    OPENS = "opens"
    HALFWAY = "halfway"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class OnDate:
    """A date of the calendar."""

    day: date
    mark: Mark

    def on(self, period: Period) -> date:
        """The same in every period."""
        del period
        return self.day


@dataclass(frozen=True, slots=True)
class OnDayOfMonth:
    """The nth day (at most the 28th, which every month has; None: the last) of the month in which the period ends, or
    of the next one.
    """

    number: int | None
    mark: Mark
    next_month: bool = False

    def on(self, period: Period) -> date:
        """The day in a period."""
        first = period.last.replace(day=1)
        if self.next_month:
            first = (first + timedelta(days=31)).replace(day=1)
        return first.replace(day=self.number or monthrange(first.year, first.month)[1])


@dataclass(frozen=True, slots=True)
class OnDayOfYear:
    """The same day (none that leap years alone have) of the year in which the period ends, or of the next one."""

    month: int
    day: int
    mark: Mark
    next_year: bool = False

    def on(self, period: Period) -> date:
        """The day in a period."""
        return date(period.last.year + self.next_year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class AfterPeriod:
    """So many days, or working days, after the last day of the period; 0 is the last day itself."""

    days: int
    mark: Mark
    working: bool = False

    def on(self, period: Period) -> date:
        """The day for a period."""
        return add_workdays(period.last, self.days) if self.working else period.last + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Within:
    """So many hours after the event, or until the end of so many days or working days after its own; only duties by
    event have it.
    """

    number: int
    mark: Mark
    unit: Literal["hours", "days", "working days"] = "hours"

    def after(self, event: datetime) -> datetime:
        """The last moment for an event; aware, in the zone whose days count, and so is the outcome."""
        match self.unit:
            case "hours":
                return event + timedelta(hours=self.number)
            case "days":
                return datetime.combine(event.date() + timedelta(days=self.number), DAY_ENDS, event.tzinfo)
            case "working days":
                return datetime.combine(add_workdays(event.date(), self.number), DAY_ENDS, event.tzinfo)


_UNITS: Final[Mapping[str, Literal["hours", "days", "working days"]]] = {
    "hour": "hours",
    "day": "days",
    "working day": "working days",
}

PeriodDay = OnDate | OnDayOfMonth | OnDayOfYear | AfterPeriod
DueRule = PeriodDay | Within


@dataclass(frozen=True, slots=True)
class Between:
    """So many at the least, and at the most (None: no end)."""

    least: int
    most: int | None = None

    def holds(self, number: int) -> bool:
        """Whether a number lies between them, or is one of them."""
        return number >= self.least and (self.most is None or number <= self.most)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a rung is due: working days after `opens`, days before (-) or after (+) `due`, or half-way."""

    anchor: Anchor
    days: int = 0


def time_of_day(value: object) -> time:
    """Read a time with its mark, `17:00 [D]`; PydanticCustomError no_mark or bad_time."""
    marked = _MARKED.fullmatch(str(value))
    if marked is None:
        raise PydanticCustomError("no_mark", "a time without its mark")
    try:
        return time.fromisoformat(marked["day"])
    except ValueError:
        raise PydanticCustomError("bad_time", "not a time of day") from None


def due_rule(value: object) -> DueRule:
    """Read a due rule; PydanticCustomError no_mark or bad_day."""
    text = str(value)
    marked = _MARKED.fullmatch(text)
    if marked is None:
        raise PydanticCustomError("no_mark", "a day without its mark")
    day, mark = marked["day"], Mark(marked["mark"])
    if found := _DAY_OF_MONTH.fullmatch(day):
        number = None if found["number"] is None else int(found["number"])
        # The last day of what, where nothing says so?
        if number is not None or found["which"] is not None:
            return OnDayOfMonth(number, mark, next_month=found["which"] == " of next month")
    if found := _AFTER_PERIOD.fullmatch(day):
        return AfterPeriod(int(found["days"] or 0), mark, working=found["working"] is not None)
    if found := _WITHIN.fullmatch(day):
        return Within(int(found["number"]), mark, _UNITS[found["unit"].removesuffix("s")])
    try:
        if found := _DAY_OF_YEAR.fullmatch(day):
            # 2023 is no leap year: what it lacks, most years lack.
            of = date(2023, int(found["month"]), int(found["day"]))
            return OnDayOfYear(of.month, of.day, mark, next_year=found["which"] == "next")
        return OnDate(date.fromisoformat(day), mark)
    except ValueError:
        raise PydanticCustomError("bad_day", "not a day of the notation") from None


def between(value: object) -> Between:
    """Read a range of numbers, `100+` or `30-99`; PydanticCustomError bad_range."""
    found = re.fullmatch(r"(\d{1,7})(?:\+|-(\d{1,7}))", str(value))
    if found is None:
        raise PydanticCustomError("bad_range", "not a range of numbers")
    least, most = int(found[1]), None if found[2] is None else int(found[2])
    if most is not None and most < least:
        raise PydanticCustomError("bad_range", "ends before it begins")
    return Between(least, most)


def days_of(value: object) -> int:
    """Read a number of days with its mark, `45 days [D]`; PydanticCustomError no_mark or bad_days."""
    marked = _MARKED.fullmatch(str(value))
    if marked is None:
        raise PydanticCustomError("no_mark", "a number of days without its mark")
    found = re.fullmatch(r"([1-9]\d{0,2}) days?", marked["day"])
    if found is None:
        raise PydanticCustomError("bad_days", "not a number of days")
    return int(found[1])


def period_day(value: object) -> PeriodDay:
    """Read a day that a period has; PydanticCustomError no_mark or bad_day."""
    rule = due_rule(value)
    if isinstance(rule, Within):
        raise PydanticCustomError("bad_day", "hours need an event")
    return rule


def on_date(value: object) -> OnDate:
    """Read a date of the calendar; PydanticCustomError no_mark or bad_day."""
    rule = due_rule(value)
    if not isinstance(rule, OnDate):
        raise PydanticCustomError("bad_day", "not a date")
    return rule


def moment(value: object) -> Moment:
    """Read a moment of a ladder (`opens`, `opens + 1 working day`, `due - 3 days`); PydanticCustomError."""
    found = _MOMENT.fullmatch(str(value))
    if found is None:
        raise PydanticCustomError("bad_moment", "not a moment of a ladder")
    return Moment(Anchor(found["anchor"]), int((found["working"] or found["days"] or "0").replace(" ", "")))
