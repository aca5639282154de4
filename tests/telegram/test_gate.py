"""What strangers, floods and a platform gone mad do to the bot: nothing that another person would notice."""

import asyncio
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, text

from bot.budget import EACH, Standing
from bot.channels.telegram import api as api_module
from bot.channels.telegram import fetching, polling
from bot.channels.telegram.api import NAME
from bot.settings import Settings
from storage import inbox as inbox_rows
from storage.tables import files, identities, inbox, outbox
from talk.messages import Inbound
from tests.telegram.conftest import Bureau, at_work
from tests.telegram.fake_api import ACCOUNT, Chat, FakeApi

NOTE = "会议纪要".encode()
FEW = int(EACH[Standing.STRANGER].burst)


def rows(bureau: Bureau, table: Any) -> int:
    def look(conn: Connection) -> int:
        return int(conn.execute(select(func.count()).select_from(table)).scalar_one())

    return bureau.app.database.look(look)


def failures(bureau: Bureau) -> list[inbox_rows.Failure]:
    return bureau.app.database.look(lambda conn: inbox_rows.failures(conn, 1_000))


def message(by: Chat, number: object, /, **content: Any) -> dict[str, Any]:
    """An update as the platform sends it, but for what is given."""
    envelope = {
        "message_id": 1,
        "date": 1_685_926_800,
        "chat": {"id": by.id, "type": "private"},
        "from": {"id": by.id, "first_name": by.name, "language_code": "zh-hans"},
        "text": "你好",
    }
    return {"update_id": number, "message": envelope | content}


def senders(language: object) -> dict[str, Any]:
    return {"from": {"id": 1, "first_name": "x", "language_code": language}}


ODD: list[object] = [
    {"update_id": 2**70, "message": {"text": "x"}},
    {"update_id": -1},
    {"update_id": "7"},
    {"update_id": True},
    {"update_id": [1]},
    {"message": {"text": "no number"}},
    {},
    [],
    None,
    '"hello"',
    17,
]
BROKEN: list[dict[str, Any]] = [
    senders(["zh"]),
    senders({"a": 1}),
    {"chat": None},
    {"chat": {"id": "x", "type": "private"}},
    {"chat": {"id": 2**80, "type": "private"}},
    {"date": 10**17},
    {"date": -(10**17)},
    {"date": "now"},
    {"text": ["a"]},
    {"text": 7},
    {"document": {"file_id": ["x"]}},
    {"document": []},
    {"photo": "x"},
    {"photo": [{"file_id": "x", "width": [9], "height": [9]}]},
    {"photo": [{"file_id": "x"}]},
    {"message_id": [1], "photo": [{"file_id": {}, "width": 1, "height": 1}]},
]


async def test_updates_of_no_shape_are_set_aside_and_the_next_ones_get_through(api: FakeApi, bureau: Bureau) -> None:
    chat = await bureau.join()
    for odd in ODD:
        api.feed(odd)
    for number, broken in enumerate(BROKEN):
        api.feed(message(chat, 5_500 + number, **broken))
    api.renumber(6_000)
    assert "最近的一项" in await bureau.say(chat, "在吗")
    await api.until(lambda: not api.odd)
    kept = failures(bureau)
    distinct = {repr(odd) for odd in ODD}
    assert len(kept) == len(distinct) + len(BROKEN)
    assert sum(failure.update_id < 0 for failure in kept) == len(distinct)
    assert all(failure.error for failure in kept)


async def test_nothing_but_updates_without_a_number(api: FakeApi, bureau: Bureau) -> None:
    """There is no number to go behind; each had one with the platform all the same."""
    chat = await bureau.join()
    await api.until(lambda: not api.pending)
    for number in range(polling.BATCH + 20):
        api.feed({"nothing": number})
    await api.until(lambda: not api.odd)
    assert "最近的一项" in await bureau.say(chat, "在吗")


async def test_of_updates_without_a_number_a_few_are_remembered(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "ASIDE", 5)
    poller = polling.Poller(bureau.telegram.client, ACCOUNT, bureau.app)
    for first in range(0, 40, 4):
        await poller.accept([{"nothing": number} for number in range(first, first + 4)])
    assert len(poller._aside) == 5
    # The newest are known again, one that was forgotten is kept once all the same.
    await poller.accept([{"nothing": 0}, {"nothing": 39}])
    assert len(failures(bureau)) == 40


@pytest.mark.parametrize(
    "inside",
    ["[" * 10_000 + "]" * 10_000, "9" * 10_000, '{"a":' * 10_000 + "1" + "}" * 10_000, "[1,,2]", '"\\ud8'],
    ids=["deep list", "long number", "deep object", "no JSON", "half an escape"],
)
async def test_one_update_that_cannot_be_read_takes_no_other_with_it(api: FakeApi, bureau: Bureau, inside: str) -> None:
    chat = await bureau.join()
    shown = len(chat.shown)
    await api.until(lambda: not api.pending)
    api.say(chat, "在吗")
    number = api.feed(f'{{"update_id":{api.upcoming},"message":{inside}}}')
    api.say(chat, "还在吗")
    await api.until(lambda: len(chat.shown) == shown + 2)
    await bureau.idle()
    assert [(one.update_id, one.external_id) for one in failures(bureau)] == [(number, "")]


async def test_an_update_of_fifty_megabytes(api: FakeApi, bureau: Bureau) -> None:
    chat = await bureau.join()
    shown = len(chat.shown)
    api.feed(f'{{"update_id":{api.upcoming},"message":{{"text":"{"x" * 50_000_000}"}}}}')
    api.say(chat, "在吗")
    await api.until(lambda: len(chat.shown) == shown + 1)
    (one,) = failures(bureau)
    assert str(api_module.ANSWER_LIMIT) in one.error


async def test_an_update_that_is_larger_than_any(api: FakeApi, bureau: Bureau) -> None:
    chat = await bureau.join()
    number = api.feed(message(chat, api.upcoming, text="长" * 300_000))
    assert "最近的一项" in await bureau.say(chat, "在吗")
    (one,) = failures(bureau)
    assert one.update_id == number
    kept = bureau.app.database.look(
        lambda conn: conn.execute(select(inbox.c.raw).where(inbox.c.update_id == number)).scalar_one()
    )
    assert len(kept["begins"]) <= inbox_rows.RAW_LIMIT


@pytest.mark.parametrize("nonsense", ["{}", '"x"', "7", "null", "true"])
async def test_get_updates_that_brings_no_list(
    api: FakeApi, bureau: Bureau, monkeypatch: pytest.MonkeyPatch, nonsense: str
) -> None:
    monkeypatch.setattr(polling, "FIRST_WAIT", 0.01)
    chat = await bureau.join()
    api.nonsense.append(nonsense)
    assert "最近的一项" in await bureau.say(chat, "在吗")
    assert "最近的一项" in await bureau.say(chat, "还在吗")


async def test_what_no_database_keeps_is_taken_without_it(api: FakeApi, bureau: Bureau) -> None:
    chat = await bureau.join()
    shown = len(chat.shown)
    odd = "你\0好\ud800"
    for content in ({"text": odd}, {"text": f"/receipt {odd}"}, {"caption": odd, "document": {"file_id": odd}}):
        api.feed(message(chat, api.upcoming, **content))
    await api.until(lambda: len(chat.shown) == shown + 3)
    assert failures(bureau) == []


async def test_an_update_that_fails_again_and_again_is_set_aside_and_its_sender_told(
    api: FakeApi, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whatever stage: here the keeping of its file."""
    monkeypatch.setattr(fetching, "FIRST_WAIT", 0.01)
    chat, other = await bureau.join(), api.chat(2)

    async def keep(*_: object) -> object:
        raise NotImplementedError("zip file version 25.5")

    monkeypatch.setattr(bureau.app.gate, "keep", keep)
    api.send_document(chat, NOTE, "坏.zip")
    api.say(other, "你好")
    await api.until(lambda: other.shown)
    await api.until(lambda: "没有处理成功" in chat.shown[-1].text)
    (one,) = failures(bureau)
    assert one.error == "NotImplementedError('zip file version 25.5')"
    monkeypatch.undo()
    assert "最近的一项" in await bureau.say(chat, "在吗")


async def test_a_handler_whose_apology_fails_as_well_holds_up_nobody(
    api: FakeApi, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "FIRST_WAIT", 0.01)
    chat = await bureau.join()
    real = bureau.app.take

    async def take(inbound: Inbound) -> bool:
        if inbound.text == "毒":
            raise ValueError("x")
        return await real(inbound)

    monkeypatch.setattr(bureau.app, "take", take)
    api.say(chat, "毒")
    await api.until(lambda: "没有处理成功" in chat.shown[-1].text)
    assert "最近的一项" in await bureau.say(chat, "在吗")


async def test_a_platform_gone_mad_does_not_fill_the_disk(
    api: FakeApi, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bureau.app.gate._failures, "level", 20.0)
    chat = await bureau.join()
    for number in range(500):
        api.feed({"update_id": 2**60 + number})
    assert "最近的一项" in await bureau.say(chat, "在吗")
    await api.until(lambda: not api.odd)
    assert 20 <= len(failures(bureau)) <= 22


# Strangers


async def test_a_file_of_a_stranger_is_refused_before_it_is_fetched(api: FakeApi, bureau: Bureau) -> None:
    stranger = api.chat(9_009, "路人")
    said = await bureau.answered(stranger, lambda: api.send_document(stranger, NOTE, "纪要.txt"))
    assert said.endswith("请先加入，再发送文件；刚才的文件没有接收。")
    await bureau.answered(stranger, lambda: api.send_photo(stranger, b"\xff\xd8\xff" + b"x" * 500))
    assert {"getfile"} & {call.method for call in api.calls} == set()
    assert (rows(bureau, files), list(bureau.settings.files.glob("*/*"))) == (0, [])


async def test_who_joins_may_send_files_at_once(api: FakeApi, bureau: Bureau) -> None:
    chat = api.chat(7_001, "郑演丙")
    assert "请先加入" in await bureau.answered(chat, lambda: api.send_document(chat, NOTE, "纪要.txt"))
    await bureau.join(7_001)
    assert "最近的一项" in await bureau.answered(chat, lambda: api.send_document(chat, NOTE, "纪要.txt"))


async def test_a_stranger_who_floods_is_told_once_and_leaves_next_to_nothing(api: FakeApi, bureau: Bureau) -> None:
    member, stranger = await bureau.join(), api.chat(9_009, "路人")
    before = [rows(bureau, table) for table in (inbox, outbox, identities)]
    for number in range(1_500):
        api.say(stranger, f"你好{number}")
    began = monotonic()
    assert "最近的一项" in await bureau.say(member, "在吗")
    waited = monotonic() - began
    await bureau.idle()
    after = [rows(bureau, table) for table in (inbox, outbox, identities)]
    assert [new - old for new, old in zip(after, before, strict=True)] == [FEW + 2, FEW + 2, 1]
    assert [one.text.split("\n")[-1][:8] for one in stranger.shown].count("您发得太快了，从") == 1
    assert len(stranger.shown) == FEW + 1
    # Without the gate it was over ten seconds here; the platform's queue alone takes a part of one.
    assert waited < 8


@pytest.mark.parametrize("act", ["edit", "block", "tap", "album"])
async def test_floods_of_every_kind_leave_next_to_nothing(api: FakeApi, bureau: Bureau, act: str) -> None:
    stranger = api.chat(9_009, "路人")
    await bureau.say(stranger, "你好")
    before = rows(bureau, inbox)
    for number in range(300):
        match act:
            case "edit":
                api.edit(stranger, f"改{number}")
            case "block":
                api.block(stranger, blocked=number % 2 == 0)
            case "tap":
                api.tap_data(stranger, stranger.shown[0], f"a:show:{number}")
            case _:
                api.send_photo(stranger, b"\xff\xd8\xff" + bytes(200))
    await api.until(lambda: not api.pending)
    assert rows(bureau, inbox) - before <= FEW
    assert "getfile" not in {call.method for call in api.calls}


async def test_many_groups_leave_few_rows(api: FakeApi, bureau: Bureau) -> None:
    for number in range(1_000):
        api.say(api.chat(-1_000 - number, "群", kind="supergroup"), "/tasks")
    await api.until(lambda: not api.pending)
    assert rows(bureau, identities) < 150
    assert rows(bureau, inbox) < 150


async def test_a_newcomer_with_a_code_joins_while_strangers_flood(api: FakeApi, bureau: Bureau) -> None:
    flooding = True

    async def flood() -> None:
        number = 0
        while flooding:
            for _ in range(40):
                number += 1
                api.say(api.chat(9_000 + number % 400, "路人"), f"你好{number}")
            await asyncio.sleep(0.1)

    floods = asyncio.create_task(flood())
    try:
        chat = await asyncio.wait_for(joining(bureau), 30)
    finally:
        flooding = False
        await floods
    assert any("您已加入" in shown.text for shown in chat.shown)


async def joining(bureau: Bureau) -> Chat:
    """Somebody who joins while much else goes on, so that nothing is ever idle."""
    chat = bureau.api.chat(7_001, "郑演丙")
    bureau.api.say(chat, f"/start {bureau.invite()}")
    for sign, label in (("邀请您以", "同意加入"), ("是您吗", "是我")):
        await bureau.api.until(lambda sign=sign: any(sign in shown.text for shown in chat.shown))
        bureau.api.tap(chat, label)
    await bureau.api.until(lambda: any("您已加入" in shown.text for shown in chat.shown))
    return chat


async def test_a_member_who_floods_makes_nobody_wait(api: FakeApi, bureau: Bureau) -> None:
    busy, other = await bureau.join(), await bureau.join(7_002, "孙演九", "clerk", "浑南区")
    before = rows(bureau, inbox)
    for number in range(1_500):
        api.say(busy, f"在吗{number}")
    began = monotonic()
    await bureau.answered(other, lambda: api.say(other, "/help"))
    waited = monotonic() - began
    await bureau.idle()
    assert rows(bureau, inbox) - before <= EACH[Standing.MEMBER].burst + 10 * waited + 20
    assert sum("您发得太快了" in shown.text for shown in busy.shown) == 1
    assert waited < 8


# What is slow


async def test_a_slow_file_holds_up_nobody_else_however_much_comes(
    api: FakeApi, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept for later and confirmed, or a hundred updates behind it would have filled the platform's answer."""
    chat = await bureau.join()
    others = [await bureau.join(7_100 + number, "孙演九", "clerk", "浑南区") for number in range(3)]
    came = asyncio.Event()
    real = bureau.telegram.client.download

    async def download(path: str) -> bytes:
        await came.wait()
        return await real(path)

    monkeypatch.setattr(bureau.telegram.client, "download", download)
    shown = len(chat.shown)
    slow = api.send_document(chat, NOTE, "纪要.txt")
    api.say(chat, "/me")
    for number in range(40):
        for other in others:
            api.say(other, f"在吗{number}")
    await api.until(lambda: not api.pending)
    assert slow in api.confirmed
    state = select(inbox.c.state).where(inbox.c.update_id == slow)
    assert bureau.app.database.look(lambda conn: conn.execute(state).scalar_one()) == "waiting"
    assert len(chat.shown) == shown
    came.set()
    await api.until(lambda: len(chat.shown) == shown + 2)
    await bureau.idle()
    assert "最近的一项" in chat.shown[shown].text, "what was sent after the file was answered before it"
    assert bureau.app.database.look(lambda conn: conn.execute(state).scalar_one()) == "done"


async def test_what_was_kept_for_later_is_taken_after_a_restart(api: FakeApi, settings: Settings) -> None:
    async with at_work(api, settings) as bureau:
        chat = await bureau.join()
        shown = len(chat.shown)

        async def hang(*_: object) -> bytes:
            await asyncio.sleep(3_600)
            return b""

        bureau.telegram.client.download = hang  # type: ignore[method-assign, assignment]  # as slow as can be
        api.send_document(chat, NOTE, "纪要.txt")
        api.say(chat, "在吗")
        await api.until(lambda: not api.pending)
        assert len(chat.shown) == shown
    async with at_work(api, settings) as bureau:
        await api.until(lambda: len(chat.shown) == shown + 2)
        await bureau.idle()
        waiting = bureau.app.database.look(lambda conn: inbox_rows.waiting(conn, NAME, ACCOUNT))
    assert waiting == []


async def test_what_waited_of_somebody_who_left_is_let_go(api: FakeApi, settings: Settings) -> None:
    async with at_work(api, settings) as bureau:
        await bureau.say(api.chat(1), "你好")
        await bureau.app.database.write(
            lambda conn: conn.execute(text("UPDATE inbox SET state = 'waiting', raw = '{}'")).close()
        )
    async with at_work(api, settings) as bureau:
        assert await bureau.say(api.chat(2), "你好")
        waiting = bureau.app.database.look(lambda conn: inbox_rows.waiting(conn, NAME, ACCOUNT))
    assert waiting == []


async def test_whoever_waits_behind_a_full_poll_of_strangers_is_not_held_up_by_them(
    api: FakeApi, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await bureau.join()
    await api.until(lambda: not api.pending)
    monkeypatch.setattr(polling, "PATIENCE", 600)
    real = bureau.app.take
    never = asyncio.Event()

    async def take(inbound: Inbound) -> bool:
        if inbound.address.external_id != str(chat.id):
            await never.wait()
        return await real(inbound)

    monkeypatch.setattr(bureau.app, "take", take)
    for number in range(2 * polling.BATCH):
        api.say(api.chat(20_000 + number), "你好")
    # Full once more: the last poll, which is not, waits for the member alone.
    for _ in range(polling.BATCH - 1):
        api.say(api.chat(20_000), "还在吗")
    assert "最近的一项" in await bureau.answered(chat, lambda: api.say(chat, "在吗"))
