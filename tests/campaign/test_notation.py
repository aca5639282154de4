"""The days of a pack against a model that looks at every day of the calendar."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from campaign.notation import Mark, Within, due_rule, period_day
from campaign.obligations import Variant
from campaign.periods import Cadence, Period, containing
from campaign.scope import EVERYBODY
from campaign.workdays import is_workday

SHANGHAI = ZoneInfo("Asia/Shanghai")
MARKS = st.sampled_from([mark.value for mark in Mark])
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
CADENCES = st.sampled_from(("weekly", "monthly", "quarterly", "half-yearly", "yearly"))


def days_from(first: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(800)]


def month_of(period: Period, later: int) -> list[date]:
    """The days of the month in which a period ends, or of a later one."""
    days = days_from(period.last.replace(day=1))
    months = [(day.year, day.month) for day in days if day.day == 1]
    return [day for day in days if (day.year, day.month) == months[later]]


@given(CADENCES, DAYS, st.integers(1, 28), st.booleans(), MARKS)
def test_a_day_of_a_month(cadence: Cadence, day: date, number: int, later: bool, mark: str) -> None:
    period = containing(cadence, day)
    (expected,) = [one for one in month_of(period, later) if one.day == number]
    for words in [f"day {number} of next month"] if later else [f"day {number}", f"day {number} of month"]:
        assert period_day(f"{words} [{mark}]").on(period) == expected
    last = f"last day of {'next ' if later else ''}month [{mark}]"
    assert period_day(last).on(period) == month_of(period, later)[-1]


@given(CADENCES, DAYS, DAYS, st.booleans(), MARKS)
def test_a_day_of_each_year(cadence: Cadence, day: date, which: date, later: bool, mark: str) -> None:
    assume((which.month, which.day) != (2, 29))
    period = containing(cadence, day)
    (expected,) = [
        one
        for one in days_from(date(period.last.year, 1, 1))
        if (one.month, one.day) == (which.month, which.day) and one.year == period.last.year + later
    ]
    written = f"{which.month:02}-{which.day:02} of {'next' if later else 'each'} year [{mark}]"
    assert period_day(written).on(period) == expected


@given(CADENCES, DAYS, st.integers(1, 60), MARKS)
def test_days_after_a_period(cadence: Cadence, day: date, number: int, mark: str) -> None:
    period = containing(cadence, day)
    after = [one for one in days_from(period.first) if one > period.last]
    assert period_day(f"period end + {number} days [{mark}]").on(period) == after[number - 1]
    working = [one for one in after if is_workday(one)]
    assert period_day(f"period end + {number} working days [{mark}]").on(period) == working[number - 1]


@given(DAYS, st.times(), st.integers(1, 40))
def test_time_after_an_event(day: date, moment: time, number: int) -> None:
    event = datetime.combine(min(day, date(2026, 10, 1)), moment, SHANGHAI)

    def after(unit: str) -> datetime:
        found = due_rule(f"within {number} {unit} [S]")
        assert isinstance(found, Within)
        return found.after(event)

    days = [one for one in days_from(event.date()) if one > event.date()]
    working = [one for one in days if is_workday(one)]
    assert after("hours") == event + timedelta(hours=number)
    for unit, last in (("days", days[number - 1]), ("working days", working[number - 1])):
        assert after(unit).isoformat() == f"{last}T23:59:59+08:00"


def test_twenty_working_days_of_october_leave_out_the_holidays() -> None:
    september = Period("2023-09", date(2023, 9, 1), date(2023, 9, 30))
    assert period_day("period end + 20 working days [S]").on(september) == date(2023, 11, 1)
    assert due_rule("within 1 hour [D]") == Within(1, Mark.DERIVED)
    assert due_rule("within 1 working day [S~]") == Within(1, Mark.COPY, "working days")


@pytest.mark.parametrize(
    ("due", "first"),
    [("03-31 of each year [D]", "2025"), ("12-31 of each year [D]", "2024"), ("2024-03-31 [N]", "2024")],
)
def test_a_year_whose_day_was_over_when_the_campaign_began_is_not_owed(due: str, first: str) -> None:
    # A date is no day of a year: where it lies before its period, the pack is at fault.
    variant = Variant.model_construct(scope=EVERYBODY, cadence="yearly", phases=(), due=due_rule(due))
    assert variant.periods(Period("once", date(2024, 5, 22), date(2026, 12, 31)), ())[0].name == first
