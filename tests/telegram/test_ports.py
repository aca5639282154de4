"""The contract that both libraries keep as clients, and the channel over each."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.telegram.api import DOWNLOAD_LIMIT, ApiError, Client, UnreachableError, Upload
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.service import client_of
from storage.files import FileStore
from talk.messages import (
    Address,
    Broken,
    Button,
    ChannelDown,
    Outbound,
    Refused,
    Rejected,
    Sent,
    Throttled,
)
from tests.samples import pdf, photo
from tests.telegram.fake_api import ACCOUNT, TOKEN, FakeApi
from tests.telegram.rules import Refusal

NOW = datetime(2023, 6, 5, 1, 0, tzinfo=UTC)
TO = Address("telegram", ACCOUNT, "7001")
PNG = photo("现场", "PNG")


@pytest.fixture
async def client(api: FakeApi, library: str) -> AsyncIterator[Client]:
    made = client_of(library, TOKEN, api.address)
    yield made
    await made.close()


@pytest.fixture
def file_store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def channel(client: Client, file_store: FileStore, clock: list[datetime]) -> TelegramChannel:
    return TelegramChannel(client, ACCOUNT, file_store, 0, wall=lambda: clock[-1])


@pytest.fixture
def clock() -> list[datetime]:
    """Give the real time, the last of the list."""
    return [NOW]


async def test_a_call_brings_its_raw_result(client: Client) -> None:
    me = await client.call("getMe", {})
    assert (me["username"], me["is_bot"]) == ("anzhu_test_bot", True)
    assert await client.call("getUpdates", {"timeout": 0, "limit": 100, "allowed_updates": ["message"]}) == []


async def test_values_arrive_as_they_are(api: FakeApi, client: Client) -> None:
    api.chat(7001)
    text = '[1] {"a": 1} & 中文 😀'
    markup = {"inline_keyboard": [[{"text": "是", "callback_data": "p:T:1"}]]}
    await client.call("sendMessage", {"chat_id": 7001, "text": text, "reply_markup": markup})
    assert api.calls[-1].params == {"chat_id": "7001", "text": text, "reply_markup": markup}


async def test_the_api_refuses(api: FakeApi, client: Client) -> None:
    for fault in (Refusal(400, "Bad Request: x"), Refusal(403, "Forbidden: x"), Refusal(409, "Conflict: x")):
        api.fail("getMe", fault)
        with pytest.raises(ApiError) as caught:
            await client.call("getMe", {})
        assert (caught.value.code, caught.value.description) == (fault.code, str(fault))
    api.fail("getMe", Refusal(429, "Too Many Requests", retry_after=3), Refusal(429, "Too Many Requests"))
    for seconds in (3, None):
        with pytest.raises(ApiError) as caught:
            await client.call("getMe", {})
        assert (caught.value.code, caught.value.retry_after) == (429, seconds)


async def test_no_answer_comes(api: FakeApi, client: Client) -> None:
    api.fail("getMe", "500", "502", "reset", "hang")
    for _ in range(4):
        with pytest.raises(UnreachableError):
            await client.call("getMe", {}, seconds=1)
    assert await client.call("getMe", {})


async def test_nobody_listens(library: str) -> None:
    client = client_of(library, TOKEN, "http://127.0.0.1:9")
    for attempt in (client.call("getMe", {}), client.download("documents/1")):
        with pytest.raises(UnreachableError):
            await attempt
    await client.close()


async def test_a_token_that_is_none(api: FakeApi, library: str) -> None:
    client = client_of(library, "1:AAE-wrong", api.address)
    with pytest.raises(ApiError) as caught:
        await client.call("getMe", {})
    assert caught.value.code == 401
    await client.close()


async def test_a_file_goes_out(api: FakeApi, client: Client) -> None:
    chat = api.chat(7001)
    await client.call("sendDocument", {"chat_id": 7001, "document": Upload(PNG, "现场 1.png"), "caption": "图"})
    assert chat.shown[-1].file == ("现场 1.png", PNG)


async def test_a_file_comes_in(api: FakeApi, client: Client) -> None:
    api.files |= {"small": PNG, "large": b"x" * (DOWNLOAD_LIMIT + 100_000)}
    described = await client.call("getFile", {"file_id": "small"})
    assert await client.download(described["file_path"]) == PNG
    assert DOWNLOAD_LIMIT < len(await client.download("documents/large")) <= DOWNLOAD_LIMIT + 100_000
    with pytest.raises(ApiError):
        await client.download("documents/none")
    # aiohttp tries a GET on a connection that broke once more by itself.
    api.fail("file", "502", "reset", "reset")
    for _ in range(2):
        with pytest.raises(UnreachableError):
            await client.download("documents/small")


async def test_sent(api: FakeApi, channel: TelegramChannel) -> None:
    chat = api.chat(7001)
    assert await channel.send(TO, Outbound("你好"), None) == Sent(str(chat.shown[-1].id))


async def test_a_card_is_edited_in_place(api: FakeApi, channel: TelegramChannel) -> None:
    chat = api.chat(7001)
    first = await channel.send(TO, Outbound("选", card="c"), None)
    assert isinstance(first, Sent)
    assert await channel.send(TO, Outbound("选一项", card="c"), first.message_id) == first
    assert [shown.text for shown in chat.shown] == ["选一项"]
    assert await channel.send(TO, Outbound("选一项", card="c"), first.message_id) == first
    renewed = await channel.send(TO, Outbound("选一项", card="c"), "999999")
    assert isinstance(renewed, Sent)
    assert renewed != first


async def test_what_can_come_of_sending(api: FakeApi, channel: TelegramChannel) -> None:
    chat = api.chat(7001)
    assert isinstance(await channel.send(Address("telegram", ACCOUNT, "1"), Outbound("x"), None), Refused)
    api.fail("sendMessage", "502", "reset", Refusal(401, "Unauthorized"), Refusal(400, "Bad Request: can't parse"))
    for expected in (Broken, Broken, ChannelDown, Rejected):
        assert isinstance(await channel.send(TO, Outbound("x"), None), expected)
    assert isinstance(await channel.send(TO, Outbound(" \n"), None), Rejected)
    chat.blocked = True
    assert isinstance(await channel.send(TO, Outbound("x"), None), Refused)


async def test_patience_is_asked_of_one_chat(api: FakeApi, channel: TelegramChannel) -> None:
    api.throttle(2, api.chat(7001))
    assert await channel.send(TO, Outbound("一"), None) == Throttled(NOW + timedelta(seconds=2))


async def test_a_platform_that_answers_nonsense_may_have_shown_it(
    channel: TelegramChannel, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: tuple[object, ...] = (True, [], {}, {"message_id": [7]}, None)
    for nonsense in answers:

        async def call(*_: object, nonsense: object = nonsense, **__: object) -> object:
            return nonsense

        monkeypatch.setattr(client, "call", call)
        assert isinstance(await channel.send(TO, Outbound("x"), None), Broken)


async def test_a_text_in_parts_goes_on_where_it_was_interrupted(
    api: FakeApi, channel: TelegramChannel, clock: list[datetime]
) -> None:
    chat = api.chat(7001)
    long = Outbound("一句话。" * 2500, ((Button("是", "p:T:1"),),))

    first = asyncio.create_task(channel.send(TO, long, None))
    await api.until(lambda: len(chat.shown) == 1)
    api.throttle(30, chat)
    assert isinstance(await first, Throttled)
    chat.throttled_until = 0
    clock.append(NOW + timedelta(seconds=31))
    assert isinstance(await channel.send(TO, long, None), Sent)
    assert "".join(shown.text for shown in chat.shown) == long.text
    assert [bool(shown.buttons) for shown in chat.shown] == [False, False, True]


async def test_a_photo_from_the_shelf(api: FakeApi, channel: TelegramChannel, file_store: FileStore) -> None:
    chat = api.chat(7001)
    for name in ("现场.png", '引"号\\；;=%0A.png', f"{'长' * 75}😀.png"):
        photo = file_store.keep_drawn(PNG, name)
        assert isinstance(await channel.send(TO, Outbound("", files=(photo,)), None), Sent)
        assert chat.shown[-1].file == (photo.name, PNG)
        assert api.calls[-1].method == "sendphoto"


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(400, "Bad Request: PHOTO_SAVE_FILE_INVALID"),
        Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED"),
        Refusal(413, "Request Entity Too Large"),
    ],
    ids=str,
)
async def test_a_file_takes_no_words_down_a_refused_photo_goes_as_a_document(
    api: FakeApi, channel: TelegramChannel, file_store: FileStore, refusal: Refusal
) -> None:
    """Once; a document that is refused is given up."""
    chat = api.chat(7001)
    photo = Outbound("", files=(file_store.keep_drawn(PNG, "现场.png"),))
    api.fail("sendPhoto", refusal, refusal)
    assert isinstance(await channel.send(TO, photo, None), Sent)
    assert chat.shown[-1].file == ("现场.png", PNG)
    api.fail("sendDocument", Refusal(400, "Bad Request: DOCUMENT_INVALID"))
    assert await channel.send(TO, photo, None) == Rejected("400 Bad Request: DOCUMENT_INVALID")
    assert [call.method for call in api.sends(chat)] == ["sendphoto", "senddocument"] * 2


async def test_a_file_takes_no_words_down_what_no_platform_is_asked_for(
    api: FakeApi, channel: TelegramChannel, file_store: FileStore
) -> None:
    """Nothing, too much, and what is not here any more: told by the channel itself."""
    chat = api.chat(7001)
    empty, large = (file_store.keep_drawn(data, "档案.pdf") for data in (b"", bytes(50 * 1024 * 1024 + 1)))
    gone, spoilt = (file_store.keep_drawn(pdf(of), "档案.pdf") for of in ("甲", "乙"))
    file_store.path(gone.sha256).unlink()
    file_store.path(spoilt.sha256).write_bytes(PNG)
    for file, ours in ((empty, False), (large, False), (gone, True), (spoilt, True)):
        came = await channel.send(TO, Outbound("", files=(file,)), None)
        assert isinstance(came, Rejected)
        assert came.ours is ours
    assert api.sends(chat) == []
