"""What became of answers that were handed in: judged, promised for a day, returned with a question (退回补正)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, case, func, insert, select, update

from storage import engine
from storage.desk_tables import promises, returned_answers
from storage.duties import UNJUDGED, Duty, is_unmet
from storage.records import columns, grouped, rows
from storage.tables import duties


@dataclass(frozen=True, slots=True)
class Promise:
    """By which day a duty will be met, as somebody said at an instant."""

    duty: int
    day: date
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Returned:
    """An answer that staff gave back: which, by whom, when, with which question."""

    duty: int
    conversation: int
    question: str
    by: int
    at: datetime


def judge(conn: Connection, duty: int, *, met: bool | None, shortfall: Mapping[str, Any] | None) -> None:
    """Note what the answer of a duty is worth that was handed in before this was judged."""
    conn.execute(update(duties).where(duties.c.id == duty).values(met=met, shortfall=shortfall))


def unjudged(conn: Connection, most: int) -> list[Duty]:
    """Return duties that were answered before answers were judged, at most so many, locked."""
    statement = select(*columns(duties, Duty)).where(duties.c.status == "answered", duties.c.met.is_(None))
    return rows(conn, Duty, statement.order_by(duties.c.id).limit(most).with_for_update())


def promise(conn: Connection, duty: Duty, day: date, *, by: int, at: datetime, remind: datetime) -> None:
    """Note by which day a duty will be met; it comes back at the instant `remind`."""
    said = {"duty": duty.id, "conversation": duty.conversation, "day": day, "by": by, "at": at}
    conn.execute(insert(promises).values(**said))
    conn.execute(update(duties).where(duties.c.id == duty.id).values(met_by=day, snoozed_until=remind))


def promised(conn: Connection, ids: Sequence[int]) -> dict[int, list[Promise]]:
    """Return what was promised of some duties, the oldest first."""
    statement = select(*columns(promises, Promise)).where(engine.among(promises.c.duty, ids)).order_by(promises.c.id)
    return grouped((found.duty, found) for found in rows(conn, Promise, statement))


def give_back(conn: Connection, duty: Duty, question: str, *, by: int, at: datetime) -> None:
    """Return the answer of a duty with a question: it is owed again, and the answer stays to start from."""
    said = {"duty": duty.id, "conversation": duty.conversation, "question": question, "by": by, "at": at}
    conn.execute(insert(returned_answers).values(**said))
    again = update(duties).where(duties.c.id == duty.id)
    conn.execute(again.values(status="returned", snoozed_until=None, **UNJUDGED))


def returned(conn: Connection, duty: int) -> list[Returned]:
    """Return with which questions the answers of a duty were given back, the oldest first."""
    statement = select(*columns(returned_answers, Returned)).where(returned_answers.c.duty == duty)
    return rows(conn, Returned, statement.order_by(returned_answers.c.id))


def unmet_by_enterprise(conn: Connection) -> dict[str, int]:
    """Return how many duties of each enterprise were answered and do not meet the clause; of the others nothing."""
    statement = (
        select(duties.c.enterprise, func.count())
        .where(duties.c.enterprise.is_not(None), is_unmet())
        .group_by(duties.c.enterprise)
    )
    return {code: int(number) for code, number in conn.execute(statement)}


def unmet(conn: Connection, district: str | None, today: date) -> tuple[int, int]:
    """Return how many duties of the enterprises of a district (None: of all) were answered and do not meet the clause,
    and of how many of them the promised day has passed.
    """
    over = func.sum(case((duties.c.met_by < today, 1), else_=0))
    statement = select(func.count(), over).where(duties.c.enterprise.is_not(None), is_unmet())
    if district is not None:
        statement = statement.where(duties.c.district == district)
    number, passed = conn.execute(statement).one()
    return int(number), int(passed or 0)
