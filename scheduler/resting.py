"""How a loop rests: until it is woken, but not longer than a while."""

import asyncio


async def until(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but not longer; others have a turn even where there is nothing to wait for."""
    if seconds <= 0 or event.is_set():
        await asyncio.sleep(0)
        return
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
