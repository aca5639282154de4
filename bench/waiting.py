"""Part 5: how long members wait for an answer while somebody does harm, beside the quiet before it."""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import monotonic
from typing import Any

from bench import context
from bench.context import FIRST_CHAT
from bench.process import Bot, running
from bench.table import Row, at_most
from tests.attacks import hostile
from tests.telegram.fake_api import TOKEN, Call, Chat, FakeApi

ASKED = "/tasks"
"""What members say: its answer reads their duties."""
PAUSE = (0.2, 0.8)
"""Seconds between two questions of a member."""
AIM = 2.0
STRANGER = 9_000_000
SENDS = frozenset({"sendmessage", "editmessagetext"})


@dataclass(frozen=True, slots=True)
class Crowd:
    """Members who ask, each so often in quiet and under attack, and how many messages an attack has."""

    members: int
    questions: int
    flood: int


class Platform(FakeApi):
    """The strict platform, which tells when a chat was answered."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: dict[int, asyncio.Future[float]] = {}

    def _note(self, call: Call) -> None:
        super()._note(call)
        waiting = self.waiting.pop(call.chat, None) if call.chat is not None and call.method in SENDS else None
        if waiting is not None and call.status == 200 and not waiting.done():
            waiting.set_result(monotonic())


@dataclass(slots=True)
class Waits:
    """How long members waited, in seconds; one that was not answered within `LONGEST` waited so long."""

    times: list[float] = field(default_factory=list[float])

    def at(self, percent: int) -> float:
        """The wait that so many of a hundred stayed below, in milliseconds."""
        return quantiles(self.times, n=100)[percent - 1] * 1000

    @property
    def longest(self) -> float:
        """In milliseconds."""
        return max(self.times) * 1000


LONGEST = 60.0

Attack = Callable[[Platform, Crowd], None]


def one_stranger(api: Platform, crowd: Crowd) -> None:
    """One stranger sends everything at once."""
    stranger = api.chat(STRANGER, "陌生人")
    for number in range(crowd.flood):
        api.say(stranger, f"你好{number}")


def forty_strangers(api: Platform, crowd: Crowd) -> None:
    """Forty strangers guess at codes, chat and send files, in turn."""
    for number in range(crowd.flood):
        stranger = api.chat(STRANGER + 1 + number % 40, "陌生人")
        match number // 40 % 3:
            case 0:
                api.say(stranger, f"/start {number:012X}")
            case 1:
                api.say(stranger, "在吗")
            case _:
                api.send_document(stranger, hostile.photo(), "a.jpg")


def throttled_strangers(api: Platform, _: Crowd) -> None:
    """Three strangers write whose chats answer 429 for half a minute."""
    for number in range(3):
        stranger = api.chat(STRANGER + 100 + number, "陌生人")
        api.throttle(30, stranger)
        api.say(stranger, "在吗")


def hostile_files(api: Platform, crowd: Crowd) -> None:
    """A member sends the files that stopped everybody once."""
    attacker = api.chat(FIRST_CHAT + crowd.members + 1, "郑演丙")
    for _ in range(2):
        for name, make in hostile.FILES.items():
            api.send_document(attacker, make(), name)


def flooding_member(api: Platform, crowd: Crowd) -> None:
    """A member asks everything at once."""
    attacker = api.chat(FIRST_CHAT + crowd.members + 1, "郑演丙")
    for _ in range(crowd.flood):
        api.say(attacker, ASKED)


ATTACKS: dict[str, Attack] = {
    "one stranger floods": one_stranger,
    "forty strangers": forty_strangers,
    "three strangers' 429": throttled_strangers,
    "hostile files": hostile_files,
    "a member floods": flooding_member,
}


async def measure(bots: Sequence[Bot], crowd: Crowd, template: Path, folder: Path) -> list[Row]:
    """Measure each attack on each bot, and return the rows of the table."""
    rows: list[Row] = []
    for place, bot in enumerate(bots):
        for number, (name, attack) in enumerate(ATTACKS.items()):
            quiet, harmed = await _once(bot, attack, crowd, context.copy(template, folder / f"{place}-{number}"))
            rows.extend(_rows(f"{name}, {crowd.members} members wait", bot, quiet, harmed))
    return rows


async def _once(bot: Bot, attack: Attack, crowd: Crowd, folder: Path) -> tuple[Waits, Waits]:
    async with Platform() as api:
        members = [api.chat(FIRST_CHAT + number, "郑演丙") for number in range(1, crowd.members + 1)]
        async with running(bot, api, folder, more={"ANZHU_TELEGRAM_TOKEN": TOKEN}):
            # The first of its kind imports what answers it, once in the life of a process.
            for text in ("在吗", "/start 000000000000"):
                api.say(api.chat(STRANGER - 1, "陌生人"), text)
            await _asked(api, members, 2)
            quiet = await _asked(api, members, crowd.questions)
            attack(api, crowd)
            return quiet, await _asked(api, members, crowd.questions)


async def _asked(api: Platform, members: Sequence[Chat], questions: int) -> Waits:
    waits = Waits()
    await asyncio.gather(*(_asks(api, member, questions, waits) for member in members))
    return waits


async def _asks(api: Platform, member: Chat, questions: int, waits: Waits) -> None:
    chance = random.Random(member.id)  # noqa: S311  # the same pauses each time
    for _ in range(questions):
        await asyncio.sleep(chance.uniform(*PAUSE))
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        api.waiting[member.id] = answered
        began = monotonic()
        api.say(member, ASKED)
        taken = LONGEST
        with suppress(TimeoutError):
            taken = await asyncio.wait_for(answered, LONGEST) - began
        waits.times.append(taken)


def _rows(what: str, bot: Bot, quiet: Waits, harmed: Waits) -> list[Row]:
    figures = [(f"p{percent}", quiet.at(percent), harmed.at(percent)) for percent in (50, 99)]
    figures.append(("max", quiet.longest, harmed.longest))
    return [
        Row(
            f"{what}, {name} ms",
            bot.name,
            f"{bad:.0f}",
            "in quiet",
            f"{good:.0f}",
            bad / good,
            at_most(AIM, bad / good) if name == "p99" else None,
        )
        for name, good, bad in figures
    ]
