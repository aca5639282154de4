"""Met, not only filed: an answer that admits the breach is kept, says so, comes back, and is counted apart."""

import re
from datetime import date, datetime, timedelta

import pytest

from campaign.duties import DutyStanding
from service.core.unit_of_work import UnitOfWork
from service.desk import phone_list
from service.district import report as district_report
from service.dossiers import inspection_file
from service.duties import reminding
from storage import duties, duty_figures, filings, progress
from storage.duties import Duty
from storage.duty_figures import DutyFigures
from talk.messages import FileRef
from talk.texts import CHINESE, render
from tests.service.conftest import FOOD
from tests.service.test_by_phone import call
from tests.service.test_forms import EARLY, duty, start
from tests.service.test_progress import at, workbook
from tests.town import Person, Town

PERIOD = "2023-Q2"


def led(town: Town) -> Duty:
    return duty(town, "led-inspection", PERIOD)


async def inspect(person: Person, led_by: str, day: str = "今天") -> str:
    """Answer the quarter's inspection, led by the principal (是) or not."""
    await start(person, "led-inspection", PERIOD)
    await person.tap(led_by)
    await person.say(day)
    await person.say("生产车间")
    await person.tap("没有发现")
    await person.tap("暂不附")
    return await person.tap("确认提交")


async def test_a_filing_that_admits_the_breach_is_kept_and_comes_back_on_the_day_that_is_promised(
    town: Town, principal: Person
) -> None:
    receipt = await inspect(principal, "否")
    assert "已收到您的第二季度带队检查填报（未达要求）。回执编号 " in receipt
    assert "未达要求：本次不是由主要负责人带队\n《方案》三（一）1要求：主要负责人每季度带队" in receipt
    assert "✅" not in receipt
    assert "第二季度带队检查将在哪天前达到要求？" in receipt
    assert principal.labels == ["本周内", "截止日前"]  # of the month the last day is the due day as well
    # Bounds: no day that is over, none beyond two months; the question stays.
    assert "已过" in await principal.say("6月4日")
    assert "至8月5日" in await principal.say("12月1日")
    assert "6月20日（周二）前达到要求" in await principal.say("6月20日")
    kept = led(town)
    assert (kept.status, kept.met, kept.met_by, kept.unmet) == ("answered", False, date(2023, 6, 20), True)
    assert "已填报，未达要求：\n" in await principal.say("/tasks")
    assert "未达要求，承诺6月20日前达到" in principal.screen[-1].text
    # Nothing before the day, then the duty with its reason, and again a week later until somebody acts.
    town.now = datetime.fromisoformat("2023-06-19T10:00:00+08:00")
    town.tick()
    assert "带队检查" not in principal.look()
    town.now = datetime.fromisoformat("2023-06-20T09:00:00+08:00")
    town.tick()
    told = principal.look()
    assert "带队检查" in told
    town.now = datetime.fromisoformat("2023-06-27T09:00:00+08:00")
    town.tick()
    assert "带队检查" in principal.look()
    # Another day: a second promise, which is a fact.
    await principal.press_data(f"a:promise:{kept.id}")
    await principal.say("7月5日")
    promised = town.use(lambda uow: filings.promised(uow.conn, [kept.id]))[kept.id]
    assert [promise.day for promise in promised] == [date(2023, 6, 20), date(2023, 7, 5)]


async def test_an_answer_is_corrected_to_met_and_back_and_every_version_has_its_receipt(
    town: Town, principal: Person
) -> None:
    await inspect(principal, "否")
    await principal.tap("本周内")
    await principal.press_data(f"a:show:{led(town).id}")
    assert principal.labels[:3] == ["重新填报", "改日期", "说明情况"]
    assert "未达要求：本次不是由主要负责人带队" in principal.screen[-1].text

    async def corrected(led_by: str) -> str:
        await start(principal, "led-inspection", PERIOD)
        await principal.tap("修改")
        await principal.tap("由主要负责人带队")
        await principal.tap(led_by)
        return await principal.tap("确认提交")

    assert "✅ 已收到您的第二季度带队检查。" in await corrected("是")
    assert (led(town).met, led(town).met_by, led(town).shortfall) == (True, None, {"wanted": led_evidence()})
    assert "未达要求" in await corrected("否")
    assert (led(town).met, led(town).met_by) == (False, None)
    number = led(town).id
    assert len(town.use(lambda uow: duties.receipts_of(uow.conn, [number]))) == 1


def led_evidence() -> list[dict[str, str]]:
    """What staff see is missing of the inspection: its photo."""
    return [{"zh": "照片", "en": "photo"}]


async def test_what_was_promised_is_asked_no_more_once_it_is_met(town: Town, principal: Person) -> None:
    await inspect(principal, "否")
    await start(principal, "led-inspection", PERIOD)
    await principal.tap("修改")
    await principal.tap("由主要负责人带队")
    await principal.tap("是")
    said = await principal.tap("确认提交")
    assert "将在哪天前达到要求" not in said
    assert "已不需要选择日期" in await principal.press_data(f"a:promise:{led(town).id}")


async def test_what_was_answered_before_answers_were_judged_is_judged_at_the_next_tick(
    town: Town, principal: Person
) -> None:
    await inspect(principal, "否")
    await principal.say("/cancel")
    number = led(town).id
    town.use(lambda uow: filings.judge(uow.conn, number, met=None, shortfall=None))
    assert led(town).met is None
    town.now = datetime.fromisoformat("2023-06-06T09:00:00+08:00")
    town.tick()
    assert (led(town).met, [words.zh for words in led(town).judged.unmet]) == (False, ["本次不是由主要负责人带队"])
    assert "带队检查" in principal.look()


async def test_staff_return_an_answer_with_one_question_and_it_begins_from_what_was_answered(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await inspect(principal, "是")
    other = await town.join("另演员", "clerk", "浑南区")
    number = led(town).id
    for staff in (clerk, other):
        await staff.press_data(f"a:show:{number}")
        await staff.tap("退回补正")
        await staff.say("请补充检查照片。")
    assert "已退回沈阳白桦示范食品有限公司的第二季度带队检查，并已通知对方。" in await clerk.tap("确认提交")
    assert "没有退回：它已被退回" in await other.tap("确认提交")
    assert (led(town).status, led(town).met) == ("returned", None)
    told = principal.look()
    assert "带队检查退回补正：请补充检查照片。\n原回答已保留，请补正后重新提交。" in told
    assert "需补正：请补充检查照片。" in await principal.tap("去补正")
    assert "由主要负责人带队：是" in principal.screen[-1].text
    await principal.tap("修改")
    await principal.tap("照片")
    await principal.attach(photo)
    assert "✅ 已收到您的第二季度带队检查。" in await principal.tap("确认提交")
    assert led(town).judged.wanted == ()
    # Once more, after the campaign too: every question is kept, and what was handed in by its day is not overdue.
    town.now = datetime.fromisoformat("2024-01-10T09:00:00+08:00")
    await clerk.press_data(f"a:return:{number}")
    await clerk.say("检查了哪些车间？")
    await clerk.tap("确认提交")
    assert not led(town).overdue(town.now)
    (row,) = town.use(lambda uow: progress.listed(uow.conn, uow.now, None, which=("led-inspection", PERIOD)))
    assert row.standing is DutyStanding.OPEN
    assert "已退回补正，请尽快重新提交" in await clerk.press_data(f"a:show:{number}")
    asked = [returned.question for returned in town.use(lambda uow: filings.returned(uow.conn, number))]
    assert asked == ["请补充检查照片。", "检查了哪些车间？"]
    assert "需补正：检查了哪些车间？" in await principal.press_data(f"a:show:{number}")


def of_inspections(town: Town) -> DutyFigures:
    """The figures of inspections until now."""
    begins, which = datetime.fromisoformat("2023-05-22T00:00:00+08:00"), duty_figures.in_column("浑南区")
    found, _ = town.use(lambda uow: duty_figures.of_enterprises(uow.conn, which, begins, uow.now))
    return next(figures for figures in found if figures.obligation == "led-inspection")


async def returned(staff: Person, number: int) -> None:
    """Give an answer back."""
    await staff.press_data(f"a:return:{number}")
    await staff.say("请补充检查照片。")
    assert "已退回" in await staff.tap("确认提交")


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("filed", "overdue"), [("2023-06-05", False), ("2023-07-03", True)])
async def test_what_was_handed_in_by_its_day_and_given_back_is_not_overdue_but_brought_to_mind(
    town: Town, principal: Person, clerk: Person, filed: str, *, overdue: bool
) -> None:
    town.now = datetime.fromisoformat(f"{filed}T10:00:00+08:00")
    await inspect(principal, "是", "6月5日")
    await returned(clerk, led(town).id)
    principal.look()
    reminded = []
    for day in range(28):
        at(town, f"{date(2023, 7, 4) + timedelta(days=day)}T09:00:00+08:00")
        reminded += [day] * ("带队检查" in principal.look())
    # Given back, it is handed in all the same; late is by the day of the deed.
    figures = of_inspections(town)
    assert (figures.done, figures.late, figures.returned, figures.left) == (1, 0, 1, 0)
    assert led(town).overdue(town.now) is overdue
    assert (led(town).escalated is not None) is overdue
    number = town.use(lambda uow: duties.risen(uow.conn, "浑南区"))[0]
    assert (led(town).id in town.use(lambda uow: [one.duty.id for one in late_ones(uow)])) is overdue
    assert number == len([one for one in town.use(late_ones) if one.duty.escalated is not None])
    # What is overdue has its ladder; what is not has no rung any more, and is told every week.
    assert len(reminded) >= (1 if overdue else 3), reminded


def late_ones(uow: UnitOfWork) -> list[progress.Owed]:
    """What is overdue in the district."""
    return progress.listed(uow.conn, uow.now, "浑南区", overdue=True)


async def test_what_is_not_met_can_be_explained_and_staff_decide(town: Town, principal: Person, clerk: Person) -> None:
    await inspect(principal, "否")
    await principal.press_data(f"a:explain:{led(town).id}")
    await principal.tap("其他")
    await principal.say("主要负责人住院")
    assert "带队检查" in await principal.tap("确认提交")
    assert (led(town).status, led(town).unmet) == ("explained", False)
    await clerk.press_data(f"a:excuse:{led(town).id}")
    assert (led(town).status, led(town).met) == ("excused", None)


async def test_nobody_else_returns_an_answer(town: Town, principal: Person, officer: Person) -> None:
    await inspect(principal, "是")
    for person in (principal, officer):
        refused = await person.press_data(f"a:return:{led(town).id}")
        assert "退回" not in refused
    assert led(town).status == "answered"
    assert FOOD in led(town).subject


async def test_in_a_bundle_one_day_is_asked_for_all_that_is_not_met(town: Town) -> None:
    town.now = EARLY
    principal = await town.join("郑演丙", "principal", FOOD)
    await start(principal, "management-lists")
    for label in ("已制定", "完成", "未制定"):
        if label == "完成":
            await principal.say("主要负责人")
        else:
            await principal.tap(label)
    await principal.tap("未设置")
    await principal.say("2人")
    await principal.tap("没有兼职")
    await principal.tap("已聘请")
    await start(principal, "post-responsibility")
    await principal.say("管理岗位、操作岗位")
    await principal.tap("今天")
    await principal.say("公告栏")
    await principal.tap("未建立")
    await principal.tap("暂不附")
    await principal.press_data("a:review:first-list:")
    said = await principal.tap("确认提交")
    assert "未达要求：专项行动工作清单没有制定" in said
    assert "未达要求：内部监督考核机制没有建立" in said
    assert "以下几项将在哪天前达到要求？" in said
    await principal.tap("截止日前")
    for name in ("management-lists", "post-responsibility"):
        assert (duty(town, name).met, duty(town, name).met_by) == (False, date(2023, 5, 30))


async def test_what_is_said_by_phone_is_judged_too_and_staff_ask_for_the_day(town: Town, clerk: Person) -> None:
    await call(clerk, led(town))
    await clerk.tap("否")
    await clerk.tap("今天")
    await clerk.say("生产车间")
    await clerk.tap("没有发现")
    said = await clerk.tap("确认代录")
    assert "这次填报未达要求：\n未达要求：本次不是由主要负责人带队" in said
    assert "将在哪天前达到要求？" in said
    await clerk.tap("本周内")
    assert (led(town).met, led(town).met_by) == (False, date(2023, 6, 11))
    # It is heard by phone once more, and met.
    await call(clerk, led(town))
    await clerk.tap("修改")
    await clerk.tap("由主要负责人带队（电话答复）")
    await clerk.tap("是")
    await clerk.tap("确认代录")
    assert led(town).met is True


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_it_is_counted_apart_wherever_staff_count(town: Town, principal: Person, clerk: Person) -> None:
    receipt = await inspect(principal, "否")
    (code,) = re.findall(r"回执编号 (\S{4}-\S{4})", receipt)
    await principal.say("6月7日")
    at(town, "2023-06-09T09:00:00+08:00")
    assert "已填报、未达要求1项，其中承诺日期已过1项。" in clerk.look()
    card = await clerk.press_data(f"a:firm:{FOOD}")
    assert "：已填报0，未达要求1，逾期" in card
    assert "未达要求，承诺6月7日前达到" in await clerk.press_data(f"a:firm-duties:{FOOD}:2")
    await clerk.say("/district")
    await clerk.tap("名单和导出")
    assert "第二季度带队检查：已填报0家，应填报1家，未达要求1\n" in await clerk.tap("复制到工作群")
    await clerk.say("/district")
    await clerk.tap("名单和导出")
    await clerk.tap("导出表格")
    heading, *rows = workbook(town, clerk)["任务"]
    (told,) = [dict(zip(heading, row, strict=True)) for row in rows if "第二季度带队检查" in row]
    assert (told["状态"], told["情况说明、未达要求的原因"]) == ("未达要求", "本次不是由主要负责人带队")
    assert (told["承诺达到日期"][:10], told["未附材料"]) == ("2023-06-07", "照片")
    listed = await clerk.say("/checks") and await clerk.tap("建议名单")
    assert "自报情况未达要求1项（带队检查），可作为检查线索，是否属实以检查为准" in listed
    assert "企业已填报但未达要求1项，涉及1家。" in await clerk.say("/coverage")
    assert "所报情况未达要求" in await clerk.say(f"/receipt {code}")
    called = town.use(lambda uow: phone_list.calls(uow, "浑南区"))
    owing = town.use(late_ones)
    assert led(town).id in {one.duty.id for one in owing}
    assert [call.owed.partition("：")[0] for call in called if call.name == principal.name] == [f"{len(owing)}项"]
    assert "本次不是由主要负责人带队" in repr(town.use(lambda uow: inspection_file.gather(uow, FOOD)))
    at(town, "2023-06-12T09:00:00+08:00")
    await clerk.press_data("a:progress:led-inspection|2023-Q2|6")
    assert "已催办1人" in await clerk.tap("催办")
    number, day = led(town).id, town.now.date()
    assert town.use(lambda uow: progress.nudged(uow.conn, day, [number])) == {(number, principal.id)}
    town.now = datetime.fromisoformat("2023-07-03T09:00:00+08:00")
    facts = town.use(lambda uow: district_report.gather(uow, "guidance-report", "once", "浑南区"))
    (inspections,) = [line.standing for line in facts.duties if line.standing.obligation == "led-inspection"]
    assert (inspections.done, inspections.unmet, inspections.left) == (1, 1, 0)


async def test_a_district_admits_it_too_and_the_city_gives_it_back(town: Town, clerk: Person) -> None:
    city = await town.join("周演市", "city", "沈阳市")
    (own,) = town.use(
        lambda uow: [
            one
            for one in duties.find(uow.conn, district="浑南区")
            if one.enterprise is None and one.obligation == "officer-training"
        ]
    )
    await clerk.press_data(f"a:fill:{own.id}")
    for answer in ("今天", "58人", "40人", "教学培训片"):
        await (clerk.tap(answer) if answer == "今天" else clerk.say(answer))
    said = await clerk.tap("确认提交")
    assert "未达要求：应训58人，已训40人" in said
    await clerk.tap("截止日前")
    await city.press_data(f"a:show:{own.id}")
    await city.tap("退回补正")
    await city.say("其余18人哪天补训？")
    await city.tap("确认提交")
    assert "退回补正：其余18人哪天补训？" in clerk.look()


def reminder(town: Town, person: Person, duty: int) -> str:
    """Give the reminder of one duty as it would be sent now."""
    reader = person.id
    draft = town.use(lambda uow: reminding.digest(uow, reader, [duty]))
    assert draft is not None
    return "\n".join(render(line, CHINESE) for line in draft.lines if line is not None)


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_the_reminder_of_one_task_names_what_is_not_met_by_its_promised_day_and_counts_the_rest(
    town: Town, principal: Person, clerk: Person
) -> None:
    """A mall's reminder of one task said nothing of three promises that had passed; its clerk read of a day that it had
    planned for itself as of something overdue.
    """
    await inspect(principal, "否")
    await principal.say("6月7日")
    at(town, "2023-06-07T09:00:00+08:00")
    principal.look()
    await start(principal, "monthly-dispatch", "2023-06")
    await principal.tap("还没有")
    await principal.tap("已有计划")
    await principal.say("6月9日")
    # What was put off is not the next thing to do.
    assert "最近的一项：6月调度确认" not in await principal.say("下一步做什么")
    at(town, "2023-06-09T09:00:00+08:00")
    told, card = principal.look(), clerk.look()
    assert "\n已填报、未达要求1项。" in card
    assert "第二季度带队检查：未达要求，承诺6月7日前达到" in told
    owed = int(re.findall(r"待办任务(\d+)项", await principal.say("/tasks"))[0])
    june = duty(town, "monthly-dispatch", "2023-06").id
    alone = reminder(town, principal, june)
    assert "另有未达要求1项：第二季度带队检查。" in alone
    late = int(re.findall(r"另有已逾期(\d+)项", alone)[0])
    assert int(re.findall(r"另有(\d+)项未到期。", alone)[0]) == owed - late - 2
    assert "6月调度确认" not in card
    at(town, "2023-06-14T09:00:00+08:00")
    assert "带队检查：" not in clerk.look()
