"""The worksheets of an .xlsx (ECMA-376) as a person sees them: results in place of formulas, numbers and days by their
formats, merged cells filled, what is hidden marked.

Empty cells cost next to nothing, cells right of the table are not looked into, and a string that no cell names is not
reached. A broken workbook fails anywhere in zipfile and expat, or with KeyError, ValueError, LookupError.
"""

import posixpath
import re
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import lru_cache
from math import isfinite
from typing import IO, Final
from xml.etree import ElementTree as ET

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.utils.escape import unescape

LAST_LINE: Final = 1_048_576
"""The last line that a worksheet can have; what claims to stand beyond it is shown by no spreadsheet."""
NUMBER_LIMIT: Final = 10**15
"""Spreadsheets keep 15 digits of a number: of a longer one the end is lost."""

CHUNK: Final = 64 * 1024
"""Bytes of a part that are looked through at a time."""

GENERAL: Final = "General"
_TRUE: Final = frozenset({"1", "true"})
_CELL: Final = re.compile(r"([A-Z]{1,3})[0-9]+")
_RANGE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_LINE: Final = re.compile(r"[1-9][0-9]{0,18}")
_EMPTY_CELL: Final = re.compile(rb'<(?:\w+:)?c (?:[^<>]* )?r="[A-Z]+[0-9]+"[^<>]*/>')
_EMPTY_LINE: Final = re.compile(rb'<(?:\w+:)?row (?:[^<>]* )?r="[0-9]+"[^<>]*(?:/>|>\s*</(?:\w+:)?row>)')
"""Those that say where they stand; of others the place of what follows depends on them."""
_COLOUR: Final = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\[\]]*\]", re.IGNORECASE)
_WORDS: Final = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_AROUND: Final = re.compile(r'((?:"[^"]*"|\\.)*)(0+|#+|General|@)((?:"[^"]*"|\\.)*)', re.IGNORECASE)
"""A format that puts words around a number, or zeros before it: 0"人", "T"00000."""
_CHINESE_FORMATS: Final[Mapping[int, str]] = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    **dict.fromkeys((32, 34, 55), 'h"时"mm"分"'),
    **dict.fromkeys((33, 35, 56), 'h"时"mm"分"ss"秒"'),
}
"""Formats that have a number in Chinese versions only (ECMA-376 part 1, 18.8.30), and are spelled out in no file."""


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a line that hold something, by their columns from 0 on."""

    number: int
    cells: Mapping[int, str]
    hidden: bool = False


@dataclass(slots=True)
class Worksheet:
    """A worksheet; the lists are filled while its lines are read."""

    title: str
    hidden: bool
    _elements: Callable[[], Iterator[tuple[str, ET.Element]]]
    _texts: "_Texts"
    beyond: list[int] = field(default_factory=list[int])
    """Lines with content whose numbers no worksheet can have."""
    outside: set[int] = field(default_factory=set[int])
    """Columns right of the width that was asked for, in which some line has content."""
    _hidden_columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    _merged: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    """Column, first and last line of cells that are one over several lines."""

    def lines(self, width: int | None = None) -> Iterator[Line]:
        """Read the lines that hold something, their cells only as far as `width` columns."""
        for found in (self.beyond, self._hidden_columns, self._merged):
            found.clear()
        number = 0
        for tag, element in self._elements():
            if tag == "row":
                told = element.get("r", "")
                number = int(told) if _LINE.fullmatch(told) else number + 1
                cells = self._cells(element, width)
                if cells and number > LAST_LINE:
                    self.beyond.append(number)
                elif cells:
                    yield Line(number, cells, element.get("hidden") in _TRUE or element.get("ht") == "0")
            elif tag == "col":
                if element.get("hidden") in _TRUE or element.get("width") == "0":
                    self._hidden_columns.append((int(element.get("min", "")) - 1, int(element.get("max", "")) - 1))
            elif (place := _RANGE.fullmatch(element.get("ref", ""))) and int(place[2]) < int(place[4]):
                self._merged.append((_column(place[1]), int(place[2]), int(place[4])))

    def filled(self, lines: Sequence[Line]) -> list[Line]:
        """Return lines that were read with what a cell that is merged over several of them says to each."""
        numbers = [line.number for line in lines]
        cells = [dict(line.cells) for line in lines]
        ends: dict[int, int] = {}
        for column, first, last in sorted(self._merged):
            # Those that overlap are no spreadsheet's, and would be filled in over and over.
            if first <= ends.get(column, 0):
                continue
            ends[column] = last
            places = range(bisect_left(numbers, first), bisect_right(numbers, last))
            said = cells[places[0]].get(column) if places and numbers[places[0]] == first else None
            if said:
                for place in places[1:]:
                    cells[place].setdefault(column, said)
        return [Line(line.number, one, line.hidden) for line, one in zip(lines, cells, strict=True)]

    def hides(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self._hidden_columns)

    def _cells(self, row: ET.Element, width: int | None) -> dict[int, str]:
        cells: dict[int, str] = {}
        column = -1
        for cell in row:
            place = _CELL.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            # A cell that is only styled has no child.
            text = self._texts.of(cell) if len(cell) else ""
            if not text or text.isspace():
                continue
            if width is None or column < width:
                cells[column] = text
            else:
                self.outside.add(column)
        return cells


def letters(column: int) -> str:
    """Return the letters by which a spreadsheet calls a column: 0 is A."""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def worksheets(archive: zipfile.ZipFile) -> list[Worksheet]:
    """Return the worksheets of a workbook in their order."""
    parts = _Parts(archive)
    (book,) = parts.related("", "officeDocument").values()
    sheets = parts.related(book, "worksheet")
    strings, styles = (next(iter(parts.related(book, kind).values()), None) for kind in ("sharedStrings", "styles"))
    epoch, named = CALENDAR_WINDOWS_1900, list[tuple[str, bool, str]]()
    for tag, element in parts.elements(book, "workbookPr", "sheet"):
        if tag == "workbookPr":
            epoch = CALENDAR_MAC_1904 if element.get("date1904") in _TRUE else epoch
        elif part := sheets.get(next((value for name, value in element.items() if name.endswith("}id")), "")):
            named.append((element.get("name", ""), element.get("state", "visible") != "visible", part))
    texts = _Texts(
        _Strings(parts.elements(strings, "si") if strings else iter(())),
        _formats(parts.elements(styles, "numFmt", "cellXfs")) if styles else [],
        epoch,
    )

    def elements_of(part: str) -> Callable[[], Iterator[tuple[str, ET.Element]]]:
        return lambda: parts.elements(part, "col", "row", "mergeCell")

    return [Worksheet(title, hidden, elements_of(part), texts) for title, hidden, part in named]


class _Parts:
    """The parts of a package (ECMA-376 part 2)."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        # Some programs write other cases and slashes than the relations name.
        self._names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}

    def elements(self, part: str, *tags: str) -> Iterator[tuple[str, ET.Element]]:
        """Read the elements with these tags, in any namespace; each is emptied after its turn."""
        with self._archive.open(self._names[part.casefold()]) as file:
            # In a child with limits; expat bounds what entities may grow to.
            for _, element in ET.iterparse(_WithoutEmptyCells(file)):  # noqa: S314
                tag = _local(element.tag)
                if tag in tags:
                    yield tag, element
                    element.clear()

    def related(self, part: str, kind: str) -> dict[str, str]:
        """Return the parts to which a part has relations of a kind, by their ids, as far as they are there."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations.casefold() not in self._names:
            return {}
        found = {
            element.get("Id", ""): _target(folder, element.get("Target", ""))
            for _, element in self.elements(relations, "Relationship")
            if element.get("Type", "").endswith(f"/{kind}")
        }
        return {relation: target for relation, target in found.items() if target.casefold() in self._names}


def _target(folder: str, told: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, told.replace("\\", "/")))[1:]


class _WithoutEmptyCells:
    """A worksheet without the cells and lines that are only styled: to a spreadsheet a million of them are nothing, to
    a parser they are a minute.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._rest = b""

    def read(self, _size: int = 0) -> bytes:
        """Return some of what follows, b"" at the end."""
        while read := self._file.read(CHUNK):
            whole, mark, rest = (self._rest + read).rpartition(b"<")
            if not mark:
                self._rest = b""
                return rest
            self._rest = mark + rest
            if bare := _EMPTY_LINE.sub(b"", _EMPTY_CELL.sub(b"", whole)):
                return bare
        last, self._rest = self._rest, b""
        return last


class _Strings:
    """The strings that cells share, read only as far as a cell needs."""

    def __init__(self, items: Iterator[tuple[str, ET.Element]]) -> None:
        self._items = items
        self._read: list[str] = []

    def at(self, index: int) -> str:
        """Return a string by its place from 0 on; IndexError where there is none."""
        while index >= len(self._read):
            _, item = next(self._items, ("", None))
            if item is None:
                raise IndexError
            self._read.append(_said(item))
        return self._read[index]


class _Texts:
    """What cells show."""

    def __init__(self, strings: _Strings, formats: Sequence[str], epoch: datetime) -> None:
        self._strings = strings
        self._formats = formats
        self._epoch = epoch

    def of(self, cell: ET.Element) -> str:
        """Return what a cell shows; of a formula whose result is not in the file the formula, after its sign =."""
        kind = cell.get("t", "n")
        parts = {_local(child.tag): child for child in cell}
        value = (parts["v"].text or "") if "v" in parts else ""
        if "f" in parts and not value and not (kind == "str" and "v" in parts):
            return f"={parts['f'].text or ''}"
        if "is" in parts:
            return _said(parts["is"])
        match kind:
            case "s" if value:
                return self._strings.at(int(value))
            case "b":
                return "TRUE" if value in _TRUE else "FALSE"
            case "n" if value:
                return self._number(value, cell.get("s", "0"))
            case _:
                return unescaped(value)

    def _number(self, value: str, style: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if not isfinite(number):
            return value
        place = int(style)
        return number_text(number, self._formats[place] if place < len(self._formats) else GENERAL, self._epoch)


def number_text(number: float, code: str, epoch: datetime = CALENDAR_WINDOWS_1900) -> str:
    """Return what a number shows by the code of its format; a day as ISO 8601 where the format shows all of it."""
    plain = _COLOUR.sub("", code.split(";", maxsplit=1)[0])
    bare = _WORDS.sub("", plain).lower()
    if is_date_format(code):
        return _moment_text(number, bare, epoch)
    if "%" in bare:
        return f"{_digits(number * 100)}%"
    around = _AROUND.fullmatch(plain)
    if around is None or abs(number) >= NUMBER_LIMIT or not number.is_integer():
        return _digits(number)
    before, after = (_WORDS.sub(r"\1\2", words) for words in (around[1], around[3]))
    zeros = len(around[2]) if around[2][0] == "0" else 0
    return f"{before}{_digits(number).zfill(zeros)}{after}"


def _digits(number: float) -> str:
    if abs(number) >= NUMBER_LIMIT:
        return f"{number:.14E}"
    return str(int(number)) if number.is_integer() else f"{number:.15g}"


def _moment_text(number: float, bare: str, epoch: datetime) -> str:
    try:
        moment = from_excel(number, epoch)
    except (OverflowError, ValueError):
        return _digits(number)
    if isinstance(moment, time):
        return f"{moment:%H:%M:%S}"
    timed = "h" in bare or "s" in bare
    if "y" in bare and "d" in bare:
        return f"{moment:%Y-%m-%d %H:%M:%S}" if timed else f"{moment:%Y-%m-%d}"
    if timed:
        return f"{moment:%H:%M:%S}"
    # What is not shown was made up by the spreadsheet: the first of a month, the year in which a day was typed.
    shown = (("y", f"{moment.year}年"), ("m", f"{moment.month}月"), ("d", f"{moment.day}日"))
    return "".join(text for letter, text in shown if letter in bare)


def _formats(elements: Iterator[tuple[str, ET.Element]]) -> list[str]:
    """Return the code of the number format of each style."""
    codes = {**{number: str(code) for number, code in BUILTIN_FORMATS.items()}, **_CHINESE_FORMATS}
    found: list[str] = []
    for tag, element in elements:
        if tag == "numFmt":
            codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", GENERAL)
        else:
            found += [codes.get(int(style.get("numFmtId", "0")), GENERAL) for style in element]
    return found


def _said(item: ET.Element) -> str:
    """Return the text of a string with all its runs, without the readings that may stand above it."""
    texts = (
        part.text or ""
        for child in item
        for part in ([child] if _local(child.tag) == "t" else child if _local(child.tag) == "r" else [])
        if _local(part.tag) == "t"
    )
    return unescaped("".join(texts))


def unescaped(text: str) -> str:
    """Return a text without the escapes of controls (_x000D_); halves of surrogate pairs alone are dropped."""
    if "_x" not in text:
        return text
    return unescape(text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _column(name: str) -> int:
    column = 0
    for letter in name:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
