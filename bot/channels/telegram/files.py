"""Files that come with a message: fetched by one try, or refused in words."""

import asyncio
from datetime import timedelta
from typing import Final

from bot.channels.telegram.api import DOWNLOAD_LIMIT, ApiError, Client, UnreachableError
from bot.channels.telegram.reading import Remote
from bot.files import refusal
from bot.gate import Gate
from talk.messages import Address, FileRef
from talk.texts import Say

WITHIN: Final = 60.0
"""Seconds that one try may take."""

TOO_MANY: Final = 429


class NotYetError(Exception):
    """A file could not be fetched now; another try may. It may not come before `pause` is over."""

    def __init__(self, why: Exception, pause: timedelta = timedelta()) -> None:
        super().__init__(str(why) or type(why).__name__)
        self.pause = pause


async def fetch(client: Client, gate: Gate, sender: Address, remote: Remote) -> FileRef | Say:
    """Keep a file of a member; return it, or what to tell its sender. Raises NotYetError where it may come later, and
    OSError where nothing can be kept.
    """
    if remote.size > DOWNLOAD_LIMIT:
        return refusal("too-big", remote.name)
    try:
        async with asyncio.timeout(WITHIN):
            data = await _content(client, remote.id)
    except ApiError as error:
        if error.code == TOO_MANY:
            raise NotYetError(error, timedelta(seconds=error.retry_after or 0.0)) from error
        too_big = "too big" in error.description.lower()
        return refusal("too-big", remote.name) if too_big else Say("telegram-file-failed")
    except (UnreachableError, TimeoutError) as error:
        raise NotYetError(error) from error
    return await gate.keep(sender, data, remote.name)


async def _content(client: Client, file_id: str) -> bytes:
    described = await client.call("getFile", {"file_id": file_id})
    path = described.get("file_path") if isinstance(described, dict) else None
    if not isinstance(path, str):
        raise UnreachableError("a file without its path")
    return await client.download(path)
