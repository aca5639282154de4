"""How the bot itself is, as far as the database alone tells: what waits and since when, and what failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, func, literal_column, select

from storage import paper_orders
from storage.columns import Instant
from storage.inbox import still_open
from storage.tables import inbox, outbox

TRIES: Final = 10
"""So many tries of a letter (`storage.sending.retry_wait`) mean that it has not got through for a quarter of an hour,
though each of them put off when it is due.
"""
LEASE_OVER: Final = timedelta(minutes=1)
"""A lease that ran out so long ago: nobody is at work who would take the letter up again."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """What waits and what failed; instants are real UTC, None where nothing waits."""

    letters: int
    """Letters that are due and have not left."""
    letter_since: datetime | None
    """Since when the oldest of them is due."""
    tried: int
    """Letters that were tried `TRIES` times or oftener, and are tried on."""
    leases: int
    """Letters whose lease ran out `LEASE_OVER` ago or earlier."""
    lease_since: datetime | None
    """When the first of these leases ran out."""
    updates: int
    """Updates that were taken in and are still to be handled."""
    update_since: datetime | None
    """When the oldest of them came."""
    queued: int
    """Of these, those that any process may see to: whose files are still to be fetched, or that were brought."""
    queued_since: datetime | None
    """When the oldest of them came."""
    papers: int
    """Papers that were asked for and are not sent yet."""
    paper_since: datetime | None
    """When the oldest of them was asked for."""


# Literals, not parameters: SQLite uses a partial index only for the condition it was made with.
_unsettled = outbox.c.state.in_([literal_column("'ready'"), literal_column("'leased'")])
_ready = outbox.c.state == literal_column("'ready'")
_elsewhere = outbox.c.channel != bindparam("but")
_now = bindparam("now", type_=Instant)
_over = bindparam("over", type_=Instant)
_due = and_(_ready, outbox.c.not_before <= _now)
_left = and_(outbox.c.state == literal_column("'leased'"), outbox.c.lease_until < _over)
_letters = select(
    func.count().filter(_due),
    func.min(outbox.c.not_before).filter(_due),
    func.count().filter(and_(_ready, outbox.c.attempts >= TRIES)),
    func.count().filter(_left),
    func.min(outbox.c.lease_until).filter(_left),
).where(_unsettled, _elsewhere)
_queued = inbox.c.due_at.is_not(None)
_updates = select(
    func.count(),
    func.min(inbox.c.received_at),
    func.count().filter(_queued),
    func.min(inbox.c.received_at).filter(_queued),
).where(still_open(inbox))
_lost = (
    select(func.count())
    .select_from(outbox)
    .where(
        outbox.c.state.in_([literal_column("'rejected'"), literal_column("'failed'")]),
        outbox.c.follows.is_(None),
        outbox.c.acknowledged_at.is_(None),
    )
)


def read(conn: Connection, now: datetime, *, but: str) -> Vitals:
    """Look at what waits at an instant (real UTC); letters of the channel `but` wait for a person at a terminal."""
    letters = conn.execute(_letters, {"now": now, "over": now - LEASE_OVER, "but": but}).one()
    updates = conn.execute(_updates).one()
    papers: tuple[Any, ...] = paper_orders.waiting(conn)
    return Vitals(*letters, *updates, *papers)


def lost_letters(conn: Connection) -> int:
    """Return how many letters with words did not arrive, are not tried any more, and nobody took note of."""
    return int(conn.execute(_lost).scalar_one())
