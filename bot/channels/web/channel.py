"""The sending half of the web chat, and the news that open pages wait for."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from talk.messages import Address, Capabilities, Outbound, Outcome, Sent

NAME = "web"
ACCOUNT = "demo"

MESSAGE = "message"
CLOCK = "clock"

Event = tuple[str, str]
"""`MESSAGE` and whose chat it is in (the external id of an address), or `CLOCK` and nothing that matters."""


def address_of(external_id: str) -> Address:
    """An address in the web chat."""
    return Address(NAME, ACCOUNT, external_id)


class News:
    """Tells every open page at once that something happened; belongs to one event loop."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event]] = set()

    def message(self, address: Address) -> None:
        """There is something new in the chat of an address."""
        self._tell((MESSAGE, address.external_id))

    def clock(self) -> None:
        """The campaign clock was moved."""
        self._tell((CLOCK, CLOCK))

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Event]]:
        """Everything told from now on."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.remove(queue)

    def _tell(self, event: Event) -> None:
        for queue in self._listeners:
            queue.put_nowait(event)


class WebChannel:
    """The web chat as a channel: a message is shown once the outbox has it, so sending is telling the pages."""

    name = NAME
    account = ACCOUNT
    capabilities = Capabilities(buttons=True, edits=True, text_limit=20_000)
    rate = 0.0

    def __init__(self, now: Callable[[], Awaitable[datetime]], news: News) -> None:
        """`now` tells campaign time, aware."""
        self._now = now
        self._news = news

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> Outcome:
        """Show a message. Its id says when, in campaign time, as `sent_at` reads it back; a renewed card
        keeps its id, hence its time and place.
        """
        message_id = replaces or f"{(await self._now()).isoformat()}/{secrets.token_hex(4)}"
        self._news.message(address)
        return Sent(message_id)


def sent_at(message_id: str) -> datetime:
    """The campaign time at which a message of the web chat was sent."""
    return datetime.fromisoformat(message_id.partition("/")[0])
