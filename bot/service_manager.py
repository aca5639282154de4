"""What systemd is told of a running bot (sd_notify(3)): that it is up, and, while it is, a sign of life."""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from typing import Final

log = logging.getLogger("anzhu")

MICROSECONDS: Final = 1_000_000


def tell(state: str) -> None:
    """Tell systemd a state, as `READY=1`; nothing happens where no service manager listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            # A name with @ stands in no folder: Linux writes it with a zero byte.
            out.sendto(state.encode(), address.replace("@", "\0", 1) if address.startswith("@") else address)
    except OSError as error:
        log.warning("systemd was not told %s: %s", state, error)


def watched_every() -> float | None:
    """Return how many seconds may pass without a sign of life (WatchdogSec); None: nobody watches this process."""
    given, process = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
    if not (given.isascii() and given.isdecimal() and int(given)):
        return None
    return int(given) / MICROSECONDS if process in ("", str(os.getpid())) else None


async def signs_of_life(is_alive: Callable[[], Awaitable[bool]], every: float | None) -> None:
    """Give a sign of life three times within the span that is watched, until cancelled, each time that all is alive: a
    look that hangs or fails gives none, and systemd starts the service anew.
    """
    if every is None:
        return
    while True:
        try:
            alive = await asyncio.wait_for(is_alive(), every / 3)
        except Exception as error:  # noqa: BLE001  # whatever fails, there is no sign of life
            log.warning("no sign of life: %r", error)
            alive = False
        if alive:
            tell("WATCHDOG=1")
        await asyncio.sleep(every / 3)
