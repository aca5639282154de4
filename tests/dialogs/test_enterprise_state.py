"""Transcripts of the talk in which staff enter what becomes of an enterprise."""

from bot.subjects import TALKS
from campaign.talks.registry import StateBrief
from tests.dialogs.talker import Talker

BRIEF = {
    **StateBrief.sample().as_json(),
    "place": "沈阳白桦示范食品有限公司",
    "events": ["suspend", "deregister", "move", "merge"],
    "permits": 1,
    "hazards": 2,
}


def talker() -> Talker:
    return Talker(TALKS["enterprise-state"].opened, BRIEF)


def test_a_standstill_may_be_planned_and_open_ended() -> None:
    talk = talker()
    assert "在市内换区的，请重新导入名录" in talk.prompt[0]
    talk.says("停产", "6月20日", "还不确定", "检修")
    assert "动火作业票" not in talk.prompt[0]
    end = talk.taps("confirm").end.result
    assert (end.event, str(end.first), end.last) == ("suspend", "2023-06-20", None)


def test_a_standstill_ends_on_no_day_before_its_first() -> None:
    talk = talker().says("停产", "6月20日", "有")
    assert "2023年6月20日" in talk.refused("6月10日")
    assert talk.says("6月30日", "检修").taps("confirm").end.result.last.day == 30


def test_the_end_of_an_enterprise_is_no_plan_and_says_what_hangs_on_it() -> None:
    talk = talker().says("注销")
    assert "6月20日" in talk.refused("6月20日")
    talk.says("6月1日", "登记机关通知")
    asked = talk.prompt[0]
    assert "未填报的任务全部撤销" in asked
    assert "尚未结束的动火作业票有1张" in asked
    assert "未销号的重大隐患有2处" in asked
