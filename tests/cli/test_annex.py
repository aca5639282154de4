"""The annex table on the command line: as JSON with its records, as files, and what cannot be asked for."""

import io
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.cli.conftest import FOOD, Anzhu
from tests.cli.test_hazards import HEAD

JULY = ("--now", "2023-07-01T09:00:00+08:00")


@pytest.fixture
def counted(june: Anzhu, tmp_path: Path) -> Anzhu:
    """Give a ledger with hazards found in June, and one of before the campaign."""
    lines = (
        f"{FOOD},氨机房,3-2,企业自查自报,2023-06-01,2023-07-31,整改中",
        f"{FOOD},冷库,,企业自查自报,2023-06-02,,已评估",
        f"{FOOD},锅炉房,,部门检查,2023-06-02,,复查通过",
        f"{FOOD},食堂,,部门检查,2022-06-02,,整改中",
    )
    path = tmp_path / "hazards.csv"
    path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    june.good("import", "hazards", str(path))
    return june


def test_the_json_gives_every_cell_with_its_records(counted: Anzhu) -> None:
    told = counted.good("annex", "--month", "2023-06", "--district", "浑南区", "--json", *JULY).json
    assert {name: told[name] for name in ("month", "district", "as_of", "filed_at")} == {
        "month": "2023-06",
        "district": "浑南区",
        "as_of": "2023-06-30T23:59:59+08:00",
        "filed_at": None,
    }
    assert len(told["cells"]) == 24
    assert told["cells"][0] == {
        "block": "A",
        "row": 1,
        "label": "企业自查发现的重大事故隐患（个）",
        "values": [2],
        "sources": ["hazard/1", "hazard/2"],
        "override": None,
    }
    assert [(cell["values"], cell["sources"]) for cell in told["cells"][1:4]] == [
        *[([1], ["hazard/2"]), ([1], ["hazard/3"]), ([1], ["hazard/3"])],
    ]
    assert [cell["values"] for cell in told["cells"] if (cell["block"], cell["row"]) == ("C", 3)] == [[0, 0]]


def test_without_a_district_it_is_the_citys_with_every_column(counted: Anzhu) -> None:
    told = counted.good("annex", "--month", "2023-06", "--json", *JULY).json
    assert (told["district"], told["filed_at"], told["cells"][0]["values"]) == ("沈阳市", None, [2])
    assert [one["district"] for one in told["columns"]][-2:] == ["经济技术开发区", "市本级"]
    assert len(told["columns"]) == 15
    assert [one["cells"][0]["values"] for one in told["columns"] if one["district"] == "浑南区"] == [[2]]
    table = counted.good("annex", "--month", "2023-06", "--district", "市本级", *JULY).out
    assert "A1\t企业自查发现的重大事故隐患（个）\t0\n" in table
    assert counted.good("annex", "--month", "2023-06", "--district", "沈阳市", "--json", *JULY).json == told


def test_it_is_written_as_word_and_as_a_workbook(counted: Anzhu, tmp_path: Path) -> None:
    word, book, page = tmp_path / "六月.docx", tmp_path / "六月.xlsx", tmp_path / "六月.pdf"
    said = counted.good("annex", "--month", "2023-06", "--district", "浑南区", "--out", str(word), *JULY).out
    assert said == f"已写入 {word}。\n"
    first = Document(io.BytesIO(word.read_bytes())).tables[0].rows[0]
    assert [cell.text for cell in first.cells][1:4] == ["1", "企业自查发现的重大事故隐患（个）", "2"]
    counted.good("annex", "--month", "2023-06", "--out", str(book), *JULY)
    assert "市本级" in [cell.value for cell in load_workbook(book)["调度表"][4]]
    counted.good("annex", "--month", "2023-06", "--out", str(page), *JULY)
    assert page.read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_is_told_in_one_line(june: Anzhu, tmp_path: Path) -> None:
    assert "没有“2023-13”的调度表。请用：2023-05、2023-06" in june.refused("annex", "--month", "2023-13")
    assert "2023-07还没有开始（7月1日起）" in june.refused("annex", "--month", "2023-07")
    assert "南山区" in june.refused("annex", "--month", "2023-06", "--district", "南山区")
    out = tmp_path / "june.doc"
    assert "不能写成“june.doc”" in june.refused("annex", "--month", "2023-06", "--out", str(out))
    assert not out.exists()
    assert june.refused("annex")
    assert june.refused("annex", "--month", "2023-06", "--out", str(tmp_path / "none" / "june.docx"), code=1)
