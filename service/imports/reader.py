"""The lines of a list, read cell by cell: one reader for every import, so that each understands what the others do.

An import brings its columns, and a function that makes of a line what it states; whatever the function finds wrong it
says to the line. What is known of how people fill in cells stands here and nowhere else.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Generic, TypeVar

from campaign.identity import unify_text
from service.imports.sheets import Row
from talk import parsing
from talk.texts import Say

LENGTH_LIMIT: Final = 200
"""Characters of a cell: names are shown in messages, and nothing is cut."""
SCIENTIFIC: Final = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+")
"""A long number as a spreadsheet spoils it."""

_KEPT_AS_TEXT: Final = re.compile(r'="([^"]*)"|[\'`](.*)', re.DOTALL)
"""How spreadsheets keep long digits as text: ="912…" in a .csv, '912… typed into a cell."""
_NOTHING: Final = re.compile(r"[-‐‑–—―/\\]+")
"""The strokes that people put into a cell that has nothing to say."""
_YEAR: Final = re.compile(r"(19|20)[0-9]{2}")
_MIDNIGHT: Final = re.compile(r"([ T]|(?<=日))00:00(:00)?$")
_FORMULA_ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line is not taken, and what to do; no column where the whole line is at fault."""

    line: int
    column: str | None
    reason: Say

    @property
    def say(self) -> Say:
        """The refusal as one sentence."""
        if self.column is None:
            return Say("imports-refused-line", line=self.line, reason=self.reason)
        return Say("imports-refused-cell", line=self.line, column=self.column, reason=self.reason)


@dataclass(slots=True)
class Reading(Generic[T]):
    """The statements of the sound lines, and everything that is wrong with the others."""

    stated: list[T] = field(default_factory=list[T])
    refused: list[Refusal] = field(default_factory=list[Refusal])
    warnings: list[Refusal] = field(default_factory=list[Refusal])
    """Oddities of lines that are taken all the same."""


class Line:
    """The cells of a line by their columns, and what is wrong with them."""

    def __init__(self, row: Row) -> None:
        self.number = row.line
        self.refusals: list[Refusal] = []
        self.warnings: list[Refusal] = []
        self._cells = row.cells

    def refuse(self, column: str | None, reason: Say) -> None:
        """Refuse the line for a cell, or as a whole."""
        self.refusals.append(Refusal(self.number, column, reason))

    def warn(self, column: str, reason: Say) -> None:
        """Say what is odd about a cell; heard only where the line is not refused."""
        self.warnings.append(Refusal(self.number, column, reason))

    def has(self, column: str) -> bool:
        """Say whether the list has a column."""
        return column in self._cells

    def text(self, column: str, *, spaced: bool = False) -> str:
        """Return a cell that may be empty, as a name is stored or, `spaced`, as it stands; "" where it is refused."""
        text = self._cell(column, spaced=spaced)
        return "" if _NOTHING.fullmatch(text) else text

    def filled(self, column: str) -> str:
        """Return a cell that must not be empty, as a name is stored; "" where it is refused."""
        refused = len(self.refusals)
        text = self._cell(column)
        if not text and len(self.refusals) == refused:
            self.refuse(column, Say("imports-empty-cell"))
        return text

    def known(self, column: str, lookup: Callable[[str], T | None], unknown: Callable[[str], Say]) -> T | None:
        """Return what a filled cell names; where `lookup` finds nothing the cell is refused, and `unknown` says why."""
        text = self.filled(column)
        found = lookup(text) if text else None
        if text and found is None:
            self.refuse(column, unknown(text))
        return found

    def day(self, column: str, text: str, today: date) -> date | None:
        """Return the day that a cell's text names; None where it is empty or refused."""
        said = _MIDNIGHT.sub("", text)
        if not said:
            return None
        # A list spans years: a day without its year could be any.
        day = parsing.day(said, today) if _YEAR.search(said) else None
        if day is None:
            self.refuse(column, Say("imports-bad-day", value=said))
        return day

    def formulas(self) -> list[str]:
        """Return the columns whose cells are formulas."""
        return [column for column, cell in self._cells.items() if _unified(cell).startswith("=")]

    def _cell(self, column: str, *, spaced: bool = False) -> str:
        raw = self._cells.get(column, "")
        text = _plain(raw) if spaced else _unified(raw)
        if len(text) > LENGTH_LIMIT:
            self.refuse(column, Say("imports-too-long", limit=LENGTH_LIMIT))
        elif text in _FORMULA_ERRORS:
            self.refuse(column, Say("imports-formula-error", value=text))
        else:
            return text
        return ""


def read(rows: Iterable[Row], state: Callable[[Line], T | None], *, no_formulas: bool = False) -> Reading[T]:
    """Read the lines of a list. `state` gives what a line states, or refuses the line; `no_formulas` refuses lines
    that have one, elsewhere a formula is the text that it is.
    """
    reading = Reading[T]()
    for row in rows:
        line = Line(row)
        stated = None
        if row.surplus:
            # A separator inside a cell moved the cells after it: each of them would be called wrong.
            line.refuse(None, Say("imports-surplus"))
        elif no_formulas and (formulas := line.formulas()):
            for column in formulas:
                line.refuse(column, Say("workers-formula"))
        else:
            stated = state(line)
        if line.refusals or stated is None:
            reading.refused.extend(line.refusals)
        else:
            reading.stated.append(stated)
            reading.warnings.extend(line.warnings)
    return reading


def _plain(cell: str) -> str:
    """Return a cell without the marks that kept it text."""
    text = cell.strip()
    kept = _KEPT_AS_TEXT.fullmatch(text)
    return text if kept is None else (kept[1] or kept[2] or "").strip()


@lru_cache(maxsize=4096)
def _unified(cell: str) -> str:
    """Return a cell as a name is stored. A list of 50,000 lines repeats a few names: each is looked at once."""
    return _plain(unify_text(cell))
