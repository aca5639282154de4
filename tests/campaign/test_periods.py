from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.periods import Cadence, Period, containing, named, periods, shown

CALENDAR: tuple[Cadence, ...] = ("weekly", "monthly", "quarterly", "half-yearly")
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))


def name_of(cadence: str, day: date) -> str:
    """The slow way: what a day's period is called, by looking at the day alone."""
    if cadence == "weekly":
        return day.strftime("%G-W%V")
    if cadence == "monthly":
        return day.strftime("%Y-%m")
    if cadence == "quarterly":
        return f"{day.year}-Q{'111222333444'[day.month - 1]}"
    return f"{day.year}-H{1 if day.month <= 6 else 2}"


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@given(st.sampled_from(CALENDAR), DAYS)
def test_a_period_holds_exactly_the_days_of_its_name(cadence: Cadence, day: date) -> None:
    period = containing(cadence, day)
    assert {name_of(cadence, inside) for inside in every_day(period.first, period.last)} == {period.name}
    assert name_of(cadence, period.first - timedelta(days=1)) != period.name
    assert name_of(cadence, period.last + timedelta(days=1)) != period.name


@given(st.sampled_from(CALENDAR), DAYS, st.integers(0, 800))
def test_a_campaign_has_the_periods_of_which_seven_days_remain(cadence: Cadence, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    slow = []
    for name, group in groupby(every_day(first, last), key=lambda day: name_of(cadence, day)):
        days = list(group)
        if len(days) >= 7:
            slow.append(Period(name, days[0], days[-1]))
    assert list(periods(cadence, Period("once", first, last), ())) == slow


@pytest.mark.parametrize(("start", "exists"), [(date(2023, 5, 25), True), (date(2023, 5, 26), False)])
def test_seven_days_are_enough_and_six_are_not(start: date, exists: bool) -> None:
    found = periods("monthly", Period("once", start, date(2023, 12, 31)), ())
    assert ("2023-05" in {period.name for period in found}) is exists


def test_what_has_one_period_and_what_has_none() -> None:
    campaign = Period("once", date(2023, 5, 22), date(2023, 12, 31))
    phase = Period("phase-1", date(2023, 5, 22), date(2023, 5, 31))
    assert periods("once", campaign, (phase,)) == (campaign,)
    assert periods("continuous", campaign, (phase,)) == (campaign,)
    assert periods("phase", campaign, (phase,)) == (phase,)
    assert periods("event", campaign, (phase,)) == ()
    with pytest.raises(ValueError, match="phase"):
        containing("phase", campaign.first)


def test_periods_by_name() -> None:
    campaign = Period("once", date(2023, 5, 22), date(2023, 12, 31))
    phase = Period("phase-1", date(2023, 5, 22), date(2023, 5, 31))
    found = named(campaign, (phase,))
    assert found["2023-05"] == Period("2023-05", date(2023, 5, 22), date(2023, 5, 31))
    assert found["2023-W23"] == Period("2023-W23", date(2023, 6, 5), date(2023, 6, 11))
    assert (found["once"], found["phase-1"]) == (campaign, phase)
    assert "2023-Q1" not in found
    assert all(name == period.name for name, period in found.items())


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("once", "", ""),
        ("2023-06", "6月", "June"),
        ("2023-12", "12月", "December"),
        ("2023-Q2", "第二季度", "Q2"),
        ("2023-H1", "上半年", "First-half"),
        ("2023-H2", "下半年", "Second-half"),
        ("phase-2", "第二阶段", "Phase 2"),
        ("2023-W23", "6月5日—6月11日", "5 June – 11 June"),
        ("2023-W52", "12月25日—12月31日", "25 December – 31 December"),
    ],
)
def test_how_a_period_is_shown(name: str, zh: str, en: str) -> None:
    assert (shown(name).zh, shown(name).en) == (zh, en)
