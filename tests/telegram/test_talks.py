"""Whole conversations over the fake Bot API: over both libraries, with the same calls."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import acts
from tests.samples import photo
from tests.telegram.conftest import Bureau, at_work, settings_for
from tests.telegram.fake_api import FakeApi

JPEG = photo("the meeting")


async def monthly_dispatch(bureau: Bureau) -> None:
    """A principal joins by a deep link, answers, corrects one answer, adds a photo and confirms."""
    chat = await bureau.join()
    assert "三（一）1" in await bureau.open_june(chat)
    assert "主持" in await bureau.tap(chat, "已调度")
    assert "哪天" in await bureau.tap(chat, "是")
    assert "未能识别“6月35日”" in await bureau.say(chat, "6月35日")
    assert "什么形式" in await bureau.tap(chat, "今天")
    assert "议定了哪些事项" in await bureau.tap(chat, "现场调度")
    card = chat.shown[-1]
    await bureau.tap(chat, "落实整改")
    assert chat.shown[-1] is card
    assert "✓落实整改" in [button["text"] for row in card.buttons for button in row]
    assert "还有什么问题" in await bureau.tap(chat, "完成")
    assert "待解决：资金3万元 & <急>" in await bureau.say(chat, "资金3万元 & <急>")
    await bureau.answered(chat, lambda: bureau.api.send_photo(chat, JPEG))
    assert re.search(r"回执编号 [A-Z2-9]{4}-[A-Z2-9]{4}", await bureau.tap(chat, "确认提交"))
    assert bureau.api.pending == []
    # Every tap was answered, so that no button goes on turning.
    await bureau.api.until(lambda: not bureau.api.open_taps)


async def several_updates(bureau: Bureau) -> None:
    """A principal sends what arrives in several updates, replies, forwards, edits."""
    api = bureau.api
    chat = await bureau.join()
    await bureau.open_june(chat)
    await bureau.tap(chat, "已调度")
    await bureau.tap(chat, "是")
    asked = chat.shown[-1]
    await bureau.say(chat, "6月2日")
    assert "什么形式" in await bureau.answered(chat, lambda: api.reply(chat, asked, "6月3日"))
    assert "已更正“时间”：6月3日（周六）" in chat.shown[-2].text
    shown = len(chat.shown)
    for text in ("现场调度", "视频调度", "现场调度"):
        api.forward(chat, text=text)
    await api.until(lambda: len(chat.shown) > shown)
    assert "转发的消息不能" in await bureau.settled(chat)
    assert len(chat.shown) == shown + 1
    await bureau.tap(chat, "现场调度")
    assert "您发了5000字" in await bureau.answered(chat, lambda: api.say(chat, "整改" * 2_500))
    api.say(chat, "落实整改")
    for number in range(3):
        api.edit(chat, f"落实整改{number}")
    await bureau.settled(chat)
    assert "请您核对" in await bureau.say(chat, "没有")
    await bureau.answered(chat, lambda: api.send_album(chat, JPEG, photo("the list"), captions={1: "会场"}))
    assert "附件：2个文件" in await bureau.settled(chat)
    assert "回执编号" in await bureau.tap(chat, "确认提交")


async def test_the_monthly_dispatch(bureau: Bureau) -> None:
    await monthly_dispatch(bureau)


@pytest.mark.parametrize("talk", [monthly_dispatch, several_updates])
async def test_both_libraries_make_the_same_calls(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch, talk: Callable[[Bureau], Awaitable[None]]
) -> None:
    monkeypatch.setattr(acts, "QUIET", 0.1)
    transcripts = []
    for library in ("ptb", "aiogram"):
        async with FakeApi() as api:
            settings = settings_for(api, library, tmp_path / library, sqlite_template)
            async with at_work(api, settings) as bureau:
                await talk(bureau)
            transcripts.append([(call.method, _plain(call.params), call.status) for call in _lasting(api)])
    assert transcripts[0] == transcripts[1]
    assert len(transcripts[0]) > 25


def _lasting(api: FakeApi) -> list[Any]:
    """The calls but for the polls, whose number depends on the moment; menus and taps run beside the talk."""
    polls = [call for call in api.calls if call.method == "getupdates"]
    assert all(call.params.keys() <= {"offset", "limit", "timeout", "allowed_updates"} for call in polls)
    order = {"setmycommands": 0, "getme": 0, "answercallbackquery": 2}
    rest = [call for call in api.calls if call.method != "getupdates"]
    return sorted(rest, key=lambda call: order.get(call.method, 1))


def _plain(params: dict[str, Any]) -> str:
    """Parameters without what is fresh each time: tokens, codes."""
    return re.sub(r"[A-HJ-NP-Z2-9]{12}|[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}", "…", str(sorted(params.items())))
