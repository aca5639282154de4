"""A Bot API of our own: real HTTP, and stricter than the platform.

It refuses what the platform refuses and more (unknown parameters, chats that never wrote), forgets
updates once they are confirmed and only then, and can be slow, full, broken or away as a test asks.
"""

import asyncio
import itertools
import json
import random
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from aiohttp import web

from tests.telegram.rules import PARAMETERS, Refusal, check_buttons, check_text, parameters, shown_text

TOKEN = "123456:AAE-a-token-of-the-tests"
ACCOUNT = "123456"
BOT = {"id": 123456, "is_bot": True, "first_name": "安嘱", "username": "anzhu_test_bot"}

TEXT_LIMIT = 4096
Fault = Literal["500", "502", "reset", "hang", "lost"]
"""lost: what is asked for is done, and the answer does not arrive."""

Door = Callable[[str, dict[str, str], bytes], Awaitable[tuple[int, str]]]
"""A process behind the webhook: is given path, headers and body, and answers with a status and a body."""


@dataclass(frozen=True)
class Call:
    """A call as it came, and the status it was answered with."""

    at: float
    method: str
    params: dict[str, Any]
    status: int
    life: int = 0
    """Which process made it, where each is given an address of its own: …/life/1."""
    told: bool = True
    """Whether the answer arrived."""

    @property
    def chat(self) -> int | None:
        """The chat it was for."""
        return int(self.params["chat_id"]) if "chat_id" in self.params else None


@dataclass
class ShownMessage:
    """A message of the bot as the person sees it now."""

    id: int
    text: str
    buttons: list[list[dict[str, str]]]
    markup: str
    file: tuple[str, bytes] | None = None
    edits: int = 0


@dataclass
class Chat:
    """A chat that the bot knows, because its person wrote first."""

    id: int
    name: str
    language: str = "zh-hans"
    kind: str = "private"
    blocked: bool = False
    shown: list[ShownMessage] = field(default_factory=list)
    slow: asyncio.Event | None = None
    """Calls for this chat take until it is set."""
    throttled_until: float = 0.0
    fault: Fault | Refusal | None = None
    """What every call for this chat ends in."""


class FakeApi:
    """The platform. `address` is what ANZHU_TELEGRAM_API is set to."""

    def __init__(self, seed: int = 0) -> None:
        self.chats: dict[int, Chat] = {}
        self.pending: list[dict[str, Any]] = []
        self.odd: dict[int, str] = {}
        """Updates as no platform sends them, as JSON or what looks like it, by the number that they have with it."""
        self.nonsense: list[str] = []
        """What the next polls bring in place of a list."""
        self.confirmed: set[int] = set()
        self.calls: list[Call] = []
        self.menus: dict[str, list[dict[str, str]]] = {}
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[Fault | Refusal]] = {}
        """By method in small letters, or "file": what the next calls end in."""
        self.weather: Callable[[str], Fault | Refusal | None] = lambda _: None
        """By method, or "file": what a call ends in of which nothing else is said."""
        self.away = False
        """Whether nobody is reached."""
        self.wall: Callable[[], datetime] = lambda: datetime.now(UTC)
        """The clock by which messages are dated, aware."""
        self.throttled_until = 0.0
        self.shuffle = False
        self.repeat = False
        self.open_taps: set[str] = set()
        self.hook: dict[str, Any] = {}
        """What setWebhook was told."""
        self.doors: list[Door] = []
        """Where the public address leads to: each process in turn."""
        self.brought: list[int] = []
        """What the calls of the webhook were answered with."""
        self.hook_error: dict[str, Any] = {}
        """How getWebhookInfo tells that nobody answered as it should."""
        self._bringing: dict[int, asyncio.Task[None]] = {}
        self._calling: asyncio.Task[None] | None = None
        self.polls = 0
        self.last_poll: dict[str, Any] = {}
        self.address = ""
        self._random = random.Random(seed)
        self._next_update = 5_000
        self._next_message = 100
        self._next_album = 0
        self._written: dict[int, dict[str, Any]] = {}
        """What each chat's person sent last."""
        self._poll: asyncio.Future[None] | None = None
        self._news = asyncio.Event()
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_route("*", "/life/{life}/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.*}", self._serve_file)
        app.router.add_get("/life/{life}/file/bot{token}/{path:.*}", self._serve_file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.address = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        self._end_poll()
        self._unhook()
        await self._runner.cleanup()

    # What people do

    def chat(self, chat: int, name: str = "", *, language: str = "zh-hans", kind: str = "private") -> Chat:
        """A chat, opened by its person."""
        return self.chats.setdefault(chat, Chat(chat, name or f"人{chat}", language, kind))

    def say(self, chat: Chat, text: str) -> int:
        """Type something; the id of the update, of the last one where the client cuts the text."""
        *cut, last = parts_of(text)
        for part in cut:
            self._message(chat, text=part)
        return self._message(chat, text=last)

    def send(self, chat: Chat, **content: Any) -> int:
        """Send content of any kind, in the platform's words."""
        return self._message(chat, **content)

    def send_document(self, chat: Chat, data: bytes, name: str, *, caption: str = "", size: int | None = None) -> int:
        """Send a file."""
        file = self._keep(data)
        content: dict[str, Any] = {"document": {**file, "file_name": name, "file_size": size or len(data)}}
        return self._message(chat, **content, **({"caption": caption} if caption else {}))

    def send_photo(self, chat: Chat, data: bytes, **more: Any) -> int:
        """Send a photo, in two sizes; `more` in the platform's words, as `caption` and `media_group_id`."""
        small, large = self._keep(data[:100]), self._keep(data)
        sizes = [
            {**small, "width": 90, "height": 60, "file_size": 100},
            {**large, "width": 900, "height": 600, "file_size": len(data)},
        ]
        return self._message(chat, photo=sizes, **more)

    def send_album(self, chat: Chat, *photos: bytes, captions: dict[int, str] | None = None) -> list[int]:
        """Send photos in one go, two to ten as the platform has it; captions by place. The ids of the updates."""
        if not 2 <= len(photos) <= 10:
            raise AssertionError(f"no client makes an album of {len(photos)}")
        self._next_album += 1
        said = captions or {}
        return [
            self.send_photo(chat, data, media_group_id=self.album, **({"caption": said[at]} if at in said else {}))
            for at, data in enumerate(photos)
        ]

    @property
    def album(self) -> str:
        """The id of the newest album."""
        return str(13_000_000_000_000_000 + self._next_album)

    def forward(self, chat: Chat, *, days: int = 0, **content: Any) -> int:
        """Forward what somebody else sent some days ago, in the platform's words."""
        origin = {"type": "hidden_user", "date": self._now() - 86_400 * days, "sender_user_name": "李演四"}
        return self._message(chat, forward_origin=origin, **content)

    def reply(self, chat: Chat, to: ShownMessage, text: str) -> int:
        """Reply to a message of the bot."""
        assert to in chat.shown
        former: dict[str, Any] = {"message_id": to.id, "date": self._now(), "chat": self._chat_json(chat), "from": BOT}
        if to.buttons:
            former["reply_markup"] = {"inline_keyboard": to.buttons}
        return self._message(chat, text=text, reply_to_message={**former, "text": to.text})

    def edit(self, chat: Chat, text: str) -> int:
        """Change the text of the message that was sent last."""
        return self._edit(chat, text=text)

    def move(self, chat: Chat) -> int:
        """Move on with a live location, which was sent last."""
        return self._edit(chat, location={"latitude": 41.8, "longitude": 123.4, "live_period": 900})

    def _edit(self, chat: Chat, **content: Any) -> int:
        former = self._written.get(chat.id)
        if former is None or not content.keys() <= former.keys():
            raise AssertionError(f"nothing that could be edited so: {former}")
        return self._update(edited_message={**former, "edit_date": self._now(), **content})

    def tap(self, chat: Chat, label: str) -> int:
        """Tap the newest button of a label."""
        for shown in reversed(chat.shown):
            for button in (button for row in shown.buttons for button in row):
                if button["text"] == label:
                    return self.tap_data(chat, shown, button["callback_data"])
        raise AssertionError(f"no button {label!r} under {[shown.text for shown in chat.shown][-3:]}")

    def tap_data(self, chat: Chat, shown: ShownMessage, data: str) -> int:
        """Tap what may no longer be shown."""
        query = f"q{self._next_update}"
        self.open_taps.add(query)
        message = {"message_id": shown.id, "date": self._now(), "chat": self._chat_json(chat), "text": shown.text}
        return self._update(
            callback_query={
                "id": query,
                "from": self._person_json(chat),
                "chat_instance": "1",
                "message": message,
                "data": data,
            }
        )

    def block(self, chat: Chat, *, blocked: bool = True) -> int:
        """Block the bot, or let it in again."""
        chat.blocked = blocked
        states = ("member", "kicked") if blocked else ("kicked", "member")
        old, new = ({"user": BOT, "status": state, "until_date": 0} for state in states)
        return self._update(
            my_chat_member={
                "chat": self._chat_json(chat),
                "from": self._person_json(chat),
                "date": self._now(),
                "old_chat_member": old,
                "new_chat_member": new,
            }
        )

    # What goes wrong

    @property
    def upcoming(self) -> int:
        """The number that the next update has."""
        return self._next_update

    def feed(self, update: object) -> int:
        """Bring an update of any shape, or a text in its place; the number that it has with the platform."""
        number = self._next_update
        self._next_update += 1
        self.odd[number] = update if isinstance(update, str) else json.dumps(update)
        self._news.set()
        return number

    def fail(self, method: str, *faults: Fault | Refusal) -> None:
        """Let the next calls of a method end so."""
        self.faults.setdefault(method.lower(), []).extend(faults)

    def throttle(self, seconds: float, chat: Chat | None = None) -> None:
        """Ask for patience, in one chat or overall."""
        if chat is None:
            self.throttled_until = monotonic() + seconds
        else:
            chat.throttled_until = monotonic() + seconds

    def end_poll_empty(self) -> None:
        """Let the poll that is open bring nothing, as after its time is over."""
        self._news.set()

    def renumber(self, number: int) -> None:
        """Go on with another number, as the platform does after a quiet week."""
        self._next_update = number

    # What a test waits for and reads

    async def until(self, done: Any, *, seconds: float = 20.0) -> None:
        """Wait until `done()` is true; looked at whenever a call has been answered."""
        async with asyncio.timeout(seconds):
            while not done():
                self._changed.clear()
                await self._changed.wait()

    def sends(self, chat: Chat | None = None) -> list[Call]:
        """The calls that were to show something, in order, whatever came of them."""
        return [
            call
            for call in self.calls
            if call.method in ("sendmessage", "editmessagetext", "sendphoto", "senddocument")
            and (chat is None or call.chat == chat.id)
        ]

    # The platform itself

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        arrived = monotonic()
        life = int(request.match_info.get("life", 0))
        params: dict[str, Any] = {}
        try:
            _check_token(request)
            params = await parameters(request)
            faults = self.faults.get(method)
            chat = self.chats.get(int(params["chat_id"])) if "chat_id" in params else None
            fault = faults.pop(0) if faults else None if chat is None else chat.fault
            fault = fault or self.weather(method)
            if self.away or fault is not None:
                broken = await self._break(request, "reset" if self.away or fault is None else fault)
                if broken is not None:
                    return broken
            result = await self._call(method, params)
            if fault == "lost":
                self._note(Call(arrived, method, params, 200, life, told=False))
                return _cut(request)
        except Refusal as refusal:
            self._note(Call(arrived, method, params, refusal.code, life))
            return web.json_response(refusal.body, status=refusal.code)
        self._note(Call(arrived, method, params, 200, life))
        if method == "getupdates":
            told = self.nonsense.pop() if self.nonsense else f"[{','.join(result)}]"
            return web.Response(text=f'{{"ok":true,"result":{told}}}', content_type="application/json")
        return web.json_response({"ok": True, "result": result})

    def _note(self, call: Call) -> None:
        self.calls.append(call)
        self._changed.set()

    async def _break(self, request: web.Request, fault: Fault | Refusal) -> web.StreamResponse | None:
        if isinstance(fault, Refusal):
            raise fault
        if fault == "500":
            raise Refusal(500, "Internal Server Error")
        if fault == "502":
            return web.Response(status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
        if fault == "lost":
            return None
        if fault == "hang":
            await asyncio.sleep(600)
        return _cut(request)

    async def _call(self, method: str, params: dict[str, Any]) -> Any:
        allowed = PARAMETERS.get(method)
        if allowed is None:
            raise Refusal(404, "Not Found")
        unknown = params.keys() - allowed
        if unknown:
            raise Refusal(400, f"Bad Request: unknown parameters {sorted(unknown)}")
        match method:
            case "getme":
                return BOT
            case "getupdates":
                return await self._get_updates(params)
            case "setwebhook":
                return self._set_hook(params)
            case "deletewebhook":
                self._unhook()
                return True
            case "getwebhookinfo":
                return self._hook_info()
            case "getfile":
                return self._get_file(params["file_id"])
            case "setmycommands":
                return self._set_commands(params)
            case "answercallbackquery":
                return self._answer_tap(params["callback_query_id"])
            case _:
                return await self._show(method, params)

    def _set_hook(self, params: dict[str, Any]) -> bool:
        parts = urlsplit(params["url"])
        if parts.scheme != "https" or parts.port not in (None, 443, 80, 88, 8443):
            raise Refusal(400, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        if not re.fullmatch("[A-Za-z0-9_-]{1,256}", params["secret_token"]):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        if not 1 <= int(params["max_connections"]) <= 100:
            raise Refusal(400, "Bad Request: max_connections")
        self.hook = params
        self._end_poll()
        if self._calling is None:
            self._calling = asyncio.create_task(self._bring_all())
        return True

    def _unhook(self) -> None:
        self.hook = {}
        for task in self._bringing.values():
            task.cancel()
        self._bringing.clear()
        if self._calling is not None:
            self._calling.cancel()
            self._calling = None

    def _hook_info(self) -> dict[str, Any]:
        told = {
            "url": self.hook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending) + len(self.odd),
        }
        if not self.hook:
            return told
        kinds, most = self.hook["allowed_updates"], int(self.hook["max_connections"])
        return {**told, "max_connections": most, "allowed_updates": kinds, **self.hook_error}

    async def _bring_all(self) -> None:
        """Bring what is pending, as many at once as is allowed, each again until it is acknowledged."""
        doors = itertools.count()
        while True:
            waits = dict(sorted([*((one["update_id"], json.dumps(one)) for one in self.pending), *self.odd.items()]))
            there = self.doors and not self.away
            for number in [number for number in waits if number not in self._bringing] if there else []:
                if len(self._bringing) < int(self.hook["max_connections"]):
                    door = self.doors[next(doors) % len(self.doors)]
                    self._bringing[number] = asyncio.create_task(self._bring(door, number, waits[number].encode()))
            await asyncio.sleep(0.01)

    async def _bring(self, door: Door, number: int, body: bytes) -> None:
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": self.hook["secret_token"]}
        path = urlsplit(self.hook["url"]).path
        status, answer = await door(path, headers, body)
        if self.repeat:
            status, answer = await door(path, headers, body)
        self.brought.append(status)
        if 200 <= status < 300:
            self.confirmed.add(number)
            self.pending = [one for one in self.pending if one["update_id"] != number]
            self.odd.pop(number, None)
            if answer:
                call = json.loads(answer)
                with suppress(Refusal):
                    await self._call(call.pop("method").lower(), call)
        else:
            why = f"Wrong response from the webhook: {status}"
            self.hook_error = {"last_error_date": self._now(), "last_error_message": why}
            await asyncio.sleep(0.02)
        self._bringing.pop(number, None)
        self._changed.set()

    async def _get_updates(self, params: dict[str, Any]) -> list[str]:
        if self.hook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._end_poll()
        self.polls += 1
        self.last_poll = params
        self._changed.set()
        poll = self._poll = asyncio.get_running_loop().create_future()
        if "offset" in params:
            offset = int(params["offset"])
            self.confirmed |= {one["update_id"] for one in self.pending if one["update_id"] < offset}
            self.pending = [one for one in self.pending if one["update_id"] >= offset]
            self.odd = {number: text for number, text in self.odd.items() if number >= offset}
        self._news.clear()
        if not self.pending and not self.odd and int(params.get("timeout", 0)):
            news = asyncio.create_task(self._news.wait())
            await asyncio.wait([news, poll], timeout=int(params["timeout"]), return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
        if poll.done():
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        self._poll = None
        kinds = params.get("allowed_updates")
        wanted = [one for one in self.pending if kinds is None or kinds_of(one) <= set(kinds)]
        limit = int(params.get("limit", 100))
        numbered = [(one["update_id"], json.dumps(one)) for one in wanted[:limit]]
        batch = [text for _, text in sorted([*numbered, *self.odd.items()])[:limit]]
        if self.shuffle:
            self._random.shuffle(batch)
        return batch * 2 if self.repeat else batch

    def _end_poll(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    async def _show(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        chat = self.chats.get(int(params["chat_id"]))
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if chat.slow is not None:
            await chat.slow.wait()
        wait = max(self.throttled_until, chat.throttled_until) - monotonic()
        if wait > 0:
            seconds = int(wait) + 1
            raise Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        markup = params.get("text", params.get("caption", ""))
        text = shown_text(markup) if params.get("parse_mode") == "HTML" else markup
        check_text(method, params, text)
        buttons = params.get("reply_markup", {}).get("inline_keyboard", [])
        check_buttons(buttons)
        if method == "editmessagetext":
            return self._edit_shown(chat, int(params["message_id"]), text, buttons, markup)
        self._next_message += 1
        file = params.get("photo") or params.get("document")
        chat.shown.append(ShownMessage(self._next_message, text, buttons, markup, file))
        return {"message_id": self._next_message, "date": self._now(), "chat": self._chat_json(chat), "text": text}

    def _edit_shown(
        self, chat: Chat, number: int, text: str, buttons: list[list[dict[str, str]]], markup: str
    ) -> dict[str, Any]:
        shown = next((one for one in chat.shown if one.id == number), None)
        if shown is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if (shown.text, shown.buttons) == (text, buttons):
            raise Refusal(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly "
                "the same as a current content and reply markup of the message",
            )
        shown.text, shown.buttons, shown.markup = text, buttons, markup
        shown.edits += 1
        return {"message_id": shown.id, "date": self._now(), "chat": self._chat_json(chat), "text": text}

    def _answer_tap(self, query: str) -> bool:
        if query not in self.open_taps:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.open_taps.remove(query)
        return True

    def _get_file(self, file: str) -> dict[str, Any]:
        if file not in self.files:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = len(self.files[file])
        if size > 20 * 1024 * 1024:
            raise Refusal(400, "Bad Request: file is too big")
        return {"file_id": file, "file_unique_id": file, "file_size": size, "file_path": f"documents/{file}"}

    def _set_commands(self, params: dict[str, Any]) -> bool:
        scope = params.get("scope", {"type": "default"})
        for command in params["commands"]:
            if not (1 <= len(command["command"]) <= 32 and 1 <= len(command["description"]) <= 256):
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        if scope["type"] == "chat" and int(scope["chat_id"]) not in self.chats:
            raise Refusal(400, "Bad Request: chat not found")
        key = "/".join(str(part) for part in (*scope.values(), params.get("language_code", "")) if part != "")
        self.menus[key] = params["commands"]
        return True

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        faults = self.faults.get("file")
        fault = "reset" if self.away else faults.pop(0) if faults else self.weather("file")
        if fault is not None:
            try:
                broken = await self._break(request, "reset" if fault == "lost" else fault)
            except Refusal as refusal:
                return web.json_response(refusal.body, status=refusal.code)
            if broken is not None:
                return broken
        data = self.files.get(request.match_info["path"].removeprefix("documents/"))
        if request.match_info["token"] != TOKEN or data is None:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.Response(body=data)

    def _keep(self, data: bytes) -> dict[str, str]:
        name = f"file{len(self.files)}"
        self.files[name] = data
        return {"file_id": name, "file_unique_id": name}

    def _message(self, chat: Chat, **content: Any) -> int:
        if len(content.get("text", "")) > TEXT_LIMIT:
            raise AssertionError("no message of the platform is so long")
        message = self._written[chat.id] = {**self._envelope(chat), **content}
        return self._update(message=message)

    def _envelope(self, chat: Chat) -> dict[str, Any]:
        self._next_message += 1
        return {
            "message_id": self._next_message,
            "date": self._now(),
            "chat": self._chat_json(chat),
            "from": self._person_json(chat),
        }

    def _update(self, **content: Any) -> int:
        number = self._next_update
        self._next_update += 1
        self.pending.append({"update_id": number, **content})
        self._news.set()
        return number

    def _now(self) -> int:
        return int(self.wall().timestamp())

    def _chat_json(self, chat: Chat) -> dict[str, Any]:
        return {"id": chat.id, "type": chat.kind, "first_name": chat.name}

    def _person_json(self, chat: Chat) -> dict[str, Any]:
        return {"id": abs(chat.id), "is_bot": False, "first_name": chat.name, "language_code": chat.language}


def parts_of(text: str) -> list[str]:
    """A text as a client sends it: cut at the last line break or space in the second half of what one message holds, or
    at the limit.
    """
    parts = []
    while len(text) > TEXT_LIMIT:
        at = max(text.rfind("\n", TEXT_LIMIT // 2, TEXT_LIMIT), text.rfind(" ", TEXT_LIMIT // 2, TEXT_LIMIT))
        at = TEXT_LIMIT if at < 0 else at
        parts.append(text[:at])
        text = text[at:].lstrip()
    return [*parts, text]


def kinds_of(update: dict[str, Any]) -> set[str]:
    """The kind of an update."""
    return set(update) - {"update_id"}


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _check_token(request: web.Request) -> None:
    if request.match_info["token"] != TOKEN:
        raise Refusal(401, "Unauthorized")
