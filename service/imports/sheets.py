"""Tables that people send, text with separators and .xlsx, read into rows of text with the lines that they stand on.

What a file is, its content says, not the ending of its name. A child process reads them; whatever the file holds, the
only error is SheetError.
"""

import csv
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO, StringIO
from itertools import groupby, islice
from pathlib import Path
from typing import Final

import msgspec

from service.imports import dataless
from service.imports.columns import MANY, Columns
from service.imports.dataless import Head, Kind
from service.imports.workbook import LAST_LINE, Line, letters, unescaped, worksheets
from storage.child import CHILDREN, Limits, LookError
from talk.cleaning import clean, compact
from talk.texts import Arg, Listed, Say

MEGABYTE: Final = 1024 * 1024
SIZE_LIMIT: Final = 50 * MEGABYTE
"""Bytes of a file."""
UNPACKED_LIMIT: Final = 10 * SIZE_LIMIT
"""Bytes of a workbook once unpacked: a small zip can hold a mountain."""
HEAD_LINES: Final = 10
"""The column names stand in one of the first filled lines; above them a title and a date are common."""
SEPARATORS: Final = ",;\t|，；"
EMPTY: Final = f"{SEPARATORS} \r\n\x1a\u3000\ufeff"
"""What stands behind the last cell with a value: empty lines, separators, the end mark of old programs."""
TRIED: Final = 1000
"""Lines in which column names are looked for with each separator."""
SPANS_SHOWN: Final = 8

TABLE: Final = Limits(seconds=60, patience=180, memory=2048 * MEGABYTE, result=512 * MEGABYTE)
"""Of the reading of one file: 50,000 lines take some seconds and 200 MB."""

_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of .xls and .et, and of any workbook with a password."""
_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


class SheetError(Exception):
    """A file that cannot be read as the table that was asked for; `say` says why and what to do."""

    def __init__(self, say: Say) -> None:
        super().__init__(say.id)
        self.say = say


class Hidden(StrEnum):
    """What becomes of hidden lines, columns and worksheets, and of lines that a filter leaves out."""

    IMPORT = "import"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Row:
    """A line under the column names; `surplus` when cells stand to the right of the last column name, `scant` the
    columns that are filled where most of those are empty that must not be.
    """

    line: int
    cells: Mapping[str, str]
    surplus: bool = False
    scant: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table, the names of the columns that nobody asked for, what else was left out of it, and the hidden
    rows that are not to be imported.
    """

    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = ()
    notes: tuple[Say, ...] = ()
    skipped: tuple[Row, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """A table as a child found it."""

    line: int
    """That of the column names."""
    rows: list[Row]
    ignored: tuple[str, ...]
    dataless: dict[Kind, list[int]]
    beyond: list[int] = []
    hidden_columns: tuple[str, ...] = ()
    hidden_sheets: tuple[str, ...] = ()


class Found(msgspec.Struct, frozen=True):
    """What a child found in a file: a table, or the sentence that says why there is none, by its id and arguments."""

    table: Table | None
    fault: str = ""
    named: dict[str, int | str | list[str]] = {}


def read_sheet(path: Path, columns: Columns, hidden: Hidden | None = None) -> Sheet:
    """Return the table of a file that has these columns.

    Empty lines are left out; an optional column that the file lacks is not among the cells. A file that hides some of
    its table is refused until `hidden` says what becomes of that. Raises SheetError.
    """
    try:
        return _sheet(_read(path, columns, hidden), columns, hidden)
    except SheetError as fault:
        raise SheetError(Say("imports-file-refused", name=path.name, reason=fault.say)) from fault


def spans(numbers: Iterable[int]) -> Listed:
    """Runs of numbers, 2–301、305; only the first of very many."""
    told: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda place: place[1] - place[0]):
        if len(told) == SPANS_SHOWN:
            told.append("…")
            break
        members = [number for _, number in run]
        told.append(str(members[0]) if len(members) == 1 else f"{members[0]}–{members[-1]}")
    return Listed(tuple(told))


def _sheet(table: Table, columns: Columns, hidden: Hidden | None) -> Sheet:
    """Return the table as it is asked for, with a sentence on each kind of thing that is not in it."""
    notes = [_left_out(kind, lines) for kind, lines in table.dataless.items()]
    if table.beyond:
        notes.append(Say("imports-left-beyond", lines=spans(table.beyond), last=LAST_LINE))
    rows, skipped = table.rows, list[Row]()
    if what := _hidden(table):
        match hidden:
            case None:
                raise SheetError(Say("imports-hidden", what=what))
            case Hidden.IMPORT:
                notes.append(Say("imports-hidden-imported", what=what))
            case Hidden.SKIP:
                notes.append(Say("imports-hidden-skipped", what=what))
                gone = set(table.hidden_columns)
                _require(table.line, columns, set(columns.required) - gone)
                skipped = [row for row in rows if row.hidden]
                rows = [
                    replace(row, cells={name: cell for name, cell in row.cells.items() if name not in gone})
                    for row in rows
                    if not row.hidden
                ]
    if not rows:
        raise SheetError(Say("imports-no-rows", line=table.line))
    return Sheet(tuple(rows), table.ignored, tuple(notes), tuple(skipped))


def _hidden(table: Table) -> Listed | None:
    lines = [row.line for row in table.rows if row.hidden]
    what = [
        *([Say("imports-hidden-lines", lines=spans(lines))] if lines else []),
        *(Say("imports-hidden-column", column=column) for column in table.hidden_columns),
        *(Say("imports-hidden-sheet", sheet=sheet) for sheet in table.hidden_sheets),
    ]
    return Listed(tuple(what)) if what else None


def _left_out(kind: Kind, lines: Sequence[int]) -> Say:
    told = spans(lines)
    match kind:
        case Kind.TOTAL:
            return Say("imports-left-total", lines=told)
        case Kind.SAMPLE:
            return Say("imports-left-sample", lines=told)
        case Kind.NUMBERS:
            return Say("imports-left-numbers", lines=told)
        case Kind.HEAD:
            return Say("imports-left-head", lines=told)
        case _:
            return Say("imports-left-remark", lines=told)


def _read(path: Path, columns: Columns, hidden: Hidden | None) -> Table:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise SheetError(Say("imports-file-too-big", limit=SIZE_LIMIT // MEGABYTE))
        data = path.read_bytes()
    except OSError:
        raise SheetError(Say("imports-file-unreadable")) from None
    try:
        found = CHILDREN.run(TABLE, look, data, columns, hidden)
    except LookError as error:
        raise SheetError(Say("imports-not-a-table" if error.why == "failed" else "imports-too-complex")) from error
    if found.table is None:
        raise SheetError(_said(found.fault, found.named))
    return found.table


def look(data: bytes, columns: Columns, hidden: Hidden | None) -> Found:
    """Read the table in the content of a file, in a child process."""
    try:
        return Found(_read_workbook(data, columns, hidden) if data.startswith(_ZIP) else _read_text(data, columns))
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
    args: dict[str, Arg] = {
        name: Listed(tuple(value)) if isinstance(value, list) else value for name, value in named.items()
    }
    return Say.of((fault, args))


def _found_in(lines: Iterable[Line], columns: Columns) -> int:
    """Return the number of columns that the head of a table names."""
    return max((_number(line, columns) for line in islice(lines, HEAD_LINES)), default=0)


def _number(line: Line, columns: Columns) -> int:
    return len({named[0] for cell in line.cells.values() if (named := columns.named_by(cell))})


def _head(lines: Iterable[Line], columns: Columns) -> Head:
    """Return the line with the column names: that of the first ones which has most of them."""
    first = list(islice(lines, HEAD_LINES))
    if not first:
        raise SheetError(Say("imports-file-empty"))
    numbers = [_number(line, columns) for line in first]
    above = numbers.index(max(numbers))
    head = first[above]
    places, ignored = _places(head, columns)
    if not places:
        raise SheetError(Say("imports-no-header", columns=Listed(columns.required)))
    _require(head.number, columns, places.keys())
    titles = frozenset(compact(cell) for line in first[:above] for cell in line.cells.values())
    return Head(head.number, head.cells, places, ignored, titles)


def _require(line: int, columns: Columns, there: Iterable[str]) -> None:
    if missing := tuple(column for column in columns.required if column not in set(there)):
        raise SheetError(Say("imports-column-missing", line=line, columns=Listed(missing)))


def _places(head: Line, columns: Columns) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the place of each column, and the names of the other columns."""
    named = {place: columns.named_by(cell) for place, cell in head.cells.items()}
    for place, name in named.items():
        before = named.get(place - 1)
        if name is not None and before is not None and (meant := columns.meant_behind(name[0], before[0])) != name[0]:
            named[place] = (meant, False)
    own = {name[0] for name in named.values() if name is not None and name[1]}
    places: dict[str, int] = {}
    others: list[str] = []
    for place, name in named.items():
        if name is None or (name[0] in own and not name[1]) or (name[0] in places and name[0] in MANY):
            others.append(head.cells[place].strip())
        elif name[0] in places:
            raise SheetError(Say("imports-column-twice", line=head.number, column=name[0]))
        else:
            places[name[0]] = place
    return places, tuple(filter(None, others))


def _table(head: Head, lines: Iterable[Line], columns: Columns) -> Table:
    required = frozenset(head.places[column] for column in columns.required)
    rows: list[Row] = []
    left: dict[Kind, list[int]] = {}
    kind: Kind | None = None
    for line in lines:
        if line.number <= head.line:
            continue
        kind = dataless.kind_of(line.cells, head, required, after_remark=kind is Kind.REMARK)
        if kind is None:
            filled = tuple(column for column, place in head.places.items() if place in line.cells)
            rows.append(
                Row(
                    line.number,
                    {column: line.cells.get(place, "") for column, place in head.places.items()},
                    surplus=max(line.cells) >= head.width,
                    scant=filled if 2 * len(required & line.cells.keys()) < len(required) else (),
                    hidden=line.hidden,
                )
            )
        elif kind is not Kind.BLANK:
            left.setdefault(kind, []).append(line.number)
    return Table(head.line, rows, head.ignored, left)


def _read_text(data: bytes, columns: Columns) -> Table:
    if data.startswith(_OLD_OFFICE):
        raise SheetError(Say("imports-password" if _PASSWORD in data else "imports-old-workbook"))
    text = _decoded(data, columns)
    # What is left of the last line that holds something is cut off at its end only.
    text = text[: text.find("\n", len(text.rstrip(EMPTY))) + 1 or None]
    separator = max(SEPARATORS, key=lambda character: _text_columns(text, character, columns))
    return _table(_head(_text_lines(text, separator), columns), _text_lines(text, separator), columns)


def _decoded(data: bytes, columns: Columns) -> str:
    # UTF-8 first: Chinese text in GB18030 is next to never valid UTF-8, the other way round it often is.
    encodings = ["utf-16"] if data.startswith(_UTF_16) else ["utf-8-sig", "gb18030"]
    # NUL is half of an ASCII letter in UTF-16, or a stray one; anything decodes in two bytes a letter.
    doubtful = b"\0" in data and not data.startswith(_UTF_16)
    for encoding in ["utf-16-le", "utf-16-be", *encodings] if doubtful else encodings:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding).replace("\0", "")
            # A web page and a workbook of 2003 are text as well, but no table.
            if not text.lstrip().startswith("<") and (not doubtful or _is_table(text, columns)):
                return text
    raise SheetError(Say("imports-not-a-table"))


def _is_table(text: str, columns: Columns) -> bool:
    return any(_text_columns(text, separator, columns) for separator in SEPARATORS)


def _text_columns(text: str, separator: str, columns: Columns) -> int:
    with suppress(SheetError):
        return _found_in(_text_lines(text, separator, TRIED), columns)
    return 0


def _text_lines(text: str, separator: str, most: int = sys.maxsize) -> Iterator[Line]:
    # strict: a quotation mark that is never closed would else swallow the rest of the file into one cell.
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    while (line := reader.line_num + 1) <= most:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise SheetError(Say("imports-quote-open", line=line)) from None
        if any(cells) and (filled := {place: unescaped(cell) for place, cell in enumerate(cells) if _shows(cell)}):
            yield Line(line, filled)


def _read_workbook(data: bytes, columns: Columns, hidden: Hidden | None) -> Table:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _read_worksheet(archive, columns, hidden)
    except (SheetError, MemoryError):
        raise
    except Exception as error:  # a broken workbook fails anywhere in zipfile and expat
        raise SheetError(Say("imports-not-a-table")) from error


def _read_worksheet(archive: zipfile.ZipFile, columns: Columns, hidden: Hidden | None) -> Table:
    if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT:
        raise SheetError(Say("imports-file-too-big", limit=SIZE_LIMIT // MEGABYTE))
    sheets = worksheets(archive)
    first = [list(islice(_saying(sheet.lines()), HEAD_LINES)) for sheet in sheets]
    found = {place: _found_in(lines, columns) for place, lines in enumerate(first)}
    tables = [place for place, number in found.items() if 2 * number >= len(columns.required)]
    veiled = tuple(sheets[place].title for place in tables if sheets[place].hidden)
    seen = [place for place in tables if not sheets[place].hidden]
    if hidden is Hidden.IMPORT or not seen:
        seen = tables
    if len(seen) > 1:
        # Which of them is meant, or all? A guess would leave enterprises out without a word.
        raise SheetError(Say("imports-several-sheets", sheets=Listed(tuple(sheets[place].title for place in seen))))
    if hidden is Hidden.SKIP and seen and sheets[seen[0]].hidden:
        raise SheetError(Say("imports-no-header", columns=Listed(columns.required)))
    chosen = seen[0] if seen else max(found, key=lambda place: found[place])
    sheet, lines = sheets[chosen], first[chosen]
    head = _head(lines, columns)
    sheet.outside |= {column for line in lines for column in line.cells if column >= head.width}
    if len(lines) == HEAD_LINES:
        lines = list(_saying(sheet.lines(head.width)))
    table = _table(head, sheet.filled([cut for line in lines if (cut := _cut(line, head.width)).cells]), columns)
    nameless = tuple(letters(column) for column in sorted(sheet.outside))
    return msgspec.structs.replace(
        table,
        ignored=(*table.ignored, *nameless),
        beyond=sheet.beyond,
        hidden_columns=tuple(column for column, place in head.places.items() if sheet.hides(place)),
        hidden_sheets=veiled,
    )


def _cut(line: Line, width: int) -> Line:
    return replace(line, cells={column: cell for column, cell in line.cells.items() if column < width})


def _saying(lines: Iterable[Line]) -> Iterator[Line]:
    """Leave out cells and lines that hold nothing but marks that nobody sees."""
    for line in lines:
        if cells := {place: cell for place, cell in line.cells.items() if _shows(cell)}:
            yield replace(line, cells=cells)


def _shows(cell: str) -> bool:
    return cell[:1].isalnum() or bool(clean(cell))
