"""Tables as a workbook (.xlsx): a sheet each, its heading frozen, every cell text."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Sheet = tuple[str, Sequence[tuple[str, int]], Iterable[Sequence[str]]]
"""A name, the columns with their widths in characters, the rows."""


def book(*sheets: Sheet) -> bytes:
    """Return a workbook of some sheets as the bytes of a file."""
    made = Workbook(write_only=True)
    for name, columns, rows in sheets:
        sheet = made.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, (_, width) in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.append(_filled(_cells(sheet, len(columns), bold=True), [heading for heading, _ in columns]))
        # A row is written as soon as it is appended. Cells are made once: to style each anew takes most of the time.
        cells = _cells(sheet, len(columns))
        for row in rows:
            sheet.append(_filled(cells, row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def about(*rows: tuple[str, str], rehearsal: bool, width: int = 60) -> Sheet:
    """Return the sheet that explains a workbook, a row for each fact; `width`: characters of its second column."""
    note = [("说明", "系统测试，非正式文件")] if rehearsal else []
    return "说明", (("项目", 14), ("内容", width)), [*rows, *note]


def minute(instant: datetime | None) -> str:
    """Return an instant as a cell shows it, to the minute; nothing where there is none."""
    return "" if instant is None else f"{instant:%Y-%m-%d %H:%M}"


def _cells(sheet: Any, number: int, *, bold: bool = False) -> list[Any]:
    """Return a row of cells without words."""
    cells = [WriteOnlyCell(sheet) for _ in range(number)]
    for cell in cells:
        cell.number_format = "@"
        cell.font = Font(bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cells


def _filled(cells: Sequence[Any], words: Sequence[str]) -> Sequence[Any]:
    """Put words into cells, each as text whatever it holds: what people typed is no formula."""
    for cell, word in zip(cells, words, strict=True):
        cell.value = word
        cell.data_type = "s"
    return cells
