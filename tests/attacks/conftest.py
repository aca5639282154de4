"""`anzhu run` as a process of its own on the strict platform, with two people who joined and one who may."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Table, func, select

from storage.engine import open_database
from tests.telegram.conftest import FOOD, Bureau, settings_for
from tests.telegram.fake_api import Chat, FakeApi
from tests.telegram.process import Process

__all__ = ["Attacked"]

SOON = 30.0
"""Seconds in which a member must be answered whatever goes on: a busy machine is slow by a factor of ten, but those
whom a stranger stopped waited minutes, or for ever.
"""
MEMORY = 700
"""MB that the process may have taken at the most: it starts with a quarter of that, a bomb wants gigabytes."""


@dataclass
class Attacked:
    """The bot under attack. `principal` and `officer` have joined; `code` is a newcomer's."""

    api: FakeApi
    process: Process
    folder: Path
    principal: Chat
    officer: Chat
    code: str

    async def answers(self, chat: Chat, text: str = "在吗") -> str:
        """Say something and return the answer to it, which comes soon."""
        return await self.replied(chat, lambda: self.api.say(chat, text))

    async def replied(self, chat: Chat, act: Callable[[], object]) -> str:
        """Do something and return the answer to it, which comes soon."""
        shown = len(chat.shown)
        act()
        return await self.shown(chat, shown, SOON)

    async def shown(self, chat: Chat, number: int, seconds: float) -> str:
        """Return the message of a chat by its number from 0, which comes within some seconds."""
        await self.api.until(lambda: len(chat.shown) > number, seconds=seconds)
        return chat.shown[number].text

    async def quiet(self) -> None:
        """Wait until every update is confirmed."""
        await self.api.until(lambda: not self.api.pending and not self.api.odd, seconds=SOON)

    def rows(self, table: Table) -> int:
        """Count the rows of a table."""
        database = open_database(f"sqlite:///{self.folder / 'anzhu.db'}")
        try:
            return int(database.look(lambda conn: conn.execute(select(func.count()).select_from(table)).scalar_one()))
        finally:
            database.close()

    def kept(self) -> list[Path]:
        """The files in the store."""
        return [path for path in (self.folder / "files").rglob("*") if path.is_file()]

    def peak(self) -> int:
        """The most memory that the process itself took, in MB (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) // 1024

    async def ends(self) -> None:
        """SIGTERM is obeyed at once."""
        began = monotonic()
        assert await self.process.end(signal.SIGTERM) == 0
        assert monotonic() - began < SOON


@pytest.fixture
async def attacked(library: str, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Attacked]:
    """Give the bot at work in a process of its own."""
    async with FakeApi() as api:
        settings = settings_for(api, library, tmp_path, sqlite_template)
        bureau = Bureau.found(api, settings)
        await asyncio.to_thread(bureau.prepare)
        await bureau.start()
        principal = await bureau.join()
        officer = await bureau.join(7002, "钱演七", "officer", FOOD)
        code = bureau.invite("worker", FOOD)
        await bureau.stop()
        process = Process(api, tmp_path, library, settings.secret_key)
        await process.start()
        try:
            yield Attacked(api, process, tmp_path, principal, officer, code)
        finally:
            await process.end(signal.SIGKILL)


@pytest.fixture(params=["ptb", "aiogram"])
def library(request: pytest.FixtureRequest) -> Any:
    """Give each library in turn."""
    return request.param
