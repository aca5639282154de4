"""Two bots of one token on one PostgreSQL: one polls, the other takes over, and neither throws the other out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot import poll_lease
from tests.postgres import Postgres
from tests.telegram.conftest import Bureau, settings_for
from tests.telegram.fake_api import FakeApi


@asynccontextmanager
async def bot(api: FakeApi, url: str, folder: Path, template: Path) -> AsyncIterator[Bureau]:
    """A bot at work on a database that others use, too."""
    founded = Bureau.found(api, settings_for(api, "ptb", folder, template, database_url=url))
    await founded.start()
    try:
        yield founded
    finally:
        await founded.stop()


async def test_the_second_takes_over_once_the_first_renews_no_more(
    api: FakeApi,
    tmp_path: Path,
    postgres: Postgres,
    postgres_template: str,
    sqlite_template: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name, seconds in (("SPAN", 1.0), ("STOPS_AFTER", 0.7), ("RENEW_EVERY", 0.2), ("TRY_AGAIN", 0.1)):
        monkeypatch.setattr(poll_lease, name, seconds)
    url = postgres.create(template=postgres_template)
    chat = api.chat(1)
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(bot(api, url, tmp_path / "1", sqlite_template))
        await first.say(chat, "你好")
        second = await stack.enter_async_context(bot(api, url, tmp_path / "2", sqlite_template))
        await first.say(chat, "在吗")
        write = first.app.database.write

        async def cut(*_: object) -> None:
            raise OperationalError("COMMIT", {}, Exception("refused"), connection_invalidated=True)

        monkeypatch.setattr(first.app.database, "write", cut)
        await asyncio.sleep(1.0)
        # The first, which nobody told, asks for nothing more; the second has the talk where it was.
        shown = len(chat.shown)
        await second.say(chat, "还在吗")
        monkeypatch.setattr(first.app.database, "write", write)
        await second.say(chat, "还在吗？")
        assert len(chat.shown) == shown + 2
        assert not api.pending
    told = [line for line in caplog.messages if "poll" in line]
    assert not any("with this token" in line for line in told)
    assert any("the lease of polling could not be renewed" in line for line in told)
    postgres.drop(url)
