"""Trainings on the criteria as they are kept, and the checks of enterprises by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, cast, func, insert, or_, select

from storage import records
from storage.coverage_tables import training_reached, trainings
from storage.records import as_values, rows
from storage.tables import bureau_actions

_counter = trainings.alias("counter")


@dataclass(frozen=True, slots=True)
class Training:
    """A training: `note` is where it was held; `taken_back` the reason why it counts no more, `taken_back_at` when."""

    id: int
    district: str
    day: date
    at: datetime
    by: int
    note: str
    taken_back: str | None
    taken_back_at: datetime | None
    enterprises: int
    people: int


@dataclass(frozen=True, slots=True)
class Reached:
    """People of an enterprise whom a training reached."""

    enterprise: str
    role: str
    people: int


def add(
    conn: Connection, *, district: str, day: date, at: datetime, by: int, note: str, reached: Iterable[Reached]
) -> int:
    """Enter a training; its number."""
    number = records.add(conn, trainings, district=district, day=day, at=at, by=by, note=note)
    conn.execute(insert(training_reached), [{"training": number, **as_values(group)} for group in reached])
    return number


def take_back(conn: Connection, training: Training, *, at: datetime, by: int, reason: str) -> None:
    """Take a training back by a counter-entry: it counts no more, and stays readable."""
    said = {"district": training.district, "day": training.day, "at": at, "by": by, "note": reason}
    conn.execute(insert(trainings).values(**said, corrects=training.id))


def get(conn: Connection, number: int, *, lock: bool = False) -> Training | None:
    """Return a training by its number; counter-entries are none."""
    if lock:
        conn.execute(select(trainings.c.id).where(trainings.c.id == number).with_for_update())
    return next(iter(_found(conn, trainings.c.id == number)), None)


def find(conn: Connection, district: str) -> list[Training]:
    """Return the trainings of a column, the newest day first."""
    return _found(conn, trainings.c.district == district)


def _found(conn: Connection, which: ColumnElement[bool]) -> list[Training]:
    numbers = (
        select(
            training_reached.c.training,
            func.count(training_reached.c.enterprise.distinct()).label("enterprises"),
            func.sum(training_reached.c.people).label("people"),
        )
        .group_by(training_reached.c.training)
        .subquery()
    )
    columns: tuple[ColumnElement[Any], ...] = (
        *(trainings.c[name] for name in ("id", "district", "day", "at", "by", "note")),
        _counter.c.note,
        _counter.c.at,
        func.coalesce(numbers.c.enterprises, 0),
        cast(func.coalesce(numbers.c.people, 0), Integer),
    )
    statement = (
        select(*columns)
        .outerjoin(_counter, _counter.c.corrects == trainings.c.id)
        .outerjoin(numbers, numbers.c.training == trainings.c.id)
        .where(which, trainings.c.corrects.is_(None))
        .order_by(trainings.c.day.desc(), trainings.c.id.desc())
    )
    return rows(conn, Training, statement)


def reached(conn: Connection, until: datetime, last: date) -> dict[tuple[str, str], int]:
    """Return how many people of each enterprise and role were trained, by what was recorded until an instant of days
    up to the last: who was at two trainings counts once.
    """
    statement = (
        select(
            training_reached.c.enterprise, training_reached.c.role, func.max(training_reached.c.people).label("people")
        )
        .join(trainings, trainings.c.id == training_reached.c.training)
        .outerjoin(_counter, _counter.c.corrects == trainings.c.id)
        .where(
            trainings.c.at <= until,
            trainings.c.day <= last,
            or_(_counter.c.at.is_(None), _counter.c.at > until),
        )
        .group_by(training_reached.c.enterprise, training_reached.c.role)
    )
    return {(row.enterprise, row.role): int(row.people) for row in conn.execute(statement)}


def checked(conn: Connection, row: str, first: date, until: datetime, last: date) -> dict[str, date]:
    """Return the day on which each enterprise was last checked, by the actions of a row of the annex that count: from
    the first day to the last, recorded until an instant and not taken back by then.
    """
    counter = bureau_actions.alias("counter")
    statement = (
        select(bureau_actions.c.enterprise, func.max(bureau_actions.c.day).label("day"))
        .outerjoin(counter, counter.c.corrects == bureau_actions.c.id)
        .where(
            bureau_actions.c.row == row,
            bureau_actions.c.enterprise.is_not(None),
            bureau_actions.c.corrects.is_(None),
            bureau_actions.c.at <= until,
            bureau_actions.c.day.between(first, last),
            or_(counter.c.at.is_(None), counter.c.at > until),
        )
        .group_by(bureau_actions.c.enterprise)
    )
    return {row.enterprise: row.day for row in conn.execute(statement)}
