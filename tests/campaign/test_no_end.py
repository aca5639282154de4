"""A pack that goes on without an end, and one without criteria."""

from datetime import UTC, date, datetime
from pathlib import Path

from bot import horizon
from campaign.duties import Window, plan
from campaign.pack import load
from campaign.pack_check import check
from campaign.scope import Profile
from talk.texts import render
from tests.campaign.test_pack_extends import packs

ENDLESS = """\
name: own
extends: base
end: null
standard: null
phases: []
drop: [report, bundles/first]
change:
  plan: {variants: [{cadence: yearly, due: "03-31 of each year [D]"}]}
"""


def test_a_pack_without_an_end_plans_ahead_and_says_so(tmp_path: Path) -> None:
    folder = packs(tmp_path, own=ENDLESS) / "own"
    assert check(folder) == []
    pack = load(str(folder))
    assert (pack.has_end, pack.end, load("shenyang_2023").has_end) == (False, date(2033, 12, 31), True)
    window = Window(datetime(2023, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC))
    months = [one.period for one in plan(pack, window) if one.obligation_id == "dispatch"]
    assert (months[0], months[-1], len(months)) == ("2024-01", "2033-12", 120)
    assert "没有结束日期" in render(horizon.campaign(pack, datetime(2026, 12, 1, tzinfo=UTC)).what, "zh-CN")


def test_what_is_owed_once_needs_a_date_where_there_is_no_end(tmp_path: Path) -> None:
    own = ENDLESS.replace('cadence: yearly, due: "03-31 of each year [D]"', 'cadence: once, due: "period end [D]"')
    found = check(packs(tmp_path, own=own) / "own")
    assert ("pack-endless", 8) in [(problem.what.id, problem.line) for problem in found]


def test_without_criteria_nobody_checks_by_them(tmp_path: Path) -> None:
    folder = packs(tmp_path, own=ENDLESS, other=ENDLESS.replace("plan: {", "plan: {form: criteria-check, "))
    assert load(str(folder / "own")).criteria_for(Profile("light"), date(2024, 2, 1)) == ()
    (problem,) = check(folder / "other")
    assert (problem.what.id, problem.line) == ("pack-no-standard", 8)
