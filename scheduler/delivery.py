"""Delivery: claims what may leave, sends it outside any transaction, settles what came of it."""

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from scheduler import resting
from storage import accounts, sending
from storage.away import is_away
from storage.described import code_in
from storage.engine import Database, Turn, nested
from storage.leases import since_boot
from storage.outbox import PACED, STRANGER, Claimed, LostFile
from storage.sending import BeforeSend, Claim, Settled, Unsent
from storage.trouble import Trouble
from talk.messages import Broken, Channel, ChannelDown, Outcome, Rejected, Sent, Throttled

log = logging.getLogger("anzhu.delivery")

IN_FLIGHT: Final = 256
"""Letters on their way at once, each to an address of its own: so many slow ones hold up nobody else."""

IDLE: Final = 1.0
"""Seconds between two looks when nobody wakes the delivery; what another process queued leaves by then."""

TIDY_EVERY: Final = sending.LEASE / 3
"""How often leases are renewed and dead letters settled."""

SEND_LIMIT: Final = 120.0
"""Seconds after which a send that has not come back counts as broken."""

GATHER: Final = 0.02
"""Seconds in which what came back is gathered for one transaction, when nothing else makes one: a commit for
each letter costs more than sending it. Whatever is queued meanwhile is looked at at once."""

CHATS_UNTIL_ALL: Final = 3
"""So many members' chats that are asked to wait at the same time mean that the platform asks the whole account: it does
not say which of the two it means."""

QUIET: Final = 5.0
"""Seconds without a letter after which a chat is asked to wait for no fault of its own."""

ROOM: Final = 1.01
"""The second in which sends are counted here is that much longer: not all take equally long to arrive."""

BURST: Final = 0.03
"""Seconds of slots that may leave at once: timers are late by as much."""

BEGUN_WITHIN: Final = sending.LEASE.total_seconds() / 2
"""Seconds after its claim within which a letter must begin to be sent. In a process that stood still for longer (its
machine slept) another may have taken it by now.
"""

LATE: Final = 0.05
"""Seconds after its slot from which a letter leaves in the place of another one's, perhaps of another process."""

DRAIN: Final = 3.0
"""Seconds that a closing delivery waits for what is on its way; what is not back then is sent again later."""


OnLost = Callable[[Connection, Sequence[LostFile]], None]
"""Is told of files that are given up, in the transaction that gives them up."""
OnOutcome = Callable[[Claimed, Outcome | Unsent, float], None]
"""Is told what came of each letter, and how many seconds after it was claimed."""


Believes = Callable[[Connection, datetime], bool]
"""Whether the real time that a process reads from its machine is to be believed."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one transaction is to do; it may run twice, so it is given all and changes nothing else."""

    now: datetime
    back: Sequence[Settled]
    opening: bool
    tidy: bool
    flying: Sequence[Claimed]
    room: int
    strangers: int
    late: Mapping[tuple[str, str], int]


class _Pace:
    """The newest sends of an account, all of them: a platform counts what reaches it in any second."""

    def __init__(self, rate: float) -> None:
        self._count = max(1, int(rate))
        self._gap = 1 / rate if rate > 0 else 0
        self._window = self._count * self._gap * ROOM
        self._starts: deque[float] = deque(maxlen=self._count)
        self._free_at = 0.0
        self.turn = asyncio.Lock()
        """Held by the one that waits for room; the others wait for it in their order."""

    def pause(self) -> float:
        """Seconds until there is room for one more; 0 and less: now.

        After a busy moment many slots are past. In one burst they would open as many connections, and reach
        the platform so late that the next second's letters fall into theirs.
        """
        start = self._free_at
        if len(self._starts) == self._count:
            start = max(start, self._starts[0] + self._window)
        return start - time.monotonic()

    def note(self) -> None:
        """Note that one more leaves now."""
        now = time.monotonic()
        self._starts.append(now)
        self._free_at = max(self._free_at, now - BURST) + self._gap


class _Patience:
    """Who is asked to wait at an account. A platform that is asked for too much in one chat, or by people of no
    concern, makes these wait and nobody else.
    """

    def __init__(self) -> None:
        self._last: dict[str, float] = {}
        self._waiting: dict[str, datetime] = {}

    def begins(self, letter: Claimed) -> bool:
        """Note that a letter leaves; return whether its chat was quiet before."""
        now = time.monotonic()
        chat = letter.address.external_id
        before = self._last.pop(chat, None)
        # The oldest come first, since each is put behind the others when it is noted.
        for old, at in list(self._last.items()):
            if now - at < QUIET:
                break
            del self._last[old]
        self._last[chat] = now
        return before is None or now - before >= QUIET

    def means_all(self, letter: Claimed, until: datetime, now: datetime) -> bool:
        """Note that a quiet chat was asked to wait; return whether the platform means the whole account. Strangers'
        chats say nothing: whoever wants to can make a platform throttle a few of them.
        """
        if letter.person is None:
            return False
        self._waiting = {chat: end for chat, end in self._waiting.items() if end > now}
        self._waiting[letter.address.external_id] = until
        return len(self._waiting) >= CHATS_UNTIL_ALL


class Delivery:
    """Sends what waits in the outbox for the channels of this process; the rest waits for another."""

    def __init__(
        self,
        database: Database,
        channels: Sequence[Channel],
        *,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        before_send: BeforeSend = lambda _, __: {},
        on_lost: OnLost = lambda _, __: None,
        believes: Believes = lambda _, __: True,
        on_outcome: OnOutcome = lambda _, __, ___: None,
        on_turn: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = since_boot,
    ) -> None:
        """`wall` tells the real time, aware, `clock` seconds that never stand still; `on_lost` tells people of files
        that are given up. What `believes` says no to is a clock by which no letter may be given up as too late.
        `on_turn` is called each time that the delivery looks what there is to do.
        """
        self._database = database
        self._channels = {(channel.name, channel.account): channel for channel in channels}
        self._wall = wall
        self._before_send = before_send
        self._on_lost = on_lost
        self._believes = believes
        self._on_outcome = on_outcome
        self._on_turn = on_turn
        self._clock = clock
        self._flying: dict[int, Claimed] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._back: list[Settled] = []
        self._settled = 0
        self._late: Counter[tuple[str, str]] = Counter()
        self._throttled: dict[tuple[str, str], datetime] = {}
        self._paces = {key: _Pace(channel.rate) for key, channel in self._channels.items()}
        self._patience = {key: _Patience() for key in self._channels}
        self._failing: set[str] = set()
        self._look = asyncio.Event()
        self._gathering: asyncio.TimerHandle | None = None
        self._closing = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None
        self._opened = False
        self._pauses = Trouble(log, "delivery pauses")
        self._downs = {key: Trouble(log, f"{key[0]} cannot send") for key in self._channels}
        self._tidied: datetime | None = None

    def wake(self) -> None:
        """Something was queued: look at once. To be called from the event loop."""
        self._look.set()

    async def round(self) -> int:
        """Send all that may leave now, and come back when it is settled; how many letters came back."""
        before = self._settled
        self._tidied = None
        while True:
            again = await self._turn()
            if again is None and not self._flying and not self._back:
                return self._settled - before
            await self._rest(again)

    async def run(self) -> None:
        """Send until closed. Cancelled, it closes: what is on its way is waited for and settled."""
        self._serving = asyncio.create_task(self._serve())
        try:
            await asyncio.shield(self._serving)
        finally:
            await self.close()

    async def close(self) -> None:
        """Take nothing new, wait a little for what is on its way, settle it."""
        self._closing.set()
        self._look.set()
        if self._serving is not None:
            await self._serving

    async def _serve(self) -> None:
        while not self._closing.is_set():
            self._on_turn()
            again = await self._try_turn()
            await self._rest(again)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=DRAIN)
        for task in self._tasks:
            task.cancel()
        if self._back:
            await self._try_turn()

    async def _try_turn(self) -> datetime | None:
        """Run a turn that may fail (database away, disk full): what came back is kept and settled later."""
        try:
            again = await self._turn()
        except Exception as error:  # noqa: BLE001  # whatever it was, letters wait for the next turn
            # That the database is away is said by who watches it, once for all that need it.
            if not is_away(error):
                self._pauses.failed(error)
            await resting.until(self._closing, IDLE)
            return None
        self._pauses.over()
        return again

    async def _rest(self, again: datetime | None) -> None:
        pause = IDLE if again is None else min(IDLE, (again - self._wall()).total_seconds())
        await resting.until(self._look, pause)

    async def _turn(self) -> datetime | None:
        """Settle what came back and claim what may leave, in one transaction, and send it. When more may be
        claimable though nothing happens; None: not known.
        """
        self._look.clear()
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
        now, began = self._wall(), self._clock()
        tidy = self._tidied is None or now - self._tidied >= TIDY_EVERY
        turn = _Turn(
            now=now,
            back=self._back,
            opening=not self._opened,
            tidy=tidy,
            flying=tuple(self._flying.values()) if tidy else (),
            room=0 if self._closing.is_set() else IN_FLIGHT - len(self._flying),
            strangers=sending.STRANGERS_IN_FLIGHT - sum(one.priority == STRANGER for one in self._flying.values()),
            late=Counter(self._late),
        )
        self._back = []
        self._late.clear()
        try:
            # At the end nothing is claimed; what has left is settled on whatever tables there are, or it leaves twice.
            whose = Turn.LEAVING if self._closing.is_set() else Turn.MEMBER
            claims = await self._database.write(partial(self._in_transaction, turn=turn), whose)
        except BaseException:
            self._back[:0] = turn.back
            self._late.update(turn.late)
            raise
        self._opened = True
        self._settled += len(turn.back)
        if tidy:
            self._tidied = now
        for letter in (letter for claim in claims for letter in claim.letters):
            self._flying[letter.id] = letter
            task = asyncio.create_task(self._send(letter, began + BEGUN_WITHIN))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return min((claim.again for claim in claims if claim.again is not None), default=None)

    def _in_transaction(self, conn: Connection, turn: _Turn) -> list[Claim]:
        if turn.opening:
            for name, account in self._channels:
                accounts.open_account(conn, name, account)
        lost = sending.settle(conn, turn.back)
        if turn.tidy:
            sending.renew(conn, turn.flying, turn.now)
            if self._believes(conn, turn.now):
                lost += sending.sweep(conn, turn.now)
        if lost:
            self._tell(conn, lost)
        room, strangers = turn.room, turn.strangers
        claims: list[Claim] = []
        for (name, account), channel in self._channels.items():
            if room > 0:
                claim = sending.claim(
                    conn,
                    name,
                    account,
                    turn.now,
                    limit=room,
                    strangers=strangers,
                    rate=channel.rate,
                    late=turn.late.get((name, account), 0),
                    before_send=self._before_send,
                )
                claims.append(claim)
                room -= len(claim.letters)
                strangers -= sum(letter.priority == STRANGER for letter in claim.letters)
        return claims

    def _tell(self, conn: Connection, lost: Sequence[LostFile]) -> None:
        try:
            with nested(conn):
                self._on_lost(conn, lost)
        except Exception as error:
            if is_away(error):
                raise
            # What was settled stays so: else the files would be sent again for ever.
            log.exception("nobody was told of lost files")

    async def _send(self, letter: Claimed, begun_by: float) -> None:
        began = time.monotonic()
        outcome = await self._wait_for_slot(letter, begun_by) or await self._outcome(letter)
        self._on_outcome(letter, outcome, time.monotonic() - began)
        del self._flying[letter.id]
        self._back.append(Settled(letter, outcome, self._wall()))
        self._settle_soon()
        account = (letter.address.channel, letter.address.account)
        match outcome:
            case Throttled(until, whole_account):
                if whole_account:
                    self._throttled[account] = until
                delay = (until - self._wall()).total_seconds()
                asyncio.get_running_loop().call_later(max(0, delay), self.wake)
            case Rejected(reason):
                # Why stands in the outbox: it may repeat what the letter says.
                code = {"code": code_in(reason)}
                log.error("letter %s was rejected by %s", letter.id, letter.address.channel, extra=code)
            case ChannelDown(reason):
                self._downs[account].failed(code_in(reason))
            case Sent():
                self._downs[account].over()
            case _:
                pass

    def _settle_soon(self) -> None:
        if self._serving is None or self._closing.is_set():
            self._look.set()
        elif self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(GATHER, self._look.set)

    async def _wait_for_slot(self, letter: Claimed, begun_by: float) -> Unsent | None:
        """Wait for the budget. What must not leave then after all stays as it was."""
        account = (letter.address.channel, letter.address.account)
        await resting.until(self._closing, (letter.slot - self._wall()).total_seconds())
        pace = self._paces[account]
        if letter.priority in PACED:
            async with pace.turn:
                await resting.until(self._closing, pace.pause())
                pace.note()
            if self._wall() - letter.slot > timedelta(seconds=LATE):
                self._late[account] += 1
                self._look.set()
        else:
            pace.note()
        if self._closing.is_set():
            return Unsent(letter.slot)
        until = self._throttled.get(account)
        if until is not None and until > self._wall():
            return Unsent(until)
        if self._clock() > begun_by:
            return Unsent(self._wall())
        return None

    async def _outcome(self, letter: Claimed) -> Outcome:
        account = (letter.address.channel, letter.address.account)
        channel, patience = self._channels[account], self._patience[account]
        quiet = patience.begins(letter)
        try:
            async with asyncio.timeout(SEND_LIMIT):
                outcome = await channel.send(letter.address, letter.message, letter.replaces)
        except Exception as error:
            # A channel never raises for what a platform does, so this is a fault of ours; said once.
            if channel.name not in self._failing:
                log.exception("channel %s failed", channel.name)
            self._failing.add(channel.name)
            return Broken(repr(error))
        self._failing.discard(channel.name)
        match outcome:
            case Throttled(until, whole_account=False) if quiet and patience.means_all(letter, until, self._wall()):
                return Throttled(until, whole_account=True)
            case _:
                return outcome
