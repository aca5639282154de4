"""`anzhu run` when what it stands on changes: the clock of the machine leaps, a newer version upgrades the database."""

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from bot import clockwork, service_manager
from bot.app import App
from bot.cli import serve
from bot.loops import CLOCKWORK, GRACE
from storage.leaps import Machine
from storage.schema import NewerDatabaseError
from storage.tables import memberships, outbox
from talk.messages import Outcome, Sent
from tests.cli.conftest import FOOD, ROOT, THE_300, Anzhu
from tests.service.conftest import row
from tests.town import Mailbox, Town

NEWER = "UPDATE alembic_version SET version_num = '9999'"


class Still:
    """A platform on which nobody says anything."""

    channel = Mailbox()

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.cancelled = asyncio.Event()

    def listen(self) -> None:
        """Nobody calls."""

    def receiver(self, app: App) -> "Still":
        """Return itself."""
        del app
        return self

    async def run(self, ready: Callable[[str], None]) -> None:
        """Wait for ever."""
        ready("Still")
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.cancelled.set()

    async def close(self) -> None:
        """End."""


class Planner:
    """Looks when a test says so."""

    def __init__(self, _zone: object, *looks: Callable[[], Awaitable[None]]) -> None:
        self.look, self.tidy = looks[:2]

    def start(self) -> None:
        """Begin."""

    def pause(self) -> None:
        """Look no more."""

    def shutdown(self, *, wait: bool) -> None:
        """End."""


@pytest.fixture
def town(current_database_url: str, tmp_path: Path) -> Iterator[Town]:
    """One enterprise."""
    founded = Town.found(current_database_url, tmp_path)
    founded.register(row())
    yield founded
    founded.app.close()


async def test_a_leap_of_the_clock_stops_the_ticks_and_nothing_else(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    principal = await town.join("郑演丙", "principal", FOOD)
    planners: list[Planner] = []
    signs: list[Callable[[], Awaitable[bool]]] = []
    begun, ran, ticks = asyncio.Event(), timedelta(days=10), 0

    def planner(zone: object, *looks: Callable[[], Awaitable[None]]) -> Planner:
        planners.append(Planner(zone, *looks))
        return planners[0]

    async def signs_of_life(is_alive: Callable[[], Awaitable[bool]], _: float | None) -> None:
        signs.append(is_alive)
        begun.set()
        await asyncio.Event().wait()

    async def tick() -> None:
        nonlocal ticks
        ticks += 1

    monkeypatch.setattr(serve, "planner", planner)
    monkeypatch.setattr(service_manager, "signs_of_life", signs_of_life)
    monkeypatch.setattr(clockwork, "machine", lambda: Machine("a", ran))
    monkeypatch.setattr(town.app, "tick", tick)
    serving = asyncio.create_task(serve._serve(town.app, [Still()]))
    async with asyncio.timeout(20):
        await begun.wait()
    await planners[0].look()
    assert ticks == 1
    # The machine says that it has run for five days less: its clock is five days ahead.
    ran = timedelta(days=5)
    for _ in range(2):
        await planners[0].look()
    assert ticks == 1
    assert caplog.text.count("差了120小时") == 1
    # Nothing is tidied away by it either, and no role ends.
    monkeypatch.setattr(serve, "tidy", None)
    await planners[0].tidy()
    town.app.database.run(lambda conn: conn.execute(update(memberships).values(ends_at=town.now)).close())
    assert not serving.done()
    assert await signs[0]()
    assert await principal.say("/tasks") == "目前没有待填报的任务。"
    # No look at all for too long is another thing: then it is to be started anew.
    town.app.loops.turns(CLOCKWORK, -2 * GRACE)
    assert not await signs[0]()
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(20):
        await serving


async def test_a_newer_database_ends_it_and_nothing_is_taken_after(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "planner", Planner)
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    manager.bind(str(tmp_path / "notify"))
    manager.settimeout(0)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "180000000")
    stranger = town.newcomer("路过")
    await stranger.say("你好")
    leaving, arrived = asyncio.Event(), asyncio.Event()

    async def send(*_: object) -> Outcome:
        leaving.set()
        await arrived.wait()
        return Sent("1")

    monkeypatch.setattr(town.channel, "send", send)
    still = Still()
    serving = asyncio.create_task(serve._serve(town.app, [still]))
    async with asyncio.timeout(20):
        await still.begun.wait()
        await leaving.wait()
        # systemd is told that it is up, that it lives, and in the end that it stops.
        heard = [await asyncio.get_running_loop().sock_recv(manager, 100) for _ in range(2)]
        assert heard == [b"READY=1", b"WATCHDOG=1"]
        assert not serving.done()
        await town.app.database.write(lambda conn: conn.execute(text(NEWER)).close())
        with pytest.raises(NewerDatabaseError):
            await stranger.say("还在吗")
        town.app.delivery.wake()
        await still.cancelled.wait()
        arrived.set()
        assert await serving
    with closing(manager):
        assert manager.recv(100) == b"STOPPING=1"
    # What was on its way is settled, and does not leave once more when another process finds it.
    assert town.app.database.look(lambda conn: conn.execute(select(outbox.c.state)).scalars().all()) == ["sent"]


def test_it_says_so_once_and_systemd_does_not_start_it_again(bare: Anzhu, monkeypatch: pytest.MonkeyPatch) -> None:
    async def superseded(_bot: App, _adapters: object, _listener: object) -> bool:
        return True

    monkeypatch.setattr(serve, "_serve", superseded)
    bare.settings["ANZHU_TELEGRAM_TOKEN"] = "1:AAE-a-token"
    said = bare.refused("run", code=serve.SUPERSEDED)
    assert "更新的版本" in said
    assert "请升级程序" in said
    unit = (ROOT / "deploy" / "anzhu.service").read_text(encoding="utf-8")
    assert f"RestartPreventExitStatus=2 {serve.SUPERSEDED}\n" in unit


@pytest.mark.parametrize(
    "command",
    [
        ("people",),
        ("tick",),
        ("tidy",),
        ("import", "enterprises", str(THE_300)),
        ("chat", "--as", "new:甲"),
        ("db", "upgrade"),
        ("audit", "verify"),
        ("outbox",),
        ("run",),
    ],
)
def test_no_command_touches_a_newer_database(
    bare: Anzhu, sqlite_template: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "data").mkdir()
    file = Path(shutil.copy(sqlite_template, tmp_path / "data" / "anzhu.db"))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(NEWER)
    bare.settings["ANZHU_TELEGRAM_TOKEN"] = "1:AAE-a-token"
    before = file.read_bytes()
    # systemd starts the service no more, neither after an upgrade nor after the next start of the machine.
    said = bare.refused(*command, code=serve.SUPERSEDED if command == ("run",) else 1)
    assert "数据库是更新的版本建立的" in said
    assert "请升级程序" in said
    assert "异常　数据库是更新的版本建立的" in bare("doctor").out
    assert file.read_bytes() == before
