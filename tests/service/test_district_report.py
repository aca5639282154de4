"""Drafts of a district's reports: the figures of the annex, what people must write, and nothing that is not known."""

import io
import re
from datetime import datetime

import pytest
from docx import Document

from campaign.annex import Values, written
from reports import district_report as printed
from service.annex import tables as annex
from service.core.refusal import RefusedError
from service.core.unit_of_work import UnitOfWork
from service.district import report as district_report
from service.district.report import Report
from storage import duties
from talk.messages import FileRef
from talk.texts import render
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.service.test_annex import acts, at, end_roles, file
from tests.service.test_coverage import record, registry
from tests.service.test_hazards import decide, evaluate, report_with_plan
from tests.town import Person, Town

__all__ = ["registry"]


@pytest.fixture
async def leader(town: Town) -> Person:
    """The leader of the district."""
    return await town.join("李演五", "leader", DISTRICT)


@pytest.fixture
async def city(town: Town) -> Person:
    """Staff of the city."""
    return await town.join("赵演六", "city", CITY)


def gathered(town: Town, kind: str, period: str = "once", column: str | None = DISTRICT) -> Report:
    """The facts of a report now."""
    return town.use(lambda uow: district_report.gather(uow, kind, period, column))


def read(data: bytes) -> tuple[list[str], list[list[list[str]]]]:
    """The paragraphs of a draft, and its tables by row and cell."""
    pages = Document(io.BytesIO(data))
    cells = [[[cell.text for cell in row.cells] for row in table.rows] for table in pages.tables]
    return [one.text for one in pages.paragraphs], cells


def pressed(town: Town, obligation: str, period: str = "once") -> str:
    """What 草稿 carries on the card of a duty."""
    found = town.use(lambda uow: duties.of_period(uow.conn, obligation, DISTRICT, period))
    assert found is not None
    return f"a:draft:{found.id}"


def annex_of(town: Town, month: str, column: str = DISTRICT) -> dict[str, Values]:
    """The annex table of a month, as anybody else counts it."""

    def case(uow: UnitOfWork) -> dict[str, Values]:
        (table,) = annex.tables(uow, annex.months(uow)[month], column)
        return {cell.row.name: cell.counted for cell in table.cells}

    return town.use(case)


async def happened(town: Town, principal: Person, clerk: Person, photo: FileRef) -> None:
    """Things of May, June and September."""
    acts(clerk, "B1", day="2023-05-30", enterprise=FOOD)
    await report_with_plan(principal, photo)
    acts(clerk, "C3", "3", "5.2", day="2023-06-04")
    await record(clerk, "全部企业", roles=("主要负责人",))
    await clerk.tap("确认提交")
    at(town, "2023-06-20 10:00")
    await evaluate(principal, photo)
    await decide(clerk, "passed")
    await decide(clerk, "close")
    acts(clerk, "C2", "4", day="2023-06-20")
    at(town, "2023-09-02 10:00")
    acts(clerk, "C2", "9", day="2023-09-01")


@pytest.mark.usefixtures("registry")
async def test_the_figures_of_a_phase_are_those_of_the_annex_at_its_end(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await happened(town, principal, clerk, photo)
    facts = gathered(town, "phase-report", "phase-2")
    told, (figures, owed, own) = read(printed.docx(facts))
    august, may = annex_of(town, "2023-08"), annex_of(town, "2023-05")
    assert figures[0] == ["序号", "项目", "截至5月31日", "截至8月31日", "增加"]
    noted = {"D1": "0", "D2": "0", "D3": "0、0"}  # beside the table
    assert {row[0]: row[3] for row in figures[1:]} == {name: written(values) for name, values in august.items()} | noted
    assert {row[0]: row[2] for row in figures[1:]} == {name: written(values) for name, values in may.items()} | noted
    assert [row[3] for row in figures[1:] if row[0] in ("A1", "A2", "B1", "C2", "C3")] == ["1", "1", "1", "4", "3、5.2"]
    text = "\n".join(told)
    assert "截至8月31日，企业自查发现重大事故隐患累计1个，其中已完成整改1个（比5月31日分别增加1个、1个）。" in text
    assert "6月1日至8月31日，销号重大事故隐患1个。" in text
    assert "截至8月31日，帮扶指导重点市、县累计0个次，帮扶指导重点企业累计4家次。" in text
    assert "应训4人。截至8月31日，已训2人，未训2人。" in text
    assert "应检1家。截至8月31日，已检1家，未检0家。" in text
    # Every duty of the enterprises that was due in the phase, as the table of duties has it.
    due = town.use(lambda uow: duties.find(uow.conn, district=DISTRICT))
    june, august_ends = (datetime.fromisoformat(one) for one in ("2023-06-01T00:00+08:00", "2023-08-31T23:59:59+08:00"))
    counted = [one for one in due if one.enterprise and one.due and june <= one.due <= august_ends]
    municipal = {one.enterprise for one in counted} - {FOOD, "91210112155117772D"}
    assert sum(int(row[1]) for row in owed[1:]) == sum(
        one.enterprise not in municipal and one.status != "withdrawn" and not one.period.startswith("hazard")
        for one in counted
    )
    assert ["6月进展情况调度表", "6月28日", "逾期未填报"] in own


@pytest.mark.usefixtures("registry")
async def test_a_draft_reads_like_a_letter_and_marks_what_people_write(town: Town, clerk: Person) -> None:
    del clerk
    facts = gathered(town, "phase-report", "phase-1")
    told, tables = read(printed.docx(facts))
    assert told[:3] == [
        "浑南区应急管理局关于全市工贸行业重大事故隐患专项排查整治2023行动动员部署阶段工作情况的报告",
        "沈阳市应急管理局：",
        "根据沈应急发〔2023〕27号《方案》五（四）要求，现将浑南区2023年5月22日至2023年5月31日的有关工作情况报告如下。",
    ]
    assert [one for one in told if re.match("[一二三四]、", one)] == [
        "一、基本情况",
        "二、工作开展情况",
        "三、存在问题",
        "四、下步打算",
    ]
    assert "浑南区登记在册工贸企业3家，其中市级安全生产监管单位1家（按6月5日 09:00的登记信息）。" in told
    assert sum("【待填：" in one for one in told) == 11
    # Phase 1 has none before it.
    assert tables[0][0] == ["序号", "项目", "截至5月31日"]
    # Every sentence with a figure of the work says until when it holds.
    counted = [one for one in told if re.search(r"[0-9]+(个|家|人|次|张|项)", one)]
    assert all(re.search("截至|按.*登记信息|至.月", one) for one in counted)
    assert not re.search("成效显著|高度重视|扎实|圆满|较好|排名", "\n".join(told))


USUAL = ["一、基本情况", "二、工作开展情况", "三、存在问题", "四、下步打算"]
PARTS = {
    "guidance-report": USUAL,
    "summary": USUAL,
    "evaluation": ["一、基本情况", "二、工作成效", "三、存在的问题和差距", "四、长效机制和下步打算"],
}


@pytest.mark.usefixtures("registry")
async def test_every_kind_has_its_parts(town: Town) -> None:
    at(town, "2023-12-14 10:00")
    for kind, headings in PARTS.items():
        told, _ = read(printed.docx(gathered(town, kind)))
        assert [one for one in told if re.match("[一二三四]、", one)] == headings
        assert ("安全生产月" in "".join(told)) is (kind == "guidance-report")
        assert any("截至12月14日" in one for one in told)


@pytest.mark.usefixtures("registry")
async def test_what_was_filed_otherwise_is_named(
    town: Town, principal: Person, clerk: Person, leader: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    at(town, "2023-08-28 10:00")
    await file(clerk, leader)
    acts(clerk, "C2", "4", day="2023-08-28")
    at(town, "2023-09-01 10:00")
    # What comes in after the phase is not the phase's.
    acts(clerk, "C9", "2", day="2023-08-31")
    told, _ = read(printed.docx(gathered(town, "phase-report", "phase-2")))
    named = [one for one in told if "请核对口径后使用" in one]
    assert named == ["调度表已于8月28日 10:00报出，其中“帮扶指导重点企业（家次）”为0，本稿为4，请核对口径后使用。"]


@pytest.mark.usefixtures("registry")
async def test_the_citys_is_that_of_all_columns_together(
    town: Town, principal: Person, clerk: Person, city: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    acts(clerk, "C2", "4")
    acts(city, "C2", "3", column="市本级")
    at(town, "2023-09-01 10:00")
    facts = gathered(town, "phase-report", "phase-2", None)
    told, tables = read(printed.docx(facts))
    assert told[1] == "【待填：主送单位】："
    assert "沈阳市登记在册工贸企业4家，其中市级安全生产监管单位1家（按9月1日 10:00的登记信息）。" in told
    assert next(row for row in tables[0] if row[0] == "C2")[3] == "7"
    columns = {row[0]: row[1:] for row in tables[3][1:]}
    assert len(columns) == 15
    assert columns[DISTRICT][0] == "1"
    assert sum(int(row[0]) for row in columns.values()) == 1
    late = next(row for row in tables[2] if row[0] == "联络人报送情况")
    assert late[2] == "0"
    assert late[3] == "全部14个地区"


async def test_the_button_stands_on_the_card_for_who_may(
    town: Town, clerk: Person, leader: Person, principal: Person
) -> None:
    stranger = await town.join("冯演四", "clerk", "沈河区")
    data = pressed(town, "phase-report", "phase-1")
    card = data.replace("draft", "show")
    for one in (clerk, leader):
        await one.press_data(card)
        assert "草稿" in one.labels
        assert "正在起草" in await one.tap("草稿")
        got = one.screen[-1]
        assert got.text == "浑南区第一阶段专项整治情况报告草稿（Word）。数字已填，【待填】处请补充后使用："
        assert [each.name for each in got.files] == ["浑南区第一阶段专项整治情况报告（草稿20230605）.docx"]
    for other in (stranger, principal):
        assert "不能办理" in await other.press_data(data)
    for odd in ("a:draft:", "a:draft:x", "a:draft:999999", pressed(town, "contact")):
        assert "不能办理" in await clerk.press_data(odd)
    end_roles(town, clerk)
    assert "不能办理" in await clerk.press_data(data)


async def test_drafts_lists_what_can_be_drafted(clerk: Person, city: Person, principal: Person) -> None:
    said = await clerk.say("/drafts")
    assert said == (
        "可以起草浑南区的这些报告，请点序号：\n"
        "1. 部门指导帮扶情况报告\n2. 第一阶段专项整治情况报告\n3. 第二阶段专项整治情况报告"
    )
    assert "正在起草" in await clerk.tap("第1项")
    assert "第一阶段" in await city.say("/drafts")
    assert "指导帮扶" not in city.screen[-1].text
    assert "指导帮扶" in await city.say("/drafts 浑南区")
    assert "没有这个地区" in await city.say("/drafts 南山区")
    assert "不能办理" in await principal.say("/drafts")
    assert "不能办理" in await clerk.say("/drafts 沈河区")
    assert "不能办理" in await clerk.press_data("a:drafts:1:summary:once")
    assert "不能办理" in await clerk.press_data("a:drafts::summary:once")


NOT_TO_BE = [
    ("phase-report", "phase-3", DISTRICT, "第三阶段专项整治情况报告还不能起草，9月1日起才有数据。"),
    ("phase-report", "phase-4", DISTRICT, "请写明是哪个阶段，可选：1、2、3。"),
    ("phase-report", "once", DISTRICT, "请写明是哪个阶段，可选：1、2、3。"),
    ("summary", "once", DISTRICT, "专项整治工作总结还不能起草，12月1日起才有数据。"),
    ("evaluation", "once", None, "没有“evaluation”这种报告的草稿。可选：phase-report、summary。"),
    ("poem", "once", DISTRICT, "没有“poem”这种报告的草稿。"),
]


def test_what_cannot_be_drafted_says_why(town: Town) -> None:
    for kind, period, column, said in NOT_TO_BE:
        with pytest.raises(RefusedError) as refused:
            gathered(town, kind, period, column)
        assert said in render(refused.value.say, "zh-CN")


async def test_a_phase_that_runs_is_told_until_now_and_a_future_one_not_at_all(town: Town, clerk: Person) -> None:
    facts = gathered(town, "phase-report", "phase-2")
    assert f"{facts.until:%m-%d %H:%M}" == "06-05 09:00"
    assert "还不能起草" in await clerk.press_data("a:drafts:6:phase-report:phase-3")
