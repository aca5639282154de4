"""The annex table (调度表) as the notice lays it out: .docx to be signed and sent, .xlsx to be reckoned with, PDF."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from docx.document import Document as Pages
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import _Cell
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from campaign.annex import AnnexRow, written
from campaign.periods import shown, shown_in_full
from reports import typesetting, word
from reports.drawing import File, draws
from reports.workbook import fitting
from service.annex.sheet import AnnexPaper, Sheet
from service.annex.tables import Overridden
from talk.texts import CHINESE, Say, render

CENTRED = WD_ALIGN_PARAGRAPH.CENTER
A_ROW = 2
"""Items of a block that stand side by side."""
WIDTHS = (1.7, 0.9, 4.8, 1.8, 0.9, 4.8, 1.8)
"""Centimetres: the block, then twice number, label and figure."""
ON_A_LINE = 4
"""Letters of two figures for which a cell has room side by side."""
_UNITS = re.compile(r"（([^（）]*)）")


@draws(AnnexPaper)
def draw(sheet: Sheet) -> list[File]:
    """Draw the table as .docx and .xlsx."""
    name = f"{sheet.column or sheet.city}{sheet.month.name}{render(Say('annex-file-name'), CHINESE)}"
    return [File(f"{name}.docx", docx(sheet)), File(f"{name}.xlsx", xlsx(sheet))]


def document(sheet: Sheet) -> dict[str, Any]:
    """Return the words and figures of the page, as JSON for the template."""
    values = sheet.values
    return {
        "title": sheet.annex.title,
        # As the notice breaks it: the year begins the second line.
        "heading": re.split(r"(?=\d{4})", sheet.annex.title, maxsplit=1),
        "rehearsal": sheet.rehearsal,
        "head": [
            f"填报单位：{sheet.bureau}{f'（{sheet.column}）' if sheet.column == sheet.annex.city_column else ''}",
            f"{shown_in_full(sheet.month.name).zh}（截至月末累计）",
        ],
        "blocks": [
            {
                "title": block.title,
                "rows": [
                    {"number": str(row.row), "label": row.label, "figures": written(values[row.name])}
                    for row in sheet.annex.block(block.id)
                ],
            }
            for block in sheet.annex.blocks
        ],
        "notes": "注：" + "".join(f"{number}.{note}" for number, note in enumerate(sheet.annex.notes, 1)),
        "foot": _foot(sheet),
        "made": f"生成：{_moment(sheet.at)}",
    }


def _foot(sheet: Sheet) -> list[str]:
    """Return the lines under the table: its state, who answered for it, the figures put in by hand."""
    lines = []
    if sheet.column is None:
        filed = len(sheet.tables) - len(sheet.missing)
        lines.append(
            f"已报出{filed}个，共{len(sheet.tables)}个。合计为各列之和，同一家企业由区县和市局分别检查的各计一次。"
        )
        if sheet.missing:
            lines.append(f"未报出（按草稿合计）：{'、'.join(sheet.missing)}。")
    else:
        (table,) = sheet.tables
        kept = table.kept
        if table.state == "filed" and kept is not None:
            who = [
                f"{word}：{sheet.names[person]}"
                for word, person in (("填报", kept.submitted_by), ("审核", kept.approved_by), ("报出", kept.filed_by))
                if person is not None
            ]
            lines.append(f"{'　'.join(who)}　报出时间：{_moment(table.as_of)}")
        else:
            lines.append(f"草稿，未报出，截至{_moment(table.as_of)}。")
    lines += [
        f"{table.column}“{cell.row.quoted}”{_by_hand(cell.override)}：自动统计{written(cell.counted)}，"
        f"填报{written(cell.values)}，理由：{cell.override.reason}"
        for table in sheet.tables
        for cell in table.cells
        if cell.override is not None
    ]
    return lines


def _by_hand(why: Overridden) -> str:
    return "为人工改数" if why.month is None else f"以{shown(why.month).zh}人工改数为准"


def pdf(sheet: Sheet) -> bytes:
    """Draw the page as PDF."""
    return typesetting.pdf("annex", document(sheet), sheet.at)


def docx(sheet: Sheet) -> bytes:
    """Draw the page as .docx: three blocks, two items a row, the notes under the table."""
    said = document(sheet)
    pages = word.blank(said["title"], rehearsal=said["rehearsal"], sides=2.2, top=2, bottom=2)
    word.write(pages.add_paragraph(), "\n".join(said["heading"]), 16, bold=True, align=CENTRED)
    word.write(pages.add_paragraph(), "　　".join(said["head"]))
    _blocks(pages, said["blocks"])
    for line in (said["notes"], *said["foot"], said["made"]):
        word.write(pages.add_paragraph(), line, 9)
    return word.saved(pages)


def _blocks(pages: Pages, blocks: Sequence[Any]) -> None:
    lines = [
        (block, block["rows"][first : first + A_ROW])
        for block in blocks
        for first in range(0, len(block["rows"]), A_ROW)
    ]
    table = word.grid(pages, len(lines), WIDTHS)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    top = 0
    for line, (block, pair) in enumerate(lines):
        cells = table.rows[line].cells
        for place, item in enumerate(pair):
            number, label, figures = cells[1 + 3 * place : 4 + 3 * place]
            word.write(number.paragraphs[0], item["number"], align=CENTRED)
            word.write(label.paragraphs[0], item["label"])
            word.write(figures.paragraphs[0], _in_a_cell(item["figures"]), align=CENTRED)
        if line + 1 == len(lines) or lines[line + 1][0] is not block:
            merged: _Cell = table.cell(top, 0).merge(table.cell(line, 0))
            word.write(merged.paragraphs[0], block["title"], align=CENTRED)
            top = line + 1


def _in_a_cell(figures: str) -> str:
    """Put two long figures on two lines: one line would be broken within a number."""
    return figures if len(figures) <= ON_A_LINE else figures.replace("、", "、\n")


def xlsx(sheet: Sheet) -> bytes:
    """Draw the workbook: a column for each district and 市本级, the records behind the figures, the changes by hand."""
    book = Workbook(write_only=True)
    _figures(book, sheet)
    records = [
        (record.column, record.row, record.id, record.day, _moment(record.entered), record.what)
        for record in sheet.records
    ]
    _listed(
        book, "依据", (("地区", 14), ("项", 6), ("记录", 14), ("日期", 12), ("录入时间", 18), ("内容", 48)), records
    )
    changed = [
        (
            table.column,
            cell.row.name,
            written(cell.counted),
            written(cell.values),
            cell.override.reason,
            cell.override.month or table.month.name,
            sheet.names.get(cell.override.by, ""),
            _moment(cell.override.at.astimezone(sheet.at.tzinfo)),
        )
        for table in sheet.tables
        for cell in table.cells
        if cell.override is not None
    ]
    columns = (
        ("地区", 14),
        ("项", 6),
        ("自动统计", 10),
        ("填报", 10),
        ("理由", 48),
        ("改数月份", 10),
        ("修改人", 12),
        ("时间", 18),
    )
    _listed(book, "人工改数", columns, changed)
    corrected = [
        (
            table.column,
            change.row,
            change.id,
            "补记" if change.late else "减去",
            "" if change.day is None else change.day.isoformat(),
            change.why,
        )
        for table in sheet.tables
        for change in table.corrections
    ]
    _listed(book, "更正", (("地区", 14), ("项", 6), ("记录", 14), ("更正", 8), ("日期", 12), ("原因", 48)), corrected)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figures(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet("调度表")
    for number, width in enumerate((28, 6, 52, 8, *(12 for _ in sheet.tables), 10), 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "E5"
    page.append([_text(page, sheet.annex.title, bold=True)])
    page.append([_text(page, "　".join(document(sheet)["head"]))])
    states = [f"{_moment(table.as_of)}报出" if table.state == "filed" else "未报出（草稿）" for table in sheet.tables]
    page.append([_text(page, words) for words in ("", "", "", "", *states)])
    several = len(sheet.tables) > 1
    heads = ("板块", "序号", "项目", "单位", *(table.column for table in sheet.tables), *(("合计",) if several else ()))
    page.append([_text(page, words, bold=True) for words in heads])
    titles = {block.id: block.title for block in sheet.annex.blocks}
    totals = sheet.values
    for row in sheet.annex.rows:
        for place, unit in enumerate(_units(row)):
            words = (titles[row.block], str(row.row), row.label, unit)
            figures = [table.cell(row.name).values[place] for table in sheet.tables]
            figures += [totals[row.name][place]] if several else []
            page.append([*(_text(page, each) for each in words), *map(_number, figures)])
    page.append([_text(page, document(sheet)["notes"])])
    for line in document(sheet)["foot"]:
        page.append([_text(page, line)])


def _units(row: AnnexRow) -> list[str]:
    """Return the units of a row's figures as its label gives them: 次 and 万元, say; empty where it gives none."""
    named = [unit for part in _UNITS.findall(row.label) for unit in part.split("、")]
    return (named + [""] * row.counts.figures)[: row.counts.figures]


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _listed(book: Workbook, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> None:
    page = book.create_sheet(name)
    page.freeze_panes = "A2"
    for number, (_, width) in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_text(page, heading, bold=True) for heading, _ in columns])
    for row in rows:
        page.append([_text(page, words) for words in row])


def _text(page: Any, words: str, *, bold: bool = False) -> Any:
    """Return a cell that is text whatever it holds: what people typed is no formula."""
    cell = WriteOnlyCell(page, value=fitting(words))
    cell.data_type, cell.number_format = "s", "@"
    cell.font, cell.alignment = Font(bold=bold), Alignment(vertical="top")
    return cell


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
