"""The ledger on the command line: its list, its JSON, and old lists that come in with their source."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.conftest import FOOD, Anzhu

HEAD = "统一社会信用代码,地点,判定标准条款,来源,发现日期,整改期限,状态"
GOOD = f"{FOOD},氨机房,3-2,2021年以来省安委会督办,2022-03-15,2023-07-31,整改中"
CLOSED = f"{FOOD},冷库,,企业自查,2022年11月2日,,已销号"


def listed(folder: Path, *lines: str) -> str:
    path = folder / "hazards.csv"
    path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    return str(path)


def test_old_lists_come_in_once_with_their_source(june: Anzhu, tmp_path: Path) -> None:
    file = listed(tmp_path, GOOD, CLOSED)
    assert june.good("import", "hazards", file).out == "已导入：新增2处，台账中已有0处。\n"
    again = june.good("import", "hazards", file, "--json").json
    assert (len(again["added"]), len(again["unchanged"])) == (0, 2)
    first, second = june.good("hazards", "--json").json
    assert first == {
        "id": 1,
        "enterprise": FOOD,
        "district": "浑南区",
        "origin": "department",
        "source": "2021年以来省安委会督办",
        "listed": None,
        "criterion": "3-2",
        "place": "氨机房",
        "description": None,
        "unsure": False,
        "merged_into": None,
        "state": "rectifying",
        "found_at": "2022-03-15T00:00:00+08:00",
        "deadline": "2023-07-31",
        "closed_at": None,
        "plan": None,
    }
    assert (second["origin"], second["state"], second["closed_at"] is None) == ("enterprise", "closed", False)
    table = june.good("hazards", "--state", "rectifying", "--district", "浑南区").out
    assert "氨机房\t整改中\t2023-07-31" in table
    assert "冷库" not in table
    assert june.good("hazards", "--enterprise", FOOD, "--state", "found", "--json").out == "[]\n"


def test_what_is_open_is_asked_about_from_this_week_on(june: Anzhu, tmp_path: Path) -> None:
    june.good("import", "hazards", listed(tmp_path, GOOD))
    june.good("tick")
    found = june.good("duties", "--enterprise", FOOD, "--json").json
    assert [one["period"] for one in found if one["obligation"] == "weekly-rectification"] == ["2023-W23"]


def test_a_workbook_with_real_dates_is_read(june: Anzhu, tmp_path: Path) -> None:
    from datetime import datetime  # noqa: PLC0415  # of this test alone

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD.split(","))
    day = datetime(2022, 3, 15)  # noqa: DTZ001  # as a spreadsheet keeps it
    sheet.append([FOOD, "氨机房", "第3条第2项", "部门检查", day, None, "未整改"])
    book.save(tmp_path / "hazards.xlsx")
    june.good("import", "hazards", str(tmp_path / "hazards.xlsx"))
    (one,) = june.good("hazards", "--json").json
    assert (one["found_at"][:10], one["criterion"], one["deadline"]) == ("2022-03-15", "3-2", None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (GOOD.replace(FOOD, "91210112155117772D"[:-1] + "X"), "不在企业名录中"),
        (GOOD.replace("2022-03-15", "3月15日"), "不是带年份的日期"),
        (GOOD.replace("2022-03-15", "2024-03-15"), "晚于今天"),
        (GOOD.replace("2023-07-31", "2022-03-01"), "早于发现日期"),
        (GOOD.replace("3-2", "99-1"), "不是判定标准的条款"),
        (GOOD.replace("3-2", "4-1"), "不适用于该企业的行业（轻工）"),
        (GOOD.replace("整改中", "差不多了"), "不是可识别的状态"),
        (GOOD.replace("氨机房", ""), "地点为空"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(june: Anzhu, tmp_path: Path, line: str, reason: str) -> None:
    refused = june("import", "hazards", listed(tmp_path, CLOSED, line))
    assert refused.code == 2
    assert refused.out.startswith("第3行 ")
    assert reason in refused.out
    assert refused.err.startswith("未写入任何数据：1行有误。")
    assert june.good("hazards", "--json").out == "[]\n"
    assert "另有1行未导入" in june.good("import", "hazards", listed(tmp_path, CLOSED, line), "--partial").out


def test_the_same_hazard_twice_in_a_list_is_refused(june: Anzhu, tmp_path: Path) -> None:
    assert "与第2行是同一处隐患" in june("import", "hazards", listed(tmp_path, GOOD, GOOD)).out


def test_bad_options_are_told_in_one_line(june: Anzhu) -> None:
    assert "没有“open”这种状态" in june.refused("hazards", "--state", "open")
    assert june.refused("hazards", "--district", "南山区")
    assert june.refused("hazards", "--enterprise", "123")
