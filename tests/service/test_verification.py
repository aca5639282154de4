"""What whoever scans a permit learns, and what the code says."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.links import start_address
from service.hot_work.actions import LINK
from service.hot_work.verification import answer, verification_address
from talk.texts import CHINESE, ENGLISH, render

UNTIL = datetime(2023, 6, 19, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
STATES = {
    "drafted": "未经批准，无效",
    "submitted": "未经批准，无效",
    "returned": "未经批准，无效",
    "refused": "未经批准，无效",
    "approved": "有效：已审批，尚未开始动火，有效期至6月19日 17:00",
    "started": "有效：作业中，有效期至6月19日 17:00",
    "suspended": "已暂停。暂停期间不得动火",
    "finished": "动火作业已结束",
    "fire_watch": "动火作业已结束",
    "closed": "已关闭",
    "expired": "已于6月19日 17:00到期失效",
    "cancelled": "已取消",
}


@pytest.mark.parametrize(("state", "told"), STATES.items())
def test_each_state_has_its_answer(state: str, told: str) -> None:
    said = render(answer(state, "D-0619-07", UNTIL), CHINESE)
    assert "D-0619-07" in said
    assert told in said
    assert "permit D-0619-07" in render(answer(state, "D-0619-07", UNTIL), ENGLISH).lower().replace("d-", "D-")


@pytest.mark.parametrize("state", STATES)
def test_only_an_approved_or_a_running_one_is_valid(state: str) -> None:
    said = render(answer(state, "D-0619-07", UNTIL), CHINESE)
    assert ("✅" in said) == (state in {"approved", "started"})
    assert ("不得" in said) == (state not in {"approved", "started"})


@given(st.text())
def test_a_state_that_nobody_knows_is_not_valid(state: str) -> None:
    assert state in STATES or "无效" in render(answer(state, "D-0619-07", UNTIL), CHINESE)


def test_a_known_bot_is_linked() -> None:
    address = verification_address(start_address("anzhu_bot", f"{LINK}7KQ4M2PXW9HT"), "7KQ4M2PXW9HT", "D-0619-07")
    assert address == "https://t.me/anzhu_bot?start=v_7KQ4M2PXW9HT"
    # What Telegram takes as a parameter of start.
    assert re.fullmatch(r"[\w-]{1,64}", address.partition("start=")[2], re.ASCII)


@pytest.mark.parametrize("link", [None, ""])
def test_without_a_bot_the_code_says_how_to_ask(link: str | None) -> None:
    told = verification_address(link, "7KQ4M2PXW9HT", "D-0619-07")
    assert told == "安嘱 动火作业票 D-0619-07，查验码 7KQ4M2PXW9HT。向安嘱发送“/verify 7KQ4M2PXW9HT”查验。"
