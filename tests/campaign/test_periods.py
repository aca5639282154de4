from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.periods import (
    MOST_YEARS,
    Cadence,
    Period,
    containing,
    first_of_whole,
    meant,
    named,
    periods,
    shown,
    shown_in_full,
)
from talk.texts import years_go_without_saying

CALENDAR: tuple[Cadence, ...] = ("weekly", "monthly", "quarterly", "half-yearly", "yearly")
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))


def name_of(cadence: str, day: date) -> str:
    """The slow way: what a day's period is called, by looking at the day alone."""
    if cadence == "weekly":
        return day.strftime("%G-W%V")
    if cadence == "monthly":
        return day.strftime("%Y-%m")
    if cadence == "quarterly":
        return f"{day.year}-Q{'111222333444'[day.month - 1]}"
    if cadence == "yearly":
        return day.strftime("%Y")
    return f"{day.year}-H{1 if day.month <= 6 else 2}"


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@given(st.sampled_from(CALENDAR), DAYS)
def test_a_period_holds_exactly_the_days_of_its_name(cadence: Cadence, day: date) -> None:
    period = containing(cadence, day)
    assert {name_of(cadence, inside) for inside in every_day(period.first, period.last)} == {period.name}
    assert first_of_whole(period.name) == period.first
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


@given(st.integers(2, MOST_YEARS), DAYS, st.integers(0, 5000))
def test_several_years_are_counted_from_the_first_one_of_the_campaign(years: int, first: date, length: int) -> None:
    campaign = Period("once", first, first + timedelta(days=length))
    slow: list[Period] = []
    for number, group in groupby(
        every_day(campaign.first, campaign.last), key=lambda day: (day.year - first.year) // years
    ):
        days = list(group)
        if len(days) >= 7:
            slow.append(Period(f"{first.year + number * years}-Y{years}", days[0], days[-1]))
    assert list(periods("yearly", campaign, (), years)) == slow
    assert {first_of_whole(one.name) for one in slow[:1]} <= {date(first.year, 1, 1)}
    assert {period.name for period in slow} <= set(named(campaign, ()))


@given(DAYS, st.integers(0, 1500), st.sampled_from(CALENDAR), DAYS)
def test_no_two_periods_of_a_campaign_are_called_the_same(
    first: date, length: int, cadence: Cadence, today: date
) -> None:
    campaign = Period("once", first, first + timedelta(days=length))
    years_go_without_saying(campaign.first.year, campaign.last.year)
    found = periods(cadence, campaign, ())
    for words in ([shown(one.name).zh for one in found], [shown(one.name).en for one in found]):
        assert len(set(words)) == len(found)
        # What people read they may type, with the year and without it.
        assert [meant(str(word), found, today) for word in words] == list(found)
    assert [meant(shown_in_full(one.name).zh, found, today) for one in found] == list(found)


TWO_YEARS = periods("monthly", Period("once", date(2023, 5, 22), date(2024, 12, 31)), ())
QUARTERS = periods("quarterly", Period("once", date(2023, 5, 22), date(2024, 12, 31)), ())


@pytest.mark.parametrize(
    ("word", "today", "name"),
    [
        ("6月", date(2023, 6, 5), "2023-06"),
        ("6月", date(2024, 5, 31), "2023-06"),
        ("6月", date(2024, 6, 1), "2024-06"),
        ("6", date(2024, 6, 1), "2024-06"),
        ("june", date(2024, 7, 1), "2024-06"),
        ("2023年6月", date(2024, 7, 1), "2023-06"),
        ("２０２３年６月", date(2024, 7, 1), "2023-06"),
        ("June 2023", date(2024, 7, 1), "2023-06"),
        ("2024-03", date(2023, 6, 1), "2024-03"),
        ("3月", date(2023, 6, 1), "2024-03"),
        ("13月", date(2024, 7, 1), None),
        ("2022年6月", date(2024, 7, 1), None),
        ("", date(2024, 7, 1), None),
    ],
)
def test_a_month_without_its_year_is_the_newest_that_has_begun(word: str, today: date, name: str | None) -> None:
    found = meant(word, TWO_YEARS, today)
    assert (None if found is None else found.name) == name


@pytest.mark.parametrize("word", ["第二季度", "二季度", "Q2", "q2", "2024年第二季度", "Q2 2024", "2024-Q2"])
def test_a_quarter_is_named_as_people_say_it(word: str) -> None:
    found = meant(word, QUARTERS, date(2024, 12, 1))
    assert found is not None
    assert found.name == "2024-Q2"


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


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("once", "", ""),
        ("2024-06", "2024年6月", "June 2024"),
        ("2025-Q2", "2025年第二季度", "Q2 2025"),
        ("2026-H1", "2026年上半年", "First-half 2026"),
        ("2026", "2026年", "2026"),
        ("2024-Y3", "2024—2026年", "2024–2026"),
        ("phase-2", "第二阶段", "Phase 2"),
        ("2024-W23", "2024年6月3日—6月9日", "3 June – 9 June 2024"),
        ("2025-W01", "2024年12月30日—2025年1月5日", "30 December 2024 – 5 January 2025"),
        ("hazard/41", "41号", "No. 41"),
    ],
)
def test_a_period_of_a_campaign_of_several_years_says_its_year(name: str, zh: str, en: str) -> None:
    years_go_without_saying(2024, 2026)
    assert (shown(name).zh, shown(name).en) == (zh, en)
    assert (shown_in_full(name).zh, shown_in_full(name).en) == (zh, en)
