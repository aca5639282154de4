"""Sees to updates that are kept and confirmed, whichever process keeps them: takes each message once its files are
fetched. What the same person sends after it waits behind it, unless it is urgent (`bot.subjects.is_urgent`); nobody
else's messages wait.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import Any, Final

from bot.app import App
from bot.channels.telegram import reading
from bot.channels.telegram.acts import Act, Acts
from bot.channels.telegram.api import NAME, Client
from bot.channels.telegram.files import NotYetError, fetch
from bot.channels.telegram.reading import Incoming
from bot.loops import FETCHING as LOOP
from scheduler import resting
from storage import fetching, inbox
from storage.away import is_away
from storage.engine import Turn
from storage.fetching import LEASE, LOST, Claimed, Queued
from talk.messages import FileRef, together
from talk.texts import Say

log = logging.getLogger("anzhu.telegram")

AT_ONCE: Final = 256
"""Messages that are seen to at the same time, each of another person: so many slow ones hold up nobody else."""
DOWNLOADS: Final = 16
"""Files that are fetched at the same time: each is in memory until it is kept."""
IDLE: Final = 1.0
"""Seconds between two looks when nobody asks; what another process left is taken up by then."""
RENEW_EVERY: Final = LEASE.total_seconds() / 3
TRIES: Final = 4
"""A file is tried at least so often …"""
PATIENCE: Final = timedelta(minutes=3)
"""… and so long, before its sender is asked to send it again; a try ends within a minute."""
TOLD_AFTER: Final = timedelta(seconds=15)
"""A sender whose file has not come so long after the message, and at the first try, is told that it is waited for."""
WITHIN: Final = 60.0
"""Seconds after which one try begins with no further file."""
FAILED: Final = Say("telegram-file-failed")
FAULTS: Final = 3
"""A message that fails so often by its own fault is set aside."""
FIRST_WAIT = 1.0
LONGEST_WAIT: Final = 30.0
AWAY_WAIT: Final = timedelta(seconds=5)
"""How long a message waits that could not be seen to since the database or the disk was away."""
DRAIN: Final = 2.0
"""Seconds that a closing process waits for what it fetches; what is not there then another one fetches."""


class Fetching:
    """Sees to what waits for its files; several processes on one database share it."""

    def __init__(
        self,
        client: Client,
        account: str,
        app: App,
        *,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        """`ticks` tells seconds from any beginning, by which leases are renewed."""
        self._client = client
        self._account = account
        self._app = app
        self._ticks = ticks
        self._in_hand: dict[int, Claimed] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._fetched: dict[int, dict[str, FileRef | Say]] = {}
        """What is there already of the files of a message, by what the platform calls them; the next try goes on."""
        self._downloads = asyncio.Semaphore(DOWNLOADS)
        self._look = asyncio.Event()
        self._renewed = ticks()
        self._pauses = app.trouble("files that people sent wait to be fetched")

    def attend(self, after: float = 0.0) -> None:
        """Something was kept: look after so many seconds."""
        if after > 0:
            asyncio.get_running_loop().call_later(after, self._look.set)
        else:
            self._look.set()

    async def run(self) -> None:
        """Fetch until cancelled; what is not there then is given back."""
        try:
            while True:
                self._app.loops.turns(LOOP)
                self._look.clear()
                try:
                    await self.turn()
                    self._pauses.over()
                except Exception as error:  # noqa: BLE001  # whatever it was, files wait for the next turn
                    # That the database is away is said by who watches it, once for all that need it.
                    if not is_away(error):
                        self._pauses.failed(error)
                await resting.until(self._look, IDLE)
        finally:
            self._app.loops.ends(LOOP)
            await self._close()

    async def round(self) -> None:
        """See to all that may be seen to now, and come back when that is over."""
        await self.turn()
        while self._tasks:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            await self.turn()

    async def _close(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=DRAIN)
        for task in self._tasks:
            task.cancel()
        for claimed in list(self._in_hand.values()):
            try:
                back = partial(fetching.again, claimed=claimed, due=self._app.wall(), tried=False)
                await self._app.database.write(back, Turn.LEAVING)
            except Exception as error:
                if not is_away(error):
                    log.exception("update %s could not be given back", claimed.update_id)

    async def turn(self) -> None:
        """Claim what may be seen to, and begin with it."""
        now, database = self._app.wall(), self._app.database
        if self._in_hand and self._ticks() - self._renewed >= RENEW_EVERY:
            self._renewed = self._ticks()
            await database.write(partial(fetching.renew, claimed=list(self._in_hand.values()), now=now))
        room, idle = AT_ONCE - len(self._in_hand), not self._in_hand
        waits = partial(fetching.waits, channel=NAME, account=self._account, now=now, idle=idle)
        if room <= 0 or not await database.read(waits):
            return
        claim = partial(fetching.claim, channel=NAME, account=self._account, now=now, limit=room, idle=idle)
        for claimed in await database.write(claim):
            if claimed.update_id in self._in_hand:
                continue  # its lease had run out here; whoever has it in hand goes on
            self._in_hand[claimed.update_id] = claimed
            task = asyncio.create_task(self._see_to(claimed))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _see_to(self, claimed: Claimed) -> None:
        try:
            await self._handle(claimed)
        except Exception as error:
            # Its lease ends; then it is seen to anew.
            if not is_away(error):
                log.exception("update %s could not be settled", claimed.update_id)
        finally:
            del self._in_hand[claimed.update_id]
            self._look.set()

    async def _handle(self, claimed: Claimed) -> None:
        act: Act | None = None
        try:
            act = await self._first_of(claimed)
            if act is None:
                return
            if claimed.leases_lost >= LOST:
                await self._set_aside(act.in_order, f"lost {LOST} times with the process that had it")
                return
            await self._app.gate.learn([act.address])
            await self._take(claimed, act)
        except Exception as error:
            if is_away(error):
                await self._again(claimed, AWAY_WAIT, tried=False)
                return
            log.exception("update %s failed, try %s", claimed.update_id, claimed.attempts)
            if claimed.attempts >= FAULTS and act is not None:
                await self._set_aside(act.in_order, repr(error))
            else:
                await self._again(claimed, _wait(claimed))

    async def _take(self, claimed: Claimed, act: Act) -> None:
        """Take in a message with its files, or with the reasons why they are not kept; or try again later."""
        if any(part.files for part in act.in_order) and not self._app.gate.is_member(act.address):
            # Before the download: what a stranger sends must cost nothing.
            await self._app.decline(act.inbound, Say("file-before-joining"))
            return
        fetched = self._fetched.setdefault(claimed.update_id, {})
        late = await self._fetch(act, fetched)
        if late is not None:
            waited = self._app.wall() - claimed.received_at
            if late <= PATIENCE and (claimed.attempts < TRIES or waited < PATIENCE):
                if waited >= TOLD_AFTER:
                    await self._app.tell(act.inbound, Say("telegram-file-awaited"), "awaited")
                await self._again(claimed, max(_wait(claimed), late))
                return
            log.warning("files of update %s are given up after %s tries", claimed.update_id, claimed.attempts)
        parts = [
            part.with_files([fetched.get(file.id, FAILED) for file in part.files], self._app.context.zone)
            for part in act.in_order
        ]
        await self._app.take_or_decline(together(parts))
        del self._fetched[claimed.update_id]

    async def _fetch(self, act: Act, fetched: dict[str, FileRef | Say]) -> timedelta | None:
        """Try to fetch what is not there yet; return how long the platform asks to wait before the next try, None where
        all is settled.
        """
        late: list[timedelta] = []
        until = monotonic() + WITHIN
        for file in (file for part in act.in_order for file in part.files if file.id not in fetched):
            if monotonic() >= until:
                late.append(timedelta())
                break
            try:
                async with self._downloads:
                    fetched[file.id] = await fetch(self._client, self._app.gate, act.address, file)
            except NotYetError as error:
                late.append(error.pause)
        return max(late, default=None)

    async def _first_of(self, claimed: Claimed) -> Act | None:
        """Return what belongs together at the head of a queue; None: nothing of it concerns us any more."""
        queue = await self._app.database.read(partial(fetching.of, claimed=claimed))
        acts = Acts()
        first: Act | None = None
        for queued in queue:
            incoming = await self._read(queued, is_head=first is None)
            if incoming is None:
                if first is None:
                    return None
                break
            act, begun = acts.place(queued.update_id, incoming)
            if begun and first is not None:
                break
            first = act
        return first

    async def _read(self, queued: Queued, *, is_head: bool) -> Incoming | None:
        """What an update says; of the head of a queue it is noted where that is nothing, or cannot be understood."""
        why = queued.why
        incoming = None
        if not why:
            try:
                incoming = reading.read(queued.raw, self._account, queued.received_at, late=queued.undated)
            except Exception as error:  # noqa: BLE001  # no update of the platform looks so, whatever it is
                why = f"not understood: {error!r}"
        if is_head and why:
            log.error("update %s is set aside: %s", queued.update_id, why)
            await self._app.database.write(partial(inbox.leave, **self._key(queued), why=why))
        elif is_head and incoming is None:
            await self._app.database.write(partial(inbox.let_go, **self._key(queued)))
        return incoming

    def _key(self, queued: Queued) -> dict[str, Any]:
        return {"channel": NAME, "account": self._account, "number": queued.update_id}

    async def _set_aside(self, parts: Sequence[Incoming], why: str) -> None:
        self._fetched.pop(parts[0].inbound.update_id, None)
        for nth, part in enumerate(parts):
            said = part.inbound
            tells = said if nth == 0 else None
            await self._app.set_aside(said.address, said.update_id, json.dumps(dict(said.raw)), why, tells)

    async def _again(self, claimed: Claimed, after: timedelta, *, tried: bool = True) -> None:
        due = self._app.wall() + after
        await self._app.database.write(partial(fetching.again, claimed=claimed, due=due, tried=tried))


def _wait(claimed: Claimed) -> timedelta:
    """Return how long after a try in vain the next one comes: 1 s, 2 s, 4 s … 30 s."""
    return timedelta(seconds=min(FIRST_WAIT * 2 ** (min(claimed.attempts, 10) - 1), LONGEST_WAIT))
