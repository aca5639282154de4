"""One of all processes on a database polls an account: it holds a lease there, and renews it; the others wait.

Who cannot renew it stops before another may take it, by its own clock; what was being handled then is left to the next,
who finds it with the platform or in the inbox.
"""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from storage import leases
from storage.away import is_away
from storage.engine import Database, Turn
from storage.leases import SPAN, Lease, since_boot
from storage.trouble import Trouble

log = logging.getLogger("anzhu")

STOPS_AFTER: Final = 25.0
"""Seconds after its last renewal began in which the holder polls: less, since it needs a moment to stop."""
RENEW_EVERY: Final = 10.0
TRY_AGAIN: Final = 1.0
"""Seconds between two looks of those who wait, and between two tries to renew."""
RELEASE_WITHIN: Final = 3.0
"""Seconds that giving it back may take at the end."""

Work = Callable[[], Coroutine[Any, Any, None]]


class PollLease:
    """The lease of one account, as one process sees it."""

    def __init__(
        self,
        database: Database,
        channel: str,
        account: str,
        *,
        clock: Callable[[], float] = since_boot,
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`clock` tells seconds that never go back, `wait` waits for so many."""
        self._database = database
        self._channel = channel
        self._account = account
        self._clock = clock
        self._wait = wait
        self._holder = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"
        self._good_until = float("-inf")
        self._seen: tuple[Lease, float] | None = None
        self._trouble = Trouble(log, "the lease of polling cannot be had or renewed")

    def is_held(self) -> bool:
        """Return whether this process may poll now."""
        return self._clock() < self._good_until

    async def while_held(self, work: Work) -> None:
        """Wait for the lease, work as long as it is held, and so on until cancelled; then give it back. Raises what the
        work raises.
        """
        try:
            while True:
                await self._until_taken()
                working = asyncio.create_task(work())
                try:
                    await self._until_lost(working)
                finally:
                    working.cancel()
                    await asyncio.wait([working])
                log.warning("the lease of polling could not be renewed, another process may poll now")
        finally:
            self._good_until = float("-inf")
            with suppress(Exception):
                give_back = partial(leases.give_back, channel=self._channel, account=self._account, holder=self._holder)
                await asyncio.wait_for(self._database.write(give_back, Turn.LEAVING), RELEASE_WITHIN)

    async def _until_taken(self) -> None:
        told = False
        while True:
            try:
                lease = await self._database.read(partial(leases.of, channel=self._channel, account=self._account))
                if await self._take(lease if self._is_over(lease) else None):
                    if told:
                        log.warning("this process polls from now on")
                    return
                if not told and lease is not None and lease.holder is not None:
                    log.warning("another process polls (%s), this one waits", lease.holder)
                    told = True
            except Exception as error:  # noqa: BLE001  # whatever it was, the next look comes
                self._note(error)
            await self._wait(TRY_AGAIN)

    def _is_over(self, lease: Lease | None) -> bool:
        """Whether the same lease has been seen for so long that its holder has stopped."""
        if lease is None or self._seen is None or self._seen[0] != lease:
            self._seen = None if lease is None else (lease, self._clock())
            return False
        return self._clock() - self._seen[1] >= SPAN

    async def _until_lost(self, working: asyncio.Task[None]) -> None:
        pause = RENEW_EVERY
        while self.is_held():
            waiting = asyncio.ensure_future(self._wait(min(pause, self._good_until - self._clock())))
            try:
                await asyncio.wait([working, waiting], return_when=asyncio.FIRST_COMPLETED)
            finally:
                waiting.cancel()
            if working.done():
                working.result()
                return
            try:
                async with asyncio.timeout(max(0.0, self._good_until - self._clock())):
                    if not await self._take(None):
                        return
                pause = RENEW_EVERY
            except Exception as error:  # noqa: BLE001  # whatever it was, it is tried again as long as it holds
                self._note(error)
                pause = TRY_AGAIN

    def _note(self, error: Exception) -> None:
        # That the database is away is said by who watches it, once for all that need it.
        if not is_away(error):
            self._trouble.failed(error)

    async def _take(self, over: Lease | None) -> bool:
        began = self._clock()
        until = datetime.now(UTC) + timedelta(seconds=SPAN)
        taken = await self._database.write(
            partial(
                leases.take,
                channel=self._channel,
                account=self._account,
                holder=self._holder,
                until=until,
                over=over,
            )
        )
        self._trouble.over()
        self._good_until = began + STOPS_AFTER if taken else float("-inf")
        return taken
