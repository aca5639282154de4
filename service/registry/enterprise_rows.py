"""What a line of a bureau's sheet says about an enterprise: its cells unified, its faults named."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final
from unicodedata import normalize

from campaign.identity import CodeFault, code_fault, likeness, normalise_code, unify_text
from campaign.pack import District, Pack
from service.imports.sheets import Row
from storage.registry import Enterprise
from talk import parsing
from talk.texts import Listed, Say

NAME: Final = "企业名称"
CODE: Final = "统一社会信用代码"
DISTRICT: Final = "所属区县"
SECTOR: Final = "行业"
TAGS: Final = "风险标签"
PRINCIPAL: Final = "主要负责人"
OFFICER: Final = "安全管理人员"
SUPERVISOR: Final = "监管单位"
EMPLOYEES: Final = "职工人数"
SECTOR_DEPARTMENT: Final = "行业监管部门"
REQUIRED: Final = (NAME, CODE, DISTRICT, SECTOR, TAGS, PRINCIPAL, OFFICER, SUPERVISOR, EMPLOYEES)
OPTIONAL: Final = (SECTOR_DEPARTMENT,)

LENGTH_LIMIT: Final = 200
"""Characters of a cell: names are shown in messages, and nothing is cut."""

_BETWEEN_TAGS: Final = re.compile(r"[、,;/|\s]+")
_NO_TAGS: Final = "无"
SCIENTIFIC: Final = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+")
_YEAR: Final = re.compile(r"(19|20)[0-9]{2}")
_MIDNIGHT: Final = re.compile(r"[ T]00:00(:00)?$")
_WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,7}|[0-9]{1,3}(,[0-9]{3}){1,2}")
_FORMULA_ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}
)


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


@dataclass(frozen=True, slots=True)
class Stated:
    """A sound line: the enterprise as it says.

    `department_stated` is False where the sheet has no column of the sector's department; then the
    safety department stands in its place.
    """

    line: int
    enterprise: Enterprise
    department_stated: bool


class RowReader:
    """Reads the lines of one sheet by the names of a pack; an enterprise may come once."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        # A sheet of 50,000 lines repeats a few names: each is compared once.
        self._district = cache(pack.district_by_name)
        self._sector = cache(pack.sector_by_name)
        self._tag = cache(pack.tag_by_name)
        self._likeness = cache(likeness)
        self._unify = lru_cache(maxsize=4096)(unify_text)
        self._districts = Listed(tuple(district.name for district in pack.districts))
        self._sectors = Listed(tuple(sector.name for sector in pack.sectors))
        self._tags = Listed(tuple(tag.name for tag in pack.tags))
        self._lines: dict[str, int] = {}

    def read(self, row: Row) -> Stated | tuple[Refusal, ...]:
        """The enterprise of a line, or everything that is wrong with the line."""
        if row.surplus:
            # A separator inside a cell moved the cells after it: each of them would be called wrong.
            return (Refusal(row.line, None, Say("imports-surplus")),)
        cells = Cells(row, self._unify)
        name = cells.filled(NAME)
        code = self._code(cells)
        district = self._district_of(cells)
        sector = self._sector_of(cells)
        tags = self._tags_of(cells)
        principal = cells.filled(PRINCIPAL)
        officer = cells.filled(OFFICER)
        supervisor = self._supervisor(cells, district)
        employees = _employees(cells)
        department = cells.text(SECTOR_DEPARTMENT)
        if cells.refusals or district is None:
            return tuple(cells.refusals)
        return Stated(
            row.line,
            Enterprise(
                code=code,
                name=name,
                district=district.name,
                sector=sector,
                municipal=supervisor == self._pack.city_bureau,
                supervisor=supervisor,
                sector_department=department or supervisor,
                principal_name=principal,
                officer_name=officer,
                employees=employees,
                tags=tags,
            ),
            department_stated=SECTOR_DEPARTMENT in row.cells,
        )

    def _code(self, cells: "Cells") -> str:
        code = normalise_code(cells.filled(CODE))
        if not code:
            return ""
        if fault := _fault(code):
            cells.refuse(CODE, fault)
        elif code in self._lines:
            cells.refuse(CODE, Say("imports-repeated", value=code, first=self._lines[code]))
        else:
            self._lines[code] = cells.line
        return code

    def _district_of(self, cells: "Cells") -> District | None:
        text = cells.filled(DISTRICT)
        district = self._district(text) if text else None
        if text and district is None:
            cells.refuse(DISTRICT, Say("imports-unknown-district", value=text, known=self._districts))
        return district

    def _sector_of(self, cells: "Cells") -> str:
        text = cells.filled(SECTOR)
        sector = self._sector(text) if text else None
        if text and sector is None:
            cells.refuse(SECTOR, Say("imports-unknown-sector", value=text, known=self._sectors))
        return "" if sector is None else sector.id

    def _tags_of(self, cells: "Cells") -> frozenset[str]:
        text = normalize("NFKC", cells.text(TAGS, spaced=True))
        words = [word for part in _BETWEEN_TAGS.split(text) if (word := self._unify(part))]
        if words == [_NO_TAGS]:
            return frozenset()
        tags = {word: self._tag(word) for word in words}
        if unknown := tuple(word for word, tag in tags.items() if tag is None):
            cells.refuse(TAGS, Say("imports-unknown-tag", value=Listed(unknown), known=self._tags))
        return frozenset(tag.id for tag in tags.values() if tag is not None)

    def _supervisor(self, cells: "Cells", district: District | None) -> str:
        text = cells.filled(SUPERVISOR)
        if not text or district is None:
            return ""
        for bureau in (district.bureau, self._pack.city_bureau):
            if self._likeness(bureau) == self._likeness(text):
                return bureau
        cells.refuse(
            SUPERVISOR,
            Say(
                "imports-unknown-supervisor",
                value=text,
                bureau=district.bureau,
                city=self._pack.city_bureau,
            ),
        )
        return ""


class Cells:
    """The cells of a line, and what is wrong with them."""

    def __init__(self, row: Row, unify: Callable[[str], str]) -> None:
        self.line = row.line
        self.refusals: list[Refusal] = []
        self._cells = row.cells
        self._unify = unify

    def refuse(self, column: str, reason: Say) -> None:
        """Refuse the line for a cell."""
        self.refusals.append(Refusal(self.line, column, reason))

    def text(self, column: str, *, spaced: bool = False) -> str:
        """A cell as a name is stored, or `spaced` as it stands; "" where it is empty, absent or refused."""
        raw = self._cells.get(column, "")
        text = raw if spaced else self._unify(raw)
        if len(text) > LENGTH_LIMIT:
            self.refuse(column, Say("imports-too-long", limit=LENGTH_LIMIT))
        elif text.strip() in _FORMULA_ERRORS:
            self.refuse(column, Say("imports-formula-error", value=text.strip()))
        else:
            return text
        return ""

    def filled(self, column: str) -> str:
        """A cell that must not be empty; "" where it is refused."""
        refused = len(self.refusals)
        text = self.text(column)
        if not text and len(self.refusals) == refused:
            self.refuse(column, Say("imports-empty-cell"))
        return text

    def day(self, column: str, text: str, today: date) -> date | None:
        """The day that a cell's text names; None where it is empty or refused."""
        said = _MIDNIGHT.sub("", text.strip())
        if not said:
            return None
        # A list spans years: a day without its year could be any.
        day = parsing.day(said, today) if _YEAR.search(said) else None
        if day is None:
            self.refuse(column, Say("imports-bad-day", value=said))
        return day


def _fault(code: str) -> Say | None:
    if SCIENTIFIC.fullmatch(code):
        return Say("imports-code-number", value=code)
    match code_fault(code):
        case None:
            return None
        case CodeFault.LENGTH:
            return Say("imports-code-length", value=code, length=len(code))
        case CodeFault.CHARACTER:
            return Say("imports-code-character", value=code)
        case CodeFault.CHECK:
            return Say("imports-code-check", value=code)


def _employees(cells: Cells) -> int:
    text = cells.filled(EMPLOYEES)
    number = normalise_code(text)
    if _WHOLE_NUMBER.fullmatch(number):
        return int(number.replace(",", ""))
    if text:
        cells.refuse(EMPLOYEES, Say("imports-not-a-number", value=text))
    return 0
