"""The annex table as it is kept: what counts for it, its versions, what people changed in it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, Select, case, insert, literal, select, update

from campaign.annex import Values
from campaign.annex_count import TELLING, Action, CountedHazard, CountedStep
from campaign.hazards import Event, Origin
from storage import engine, records
from storage.records import as_values, columns, grouped, matching, row_or_none, rows
from storage.tables import annex_overrides, annex_tables, bureau_actions, hazard_steps, hazards
from storage.unreadable import broken_in, named, readable


@dataclass(frozen=True, slots=True)
class AnnexVersion:
    """A version of a month's table of one column; instants are UTC. `cells` is None while it is a draft."""

    id: int
    month: str
    district: str
    version: int
    state: str
    drafted_at: datetime | None
    submitted_at: datetime | None
    submitted_by: int | None
    approved_at: datetime | None
    approved_by: int | None
    filed_at: datetime | None
    filed_by: int | None
    cells: Any
    remark: str | None
    remark_row: str | None
    remark_by: int | None


@dataclass(frozen=True, slots=True)
class Override:
    """Figures that somebody put in the place of those counted for a month; `values` None: as counted again."""

    month: str
    row: str
    values: Values | None
    reason: str
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """An action as it was entered for a column of the table (`district`); instants are UTC.

    `corrects` is the entry that this one takes back. `taken_back` is the reason for which another one took this one
    back, or None; who did it and when stand beside it.
    """

    id: int
    district: str
    row: str
    enterprise: str | None
    day: date
    at: datetime
    values: Values
    note: str
    by: int | None
    corrects: int | None
    taken_back: str | None
    taken_back_by: int | None
    taken_back_at: datetime | None


SETBACKS = (Event.FAILED, Event.RELAPSE, Event.REOPEN, Event.NOT_MAJOR, Event.MERGE, Event.WITHDRAW)
"""The steps by which a hazard ceases to count for a row."""

_kept = columns(annex_tables, AnnexVersion)


def lives(conn: Connection, column: str | None, city_column: str, zone: ZoneInfo) -> dict[str, list[CountedHazard]]:
    """Return the hazards of the ledger with the steps that tell, by the column of the table in which they count: that
    of the day on which each was found. `column` None: all of them.
    """
    where = _of_column(column, city_column)
    steps: defaultdict[int, list[CountedStep]] = defaultdict(list)
    for row in conn.execute(
        select(
            hazard_steps.c.id,
            hazard_steps.c.hazard,
            hazard_steps.c.at,
            hazard_steps.c.event,
            # Of the others nothing is read, and photos by the dozen are named there.
            case((hazard_steps.c.event.in_(("list", "import")), hazard_steps.c.data)).label("data"),
            case((hazard_steps.c.event == "found", hazard_steps.c.data["criterion"].as_string())).label("criterion"),
        )
        .join(hazards, hazards.c.id == hazard_steps.c.hazard)
        .where(where, hazard_steps.c.event.in_(TELLING))
        .order_by(hazard_steps.c.id)
    ):
        if (broken := broken_in(row)) is not None:
            raise broken.error()  # a figure is not told that is perhaps another
        data = {"criterion": row.criterion} if row.event == "found" else row.data or {}
        steps[row.hazard].append(CountedStep(row.at, row.event, data))
    found: defaultdict[str, list[CountedHazard]] = defaultdict(list)
    for hazard in conn.execute(
        select(
            hazards.c.id,
            hazards.c.origin,
            hazards.c.enterprise,
            hazards.c.found_at,
            case((hazards.c.municipal, literal(city_column)), else_=hazards.c.district).label("column"),
        )
        .where(where)
        .order_by(hazards.c.id)
    ):
        day = hazard.found_at.astimezone(zone).date()
        found[hazard.column].append(
            CountedHazard(hazard.id, cast("Origin", hazard.origin), hazard.enterprise, day, steps[hazard.id])
        )
    return found


def _of_column(column: str | None, city_column: str) -> ColumnElement[bool]:
    if column is None:
        return literal(value=True)
    if column == city_column:
        return hazards.c.municipal
    return (hazards.c.district == column) & ~hazards.c.municipal


def actions(conn: Connection, column: str | None = None) -> dict[str, list[Action]]:
    """Return the dated actions by column, each with when it was taken back."""
    counter = bureau_actions.alias("counter")
    names = ("district", "id", "row", "enterprise", "day", "at", "values", "note")
    statement = (
        select(*(bureau_actions.c[name] for name in names), counter.c.at)
        .outerjoin(counter, counter.c.corrects == bureau_actions.c.id)
        .where(bureau_actions.c.corrects.is_(None), *matching({bureau_actions.c.district: column}))
        .order_by(bureau_actions.c.id)
    )
    found = ((column, Action(*row)) for column, *row in map(named, conn.execute(statement)))
    return grouped((column, replace(action, values=tuple(map(Decimal, action.values)))) for column, action in found)


def act(
    conn: Connection,
    *,
    district: str,
    row: str,
    enterprise: str | None,
    day: date,
    at: datetime,
    values: Values,
    note: str,
    by: int | None,
    corrects: int | None = None,
) -> int:
    """Enter an action, or with `corrects` a counter-entry; its number."""
    said = {"district": district, "row": row, "enterprise": enterprise, "day": day, "at": at, "note": note, "by": by}
    return records.add(conn, bureau_actions, **said, values=[f"{number:f}" for number in values], corrects=corrects)


_counter = bureau_actions.alias("counter")
_entries: Select[*tuple[Any, ...]] = select(
    *columns(bureau_actions, ActionEntry, but=("taken_back", "taken_back_by", "taken_back_at")),
    _counter.c.note.label("taken_back"),
    _counter.c.by.label("taken_back_by"),
    _counter.c.at.label("taken_back_at"),
).outerjoin(_counter, _counter.c.corrects == bureau_actions.c.id)


def action(conn: Connection, number: int) -> ActionEntry | None:
    """Return an entry by its number."""
    return actions_by_number(conn, [number]).get(number)


def actions_by_number(conn: Connection, numbers: Iterable[int]) -> dict[int, ActionEntry]:
    """Return those of some entries that exist, by number."""
    return {row.id: _entry(row) for row in conn.execute(_entries.where(engine.among(bureau_actions.c.id, numbers)))}


def entries(
    conn: Connection, column: str, since: datetime | None = None, until: datetime | None = None
) -> list[ActionEntry]:
    """Return what was entered for a column from one instant to before another, the newest first, counter-entries left
    out.
    """
    statement = _entries.where(bureau_actions.c.district == column, bureau_actions.c.corrects.is_(None))
    if since is not None:
        statement = statement.where(bureau_actions.c.at >= since)
    if until is not None:
        statement = statement.where(bureau_actions.c.at < until)
    return [_entry(row) for row in conn.execute(statement.order_by(bureau_actions.c.id.desc()))]


def _entry(row: Row[*tuple[Any, ...]]) -> ActionEntry:
    entry = ActionEntry(*named(row))
    return replace(entry, values=tuple(map(Decimal, entry.values)))


def newest(conn: Connection, month: str, district: str, *, lock: bool = False) -> AnnexVersion | None:
    """Return the newest version of a table; None: nothing was done about it yet."""
    statement = (
        select(*_kept)
        .where(annex_tables.c.month == month, annex_tables.c.district == district)
        .order_by(annex_tables.c.version.desc())
        .limit(1)
    )
    return row_or_none(conn, AnnexVersion, statement.with_for_update() if lock else statement)


def filed(conn: Connection, month: str, district: str | None = None) -> dict[str, AnnexVersion]:
    """Return the filed tables of a month by column, of each the last version."""
    statement = (
        select(*_kept)
        .where(
            annex_tables.c.month == month,
            annex_tables.c.state == "filed",
            *matching({annex_tables.c.district: district}),
        )
        .order_by(annex_tables.c.version)
    )
    return {table.district: table for table in rows(conn, AnnexVersion, statement)}


def states(conn: Connection, month: str) -> dict[str, AnnexVersion]:
    """Return the newest versions of a month by column."""
    statement = select(*_kept).where(annex_tables.c.month == month).order_by(annex_tables.c.version)
    return {table.district: table for table in rows(conn, AnnexVersion, statement)}


def returned(conn: Connection) -> list[AnnexVersion]:
    """Return the tables that were filed, given back by the city, and not handed in again."""
    statement = select(*_kept).where(annex_tables.c.state == "draft", annex_tables.c.version > 1)
    return rows(conn, AnnexVersion, statement.order_by(annex_tables.c.id))


class AnnexRemark(TypedDict, total=False):
    """The columns that say why a table came back: the sentence, whose, and of which row."""

    remark: str | None
    remark_row: str | None
    remark_by: int | None


class NewAnnexTable(AnnexRemark, total=False):
    """The columns with which a version begins."""

    drafted_at: datetime


class AnnexColumns(AnnexRemark, total=False):
    """The columns that may change."""

    state: str
    drafted_at: datetime
    submitted_at: datetime | None
    submitted_by: int | None
    approved_at: datetime | None
    approved_by: int | None
    filed_at: datetime
    filed_by: int
    cells: Any


def begin(
    conn: Connection, month: str, district: str, after: AnnexVersion | None, **values: Unpack[NewAnnexTable]
) -> None:
    """Begin the version after the one that was read as the newest (None: the first), as a draft. Of two who begin it
    at once one fails, and looks again.
    """
    version = 1 if after is None else after.version + 1
    conn.execute(insert(annex_tables).values(month=month, district=district, version=version, state="draft", **values))


def change(conn: Connection, table: int, **values: Unpack[AnnexColumns]) -> None:
    """Write what a step of a table changed."""
    conn.execute(update(annex_tables).where(annex_tables.c.id == table).values(**values))


def override(conn: Connection, district: str, figures: Override) -> None:
    """Put figures in the place of those counted."""
    values = None if figures.values is None else [f"{number:f}" for number in figures.values]
    conn.execute(insert(annex_overrides).values(district=district, **as_values(figures) | {"values": values}))


def overrides(conn: Connection, month: str) -> dict[tuple[str, str], Override]:
    """Return, by column and row, what was last put in the place of a counted figure: in the table of this month, or
    else of the newest month before it in which somebody did.
    """
    statement = (
        select(annex_overrides)
        .where(annex_overrides.c.month <= month)
        .order_by(annex_overrides.c.month, annex_overrides.c.id)
    )
    found: dict[tuple[str, str], Override] = {}
    for row in conn.execute(statement).mappings():
        values = None if row["values"] is None else tuple(map(Decimal, row["values"]))
        said = Override(row["month"], row["row"], values, row["reason"], row["by"], row["at"])
        found[row["district"], row["row"]] = said
    return found


def setbacks(conn: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Return what was said when each of some hazards last ceased to count as rectified, or as major; by number, empty
    where nothing was said. A hazard to which that never happened is left out.
    """
    statement = (
        select(hazard_steps.c.id, hazard_steps.c.hazard, hazard_steps.c.data)
        .where(engine.among(hazard_steps.c.hazard, numbers), hazard_steps.c.event.in_(SETBACKS))
        .order_by(hazard_steps.c.id)
    )
    return {
        row.hazard: str(row.data.get("remark") or row.data.get("note") or "")
        for row in readable(conn.execute(statement))
    }
