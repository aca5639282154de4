"""The demo at work: a rehearsal on this machine, its people in the browser, a clock that can be moved on."""

import asyncio
import calendar
import logging
import signal
import threading
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from socket import socket
from types import FrameType
from zoneinfo import ZoneInfo

import uvicorn

from bot import demo_people
from bot.app import App
from bot.channels.web.app import Jump, web_app
from bot.channels.web.channel import News, WebChannel
from bot.channels.web.history import Entry, file_of, history
from bot.channels.web.pages import Persona
from bot.listening import HOST
from bot.settings import Settings
from campaign.workdays import DAY_BEGINS, morning
from scheduler.planner import planner
from scheduler.tidying import tidy
from service.core.unit_of_work import UnitOfWork
from service.duties import owned
from storage import schema
from storage.duties import UNDONE
from storage.sealed_files import SpoiltFileError
from talk.messages import Address, FileRef, Inbound
from talk.texts import Say

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime.combine(date(2023, 5, 23), DAY_BEGINS, ZONE)
HALF_HOUR = timedelta(minutes=30)
MINUTES = timedelta(minutes=5)
"""The steps in which the clock goes on half an hour."""
PATIENCE = 3
"""Seconds that open pages are given to end when the demo stops."""


class DemoDesk:
    """The bot behind the pages, and the people whose chats they show, the principal first."""

    def __init__(self, bot: App, personas: Sequence[Persona]) -> None:
        self._bot = bot
        self._personas = personas
        self._sending = asyncio.Lock()
        self._jumping = asyncio.Lock()

    async def personas(self) -> Sequence[Persona]:
        return self._personas

    async def take(self, inbound: Inbound) -> bool:
        taken = await self._bot.take(inbound)
        await self._send()
        return taken

    async def history(self, address: Address) -> Sequence[Entry]:
        now = await self.now()
        return await self._bot.database.read(lambda conn: history(conn, address, now))

    async def keep(self, address: Address, data: bytes, name: str) -> FileRef | Say:
        return await self._bot.gate.keep(address, data, name)

    async def open_file(self, address: Address, sha256: str) -> tuple[bytes, FileRef] | Say | None:
        file = await self._bot.database.read(lambda conn: file_of(conn, address, sha256))
        if file is None:
            return None
        try:
            return await asyncio.to_thread(self._bot.file_store.read, file.sha256), file
        except FileNotFoundError:
            # A paper, too, is kept for a time only, and the chat names it for longer.
            return Say("file-gone", name=file.name)
        except SpoiltFileError:
            return Say("file-spoilt", name=file.name)

    async def now(self) -> datetime:
        return await self._bot.now()

    async def jump(self, to: Jump) -> None:
        """Move the clock on, a morning at a time, so that what comes on the way comes as in real life; half an hour
        in the minutes in which a hot-work permit lives.
        """
        async with self._jumping:
            if to is Jump.HALF_HOUR:
                for _ in range(HALF_HOUR // MINUTES):
                    await self._bot.jump(await self._bot.now() + MINUTES)
                    await self.look()
                return
            now, last = await asyncio.to_thread(self._bot.look, partial(self._target, to=to))
            while (morning := _next_morning(now)).date() <= last:
                await self._bot.jump(morning)
                await self.look()
                now = morning

    async def look(self) -> None:
        """Plan, remind and send, as is done each minute."""
        await self._bot.tick()
        await self._send()

    async def tidy(self) -> None:
        """Let end what is over."""
        await tidy(self._bot.database, self._bot.context.files, datetime.now(UTC), self._bot.context.terms)

    async def _send(self) -> None:
        async with self._sending:
            await self._bot.delivery.round()

    def _target(self, uow: UnitOfWork, to: Jump) -> tuple[datetime, date]:
        """Return the time now, and the day in whose morning the clock is to stop: at the latest the campaign's last."""
        morning = _next_morning(uow.now).date()
        day = morning
        if to is Jump.DEADLINE:
            day = self._next_due(uow, morning) or _month_end(morning)
        elif to is Jump.MONTH_END:
            day = _month_end(morning)
        return uow.now, min(day, uow.pack.end)

    def _next_due(self, uow: UnitOfWork, first: date) -> date | None:
        """Return the next day, `first` or later, by which the principal owes something; None when there is none."""
        owed = [mine.duty for mine in owned.of_person(uow, self._personas[0].person_id) if mine.duty.status in UNDONE]
        days = [day for duty in owed if (day := owned.due_day(uow, duty)) is not None]
        return min((day for day in days if day >= first), default=None)


def _next_morning(now: datetime) -> datetime:
    begins = morning(now.date(), now)
    return begins if now < begins else begins + timedelta(days=1)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


class _Server(uvicorn.Server):
    """Ends when it is asked to, without raising the signal anew: there is something to tidy up after it."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


async def serve(listener: socket, folder: Path, *, ready: Callable[[str], None]) -> None:
    """Run the demo with its data in an empty folder until a signal stops it; `ready` is told the address."""
    settings = Settings(
        # All of it is said here: whatever the environment sets is about the real data.
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'anzhu.db'}",
        secret_key="",
        secret_key_file=None,
        secret_key_command="",
        second_factor="off",
        pack="shenyang_2023",
        timezone=ZONE,
        clock_start=START,
    )
    schema.upgrade(settings.database)
    news = News()

    async def now() -> datetime:
        return await bot.now()

    channel = WebChannel(now, news)
    with closing(App(settings, [channel])) as bot:
        desk = DemoDesk(bot, bot.use(demo_people.populate))
        await bot.tick()
        await demo_people.answer(bot)
        port: int = listener.getsockname()[1]
        config = uvicorn.Config(
            web_app(desk, news, port),
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=PATIENCE,
        )
        minutely = planner(ZONE, desk.look, desk.tidy)
        minutely.start()
        # A page that waits for news is cut off in the middle when the demo stops, and nothing is wrong with it.
        logging.getLogger("uvicorn.error").addFilter(lambda record: "without completing" not in record.getMessage())
        try:
            await desk.look()
            ready(f"http://{HOST}:{port}/")
            await _Server(config).serve(sockets=[listener])
        finally:
            minutely.shutdown(wait=False)


def open_page(address: str) -> None:
    """Show the page in a browser that has a window; a browser inside the terminal would take it from us."""

    def show() -> None:
        try:
            browser = webbrowser.get()
        except webbrowser.Error:
            return
        if type(browser) is not webbrowser.GenericBrowser:
            browser.open(address)

    threading.Thread(target=show, daemon=True).start()
