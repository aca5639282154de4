"""Tables as a workbook (.xlsx): a sheet each, its heading frozen, every cell text."""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from talk.cleaning import writable

T = TypeVar("T")

LONGEST: Final = 32_767
"""What a cell holds at the most, in units of UTF-16 as Excel counts them; it calls a file with more broken."""
CUT: Final = "……（内容过长，以下略）"
LONGEST_NAME: Final = 31
NAMELESS: Final = "表"
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
"""Characters that the name of a sheet cannot hold; it is no longer than `LONGEST_NAME` either."""
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""How a workbook begins to write a character by its number (ECMA-376, ST_Xstring)."""
Sheet = tuple[str, Sequence[tuple[str, int]], Iterable[Sequence[str]]]
"""A name, the columns with their widths in characters, the rows."""
Column = tuple[str, int, Callable[[T], object]]
"""A heading, a width in characters, and what stands there of an item."""


def book(*sheets: Sheet) -> bytes:
    """Return a workbook of some sheets as the bytes of a file."""
    made = Workbook(write_only=True)
    names = list[str]()
    for name, columns, rows in sheets:
        names.append(_free(name, names))
        sheet = made.create_sheet(names[-1])
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


def listed(name: str, items: Iterable[T], *columns: Column[T]) -> Sheet:
    """Return a sheet with an item in each row."""
    heads = [(heading, width) for heading, width, _ in columns]
    return name, heads, [[shown(of(item)) for _, _, of in columns] for item in items]


def about(*rows: tuple[str, object], rehearsal: bool, width: int = 60) -> Sheet:
    """Return the sheet that explains a workbook, a row for each fact; `width`: characters of its second column."""
    note = [("说明", "系统测试，非正式文件")] if rehearsal else []
    return "说明", (("项目", 14), ("内容", width)), [(title, shown(fact)) for title, fact in (*rows, *note)]


def shown(value: object) -> str:
    """Return what a cell shows: instants in their zone as 2023-06-30 23:59, days as 2023-06-30, nothing for None."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


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
        cell.value = fitting(word)
        cell.data_type = "s"
    return cells


def fitting(word: str) -> str:
    """Return words as a cell holds them: what is too long for one is cut with a mark, and what looks like an escape
    (_x0041_) stays the letters that it is.
    """
    said = writable(word)
    if len(units := said.encode("utf-16-le")) > 2 * LONGEST:
        said = units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT
    return _ESCAPE.sub("_x005F_", said)


def _free(name: str, taken: Sequence[str]) -> str:
    """Return a name that a sheet may have and no other has, however large its letters."""
    plain = _FORBIDDEN.sub("", writable(name)).strip("' ") or NAMELESS
    others = {one.lower() for one in taken}
    found, number = plain[:LONGEST_NAME], 1
    while found.lower() in others:
        number += 1
        found = f"{plain[: LONGEST_NAME - len(str(number))]}{number}"
    return found
