"""Simulated people of three tempers. They know what their chat shows them, tap its buttons and type.

Nothing here looks into the bot: a person reads the newest messages, picks a button by its label, and where
none fits types what the message gives as its example. What a person cannot make sense of is kept in `odd`.
"""

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from tests.telegram.fake_api import Chat, FakeApi, Shown

Temper = Literal["prompt", "forgetful", "silent"]

ITEM = re.compile(r"^(\d+)\. (.+?)：(.+)$", re.MULTILINE)
CARD = re.compile(r"^【[^】]+】(.+)\n请您", re.MULTILINE)
SOON = re.compile(r"^⏰ (.+)：(?:今天|\d+月\d+日)", re.MULTILINE)
OVERDUE = re.compile(r"^⚠️ (.+)已逾期", re.MULTILINE)
BUNDLE = re.compile(r"（\d+项）$")
RECEIPT = re.compile(r"^(?:✅ 已收到您的)?(.+?)[。：]回执编号 ", re.MULTILINE)
EXAMPLE = re.compile(r"如“(.+?)”")

PAGE = b"\xff\xd8\xff\xe0" + b"a page that was signed" * 20
"""A photo, as far as anybody looks at it."""

DONE = ("已填报", "已说明情况")
OPENERS = ("已调度", "现在填报")
FIRST_CHOICES = ("同意加入", "是我", "下一项", "确认提交", "确未发现", "已有计划", "今天")
"""What is tapped where it is offered: in a bundle, on to the next part before all are confirmed."""
ENDS = ("更正", "填报依据", "整改过程", "返回", "挂牌督办", "解除挂牌", "重新打开", "不属重大", "回头看合格")
"""Under a card of which nothing is left to do: what only shows more, or undoes what was done."""


def titles_in(text: str) -> list[str]:
    """Whose title a reminder names, as it is written there: duties, and bundles by the bundle's title."""
    listed = [BUNDLE.sub("", title) for _, title, _ in ITEM.findall(text)]
    return listed or [title for shape in (CARD, SOON, OVERDUE) for title in shape.findall(text)]


@dataclass(frozen=True, slots=True)
class Push:
    """A message that came without having been asked for."""

    at: datetime
    text: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """A button that leads on, still to be tapped."""

    message: Shown
    data: str


@dataclass
class Person:
    """Somebody with a chat. `number` is the chat's, `role` and `subject` what they were invited for."""

    api: FakeApi
    chat: Chat
    name: str
    role: str
    subject: str
    temper: Temper
    dice: random.Random
    pushes: list[Push] = field(default_factory=list[Push])
    answered: dict[str, datetime] = field(default_factory=dict[str, datetime])
    odd: Counter[str] = field(default_factory=Counter[str])
    steps: int = 0
    _times: Counter[str] = field(default_factory=Counter[str])
    _when: dict[str, tuple[datetime, Shown]] = field(default_factory=dict[str, tuple[datetime, Shown]])
    _lists: list[tuple[Shown, frozenset[str]]] = field(default_factory=list[tuple[Shown, frozenset[str]]])
    _agenda: list[Door] = field(default_factory=list[Door])
    _current: Shown | None = None
    _wanted: frozenset[str] | None = None
    _touched: tuple[Shown, int] | None = None
    _read: int = 0
    _planned: bool = False

    def invited(self, code: str) -> None:
        """Open the link of an invitation."""
        self._say(f"/start {code}")

    def notice(self, at: datetime) -> None:
        """Look at what has come of its own accord, and decide what to do about it and when."""
        for message in self._fresh():
            push = Push(at, message.text, tuple(titles_in(message.text)))
            self.pushes.append(push)
            self._times.update(push.titles)
            if not push.titles and self.role == "principal":
                self.odd[f"names nothing: {message.text[:60]}"] += 1
            for title in push.titles:
                self._decide(title, at, message)
        now = {title: message for title, (when, message) in self._when.items() if when <= at}
        for message in {id(message): message for message in now.values()}.values():
            self._lists.append((message, frozenset(title for title, where in now.items() if where is message)))
        for title in now:
            del self._when[title]

    def _decide(self, title: str, at: datetime, message: Shown) -> None:
        if self.temper == "prompt":
            self._when[title] = (at, message)
        elif self.temper == "forgetful" and self._times[title] > 1:
            when = self._when[title][0] if title in self._when else at + timedelta(days=self.dice.randint(0, 5))
            self._when[title] = (when, message)

    def act(self, at: datetime) -> bool:
        """Read the reply to what was done last and do the next thing; False when there is nothing to do."""
        fresh = self._fresh()
        if self._touched is not None:
            message, edits = self._touched
            if message.edits != edits:
                fresh.insert(0, message)
            if not fresh:
                self.odd["no reply"] += 1
            self._touched = None
        for message in fresh:
            for title in RECEIPT.findall(message.text):
                self.answered[title] = at
            # Files are looked at, not answered.
            if message.text:
                self._current = message
        while self._current is not None or self._agenda or self._lists:
            if self._current is None and not self._agenda:
                self._current, self._wanted = self._lists.pop(0)
            elif self._current is None:
                door = self._agenda.pop(0)
                self._tap(door.message, door.data)
                return True
            else:
                message, self._current = self._current, None
                wanted, self._wanted = self._wanted, None
                if self._react(message, wanted):
                    return True
        return False

    def _fresh(self) -> list[Shown]:
        fresh = self.chat.shown[self._read :]
        self._read = len(self.chat.shown)
        return fresh

    def _react(self, message: Shown, wanted: frozenset[str] | None) -> bool:
        """Do what a message asks for, of a list only what is wanted (None: all); False when it asks for nothing."""
        buttons = {button["text"]: button["callback_data"] for row in message.buttons for button in row}
        if any(label.startswith("第") and label.endswith("项") for label in buttons):
            self._agenda[:0] = self._doors(message, buttons, wanted)
            return False
        if message.text.startswith("待办任务") and not buttons:
            self.odd["/tasks that lists nothing: 待办任务…项，请点序号填报："] += 1
            self._say("/tasks")
            return True
        if "拍照发到这里" in message.text:
            self._send_photo()
            return True
        label = self._label(message, list(buttons))
        if label is not None:
            self._tap(message, buttons[label])
            return True
        if "请发送" in message.text and message.buttons:
            # No button leads past it.
            self._send_photo()
            return True
        if "请回复" in message.text or EXAMPLE.search(message.text):
            self._type(message)
            return True
        if buttons and not buttons.keys() <= set(ENDS):
            self.odd[f"no way on: {message.text[:60]!r} {list(buttons)}"] += 1
        return False

    def _label(self, message: Shown, labels: list[str]) -> str | None:
        asked = {"已调度", "还没有"} <= set(labels)
        if asked and self.temper == "forgetful" and not self._planned and self.dice.random() < 0.2:
            self._planned = True
            return "还没有"
        for label in (*OPENERS, *FIRST_CHOICES):
            if label in labels:
                return label
        if "完成" in labels:
            return "完成" if any(label.startswith("✓") for label in labels) else self.dice.choice(labels[:-2])
        choices = [label for label in labels if label not in (*ENDS, "上一步", "昨天", "修改", "附照片", "说明情况")]
        if choices and "请回复" in message.text:
            # A text or number that a button stands for: some write something.
            return choices[-1] if self.dice.random() < 0.7 else None
        if len(choices) == 2 and choices[0] in ("是", "有"):
            return choices[0] if self.dice.random() < 0.8 else choices[1]
        return self.dice.choice(choices) if choices else None

    def _doors(self, message: Shown, buttons: dict[str, str], wanted: frozenset[str] | None) -> list[Door]:
        labels = [
            f"第{number}项"
            for number, title, state in ITEM.findall(message.text)
            if not state.endswith(DONE) and (wanted is None or BUNDLE.sub("", title) in wanted)
        ]
        if "更多" in buttons and self.temper == "prompt":
            labels.append("更多")
        missing = [label for label in labels if label not in buttons]
        if missing:
            self.odd[f"a line without a button: {missing} under {message.text[:60]!r}"] += 1
        return [Door(message, buttons[label]) for label in labels if label in buttons]

    def _type(self, message: Shown) -> None:
        if "您的姓名" in message.text:
            self._say(self.name)
            return
        example = EXAMPLE.search(message.text)
        self._say(example[1] if example else "已按要求完成")

    def _say(self, text: str) -> None:
        self.steps += 1
        self._read = len(self.chat.shown)
        self.api.say(self.chat, text)
        self._touched = self._newest()

    def _send_photo(self) -> None:
        self.steps += 1
        self._read = len(self.chat.shown)
        self.api.send_photo(self.chat, PAGE)
        self._touched = self._newest()

    def _tap(self, message: Shown, data: str) -> None:
        self.steps += 1
        self._touched = (message, message.edits)
        self.api.tap_data(self.chat, message, data)

    def _newest(self) -> tuple[Shown, int] | None:
        return (self.chat.shown[-1], self.chat.shown[-1].edits) if self.chat.shown else None
