"""Two versions of `anzhu run` on one PostgreSQL while people talk: the next one takes over process by process, and one
after it leaves the old ones out.

`python -m tests.telegram.rolling` prints what came of it, and exits with 1 where a promise did not hold. The next
version is this one with one more step of the tables. With `--before COMMIT` the first version is that of a commit, and
the next one is this one as it is, so that the steps between them are tried.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

from sqlalchemy import create_engine, text

from bot import keys
from bot.cli.serve import SUPERSEDED
from storage import schema
from tests.postgres import running_postgres
from tests.telegram.fake_api import TOKEN, Chat, FakeApi

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = ("bot", "campaign", "reports", "scheduler", "service", "storage", "talk")
PEOPLE: Final = 6
PAUSE: Final = 0.5
"""Seconds between an answer and the next message of somebody."""
UP_WITHIN: Final = 60.0
ANSWERED_WITHIN: Final = 30.0
"""Seconds: as long as a process that is killed keeps the lease of polling."""

EXPANDS: Final = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, compatible_with = "{revision}", "{before}", "{before}"

def upgrade():
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("nickname", sa.Text(), nullable=True))
"""
CONTRACTS: Final = """
revision, down_revision, compatible_with = "{revision}", "{before}", "{revision}"

def upgrade():
    pass
"""


@dataclass
class Figures:
    """What people met; but for the numbers of messages all should be empty or 0."""

    said: int = 0
    unanswered: int = 0
    answered_twice: int = 0
    slowest: dict[str, float] = field(default_factory=dict[str, float])
    """Seconds until the slowest answer, of each phase."""
    wrong: list[str] = field(default_factory=list[str])

    @property
    def holds(self) -> bool:
        """Whether all that was promised came true."""
        late = [phase for phase, seconds in self.slowest.items() if seconds > ANSWERED_WITHIN]
        return not (self.unanswered or self.answered_twice or self.wrong or late)


class Versions:
    """The versions of the program, each in a folder of its own, and their processes."""

    def __init__(self, folder: Path, environment: Mapping[str, str], figures: Figures) -> None:
        self._folder = folder
        self._environment = {**os.environ, **environment}
        self._figures = figures
        self._running: dict[str, asyncio.subprocess.Process] = {}

    def add(self, name: str, step: str = "", after: str = "", commit: str = "") -> None:
        """Lay a version out: what `after` has, else the sources here or of a commit; and a step of the tables."""
        place = self._folder / name
        if commit:
            archive = ["git", "archive", commit, *SOURCES]
            packed = subprocess.run(archive, cwd=ROOT, capture_output=True, check=True).stdout
            with tarfile.open(fileobj=BytesIO(packed)) as tar:
                tar.extractall(place, filter="data")
        else:
            base = self._folder / after if after else ROOT
            for package in SOURCES:
                shutil.copytree(base / package, place / package, ignore=shutil.ignore_patterns("__pycache__"))
        if step:
            versions = place / schema.MIGRATIONS.relative_to(ROOT) / "versions"
            before = max(path.name[:4] for path in versions.glob("[0-9]*.py"))
            revision = f"{int(before) + 1:04}"
            (versions / f"{revision}_next.py").write_text(step.format(revision=revision, before=before))

    async def command(self, version: str, *words: str) -> str:
        """Run a command of a version; return what it prints."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            cwd=self._folder / version,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        told, _ = await process.communicate()
        if process.returncode:
            self._figures.wrong.append(f"{version}: anzhu {' '.join(words)}: {told.decode()}")
        return told.decode()

    async def start(self, name: str, version: str) -> None:
        """Start a process, and wait until it is up."""
        manager = self._folder / f"{name}.notify"
        loop = asyncio.get_running_loop()
        up = loop.create_future()

        class Up(asyncio.DatagramProtocol):
            def datagram_received(self, data: bytes, addr: object) -> None:
                del addr
                if data == b"READY=1" and not up.done():
                    up.set_result(None)

        heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        heard.bind(str(manager))
        transport, _ = await loop.create_datagram_endpoint(Up, sock=heard)
        with self.log(name).open("ab") as log:
            self._running[name] = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self._folder / version,
                env={**self._environment, "NOTIFY_SOCKET": str(manager)},
                stdout=log,
                stderr=log,
            )
        try:
            await asyncio.wait_for(up, UP_WITHIN)
        except TimeoutError:
            self._figures.wrong.append(f"{name} ({version}) did not come up: {self.log(name).read_text()}")
        finally:
            transport.close()

    async def end(self, name: str, by: int | None = signal.SIGTERM, code: int = 0) -> None:
        """End a process, or wait until it ends by itself; with which exit code is checked."""
        process = self._running.pop(name)
        if by is not None and process.returncode is None:
            process.send_signal(by)
        try:
            ended = await asyncio.wait_for(process.wait(), UP_WITHIN)
        except TimeoutError:
            process.kill()
            ended = await process.wait()
        if ended != code:
            self._figures.wrong.append(f"{name} ended with {ended} instead of {code}: {self.log(name).read_text()}")

    async def kill(self) -> None:
        """Leave nothing behind."""
        for process in self._running.values():
            if process.returncode is None:
                process.kill()
            await process.wait()

    def log(self, name: str) -> Path:
        """Where a process writes its log."""
        return self._folder / f"{name}.log"


class People:
    """Staff who ask how far their district is, each again when they have their answer."""

    def __init__(self, api: FakeApi, figures: Figures) -> None:
        self._api = api
        self._figures = figures
        self._chats: list[Chat] = []
        self._said: Counter[int] = Counter()
        self._talking: list[asyncio.Task[None]] = []
        self._stop = False
        self._slowest = 0.0

    async def join(self, number: int, code: str) -> None:
        """Somebody joins."""
        chat = self._api.chat(number, f"卫演{number}")
        self._api.say(chat, f"/start {code}")
        await self._seen(chat, "邀请您以")
        self._api.tap(chat, "同意加入")
        await self._seen(chat, "姓名")
        self._api.say(chat, "卫演" + "甲乙丙丁戊己"[number % PEOPLE])
        await self._seen(chat, "已加入")
        self._chats.append(chat)

    def begin(self) -> None:
        """Let all of them talk."""
        self._talking = [asyncio.create_task(self._talk(chat)) for chat in self._chats]

    async def phase(self, name: str, seconds: float = 4.0) -> None:
        """Let them talk on for a while, and note how long the slowest answer took since the last phase."""
        await asyncio.sleep(seconds)
        self._figures.slowest[name], self._slowest = round(self._slowest, 2), 0.0

    async def end(self) -> None:
        """Let them finish, and count."""
        self._stop = True
        await asyncio.gather(*self._talking)
        await self._api.until(lambda: not self._api.pending)
        await asyncio.sleep(2)
        self._figures.said = self._said.total()
        for chat in self._chats:
            missing = self._said[chat.id] - self._answers(chat)
            self._figures.unanswered += max(0, missing)
            self._figures.answered_twice += max(0, -missing)

    async def _talk(self, chat: Chat) -> None:
        while not self._stop:
            began = monotonic()
            self._api.say(chat, "/district")
            self._said[chat.id] += 1
            with suppress(TimeoutError):
                await self._api.until(lambda: self._answers(chat) >= self._said[chat.id], seconds=2 * ANSWERED_WITHIN)
            self._slowest = max(self._slowest, monotonic() - began)
            await asyncio.sleep(PAUSE)

    def _answers(self, chat: Chat) -> int:
        return sum("填报进度" in shown.text for shown in chat.shown)

    async def _seen(self, chat: Chat, words: str) -> None:
        await self._api.until(lambda: any(words in shown.text for shown in chat.shown))


async def roll(url: str, folder: Path, before: str) -> Figures:
    """Upgrade two processes one after the other while people talk, go back with one for a moment, then contract."""
    figures = Figures()
    async with FakeApi() as api:
        settings = {
            "ANZHU_DATABASE_URL": url,
            "ANZHU_DATA_DIR": str(folder / "data"),
            "ANZHU_TELEGRAM_TOKEN": TOKEN,
            "ANZHU_TELEGRAM_API": api.address,
            "ANZHU_TELEGRAM_RATE": "0",
            "LC_ALL": "zh_CN.UTF-8",
        }
        versions = Versions(folder, settings | {"ANZHU_SECRET_KEY": keys.written(keys.fresh())}, figures)
        versions.add("old", commit=before)
        versions.add("next", "" if before else EXPANDS, after="" if before else "old")
        versions.add("last", CONTRACTS, after="next")
        people = People(api, figures)
        try:
            await _roll(versions, people)
        finally:
            await versions.kill()
        _look(url, versions, figures, api)
    return figures


async def _roll(versions: Versions, people: People) -> None:
    await versions.command("old", "db", "upgrade")
    await versions.command("old", "import", "enterprises", str(ROOT / "tests" / "data" / "enterprises-300.csv"))
    await versions.start("old-1", "old")
    await versions.start("old-2", "old")
    for number in range(1, PEOPLE + 1):
        invited = await versions.command("old", "invite", "--role", "clerk", "--for", "浑南区", "--json")
        await people.join(number, json.loads(invited)["code"])
    people.begin()
    await people.phase("two old ones")
    await versions.command("next", "db", "upgrade")
    await people.phase("two old ones on the new tables")
    await versions.end("old-1")
    await versions.start("next-1", "next")
    await people.phase("an old and a new one")
    await versions.start("old-3", "old")
    await people.phase("an old one is started again")
    await versions.end("old-2")
    await versions.start("next-2", "next")
    await people.phase("two new ones and an old one")
    await versions.command("last", "db", "upgrade")
    await versions.start("last-1", "last")
    for name in ("old-3", "next-1", "next-2"):
        await versions.end(name, by=None, code=SUPERSEDED)
    await people.phase("the last one alone")
    await people.end()
    await versions.end("last-1")


def _look(url: str, versions: Versions, figures: Figures, api: FakeApi) -> None:
    """Compare what is stored, and what each process said of the tables."""
    engine = create_engine(url)
    with engine.connect() as conn:
        taken = conn.execute(text("SELECT count(*) FROM inbox")).scalar_one()
        open_ones = text("SELECT count(*) FROM outbox WHERE kind = 'reply' AND state <> 'sent'")
        unsent = conn.execute(open_ones).scalar_one()
    engine.dispose()
    sent = len(api.confirmed)
    if taken != sent:
        figures.wrong.append(f"{sent} updates were confirmed, {taken} are stored")
    if unsent:
        figures.wrong.append(f"{unsent} replies have not left")
    goes_on, ends = "serve this one until it is upgraded", "do not serve this one"
    expected = {"old-1": (1, 0), "old-2": (1, 0), "old-3": (1, 1), "next-1": (0, 1), "next-2": (0, 1)}
    for name, wanted in expected.items():
        told = versions.log(name).read_text()
        if (told.count(goes_on), told.count(ends)) != wanted:
            figures.wrong.append(f"{name} said of the tables: {told}")


def main() -> int:
    """Print what came of it; return the exit code."""
    asked = argparse.ArgumentParser(prog="python -m tests.telegram.rolling")
    asked.add_argument("--before", default="", metavar="COMMIT")
    before: str = asked.parse_args().before
    with TemporaryDirectory(prefix="anzhu-rolling-") as folder, running_postgres() as server:
        url = server.create()
        figures = asyncio.run(roll(url, Path(folder), before))
    lines = [
        f"messages {figures.said}, unanswered {figures.unanswered}, answered twice {figures.answered_twice}",
        *(f"{seconds:6.2f} s  slowest answer: {phase}" for phase, seconds in figures.slowest.items()),
        *figures.wrong,
        "all promises held" if figures.holds else "a promise did not hold",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if figures.holds else 1


if __name__ == "__main__":
    sys.exit(main())
