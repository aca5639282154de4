"""How often people are reminded: one row for each person and day of the campaign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, func, select

from storage import engine
from storage.records import rows
from storage.tables import burden


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many reminders somebody was sent on a day, in campaign time."""

    person: int
    day: date
    messages: int


_new = engine.insert(burden)
_add = _new.on_conflict_do_update(
    index_elements=[burden.c.person, burden.c.day], set_={"messages": burden.c.messages + _new.excluded.messages}
)
_between = (
    select(burden.c.person, func.sum(burden.c.messages))
    .where(burden.c.day.between(bindparam("first"), bindparam("last")))
    .group_by(burden.c.person)
)


def add(conn: Connection, person: int, day: date, messages: int) -> None:
    """Add so many reminders to those of a day; fewer than none where one that had not left is replaced."""
    conn.execute(_add, {"person": person, "day": day, "messages": messages})


def between(conn: Connection, first: date, last: date) -> dict[int, int]:
    """Return how many reminders each person was sent from one day to another, both included."""
    return {person: int(messages) for person, messages in conn.execute(_between, {"first": first, "last": last})}


def newest(conn: Connection, since: date) -> dict[int, date]:
    """Return on which day each person was last reminded, of those who were since a day: also by a reminder that took
    the place of one that had not left, and so adds none to the day.
    """
    statement = select(burden.c.person, func.max(burden.c.day)).where(burden.c.day >= since).group_by(burden.c.person)
    return {row[0]: row[1] for row in conn.execute(statement)}


def every_day(conn: Connection) -> Sequence[Reminded]:
    """Return the reminders of every person and day."""
    statement = select(burden.c.person, burden.c.day, burden.c.messages).order_by(burden.c.person, burden.c.day)
    return rows(conn, Reminded, statement)
