"""A desk at which the chat is all that is seen: what came, what is tapped and typed, what is said to it."""

import random
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.rehearsal import reading
from tests.rehearsal.acting import Deed, Tapped, Typed, Waited, texts
from tests.rehearsal.bureau import Action, Check
from tests.rehearsal.lives import Change
from tests.rehearsal.people import Person
from tests.telegram.fake_api import ShownMessage

BEGINS = time(9, 7)
"""When people turn to the desk."""
DEAD = ("抱歉", "未能识别", "不在范围内", "您现在不能办理", "没有这个月份或地区")
"""What nobody is told who does what is shown."""

Act = Generator[Deed, list[ShownMessage], list[ShownMessage]]


@dataclass(kw_only=True)
class Desk:
    """Somebody who fills in a column of the annex table and enters its `checks` and `actions`; with a reviewer."""

    column: str
    clerk: Person
    reviewer: Person
    dice: random.Random
    now: Callable[[], datetime]
    last: date
    odd: Counter[str] = field(default_factory=Counter[str])
    refused: Counter[str] = field(default_factory=Counter[str])
    heard: set[int] = field(default_factory=set[int])
    """Messages that were taken notice of: answers to what was done, and what was done about."""
    actions: list[Action] = field(default_factory=list[Action])
    checks: list[Check] = field(default_factory=list[Check])
    enterprises: Sequence[str] = ()
    """The codes of those that count in the column."""
    lives: list[Change] = field(default_factory=list[Change])
    _read: int = 0

    # What the chat shows

    def news(self) -> list[tuple[int, ShownMessage]]:
        """Drafts of the column that came since the last look, with their months."""
        fresh, self._read = self.clerk.chat.shown[self._read :], len(self.clerk.chat.shown)
        cards = [(one, reading.annex_in(one.text, self.column)) for one in fresh if one.id not in self.heard]
        return [(card[1], one) for one, card in cards if card is not None and card[2] == "草稿"]

    def newest(self, person: Person, month: int, label: str) -> ShownMessage | None:
        """The newest card of a month that has a button."""
        for one in reversed(person.chat.shown):
            if reading.annex_in(one.text, self.column, month) is not None and label in reading.buttons_of(one):
                return one
        return None

    # One thing after another

    def says(self, person: Person, text: str) -> Act:
        """Type something; what is said to it."""
        return self._hears((yield Typed(person, text)))

    def taps(self, person: Person, message: ShownMessage | None, label: str) -> Act:
        """Tap a button of a message."""
        if message is None or label not in reading.buttons_of(message):
            self.odd[f"no {label} for {person.role} under {'nothing' if message is None else message.text[:40]}"] += 1
            return []
        return self._hears((yield Tapped(person, message, label)))

    def _hears(self, said: list[ShownMessage]) -> list[ShownMessage]:
        self.heard.update(one.id for one in said)
        if any(sign in texts(said) for sign in DEAD):
            self.odd[f"refused: {texts(said)[:60]}"] += 1
        if not said:
            self.odd["no reply at a desk"] += 1
        return said

    def told(self, said: Sequence[ShownMessage], words: str) -> bool:
        """Whether what was done is confirmed."""
        if words in texts(said):
            return True
        self.odd[f"not {words} but: {texts(said)[:80]}"] += 1
        return False

    # The days

    def at(self, day: date) -> Waited:
        """The hour of a day at which people turn to the table."""
        return Waited(datetime.combine(day, BEGINS, self.now().tzinfo))

    def tomorrow(self) -> Waited:
        """The next day."""
        return self.at(self.now().date() + timedelta(days=1))
