"""《自查自改情况报告及主要负责人承诺书》, as a clerk would read it: one page, filled in, to be signed."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
import typst
from docx import Document

from reports import commitment, typesetting
from service.dossiers.inspection_file import Dossier, HazardLine, Ledger
from tests.reports.conftest import OPEN


def words_of(data: bytes) -> list[str]:
    """Every line of a .docx, those in tables too."""

    def lines() -> Iterator[str]:
        pages = Document(io.BytesIO(data))
        yield from (paragraph.text for paragraph in pages.paragraphs)
        for table in pages.tables:
            yield from (cell.text for row in table.rows for cell in row.cells)
        yield from (paragraph.text for paragraph in pages.sections[0].header.paragraphs)

    return [line for line in lines() if line]


def rows_of(data: bytes) -> list[list[str]]:
    """Every row of eight cells: those of the table of hazards."""
    rows = [[cell.text for cell in row.cells] for table in Document(io.BytesIO(data)).tables for row in table.rows]
    return [row for row in rows if len(row) == 8]


def numbered(number: int, hazard: HazardLine = OPEN) -> tuple[HazardLine, ...]:
    return tuple(replace(hazard, number=n) for n in range(1, number + 1))


def test_the_word_file_is_filled_in(dossier: Dossier) -> None:
    words = words_of(commitment.docx(dossier))
    assert words[0] == "自查自改情况报告及主要负责人承诺书"
    whole = "\n".join(words)
    for told in (
        "沈阳白桦示范食品有限公司",
        "91210112114884238K",
        "共发现重大事故隐患2个，已完成整改1个，尚未完成整改1个。",
        "对照自查于2023年6月14日填报，回执K7Q4-M2PX。",
        "设备部王演五",
        "30000",
        "2023-07-15",
        "停用该装置，专人值守",
        "已在双控系统填报。",
        "主要负责人（签字）",
        "企业（盖章）",
        "报送：浑南区应急管理局",
        "沈应急发〔2023〕27号《方案》三（一）1、四（二）1",
    ):
        assert told in whole
    assert "系统测试" not in whole
    assert "二、重大事故隐患台账及整改方案" in words
    # What is rectified is listed as well, and needs no plan.
    dates = [cells for cells in rows_of(commitment.docx(dossier)) if cells[1] in ("二楼速冻间", "调漆间")]
    assert [cells[-1] for cells in dates] == [
        "2023-06-02发现\n2023-07-15到期\n未完成整改",
        "2023-06-03发现\n2023-06-10完成\n2023-06-14销号",
    ]
    sheet = Document(io.BytesIO(commitment.docx(dossier))).sections[0]
    assert sheet.page_width is not None
    assert sheet.page_height is not None
    assert (round(sheet.page_width.mm), round(sheet.page_height.mm)) == (210, 297)


def test_nothing_found_is_a_zero_report(dossier: Dossier) -> None:
    words = "\n".join(words_of(commitment.docx(replace(dossier, ledger=Ledger()))))
    assert "与本企业有关的12条开展了风险辨识和自查自改，未发现重大事故隐患（零报告）。" in words
    assert "今后发现重大事故隐患，立即报告" in words


@pytest.mark.parametrize("left", [0, 1, 3])
def test_it_is_one_page(dossier: Dossier, left: int) -> None:
    said = commitment.document(replace(dossier, ledger=Ledger(numbered(left))))
    assert len(typesetting.pages("commitment", said, dossier.at)) == 1


def test_many_hazards_stand_in_a_table_behind_the_page(dossier: Dossier) -> None:
    told = replace(dossier, ledger=Ledger(numbered(8)))
    assert len(typesetting.pages("commitment", commitment.document(told), told.at)) == 2
    assert "共8个，见附表。" in words_of(commitment.docx(told))


@pytest.mark.parametrize("letters", range(0, 500, 35))
def test_a_table_is_on_the_page_or_behind_it_and_never_across(dossier: Dossier, letters: int) -> None:
    long = replace(OPEN, measures="更" * letters, contingency="撤" * (letters // 2), person="王" * (letters // 9))
    for number in (1, 2):
        told = commitment.document(replace(dossier, ledger=Ledger(numbered(number, long))))
        sheets = typesetting.pages("commitment", told, dossier.at)
        assert (len(sheets) > 1) == told["apart"]


def test_a_rehearsal_says_so(dossier: Dossier) -> None:
    assert "【系统测试，非正式文件】" in words_of(commitment.docx(replace(dossier, rehearsal=True)))


def test_what_people_type_is_never_markup(dossier: Dossier) -> None:
    typed = '#panic("!") $x$ *粗* _斜_ `码` \\ " @a <b> // 注 #[ ] https://例.cn 一' + "长" * 80
    told = replace(dossier, ledger=Ledger((replace(OPEN, place=typed, person=typed),)), principal=typed)
    assert commitment.pdf(told).startswith(b"%PDF-")
    assert typed in words_of(commitment.docx(told))


def test_it_needs_no_chinese_font_of_the_machine(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    here = typesetting.pages("commitment", commitment.document(dossier), dossier.at)
    alone = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[typesetting.FONTS])
    assert alone.families() == ["Anzhu Song"]
    monkeypatch.setattr(typesetting, "_fonts", lambda: alone)
    assert typesetting.pages("commitment", commitment.document(dossier), dossier.at) == here
    # A letter that the font lacks would be the same empty box in each name.
    names = ("陶喆堃", "陶玥珺", "陶璟翀", "陶镕祎", "陶龘㸆")
    drawn = [
        typesetting.pages("commitment", commitment.document(replace(dossier, principal=name)), dossier.at)[0]
        for name in names
    ]
    assert len(set(drawn)) == len(names)


def test_the_same_is_drawn_twice_the_same(dossier: Dossier) -> None:
    assert commitment.pdf(dossier) == commitment.pdf(dossier)
