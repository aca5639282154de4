"""`anzhu run` in a process of its own, started as an operator starts it."""

import asyncio
import os
import sys
from pathlib import Path

from tests.telegram.fake_api import FakeApi

ROOT = Path(__file__).parents[2]
UP_WITHIN = 60.0


class Process:
    """`anzhu run`, killed and started anew."""

    def __init__(self, api: FakeApi, folder: Path, library: str, key: str) -> None:
        self._api = api
        self._log = folder / "log.txt"
        self._environment = {
            **os.environ,
            "ANZHU_DATA_DIR": str(folder),
            "ANZHU_SECRET_KEY": key,
            "ANZHU_TELEGRAM_TOKEN": "123456:AAE-a-token-of-the-tests",
            "ANZHU_TELEGRAM_LIBRARY": library,
            "ANZHU_TELEGRAM_RATE": "0",
        }
        self._process: asyncio.subprocess.Process | None = None
        self._life = 0

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start it and wait for its first poll."""
        polls = self._api.polls
        self._life += 1
        environment = {**self._environment, "ANZHU_TELEGRAM_API": f"{self._api.address}/life/{self._life}"}
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        try:
            await self._api.until(lambda: self._api.polls > polls, seconds=UP_WITHIN)
        except TimeoutError:
            raise AssertionError(self._log.read_text()) from None

    async def end(self, by: int) -> int:
        """Send a signal and wait for the end; the exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(by)
        return await self._process.wait()
