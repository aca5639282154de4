"""Transcripts of the talks of one question."""

from bot.subjects import TALKS
from tests.dialogs.talker import Talker


def test_feedback_is_kept_as_written() -> None:
    talk = Talker(TALKS["feedback"].opened, {})
    assert talk.refused("\0") == "请回复文字，不超过500字。"
    assert talk.says("提醒太多，请减少。").end.result == "提醒太多，请减少。"


def test_leaving_asks_once_more() -> None:
    talk = Talker(TALKS["leave"].opened, {"roles": "沈阳演示机械制造有限公司企业主要负责人"})
    assert "沈阳演示机械制造有限公司企业主要负责人" in talk.prompt[0]
    assert talk.taps("no").end.result is False
    assert talk.edits("sure").taps("yes").end.result is True


def test_an_answer_is_sent_back_with_a_sentence() -> None:
    talk = Talker(TALKS["give-back"].opened, {"conversation": 7, "key": "day", "label": "时间"})
    assert talk.prompt[0] == "请用一句话说明“时间”哪里不对。"
    assert talk.says("日期应为6月6日").end.result == "日期应为6月6日"
