"""What a department decides about the ledger: what is major, what is one hazard, what was a mistake, by when."""

from datetime import date, timedelta

import pytest

from service.desk import waiting
from storage import duties, hazards
from talk.messages import FileRef
from tests.service.conftest import DISTRICT, FOOD
from tests.service.test_hazards import decide, evaluate, events, report, report_with_plan, the
from tests.town import Person, Town

CRITERION = ("通用管理", "人员资格", "符合原文")


async def report_unsure(person: Person, photo: FileRef, place: str = "1号冷库机房") -> str:
    """Report what one is not sure about, its plan to follow."""
    await person.say("/report")
    await person.say(place)
    await person.tap("说不准")
    await person.say("氨气报警器不响")
    if person.can_tap("另一处"):
        await person.tap("另一处")
    await person.attach(photo)
    await person.tap("还没有")
    await person.tap("先报告")
    return await person.tap("确认提交")


async def put_on_list(clerk: Person, deadline: str, number: int = 1) -> str:
    """挂牌督办."""
    await clerk.press_data(f"a:list:{number}")
    for said in ("沈阳市安委办", "沈安委办〔2023〕12号", "今天"):
        await clerk.say(said)
    asked = await clerk.say(deadline)
    await clerk.tap("确认提交")
    return asked


def cases(town: Town, person: str) -> list[str]:
    """What waits for somebody by kind."""
    found = town.use(waiting.by_person)
    return [case.kind for cases in found.values() for case in cases if person]


async def test_what_nobody_is_sure_of_waits_for_the_department(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_unsure(principal, photo)
    told = clerk.look()
    assert "1号隐患（是否重大待认定）\n企业报告了这处隐患，是否属于重大说不准，请认定：" in told
    assert "问题：氨气报警器不响" in told
    assert cases(town, "clerk") == ["hazard"]
    await evaluate(principal, photo)
    await clerk.say("/hazards 1")
    # Nobody reinspects what may be no major hazard.
    assert {"属于重大", "不属重大"} <= set(clerk.labels)
    assert "复查通过" not in clerk.labels
    await clerk.press_data("a:decide:1:passed")
    assert the(town).state == "evaluated"
    await clerk.press_data("a:decide:1:major")
    assert "说不准" not in clerk.labels
    # No answer is offered by a hint that is none here.
    for words in ("中毒和窒息类", "99"):
        assert "说不准" not in await clerk.say(words)
    # A number on a card that was asked for meanwhile leads there, and what is shown is not about this enterprise.
    await clerk.say("/annex")
    await clerk.tap("总体情况")
    assert "企业：" not in await clerk.say("1")
    for label in CRITERION:
        await clerk.tap(label)
    await clerk.say("现场核实，作业人员无证")
    assert "计入调度表" in clerk.screen[-1].text
    await clerk.tap("确认提交")
    assert (the(town).unsure, the(town).criterion, the(town).state) == (False, "3-2", "evaluated")
    assert "认定属于重大隐患（孙演九）。说明：现场核实，作业人员无证" in principal.look()
    assert cases(town, "clerk") == []
    await clerk.press_data("a:decide:1:major")
    assert "没有改动" in clerk.screen[-1].text


async def test_of_two_clerks_the_second_is_told_that_it_is_decided(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    colleague = await town.join("李演五", "clerk", DISTRICT)
    await report_unsure(principal, photo)
    for person in (clerk, colleague):
        await person.press_data("a:decide:1:not_major")
        await person.say("不在判定标准内")
    await clerk.tap("确认提交")
    assert "没有改动" in await colleague.tap("确认提交")
    assert the(town).state == "not_major"


async def test_the_same_place_and_criterion_is_pointed_out_and_merged(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report(principal, photo)
    await principal.tap("先报告")
    await principal.tap("确认提交")
    # The place however it is spelt.
    await principal.say("/report")
    await principal.say("１号 冷库机房")
    for label in (*CRITERION, "同判定标准"):
        await principal.tap(label)
    assert "台账中已有1号隐患" in principal.screen[-1].text
    assert "没有重复登记" in await principal.tap("是同一处")
    assert town.use(lambda uow: hazards.get(uow.conn, 2)) is None

    await report(principal, photo)
    await principal.tap("先报告")
    await principal.tap("确认提交")
    assert "与台账中1号的判定标准和地点相同，请核对是否重复：" in clerk.look()
    await clerk.press_data("a:history:2")
    assert "与哪一处是同一处" in await clerk.tap("并入另一处")
    await clerk.say("1")
    await clerk.say("同一名焊工无证")
    assert "不再单独统计" in clerk.screen[-1].text
    await clerk.tap("确认提交")
    merged = the(town, 2)
    assert (merged.state, merged.merged_into, merged.is_open) == ("merged", 1, False)
    assert events(town, 1)[-1] == "merged"
    own = town.use(lambda uow: duties.of_period(uow.conn, "hazard-report", FOOD, "hazard/2"))
    assert own is not None
    assert own.status == "withdrawn"
    assert "已并入1号隐患" in await principal.say("/hazards 2")
    # The other way round: what was merged is nothing to merge into, and alone there is nothing to choose.
    await clerk.press_data("a:decide:1:merge")
    assert "没有改动" in clerk.screen[-1].text
    await decide(clerk, "reopen", "核实后不是同一处", 2)
    assert (the(town, 2).state, the(town, 2).merged_into) == ("reopened", None)


async def test_what_is_listed_goes_on_and_what_has_ended_takes_nothing_in(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    for _ in range(2):
        await report_with_plan(principal, photo)
    await put_on_list(clerk, "6月20日")
    for number, into in ((1, "1"), (2, "1")):
        await clerk.press_data(f"a:decide:{number}:merge")
        await clerk.say(into)
        await clerk.say("与另一处是同一台设备")
        if number == 2:
            colleague = await town.join("李演五", "clerk", DISTRICT)
            await decide(colleague, "withdraw", "登错了企业", 1)
        said = await clerk.tap("确认提交")
        assert ("正在挂牌督办" if number == 1 else "不能并入") in said
    assert (the(town, 1).state, the(town, 2).state) == ("withdrawn", "planned")


async def test_a_mistake_is_withdrawn_with_its_reason(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    await clerk.press_data("a:history:1")
    await clerk.tap("撤销误登")
    assert "演练" not in await clerk.say("误登")
    await clerk.say("演练时误报")
    await clerk.tap("确认提交")
    assert the(town).state == "withdrawn"
    assert "撤销误登（孙演九）。说明：演练时误报" in principal.look()
    assert "目前没有未销号的重大事故隐患" in await principal.say("/hazards")
    await principal.press_data("a:decide:1:withdraw")
    assert the(town).state == "withdrawn"


async def test_every_setback_asks_for_a_new_deadline(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    await evaluate(principal, photo)
    await clerk.press_data("a:decide:1:failed")
    await clerk.tap(clerk.name)
    assert "新的整改期限" in await clerk.say("报警装置未联锁")
    assert "已过" in await clerk.say("6月1日")
    await clerk.say("7月10日")
    await clerk.tap("确认提交")
    assert the(town).deadline == date(2023, 7, 10)
    assert "整改期限：7月10日" in principal.look()


async def test_a_deadline_that_passes_is_told_once_to_both_in_working_hours(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo, "6月9日")
    principal.look(), clerk.look()
    town.now = town.now.replace(month=6, day=10, hour=10)  # a Saturday
    town.tick()
    assert "整改期限已过" not in principal.look()
    town.now += timedelta(days=2)
    for _ in range(2):
        town.tick()
        town.pass_time(hours=1)
    for person in (principal, clerk):
        person.look()
        told = [shown.text for shown in person.screen if "整改期限已过，还没有整改完成：" in shown.text]
        assert len(told) == 1
    await principal.press_data("a:update:1")
    await principal.tap("按方案推进")
    for said in ("已订货", "6月14日", "到货延误"):
        await principal.say(said)
    await principal.tap("暂无照片")
    await principal.tap("确认提交")
    town.pass_time(days=3)
    town.tick()
    clerk.look()
    assert len([shown for shown in clerk.screen if "整改期限已过，还没有整改完成：" in shown.text]) == 2


async def test_of_two_deadlines_each_is_told_as_it_passes(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    """When its own deadline passed after that of its listing, an enterprise was told of the listing's again."""
    await report_with_plan(principal, photo)
    await put_on_list(clerk, "6月20日")
    for month, day in ((6, 21), (7, 3)):
        town.now = town.now.replace(month=month, day=day, hour=10)
        town.tick()
        town.tick()
        principal.look()
    listed, own = (shown.text for shown in principal.screen if "期限已过，" in shown.text)
    assert "督办期限已过，还没有解除挂牌：" in listed
    assert "整改期限已过，还没有整改完成：" in own


@pytest.mark.parametrize("agrees", [True, False])
async def test_the_deadline_of_a_listed_hazard_moves_only_with_consent(
    town: Town, principal: Person, clerk: Person, photo: FileRef, agrees: bool
) -> None:
    await report_with_plan(principal, photo)
    assert "督办期限早于企业的整改期限（6月30日）" in await put_on_list(clerk, "6月20日")
    assert "晚于督办期限" in await principal.say("/hazards 1")
    await principal.press_data("a:plan:1")
    for said in ("钱演七", "更换风机", "无", "7月20日", "停用机房"):
        await principal.say(said)
    await principal.tap("确认提交")
    assert (the(town).deadline, the(town).asked_deadline) == (date(2023, 6, 30), date(2023, 7, 20))
    assert the(town).plan_measures == "更换风机"
    assert "企业申请延期整改挂牌督办的隐患，请决定：" in clerk.look()
    assert cases(town, "clerk") == ["hazard"]
    await clerk.say("/hazards 1")
    await clerk.tap("同意延期" if agrees else "不同意延期")
    await clerk.say("按原期限完成不了" if agrees else "按原期限完成")
    await clerk.tap("确认提交")
    assert (the(town).deadline, the(town).asked_deadline) == (date(2023, 7, 20) if agrees else date(2023, 6, 30), None)
    assert (
        "同意延期（孙演九）。" if agrees else "不同意延期，仍按原期限整改（孙演九）。说明：按原期限完成"
    ) in principal.look()
    await clerk.press_data("a:decide:1:extend")
    assert "没有改动" in clerk.screen[-1].text
