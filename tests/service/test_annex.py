"""The annex table in the chat: the draft, 填报, 审核, 报出, what is returned, and what comes in afterwards."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import load_workbook

from reports import annex as workbook
from service.annex import sheet
from service.annex import tables as annex
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.enforcement import records
from storage import annex as stored
from storage import audit, duties, hazards, people
from talk.messages import FileRef
from talk.texts import render
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.test_hazards import decide, evaluate, report_with_plan
from tests.town import Person, Town

JUNE, JULY = "2023-06", "2023-07"
OTHER = "91210112155117772D"


def at(town: Town, moment: str) -> None:
    """Set the clock and let the scheduler look."""
    town.now = datetime.fromisoformat(f"{moment}+08:00")
    town.tick()


def acts(
    person: Person,
    row_: str,
    *figures: str,
    day: str = "2023-06-05",
    enterprise: str | None = None,
    column: str = DISTRICT,
) -> int:
    """An action that somebody enters; its number."""

    def case(uow: UnitOfWork) -> int:
        numbers = tuple(map(Decimal, figures))
        day_ = date.fromisoformat(day)
        return records.enter(uow, speaker(uow, person), column, row_, day_, numbers, "现场检查", enterprise=enterprise)

    return person.town.use(case)


def takes_back(person: Person, number: int, reason: str) -> int:
    """A counter-entry."""
    return person.town.use(lambda uow: records.take_back(uow, speaker(uow, person), number, reason))


def speaker(uow: UnitOfWork, person: Person) -> Speaker:
    """Somebody as a use case knows them."""
    who = people.meet(uow.conn, person.address, "zh-CN", uow.wall)
    assert who.person is not None
    return Speaker(who.person, who)


def values(town: Town, month: str, column: str = DISTRICT) -> dict[str, str]:
    """The figures of a column that are not 0, as they are written."""

    def case(uow: UnitOfWork) -> dict[str, str]:
        found = annex.tables(uow, annex.months(uow)[month], column)[0]
        return {cell.row.name: "、".join(f"{n:f}" for n in cell.values) for cell in found.cells if any(cell.values)}

    return town.use(case)


@pytest.fixture
async def leader(town: Town) -> Person:
    """The leader of the district."""
    return await town.join("李演五", "leader", DISTRICT)


@pytest.fixture
async def city(town: Town) -> Person:
    """Staff of the city."""
    return await town.join("赵演六", "city", CITY)


async def file(clerk: Person, leader: Person, month: str = "/annex") -> None:
    """A table through all its steps."""
    await clerk.say(month)
    await clerk.tap("填报")
    leader.look()
    await leader.tap("审核通过")
    clerk.look()
    await clerk.tap("报出")
    assert "调度表已于" in await clerk.tap("确认报出")


def end_roles(town: Town, *persons: Person) -> None:
    """The roles of some people end."""
    ids = [person.id for person in persons]

    def case(uow: UnitOfWork) -> None:
        for one in people.all_roles(uow.conn):
            if one.person in ids:
                people.set_state(uow.conn, one.id, "ended", uow.now)

    town.use(case)


def refusal(person: Person, *args: str, **more: str) -> str:
    """What an entry that cannot be is told."""
    with pytest.raises(RefusedError) as refused:
        acts(person, *args, **more)
    return render(refused.value.say, "zh-CN")


async def test_the_clerk_gets_the_draft_on_the_25th_and_files_what_the_leader_saw(
    town: Town, principal: Person, clerk: Person, leader: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    acts(clerk, "C3", "3", "5.2")
    clerk.look()
    at(town, "2023-06-24T09:00:00")
    assert "调度表" not in clerk.look()
    at(town, "2023-06-25T08:30:00")
    draft = clerk.look()
    assert "【浑南区应急管理局】浑南区6月进展情况调度表（草稿，截至" in draft
    assert "总体情况：\n1. 企业自查发现的重大事故隐患（个）：1\n其余5项为0。" in draft
    assert "3. 行政处罚（次、万元）：3、5.2" in draft
    town.tick()
    assert "调度表" not in clerk.look()

    # What rose that morning stands above it.
    assert clerk.labels == ["填报", "总体情况", "抽查检查", "精准执法", "下载表格", "全部任务"]
    assert "已请领导审核" in await clerk.tap("填报")
    assert "孙演九请您审核：" in leader.look()
    assert leader.labels[:2] == ["审核通过", "退回"]
    assert "由联络人报出" in await leader.tap("审核通过")
    assert "李演五已审核通过，请报出：" in clerk.look()
    assert "报出后不能再改" in await clerk.tap("报出")
    assert "✅ 6月调度表已于6月25日" in await clerk.tap("确认报出")
    assert "已于6月25日 08:30报出，不再改动" in await clerk.press(clerk.button("确认报出"))

    duty = town.use(lambda uow: duties.of_period(uow.conn, "annex-table", DISTRICT, JUNE))
    assert duty is not None
    assert duty.status == "answered"


async def test_what_a_leader_sends_back_is_a_draft_again_with_the_sentence(
    town: Town, clerk: Person, leader: Person
) -> None:
    at(town, "2023-06-26T09:00:00")
    clerk.look()
    await clerk.tap("填报")
    leader.look()
    old = leader.button("审核通过")
    assert "请用一句话说明浑南区调度表哪里要改" in await leader.tap("退回")
    assert "已退回浑南区的6月调度表" in await leader.say("帮扶次数没有录入")
    back = clerk.look()
    assert "李演五退回了调度表：" in back
    assert "已退回：帮扶次数没有录入" in back
    acts(clerk, "C2", "12", day="2023-06-26")
    # The button of the card before knows nothing of what came in.
    assert "数据已有变化" in await clerk.tap("填报")
    assert "2. 帮扶指导重点企业（家次）：12" in clerk.screen[-1].text
    await clerk.tap("填报")
    assert "数据已有变化" in await leader.press(old)
    await leader.tap("审核通过")
    assert "等待报出" in await leader.press(old)


async def test_the_clerk_can_take_back_what_was_not_filed_yet(town: Town, clerk: Person, leader: Person) -> None:
    at(town, "2023-06-26T09:00:00")
    clerk.look()
    await clerk.tap("填报")
    leader.look()
    assert "已填报待审核" in await clerk.say("/annex")
    assert clerk.labels[0] == "撤回"
    assert "草稿" in await clerk.tap("撤回")
    assert "是草稿，还没有填报" in await leader.tap("审核通过")


async def test_what_comes_in_after_the_review_must_be_reviewed(town: Town, clerk: Person, leader: Person) -> None:
    at(town, "2023-06-26T09:00:00")
    clerk.look()
    await clerk.tap("填报")
    leader.look()
    await leader.tap("审核通过")
    clerk.look()
    await clerk.tap("报出")
    acts(clerk, "C2", "1", day="2023-06-26")
    told = await clerk.tap("确认报出")
    assert "审核后数据有变化（C2），没有报出" in told
    assert clerk.labels[0] == "填报"
    assert town.use(lambda uow: annex.tables(uow, annex.months(uow)[JUNE], DISTRICT)[0].state) == "draft"


async def test_a_month_too_early_and_a_role_that_ended(town: Town, clerk: Person, leader: Person) -> None:
    card = await clerk.say("/annex 6月")
    assert "6月25日起可以填报" in card
    assert "填报" not in clerk.labels
    assert "6月调度表从6月25日起填报" in await clerk.press_data("a:annex:submit:2023-06:6:00000000")
    assert "7月还没有开始（7月1日起）" in await clerk.say("/annex 2023-07")
    assert "没有这个月份或地区" in await clerk.say("/annex 13月")
    at(town, "2023-06-26T09:00:00")
    clerk.look()
    submit = clerk.button("填报")
    end_roles(town, clerk)
    assert "您现在不能办理" in await clerk.press(submit)
    assert "您现在不能办理" in await clerk.say("/annex")
    del leader


async def test_a_district_without_a_leader_is_told_so(town: Town, clerk: Person) -> None:
    at(town, "2023-06-26T09:00:00")
    clerk.look()
    assert "本地区领导还没有加入" in await clerk.tap("填报")


async def test_a_figure_is_changed_only_with_a_reason_and_the_counted_one_stays(
    town: Town, clerk: Person, leader: Person
) -> None:
    acts(clerk, "C3", "3", "5.2")
    at(town, "2023-06-26T09:00:00")
    clerk.look()
    await clerk.tap("精准执法")
    assert "行政处罚（次、万元）：3、5.2" in await clerk.tap("第3项")
    await clerk.tap("改数")
    assert "回复数字" in await clerk.say("-3")
    await clerk.say("4")
    assert "自动统计为5.2万元" in clerk.screen[-1].text
    await clerk.say("6.5万元")
    assert "请回复文字" in await clerk.say(" ")
    await clerk.say("含纸质决定书1份")
    told = await clerk.tap("确认提交")
    assert "自动统计为3、5.2，孙演九改为4、6.5，理由：含纸质决定书1份" in told
    assert values(town, JUNE) == {"C3": "4、6.5"}
    await clerk.tap("返回全表")
    assert (
        "3. 行政处罚（次、万元）：4、6.5（人工改数，自动统计为3、5.2，理由：含纸质决定书1份）" in clerk.screen[-1].text
    )
    await clerk.tap("填报")
    assert "人工改数" in leader.look()
    assert "等待审核" in await clerk.press_data("a:annex:override:2023-06:6:C3")
    await clerk.say("/annex")
    await clerk.tap("撤回")
    await clerk.press_data("a:annex:override:2023-06:6:C3")
    await clerk.tap("恢复统计数")
    await clerk.say("已补录")
    assert "行政处罚（次、万元）：3、5.2" in await clerk.tap("确认提交")
    assert values(town, JUNE) == {"C3": "3、5.2"}


async def changed(clerk: Person, month: str, row_: str, *said: str) -> str:
    """改数 of a row of the district's draft, with the reason as the last word."""
    await clerk.press_data(f"a:annex:override:{month}:6:{row_}")
    if "这次怎么改" in clerk.screen[-1].text:
        await clerk.tap("恢复统计数" if len(said) == 1 else "另改一个数")
    for word in said:
        await clerk.say(word)
    return await clerk.tap("确认提交")


async def test_a_figure_changed_by_hand_stays_changed_until_somebody_restores_it(
    town: Town, principal: Person, clerk: Person, leader: Person, photo: FileRef
) -> None:
    for _ in range(3):
        await report_with_plan(principal, photo)
    at(town, "2023-06-26T09:00:00")
    await changed(clerk, JUNE, "A1", "2", "1处与企业重复")
    await file(clerk, leader)
    await report_with_plan(principal, photo, "7月20日")
    at(town, "2023-07-25T09:00:00")
    draft = clerk.look()
    assert (
        "企业自查发现的重大事故隐患（个）：3（比6月+1）（以6月人工改数为准，自动统计为4，理由：1处与企业重复）" in draft
    )
    told = await clerk.press_data("a:annex:cell:2023-07:6:A1")
    assert "自动统计为4，以6月人工改数为准，填报3（孙演九改，理由：1处与企业重复）" in told
    assert "6月报出：2" in told
    await file(clerk, leader)
    assert values(town, JULY) == {"A1": "3"}
    # What was filed keeps its ground, and the month after it stands on the same.
    (july,) = town.use(lambda uow: annex.tables(uow, annex.months(uow)[JULY], DISTRICT))
    why = july.cell("A1").override
    assert why is not None
    assert (why.month, july.cell("A1").counted) == (JUNE, (Decimal(4),))
    at(town, "2023-08-25T09:00:00")
    assert "：3（以6月人工改数为准，自动统计为4，" in clerk.look()
    assert "孙演九已恢复统计数，理由：核对后确为4处" in await changed(clerk, "2023-08", "A1", "核对后确为4处")
    assert "：4（比7月+1）（已恢复统计数，理由：核对后确为4处）" in await clerk.say("/annex 8月")
    await file(clerk, leader, "/annex 8月")
    at(town, "2023-09-25T09:00:00")
    assert "企业自查发现的重大事故隐患（个）：4\n" in clerk.look()


async def test_a_difference_ends_when_its_records_come_in(town: Town, clerk: Person, leader: Person) -> None:
    acts(clerk, "C3", "3", "5.2")
    at(town, "2023-06-26T09:00:00")
    await changed(clerk, JUNE, "C3", "5", "6.2万元", "含纸质决定书2份")
    await file(clerk, leader)
    # Of July one more, of June one of the two papers.
    acts(clerk, "C3", "1", "2", day="2023-06-26")
    at(town, "2023-07-25T09:00:00")
    acts(clerk, "C3", "1", "0.5", day="2023-07-20")
    assert values(town, JULY) == {"C3": "6、7.7"}
    assert "以6月人工改数为准，自动统计为5、7.7，" in await clerk.say("/annex 7月")
    # The other paper: nothing is left of the difference, and nothing is said of it.
    second = acts(clerk, "C3", "1", "0.1", day="2023-06-20")
    assert "3. 行政处罚（次、万元）：6、7.8（比6月+1、+1.6）\n" in await clerk.say("/annex 7月")
    await file(clerk, leader, "/annex 7月")
    # What has ended does not come back by a counter-entry.
    takes_back(clerk, second, "重复录入")
    at(town, "2023-08-25T09:00:00")
    assert "3. 行政处罚（次、万元）：5、7.7（比7月-1、-0.1）\n" in clerk.look()


async def test_a_figure_changed_in_a_table_that_was_never_filed_stays_changed(town: Town, clerk: Person) -> None:
    acts(clerk, "B1", enterprise=FOOD)
    at(town, "2023-06-26T09:00:00")
    await changed(clerk, JUNE, "B1", "0", "登记有误，待冲销")
    assert values(town, JULY) == {}
    # The same enterprise once more counts once more for nothing.
    at(town, "2023-07-20T09:00:00")
    acts(clerk, "B1", enterprise=FOOD, day="2023-07-20")
    assert values(town, JULY) == {}
    takes_back(clerk, 1, "登记有误")
    assert values(town, JULY) == {"B1": "1"}


async def test_a_cumulative_figure_that_was_restored_falls_with_the_reason(
    town: Town, clerk: Person, leader: Person
) -> None:
    acts(clerk, "C2", "5")
    at(town, "2023-06-26T09:00:00")
    await changed(clerk, JUNE, "C2", "6", "含纸质上报1处")
    await file(clerk, leader)
    at(town, "2023-07-25T09:00:00")
    assert "帮扶指导重点企业（家次）：6（以6月人工改数为准，自动统计为5，理由：含纸质上报1处）" in clerk.look()
    await changed(clerk, JULY, "C2", "纸质上报1处已作废")
    assert "为累计数，现为5，少于6月报出的6" in await clerk.say("/annex 7月")
    await file(clerk, leader, "/annex 7月")
    assert values(town, JULY) == {"C2": "5"}


async def test_a_cumulative_figure_does_not_fall_without_a_reason(town: Town, clerk: Person, leader: Person) -> None:
    """A table of before differences were carried on: filed in July as counted, below what stood in June."""
    acts(clerk, "C2", "5")
    at(town, "2023-06-26T09:00:00")
    await clerk.say("/annex 6月")
    await file(clerk, leader, "/annex 6月")

    def more(uow: UnitOfWork) -> None:
        kept = stored.newest(uow.conn, JUNE, DISTRICT)
        assert kept is not None
        for cell in kept.cells["cells"]:
            if cell["row"] == "C2":
                cell["values"] = cell["counted"] = ["6"]
        stored.change(uow.conn, kept.id, cells=kept.cells)

    town.use(more)
    at(town, "2023-07-25T09:00:00")
    assert "为累计数，现为5，少于6月报出的6" in clerk.look()
    assert "少于6月报出的6，还没有写明原因。请点“改数”" in await clerk.tap("填报")
    assert clerk.labels == ["改数"]
    await changed(clerk, JULY, "C2", "5", "纸质上报1处已作废")
    await file(clerk, leader)
    assert values(town, JULY) == {"C2": "5"}


async def test_filed_tables_are_frozen_and_what_comes_later_is_named_next_month(
    town: Town, principal: Person, clerk: Person, leader: Person, photo: FileRef
) -> None:
    for _ in range(2):
        await report_with_plan(principal, photo)
    await evaluate(principal, photo, 1)
    wrong = acts(clerk, "C2", "5")
    at(town, "2023-06-27T09:00:00")
    clerk.look()
    await file(clerk, leader)
    filed = values(town, JUNE)
    assert filed == {"A1": "2", "A2": "1", "C2": "5"}

    at(town, "2023-06-29T10:00:00")
    await report_with_plan(principal, photo, "7月20日")
    takes_back(clerk, wrong, "重复录入")
    await decide(clerk, "failed", "报警装置未联锁")
    assert values(town, JUNE) == filed
    at(town, "2023-07-25T09:00:00")
    draft = clerk.look()
    assert "1. 企业自查发现的重大事故隐患（个）：3（比6月+1）" in draft
    assert "2. 企业自查发现重大事故隐患中已完成整改的（个）：0（比6月-1）" in draft
    assert "6月报出后的更正3处：" in draft
    assert "总体情况第1项：补记3号隐患（6月29日）" in draft
    assert "总体情况第2项：减去1号隐患，原因：报警装置未联锁" in draft
    assert "部门精准严格执法情况第2项：减去1号记录，原因：重复录入" in draft
    assert "“帮扶指导重点企业（家次）”为累计数，现为0，少于6月报出的5" in draft
    assert "“企业自查发现重大事故隐患中已完成整改的（个）”为累计数，现为0，少于6月报出的1" in draft
    await file(clerk, leader)
    assert values(town, JULY) == {"A1": "3"}
    assert values(town, JUNE) == filed
    (july,) = town.use(lambda uow: annex.tables(uow, annex.months(uow)[JULY], DISTRICT))
    assert [(one.row, one.id, one.late) for one in july.corrections] == [
        *[("A1", "hazard/3", True), ("A2", "hazard/1", False), ("C2", "action/1", False)],
    ]


async def test_what_a_filing_after_the_months_end_counts_is_of_the_month(
    town: Town, principal: Person, clerk: Person, leader: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    at(town, "2023-07-03T10:00:00")
    await report_with_plan(principal, photo, "7月20日")
    await evaluate(principal, photo, 1)
    acts(clerk, "C2", "4", day="2023-06-30")
    acts(clerk, "C2", "8", day="2023-07-01")
    # Recorded in July: no part of the draft as it was at the month's end, but of what is filed now.
    assert values(town, JUNE) == {"A1": "1"}
    clerk.look()
    await file(clerk, leader)
    assert values(town, JUNE) == {"A1": "1", "C2": "4"}


async def test_the_city_sees_who_has_filed_and_returns_one_cell(
    town: Town, clerk: Person, leader: Person, city: Person
) -> None:
    acts(clerk, "C2", "5")
    at(town, "2023-06-27T09:00:00")
    clerk.look()
    await file(clerk, leader)
    told = await city.say("/annex")
    assert "【沈阳市应急管理局】6月调度表：已报出1个，共15个" in told
    assert "未报出（下列数字按草稿合计）：和平区、" in told
    assert "2. 帮扶指导重点企业（家次）：5" in told
    await city.tap("精准执法")
    columns = await city.tap("第2项")
    assert "浑南区：5\n" in columns
    assert "市本级：0（未报出）" in columns
    assert "已报出" in await city.say("/annex 6月 浑南区")
    assert city.labels == ["总体情况", "抽查检查", "精准执法", "下载表格"]
    await city.tap("精准执法")
    await city.tap("第2项")
    assert "请用一句话说明浑南区“帮扶指导重点企业（家次）”哪里要改" in await city.tap("退回此项")
    await city.say("请附名单核实")
    back = clerk.look()
    assert "部门精准严格执法情况第2项已退回：请附名单核实" in back
    # The filed one stands until the next one is filed.
    assert "已退回、待重新报出（仍按原报出数合计）：浑南区" in await city.say("/annex")
    acts(clerk, "C2", "1", day="2023-06-26")
    assert values(town, JUNE) == {"C2": "5"}
    await file(clerk, leader, "/annex 6月")
    assert values(town, JUNE) == {"C2": "6"}
    (june,) = town.use(lambda uow: annex.tables(uow, annex.months(uow)[JUNE], DISTRICT))
    assert june.kept is not None
    assert june.kept.version == 2


async def test_a_table_with_a_returned_cell_waits_for_its_clerk_until_it_is_filed_again(
    town: Town, clerk: Person, leader: Person, city: Person
) -> None:
    """The duty of the month is answered by the first filing, so nothing brought the returned table up again."""
    acts(clerk, "C2", "5")
    at(town, "2023-06-27T09:00:00")
    clerk.look()
    await file(clerk, leader)
    await city.say("/annex 6月 浑南区")
    await city.tap("精准执法")
    await city.tap("第2项")
    await city.tap("退回此项")
    await city.say("请附名单核实")
    clerk.look()
    at(town, "2023-06-28T08:30:00")
    assert "待您处理的：1项" in clerk.look()
    assert "1. 浑南区：6月调度表有一项被退回，须重新报出" in await clerk.tap("待您处理")
    assert "部门精准严格执法情况第2项已退回：请附名单核实" in await clerk.tap("第1项")
    assert "填报" in clerk.labels
    await file(clerk, leader, "/annex 6月")
    assert "6月调度表" not in await clerk.waiting()


async def test_what_the_city_supervises_itself_has_a_column_that_the_city_files(
    town: Town, clerk: Person, city: Person, photo: FileRef
) -> None:
    town.register(row(监管单位="沈阳市应急管理局"))
    principal = await town.join("郑演丙", "principal", FOOD)
    await report_with_plan(principal, photo)
    town.register(row())
    await report_with_plan(principal, photo)
    # Each hazard stays with who supervised the enterprise on its own day.
    assert (values(town, JUNE, "市本级"), values(town, JUNE)) == ({"A1": "1"}, {"A1": "1"})
    acts(city, "C10", "1", column="市本级")
    with pytest.raises(RefusedError):
        acts(clerk, "C10", "1", column="市本级")
    at(town, "2023-06-27T09:00:00")
    city.look()
    assert "【沈阳市应急管理局】市本级6月进展情况调度表" in await city.say("/annex 6月 市本级")
    for label in ("填报", "审核通过", "报出", "确认报出"):
        await city.tap(label)
    assert "已报出1个" in await city.say("/annex")
    assert "您现在不能办理" in await clerk.press_data("a:annex:show:2023-06:14")


async def test_nobody_else_has_business_with_a_table(
    town: Town, principal: Person, clerk: Person, leader: Person
) -> None:
    other = await town.join("周演四", "clerk", "沈河区")
    at(town, "2023-06-27T09:00:00")
    clerk.look()
    shown = clerk.button("填报")
    for stranger in (other, principal):
        for data in (
            *("a:annex:show:2023-06:6", "a:annex:cell:2023-06:6:A1", "a:annex:override:2023-06:6:A1"),
            *("a:annex:return:2023-06:6", "a:annex:return:2023-06:6:A1", "a:annex:columns:2023-06:", shown.data),
            *("a:annex:show:2023-06:99", "a:annex:show:2024-06:6", "a:annex:show:x:y"),
        ):
            assert "您现在不能办理" in await stranger.press_data(data)
    assert "您现在不能办理" in await principal.say("/annex")
    assert "您现在不能办理" in await leader.press(shown)
    assert "您现在不能办理" in await leader.press_data("a:annex:override:2023-06:6:A1")
    await clerk.press(shown)
    assert "您现在不能办理" in await clerk.press_data("a:annex:approve:2023-06:6:00000000")
    assert "您现在不能办理" in await clerk.press_data("a:annex:return:2023-06:6")
    assert "您现在不能办理" in await clerk.press_data("a:annex:return:2023-06:6:A1")
    assert "沈河区6月进展情况调度表" in await other.say("/annex")


async def test_the_duty_opens_the_table(town: Town, clerk: Person) -> None:
    at(town, "2023-06-27T09:00:00")
    clerk.look()
    duty = town.use(lambda uow: duties.of_period(uow.conn, "annex-table", DISTRICT, JUNE))
    assert duty is not None
    await clerk.press_data(f"a:show:{duty.id}")
    assert "浑南区6月进展情况调度表（草稿" in await clerk.tap("现在填报")


async def test_the_draft_of_november_comes_on_monday(town: Town, clerk: Person) -> None:
    at(town, "2023-11-24T09:00:00")
    clerk.look()
    at(town, "2023-11-25T09:00:00")
    assert "进展情况调度表（草稿" not in clerk.look()
    at(town, "2023-11-27T08:30:00")
    assert "11月进展情况调度表（草稿" in clerk.look()


async def test_findings_count_each_enterprise_once_and_more_than_were_checked_is_pointed_out(
    town: Town, clerk: Person
) -> None:
    town.register(row(), row("91210112155117772D", 3, 企业名称="沈阳青禾示范机械有限公司", 行业="机械"))
    for _ in range(2):
        acts(clerk, "B6", enterprise=FOOD)
    acts(clerk, "B6", enterprise="91210112155117772D")
    acts(clerk, "B1", enterprise=FOOD)
    assert values(town, JUNE) == {"B1": "1", "B6": "2"}
    card = await clerk.say("/annex 6月")
    assert "⚠️ 请核实：\n“电焊等特种作业岗位人员无证上岗作业（家）”为2，多于“部门抽查检查的企业总数（家）”的1" in card
    await clerk.tap("抽查检查")
    await clerk.tap("更多")
    assert "依据3条：\n1号记录　6月5日　沈阳白桦示范食品有限公司　现场检查" in await clerk.tap("第6项")


async def test_the_records_behind_a_figure_give_the_name_of_the_enterprise(
    town: Town, clerk: Person, principal: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    acts(clerk, "B6", enterprise=FOOD)
    acts(clerk, "C9", "1")

    def printed(uow: UnitOfWork) -> list[tuple[object, ...]]:
        book = load_workbook(io.BytesIO(workbook.xlsx(sheet.AnnexPaper((), JUNE, DISTRICT).gather(uow))))
        return [(line[1], line[2], line[5]) for line in book["依据"].iter_rows(min_row=2, values_only=True)]

    assert town.use(printed) == [
        ("A1", "hazard/1", "沈阳白桦示范食品有限公司 1号冷库机房"),
        ("B6", "action/1", "沈阳白桦示范食品有限公司 现场检查"),
        ("C9", "action/2", "现场检查"),
    ]
    assert "1号隐患　沈阳白桦示范食品有限公司　1号冷库机房　6月5日" in await clerk.press_data(
        "a:annex:cell:2023-06:6:A1"
    )
    assert "1. 1号隐患：6月5日　沈阳白桦示范食品有限公司　1号冷库机房" in await clerk.tap("逐条查看")
    assert "2号记录　6月5日　　现场检查" in await clerk.press_data("a:annex:cell:2023-06:6:C9")


async def test_a_table_of_nothing_but_zeros_is_pointed_out(clerk: Person) -> None:
    assert "⚠️ 请核实：\n全表各项都是0" in await clerk.say("/annex 6月")


async def test_an_action_that_cannot_be_is_refused_in_one_sentence(town: Town, clerk: Person) -> None:
    assert "不能小于0" in refusal(clerk, "C3", "-3", "5")
    assert "应有2个数" in refusal(clerk, "C3", "3")
    assert "应为整数" in refusal(clerk, "C2", "1.5")
    assert "不能小于0" in refusal(clerk, "C2", "NaN")
    assert "日期应在5月22日至6月5日之间" in refusal(clerk, "C2", "1", day="2023-06-06")
    assert "没有“浑南区 A1”这一项" in refusal(clerk, "A1", "1")
    assert "请写明名录中的企业" in refusal(clerk, "B2")
    assert "请写明名录中的企业" in refusal(clerk, "C6", enterprise="91210112155117772D")
    assert "您现在不能办理" in refusal(clerk, "C2", "1", column="沈河区")
    number = acts(clerk, "C2", "1")
    other = await town.join("周演四", "clerk", "沈河区")
    for person, reason, said in ((clerk, " ", "须写明理由"), (other, "错", "您现在不能办理")):
        with pytest.raises(RefusedError) as refused:
            takes_back(person, number, reason)
        assert said in render(refused.value.say, "zh-CN")
    counter = takes_back(clerk, number, "重复录入")
    for one in (number, counter):
        with pytest.raises(RefusedError) as refused:
            takes_back(clerk, one, "再冲")
        assert "已经冲销" in render(refused.value.say, "zh-CN")
    assert values(town, JUNE) == {}


async def test_every_step_is_in_the_audit(town: Town, clerk: Person, leader: Person) -> None:
    at(town, "2023-06-27T09:00:00")
    clerk.look()
    await file(clerk, leader)
    steps: Sequence[tuple[str, int]] = (
        *(("annex-submitted", clerk.id), ("annex-approved", leader.id), ("annex-filed", clerk.id)),
    )
    noted = town.use(
        lambda uow: [audit.happened(uow.conn, event, who, f"annex/{JUNE}/{DISTRICT}") for event, who in steps]
    )
    assert noted == [True, True, True]


async def test_a_listing_of_earlier_counts_while_it_was_not_lifted(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    await clerk.press_data("a:list:1")
    for said in ("沈阳市安委办", "沈安委办〔2023〕12号", "3月1日", "8月31日"):
        await clerk.say(said)
    await clerk.tap("确认提交")
    assert town.use(lambda uow: hazards.get(uow.conn, 1)) is not None
    assert values(town, JUNE) == {"A1": "1", "A5": "1"}
    await decide(clerk, "lift")
    assert values(town, JUNE) == {"A1": "1", "A5": "1", "A6": "1"}
    await decide(clerk, "not_major", "不在判定标准内")
    assert values(town, JUNE) == {}


async def test_the_table_comes_into_the_chat_as_files(town: Town, clerk: Person, city: Person) -> None:
    acts(clerk, "C2", "12")
    await clerk.say("/annex 6月")
    await clerk.tap("下载表格")
    got = clerk.screen[-1]
    assert got.text == "浑南区6月调度表（Word 和 Excel；未报出的为草稿）："
    assert [file.name for file in got.files] == ["浑南区2023-06调度表.docx", "浑南区2023-06调度表.xlsx"]
    path = town.app.file_store.path(got.files[0].sha256)
    cells = [cell.text for row_ in Document(io.BytesIO(path.read_bytes())).tables[0].rows for cell in row_.cells]
    assert cells[cells.index("帮扶指导重点企业（家次）") + 1] == "12"
    await city.say("/annex 6月")
    await city.tap("下载表格")
    assert [file.name for file in city.screen[-1].files] == ["沈阳市2023-06调度表.docx", "沈阳市2023-06调度表.xlsx"]
    other = await town.join("周演四", "clerk", "沈河区")
    assert "您现在不能办理" in await other.press_data("a:annex:paper:2023-06:6")
    assert "您现在不能办理" in await other.press_data("a:annex:paper:2023-06:")
