"""Papers that are asked for, as rows: each is claimed by one process to be drawn, and settled by what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from storage import engine
from storage.columns import Instant
from storage.records import columns, matching, rows
from storage.tables import paper_orders
from storage.unreadable import Unreadable, broken_in

LEASE: Final = timedelta(seconds=30)
"""How long an order belongs to the process that draws it; it is renewed meanwhile. What a process that died held is
free after this.
"""
ATTEMPTS: Final = 4
"""After so many tries that went wrong it has failed; with `retry_wait`, after some four minutes."""
SUSPECT: Final = 2
"""An order that was lost so often with the process that drew it may be what ends processes: it is drawn when no other
such order is.
"""
LOST: Final = 5
"""An order that was lost so often has failed."""
PATIENCE: Final = timedelta(days=1)
"""An order that waited so long has failed: no process knows its kind, or none is at work."""
UNREAD: Final = "unreadable"
DEADLY: Final = f"lost {LOST} times with the process that drew it"
LATE: Final = "waited too long"
STATES: Final = ("ready", "leased", "sent", "failed", "rejected")
ERROR_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper that is asked for: its kind and arguments, who gets it, with what is said beside it as JSON, and which
    operator asks in the place of the first of them.
    """

    kind: str
    args: dict[str, Any]
    readers: list[tuple[int, Any]]
    operator: str | None
    likeness: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """An order that this process, and no other, may draw. `attempts` is which try this is, from 1; with `leases_lost`
    it names this claim.
    """

    id: int
    kind: str
    args: dict[str, Any]
    readers: list[tuple[int, Any]]
    operator: str | None
    attempts: int
    leases_lost: int
    asks: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An order that is given up, and who waits for it; of one that cannot be read that is the first of its readers."""

    id: int
    kind: str
    readers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An order as it is listed: all instants are real UTC."""

    id: int
    kind: str
    person: int
    state: str
    asked_at: datetime
    not_before: datetime
    done_at: datetime | None
    attempts: int
    leases_lost: int
    error: str | None


# Literals, not parameters: SQLite uses a partial index only for the condition it was made with.
_WAITING: Final[Sequence[ColumnElement[str]]] = (literal_column("'ready'"), literal_column("'leased'"))
_now = bindparam("now", type_=Instant)
_order = paper_orders.alias("wanted")
_other = paper_orders.alias("other")


def _free(orders: FromClause) -> ColumnElement[bool]:
    return or_(orders.c.lease_until.is_(None), orders.c.lease_until <= _now)


def _lost(orders: FromClause) -> ColumnElement[int]:
    """How often an order was lost that nobody has in hand."""
    return orders.c.leases_lost + case((orders.c.state == literal_column("'leased'"), 1), else_=0)


def _over(orders: FromClause) -> ColumnElement[bool]:
    """Whether an order that nobody has in hand is given up."""
    return or_(_lost(orders) >= LOST, orders.c.asked_at <= bindparam("given_up", type_=Instant))


_in_hand = and_(_other.c.state == literal_column("'leased'"), _other.c.lease_until > _now)
_due = and_(
    _order.c.state.in_(_WAITING),
    _free(_order),
    _order.c.not_before <= _now,
    _order.c.kind.in_(bindparam("kinds", expanding=True)),
    ~_over(_order),
    # Of one person one at a time: whoever asks for ten keeps nobody else waiting.
    ~exists().where(_in_hand, _other.c.person == _order.c.person),
    or_(_lost(_order) < SUSPECT, ~exists().where(_in_hand, _other.c.leases_lost >= SUSPECT)),
)
_waits = select(exists().where(_order.c.state.in_(_WAITING), _free(_order), _order.c.not_before <= _now))
_anything = select(
    or_(exists().where(_due), exists().where(_order.c.state.in_(_WAITING), _free(_order), _over(_order)))
)
_next = (
    select(_order.c.id)
    .where(_due)
    .order_by(_order.c.leases_lost, _order.c.not_before, _order.c.id)
    .limit(1)
    .with_for_update(skip_locked=True, of=_order)
    .cte("next")
)
_was_leased = paper_orders.c.state == literal_column("'leased'")
_claim = (
    update(paper_orders)
    .where(paper_orders.c.id.in_(select(_next.c.id)))
    .values(
        state="leased",
        lease_until=bindparam("until", type_=Instant),
        attempts=paper_orders.c.attempts + case((_was_leased, 0), else_=1),
        leases_lost=paper_orders.c.leases_lost + case((_was_leased, 1), else_=0),
    )
    .returning(*columns(paper_orders, Claimed), paper_orders.c.person)
)
_give_up = (
    update(paper_orders)
    .where(paper_orders.c.state.in_(_WAITING), _free(paper_orders), _over(paper_orders))
    .values(
        state="failed",
        lease_until=None,
        done_at=_now,
        error=case((_lost(paper_orders) >= LOST, DEADLY), else_=LATE),
    )
    .returning(paper_orders.c.id, paper_orders.c.kind, paper_orders.c.readers, paper_orders.c.person)
)
_new = engine.insert(paper_orders)
_ask = _new.on_conflict_do_update(
    index_elements=[paper_orders.c.likeness],
    index_where=paper_orders.c.state.in_(_WAITING),
    set_={
        "readers": _new.excluded.readers,
        "operator": _new.excluded.operator,
        "asks": paper_orders.c.asks + 1,
        "not_before": _new.excluded.not_before,
    },
)


def ask(conn: Connection, asked: Asked, now: datetime) -> None:
    """Take an order. One that waits already for the same readers is asked for once more, and tried at once: it comes
    once, as it is after the last asking. `now`: real UTC.
    """
    conn.execute(
        _ask,
        {
            "kind": asked.kind,
            "args": asked.args,
            "readers": [list(reader) for reader in asked.readers],
            "person": asked.readers[0][0],
            "operator": asked.operator,
            "likeness": asked.likeness,
            "asked_at": now,
            "asks": 1,
            "state": "ready",
            "not_before": now,
            "attempts": 0,
            "leases_lost": 0,
        },
    )


def waits(conn: Connection, now: datetime, kinds: Collection[str] | None) -> bool:
    """Return whether there is something to claim or to give up; `kinds` are those that this process can draw, None: it
    does not know yet.
    """
    if kinds is None:
        return bool(conn.execute(_waits, {"now": now}).scalar_one())
    return bool(conn.execute(_anything, {**_at(now), "kinds": list(kinds)}).scalar_one())


def claim(conn: Connection, now: datetime, kinds: Collection[str], limit: int) -> tuple[list[Claimed], list[GivenUp]]:
    """Lease up to `limit` orders of some kinds, what waited longest first, to be drawn; and settle what cannot be read,
    by its id. Return both.
    """
    found: list[Claimed] = []
    broken: list[GivenUp] = []
    keys = {**_at(now), "kinds": list(kinds), "until": now + LEASE}
    while len(found) < limit and (row := conn.execute(_claim, keys).one_or_none()) is not None:
        unread = broken_in(row)
        if unread is None:
            found.append(Claimed(*row[:-1]))
        else:
            end = {"state": "rejected", "error": f"{UNREAD}: {unread.column.name}: {unread.why}"[:ERROR_LENGTH]}
            conn.execute(_this(row.id).values(lease_until=None, done_at=now, **end))
            broken.append(_given_up(row))
    return found, broken


def give_up(conn: Connection, now: datetime) -> list[GivenUp]:
    """Settle what was lost too often or waited too long, and return it."""
    return [_given_up(row) for row in conn.execute(_give_up, _at(now))]


def renew(conn: Connection, claimed: Sequence[Claimed], now: datetime) -> None:
    """Hold on to orders that take long."""
    for one in claimed:
        conn.execute(_mine(one).values(lease_until=now + LEASE))


def sent(conn: Connection, claimed: Claimed, now: datetime) -> bool:
    """Settle an order whose paper is sent in this transaction; False where it may not be sent: another process has it
    by now, or it was asked for again since it was claimed, and is to be drawn anew.
    """
    done = _mine(claimed).where(paper_orders.c.asks == claimed.asks)
    if conn.execute(done.values(state="sent", lease_until=None, done_at=now, error=None, readers=[])).rowcount:
        return True
    untried(conn, claimed, now)
    return False


def untried(conn: Connection, claimed: Claimed, until: datetime) -> None:
    """Put an order back as it was: it can be drawn from an instant on."""
    again = {"state": "ready", "lease_until": None, "not_before": until}
    conn.execute(_mine(claimed).values(attempts=paper_orders.c.attempts - 1, **again))


def failed(conn: Connection, claimed: Claimed, now: datetime, error: str, state: str = "ready") -> bool:
    """Note that a try went wrong: the order waits for its next try, or has ended (`state`). False where another process
    has it by now.
    """
    when = {"not_before": now + retry_wait(claimed.attempts)} if state == "ready" else {"done_at": now}
    noted = _mine(claimed).values(state=state, lease_until=None, error=error[:ERROR_LENGTH], **when)
    return bool(conn.execute(noted).rowcount)


def retry_wait(attempts: int) -> timedelta:
    """Return how long an order waits after so many tries: 5 s, 30 s, 180 s."""
    return timedelta(seconds=5 * 6 ** (attempts - 1))


def reclaim(conn: Connection) -> None:
    """Give back what a process took that is known to be gone."""
    conn.execute(update(paper_orders).where(_was_leased).values(lease_until=paper_orders.c.asked_at))


def listed(conn: Connection, state: str | None, person: int | None) -> list[Kept]:
    """Return the orders, the oldest first; what is None asks for nothing."""
    wanted = {paper_orders.c.state: state, paper_orders.c.person: person}
    return rows(conn, Kept, select(*columns(paper_orders, Kept)).where(*matching(wanted)).order_by(paper_orders.c.id))


def waiting(conn: Connection) -> tuple[int, datetime | None]:
    """Return how many orders are not settled, and since when the oldest of them waits (real UTC)."""
    found = select(func.count(), func.min(paper_orders.c.asked_at)).where(paper_orders.c.state.in_(_WAITING))
    number, since = conn.execute(found).one()
    return number, since


def newest_failure(conn: Connection, since: datetime) -> Kept | None:
    """Return the newest order that came to nothing since an instant (real UTC); None: none did."""
    ended = (paper_orders.c.state.in_(("failed", "rejected")), paper_orders.c.done_at >= since)
    found = select(*columns(paper_orders, Kept)).where(*ended).order_by(paper_orders.c.id.desc()).limit(1)
    return next(iter(rows(conn, Kept, found)), None)


def _at(now: datetime) -> dict[str, Any]:
    return {"now": now, "given_up": now - PATIENCE}


def _this(number: int) -> Any:
    return update(paper_orders).where(paper_orders.c.id == number)


def _mine(claimed: Claimed) -> Any:
    return _this(claimed.id).where(
        paper_orders.c.state == "leased",
        paper_orders.c.attempts == claimed.attempts,
        paper_orders.c.leases_lost == claimed.leases_lost,
    )


def _given_up(row: Row[Any]) -> GivenUp:
    unread = isinstance(row.readers, Unreadable)
    return GivenUp(row.id, row.kind, (row.person,) if unread else tuple(person for person, _ in row.readers))
