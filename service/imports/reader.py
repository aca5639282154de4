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
from service.imports import people
from service.imports.sheets import Row
from talk import numbers, parsing
from talk.texts import Listed, Say

LENGTH_LIMIT: Final = 200
"""Characters of a cell: names are shown in messages, and nothing is cut."""
SCIENTIFIC: Final = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+")
"""A long number as a spreadsheet spoils it."""

_KEPT_AS_TEXT: Final = re.compile(r'="([^"]*)"|[\'`](.*)', re.DOTALL)
"""How spreadsheets keep long digits as text: ="912…" in a .csv, '912… typed into a cell."""
_NOTHING: Final = re.compile(
    r"[-‐‑–—―/\\_.·…~*?、,。×○□]+|无|暂无|没有|尚无|无此项|空白?|不详|未知|不明|不适用|略|待[定补填查]|未[定填]|待补充|待填写|待确[认定]|待核实"
    r"|暂[缺定]|未确定|尚未确定|某+|x{2,}|n\s?/\s?a|n\.a\.?|na|null|none|nil|nan|tb[ad]|unknown|\(空白?\)|（空白?）|#+",
    re.IGNORECASE,
)
"""What people and programs put into a cell that has nothing to say."""
_DITTO: Final = re.compile(r"同[上左前]行?|[〃″\"'′々〞＂]+|以[上下]相?同|ditto", re.IGNORECASE)
"""A cell that repeats another: which of them is a guess once the lines are sorted."""
_ENDLESS: Final = re.compile(r"长期(?:有效)?|永久(?:有效)?|无固定期限|无期限|无限期|不限|终身(?:有效)?|持续(?:整改)?")
_YEAR: Final = re.compile(r"(19|20)[0-9]{2}")
_CLOCK: Final = re.compile(r"(?:[ T]+|(?<=日))[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
"""The time of day that programs write after a day; a mark of its zone is none, since it may move the day."""
_SERIAL: Final = re.compile(r"[2-6][0-9]{4}(?:\.[0-9]+)?")
"""A day that a spreadsheet shows as the number of days since 1900: that of 1904 would be another."""
_TERM: Final = re.compile(
    r"\A.*(?:至|到|~|～|—|–)\s*(?=[0-9])|\A[0-9]{4}[./年][0-9]{1,2}[./月][0-9]{1,2}日?\s*-\s*|\A[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\s*(?:-|\s-\s)\s*"
)
"""A term 2019-10-12至2025-10-11: its end counts."""
_WHOLE: Final = re.compile(r"\.0+$")
"""How a spreadsheet ends a whole number."""
_BETWEEN_NUMBERS: Final = re.compile(r"[/、;；,，|\n]|\s{2,}|(?<=[0-9]{7})\s+(?=[0-9]{7})")
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
    def what(self) -> Say:
        """The refusal without its line."""
        return self.reason if self.column is None else Say("imports-cell", column=self.column, reason=self.reason)

    @property
    def say(self) -> Say:
        """The refusal as one sentence."""
        return Say("imports-line", line=self.line, what=self.what)


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

    def filled(self, column: str, nothing: Say | None = None) -> str:
        """Return a cell that must not be empty, as a name is stored; "" where it is refused, with `nothing` where it
        says that there is none.
        """
        refused = len(self.refusals)
        text = self._cell(column)
        if not text and len(self.refusals) == refused:
            self.refuse(column, Say("imports-empty-cell"))
        elif _NOTHING.fullmatch(text):
            self.refuse(column, nothing or Say("imports-placeholder", value=text))
            return ""
        return text

    def person(self, column: str) -> str:
        """Return the name of one person in a cell that must not be empty; "" where it is refused. A number or an office
        beside the name is left out, and told.
        """
        if not self.filled(column):
            return ""
        found = people.named(_plain(self._cells[column]))
        if found.fault:
            self.refuse(column, found.fault)
        elif found.beside:
            self.warn(column, Say("imports-beside-name"))
        return found.name

    def known(self, column: str, lookup: Callable[[str], T | None], unknown: Callable[[str], Say]) -> T | None:
        """Return what a filled cell names; where `lookup` finds nothing the cell is refused, and `unknown` says why."""
        text = self.filled(column)
        found = lookup(text) if text else None
        if text and found is None:
            self.refuse(column, unknown(text))
        return found

    def day(self, column: str, today: date) -> date | None:
        """Return the day in a cell that must not be empty; None where it is refused."""
        said = self.filled(column)
        return self._day(column, said, today) if said else None

    def day_if_any(self, column: str, today: date) -> date | None:
        """Return the day in a cell that may be empty, of a term the last; None where it is refused, or names no day."""
        said = self.text(column)
        if _ENDLESS.fullmatch(said):
            self.warn(column, Say("imports-endless", value=said))
            return None
        return self._day(column, _TERM.sub("", said), today) if said else None

    def plain(self, column: str) -> str:
        """Return a cell that may be empty or missing and refuses no line, as it stands; "" where it says nothing."""
        said = _plain(self._cells.get(column, ""))
        return "" if _NOTHING.fullmatch(said) else said

    def telephone(self, column: str) -> str | None:
        """Return the telephone number in a cell that may be empty or missing; None where there is none, or none that
        can be read: then the line is taken all the same, and the report says so. Of several the first counts.
        """
        said = self.plain(column)
        if not said:
            return None
        found = numbers.telephone_at_home(_WHOLE.sub("", said))
        if found is None and len(said) <= LENGTH_LIMIT:
            several = [one for part in _BETWEEN_NUMBERS.split(said) if (one := numbers.telephone_at_home(part))]
            found = next(iter(several), None)
        if found is None:
            self.warn(column, Say("imports-bad-phone"))
        return found

    def _day(self, column: str, text: str, today: date) -> date | None:
        said = _CLOCK.sub("", text)
        # A list spans years: a day without its year could be any.
        day = parsing.day(said, today) if _YEAR.search(said) else None
        if day is None:
            number = Say("imports-day-number", value=said) if _SERIAL.fullmatch(said) else None
            self.refuse(column, number or Say("imports-bad-day", value=said))
        return day

    def _cell(self, column: str, *, spaced: bool = False) -> str:
        raw = self._cells.get(column, "")
        text = _plain(raw) if spaced else _unified(raw)
        if len(text) > LENGTH_LIMIT:
            self.refuse(column, Say("imports-too-long", limit=LENGTH_LIMIT))
        elif text in _FORMULA_ERRORS:
            self.refuse(column, Say("imports-formula-error", value=text))
        elif text.startswith("="):
            self.refuse(column, Say("imports-formula"))
        elif _DITTO.fullmatch(text):
            self.refuse(column, Say("imports-ditto", value=text))
        else:
            return text
        return ""


def read(rows: Iterable[Row], state: Callable[[Line], T | None]) -> Reading[T]:
    """Read the lines of a list. `state` gives what a line states, or refuses the line."""
    reading = Reading[T]()
    for row in rows:
        line = Line(row)
        stated = None
        if row.surplus:
            # A separator inside a cell moved the cells after it: each of them would be called wrong.
            line.refuse(None, Say("imports-surplus"))
        elif row.scant:
            line.refuse(None, Say("imports-scant", filled=Listed(row.scant)))
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
