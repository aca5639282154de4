"""SIGKILL at random moments while people talk to `anzhu run`, and what is left of their talks.

`python -m tests.telegram.torture` runs 100 conversations on each library and prints the figures.
"""

import asyncio
import os
import random
import re
import signal
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from sqlalchemy import Connection, func, select

from bot.app import App
from service.core.unit_of_work import UnitOfWork
from service.duties import planning
from service.people import inviting
from service.registry.enterprise_import import import_enterprises
from service.reminders import tick
from storage import duties
from storage.engine import open_database
from storage.schema import upgrade
from storage.tables import answers, conversations, inbox, outbox, receipts
from tests.service.lines import code, line
from tests.telegram.conftest import settings_for
from tests.telegram.fake_api import Chat, FakeApi, ShownMessage

ROOT = Path(__file__).parents[2]
UP_WITHIN = 60.0
PATIENCE = 300.0
"""Seconds after the last kill in which everybody must have finished."""
BETWEEN_KILLS = (0.05, 0.8)
"""Seconds that the bot lives after its first poll."""

PACE = (0.1, 0.5)
"""Seconds between two looks at the phones."""

STEPS: tuple[tuple[str, str, str], ...] = (
    ("邀请您以", "tap", "同意加入"),
    ("", "tap", "是我"),
    ("，您已加入：", "june", ""),
    ("6月调度确认", "tap", "已调度"),
    ("主持吗", "tap", "是"),
    ("哪天开展", "tap", "今天"),
    ("什么形式", "tap", "现场调度"),
    ("议定了哪些事项", "say", "更换{n}号除尘风机"),
    ("还有什么问题", "say", "资金{n}万元"),
    ("请您核对", "tap", "确认提交"),
    ("回执编号", "end", ""),
)
"""What a person sees, and does then."""


@dataclass
class Talker:
    """One person at their phone."""

    api: FakeApi
    chat: Chat
    code: str
    june: int
    done: set[str] = field(default_factory=set)
    updates: int = 0

    @property
    def finished(self) -> bool:
        """Whether the receipt is there."""
        return "end" in self.done

    def open(self) -> None:
        """The deep link."""
        self.updates += 1
        self.api.say(self.chat, f"/start {self.code}")

    def look(self) -> None:
        """Do what the messages on the screen ask for and was not done yet."""
        for shown in list(self.chat.shown):
            for sign, act, what in STEPS:
                if act + what not in self.done and re.search(sign, shown.text) and _offers(shown, act, what):
                    self.done.add(act + what)
                    self._act(shown, act, what.format(n=self.chat.id))

    def _act(self, shown: ShownMessage, act: str, what: str) -> None:
        self.updates += act != "end"
        if act == "tap":
            self.api.tap(self.chat, what)
        elif act == "say":
            self.api.say(self.chat, what)
        elif act == "june":
            self.api.tap_data(self.chat, shown, f"a:show:{self.june}")


def _offers(shown: ShownMessage, act: str, what: str) -> bool:
    return act != "tap" or any(button["text"] == what for row in shown.buttons for button in row)


@dataclass(frozen=True)
class Figures:
    """What came of it; from `unfinished` to `replies_missing` all should be 0."""

    library: str
    talks: int
    kills: int
    unfinished: int
    answers_lost: int
    answers_twice: int
    updates_lost: int
    replies_missing: int
    duplicates: int
    worst: int
    """How often one process sent the same text to the same chat, at the most: once, and so each kill makes
    one duplicate of a text at the most."""
    seconds: float


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


async def torture(library: str, folder: Path, template: Path, *, talks: int, kills: int, seed: int) -> Figures:
    """Let people talk while the bot is killed so many times, then let them finish."""
    chance = random.Random(seed)
    began = monotonic()
    async with FakeApi(seed) as api:
        talkers, key = await asyncio.to_thread(_prepare, api, library, folder, template, talks)
        process = Process(api, folder, library, key)
        killed = 0
        people = asyncio.create_task(_live(talkers, chance))
        try:
            while killed < kills and not people.done():
                await process.start()
                await asyncio.sleep(chance.uniform(*BETWEEN_KILLS))
                await process.end(signal.SIGKILL)
                killed += 1
            await process.start()
            async with asyncio.timeout(PATIENCE):
                await people
            await api.until(lambda: not api.pending)
        except TimeoutError:
            people.cancel()
        finally:
            await process.end(signal.SIGTERM)
        return await asyncio.to_thread(_count, api, library, folder, talkers, killed, monotonic() - began)


def _prepare(api: FakeApi, library: str, folder: Path, template: Path, talks: int) -> tuple[list[Talker], str]:
    settings = settings_for(api, library, folder, template)
    app = App(settings)

    def bring(uow: UnitOfWork) -> list[tuple[str, int]]:
        assert not import_enterprises(uow, [line(number) for number in range(1, talks + 1)]).refused
        planning.replan(uow)
        tick.tick(uow)
        invited = []
        for number in range(1, talks + 1):
            owed = duties.find(uow.conn, enterprise=code(number))
            june = next(one.id for one in owed if (one.obligation, one.period) == ("monthly-dispatch", "2023-06"))
            invited.append((inviting.invite(uow, "principal", code(number), "浑南区应急管理局").code, june))
        return invited

    invited = app.use(bring)
    app.close()
    return [Talker(api, api.chat(number, "郑演丙"), *one) for number, one in enumerate(invited, 1)], settings.secret_key


async def _live(talkers: list[Talker], chance: random.Random) -> None:
    waiting = list(talkers)
    while waiting or not all(talker.finished for talker in talkers):
        if waiting:
            waiting.pop().open()
        for talker in talkers:
            talker.look()
        await asyncio.sleep(chance.uniform(*PACE))


def _count(
    api: FakeApi,
    library: str,
    folder: Path,
    talkers: list[Talker],
    killed: int,
    seconds: float,
) -> Figures:
    sent = Counter(
        (call.life, call.chat, call.params["text"])
        for call in api.sends()
        if call.status == 200 and call.method == "sendmessage"
    )
    texts = {(chat, text) for _, chat, text in sent}
    database = open_database(f"sqlite:///{folder / 'anzhu.db'}")
    try:
        return Figures(
            library,
            len(talkers),
            killed,
            unfinished=sum(not talker.finished for talker in talkers),
            **database.look(lambda conn: _stored(conn, talkers)),
            duplicates=sent.total() - len(texts),
            worst=max(sent.values()),
            seconds=round(seconds, 1),
        )
    finally:
        database.close()


def _stored(conn: Connection, talkers: list[Talker]) -> dict[str, int]:
    given = Counter(
        conn.execute(
            select(answers.c.raw)
            .join(conversations, conversations.c.id == answers.c.conversation)
            .where(conversations.c.dialog == "monthly-dispatch")
        ).scalars()
    )
    expected = [
        text.format(n=talker.chat.id)
        for talker in talkers
        for _, act, text in STEPS
        if act == "say" and talker.finished
    ]
    answered = conn.execute(
        select(func.count())
        .select_from(answers)
        .group_by(answers.c.conversation, answers.c.key)
        .having(func.count() > 1)
    ).all()
    taken = conn.execute(select(func.count()).select_from(inbox)).scalar_one()
    unsent = conn.execute(
        select(func.count()).select_from(outbox).where(outbox.c.kind == "reply", outbox.c.state != "sent")
    ).scalar_one()
    kept = conn.execute(select(func.count()).select_from(receipts)).scalar_one()
    return {
        "answers_lost": sum(given[text] == 0 for text in expected) + max(0, len(talkers) - kept),
        "answers_twice": len(answered) + sum(given[text] > 1 for text in expected),
        "updates_lost": sum(talker.updates for talker in talkers) - taken,
        "replies_missing": unsent,
    }


def main() -> None:
    """The long form, on each library."""
    for library in ("ptb", "aiogram"):
        with TemporaryDirectory(prefix="anzhu-torture-") as folder:
            template = Path(folder) / "template.db"
            upgrade(f"sqlite:///{template}")
            figures = asyncio.run(torture(library, Path(folder) / "data", template, talks=100, kills=40, seed=11))
            sys.stdout.write(f"{figures}\n")


if __name__ == "__main__":
    main()
