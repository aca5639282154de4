"""The small notations of a pack: days with their mark, and moments of a ladder.

    2023-05-30 [N]             a date
    day 28 [N]                 a day of the month
    period end [D]             the last day of the period
    period end + 3 days [N]    days after it
    within 24 hours [D]        from the event itself
    17:00 [D]                  a time of day

[N] stands in the notice. [D] was derived or chosen by us: no message may say that the notice requires it.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from pydantic_core import PydanticCustomError

from campaign.periods import Period

_MARKED = re.compile(r"(?P<day>(?:.*\S)?)\s*\[(?P<mark>[ND])\]")
_DAY_OF_MONTH = re.compile(r"day (?P<number>[1-9]|1\d|2[0-8])")
_AFTER_PERIOD = re.compile(r"period end(?: \+ (?P<days>\d+) days?)?")
_WITHIN = re.compile(r"within (?P<hours>[1-9]\d*) hours?")
_MOMENT = re.compile(
    r"(?P<anchor>opens|halfway|due)"
    r"(?:(?<=opens) \+ (?P<working>[1-9]\d*) working days?|(?<=due) (?P<days>[+-] [1-9]\d*) days?)?"
)


class Mark(StrEnum):
    """Where a day comes from."""

    NOTICE = "N"
    DERIVED = "D"


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
    """The nth day (at most the 28th, which every month has) of the month in which the period ends."""

    number: int
    mark: Mark

    def on(self, period: Period) -> date:
        """The day in a period."""
        return period.last.replace(day=self.number)


@dataclass(frozen=True, slots=True)
class AfterPeriod:
    """So many days after the last day of the period; 0 is the last day itself."""

    days: int
    mark: Mark

    def on(self, period: Period) -> date:
        """The day for a period."""
        return period.last + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Within:
    """So many hours after the event; only duties by event have it."""

    hours: int
    mark: Mark


PeriodDay = OnDate | OnDayOfMonth | AfterPeriod
DueRule = PeriodDay | Within


@dataclass(frozen=True, slots=True)
class Moment:
    """When a rung is due: working days after `opens`, days before (-) or after (+) `due`, or half-way."""

    anchor: Anchor
    days: int = 0


def time_of_day(value: object) -> time:
    """Read a time with its mark, `17:00 [D]`; PydanticCustomError no_mark or bad_time."""
    marked = _MARKED.fullmatch(str(value))
    if marked is None:
        raise PydanticCustomError("no_mark", "a time without its mark [N] or [D]")
    try:
        return time.fromisoformat(marked["day"])
    except ValueError:
        raise PydanticCustomError("bad_time", "not a time of day") from None


def due_rule(value: object) -> DueRule:
    """Read a due rule; PydanticCustomError no_mark or bad_day."""
    text = str(value)
    marked = _MARKED.fullmatch(text)
    if marked is None:
        raise PydanticCustomError("no_mark", "a day without its mark [N] or [D]")
    mark = Mark(marked["mark"])
    if found := _DAY_OF_MONTH.fullmatch(marked["day"]):
        return OnDayOfMonth(int(found["number"]), mark)
    if found := _AFTER_PERIOD.fullmatch(marked["day"]):
        return AfterPeriod(int(found["days"] or 0), mark)
    if found := _WITHIN.fullmatch(marked["day"]):
        return Within(int(found["hours"]), mark)
    try:
        return OnDate(date.fromisoformat(marked["day"]), mark)
    except ValueError:
        raise PydanticCustomError("bad_day", "not a day of the notation") from None


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
