"""From which day on things are owed, against a model that walks over days."""

from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from shutil import copytree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaign.duties import Planned, Window, owed_before, plan
from campaign.hazards import weeks
from campaign.pack import load
from campaign.pack_check import check
from campaign.periods import Period
from tests.campaign.test_pack_check import SMALL, spoil

PACK = load("shenyang_2023")
SHANGHAI = ZoneInfo("Asia/Shanghai")
WHOLE = Window(datetime(2023, 5, 21, tzinfo=SHANGHAI), datetime(2024, 1, 1, tzinfo=SHANGHAI))
DAYS = st.dates(PACK.start, PACK.end)


@cache
def days_of(period: str) -> frozenset[date]:
    """The days of a period."""
    found = PACK.period(period)
    return frozenset(found.first + timedelta(days=n) for n in range(found.days))


def slow(planned: Planned, owed_from: date) -> Planned | None:
    """The model: nothing that ended, or was due, in the days before; what is left opens with the first day that is its
    own and on which things are owed.
    """
    owed_days = {PACK.start + timedelta(days=n) for n in range(400)} - {
        PACK.start + timedelta(days=n) for n in range((owed_from - PACK.start).days)
    }
    if not days_of(planned.period) & owed_days:
        return None
    if planned.due is not None and planned.due.date() not in owed_days:
        return None
    opens = planned.opens.date()
    while opens not in owed_days:
        opens += timedelta(days=1)
    return Planned(
        planned.obligation_id,
        planned.subject_kind,
        planned.scope,
        planned.period,
        datetime.combine(opens, time.min, SHANGHAI),
        planned.due,
    )


@given(DAYS)
@example(PACK.start)
@example(date(2023, 5, 31))
@example(date(2023, 6, 1))
@example(PACK.end)
def test_what_was_over_before_is_not_owed_and_what_runs_on_opens_that_day(owed_from: date) -> None:
    every = plan(PACK, WHOLE)
    late = PACK.model_copy(update={"owed_from": owed_from})
    wanted = [(one, slow(one, owed_from)) for one in every]
    assert sorted(plan(late, WHOLE), key=repr) == sorted((model for _, model in wanted if model), key=repr)
    assert sorted(owed_before(late), key=repr) == sorted((one for one, model in wanted if not model), key=repr)


@given(DAYS)
def test_a_check_in_is_owed_of_the_week_of_the_day_and_of_none_before(owed_from: date) -> None:
    rule = next(rule for rule in PACK.obligations if rule.trigger == "hazard-open")
    every = list(weeks(rule, PACK.campaign, SHANGHAI, WHOLE.after, WHOLE.until))
    found = list(weeks(rule, PACK.campaign, SHANGHAI, WHOLE.after, WHOLE.until, owed_from))
    assert [week.period for week in found] == [week.period for week in every if week.due.date() >= owed_from]
    assert all(week.start.date() >= owed_from for week in found)
    assert {week.due for week in found} <= {week.due for week in every}


def test_a_period_that_ended_before_is_not_owed_though_its_report_is_due_after() -> None:
    found = {
        (one.obligation_id, one.period) for one in plan(PACK.model_copy(update={"owed_from": date(2023, 6, 1)}), WHOLE)
    }
    reports = {period for name, period in found if name == "phase-report"}
    assert reports == {"phase-2", "phase-3"}
    assert Period("phase-1", date(2023, 5, 22), date(2023, 5, 31)) in PACK.phase_periods


def test_what_falls_due_after_the_end_is_owed_where_the_campaign_says_so(tmp_path: Path) -> None:
    folder = Path(copytree(SMALL, tmp_path / "pack"))
    spoil(folder, "obligations-2.yaml", "cadence: monthly\n        opens: day 5 [D]\n        due: period end [D]",
          "cadence: monthly\n        opens: last day of month [D]\n        due: day 15 of next month [N]")  # fmt: skip
    assert "pack-after" in {problem.what.id for problem in check(folder)}
    spoil(folder, "pack.yaml", "end: 2024-06-30 [D]", "end: 2024-06-30 [D]\nclosing: 14 days [D]")
    assert "pack-after" in {problem.what.id for problem in check(folder)}
    spoil(folder, "pack.yaml", "closing: 14 days", "closing: 15 days")
    assert check(folder) == []
    pack = load(str(folder))
    days = {
        one.period: (one.opens.date().isoformat(), one.due and one.due.date().isoformat())
        for one in plan(pack, Window(WHOLE.after, datetime(2025, 1, 1, tzinfo=SHANGHAI)))
        if one.obligation_id == "dispatch"
    }
    assert days["2024-01"] == ("2024-01-31", "2024-02-15")
    assert days["2024-02"] == ("2024-02-29", "2024-03-15")
    assert days["2024-06"] == ("2024-06-30", "2024-07-15")
    assert [pack.is_at_work(date(2024, 7, day)) for day in (1, 15, 16)] == [True, True, False]


@pytest.mark.parametrize("day", ["2024-01-09", "2024-07-01"])
def test_a_pack_cannot_owe_from_a_day_that_its_campaign_does_not_have(tmp_path: Path, day: str) -> None:
    folder = Path(copytree(SMALL, tmp_path / "pack"))
    line = spoil(folder, "pack.yaml", "end: 2024-06-30 [D]\n", f"end: 2024-06-30 [D]\nowed_from: {day} [D]\n") + 1
    (problem,) = check(folder)
    assert (problem.line, problem.what.id) == (line, "pack-outside")


@pytest.mark.parametrize(("day", "fault"), [("2024-02-01", "pack-no-mark"), ("day 5 [D]", "pack-bad-day")])
def test_the_day_of_a_pack_is_a_day_with_its_mark(tmp_path: Path, day: str, fault: str) -> None:
    folder = Path(copytree(SMALL, tmp_path / "pack"))
    spoil(folder, "pack.yaml", "end: 2024-06-30 [D]\n", f"end: 2024-06-30 [D]\nowed_from: {day}\n")
    assert [problem.what.id for problem in check(folder)] == [fault]
