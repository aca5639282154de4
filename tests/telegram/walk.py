"""Two `anzhu run` on one PostgreSQL, the one that polls killed in the middle of a talk: the other goes on.

`python -m tests.telegram.walk` prints what the metrics of both show meanwhile, and exits with 1 where a promise did not
hold: the talk ends with its receipt, the paper that was asked for just before the kill comes once, and nothing is said
twice but what was in the hands of the process that died.
"""

import asyncio
import os
import re
import signal
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

import aiohttp

from bot.app import App
from bot.settings import Settings
from service.core.unit_of_work import UnitOfWork
from service.duties import planning
from service.people import inviting
from service.registry.enterprise_import import import_enterprises
from service.reminders import tick
from storage import duties
from storage.leases import SPAN
from storage.schema import upgrade
from tests.postgres import running_postgres
from tests.service.conftest import FOOD, row
from tests.telegram.conftest import START
from tests.telegram.fake_api import TOKEN, Chat, FakeApi
from tests.town import SECRET

ROOT: Final = Path(__file__).parents[2]
UP_WITHIN: Final = 60.0
TAKEN_OVER_WITHIN: Final = SPAN + 15.0
SHOWN: Final = (
    *("anzhu_poll_lease_info", "anzhu_poll_lease_age_seconds", "anzhu_letters_oldest_seconds"),
    *("anzhu_papers_waiting", "anzhu_papers_oldest_seconds"),
)
BEFORE: Final = (("邀请您以", "同意加入"), ("是您吗", "是我"))
IN_TALK: Final = (("6月调度确认", "已调度"), ("主持吗", "是"))
AFTER: Final = (
    *(("哪天开展", "今天"), ("什么形式", "现场调度"), ("议定了哪些事项", "更换除尘风机")),
    *(("还有什么问题", "资金12万元"), ("请您核对", "确认提交"), ("回执编号", "")),
)
"""What is read, and what is tapped or typed then."""


@dataclass
class Running:
    """`anzhu run` with its probes on a port of its own."""

    name: str
    port: int
    process: asyncio.subprocess.Process

    async def figures(self) -> dict[str, str]:
        """What its metrics show, of what is watched here: by name, the holder of the lease in the place of its 1."""
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{self.port}/metrics") as answer:
            told = await answer.text()
        found: dict[str, str] = {}
        for line in told.splitlines():
            name, _, value = line.rpartition(" ")
            if name.startswith(SHOWN):
                holder = re.search(r'holder="([^"]*)"', name)
                found[name.partition("{")[0]] = value if holder is None else holder[1]
        return found

    def holds(self, figures: dict[str, str]) -> bool:
        """Whether it is the holder of the lease."""
        return f"/{self.process.pid}/" in figures.get("anzhu_poll_lease_info", "")


@dataclass
class Walk:
    """One person at a phone, before and after the kill."""

    api: FakeApi
    chat: Chat
    june: int
    began: float = field(default_factory=monotonic)

    def tell(self, what: str) -> None:
        """Print a line with its time."""
        sys.stdout.write(f"{monotonic() - self.began:6.1f} s  {what}\n")
        sys.stdout.flush()

    async def read(self, words: str, within: float = 20.0) -> None:
        """Wait until a message with these words is on the phone."""
        await self.api.until(lambda: any(words in one.text for one in self.chat.shown), seconds=within)

    async def go_on(self, steps: tuple[tuple[str, str], ...], within: float = 20.0) -> None:
        """Do what each message asks for."""
        for words, answer in steps:
            await self.read(words, within)
            labels = {button["text"] for one in self.chat.shown for line in one.buttons for button in line}
            if answer:
                act: Callable[[Chat, str], int] = self.api.tap if answer in labels else self.api.say
                act(self.chat, answer)

    def files(self) -> int:
        """How many files are on the phone."""
        return sum(one.file is not None for one in self.chat.shown)


async def show(walk: Walk, *running: Running) -> None:
    """Print what the metrics of processes show."""
    for one in running:
        figures = await one.figures()
        told = "  ".join(f"{name.removeprefix('anzhu_')}={value}" for name, value in sorted(figures.items()))
        walk.tell(f"{one.name} (pid {one.process.pid}): {told}")


@asynccontextmanager
async def run(name: str, api: FakeApi, url: str, folder: Path) -> AsyncIterator[Running]:
    """A process at work; it is ended with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {
        **os.environ,
        "ANZHU_DATA_DIR": str(folder),
        "ANZHU_DATABASE_URL": url,
        "ANZHU_SECRET_KEY": SECRET,
        "ANZHU_TELEGRAM_TOKEN": TOKEN,
        "ANZHU_TELEGRAM_API": api.address,
        "ANZHU_METRICS_PORT": str(port),
    }
    with (folder / f"{name}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    one = Running(name, port, process)
    try:
        async with asyncio.timeout(UP_WITHIN):
            while True:
                with suppress(aiohttp.ClientError):
                    if await one.figures():
                        break
                await asyncio.sleep(0.1)
        yield one
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def prepare(url: str, folder: Path) -> tuple[str, int]:
    """An enterprise in the registry, its duties, an invitation; the code, and the number of June's duty."""
    app = App(Settings(data_dir=folder, database_url=url, secret_key=SECRET, clock_start=START))

    def bring(uow: UnitOfWork) -> tuple[str, int]:
        assert not import_enterprises(uow, [row()]).refused
        planning.replan(uow)
        tick.tick(uow)
        owed = duties.find(uow.conn, enterprise=FOOD)
        june = next(one.id for one in owed if (one.obligation, one.period) == ("monthly-dispatch", "2023-06"))
        return inviting.invite(uow, "principal", FOOD, "浑南区应急管理局").code, june

    try:
        return app.use(bring)
    finally:
        app.close()


async def walk_on(url: str, folder: Path) -> list[str]:
    """Walk it; return what did not hold."""
    code, june = await asyncio.to_thread(prepare, url, folder)
    wrong: list[str] = []
    async with FakeApi() as api, run("first", api, url, folder) as first, run("second", api, url, folder) as second:
        walk = Walk(api, api.chat(7001, "郑演丙"), june)
        await show(walk, first, second)
        api.say(walk.chat, f"/start {code}")
        await walk.go_on(BEFORE)
        await walk.read("您已加入")
        api.tap_data(walk.chat, walk.chat.shown[-1], f"a:show:{june}")
        await walk.go_on(IN_TALK)
        await walk.read("哪天开展")
        api.say(walk.chat, "/file")
        await walk.read("迎检资料")
        asked = walk.files()
        figures = await second.figures()
        dies, lives = (first, second) if first.holds(figures) else (second, first)
        dies.process.send_signal(signal.SIGKILL)
        killed = monotonic()
        walk.tell(f"kill -9 {dies.process.pid}: {dies.name}, which polled; a talk and a paper are on their way")
        api.tap(walk.chat, "今天")
        while not lives.holds(figures := await lives.figures()):
            await show(walk, lives)
            if monotonic() - killed > TAKEN_OVER_WITHIN:
                wrong.append(f"nobody took over within {TAKEN_OVER_WITHIN:.0f} s")
                break
            await asyncio.sleep(5)
        walk.tell(f"{lives.name} polls, {monotonic() - killed:.1f} s after the kill")
        await show(walk, lives)
        await walk.go_on(AFTER[1:], within=60)
        walk.tell("the talk has its receipt, with every answer of before the kill")
        with suppress(TimeoutError):
            await api.until(lambda: walk.files() > asked, seconds=60)
        await asyncio.sleep(3)
        walk.tell(f"files that came: {walk.files() - asked}")
        if walk.files() - asked != 1:
            wrong.append(f"the paper came {walk.files() - asked} times")
        texts = Counter(one.text for one in walk.chat.shown if "\n" in one.text)
        twice = [text.splitlines()[1] for text, times in texts.items() if times > 1]
        walk.tell(f"said twice: {twice or 'nothing'}")
        if len(twice) > 1:
            wrong.append(f"{len(twice)} texts were said twice")
        await show(walk, lives)
    return wrong


def main() -> int:
    """Walk it on a PostgreSQL of its own; 1 where something did not hold."""
    with TemporaryDirectory(prefix="anzhu-walk-") as folder, running_postgres() as server:
        url = server.create()
        upgrade(url)
        wrong = asyncio.run(walk_on(url, Path(folder)))
        for one in wrong:
            sys.stdout.write(f"WRONG: {one}\n")
        if wrong:
            for log in sorted(Path(folder).glob("*.log")):
                sys.stdout.write(f"--- {log.name}\n{log.read_text()[-2000:]}\n")
        return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
