"""A bot on Telegram in this process, over either library, against the platform of `fake_api`."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from bot.app import App
from bot.channels.telegram.service import Telegram
from bot.settings import Settings
from service.core.unit_of_work import UnitOfWork
from service.duties import planning
from service.people import inviting
from service.registry.enterprise_import import import_enterprises
from service.reminders import tick
from storage import duties
from storage.tables import outbox
from tests.service.conftest import row
from tests.telegram.fake_api import TOKEN, Chat, FakeApi
from tests.town import SECRET

START = datetime.fromisoformat("2023-06-05T09:00:00+08:00")
FOOD = "91210112114884238K"


@dataclass
class Bureau:
    """The bot at work and the platform it stands on."""

    api: FakeApi
    app: App
    telegram: Telegram
    settings: Settings
    _tasks: list[asyncio.Task[None]]

    @classmethod
    def found(cls, api: FakeApi, settings: Settings) -> "Bureau":
        """A bureau with one enterprise, on a database with the present tables."""
        telegram = Telegram(settings)
        app = App(settings, [telegram.channel])
        return cls(api, app, telegram, settings, [])

    def prepare(self) -> None:
        """Import the enterprise and plan."""

        def bring(uow: UnitOfWork) -> None:
            assert not import_enterprises(uow, [row()]).refused
            planning.replan(uow)
            tick.tick(uow)

        self.app.use(bring)

    async def start(self) -> None:
        """Begin to receive and to send."""
        await self.app.reclaim()
        self._tasks = [
            asyncio.create_task(self.app.delivery.run()),
            asyncio.create_task(self.telegram.receiver(self.app).run(lambda _: None)),
        ]

    async def stop(self) -> None:
        """End, as at SIGTERM."""
        for task in reversed(self._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await self.telegram.close()
        self.app.close()

    def invite(self, role: str = "principal", subject: str = FOOD) -> str:
        """A code."""
        return self.app.use(lambda uow: inviting.invite(uow, role, subject, "浑南区应急管理局")).code

    async def say(self, chat: Chat, text: str) -> str:
        """Say something and wait for the answer; its text."""
        return await self.answered(chat, lambda: self.api.say(chat, text))

    async def tap(self, chat: Chat, label: str) -> str:
        """Tap a button and wait for what comes."""
        return await self.answered(chat, lambda: self.api.tap(chat, label))

    async def answered(self, chat: Chat, act: Callable[[], object]) -> str:
        """Do something and wait for a new message or a new text on a card."""
        before = [(one.id, one.edits) for one in chat.shown]
        act()
        await self.api.until(lambda: [(one.id, one.edits) for one in chat.shown] != before)
        return await self.settled(chat)

    async def open_june(self, chat: Chat) -> str:
        """The card of June's dispatch, by the button of a list."""
        june = next(
            one.id
            for one in self.app.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
            if (one.obligation, one.period) == ("monthly-dispatch", "2023-06")
        )
        return await self.answered(chat, lambda: self.api.tap_data(chat, chat.shown[-1], f"a:show:{june}"))

    async def settled(self, chat: Chat) -> str:
        """The newest text once nothing more is on its way."""
        await self.idle()
        return chat.shown[-1].text

    async def idle(self) -> None:
        """Wait until every update is confirmed and every letter has left that may."""
        async with asyncio.timeout(20):
            await self.api.until(lambda: not self.api.pending)
            while True:
                if not await self.app.database.read(_waiting):
                    return
                await asyncio.sleep(0.01)

    async def join(
        self, number: int = 7001, name: str = "郑演丙", role: str = "principal", subject: str = FOOD
    ) -> Chat:
        """Somebody who joined."""
        chat = self.api.chat(number, name)
        await self.say(chat, f"/start {self.invite(role, subject)}")
        said = await self.tap(chat, "同意加入")
        if "是您吗" in said:
            await self.tap(chat, "是我")
        else:
            await self.say(chat, name)
        return chat


def _waiting(conn: Connection) -> bool:
    left = select(func.count()).where(outbox.c.state.in_(("ready", "leased")))
    count: int = conn.execute(left).scalar_one()
    return count > 0


@pytest.fixture
async def api() -> AsyncIterator[FakeApi]:
    """Give the platform."""
    async with FakeApi() as fake:
        yield fake


@pytest.fixture(params=["ptb", "aiogram"])
def library(request: pytest.FixtureRequest) -> str:
    """Give each library in turn."""
    return str(request.param)


def settings_for(api: FakeApi, library: str, folder: Path, template: Path, **more: object) -> Settings:
    """The settings of a bureau on SQLite, in a rehearsal that begins on 5 June."""
    folder.mkdir(exist_ok=True, parents=True)
    shutil.copy(template, folder / "anzhu.db")
    chosen = {
        "data_dir": folder,
        "secret_key": SECRET,
        "clock_start": START,
        "telegram_token": TOKEN,
        "telegram_api": api.address,
        "telegram_library": library,
        "telegram_rate": 0,
    }
    return Settings.model_validate(chosen | more)


@pytest.fixture
def settings(api: FakeApi, library: str, tmp_path: Path, sqlite_template: Path) -> Settings:
    """Give the settings of a bureau."""
    return settings_for(api, library, tmp_path, sqlite_template)


@asynccontextmanager
async def at_work(api: FakeApi, settings: Settings) -> AsyncIterator["Bureau"]:
    """A bureau that receives and sends."""
    founded = Bureau.found(api, settings)
    await asyncio.to_thread(founded.prepare)
    await founded.start()
    try:
        yield founded
    finally:
        await founded.stop()


@pytest.fixture
async def bureau(api: FakeApi, settings: Settings) -> AsyncIterator[Bureau]:
    """Give a bureau at work."""
    async with at_work(api, settings) as working:
        yield working
