"""Delivery: claims what may leave, sends it outside any transaction, settles what came of it."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection

from storage import outbox
from storage.engine import Door
from storage.outbox import Claimed
from talk.messages import Broken, Channel, Outbound, Outcome

log = logging.getLogger("anzhu.delivery")

IN_FLIGHT: Final = 64
"""Letters of a channel on their way at once: one slow address must not hold up the others."""

IDLE: Final = 1.0
"""Seconds between two looks when nobody wakes the delivery; what another process queued leaves by then."""

BeforeSend = Callable[[Connection, Sequence[Claimed]], Mapping[int, Outbound | datetime | None]]
"""Looks at letters once more in the transaction that claims them: a new wording, a later instant, or None
for one that has nothing to say any more; those it does not name leave as they are."""


def _as_they_are(_: Connection, __: Sequence[Claimed]) -> Mapping[int, Outbound | datetime | None]:
    return {}


@dataclass(slots=True)
class _Lane:
    """One channel: what is on its way, and what has come back and is not settled yet."""

    channel: Channel
    flying: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    back: list[tuple[Claimed, Outcome]] = field(default_factory=list[tuple[Claimed, Outcome]])
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class Delivery:
    """Sends what waits in the outbox for the channels of this process; the rest waits for another."""

    def __init__(
        self,
        door: Door,
        channels: Sequence[Channel],
        *,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        before_send: BeforeSend = _as_they_are,
    ) -> None:
        """`wall` tells the real time, aware."""
        self._door = door
        self._wall = wall
        self._before_send = before_send
        self._lanes = [_Lane(channel) for channel in channels]

    def wake(self) -> None:
        """Something was queued: look at once."""
        for lane in self._lanes:
            lane.woken.set()

    async def round(self) -> int:
        """Send until nothing is left that may leave now; how many were sent, or tried."""
        return sum(await asyncio.gather(*(self._drain(lane) for lane in self._lanes)))

    async def run(self) -> None:
        """Send for ever; cancelling it lets what is on its way finish and settles it."""
        async with asyncio.TaskGroup() as group:
            for lane in self._lanes:
                group.create_task(self._serve(lane))

    async def _drain(self, lane: _Lane) -> int:
        await self._open(lane)
        sent = 0
        while True:
            claimed = await self._step(lane)
            sent += claimed
            if not claimed and not lane.flying and not lane.back:
                return sent
            if not claimed and not lane.back:
                await asyncio.wait(lane.flying, return_when=asyncio.FIRST_COMPLETED)

    async def _serve(self, lane: _Lane) -> None:
        await self._open(lane)
        try:
            while True:
                lane.woken.clear()
                try:
                    busy = await self._step(lane) > 0
                except Exception:
                    # Database away, disk full: what came back stays in the lane and is settled later.
                    log.exception("delivery of %s pauses", lane.channel.name)
                    busy = False
                if not busy and not lane.back:
                    await _wait(lane.woken, IDLE)
        finally:
            if lane.flying:
                await asyncio.wait(lane.flying, timeout=IDLE)
            await self._step(lane, claiming=False)

    async def _open(self, lane: _Lane) -> None:
        channel = lane.channel
        await self._door.write(lambda conn: outbox.open_account(conn, channel.name, channel.account))

    async def _step(self, lane: _Lane, *, claiming: bool = True) -> int:
        """Settle what came back and claim what may leave, in one transaction; send it."""
        back, lane.back = lane.back, []
        room = IN_FLIGHT - len(lane.flying) if claiming else 0
        try:
            letters = await self._door.write(lambda conn: self._settle_and_claim(conn, lane.channel, back, room))
        except BaseException:
            lane.back = back + lane.back
            raise
        for letter, message in letters:
            task = asyncio.create_task(self._send(lane, letter, message))
            lane.flying.add(task)
            task.add_done_callback(lane.flying.discard)
        return len(letters)

    def _settle_and_claim(
        self, conn: Connection, channel: Channel, back: Sequence[tuple[Claimed, Outcome]], room: int
    ) -> list[tuple[Claimed, Outbound]]:
        now = self._wall()
        for letter, outcome in back:
            outbox.settle(conn, letter, outcome, now)
        if room <= 0:
            return []
        claimed = outbox.claim(conn, channel.name, channel.account, now, limit=room, rate=channel.rate)
        decided = self._before_send(conn, claimed) if claimed else {}
        leaving: list[tuple[Claimed, Outbound]] = []
        for letter in claimed:
            match decided.get(letter.id, letter.message):
                case None:
                    outbox.drop(conn, letter)
                case datetime() as later:
                    outbox.postpone(conn, letter, later)
                case Outbound() as message:
                    if message != letter.message:
                        outbox.reword(conn, letter, message)
                    leaving.append((letter, message))
        return leaving

    async def _send(self, lane: _Lane, letter: Claimed, message: Outbound) -> None:
        try:
            outcome = await lane.channel.send(letter.address, message, letter.replaces)
        except Exception as error:
            # An adapter never raises for what a platform does, so this is a fault of ours: the letter is
            # tried again, and comes to an end with the others that are.
            log.exception("channel %s failed", lane.channel.name)
            outcome = Broken(repr(error))
        lane.back.append((letter, outcome))
        lane.woken.set()


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
