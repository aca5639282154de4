"""Planning against a slow, obvious model: whoever looks, however often, after whatever gaps."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.duties import Planned, Window, plan
from campaign.obligations import OF_BUREAUS
from campaign.pack import Pack, load
from campaign.scope import Profile, applies
from tests.campaign.registry import Enterprise, enterprises

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2023, 5, 22, tzinfo=SHANGHAI)
BEFORE = START - timedelta(seconds=1)
END = datetime(2023, 12, 31, 23, 59, 59, tzinfo=SHANGHAI)

Duty = tuple[str, str, str]
"""Obligation, subject, period."""


def rows(planned: list[Planned], subjects: tuple[Enterprise, ...], districts: list[str]) -> set[Duty]:
    """What storage would insert."""
    found = {
        (each.obligation_id, district, each.period)
        for each in planned
        if each.subject_kind in OF_BUREAUS
        for district in (districts if each.subject_kind == "district" else ["沈阳市"])
    }
    for each in planned:
        if each.subject_kind not in OF_BUREAUS:
            found |= {
                (each.obligation_id, enterprise.code, each.period)
                for enterprise in subjects
                if (each.subject_kind == "enterprise" or enterprise.municipal)
                and applies(each.scope, Profile(enterprise.sector, enterprise.tags))
            }
    return found


@cache
def opened_on(day: date, tags: frozenset[str], municipal: bool) -> frozenset[tuple[str, str]]:
    """The slow model: what opens for an enterprise on one day, read off obligations.md."""
    found: set[tuple[str, str]] = set()
    first_day = day == date(2023, 5, 22)
    if first_day:
        found |= {
            (name, "once")
            for name in (
                *("study-plan", "criteria-check", "first-round", "post-responsibility", "management-lists"),
                *("hot-work-check", "hot-work-education", "outsourcing-check", "emergency-plan"),
                *("control-inventory", "control-check", "equipment-check"),
            )
        }
        if tags & {"metal-smelting", "crowded-place"}:
            found.add(("plan-filing", "once"))
        if not tags & {"metal-smelting", "crowded-place"}:
            found.add(("drill", "once"))
        if municipal:
            found |= {("municipal-plan", "once"), ("mentoring", "once")}
    if municipal and day == date(2023, 12, 1):
        found.add(("municipal-summary", "once"))
    if day.day == 1 or first_day:
        month = f"2023-{day.month:02}"
        found.add(("monthly-dispatch", month))
        if tags & {"metal-smelting", "crowded-place"} and (first_day or day.month == 7):
            found.add(("drill", "2023-H1" if first_day else "2023-H2"))
        if "metal-smelting" in tags:
            found.add(("led-inspection", month))
        elif first_day or day.month in (7, 10):
            found.add(("led-inspection", {5: "2023-Q2", 7: "2023-Q3", 10: "2023-Q4"}[day.month]))
    return frozenset(found)


def district_opened_on(day: date) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    if day == date(2023, 5, 22):
        once = ("contact", "mobilise", "criteria-training", "officer-training", "registry", "expert-round")
        found |= {(name, "once") for name in (*once, "guidance-report", "joint-checks")}
    if day == date(2023, 6, 1):
        found.add(("look-back", "phase-2"))
    if day == date(2023, 12, 1):
        found |= {("summary", "once"), ("evaluation", "once")}
    if day.day == 25:
        found.add(("annex-table", f"2023-{day.month:02}"))
    for phase, last in enumerate((date(2023, 5, 31), date(2023, 8, 31), date(2023, 11, 30)), 1):
        if day == last:
            found.add(("phase-report", f"phase-{phase}"))
    return found


def slow(until: datetime, subjects: tuple[Enterprise, ...], districts: list[str]) -> list[Duty]:
    found: list[Duty] = []
    day = date(2023, 5, 22)
    while day <= until.astimezone(SHANGHAI).date():
        for enterprise in subjects:
            opened = opened_on(day, enterprise.tags, enterprise.municipal)
            found += [(name, enterprise.code, period) for name, period in opened]
        found += [("city-verification", "沈阳市", "once")] * (day == date(2023, 5, 22))
        for district in districts:
            found += [(name, district, period) for name, period in district_opened_on(day)]
        day += timedelta(days=1)
    return found


def sample() -> tuple[Enterprise, ...]:
    """An enterprise of each kind that could owe something else."""
    plain = {"industrial-gas", "hot-work", "outsourcing", "control-systems"}
    return tuple({(each.tags - plain, each.municipal): each for each in enterprises()}.values())


SAMPLE = sample()
MOMENTS = st.datetimes(BEFORE.replace(tzinfo=None), END.replace(tzinfo=None), timezones=st.just(SHANGHAI))


@given(st.lists(st.tuples(st.integers(0, 2), MOMENTS, st.integers(0, 60)), min_size=1, max_size=12))
def test_whoever_looks_however_often_every_duty_is_there_exactly_once(
    looks: list[tuple[int, datetime, int]],
) -> None:
    """Each replica looks back to its own last look and some days more; repeats are ignored by their key."""
    pack = load("shenyang_2023")
    districts = [district.name for district in pack.districts]
    there: set[Duty] = set()
    last_look = dict.fromkeys(range(3), BEFORE)
    for replica, now, days_back in sorted(looks, key=lambda look: look[1]):
        after = last_look[replica] - timedelta(days=days_back)
        there |= rows(plan(pack, Window(after, now)), SAMPLE, districts)
        last_look[replica] = now
        expected = slow(now, SAMPLE, districts)
        assert len(expected) == len(set(expected))
        assert there == set(expected)


@given(st.lists(MOMENTS, max_size=20))
def test_windows_that_meet_give_each_duty_once(moments: list[datetime]) -> None:
    pack = load("shenyang_2023")
    edges = [BEFORE, *sorted(moments), END]
    pieces = [each for i, after in enumerate(edges[:-1]) for each in plan(pack, Window(after, edges[i + 1]))]
    assert pieces == plan(pack, Window(BEFORE, END))


def test_nothing_is_planned_for_one_subject_twice() -> None:
    pack = load("shenyang_2023")
    everything = plan(pack, Window(BEFORE, END))
    for enterprise in SAMPLE:
        found = Counter(
            (each.obligation_id, each.period)
            for each in everything
            if each.subject_kind not in OF_BUREAUS and applies(each.scope, Profile(enterprise.sector, enterprise.tags))
        )
        assert set(found.values()) == {1}


def test_a_window_leaves_out_its_first_instant_and_holds_its_last(pack: Pack) -> None:
    june = datetime(2023, 6, 1, tzinfo=SHANGHAI)
    second = timedelta(seconds=1)

    def has_june(after: datetime, until: datetime) -> bool:
        return "2023-06" in {each.period for each in plan(pack, Window(after, until))}

    assert has_june(june - second, june)
    assert not has_june(june, june + second)
    assert not has_june(june - 2 * second, june - second)


def test_a_window_in_another_zone_is_the_same_window(pack: Pack) -> None:
    in_utc = Window(BEFORE.astimezone(UTC), END.astimezone(UTC))
    assert plan(pack, in_utc) == plan(pack, Window(BEFORE, END))


def test_opening_and_due_are_the_first_and_the_last_second_in_the_zone_of_the_pack(pack: Pack) -> None:
    everything = {(each.obligation_id, each.period): each for each in plan(pack, Window(BEFORE, END))}
    june = everything["monthly-dispatch", "2023-06"]
    assert june.opens.isoformat() == "2023-06-01T00:00:00+08:00"
    assert june.due
    assert june.due.isoformat() == "2023-06-30T23:59:59+08:00"
    assert everything["study-plan", "once"].due == datetime(2023, 5, 30, 23, 59, 59, tzinfo=SHANGHAI)
    assert everything["mentoring", "once"].due is None


def test_a_period_that_the_start_cuts_opens_no_duty_before_it() -> None:
    """The small pack opens its dispatch on the 5th and begins on 10 January."""
    small = load(str(Path(__file__).parent / "small_pack"))
    year = Window(datetime(2024, 1, 1, tzinfo=SHANGHAI), datetime(2024, 12, 31, tzinfo=SHANGHAI))
    opens = {each.period: each.opens.date() for each in plan(small, year) if each.obligation_id == "dispatch"}
    assert opens["2024-01"] == date(2024, 1, 10)
    assert opens["2024-02"] == date(2024, 2, 5)


@pytest.mark.parametrize("name", ["hazard-report", "weekly-rectification", "hot-work-permit"])
def test_what_an_event_makes_is_not_planned(pack: Pack, name: str) -> None:
    assert name not in {each.obligation_id for each in plan(pack, Window(BEFORE, END))}


def test_the_registry_of_300(pack: Pack) -> None:
    subjects = tuple(enterprises())
    assert len(subjects) == 300
    districts = [district.name for district in pack.districts]
    everything = rows(plan(pack, Window(BEFORE, END)), subjects, districts)
    expected = slow(END, subjects, districts)
    assert everything == set(expected)
    assert len(everything) == len(expected)
