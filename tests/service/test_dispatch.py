"""The monthly dispatch as people see it: 三(一)1."""

import re
from datetime import date, datetime

from storage import conversations, duties
from talk.messages import FileRef
from tests.service.conftest import FOOD, row
from tests.town import Person, Town


def june(town: Town) -> duties.Duty:
    """The dispatch duty of June."""
    found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
    return next(duty for duty in found if (duty.obligation, duty.period) == ("monthly-dispatch", "2023-06"))


async def open_card(person: Person) -> str:
    """The card of June's dispatch, by its own button."""
    return await person.press_data(f"a:show:{june(person.town).id}")


async def answer_all(person: Person) -> str:
    """Answer everything up to the confirmation."""
    await open_card(person)
    await person.tap("已调度")
    await person.tap("是")
    await person.tap("今天")
    await person.tap("现场调度")
    await person.say("更换除尘风机；重新签订外包安全协议")
    return await person.say("资金3万元")


async def test_a_principal_answers_in_a_minute(town: Town, principal: Person) -> None:
    card = await open_card(principal)
    assert "【浑南区应急管理局】6月调度确认" in card
    assert "6月30日（周五）前，还有25天" in card
    assert "沈应急发〔2023〕27号《方案》三（一）1" in card
    assert principal.labels[:3] == ["已调度", "还没有", "明早提醒"]

    assert "由您本人主持吗" in await principal.tap("已调度")
    assert "6月调度是哪天开展的？（2/5）" in await principal.tap("是")
    assert principal.labels == ["今天", "昨天", "上一步"]
    refused = await principal.say("6月35日")
    assert refused == "未能识别“6月35日”。请回复6月内的日期，如“6月1日”。\n前面的回答已保留。"
    assert "还没到" in await principal.say("6月6日")
    assert "什么形式" in await principal.say("6.5")
    assert "议定了哪些事项" in await principal.tap("现场调度")
    assert "✓落实整改" in (await principal.tap("落实整改"), *principal.labels)
    assert "还有什么问题" in await principal.tap("完成")
    summary = await principal.say("资金3万元")
    assert summary == (
        "请您核对：\n由您本人主持：是\n时间：6月5日（周一）\n形式：现场调度\n议定事项：落实整改\n待解决：资金3万元\n"
        "确认后以郑演丙名义提交，6月30日前可更正。"
    )
    assert principal.labels == ["确认提交", "修改", "附照片"]
    receipt = await principal.tap("确认提交")
    assert re.search(r"✅ 已收到您的6月调度确认。回执编号 [A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}", receipt)

    duty = june(town)
    assert duty.status == "answered"
    assert not duty.late


async def test_a_change_of_any_answer_asks_for_the_confirmation_again(town: Town, principal: Person) -> None:
    await answer_all(principal)
    assert "要修改的一项" in await principal.tap("修改")
    assert "哪天" in await principal.tap("时间")
    summary = await principal.tap("昨天")
    assert "时间：6月4日（周日）" in summary
    assert "待解决：资金3万元" in summary
    await principal.tap("确认提交")
    result = town.use(lambda uow: conversations.latest_result(uow.conn, "monthly-dispatch", FOOD, uow.now))
    assert result["day"] == "2023-06-04"


async def test_a_later_answer_counts_and_the_earlier_one_is_kept(town: Town, principal: Person) -> None:
    await answer_all(principal)
    first = await principal.tap("确认提交")
    town.pass_time(days=3)
    await open_card(principal)
    assert "请您核对" in await principal.tap("更正")
    await principal.tap("修改")
    await principal.tap("形式")
    await principal.tap("会议调度")
    second = await principal.tap("确认提交")
    codes = [re.search(r"编号 (\S+)，", text)[1] for text in (first, second)]  # type: ignore[index]  # must match
    assert "已由后来的提交取代" in await principal.say(f"/receipt {codes[0]}")
    assert "有效" in await principal.say(f"/receipt {codes[1]}")


async def test_a_dispatch_in_time_that_is_told_late_is_said_to_be_both(town: Town, principal: Person) -> None:
    town.now = datetime.fromisoformat("2023-07-02T10:00:00+08:00")
    town.tick()
    card = await open_card(principal)
    assert "⚠️ 已逾期2天" in card
    assert "说明情况" in principal.labels
    await principal.tap("已调度")
    await principal.tap("否")
    await principal.say("6月28日")
    await principal.tap("会议调度")
    await principal.say("无")
    await principal.tap("没有")
    await principal.tap("确认提交")
    # The month is dated by the clause: what was done in it is in time, and told late.
    assert (june(town).late, june(town).done_on) == (False, date(2023, 6, 28))
    assert "6月28日按期开展，逾期填报" in await principal.press_data(f"a:show:{june(town).id}")
    # Its day has passed for a correction as well.
    await principal.press_data(f"a:fill:{june(town).id}")
    assert "已过截止日，此后更正将注明日期" in principal.screen[-1].text


async def test_not_yet_with_a_plan_keeps_the_duty_open_and_reminds_then(town: Town, principal: Person) -> None:
    await open_card(principal)
    await principal.tap("还没有")
    await principal.tap("已有计划")
    assert "6月20日（周二）上午提醒您" in await principal.say("6月20日")
    assert june(town).status == "open"
    town.now = datetime.fromisoformat("2023-06-16T09:00:00+08:00")
    town.tick()
    assert "6月调度确认" not in principal.look()
    town.now = datetime.fromisoformat("2023-06-20T09:00:00+08:00")
    town.tick()
    assert "6月调度确认" in principal.look()


async def test_not_at_all_leads_to_an_explanation(town: Town, principal: Person) -> None:
    await open_card(principal)
    await principal.tap("还没有")
    assert "原因是什么" in await principal.tap("说明情况")
    await principal.tap("其他")
    await principal.say("设备检修，计划7月10日完成")
    assert "已收到6月调度确认的情况说明" in await principal.tap("确认提交")
    assert june(town).status == "explained"


async def test_photos_are_a_button_on_the_confirmation(principal: Person, photo: FileRef) -> None:
    await answer_all(principal)
    assert "请发送照片" in await principal.tap("附照片")
    assert "附件：1个文件" in await principal.attach(photo)
    assert "回执编号" in await principal.tap("确认提交")


async def test_the_officer_fills_and_the_principal_confirms_what_turns_on_in_person(
    principal: Person, officer: Person
) -> None:
    await open_card(principal)
    await principal.tap("请安全员先填")
    assert "郑演丙请您先填6月调度确认" in officer.look()
    assert "调度开展了吗" in await officer.tap("现在填报")
    await officer.tap("已调度")
    await officer.tap("今天")
    await officer.tap("会议调度")
    await officer.tap("安排资金")
    await officer.tap("完成")
    assert "已交主要负责人核对" in await officer.tap("没有")
    assert "钱演七已填好6月调度确认，请您核对确认。" in principal.look()
    assert "由您本人主持吗？（5/5）" in await principal.tap("去核对")
    assert "时间：6月5日（周一）" in await principal.tap("是")
    assert principal.labels == ["确认提交", "修改", "附照片", "退回"]

    await principal.tap("退回")
    assert "哪里不对" in await principal.tap("时间")
    assert "已退回重填" in await principal.say("应为6月2日")
    assert "退回重填。说明：应为6月2日" in officer.look()
    assert "退回说明：应为6月2日" in await officer.tap("去重填")
    assert "已交主要负责人核对" in await officer.say("6月2日")
    principal.look()
    assert "时间：6月2日（周五）" in await principal.tap("去核对")
    assert "回执编号" in await principal.tap("确认提交")
    # The card that called for it is still there: it asks for nothing a second time.
    assert "✅ 已于6月5日" in await principal.press(principal.button("去核对"))
    assert principal.labels == ["更正", "查看填报", "填报依据"]
    assert "✅ 已于6月5日" in await officer.press(officer.button("去重填"))


async def test_last_months_form_and_problems_are_offered_but_not_the_date(town: Town, principal: Person) -> None:
    await answer_all(principal)
    await principal.tap("确认提交")
    town.now = datetime.fromisoformat("2023-07-03T09:00:00+08:00")
    town.tick()
    principal.look()
    july = next(
        duty
        for duty in town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
        if (duty.obligation, duty.period) == ("monthly-dispatch", "2023-07")
    )
    await principal.press_data(f"a:fill:{july.id}:yes")
    assert "哪天" in await principal.tap("是")
    await principal.tap("今天")
    assert principal.labels[0] == "现场调度"
    await principal.tap("现场调度")
    assert "“资金3万元”，现在解决了吗" in await principal.say("继续整改")
    assert "上次提出：资金3万元" in await principal.tap("仍需协调")
    assert "待解决：资金3万元" in await principal.tap("同上次")


async def test_back_and_cancel_keep_what_was_answered(principal: Person) -> None:
    await open_card(principal)
    await principal.tap("已调度")
    await principal.tap("是")
    await principal.tap("今天")
    assert "哪天" in await principal.say("/back")
    assert "什么形式" in await principal.tap("昨天")
    assert "已放下6月调度确认" in await principal.say("/cancel")
    await open_card(principal)
    assert "什么形式" in await principal.tap("已调度")


async def test_a_second_enterprise_is_no_business_of_this_principal(town: Town, principal: Person) -> None:
    town.register(row("91210112155117772D", 2, 企业名称="沈阳青禾试用商厦有限公司", 行业="商贸", 主要负责人="蒋演八"))
    town.tick()
    others = town.use(lambda uow: duties.find(uow.conn, enterprise="91210112155117772D"))
    for duty in others[:2]:
        for action in ("show", "fill", "ground", "snooze", "delegate", "explain"):
            assert "您现在不能办理" in await principal.press_data(f"a:{action}:{duty.id}")


async def test_a_tap_on_the_card_answers_nothing_but_the_opening_question(principal: Person) -> None:
    await open_card(principal)
    assert "由您本人主持吗" in await principal.tap("已调度")
    await open_card(principal)
    assert "由您本人主持吗" in await principal.tap("已调度")
    assert "哪天" in await principal.tap("否")
