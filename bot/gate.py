"""The gate: what of all that people send is taken in, whose is written first, and how many files are looked into."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from typing import Final
from weakref import WeakValueDictionary

from bot.budget import Allowance, Bucket, Budget, Standing, Verdict
from bot.files import refusal, store_file
from service.people.actions import START
from storage import standings
from storage.engine import Database, Turn
from storage.files import FileStore
from talk.actions import typed_command
from talk.messages import Address, FileRef, Inbound, Kind
from talk.texts import Say

FILES_AT_ONCE: Final = 2
"""Files that are looked into at the same time, each of another sender."""

TURN: Final = 120.0
"""Seconds that a file waits for its turn at the most; then its sender is asked to send it again."""

FAILURES: Final = Allowance(500, 0.05)
"""Updates that are set aside, with their reasons; of more only the number is told."""

ALBUMS: Final = 1000
"""So many albums are remembered, to take the rest of one as its first part was taken."""

_SILENT: Final = frozenset({Kind.GROUP, Kind.BLOCKED, Kind.UNBLOCKED})
"""What nobody waits for an answer to."""

_STANDING: Final = {None: Standing.STRANGER, False: Standing.GUEST, True: Standing.MEMBER}
"""What an address is, by whether its person joined; None: it has none."""


class Gate:
    """The gate of one process."""

    def __init__(self, database: Database, file_store: FileStore, wall: Callable[[], datetime]) -> None:
        self._database = database
        self._file_store = file_store
        self._wall = wall
        self._budget = Budget()
        self._failures = Bucket(FAILURES, FAILURES.burst, self._now())
        self._looking = asyncio.Semaphore(FILES_AT_ONCE)
        self._albums: dict[tuple[Address, str], Verdict] = {}
        """What became of the first part of an album, the newest last."""
        self._senders: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()

    async def learn(self, addresses: Sequence[Address]) -> None:
        """Make sure that it is known what these addresses are."""
        unknown = [address for address in dict.fromkeys(addresses) if not self._budget.knows(address, self._now())]
        if unknown:
            joined = await self._database.read(partial(standings.joined, addresses=unknown))
            for address in unknown:
                self._budget.learn(address, _STANDING[joined.get(address)], self._now())

    def judge(self, inbound: Inbound, weight: float) -> Verdict:
        """Weigh a message and spend for it; what its address is must be known. A channel asks this before it fetches
        files or hands the message over.
        """
        album = (inbound.address, inbound.act or "")
        if (known := self._albums.get(album)) is not None:
            # Taken or left as a whole, whenever its parts come: half of it would be another thing.
            if known is Verdict.TAKE:
                self._budget.spend(inbound.address, weight)
            return Verdict.DROP if known is Verdict.WARN else known
        name, code = typed_command(inbound.text) or ("", "")
        joining = inbound.kind is Kind.TEXT and name == START.name and code != ""
        warns = inbound.kind not in _SILENT
        verdict = self._budget.judge(inbound.address, weight, self._now(), joining=joining, warns=warns)
        if inbound.act is not None and inbound.kind is not Kind.EDITED:
            self._albums[album] = verdict
            if len(self._albums) > ALBUMS:
                del self._albums[next(iter(self._albums))]
        return verdict

    def is_member(self, address: Address) -> bool:
        """Return whether an address is known to be of somebody who joined."""
        return self._budget.standing(address) is Standing.MEMBER

    def is_stranger(self, address: Address) -> bool:
        """Return whether an address is known to be of nobody."""
        return self._budget.standing(address) is Standing.STRANGER

    def turn(self, address: Address) -> Turn:
        """Return among whose writes those of an address stand."""
        return Turn.STRANGER if self.is_stranger(address) else Turn.MEMBER

    def worked(self, address: Address, seconds: float) -> None:
        """Charge an address for the work that its message made; whoever is no member may be another thing by now."""
        self._budget.worked(address, seconds)
        if not self.is_member(address):
            self._budget.doubt(address)

    def keeps_failure(self) -> bool:
        """Return whether one more update may be set aside: a platform gone mad must not fill the disk."""
        self._failures.fill(self._now())
        if self._failures.level < 1:
            return False
        self._failures.level -= 1
        return True

    async def keep(self, sender: Address, data: bytes, name: str) -> FileRef | Say:
        """Keep a file that somebody sent; return it, or what to tell them. Of a sender one at a time, and few of all:
        looking into one may take seconds. One whose turn does not come is not kept. Who has not joined sends none.
        Raises OSError where nothing can be kept.
        """
        await self.learn([sender])
        if not self.is_member(sender):
            return Say("file-before-joining")
        lock = self._senders.setdefault(sender, asyncio.Lock())
        async with AsyncExitStack() as turn:
            try:
                async with asyncio.timeout(TURN):
                    await turn.enter_async_context(lock)
                    await turn.enter_async_context(self._looking)
            except TimeoutError:
                return refusal("busy", name)
            return await asyncio.to_thread(store_file, self._file_store, data, name)

    def _now(self) -> float:
        return self._wall().timestamp()
