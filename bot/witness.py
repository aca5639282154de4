"""What the audit log tells the world outside, so that a change of the database alone cannot go unseen."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import Row

from bot import late_notes, syslog
from bot.app import App
from service.core.unit_of_work import UnitOfWork
from storage import audit, audit_chain, clock

PORTION: Final = 500
"""Events that are told at a time."""
SETTINGS: Final = "settings"
"""The event, and its subject, that tells how the bot is set where that weakens it or makes it another."""


async def witness(bot: App) -> None:
    """Take up the looks that wait for their row, note how the bot is set where that has changed, tell the events to the
    collector of logs. What cannot be done is logged, and tried again a minute later.
    """
    await asyncio.to_thread(late_notes.take_up, bot)
    await asyncio.to_thread(bot.use, partial(_note_settings, bot=bot))
    await _tell(bot)


def _note_settings(uow: UnitOfWork, bot: App) -> None:
    settings = bot.settings
    now: dict[str, Any] = {
        "pack": uow.pack.name,
        "key": uow.context.keys.current.id,
        "photo_location": settings.photo_location,
        "second_factor": settings.second_factor,
        "administrators_apart": settings.administrators is not None,
        "rehearsal": uow.rehearsal,
    }
    if audit.last(uow.conn, SETTINGS, SETTINGS) == now:
        return
    # As a tick does: two processes at once would note it twice.
    clock.read(uow.conn, lock=True)
    if audit.last(uow.conn, SETTINGS, SETTINGS) != now:
        uow.note(SETTINGS, SETTINGS, **now)


async def _tell(bot: App) -> None:
    if not bot.settings.syslog:
        return
    untold = bot.trouble(f"the audit log cannot be told to {bot.settings.syslog}")
    try:
        while rows := await bot.database.read(partial(audit_chain.untold, most=PORTION)):
            await asyncio.to_thread(syslog.send, bot.settings.syslog, rows)
            await bot.database.write(partial(audit_chain.mark_told, seq=_last(rows)))
    except OSError as error:
        untold.failed(error)
    else:
        untold.over()


def _last(rows: Sequence[Row[Any]]) -> int:
    return int(rows[-1].seq)
