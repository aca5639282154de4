"""Transcripts of 说明情况."""

from bot.subjects import TALKS
from campaign.talks.duties import Explained
from tests.dialogs.talker import Talker

BRIEF = {"title": {"zh": "6月调度确认", "en": "Dispatch of June"}, "first": "2023-05-22", "last": "2023-12-31"}


def test_a_standstill_names_its_days() -> None:
    talk = Talker(TALKS["explain"].opened, BRIEF)
    assert talk.prompt == ["6月调度确认没有完成的原因是什么？"]
    assert talk.buttons == ["停产停业", "已注销或迁出", "非工贸企业", "其他"]
    talk.says("停产")
    assert talk.asked == "halted_from"
    talk.says("6月1日")
    assert talk.refused("5月31日") == "5月31日不在范围内。请回复6月1日至12月31日之间的日期，如“6月1日”。"
    talk.says("7月10日", "设备检修停产，计划7月10日完成")
    assert talk.summary == [
        "原因：停产停业",
        "开始：6月1日（周四）",
        "结束：7月10日（周一）",
        "说明：设备检修停产，计划7月10日完成",
    ]
    assert talk.taps("confirm").end.result == Explained("halted")


def test_a_standstill_that_ends_before_it_begins_is_asked_again() -> None:
    talk = Talker(TALKS["explain"].opened, BRIEF).says("停产停业", "6月1日", "6月10日", "设备检修停产")
    assert talk.edits("halted_from").says("6月15日").asked == "halted_until"
    assert talk.says("7月10日").asked == "confirm"


def test_other_reasons_are_told_in_words() -> None:
    for said, reason in (("迁出", "gone"), ("3", "other-trade"), ("其它", "other")):
        talk = Talker(TALKS["explain"].opened, BRIEF).says(said)
        assert talk.asked == "text"
        assert talk.refused(" \n ") == "请回复文字，不超过500字。"
        assert talk.refused("字" * 501) == "最多500字，您发了501字，未保存。请缩短后再发。"
        assert talk.says("已迁往铁岭市").taps("confirm").end.result == Explained(reason)
