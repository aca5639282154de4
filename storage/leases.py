"""The lease of polling: of all processes on one database one asks the platform for updates, and the others wait.

It is a row for each account: who holds it, and how often that was renewed. Whoever sees the same row for long enough,
by a clock of its own, may take it; so it does not matter whether the clocks of two machines agree.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from storage import engine
from storage.records import columns, rows
from storage.tables import poll_leases

SPAN: Final = 30.0
"""Seconds without a sign after which another may take the lease."""


def since_boot() -> float:
    """Return seconds that go on while the machine sleeps, where it tells."""
    try:
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    except (AttributeError, OSError):
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class Lease:
    """The lease of an account. `holder`: None, it was given back; `beats`: how often it was taken or renewed; `until`:
    when it ends, by the holder's clock (real UTC), for whoever looks at it.
    """

    channel: str
    account: str
    holder: str | None
    beats: int
    until: datetime | None

    @property
    def renewed_at(self) -> datetime | None:
        """Return when its holder last gave a sign, by the holder's clock (real UTC); None: nobody holds it."""
        return None if self.until is None else self.until - timedelta(seconds=SPAN)


def held(conn: Connection) -> list[Lease]:
    """Return the leases that somebody holds, by channel and account."""
    found = select(*columns(poll_leases, Lease)).where(poll_leases.c.holder.is_not(None))
    return rows(conn, Lease, found.order_by(poll_leases.c.channel, poll_leases.c.account))


def of(conn: Connection, channel: str, account: str) -> Lease | None:
    """Return the lease of an account; None: nobody ever held it."""
    found = select(*columns(poll_leases, Lease)).where(*_which(channel, account))
    return next(iter(rows(conn, Lease, found)), None)


def take(conn: Connection, channel: str, account: str, holder: str, until: datetime, over: Lease | None = None) -> bool:
    """Take the lease, or renew one's own; return whether that was possible. `over`: a lease of somebody else, as it was
    seen for long enough; where it was renewed after all it is theirs.
    """
    free = or_(poll_leases.c.holder.is_(None), poll_leases.c.holder == holder)
    if over is not None:
        free = or_(free, and_(poll_leases.c.holder == over.holder, poll_leases.c.beats == over.beats))
    statement = (
        engine.insert(poll_leases)
        .values(channel=channel, account=account, holder=holder, beats=1, until=until)
        .on_conflict_do_update(
            index_elements=[poll_leases.c.channel, poll_leases.c.account],
            set_={"holder": holder, "beats": poll_leases.c.beats + 1, "until": until},
            where=free,
        )
        .returning(poll_leases.c.beats)
    )
    return conn.execute(statement).one_or_none() is not None


def give_back(conn: Connection, channel: str, account: str, holder: str | None = None) -> None:
    """Let the next one take the lease at once, where it is the holder's; None: whoever held it is known to be gone."""
    statement = update(poll_leases).where(*_which(channel, account)).values(holder=None, until=None)
    conn.execute(statement if holder is None else statement.where(poll_leases.c.holder == holder))


def give_back_all(conn: Connection) -> None:
    """Let the next one take every lease at once: a database that was restored has no process yet."""
    conn.execute(update(poll_leases).values(holder=None, until=None))


def _which(channel: str, account: str) -> tuple[ColumnElement[bool], ...]:
    return poll_leases.c.channel == channel, poll_leases.c.account == account
