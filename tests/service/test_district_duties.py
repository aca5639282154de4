"""Duties of a district: answered by short forms, explained to the city, and nobody else's."""

import pytest

from storage import audit, conversations, duties
from talk.messages import FileRef
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.test_annex import acts, at, end_roles
from tests.service.test_coverage import record
from tests.town import Person, Town

REPORT = FileRef("cd" * 32, "报告.pdf", "application/pdf", 2048)


@pytest.fixture
async def city(town: Town) -> Person:
    """Staff of the city."""
    return await town.join("赵演六", "city", CITY)


def duty(town: Town, obligation: str, period: str = "once") -> duties.Duty:
    """A duty of the district."""
    found = town.use(lambda uow: duties.of_period(uow.conn, obligation, DISTRICT, period))
    assert found is not None
    return found


async def start(person: Person, obligation: str, period: str = "once") -> str:
    """现在填报."""
    return await person.press_data(f"a:fill:{duty(person.town, obligation, period).id}")


def result(town: Town, obligation: str, period: str = "once") -> dict[str, object]:
    """What was answered, by key."""
    conversation = duty(town, obligation, period).conversation
    assert conversation is not None
    return dict(town.use(lambda uow: conversations.result(uow.conn, conversation)))


async def test_a_contact_is_named_for_the_eyes_of_the_district_and_the_city(
    town: Town, clerk: Person, city: Person
) -> None:
    assert await start(clerk, "contact") == (
        "联络人是谁？（1/2）\n请回复姓名。姓名和电话只有本地区工作人员和市局在“查看填报”中能看到。"
    )
    await clerk.say("孙演九")
    assert "未能识别“打我电话”。请回复电话号码" in await clerk.say("打我电话")
    assert "未能识别“-3”" in await clerk.say("-3")
    assert "最多500字，您发了10000字" in await clerk.say("1" * 10_000)
    shown = await clerk.say("（024）２２３３ ４４５５")
    assert "联络人：孙演九\n电话：02422334455\n确认后以浑南区名义提交。已过截止日，此后更正将注明日期。" in shown
    assert "已收到您的联络人报送情况" in await clerk.tap("确认提交")
    number = duty(town, "contact").id
    assert "02422334455" in await city.press_data(f"a:answers:{number}")
    who = city.id
    assert town.use(lambda uow: audit.happened(uow.conn, "number-seen", who, f"duty/{number}"))
    stranger = await town.join("冯演四", "clerk", "沈河区")
    principal = await town.join("郑演丙", "principal", FOOD)
    for one in (stranger, principal):
        assert "不能办理" in await one.press_data(f"a:answers:{number}")


async def test_the_city_owes_the_verification_of_its_units_and_nobody_else_answers(
    town: Town, clerk: Person, city: Person
) -> None:
    def owed() -> duties.Duty:
        found = town.use(lambda uow: duties.of_period(uow.conn, "city-verification", CITY, "once"))
        assert found is not None
        return found

    town.register(row(), row("91210112155117772D", 2, 企业名称="沈阳青禾试用商厦有限公司", 监管单位="沈阳市应急管理局"))
    assert "市级监管单位现场查验" in await city.say("/tasks")
    assert "不能办理" in await clerk.press_data(f"a:fill:{owed().id}")
    assert "首轮现场查验是哪天完成的？" in await city.press_data(f"a:fill:{owed().id}")
    await city.tap("今天")
    assert "1家" in city.labels
    await city.tap("1家")
    await city.tap("还没有")
    assert "提交" in await city.tap("没有发现")
    assert "未达要求：市级单位1家，已现场查验0家" in await city.tap("确认提交")
    assert (owed().status, owed().met) == ("answered", False)
    for pressed in ("return", "explain"):
        assert "回执编号" not in await city.press_data(f"a:{pressed}:{owed().id}")
    assert (owed().status, owed().met) == ("answered", False)
    # It is none of the districts' figures.
    assert "现场查验" not in await clerk.say("/district")


async def to_trained(clerk: Person) -> str:
    """The duty of the first round up to the question how many are trained."""
    await start(clerk, "criteria-training")
    await clerk.say("5月25日")
    await clerk.say("6月1日")
    return await clerk.tap("2人")


async def to_the_end(clerk: Person) -> str:
    """From there to the receipt."""
    await clerk.say("6月10日前补训")
    await clerk.tap("都已送达企业")
    return await clerk.tap("确认提交")


async def test_how_many_are_trained_is_what_was_recorded(town: Town, clerk: Person) -> None:
    """A form said 40 were trained while /coverage said 0."""
    await record(clerk, "全部企业", roles=("主要负责人",))
    await clerk.tap("确认提交")
    asked = await to_trained(clerk)
    assert asked.startswith("其中已训多少人？")
    assert "本项取“应检应训”（/coverage）的统计数1人，不另填。有出入的，请先到那里登记，再回来填报。" in asked
    assert clerk.labels[0] == "1人"
    assert "还没有" not in clerk.labels
    for other in ("2", "0", "-1", "四十"):
        assert "统计数1人，不另填" in await clerk.say(other)
    await clerk.say("1")
    assert "未达要求" in await to_the_end(clerk)
    assert result(town, "criteria-training")["trained"] == 1


async def test_a_training_that_is_recorded_on_the_way_counts_when_the_form_comes_back(
    town: Town, clerk: Person
) -> None:
    assert "统计数0人" in await to_trained(clerk)
    assert clerk.labels[0] == "0人"
    await clerk.tap("0人")
    await clerk.say("6月10日前补训")
    await record(clerk, "全部企业")
    # The question that was answered with 0 is asked again, and no other.
    back = await clerk.tap("确认提交")
    assert "已登记培训1" in back
    assert "统计数2人" in clerk.screen[-1].text
    assert "判定标准及解读内容直达每个企业了吗" in await clerk.tap("2人")
    await clerk.tap("都已送达企业")
    assert "未达要求" not in await clerk.tap("确认提交")
    assert result(town, "criteria-training")["trained"] == 2


async def test_a_number_that_another_changed_before_the_confirmation_is_confirmed_anew(
    town: Town, clerk: Person
) -> None:
    await to_trained(clerk)
    await clerk.tap("0人")
    await clerk.say("6月10日前补训")
    await clerk.tap("都已送达企业")
    confirm = clerk.button("确认提交")
    other = await town.join("冯演四", "clerk", DISTRICT)
    await record(other, "全部企业")
    await other.tap("确认提交")
    told = await clerk.press(confirm)
    assert "判定标准首轮培训没有提交：有关的填报或统计数已有变化，其他回答已保留。" in told
    assert duty(town, "criteria-training").status == "open"
    assert "请您核对" in await clerk.tap("2人")
    await clerk.tap("确认提交")
    assert result(town, "criteria-training")["trained"] == 2
    # Taken back, it is a number of yesterday: the filing stays, and its correction asks anew.
    await clerk.press_data("a:training-undo:1")
    await clerk.say("名单有误")
    assert result(town, "criteria-training")["trained"] == 2
    assert "统计数0人" in await start(clerk, "criteria-training")


async def test_a_routine_duty_is_answered_again_with_the_newest_numbers(town: Town, clerk: Person) -> None:
    async def answer(checked: str) -> None:
        await clerk.tap("1家")
        assert "统计数" in clerk.screen[-1].text
        await clerk.tap(checked)
        await clerk.tap("没有联合")
        await clerk.tap("都已签名")
        await clerk.tap("确认提交")

    await start(clerk, "joint-checks")
    await answer("0家")
    acts(clerk, "B1", enterprise=FOOD)
    card = await clerk.press_data(f"a:show:{duty(town, 'joint-checks').id}")
    assert "此后常态推进" in card
    assert clerk.labels == ["更正", "查看填报", "应检应训", "填报依据"]
    assert "已检1家" in await clerk.tap("应检应训")
    await clerk.press_data(f"a:show:{duty(town, 'joint-checks').id}")
    # A correction asks for the number that is another by now, and for nothing else.
    assert "统计数1家" in await clerk.tap("更正")
    assert "已检：1家" in await clerk.tap("1家")
    await clerk.tap("确认提交")
    assert result(town, "joint-checks")["checked"] == 1


async def test_a_report_of_a_phase_is_sent_after_its_end(town: Town, clerk: Person) -> None:
    assert "哪天报市局" in await start(clerk, "phase-report", "phase-1")
    assert "6月6日还没到" in await clerk.say("6月6日")
    assert "不在范围内" in await clerk.say("5月30日")
    await clerk.say("6月2日")
    await clerk.attach(REPORT)
    await clerk.tap("没有其他")
    await clerk.tap("确认提交")
    assert duty(town, "phase-report", "phase-1").status == "answered"


async def test_an_evaluation_comes_with_its_file(town: Town) -> None:
    at(town, "2023-12-29 10:00")
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    await start(clerk, "evaluation")
    await clerk.tap("今天")
    assert "请发送照片或文件" in await clerk.say("没有")
    await clerk.attach(REPORT)
    await clerk.tap("已建立")
    assert "已收到您的总结评估报告" in await clerk.tap("确认提交")


async def explain(clerk: Person, obligation: str, period: str = "once") -> str:
    """说明情况 up to its confirmation."""
    await clerk.press_data(f"a:show:{duty(clerk.town, obligation, period).id}")
    await clerk.tap("说明情况")
    await clerk.say("月末组织考核，数据待核")
    return await clerk.say("6月9日")


async def test_a_clerk_explains_before_the_day_and_the_city_accepts(town: Town, clerk: Person, city: Person) -> None:
    card = await clerk.press_data(f"a:show:{duty(town, 'guidance-report').id}")
    assert "6月15日" in card
    assert clerk.labels == ["现在填报", "明早提醒", "说明情况", "草稿", "填报依据"]
    assert await clerk.tap("说明情况") == "部门指导帮扶情况报告没有完成的原因是什么？\n如“月末组织考核，数据待核”。"
    assert "请回复文字" in await clerk.say(" ")
    assert "最多500字" in await clerk.say("字" * 10_000)
    await clerk.say("月末组织考核，数据待核")
    assert "6月1日已过" in await clerk.say("6月1日")
    shown = await clerk.say("6月20日")
    assert "原因：月末组织考核，数据待核\n计划完成：6月20日（周二）\n确认后交上级应急管理部门处理" in shown
    confirm = clerk.button("确认提交")
    assert "已收到部门指导帮扶情况报告的情况说明" in await clerk.press(confirm)
    assert await clerk.press(confirm) == ""
    assert duty(town, "guidance-report").status == "explained"
    assert "浑南区对部门指导帮扶情况报告说明情况：\n原因：月末组织考核，数据待核" in await city.waiting()
    assert "已接受" in await city.tap("接受")
    assert clerk.look() == "沈阳市应急管理局已接受部门指导帮扶情况报告的情况说明，不再催办。"
    assert duty(town, "guidance-report").status == "excused"
    assert "已处理过" in await city.press(city.button("接受"))


async def test_what_the_city_returns_is_owed_as_before(town: Town, clerk: Person, city: Person) -> None:
    await explain(clerk, "annex-table", "2023-05")
    await clerk.tap("确认提交")
    await city.waiting()
    await city.tap("退回")
    assert "沈阳市应急管理局退回了5月进展情况调度表的情况说明，请填报或重新说明。" in clerk.look()
    assert duty(town, "annex-table", "2023-05").status == "returned"


async def test_a_district_does_not_judge_its_own_explanation(town: Town, clerk: Person) -> None:
    await explain(clerk, "contact")
    await clerk.tap("确认提交")
    number = duty(town, "contact").id
    stranger = await town.join("冯演四", "clerk", "沈河区")
    leader = await town.join("李演五", "leader", DISTRICT)
    for one in (clerk, stranger, leader):
        assert "不能办理" in await one.press_data(f"a:excuse:{number}")
    for one in (stranger, leader):
        assert "不能办理" in await one.press_data(f"a:explain:{number}")
    assert duty(town, "contact").status == "explained"
    # What waits for the city is not explained twice.
    await clerk.press_data(f"a:show:{number}")
    assert "说明情况" not in clerk.labels


async def test_whose_role_ends_while_explaining_explains_nothing(town: Town, clerk: Person) -> None:
    await explain(clerk, "contact")
    end_roles(town, clerk)
    assert "不能办理" in await clerk.tap("确认提交")
    assert duty(town, "contact").status == "open"


async def test_two_clerks_answer_a_duty_once(town: Town, clerk: Person) -> None:
    other = await town.join("周演八", "clerk", DISTRICT)
    await start(clerk, "contact")
    await clerk.say("孙演九")
    # Who takes over goes on with what is answered.
    assert "联络电话是多少" in await start(other, "contact")
    await other.say("13800000000")
    await other.tap("确认提交")
    assert duty(town, "contact").status == "answered"
