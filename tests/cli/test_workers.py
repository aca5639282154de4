"""The register of workers on the command line: lists as people keep them, and what becomes of the numbers."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from campaign.certificates import check_sign
from tests.cli.conftest import FOOD, Anzhu, Join

HEAD = ("统一社会信用代码", "姓名", "工种", "证号", "发证日期", "复审日期", "有效期至", "备注")
# 999999 is the code of no place: no person has these numbers.
NUMBERS = [f"T{body}{check_sign(body)}" for body in ("99999919850312001", "99999919790805002")]
CARDS = (
    (FOOD, "何演松", "焊接与热切割作业", NUMBERS[0], "2017-09-01", "2023-08-31", "2023-08-31", ""),
    (FOOD, "吕演柏", "电焊工", NUMBERS[1], "2021-03-01", "", "", "借调"),
)


def csv(folder: Path, *cards: tuple[str, ...], encoding: str = "utf-8-sig", separator: str = ",") -> str:
    path = folder / "workers.csv"
    path.write_text("\n".join(map(separator.join, (HEAD, *cards))), encoding=encoding)
    return str(path)


def workbook(folder: Path, *, number: object = NUMBERS[0]) -> str:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2023年特种作业人员名册"])
    sheet.append(HEAD)
    days = [datetime(2017, 9, 1), datetime(2023, 8, 31), datetime(2023, 8, 31)]  # noqa: DTZ001  # a cell has no zone
    sheet.append([FOOD, "何演松", "焊接与热切割作业", number, *days, ""])
    book.save(folder / "workers.xlsx")
    return str(folder / "workers.xlsx")


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8-sig", ","), ("gb18030", "\t"), ("gbk", ";")])
def test_a_list_comes_in_from_any_spreadsheet(june: Anzhu, tmp_path: Path, encoding: str, separator: str) -> None:
    file = csv(tmp_path, *CARDS, encoding=encoding, separator=separator)
    left_out = "注意：以下各列未导入：备注。\n"
    assert june.good("import", "workers", file, "--dry-run").out == (
        f"{left_out}试运行，未写入：将新增2张操作证，变更0张，无变化0张，离岗移出0张。\n"
    )
    assert june.good("import", "workers", file).out == (
        f"{left_out}已导入：新增2张操作证，变更0张，无变化0张，离岗移出0张。\n"
    )
    again = june.good("import", "workers", workbook(tmp_path), "--json").json
    assert again == {
        "written": True,
        "added": [],
        "changed": [],
        "unchanged": [{"line": 3, "code": FOOD, "name": "何演松"}],
        "refused": [],
        "removed": [],
        "warnings": [],
        "ignored_columns": ["备注"],
    }


def test_one_wrong_line_and_nothing_is_written(june: Anzhu, tmp_path: Path) -> None:
    wrong = (FOOD, "施演桦", "焊接与热切割作业", "无", "2020-05-11", "5月10日", "2026-05-10", "")
    file = csv(tmp_path, *CARDS, wrong)
    result = june("import", "workers", file)
    assert (result.code, result.err) == (2, "未写入任何数据：1行有误。请修改后重新导入。\n")
    assert result.out.splitlines()[0] == (
        "第4行 证号不是操作证的证号，请按操作证填写。尚未取证的人员不列入名册。"
        "应复审日期“5月10日”不是带年份的日期，请写成“2022-03-15”。"
    )
    told = june("import", "workers", file, "--dry-run", "--json")
    assert told.code == 2
    assert (told.json["written"], [one["column"] for one in told.json["refused"]]) == (False, ["证号", "应复审日期"])
    partly = june.good("import", "workers", file, "--partial").out.splitlines()
    assert partly[-1] == ("已导入：新增2张操作证，变更0张，无变化0张，离岗移出0张。另有1行未导入，请修改后重新导入。")
    assert "无变化2张" in june.good("import", "workers", csv(tmp_path, *CARDS)).out


def test_a_number_that_a_spreadsheet_cut_or_reckons_is_refused(june: Anzhu, tmp_path: Path) -> None:
    cut = june("import", "workers", workbook(tmp_path, number=999999198503120010))
    assert cut.code == 2
    assert "第3行 证号被表格软件存成了数字，末几位已丢失，请将该列设为文本" in cut.out
    formula = june("import", "workers", workbook(tmp_path, number="=A1"))
    assert "第3行 证号是公式，文件中没有它的计算结果。" in formula.out


def test_a_list_without_its_columns_is_refused_in_a_line(june: Anzhu, tmp_path: Path) -> None:
    path = tmp_path / "workers.csv"
    path.write_text(f"统一社会信用代码,姓名,工种\n{FOOD},何演松,焊工\n", encoding="utf-8")
    assert "第1行的表头缺少：证号、初领日期" in june.refused("import", "workers", str(path))
    path.write_text("姓名,工种,证号,发证日期\n何演松,焊工,T1,2020-01-01\n", encoding="utf-8")
    assert "表头缺少“统一社会信用代码”或“企业名称”" in june.refused("import", "workers", str(path))
    assert "文件不存在或无法读取" in june.refused("import", "workers", str(tmp_path / "none.csv"))


def test_with_another_key_one_line_says_what_to_do(june: Anzhu, tmp_path: Path) -> None:
    file = csv(tmp_path, *CARDS)
    june.good("import", "workers", file)
    june.settings["ANZHU_SECRET_KEY"] = "dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHQ="
    assert "ANZHU_SECRET_KEY" in june.refused("import", "workers", file)


def test_from_the_list_to_the_chat_no_number_is_told(june: Anzhu, join: Join, tmp_path: Path) -> None:
    file = csv(tmp_path, *CARDS)
    join("钱演七五", "officer", FOOD)
    said = june.good("import", "workers", file).out
    june.good("tick")
    person = next(one["id"] for one in june.good("people", "--json").json if one["name"] == "钱演七五")
    chat = june.good("chat", "--as", str(person), say="/workers\n").out
    assert "何演松，焊接与热切割作业，T999*************" in chat
    assert "沈阳白桦示范食品0001有限公司特种作业操作证到期提醒" in chat
    Path(file).unlink()
    kept = "".join(path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*") if path.is_file())
    listed = june.good("outbox", "--json").out + june.good("import", "workers", csv(tmp_path, *CARDS), "--json").out
    for number in NUMBERS:
        assert [number[4:-2] in place for place in (said, chat, kept, listed)] == [False] * 4
