"""Transcripts of 电话代录: a clerk enters what somebody answered by phone."""

from datetime import date
from typing import Any

import pytest

from bot.subjects import TALKS
from campaign.talks.duties import Dispatched, Filled, PlannedFor, Reported, Taken, ToExplain
from tests.dialogs.talker import PACK, Talker, duty_brief, form_brief

CALL: dict[str, Any] = {
    "duty": 7,
    "corrects": None,
    "place": "沈阳白桦示范食品有限公司",
    "names": ["郑演丙", "钱演七"],
    "call_first": "2023-05-22",
    "call_last": "2023-06-13",
}


def dispatch(**changed: Any) -> Talker:
    return Talker(TALKS["by-phone"].opened, duty_brief(**CALL, dialog="monthly-dispatch", raised=[], **changed))


@pytest.mark.parametrize(
    ("typed", "who"),
    [("1", "郑演丙"), ("２", "钱演七"), ("钱演七", "钱演七"), ("郑演", "郑演"), ("门卫王演一", "门卫王演一")],
)
def test_who_answered_is_one_of_the_names_or_another(typed: str, who: str) -> None:
    talk = dispatch()
    assert talk.prompt == ["沈阳白桦示范食品有限公司是谁在电话里答复的？", "请点选，或回复姓名。"]
    assert talk.buttons == ["郑演丙", "钱演七"]
    assert talk.says(typed).summary == [f"电话答复人：{who}"]


def test_the_day_of_the_call_is_not_to_come() -> None:
    talk = dispatch().says("郑演丙")
    assert talk.refused("6月7日").startswith("6月7日还没到。")
    assert talk.refused("5月1日").startswith("5月1日不在范围内。")
    talk.says("昨天")
    assert talk.asked == "held"


def test_what_is_the_principals_to_say_is_asked_as_told_and_kept_apart() -> None:
    talk = dispatch().says("郑演丙", "今天", "已调度")
    assert talk.prompt[0] == "请按负责人的电话答复填：本次调度由您本人主持吗？（1/5）"
    talk.says("否", "6月5日", "会议调度", "更换除尘风机", "没有")
    assert "由您本人主持（电话答复）：否" in talk.summary
    assert {"phone/who", "phone/day", "phone/in_person"} < set(talk.answers)
    assert "in_person" not in talk.answers
    assert talk.turn.offered == ()
    end = talk.taps("confirm").end.result
    assert end == Taken("郑演丙", date(2023, 6, 6), Dispatched())


def test_not_yet_and_not_at_all_enter_no_answer() -> None:
    talk = dispatch().says("郑演丙", "今天", "还没有")
    assert talk.says("已有计划", "6月20日").end.result == Taken(
        "郑演丙", date(2023, 6, 6), PlannedFor(date(2023, 6, 20))
    )
    late = dispatch(overdue=True).says("郑演丙", "今天", "还没有")
    assert late.end.result == Taken("郑演丙", date(2023, 6, 6), ToExplain())


def test_a_call_has_no_photos() -> None:
    talk = Talker(TALKS["by-phone"].opened, form_brief("post-responsibility", **CALL, dialog="form"))
    talk.says("郑演丙", "今天", "管理岗位", "5月29日", "公告栏", "已建立")
    assert talk.asked == "confirm"
    assert talk.prompt == ["确认后按郑演丙的电话答复代录，计为已填报；请郑演丙核对前，标明“代录，待负责人确认”。"]
    taken = talk.taps("confirm").end.result
    assert taken == Taken("郑演丙", date(2023, 6, 6), Filled(present=True, values=taken.result.values))
    assert (taken.result.values["mechanism"], taken.result.values["published_photo"]) == (True, ())


def test_the_plain_report_by_phone_and_a_change_before_it_is_entered() -> None:
    brief = duty_brief(PACK.start, PACK.end, **CALL, dialog="plain-report")
    talk = Talker(TALKS["by-phone"].opened, brief).says("钱演七", "今天", "6月1日", "已公示")
    talk.edits("phone/who").says("郑演丙")
    assert talk.asked == "confirm"
    assert talk.summary[0] == "电话答复人：郑演丙"
    assert talk.taps("confirm").end.result == Taken("郑演丙", date(2023, 6, 6), Reported(present=True))
