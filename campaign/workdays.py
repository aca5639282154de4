"""Working days of the mainland (holidays and 调休), and the hours in which people are asked."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal

import chinese_calendar

DAY_BEGINS = time(8, 30)
DAY_ENDS = time(20, 0)

_DAY = timedelta(days=1)


@cache
def is_workday(day: date) -> bool:
    """Whether people work on a day; Monday to Friday in years whose holidays are not published."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


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
    try:
        named = chinese_calendar.get_holiday_detail(day)[1]
    except NotImplementedError:
        named = None
    return "rest-day" if named is None else "holiday"
