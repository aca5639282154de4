"""Whether the clock of the machine is believed where real people live by it: it goes on as long as the machine runs.

What a tick plans and sends at a wrong time stays: a clock that leapt by years opens duties for years.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, exists, select, update

from storage.tables import channel_accounts, clock, identities, inbox, outbox, people, signs

A_DAY: Final = timedelta(days=1)
AWAY: Final = timedelta(days=3)
"""How long a machine may have been off without a word of the operator: what lies between two starts of it nobody has
measured.
"""
AN_HOUR: Final = timedelta(hours=1)
"""A platform asks for no longer patience."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Which start of a machine this is, and how long ago it was; where that is not known, an empty name."""

    booted: str
    ran: timedelta


def is_real(conn: Connection, *, but: str) -> bool:
    """Return whether people live by the clock of a database: somebody has joined on a platform, other than the channel
    `but` of this terminal, and it is no rehearsal.
    """
    joined = (
        exists()
        .where(identities.c.person == people.c.id, people.c.joined_at.is_not(None))
        .where(identities.c.channel != but)
    )
    return bool(conn.execute(select(joined, clock.c.rehearsal)).all() == [(True, False)])


def looked(conn: Connection) -> tuple[datetime, Machine] | None:
    """Return what the machine's clock said at the last look (real UTC), and by which run of it; None: nobody looked."""
    row = conn.execute(select(clock.c.looked_at, clock.c.booted, clock.c.ran_seconds)).one()
    return None if row.looked_at is None else (row.looked_at, Machine(row.booted, timedelta(seconds=row.ran_seconds)))


def leap(conn: Connection, wall: datetime, machine: Machine) -> timedelta | None:
    """Return by how much the machine's clock (real time) stands otherwise than the last look makes one expect; None: as
    well as can be known, by less than a day.
    """
    row = conn.execute(select(clock.c.looked_at, clock.c.booted, clock.c.ran_seconds)).one()
    if row.looked_at is None:
        # Nobody has looked yet: what was written says how late it is at the least.
        return behind(conn, wall)
    earliest: datetime = row.looked_at
    latest = earliest
    if machine.booted and machine.booted == row.booted:
        earliest = latest = earliest + machine.ran - timedelta(seconds=row.ran_seconds)
    else:
        latest = earliest + AWAY
    if wall > latest + A_DAY:
        return wall - latest
    return wall - earliest if wall < earliest - A_DAY else None


def behind(conn: Connection, wall: datetime) -> timedelta | None:
    """Return by how much the machine's clock (real time) is behind the newest of what is stored, as a negative span;
    None where that is not more than a day: either this clock is slow, or that of then was fast.
    """
    newest = [
        conn.execute(select(column).order_by(key.desc()).limit(1)).scalar_one_or_none()
        for column, key in ((outbox.c.created_at, outbox.c.id), (inbox.c.received_at, inbox.c.received_at))
    ]
    by = wall - max((at for at in newest if at is not None), default=wall)
    return by if by < -A_DAY else None


def accept(conn: Connection, wall: datetime) -> None:
    """Let what was stored by a clock that was fast wait for that time no longer: letters leave, accounts send, rounds
    look from now on. What was planned and told by it stays, and nobody is told it twice.
    """
    late = wall + A_DAY
    stuck = update(outbox).where(outbox.c.state.in_(("ready", "leased")), outbox.c.created_at > late)
    conn.execute(stuck.where(outbox.c.not_before > wall).values(not_before=wall))
    conn.execute(update(outbox).where(outbox.c.state == "leased", outbox.c.lease_until > late).values(lease_until=wall))
    for instant in (channel_accounts.c.next_free, channel_accounts.c.throttled_until):
        conn.execute(update(channel_accounts).where(instant > wall + AN_HOUR).values({instant: None}))
    conn.execute(delete(signs).where(signs.c.at > late))
    conn.execute(
        update(clock).where(clock.c.ticked_until > late, clock.c.rehearsal.is_(False)).values(ticked_until=wall)
    )


def note(conn: Connection, wall: datetime, machine: Machine) -> None:
    """Note that a look was made, and what the machine's clock said: it is believed from here on."""
    seconds = int(machine.ran.total_seconds())
    conn.execute(update(clock).values(looked_at=wall, booted=machine.booted, ran_seconds=seconds))
