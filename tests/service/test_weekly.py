"""The weekly check-in as people see it: it comes by itself, goes hazard by hazard, and stops with the last one."""

from datetime import datetime

from storage import duties, hazards
from talk.messages import FileRef
from tests.service.conftest import FOOD
from tests.service.test_hazards import decide, duty_of, evaluate, report_with_plan, the
from tests.town import Person, Town

WEEKLY = "weekly-rectification"


def week(town: Town, period: str) -> duties.Duty | None:
    """The check-in of a week, if there is one."""
    return town.use(lambda uow: duties.of_period(uow.conn, WEEKLY, FOOD, period))


def at(town: Town, moment: str) -> None:
    """Let it be a moment of the campaign, and tick."""
    town.now = datetime.fromisoformat(f"2023-{moment}+08:00")
    town.tick()


async def check_in(principal: Person, town: Town, period: str) -> str:
    """Say that a hazard goes as planned."""
    duty = week(town, period)
    assert duty is not None
    await principal.press_data(f"a:fill:{duty.id}")
    await principal.tap("按方案推进")
    await principal.say("装置已到货")
    await principal.tap("能按期")
    return await principal.tap("暂无照片")


async def test_it_comes_by_itself_and_goes_hazard_by_hazard(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    await report_with_plan(principal, photo)
    town.tick()
    assert "重大隐患每周调度（6月5日—6月11日）" in principal.look()
    duty = week(town, "2023-W23")
    assert duty is not None
    assert "1号隐患（1号冷库机房）整改进展如何" in await principal.press_data(f"a:fill:{duty.id}")
    await principal.tap("遇到困难")
    await principal.say("已订货")
    await principal.say("厂家缺货")
    await principal.tap("要延期")
    await principal.say("7月15日")
    await principal.say("厂家缺货")
    assert "2号隐患（1号冷库机房）整改进展如何" in await principal.tap("暂无照片")
    # Each question says which of several hazards it is about.
    assert (await principal.tap("整改完了")).startswith("2号隐患（1号冷库机房）\n")
    await principal.say("已安装")
    await principal.tap("已评估")
    await principal.say("王演三")
    await principal.say("试运行正常")
    assert "同时算作6月的月调度吗" in await principal.attach(photo)
    summary = await principal.tap("算作")
    assert "1号困难：厂家缺货" in summary
    assert "2号评估人：王演三" in summary
    assert "确认后以郑演丙名义提交，6月11日前可更正。" in summary
    clerk.look()
    done = await principal.tap("确认提交")
    assert "✅ 已收到您的重大隐患每周调度（6月5日—6月11日）。" in done
    assert "同时记为6月调度确认。回执编号 " in done

    assert (the(town, 1).state, str(the(town, 1).deadline)) == ("rectifying", "2023-07-15")
    assert the(town, 2).state == "evaluated"
    assert "请复查" in clerk.look()
    month = duty_of(town, "monthly-dispatch", "2023-06")
    assert (month.status, month.conversation) == ("answered", duty_of(town, WEEKLY, "2023-W23").conversation)
    for line in done.splitlines():
        if "回执编号 " in line:
            assert "有效" in await principal.say(f"/receipt {line.split('回执编号 ')[1][:9]}")


def asked_for(said: str) -> str:
    """The numbered lines of what was said: what else is overdue is named behind them, in a digest that comes anyway."""
    return "\n".join(line for line in said.splitlines() if line[:1].isdigit() and ". " in line)


async def test_one_prompt_one_nudge_then_the_clerk(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    at(town, "06-12T08:30:00")
    assert "每周调度（6月12日—6月18日）" in principal.look()
    at(town, "06-13T08:31:00")
    assert "每周调度（6月12日—6月18日）" in principal.look()
    at(town, "06-14T08:31:00")
    assert "每周调度（6月12日" not in asked_for(principal.look())
    at(town, "06-15T08:31:00")
    assert "每周调度" in clerk.look()


async def test_found_on_thursday_is_asked_about_next_week(town: Town, principal: Person, photo: FileRef) -> None:
    at(town, "06-08T00:00:00")
    await report_with_plan(principal, photo)
    town.tick()
    assert week(town, "2023-W23") is None
    at(town, "06-12T08:30:00")
    assert week(town, "2023-W24") is not None


async def test_closed_within_the_week_withdraws_an_unanswered_one_and_the_next_does_not_come(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    town.tick()
    await evaluate(principal, photo)
    await decide(clerk, "passed")
    assert duty_of(town, WEEKLY, "2023-W23").status == "open"
    await decide(clerk, "close")
    assert duty_of(town, WEEKLY, "2023-W23").status == "withdrawn"
    at(town, "06-12T08:30:00")
    assert week(town, "2023-W24") is None
    # Open again on Wednesday: asked about in the same week.
    at(town, "06-14T09:00:00")
    await decide(clerk, "reopen", "装置拆除")
    assert duty_of(town, WEEKLY, "2023-W24").status == "open"
    assert duty_of(town, WEEKLY, "2023-W23").status == "withdrawn"


async def test_an_answered_one_stays_answered_when_the_hazard_closes(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    town.tick()
    await check_in(principal, town, "2023-W23")
    await principal.tap("不算")
    await principal.tap("确认提交")
    assert duty_of(town, "monthly-dispatch", "2023-06").status == "open"
    await evaluate(principal, photo)
    await decide(clerk, "passed")
    await decide(clerk, "close")
    assert duty_of(town, WEEKLY, "2023-W23").status == "answered"


async def test_what_was_closed_while_it_was_being_filled_in_is_left_alone(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    await report_with_plan(principal, photo)
    town.tick()
    await check_in(principal, town, "2023-W23")
    await principal.tap("按方案推进")
    await principal.say("进行中")
    await principal.tap("能按期")
    await principal.tap("暂无照片")
    await principal.tap("不算")
    await clerk.press_data("a:decide:1:not_major")
    await clerk.say("不在判定标准内")
    await clerk.tap("确认提交")
    principal.look()
    said = await principal.tap("确认提交")
    assert "1号隐患在填报期间状态已变化，本次所填仅留存记录" in said
    assert (the(town, 1).state, the(town, 2).state) == ("not_major", "rectifying")


async def test_the_officer_fills_and_the_principal_confirms(
    town: Town, principal: Person, officer: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    town.tick()
    duty = duty_of(town, WEEKLY, "2023-W23")
    await principal.press_data(f"a:delegate:{duty.id}")
    officer.look()
    assert "已交主要负责人核对" in await check_in(officer, town, "2023-W23")
    assert "钱演七已填好" in principal.look()
    # Whether it counts as the month's dispatch is the principal's to say.
    assert "同时算作6月的月调度吗" in await principal.tap("去核对")
    await principal.tap("不算")
    await principal.tap("确认提交")
    assert duty_of(town, WEEKLY, "2023-W23").status == "answered"
    steps = town.use(lambda uow: [step.event for step in hazards.steps(uow.conn, 1)])
    assert steps == ["found", "plan", "progress"]


async def test_a_deadline_that_has_passed_needs_a_new_one(town: Town, principal: Person, photo: FileRef) -> None:
    await report_with_plan(principal, photo, "6月9日")
    at(town, "06-12T08:30:00")
    assert "⚠️ 整改期限：6月9日（周五），已超期3天" in await principal.press_data("a:hazard:1")
    await principal.press_data(f"a:fill:{duty_of(town, WEEKLY, '2023-W24').id}")
    await principal.tap("按方案推进")
    assert "原期限6月9日已过，新的期限是哪一天" in await principal.say("等配件")


async def test_nobody_is_reminded_of_a_week_when_nothing_is_open_any_more(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    at(town, "09-25T08:30:00")
    await report_with_plan(principal, photo, "12月30日")
    at(town, "09-28T08:30:00")
    principal.look()
    duty = week(town, "2023-W39")
    assert duty is not None
    assert "再提醒您" in await principal.press_data(f"a:snooze:{duty.id}")
    # The holidays: the next working morning is that of 7 October.
    at(town, "10-03T10:00:00")
    await evaluate(principal, photo)
    await decide(clerk, "passed")
    await decide(clerk, "close")
    at(town, "10-07T08:30:00")
    assert "每周调度（9月25日" not in asked_for(principal.look())
