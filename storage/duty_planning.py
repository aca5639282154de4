"""Which duties there are: made for who is in their scope, withdrawn and opened again as the registry and the lives of
enterprises change, by set-based statements.

A start sends them for every period of a campaign: each is made once for a scope, with the rest as parameters.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Update,
    and_,
    bindparam,
    case,
    exists,
    func,
    not_,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import Insert

from campaign.duties import Planned
from campaign.enterprise_life import CLOSED, State
from campaign.obligations import OF_BUREAUS
from campaign.scope import Matched, Scope
from storage import engine
from storage.duties import UNANSWERED
from storage.life_tables import enterprise_spells
from storage.tables import duties, enterprise_tags, enterprises

_FIXED = ("obligation", "period", "owner", "opens", "due", "status")
"""The columns that are the same in every row of a period."""

# Asked for, since the driver else counts -1 where SQLAlchemy reads the new keys back.
_insert = engine.insert(duties).execution_options(preserve_rowcount=True)
_insert_one = _insert.on_conflict_do_nothing()


def plan(conn: Connection, planned: Planned, owner: str, places: Sequence[str]) -> int:
    """Make the duties of one obligation and period exist, whoever plans it and however often; what bureaus owe, of
    those of these `places`.

    A duty that was due before its subject came into scope is not opened (an enterprise that got a tag
    in July owes nothing of June for it). Returns how many are new.
    """
    fixed = {
        "obligation": planned.obligation_id,
        "period": planned.period,
        "owner": owner,
        "opens": planned.opens,
        "due": planned.due,
        "status": "open",
    }
    if planned.subject_kind in OF_BUREAUS:
        new = [{**fixed, "subject": place, "enterprise": None, "district": place} for place in places]
        return int(conn.execute(_insert_one, new).rowcount)
    statement = _opens(planned.scope, everybody=planned.subject_kind == "enterprise", dated=planned.due is not None)
    return int(conn.execute(statement, {f"the_{name}": value for name, value in fixed.items()}).rowcount)


@cache
def _opens(matched: Matched, *, everybody: bool, dated: bool) -> Insert:
    columns = ["subject", "enterprise", "district", *_FIXED]
    source = select(
        enterprises.c.code,
        enterprises.c.code,
        enterprises.c.district,
        *(bindparam(f"the_{name}", type_=duties.c[name].type) for name in _FIXED),
    ).where(_in_scope(matched, everybody=everybody, since=_the_due() if dated else None))
    return _insert.from_select(columns, source).on_conflict_do_nothing()


def _the_due() -> BindParameter[datetime]:
    return bindparam("the_due", type_=duties.c.due.type)


def follow_scope(conn: Connection, planned: Planned, at: datetime) -> int:
    """Withdraw the duties that their subjects no longer owe, from now on, and open those again that were withdrawn and
    are owed once more; return how many. Answers stay, and so does what was due before.
    """
    statement = _follows_scope(planned.scope, everybody=planned.subject_kind == "enterprise")
    values = {"the_obligation": planned.obligation_id, "the_period": planned.period, "at": at}
    return int(conn.execute(statement, values).rowcount)


@cache
def _follows_scope(matched: Matched, *, everybody: bool) -> Update:
    owed = exists().where(
        enterprises.c.code == duties.c.enterprise, _in_scope(matched, everybody=everybody, since=None)
    )
    left = or_(duties.c.status.in_(UNANSWERED), duties.c.held.is_not(None))
    gone = and_(duties.c.status == "withdrawn", duties.c.held.is_(None))
    return (
        update(duties)
        .where(
            duties.c.obligation == bindparam("the_obligation"),
            duties.c.period == bindparam("the_period"),
            or_(duties.c.due.is_(None), duties.c.due >= bindparam("at")),
            or_(and_(left, not_(owed)), and_(gone, owed)),
        )
        .values(status=case((gone, "open"), else_="withdrawn"), held=None)
    )


def take_up(conn: Connection, planned: Planned, at: datetime) -> None:
    """Open what bureaus owe again that was let go, and is not over."""
    conn.execute(
        update(duties)
        .where(
            duties.c.obligation == planned.obligation_id,
            duties.c.period == planned.period,
            duties.c.status == "withdrawn",
            duties.c.held.is_(None),
            or_(duties.c.due.is_(None), duties.c.due >= at),
        )
        .values(status="open")
    )


def let_go(conn: Connection, planned: Planned) -> None:
    """Withdraw what nobody answered of a period that was over before anything was owed; answers stay."""
    left = or_(duties.c.status.in_(UNANSWERED), duties.c.held.is_not(None))
    conn.execute(
        update(duties)
        .where(
            duties.c.obligation == planned.obligation_id,
            duties.c.period == planned.period,
            duties.c.due == planned.due,
            left,
        )
        .values(status="withdrawn", held=None)
    )


def drop_others(conn: Connection, obligations: Sequence[str]) -> None:
    """Withdraw what nobody answered of obligations that a pack no longer has, or has switched off; answers stay."""
    left = or_(duties.c.status.in_(UNANSWERED), duties.c.held.is_not(None))
    conn.execute(
        update(duties).where(duties.c.obligation.not_in(obligations), left).values(status="withdrawn", held=None)
    )


def follow_moves(conn: Connection, at: datetime) -> None:
    """Move what is still to be done to the new district of its enterprise; the rest keeps the old one."""
    moved = select(enterprises.c.district).where(enterprises.c.code == duties.c.enterprise).scalar_subquery()
    conn.execute(
        update(duties)
        .where(
            duties.c.enterprise.is_not(None),
            duties.c.status.in_(UNANSWERED),
            or_(duties.c.due.is_(None), duties.c.due >= at),
            duties.c.district != moved,
        )
        .values(district=moved)
    )


def follow_lives(conn: Connection, now: datetime, enterprise: str | None = None) -> int:
    """Let duties (or those of one enterprise) be what the life of their enterprises makes of them by now, whoever does
    it and however often; return how many changed. What falls due in a standstill is excused, and so is what has no date
    while it lasts; of an enterprise that is gone all that is not answered is withdrawn. Each keeps the status that it
    had, and has it again where the days turn out to be others.
    """
    values = {"now": now} if enterprise is None else {"now": now, "of_enterprise": enterprise}
    statements = _follows_lives(of_one=enterprise is not None)
    return sum(int(conn.execute(statement, values).rowcount) for statement in statements)


@cache
def _follows_lives(*, of_one: bool) -> tuple[Update, ...]:
    """Return what gives the duties back what they were, withdraws those of who is gone, and excuses in a standstill."""
    only = [duties.c.subject == bindparam("of_enterprise")] if of_one else []
    closed, still = _in_spell(closed=True), _in_spell(closed=False)
    over = update(duties).where(duties.c.held.is_not(None), not_(closed), not_(still), *only)
    return (
        over.values(status=duties.c.held, held=None),
        _held("withdrawn", closed).where(*only),
        _held("excused", and_(still, not_(closed))).where(*only),
    )


def hold(conn: Connection, duty: int) -> None:
    """Let a duty that was excused be one that a standstill excuses: when that is over sooner it is open again."""
    conn.execute(update(duties).where(duties.c.id == duty, duties.c.status == "excused").values(held="open"))


def _held(status: str, which: ColumnElement[bool]) -> Update:
    """Return the statement that takes from duties what they are, and keeps it."""
    left = or_(duties.c.status.in_(UNANSWERED), and_(duties.c.held.is_not(None), duties.c.status != status))
    concerned = duties.c.subject.in_(select(enterprise_spells.c.enterprise))
    kept = func.coalesce(duties.c.held, duties.c.status)
    return update(duties).where(concerned, left, which).values(status=status, held=kept)


def _in_spell(*, closed: bool) -> ColumnElement[bool]:
    """Return the condition that the enterprise of a duty is gone, or that the duty falls into its standstill: by its
    date, without one by now.
    """
    spells = enterprise_spells
    now = bindparam("now", type_=duties.c.due.type)
    day = func.coalesce(duties.c.due, now)

    def covers(moment: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(spells.c.starts <= moment, or_(spells.c.until.is_(None), spells.c.until > moment))

    if closed:
        when = and_(spells.c.state.in_(CLOSED), or_(covers(day), covers(now)))
    else:
        when = and_(spells.c.state == State.SUSPENDED, covers(day))
    return exists().where(spells.c.enterprise == duties.c.enterprise, when)


def _in_scope(matched: Matched, *, everybody: bool, since: BindParameter[datetime] | None) -> ColumnElement[bool]:
    """Return the condition that an enterprise is in the scope of a duty, or (not `everybody`) a municipal one is. The
    first matching variant wins, so earlier ones must not match.
    """
    kind = true() if everybody else enterprises.c.municipal
    entered = true() if since is None else or_(enterprises.c.since.is_(None), enterprises.c.since <= since)
    return and_(
        kind,
        entered,
        _matches(matched.scope, since),
        *(not_(_matches(earlier, None)) for earlier in matched.earlier),
    )


def _matches(scope: Scope, since: BindParameter[datetime] | None) -> ColumnElement[bool]:
    wanted: list[ColumnElement[bool]] = [true()]
    if scope.sectors:
        wanted.append(enterprises.c.sector.in_(scope.sectors))
    if scope.tags:
        wanted.append(_tagged(scope.tags, since))
    wanted += [_tagged((tag,), since) for tag in scope.all_tags]
    if scope.employees is not None:
        wanted.append(enterprises.c.employees >= scope.employees.least)
        if scope.employees.most is not None:
            wanted.append(enterprises.c.employees <= scope.employees.most)
    if scope.without_tags:
        wanted.append(not_(_tagged(scope.without_tags, None)))
    return and_(*wanted)


def _tagged(tags: Iterable[str], since: BindParameter[datetime] | None) -> ColumnElement[bool]:
    tagged = exists().where(enterprise_tags.c.enterprise == enterprises.c.code, enterprise_tags.c.tag.in_(tags))
    if since is None:
        return tagged
    return tagged.where(or_(enterprise_tags.c.since.is_(None), enterprise_tags.c.since <= since))
