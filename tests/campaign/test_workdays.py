from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.workdays import (
    add_workdays,
    is_workday,
    workday_not_after,
    workday_not_before,
    working_moment_after,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 5, 26), True),
        (date(2023, 5, 27), False),
        (date(2023, 5, 28), False),
        (date(2023, 6, 22), False),  # Dragon Boat, a Thursday
        (date(2023, 6, 23), False),
        (date(2023, 6, 24), False),
        (date(2023, 6, 25), True),  # a Sunday that is worked
        (date(2023, 9, 29), False),  # Mid-Autumn and National Day
        (date(2023, 10, 6), False),
        (date(2023, 10, 7), True),
        (date(2023, 10, 8), True),
    ],
)
def test_holidays_and_exchanged_days(day: date, works: bool) -> None:
    assert is_workday(day) is works


@pytest.mark.parametrize("year", [1999, 2099])
def test_years_without_published_holidays_have_weekends(year: int) -> None:
    days = [date(year, 10, 1) + timedelta(days=n) for n in range(7)]
    assert [is_workday(day) for day in days] == [day.weekday() < 5 for day in days]


@pytest.mark.parametrize(
    ("moment", "becomes"),
    [
        (at(5, 26, 8, 29), at(5, 26, 8, 30)),
        (at(5, 26, 8, 30), at(5, 26, 8, 30)),
        (at(5, 26, 14, 20), at(5, 26, 14, 20)),
        (at(5, 26, 20, 0), at(5, 26, 20, 0)),
        (at(5, 26, 20, 1), at(5, 29, 8, 30)),
        (at(5, 27, 10), at(5, 29, 8, 30)),
        (at(6, 21, 23), at(6, 25, 8, 30)),
    ],
)
def test_the_next_working_moment(moment: datetime, becomes: datetime) -> None:
    assert working_moment_after(moment) == becomes


@given(st.dates(date(2018, 1, 1), date(2030, 1, 1)), st.integers(1, 10))
def test_steps_over_days_off(day: date, count: int) -> None:
    before, after = workday_not_after(day), workday_not_before(day)
    assert before <= day <= after
    assert is_workday(before)
    assert is_workday(after)
    assert not any(is_workday(before + timedelta(days=n)) for n in range(1, (after - before).days))
    later = add_workdays(day, count)
    worked = sum(is_workday(day + timedelta(days=n)) for n in range(1, (later - day).days + 1))
    assert (worked, is_workday(later)) == (count, True)
