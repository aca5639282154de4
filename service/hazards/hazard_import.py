"""The import of old lists of major hazards with their source, checked line by line; what is there already stays."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from campaign.hazards import ENDED, Origin, State
from campaign.identity import normalise_code
from service.core.unit_of_work import UnitOfWork
from service.imports import columns
from service.imports.columns import Columns
from service.imports.reader import Line, read
from service.imports.report import Entry, ImportReport, refused_sentences, warning_sentences
from service.imports.sheets import Row, Sheet
from storage import hazards, registry
from storage.registry import Enterprise
from talk.cleaning import likeness
from talk.texts import Listed, Say

COLUMNS: Final = Columns(
    required=(columns.CODE, columns.PLACE, columns.SOURCE, columns.FOUND, columns.DEADLINE, columns.STATE),
    optional=(columns.CRITERION, columns.DESCRIPTION),
)

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
"""The usual words of lists for a state."""
_BY_WORDS: Final = {likeness(words): state for words, state in STATES}

_CLAUSE: Final = re.compile(r"第?([0-9]{1,2})(?:条|-|\.)第?[(（]?([0-9]{1,2})[)）]?项?")
_OWN_WORDS: Final = ("自查", "自报")
"""A source with one of these tells of what the enterprise found itself."""

Key = tuple[str, str, date, str]
"""Two lines with the same enterprise, place, day and source, however these are spelt, are the same hazard."""


def import_hazards(uow: UnitOfWork, rows: Sequence[Row], partial: bool = False) -> ImportReport:
    """Enter what the rows tell of and the ledger does not hold yet; a hazard that it holds is left as it is,
    since it may have moved on here. When a line is refused nothing is written, unless `partial`.
    """
    reading = read(rows, _HazardLines(uow).stated)
    there = {
        _key(
            hazard.enterprise,
            hazard.place,
            hazard.found_at.astimezone(uow.context.zone).date(),
            hazard.source or "",
        )
        for hazard in hazards.find(uow.conn)
    }
    new = [stated for stated in reading.stated if stated.key not in there]
    written = partial or not reading.refused
    if written:
        for stated in new:
            stated.write(uow)
    return ImportReport(
        tuple(stated.entry for stated in new),
        (),
        tuple(stated.entry for stated in reading.stated if stated.key in there),
        tuple(reading.refused),
        written,
        tuple(reading.warnings),
    )


def report_lines(report: ImportReport, sheet: Sheet) -> list[Say]:
    """The report for people: a sentence for each line that was refused or is odd, then the sums."""
    lines = [*refused_sentences(report), *warning_sentences(report, sheet)]
    added, unchanged, refused = len(report.added), len(report.unchanged), report.refused_lines
    if not report.written:
        lines.append(Say("imports-hazards-nothing", added=added, unchanged=unchanged, refused=refused))
    elif report.refused:
        lines.append(Say("imports-hazards-partly", added=added, unchanged=unchanged, refused=refused))
    else:
        lines.append(Say("imports-hazards-written", added=added, unchanged=unchanged))
    return lines


def _key(code: str, place: str, found: date, source: str) -> Key:
    return code, likeness(place), found, likeness(source)


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
        description: str,
        state: State,
    ) -> None:
        self.key = _key(enterprise.code, place, found, source)
        self._place, self._found, self._source = place, found, source
        self.entry = Entry(line, enterprise.code, place)
        self._enterprise = enterprise
        self._deadline = deadline
        self._criterion = criterion
        self._description = description
        self._state = state

    def write(self, uow: UnitOfWork) -> None:
        """Write the hazard into the ledger. Weekly check-ins ask about it from now on, not for the weeks before."""
        source = self._source
        origin: Origin = "enterprise" if any(word in source for word in _OWN_WORDS) else "department"
        number = hazards.add(
            uow.conn,
            enterprise=self._enterprise.code,
            district=self._enterprise.district,
            origin=origin,
            source=source,
            place=self._place,
            description=self._description or None,
            criterion=self._criterion,
            state=self._state,
            found_at=datetime.combine(self._found, time.min, uow.context.zone),
            weekly_from=uow.now,
            deadline=self._deadline,
            closed_at=uow.now if self._state in ENDED else None,
        )
        hazards.step(uow.conn, number, uow.now, None, "import", {"source": source, "state": self._state})
        uow.note("hazard-imported", f"hazard/{number}", origin=origin, state=self._state)


class _HazardLines:
    """Reads the lines of one list; a hazard may come once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._pack = uow.pack
        self._today = uow.now.date()
        self._enterprises = registry.all_enterprises(uow.conn)
        self._criteria = {
            criterion.id: article for article in uow.pack.standard.articles for criterion in article.criteria
        }
        self._lines: dict[Key, int] = {}

    def stated(self, line: Line) -> _Stated | None:
        """Return the hazard of a line; None where the line is refused."""
        enterprise = line.known(
            columns.CODE,
            lambda text: self._enterprises.get(normalise_code(text)),
            lambda text: Say("imports-unknown-enterprise", value=normalise_code(text)),
        )
        place = line.filled(columns.PLACE)
        source = line.filled(columns.SOURCE)
        found = line.day(columns.FOUND, self._today)
        if found is not None and found > self._today:
            line.refuse(columns.FOUND, Say("imports-day-future"))
        deadline = line.day_if_any(columns.DEADLINE, self._today)
        state = line.known(
            columns.STATE,
            lambda text: _BY_WORDS.get(likeness(text)),
            lambda text: Say("imports-unknown-state", value=text, known=Listed(tuple(words for words, _ in STATES))),
        )
        criterion = self._criterion(line, enterprise)
        if deadline is not None and found is not None and deadline < found:
            line.refuse(columns.DEADLINE, Say("imports-deadline-before-found"))
        if line.refusals or enterprise is None or found is None or state is None:
            return None
        description = line.text(columns.DESCRIPTION)
        stated = _Stated(line.number, enterprise, place, source, found, deadline, criterion, description, state)
        first = self._lines.setdefault(stated.key, line.number)
        if first != line.number:
            line.refuse(None, Say("imports-hazard-repeated", first=first))
        return stated

    def _criterion(self, line: Line, enterprise: Enterprise | None) -> str | None:
        text = line.text(columns.CRITERION)
        if not text:
            return None
        named = _CLAUSE.fullmatch(likeness(text))
        name = f"{int(named[1])}-{int(named[2])}" if named else text
        article = self._criteria.get(name)
        if article is None:
            line.refuse(columns.CRITERION, Say("imports-unknown-criterion", value=text))
        elif enterprise and article.scope.sectors and enterprise.sector not in article.scope.sectors:
            sector = self._pack.sector(enterprise.sector).name
            line.refuse(columns.CRITERION, Say("imports-criterion-elsewhere", value=text, sector=sector))
        return name
