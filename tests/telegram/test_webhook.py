"""Updates that the platform brings: kept before they are acknowledged, once, in order, whichever process is called."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.channels.telegram import polling, webhook
from bot.channels.telegram.fetching import Fetching
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.service import Telegram
from bot.channels.telegram.webhook import BODY_LIMIT, HEADER, Hook, Secret, Upkeep
from bot.settings import Settings, SettingsError
from storage.keys import KeyRing
from storage.tables import inbox
from talk.messages import Inbound
from tests.samples import photo
from tests.telegram.conftest import Bureau, settings_for
from tests.telegram.fake_api import ACCOUNT, Door, FakeApi

URL = "https://bot.example.cn/telegram/brought"
PATH = "/telegram/brought"


@asynccontextmanager
async def calling(hook: Hook) -> AsyncIterator[httpx2.AsyncClient]:
    """Whoever calls one process."""
    transport = httpx2.ASGITransport(hook.application)
    async with httpx2.AsyncClient(transport=transport, base_url="https://bot.example.cn") as client:
        yield client


def hook_of(bureau: Bureau) -> Hook:
    address = bureau.settings.webhook
    assert address is not None
    return Hook(bureau.telegram.client, ACCOUNT, bureau.app, address)


def door(client: httpx2.AsyncClient) -> Door:
    async def call(path: str, headers: dict[str, str], body: bytes) -> int:
        return (await client.post(path, headers=headers, content=body)).status_code

    return call


@asynccontextmanager
async def processes(
    api: FakeApi, folder: Path, template: Path, number: int, **more: object
) -> AsyncIterator[list[tuple[Bureau, httpx2.AsyncClient]]]:
    """Processes on one database, of which the first takes from the inbox."""
    settings = settings_for(api, "ptb", folder, template, webhook_url=URL, **more)
    async with AsyncExitStack() as stack:
        found: list[tuple[Bureau, httpx2.AsyncClient]] = []
        tasks: list[asyncio.Task[None]] = []
        for nth in range(number):
            one = Bureau.found(api, settings)
            stack.push_async_callback(one.stop)
            hook = hook_of(one)
            client = await stack.enter_async_context(calling(hook))
            found.append((one, client))
            if nth == 0:
                await asyncio.to_thread(one.prepare)
                poller = Poller(one.telegram.client, ACCOUNT, one.app)
                files = Fetching(one.telegram.client, ACCOUNT, one.app)
                tasks = [asyncio.create_task(each) for each in (one.app.delivery.run(), files.run(), hook.lead(poller))]
                await api.until(lambda: any(call.method == "getwebhookinfo" for call in api.calls))
        try:
            yield found
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what was sent together be waited for no longer than a test has."""
    monkeypatch.setattr("bot.channels.telegram.acts.QUIET", 0.3)


async def test_who_is_called_in_turn_takes_a_talk_in_its_order(
    api: FakeApi, tmp_path: Path, sqlite_template: Path, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del settled
    async with processes(api, tmp_path, sqlite_template, 2) as both:
        bureau = both[0][0]
        take, taken = bureau.app.take, list[int]()

        async def noted(inbound: Inbound) -> bool:
            taken.extend(part.update_id for part in inbound.updates)
            return await take(inbound)

        monkeypatch.setattr(bureau.app, "take", noted)
        api.doors = [door(client) for _, client in both]
        chat = await bureau.join()
        await bureau.open_june(chat)
        assert len(api.hook["secret_token"]) == 64
        assert api.hook["max_connections"] == "1"
        # The parts of an album reach both, and are one answer all the same.
        shown = len(chat.shown)
        api.send_album(chat, photo("JPEG"), photo("PNG"))
        await api.until(lambda: len(chat.shown) > shown)
        await bureau.idle()
        assert len(chat.shown) == shown + 1
        for nth in range(6):
            api.say(chat, f"第{nth}句")
        await api.until(lambda: not api.pending)
        async with asyncio.timeout(10):
            while True:
                if "waiting" not in await rows(bureau):
                    break
                await asyncio.sleep(0.01)
        assert set(api.brought) == {200}
        assert not api.polls
        assert taken == sorted(api.confirmed)


async def test_what_is_brought_twice_at_once_or_late_is_taken_once(
    api: FakeApi, tmp_path: Path, sqlite_template: Path
) -> None:
    async with processes(api, tmp_path, sqlite_template, 2) as both:
        bureau = both[0][0]
        chat = api.chat(1)
        api.say(chat, "你好")
        api.say(chat, "在吗")
        earlier, later = api.pending
        headers = {HEADER: api.hook["secret_token"]}
        calls = [client.post(PATH, headers=headers, json=later) for _, client in both for _ in range(3)]
        assert {answer.status_code for answer in await asyncio.gather(*calls)} == {200}
        await api.until(lambda: len(chat.shown) == 1)
        assert (await both[1][1].post(PATH, headers=headers, json=earlier)).status_code == 200
        await api.until(lambda: len(chat.shown) == 2)
        for one in (later, earlier):
            assert (await both[1][1].post(PATH, headers=headers, json=one)).status_code == 200
        api.pending.clear()
        await bureau.idle()
        count = select(func.count()).select_from(inbox).where(inbox.c.state == "done")
        assert await bureau.app.database.read(lambda conn: conn.execute(count).scalar_one()) == 2
        assert len(chat.shown) == 2


async def test_what_cannot_be_kept_is_not_acknowledged_and_not_counted_against_anybody(
    api: FakeApi, tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with processes(api, tmp_path, sqlite_template, 1) as alone:
        bureau, client = alone[0]
        chat = api.chat(1)
        api.say(chat, "你好")
        headers = {HEADER: api.hook["secret_token"]}
        write = bureau.app.database.write

        async def away(*_: object) -> None:
            raise OperationalError("COMMIT", {}, Exception("refused"), connection_invalidated=True)

        monkeypatch.setattr(bureau.app.database, "write", away)
        for _ in range(100):
            assert (await client.post(PATH, headers=headers, json=api.pending[0])).status_code == 503
        assert (await client.post(PATH, headers=headers, json={"update_id": 7, "message": 1})).status_code == 503
        monkeypatch.setattr(bureau.app.database, "write", write)
        assert (await client.post(PATH, headers=headers, json=api.pending[0])).status_code == 200
        await api.until(lambda: bool(chat.shown))


def chunks(size: int, read: list[int]) -> Any:
    async def given() -> AsyncIterator[bytes]:
        for nth in range(size // 65536 + 1):
            read.append(nth)
            yield b" " * 65536

    return given()


SAID = {"message_id": 1, "date": 1685926800, "chat": {"id": 9, "type": "private"}, "from": {"id": 9}, "text": "/help"}
GOOD = json.dumps({"update_id": 5, "message": SAID})


async def test_whoever_else_calls_gets_nothing(api: FakeApi, tmp_path: Path, sqlite_template: Path) -> None:
    settings = settings_for(api, "ptb", tmp_path, sqlite_template, webhook_url=URL)
    bureau = Bureau.found(api, settings)
    secret = Secret(bureau.app, ACCOUNT).current
    async with calling(hook_of(bureau)) as client:

        async def call(
            content: Any = GOOD, *, method: str = "POST", path: str = PATH, token: Any = secret, **more: str
        ) -> int:
            headers = {HEADER: token, **more} if token is not None else more
            return (await client.request(method, path, headers=headers, content=content)).status_code

        for wrong in (None, "", "x", secret[:-1], secret + "0", secret.upper(), b"\xe9" * 64):
            assert await call(token=wrong) == 401, wrong
        for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"):
            assert await call(method=method) == 405, method
        for path in ("/", "/telegram", f"{PATH}/", "/healthz", "/metrics"):
            assert await call(path=path) == 404, path
        for length in (str(BODY_LIMIT + 1), "9" * 400):
            assert await call(**{"Content-Length": length}) == 413
        read: list[int] = []
        assert await call(chunks(4 * BODY_LIMIT, read)) == 413
        assert len(read) <= BODY_LIMIT // 65536 + 2
        for odd in (b"", b"\xff\xfe", b"{", b"a=1", b"[" * 200_000, b'{"update_id": ' + b"9" * 5000 + b"}"):
            assert await call(odd) == 400, odd[:20]
        assert not await rows(bureau)
        # What is JSON and no update is set aside, as it is where it is polled; brought again it would hold up the rest.
        odds = ["null", "[]", "7", '"x"', "{}", '{"update_id": "5"}', '{"update_id": 6, "message": 1}']
        odds.append('{"update_id": 8, "message": {"text": "%s"}}' % ("x" * 2 * polling.UPDATE_LIMIT))
        for odd_one in odds:
            assert await call(odd_one) == 200, odd_one[:40]
        assert await rows(bureau) == ["failed"] * len(odds)
        assert await call('{"update_id": 7, "poll": {}}') == 200
        assert await call() == 200
        assert await rows(bureau) == [*["failed"] * len(odds), "waiting"]
        assert bureau.app.polled.keys() == {("telegram", ACCOUNT)}
    await bureau.stop()


async def rows(bureau: Bureau) -> list[str]:
    return await bureau.app.database.read(
        lambda conn: list(conn.execute(select(inbox.c.state).order_by(inbox.c.state)).scalars())
    )


async def test_a_flood_is_told_once_and_fills_nothing(api: FakeApi, tmp_path: Path, sqlite_template: Path) -> None:
    settings = settings_for(api, "ptb", tmp_path, sqlite_template, webhook_url=URL)
    bureau = Bureau.found(api, settings)
    hook = hook_of(bureau)
    update = json.loads(GOOD)
    for nth in range(60):
        await hook.take({**update, "update_id": 100 + nth})
    states = await rows(bureau)
    assert states.count("done") == 1
    assert 1 < states.count("waiting") < 40
    await bureau.stop()


async def test_a_secret_of_a_key_that_was_changed_is_known(
    api: FakeApi, tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(api, "ptb", tmp_path, sqlite_template, webhook_url=URL)
    bureau = Bureau.found(api, settings)
    old, new = bytes(32), bytes([1] * 32)
    kept = [old]
    ring = KeyRing(lambda: kept)
    object.__setattr__(bureau.app.context, "keys", ring)
    secret = Secret(bureau.app, ACCOUNT)
    before = secret.current
    kept[:] = [new, old]
    after = KeyRing.of(new).current.derived(f"webhook/{ACCOUNT}").hex()
    assert not await secret.is_in(after)
    monkeypatch.setattr(webhook, "RELOAD_EVERY", 0.0)
    assert await secret.is_in(after)
    assert await secret.is_in(before)
    assert secret.current == after
    await bureau.stop()


async def test_the_webhook_stays_set_and_it_is_told_where_nobody_gets_through(
    api: FakeApi, tmp_path: Path, sqlite_template: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_for(api, "ptb", tmp_path, sqlite_template, webhook_url=URL, webhook_secret="s" * 20)
    bureau = Bureau.found(api, settings)
    upkeep = Upkeep(bureau.telegram.client, ACCOUNT, bureau.app, URL, Secret(bureau.app, ACCOUNT))
    behind = [upkeep.behind]
    assert await upkeep.look()
    behind.append(upkeep.behind)
    assert api.hook["secret_token"] == "s" * 20
    assert set(api.hook["allowed_updates"]) == {"message", "edited_message", "callback_query", "my_chat_member"}
    assert await upkeep.look()
    assert [call.method for call in api.calls].count("setwebhook") == 1
    noted = bureau.app.polled.copy()
    assert noted
    api.hook = {**api.hook, "url": "https://elsewhere.example/x"}
    assert not await upkeep.look()
    assert await upkeep.look()
    assert api.hook["url"] == URL
    at = datetime.now(UTC).timestamp()
    api.hook_error = {"last_error_date": int(at), "last_error_message": "Connection refused\nby 张演甲"}
    noted = bureau.app.polled.copy()
    assert await upkeep.look()
    behind.append(upkeep.behind)
    assert behind == [True, False, True]
    assert bureau.app.polled == noted
    assert any(line.endswith("the platform cannot bring updates: Connection refusedby ") for line in caplog.messages)
    await bureau.stop()


async def test_back_to_polling_nothing_is_lost(api: FakeApi, tmp_path: Path, sqlite_template: Path) -> None:
    api.hook = {"url": URL, "allowed_updates": [], "max_connections": "1", "secret_token": "x"}
    settings = settings_for(api, "ptb", tmp_path, sqlite_template)
    bureau = Bureau.found(api, settings)
    chat = api.chat(1)
    api.say(chat, "你好")
    await bureau.start()
    try:
        await api.until(lambda: bool(chat.shown))
    finally:
        await bureau.stop()
    taken_back = [call for call in api.calls if call.method == "deletewebhook"]
    assert [call.params for call in taken_back] == [{}]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


async def test_a_process_answers_at_its_port(api: FakeApi, library: str, tmp_path: Path, sqlite_template: Path) -> None:
    listen = f"127.0.0.1:{free_port()}"
    settings = settings_for(api, library, tmp_path, sqlite_template, webhook_url=URL, webhook_listen=listen)
    bureau = Bureau.found(api, settings)
    bureau.telegram.listen()
    with pytest.raises(SettingsError) as refused:
        Telegram(settings).listen()
    assert refused.value.what.id == "telegram-webhook-taken"
    async with httpx2.AsyncClient(base_url=f"http://{listen}") as client:
        api.doors = [door(client)]
        await bureau.start()
        try:
            assert await bureau.say(api.chat(1), "你好")
        finally:
            await bureau.stop()


def bad() -> Iterator[tuple[dict[str, str], str]]:
    for url in ("http://bot.example.cn/x", "bot.example.cn", "https://", "https://u:p@bot.example.cn/", "https://a b/"):
        yield {"webhook_url": url}, "telegram-bad-webhook"
    for url in ("https://[::1/x", "https://bot.example.cn:99999/", "https://bot.example.cn/x?y=1", "https://a/#x", "x"):
        yield {"webhook_url": url}, "telegram-bad-webhook"
    for port in (0, 81, 8080, 9465):
        yield {"webhook_url": f"https://bot.example.cn:{port}/x"}, "telegram-webhook-port"
    for listen in ("9465", ":9465", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "http://127.0.0.1:1", "a b:1"):
        yield {"webhook_url": URL, "webhook_listen": listen}, "telegram-bad-webhook-listen"
    for secret in ("short", "x" * 257, "with a space in its mid", "密钥密钥密钥密钥密钥密钥密钥密钥"):
        yield {"webhook_url": URL, "webhook_secret": secret}, "telegram-bad-webhook-secret"


@pytest.mark.parametrize(("given", "why"), list(bad()))
def test_a_setting_that_cannot_be_used_is_refused(given: dict[str, str], why: str) -> None:
    with pytest.raises(SettingsError) as refused:
        _ = Settings.model_validate(given).webhook
    assert refused.value.what.id == why


@pytest.mark.parametrize("port", ["", ":443", ":80", ":88", ":8443"])
def test_the_ports_of_the_platform_are_taken(port: str) -> None:
    found = Settings.model_validate(
        {"webhook_url": f"https://bot.example.cn{port}/a%20b", "webhook_listen": "[::1]:9465"}
    ).webhook
    assert found is not None
    assert (found.path, found.host, found.port) == ("/a b", "::1", 9465)


def test_without_the_setting_updates_are_polled() -> None:
    assert Settings.model_validate({}).webhook is None
