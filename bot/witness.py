"""What the audit log tells the world outside, so that a change of the database alone cannot go unseen."""

import asyncio
import logging
from datetime import UTC, datetime
from functools import partial

from bot.app import App
from storage import anchors, audit_chain

log = logging.getLogger("anzhu")


async def witness(bot: App) -> None:
    """Append the anchor of the day to its file. What cannot be written is logged, and tried again a minute later."""
    file = bot.settings.audit_anchor_file
    if file is None:
        return
    anchor = await bot.database.read(partial(audit_chain.anchor, at=datetime.now(UTC)))
    if anchor is None:
        return
    try:
        await asyncio.to_thread(anchors.append, file, anchor, bot.context.zone)
    except OSError as error:
        log.error("the anchor of the audit log cannot be written to %s: %s", file, error.strerror)  # noqa: TRY400  # the file's fault
