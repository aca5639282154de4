"""Tables as a workbook (.xlsx): a sheet each, its heading frozen, every cell text."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Sheet = tuple[str, Sequence[tuple[str, int]], Iterable[Sequence[str]]]
"""A name, the columns with their widths in characters, the rows."""


def book(*sheets: Sheet) -> bytes:
    """The workbook of some sheets."""
    made = Workbook(write_only=True)
    for name, columns, rows in sheets:
        sheet = made.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, (_, width) in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.append([_cell(sheet, heading, bold=True) for heading, _ in columns])
        for row in rows:
            sheet.append([_cell(sheet, words) for words in row])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _cell(sheet: Any, words: str, *, bold: bool = False) -> Any:
    """A cell that is text whatever stands in it: what people typed is no formula."""
    cell = WriteOnlyCell(sheet, value=words)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
