"""Whether the clock of the machine is believed where real people live by it: it goes on as long as the machine runs.

What a tick plans and sends at a wrong time stays: a clock that leapt by years opens duties for years.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, exists, select, update

from storage.tables import clock, identities, people

A_DAY: Final = timedelta(days=1)
AWAY: Final = timedelta(days=31)
"""How long a machine may have been off: what lies between two starts of it nobody has measured."""


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


def leap(conn: Connection, wall: datetime, machine: Machine) -> timedelta | None:
    """Return by how much the machine's clock (real time) stands otherwise than the last look makes one expect; None: as
    well as can be known, by less than a day.
    """
    row = conn.execute(select(clock.c.looked_at, clock.c.booted, clock.c.ran_seconds)).one()
    if row.looked_at is None:
        return None
    earliest: datetime = row.looked_at
    latest = earliest
    if machine.booted and machine.booted == row.booted:
        earliest = latest = earliest + machine.ran - timedelta(seconds=row.ran_seconds)
    else:
        latest = earliest + AWAY
    if wall > latest + A_DAY:
        return wall - latest
    return wall - earliest if wall < earliest - A_DAY else None


def note(conn: Connection, wall: datetime, machine: Machine) -> None:
    """Note that a look was made, and what the machine's clock said: it is believed from here on."""
    seconds = int(machine.ran.total_seconds())
    conn.execute(update(clock).values(looked_at=wall, booted=machine.booted, ran_seconds=seconds))
