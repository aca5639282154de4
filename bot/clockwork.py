"""The clock of this machine beside real data: a slip of the hand or a leap must not move the time people live by."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from bot.channels import terminal
from bot.settings import SettingsError
from storage import clock, leaps
from storage.leaps import Machine
from talk.texts import Say

SLACK: Final = timedelta(minutes=5)
"""How far a time that is given may be from the clock of real data without a word more."""
_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


def machine() -> Machine:
    """Return which start of this machine this is and how long it has run, asleep or awake."""
    try:
        booted = _BOOT_ID.read_text(encoding="ascii").strip()
        return Machine(booted, timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME)))
    except (OSError, AttributeError):
        return Machine("", timedelta())


class Wall:
    """The real time by which this process works: the machine's; where real people live by it and it leapt, what it must
    be by the time since boot. So who writes meanwhile is answered at the right time, and no letter waits for a wrong
    one.
    """

    def __init__(self) -> None:
        self._known: tuple[datetime, Machine] | None = None

    def believe(self, at: datetime, by: Machine) -> None:
        """Take it that it was `at` when the machine had run for so long."""
        self._known = (at, by)

    def __call__(self) -> datetime:
        """Return the time, UTC."""
        wall = datetime.now(UTC)
        if self._known is None:
            return wall
        at, then = self._known
        present = machine()
        if not then.booted or present.booted != then.booted:
            return wall
        expected = at + (present.ran - then.ran)
        return wall if abs(wall - expected) <= leaps.A_DAY else expected


now: Final = Wall()
"""The clock of this process."""


def remember(conn: Connection) -> None:
    """Believe what the machine's clock said at the last look of whichever process, where real people live by it."""
    looked = leaps.looked(conn)
    if looked is not None and leaps.is_real(conn, but=terminal.NAME):
        now.believe(*looked)


def check(conn: Connection, wall: datetime, given: datetime | None, *, accepted: bool) -> None:
    """Let a tick go on, and note by which clock; SettingsError where real people live by the data and the time that was
    given, or the machine's own, is not what can be expected. `accepted`: the operator has said that it is right.
    """
    real = leaps.is_real(conn, but=terminal.NAME)
    if accepted:
        leaps.accept(conn, wall)
    elif real:
        campaign = wall + clock.read(conn).offset
        if given is not None and abs(given - campaign) > SLACK:
            raise SettingsError(Say("clock-given-real", given=given, now=campaign.astimezone(given.tzinfo)))
        refuse_leap(conn, wall)
    leaps.note(conn, wall, machine())
    if real:
        now.believe(wall, machine())


def refuse_leap(conn: Connection, wall: datetime) -> None:
    """Raise SettingsError where real people live by the data and the machine's clock is not what can be expected: then
    nothing may be ended or planned by it.
    """
    by = leapt(conn, wall)
    if by is not None:
        raise SettingsError(Say("clock-leapt", hours=round(by / timedelta(hours=1)), now=wall.astimezone()))


def leapt(conn: Connection, wall: datetime) -> timedelta | None:
    """Return by how much the machine's clock has leapt where real people live by it; None: it is believed."""
    return leaps.leap(conn, wall, machine()) if leaps.is_real(conn, but=terminal.NAME) else None
