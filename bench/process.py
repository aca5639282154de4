"""A bot in a process of its own: started, watched, ended."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Protocol

from bench.form import API, TOKEN

ROOT = Path(__file__).parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
UP_WITHIN = 120.0


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot to be measured: its name, the module that is run, its arguments; `ours` wants a data folder."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    ours: bool = False


PTB = Bot("PTB ConversationHandler, memory", "bench.plain_ptb")
AIOGRAM = Bot("aiogram FSM, memory", "bench.plain_aiogram")
OURS_PTB = Bot("ours, ptb", "bot", ("run",), ours=True)
OURS_AIOGRAM = Bot("ours, aiogram", "bot", ("run",), ours=True)


class Polled(Protocol):
    """A platform, as far as the start of a bot is concerned."""

    address: str
    polls: int

    async def until(self, done: Callable[[], bool], *, seconds: float) -> None:
        """Wait until `done()`."""
        ...


class Running:
    """A process and what it has used so far (Linux)."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, up: float) -> None:
        """`up`: seconds from the start to the first poll."""
        self.up = up
        self._process = process
        self._log = log

    def cpu(self) -> float:
        """Seconds of CPU, user and system."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak(self) -> float:
        """The highest resident memory, in MB."""
        for line in Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        raise LookupError("VmHWM")

    async def ended(self, seconds: float) -> None:
        """Wait for the end."""
        await asyncio.to_thread(self._process.wait, seconds)


def environment(bot: Bot, platform: Polled, folder: Path, **more: str) -> dict[str, str]:
    """What a bot is told."""
    return {
        **os.environ,
        API: platform.address,
        "ANZHU_DATA_DIR": str(folder),
        "ANZHU_DATABASE_URL": "",
        "ANZHU_TELEGRAM_TOKEN": TOKEN,
        "ANZHU_TELEGRAM_API": platform.address,
        "ANZHU_TELEGRAM_LIBRARY": "aiogram" if bot is OURS_AIOGRAM else "ptb",
        "ANZHU_TELEGRAM_RATE": "0",
        **more,
    }


@asynccontextmanager
async def running(
    bot: Bot, platform: Polled, folder: Path, *, polls: bool = True, more: Mapping[str, str] | None = None
) -> AsyncIterator[Running]:
    """A bot from its first poll on, until it is asked to end."""
    log = folder / "log.txt"
    began = monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: ASYNC220, S603  # a program of ours; starting it is what is measured
            [sys.executable, "-m", bot.module, *bot.arguments],
            cwd=ROOT,
            env=environment(bot, platform, folder, **(more or {})),
            stdout=out,
            stderr=out,
        )
    try:
        if polls:
            await platform.until(lambda: platform.polls > 0, seconds=UP_WITHIN)
        yield Running(process, log, monotonic() - began)
    except TimeoutError:
        raise RuntimeError(f"{bot.name}: {log.read_text(encoding='utf-8')[-2000:]}") from None
    finally:
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, 30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
