"""Simulated people of three tempers. They know what their chat shows them, tap its buttons and type.

Nothing here looks into the bot: a person reads the newest messages, picks a button by its label, and where
none fits types what the message gives as its example. What a person cannot make sense of is kept in `odd`.
"""

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from tests.rehearsal import reading
from tests.rehearsal.choosing import FIRST_CHOICES, chosen, turned_aside
from tests.rehearsal.ledger import Plans
from tests.samples import photo
from tests.telegram.fake_api import Chat, FakeApi, ShownMessage

Temper = Literal["prompt", "forgetful", "silent"]

BEFORE = datetime.min.replace(tzinfo=UTC)
"""Until somebody first looks at the clock."""
PAGE = photo("a page that was signed")

CRITERION = re.compile(r"属于哪一类？|是哪个部位或设备？|是哪一种情形？|与哪一处是同一处？")
"""What is asked on the way to a criterion, or to the hazard that another is merged into; its lines are answers, where
those of a list lead on.
"""
DONE = ("已填报", "已说明情况", "待一并提交", "待提交", "前达到")
WHOLE = ("更多", "核对提交", "交负责人")
"""What is tapped after the lines of a list: the next page, and what is ready in a bundle."""
ENDS = frozenset({"更正", "填报依据", "查看填报", "报告隐患"})
"""Under a card of which nothing is left to do."""
DEAD = ("抱歉", "未能识别", "不在范围内", "已过。请", "还没到。")
"""Signs of a reply that nobody who does what they are told ever gets."""


@dataclass(frozen=True, slots=True)
class Push:
    """A reminder: a message that came without having been asked for, and not because of what others did."""

    at: datetime
    text: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayOn:
    """A button that leads on, still to be tapped."""

    message: ShownMessage
    data: str


@dataclass(slots=True)
class Done:
    """Something that somebody did, campaign time: what was typed or tapped, under which words, and what came then."""

    at: datetime
    what: str
    screen: str
    came: list[ShownMessage]
    first: int
    end: int | None = None

    @property
    def said(self) -> list[str]:
        """What was shown from then on until they did something else."""
        return [one.text for one in self.came[self.first : self.end]]


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
    plans: Plans
    pushes: list[Push] = field(default_factory=list[Push])
    done: list[Done] = field(default_factory=list[Done])
    answered: dict[str, datetime] = field(default_factory=dict[str, datetime])
    odd: Counter[str] = field(default_factory=Counter[str])
    steps: int = 0
    apart: set[int] = field(default_factory=set[int])
    """Messages that belong to a permit, and are read on site."""
    _times: Counter[str] = field(default_factory=Counter[str])
    _when: dict[str, tuple[datetime, ShownMessage]] = field(default_factory=dict[str, tuple[datetime, ShownMessage]])
    _lists: list[tuple[ShownMessage, frozenset[str]]] = field(default_factory=list[tuple[ShownMessage, frozenset[str]]])
    _agenda: list[WayOn | str] = field(default_factory=list[WayOn | str])
    _letters: list[ShownMessage] = field(default_factory=list[ShownMessage])
    _current: ShownMessage | None = None
    _wanted: frozenset[str] | None = None
    _touched: tuple[ShownMessage, int] | None = None
    _read: int = 0
    _now: datetime = BEFORE

    def does(self, at: datetime, what: str, screen: str = "") -> None:
        """Keep what somebody is about to do."""
        self.steps += 1
        if self.done:
            self.done[-1].end = len(self.chat.shown)
        self.done.append(Done(at, what, screen, self.chat.shown, len(self.chat.shown)))

    def invited(self, code: str) -> None:
        """Open the link of an invitation."""
        self._say(f"/start {code}")

    def notice(self, at: datetime) -> None:
        """Look at what has come of its own accord, and decide what to do about it and when."""
        self._now = at
        for message in self._fresh():
            push = Push(at, message.text, tuple(reading.titles_in(message.text)))
            self.pushes.append(push)
            self._times.update(push.titles)
            if not push.titles and self.role in ("principal", "officer"):
                self.odd[f"names nothing: {message.text[:60]}"] += 1
            for title in push.titles:
                self._decide(title, at, message)
        now = {title: message for title, (when, message) in self._when.items() if when <= at}
        for message in {id(message): message for message in now.values()}.values():
            self._lists.append((message, frozenset(title for title, where in now.items() if where is message)))
        for title in now:
            del self._when[title]
        self._agenda += self.plans.due(at.date())

    def _decide(self, title: str, at: datetime, message: ShownMessage) -> None:
        if self.temper == "prompt":
            self._when[title] = (at, message)
        elif self.temper == "forgetful" and self._times[title] > 1:
            when = self._when[title][0] if title in self._when else at + timedelta(days=self.dice.randint(0, 5))
            self._when[title] = (when, message)

    def act(self, at: datetime) -> bool:
        """Read the reply to what was done last and do the next thing; False when there is nothing to do."""
        self._now = at
        fresh = self._fresh()
        if self._touched is not None:
            message, edits = self._touched
            if message.edits != edits:
                fresh.insert(0, message)
            if not fresh:
                self.odd["no reply"] += 1
            self._touched = None
        for message in fresh:
            self._take_in(message, at)
        while self._current is not None or self._agenda or self._letters or self._lists:
            if self._current is not None:
                message, self._current = self._current, None
                wanted, self._wanted = self._wanted, None
                if self._react(message, wanted):
                    return True
            elif self._agenda:
                self._open(self._agenda.pop(0))
                return True
            elif self._letters:
                self._current = self._letters.pop(0)
            else:
                self._current, self._wanted = self._lists.pop(0)
        return False

    def _take_in(self, message: ShownMessage, at: datetime) -> None:
        for title in reading.receipts_in(message.text):
            self.answered[title] = at
        entered = reading.entered_in(message.text)
        if entered is not None:
            self.plans.entered(entered)
        if any(sign in message.text for sign in DEAD):
            self.odd[f"refused: {message.text[:60]}"] += 1
        # Files are looked at, not answered.
        if message.text:
            self._current = message

    def _fresh(self) -> list[ShownMessage]:
        """What is new, but for letters: these wait until there is time for them. A file is read with its words."""
        fresh = [one for one in self.chat.shown[self._read :] if one.text and not self._is_apart(one)]
        self._read = len(self.chat.shown)
        letters = [message for message in fresh if reading.is_letter(message.text)]
        if self.temper != "silent" or self.role == "city":
            self._letters += letters
        return [message for message in fresh if message not in letters]

    def _is_apart(self, message: ShownMessage) -> bool:
        return message.id in self.apart or reading.is_of_hot_work(message.text)

    def _open(self, what: WayOn | str) -> None:
        if isinstance(what, str):
            self._say(what)
        else:
            self._tap(what.message, what.data)

    def _react(self, message: ShownMessage, wanted: frozenset[str] | None) -> bool:
        """Do what a message asks for, of a list only what is wanted (None: all); False when it asks for nothing."""
        buttons = reading.buttons_of(message)
        if reading.is_annex(message.text) or reading.is_put_away(message.text):
            # The one the desk sees to; the other its person has just put away.
            return False
        told, card = reading.told_of(message.text), reading.card_in(message.text)
        if told is not None or card is not None:
            label = self.plans.told(*told) if told is not None else self.plans.looks(card or 0, [*buttons])
            if label is not None and label in buttons:
                self._tap(message, buttons[label])
                return True
            return False
        if not CRITERION.search(message.text) and any(
            label.startswith("第") and label.endswith("项") for label in buttons
        ):
            if "请安全员先填" in buttons and self._label("", ["请安全员先填"]) is not None:
                self._tap(message, buttons["请安全员先填"])
                return True
            self._agenda[:0] = self._ways(message, buttons, wanted)
            return False
        if message.text.startswith("待办任务") and not buttons:
            self.odd["/tasks that lists nothing: 待办任务…项，请点序号填报："] += 1
            self._say("/tasks")
            return True
        if "拍照发到这里" in message.text or self._photographs(message.text, buttons):
            self._send_photo()
            return True
        label = self._label(message.text, [*buttons])
        if label is not None:
            self._tap(message, buttons[label])
            return True
        if "请回复" in message.text or "？" in message.text or reading.EXAMPLE.search(message.text):
            self._type(message)
            return True
        if buttons and not buttons.keys() <= ENDS:
            self.odd[f"no way on: {message.text[:60]!r} {list(buttons)}"] += 1
        return False

    def _photographs(self, text: str, buttons: dict[str, str]) -> bool:
        if not reading.wants_photo(text) or "确认提交" in buttons:
            return False
        return buttons.keys() <= {"上一步"} or self.dice.random() < 0.5

    def _label(self, text: str, labels: list[str]) -> str | None:
        aside = turned_aside(text, labels, self.dice, late=self.temper == "forgetful")
        if aside is not None:
            return aside
        first = next((label for label in FIRST_CHOICES if label in labels), None)
        return first or chosen(text, labels, self.dice)

    def _ways(self, message: ShownMessage, buttons: dict[str, str], wanted: frozenset[str] | None) -> list[WayOn]:
        labels = [
            f"第{number}项"
            for number, title, state in reading.ITEM.findall(message.text)
            if not state.endswith(DONE)
            and (wanted is None or reading.BUNDLE.sub("", title) in wanted)
            and self.plans.wants(title)
        ]
        labels += [label for label in WHOLE if label in buttons and (label != "更多" or self.temper == "prompt")]
        missing = [label for label in labels if label not in buttons]
        if missing:
            self.odd[f"a line without a button: {missing} under {message.text[:60]!r}"] += 1
        return [WayOn(message, buttons[label]) for label in labels if label in buttons]

    def _type(self, message: ShownMessage) -> None:
        if "您的姓名" in message.text:
            self._say(self.name)
            return
        if "在哪家企业发现的" in message.text and not self.plans.knows:
            # Nobody to find anything at.
            self._say("/cancel")
            return
        if "在哪家企业发现的" in message.text:
            self._say(self.dice.choice(self.plans.knows))
            return
        if "由谁挂牌督办" in message.text:
            self._say("沈阳市安委办")
            return
        example = reading.EXAMPLE.search(message.text)
        self._say(example[1] if example else "已按要求完成")

    def _say(self, text: str) -> None:
        self.does(self._now, text)
        self._read = len(self.chat.shown)
        self.api.say(self.chat, text)
        self._touched = self._newest()

    def _send_photo(self) -> None:
        self.does(self._now, "")
        self._read = len(self.chat.shown)
        self.api.send_photo(self.chat, PAGE)
        self._touched = self._newest()

    def _tap(self, message: ShownMessage, data: str) -> None:
        label = next((label for label, behind in reading.buttons_of(message).items() if behind == data), "")
        self.does(self._now, label, message.text)
        self._touched = (message, message.edits)
        self.api.tap_data(self.chat, message, data)

    def _newest(self) -> tuple[ShownMessage, int] | None:
        return (self.chat.shown[-1], self.chat.shown[-1].edits) if self.chat.shown else None
