"""Sending under trouble: slow chats, patience asked for, a poisoned message, two pollers, a restart."""

import asyncio
from datetime import UTC, datetime
from time import monotonic

import pytest
from sqlalchemy import Connection, func, insert, select

from bot.channels.telegram import conflicts, polling
from bot.channels.telegram.api import NAME
from bot.settings import Settings
from storage import outbox
from storage.outbox import REPLY, STRANGER, Letter
from storage.sending import STRANGERS_IN_FLIGHT
from storage.tables import channel_accounts, people
from storage.tables import outbox as letters
from talk.messages import Address, Outbound
from tests.samples import pdf
from tests.telegram.conftest import Bureau, at_work
from tests.telegram.fake_api import ACCOUNT, FakeApi
from tests.telegram.rules import Refusal


def queue(bureau: Bureau, chat: int, *texts: str, priority: int = REPLY, member: bool = False) -> None:
    """Put texts into the outbox, as anything in the bot would."""

    def put(conn: Connection) -> None:
        now = datetime.now(UTC)
        person = (
            conn.execute(insert(people).values(name="甲", language="zh-CN").returning(people.c.id)) if member else None
        )
        number = None if person is None else person.scalar_one()
        for text in texts:
            address = Address(NAME, ACCOUNT, str(chat))
            letter = Letter(f"{chat}/{text}", priority, address, number, "reply", None, Outbound(text), now, None)
            outbox.put(conn, letter, now)

    bureau.app.database.run(put)
    bureau.app.delivery.wake()


def states(bureau: Bureau) -> dict[str, str]:
    """The state of each letter, by its text."""
    rows = bureau.app.database.look(lambda conn: conn.execute(select(letters.c.body, letters.c.state)).all())
    return {row.body["text"]: row.state for row in rows}


def strangers_on_their_way(bureau: Bureau) -> int:
    """How many letters to strangers are being sent."""
    which = select(func.count()).where(letters.c.state == "leased", letters.c.priority == STRANGER)
    return bureau.app.database.look(lambda conn: int(conn.execute(which).scalar_one()))


async def test_a_slow_chat_delays_no_other(api: FakeApi, bureau: Bureau) -> None:
    slow, quick = api.chat(1), api.chat(2)
    slow.slow = asyncio.Event()
    queue(bureau, 1, "甲一", "甲二")
    for number in range(10):
        queue(bureau, 2, f"乙{number}")
        await api.until(lambda number=number: len(quick.shown) == number + 1)
    newcomer = api.chat(3)
    api.say(newcomer, "你好")
    await api.until(lambda: newcomer.shown)
    assert slow.shown == []
    slow.slow.set()
    await api.until(lambda: len(slow.shown) == 2)


async def test_a_slow_file_delays_no_other(api: FakeApi, bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = await bureau.join()
    real, came = bureau.telegram.client.download, asyncio.Event()

    async def download(path: str) -> bytes:
        await came.wait()
        return await real(path)

    monkeypatch.setattr(bureau.telegram.client, "download", download)
    other = api.chat(2)
    shown = len(chat.shown)
    api.send_document(chat, pdf(), "清单.pdf")
    api.say(chat, "在吗")
    api.say(other, "你好")
    await api.until(lambda: other.shown)
    assert len(chat.shown) == shown
    came.set()
    await api.until(lambda: len(chat.shown) == shown + 2)
    await bureau.idle()


async def test_one_poisoned_message_holds_up_nobody(api: FakeApi, bureau: Bureau) -> None:
    chat = api.chat(1)
    api.fail("sendMessage", Refusal(400, "Bad Request: can't parse entities"))
    queue(bureau, 1, "毒", "好")
    await api.until(lambda: chat.shown)
    await bureau.idle()
    assert [shown.text for shown in chat.shown] == ["好"]
    assert states(bureau) == {"毒": "rejected", "好": "sent"}


async def test_patience_is_kept_exactly_and_in_order(api: FakeApi, bureau: Bureau) -> None:
    chat, other = api.chat(1), api.chat(2)
    api.throttle(2.9, chat)
    queue(bureau, 1, "一", "二", "三")
    queue(bureau, 2, "甲")
    await api.until(lambda: len(chat.shown) == 3)
    assert [shown.text for shown in chat.shown] == ["一", "二", "三"]
    assert [shown.text for shown in other.shown] == ["甲"]
    refused, first, *_ = api.sends(chat)
    assert (refused.status, first.status) == (429, 200)
    assert first.at - refused.at >= 2.0


async def test_patience_is_kept_across_a_restart(api: FakeApi, settings: Settings) -> None:
    chat = api.chat(1)
    async with at_work(api, settings) as bureau:
        api.throttle(3, chat)
        queue(bureau, 1, "一")
        await api.until(lambda: api.sends(chat))
    async with at_work(api, settings):
        await api.until(lambda: chat.shown)
    refused, first = api.sends(chat)
    assert (refused.status, first.status) == (429, 200)
    assert first.at - refused.at >= 2


async def test_an_account_that_must_wait_is_left_alone(api: FakeApi, bureau: Bureau) -> None:
    chats = [api.chat(number) for number in range(1, 11)]
    began = monotonic()
    api.throttle(4)
    for chat in chats[:3]:
        queue(bureau, chat.id, "一", member=True)
        await api.until(lambda chat=chat: api.sends(chat))
    for chat in chats[3:]:
        queue(bureau, chat.id, "一", member=True)
    await api.until(lambda: all(chat.shown for chat in chats))
    assert [call.status for call in api.sends()] == [429] * 3 + [200] * 10
    assert api.sends()[3].at >= began + 4


async def test_strangers_who_are_asked_to_wait_make_no_member_wait(api: FakeApi, bureau: Bureau) -> None:
    strangers, member = [api.chat(number) for number in range(1, 11)], api.chat(100)
    for chat in strangers:
        api.throttle(30, chat)
        queue(bureau, chat.id, "一", priority=STRANGER)
    await api.until(lambda: len(api.sends()) == 10)
    began = monotonic()
    queue(bureau, member.id, "一", member=True)
    await api.until(lambda: member.shown)
    assert monotonic() - began < 5


async def test_a_member_who_is_told_too_much_makes_nobody_else_wait(api: FakeApi, bureau: Bureau) -> None:
    """Three people who tap quickly are asked to wait by the platform, each in their own chat."""
    busy, other = [api.chat(number) for number in (1, 2, 3)], api.chat(100)
    for chat in busy:
        queue(bureau, chat.id, "一", member=True)
        await api.until(lambda chat=chat: chat.shown)
        api.throttle(30, chat)
        queue(bureau, chat.id, "二", member=True)
        await api.until(lambda chat=chat: len(api.sends(chat)) == 2)
    began = monotonic()
    queue(bureau, other.id, "一", member=True)
    await api.until(lambda: other.shown)
    assert monotonic() - began < 5


async def test_slow_strangers_do_not_fill_the_way(api: FakeApi, bureau: Bureau) -> None:
    slow = asyncio.Event()
    for number in range(1, 301):
        api.chat(number).slow = slow
        queue(bureau, number, "一", priority=STRANGER)
    member = api.chat(1000)
    queue(bureau, member.id, "一", member=True)
    await api.until(lambda: member.shown)
    assert strangers_on_their_way(bureau) == STRANGERS_IN_FLIGHT
    slow.set()
    await api.until(lambda: len(api.sends()) == 301)


async def test_an_account_without_rights_stops_and_says_so(api: FakeApi, bureau: Bureau) -> None:
    api.chat(1)
    api.fail("sendMessage", Refusal(401, "Unauthorized"))
    queue(bureau, 1, "一", "二")
    await api.until(api.sends)
    await asyncio.sleep(0.5)
    assert states(bureau) == {"一": "ready", "二": "ready"}
    down = select(channel_accounts.c.down_reason)
    assert bureau.app.database.look(lambda conn: conn.execute(down).scalar_one()) == "401 Unauthorized"
    assert len(api.sends()) == 1


async def test_who_meets_another_poller_waits_says_so_and_goes_on(
    api: FakeApi, bureau: Bureau, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(conflicts, "FIRST_WAIT", 0.1)
    monkeypatch.setattr(conflicts, "SECOND_LOOK", 0.1)
    api.fail("getUpdates", Refusal(409, "Conflict: terminated by other getUpdates request"))
    assert await bureau.say(api.chat(1), "你好")
    assert await bureau.say(api.chat(1), "在吗")
    told = [line for line in caplog.messages if "another process polls with this token, this one waits" in line]
    assert [line.startswith("over: ") for line in told] == [False, True]


async def test_polling_goes_on_after_every_trouble(
    api: FakeApi, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "FIRST_WAIT", 0.05)
    api.fail("getUpdates", "502", "reset", "500", Refusal(401, "Unauthorized"), Refusal(429, "x", retry_after=1))
    assert await bureau.say(api.chat(1), "你好")
    assert await bureau.say(api.chat(1), "在吗")


async def test_nothing_that_waits_is_dropped_at_the_start(api: FakeApi, settings: Settings) -> None:
    chat = api.chat(1)
    for text in ("你好", "在吗"):
        api.say(chat, text)
    async with at_work(api, settings):
        await api.until(lambda: len(chat.shown) == 2)


async def test_numbers_may_begin_anew_after_a_quiet_week(api: FakeApi, bureau: Bureau) -> None:
    monday = api.chat(1)
    await bureau.say(monday, "你好")
    # An empty poll confirms what was before; a bot that kept its offset would not see lower numbers.
    await api.until(lambda: api.polls >= 2)
    api.end_poll_empty()
    await api.until(lambda: "offset" not in api.last_poll)
    api.renumber(17)
    await bureau.say(monday, "在吗")
    assert len(monday.shown) == 2
