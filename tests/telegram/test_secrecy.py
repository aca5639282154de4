"""The token goes to the server that was set, and nowhere else: to no other server, into no error, no log, no table."""

import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.channels.telegram.api import ApiError, Client, UnreachableError
from bot.channels.telegram.service import client_of
from bot.cli.logs import Lines
from bot.hiding import covered, hide
from bot.settings import Settings, SettingsError
from tests.telegram.fake_api import TOKEN

SECRET = TOKEN.partition(":")[2]


@asynccontextmanager
async def serving(handle: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def error_of(act: Awaitable[Any]) -> str:
    """All that an error shows, with what is behind it."""
    with pytest.raises((ApiError, UnreachableError)) as caught:
        await act
    error = caught.value
    return "".join((repr(error), str(error), repr(error.args), *traceback.format_exception(error)))


@asynccontextmanager
async def client_at(library: str, base: str) -> AsyncIterator[Client]:
    client = client_of(library, TOKEN, base)
    try:
        yield client
    finally:
        await client.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(library: str, status: int) -> None:
    elsewhere: list[str] = []

    async def take(request: web.Request) -> web.StreamResponse:
        elsewhere.append(str(request.url))
        return web.json_response({"ok": True, "result": {"username": "evil"}})

    async with serving(take) as other:

        async def lead_away(request: web.Request) -> web.StreamResponse:
            return web.Response(status=status, headers={"Location": f"{other}{request.path}"})

        async with serving(lead_away) as base, client_at(library, base) as client:
            assert SECRET not in await error_of(client.call("getMe", {}))
            assert SECRET not in await error_of(client.download("documents/1.txt"))
    assert elsewhere == []


def _echo(status: int, *, as_json: bool) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        told = f"no {request.url} and {request.path_qs} with {TOKEN} or {TOKEN.replace(':', '%3A')}"
        if as_json:
            return web.json_response({"ok": False, "error_code": status, "description": told}, status=status)
        return web.Response(text=told, status=status, reason=told)

    return answer


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("status", [200, 400, 401, 404, 429, 500, 502])
async def test_what_a_server_echoes_loses_the_token(library: str, status: int, as_json: bool) -> None:
    async with serving(_echo(status, as_json=as_json)) as base, client_at(library, base) as client:
        assert SECRET not in await error_of(client.call("sendMessage", {"chat_id": 1, "text": "x"}))
        if status != 200:
            assert SECRET not in await error_of(client.download("documents/1.txt"))


async def test_a_server_that_is_away_or_breaks_off_names_no_token(library: str) -> None:
    async def break_off(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async with serving(break_off) as base, client_at(library, base) as client:
        assert SECRET not in await error_of(client.call("getMe", {}))
        assert SECRET not in await error_of(client.download("x"))
    async with client_at(library, base) as client:
        assert SECRET not in await error_of(client.call("getMe", {}))
    async with client_at(library, "http://127.0.0.1:1/a b") as client:
        assert SECRET not in await error_of(client.call("getMe", {}))


def test_a_log_line_shows_no_secret_whoever_writes_it() -> None:
    hide(["a-password/that+is long", "short"])
    formatter = Lines()
    error = ValueError(f"GET https://api.telegram.org/bot{TOKEN}/getMe")
    told = (f"http://h/bot{TOKEN}", "postgresql://u:p%40ss@h/d")
    record = logging.LogRecord("asyncio", logging.ERROR, "", 0, "%s at %s", told, (type(error), error, None))
    line = formatter.format(record)
    assert SECRET not in line
    assert "p%40ss" not in line
    assert line.count("***") == 2
    assert covered("a-password/that+is long a-password%2Fthat%2Bis%20long") == "*** ***"
    assert covered("a short word") == "a short word"


def test_settings_show_no_secret() -> None:
    settings = Settings(
        telegram_token=TOKEN,  # type: ignore[arg-type]  # as from the environment
        database_url="postgresql+psycopg://u:pass-word@h/d",
        secret_key="c2l4dGVlbiBieXRlcyBvZiBhIHRlc3Qgc2VjcmV0IGs=",
    )
    shown = f"{settings} {settings!r}"
    assert not [secret for secret in (SECRET, "pass-word", "c2l4dGVlb") if secret in shown]
    assert "pass-word" in settings.secrets


@pytest.mark.parametrize(
    ("address", "insecure", "good"),
    [
        ("https://api.telegram.org", False, True),
        ("https://bot.example:8443/base/", False, True),
        ("http://127.0.0.1:8081", False, True),
        ("http://127.7.7.7", False, True),
        ("http://[::1]:8081", False, True),
        ("http://LOCALHOST:8081", False, True),
        ("http://botapi:8081", False, False),
        ("http://botapi:8081", True, True),
        ("http://10.0.0.7", False, False),
        ("http://localhost.evil.example", False, False),
        ("http://127.0.0.1.evil.example", False, False),
        ("http://user@127.0.0.1", False, False),
        ("https://user:secret@api.telegram.org", False, False),
        ("https://api.telegram.org?x=", False, False),
        ("ftp://127.0.0.1", True, False),
        ("api.telegram.org", True, False),
        ("https://", True, False),
        ("https://[", True, False),
    ],
)
def test_the_api_is_reached_by_https_unless_it_is_here(address: str, insecure: bool, good: bool) -> None:
    settings = Settings(telegram_api=address, telegram_api_insecure=insecure)
    if good:
        assert settings.bot_api == address.rstrip("/")
        return
    with pytest.raises(SettingsError) as refused:
        _ = settings.bot_api
    assert refused.value.what.id == "telegram-bad-api"
