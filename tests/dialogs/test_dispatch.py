"""Transcripts of the monthly dispatch."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.subjects import TALKS
from campaign.talks.duties import Dispatched, PlannedFor, ToExplain
from talk.questions import PRINCIPAL
from tests.dialogs.talker import NOW, SHENYANG, Talker, duty_brief, photo


def june(at: datetime = NOW, **changed: Any) -> Talker:
    return Talker(TALKS["monthly-dispatch"].opened, duty_brief(**changed), at)


def test_a_dispatch_that_was_held() -> None:
    talk = june()
    assert (talk.asked, talk.buttons) == ("held", ["已调度", "还没有"])
    talk.taps("yes")
    assert talk.prompt == ["本次调度由您本人主持吗？（1/5）"]
    talk.says("是")
    assert talk.prompt == ["6月调度是哪天开展的？（2/5）", "请点选，或回复日期，如“6月1日”。"]
    assert talk.buttons == ["今天", "昨天"]
    assert talk.refused("6月35日") == "未能识别“6月35日”。请回复6月内的日期，如“6月1日”。"
    assert talk.refused("6月7日") == "6月7日还没到。请回复6月内的日期，如“6月1日”。"
    assert talk.refused("5月31日") == "5月31日不在范围内。请回复6月内的日期，如“6月1日”。"
    talk.says("６月５号")
    assert talk.buttons == ["会议调度", "现场调度", "线上调度"]
    talk.says("现场")
    assert (talk.asked, talk.question.step) == ("matters", (4, 5))
    talk.says("更换除尘风机；重新签订外包安全协议")
    assert talk.prompt[0] == "还有什么问题需要解决？（5/5）"
    talk.says("资金3万元")
    assert talk.asked == "confirm"
    assert talk.question.by == PRINCIPAL
    assert talk.summary == [
        "由您本人主持：是",
        "时间：6月5日（周一）",
        "形式：现场调度",
        "议定事项：更换除尘风机；重新签订外包安全协议",
        "待解决：资金3万元",
    ]
    assert talk.prompt == ["确认后以郑演丙名义提交，6月30日前可更正。"]
    talk.taps("confirm")
    assert talk.end.result == Dispatched(problems="资金3万元")


def test_form_and_problems_of_last_month_are_offered_and_day_and_held_are_not() -> None:
    talk = june(previous={"form": "remote", "problems": "资金3万元"})
    assert talk.asked == "held"
    talk.taps("yes", "yes", "today")
    assert talk.buttons == ["线上调度", "会议调度", "现场调度"]
    talk.says("1").toggles("training", "measures")
    assert talk.prompt[1] == "上次提出：资金3万元"
    assert talk.buttons == ["同上次", "没有"]
    talk.taps("same")
    assert talk.summary[2:] == ["形式：线上调度", "议定事项：落实整改、开展培训", "待解决：资金3万元"]


def test_what_was_raised_before_is_asked_about_and_what_is_solved_is_not_offered_again() -> None:
    raised = [
        {"id": 3, "text": "资金3万元", "ask": True},
        {"id": 5, "text": "缺少专家", "ask": True},
        {"id": 8, "text": "场地不足", "ask": False},
    ]
    talk = june(raised=raised).taps("yes", "yes", "today", "meeting").toggles("funds")
    assert talk.prompt == ["上次提出的问题：“资金3万元”，现在解决了吗？（5/7）"]
    assert talk.buttons == ["已解决", "仍需协调"]
    talk.says("已解决")
    assert talk.prompt == ["上次提出的问题：“缺少专家”，现在解决了吗？（6/7）"]
    talk.taps("no")
    assert talk.prompt == ["还有什么问题需要解决？（7/7）", "上次提出：缺少专家；场地不足"]
    talk.taps("same")
    assert talk.summary[-3:] == ["上次问题1：已解决", "上次问题2：仍需协调", "待解决：缺少专家；场地不足"]
    talk.edits("problem/5").taps("yes")
    assert talk.summary[-2] == "上次问题2：已解决"


def test_where_all_is_solved_nothing_is_offered_again() -> None:
    talk = june(raised=[{"id": 3, "text": "资金3万元", "ask": True}], delegated=True)
    talk.taps("yes", "today", "meeting").toggles("funds")
    assert talk.prompt[0].endswith("（4/6）")
    talk.taps("yes")
    assert talk.prompt[0] == "还有什么问题需要解决？（5/6）"
    assert talk.buttons == ["没有"]
    assert talk.taps("none").prompt == ["本次调度由您本人主持吗？（6/6）"]


def test_no_problems_in_any_words_is_none() -> None:
    for word in ("没有", "无", "暂无。"):
        talk = june().taps("yes", "yes", "today", "meeting").toggles("funds").says(word)
        assert talk.answers["problems"].value == ""
        assert talk.summary[-1] == "待解决：没有"


def test_a_photo_goes_with_the_confirmation() -> None:
    talk = june().taps("yes", "yes", "today", "meeting").toggles("funds").taps("none")
    assert talk.asked == "confirm"
    assert [extra.key for extra in talk.turn.offered] == ["photos"]
    talk.sends(photo("会议.jpg"), photo("签到.jpg"))
    assert talk.asked == "confirm"
    assert talk.summary[-1] == "附件：2个文件"
    talk.edits("photos")
    assert talk.buttons == ["不附了"]
    talk.taps("none")
    assert talk.summary[-1] == "附件：无"
    assert talk.taps("confirm").end.result == Dispatched()


def test_any_answer_can_be_changed_from_the_confirmation() -> None:
    talk = june().taps("yes", "yes", "today", "meeting").toggles("funds").taps("none")
    talk.edits("day").taps("yesterday")
    assert talk.asked == "confirm"
    assert talk.summary[1] == "时间：6月5日（周一）"
    talk.taps("confirm")
    talk.edits("form").says("线上")
    assert talk.asked == "confirm"
    assert talk.says("是").end.result == Dispatched()


def test_back_goes_question_by_question() -> None:
    talk = june().taps("yes", "no", "today")
    assert [talk.asked, talk.back().asked, talk.back().asked, talk.back().asked] == ["form", "day", "in_person", "held"]
    assert talk.taps("yes").asked == "form"


def test_held_after_all_wakes_what_was_answered_before() -> None:
    talk = june().taps("yes", "yes", "today", "meeting").toggles("funds").taps("none")
    talk.edits("held").taps("no")
    assert talk.asked == "will_hold"
    assert talk.edits("held").taps("yes").asked == "confirm"


def test_not_yet_with_a_day() -> None:
    talk = june().taps("no")
    assert (talk.asked, talk.buttons) == ("will_hold", ["已有计划", "说明情况"])
    talk.taps("yes")
    assert talk.prompt == ["计划哪天调度？到时提醒您。", "请回复日期，如“6月30日”。"]
    assert talk.buttons == []
    assert talk.refused("昨天") == "6月5日已过。请回复6月内的日期，如“6月30日”。"
    assert talk.refused("7月3日") == "7月3日不在范围内。请回复6月内的日期，如“6月30日”。"
    assert talk.says("25号").end.result == PlannedFor(date(2023, 6, 25))


def test_not_at_all_leads_to_an_explanation() -> None:
    assert june().taps("no").says("说明情况").end.result == ToExplain()


def test_the_officer_fills_in_and_the_principal_answers_what_turns_on_in_person() -> None:
    talk = june(delegated=True).taps("yes")
    steps = []
    for answer in ("6.5", "现场", "更换除尘风机", "没有"):
        assert talk.question.by != PRINCIPAL
        steps.append(talk.question.step)
        talk.says(answer)
    assert steps == [(1, 5), (2, 5), (3, 5), (4, 5)]
    assert (talk.asked, talk.question.by, talk.question.step) == ("in_person", PRINCIPAL, (5, 5))
    talk.taps("yes")
    assert (talk.asked, talk.question.by) == ("confirm", PRINCIPAL)
    assert talk.summary[-1] == "由您本人主持：是"
    assert talk.taps("confirm").end.result == Dispatched()


def test_a_returned_answer_asks_for_it_and_for_the_confirmation_only() -> None:
    talk = june(delegated=True).taps("yes").says("6.5", "现场", "更换除尘风机", "没有", "是")
    assert talk.edits("day").asked == "day"
    assert talk.says("6月6日").asked == "confirm"
    assert talk.taps("confirm").end.result == Dispatched()


def test_may_begins_with_the_campaign() -> None:
    brief = duty_brief(date(2023, 5, 22), date(2023, 5, 31))
    talk = Talker(TALKS["monthly-dispatch"].opened, brief, datetime(2023, 5, 31, 17, 0, tzinfo=SHENYANG)).taps(
        "yes", "yes"
    )
    assert talk.refused("5月20日") == "5月20日不在范围内。请回复5月内的日期，如“5月22日”。"
    talk.says("22日")
    assert talk.summary[1] == "时间：5月22日（周一）"


@pytest.mark.parametrize("text", ["6月5日", "5号", "上月28日"])
def test_after_the_month_it_can_still_be_reported(text: str) -> None:
    talk = june(datetime(2023, 7, 3, 9, 0, tzinfo=SHENYANG)).taps("yes", "yes")
    assert talk.buttons == ["6月30日", "6月29日", "6月28日"]
    talk.says("6月28日" if text == "上月28日" else text)
    assert talk.asked == "form"
