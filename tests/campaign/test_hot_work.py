"""Levels, spells and limits of hot work, by place, state, day and hour."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.hot_work import (
    HotWork,
    Level,
    Spell,
    assess,
    hours_fault,
    longest,
    needs_hours,
    placed,
    spells,
)
from campaign.pack import load
from campaign.workdays import is_workday

LOADED = load("shenyang_2023").hot_work
assert LOADED is not None
RULES: HotWork = LOADED


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2023-06-{text}+08:00")


def spell(start: str, end: str) -> Spell:
    return Spell(moment(start), moment(end))


@pytest.mark.parametrize(
    ("place", "running", "stopped"),
    [
        ("running", Level.SPECIAL, Level.SECOND),
        ("dike", Level.SPECIAL, Level.SPECIAL),
        ("danger", Level.FIRST, Level.SECOND),
        ("elsewhere", Level.SECOND, Level.SECOND),
        ("fixed", Level.FIXED, Level.FIXED),
    ],
)
def test_a_place_and_its_state_give_the_level(place: str, running: Level, stopped: Level) -> None:
    assert placed(RULES, place, stopped=False) is running
    assert placed(RULES, place, stopped=True) is stopped


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("19T09:00", "19T17:00", ()),
        ("19T12:00", "19T20:00", ()),
        ("19T12:00", "19T20:01", ("night",)),
        ("19T06:00", "19T14:00", ()),
        ("19T05:59", "19T13:00", ("night",)),
        ("19T22:00", "20T06:00", ("night",)),
        ("20T00:00", "20T01:00", ("night",)),
        # The Dragon Boat Festival of 2023: Thursday 22 to Saturday 24, for which Sunday 25 is worked.
        ("22T09:00", "22T17:00", ("holiday",)),
        ("23T09:00", "23T17:00", ("holiday",)),
        ("24T09:00", "24T17:00", ("holiday",)),
        ("25T09:00", "25T17:00", ()),
        ("18T09:00", "18T17:00", ("rest-day",)),
        ("21T18:00", "22T02:00", ("holiday", "night")),
        ("24T23:00", "25T05:00", ("holiday", "night")),
        ("21T16:00", "22T00:00", ("night",)),
    ],
)
def test_days_off_and_nights_are_one_level_stricter(start: str, end: str, why: tuple[str, ...]) -> None:
    for level, stricter in ((Level.SECOND, Level.FIRST), (Level.FIRST, Level.SPECIAL), (Level.SPECIAL, Level.SPECIAL)):
        found = assess(RULES, level, (spell(start, end),), wind=False)
        assert (found.level, set(found.why)) == (stricter if why else level, set(why))
        assert found.upgraded is (found.level is not level)
        windy = assess(RULES, level, (spell(start, end),), wind=True)
        assert (windy.level, set(windy.why)) == (stricter, {*why, "wind"})


def test_two_reasons_are_one_level_and_a_fixed_area_has_none() -> None:
    assert assess(RULES, Level.SECOND, (spell("22T21:00", "22T23:00"),), wind=True).level is Level.FIRST
    assert assess(RULES, Level.FIXED, (spell("22T21:00", "22T23:00"),), wind=True).why == ()


def test_daily_hours_leave_out_days_off() -> None:
    found = spells(moment("21T10:00"), moment("26T12:00"), (time(8), time(17)))
    assert found == (
        spell("21T10:00", "21T17:00"),
        # 22 to 24 is a holiday, 25 a working Sunday.
        spell("25T08:00", "25T17:00"),
        spell("26T08:00", "26T12:00"),
    )
    assert assess(RULES, Level.SECOND, found, wind=False).level is Level.SECOND
    assert spells(moment("22T08:00"), moment("24T17:00"), (time(8), time(17))) == ()


def test_without_hours_it_is_one_stretch() -> None:
    assert spells(moment("19T22:00"), moment("20T04:00"), None) == (spell("19T22:00", "20T04:00"),)


moments = st.integers(0, 360 * 24 * 60).map(lambda minute: moment("01T00:00") + timedelta(minutes=minute))
hours = st.tuples(st.times(), st.times()).map(sorted)


@given(moments, st.integers(1, 5 * 24), hours)
def test_a_moment_lies_in_a_spell_exactly_if_people_may_work_then(
    starts: datetime, lasts: int, daily: list[time]
) -> None:
    until = starts + timedelta(hours=lasts)
    opens, closes = daily
    found = spells(starts, until, (opens, closes))
    assert list(found) == sorted(found, key=lambda one: one.start)
    assert all(one.start < one.end for one in found)
    at = starts
    step = (until - starts) / 23
    while at < until:
        allowed = opens <= at.time() < closes and is_workday(at.date())
        assert any(one.holds(at) for one in found) is allowed, at
        at += step


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [("08:00", "17:00", None), ("06:00", "20:00", None), ("05:59", "17:00", "night"), ("08:00", "20:01", "night"),
     ("17:00", "08:00", "backwards"), ("08:00", "08:00", "backwards")],
)  # fmt: skip
def test_daily_hours_lie_outside_of_the_night(first: str, last: str, fault: str | None) -> None:
    assert hours_fault(RULES, (time.fromisoformat(first), time.fromisoformat(last))) == fault


def test_only_a_second_level_permit_over_days_names_its_hours() -> None:
    over = moment("19T08:00"), moment("21T08:00")
    assert needs_hours(RULES, Level.SECOND, *over)
    assert not needs_hours(RULES, Level.FIRST, *over)
    assert not needs_hours(RULES, Level.SECOND, moment("19T08:00"), moment("19T18:00"))
    assert not needs_hours(RULES, Level.SECOND, moment("19T22:00"), moment("20T04:00"))
    assert longest(RULES, Level.SECOND, moment("19T08:00")) == moment("22T08:00")
    assert longest(RULES, Level.FIRST, moment("19T08:00")) == moment("19T16:00")


@pytest.mark.parametrize(
    ("gas", "highest"),
    [
        ("methane", "0.5"),
        ("hydrogen", "0.5"),
        ("lpg", "0.2"),
        ("acetylene", "0.2"),
        ("combustible", "0.2"),
        ("ammonia", "0.5"),
    ],
)
def test_a_gas_is_within_its_limit_up_to_it(gas: str, highest: str) -> None:
    one = RULES.gas(gas)
    assert RULES.within(one, Decimal(0))
    assert RULES.within(one, Decimal(highest))
    assert not RULES.within(one, Decimal(highest) + Decimal("0.0001"))


def test_oxygen_has_two_limits() -> None:
    oxygen = RULES.gas("oxygen")
    values = ("19.4", "19.5", "20.9", "21", "21.1")
    assert [RULES.within(oxygen, Decimal(value)) for value in values] == [False, True, True, True, False]


def test_a_year_whose_holidays_are_not_published_has_its_weekends() -> None:
    day = date(2043, 6, 20)
    assert day.weekday() == 5
    start = datetime.combine(day, time(9), moment("01T00:00").tzinfo)
    assert assess(RULES, Level.SECOND, (Spell(start, start.replace(hour=12)),), wind=False).why == ("rest-day",)


@pytest.mark.parametrize("workpiece", ["vessel", "pipe", "pit", "spraying", "gas", "dust"])
def test_each_dangerous_kind_of_workpiece_brings_measures_of_its_own(workpiece: str) -> None:
    own = [measure.id for measure in RULES.measures if f"workpiece/{workpiece}" in measure.when]
    assert set(own) - {"detector"}
    if workpiece == "dust":
        assert {"dust-stopped", "dust-cleared", "dust-isolated"} <= set(own)
