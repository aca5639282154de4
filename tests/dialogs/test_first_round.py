"""Transcripts of the first-round report: 三(一)1, 四(二)1."""

from datetime import date
from typing import Any

from bot.subjects import TALKS
from campaign.talks.dossiers import FirstRound, ToLedger
from tests.dialogs.talker import Talker, duty_brief, photo


def report(found: int = 0, rectified: int = 0, **changed: Any) -> Talker:
    """A report of an enterprise whose ledger holds these figures."""
    figures = {"found": found, "rectified": rectified, "left": found - rectified}
    brief = duty_brief(date(2023, 5, 22), date(2023, 12, 31), due="2023-06-15", ledger=figures, signed_page=True)
    return Talker(TALKS["first-round"].opened, brief | changed)


def test_a_zero_report() -> None:
    talk = report()
    assert talk.prompt == ["台账中没有重大事故隐患，将作零报告。本企业确实没有发现吗？"]
    assert talk.buttons == ["确未发现", "有发现"]
    talk.says("确未发现")
    assert talk.prompt[0] == "风险辨识和首轮整改是哪天完成的？（1/2）"
    talk.says("昨天")
    assert talk.prompt[0] == "已在双控系统填报了吗？（2/2）"
    talk.says("还没有")
    assert talk.asked == "signed/0-0-0"
    talk.sends(photo("签字页.jpg"))
    assert talk.summary == [
        "零报告：确未发现",
        "完成日期：6月5日（周一）",
        "双控系统：还没有",
        "签字页：1个文件",
    ]
    assert talk.taps("confirm").end.result == FirstRound(in_platform=False, page=(photo("签字页.jpg"),))


def test_figures_of_the_ledger_are_shown_and_bound() -> None:
    talk = report(found=3, rectified=1)
    assert talk.prompt == [
        "台账显示：发现重大事故隐患3个，已完成整改1个，未完成2个。与实际相符吗？",
        "未完成的，将连同整改方案列入报告。",
    ]
    talk.taps("yes", "today", "yes").sends(photo())
    assert talk.summary[0] == "发现3个，已整改1个，未整改2个：相符"
    assert talk.taps("confirm").end.result == FirstRound(in_platform=True, page=(photo(),))


def test_a_ledger_that_is_not_right_comes_first() -> None:
    assert report().says("有发现").end.result == ToLedger()
    assert report(found=1).says("不相符").end.result == ToLedger()


def test_words_are_no_photo_of_the_signed_page() -> None:
    talk = report().taps("yes", "today", "yes")
    assert talk.refused("已签字") == "未能识别“已签字”。请发送照片。"


def test_without_a_signed_page_it_ends_with_the_confirmation() -> None:
    talk = report(signed_page=False).taps("yes", "today", "yes")
    assert talk.asked == "confirm"


def test_a_future_day_is_no_day_of_completion() -> None:
    assert report().taps("yes").refused("6月10日").startswith("6月10日还没到。")
