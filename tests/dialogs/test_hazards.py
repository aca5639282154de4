"""Transcripts of the talks about hazards: found, planned, rectified, decided."""

from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import convert

from bot.dialogs.picking import pick_criterion
from bot.subjects import TALKS
from campaign.hazards import Decision, Evaluation, Finding, Listing, Plan, Update
from campaign.talks.hazards import KnownCriterion, Reported
from talk.questions import PRINCIPAL
from tests.dialogs.hazard_briefs import DAYS, criterion, hazard, report_brief, weekly_brief
from tests.dialogs.talker import Talker, photo

NAMED = {"number": 41, "place": "2号除尘间", "name": "沈阳白桦示范食品有限公司"}


def found(**changed: object) -> Talker:
    return Talker(TALKS["hazard-report"].opened, report_brief(**changed))


def picking(criteria: list[dict[str, Any]]) -> Talker:
    return Talker(
        lambda brief: pick_criterion(convert(brief["criteria"], list[KnownCriterion])), {"criteria": criteria}
    )


def week(*hazards: dict[str, Any], **changed: Any) -> Talker:
    return Talker(TALKS["weekly-rectification"].opened, weekly_brief(*hazards, **changed))


def test_the_criterion_is_found_in_four_taps() -> None:
    talk = found().says("2号除尘间风机")
    assert talk.prompt == ["属于哪一类？"]
    assert talk.buttons == ["通用管理", "粉尘涉爆", "说不准"]
    assert talk.taps("11").prompt == ["是哪个部位或设备？"]
    assert talk.buttons == ["厂房建筑", "除尘系统", "说不准"]
    assert talk.taps("除尘系统").prompt == ["是哪一种情形？"]
    assert talk.buttons == ["未设泄爆", "互联互通", "说不准"]
    assert talk.taps("11-2").prompt == ["请对照原文。第11条：干式除尘系统未采取泄爆、惰化、抑爆措施的"]
    # Article 14: what is fitted but has failed counts too.
    assert talk.buttons == ["没有设置", "设了但失效", "说不准"]
    talk.taps("failed").sends(photo()).taps("yes").says("已更换泄爆片")
    finding = Finding("2号除尘间风机", "11-2", True, (photo(),), True, None)  # noqa: FBT003
    assert talk.says("确认").end.result == Reported(finding, "已更换泄爆片")
    assert talk.summary[:5] == [
        "地点：2号除尘间风机",
        "类别：粉尘涉爆",
        "部位：除尘系统",
        "情形：未设泄爆",
        "对照原文：设了但失效",
    ]


def test_a_place_with_one_case_leads_straight_to_its_words() -> None:
    talk = found().says("除尘间", "粉尘", "厂房建筑")
    assert talk.asked == "criterion/text"
    assert talk.buttons == ["符合原文", "说不准"]


def test_not_sure_at_any_step_asks_the_department() -> None:
    steps = ["criterion/title", "criterion/place", "criterion/fact", "criterion/text"]
    for number in range(4):
        talk = found().says("除尘间")
        talk.taps(*["11", "除尘系统", "11-3"][:number])
        assert talk.asked == steps[number]
        talk.taps("unsure").taps("none", "yes").says("已清理", "确认")
        assert talk.end.result.finding.criterion is None


def test_a_long_list_is_read_and_taken_by_number() -> None:
    many = [criterion(f"5-{n}", "有色", "熔炼炉", f"第{n}种相当长的情形描述", "……") for n in range(1, 14)]
    talk = picking(many)
    assert talk.buttons == ["第1项", "第2项", "第3项", "第4项", "说不准"]
    assert talk.prompt[1].splitlines()[12] == "13. 第13种相当长的情形描述"
    assert talk.refused("4-1 会议室设在吊运跨").startswith("这里只列适用于本企业行业和风险的情形")
    assert talk.refused("") == "请点选，或回复序号1至13；拿不准的，请点“说不准”。"
    assert talk.says("１３").says("符合原文").end.result.criterion == "5-13"
    assert picking(many).says("说不准").end.result.criterion is None


def test_without_criteria_nothing_is_asked() -> None:
    assert picking([]).end.result.criterion is None


def test_the_five_fields_of_a_plan() -> None:
    talk = Talker(TALKS["hazard-plan"].opened, {**DAYS, "number": 41, "place": "2号除尘间", "before": None})
    talk.says("钱演七", "更换泄爆片")
    assert talk.prompt == ["整改资金多少？（3/5）", "请回复确数，如“3万元”；不需要资金的，回复“0”。"]
    for vague in ("约3万", "3万左右", "几万"):
        assert talk.refused(vague) == f"未能识别“{vague}”。请回复金额，如“30000元”或“3万元”。"
    talk.says("３．５万")
    assert "已过" in talk.refused("昨天")
    assert "不在范围内" in talk.refused("2025年6月30日")
    talk.says("6月30日").says("停用除尘系统，专人值守")
    assert talk.prompt == ["确认后记入41号隐患的台账。"]
    made = Plan("钱演七", "更换泄爆片", Decimal(35000), date(2023, 6, 30), "停用除尘系统，专人值守")
    assert talk.says("确认").end.result == made


def test_reported_first_the_plan_can_follow() -> None:
    talk = found().says("除尘间").taps("unsure", "none", "no", "no").says("确认")
    assert talk.end.result.finding.plan is None
    assert not talk.end.result.finding.fixed


def test_a_department_is_asked_for_neither_fix_nor_plan() -> None:
    talk = found(department=True).says("除尘间").taps("unsure").sends(photo())
    assert talk.prompt == ["确认后记入台账，并告知沈阳白桦示范食品有限公司。"]


def rectify(**changed: object) -> Talker:
    brief = {**DAYS, "hazard": hazard(**changed), "may_evaluate": True}  # type: ignore[arg-type]
    return Talker(TALKS["hazard-update"].opened, brief)


def test_progress_held_up_and_put_off() -> None:
    talk = rectify()
    assert talk.prompt == ["41号隐患（2号除尘间）整改进展如何？"]
    assert talk.buttons == ["按方案推进", "遇到困难", "整改完了"]
    talk.taps("blocked").says("已订货", "厂家缺货")
    assert talk.prompt == ["能在6月30日前完成吗？"]
    talk.says("要延期", "7月15日", "厂家缺货").taps("none")
    assert talk.says("确认").end.result == Update(
        41, "blocked", "已订货", "厂家缺货", date(2023, 7, 15), "厂家缺货", ()
    )


def test_closing_without_evaluation_is_not_offered_and_evidence_is_needed() -> None:
    talk = rectify().taps("done").says("已更换")
    assert talk.prompt == ["41号隐患做过整改评估了吗？评估后部门才能复查、销号。"]
    talk.says("已评估", "王演三", "试运行正常")
    assert talk.refused("没有") == "未能识别“没有”。请发送照片或文件。"
    talk.sends(photo("评估.jpg"))
    evaluation = Evaluation("王演三", "试运行正常", (photo("评估.jpg"),))
    assert talk.says("确认").end.result == Update(41, "done", "已更换", evaluation=evaluation)


def test_an_officer_cannot_say_that_it_was_evaluated() -> None:
    talk = Talker(TALKS["hazard-update"].opened, {**DAYS, "hazard": hazard(state="done"), "may_evaluate": False})
    assert talk.buttons == ["还没评估", "又有问题"]


def test_a_weekly_check_in_goes_hazard_by_hazard_and_may_count_as_the_months_dispatch() -> None:
    talk = Talker(
        TALKS["weekly-rectification"].opened,
        weekly_brief(hazard(), hazard(42, "evaluated", place="配电室"), month=6, dispatch=7),
    )
    assert talk.asked == "hazard/41/progress"
    talk.taps("going").says("泄爆片已到货").taps("yes", "none")
    assert talk.prompt == ["42号隐患（配电室）已评估，现场情况怎样？"]
    talk.says("保持良好")
    assert talk.prompt == ["本次每周调度，同时算作6月的月调度吗？"]
    assert talk.question.by == PRINCIPAL
    talk.says("算作")
    assert talk.question.by == PRINCIPAL
    checked = talk.says("确认").end.result
    assert checked.counts
    assert [(one.hazard, one.going) for one in checked.updates] == [(41, "going"), (42, "holds")]


def test_of_several_hazards_each_answer_names_its_own() -> None:
    talk = week(hazard(), hazard(42, place="配电室"))
    for _ in range(2):
        talk.taps("blocked").says("已订货", "厂家缺货", "要延期", "7月15日", "厂家缺货").sends(photo())
    named = [line.partition("：")[0] for line in talk.summary]
    assert named[:6] == ["41号隐患", "41号进展", "41号困难", "41号按期", "41号新期限", "41号延期原因"]
    assert len(set(named)) == len(named) == 14


def test_where_the_dispatch_is_done_it_is_not_asked_about() -> None:
    talk = week(hazard(state="done")).says("还没评估")
    assert talk.asked == "confirm"


def test_what_goes_back_needs_a_sentence_and_what_passes_does_not() -> None:
    talk = Talker(TALKS["hazard-decision"].opened, {**NAMED, "act": "failed"})
    assert talk.prompt == ["41号隐患（2号除尘间）复查不通过。还要改什么？"]
    assert talk.buttons == []
    talk.says("泄爆口朝向人员通道")
    assert talk.prompt == ["确认后，沈阳白桦示范食品有限公司的41号隐患记为“复查不通过”，并告知企业。"]
    talk.sends(photo("复查.jpg"))
    assert talk.says("确认").end.result == Decision("failed", "泄爆口朝向人员通道", (photo("复查.jpg"),))
    # As talks from before go on.
    assert (
        Talker(TALKS["hazard-decision"].opened, {**NAMED, "act": "passed"}).says("无").says("确认").end.result.remark
        == ""
    )


def test_who_looked_is_named_and_says_what_was_seen() -> None:
    talk = Talker(TALKS["hazard-decision"].opened, {**NAMED, "act": "close", "me": "孙演九"})
    assert talk.prompt[0] == "41号隐患（2号除尘间）准予销号。谁审核的？"
    assert "不像姓名" in talk.refused("李演强2")
    talk.says("李演强，王 演芳、李演强")
    assert "没有写明情况。请至少写几个字，如“复查通过，整改资料齐全，准予销号”" in talk.refused("无")
    assert talk.says("资料齐全，可以销号", "确认").end.result == Decision(
        "close", "资料齐全，可以销号", (), ("李演强", "王演芳")
    )
    assert (
        Talker(TALKS["hazard-decision"].opened, {**NAMED, "act": "lift", "me": "孙演九"}).says("无").asked == "confirm"
    )


def test_a_listing_has_its_number_day_and_deadline() -> None:
    talk = Talker(TALKS["hazard-listing"].opened, {**DAYS, "earliest": "2023-01-01", **NAMED}).says(
        "沈阳市安委办", "沈安委办〔2023〕12号"
    )
    assert "还没到" in talk.refused("6月10日")
    talk.says("昨天", "8月31日", "确认")
    listed = Listing("沈阳市安委办", "沈安委办〔2023〕12号", date(2023, 6, 5), date(2023, 8, 31))
    assert talk.end.result == listed
