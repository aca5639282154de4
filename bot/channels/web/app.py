"""The web chat's routes: pages that work as plain forms, and live updates for those that can take them."""

import hashlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.channels.web.channel import News
from bot.channels.web.guard import Guard
from bot.channels.web.history import Entry, raw
from bot.channels.web.pages import UPLOAD_MB, UPLOADS, Chat, Persona, clock_at, lines_of, page
from storage.files import SIZE_LIMIT
from talk.messages import Address, FileRef, Inbound, Kind
from talk.texts import CHINESE, Say, render

STATIC = Path(__file__).parent / "static"

LIVE = "Anzhu-Live"
"""The header of a request by our script, which wants a sentence instead of a page when something is refused."""

CHAT = "chat"
"""Where a form stands that leads back to the page of its chat; any other leads back to the desk."""

FORM_BYTES = SIZE_LIMIT + 1024 * 1024
"""The most that a form may weigh: the files and the words beside them."""

FORM_FILES = 200
"""The most files of which a form is read at all; over `UPLOADS` it is refused in words."""

TEXT_BYTES = 64 * 1024
"""The most that a field may weigh beside the files: twenty thousand characters."""

FORM_NUMBERS = 2**42
"""Form numbers are below this: milliseconds since 1970, until the year 2109."""


class Jump(StrEnum):
    """Where the campaign clock can be moved."""

    HALF_HOUR = "half-hour"
    MORNING = "morning"
    DEADLINE = "deadline"
    MONTH_END = "month-end"


class Desk(Protocol):
    """What stands behind the web chat."""

    async def personas(self) -> Sequence[Persona]:
        """The people whose chats are shown, in the order of the page; one at least."""
        ...

    async def take(self, inbound: Inbound) -> bool:
        """Take one message in; False where it was taken before.

        Returns when its answers have left as well: a page without script is drawn right after.
        """
        ...

    async def history(self, address: Address) -> Sequence[Entry]:
        """The chat of an address, oldest first."""
        ...

    async def keep(self, address: Address, data: bytes, name: str) -> FileRef | Say:
        """Keep a file of an address, or say why not."""
        ...

    async def open_file(self, address: Address, sha256: str) -> tuple[bytes, FileRef] | Say | None:
        """A file that stands in the chat of an address, with its content, or why it cannot be had."""
        ...

    async def now(self) -> datetime:
        """Campaign time, in the zone in which people read it."""
        ...

    async def jump(self, to: Jump) -> None:
        """Move the campaign clock forward; returns when what became due has been done and sent."""
        ...


def web_app(desk: Desk, news: News, port: int) -> ASGIApp:
    """The web chat on a port of this machine; `news` is what its `WebChannel` tells."""
    pages = _Pages(desk, news)
    routes = Starlette(
        routes=[
            Route("/", pages.desk),
            Route("/chat/{person:int}", pages.chat),
            Route("/chat/{person:int}", pages.receive, methods=["POST"]),
            Route("/chat/{person:int}/messages", pages.messages),
            Route("/chat/{person:int}/files/{sha256}", pages.file),
            Route("/clock", pages.clock),
            Route("/clock", pages.jump, methods=["POST"]),
            Route("/events", pages.events),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        exception_handlers={HTTPException: _problem, Exception: _problem},
    )
    # Around everything, so that no answer leaves without its headers, not even that of a failure.
    return Guard(routes, (f"127.0.0.1:{port}", f"localhost:{port}"))


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why something was not taken, and what was typed beside it."""

    person: int
    notice: Say
    draft: str = ""


class _Forms:
    """Numbers for forms: each is given once, and they rise, also from one run to the next."""

    def __init__(self) -> None:
        self._last = 0

    def number(self) -> int:
        """A number for a form that is being drawn: milliseconds since 1970, or the next free one."""
        self._last = max(self._last + 1, time.time_ns() // 1_000_000)
        return self._last


class _Pages:
    """The endpoints."""

    def __init__(self, desk: Desk, news: News) -> None:
        self._desk = desk
        self._news = news
        self._forms = _Forms()
        self._last_jump = 0

    async def desk(self, request: Request) -> Response:
        """The chats of all personas, one of them open: it is the one that a phone shows."""
        personas = await self._desk.personas()
        return await self._desk_page(personas, _open(personas, _number(request.query_params.get("open"))))

    async def chat(self, request: Request) -> Response:
        """One chat as a page of its own."""
        return await self._chat_page(await self._persona(request))

    async def messages(self, request: Request) -> Response:
        """The part of a chat that changes, for the script."""
        persona = await self._persona(request)
        return _html(page("_messages.html", persona.language, chat=await self._drawn(persona)))

    async def clock(self, request: Request) -> Response:
        """The part of the clock bar that changes, for the script."""
        personas = await self._desk.personas()
        persona = _open(personas, _number(request.query_params.get("open")))
        clock = clock_at(await self._desk.now(), self._forms.number(), persona.language)
        return _html(page("_now.html", persona.language, clock=clock))

    async def events(self, _: Request) -> Response:
        """News for open pages, as server-sent events."""
        return EventSourceResponse(self._events())

    async def file(self, request: Request) -> Response:
        """A file of a chat; a browser saves it and never shows it as a page of ours."""
        persona = await self._persona(request)
        found = await self._desk.open_file(persona.address, request.path_params["sha256"])
        if found is None:
            raise HTTPException(404)
        if isinstance(found, Say):
            return await self._refuse(request, persona, 410, found)
        content, ref = found
        headers = {"content-disposition": f"attachment; filename*=utf-8''{quote(ref.name, safe='')}"}
        return Response(content, media_type=ref.mime, headers=headers)

    async def jump(self, request: Request) -> Response:
        """Move the clock; a form that was drawn before the last move only shows the new time."""
        length = _number(request.headers.get("content-length"))
        if length is None or length > TEXT_BYTES:
            raise HTTPException(413)
        async with request.form(max_files=0, max_fields=10) as form:
            once, to, back = _once(form), _text(form, "to"), _text(form, "back")
            persona = _open(await self._desk.personas(), _number(_text(form, "open")))
        if to not in list(Jump):
            raise HTTPException(400)
        if once > self._last_jump:
            self._last_jump = self._forms.number()
            await self._desk.jump(Jump(to))
            self._news.clock()
        return _done(request, persona, back)

    async def receive(self, request: Request) -> Response:
        """Words, a tap or files of a person."""
        persona = await self._persona(request)
        length = _number(request.headers.get("content-length"))
        if length is None:
            raise HTTPException(411)
        if length > FORM_BYTES:
            # A browser that cannot finish sending shows an error of its own instead of our answer.
            async for _ in request.stream():
                pass
            return await self._refuse(request, persona, 413, Say("web-too-big", limit=UPLOAD_MB))
        async with request.form(max_files=FORM_FILES, max_fields=10, max_part_size=TEXT_BYTES) as form:
            once, tapped, text, back = _once(form), _text(form, "tap"), _text(form, "text"), _text(form, "back")
            # A form without files sends one that has neither name nor content.
            uploads = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
            if len(uploads) > UPLOADS:
                too_many = Say("hint-too-many-photos", limit=UPLOADS)
                return await self._refuse(request, persona, 422, too_many, text, back)
            files: list[FileRef] = []
            for upload in uploads:
                kept = await self._desk.keep(persona.address, await upload.read(), upload.filename or "")
                if isinstance(kept, Say):
                    return await self._refuse(request, persona, 422, kept, text, back)
                files.append(kept)
        if tapped or text or files:
            await self._desk.take(await self._inbound(persona, once, tapped, text, tuple(files)))
            self._news.message(persona.address)
        return _done(request, persona, back)

    async def _inbound(
        self, persona: Persona, once: int, tapped: str, text: str, files: tuple[FileRef, ...]
    ) -> Inbound:
        content = "\n".join((tapped, text, *(file.sha256 for file in files)))
        inbound = Inbound(
            persona.address,
            # A form that is sent twice is one update. Other words in a form that was used already, which
            # the browser's back button allows, are another: 21 bits of their hash stand below the number.
            once << 21 | int.from_bytes(hashlib.sha256(content.encode()).digest()[:3]) >> 3,
            datetime.now(UTC),
            Kind.BUTTON if tapped else Kind.FILE if files else Kind.TEXT,
            text="" if tapped else text,
            data=tapped,
            files=files,
            language=persona.language,
        )
        return replace(inbound, raw=raw(inbound, await self._desk.now()))

    async def _events(self) -> AsyncIterator[ServerSentEvent]:
        with self._news.listen() as queue:
            # What happened between drawing the page and now is fetched once on this.
            yield ServerSentEvent("ready", event="ready")
            while True:
                event, data = await queue.get()
                yield ServerSentEvent(data, event=event)

    async def _persona(self, request: Request) -> Persona:
        person = request.path_params["person"]
        for persona in await self._desk.personas():
            if persona.person_id == person:
                return persona
        raise HTTPException(404)

    async def _refuse(
        self, request: Request, persona: Persona, status: int, notice: Say, draft: str = "", back: str = ""
    ) -> Response:
        if LIVE in request.headers:
            return PlainTextResponse(render(notice, persona.language), status)
        refusal = _Refusal(persona.person_id, notice, draft)
        if back == CHAT:
            return await self._chat_page(persona, refusal, status)
        return await self._desk_page(await self._desk.personas(), persona, refusal, status)

    async def _desk_page(
        self, personas: Sequence[Persona], shown: Persona, refusal: _Refusal | None = None, status: int = 200
    ) -> Response:
        chats = [await self._drawn(persona, refusal) for persona in personas]
        return await self._page("desk.html", shown, status, chats=chats)

    async def _chat_page(self, persona: Persona, refusal: _Refusal | None = None, status: int = 200) -> Response:
        return await self._page("one.html", persona, status, chat=await self._drawn(persona, refusal))

    async def _page(self, template: str, shown: Persona, status: int, **context: Chat | Sequence[Chat]) -> Response:
        clock = clock_at(await self._desk.now(), self._forms.number(), shown.language)
        return _html(page(template, shown.language, shown=shown, clock=clock, **context), status)

    async def _drawn(self, persona: Persona, refusal: _Refusal | None = None) -> Chat:
        entries = await self._desk.history(persona.address)
        chat = Chat(persona, lines_of(entries, persona.language), self._forms.number())
        if refusal is None or refusal.person != persona.person_id:
            return chat
        return replace(chat, notice=render(refusal.notice, persona.language), draft=refusal.draft)


async def _problem(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    what = Say("web-not-found" if status == 404 else "web-not-kept")
    if LIVE in request.headers:
        return PlainTextResponse(render(what, CHINESE), status)
    return _html(page("problem.html", CHINESE, what=render(what, CHINESE)), status)


def _html(content: str, status: int = 200) -> Response:
    # Forms are numbered anew each time a page is drawn, so none may come out of a cache.
    return HTMLResponse(content, status, headers={"Cache-Control": "no-store"})


def _done(request: Request, persona: Persona, back: str) -> Response:
    """After a form: its page anew, at the chat it belongs to; the script fetches what it wants by itself."""
    if LIVE in request.headers:
        return Response(status_code=204)
    person = persona.person_id
    return RedirectResponse(f"/chat/{person}" if back == CHAT else f"/?open={person}#chat-{person}", 303)


def _open(personas: Sequence[Persona], person: int | None) -> Persona:
    return next((persona for persona in personas if persona.person_id == person), personas[0])


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


def _once(form: FormData) -> int:
    number = _number(_text(form, "once"))
    if number is None or number >= FORM_NUMBERS:
        raise HTTPException(400)
    return number


def _text(form: FormData, name: str) -> str:
    """A field as text: browsers send line ends as CR LF, and no database keeps a NUL."""
    value = form.get(name)
    return value.replace("\r\n", "\n").replace("\0", "").strip() if isinstance(value, str) else ""
