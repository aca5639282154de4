"""Transcripts of joining by invitation."""

import pytest

from bot.subjects import TALKS
from campaign.talks.people import Declined, Joined
from tests.dialogs.talker import Talker


def invited(registered: str = "郑演丙", known: str = "") -> Talker:
    return Talker(
        TALKS["join"].opened,
        {
            "invitation": 1,
            "inviter": "浑南区应急管理局",
            "role": "principal",
            "place": "沈阳演示机械制造有限公司",
            "registered": registered,
            "known": known,
        },
    )


def test_it_says_who_invites_for_what_and_which_data_is_kept_before_anything_is() -> None:
    talk = invited()
    asked, kept = talk.prompt
    assert asked.startswith("浑南区应急管理局邀请您以企业主要负责人身份加入：沈阳演示机械制造有限公司。")
    assert "姓名" in kept
    assert talk.buttons == ["同意加入", "暂不加入"]


@pytest.mark.parametrize("text", ["同意", "加入", "好的", "1", "可以"])
def test_consent_and_the_registered_name(text: str) -> None:
    talk = invited().says(text)
    assert talk.prompt == ["登记的姓名是“郑演丙”，是您吗？"]
    assert talk.taps("yes").end.result == Joined("郑演丙")


@pytest.mark.parametrize("text", ["郑演丙", "郑 演丙。", "我是郑演丙", "是的，我叫郑演丙"])
def test_the_registered_name_typed_where_it_is_asked_about_says_yes(text: str) -> None:
    assert invited().taps("yes").says(text).end.result == Joined("郑演丙")


@pytest.mark.parametrize("text", ["郑演丁", "不是郑演丙", "演丙"])
def test_another_name_typed_there_says_nothing_yet(text: str) -> None:
    with pytest.raises(AssertionError, match="请点选“是我”或“不是”。"):
        invited().taps("yes").says(text)


@pytest.mark.parametrize("text", ["不同意", "暂不", "不加入", "2", "no"])
def test_no_consent(text: str) -> None:
    assert invited().says(text).end.result == Declined()


@pytest.mark.parametrize("text", ["同意不同意", "这是什么？", "你好", "赵演丁", ""])
def test_what_is_neither_is_no_consent(text: str) -> None:
    assert "同意加入" in invited().refused(text)


def test_another_name_is_taken_as_written() -> None:
    talk = invited().says("同意", "不是")
    assert talk.asked == "name"
    assert talk.refused("赵" * 61) == "最多60字，您发了61字，未保存。请缩短后再发。"
    assert talk.refused("\u200b") == "请回复文字，不超过60字。"
    assert talk.says(" 赵\u200b演丁\n").end.result == Joined("赵演丁")


def test_without_a_registered_name_it_is_asked_for() -> None:
    assert invited(registered="").says("同意", "赵演丁").end.result == Joined("赵演丁")


def test_who_is_known_by_another_role_keeps_the_name() -> None:
    assert invited(known="赵演丁").says("同意").end.result == Joined("赵演丁")
