"""The campaign clock: in a rehearsal it runs apart from the real one, and it never goes backwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, literal_column, or_, select, update

from storage.columns import Instant
from storage.tables import clock, memberships

SECOND = timedelta(seconds=1)


class BackwardsError(ValueError):
    """Somebody wanted to set the campaign clock back: reminders would be sent, and periods opened, twice."""


class RealClockError(ValueError):
    """Somebody wanted to move the clock that real people live by."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How far campaign time runs from real time, until when the ticks have looked, and when the next role ends by its
    date (campaign time); None: none does.
    """

    offset: timedelta
    ticked_until: datetime | None
    rehearsal: bool
    role_ends: datetime | None = None


# A literal, not a parameter: SQLite uses the partial index only for the condition it was made with.
_role_ends = (
    select(func.min(memberships.c.ends_at))
    .where(memberships.c.state != literal_column("'ended'"), memberships.c.ends_at.is_not(None))
    .scalar_subquery()
)
_row = select(clock.c.offset_seconds, clock.c.ticked_until, clock.c.rehearsal, _role_ends.label("role_ends"))
_locked = _row.with_for_update(of=clock)
_at = bindparam("at", type_=Instant)
_tick = update(clock).where(or_(clock.c.ticked_until.is_(None), clock.c.ticked_until < _at)).values(ticked_until=_at)


def read(conn: Connection, *, lock: bool = False) -> Clock:
    """Return the clock; with `lock` no other tick or import moves it until the transaction ends."""
    row = conn.execute(_locked if lock else _row).one()
    return Clock(timedelta(seconds=row.offset_seconds), row.ticked_until, row.rehearsal, row.role_ends)


def start(conn: Connection, campaign: datetime, wall: datetime) -> None:
    """Begin a rehearsal at a campaign time; one that has begun is moved forward, or left where it is.

    BackwardsError where duties were planned and people reminded after that time by the real clock.
    """
    now = read(conn, lock=True)
    if not now.rehearsal and now.ticked_until is not None and campaign < now.ticked_until:
        raise BackwardsError(f"ticked until {now.ticked_until.isoformat()}, cannot go back to {campaign.isoformat()}")
    if _starts(now, campaign, wall):
        _set(conn, campaign - wall)


def starts(conn: Connection, campaign: datetime, wall: datetime) -> bool:
    """Return whether `start` would change the clock."""
    return _starts(read(conn), campaign, wall)


def _starts(now: Clock, campaign: datetime, wall: datetime) -> bool:
    return not now.rehearsal or campaign > wall + now.offset


def touch(conn: Connection) -> None:
    """Write the clock as it is: whoever wants to know whether the database can be written tries it so."""
    conn.execute(update(clock).values(rehearsal=clock.c.rehearsal))


def advance(conn: Connection, campaign: datetime, wall: datetime) -> None:
    """Jump forward to a campaign time in a rehearsal; BackwardsError for an earlier one, RealClockError for
    the real clock.
    """
    now = read(conn, lock=True)
    if not now.rehearsal:
        raise RealClockError("only a rehearsal's clock can jump")
    if campaign < wall + now.offset:
        raise BackwardsError(f"it is {(wall + now.offset).isoformat()}, cannot go back to {campaign.isoformat()}")
    _set(conn, campaign - wall)


def _set(conn: Connection, offset: timedelta) -> None:
    # Whole seconds, rounded up: the time that was asked for has come.
    conn.execute(update(clock).values(offset_seconds=-(-offset // SECOND), rehearsal=True))


def mark_ticked(conn: Connection, at: datetime) -> None:
    """Note until which campaign instant duties are planned and reminders looked at; an earlier one changes nothing."""
    conn.execute(_tick, {"at": at})


def take_sweep(conn: Connection, at: datetime, every: timedelta) -> bool:
    """Return whether what is over is to be swept out now, and note it: once in so long (real time), by whoever asks
    first. A clock that was ahead holds it up for no longer than that.
    """
    idle = or_(clock.c.swept_at.is_(None), clock.c.swept_at <= at - every, clock.c.swept_at > at + every)
    return bool(conn.execute(update(clock).where(idle).values(swept_at=at)).rowcount)
