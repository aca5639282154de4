"""The files for the city's platform: everything answered, and nothing in them that runs."""

import io
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from reports import platform
from service.dossiers.inspection_file import Dossier, Ledger, Said
from tests.reports.conftest import OPEN, duty


def test_the_workbook_holds_all_that_was_answered(dossier: Dossier) -> None:
    book = load_workbook(io.BytesIO(platform.xlsx(dossier)))
    assert book.sheetnames == ["企业", "填报", "隐患台账"]
    enterprise = {row[0]: row[1] for row in book["企业"].iter_rows(values_only=True)}
    assert enterprise["统一社会信用代码"] == "91210112114884238K"
    assert (enterprise["发现重大事故隐患（个）"], enterprise["未完成整改（个）"]) == ("2", "1")
    rows = list(book["填报"].iter_rows(min_row=2, values_only=True))
    assert rows[0] == (
        *("三（一）1、四（二）1", "对照判定标准自查", "第12条液氨制冷｜速冻间", "未单独设间或超9人"),
        *("2023-06-14 10:30", "K7Q4-M2PX"),
    )
    ledger = list(book["隐患台账"].iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in ledger] == ["二楼速冻间", "调漆间"]
    assert (ledger[0][3], *ledger[0][6:10]) == (
        "企业自查",
        "设备部王演五",
        "将速冻装置移入单独作业间",
        "30000",
        "2023-07-15",
    )


@pytest.mark.parametrize("typed", ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_formula_stays_the_text_that_was_typed(dossier: Dossier, typed: str) -> None:
    told = replace(
        dossier,
        duties=(duty("study-plan", Said("谁参加？", typed)),),
        ledger=Ledger((replace(OPEN, place=typed),)),
    )
    book = load_workbook(io.BytesIO(platform.xlsx(told)))
    for cell in (book["填报"]["D2"], book["隐患台账"]["B2"]):
        assert (cell.value, cell.data_type) == (typed, "s")


def test_the_json_says_the_same(dossier: Dossier) -> None:
    told = json.loads(platform.json_file(dossier))
    assert told["enterprise"]["name"] == "沈阳白桦示范食品有限公司"
    assert told["ledger"]["hazards"][0]["funds"] == "30000"
    assert (told["ledger"]["found"], told["ledger"]["rectified"], told["ledger"]["left"]) == (2, 1, 1)
    assert told["duties"][0]["answers"] == [{"question": "第12条液氨制冷｜速冻间", "answer": "未单独设间或超9人"}]
    assert told["duties"][2]["receipt"] is None
