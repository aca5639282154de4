"""The annex table (调度表) of a month: each cell with the records behind it, what changed, what is odd."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from campaign.annex import AnnexRow, Odd, Values, draft_day, left_over, oddities, total
from campaign.annex_count import Action, Counted, CountedHazard, Cut, Source, count
from campaign.notation import DAY_ENDS
from campaign.obligations import Obligation
from campaign.periods import Period, meant
from campaign.talks.annex import TABLE
from campaign.workdays import morning, workday_not_after
from service.annex.grounds import numbered
from service.core.unit_of_work import UnitOfWork
from storage import annex
from storage.annex import AnnexVersion, Override


@dataclass(frozen=True, slots=True)
class Overridden:
    """Why, by whom (a person's id) and when a figure was put in the place of the counted one. `month` is the earlier
    one (`2023-05`) in whose table that was done, and whose difference holds until its records catch up; None: this
    month's.
    """

    reason: str
    by: int
    at: datetime
    month: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of a column: what is reported, what was counted, from which records. `restored`: somebody decided in this
    month that what is counted is reported again.
    """

    row: AnnexRow
    values: Values
    counted: Values
    sources: tuple[Source, ...]
    override: Overridden | None = None
    restored: Overridden | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What changes a figure of a month that was filed before: a record that came in after the filing (`late`), or one
    that was counted then and is not now, with why.
    """

    row: str
    id: str
    late: bool
    day: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Table:
    """A month's table of one column. `before` are the figures of the last one that was filed, of the month `since`;
    empty where there is none.

    `as_of`: facts recorded until then count, of days up to the month's end.
    """

    month: Period
    column: str
    state: str
    as_of: datetime
    cells: tuple[Cell, ...]
    before: Mapping[str, Values]
    since: Period | None
    corrections: tuple[Correction, ...]
    kept: AnnexVersion | None
    odd: tuple[Odd, ...]

    @property
    def filed_at(self) -> datetime | None:
        """When it was filed."""
        return self.kept.filed_at if self.kept is not None and self.state == "filed" else None

    def cell(self, row: str) -> Cell:
        """The cell of a row; LookupError where there is none."""
        for cell in self.cells:
            if cell.row.name == row:
                return cell
        raise LookupError(row)

    @property
    def values(self) -> dict[str, Values]:
        """The figures by row."""
        return {cell.row.name: cell.values for cell in self.cells}


def rule(uow: UnitOfWork) -> Obligation | None:
    """The duty to report the table; None where the pack has none."""
    return next((rule for rule in uow.pack.obligations if rule.form == TABLE), None)


def months(uow: UnitOfWork) -> dict[str, Period]:
    """The months of the campaign for which a table is reported, in order."""
    found = rule(uow)
    if found is None:
        return {}
    periods = found.periods(found.variants[0], uow.pack.campaign, uow.pack.phase_periods)
    return {period.name: period for period in periods}


def is_owed(uow: UnitOfWork, month: Period) -> bool:
    """Whether a month's table is owed and the bureaus are at work: of one that was over before, no draft comes."""
    found = rule(uow)
    return found is not None and uow.pack.owes(found.variants[0], month) and uow.pack.is_at_work(uow.now.date())


def named(uow: UnitOfWork, words: str) -> tuple[Period | None, str | None] | None:
    """The month (`6月`, `June`, `2023-06`, `6`) and the column that somebody typed; None: a word is neither."""
    month, column = None, None
    every = list(months(uow).values())
    left = words.split()
    while left:
        # June 2024 are two words, and one month.
        for most in (2, 1):
            named_month = meant(" ".join(left[:most]), every, uow.now.date())
            if named_month is not None:
                month, left = named_month, left[most:]
                break
        else:
            column = uow.pack.column_by_name(left[0])
            if column is None:
                return None
            left = left[1:]
    return month, column


def drafted_from(uow: UnitOfWork, month: Period) -> datetime:
    """From when a month's table can be filled in: 08:30 of the day on which its draft comes."""
    found = rule(uow)
    opens = month.first if found is None else found.variants[0].opens_on(month)
    due = None if found is None else found.variants[0].due_on(month)
    day = draft_day(month.last.replace(day=1), opens.day, 28 if due is None else due.day)
    return morning(day, uow.now)


def chief_at(uow: UnitOfWork, month: Period) -> datetime:
    """When the city gets its card of a month: on the day on which tables are due, or the last working day before."""
    found = rule(uow)
    due = None if found is None else found.variants[0].due_on(month)
    day = workday_not_after(month.last.replace(day=28) if due is None else due)
    return datetime.combine(day, uow.pack.annex.chief_card, uow.context.zone)


def present(uow: UnitOfWork, column: str | None) -> Period | None:
    """The month that people mean when they name none: the newest whose draft has come; once the column's table of it
    is filed, the month that runs. For the city (None) the newest whose draft has come.
    """
    begun = [month for month in months(uow).values() if uow.now.date() >= month.first]
    if len(begun) <= 1 or uow.now >= drafted_from(uow, begun[-1]):
        return begun[-1] if begun else next(iter(months(uow).values()), None)
    former = begun[-2]
    newest = None if column is None else annex.newest(uow.conn, former.name, column)
    return begun[-1] if newest is not None and newest.state == "filed" else former


def end_of(uow: UnitOfWork, month: Period) -> datetime:
    """The last second of a month."""
    return datetime.combine(month.last, DAY_ENDS, uow.context.zone)


def table(uow: UnitOfWork, month: Period, column: str, *, filing: bool = False) -> Table:
    """The table of one column as it stands: filed or handed in as it was then, else counted now.

    A draft knows what was recorded by now, and after the month's end what was by then; `filing`: what would be filed
    now, late records of the month among them.
    """
    newest = annex.states(uow.conn, month.name).get(column)
    return _Reader(uow, month, column, filing=filing).table(column, newest)


def counted(uow: UnitOfWork, month: Period, column: str) -> Table:
    """What would be filed now, whether or not the table was handed in before."""
    return _Reader(uow, month, column, filing=True).table(column, None)


def tables(uow: UnitOfWork, month: Period, column: str | None = None) -> list[Table]:
    """The official tables: filed ones, and drafts of what is not filed; of one column, or all in order."""
    reader = _Reader(uow, month, column, filing=False)
    filed = annex.filed(uow.conn, month.name, column)
    return [reader.table(name, filed.get(name)) for name in (uow.pack.columns if column is None else (column,))]


def together(found: Sequence[Table]) -> dict[str, Values]:
    """The figures of the whole city: the sums of its columns, by row."""
    return total([table.values for table in found])


@dataclass(frozen=True, slots=True)
class _Facts:
    """What counts, by column, and what people put in its place, by column and row."""

    lives: Mapping[str, Sequence[CountedHazard]]
    actions: Mapping[str, Sequence[Action]]
    overrides: Mapping[tuple[str, str], Override]


class _Reader:
    """Reads the tables of a month, with what they all need read once."""

    def __init__(self, uow: UnitOfWork, month: Period, only: str | None, *, filing: bool) -> None:
        self._uow = uow
        self._month = month
        self._only = only
        until = uow.now if filing else min(uow.now, end_of(uow, month))
        self._cut = Cut(until, uow.pack.start, month.last, uow.context.zone)
        self._filed = self._last_filed()
        self._facts: _Facts | None = None

    def table(self, column: str, kept: AnnexVersion | None) -> Table:
        """The table of a column, from the version of it that is wanted."""
        since, former = self._filed.get(column, (None, None))
        known = {} if former is None else _cells(self._uow, former)
        values = {name: cell.values for name, cell in known.items()}
        if kept is not None and kept.cells is not None:
            cells = tuple(_cells(self._uow, kept).values())
            corrections = tuple(_correction(stored) for stored in kept.cells["corrections"])
            as_of = kept.filed_at or kept.submitted_at or self._cut.until
            state = kept.state
        else:
            cells = tuple(self._counted(column, since, known))
            corrections = tuple(self._corrections(cells, known, since))
            as_of, state = self._cut.until, "draft"
        odd = tuple(oddities(self._uow.pack.annex, {cell.row.name: cell.values for cell in cells}, values))
        at = as_of.astimezone(self._uow.context.zone)
        return Table(self._month, column, state, at, cells, values, since, corrections, kept, odd)

    def _last_filed(self) -> dict[str, tuple[Period, AnnexVersion]]:
        """The last filed table of a month before this one, by column."""
        wanted = self._uow.pack.columns if self._only is None else (self._only,)
        every = list(months(self._uow).values())
        found: dict[str, tuple[Period, AnnexVersion]] = {}
        for month in reversed(every[: every.index(self._month)]):
            filed = annex.filed(self._uow.conn, month.name, self._only)
            found = {name: (month, kept) for name, kept in filed.items()} | found
            if len(found) == len(wanted):
                break
        return found

    def _counted(self, column: str, since: Period | None, known: Mapping[str, Cell]) -> list[Cell]:
        if self._facts is None:
            uow = self._uow
            self._facts = _Facts(
                annex.lives(uow.conn, self._only, uow.pack.annex.city_column, uow.context.zone),
                annex.actions(uow.conn, self._only),
                annex.overrides(uow.conn, self._month.name),
            )
        found = self._count(column, self._cut)
        cells = []
        for row in self._uow.pack.annex.rows:
            values, sources = found[row.name].values, found[row.name].sources
            other = self._facts.overrides.get((column, row.name))
            if other is None:
                cells.append(Cell(row, values, values, sources))
            elif other.month == self._month.name:
                why = Overridden(other.reason, other.by, other.at)
                if other.values is None:
                    cells.append(Cell(row, values, values, sources, restored=why))
                else:
                    cells.append(Cell(row, other.values, values, sources, why))
            else:
                # A table that was filed since without the difference ended it.
                ended = since is not None and since.name > other.month and known[row.name].override is None
                left = None if ended else self._left(column, other)
                if left is None or not any(left):
                    cells.append(Cell(row, values, values, sources))
                else:
                    why = Overridden(other.reason, other.by, other.at, other.month)
                    reported = tuple(number + more for number, more in zip(values, left, strict=True))
                    cells.append(Cell(row, reported, values, sources, why))
        return cells

    def _left(self, column: str, put: Override) -> Values | None:
        """What the records of an earlier month still lack of the figures that were put in its table; None: nothing was
        put. They are compared with what was counted when that table was filed, or, where it was not filed with them,
        when they were put.
        """
        month = months(self._uow).get(put.month)
        if put.values is None or month is None:
            return None
        filed = annex.filed(self._uow.conn, put.month, column).get(column)
        if filed is not None and filed.filed_at is not None and filed.filed_at >= put.at:
            then = _cells(self._uow, filed)[put.row].counted
        else:
            then = self._count(column, Cut(put.at, self._cut.first, month.last, self._cut.zone))[put.row].values
        now = self._count(column, self._cut, month.last)[put.row].values
        return left_over(put.values, then, now)

    def _count(self, column: str, cut: Cut, by: date | None = None) -> Mapping[str, Counted]:
        if self._facts is None:
            raise LookupError("what is counted was read")
        lives, actions = self._facts.lives.get(column, ()), self._facts.actions.get(column, ())
        return count(self._uow.pack.annex, lives, actions, cut, by)

    def _corrections(self, cells: Sequence[Cell], known: Mapping[str, Cell], since: Period | None) -> list[Correction]:
        if since is None:
            return []
        now = {cell.row.name: {source.id for source in cell.sources} for cell in cells}
        gone = {
            row: [source.id for source in known[row].sources if source.id not in counted]
            for row, counted in now.items()
        }
        why = self._why(record for records in gone.values() for record in records)
        found = []
        for cell in cells:
            row = cell.row.name
            then = {source.id for source in known[row].sources}
            found += [
                Correction(row, source.id, late=True, day=source.day, why="")
                for source in cell.sources
                if source.id not in then and source.day <= since.last
            ]
            found += [Correction(row, record, late=False, day=None, why=why[record]) for record in gone[row]]
        return found

    def _why(self, records: Iterable[str]) -> dict[str, str]:
        """Why records count no more, by their ids; empty where nothing was said."""
        known = {record: numbered(record) for record in records}
        hazards = annex.setbacks(self._uow.conn, (number for kind, number in known.values() if kind == "hazard"))
        actions = annex.actions_by_number(
            self._uow.conn, (number for kind, number in known.values() if kind == "action")
        )
        taken_back = {number: entry.taken_back or "" for number, entry in actions.items()}
        return {
            record: (hazards if kind == "hazard" else taken_back).get(number, "")
            for record, (kind, number) in known.items()
        }


def unexplained(found: Table) -> list[Odd]:
    """Where less is reported than was filed before, and nothing says why: neither a record that counts no more, nor a
    figure put in by hand, or no more.
    """
    why = {correction.row for correction in found.corrections if not correction.late}
    why |= {cell.row.name for cell in found.cells if cell.override is not None or cell.restored is not None}
    return [odd for odd in found.odd if odd.kind == "fell" and odd.row not in why]


def snapshot(found: Table) -> dict[str, Any]:
    """A table as it is kept: every row with its figures and records, and what it corrects."""
    return {
        "cells": [
            {
                "row": cell.row.name,
                "values": [f"{number:f}" for number in cell.values],
                "counted": [f"{number:f}" for number in cell.counted],
                "sources": [[source.id, source.day.isoformat(), source.at.isoformat()] for source in cell.sources],
                "override": None if cell.override is None else _stored(cell.override),
                # Named where it is so alone: the digests on buttons of yesterday are made of these words.
                **({} if cell.restored is None else {"restored": _stored(cell.restored)}),
            }
            for cell in found.cells
        ],
        "corrections": [
            [change.row, change.id, change.late, None if change.day is None else change.day.isoformat(), change.why]
            for change in found.corrections
        ],
    }


def _stored(why: Overridden) -> list[Any]:
    return [why.reason, why.by, why.at.isoformat(), *(() if why.month is None else (why.month,))]


def _overridden(stored: Sequence[Any] | None) -> Overridden | None:
    if stored is None:
        return None
    reason, by, at, *month = stored
    # Where no month is named it is the table's own.
    return Overridden(reason, by, datetime.fromisoformat(at), *month)


def _cells(uow: UnitOfWork, kept: AnnexVersion) -> dict[str, Cell]:
    stored = {} if kept.cells is None else {cell["row"]: cell for cell in kept.cells["cells"]}
    found = {}
    for row in uow.pack.annex.rows:
        cell = stored.get(row.name)
        if cell is None:
            # A row that the pack got later: nothing was reported of it.
            none = (Decimal(0),) * row.counts.figures
            found[row.name] = Cell(row, none, none, ())
            continue
        sources = tuple(
            Source(id_, date.fromisoformat(day), datetime.fromisoformat(at)) for id_, day, at in cell["sources"]
        )
        values, counted = tuple(map(Decimal, cell["values"])), tuple(map(Decimal, cell["counted"]))
        override, restored = _overridden(cell["override"]), _overridden(cell.get("restored"))
        found[row.name] = Cell(row, values, counted, sources, override, restored)
    return found


def _correction(stored: Sequence[Any]) -> Correction:
    row, id_, late, day, why = stored
    return Correction(row, id_, late=late, day=None if day is None else date.fromisoformat(day), why=why)
