"""The pack of another year, and how packs differ."""

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from campaign import pack_file, pack_writing
from campaign.duties import Window, plan
from campaign.pack import Pack, load
from campaign.pack_check import check
from campaign.pack_diff import Difference, differences
from campaign.pack_renewal import folder_name, renewed
from campaign.periods import by_calendar, shown
from tests.campaign.test_pack_extends import OWN, packs
from tests.campaign.test_pack_schema import faults

PACK = load("shenyang_2023")


def of_year(folder: Path, base: str, year: int) -> Pack:
    """Write the pack of another year beside its base, and read it."""
    data = pack_file.read(pack_file.PACKS / base if base == "shenyang_2023" else folder / base).data
    place = folder / f"next_{year}"
    place.mkdir()
    (place / "pack.yaml").write_text(pack_writing.renewed(renewed(data, base, place.name, year)), encoding="utf-8")
    assert check(place) == []
    assert faults((place / "pack.yaml").read_text(encoding="utf-8")) == []
    return load(str(place))


def planned(pack: Pack) -> dict[tuple[str, str], date | None]:
    """Return the last day of everything that is planned, by duty and period."""
    whole = Window(datetime(2000, 1, 1, tzinfo=pack.zone), datetime(2100, 1, 1, tzinfo=pack.zone))
    return {(one.obligation_id, one.period): one.due and one.due.date() for one in plan(pack, whole)}


@pytest.mark.parametrize("year", [2024, 2027])
def test_the_shipped_pack_of_another_year_owes_the_same_on_the_same_days(tmp_path: Path, year: int) -> None:
    pack = of_year(tmp_path, "shenyang_2023", year)
    assert (pack.start, pack.end) == (date(year, 5, 22), date(year, 12, 31))
    before, after = planned(PACK), planned(pack)
    assert not set(before) & set(after), "a row of one year would be that of the other"
    assert {name: sum(duty == name for duty, _ in before) for name, _ in before} == {
        name: sum(duty == name for duty, _ in after) for name, _ in after
    }
    fixed = {duty: due for (duty, period), due in before.items() if period == "once" and due is not None}
    assert {duty: due for (duty, period), due in after.items() if period == f"once@{year}" and due is not None} == {
        duty: due.replace(year=year) for duty, due in fixed.items()
    }
    assert pack.bundle_of("study-plan", f"once@{year}") == pack.bundles[0]


def test_a_pack_can_be_renewed_again(tmp_path: Path) -> None:
    of_year(tmp_path, "shenyang_2023", 2024)
    twice = of_year(tmp_path, "next_2024", 2025)
    assert (twice.edition, twice.start, twice.phases[1].period.name) == ("2025", date(2025, 5, 22), "phase-2@2025")
    assert ("first-round", "once@2025") in planned(twice)


def test_days_without_a_counterpart_and_days_of_the_notice_are_named(tmp_path: Path) -> None:
    own = OWN.replace('due: "2024-06-30 [D]"', 'due: "2024-02-29 [D]"')
    data = pack_file.read(packs(tmp_path, own=own) / "own").data
    found = renewed(data, "own", "next", 2025)
    told = {look.way: (look.value, look.why) for look in found.looks}
    assert told["obligations/drill/variants/due"] == ("2025-02-28 [D]", "no-day")
    assert told["obligations/plan/variants/due"] == ("2025-01-31 [N]", "notice")
    assert "end" not in told
    assert found.states["end"] == "2025-06-30 [D]"
    of_year(tmp_path, "own", 2025)


def test_texts_that_name_a_year_or_a_day_are_named() -> None:
    found = renewed(pack_file.read(pack_file.PACKS / "shenyang_2023").data, "shenyang_2023", "next", 2024)
    words = {look.way for look in found.looks if look.why == "words"}
    assert {"title/zh", "obligations/first-round/demand/zh", "obligations/first-round/demand/en"} <= words
    assert "obligations/led-inspection/demand/zh" not in words


def test_what_a_law_holds_from_is_not_moved(tmp_path: Path) -> None:
    own = OWN.replace("  dispatch: {", '  dispatch: {valid: {from: "2024-02-10 [S]"}, ')
    pack = of_year(packs(tmp_path, own=own), "own", 2025)
    assert pack.obligation("dispatch").valid.from_ == date(2024, 2, 10)
    assert ("dispatch", "2025-01") in planned(pack)


def test_answers_of_the_year_before_find_their_period_and_their_duty(tmp_path: Path) -> None:
    pack = of_year(tmp_path, "shenyang_2023", 2024)
    for name, first, last in (
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2023-Q4", date(2023, 10, 1), date(2023, 12, 31)),
        ("2023-H2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023-W52", date(2023, 12, 25), date(2023, 12, 31)),
        ("once", date(2023, 5, 22), date(2023, 12, 31)),
        ("phase-4", date(2023, 12, 1), date(2023, 12, 31)),
        ("once@2024", date(2024, 5, 22), date(2024, 12, 31)),
    ):
        period = pack.period(name)
        assert (period.first, period.last) == (first, last), name
    for name in ("2023-13", "2023-Q5", "2023-H3", "2023-W54", "never", "phase-9", "0000-01"):
        with pytest.raises(KeyError):
            pack.period(name)
    assert shown("phase-2@2024").zh == "第二阶段"
    three = by_calendar("2023-Y3")
    assert three is not None
    assert (three.first, three.last) == (date(2023, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("base", "name"),
    [("shenyang_2023", "shenyang_2027"), ("liaoning", "liaoning_2027"), ("gongmao_2024_2026", "gongmao_2024_2027")],
)
def test_the_pack_of_a_year_is_called_after_it(base: str, name: str) -> None:
    assert folder_name(base, 2027) == name


def test_packs_differ_by_the_way_to_what_differs() -> None:
    before = {"a": "1", "list": [{"id": "x", "n": "1"}, {"id": "y"}], "plain": ["1", "2"], "gone": None}
    after = {"a": "2", "list": [{"id": "z"}, {"id": "x", "n": "2", "m": {"k": ["v"]}}], "plain": ["2", "1"]}
    assert differences(before, after) == [
        Difference("a", "1", "2"),
        Difference("list/x/n", "1", "2"),
        Difference("list/x/m", None, "{k: [v]}"),
        Difference("list/y", "{id: y}", None),
        Difference("list/z", None, "{id: z}"),
        Difference("plain", "[1, 2]", "[2, 1]"),
        Difference("gone", "null", None),
    ]
    assert differences(after, after) == []


@pytest.mark.parametrize("base", [None, "shenyang_2023"])
def test_a_pack_that_is_begun_is_sound_as_it_is(tmp_path: Path, base: str | None) -> None:
    text = pack_writing.begun("nearby_2027", base, 2027)
    (tmp_path / "pack.yaml").write_text(text, encoding="utf-8")
    assert check(tmp_path) == []
    assert faults(text) == []
    assert text.startswith("# yaml-language-server: $schema=")
    assert yaml.safe_load(text)["name"] == "nearby_2027"
