"""What becomes of a duty while people and enterprises come and go, and while it is explained."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from bot.app import App
from bot.settings import Settings
from service.core.unit_of_work import UnitOfWork
from storage import conversations, duties, people
from storage.tables import conversations as talks
from talk.messages import FileRef, Inbound, Kind
from tests.service.conftest import CITY, FOOD, row
from tests.service.test_dispatch import answer_all, june, open_card
from tests.service.test_hazards import report_with_plan
from tests.town import SECRET, Mailbox, Person, Town

NOTHING = "目前没有待您处理的事项。"


async def leave(person: Person) -> None:
    """/me, 退出."""
    await person.say("/me")
    await person.tap("退出")
    assert "您已退出" in await person.tap("确定退出")


def end_role(town: Town, person: Person) -> None:
    """A role ends from outside: an operator, a successor."""
    number = person.id

    def end(uow: UnitOfWork) -> None:
        for one in people.roles(uow.conn, number):
            people.set_state(uow.conn, one.id, "ended", uow.now)

    town.use(end)


async def test_a_principal_who_leaves_in_mid_duty_leaves_the_answers_to_the_next_one(
    town: Town, principal: Person, clerk: Person
) -> None:
    await answer_all(principal)
    clerk.look()
    await leave(principal)
    assert june(town).status == "open"
    town.now += timedelta(days=1)
    town.tick()
    assert "主要负责人新近联系不上或已退出的1家：沈阳白桦示范食品有限公司" in clerk.look()

    following = await town.join("吴演二", "principal", FOOD)
    await open_card(following)
    # That the one before was there in person says nothing of this one; all else is kept.
    assert "由您本人主持吗" in await following.tap("已调度")
    summary = await following.tap("否")
    assert "由您本人主持：否" in summary
    assert "待解决：资金3万元" in summary
    assert "确认后以吴演二名义提交" in summary
    assert "退回" not in following.labels
    assert "回执编号" in await following.tap("确认提交")


async def test_the_next_principal_is_reminded_and_the_one_who_left_is_not(town: Town, principal: Person) -> None:
    await answer_all(principal)
    await leave(principal)
    principal.look()
    following = await town.join("吴演二", "principal", FOOD)
    town.now = datetime.fromisoformat("2023-06-27T09:00:00+08:00")
    town.tick()
    assert "6月调度确认" in following.look()
    assert principal.look() == ""


async def test_what_an_officer_left_half_filled_another_goes_on_with(
    town: Town, principal: Person, officer: Person
) -> None:
    second = await town.join("赵演六", "officer", FOOD)
    await open_card(officer)
    await officer.tap("已调度")
    await officer.tap("今天")
    await open_card(second)
    assert await second.tap("已调度") == "6月调度确认正由钱演七填写。"
    end_role(town, officer)
    assert "什么形式" in await second.tap("已调度")
    await second.tap("会议调度")
    await second.say("落实整改")
    assert "已交主要负责人核对" in await second.tap("没有")
    principal.look()
    await principal.tap("去核对")
    await principal.tap("是")
    await principal.tap("退回")
    await principal.tap("时间")
    await principal.say("应为6月2日")
    assert "退回重填" in second.look()


async def test_what_an_officer_prepared_before_leaving_is_the_principals_to_confirm(
    town: Town, principal: Person, officer: Person
) -> None:
    await open_card(officer)
    await officer.tap("已调度")
    await officer.tap("今天")
    end_role(town, officer)
    await open_card(principal)
    assert "由您本人主持吗" in await principal.tap("已调度")
    assert "什么形式" in await principal.tap("是")
    await principal.tap("会议调度")
    await principal.say("落实整改")
    assert "确认后以郑演丙名义提交" in await principal.tap("没有")
    # Nobody is left to whom it could be sent back.
    assert principal.labels == ["确认提交", "修改", "附照片"]


@pytest.fixture
def second_app(town: Town, town_url: str, tmp_path: Path) -> Iterator[App]:
    """Another replica on the same database."""
    settings = Settings(data_dir=tmp_path, database_url=town_url, secret_key=SECRET)
    replica = App(settings, [Mailbox()], wall=lambda: town.now)
    yield replica
    replica.close()


async def test_two_officers_who_begin_the_same_duty_at_once_do_not_answer_it_twice(
    town: Town, second_app: App, officer: Person
) -> None:
    other = await town.join("赵演六", "officer", FOOD)
    data = f"a:fill:{june(town).id}:yes"
    updates = [
        Inbound(person.address, 7_000 + number, town.now, Kind.BUTTON, data=data)
        for number, person in enumerate((officer, other))
    ]
    await asyncio.gather(town.app.take(updates[0]), second_app.take(updates[1]))
    said = sorted([officer.look(), other.look()], key=len)
    assert [("哪天开展" in text, "正由" in text) for text in said] == [(False, True), (True, False)]

    def begun(conn: Connection) -> int:
        statement = select(func.count()).where(talks.c.duty == june(town).id, talks.c.state.in_(conversations.LIVE))
        return int(conn.execute(statement).scalar_one())

    assert town.app.database.look(begun) == 1


async def test_an_enterprise_that_moves_takes_what_is_open_along_and_leaves_what_is_answered(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    await answer_all(principal)
    await principal.tap("确认提交")
    there = await town.join("周演四", "clerk", "沈河区")
    town.register(row(所属区县="沈河区", 监管单位="沈河区应急管理局"))
    assert june(town).district == "浑南区"
    assert "填报内容" in await clerk.press_data(f"a:answers:{june(town).id}")
    assert "您现在不能办理" in await there.press_data(f"a:answers:{june(town).id}")
    drill = next(
        one for one in town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD)) if one.obligation == "drill"
    )
    assert drill.district == "沈河区"
    assert "应急救援演练" in await there.press_data(f"a:show:{drill.id}")
    assert "您现在不能办理" in await clerk.press_data(f"a:show:{drill.id}")
    assert "1号重大事故隐患" in await there.press_data("a:hazard:1")
    assert "您现在不能办理" in await clerk.press_data("a:hazard:1")
    # What is told from now on is told over there.
    clerk.look()
    there.look()
    await principal.press_data(f"a:explain:{drill.id}")
    await principal.tap("其他")
    await principal.say("设备检修")
    await principal.tap("确认提交")
    assert (await clerk.waiting(), "应急救援演练说明情况" in await there.waiting()) == (NOTHING, True)


async def test_what_is_explained_stays_open_without_nudges_until_staff_return_it(
    town: Town, principal: Person, officer: Person, clerk: Person
) -> None:
    await principal.press_data(f"a:explain:{june(town).id}")
    await principal.tap("已注销或迁出")
    await principal.say("已迁往外市")
    assert "此前不再催办，任务仍未完成" in await principal.tap("确认提交")
    clerk.look()
    for day in ("06-15", "06-27", "06-29", "06-30", "07-03", "07-05", "07-07"):
        town.now = datetime.fromisoformat(f"2023-{day}T09:00:00+08:00")
        town.tick()
        for person in (principal, officer, clerk):
            assert "6月调度确认" not in person.look()
    assert june(town).overdue(town.now)
    assert june(town).escalated is None
    assert "已说明情况，等待工作人员处理" in await open_card(principal)
    await clerk.press_data(f"a:reopen:{june(town).id}")
    assert "监管部门退回了6月调度确认的情况说明，请填报或重新说明。" in principal.look()
    assert "已逾期" in await principal.tap("现在填报")


async def test_what_is_explained_may_be_answered_all_the_same(town: Town, principal: Person, clerk: Person) -> None:
    await principal.press_data(f"a:explain:{june(town).id}")
    await principal.tap("其他")
    await principal.say("设备检修")
    await principal.tap("确认提交")
    await answer_all(principal)
    assert "回执编号" in await principal.tap("确认提交")
    assert june(town).status == "answered"
    assert "已处理过" in await clerk.press_data(f"a:excuse:{june(town).id}")


async def test_an_explanation_of_a_municipal_unit_is_the_citys_to_decide(
    town: Town, principal: Person, clerk: Person
) -> None:
    town.register(row(监管单位="沈阳市应急管理局"))
    city = await town.join("周演十", "city", CITY)
    clerk.look()
    await principal.press_data(f"a:explain:{june(town).id}")
    await principal.tap("其他")
    await principal.say("设备检修")
    await principal.tap("确认提交")
    assert await clerk.waiting() == NOTHING
    assert "6月调度确认说明情况" in await city.waiting()
    assert "您现在不能办理" in await clerk.press_data(f"a:excuse:{june(town).id}")
    assert "已接受" in await city.tap("接受")
