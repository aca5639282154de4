"""/tasks as a principal's desk: what is overdue, what the week asks, what has time, what is done with its receipt."""

import re
from datetime import date, datetime

from service.core.unit_of_work import UnitOfWork
from storage import duties
from storage.hazards import change
from talk.messages import FileRef
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.service.test_dispatch import answer_all, june
from tests.service.test_hazards import report_with_plan
from tests.town import Person, Town

GROUPS = ("已逾期：", "本周：", "以后：", "待监管部门处理：")


def at(town: Town, moment: str) -> None:
    """Set the clock and let the scheduler look."""
    town.now = datetime.fromisoformat(moment)
    town.tick()


async def desk(person: Person) -> list[str]:
    """The lines of every page of /tasks."""
    lines = (await person.say("/tasks")).splitlines()
    while person.can_tap("更多"):
        lines += (await person.tap("更多")).splitlines()
    return lines


def grouped(lines: list[str]) -> dict[str, list[str]]:
    """The lines of the desk by the heading they stand under."""
    found: dict[str, list[str]] = {}
    here = ""
    for line in lines:
        if line in GROUPS:
            here = line
        elif re.match(r"\d+\. ", line):
            found.setdefault(here, []).append(line)
    return found


async def test_the_desk_goes_from_what_is_overdue_to_what_has_time(town: Town, principal: Person) -> None:
    at(town, "2023-06-14T09:00:00+08:00")
    lines = await desk(principal)
    assert lines[0].startswith("待办任务")
    assert [line for line in dict.fromkeys(lines) if line in GROUPS] == list(GROUPS[:3])
    found = grouped(lines)
    assert found["已逾期："][0].startswith("1. 5月30日前首轮清单（")
    assert all("已逾期" in line for line in found["已逾期："])
    assert any("第一轮" in line or "6月15日" in line for line in found["本周："])
    assert any("6月调度确认：6月30日前，还有16天" in line for line in found["以后："])
    numbers = [int(line.split(".")[0]) for lines in found.values() for line in lines]
    assert numbers == list(range(1, len(numbers) + 1))


async def test_a_group_that_is_empty_is_not_shown_and_a_week_ends_on_its_sunday(town: Town, principal: Person) -> None:
    open_ones = [one for one in town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD)) if one.id != june(town).id]

    def leave_only_june(uow: UnitOfWork) -> None:
        for one in open_ones:
            duties.set_status(uow.conn, one.id, "withdrawn")

    town.use(leave_only_june)
    town.now = datetime.fromisoformat("2023-06-25T09:00:00+08:00")  # a Sunday; the 30th is the Friday after
    assert await principal.say("/tasks") == "待办任务1项，请点序号填报：\n以后：\n1. 6月调度确认：6月30日前，还有5天"
    assert principal.labels == ["第1项"]
    town.now = datetime.fromisoformat("2023-06-26T09:00:00+08:00")
    assert "本周：\n1. 6月调度确认" in await principal.say("/tasks")
    assert "【浑南区应急管理局】6月调度确认" in await principal.tap("第1项")


async def test_what_is_done_is_counted_and_its_receipt_is_one_tap_away(principal: Person) -> None:
    await answer_all(principal)
    given = re.search(r"回执编号 (\S+?)，", await principal.tap("确认提交"))
    assert given is not None
    text = await principal.say("/tasks")
    assert text.splitlines()[-1] == "已完成1项（有回执）。"
    assert len(principal.labels) <= 6
    assert principal.labels[-1] == "已完成"
    assert await principal.tap("已完成") == (
        f"已完成1项，点序号可查看或更正：\n1. 6月调度确认：回执{given[1]}，6月5日已填报"
    )
    assert "可更正" in await principal.tap("第1项")
    assert "更正" in principal.labels


async def test_when_nothing_is_left_the_receipts_stand_there_at_once(town: Town, principal: Person) -> None:
    await answer_all(principal)
    await principal.tap("确认提交")

    def close(uow: UnitOfWork) -> None:
        for one in duties.find(uow.conn, enterprise=FOOD, status="open"):
            duties.set_status(uow.conn, one.id, "withdrawn")

    town.use(close)
    assert (await principal.say("/tasks")).startswith("目前没有待填报的任务。\n已完成1项，点序号可查看或更正：\n1. 6月")


async def test_open_hazards_are_one_entry_that_leads_to_the_ledger(
    town: Town, principal: Person, officer: Person, clerk: Person, photo: FileRef
) -> None:
    assert "重大隐患" not in principal.labels
    await report_with_plan(principal, photo)
    for person in (principal, officer):
        assert "重大隐患1处未销号。" in (await person.say("/tasks")).splitlines()
        assert "1号" in await person.tap("重大隐患")
    town.use(lambda uow: change(uow.conn, 1, deadline=date(2023, 6, 1)))
    assert "重大隐患1处未销号，其中1处整改已逾期。" in await principal.say("/tasks")
    # A clerk's tasks are the district's own; the ledgers of its enterprises are under /hazards.
    assert "未销号" not in await clerk.say("/tasks")


async def test_what_was_explained_waits_for_staff_in_a_group_of_its_own(
    town: Town, principal: Person, clerk: Person
) -> None:
    await principal.press_data(f"a:explain:{june(town).id}")
    await principal.tap("其他")
    await principal.say("设备检修，计划7月10日完成")
    await principal.tap("确认提交")
    found = grouped(await desk(principal))
    assert [line.split(". ")[1] for line in found["待监管部门处理："]] == ["6月调度确认：已说明情况"]
    await clerk.waiting()
    await clerk.tap("接受")
    assert "待监管部门处理：" not in grouped(await desk(principal))
    await principal.say("/tasks")
    assert "6月调度确认：情况说明已接受" in await principal.tap("已完成")
    assert "情况说明已接受，不再催办。" in await principal.tap("第1项")


async def test_every_page_keeps_to_six_buttons_and_shows_each_line_once(principal: Person, photo: FileRef) -> None:
    await answer_all(principal)
    await principal.tap("确认提交")
    await report_with_plan(principal, photo)
    seen: list[str] = []
    text = await principal.say("/tasks")
    while True:
        assert len(principal.labels) <= 6
        seen += re.findall(r"^(\d+)\. ", text, re.MULTILINE)
        if not principal.can_tap("更多"):
            break
        text = await principal.tap("更多")
    assert seen == [str(number) for number in range(1, len(seen) + 1)]
    assert len(seen) > 6


async def test_a_page_of_nonsense_is_the_first_one(principal: Person) -> None:
    first = await principal.say("/tasks")
    for odd in ("0", "-3", "x", "999999999999999999999", "done"):
        assert (await principal.press_data(f"a:tasks:{odd}")).splitlines()[0] == first.splitlines()[0]


async def test_help_lists_what_each_side_can_ask_for(town: Town, principal: Person, clerk: Person) -> None:
    leader = await town.join("周演四", "leader", DISTRICT)
    city = await town.join("李演五", "city", CITY)
    for staff in (clerk, city):
        told = await staff.say("/help")
        for command in ("/district", "/notice ", "/checks", "/actions", "/coverage", "/annex", "/drafts", "/report"):
            assert command in told
        assert "/permit " not in told
    told = await leader.say("/help")
    assert "/annex" in told
    assert "/notice " not in told
    assert "/report" not in told
    told = await principal.say("/help")
    assert "/permit " in told
    assert "/district" not in told


async def test_what_is_about_no_duty_is_put_away_with_a_way_back(clerk: Person) -> None:
    await clerk.say("/notice")
    await clerk.say("请各企业参加6月20日的培训。")
    asked = clerk.screen[-1].text
    told = await clerk.say("/cancel")
    assert "还没有提交" in told
    assert "/tasks" not in told
    assert await clerk.tap("接着填") == asked
