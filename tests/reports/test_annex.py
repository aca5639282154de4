"""The annex table on paper: every label and figure where the notice has it, opened again as people open it."""

import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import typst
from docx import Document
from openpyxl import load_workbook

from campaign.annex import written
from campaign.annex_count import Source
from campaign.periods import Period
from reports import annex, typesetting
from service.annex.sheet import Record, Sheet
from service.annex.tables import Cell, Correction, Overridden, Table
from storage.annex import AnnexVersion
from tests.dialogs.talker import SHENYANG
from tests.reports.conftest import PACK
from tests.reports.office import printed

AT = datetime(2023, 6, 28, 10, 30, tzinfo=SHENYANG)
JUNE = Period("2023-06", date(2023, 6, 1), date(2023, 6, 30))
REASON = "含纸质决定书1份"


def kept(column: str) -> AnnexVersion:
    return AnnexVersion(
        1,
        "2023-06",
        column,
        1,
        "filed",
        AT,
        AT,
        1,
        AT,
        2,
        AT,
        1,
        cells=[],
        remark=None,
        remark_row=None,
        remark_by=None,
    )


def table(column: str, first: int = 1, *, filed: bool = True) -> Table:
    """A table whose figures are all different, so that none can stand in the place of another."""
    cells, number = [], first
    for row in PACK.annex.rows:
        values = tuple(
            Decimal(number + place) / (4 if place and row.name == "C3" else 1) for place in range(row.counts.figures)
        )
        number += row.counts.figures
        source = Source("hazard/41", date(2023, 6, 5), AT)
        override = Overridden(REASON, 1, AT) if row.name == "C3" and column == "浑南区" else None
        cells.append(Cell(row, values, values, (source,) if row.name == "A1" else (), override))
    correction = Correction("A1", "hazard/40", late=False, day=None, why="=1+1")
    state = "filed" if filed else "draft"
    return Table(JUNE, column, state, AT, tuple(cells), {}, None, (correction,), kept(column) if filed else None, ())


def sheet(column: str | None = "浑南区", typed: str = "冷库机房") -> Sheet:
    tables = (
        (table(column),)
        if column is not None
        else (table("和平区", 100, filed=False), table("浑南区"), table("市本级", 7))
    )
    record = Record("浑南区", "A1", "hazard/41", "2023-06-05", AT, typed)
    bureau = "浑南区应急管理局" if column is not None else "沈阳市应急管理局"
    return Sheet(PACK.annex, "沈阳市", bureau, JUNE, column, AT, False, tables, (record,), {1: "孙演九", 2: "李演五"})  # noqa: FBT003


def test_the_word_file_has_three_blocks_two_items_a_row_and_the_notes() -> None:
    told = sheet()
    pages = Document(io.BytesIO(annex.docx(told)))
    assert pages.paragraphs[0].text == "全市工贸行业重大事故隐患专项排查整治\n2023行动进展情况调度表"
    assert pages.paragraphs[1].text == "填报单位：浑南区应急管理局　　2023年6月（截至月末累计）"
    (drawn,) = pages.tables
    lines = [[cell.text for cell in row.cells] for row in drawn.rows]
    rows = iter(PACK.annex.rows)
    expected = []
    for block, number in (("总体情况", 3), ("对企业自查自改进行抽查检查情况", 4), ("部门精准严格执法情况", 5)):
        for _ in range(number):
            line = [block]
            for row in (next(rows), next(rows)):
                line += [str(row.row), row.label, written(told.values[row.name]).replace("、", "、\n")]
            expected.append(line)
    assert lines == expected
    # One merged cell names each block.
    assert len({cell._tc for row in drawn.rows for cell in row.cells[:1]}) == 3
    notes = pages.paragraphs[2].text
    assert notes.startswith("注：1.制造业处对各地区工作进展情况进行月调度。")
    assert notes.endswith("安全生产管理职责不清，未纳入本企业统一管理。")
    assert "2.调度表内容应围绕专项排查整治工作" in notes
    foot = [paragraph.text for paragraph in pages.paragraphs[3:]]
    assert foot[0] == "填报：孙演九　审核：李演五　报出：孙演九　报出时间：2023-06-28 10:30"
    assert REASON in foot[1]
    width, height = pages.sections[0].page_width, pages.sections[0].page_height
    assert width is not None
    assert height is not None
    assert (round(width.mm), round(height.mm)) == (210, 297)


def test_the_workbook_has_every_label_and_figure_by_column_and_the_sums() -> None:
    told = sheet(None)
    page = load_workbook(io.BytesIO(annex.xlsx(told)))["调度表"]
    lines = list(page.iter_rows(values_only=True))
    assert lines[3][:8] == ("板块", "序号", "项目", "单位", "和平区", "浑南区", "市本级", "合计")
    assert lines[2][4:7] == ("未报出（草稿）", "2023-06-28 10:30报出", "2023-06-28 10:30报出")
    titles = {block.id: block.title for block in PACK.annex.blocks}
    place = 4
    for row in PACK.annex.rows:
        for figure in range(row.counts.figures):
            numbers = [float(one.cell(row.name).values[figure]) for one in told.tables]
            line = lines[place]
            assert line[:3] == (titles[row.block], str(row.row), row.label)
            assert [float(str(number)) for number in line[4:8]] == [*numbers, sum(numbers)]
            place += 1
    units = {(line[2], line[3]) for line in lines[4:place]}
    assert ("行政处罚（次、万元）", "次") in units
    assert ("行政处罚（次、万元）", "万元") in units
    assert str(lines[place][0]).startswith("注：1.")
    assert "未报出（按草稿合计）：和平区。" in [line[0] for line in lines]


def test_the_records_the_changes_by_hand_and_the_corrections_stand_beside_it() -> None:
    book = load_workbook(io.BytesIO(annex.xlsx(sheet())))
    assert book.sheetnames == ["调度表", "依据", "人工改数", "更正"]
    records = list(book["依据"].iter_rows(min_row=2, values_only=True))
    assert records == [("浑南区", "A1", "hazard/41", "2023-06-05", "2023-06-28 10:30", "冷库机房")]
    (changed,) = book["人工改数"].iter_rows(min_row=2, values_only=True)
    assert changed[:2] == ("浑南区", "C3")
    assert changed[4:7] == (REASON, "2023-06", "孙演九")
    (corrected,) = book["更正"].iter_rows(min_row=2, values_only=True)
    assert corrected[:4] == ("浑南区", "A1", "hazard/40", "减去")


@pytest.mark.parametrize("typed", ["=1+1", '=HYPERLINK("http://x","y")', "+1", "@SUM(A1)"])
def test_a_formula_stays_the_text_that_was_typed(typed: str) -> None:
    book = load_workbook(io.BytesIO(annex.xlsx(sheet(typed=typed))))
    for cell, text in ((book["依据"]["F2"], typed), (book["更正"]["F2"], "=1+1")):
        assert (cell.value, cell.data_type) == (text, "s")


def test_a_draft_and_a_rehearsal_say_so() -> None:
    draft = replace(sheet(), tables=(table("浑南区", filed=False),), rehearsal=True)
    pages = Document(io.BytesIO(annex.docx(draft)))
    assert "草稿，未报出，截至2023-06-28 10:30。" in [paragraph.text for paragraph in pages.paragraphs]
    assert pages.sections[0].header.paragraphs[0].text == "【系统测试，非正式文件】"


def test_it_is_one_page_in_letters_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    here = typesetting.pages("annex", annex.document(sheet(None)), AT)
    assert len(here) == 1
    alone = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[typesetting.FONTS])
    monkeypatch.setattr(typesetting, "_fonts", lambda: alone)
    assert typesetting.pages("annex", annex.document(sheet(None)), AT) == here
    assert annex.pdf(sheet()).startswith(b"%PDF-")


def test_every_label_is_in_the_picture() -> None:
    """A label or a figure that were left out of the page would leave the picture as it is."""
    said = annex.document(sheet())
    whole = typesetting.pages("annex", said, AT, ppi=40)
    for block in range(len(said["blocks"])):
        for place in range(len(said["blocks"][block]["rows"])):
            for part in ("label", "figures"):
                without = annex.document(sheet())
                without["blocks"][block]["rows"][place][part] = ""
                assert typesetting.pages("annex", without, AT, ppi=40) != whole


def test_an_office_prints_every_label_in_its_place_beside_its_figure(tmp_path: Path) -> None:
    """LibreOffice goes by the widths of a table's grid, which were all alike: the labels stood in columns of two
    letters, and the last row on a second page.
    """
    told = sheet()
    sheets = printed(annex.docx(told), tmp_path)
    (words,) = sheets.words
    top = min(word.bottom for word in words if word.text.startswith("填报单位"))
    bottom = min(word.top for word in words if word.text.startswith("注："))
    places = [(21 - sum(annex.WIDTHS)) / 2 + sum(annex.WIDTHS[:place]) for place in range(len(annex.WIDTHS) + 1)]

    def column(place: int) -> str:
        within = [
            word
            for word in words
            if places[place] <= (word.left + word.right) / 2 < places[place + 1] and top - 0.1 < word.top < bottom
        ]
        assert all(sheets.inked(word) for word in within)
        return "".join(word.text for word in sorted(within, key=lambda word: (round(word.top, 1), word.left)))

    assert column(0) == "".join(block.title for block in PACK.annex.blocks)
    for side in (0, 1):
        rows = PACK.annex.rows[side::2]
        assert column(1 + 3 * side) == "".join(str(row.row) for row in rows)
        assert column(2 + 3 * side) == "".join(row.label for row in rows)
        assert column(3 + 3 * side) == "".join(written(told.values[row.name]) for row in rows)
