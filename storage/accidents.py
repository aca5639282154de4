"""Accidents as enterprises report them. Functions take a connection; instants are UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, or_, select, update

from storage import records
from storage.accident_tables import accident_reports
from storage.records import columns, row_or_none, rows


@dataclass(frozen=True, slots=True)
class AccidentReport:
    """A report of an accident; `first`: the report that it adds to."""

    id: int
    enterprise: str
    district: str
    first: int | None
    by: int
    at: datetime
    place: str
    happened_at: datetime
    what: str
    dead: int
    missing: int
    injured: int
    loss: str
    measures: str
    seen_by: int | None
    seen_at: datetime | None


class NewReport(TypedDict):
    """The columns of a report that is entered."""

    enterprise: str
    district: str
    first: int | None
    by: int
    at: datetime
    place: str
    happened_at: datetime
    what: str
    dead: int
    missing: int
    injured: int
    loss: str
    measures: str


_columns = columns(accident_reports, AccidentReport)


def add(conn: Connection, **values: Unpack[NewReport]) -> int:
    """Enter a report; return its number."""
    return records.add(conn, accident_reports, **values)


def get(conn: Connection, number: int, *, lock: bool = False) -> AccidentReport | None:
    """Return a report by its number."""
    statement = select(*_columns).where(accident_reports.c.id == number)
    return row_or_none(conn, AccidentReport, statement.with_for_update() if lock else statement)


def of_accident(conn: Connection, first: int) -> list[AccidentReport]:
    """Return every report of an accident, the first one first."""
    mine = or_(accident_reports.c.id == first, accident_reports.c.first == first)
    return rows(conn, AccidentReport, select(*_columns).where(mine).order_by(accident_reports.c.id))


def firsts(
    conn: Connection, since: datetime, *, enterprises: Sequence[str] = (), districts: Sequence[str] | None = ()
) -> list[AccidentReport]:
    """Return the first reports since an instant of some enterprises, or of some districts (None: of all), the newest
    first.
    """
    statement = select(*_columns).where(accident_reports.c.first.is_(None), accident_reports.c.at >= since)
    if districts is not None:
        own = accident_reports.c.enterprise.in_(enterprises), accident_reports.c.district.in_(districts)
        statement = statement.where(or_(*own))
    return rows(conn, AccidentReport, statement.order_by(accident_reports.c.id.desc()))


def mark_seen(conn: Connection, number: int, by: int, at: datetime) -> None:
    """Keep who of the department took note of a report."""
    conn.execute(update(accident_reports).where(accident_reports.c.id == number).values(seen_by=by, seen_at=at))
