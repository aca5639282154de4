"""/healthz, /readyz and /metrics of a process, to this machine alone."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final, TypeVar

from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import Connection
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.app import App
from bot.listening import HOST
from bot.metrics import Metrics
from service.care.findings import POLLS_MISSED
from storage import schema, signs
from storage.schema import NewerDatabaseError
from talk.messages import Channel

R = TypeVar("R")

PATIENCE: Final = 5.0
"""Seconds within which a probe must have its answer."""


def application(
    bot: App, metrics: Metrics, receiving: list[Channel], is_alive: Callable[[], Awaitable[bool]]
) -> Starlette:
    """Return the application. `receiving` are the channels whose updates must be taken; `is_alive` is what the service
    manager is told by.
    """

    async def healthz(request: Request) -> Response:
        """Whether the process lives and its loops turn."""
        del request
        standing = [loop for loop, turns in bot.loops.known().items() if not turns]
        if not standing and not await _within(is_alive()):
            standing = ["writer"]
        return _answer(standing)

    async def readyz(request: Request) -> Response:
        """Whether the database can be reached, has tables that serve this process, and updates are taken."""
        del request
        lacking = await _within(bot.database.read(partial(_lacking, receiving=receiving, now=datetime.now(UTC))))
        return _answer(["database"] if lacking is None else lacking)

    async def figures(request: Request) -> Response:
        del request
        return Response(await asyncio.to_thread(metrics.text), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", figures)],
        # A page in a browser of this machine must not get here under a name of its own.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])],
    )


async def _within(asked: Awaitable[R]) -> R | None:
    """What is asked for; None where it fails, or takes too long."""
    try:
        return await asyncio.wait_for(asked, PATIENCE)
    except Exception:  # noqa: BLE001  # whatever it was: that is the answer
        return None


def _lacking(conn: Connection, receiving: list[Channel], now: datetime) -> list[str]:
    try:
        serves = schema.revision(conn) >= schema.head()
    except NewerDatabaseError:
        serves = False
    if not serves:
        return ["schema"]
    polled = {(sign.channel, sign.account): sign.at for sign in signs.known(conn) if sign.what == signs.POLL}
    last = (polled.get((channel.name, channel.account)) for channel in receiving)
    return [] if all(at is not None and now - at <= POLLS_MISSED for at in last) else ["updates"]


def _answer(lacking: list[str]) -> Response:
    return PlainTextResponse(f"{' '.join(lacking)}\n" if lacking else "ok\n", 503 if lacking else 200)
