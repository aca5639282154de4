"""Transcripts of the plain report."""

from datetime import date
from typing import Any

from bot.subjects import TALKS
from campaign.talks.duties import Reported
from tests.dialogs.talker import Talker, duty_brief, photo

PRESENCE = {"zh": "本企业有无外包外租（包括委托、合作等类似方式）？", "en": "Do you outsource work?"}


def report(**changed: Any) -> Talker:
    brief = duty_brief(date(2023, 5, 22), date(2023, 12, 31), title={"zh": "外包外租管理", "en": None}, **changed)
    return Talker(TALKS["plain-report"].opened, brief)


def test_day_note_photo_confirmation() -> None:
    talk = report()
    assert talk.prompt == ["外包外租管理是哪天完成的？（1/2）", "请点选，或回复日期，如“5月22日”。"]
    assert talk.refused("7月1日") == "7月1日还没到。请回复5月22日至今天的日期，如“5月22日”。"
    assert talk.refused("5月1日") == "5月1日不在范围内。请回复5月22日至今天的日期，如“5月22日”。"
    talk.says("上周五")
    assert talk.prompt == ["请简要说明完成情况。（2/2）", "专项行动期间主要负责人每月至少调度一次。"]
    assert talk.buttons == ["不说明"]
    talk.says("已签订安全协议2份")
    talk.sends(photo("协议.jpg"))
    assert talk.summary == ["完成日期：6月2日（周五）", "情况：已签订安全协议2份", "附件：1个文件"]
    assert talk.prompt == ["确认后以郑演丙名义提交，12月31日前可更正。"]
    assert talk.says("确认").end.result == Reported(present=True)


def test_a_note_can_be_left_out_and_a_duty_can_be_without_an_end() -> None:
    talk = report(due=None).says("今天").taps("none")
    assert talk.summary == ["完成日期：6月6日（周二）", "情况：不说明"]
    assert talk.prompt == ["确认后以郑演丙名义提交，随时可更正。"]
    assert talk.taps("confirm").end.result == Reported(present=True)


def test_what_does_not_exist_needs_no_more_than_a_confirmation() -> None:
    talk = report(presence=PRESENCE)
    assert talk.prompt == ["本企业有无外包外租（包括委托、合作等类似方式）？"]
    assert talk.buttons == ["有", "没有"]
    talk.says("无")
    assert talk.asked == "confirm"
    assert talk.turn.offered == ()
    assert talk.summary == ["有无：没有"]
    assert talk.taps("confirm").end.result == Reported(present=False)


def test_what_exists_is_reported_like_all_else() -> None:
    talk = report(presence=PRESENCE).says("有", "今天", "已签订安全协议2份")
    assert talk.summary[0] == "有无：有"
    assert talk.taps("confirm").end.result == Reported(present=True)


def test_present_or_not_can_be_changed_and_is_confirmed_anew() -> None:
    talk = report(presence=PRESENCE).says("无").taps("confirm")
    assert talk.edits("present").says("有").asked == "day"
    talk.says("今天", "已签订安全协议2份")
    assert talk.asked == "confirm"
    talk.taps("confirm")
    assert talk.end.result == Reported(present=True)
    assert talk.edits("present").says("没有").asked == "confirm"
