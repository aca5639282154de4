"""Drawing: claims the papers that were asked for, draws them away from the one writer, sends them, and settles what
came of it, so that a process that ends takes none with it.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from sqlalchemy import Connection

from scheduler import resting
from service.core import papers
from service.core.refusal import RefusedError
from service.core.unit_of_work import UnitOfWork
from storage import paper_orders, people
from storage.audit import Actor
from storage.away import is_away
from storage.described import described
from storage.engine import Database, Job, Turn
from storage.paper_orders import ATTEMPTS, LEASE, UNREAD, Claimed, GivenUp
from storage.trouble import Trouble
from storage.unreadable import UnreadableError
from talk.messages import Address, FileRef
from talk.texts import Phrase, Say

if TYPE_CHECKING:
    from service.core.papers import AnyPaper

log = logging.getLogger("anzhu.drawing")

AT_ONCE: Final = 4
"""Papers that are drawn at the same time, each of another person."""
IDLE: Final = 1.0
"""Seconds between two looks when nobody asks; what another process left is taken up by then."""
RENEW_EVERY: Final = LEASE.total_seconds() / 3
LIMIT: Final = 300.0
"""Seconds after which a paper that is not drawn yet counts as gone wrong."""
AWAY_WAIT: Final = timedelta(seconds=5)
"""How long an order waits that could not be drawn since the database or the disk was away."""
DRAIN: Final = 3.0
"""Seconds that a closing process waits for what it draws; what is not drawn then another one draws."""


class UnitsOfWork(Protocol):
    """Gives the unit of work of a job."""

    def __call__(self, conn: Connection, cause: str, by: Actor) -> UnitOfWork:
        """Return it, on the connection of the job."""
        ...


class Drawing:
    """Draws what waits; several processes on one database share it."""

    def __init__(
        self,
        database: Database,
        keep: Callable[[bytes, str], FileRef],
        units: UnitsOfWork,
        *,
        wall: Callable[[], datetime],
        believes: Callable[[Connection, datetime], bool] = lambda _, __: True,
        on_drawn: Callable[[], None] = lambda: None,
        on_outcome: Callable[[str, float, Address | None], None] = lambda _, __, ___: None,
        on_turn: Callable[[], None] = lambda: None,
    ) -> None:
        """`keep` keeps a drawn file under its name; `wall` tells the real time, aware; what `believes` says no to is a
        clock by which nothing may be given up as too late. `on_drawn` is called when there is something to send,
        `on_outcome` is told what came of each paper (`sent`, `failed`, `later`), after how many seconds, and at which
        address its first reader is, `on_turn` is called at each look.
        """
        self._database = database
        self._keep = keep
        self._units = units
        self._wall = wall
        self._believes = believes
        self._on_drawn = on_drawn
        self._on_outcome = on_outcome
        self._on_turn = on_turn
        self._kinds: Mapping[str, type[AnyPaper]] | None = None
        self._in_hand: dict[int, Claimed] = {}
        self._addresses: dict[int, Address] = {}
        """Of the first readers of what is in hand."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._look = asyncio.Event()
        self._serving = False
        self._renewed = time.monotonic()
        self._pauses = Trouble(log, "papers wait to be drawn")

    async def attend(self) -> None:
        """Something was asked for: have it drawn at once by the loop, where it runs; else draw all that waits now."""
        if self._serving:
            self._look.set()
        else:
            await self.round()

    async def round(self) -> None:
        """Draw all that may be drawn now, and come back when it is settled."""
        await self._turn()
        while self._tasks:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            await self._turn()

    async def run(self) -> None:
        """Draw until cancelled; what is not drawn then is given back."""
        self._serving = True
        try:
            while True:
                self._on_turn()
                self._look.clear()
                try:
                    await self._turn()
                    self._pauses.over()
                except Exception as error:  # noqa: BLE001  # whatever it was, papers wait for the next turn
                    # That the database is away is said by who watches it, once for all that need it.
                    if not is_away(error):
                        self._pauses.failed(error)
                await resting.until(self._look, IDLE)
        finally:
            self._serving = False
            await self._close()

    async def _close(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=DRAIN)
        for task in self._tasks:
            task.cancel()
        left = list(self._in_hand.values())
        if left:
            try:
                await self._database.write(partial(self._give_back, orders=left), Turn.LEAVING)
            except Exception as error:
                if not is_away(error):
                    log.exception("papers could not be given back")

    def _give_back(self, conn: Connection, orders: Sequence[Claimed]) -> None:
        for one in orders:
            paper_orders.untried(conn, one, self._wall())

    async def _turn(self) -> None:
        """Claim what may be drawn, and begin to draw it."""
        now = self._wall()
        if self._in_hand and time.monotonic() - self._renewed >= RENEW_EVERY:
            self._renewed = time.monotonic()
            await self._database.write(partial(paper_orders.renew, claimed=list(self._in_hand.values()), now=now))
        room = AT_ONCE - len(self._in_hand)
        if room <= 0:
            return
        known = None if self._kinds is None else self._kinds.keys()
        if not await self._database.read(partial(paper_orders.waits, now=now, kinds=known)):
            return
        if self._kinds is None:
            self._kinds = await asyncio.to_thread(_kinds)  # what draws is imported when something is first drawn
        for order in await self._database.write(partial(self._claim, now=now, room=room)):
            self._in_hand[order.id] = order
            task = asyncio.create_task(self._see_to(order))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _claim(self, conn: Connection, now: datetime, room: int) -> list[Claimed]:
        claimed, over = paper_orders.claim(conn, now, list(self._kinds or ()), room)
        for one in over:
            log.error("order %s of a paper (%s) cannot be read", one.id, one.kind)
        if self._believes(conn, now):
            over += paper_orders.give_up(conn, now)
        if over:
            self._on_drawn()
        for one in over:
            papers.give_up(self._units(conn, f"drawn/{one.id}", Actor()), one)
        return claimed

    async def _see_to(self, order: Claimed) -> None:
        began = time.monotonic()
        try:
            outcome = await self._settled(order, await self._ending(order))
            self._on_outcome(outcome, time.monotonic() - began, self._addresses.get(order.id))
        except Exception as error:
            # Its lease ends; then it is drawn anew.
            if not is_away(error):
                log.exception("order %s of a paper could not be settled", order.id)
        finally:
            del self._in_hand[order.id]
            self._addresses.pop(order.id, None)
            self._on_drawn()
            self._look.set()

    async def _settled(self, order: Claimed, ending: Job[str]) -> str:
        """Write down what came of an order; while the database is away it is tried on, as long as this process runs."""
        while True:
            try:
                return await self._database.write(ending)
            except Exception as error:
                if not is_away(error):
                    log.exception("order %s of a paper cannot be sent, try %s", order.id, order.attempts)
                    return await self._database.write(partial(self._fail, order=order, error=error))
                if not self._serving:
                    raise
            await asyncio.sleep(IDLE)

    async def _ending(self, order: Claimed) -> Job[str]:
        """Draw a paper; return the transaction that settles its order, which says what came of it."""
        kind = (self._kinds or {})[order.kind]
        try:
            paper = papers.asked_for(kind, order)
        except (ValueError, TypeError) as error:
            log.error("order %s of a paper (%s) cannot be read", order.id, order.kind)  # noqa: TRY400  # which row it is says all
            return partial(self._end, order=order, state="rejected", error=f"{UNREAD}: args: {described(error)}")
        try:
            async with asyncio.timeout(LIMIT):
                return await self._drawn(order, paper)
        except UnreadableError as error:
            log.error("no %s for order %s: %s", paper.kind, order.id, error)  # noqa: TRY400  # which row it is says all
            why = Say("unreadable-row", row=error.row)
            return partial(self._end, order=order, state="failed", error=str(error), why=why, paper=paper)
        except (LookupError, RefusedError) as error:
            # Another try would find no more.
            log.exception("no %s for order %s", paper.kind, order.id)
            return partial(self._end, order=order, state="failed", error=described(error), paper=paper)
        except Exception as error:
            if is_away(error):
                return partial(self._put_off, order=order)
            log.exception("no %s for order %s, try %s", paper.kind, order.id, order.attempts)
            return partial(self._fail, order=order, error=error, paper=paper)

    async def _drawn(self, order: Claimed, paper: "AnyPaper") -> Job[str]:
        from reports.drawing import Drawn, draw  # noqa: PLC0415  # as `_kinds`

        gathered = await self._database.read(partial(self._gather, order=order, paper=paper))
        facts, of_people = gathered or (None, 0)
        drawn = Drawn((), "") if gathered is None else await asyncio.to_thread(draw, paper, facts)
        files = [await asyncio.to_thread(self._keep, one.content, one.name) for one in drawn.files]

        def send(conn: Connection) -> str:
            if not paper_orders.sent(conn, order, self._wall()):
                return "later"
            papers.send(self._uow(conn, order), paper, files, of_people, drawn.lacking)
            return "sent"

        return send

    def _gather(self, conn: Connection, order: Claimed, paper: "AnyPaper") -> tuple[Any, int] | None:
        uow = self._uow(conn, order)
        if not papers.readers(uow, paper):
            return None
        address = people.address_of(conn, order.readers[0][0])
        if address is not None:
            self._addresses[order.id] = address
        facts = paper.gather(uow)
        return facts, paper.people(uow, facts)

    def _fail(self, conn: Connection, order: Claimed, error: Exception, paper: "AnyPaper | None" = None) -> str:
        """A try went wrong: it is drawn again, but after the last one."""
        if order.attempts >= ATTEMPTS:
            return self._end(conn, order, "failed", described(error), paper=paper)
        paper_orders.failed(conn, order, self._wall(), described(error))
        return "later"

    def _end(
        self,
        conn: Connection,
        order: Claimed,
        state: str,
        error: str,
        why: Phrase = papers.FAILED,
        paper: "AnyPaper | None" = None,
    ) -> str:
        """Nothing comes of an order: tell those who wait for it why."""
        if paper_orders.failed(conn, order, self._wall(), error, state):
            waiting = tuple(person for person, _ in order.readers)
            papers.give_up(self._uow(conn, order), GivenUp(order.id, order.kind, waiting), why, paper)
        return "failed"

    def _put_off(self, conn: Connection, order: Claimed) -> str:
        paper_orders.untried(conn, order, self._wall() + AWAY_WAIT)
        return "later"

    def _uow(self, conn: Connection, order: Claimed) -> UnitOfWork:
        return self._units(conn, f"drawn/{order.id}", Actor(operator=order.operator))


def _kinds() -> "Mapping[str, type[AnyPaper]]":
    from reports.drawing import registered  # noqa: PLC0415  # it draws: seconds to import

    return {paper.kind: paper for paper in registered()}
