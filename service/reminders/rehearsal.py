"""The campaign clock of a rehearsal: it jumps forward, and what waits for a later hour comes along."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage import clock, outbox


def start(conn: Connection, campaign: datetime, wall: datetime) -> None:
    """Begin a rehearsal at a campaign time; one that has begun is moved forward, or left where it is."""
    before = clock.read(conn)
    clock.start(conn, campaign, wall)
    if before.rehearsal:
        _bring_along(conn, clock.read(conn).offset - before.offset)


def jump(conn: Connection, campaign: datetime, wall: datetime) -> None:
    """Move the clock forward to a campaign time; BackwardsError for an earlier one."""
    before = clock.read(conn)
    clock.advance(conn, campaign, wall)
    _bring_along(conn, clock.read(conn).offset - before.offset)


def _bring_along(conn: Connection, by: timedelta) -> None:
    # A letter waits in real time for an hour that was meant in campaign time: tomorrow at 08:30.
    if by > timedelta():
        outbox.hasten(conn, by)
