"""After each round: how the bot itself is, and who is to know of it."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot import clockwork
from bot.app import App
from bot.channels import terminal
from service.core.unit_of_work import UnitOfWork
from storage import audit_chain, signs
from storage.audit_chain import State
from storage.away import is_away

if TYPE_CHECKING:
    from service.care.findings import Finding
    from storage.audit_chain import Anchor

log = logging.getLogger("anzhu")

FILES_AT: Final = 17
"""At which minute of each hour the kept files are looked for, one by one: they may be a hundred thousand."""


NOTED_EVERY: Final = 15.0
"""Seconds between two notes of when the platforms were asked for updates: no step waits for one."""
LOOKED_EVERY: Final = 1.0


async def note_polls(bot: App) -> None:
    """Note when each account was last asked for updates, until cancelled. What fails is tried again."""
    noted: dict[tuple[str, str], datetime] = {}
    while True:
        fresh = {account: at for account, at in bot.polled.items() if noted.get(account) != at}
        if fresh:
            signed = [signs.Sign(signs.POLL, channel, account, at) for (channel, account), at in fresh.items()]
            try:
                await bot.database.write(partial(signs.note, noted=signed))
                noted |= fresh
            except Exception as error:
                if not is_away(error):
                    log.exception("it cannot be noted that updates were asked for")
        await asyncio.sleep(NOTED_EVERY if fresh else LOOKED_EVERY)


async def tend(bot: App, *, ticked: bool) -> None:
    """Note that a round went well (`ticked`), look how the bot itself is, and tell its operators what needs somebody
    now. What keeps this from being done is logged, and it is tried again after the next round.
    """
    wall = datetime.now(UTC)
    try:
        if ticked:
            await bot.database.write(partial(signs.note, noted=[signs.Sign(signs.TICK, "", "", wall)]))
        known, kept = await _anchored(bot, wall)
        inside = await bot.database.read(partial(_look, bot=bot, wall=wall, known=known))
        found = [await asyncio.to_thread(_disk, bot), *kept, *inside]
        await asyncio.to_thread(bot.use, partial(_tell, found=found), cause=f"alarm/{wall.isoformat()}")
    except Exception as error:
        if not is_away(error):
            log.exception("how the bot itself is could not be looked at")
    bot.delivery.wake()


async def _anchored(bot: App, wall: datetime) -> "tuple[list[Anchor], list[Finding]]":
    """See that the file outside has the anchor of the day; return the last that it has, and how it is, where there is
    to be one. It stops nothing else.
    """
    from service.care.findings import Finding, Level  # noqa: PLC0415  # as below

    if bot.anchor_file is None:
        return [], []
    anchor = await bot.database.read(partial(audit_chain.anchor, at=wall))
    if anchor is None:
        return [], []
    unwritten = bot.trouble("the anchor of the audit log cannot be written to its file")
    try:
        known = await bot.anchor_file.keep(anchor)
    except OSError as error:
        unwritten.failed(error)
        return [], [Finding("anchors", Level.ERROR, str(error.errno))]
    unwritten.over()
    return known, [Finding("anchors", Level.OK, "")]


def _look(conn: Connection, bot: App, wall: datetime, known: "list[Anchor]") -> "list[Finding]":
    from service.care.findings import Finding, Level, Look, inside, missing_files, rows  # noqa: PLC0415  # a listing needs none

    found = inside(conn, Look(wall, bot.context.zone, clockwork.machine(), terminal.NAME))
    if wall.minute == FILES_AT:
        found += [missing_files(conn, bot.context.files), rows(conn)]
    sealed = audit_chain.look_at_end(conn, bot.context.keys, known)
    level = Level.OK if sealed.state in (State.WHOLE, State.NEW) else Level.ERROR
    return [*found, Finding("audit", level, sealed.state)]


def _disk(bot: App) -> "Finding":
    from service.care.findings import Finding, Level, disk  # noqa: PLC0415  # as above

    try:
        return disk(bot.settings.folders)
    except OSError as error:
        return Finding("data", Level.ERROR, str(error.errno))


def _tell(uow: UnitOfWork, found: "Sequence[Finding]") -> None:
    from service.care import alarms, anchors  # noqa: PLC0415  # as above

    alarms.look(uow, found)
    anchors.tell_of_the_day(uow)
