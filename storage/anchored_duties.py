"""Answers from which duties follow, and duties that a later answer made moot."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, cast, exists, literal, not_, or_, select, update

from campaign.anchors import AFTER
from storage.duties import UNANSWERED
from storage.tables import duties


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that counts: of which duty, whose, of which day the deed is, and when it came."""

    id: int
    subject: str
    enterprise: str | None
    district: str
    done_on: date | None
    answered_at: datetime

    def period(self, *, dated: bool) -> str:
        """Return the period of a duty that follows from it; `dated`: of one that the day of the deed moves."""
        return f"{AFTER}{self.id}/{self.done_on}" if dated else f"{AFTER}{self.id}"


def waiting_by_day(conn: Connection, obligation: str, source: str, done_until: date) -> list[Answered]:
    """Return the newest answer of each subject to `source`, by the day of the deed, from which a duty of `obligation`
    does not follow yet, where the deed was done by a day.
    """
    return _waiting(conn, obligation, _newest(duties, source), duties.c.done_on <= done_until, period=_dated(duties))


def waiting_since(conn: Connection, obligation: str, source: str, since: datetime) -> list[Answered]:
    """Return the answers to `source` since an instant from which a duty of `obligation` does not follow yet."""
    period = literal(AFTER) + cast(duties.c.id, String)
    return _waiting(conn, obligation, _answers(duties, source), duties.c.answered_at >= since, period=period)


def drop_moot(conn: Connection, obligation: str, source: str) -> None:
    """Withdraw the unanswered duties of an obligation that follow from another answer to `source` than the newest."""
    newest = duties.alias()
    conn.execute(
        update(duties)
        .where(
            duties.c.obligation == obligation,
            duties.c.status.in_(UNANSWERED),
            exists().where(
                newest.c.subject == duties.c.subject,
                _newest(newest, source),
                duties.c.period != _dated(newest),
            ),
        )
        .values(status="withdrawn", held=None)
    )


def _waiting(
    conn: Connection, obligation: str, *wanted: ColumnElement[bool], period: ColumnElement[str]
) -> list[Answered]:
    made = duties.alias()
    follows = exists().where(
        made.c.obligation == obligation, made.c.subject == duties.c.subject, made.c.period == period
    )
    columns = (duties.c[name] for name in Answered.__dataclass_fields__)
    return [
        Answered(*row) for row in conn.execute(select(*columns).where(*wanted, not_(follows)).order_by(duties.c.id))
    ]


def _answers(table: Any, source: str) -> ColumnElement[bool]:
    return and_(table.c.obligation == source, table.c.status == "answered", table.c.answered_at.is_not(None))


def _newest(table: Any, source: str) -> ColumnElement[bool]:
    """The condition that a row is the answer of its subject with the latest deed, of two of one day the later row."""
    other = duties.alias()
    later = exists().where(
        other.c.subject == table.c.subject,
        _answers(other, source),
        or_(other.c.done_on > table.c.done_on, and_(other.c.done_on == table.c.done_on, other.c.id > table.c.id)),
    )
    return and_(_answers(table, source), table.c.done_on.is_not(None), not_(later))


def _dated(table: Any) -> ColumnElement[str]:
    return literal(AFTER) + cast(table.c.id, String) + literal("/") + cast(table.c.done_on, String)
