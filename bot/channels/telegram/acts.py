"""What belongs together: the updates in which one act of a person arrives, an album or a text that a client has cut."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bot.channels.telegram.reading import BORROWED, CUT, Incoming
from talk.messages import Address, Inbound, Kind, together

QUIET: Final = 1.0
"""Seconds after which nothing more is expected of an act; the platform gives out its parts at once, but not always in
one answer.
"""
ALBUM: Final = 10
"""Parts of an album at the most."""
FORWARDED: Final = 100
"""Messages that a client forwards in one go at the most."""
WITHIN: Final = timedelta(seconds=2)
"""How far apart the parts of a text, or what is forwarded together, were sent at the most: a client sends them one
after the other.
"""


@dataclass(slots=True)
class Act:
    """Updates that are handled as one, by their numbers."""

    parts: dict[int, Incoming]
    task: asyncio.Task[None] = field(init=False)
    """What handles it."""
    closed: bool = False
    """Whether nothing joins it any more: it is being handled."""

    @property
    def address(self) -> Address:
        """Who acts."""
        return next(iter(self.parts.values())).inbound.address

    @property
    def in_order(self) -> list[Incoming]:
        """The parts as they were sent."""
        return [self.parts[number] for number in sorted(self.parts)]

    @property
    def inbound(self) -> Inbound:
        """All of it as one message, without its files."""
        return together([part.inbound for part in self.in_order])

    @property
    def is_whole(self) -> bool:
        """Whether nothing more can belong to it."""
        last = self.in_order[-1]
        if last.kin is None:
            return True
        return len(self.parts) >= (FORWARDED if last.kin == BORROWED else ALBUM)

    def takes(self, incoming: Incoming) -> bool:
        """Return whether an update of the same person belongs to it."""
        if self.closed or self.is_whole:
            return False
        last, more = self.in_order[-1], incoming.inbound
        if last.kin == CUT:
            belongs = more.kind is Kind.TEXT and more.act is None and not more.borrowed
        else:
            belongs = incoming.kin == last.kin
        return belongs and (more.act is not None or abs(more.at - last.inbound.at) <= WITHIN)

    async def gathered(self, wait: Callable[[float], Awaitable[None]]) -> None:
        """Wait until it is whole, or nothing more has come for a while."""
        known = 0
        while not self.is_whole and known < len(self.parts):
            known = len(self.parts)
            await wait(QUIET)


@dataclass(slots=True)
class Acts:
    """The acts of everybody that are not handled yet."""

    _open: dict[Address, list[Act]] = field(default_factory=dict[Address, list[Act]])

    def place(self, number: int, incoming: Incoming) -> tuple[Act, bool]:
        """Put an update to what it belongs to; return that, and whether it begins with it."""
        mine = self._open.setdefault(incoming.inbound.address, [])
        for act in mine:
            if act.takes(incoming):
                act.parts[number] = incoming
                return act, False
        act = Act({number: incoming})
        mine.append(act)
        return act, True

    def numbers(self) -> set[int]:
        """Return the updates that wait for more."""
        return {number for acts in self._open.values() for act in acts if not act.is_whole for number in act.parts}

    def close(self, act: Act) -> None:
        """Let nothing join an act any more."""
        act.closed = True
        mine = self._open[act.address]
        mine.remove(act)
        if not mine:
            del self._open[act.address]
