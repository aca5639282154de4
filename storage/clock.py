"""The campaign clock: in a rehearsal it runs ahead of (or behind) the real one, and never goes backwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection, select, update

from storage.tables import clock


class BackwardsError(ValueError):
    """Somebody wanted to set the campaign clock back: reminders would be sent, and periods opened, twice."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How far campaign time runs from real time, and until when the ticks have looked."""

    offset: timedelta
    ticked_until: datetime | None
    rehearsal: bool


_row = select(clock.c.offset_seconds, clock.c.ticked_until, clock.c.rehearsal)
_locked = _row.with_for_update()


def read(conn: Connection, *, lock: bool = False) -> Clock:
    """The clock; with `lock` no other tick or import moves it until the transaction ends."""
    row = conn.execute(_locked if lock else _row).one()
    return Clock(timedelta(seconds=row.offset_seconds), row.ticked_until, row.rehearsal)


def start(conn: Connection, campaign: datetime, wall: datetime) -> None:
    """Begin a rehearsal at a campaign time; one that has begun is moved forward, or left where it is."""
    now = read(conn, lock=True)
    offset = campaign - wall
    if not now.rehearsal or offset > now.offset:
        _set(conn, offset)


def advance(conn: Connection, campaign: datetime, wall: datetime) -> None:
    """Jump forward to a campaign time; BackwardsError for an earlier one."""
    now = read(conn, lock=True)
    if campaign < wall + now.offset:
        raise BackwardsError(campaign.isoformat())
    _set(conn, campaign - wall)


def _set(conn: Connection, offset: timedelta) -> None:
    # Up to the next second: a clock that stands a moment before 08:30 would miss what is due at 08:30.
    conn.execute(update(clock).values(offset_seconds=ceil(offset.total_seconds()), rehearsal=True))


def mark_ticked(conn: Connection, at: datetime) -> None:
    """Until this campaign instant duties are planned and reminders looked at."""
    conn.execute(update(clock).values(ticked_until=at))
