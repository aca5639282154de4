"""Updates that the platform brings by HTTPS, to whichever process it reaches.

Whoever is called keeps the update in the inbox, and only after the commit says 200; what is not acknowledged the
platform brings again. One of the processes, the holder of the lease of polling, takes from the inbox in the order of
the platform's numbers: so one person's messages keep their order and the parts of an album find each other, whichever
process each of them reached. It also sees that the webhook stays set.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from hmac import compare_digest
from socket import socket
from time import monotonic
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import clockwork, serving
from bot.app import App
from bot.budget import Verdict
from bot.channels.telegram import reading
from bot.channels.telegram.api import NAME, ApiError, Client, UnreachableError
from bot.channels.telegram.polling import (
    BATCH,
    Odd,
    Poller,
    longer,
    understood,
    weight,
    without_number,
    written,
)
from bot.channels.telegram.reading import Incoming
from bot.settings import SettingsError, Webhook
from storage.away import is_away
from talk.messages import Address, Inbound
from talk.texts import Say

log = logging.getLogger("anzhu.telegram")

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
"""Where the platform says the secret that it was told (Bot API, setWebhook)."""

CONNECTIONS: Final = 1
"""Calls of the platform at once. With more it brings one person's messages at the same time, and they are kept in any
order; a call takes no longer than a commit, since nothing is handled in it.
"""

BODY_LIMIT: Final = 1024 * 1024
"""Bytes of a call: four times the longest update that is taken; what lies between is set aside."""

BODY_WITHIN: Final = 10.0
"""Seconds in which a call must have arrived."""

LOOK_EVERY: Final = 60.0
"""Seconds between two looks whether the webhook is set as it should be."""

RELOAD_EVERY: Final = 60.0
"""Seconds between two looks whether the keys were changed, where a call brings another secret."""

VERDICTS: Final = 1000
"""Updates that could not be kept and of which it is remembered what the gate said."""

_METHODS: Final = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"]


class Secret:
    """What a call of the platform must bring: what was set, or what is derived from the secret key, the same in every
    process that has it.
    """

    def __init__(self, app: App, account: str) -> None:
        self._given = app.settings.webhook_secret.get_secret_value()
        self._keys = app.context.keys
        self._purpose = f"webhook/{account}"
        self._reloaded = monotonic()

    @property
    def current(self) -> str:
        """What the platform is told to bring."""
        return self._given or self._keys.current.derived(self._purpose).hex()

    async def is_in(self, brought: str) -> bool:
        """Return whether a call brings it, or one of a key that is retired: the platform may not know better yet."""
        if self._is_known(brought):
            return True
        if self._given or monotonic() - self._reloaded < RELOAD_EVERY:
            return False
        # Another process may have rotated the keys and told the platform.
        self._reloaded = monotonic()
        try:
            await asyncio.to_thread(self._keys.reload)
        except (SettingsError, OSError):
            log.exception("the keys cannot be read anew")
        return self._is_known(brought)

    def _is_known(self, brought: str) -> bool:
        known = [self._given] if self._given else [key.derived(self._purpose).hex() for key in self._keys.everything]
        # Each is compared, and in constant time: how long it takes tells nothing.
        return any([compare_digest(brought.encode(), secret.encode()) for secret in known])  # noqa: C419  # each of them


class Hook:
    """The webhook of one account, as one process sees it."""

    def __init__(self, client: Client, account: str, app: App, webhook: Webhook) -> None:
        self._client = client
        self._account = account
        self._app = app
        self._webhook = webhook
        self._secret = Secret(app, account)
        self._arrived = asyncio.Event()
        self._verdicts: dict[int, Verdict] = {}
        """Of what could not be kept yet."""
        self._unkept = app.trouble("nothing that the platform brings can be kept")
        self.application = Starlette(routes=[Route("/{path:path}", self._answer, methods=_METHODS)])
        """What answers the platform."""

    async def serve(self, listener: socket) -> None:
        """Answer the platform until cancelled."""
        await serving.serve(self.application, listener)

    async def lead(self, poller: Poller) -> None:
        """See that the platform calls, and take from the inbox what all processes put there, until cancelled."""
        upkeep = Upkeep(self._client, self._account, self._app, self._webhook.url, self._secret)
        async with asyncio.TaskGroup() as group:
            group.create_task(upkeep.run())
            group.create_task(poller.follow(self._arrived, lambda: upkeep.behind))

    async def _answer(self, request: Request) -> Response:
        if request.scope["path"] != self._webhook.path:
            return _plain(404)
        if request.method != "POST":
            return _plain(405, Allow="POST")
        if not await self._secret.is_in(request.headers.get(HEADER, "")):
            return _plain(401)
        try:
            async with asyncio.timeout(BODY_WITHIN):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return _plain(408)
        if body is None:
            return _plain(413)
        try:
            update = json.loads(body.decode())
        except (ValueError, RecursionError):
            return _plain(400)
        return _plain(200 if await self._is_kept(update) else 503)

    async def _is_kept(self, update: Any) -> bool:
        """Keep an update; return whether the platform may forget it."""
        try:
            await self.take(update)
        except Exception as error:  # noqa: BLE001  # whatever it was, the platform brings it again
            if not is_away(error) or isinstance(error, OSError):
                self._unkept.failed(error)
            return False
        self._unkept.over()
        self._app.polled[NAME, self._account] = datetime.now(UTC)
        self._arrived.set()
        return True

    async def take(self, update: Any) -> None:
        """Keep an update, so that it may be acknowledged: to be handled, declined, or set aside where it is none.
        Raises where it could not be kept.
        """
        number = reading.number_of(update)
        if number is None:
            odd = without_number(update)
            await self._set_aside(odd.number, odd)
            return
        raw = written(update)
        incoming = understood(update, raw, self._account)
        if isinstance(incoming, Odd):
            await self._set_aside(number, incoming)
        elif incoming is not None:
            # Before it is kept: a flood must not fill the disk.
            verdict = await self._judged(number, incoming, weight(incoming, raw))
            if verdict is not Verdict.DROP:
                await self._keep(number, incoming.inbound, too_much=verdict is Verdict.WARN)
            self._verdicts.pop(number, None)

    async def _judged(self, number: int, incoming: Incoming, spent: float) -> Verdict:
        """What the gate says of an update: once, however often it is brought until it is kept."""
        if number not in self._verdicts:
            await self._app.gate.learn([incoming.inbound.address])
            self._verdicts[number] = self._app.gate.judge(incoming.inbound, spent)
            if len(self._verdicts) > VERDICTS:
                del self._verdicts[next(iter(self._verdicts))]
        return self._verdicts[number]

    async def _keep(self, number: int, inbound: Inbound, *, too_much: bool) -> None:
        try:
            if too_much:
                await self._app.decline(inbound, Say("too-much"))
            else:
                await self._app.wait_with([inbound])
        except Exception as error:
            if is_away(error):
                raise
            # By its own fault: brought again it would fail again, and hold up all that comes after it.
            log.exception("update %s failed", number)
            await self._set_aside(number, Odd(written(inbound.raw), repr(error)), inbound)

    async def _set_aside(self, number: int, odd: Odd, inbound: Inbound | None = None) -> None:
        address = Address(NAME, self._account, "") if inbound is None else inbound.address
        await self._app.set_aside(address, number, odd.raw, odd.why, inbound)


class Upkeep:
    """Sets the webhook, and looks from time to time whether it is still set and the platform gets through."""

    def __init__(
        self,
        client: Client,
        account: str,
        app: App,
        url: str,
        secret: Secret,
        *,
        wall: Callable[[], datetime] = clockwork.now,
    ) -> None:
        """`wall` tells the real time, aware."""
        self._client = client
        self._account = account
        self._app = app
        self._url = url
        self._secret = secret
        self._wall = wall
        self._told: str | None = None
        """The secret that the platform was told last; None: it is to be told anew."""
        self._unset = app.trouble("the webhook cannot be set or asked about")
        self._uncalled = app.trouble("the platform cannot bring updates")
        self.behind = True
        """Whether the platform may have kept for long what it brings."""

    async def run(self) -> None:
        """Look for ever."""
        wait = 0.0
        while True:
            try:
                wait = LOOK_EVERY if await self.look() else longer(wait)
            except ApiError as error:
                wait = error.retry_after or longer(wait)
                self._unset.failed(f"{error.code} {_in_log(error.description)}")
            except UnreachableError as error:
                wait = longer(wait)
                self._unset.failed(error)
            await asyncio.sleep(wait)

    async def look(self) -> bool:
        """Set the webhook where it is not, and see how it is; return whether it is as it should be. Raises ApiError and
        UnreachableError.
        """
        if self._told != self._secret.current:
            secret = self._secret.current
            wanted = {
                "url": self._url,
                "max_connections": CONNECTIONS,
                "allowed_updates": list(reading.WANTED),
                "secret_token": secret,
            }
            await self._client.call("setWebhook", wanted)
            self._told = secret
        info = await self._client.call("getWebhookInfo", {})
        if not isinstance(info, dict):
            raise UnreachableError("getWebhookInfo without an object")
        self._unset.over()
        error = self._error(info)
        pending = info.get("pending_update_count")
        self.behind = bool(error) or (isinstance(pending, int) and pending >= BATCH)
        same = info.get("url") == self._url and info.get("max_connections", CONNECTIONS) == CONNECTIONS
        kinds = info.get("allowed_updates", reading.WANTED)
        if not same or not isinstance(kinds, list | tuple) or set(map(str, kinds)) != set(reading.WANTED):
            log.warning("the webhook is not as it was set, it is set again")
            self._told = None
            return False
        if error:
            self._uncalled.failed(error)
            # The secret may be another one by now: it does no harm to be told again.
            self._told = None
            return True
        self._uncalled.over()
        self._app.polled[NAME, self._account] = datetime.now(UTC)
        return True

    def _error(self, info: dict[str, Any]) -> str:
        """Why the platform did not get through a moment ago, in its own words; "": it did."""
        at = info.get("last_error_date")
        if not isinstance(at, int) or self._wall().timestamp() - at >= 2 * LOOK_EVERY:
            return ""
        return _in_log(str(info.get("last_error_message"))) or "no reason is told"


async def _body(request: Request) -> bytes | None:
    """What a call brings; None where it is too much, which is not read to its end."""
    told = request.headers.get("Content-Length", "0")
    if told.isascii() and told.isdigit() and (len(told) > 9 or int(told) > BODY_LIMIT):
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def _in_log(words: str) -> str:
    """What the platform says of our own server, fit for one line of the log."""
    return "".join(sign for sign in words[:160] if sign.isascii() and sign.isprintable())


def _plain(status: int, **headers: str) -> Response:
    return PlainTextResponse("", status, headers=headers)
