"""Working days of the mainland (holidays and 调休), and the hours in which people are asked.

What an installation arranges itself counts before anything else, then the calendar that was published for the year.
Where none was yet, the law counts by itself (全国年节及纪念日放假办法, as of 国务院令第795号 since 2025): fixed
days, those of the lunar calendar, and the days that make up for a weekend.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

import chinese_calendar

if TYPE_CHECKING:
    from holidays.countries.china import China

DAY_BEGINS = time(8, 30)
DAY_ENDS = time(20, 0)

_DAY = timedelta(days=1)

_arranged: dict[date, bool] = {}


def arrange(days: Mapping[date, bool]) -> None:
    """Let days be worked (True) or free as an installation says, instead of those arranged before. A process calls it
    once, with its settings.
    """
    _arranged.clear()
    _arranged.update(days)
    _years_arranged.cache_clear()
    _by_law.cache_clear()
    is_workday.cache_clear()


@cache
def is_workday(day: date) -> bool:
    """Whether people work on a day."""
    if day in _arranged:
        return _arranged[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return _by_law(day.year).is_working_day(day)


def published_until() -> date:
    """The last day of the last year whose calendar is known, by a library or by what the installation arranged."""
    from holidays.countries.china import ChinaStaticHolidays  # noqa: PLC0415  # as below

    year = max(chinese_calendar.holidays).year
    while year + 1 in _years_arranged() or year + 1 in ChinaStaticHolidays.special_public_holidays:
        year += 1
    return date(year, 12, 31)


def workday_not_after(day: date) -> date:
    """The day itself or the last working day before it."""
    while not is_workday(day):
        day -= _DAY
    return day


def workday_not_before(day: date) -> date:
    """The day itself or the next working day."""
    while not is_workday(day):
        day += _DAY
    return day


def add_workdays(day: date, count: int) -> date:
    """The count-th working day after a day."""
    for _ in range(count):
        day = workday_not_before(day + _DAY)
    return day


def morning(day: date, like: datetime) -> datetime:
    """08:30 of a day, in the zone of `like`."""
    return datetime.combine(day, DAY_BEGINS, like.tzinfo)


def working_moment_after(moment: datetime) -> datetime:
    """The moment itself if it lies in working hours, else the next 08:30 of a working day.

    `moment` is aware and in the zone whose days count.
    """
    if is_workday(moment.date()) and moment.time() <= DAY_ENDS:
        return max(moment, morning(moment.date(), moment))
    return morning(workday_not_before(moment.date() + _DAY), moment)


DayOff = Literal["holiday", "rest-day"]
"""Why people do not work on a day: a public holiday (with its 调休), or a weekend."""


def day_off(day: date) -> DayOff | None:
    """Whether a day is a public holiday or a rest day; None: people work."""
    if is_workday(day):
        return None
    if day in _arranged:
        return "holiday"
    try:
        named = chinese_calendar.get_holiday_detail(day)[1] is not None
    except NotImplementedError:
        named = day in _by_law(day.year)
    return "holiday" if named else "rest-day"


@cache
def _years_arranged() -> frozenset[int]:
    return frozenset(day.year for day in _arranged)


@cache
def _by_law(year: int) -> "China":
    from holidays.countries.china import China  # noqa: PLC0415  # 400 modules, for a year without a calendar alone

    # Where an installation arranges the year, it says itself which days make up for a weekend.
    return China(years=year, observed=year not in _years_arranged(), expand=False)  # type: ignore[no-untyped-call]  # the library gives none
