"""Updates that the platform brings by HTTPS, to whichever process it reaches.

Whoever is called keeps the update in the inbox, and only after the commit says 200; what is not acknowledged the
platform brings again. What is kept is a queue for each person, which any process sees to in the order of the platform's
numbers (`bot/channels/telegram/fetching.py`). One process, the holder of the lease of polling, sees that the webhook
stays set.
"""

import asyncio
import json
import logging
from datetime import UTC, datetime, timedelta
from functools import partial
from hmac import compare_digest
from socket import socket
from time import monotonic
from typing import Any, Final

from sqlalchemy import Connection
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import serving
from bot.app import App
from bot.budget import Verdict
from bot.channels.telegram import reading
from bot.channels.telegram.api import NAME, ApiError, Client, UnreachableError
from bot.channels.telegram.fetching import Fetching
from bot.channels.telegram.polling import Odd, longer, understood, weight, without_number, written
from bot.channels.telegram.reading import Incoming
from bot.loops import POLL as LOOP
from bot.settings import SettingsError, Webhook
from bot.subjects import is_urgent
from storage import fetching, webhooks
from storage.away import is_away
from storage.webhooks import Webhook as Noted
from talk.messages import Address, Inbound
from talk.texts import Say

log = logging.getLogger("anzhu.telegram")

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
"""Where the platform says the secret that it was told (Bot API, setWebhook)."""

CONNECTIONS: Final = 40
"""Calls of the platform at once."""

BODY_LIMIT: Final = 1024 * 1024
"""Bytes of a call: four times the longest update that is taken; what lies between is set aside."""

BODY_WITHIN: Final = 10.0
"""Seconds in which a call must have arrived."""

LOOK_EVERY: Final = 60.0
"""Seconds between two looks whether the webhook is set as it should be."""

RELOAD_EVERY: Final = 60.0
"""Seconds between two looks whether the keys were changed, where a call brings another secret."""

BEHIND: Final = timedelta(hours=1)
"""So long after a call that did not get through the platform may bring what it had kept since."""

VERDICTS: Final = 1000
"""Updates that could not be kept and of which it is remembered what the gate said."""

_NEVER: Final = datetime.fromtimestamp(0, UTC)
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

    def __init__(self, client: Client, account: str, app: App, webhook: Webhook, fetching: Fetching) -> None:
        self._client = client
        self._account = account
        self._app = app
        self._webhook = webhook
        self._fetching = fetching
        self._secret = Secret(app, account)
        self._verdicts: dict[int, Verdict] = {}
        """Of what could not be kept yet."""
        self._unkept = app.trouble("nothing that the platform brings can be kept")
        self.application = Starlette(routes=[Route("/{path:path}", self._answer, methods=_METHODS)])
        """What answers the platform."""

    async def serve(self, listener: socket) -> None:
        """Answer the platform until cancelled."""
        await serving.serve(self.application, listener)

    async def look_after(self) -> None:
        """See that the platform calls, until cancelled."""
        await Upkeep(self._client, self._account, self._app, self._webhook.url, self._secret, self._fetching).run()

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
        return await self._kept(update)

    async def _kept(self, update: Any) -> Response:
        """Keep an update; say whether the platform may forget it."""
        try:
            callback = await self.take(update)
        except Exception as error:  # noqa: BLE001  # whatever it was, the platform brings it again
            if not is_away(error) or isinstance(error, OSError):
                self._unkept.failed(error)
            return _plain(503)
        self._unkept.over()
        self._app.polled[NAME, self._account] = datetime.now(UTC)
        if callback is None:
            return _plain(200)
        # The platform takes a call in the answer: the button stops turning without another one.
        return JSONResponse({"method": "answerCallbackQuery", "callback_query_id": callback})

    async def take(self, update: Any) -> str | None:
        """Keep an update, so that it may be acknowledged: to be handled, declined, or set aside where it is none;
        return the tap in it that is to be answered. Raises where it could not be kept.
        """
        number = reading.number_of(update)
        if number is None:
            odd = without_number(update)
            await self._set_aside(odd.number, odd)
            return None
        raw = written(update)
        late = "callback_query" in update and await self._app.database.read(self._is_behind)
        incoming = understood(update, raw, self._account, late=late)
        if isinstance(incoming, Odd):
            await self._set_aside(number, incoming)
            return None
        if incoming is None:
            return None
        # Before it is kept: a flood must not fill the disk.
        verdict = await self._judged(number, incoming, weight(incoming, raw))
        if verdict is not Verdict.DROP:
            await self._keep(number, incoming, too_much=verdict is Verdict.WARN)
        self._verdicts.pop(number, None)
        return incoming.callback

    def _is_behind(self, conn: Connection) -> bool:
        """Whether the platform may have kept for long what it brings: of a tap nobody knows then when it was made."""
        known, now = webhooks.of(conn, NAME, self._account), self._app.wall()
        if known is None or now - known.looked_at > timedelta(seconds=3 * LOOK_EVERY):
            return True
        return known.failed_at is not None and now - known.failed_at < BEHIND

    async def _judged(self, number: int, incoming: Incoming, spent: float) -> Verdict:
        """What the gate says of an update: once, however often it is brought until it is kept."""
        if number not in self._verdicts:
            await self._app.gate.learn([incoming.inbound.address])
            self._verdicts[number] = self._app.gate.judge(incoming.inbound, spent)
            if len(self._verdicts) > VERDICTS:
                del self._verdicts[next(iter(self._verdicts))]
        return self._verdicts[number]

    async def _keep(self, number: int, incoming: Incoming, *, too_much: bool) -> None:
        inbound = incoming.inbound
        try:
            if too_much:
                await self._app.decline(inbound, Say("too-much"))
            elif incoming.kin is None and is_urgent(inbound):
                await self._app.take(inbound)
            else:
                push = partial(fetching.push, inbound=inbound, at=self._app.wall(), in_parts=incoming.kin is not None)
                after = await self._app.database.write(push, self._app.gate.turn(inbound.address))
                self._fetching.attend(after.total_seconds())
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

    def __init__(self, client: Client, account: str, app: App, url: str, secret: Secret, fetching: Fetching) -> None:
        self._client = client
        self._account = account
        self._app = app
        self._url = url
        self._secret = secret
        self._fetching = fetching
        self._told: str | None = None
        """The secret that the platform was told last; None: it is to be told anew."""
        self._unset = app.trouble("the webhook cannot be set or asked about")
        self._uncalled = app.trouble("the platform cannot bring updates")

    async def run(self) -> None:
        """Look until cancelled."""
        wait = 0.0
        try:
            while True:
                self._app.loops.turns(LOOP, LOOK_EVERY)
                try:
                    wait = LOOK_EVERY if await self.look() else longer(wait)
                except ApiError as error:
                    wait = error.retry_after or longer(wait)
                    self._unset.failed(f"{error.code} {_in_log(error.description)}")
                except Exception as error:  # noqa: BLE001  # whatever it was, the next look comes
                    wait = longer(wait)
                    if not is_away(error):
                        self._unset.failed(error)
                await asyncio.sleep(wait)
        finally:
            self._app.loops.ends(LOOP)

    async def look(self) -> bool:
        """Set the webhook where it is not, see how it is, and note that; return whether it is as it should be. Raises
        ApiError and UnreachableError.
        """
        database, now = self._app.database, self._app.wall()
        if await database.write(partial(fetching.adopt, channel=NAME, account=self._account, at=now)):
            self._fetching.attend()
        if self._told != self._secret.current:
            secret = self._secret.current
            wanted = {
                "url": self._url,
                "max_connections": CONNECTIONS,
                "allowed_updates": list(reading.WANTED),
                "secret_token": secret,
            }
            # Before it is set: what is set from here must be known as ours. How it is nobody knows yet.
            await database.write(partial(webhooks.note, webhook=Noted(NAME, self._account, self._url, _NEVER)))
            await self._client.call("setWebhook", wanted)
            self._told = secret
        info = await self._client.call("getWebhookInfo", {})
        if not isinstance(info, dict):
            raise UnreachableError("getWebhookInfo without an object")
        self._unset.over()
        noted = self._noted(info, now)
        await database.write(partial(webhooks.note, webhook=noted))
        same = info.get("url") == self._url and info.get("max_connections", CONNECTIONS) == CONNECTIONS
        kinds = info.get("allowed_updates", reading.WANTED)
        if not same or not isinstance(kinds, list | tuple) or set(map(str, kinds)) != set(reading.WANTED):
            log.warning("the webhook is not as it was set, it is set again")
            self._told = None
            return False
        if noted.failed_at is not None and now - noted.failed_at < timedelta(seconds=2 * LOOK_EVERY):
            self._uncalled.failed(noted.error or "no reason is told")
            # The secret may be another one by now: it does no harm to be told again.
            self._told = None
            return True
        self._uncalled.over()
        self._app.polled[NAME, self._account] = datetime.now(UTC)
        return True

    def _noted(self, info: dict[str, Any], now: datetime) -> Noted:
        """What the platform says of the webhook, as it is noted."""
        pending, failed, why = (
            info.get(name) for name in ("pending_update_count", "last_error_date", "last_error_message")
        )
        return Noted(
            NAME,
            self._account,
            self._url,
            now,
            pending if isinstance(pending, int) and 0 <= pending < reading.NUMBERS else 0,
            datetime.fromtimestamp(failed, UTC) if isinstance(failed, int) and 0 < failed < reading.FAR else None,
            None if why is None else _in_log(str(why)),
        )


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
