"""A fast Bot API on this machine, and people who answer every message at once.

Real HTTP, parsed by hand: the platform must cost far less than the bots that are measured against it.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, time
from typing import Any, Self
from urllib.parse import parse_qsl

from bench.form import DONE_SIGN, STEPS

TOLERANCE = 1.1
"""The limit of sends holds for every rolling second, with this much grace: a real network jitters."""

_ME = {"id": 123456, "is_bot": True, "first_name": "安嘱", "username": "anzhu_bench_bot"}
_HEAD = b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
_SENDS = frozenset({"sendmessage", "editmessagetext"})


@dataclass(slots=True)
class _Person:
    chat: int
    opening: str
    step: int = 0
    acted_at: float = 0.0


@dataclass(slots=True)
class Crowd:
    """People who fill in the form, so many at once; `opening` is what each one's first tap carries."""

    openings: dict[int, str]
    at_once: int
    times: list[float] = field(default_factory=list[float])
    """Seconds from each step of a person to the bot's answer."""
    began: float = 0.0
    ended: float = 0.0


class Platform:
    """The Bot API. `delay` is how many seconds every answer takes, `limit` how many sends a second pass (0: any)."""

    def __init__(self, *, delay: float = 0.0, limit: float = 0.0) -> None:
        self.address = ""
        self.polls = 0
        self.arrived: list[float] = []
        """The instants of the sends that were accepted."""
        self.refused = 0
        self.trouble = ""
        self._delay = delay
        self._limit = limit
        self._recent: deque[float] = deque()
        self._pending: deque[dict[str, Any]] = deque()
        self._poll: Callable[[Any], None] | None = None
        self._poll_limit = 100
        self._poll_ends: asyncio.TimerHandle | None = None
        self._update = 5_000
        self._message = 100
        self._people: dict[int, _Person] = {}
        self._waiting: list[_Person] = []
        self._crowd: Crowd | None = None
        self._changed = asyncio.Event()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self.serve), "127.0.0.1", 0, backlog=1024)
        host, port = self._server.sockets[0].getsockname()[:2]
        self.address = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()

    async def until(self, done: Callable[[], bool], *, seconds: float) -> None:
        """Wait until `done()`, looked at after every call; RuntimeError for a bot that went astray."""
        async with asyncio.timeout(seconds):
            while not done():
                self._changed.clear()
                await self._changed.wait()
                if self.trouble:
                    raise RuntimeError(self.trouble)

    async def quiet(self, number: int, *, seconds: float) -> None:
        """Wait until so many messages have arrived, or none has come for a while."""
        seen = -1
        while seen < len(self.arrived) < number:
            seen = len(self.arrived)
            with suppress(TimeoutError):
                await self.until(lambda: len(self.arrived) >= number, seconds=seconds)

    async def fill_in(self, crowd: Crowd, *, seconds: float) -> None:
        """Let everybody of a crowd fill in the form once, and wait for the last receipt."""
        self._crowd = crowd
        self._waiting = [_Person(chat, opening) for chat, opening in crowd.openings.items()]
        self._people = {person.chat: person for person in self._waiting}
        crowd.began = monotonic()
        for _ in range(min(crowd.at_once, len(self._waiting))):
            self._act(self._waiting.pop(), None)
        await self.until(lambda: not self._people, seconds=seconds)
        crowd.ended = monotonic()

    def serve(self, method: str, params: dict[str, Any], answer: Callable[[int, Any], None]) -> None:
        """Handle one call; `answer` is given the status and the JSON."""
        reply = _later(answer, self._delay) if self._delay else answer
        if method == "getupdates":
            self._get_updates(params, lambda updates: reply(200, {"ok": True, "result": updates}))
        elif method in _SENDS:
            self._show(params, reply)
        elif method == "getme":
            reply(200, {"ok": True, "result": _ME})
        else:
            reply(200, {"ok": True, "result": True})
        self._changed.set()

    def _get_updates(self, params: dict[str, Any], reply: Callable[[Any], None]) -> None:
        self.polls += 1
        offset = int(params.get("offset") or 0)
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
        self._end_poll()
        self._poll, self._poll_limit = reply, int(params.get("limit") or 100)
        wait = float(params.get("timeout") or 0)
        if self._pending or not wait:
            self._end_poll()
        else:
            self._poll_ends = asyncio.get_running_loop().call_later(wait, self._end_poll)

    def _end_poll(self) -> None:
        if self._poll_ends is not None:
            self._poll_ends.cancel()
            self._poll_ends = None
        if self._poll is not None:
            poll, self._poll = self._poll, None
            poll([update for update, _ in zip(self._pending, range(self._poll_limit), strict=False)])

    def _show(self, params: dict[str, Any], reply: Callable[[int, Any], None]) -> None:
        now = monotonic()
        if self._limit:
            while self._recent and self._recent[0] <= now - 1:
                self._recent.popleft()
            if len(self._recent) >= self._limit * TOLERANCE:
                self.refused += 1
                body = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1"}
                reply(429, body | {"parameters": {"retry_after": 1}})
                return
            self._recent.append(now)
        self.arrived.append(now)
        self._message += 1
        chat = int(params["chat_id"])
        markup = params.get("reply_markup") or {}
        message: dict[str, Any] = {
            "message_id": self._message,
            "from": _ME,
            "chat": {"id": chat, "type": "private", "first_name": "郑演丙"},
            "date": int(time()),
            "text": params["text"],
        }
        if isinstance(markup, str):
            markup = json.loads(markup)
        if markup:
            message["reply_markup"] = markup
        reply(200, {"ok": True, "result": message})
        if self._crowd is not None and chat in self._people:
            person = self._people[chat]
            self._crowd.times.append(now - person.acted_at)
            self._act(person, message)

    def _act(self, person: _Person, message: dict[str, Any] | None) -> None:
        """Take the next step of a person who just saw a message (None: the old card that opens the form)."""
        if person.step == len(STEPS):
            if message is None or DONE_SIGN not in message["text"]:
                self.trouble = f"no receipt, but {message}"
            del self._people[person.chat]
            if self._waiting:
                self._act(self._waiting.pop(), None)
            return
        act, what = STEPS[person.step]
        who = {"id": person.chat, "is_bot": False, "first_name": "郑演丙", "language_code": "zh-hans"}
        chat = {"id": person.chat, "type": "private", "first_name": "郑演丙"}
        if act == "say":
            self._message += 1
            said = {"message_id": self._message, "date": int(time()), "chat": chat, "from": who, "text": what}
            self._push({"message": said})
        else:
            shown = message or {"message_id": 1, "from": _ME, "date": int(time()), "chat": chat, "text": "6月调度确认"}
            data = person.opening if message is None else _data(shown, what)
            if data is None:
                self.trouble = f"no button {what!r} under {shown}"
                return
            tap = {"id": str(self._update), "from": who, "chat_instance": "1", "message": shown, "data": data}
            self._push({"callback_query": tap})
        person.step += 1
        person.acted_at = monotonic()

    def _push(self, update: dict[str, Any]) -> None:
        self._pending.append({"update_id": self._update, **update})
        self._update += 1
        if self._poll is not None:
            # What comes in the same instant leaves together, as on the real platform.
            asyncio.get_running_loop().call_soon(self._end_poll)


class _Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive and Content-Length, which is all that the clients send."""

    def __init__(self, serve: Callable[[str, dict[str, Any], Callable[[int, Any], None]], None]) -> None:
        self._serve = serve
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # a TCP server's
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = dict(_headers(lines))
            length = int(headers.get("content-length", "0"))
            if len(rest) < length:
                return
            self._buffer = rest[length:]
            method = first.split(" ")[1].rpartition("/")[2].lower()
            self._serve(method, _params(headers.get("content-type", ""), rest[:length]), self._answer)

    def _answer(self, status: int, body: Any) -> None:
        if self._transport is not None and not self._transport.is_closing():
            content = json.dumps(body, ensure_ascii=False).encode()
            self._transport.write(_HEAD % (status, len(content)) + content)


def _headers(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        name, _, value = line.partition(":")
        yield name.lower(), value.strip()


def _params(content_type: str, body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    if content_type.startswith("application/json"):
        params: dict[str, Any] = json.loads(body)
        return params
    return dict(parse_qsl(body.decode()))


def _data(message: dict[str, Any], label: str) -> str | None:
    for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
        for button in row:
            if button["text"] == label:
                return str(button["callback_data"])
    return None


def _later(answer: Callable[[int, Any], None], seconds: float) -> Callable[[int, Any], None]:
    loop = asyncio.get_running_loop()
    return lambda status, body: void(loop.call_later(seconds, answer, status, body))


def void(_: object) -> None:
    """Nothing: a timer that nobody cancels."""
