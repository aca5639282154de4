"""Answers from which duties follow, and duties that a later answer made moot."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, String, cast, exists, literal, select, update

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


def waiting(
    conn: Connection, obligation: str, source: str, *, done_until: date | None, answered_since: datetime | None
) -> list[Answered]:
    """Return the answers of `source` from which a duty of `obligation` does not follow yet: where a day is said, the
    newest of each subject whose deed was done by then; else those that came since an instant.
    """
    made, newer = duties.alias(), duties.alias()
    statement = select(*(duties.c[name] for name in Answered.__dataclass_fields__)).where(
        duties.c.obligation == source,
        duties.c.status == "answered",
        duties.c.answered_at.is_not(None),
        ~exists().where(
            made.c.obligation == obligation,
            made.c.subject == duties.c.subject,
            made.c.period == literal(AFTER) + cast(duties.c.id, String),
        ),
    )
    if done_until is not None:
        statement = statement.where(
            duties.c.done_on <= done_until,
            ~exists().where(
                newer.c.obligation == source,
                newer.c.subject == duties.c.subject,
                newer.c.status == "answered",
                newer.c.done_on > duties.c.done_on,
            ),
        )
    if answered_since is not None:
        statement = statement.where(duties.c.answered_at >= answered_since)
    return [Answered(*row) for row in conn.execute(statement.order_by(duties.c.id))]


def drop_moot(conn: Connection, obligation: str, source: str) -> None:
    """Withdraw the unanswered duties of an obligation since whose opening its source was answered anew."""
    anew = duties.alias()
    conn.execute(
        update(duties)
        .where(
            duties.c.obligation == obligation,
            duties.c.status.in_(UNANSWERED),
            exists().where(
                anew.c.obligation == source,
                anew.c.subject == duties.c.subject,
                anew.c.status == "answered",
                anew.c.answered_at > duties.c.opens,
                anew.c.id != duties.c.id,
            ),
        )
        .values(status="withdrawn", held=None)
    )
