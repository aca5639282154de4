"""Writing a notice, as a clerk and as the city see it."""

from datetime import date
from typing import Any

from bot.subjects import TALKS
from campaign.notices import CODES, TEXT_LIMIT, Audience
from tests.dialogs.talker import PACK, Talker, photo

DISTRICTS = [{"id": one.name, "name": {"zh": one.name, "en": None}} for one in PACK.districts]
SECTORS = [{"id": one.id, "name": one.name.as_json()} for one in PACK.sectors]
FOOD = "91210112114884238K"


def brief(**changed: Any) -> dict[str, Any]:
    """Give what a clerk of 浑南区 begins with."""
    clerks = {"place": "浑南区", "districts": [], "sectors": SECTORS, "roles": ["principal", "officer", "worker"]}
    return {**TALKS["notice"].sampled(), **clerks, "forms": [], **changed}


def test_a_clerk_writes_to_everybody_in_six_steps() -> None:
    talk = Talker(TALKS["notice"].opened, brief())
    assert talk.prompt == [
        "请写下通知全文，收到的人看到的就是这些字。",
        f"最多{TEXT_LIMIT}字。网址和符号原样发送，不排版。",
    ]
    talk.says("请检查排水。")
    assert talk.buttons == ["按行业", "按风险", "未填报的", "贴代码", "全部企业"]
    talk.taps("none")
    assert talk.buttons == ["主要负责人", "安全员", "作业人员"]
    talk.toggles("principal")
    assert talk.buttons == ["到8月31日"]
    talk.taps("usual")
    assert talk.summary == [
        "正文：请检查排水。",
        "企业条件：全部企业",
        "收件人：主要负责人",
        "有效期至：8月31日（周四）",
    ]
    written = talk.taps("confirm").end.result
    assert written.audience == Audience(("principal",))
    assert (written.until, written.files, written.form) == (date(2023, 8, 31), (), None)


def test_a_long_list_is_answered_by_numbers_or_names() -> None:
    talk = Talker(TALKS["notice"].opened, brief(place="沈阳市", districts=DISTRICTS)).says("请检查排水。")
    assert talk.buttons == ["和平区", "沈河区", "大东区", "皇姑区", "全市"]
    assert "14. 经济技术开发区" in talk.prompt[1]
    talk.says("7、14").toggles("sectors").says("冶金，轻工").toggles("officer").taps("usual")
    assert talk.taps("confirm").end.result.audience == Audience(
        ("officer",), ("浑南区", "经济技术开发区"), ("metallurgy", "light")
    )


def test_staff_are_offered_only_where_no_enterprise_is_chosen() -> None:
    city = brief(place="沈阳市", roles=["principal", "clerk"])
    assert Talker(TALKS["notice"].opened, city).says("字").taps("none").buttons == ["主要负责人", "区县联络人"]
    narrowed = Talker(TALKS["notice"].opened, city).says("字").toggles("sectors").says("轻工")
    assert narrowed.buttons == ["主要负责人"]


def test_codes_as_people_paste_them() -> None:
    talk = Talker(TALKS["notice"].opened, brief()).says("字").toggles("codes")
    assert talk.refused("91210112114884238").startswith("“91210112114884238”不是有效的统一社会信用代码")
    assert talk.refused("  ") == f"请粘贴18位统一社会信用代码，最多{CODES}个，用空格、逗号或换行分开。"
    assert talk.refused("字" * 10_000).startswith("“字字")
    talk.says(f"９１２１０１１２１１４８８４２３８ｋ\n{FOOD}；{FOOD}")
    talk.toggles("principal").taps("usual")
    assert talk.taps("confirm").end.result.audience.codes == (FOOD,)


def test_a_file_that_is_sent_at_the_confirmation_needs_no_button() -> None:
    talk = (
        Talker(TALKS["notice"].opened, brief())
        .says("字")
        .taps("none")
        .toggles("principal")
        .taps("usual")
        .sends(photo())
    )
    assert "附件：1个文件" in talk.summary
    assert talk.taps("confirm").end.result.files == (photo(),)


def test_the_last_day_is_not_past_and_not_beyond_a_year() -> None:
    talk = Talker(TALKS["notice"].opened, brief()).says("字").taps("none").toggles("principal")
    assert "6月5日" in talk.refused("6月5日")
    assert "2025" in talk.refused("2025年1月1日")
    assert talk.refused("很久")
