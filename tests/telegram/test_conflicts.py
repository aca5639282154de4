"""Two bots of one token, each with a database of its own: the second waits, and the first is not thrown out."""

import heapq
import logging
from dataclasses import dataclass, field

import pytest

from bot.channels.telegram import polling
from bot.channels.telegram.conflicts import ESTABLISHED, LONGEST_WAIT, SECOND_LOOK, Conflicts
from storage.trouble import Trouble
from tests.storage.test_trouble import Clock

HOUR = 3600.0
TRAVEL = 0.1
"""Seconds that an answer is on its way."""


@dataclass
class Bot:
    """A poller: its own view of the conflict, and how long it polled."""

    conflicts: Conflicts
    polled: float = 0.0
    opened: float = 0.0
    number: int = 0
    taken: list[int] = field(default_factory=list)


class Platform:
    """The platform, which ends an open poll when another comes, by a clock that a test sets."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.pending: list[int] = []
        self._open: Bot | None = None
        self._events: list[tuple[float, int, str, Bot, int]] = []
        self._count = 0

    def bot(self) -> Bot:
        """A bot that begins now."""
        made = Bot(Conflicts(Trouble(logging.getLogger("anzhu"), "another process polls", self.clock), self.clock))
        self._at(0.0, "poll", made)
        return made

    def end(self, bot: Bot) -> None:
        """A bot is gone."""
        self._events = [event for event in self._events if event[3] is not bot]
        heapq.heapify(self._events)
        self._open = None if self._open is bot else self._open

    def say(self, number: int) -> None:
        """Somebody writes."""
        self.pending.append(number)
        if self._open is not None:
            self._at(0.0, "answer", self._open, self._open.number)

    def come_back(self, bot: Bot) -> None:
        """A bot that was cut off polls again."""
        self._at(0.0, "poll", bot)

    def run(self, seconds: float) -> None:
        """Let time go on."""
        until = self.clock.now + seconds
        while self._events and self._events[0][0] <= until:
            at, _, what, bot, number = heapq.heappop(self._events)
            self.clock.now = max(self.clock.now, at)
            if what == "poll":
                self._poll(bot)
            elif bot is self._open and number == bot.number:
                self._answer(bot)
        self.clock.now = until

    def _at(self, delay: float, what: str, bot: Bot, number: int = 0) -> None:
        self._count += 1
        heapq.heappush(self._events, (self.clock.now + delay, self._count, what, bot, number))

    def _poll(self, bot: Bot) -> None:
        if self._open is not None:
            other = self._open
            other.polled += self.clock.now - other.opened
            self._at(TRAVEL + other.conflicts.again_in("409"), "poll", other)
        self._open, bot.opened = bot, self.clock.now
        bot.number += 1
        held = polling.GLANCE if bot.conflicts.gives_way else polling.POLL
        self._at(0.0 if self.pending else held, "answer", bot, bot.number)

    def _answer(self, bot: Bot) -> None:
        self._open = None
        bot.polled += self.clock.now - bot.opened
        wait = bot.conflicts.look_again_in(self.pending[0] if self.pending else None)
        if not wait:
            bot.taken += self.pending
            self.pending = []
        self._at(TRAVEL + wait, "poll", bot)


def test_the_first_stays_and_the_second_waits_until_it_is_gone(caplog: pytest.LogCaptureFixture) -> None:
    platform = Platform()
    first = platform.bot()
    platform.run(2 * ESTABLISHED)
    second = platform.bot()
    platform.run(40.0)
    before = first.polled
    for number in range(60):
        platform.say(number)
        platform.run(HOUR / 60)
    assert (first.conflicts.gives_way, second.conflicts.gives_way) == (False, True)
    assert (first.taken, second.taken) == (list(range(60)), [])
    assert first.polled - before > 0.96 * HOUR
    assert len(caplog.messages) == 6  # an hour of waiting, by the second alone
    platform.end(first)
    platform.run(LONGEST_WAIT + polling.GLANCE + 1)
    platform.say(60)
    platform.run(polling.POLL)
    assert second.taken == [60]
    assert caplog.messages[-1].startswith("over: another process polls")


def test_what_nobody_confirms_is_taken_by_the_one_that_waits() -> None:
    platform = Platform()
    first = platform.bot()
    platform.run(2 * ESTABLISHED)
    second = platform.bot()
    platform.run(40.0)
    platform.end(first)
    platform.say(1)
    platform.run(LONGEST_WAIT + SECOND_LOOK + 1)
    assert second.taken == [1]


def test_who_was_cut_off_gives_way_to_the_one_that_took_over() -> None:
    platform = Platform()
    first = platform.bot()
    platform.run(2 * ESTABLISHED)
    platform.end(first)
    first.conflicts.interrupted()
    second = platform.bot()
    platform.run(2 * ESTABLISHED)
    platform.come_back(first)
    platform.run(HOUR)
    assert (first.conflicts.gives_way, second.conflicts.gives_way) == (True, False)
    assert second.polled > 0.9 * HOUR


def test_where_a_webhook_is_set_all_wait_and_it_is_told_seldom(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    conflicts = Conflicts(Trouble(logging.getLogger("anzhu"), "another process polls", clock), clock)
    conflicts.look_again_in(None)
    began = clock.now
    clock.now += ESTABLISHED
    polls = 0
    while clock.now < began + HOUR:
        clock.now += conflicts.again_in("can't use getUpdates method while webhook is active")
        polls += 1
    assert polls < 65
    assert len(caplog.messages) == 6
