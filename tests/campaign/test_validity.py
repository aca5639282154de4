"""A rule that begins or ends in the midst of a campaign."""

from datetime import date, datetime
from pathlib import Path

import pytest

from campaign.duties import Window, plan
from campaign.pack import Pack, load
from campaign.scope import Profile
from tests.campaign.test_pack_extends import packs


def valid(tmp_path: Path, change: str) -> Pack:
    """Return the small pack with some changes."""
    return load(str(packs(tmp_path, own=f"name: own\nextends: base\nchange:\n{change}") / "own"))


def periods(pack: Pack, obligation: str) -> list[tuple[str, date, date]]:
    """Return the periods of a duty with the days on which they open and are due."""
    window = Window(datetime(2023, 1, 1, tzinfo=pack.zone), datetime(2025, 1, 1, tzinfo=pack.zone))
    found = [one for one in plan(pack, window) if one.obligation_id == obligation]
    return [(one.period, one.opens.date(), one.due.date() if one.due else date.max) for one in found]


@pytest.mark.parametrize(
    ("days", "owed"),
    [
        ("{}", ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"]),
        ("{from: '2024-02-10 [S]', until: '2024-05-20 [S]'}", ["2024-02", "2024-03", "2024-04", "2024-05"]),
        # Less than a week of February is left.
        ("{from: '2024-02-26 [S]'}", ["2024-03", "2024-04", "2024-05", "2024-06"]),
        ("{from: '2023-06-01 [S]'}", ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"]),
        ("{until: '2023-06-01 [S]'}", []),
        ("{from: '2024-07-01 [S]'}", []),
    ],
)
def test_periods_are_owed_while_the_rule_is_in_force(tmp_path: Path, days: str, owed: list[str]) -> None:
    pack = valid(tmp_path, f"  dispatch: {{valid: {days}}}\ndrop: [bundles/first]\n")
    found = periods(pack, "dispatch")
    assert [period for period, _, _ in found] == owed


def test_a_period_that_is_cut_opens_and_is_due_within_what_is_left(tmp_path: Path) -> None:
    pack = valid(
        tmp_path, "  dispatch: {valid: {from: '2024-02-10 [S]', until: '2024-05-20 [S]'}}\ndrop: [bundles/first]\n"
    )
    found = periods(pack, "dispatch")
    assert found[0] == ("2024-02", date(2024, 2, 10), date(2024, 2, 29))
    assert found[-1] == ("2024-05", date(2024, 5, 5), date(2024, 5, 20))


def test_criteria_concern_enterprises_while_they_are_in_force(tmp_path: Path) -> None:
    change = (
        "  standard/articles/4: {valid: {until: '2024-03-31 [S]'}}\n"
        "  standard/articles/3/criteria/3-2: {valid: {from: '2024-03-01 [S]'}}\n"
    )
    pack = valid(tmp_path, change)
    who = Profile("light")

    def on(day: date) -> list[str]:
        return [criterion.id for criterion in pack.criteria_for(who, day)]

    assert on(date(2024, 2, 29)) == ["3-1", "4-1"]
    assert on(date(2024, 3, 1)) == on(date(2024, 3, 31)) == ["3-1", "3-2", "4-1"]
    assert on(date(2024, 4, 1)) == ["3-1", "3-2"]
