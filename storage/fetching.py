"""Updates that any process may see to: those that the platform brought, those whose files are still to be fetched, and
what came behind them. Each person's are a queue, of which one process at a time has the head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    bindparam,
    case,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from storage import engine
from storage.columns import Instant
from storage.inbox import is_queued, new_rows, still_open
from storage.records import as_values, at_address, columns
from storage.tables import inbox
from storage.unreadable import broken_in
from talk.messages import Address, Inbound

LEASE: Final = timedelta(seconds=30)
"""How long the head of a queue belongs to the process that sees to it; it is renewed meanwhile."""
SUSPECT: Final = 2
"""What was lost so often with the process that had it may be what ends processes: a process begins with it only when it
has nothing else in hand.
"""
LOST: Final = 8
"""What was lost so often is not tried again."""
GAP: Final = timedelta(milliseconds=300)
"""How long an update that was brought waits for the one before it: the platform brings several at the same time."""
QUIET: Final = timedelta(seconds=1)
"""How long after the last part of an act that was brought nothing more is expected of it."""
MOST: Final = 200
"""Updates of one person that are looked at together: the parts of an act are among the first."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """The head of a queue, which this process, and no other, may see to. `attempts` is which try this is, from 1; with
    `leases_lost` it names this claim.
    """

    channel: str
    account: str
    update_id: int
    external_id: str
    received_at: datetime
    attempts: int
    leases_lost: int

    @property
    def address(self) -> Address:
        """Whose it is."""
        return Address(self.channel, self.account, self.external_id)


@dataclass(frozen=True, slots=True)
class Queued:
    """An update of a queue: what the platform sent, when it came (real UTC), and whether it may have been sent long
    before; `why` it cannot be read, "": it can.
    """

    update_id: int
    received_at: datetime
    undated: bool
    raw: dict[str, Any]
    why: str = ""


_now = bindparam("now", type_=Instant)
_head = inbox.alias("head")
_earlier = inbox.alias("earlier")


def _is_behind(updates: FromClause) -> ColumnElement[bool]:
    """Whether an earlier update of the same person waits."""
    same = (_earlier.c[name] == updates.c[name] for name in ("channel", "account", "external_id"))
    return exists().where(is_queued(_earlier), *same, _earlier.c.update_id < updates.c.update_id)


_due = and_(
    _head.c.channel == bindparam("of_channel"),
    _head.c.account == bindparam("of_account"),
    is_queued(_head),
    _head.c.due_at <= _now,
    or_(_head.c.lease_until.is_(None), _head.c.lease_until <= _now),
    ~_is_behind(_head),
)
_of_account = (inbox.c.channel == bindparam("of_channel"), inbox.c.account == bindparam("of_account"))
_was_leased = inbox.c.lease_until.is_not(None)
_lost = _head.c.leases_lost + case((_head.c.lease_until.is_not(None), 1), else_=0)


def _waiting(due: ColumnElement[bool]) -> Select[tuple[bool]]:
    return select(exists().where(due))


def _claiming(due: ColumnElement[bool]) -> ReturningUpdate[Any]:
    first = (
        select(_head.c.update_id)
        .where(due)
        # What was never tried goes before what may be slow again.
        .order_by(_head.c.attempts, _head.c.due_at, _head.c.update_id)
        .limit(1)
        .with_for_update(skip_locked=True, of=_head)
        .cte("first")
    )
    return (
        update(inbox)
        .where(*_of_account, inbox.c.update_id.in_(select(first.c.update_id)))
        .values(
            lease_until=bindparam("until", type_=Instant),
            attempts=inbox.c.attempts + case((_was_leased, 0), else_=1),
            leases_lost=inbox.c.leases_lost + case((_was_leased, 1), else_=0),
        )
        .returning(*columns(inbox, Claimed))
    )


_safe = and_(_due, _lost < SUSPECT)
_waits, _waits_safe = _waiting(_due), _waiting(_safe)
_claim_safe, _claim_suspect = _claiming(_safe), _claiming(and_(_due, _lost >= SUSPECT))
_before = select(inbox.c.received_at, inbox.c.due_at).where(*_of_account, inbox.c.update_id == bindparam("number"))
_of_person = (*_of_account, inbox.c.external_id == bindparam("of_external_id"))
_put_behind = (
    update(inbox)
    .where(
        *_of_person,
        engine.among_given(inbox.c.update_id, "numbers"),
        exists().where(
            is_queued(_earlier),
            *(
                _earlier.c[name] == bindparam(f"of_{name}", type_=_earlier.c[name].type)
                for name in ("channel", "account", "external_id")
            ),
            _earlier.c.update_id < bindparam("first"),
        ),
    )
    .values(state="waiting", due_at=bindparam("at", type_=Instant), lease_until=None)
)
_row = engine.insert(inbox)
_queue = _row.on_conflict_do_update(
    index_elements=[inbox.c.channel, inbox.c.account, inbox.c.update_id],
    set_={"due_at": _row.excluded.due_at},
    where=and_(still_open(inbox), inbox.c.due_at.is_(None)),
)


def queue(conn: Connection, inbounds: Sequence[Inbound], at: datetime) -> None:
    """Keep updates whose files are still to be fetched, or that must wait for such (`at`: real UTC); one that was taken
    or kept meanwhile stays as it is.
    """
    conn.execute(_queue, [{**row, "due_at": at} for row in new_rows(conn, inbounds, at)])


def push(conn: Connection, inbound: Inbound, at: datetime, *, in_parts: bool) -> timedelta:
    """Keep an update that the platform brought, beside others and to any process (`at`: real UTC); return after how
    long it may be seen to. Where the one before it is not here yet, or waits itself for the one before that, it waits a
    moment; `in_parts`: what belongs to it may follow.
    """
    due = at + QUIET if in_parts else max(at, _all_here(conn, inbound, at))
    conn.execute(_queue, [{**row, "due_at": due} for row in new_rows(conn, [inbound], at)])
    if in_parts:
        mine = (at_address(inbox, inbound.address), is_queued(inbox), inbox.c.lease_until.is_(None))
        conn.execute(update(inbox).where(*mine, inbox.c.attempts == 0).values(due_at=due))
    return due - at


def _all_here(conn: Connection, inbound: Inbound, at: datetime) -> datetime:
    """Return by when all that the platform sent out before an update must have arrived."""
    address = inbound.address
    key = {"of_channel": address.channel, "of_account": address.account, "number": inbound.update_id - 1}
    before = conn.execute(_before, key).one_or_none()
    if before is None:
        return at + GAP
    return at if before.due_at is None else min(before.due_at, before.received_at + GAP)


def adopt(conn: Connection, channel: str, account: str, at: datetime) -> bool:
    """Let any process see to what was kept for whoever polls: nobody polls this account any more. Return whether there
    was any.
    """
    left = (inbox.c.channel == channel, inbox.c.account == account, still_open(inbox), inbox.c.due_at.is_(None))
    return bool(conn.execute(update(inbox).where(*left).values(due_at=at)).rowcount)


def put_behind(conn: Connection, inbounds: Sequence[Inbound], at: datetime) -> bool:
    """Let updates that were just taken in wait where an earlier one of the same person does; return whether so."""
    numbers = [inbound.update_id for inbound in inbounds]
    whose = {f"of_{name}": value for name, value in as_values(inbounds[0].address).items()}
    keys = {**whose, "numbers": numbers, "first": min(numbers), "at": at}
    return bool(conn.execute(_put_behind, keys).rowcount)


def waits(conn: Connection, channel: str, account: str, now: datetime, *, idle: bool) -> bool:
    """Return whether there is something to claim; `idle`: as `claim`."""
    keys = {"of_channel": channel, "of_account": account, "now": now}
    return bool(conn.execute(_waits if idle else _waits_safe, keys).scalar_one())


def claim(
    conn: Connection, channel: str, account: str, now: datetime, limit: int, *, idle: bool = True
) -> list[Claimed]:
    """Lease the heads of up to `limit` queues of an account, each of another person. `idle`: this process has nothing
    in hand, and may begin with one that may be what ends processes where there is no other.
    """
    found: list[Claimed] = []
    keys = {"of_channel": channel, "of_account": account, "now": now, "until": now + LEASE}
    while len(found) < limit and (row := conn.execute(_claim_safe, keys).one_or_none()) is not None:
        found.append(Claimed(*row))
    if idle and not found and (row := conn.execute(_claim_suspect, keys).one_or_none()) is not None:
        found.append(Claimed(*row))
    return found


def of(conn: Connection, claimed: Claimed) -> list[Queued]:
    """Return the queue of which a claim has the head, in the order of its numbers."""
    wanted = (at_address(inbox, claimed.address), is_queued(inbox), inbox.c.update_id >= claimed.update_id)
    statement = select(*inbox.primary_key.columns, inbox.c.received_at, inbox.c.undated, inbox.c.raw).where(*wanted)
    return [_read(row) for row in conn.execute(statement.order_by(inbox.c.update_id).limit(MOST))]


def _read(row: Row[*tuple[Any, ...]]) -> Queued:
    broken = broken_in(row)
    if broken is not None:
        return Queued(row.update_id, row.received_at, row.undated, {}, str(broken.error()))
    return Queued(row.update_id, row.received_at, row.undated, row.raw)


def renew(conn: Connection, claimed: Sequence[Claimed], now: datetime) -> None:
    """Hold on to what takes long."""
    for one in claimed:
        conn.execute(_mine(one).values(lease_until=now + LEASE))


def again(conn: Connection, claimed: Claimed, due: datetime, *, tried: bool) -> bool:
    """Put back what is to be seen to from an instant on (real UTC); `tried`: it was tried in vain. False where another
    process has it by now, or it waits no more.
    """
    attempts = inbox.c.attempts if tried else inbox.c.attempts - 1
    return bool(conn.execute(_mine(claimed).values(lease_until=None, due_at=due, attempts=attempts)).rowcount)


def reclaim(conn: Connection) -> None:
    """Give back what a process took that is known to be gone."""
    left = (still_open(inbox), inbox.c.lease_until.is_not(None))
    conn.execute(update(inbox).where(*left).values(lease_until=inbox.c.received_at))


def _mine(claimed: Claimed) -> Any:
    return update(inbox).where(
        inbox.c.channel == claimed.channel,
        inbox.c.account == claimed.account,
        inbox.c.update_id == claimed.update_id,
        still_open(inbox),
        inbox.c.lease_until.is_not(None),
        inbox.c.attempts == claimed.attempts,
        inbox.c.leases_lost == claimed.leases_lost,
    )
