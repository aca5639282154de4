"""What is found of the bot itself, from the database and the disk alone: the doctor prints it, the operators are told
of it, whoever watches counts it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import accounts, clock, inbox, kept_files, leaps, paper_orders, room, signs, survey, vitals, webhooks
from storage.leaps import Machine
from storage.leases import held
from storage.survey import Broken
from storage.webhooks import Webhook
from talk.cleaning import printable
from talk.texts import Listed, Phrase, Say

MEGABYTE: Final = 1024 * 1024
ROWS: Final = 20_000
"""Rows of each table that are looked at, the newest: a second's work."""
NAMED: Final = 10
"""How many rows that cannot be read are named."""
WHY: Final = 200
"""Characters of the reason why an update was set aside."""

LETTERS_SLOW: Final = timedelta(minutes=10)
LETTERS_STUCK: Final = timedelta(hours=1)
"""How long a letter may be due: a broadcast to thousands takes minutes."""
UPDATES_SLOW: Final = timedelta(minutes=5)
UPDATES_STUCK: Final = timedelta(minutes=15)
"""How long what somebody wrote may wait to be handled."""
PAPERS_SLOW: Final = timedelta(minutes=5)
PAPERS_STUCK: Final = timedelta(minutes=15)
"""How long a paper may wait that was asked for: it is drawn in seconds, and its tries end after some four minutes."""
PAPERS_TOLD: Final = timedelta(days=1)
"""How long it is told of a paper that came to nothing: who asked for it was told, and can ask again."""
LEASES_STUCK: Final = timedelta(minutes=15)
"""How long ago a lease may have run out: whoever sends takes the letter up again within seconds."""
POLLS_MISSED: Final = timedelta(minutes=5)
"""How long no poll may go well: one that is quiet takes half a minute."""
POLLS_GIVEN_UP: Final = timedelta(days=7)
"""After so long without a poll the bot is not meant to be on that platform any more."""
TICKS_MISSED: Final = timedelta(minutes=10)
"""How long no round may be run where people live by it: one comes each minute."""
PATIENCE: Final = timedelta(hours=1)
"""How far the rounds may be behind campaign time where nobody lives by it."""


class Level(StrEnum):
    """How something is."""

    OK = "ok"
    WARNING = "warning"
    """It can wait."""
    ERROR = "error"
    """It needs somebody now."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A part that was looked at, how it is, and what to do when it is not well: for whoever is at the server."""

    check: str
    level: Level
    what: Phrase


@dataclass(frozen=True, slots=True)
class Look:
    """From where and when is looked."""

    wall: datetime
    """Real time, aware."""
    zone: ZoneInfo
    machine: Machine
    terminal: str
    """The channel whose letters wait for a person at a terminal."""


Check = Callable[[Connection, Look], Finding]


def outbox(conn: Connection, look: Look) -> Finding:
    """Look at what is due and has not left."""
    found = vitals.read(conn, look.wall, but=look.terminal)
    waits = _since(found.letter_since, look)
    if waits > LETTERS_STUCK:
        stuck = Say("care-letters-stuck", number=found.letters, age=age(waits))
        return Finding("outbox", Level.ERROR, stuck)
    if found.tried:
        return Finding("outbox", Level.ERROR, Say("care-letters-tried", number=found.tried, tries=vitals.TRIES))
    if waits > LETTERS_SLOW:
        return Finding("outbox", Level.WARNING, Say("care-letters-slow", number=found.letters, age=age(waits)))
    return Finding("outbox", Level.OK, Say("care-letters", number=found.letters))


def outbox_failed(conn: Connection, look: Look) -> Finding:
    """Look at letters that did not arrive and are not tried any more."""
    del look
    lost = vitals.lost_letters(conn)
    if lost:
        return Finding("outbox-failed", Level.ERROR, Say("care-letters-lost", number=lost))
    return Finding("outbox-failed", Level.OK, Say("care-letters-none-lost"))


def leases(conn: Connection, look: Look) -> Finding:
    """Look at letters that somebody took to send them, and never said what came of it."""
    found = vitals.read(conn, look.wall, but=look.terminal)
    if not found.leases:
        return Finding("leases", Level.OK, Say("care-leases"))
    over = _since(found.lease_since, look)
    level = Level.ERROR if over > LEASES_STUCK else Level.WARNING
    return Finding("leases", level, Say("care-leases-over", number=found.leases, age=age(over)))


def updates(conn: Connection, look: Look) -> Finding:
    """Look at what was taken in and is still to be handled."""
    found = vitals.read(conn, look.wall, but=look.terminal)
    waits = _since(found.update_since, look)
    if waits > UPDATES_SLOW:
        level = Level.ERROR if waits > UPDATES_STUCK else Level.WARNING
        return Finding("inbox", level, Say("care-updates-wait", number=found.updates, age=age(waits)))
    return Finding("inbox", Level.OK, Say("care-updates", number=found.updates))


def updates_failed(conn: Connection, look: Look) -> Finding:
    """Look at what could not be handled and was set aside."""
    for newest in inbox.failures(conn, 1):
        at, why = _stamp(newest.received_at, look), printable(newest.error)[:WHY]
        failed = Say("cli-doctor-inbox-failed", number=inbox.failed(conn), at=at, why=why)
        return Finding("inbox-failed", Level.ERROR, failed)
    return Finding("inbox-failed", Level.OK, Say("cli-doctor-inbox"))


def papers(conn: Connection, look: Look) -> Finding:
    """Look at the papers that people asked for."""
    number, since = paper_orders.waiting(conn)
    waits = _since(since, look)
    if waits > PAPERS_SLOW:
        level = Level.ERROR if waits > PAPERS_STUCK else Level.WARNING
        return Finding("papers", level, Say("care-papers-wait", number=number, age=age(waits)))
    lost = paper_orders.newest_failure(conn, look.wall - PAPERS_TOLD)
    if lost is not None:
        why = printable(lost.error or "")[:WHY]
        return Finding("papers", Level.WARNING, Say("care-papers-failed", number=lost.id, kind=lost.kind, why=why))
    return Finding("papers", Level.OK, Say("care-papers", number=number))


def polls(conn: Connection, look: Look) -> Finding:
    """Look when each platform was last asked for updates; of several accounts there the one that was counts."""
    newest: dict[str, datetime] = {}
    for sign in signs.known(conn):
        if sign.what == signs.POLL:
            newest.setdefault(sign.channel, sign.at)
    if not newest:
        return Finding("polls", Level.OK, Say("care-polls-none"))
    channel, at = min(newest.items(), key=lambda one: one[1])
    ago = _since(at, look)
    brings = next((one for one in webhooks.known(conn) if one.channel == channel), None)
    if brings is not None and brings.pending and brings.failed_at is not None and brings.failed_at > at:
        return _not_brought(brings, brings.failed_at, ago, look)
    if ago > POLLS_MISSED:
        level = Level.WARNING if ago > POLLS_GIVEN_UP else Level.ERROR
        return Finding("polls", level, Say("care-polls-missed", channel=channel, age=age(ago)))
    asked = at.astimezone(look.zone)
    if brings is not None:
        return Finding("polls", Level.OK, Say("care-webhook", channel=channel, at=asked, pending=brings.pending))
    lease = next((one for one in held(conn) if one.channel == channel and one.renewed_at is not None), None)
    if lease is None:
        return Finding("polls", Level.OK, Say("care-polls", channel=channel, at=asked))
    seconds = max(0, round(_since(lease.renewed_at, look) / timedelta(seconds=1)))
    by = Say("care-polls-held", channel=channel, at=asked, holder=lease.holder or "", seconds=seconds)
    return Finding("polls", Level.OK, by)


def _not_brought(webhook: Webhook, failed_at: datetime, ago: timedelta, look: Look) -> Finding:
    """What a platform says that does not get through; `ago`: since when nothing shows that it does."""
    level = Level.ERROR if ago > POLLS_MISSED else Level.WARNING
    why, at = printable(webhook.error or "")[:WHY], failed_at.astimezone(look.zone)
    fails = Say("care-webhook-fails", channel=webhook.channel, at=at, pending=webhook.pending, why=why)
    return Finding("polls", level, fails)


def ticks(conn: Connection, look: Look) -> Finding:
    """Look when a round was last run, and until when in campaign time."""
    row = clock.read(conn)
    now = _stamp(look.wall + row.offset, look)
    last = next((sign.at for sign in signs.known(conn) if sign.what == signs.TICK), None)
    if row.ticked_until is None:
        return Finding("ticks", Level.WARNING, Say("cli-doctor-never-ticked", now=now))
    if last is not None and _since(last, look) > TICKS_MISSED and leaps.is_real(conn, but=look.terminal):
        return Finding("ticks", Level.ERROR, Say("care-ticks-missed", age=age(_since(last, look))))
    if look.wall + row.offset - row.ticked_until > PATIENCE:
        behind = Say("cli-doctor-tick", now=now, ticked=_stamp(row.ticked_until, look))
        return Finding("ticks", Level.WARNING, behind)
    return Finding("ticks", Level.OK, Say("care-ticks", ticked=_stamp(row.ticked_until, look)))


def channels(conn: Connection, look: Look) -> Finding:
    """Look whether an account cannot send at all."""
    del look
    for name, account, reason in accounts.down(conn):
        down = Say("cli-doctor-channel", name=name, account=account, reason=reason)
        return Finding("channels", Level.ERROR, down)
    return Finding("channels", Level.OK, Say("cli-doctor-channels"))


def machine_clock(conn: Connection, look: Look) -> Finding:
    """Look whether the clock of this machine went on as the last round makes one expect."""
    row = clock.read(conn)
    if leaps.is_real(conn, but=look.terminal):
        by = leaps.leap(conn, look.wall, look.machine)
        if by is not None:
            leapt = Say("clock-leapt", hours=round(by / timedelta(hours=1)), now=look.wall.astimezone())
            return Finding("clock", Level.ERROR, leapt)
        slow = leaps.behind(conn, look.wall)
        if slow is not None:
            return Finding("clock", Level.WARNING, Say("care-clock-behind", age=age(-slow)))
    now = _stamp(look.wall + row.offset, look)
    return Finding("clock", Level.OK, Say("cli-doctor-rehearsal" if row.rehearsal else "cli-doctor-clock", now=now))


CHECKS: Final[Mapping[str, Check]] = {
    "clock": machine_clock,
    "ticks": ticks,
    "polls": polls,
    "inbox": updates,
    "inbox-failed": updates_failed,
    "outbox": outbox,
    "outbox-failed": outbox_failed,
    "leases": leases,
    "papers": papers,
    "channels": channels,
}
"""What is looked at in the database, by the names that programs and alarms know it by."""


def inside(conn: Connection, look: Look) -> list[Finding]:
    """Look at all that the database tells."""
    return [check(conn, look) for check in CHECKS.values()]


def disk(folders: Sequence[Path]) -> Finding:
    """Look whether there is room in folders, and try to write into each; one that is not there is passed over, but the
    first, of which that is told.
    """
    first = folders[0]
    place = str(first.resolve())
    if not first.exists():
        return Finding("data", Level.WARNING, Say("cli-doctor-no-data", folder=place))
    there = [folder for folder in dict.fromkeys(folders) if folder.exists()]
    for folder in there:
        room.probe(folder)
    for folder in there:
        left = room.left(folder)
        if left.bytes < room.ENOUGH:
            little = Say("cli-doctor-little-room", folder=str(folder.resolve()), free=left.bytes // MEGABYTE)
            return Finding("data", Level.ERROR, little)
        if left.files is not None and left.files < room.FILES_ENOUGH:
            few = Say("cli-doctor-few-files", folder=str(folder.resolve()), left=left.files)
            return Finding("data", Level.ERROR, few)
    free = room.left(first).bytes // MEGABYTE
    return Finding("data", Level.OK, Say("cli-doctor-data", folder=place, free=free))


def missing_files(conn: Connection, folder: Path) -> Finding:
    """Look whether each kept file that something refers to lies in its folder; all are looked for, one by one."""
    gone = {sha256 for sha256 in kept_files.recorded(conn) if not (folder / sha256[:2] / sha256).exists()}
    # What was tidied away while a process was killed is missed by nobody.
    missed = gone & kept_files.attached(conn) if gone else gone
    if missed:
        return Finding("kept-files", Level.ERROR, Say("care-files-missing", number=len(missed), first=min(missed)))
    return Finding("kept-files", Level.OK, Say("care-files"))


def rows(conn: Connection, most: int | None = ROWS, also: Sequence[Broken] = ()) -> Finding:
    """Look whether the rows of all tables can be read; `most`: of each table the newest, None: all. `also`: those that
    were found to be unreadable by what is made of them.
    """
    found = [*survey.unreadable(conn, most), *also]
    if not found:
        return Finding("rows", Level.OK, Say("care-rows"))
    # What is needed comes first.
    found.sort(key=lambda one: one.settled)
    named = [one.row for one in found]
    listed = Listed((*named[:NAMED], *("…" for _ in named[NAMED : NAMED + 1])))
    needed = [one for one in found if not one.settled]
    if needed:
        return Finding("rows", Level.ERROR, Say("care-rows-broken", number=len(found), rows=listed, why=needed[0].why))
    return Finding("rows", Level.WARNING, Say("care-rows-settled", number=len(found), rows=listed))


def age(span: timedelta) -> Say:
    """Return how long something takes, in the largest unit that still tells it."""
    minutes = max(0, round(span / timedelta(minutes=1)))
    if minutes < 120:
        return Say("care-minutes", number=minutes)
    return Say("care-hours", number=minutes // 60) if minutes < 2880 else Say("care-days", number=minutes // 1440)


def _since(at: datetime | None, look: Look) -> timedelta:
    return timedelta() if at is None else look.wall - at


def _stamp(at: datetime, look: Look) -> str:
    return f"{at.astimezone(look.zone):%Y-%m-%d %H:%M}"
