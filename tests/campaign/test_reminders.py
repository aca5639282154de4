from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.notation import Anchor, Moment
from campaign.pack import Ladder, LadderRung, Pack, load
from campaign.reminders import Rung, newest_due, rungs
from campaign.workdays import is_workday

SHANGHAI = ZoneInfo("Asia/Shanghai")
PRINCIPAL, BOTH, CLERK, CITY = {"principal"}, {"principal", "officer"}, {"clerk"}, {"city"}


def opens(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=SHANGHAI)


def due(month: int, day: int) -> datetime:
    return datetime(2023, month, day, 23, 59, 59, tzinfo=SHANGHAI)


def ladder(name: str, begins: datetime, ends: datetime | None) -> list[tuple[str, str, set[str]]]:
    found = rungs(load("shenyang_2023").ladder(name), begins, ends, SHANGHAI)
    return [(rung.name, f"{rung.at:%m-%d %H:%M}", set(rung.audience)) for rung in found]


def test_june_dispatch() -> None:
    """Due on a Friday: what follows it by 1 and by 3 days falls on the same Monday."""
    assert ladder("enterprise", opens(6, 1), due(6, 30)) == [
        ("opens", "06-01 08:30", PRINCIPAL),
        ("halfway", "06-15 08:30", PRINCIPAL),
        ("before-3", "06-27 08:30", PRINCIPAL),
        ("before-1", "06-29 08:30", PRINCIPAL),
        ("due", "06-30 08:30", PRINCIPAL),
        ("after-3", "07-03 08:30", BOTH | CLERK),
        ("after-5", "07-05 08:30", CITY),
    ]


def test_the_list_of_may_has_no_half_way() -> None:
    assert ladder("enterprise", opens(5, 22), due(5, 30)) == [
        ("opens", "05-22 08:30", PRINCIPAL),
        ("before-3", "05-26 08:30", PRINCIPAL),
        ("before-1", "05-29 08:30", PRINCIPAL),
        ("due", "05-30 08:30", PRINCIPAL),
        ("after-1", "05-31 08:30", BOTH),
        ("after-3", "06-02 08:30", CLERK),
        ("after-5", "06-05 08:30", CITY),
    ]


def test_reminders_move_before_a_holiday_and_what_is_overdue_after_it() -> None:
    """Dragon Boat: 22 to 24 June are off, Sunday the 25th is worked."""
    assert ladder("enterprise", opens(6, 12), due(6, 23)) == [
        ("opens", "06-12 08:30", PRINCIPAL),
        ("before-3", "06-20 08:30", PRINCIPAL),
        ("due", "06-21 08:30", PRINCIPAL),
        ("after-1", "06-25 08:30", BOTH),
        ("after-3", "06-26 08:30", CLERK),
        ("after-5", "06-28 08:30", CITY),
    ]


def test_due_at_a_weekend_is_said_on_friday() -> None:
    """Phase 1's report: three days over a weekend leave the opening and the day itself."""
    assert ladder("district", opens(5, 31), due(6, 3)) == [
        ("opens", "05-31 08:30", CLERK),
        ("due", "06-02 08:30", CLERK),
        ("after-1", "06-05 08:30", CLERK | CITY),
    ]


def test_the_annex_table_of_november_opens_on_a_saturday() -> None:
    """Its draft comes by itself on Monday; the ladder only reminds."""
    assert ladder("annex", opens(11, 25), due(11, 28)) == [
        ("due", "11-28 08:30", CLERK),
        ("after-1", "11-29 08:30", CLERK | CITY),
    ]


def test_the_28th_of_october_is_a_saturday_and_said_on_friday() -> None:
    assert ladder("annex", opens(10, 25), due(10, 28)) == [
        ("due", "10-27 08:30", CLERK),
        ("after-1", "10-30 08:30", CLERK | CITY),
    ]


def test_the_meeting_of_mobilise_is_brought_to_mind_before_the_plan() -> None:
    assert [rung[:2] for rung in ladder("mobilise", opens(5, 22), due(5, 31))] == [
        ("opens", "05-22 08:30"),
        ("before-7", "05-24 08:30"),
        ("before-6", "05-25 08:30"),
        ("before-3", "05-26 08:30"),
        ("before-1", "05-30 08:30"),
        ("due", "05-31 08:30"),
        ("after-1", "06-01 08:30"),
    ]


def test_weekly() -> None:
    assert ladder("weekly", opens(6, 5), due(6, 11)) == [
        ("opens", "06-05 08:30", PRINCIPAL),
        ("nudge", "06-06 08:30", PRINCIPAL),
        ("clerk", "06-08 08:30", CLERK),
    ]


def test_the_week_of_national_day_begins_on_saturday() -> None:
    assert [rung[:2] for rung in ladder("weekly", opens(10, 2), due(10, 8))] == [
        ("opens", "10-07 08:30"),
        ("nudge", "10-08 08:30"),
        ("clerk", "10-10 08:30"),
    ]


def test_what_opens_during_the_day_is_said_at_once_and_at_night_in_the_morning() -> None:
    assert ladder("weekly", opens(6, 6, 14, 20), due(6, 11))[0][:2] == ("opens", "06-06 14:20")
    assert ladder("weekly", opens(6, 6, 23), due(6, 11))[0][:2] == ("opens", "06-07 08:30")


def test_without_an_end_there_is_only_the_opening() -> None:
    assert ladder("enterprise", opens(5, 22), None) == [("opens", "05-22 08:30", PRINCIPAL)]


@pytest.mark.parametrize(("last", "has"), [(29, False), (30, True)])
def test_half_way_from_thirty_days(last: int, has: bool) -> None:
    names = [name for name, *_ in ladder("enterprise", opens(6, 1), due(6, last))]
    assert ("halfway" in names) is has


def test_times_of_another_zone_are_read_in_the_zone_of_the_pack(pack: Pack) -> None:
    begins, ends = opens(6, 1), due(6, 30)
    usual = pack.ladder("enterprise")
    in_utc = rungs(usual, begins.astimezone(UTC), ends.astimezone(UTC), SHANGHAI)
    assert in_utc == rungs(usual, begins, ends, SHANGHAI)


def test_what_rises_to_whom(pack: Pack) -> None:
    def levels(name: str) -> dict[str, str | None]:
        found = rungs(pack.ladder(name), opens(5, 29), due(6, 5), SHANGHAI)
        return {rung.name: rung.escalates for rung in found if rung.escalates}

    assert levels("enterprise") == {"after-3": "district", "after-5": "city"}
    assert levels("weekly") == {"clerk": "district"}
    assert levels("district") == {"after-1": "city"}


def test_a_weekend_can_push_the_clerk_and_the_city_into_one_day(pack: Pack) -> None:
    *_, last = rungs(pack.ladder("enterprise"), opens(6, 5), due(6, 14), SHANGHAI)
    assert last.at == opens(6, 19, 8, 30)
    assert (last.escalates, set(last.audience)) == ("city", CLERK | CITY)


def test_a_rung_that_gives_way_leaves_how_high_the_duty_has_risen() -> None:
    first = LadderRung.model_construct(
        name="risen", when=Moment(Anchor.DUE, 1), audience=frozenset({"clerk"}), escalates="district"
    )
    second = LadderRung.model_construct(name="again", when=Moment(Anchor.DUE, 2), audience=frozenset({"officer"}))
    weekend = rungs(Ladder.model_construct(id="x", rungs=(first, second)), opens(6, 1), due(6, 2), SHANGHAI)
    assert weekend == [Rung("again", opens(6, 5, 8, 30), frozenset({"clerk", "officer"}), "district")]


@given(
    st.sampled_from(["enterprise", "district", "weekly", "mobilise"]),
    st.dates(date(2023, 1, 1), date(2023, 12, 31)),
    st.integers(0, 24 * 60 - 1),
    st.integers(0, 250),
)
def test_every_ladder_on_every_day(name: str, day: date, minute: int, span: int) -> None:
    begins = datetime.combine(day, time.min, SHANGHAI) + timedelta(minutes=minute)
    ends = datetime.combine(day + timedelta(days=span), time(23, 59, 59), SHANGHAI)
    found = rungs(load("shenyang_2023").ladder(name), begins, ends, SHANGHAI)
    days = [rung.at.date() for rung in found]
    assert days == sorted(set(days))
    for rung in found:
        assert is_workday(rung.at.date())
        assert time(8, 30) <= rung.at.time() <= time(20)
        assert rung.at >= begins
        if rung.name.startswith("before") or rung.name in {"halfway", "due"}:
            assert rung.at <= ends
        if rung.name.startswith("after"):
            assert rung.at > ends
    assert "opens" in {rung.name for rung in found} or found[0].name.startswith("after")
    everyone = {who for rung in found for who in rung.audience}
    assert everyone >= {rung for step in load("shenyang_2023").ladder(name).rungs for rung in step.audience}


def rung(name: str, day: int) -> Rung:
    return Rung(name, opens(6, day, 8, 30), frozenset({"principal"}))


def test_only_the_newest_due_rung_is_sent_and_what_was_missed_is_not() -> None:
    steps = [rung("a", 5), rung("b", 7), rung("c", 9)]
    before, second = opens(6, 1), timedelta(seconds=1)
    assert newest_due(steps, before, opens(6, 4)) is None
    assert newest_due(steps, before, steps[0].at) == steps[0]
    assert newest_due(steps, before, steps[1].at - second) == steps[0]
    assert newest_due(steps, before, opens(6, 8)) == steps[1]
    assert newest_due(steps, steps[1].at, opens(6, 8)) is None
    assert newest_due(steps, steps[0].at, opens(6, 20)) == steps[2]
    assert newest_due([], before, opens(6, 20)) is None
