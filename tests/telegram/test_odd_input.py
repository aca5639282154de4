"""Odd input as it comes from Telegram: the rows of the contract's table that a platform has a part in."""

import asyncio
import sqlite3
from typing import TypeVar

import pytest
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import OperationalError

from bot.channels.telegram.api import DOWNLOAD_LIMIT
from bot.channels.telegram.menus import Menus
from service.core.assurance import Policy
from storage import accounts
from storage.engine import Job, Turn
from storage.tables import answers, identities, inbox
from tests.samples import pdf
from tests.telegram.conftest import Bureau
from tests.telegram.fake_api import ACCOUNT, Chat
from tests.telegram.rules import Refusal

R = TypeVar("R")


def count(bureau: Bureau, table: object) -> int:
    def look(conn: Connection) -> int:
        number: int = conn.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]  # any table
        return number

    return bureau.app.database.look(look)


async def on_the_day(bureau: Bureau) -> Chat:
    """Somebody who is asked for the day of the dispatch."""
    chat = await bureau.join()
    await bureau.open_june(chat)
    await bureau.tap(chat, "已调度")
    assert "哪天" in await bureau.tap(chat, "是")
    return chat


async def test_sticker_voice_or_video_where_text_is_asked(bureau: Bureau) -> None:
    chat = await on_the_day(bureau)
    for content in ({"sticker": {"file_id": "s"}}, {"voice": {"file_id": "v"}}, {"video": {"file_id": "v"}}):
        said = await bureau.answered(chat, lambda content=content: bureau.api.send(chat, **content))  # type: ignore[misc]  # bound now
        assert said.endswith("请回复6月内的日期，如“6月1日”。")


async def test_unknown_command_and_text_outside_a_dialog(bureau: Bureau) -> None:
    chat = await bureau.join()
    for text in ("/nonsense", "在吗"):
        assert "最近的一项" in await bureau.say(chat, text)


async def test_old_button_and_double_tap(bureau: Bureau) -> None:
    chat = await bureau.join()
    await bureau.open_june(chat)
    await bureau.tap(chat, "已调度")
    card = chat.shown[-1]
    yes, no = (button["callback_data"] for button in card.buttons[0][:2])
    await bureau.tap(chat, "是")
    before = count(bureau, answers), len(chat.shown)
    bureau.api.tap_data(chat, card, yes)
    await bureau.idle()
    assert (count(bureau, answers), len(chat.shown)) == before
    assert "这一项您已回答：是。" in await bureau.answered(chat, lambda: bureau.api.tap_data(chat, card, no))
    assert [button["text"] for row in chat.shown[-1].buttons for button in row] == ["修改"]
    await bureau.api.until(lambda: not bureau.api.open_taps)


async def test_edited_message(bureau: Bureau) -> None:
    chat = await on_the_day(bureau)
    before = count(bureau, answers)
    said = await bureau.answered(chat, lambda: bureau.api.edit(chat, "6月2日"))
    assert "以您第一次发送的为准" in said
    assert count(bureau, answers) == before


async def test_two_answers_at_once(bureau: Bureau) -> None:
    chat = await on_the_day(bureau)
    shown = len(chat.shown)
    bureau.api.say(chat, "6月2日")
    bureau.api.say(chat, "6月3日")
    await bureau.api.until(lambda: len(chat.shown) == shown + 2)
    assert "什么形式" in chat.shown[-2].text
    assert "未能识别“6月3日”" in chat.shown[-1].text


async def test_group_chat(bureau: Bureau) -> None:
    group = bureau.api.chat(-1001, "安全群", kind="supergroup")
    assert "请与我单独聊天办理" in await bureau.say(group, "/tasks@anzhu_test_bot")
    bureau.api.say(group, "/tasks@anzhu_test_bot")
    await bureau.idle()
    assert len(group.shown) == 1


async def test_person_without_a_role(bureau: Bureau) -> None:
    stranger = bureau.api.chat(9009, "路人", language="en")
    assert "You have not joined" in await bureau.say(stranger, "/start")


async def test_blocked_and_unblocked(bureau: Bureau) -> None:
    chat = await bureau.join()
    bureau.api.block(chat)
    await bureau.idle()
    refused = select(identities.c.refused_at)
    assert bureau.app.database.look(lambda conn: conn.execute(refused).scalar_one()) is not None
    bureau.api.block(chat, blocked=False)
    await bureau.idle()
    assert bureau.app.database.look(lambda conn: conn.execute(refused).scalar_one()) is None


async def test_repeated_and_reordered_updates(bureau: Bureau) -> None:
    chat = await on_the_day(bureau)
    bureau.api.shuffle = bureau.api.repeat = True
    shown = len(chat.shown)
    for text in ("6月2日", "现场调度", "更换除尘风机", "资金3万元"):
        bureau.api.say(chat, text)
    await bureau.api.until(lambda: len(chat.shown) == shown + 4)
    await bureau.idle()
    assert "请您核对" in chat.shown[-1].text
    assert len(chat.shown) == shown + 4


async def test_a_file_that_is_too_big_or_of_no_use(bureau: Bureau) -> None:
    chat = await bureau.join()
    api = bureau.api
    big = await bureau.answered(chat, lambda: api.send_document(chat, b"x", "录像.pdf", size=DOWNLOAD_LIMIT + 1))
    assert "录像.pdf" in big
    assert "20" in big
    program = await bureau.answered(chat, lambda: api.send_document(chat, b"MZ\x00\x01", "setup.exe"))
    assert "setup.exe" in program
    before = count(bureau, inbox)
    api.fail("getFile", Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable"))
    assert "没能取到" in await bureau.answered(chat, lambda: api.send_document(chat, b"%PDF-1", "清单.pdf"))
    assert count(bureau, inbox) == before + 1
    assert [call.method for call in api.calls].count("getfile") == 2


async def test_a_file_is_fetched_again_when_the_platform_stumbles(bureau: Bureau) -> None:
    chat = await bureau.join()
    bureau.api.fail("getFile", "502")
    bureau.api.fail("file", "reset")
    said = await bureau.answered(chat, lambda: bureau.api.send_document(chat, pdf(), "清单.pdf"))
    assert "最近的一项" in said


async def test_disk_full_or_database_away(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = await on_the_day(bureau)
    before = count(bureau, inbox)
    real = bureau.app.database.write
    tries: list[int] = []
    failed = asyncio.Event()

    async def write(job: Job[R], turn: Turn = Turn.MEMBER) -> R:
        tries.append(1)
        if len(tries) < 6:
            failed.set()
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise OperationalError("INSERT", {}, full)
        return await real(job, turn)

    monkeypatch.setattr(bureau.app.database, "write", write)
    first = bureau.api.say(chat, "6月2日")
    await failed.wait()
    bureau.api.say(chat, "现场调度")
    await asyncio.sleep(0.5)
    assert [update["update_id"] for update in bureau.api.pending] == [first, first + 1]
    await bureau.api.until(lambda: "议定了哪些事项" in chat.shown[-1].text)
    assert count(bureau, inbox) == before + 2


async def test_the_name_of_the_bot_and_the_menus(bureau: Bureau) -> None:
    api = bureau.api
    await api.until(lambda: len(api.menus) == 2)
    assert bureau.app.database.look(lambda conn: accounts.bot_name(conn, "telegram")) == "anzhu_test_bot"
    chinese, english = api.menus["all_private_chats"], api.menus["all_private_chats/en"]
    assert [one["command"] for one in chinese] == [one["command"] for one in english]
    assert (chinese[0]["description"], english[0]["description"]) == ("待办任务", "Open tasks")


@pytest.mark.parametrize(("policy", "ordinary"), [(Policy.STAFF, False), (Policy.EVERYONE, True)])
async def test_the_second_factor_is_in_the_menus_of_those_who_need_it(
    bureau: Bureau, policy: Policy, ordinary: bool
) -> None:
    await bureau.api.until(lambda: len(bureau.api.menus) == 2)
    clerk = await bureau.join(7002, "孙演九", "clerk", "浑南区")
    await Menus(bureau.telegram.client, ACCOUNT, bureau.app.database, policy).refresh()
    offered = {name: {one["command"] for one in menu} for name, menu in bureau.api.menus.items()}
    assert ("factor" in offered["all_private_chats"]) is ordinary
    assert "factor" in offered[f"chat/{clerk.id}"]


async def test_staff_and_readers_of_english_have_menus_of_their_own(bureau: Bureau) -> None:
    principal, clerk = await bureau.join(), await bureau.join(7002, "孙演九", "clerk", "浑南区")
    leader = await bureau.join(7003, "李演五", "leader", "浑南区")
    menus = Menus(bureau.telegram.client, ACCOUNT, bureau.app.database, Policy.OFF)
    await menus.refresh()
    offered = {chat.id: {one["command"] for one in bureau.api.menus[f"chat/{chat.id}"]} for chat in (clerk, leader)}
    assert {"district", "annex", "notice", "report"} <= offered[clerk.id]
    assert offered[clerk.id] - offered[leader.id] == {"notice", "people", "report"}
    assert f"chat/{principal.id}" not in bureau.api.menus
    await bureau.say(principal, "/language en")
    await menus.refresh()
    assert bureau.api.menus[f"chat/{principal.id}"][0]["description"] == "Open tasks"
    await bureau.say(principal, "/language zh")
    await menus.refresh()
    assert bureau.api.menus[f"chat/{principal.id}"][0]["description"] == "待办任务"
    calls = len(bureau.api.calls)
    await menus.refresh()
    assert [call.method for call in bureau.api.calls[calls:]].count("setmycommands") == 0
