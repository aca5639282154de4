"""`anzhu run` when the clock of the machine leaps: people are answered, and only what time brings waits."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import clockwork, service_manager
from bot.app import App
from bot.cli import serve
from storage.leaps import Machine
from tests.cli.conftest import FOOD
from tests.service.conftest import row
from tests.town import Mailbox, Town


class Still:
    """A platform on which nobody says anything."""

    channel = Mailbox()

    def receiver(self, app: App) -> "Still":
        """Return itself."""
        del app
        return self

    async def run(self, ready: Callable[[str], None]) -> None:
        """Wait for ever."""
        ready("Still")
        await asyncio.Event().wait()

    async def close(self) -> None:
        """End."""


class Planner:
    """Looks when a test says so."""

    def __init__(self, _zone: object, *looks: Callable[[], Awaitable[None]]) -> None:
        self.look = looks[0]

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
    assert "差了120小时" in caplog.text
    assert not serving.done()
    assert await signs[0]()
    assert await principal.say("/tasks")
    # No look at all for too long is another thing: then it is to be started anew.
    monkeypatch.setattr(serve, "TICKS_MISSED_AT_MOST", 0.0)
    assert not await signs[0]()
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(20):
        await serving
