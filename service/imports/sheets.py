"""Tables that people send, .csv and .xlsx, read into rows of text with the lines that they stand on.

A formula stays the text that it is. A child process reads them; whatever the file holds, the only error is SheetError.
"""

import csv
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import msgspec

from campaign.identity import likeness
from service.imports.columns import Columns
from storage.child import CHILDREN, Limits, LookError
from talk.texts import Listed, Say

MEGABYTE: Final = 1024 * 1024
SIZE_LIMIT: Final = 50 * MEGABYTE
"""Bytes of a file."""
UNPACKED_LIMIT: Final = 10 * SIZE_LIMIT
"""Bytes of a workbook once unpacked: a small zip can hold a mountain."""
LINE_LIMIT: Final = 1_048_576
"""As many lines as a worksheet can have."""
COLUMN_LIMIT: Final = 1000
"""Columns of a worksheet that are read: a cell in the last of 16,384 makes a line of so many."""
HEAD_LINES: Final = 10
"""The column names stand in one of the first filled lines; above them a title and a date are common."""
SEPARATORS: Final = ",;\t"
NUMBER_LIMIT: Final = 10**15
"""Spreadsheets keep 15 digits of a number: of a longer one the end is lost."""

TABLE: Final = Limits(seconds=60, patience=180, memory=2048 * MEGABYTE, result=512 * MEGABYTE)
"""Of the reading of one file: 50,000 lines take some seconds and 200 MB."""

_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of .xls, and of any workbook with a password."""

Line = tuple[int, Sequence[str]]


class SheetError(Exception):
    """A file that cannot be read as the table that was asked for; `say` says why and what to do."""

    def __init__(self, say: Say) -> None:
        super().__init__(say.id)
        self.say = say


@dataclass(frozen=True, slots=True)
class Row:
    """A line under the column names; `surplus` when cells stand to the right of the last column name."""

    line: int
    cells: Mapping[str, str]
    surplus: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table, and the names of the columns that nobody asked for."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...]


def read_sheet(path: Path, columns: Columns) -> Sheet:
    """Return the table of a file that has these columns.

    Empty lines are left out; an optional column that the file lacks is not among the cells. Raises
    SheetError.
    """
    try:
        return _read(path, columns)
    except SheetError as fault:
        raise SheetError(Say("imports-file-refused", name=path.name, reason=fault.say)) from fault


def _read(path: Path, columns: Columns) -> Sheet:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise SheetError(Say("imports-file-too-big", limit=SIZE_LIMIT // MEGABYTE))
        data = path.read_bytes()
    except OSError:
        raise SheetError(Say("imports-file-unreadable")) from None
    ending = path.suffix.lower()
    if ending not in _READERS:
        raise SheetError(Say("imports-unknown-ending"))
    try:
        found = CHILDREN.run(TABLE, look, data, ending, columns)
    except LookError as error:
        raise SheetError(Say("imports-not-a-table" if error.why == "failed" else "imports-too-complex")) from error
    if found.sheet is None:
        raise SheetError(_said(found.fault, found.named))
    return found.sheet


class Found(msgspec.Struct, frozen=True):
    """What a child found in a file: a table, or the sentence that says why there is none, by its id and arguments."""

    sheet: Sheet | None
    fault: str = ""
    named: dict[str, int | str | list[str]] = {}


def look(data: bytes, ending: str, columns: Columns) -> Found:
    """Read the table in the content of a file, in a child process."""
    try:
        return Found(_READERS[ending](data, columns))
    except SheetError as error:
        return Found(None, error.say.id, {name: _sent(value) for name, value in error.say.args})


def _sent(value: object) -> int | str | list[str]:
    match value:
        case Listed(items):
            return [str(item) for item in items]
        case int():
            return value
        case _:
            return str(value)


def _said(fault: str, named: Mapping[str, int | str | list[str]]) -> Say:
    args: dict[str, Any] = {
        name: Listed(tuple(value)) if isinstance(value, list) else value for name, value in named.items()
    }
    return Say.of((fault, args))


def _found_in(lines: Iterable[Line], columns: Columns) -> int:
    """Return the number of columns that the head of a table names."""
    head = _head(_filled(lines), columns)
    return _number(head[-1][1], columns) if head else 0


def _head(lines: Iterable[Line], columns: Columns) -> list[Line]:
    """The first lines down to the one with the column names: that which has most of them."""
    first = list(islice(lines, HEAD_LINES))
    numbers = [_number(cells, columns) for _, cells in first]
    return first[: numbers.index(max(numbers)) + 1] if first else []


def _number(cells: Iterable[str], columns: Columns) -> int:
    return len({named[0] for cell in cells if (named := columns.named_by(cell))})


def _filled(lines: Iterable[Line]) -> Iterator[Line]:
    return (line for line in lines if any(map(likeness, line[1])))


def _table(lines: Iterable[Line], columns: Columns) -> Sheet:
    filled = _filled(lines)
    first = list(islice(filled, HEAD_LINES))
    head = _head(first, columns)
    if not head:
        raise SheetError(Say("imports-file-empty"))
    line, header = head[-1]
    places, ignored = _places(line, header, columns)
    if not places:
        raise SheetError(Say("imports-no-header", columns=Listed(columns.required)))
    if missing := tuple(column for column in columns.required if column not in places):
        raise SheetError(Say("imports-column-missing", line=line, columns=Listed(missing)))
    width = max(place for place, cell in enumerate(header) if likeness(cell)) + 1
    rows = tuple(
        Row(
            line,
            {column: cells[place] if place < len(cells) else "" for column, place in places.items()},
            surplus=any(map(likeness, cells[width:])),
        )
        for line, cells in chain(first[len(head) :], filled)
    )
    if not rows:
        raise SheetError(Say("imports-no-rows", line=line))
    return Sheet(rows, ignored)


def _places(line: int, header: Sequence[str], columns: Columns) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the place of each column, and the names of the other columns."""
    named = [columns.named_by(cell) for cell in header]
    own = {name[0] for name in named if name is not None and name[1]}
    places: dict[str, int] = {}
    others: list[str] = []
    for place, name in enumerate(named):
        if name is None or (name[0] in own and not name[1]):
            others.append(header[place].strip())
        elif name[0] in places:
            raise SheetError(Say("imports-column-twice", line=line, column=name[0]))
        else:
            places[name[0]] = place
    return places, tuple(filter(None, others))


def _read_csv(data: bytes, columns: Columns) -> Sheet:
    if data.startswith(_ZIP):
        raise SheetError(Say("imports-csv-is-xlsx"))
    text = _decoded(data)
    separator = max(SEPARATORS, key=lambda character: _csv_columns(text, character, columns))
    return _table(_csv_lines(text, separator), columns)


def _decoded(data: bytes) -> str:
    # UTF-8 first: Chinese text in GB18030 is next to never valid UTF-8, the other way round it often is.
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if "\0" not in text:
                return text
    raise SheetError(Say("imports-not-a-table"))


def _csv_columns(text: str, separator: str, columns: Columns) -> int:
    with suppress(SheetError):
        return _found_in(_csv_lines(text, separator), columns)
    return 0


def _csv_lines(text: str, separator: str) -> Iterator[Line]:
    # strict: a quotation mark that is never closed would else swallow the rest of the file into one cell.
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise SheetError(Say("imports-quote-open", line=line)) from None
        yield line, cells


def _read_xlsx(data: bytes, columns: Columns) -> Sheet:
    if data.startswith(_OLD_OFFICE):
        raise SheetError(Say("imports-old-workbook"))
    if not data.startswith(_ZIP):
        raise SheetError(Say("imports-xlsx-is-csv" if _is_csv(data, columns) else "imports-not-a-table"))
    try:
        return _read_workbook(data, columns)
    except (SheetError, MemoryError):
        raise
    except Exception as error:  # a broken workbook fails anywhere in zipfile, expat and openpyxl
        raise SheetError(Say("imports-not-a-table")) from error


def _is_csv(data: bytes, columns: Columns) -> bool:
    with suppress(SheetError):
        text = _decoded(data)
        return any(_csv_columns(text, separator, columns) for separator in SEPARATORS)
    return False


def _read_workbook(data: bytes, columns: Columns) -> Sheet:
    from openpyxl import load_workbook  # noqa: PLC0415  # most lists are a .csv, and an error needs no workbook

    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT:
            raise SheetError(Say("imports-file-too-big", limit=SIZE_LIMIT // MEGABYTE))
    # read_only: 50,000 lines would take a gigabyte as openpyxl's own cells.
    with warnings.catch_warnings(), closing(load_workbook(BytesIO(data), read_only=True)) as book:
        # openpyxl warns of decoration that it does not know; the cells are not touched by that.
        warnings.simplefilter("ignore")
        found = [_found_in(_worksheet_lines(worksheet), columns) for worksheet in book.worksheets]
        tables = [place for place, number in enumerate(found) if 2 * number >= len(columns.required)]
        if len(tables) > 1:
            # Which of them is meant, or all? A guess would leave enterprises out without a word.
            titles = tuple(str(book.worksheets[place].title) for place in tables)
            raise SheetError(Say("imports-several-sheets", sheets=Listed(titles)))
        return _table(_worksheet_lines(book.worksheets[found.index(max(found))]), columns)


def _worksheet_lines(worksheet: Any) -> Iterator[Line]:
    # Some programs write a range that is not the table's; openpyxl would cut the table to it.
    worksheet.reset_dimensions()
    for line, values in enumerate(worksheet.iter_rows(values_only=True), start=1):
        if line > LINE_LIMIT:
            raise SheetError(Say("imports-too-many-lines", limit=LINE_LIMIT))
        far = values[COLUMN_LIMIT:]
        if far.count(None) < len(far):
            raise SheetError(Say("imports-too-wide", line=line, limit=COLUMN_LIMIT))
        yield line, tuple(map(_as_text, values[:COLUMN_LIMIT]))


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return str(value).upper()
        case int() | float() if abs(value) >= NUMBER_LIMIT:
            return f"{value:.14E}"
        case float() if value.is_integer():
            return str(int(value))
        case int() | float():
            return str(value)
        case _:
            # A formula over a range is an object that holds its text; a date reads as ISO 8601.
            return str(getattr(value, "text", value))


_READERS: Final[Mapping[str, Callable[[bytes, Columns], Sheet]]] = {".csv": _read_csv, ".xlsx": _read_xlsx}
"""Who reads a file, by the ending of its name."""
