"""The registry as a list, and who is missing from the next one."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, Anzhu

DEMO = (ROOT / "bot" / "demo_data.csv").read_text(encoding="utf-8-sig").splitlines()
PINE, LARCH = "91210112MA0DEM002M", "91210103MA0DEM012M"


@pytest.fixture
def twelve(anzhu: Anzhu) -> Anzhu:
    """Give the twelve enterprises of the demo on 5 June 2023, planned."""
    anzhu.settings["ANZHU_CLOCK_START"] = "2023-06-05T09:00:00+08:00"
    anzhu.good("import", "enterprises", sheet(anzhu.folder, *DEMO[1:]))
    anzhu.good("tick")
    return anzhu


def sheet(folder: Path, *lines: str) -> str:
    path = folder / "list.csv"
    path.write_text("\n".join((DEMO[0], *lines)), encoding="utf-8")
    return str(path)


def without(*codes: str, of: str = "") -> list[str]:
    return [line for line in DEMO[1:] if of in line and not any(code in line for code in codes)]


def owing(anzhu: Anzhu) -> set[str]:
    return {one["enterprise"] for one in anzhu.good("duties", "--status", "open", "--json").json if one["enterprise"]}


def states(anzhu: Anzhu) -> dict[str, Any]:
    return {one["code"]: (one["state"], one["state_since"]) for one in anzhu.good("enterprises", "--json").json}


def test_who_is_missing_from_the_new_list_is_named_and_closed_where_that_is_chosen(twelve: Anzhu) -> None:
    """Kind: who is missing from the new list."""
    file = sheet(twelve.folder, *without(PINE, LARCH))
    said = twelve.good("import", "enterprises", file)
    assert "名录中有2家不在这份名单里，未作改动，仍有任务待填报" in said.out
    assert all(code in said.out for code in (PINE, LARCH))
    assert "--missing close" in said.out
    assert set(states(twelve).values()) == {("active", None)}
    assert twelve.good("import", "enterprises", file, "--missing", "report").out == said.out

    assert PINE not in twelve.good("import", "enterprises", file, "--missing", "keep").out
    assert {PINE, LARCH} <= owing(twelve)

    told = twelve.good("import", "enterprises", file, "--missing", "close", "--json").json
    assert [(one["code"], one["closed"]) for one in told["missing"]] == [(LARCH, True), (PINE, True)]
    stands = states(twelve)
    assert [stands[code] for code in (PINE, LARCH)] == [("deregistered", "2023-06-05")] * 2
    assert len(stands) == 12
    assert not {PINE, LARCH} & owing(twelve)
    twelve.good("tick")
    assert not {PINE, LARCH} & owing(twelve)
    # Once more: who is closed is missing no longer.
    assert twelve.good("import", "enterprises", file, "--missing", "close", "--json").json["missing"] == []


def test_a_list_of_one_district_says_nothing_of_the_others(twelve: Anzhu) -> None:
    """Kind: who is missing from the new list; a part of the registry is not the whole."""
    file = sheet(twelve.folder, *without(PINE, of="浑南区"))
    told = twelve.good("import", "enterprises", file, "--missing", "close", "--json").json
    assert [one["code"] for one in told["missing"]] == [PINE]
    assert sum(state == "active" for state, _ in states(twelve).values()) == 11


def test_a_district_that_has_no_line_left_in_the_list_of_the_city_is_missing(twelve: Anzhu) -> None:
    """Kind: who is missing from the new list; with all of a district."""
    gone = [line.split(",")[1] for line in DEMO[1:] if "沈河区" in line]
    told = twelve.good("import", "enterprises", sheet(twelve.folder, *without("沈河区")), "--json").json
    assert [one["code"] for one in told["missing"]] == sorted(gone)


def test_the_citys_own_units_are_not_closed_by_a_districts_own_list(twelve: Anzhu) -> None:
    """Kind: who is missing from the new list; a district's own list has none of 市直."""
    (own,) = [line.split(",")[1] for line in DEMO[1:] if "浑南区" in line and ",沈阳市应急管理局," in line]
    said = twelve.good("import", "enterprises", sheet(twelve.folder, *without(own, of="浑南区")), "--missing", "close")
    assert "以下1家由市级监管" in said.out
    assert states(twelve)[own] == ("active", None)


def test_a_list_that_is_a_part_only_closes_nobody(twelve: Anzhu) -> None:
    """Kind: who is missing from the new list; a slip of the hand closes no district."""
    few = sheet(twelve.folder, *DEMO[1:5])
    assert "超过所涉" in twelve.refused("import", "enterprises", few, "--missing", "close")
    spoilt = sheet(twelve.folder, *without(PINE, LARCH), DEMO[2].replace(PINE, PINE[:-1] + "K"))
    told = twelve.refused("import", "enterprises", spoilt, "--partial", "--missing", "close")
    assert told.startswith("名单中有1行未能读取")
    assert set(states(twelve).values()) == {("active", None)}
    assert "keep、report、close" in twelve.refused("import", "enterprises", few, "--missing", "drop")


def test_who_comes_back_in_a_list_after_the_end_is_named(twelve: Anzhu) -> None:
    """Kind: who is missing from the new list; and comes again."""
    twelve.good("import", "enterprises", sheet(twelve.folder, *without(PINE, LARCH)), "--missing", "close")
    said = twelve.good("import", "enterprises", sheet(twelve.folder, *DEMO[1:]))
    assert "名单里的2家在名录中已登记注销" in said.out
    assert states(twelve)[PINE] == ("deregistered", "2023-06-05")


def test_the_registry_is_listed(twelve: Anzhu) -> None:
    found = twelve.good("enterprises", "--district", "浑南区", "--json").json
    assert [sorted(one) for one in found[:1]] == [
        ["as_on_licence", "code", "district", "employees", "name", "state", "state_since", "tags"]
    ]
    (pine,) = [one for one in found if one["code"] == PINE]
    assert pine["tags"] == ["ammonia", "confined-space"]
    assert pine["employees"] == 85
    assert "正常" in twelve.good("enterprises").out
    assert twelve.good("enterprises", "--state", "merged", "--json").json == []
    assert "active" in twelve.refused("enterprises", "--state", "gone")
