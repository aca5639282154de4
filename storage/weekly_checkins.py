"""Weekly check-ins: made from the ledger by set-based statements, the same whoever makes them and however often."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, literal, not_, or_, select, true, update

from campaign.hazards import Week
from storage import engine
from storage.duties import UNANSWERED
from storage.tables import duties, enterprises, hazards


def plan(
    conn: Connection, obligation: str, owner: str, week: Week, now: datetime, enterprise: str | None = None
) -> int:
    """Make a week's check-ins exist for every enterprise (or for one) of which a hazard counts for it; return how
    many are new. While the week is not over, take back those whose last hazard closed within it, and open again those
    that one counts for after all. A check-in opens with the week, or when the first hazard of the week was found.
    """
    earliest = func.min(hazards.c.weekly_from)
    fixed = {
        "obligation": obligation,
        "period": week.period,
        "owner": owner,
        "due": week.due,
        "status": "open",
    }
    start = literal(week.start, duties.c.opens.type)
    columns = ["subject", "enterprise", "district", "opens", *fixed]
    source = (
        select(
            enterprises.c.code,
            enterprises.c.code,
            enterprises.c.district,
            case((earliest < start, start), else_=earliest),
            *(literal(value, duties.c[name].type) for name, value in fixed.items()),
        )
        .join(hazards, hazards.c.enterprise == enterprises.c.code)
        .where(_kept(week), _only(enterprises.c.code, enterprise))
        .group_by(enterprises.c.code, enterprises.c.district)
    )
    insert = engine.insert(duties).execution_options(preserve_rowcount=True)
    new = int(conn.execute(insert.from_select(columns, source).on_conflict_do_nothing()).rowcount)
    if now <= week.due:
        this = and_(
            duties.c.obligation == obligation, duties.c.period == week.period, _only(duties.c.enterprise, enterprise)
        )
        kept = exists().where(hazards.c.enterprise == duties.c.enterprise, _kept(week))
        left = or_(duties.c.status.in_(UNANSWERED), duties.c.held.is_not(None))
        conn.execute(update(duties).where(this, left, not_(kept)).values(status="withdrawn", held=None))
        gone = and_(duties.c.status == "withdrawn", duties.c.held.is_(None))
        conn.execute(update(duties).where(this, gone, kept).values(status="open"))
    return new


def _only(code: ColumnElement[Any], enterprise: str | None) -> ColumnElement[bool]:
    return true() if enterprise is None else code == enterprise


def _kept(week: Week) -> ColumnElement[bool]:
    """Return the condition of `campaign.hazards.keeps`: the week counts, and at its end the hazard is open still."""
    return and_(
        hazards.c.weekly_from < week.found_before,
        or_(hazards.c.closed_at.is_(None), hazards.c.closed_at > week.due),
    )
