"""Updates that the platform brings: kept before they are acknowledged, once, in order, whichever process is called."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.channels.telegram import polling, webhook
from bot.channels.telegram.fetching import Fetching
from bot.channels.telegram.service import Telegram
from bot.channels.telegram.webhook import BODY_LIMIT, HEADER, Hook, Secret, Upkeep
from bot.settings import Settings, SettingsError
from storage import fetching, webhooks
from storage.fetching import GAP, LEASE
from storage.keys import KeyRing
from storage.tables import inbox, outbox
from talk.messages import Address, Inbound, Kind
from tests.network import free_port
from tests.postgres import Postgres
from tests.samples import photo
from tests.telegram.conftest import Bureau, settings_for
from tests.telegram.fake_api import ACCOUNT, Door, FakeApi

URL = "https://bot.example.cn/telegram/brought"
PATH = "/telegram/brought"


@dataclass
class Process:
    """One process that the platform calls: it keeps what it is brought, and sees to what any process has kept."""

    bureau: Bureau
    hook: Hook
    fetching: Fetching
    client: httpx2.AsyncClient
    took: list[int]
    """The updates that it handled."""
    held: asyncio.Event | None = None
    """Until it is set nothing is handled."""
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when something is to be handled that is not."""
    working: asyncio.Task[None] | None = None

    async def post(self, update: dict[str, Any]) -> int:
        """Bring it an update; the status."""
        headers = {HEADER: self.hook._secret.current}
        return (await self.client.post(PATH, headers=headers, json=update)).status_code

    def work(self) -> None:
        """Begin to see to what is kept."""
        self.working = asyncio.create_task(self.fetching.run())


async def process_of(bureau: Bureau, stack: AsyncExitStack) -> Process:
    """A process as `TelegramReceiver` sets it up, whose public address is in the hands of a test."""
    address = bureau.settings.webhook
    assert address is not None
    fetching = Fetching(bureau.telegram.client, ACCOUNT, bureau.app)
    hook = Hook(bureau.telegram.client, ACCOUNT, bureau.app, address, fetching)
    transport = httpx2.ASGITransport(hook.application)
    client = await stack.enter_async_context(httpx2.AsyncClient(transport=transport, base_url="https://bot.example.cn"))
    made = Process(bureau, hook, fetching, client, [])
    take = bureau.app.take

    async def noted(inbound: Inbound) -> bool:
        if made.held is not None:
            made.reached.set()
            await made.held.wait()
        made.took.extend(part.update_id for part in inbound.updates)
        return await take(inbound)

    bureau.app.take = noted  # type: ignore[method-assign, assignment]  # only looked at
    return made


def door(client: httpx2.AsyncClient) -> Door:
    async def call(path: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
        answer = await client.post(path, headers=headers, content=body)
        return answer.status_code, answer.text

    return call


@asynccontextmanager
async def processes(
    api: FakeApi, folder: Path, template: Path, number: int, **more: object
) -> AsyncIterator[list[Process]]:
    """Processes on one database, of which the first sends, and sees that the webhook stays set."""
    settings = settings_for(api, "ptb", folder, template, webhook_url=URL, **more)
    async with AsyncExitStack() as stack:
        found: list[Process] = []
        tasks: list[asyncio.Task[None]] = []
        for _ in range(number):
            one = Bureau.found(api, settings)
            stack.push_async_callback(one.stop)
            found.append(await process_of(one, stack))
            found[-1].work()
        first = found[0]
        await asyncio.to_thread(first.bureau.prepare)
        tasks = [asyncio.create_task(each) for each in (first.bureau.app.delivery.run(), first.hook.look_after())]
        await api.until(lambda: any(call.method == "getwebhookinfo" for call in api.calls))
        try:
            yield found
        finally:
            for task in (*tasks, *(one.working for one in found)):
                assert task is not None
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


async def until_handled(bureau: Bureau) -> None:
    """Wait until nothing waits in the inbox."""
    async with asyncio.timeout(10):
        while True:
            if "waiting" not in await rows(bureau):
                return
            await asyncio.sleep(0.01)


async def test_a_talk_goes_on_whoever_is_called(
    api: FakeApi, tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.fetching.GAP", timedelta(seconds=0.1))
    monkeypatch.setattr("storage.fetching.QUIET", timedelta(seconds=0.4))
    async with processes(api, tmp_path, sqlite_template, 2) as both:
        bureau = both[0].bureau
        api.doors = [door(one.client) for one in both]
        chat = await bureau.join()
        await bureau.open_june(chat)
        assert len(api.hook["secret_token"]) == 64
        assert int(api.hook["max_connections"]) > 1
        # The parts of an album reach both, and are one answer all the same.
        shown = len(chat.shown)
        api.send_album(chat, photo("JPEG"), photo("PNG"))
        await api.until(lambda: len(chat.shown) > shown)
        await bureau.idle()
        assert len(chat.shown) == shown + 1
        said = [api.say(chat, f"第{nth}句") for nth in range(6)]
        await api.until(lambda: not api.pending)
        await until_handled(bureau)
        assert set(api.brought) == {200}
        assert not api.polls
        assert not api.open_taps, "a tap is answered in the answer"
        assert sorted(both[0].took + both[1].took) == sorted(api.confirmed)
        assert [number for number in replied(bureau) if number in said] == said


async def test_to_stop_a_job_waits_for_nothing_that_was_brought_before(
    api: FakeApi, tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with processes(api, tmp_path, sqlite_template, 1) as (one,):
        api.doors = [door(one.client)]
        chat = await one.bureau.join()
        monkeypatch.setattr("storage.fetching.GAP", timedelta(hours=1))
        # The update before it is somebody else's, or on its way: what is sent now waits for it.
        api.renumber(api.upcoming + 1)
        waits = api.say(chat, "在吗")
        names = api.say(chat, "D-0605-01 甲烷0.05%")
        await api.until(lambda: names in replied(one.bureau))
        assert waits not in replied(one.bureau)


def replied(bureau: Bureau) -> list[int]:
    """The updates that were answered, in the order of their answers."""
    replies = select(outbox.c.dedupe).where(outbox.c.dedupe.startswith("in/")).order_by(outbox.c.id)
    return bureau.app.database.look(
        lambda conn: [int(dedupe.split("/")[3]) for dedupe in conn.execute(replies).scalars()]
    )


async def test_ten_messages_of_one_person_are_answered_in_order_by_two_processes_of_which_one_dies(
    api: FakeApi,
    tmp_path: Path,
    sqlite_template: Path,
    postgres: Postgres,
    postgres_template: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = postgres.create(template=postgres_template)
    ahead = timedelta()

    async with processes(api, tmp_path, sqlite_template, 2, database_url=url) as (alive, dies):
        for one in (alive, dies):
            one.bureau.app._wall = one.bureau.app.delivery._wall = lambda: datetime.now(UTC) + ahead
        api.doors = [door(alive.client)]
        chat = await alive.bureau.join()
        api.doors = []
        shown = len(chat.shown)
        said = [api.say(chat, f"第{nth}句") for nth in range(10)]
        kept = {one["update_id"]: one for one in api.pending}
        api.pending.clear()
        # Whoever is brought one answers it.
        for nth in range(4):
            assert await (alive, dies)[nth % 2].post(kept[said[nth]]) == 200
            await until_handled(alive.bureau)
        assert (said[1] in dies.took, said[2] in alive.took) == (True, True)
        # One dies with a message in its hands; the others came in any order, and each of them twice.
        dies.held, reached = asyncio.Event(), dies.reached
        assert await dies.post(kept[said[4]]) == 200
        await asyncio.wait_for(reached.wait(), 5)
        calls = [one.post(kept[said[nth]]) for nth in (9, 8, 6, 7, 5) for one in (dies, alive)]
        assert set(await asyncio.gather(*calls)) == {200}
        monkeypatch.setattr(dies.fetching, "_close", lambda: asyncio.sleep(0))
        for task in (dies.working, *dies.fetching._tasks):
            assert task is not None
            task.cancel()
        ahead = 2 * GAP
        await alive.fetching.turn()
        assert (alive.fetching._in_hand, alive.took[-1] < said[4]) == ({}, True), "nobody overtakes it"
        ahead = LEASE
        alive.fetching.attend()
        await until_handled(alive.bureau)
        await alive.bureau.idle()
        assert [number for number in replied(alive.bureau) if number in said] == said
        assert len(chat.shown) == shown + 10
    postgres.drop(url)


async def test_what_is_brought_twice_at_once_or_late_is_taken_once(
    api: FakeApi, tmp_path: Path, sqlite_template: Path
) -> None:
    async with processes(api, tmp_path, sqlite_template, 2) as both:
        bureau = both[0].bureau
        chat = api.chat(1)
        api.say(chat, "你好")
        api.say(chat, "在吗")
        earlier, later = api.pending
        assert set(await asyncio.gather(*(one.post(later) for one in both for _ in range(3)))) == {200}
        await api.until(lambda: len(chat.shown) == 1)
        assert await both[1].post(earlier) == 200
        await api.until(lambda: len(chat.shown) == 2)
        for update in (later, earlier):
            assert await both[1].post(update) == 200
        api.pending.clear()
        await bureau.idle()
        count = select(func.count()).select_from(inbox).where(inbox.c.state == "done")
        assert await bureau.app.database.read(lambda conn: conn.execute(count).scalar_one()) == 2
        assert len(chat.shown) == 2


async def test_what_was_brought_waits_a_moment_for_what_is_still_on_its_way(
    api: FakeApi, tmp_path: Path, sqlite_template: Path
) -> None:
    """Also for what is on its way before the one before, and is another person's."""
    bureau = Bureau.found(api, settings_for(api, "ptb", tmp_path, sqlite_template, webhook_url=URL))
    database, at, me = bureau.app.database, datetime.now(UTC), Address("telegram", ACCOUNT, "9")

    def push(number: int, who: Address = me) -> timedelta:
        inbound = Inbound(who, number, at, Kind.TEXT, "x", raw={"update_id": number})
        return database.run(partial(fetching.push, inbound=inbound, at=at, in_parts=False))

    def claimed(after: timedelta) -> list[int]:
        claim = partial(fetching.claim, channel="telegram", account=ACCOUNT, now=at + after, limit=9)
        return [one.update_id for one in database.run(claim)]

    assert [push(12), push(13, replace(me, external_id="8")), push(14)] == [GAP] * 3
    assert claimed(timedelta()) == []
    assert push(11) == GAP
    assert claimed(GAP) == [11, 13]
    # What comes late is taken all the same.
    assert push(10) == GAP
    assert claimed(GAP) == [10]
    await bureau.stop()


async def test_what_cannot_be_kept_is_not_acknowledged_and_not_counted_against_anybody(
    api: FakeApi, tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with processes(api, tmp_path, sqlite_template, 1) as alone:
        bureau = alone[0].bureau
        chat = api.chat(1)
        api.say(chat, "你好")
        write = bureau.app.database.write

        async def away(*_: object) -> None:
            raise OperationalError("COMMIT", {}, Exception("refused"), connection_invalidated=True)

        monkeypatch.setattr(bureau.app.database, "write", away)
        for _ in range(100):
            assert await alone[0].post(api.pending[0]) == 503
        assert await alone[0].post({"update_id": 7, "message": 1}) == 503
        monkeypatch.setattr(bureau.app.database, "write", write)
        assert await alone[0].post(api.pending[0]) == 200
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
    async with AsyncExitStack() as stack:
        client = (await process_of(bureau, stack)).client

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
    update = json.loads(GOOD)
    async with AsyncExitStack() as stack:
        hook = (await process_of(bureau, stack)).hook
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
    fetching = Fetching(bureau.telegram.client, ACCOUNT, bureau.app)
    upkeep = Upkeep(bureau.telegram.client, ACCOUNT, bureau.app, URL, Secret(bureau.app, ACCOUNT), fetching)
    assert await upkeep.look()
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
    at = datetime.now(UTC).replace(microsecond=0)
    api.hook_error = {"last_error_date": int(at.timestamp()), "last_error_message": "Connection refused\nby 张演甲"}
    noted = bureau.app.polled.copy()
    api.say(api.chat(1), "你好")
    assert await upkeep.look()
    assert bureau.app.polled == noted
    assert any(line.endswith("the platform cannot bring updates: Connection refusedby ") for line in caplog.messages)
    (known,) = bureau.app.database.look(webhooks.known)
    assert (known.url, known.pending, known.failed_at, known.error) == (URL, 1, at, "Connection refusedby ")
    await bureau.stop()


def undated(bureau: Bureau) -> list[bool]:
    found = select(inbox.c.undated).order_by(inbox.c.update_id)
    return bureau.app.database.look(lambda conn: list(conn.execute(found).scalars()))


async def test_of_a_tap_that_the_platform_may_have_kept_nobody_knows_when_it_was(
    api: FakeApi, tmp_path: Path, sqlite_template: Path
) -> None:
    settings = settings_for(api, "ptb", tmp_path, sqlite_template, webhook_url=URL)
    bureau = Bureau.found(api, settings)
    tapped = {"id": "q", "from": {"id": 9}, "chat_instance": "1", "message": SAID, "data": "a:show:1"}
    async with AsyncExitStack() as stack:
        one = await process_of(bureau, stack)
        now = datetime.now(UTC)
        hour = timedelta(hours=1)
        known = webhooks.Webhook("telegram", ACCOUNT, URL, now)
        for number, hook in enumerate((
            None,
            known,
            replace(known, failed_at=now - 2 * hour),
            replace(known, failed_at=now - hour / 2),
            replace(known, looked_at=now - hour),
        )):  # fmt: skip
            if hook is not None:
                bureau.app.database.run(partial(webhooks.note, webhook=hook))
            assert await one.post({"update_id": 10 + number, "callback_query": tapped}) == 200
    assert undated(bureau) == [True, False, False, True, True]
    await bureau.stop()


@pytest.mark.parametrize(("url", "ours"), [(URL, True), ("https://elsewhere.example/x", False)])
async def test_back_to_polling_what_was_set_from_here_is_taken_back_and_nothing_is_lost(
    api: FakeApi, tmp_path: Path, sqlite_template: Path, caplog: pytest.LogCaptureFixture, url: str, ours: bool
) -> None:
    api.hook = {"url": url, "allowed_updates": [], "max_connections": "1", "secret_token": "x"}
    bureau = Bureau.found(api, settings_for(api, "ptb", tmp_path, sqlite_template))
    noted = webhooks.Webhook("telegram", ACCOUNT, URL, datetime.now(UTC))
    bureau.app.database.run(partial(webhooks.note, webhook=noted))
    chat = api.chat(1)
    api.say(chat, "你好")
    await bureau.start()
    try:
        if not ours:
            where = "a webhook that was not set from this database keeps updates away: elsewhere.example"
            await api.until(lambda: any(line.endswith(where) for line in caplog.messages))
            assert api.hook
            api.hook = {}  # whoever set it takes it back
        await api.until(lambda: bool(chat.shown))
    finally:
        await bureau.stop()
    taken_back = [call.params for call in api.calls if call.method == "deletewebhook"]
    assert taken_back == ([{}] if ours else [])
    again = Bureau.found(api, bureau.settings)
    assert again.app.database.look(webhooks.known) == []
    await again.stop()


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
