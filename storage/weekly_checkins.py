"""Weekly check-ins: made from the ledger by set-based statements, the same whoever makes them and however often."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Update, and_, bindparam, case, exists, func, not_, or_, select, update
from sqlalchemy.dialects.postgresql import Insert

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
    of_week = {
        "the_obligation": obligation,
        "the_period": week.period,
        "the_due": week.due,
        "found_before": week.found_before,
        **({} if enterprise is None else {"the_enterprise": enterprise}),
    }
    statements = _statements(of_one=enterprise is not None)
    opening = {**of_week, "the_owner": owner, "the_status": "open", "the_start": week.start}
    new = int(conn.execute(statements.open, opening).rowcount)
    if now <= week.due:
        conn.execute(statements.withdraw, of_week)
        conn.execute(statements.revive, of_week)
    return new


class _Statements(NamedTuple):
    open: Insert
    withdraw: Update
    revive: Update


@cache
def _statements(*, of_one: bool) -> _Statements:
    """Return the statements for all enterprises or for one, made once: a tick sends them for every week it looks at."""
    earliest, start = func.min(hazards.c.weekly_from), _value("the_start", "opens")
    fixed = ("obligation", "period", "owner", "due", "status")
    source = (
        select(
            enterprises.c.code,
            enterprises.c.code,
            enterprises.c.district,
            case((earliest < start, start), else_=earliest),
            *(_value(f"the_{name}", name) for name in fixed),
        )
        .join(hazards, hazards.c.enterprise == enterprises.c.code)
        .where(_kept(), *_only(enterprises.c.code, of_one=of_one))
        .group_by(enterprises.c.code, enterprises.c.district)
    )
    insert = engine.insert(duties).execution_options(preserve_rowcount=True)
    this = and_(
        duties.c.obligation == bindparam("the_obligation"),
        duties.c.period == bindparam("the_period"),
        *_only(duties.c.enterprise, of_one=of_one),
    )
    kept = exists().where(hazards.c.enterprise == duties.c.enterprise, _kept())
    left = or_(duties.c.status.in_(UNANSWERED), duties.c.held.is_not(None))
    gone = and_(duties.c.status == "withdrawn", duties.c.held.is_(None))
    return _Statements(
        insert.from_select(["subject", "enterprise", "district", "opens", *fixed], source).on_conflict_do_nothing(),
        update(duties).where(this, left, not_(kept)).values(status="withdrawn", held=None),
        update(duties).where(this, gone, kept).values(status="open"),
    )


def _value(name: str, column: str) -> ColumnElement[Any]:
    return bindparam(name, type_=duties.c[column].type)


def _only(code: ColumnElement[Any], *, of_one: bool) -> list[ColumnElement[bool]]:
    return [code == bindparam("the_enterprise")] if of_one else []


def _kept() -> ColumnElement[bool]:
    """Return the condition of `campaign.hazards.keeps`: the week counts, and at its end the hazard is open still."""
    return and_(
        hazards.c.weekly_from < bindparam("found_before"),
        or_(hazards.c.closed_at.is_(None), hazards.c.closed_at > bindparam("the_due")),
    )
