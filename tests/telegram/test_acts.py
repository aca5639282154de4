"""One act arrives as several updates: what belongs together is answered once, whatever is asked, and nothing of it
falls to the next question.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.channels.telegram.acts import QUIET, Acts
from bot.channels.telegram.api import NAME
from bot.channels.telegram.fetching import Fetching
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.reading import Incoming, read
from bot.settings import Settings
from storage.tables import answers
from talk.messages import Address
from tests.samples import photo
from tests.telegram.conftest import Bureau
from tests.telegram.fake_api import ACCOUNT, Chat, FakeApi

DATE = 1_685_926_800
PHOTOS = [photo(f"photo {number}") for number in range(4)]


class Quiet:
    """The clock by which acts are gathered: it stands until a test lets it go on."""

    def __init__(self) -> None:
        self.waits = 0
        self._passed = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Wait until the time has passed."""
        assert seconds == QUIET, "nothing fails here, so nothing else waits"
        self.waits += 1
        await self._passed.wait()

    def passes(self) -> None:
        """Let what is waited for pass."""
        self._passed.set()
        self._passed = asyncio.Event()


@asynccontextmanager
async def gathering(api: FakeApi, settings: Settings, *, prepares: bool = True) -> AsyncIterator[tuple[Bureau, Quiet]]:
    """A bureau at work whose clock stands."""
    bureau, quiet = Bureau.found(api, settings), Quiet()
    if prepares:
        await asyncio.to_thread(bureau.prepare)
    await bureau.app.reclaim()
    client = bureau.telegram.client
    files = Fetching(client, ACCOUNT, bureau.app)
    poller = Poller(client, ACCOUNT, bureau.app, wait=quiet.wait, on_queued=files.attend)
    tasks = [asyncio.create_task(part.run()) for part in (bureau.app.delivery, files, poller)]
    try:
        yield bureau, quiet
    finally:
        for task in reversed(tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await bureau.telegram.close()
        bureau.app.close()


@pytest.fixture
def library() -> str:
    """One library: both give the same (`test_talks`)."""
    return "ptb"


async def whole(bureau: Bureau, quiet: Quiet, chat: Chat, shown: int) -> list[str]:
    """Let the quiet pass that ends an act; what is said then."""
    await bureau.api.until(lambda: not bureau.api.pending and quiet.waits)
    assert len(chat.shown) == shown, "it was answered before it was whole"
    while len(chat.shown) == shown:
        quiet.passes()
        await asyncio.sleep(0.01)
    await bureau.idle()
    return [one.text for one in chat.shown[shown:]]


async def to_the_confirmation(bureau: Bureau, chat: Chat) -> None:
    await bureau.open_june(chat)
    for label in ("已调度", "是", "今天", "现场调度", "落实整改", "完成"):
        await bureau.tap(chat, label)
    assert "请您核对" in await bureau.say(chat, "没有")


def kept(bureau: Bureau, key: str = "photos") -> list[int]:
    """How many files each answer to a question held, in order."""
    said = select(answers.c.value).where(answers.c.key == key).order_by(answers.c.seq)
    return [len(value) for value in bureau.app.database.look(lambda conn: conn.execute(said).scalars().all())]


async def test_one_act_several_updates_an_album_at_a_photo(api: FakeApi, settings: Settings) -> None:
    """An album is one answer, wherever its caption stands, in whatever order and in however many polls it comes, twice
    as well; nobody else waits for it. What comes late joins that answer, and after its end is told so.
    """
    async with gathering(api, settings) as (bureau, quiet):
        chat = await bureau.join()
        await to_the_confirmation(bureau, chat)
        shown = len(chat.shown)
        api.repeat = api.shuffle = True
        api.send_album(chat, *PHOTOS[:2], captions={1: "会场"})
        await api.until(lambda: not api.pending and quiet.waits)
        assert "您还没有加入" in await bureau.say(api.chat(9_009), "在吗")
        api.send_photo(chat, PHOTOS[2], media_group_id=api.album)
        said = await whole(bureau, quiet, chat, shown)
        assert len(said) == 2
        assert "收到3个文件" in said[0]
        assert "“会场”没有记入" in said[0]
        assert "附件：3个文件" in said[1]
        assert kept(bureau) == [3]

        shown = len(chat.shown)
        api.send_photo(chat, PHOTOS[3], media_group_id=api.album)
        said = await whole(bureau, quiet, chat, shown)
        assert "接着发来的1个文件已并入" in said[0]
        assert kept(bureau) == [3, 4]
        assert "回执编号" in await bureau.tap(chat, "确认提交")

        shown = len(chat.shown)
        api.send_photo(chat, photo("too late"), media_group_id=api.album)
        assert ["到得晚，没有保存" in one for one in await whole(bureau, quiet, chat, shown)] == [True]


async def test_one_act_several_updates_an_album_and_a_kill(api: FakeApi, settings: Settings) -> None:
    """What was confirmed of an album before the process ended is gathered again with what comes after it."""
    async with gathering(api, settings) as (bureau, quiet):
        chat = await bureau.join()
        await to_the_confirmation(bureau, chat)
        shown = len(chat.shown)
        api.send_album(chat, *PHOTOS[:2])
        await api.until(lambda: not api.pending and quiet.waits)
    async with gathering(api, settings, prepares=False) as (bureau, quiet):
        await api.until(lambda: quiet.waits)
        api.send_photo(chat, PHOTOS[2], media_group_id=api.album)
        said = await whole(bureau, quiet, chat, shown)
        assert "收到3个文件" in said[0]
        assert kept(bureau) == [3]


async def test_one_act_several_updates_and_one_that_cannot_be_kept(api: FakeApi, settings: Settings) -> None:
    """Of an album what can be kept is the answer, and what cannot is named."""
    async with gathering(api, settings) as (bureau, quiet):
        chat = await bureau.join()
        await to_the_confirmation(bureau, chat)
        shown = len(chat.shown)
        api.send_album(chat, PHOTOS[0], b"MZ\x00\x01")
        said = await whole(bureau, quiet, chat, shown)
        assert ".jpg" in said[0]
        assert "附件：1个文件" in said[1]
        assert kept(bureau) == [1]


async def test_one_act_several_updates_where_no_file_is_asked(api: FakeApi, settings: Settings) -> None:
    """An album is answered once where words are asked, outside of any talk, and where it is over the budget; its
    caption is the answer where words are asked. A video among photos is told.
    """
    async with gathering(api, settings) as (bureau, quiet):
        chat = await bureau.join()
        shown = len(chat.shown)
        api.send_album(chat, *PHOTOS[:3])
        assert len(await whole(bureau, quiet, chat, shown)) == 1

        await bureau.open_june(chat)
        for label in ("已调度", "是"):
            await bureau.tap(chat, label)
        shown = len(chat.shown)
        api.send_album(chat, *PHOTOS[:3])
        assert ["请回复6月内的日期" in one for one in await whole(bureau, quiet, chat, shown)] == [True]
        shown = len(chat.shown)
        api.send_album(chat, *PHOTOS[:2], captions={1: "6月2日"})
        api.send(chat, video={"file_id": "v"}, media_group_id=api.album)
        said = await whole(bureau, quiet, chat, shown)
        assert "视频" in said[0]
        assert "只收文字，2个文件没有保存" in said[1]
        assert "什么形式" in said[2]


async def test_one_act_several_updates_and_the_budget(api: FakeApi, settings: Settings) -> None:
    """No half of an album is dropped: taken is it, or refused, as a whole."""
    async with gathering(api, settings) as (bureau, quiet):
        chat = await bureau.join()
        await to_the_confirmation(bureau, chat)
        shown = len(chat.shown)
        bucket = bureau.app.gate._budget._accounts[Address(NAME, ACCOUNT, str(chat.id))].bucket
        bucket.level = 3
        api.send_album(chat, *PHOTOS)
        await whole(bureau, quiet, chat, shown)
        assert kept(bureau) == [4]
        shown = len(chat.shown)
        bucket.level = -20
        api.send_album(chat, *PHOTOS)
        assert len(await whole(bureau, quiet, chat, shown)) == 1
        assert kept(bureau) == [4]


async def test_one_act_several_updates_a_text_that_was_cut(api: FakeApi, settings: Settings) -> None:
    """A text that a client sends in several messages is refused as a whole: no rest of it becomes an answer. What was
    written minutes later is no part of it.
    """
    async with gathering(api, settings) as (bureau, quiet):
        chat = await bureau.join()
        await bureau.open_june(chat)
        for label in ("已调度", "是", "今天", "现场调度"):
            await bureau.tap(chat, label)
        for text, length in (("整改" * 2_500, 5_000), (f"{'改' * 3_000}\n{'落实' * 800}", 4_601)):
            shown = len(chat.shown)
            api.say(chat, text)
            await bureau.idle()
            said = [one.text for one in chat.shown[shown:]]
            assert [f"您发了{length}字，未保存" in one for one in said] == [True], said
        shown = len(chat.shown)
        api.send(chat, text="改" * 3_000, date=1_685_926_800)
        api.send(chat, text="落实整改", date=1_685_926_860)
        said = await whole(bureau, quiet, chat, shown)
        assert "您发了3000字" in said[0]
        assert "还有什么问题" in said[1]


async def test_one_act_several_updates_edits(api: FakeApi, settings: Settings) -> None:
    """A message that is changed ten times is told once that it is not read again, after a restart as well; a live
    location is answered when it comes, and never at its moves.
    """
    async with gathering(api, settings) as (bureau, _):
        chat = await bureau.join()
        await bureau.open_june(chat)
        shown = len(chat.shown)
        api.say(chat, "还没想好")
        for number in range(5):
            api.edit(chat, f"还没想好{number}")
        await bureau.idle()
        assert ["以您第一次发送的为准" in one.text for one in chat.shown[shown:]] == [False, True]
    async with gathering(api, settings, prepares=False) as (bureau, _):
        for number in range(5):
            api.edit(chat, f"改{number}")
        await bureau.idle()
        shown = len(chat.shown)
        api.send(chat, location={"latitude": 41.8, "longitude": 123.4, "live_period": 900})
        for _ in range(5):
            api.move(chat)
        await bureau.idle()
        assert len(chat.shown) == shown + 1
        assert "收不了" in chat.shown[-1].text or "只收文字" in chat.shown[-1].text
        # Another message is another act.
        api.say(chat, "在吗")
        assert "以您第一次发送的为准" in await bureau.answered(chat, lambda: api.edit(chat, "在"))


def update(number: int, chat: int = 7001, **content: Any) -> Incoming:
    envelope = {"message_id": number, "date": DATE, "chat": {"id": chat, "type": "private"}}
    incoming = read({"update_id": number, "message": {**envelope, **content}}, ACCOUNT, datetime.now(UTC))
    assert incoming is not None
    return incoming


SHOT = [{"file_id": "a", "width": 9, "height": 9}]
SENT = [
    *(update(number, photo=SHOT, media_group_id="1") for number in (1, 3, 5)),
    *(update(number, photo=SHOT, media_group_id="2") for number in (2, 6)),
    update(4, text="好了"),
    update(7, photo=SHOT),
    *(update(number, 7002, photo=SHOT, media_group_id="1") for number in (8, 9)),
    *(update(number, text="是", forward_origin={"type": "hidden_user", "date": DATE}) for number in (10, 11)),
    update(14, text="改" * 4_000, date=DATE - 60),
]


@given(st.permutations(SENT))
def test_one_act_several_updates_in_whatever_order(sent: list[Incoming]) -> None:
    """Parts find one another however mixed, and nothing joins that is another's or was sent at another time."""
    acts = Acts()
    found = {id(act): act for act in (acts.place(one.inbound.update_id, one)[0] for one in sent)}
    numbers = {tuple(sorted(act.parts)) for act in found.values()}
    assert numbers == {(1, 3, 5), (2, 6), (4,), (7,), (8, 9), (10, 11), (14,)}


def test_one_act_several_updates_a_text_in_its_parts() -> None:
    """What follows a long text at once belongs to it, until a part is short."""
    acts = Acts()
    texts = [update(1, text="改" * 4_096), update(2, text="改" * 3_000), update(3, text="完"), update(4, text="好")]
    placed = [acts.place(one.inbound.update_id, one)[0] for one in texts]
    assert [sorted(act.parts) for act in placed] == [[1, 2, 3], [1, 2, 3], [1, 2, 3], [4]]
    assert len(placed[0].inbound.text) == 4_096 + 3_000 + len("\n完")
