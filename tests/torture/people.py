"""People at their phones while everything fails: what they do, and how long they wait for what they are owed.

A person does one thing, and waits until the chat shows what comes of it; a message that comes twice changes nothing.
"""

import asyncio
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from tests.rehearsal import reading
from tests.rehearsal.acting import card_in
from tests.rehearsal.filling_in import ANSWERS, PHOTO, Facts
from tests.samples import photo
from tests.telegram.fake_api import Chat, FakeApi, ShownMessage
from tests.torture.clock import Hand

PACE = (0.1, 0.5)
"""Seconds between two looks at the phone."""
WITHIN = 60.0
"""Seconds of quiet after which nobody may wait for a reply."""
DONE = "完成"
"""Under a question that takes several answers, which are tapped, or typed at once."""
ROUND = 10.0
"""Seconds more for what time brings: rounds come each minute, and what they say is to arrive, too."""


@dataclass
class Waits:
    """How long people wait. `quiet`: since when nothing fails (`monotonic`), None: it does."""

    quiet: float | None = None
    kills: list[float] = field(default_factory=list[float])
    missing: list[str] = field(default_factory=list[str])
    """Who waited for what in the quiet."""
    longest: float = 0.0
    """Seconds that somebody waited for a reply at the most, whatever failed meanwhile."""
    after_kills: float = 0.0
    """Seconds at the most from the last kill while somebody waited to the reply."""

    def over(self, began: float) -> None:
        """Note a wait that has come to its end."""
        now = monotonic()
        self.longest = max(self.longest, now - began)
        last = next((kill for kill in reversed(self.kills) if kill < now), None)
        if last is not None and last > began:
            self.after_kills = max(self.after_kills, now - last)

    def too_long(self, began: float, within: float) -> bool:
        """Whether somebody waits for longer than the quiet allows."""
        return self.quiet is not None and monotonic() - max(began, self.quiet) > within


@dataclass
class Pastime:
    """The time that crews wait for: it leaps on once all of them wait."""

    hands: Sequence[Hand]
    crews: int = 0
    """Those at work."""
    wishes: dict[int, datetime] = field(default_factory=dict[int, datetime])
    steps: int = 0

    def now(self) -> datetime:
        """What most clocks say."""
        return sorted(hand.now() for hand in self.hands)[len(self.hands) // 2]

    async def until(self, crew: int, instant: datetime) -> None:
        """Let time pass until an instant, together with all other crews."""
        self.wishes[crew] = instant
        while self.now() < instant:  # noqa: ASYNC110  # a clock tells nobody
            await asyncio.sleep(PACE[1])
        del self.wishes[crew]

    async def pass_by(self) -> None:
        """Step whenever nobody has anything to do before."""
        while True:
            await asyncio.sleep(PACE[1])
            if self.wishes and len(self.wishes) >= self.crews:
                by = min(self.wishes.values()) - self.now()
                if by > timedelta(0):
                    self.steps += 1
                    for hand in self.hands:
                        hand.step(by)


@dataclass
class Person:
    """Somebody with a chat."""

    api: FakeApi
    chat: Chat
    waits: Waits
    chance: random.Random
    said: dict[str, int] = field(default_factory=dict[str, int])
    """What was typed as an answer, with its update."""
    updates: list[int] = field(default_factory=list[int])
    began: float = 0.0
    """When the last thing was done."""
    finished: bool = False

    def say(self, text: str, *, answers: bool = False) -> None:
        """Type something; `answers`: it is unlike all that others type, and is to be found among the answers."""
        update = self._did(self.api.say(self.chat, text))
        if answers:
            self.said[text] = update

    def tap(self, shown: ShownMessage, label: str) -> None:
        """Tap a button."""
        self._did(self.api.tap_data(self.chat, shown, reading.buttons_of(shown)[label]))

    def send_photo(self, data: bytes | None = None) -> None:
        """Send a photo; no two are alike."""
        self._did(self.api.send_photo(self.chat, data or photo(f"{self.chat.id}/{len(self.updates)}")))

    def open(self, duty: int) -> None:
        """Open the card of a duty, by the button of a list."""
        self._did(self.api.tap_data(self.chat, self.chat.shown[-1], f"a:show:{duty}"))

    def _did(self, update: int) -> int:
        self.updates.append(update)
        self.began = monotonic()
        return update

    def find(self, sign: str, label: str = "", after: int = 0) -> ShownMessage | None:
        """The newest message that says so and has a button of the label; `after`: with a later number."""
        for shown in reversed(self.chat.shown):
            if shown.id > after and re.search(sign, shown.text) and (not label or label in reading.buttons_of(shown)):
                return shown
        return None

    async def see(self, sign: str, label: str = "", *, after: int = 0, within: float = WITHIN) -> ShownMessage:
        """Wait for a message that is owed from now on."""
        return await self._until(lambda: self.find(sign, label, after), f"{sign}{label and f' [{label}]'}", within)

    async def _until(self, look: Callable[[], ShownMessage | None], what: str, within: float) -> ShownMessage:
        began, told = monotonic(), False
        while (found := look()) is None:
            await asyncio.sleep(self.chance.uniform(*PACE))
            if not told and self.waits.too_long(began, within):
                self.waits.missing.append(f"{self.chat.id}: {what}")
                told = True
        if within == WITHIN:
            self.waits.over(began)
        return found

    async def tells(self, label: str, sign: str = "", *, then: str = "", within: float = WITHIN) -> ShownMessage:
        """Wait for a button and tap it; then, for what comes of it."""
        shown = await self.see(sign, label, within=within)
        self.tap(shown, label)
        return shown if not then else await self.see(then)

    async def fill_in(self, job: Facts, until: str) -> ShownMessage:
        """Answer what is asked about a permit, each question once, until something is said."""
        after = self.chat.shown[-1].id if self.chat.shown else 0
        answered: set[str] = set()

        def next_one() -> ShownMessage | None:
            over = self.find(until, after=after)
            return over or next((shown for shown, _, _ in self._asked(job, answered, after)), None)

        while True:
            shown = await self._until(next_one, until, WITHIN)
            if re.search(until, shown.text):
                return shown
            _, question, reply = next(iter(self._asked(job, answered, after)))
            answered.add(question)
            if reply is PHOTO:
                self.send_photo()
            elif str(reply) in (buttons := reading.buttons_of(shown)) and (reply == DONE or DONE not in buttons):
                self.tap(shown, str(reply))
            else:
                self.say(str(reply), answers=str(self.chat.id) in str(reply))

    def _asked(self, job: Facts, answered: set[str], after: int) -> list[tuple[ShownMessage, str, object]]:
        found: list[tuple[ShownMessage, str, object]] = []
        for shown in self.chat.shown:
            if shown.id <= after:
                continue
            if "确认提交" in reading.buttons_of(shown) and "确认提交" not in answered:
                found.append((shown, "确认提交", "确认提交"))
            question = shown.text.partition("\n")[0]
            if question not in answered and not card_in(shown.text)[0]:
                found += [(shown, question, says(job)) for words, says in ANSWERS if re.search(words, shown.text)][:1]
        return found

    async def join(self, code: str, name: str = "") -> None:
        """Open the link of an invitation and join; `name`: whom the registry does not know."""
        self.say(f"/start {code}")
        await self.tells("同意加入", "邀请您以")
        if name:
            await self.see("姓名")
            self.say(name)
        else:
            await self.tells("是我")
        await self.see("已加入")


async def dispatch(person: Person, code: str, june: int) -> None:
    """A principal joins and answers for June."""
    await person.join(code)
    person._did(person.api.tap_data(person.chat, person.chat.shown[-1], f"a:show:{june}"))
    await person.tells("已调度", "6月调度确认")
    await person.tells("是", "主持吗")
    await person.tells("今天", "哪天开展")
    await person.tells("现场调度", "什么形式")
    await person.see("议定了哪些事项")
    person.say(f"更换{person.chat.id}号除尘风机", answers=True)
    await person.see("还有什么问题")
    person.say(f"资金{person.chat.id}万元", answers=True)
    await person.tells("确认提交", "请您核对", then="回执编号")
    person.finished = True


async def bother(
    person: Person,
    code: str,
    june: int,
    files: Sequence[bytes],
    joined: Callable[[Chat], None],
    until: Callable[[], bool],
) -> None:
    """A principal, whose rows are poisoned once they have `joined`, answers for June without sense and sends files that
    are none; whatever it is about, there is a reply to each.
    """
    await person.join(code)
    person.open(june)
    await person.tells("已调度", "6月调度确认", then="主持吗")
    joined(person.chat)
    number = 0
    while not until():
        after = person.chat.shown[-1].id
        if number < len(files):
            person.send_photo(files[number])
        else:
            person.say("是" if number % 3 == 0 else f"在吗{number}")
        number += 1
        await person.see("", after=after)
        await asyncio.sleep(person.chance.uniform(1, 4))
    person.finished = True


@dataclass
class Crew:
    """Who does hot work in an enterprise."""

    officer: Person
    principal: Person
    guardian: Person
    tester: Person
    codes: Sequence[str]
    """Of their invitations, in this order."""
    number: int

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody."""
        return (self.officer, self.principal, self.guardian, self.tester)


NAMES = ("", "", "吴演看", "冯演气")
"""Of a crew: whom the registry names, and whom it does not."""
WELDER = "何演松"
LOOKS = 2
BETWEEN_LOOKS = timedelta(minutes=31)
"""From the end of the job to a look of the guardian, and from that to the next (the pack's `looks`), and a minute in
which clocks may differ.
"""
WARNED = timedelta(minutes=30)
"""Before the end of a permit its site is told so (the pack's `warn`)."""


async def hot_work(crew: Crew, time: Pastime) -> None:
    """A permit is applied for, approved, prepared, begun, warned of its end, finished, watched and closed."""
    time.crews += 1
    try:
        await _hot_work(crew, time)
    finally:
        time.crews -= 1
        time.wishes.pop(crew.number, None)
    for person in crew.people:
        person.finished = True


async def _hot_work(crew: Crew, time: Pastime) -> None:
    officer, principal, guardian, tester = crew.people
    for person, code, name in zip(crew.people, crew.codes, NAMES, strict=True):
        await person.join(code, name)
    zone = timedelta(hours=8)
    now = time.now() + zone
    starts = (now + timedelta(minutes=45)).replace(second=0, microsecond=0)
    starts -= timedelta(minutes=starts.minute % 5)
    job = Facts(
        place=f"{officer.chat.id}号车间",
        part="支架",
        content=f"焊接第{officer.chat.id}号支架",
        surroundings="易燃易爆场所",
        workpiece="管道",
        starts=starts,
        until=starts + timedelta(minutes=60),
        welders=[WELDER],
        leader="钱演丁",
        guardian=NAMES[2],
        tester=NAMES[3],
        gas="氢气",
        value="0.05%",
    )
    begins, ends = job.starts - zone, job.until - zone
    officer.say("/permit")
    said = await officer.fill_in(job, r"作业票 ?D-\d{4}-\d+ ?已送审批")
    named = re.search(r"D-\d{4}-\d+", said.text)
    assert named is not None
    permit = named[0]
    await principal.tells("批准", permit, then="已批准")
    await time.until(crew.number, begins - timedelta(minutes=8))
    await guardian.tells("监护到场", permit)
    await guardian.fill_in(job, "已记录监护人到场")
    await tester.tells("气体检测", permit)
    await tester.fill_in(job, "合格，已记录")
    await time.until(crew.number, begins + timedelta(seconds=5))
    officer.say(permit)
    await officer.tells("开始作业", permit, then="已开工")
    await time.until(crew.number, ends - WARNED + timedelta(seconds=5))
    await guardian.tells("收到", f"{permit}.*分钟到期", within=WITHIN + ROUND)
    await officer.tells("作业完工", permit, then="已完工")
    looked = time.now()
    await guardian.tells("开始看火", permit, then="已开始看火", within=WITHIN + ROUND)
    seen = 0
    for _ in range(LOOKS):
        await time.until(crew.number, looked + BETWEEN_LOOKS)
        rung = await guardian.see("看火检查时间已到", "看火无异常", after=seen, within=WITHIN + ROUND)
        guardian.tap(rung, "看火无异常")
        await guardian.fill_in(job, "已记录看火检查")
        looked = time.now()
        seen = max(shown.id for shown in guardian.chat.shown)
    await officer.tells("验收关闭", permit, within=WITHIN + ROUND)
    await officer.fill_in(job, "已验收关闭")
