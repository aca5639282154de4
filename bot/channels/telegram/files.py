"""Files that come with a message: fetched before the message is taken, or refused in words."""

import asyncio

from bot.channels.telegram.api import DOWNLOAD_LIMIT, ApiError, Client, UnreachableError
from bot.channels.telegram.reading import Remote
from bot.files import refusal
from bot.gate import Gate
from talk.messages import Address, FileRef
from talk.texts import Say

WAITS = (0.5, 2.0, 8.0)
"""Seconds between the tries to fetch a file; after the last one its sender is asked to send it again."""

WITHIN = 60.0
"""Seconds that all of it may take: until then the platform keeps the update, and at most a hundred with it."""


async def fetch(client: Client, gate: Gate, sender: Address, remote: Remote) -> FileRef | Say:
    """Keep a file of a member; return it, or what to tell its sender. Raises OSError where nothing can be kept."""
    if remote.size > DOWNLOAD_LIMIT:
        return refusal("too-big", remote.name)
    try:
        async with asyncio.timeout(WITHIN):
            data = await _content(client, remote.id)
    except ApiError as error:
        too_big = "too big" in error.description.lower()
        return refusal("too-big", remote.name) if too_big else Say("telegram-file-failed")
    except (UnreachableError, TimeoutError):
        return Say("telegram-file-failed")
    return await gate.keep(sender, data, remote.name)


async def _content(client: Client, file_id: str) -> bytes:
    for wait in WAITS:
        try:
            return await _once(client, file_id)
        except ApiError as error:
            if error.code != 429:
                raise
        except UnreachableError:
            pass
        await asyncio.sleep(wait)
    return await _once(client, file_id)


async def _once(client: Client, file_id: str) -> bytes:
    described = await client.call("getFile", {"file_id": file_id})
    path = described.get("file_path") if isinstance(described, dict) else None
    if not isinstance(path, str):
        raise UnreachableError("a file without its path")
    return await client.download(path)
