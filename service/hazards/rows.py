"""Old lists of major hazards come in with their source, checked line by line; what is there already stays."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Final

from campaign.hazards import ENDED, Origin, State
from campaign.identity import normalise_code, unify_text
from service.core.unit_of_work import UnitOfWork
from service.imports.sheets import Row
from service.registry.enterprise_rows import CODE, Cells, Refusal
from service.registry.enterprises import Entry, ImportReport
from storage import audit, hazards, registry
from storage.registry import Enterprise
from talk.texts import Listed, Say

PLACE: Final = "地点"
CRITERION: Final = "判定标准条款"
SOURCE: Final = "来源"
FOUND: Final = "发现日期"
DEADLINE: Final = "整改期限"
STATE: Final = "状态"
REQUIRED: Final = (CODE, PLACE, SOURCE, FOUND, DEADLINE, STATE)
OPTIONAL: Final = (CRITERION,)

STATES: Final[tuple[tuple[str, State], ...]] = (
    ("未整改", State.FOUND),
    ("已发现", State.FOUND),
    ("已制定方案", State.PLANNED),
    ("整改中", State.RECTIFYING),
    ("正在整改", State.RECTIFYING),
    ("整改完成", State.DONE),
    ("已整改", State.DONE),
    ("已评估", State.EVALUATED),
    ("复查通过", State.REINSPECTED),
    ("已销号", State.CLOSED),
)
"""What a list may call a state, the usual words."""

_CLAUSE: Final = re.compile(r"第?([0-9]{1,2})(?:条|-|\.)第?[(（]?([0-9]{1,2})[)）]?项?")
_OWN_WORDS: Final = ("自查", "自报")
"""A source with one of these tells of what the enterprise found itself."""

Key = tuple[str, str, date, str]
"""What makes two lines the same hazard: enterprise, place, day, source."""


def import_hazards(uow: UnitOfWork, rows: Sequence[Row], partial: bool = False) -> ImportReport:
    """Enter what the rows tell of and the ledger does not hold yet; a hazard that it holds is left as it is,
    since it may have moved on here. When a line is refused nothing is written, unless `partial`.
    """
    reader = _Reader(uow)
    read = [reader.read(row) for row in rows]
    stated = [one for one in read if isinstance(one, _Stated)]
    refused = [refusal for one in read if not isinstance(one, _Stated) for refusal in one]
    there = {
        (one.enterprise, one.place, one.found_at.astimezone(uow.context.zone).date(), one.source or "")
        for one in hazards.find(uow.conn)
    }
    new = [one for one in stated if one.key not in there]
    written = partial or not refused
    if written:
        for one in new:
            one.write(uow)
    return ImportReport(
        tuple(one.entry for one in new),
        (),
        tuple(one.entry for one in stated if one.key in there),
        tuple(refused),
        written,
    )


def report_lines(report: ImportReport, ignored: Sequence[str] = ()) -> list[Say]:
    """The report for people: a sentence for each line that was refused, then the sums."""
    lines = [refusal.say for refusal in report.refused]
    if ignored:
        lines.append(Say("imports-ignored-columns", columns=Listed(tuple(ignored))))
    added, unchanged, refused = len(report.added), len(report.unchanged), report.refused_lines
    if not report.written:
        lines.append(Say("imports-hazards-nothing", added=added, unchanged=unchanged, refused=refused))
    elif report.refused:
        lines.append(Say("imports-hazards-partly", added=added, unchanged=unchanged, refused=refused))
    else:
        lines.append(Say("imports-hazards-written", added=added, unchanged=unchanged))
    return lines


class _Stated:
    """A sound line."""

    def __init__(
        self,
        line: int,
        enterprise: Enterprise,
        place: str,
        source: str,
        found: date,
        deadline: date | None,
        criterion: str | None,
        state: State,
    ) -> None:
        self.key: Key = (enterprise.code, place, found, source)
        self.entry = Entry(line, enterprise.code, place)
        self._enterprise = enterprise
        self._deadline = deadline
        self._criterion = criterion
        self._state = state

    def write(self, uow: UnitOfWork) -> None:
        """Into the ledger. Weekly check-ins ask about it from now on, not for the weeks before it was here."""
        code, place, found, source = self.key
        origin: Origin = "enterprise" if any(word in source for word in _OWN_WORDS) else "department"
        number = hazards.add(
            uow.conn,
            enterprise=code,
            district=self._enterprise.district,
            origin=origin,
            source=source,
            place=place,
            criterion=self._criterion,
            state=self._state,
            found_at=datetime.combine(found, time.min, uow.context.zone),
            weekly_from=uow.now,
            deadline=self._deadline,
            closed_at=uow.now if self._state in ENDED else None,
        )
        hazards.step(uow.conn, number, uow.now, None, "import", {"source": source, "state": self._state})
        audit.note(uow.conn, uow.now, "hazard-imported", None, f"hazard/{number}", origin=origin, state=self._state)


class _Reader:
    """Reads the lines of one list; a hazard may come once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._enterprises = registry.all_enterprises(uow.conn)
        self._criteria = {
            criterion.id: article for article in uow.pack.standard.articles for criterion in article.criteria
        }
        self._unify = cache(unify_text)
        self._lines: dict[Key, int] = {}

    def read(self, row: Row) -> _Stated | tuple[Refusal, ...]:
        """The hazard of a line, or everything that is wrong with the line."""
        if row.surplus:
            return (Refusal(row.line, None, Say("imports-surplus")),)
        cells = Cells(row, self._unify)
        enterprise = self._enterprise(cells)
        place = cells.filled(PLACE)
        source = cells.filled(SOURCE)
        found = self._found(cells)
        deadline = cells.day(DEADLINE, cells.text(DEADLINE, spaced=True), self._uow.now.date())
        state = _state(cells)
        criterion = self._criterion(cells, enterprise)
        if deadline is not None and found is not None and deadline < found:
            cells.refuse(DEADLINE, Say("imports-deadline-before-found"))
        if cells.refusals or enterprise is None or found is None or state is None:
            return tuple(cells.refusals)
        one = _Stated(row.line, enterprise, place, source, found, deadline, criterion, state)
        if one.key in self._lines:
            return (Refusal(row.line, None, Say("imports-hazard-repeated", first=self._lines[one.key])),)
        self._lines[one.key] = row.line
        return one

    def _enterprise(self, cells: Cells) -> Enterprise | None:
        code = normalise_code(cells.filled(CODE))
        if code and code not in self._enterprises:
            cells.refuse(CODE, Say("imports-unknown-enterprise", value=code))
        return self._enterprises.get(code)

    def _found(self, cells: Cells) -> date | None:
        found = cells.day(FOUND, cells.filled(FOUND), self._uow.now.date())
        if found is not None and found > self._uow.now.date():
            cells.refuse(FOUND, Say("imports-day-future"))
        return found

    def _criterion(self, cells: Cells, enterprise: Enterprise | None) -> str | None:
        text = cells.text(CRITERION)
        if not text:
            return None
        named = _CLAUSE.fullmatch(text)
        name = f"{int(named[1])}-{int(named[2])}" if named else text
        article = self._criteria.get(name)
        if article is None:
            cells.refuse(CRITERION, Say("imports-unknown-criterion", value=text))
        elif enterprise and article.scope.sectors and enterprise.sector not in article.scope.sectors:
            sector = self._uow.pack.sector(enterprise.sector).name
            cells.refuse(CRITERION, Say("imports-criterion-elsewhere", value=text, sector=sector))
        return name


def _state(cells: Cells) -> State | None:
    text = cells.filled(STATE)
    if not text:
        return None
    state = dict(STATES).get(text)
    if state is None:
        known = Listed(tuple(words for words, _ in STATES))
        cells.refuse(STATE, Say("imports-unknown-state", value=text, known=known))
    return state
