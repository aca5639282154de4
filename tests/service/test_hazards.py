"""The ledger of major hazards as people see it: reported in a minute, told at once, closed after 复查."""

from datetime import timedelta

import pytest

from campaign.hazards import Finding
from campaign.talks.hazards import HazardDecisionBrief
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hazards import ledger
from service.talks import flow
from storage import audit, duties, hazards, people
from storage.hazards import Hazard
from talk.messages import FileRef
from talk.texts import CHINESE
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.town import Person, Town


def the(town: Town, number: int = 1) -> Hazard:
    """The hazard of a number."""
    found = town.use(lambda uow: hazards.get(uow.conn, number))
    assert found is not None
    return found


def events(town: Town, number: int = 1) -> list[str]:
    """What happened to it, in order."""
    return [step.event for step in town.use(lambda uow: hazards.steps(uow.conn, number))]


def duty_of(town: Town, obligation: str, period: str) -> duties.Duty:
    """A duty of the enterprise."""
    found = town.use(lambda uow: duties.of_period(uow.conn, obligation, FOOD, period))
    assert found is not None
    return found


async def report(person: Person, photo: FileRef) -> str:
    """Report a hazard without fixing it, up to the question of the plan."""
    await person.say("/report")
    await person.say("1号冷库机房")
    for label in ("通用管理", "人员资格", "符合原文", "同判定标准"):
        await person.tap(label)
    if person.can_tap("另一处"):
        await person.tap("另一处")
    await person.attach(photo)
    return await person.tap("还没有")


async def report_with_plan(person: Person, photo: FileRef, deadline: str = "6月30日") -> str:
    """Report a hazard with its plan."""
    await report(person, photo)
    await person.tap("现在填写")
    for said in ("钱演七", "增设氨气报警装置", "3万元", deadline, "停用机房，专人值守"):
        await person.say(said)
    return await person.tap("确认提交")


async def evaluate(principal: Person, photo: FileRef, number: int = 1) -> str:
    """Say that it is done and evaluated."""
    await principal.press_data(f"a:update:{number}")
    await principal.tap("整改完了")
    await principal.say("已安装报警装置")
    await principal.tap("已评估")
    await principal.say("王演三，本企业安全部")
    await principal.say("试运行2小时，报警正常")
    await principal.attach(photo)
    return await principal.tap("确认提交")


async def decide(staff: Person, act: str, remark: str = "现场已核对，情况属实", number: int = 1) -> str:
    """A decision of a department, by whoever decides."""
    await staff.press_data(f"a:decide:{number}:{act}")
    if staff.can_tap(staff.name):
        await staff.tap(staff.name)
    if act == "lift":
        await staff.tap("无说明")
    else:
        await staff.say(remark)
    if act in ("failed", "reopen"):
        await staff.say("7月31日")
    return await staff.tap("确认提交")


async def test_a_hazard_is_reported_in_a_minute_and_told_at_once(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    assert "沈阳白桦示范食品有限公司：隐患在哪里？" in await principal.say("/report")
    assert "属于哪一类？" in await principal.say("1号冷库机房")
    assert principal.labels[-2:] == ["说不准", "上一步"]
    assert "是哪个部位或设备？" in await principal.tap("通用管理")
    assert "请对照原文。第3条：特种作业人员未按照规定" in await principal.tap("人员资格")
    assert "具体是什么问题？" in await principal.tap("符合原文")
    assert "请拍一张现场照片" in await principal.say("外包焊工无证作业")
    assert "当场整改好了吗" in await principal.attach(photo)
    assert "共5项" in await principal.tap("还没有")
    await principal.tap("现在填写")
    await principal.say("钱演七")
    await principal.say("停止无证人员作业")
    assert "约3万" in await principal.say("约3万")
    assert principal.screen[-1].text.startswith("未能识别“约3万”。请回复金额，如“30000元”或“3万元”。")
    await principal.say("3万元")
    assert "6月1日已过" in await principal.say("6月1日")
    assert "应急预案" in await principal.say("6月30日")
    summary = await principal.say("停用机房，专人值守")
    assert "地点：1号冷库机房" in summary
    assert "期限：6月30日（周五）" in summary
    assert "确认后记入台账，并即时报告浑南区应急管理局。" in summary
    done = await principal.tap("确认提交")
    assert "✅ 已记入台账，编号1，已报告浑南区应急管理局。回执编号 " in done
    assert "1号重大事故隐患：已定方案" in done

    told = clerk.look()
    assert "【浑南区应急管理局】沈阳白桦示范食品有限公司 1号重大事故隐患\n企业报告了这处重大事故隐患：" in told
    assert "整改责任人：钱演七；措施：停止无证人员作业；资金：30000元；应急预案：停用机房，专人值守" in told
    assert clerk.screen[-1].files == (photo,)
    assert "1号重大事故隐患：已定方案" in await clerk.tap("查看")

    found = the(town)
    assert (found.origin, found.criterion, found.plan_funds_fen) == ("enterprise", "3-2", 3_000_000)
    assert events(town) == ["found", "plan"]
    reported = duty_of(town, "hazard-report", "hazard/1")
    assert (reported.status, reported.due) == ("answered", found.found_at + timedelta(hours=24))
    code = done.split("回执编号 ")[1][:9]
    assert "重大隐患即时报告" in await principal.say(f"/receipt {code}")


async def test_a_worker_reports_and_the_plan_follows_within_24_hours(
    town: Town, principal: Person, photo: FileRef
) -> None:
    worker = await town.join("吴演一", "worker", FOOD)
    await report(worker, photo)
    await worker.tap("先报告")
    assert "整改方案请在24小时内补填" in await worker.tap("确认提交")
    assert "制定方案" not in worker.labels
    assert duty_of(town, "hazard-report", "hazard/1").status == "open"
    # It was reported at once: what is owed is the plan.
    tasks = await principal.say("/tasks")
    assert "重大隐患整改方案（1号）" in tasks
    assert "即时报告" not in tasks

    duty = duty_of(town, "hazard-report", "hazard/1")
    assert "整改责任人是谁" in await principal.press_data(f"a:fill:{duty.id}")
    for said in ("钱演七", "增设报警装置", "无", "6月9日"):
        await principal.say(said)
    await principal.say("专人值守")
    assert "报告已完整。回执编号 " in await principal.tap("确认提交")
    assert duty_of(town, "hazard-report", "hazard/1").status == "answered"
    assert the(town).state == "planned"

    await principal.press_data("a:plan:1")
    await principal.tap("同上次")
    await principal.say("更换机房")
    await principal.say("5万元")
    await principal.say("6月20日")
    await principal.tap("同上次")
    assert "原方案已保留" in await principal.tap("确认提交")
    (step,) = [one for one in town.use(lambda uow: hazards.steps(uow.conn, 1)) if "before" in one.data]
    assert step.data["before"]["deadline"] == "2023-06-09"


async def test_a_plan_completes_the_report_of_what_is_being_rectified_already(
    town: Town, principal: Person, photo: FileRef
) -> None:
    await report(principal, photo)
    await principal.tap("先报告")
    await principal.tap("确认提交")
    await principal.tap("更新进展")
    await principal.tap("按方案推进")
    await principal.say("已停用机房")
    await principal.tap("暂无照片")
    await principal.tap("确认提交")
    assert the(town).state == "rectifying"
    assert duty_of(town, "hazard-report", "hazard/1").status == "open"
    await principal.tap("制定方案")
    for said in ("钱演七", "增设报警装置", "3万元", "6月9日", "专人值守"):
        await principal.say(said)
    assert "报告已完整。回执编号 " in await principal.tap("确认提交")
    assert duty_of(town, "hazard-report", "hazard/1").status == "answered"


async def test_what_is_fixed_at_once_needs_the_evaluation_only(town: Town, principal: Person, photo: FileRef) -> None:
    await principal.say("/report")
    await principal.say("包装车间")
    await principal.tap("说不准")
    await principal.say("没有氨气报警装置")
    await principal.attach(photo)
    await principal.tap("已整改好")
    await principal.say("已清理")
    assert "1号隐患（是否重大待认定）：整改完成" in await principal.tap("确认提交")
    assert the(town).weekly_from is None
    assert duty_of(town, "hazard-report", "hazard/1").status == "answered"
    town.tick()
    assert town.use(lambda uow: duties.of_period(uow.conn, "weekly-rectification", FOOD, "2023-W23")) is None


async def test_evaluation_comes_before_reinspection_and_both_before_closure(
    town: Town, principal: Person, officer: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    clerk.look()
    assert "状态已变化" in await clerk.press_data("a:decide:1:close")
    assert "状态已变化" in await clerk.press_data("a:decide:1:passed")
    await officer.press_data("a:update:1")
    await officer.tap("整改完了")
    # 整改评估 is the principal's to confirm.
    assert "确认后记入1号隐患的台账" in await officer.say("已安装报警装置")
    await officer.tap("确认提交")
    assert the(town).state == "done"
    await principal.press_data("a:update:1")
    await principal.tap("已评估")
    await principal.say("王演三，本企业安全部")
    assert "没有评估材料，不能销号" in await principal.say("试运行2小时，报警正常")
    assert "请发送照片或文件" in await principal.say("没有照片")
    await principal.attach(photo)
    assert "1号隐患：已评估，待复查" in await principal.tap("确认提交")

    assert "企业已完成整改和评估，请复查：" in clerk.look()
    assert "复查通过" in (await clerk.tap("查看"), *clerk.labels)
    assert "谁复查的？" in await clerk.tap("复查不通过")
    assert "不像姓名" in await clerk.say("13800000000")
    assert "还要改什么" in await clerk.say("李演强，王演芳")
    assert "新的整改期限到哪一天？" in await clerk.say("报警装置未联锁")
    await clerk.say("7月31日")
    assert "1号隐患：整改中" in await clerk.tap("确认提交")
    assert "复查不通过（李演强、王演芳）。说明：报警装置未联锁" in principal.look()

    await evaluate(principal, photo)
    assert "1号隐患：复查通过，待销号" in await decide(clerk, "passed", "复查人孙演九，联锁正常")
    assert clerk.can_tap("销号")
    assert "1号隐患：已销号" in await decide(clerk, "close")
    assert the(town).closed_at is not None
    assert "目前没有未销号的重大事故隐患。\n另有已销号的1处" in await principal.say("/hazards")
    assert "1. 1号 沈阳白桦示范食品有限公司 1号冷库机房：已销号" in await clerk.say("/hazards 已销号")
    assert "1号重大事故隐患：已销号" in await clerk.tap("第1项")
    assert clerk.labels == ["回头看合格", "重新打开", "查看照片", "整改过程"]

    assert "1号隐患：已销号" in await decide(clerk, "look_back")
    assert "1号隐患：重新打开" in await decide(clerk, "reopen", "报警装置拆除")
    assert (the(town).state, the(town).closed_at) == ("reopened", None)
    assert events(town)[-5:] == ["evaluate", "passed", "close", "look_back", "reopen"]
    history = await principal.press_data("a:history:1")
    assert "孙演九 复查不通过：李演强、王演芳：报警装置未联锁" in history
    assert "孙演九 销号：现场已核对，情况属实" in history


async def test_a_deadline_moved_keeps_the_old_one_and_the_reason(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    clerk.look()
    await principal.press_data("a:update:1")
    await principal.tap("遇到困难")
    await principal.say("装置已订货")
    await principal.say("厂家缺货，请区局协调")
    await principal.tap("要延期")
    await principal.say("7月15日")
    await principal.say("厂家缺货")
    await principal.tap("暂无照片")
    await principal.tap("确认提交")
    assert "整改期限调整为7月15日，原因：厂家缺货" in clerk.look()
    (step,) = [one for one in town.use(lambda uow: hazards.steps(uow.conn, 1)) if one.event == "deadline"]
    assert step.data == {"old": "2023-06-30", "new": "2023-07-15", "reason": "厂家缺货"}
    assert step.person == principal.id
    assert "2023-06-30→2023-07-15，厂家缺货" in await clerk.press_data("a:history:1")


async def test_departments_enter_what_they_find_after_naming_the_enterprise(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    assert "在哪家企业发现的" in await clerk.say("/report")
    assert "您的辖区内没有找到“青禾”" in await clerk.say("青禾")
    await clerk.say("/report")
    assert "隐患在哪里" in await clerk.say("白桦示范")
    await clerk.say("冷库机房")
    await clerk.tap("说不准")
    await clerk.say("没有氨气报警装置")
    assert "并告知沈阳白桦示范食品有限公司" in await clerk.attach(photo)
    await clerk.tap("确认提交")
    assert "部门检查发现这处重大事故隐患，已录入台账" in principal.look()
    assert the(town).origin == "department"
    # The department knows already: there is nothing to report.
    assert town.use(lambda uow: duties.of_period(uow.conn, "hazard-report", FOOD, "hazard/1")) is None


async def test_the_first_plan_of_what_a_department_found_changes_no_other(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await clerk.say("/report")
    for said in ("白桦示范", "冷库机房", "说不准", "没有氨气报警装置"):
        await clerk.say(said)
    await clerk.attach(photo)
    await clerk.tap("确认提交")
    await principal.press_data("a:plan:1")
    for said in ("钱演七", "增设报警装置", "0", "6月9日", "专人值守"):
        await principal.say(said)
    said = await principal.tap("确认提交")
    assert "✅ 1号隐患的整改方案已记入台账。" in said
    assert "原方案" not in said
    assert the(town).state == "planned"


async def test_listing_is_a_mark_beside_the_state(town: Town, principal: Person, clerk: Person, photo: FileRef) -> None:
    await report_with_plan(principal, photo)
    await clerk.press_data("a:list:1")
    await clerk.say("沈阳市安委办")
    await clerk.say("沈安委办〔2023〕12号")
    await clerk.say("今天")
    assert "6月1日已过" in await clerk.say("6月1日")
    await clerk.say("8月31日")
    await clerk.tap("确认提交")
    assert the(town).state == "planned"
    assert "已列入挂牌督办：沈阳市安委办（沈安委办〔2023〕12号），期限8月31日。" in principal.look()
    await decide(clerk, "lift")
    assert the(town).lifted_on is not None
    assert "状态已变化" in await decide_only(clerk, "lift")


@pytest.mark.parametrize("act", ["passed", "close", "look_back"])
async def test_a_decision_says_what_it_rests_on(
    town: Town, principal: Person, clerk: Person, photo: FileRef, act: str
) -> None:
    await report_with_plan(principal, photo)
    await evaluate(principal, photo)
    for before in ("passed", "close")[: ("passed", "close", "look_back").index(act)]:
        await decide(clerk, before)
    state = the(town).state
    await clerk.press_data(f"a:decide:1:{act}")
    await clerk.tap("孙演九")
    assert not clerk.can_tap("无说明")
    for empty in ("无", "无说明", "合格", "1", "。。。。。", "没有说明", "13800000000", "好好好好"):
        assert "没有写明情况" in await clerk.say(empty)
    assert the(town).state == state
    await clerk.say("报警器已装，试验3次正常")
    assert "（孙演九）。说明：报警器已装，试验3次正常" in (await clerk.tap("确认提交"), principal.look())[1]


async def test_a_decision_that_was_begun_before_notes_were_needed_changes_nothing_without_one(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    await evaluate(principal, photo)
    old = HazardDecisionBrief(number=1, place="1号冷库机房", name="沈阳白桦示范食品有限公司", act="passed")

    def begun(uow: UnitOfWork) -> None:
        identity = people.meet(uow.conn, clerk.address, CHINESE, uow.wall)
        assert identity.person is not None
        flow.begin(uow, Speaker(identity.person, identity), old)

    town.use(begun)
    clerk.look()
    await clerk.tap("无说明")
    assert "须写明情况，没有改动" in await clerk.tap("确认提交")
    assert the(town).state == "evaluated"


async def decide_only(staff: Person, act: str) -> str:
    """Begin a decision that is not possible."""
    return await staff.press_data(f"a:decide:1:{act}")


async def test_a_department_judges_that_it_is_not_major(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    await clerk.press_data("a:decide:1:not_major")
    assert "请回复文字" in await clerk.say("")
    await clerk.say("不在判定标准内")
    await clerk.tap("确认提交")
    assert the(town).state == "not_major"
    assert "认定不属于重大隐患（孙演九）。说明：不在判定标准内" in principal.look()


async def test_nobody_else_has_business_with_a_hazard(town: Town, principal: Person, photo: FileRef) -> None:
    await report_with_plan(principal, photo)
    other = await town.join("周演四", "clerk", "沈河区")
    leader = await town.join("李演五", "leader", DISTRICT)
    for action in ("hazard:1", "history:1", "plan:1", "update:1", "decide:1:passed", "list:1"):
        assert "您现在不能办理" in await other.press_data(f"a:{action}")
    assert "1号重大事故隐患" in await leader.press_data("a:hazard:1")
    assert leader.labels == ["查看照片", "整改过程"]
    for action in ("plan:1", "update:1", "decide:1:not_major", "list:1"):
        assert "不由您办理" in await leader.press_data(f"a:{action}")
    for odd in ("a:hazard:99", "a:hazard:x", "a:decide:1:destroy", "a:decide:1", "a:hazard:" + "9" * 30):
        assert await leader.press_data(odd)
    assert "没有未销号" in await other.say("/hazards")


async def test_what_the_city_supervises_itself_is_the_citys_to_judge(town: Town, clerk: Person, photo: FileRef) -> None:
    town.register(row(监管单位="沈阳市应急管理局"))
    principal = await town.join("郑演丙", "principal", FOOD)
    city = await town.join("赵演六", "city", CITY)
    await report_with_plan(principal, photo)
    assert "企业报告了这处重大事故隐患" in city.look()
    assert "1号重大事故隐患" not in clerk.look()
    await evaluate(principal, photo)
    assert "不由您办理" in await decide_only(clerk, "passed")
    assert "待销号" in await decide(city, "passed")


async def test_the_sectors_department_is_told_where_it_is_another_one(town: Town, photo: FileRef) -> None:
    town.register(row(行业监管部门="沈阳市应急管理局"))
    principal = await town.join("郑演丙", "principal", FOOD)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    city = await town.join("赵演六", "city", CITY)
    await report_with_plan(principal, photo)
    for staff in (clerk, city):
        assert staff.look().count("企业报告了这处重大事故隐患") == 1


async def test_the_principal_is_told_of_what_others_report(town: Town, principal: Person, photo: FileRef) -> None:
    worker = await town.join("吴演一", "worker", FOOD)
    await report_with_plan(worker, photo)
    assert "吴演一报告了这处隐患：\n地点：1号冷库机房" in principal.look()
    await report_with_plan(principal, photo)
    assert "报告了这处隐患" not in principal.look()


async def test_what_is_not_major_needs_no_report_and_what_is_done_has_its_own(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    for _ in range(2):
        await report(principal, photo)
        await principal.tap("先报告")
        await principal.tap("确认提交")
    await clerk.press_data("a:decide:1:not_major")
    await clerk.say("不在判定标准内")
    await clerk.tap("确认提交")
    assert duty_of(town, "hazard-report", "hazard/1").status == "withdrawn"
    await evaluate(principal, photo, 2)
    assert duty_of(town, "hazard-report", "hazard/2").status == "answered"


async def test_the_ledger_is_listed_by_urgency_a_page_at_a_time(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    for day in range(6, 13):
        await report_with_plan(principal, photo, f"6月{day}日")
    town.pass_time(days=2)
    first = await clerk.say("/hazards")
    assert "未销号的重大事故隐患7处，点序号查看：" in first
    assert "1. 1号 沈阳白桦示范食品有限公司 1号冷库机房：已定方案，整改期限：6月6日（周二），已超期1天" in first
    assert "6. 6号 沈阳白桦示范食品有限公司" in await clerk.tap("更多")
    assert "7号重大事故隐患：已定方案" in await clerk.say("/hazards 7")
    assert "您现在不能办理" in await clerk.say("/hazards 99")


async def test_a_hazard_goes_with_an_enterprise_that_moves_and_keeps_its_district(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    there = await town.join("周演四", "clerk", "沈河区")
    town.register(row(所属区县="沈河区", 监管单位="沈河区应急管理局"))
    assert "1号重大事故隐患" in await there.press_data("a:hazard:1")
    assert "您现在不能办理" in await clerk.press_data("a:hazard:1")
    assert the(town).district == DISTRICT


async def test_a_role_that_ends_meanwhile_writes_nothing(town: Town, principal: Person, photo: FileRef) -> None:
    await report(principal, photo)
    await principal.tap("先报告")

    def end(uow: UnitOfWork) -> None:
        for one in people.all_roles(uow.conn):
            people.set_state(uow.conn, one.id, "ended", uow.now)

    town.use(end)
    assert "您现在不能办理" in await principal.tap("确认提交")
    assert town.use(lambda uow: hazards.find(uow.conn)) == []


async def test_every_step_is_in_the_audit_by_ids(town: Town, principal: Person, photo: FileRef) -> None:
    await report_with_plan(principal, photo)
    await evaluate(principal, photo)
    actor = principal.id
    noted = town.use(
        lambda uow: [
            audit.happened(uow.conn, event, actor, "hazard/1")
            for event in ("hazard-found", "hazard-finish", "hazard-evaluate")
        ]
    )
    assert noted == [True, True, True]


def test_only_what_is_there_can_be_found(town: Town) -> None:
    finding = Finding("…", None, False, (), False, None)  # noqa: FBT003
    with pytest.raises(LookupError):
        town.use(lambda uow: ledger.find(uow, None, "91210112155117772D", finding))  # type: ignore[arg-type]


async def test_a_criterion_of_another_sector_is_not_among_those_offered(principal: Person) -> None:
    await principal.say("/report")
    await principal.say("熔炼炉")
    hint = await principal.say("冶金")
    assert "这里只列适用于本企业行业和风险的情形" in hint
    assert "说不准" in hint


async def test_where_no_clerk_has_joined_the_city_hears_of_a_hazard(town: Town) -> None:
    """It was told to nobody, though every other question of such a district goes to the city."""
    principal = await town.join("郑演丙", "principal", FOOD)
    city = await town.join("李演明", "city", CITY)
    finding = Finding("3号料仓", None, device_failed=False, photos=(), fixed=False, plan=None)

    def report(uow: UnitOfWork) -> None:
        identity = people.meet(uow.conn, principal.address, CHINESE, uow.wall)
        assert identity.person is not None
        ledger.find(uow, Speaker(identity.person, identity), FOOD, finding)

    town.use(report)
    assert "3号料仓" in city.look()
