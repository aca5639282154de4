"""Staff and principals look after the roles of their place: they end them, lock out lost phones, and review them."""

from datetime import datetime

import pytest

from service.people import seats
from service.people.inviting import invite
from service.registry.enterprise_import import import_enterprises
from storage import people
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.noticing import CITYS, FAR, widen
from tests.town import Person, Town

REASON = "已调离"


def state(town: Town, person: Person) -> str:
    """How the newest role of somebody stands."""
    number = person.id
    return town.use(lambda uow: people.posts(uow.conn, person=number))[-1].state


def seat(town: Town, person: Person) -> int:
    """The number of the newest role of somebody."""
    number = person.id
    return town.use(lambda uow: people.posts(uow.conn, person=number))[-1].id


async def end(who: Person, town: Town, whom: Person) -> str:
    """End the role of somebody by the buttons."""
    said = await who.press_data(f"a:role-end:{seat(town, whom)}")
    if "请写明原因" not in said:
        return said
    assert f"原因：“{REASON}”" in await who.say(REASON)
    return await who.tap("结束身份")


@pytest.fixture
async def wide(town: Town) -> Town:
    """The district with neighbours, another one, and a unit that the city supervises."""
    widen(town)
    return town


async def test_a_clerk_ends_a_role_with_a_reason_and_the_person_is_told(
    town: Town, officer: Person, clerk: Person
) -> None:
    said = await clerk.say("/people")
    assert "您可以管理的人员身份：1个" in said
    assert "沈阳白桦示范食品有限公司安全管理人员：钱演七" in said
    card = await clerk.tap("第1项")
    assert "最近一次使用：2023年6月5日" in card
    town.use(lambda uow: invite(uow, "officer", FOOD, "浑南区应急管理局"))
    assert "请写明原因" in await clerk.tap("结束身份")
    await clerk.say(REASON)
    assert "同一身份未用的邀请码1个已作废" in await clerk.tap("结束身份")
    told = officer.look()
    assert "身份已结束：由监管部门或本单位主要负责人办理" in told
    assert "原因：“已调离”" in told
    assert "目前没有您可以管理的人员身份。" in await clerk.say("/people")
    (post,) = town.use(lambda uow: people.posts(uow.conn, role="officer"))
    assert (post.state, post.reason) == ("ended", REASON)


async def test_it_can_be_left_as_it_is(town: Town, officer: Person, clerk: Person) -> None:
    await clerk.press_data(f"a:role-end:{seat(town, officer)}")
    await clerk.say(REASON)
    assert "没有变动" in await clerk.tap("不变")
    assert state(town, officer) == "active"
    assert officer.look() == ""


async def test_each_ends_what_is_theirs_and_nothing_else(wide: Town) -> None:
    town = wide
    principal = await town.join("郑演丙", "principal", FOOD)
    officer = await town.join("钱演七", "officer", FOOD)
    worker = await town.join("何演松", "worker", FOOD)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    leader = await town.join("李演五", "leader", DISTRICT)
    elsewhere = await town.join("外演丁", "clerk", FAR)
    city = await town.join("周演市", "city", CITY)
    other = await town.join("周演三", "principal", CITYS)
    operator = await town.join("周演工", "operator", CITY)
    colleague = await town.join("周演事", "city", CITY)
    refused = "您现在不能办理"
    for who, whom in (
        *((officer, worker), (officer, principal), (worker, officer), (leader, officer), (elsewhere, officer)),
        *((principal, clerk), (clerk, leader), (clerk, city), (clerk, other), (other, officer), (principal, other)),
        *((city, operator), (city, colleague), (operator, officer), (principal, principal), (clerk, clerk)),
    ):
        for verb in ("seat", "role-end", "lock", "role-keep"):
            assert refused in await who.press_data(f"a:{verb}:{seat(town, whom)}"), (who.name, verb, whom.name)
    for who, whom in (
        *((principal, worker), (clerk, officer), (clerk, principal), (city, other), (city, clerk), (city, leader)),
    ):
        assert "已结束" in await end(who, town, whom), (who.name, whom.name)
        assert state(town, whom) == "ended"
    assert "这一身份已经结束" in await city.press_data(f"a:role-end:{seat(town, leader)}")
    assert refused in await principal.press_data(f"a:role-end:{seat(town, officer)}")


async def test_a_role_that_ends_in_the_middle_ends_no_other(town: Town, officer: Person, clerk: Person) -> None:
    city = await town.join("周演市", "city", CITY)
    await clerk.press_data(f"a:role-end:{seat(town, officer)}")
    await clerk.say(REASON)
    await end(city, town, clerk)
    await clerk.tap("结束身份")
    assert state(town, officer) == "active"


async def test_a_lost_phone_is_locked_by_a_tap(town: Town, principal: Person, officer: Person) -> None:
    await principal.say("/people")
    await principal.tap("第1项")
    assert "确定锁定钱演七的账号吗" in await principal.tap("立即锁定")
    assert "已锁定：钱演七" in await principal.tap("立即锁定")
    assert "这个账号已锁定" in await officer.say("/tasks")
    card = await principal.press_data(f"a:seat:{seat(town, officer)}")
    assert "账号已锁定" in card
    assert "立即锁定" not in principal.labels


async def test_who_works_for_a_bureau_too_is_locked_by_those_over_the_bureau_only(
    town: Town, principal: Person, officer: Person
) -> None:
    number = seat(town, officer)
    code = town.use(lambda uow: invite(uow, "clerk", DISTRICT, "沈阳市应急管理局")).code
    await officer.say(f"/start {code}")
    await officer.tap("同意加入")
    assert "您现在不能办理" in await principal.press_data(f"a:lock:{number}")
    await principal.press_data(f"a:seat:{number}")
    assert principal.labels == ["结束身份", "移交"]
    city = await town.join("周演市", "city", CITY)
    assert "确定锁定" in await city.press_data(f"a:lock:{number}")


async def test_each_half_year_the_roles_of_a_place_are_looked_through(
    town: Town, principal: Person, officer: Person, clerk: Person
) -> None:
    assert "待本半年复核" not in await clerk.say("/people")
    clerk.look()
    town.now = datetime.fromisoformat("2023-07-03T09:00:00+08:00")
    town.tick()
    assert "半年人员身份复核：有2个身份待您复核" in clerk.look()
    town.tick()
    assert "半年人员身份复核" not in clerk.look()
    assert "其中2个待本半年复核" in await clerk.tap("查看名单")
    await clerk.press_data(f"a:seat:{seat(town, officer)}")
    assert "已记录保留：1个" in await clerk.tap("保留")
    assert "其中1个待本半年复核" in await clerk.say("/people")
    assert "已记录保留：1个" in await clerk.tap("其余都保留")
    assert "待本半年复核" not in await clerk.say("/people")
    town.now = datetime.fromisoformat("2023-08-01T09:00:00+08:00")
    town.tick()
    assert "半年人员身份复核" not in clerk.look()
    posts = town.use(lambda uow: people.posts(uow.conn, subject=FOOD))
    assert all(post.reviewed_at is not None for post in posts)
    del principal


def sheet(town: Town, *, end_replaced: bool = False, **cells: str) -> list[tuple[str, str, str]]:
    """Import the registry with other names in it; who is in office where it names another."""
    found = town.use(lambda uow: seats.replace(uow, import_enterprises(uow, [row(FOOD, 2, **cells)]), end=end_replaced))
    return [(one.post.role, one.name, one.other) for one in found]


async def test_an_import_that_names_another_asks_staff_and_ends_nothing(
    town: Town, principal: Person, officer: Person, clerk: Person
) -> None:
    found = sheet(town, 主要负责人="李演新", 安全管理人员="王演新")
    assert found == [("principal", "郑演丙", "李演新"), ("officer", "钱演七", "王演新")]
    assert (state(town, principal), state(town, officer)) == ("active", "active")
    assert sheet(town, 主要负责人="李演新", 安全管理人员="王演新") == []
    said = await clerk.press_data("a:waiting:")
    assert "企业主要负责人登记已变更，是否结束原来的身份" in said
    assert "登记信息现为他人，请决定结束或保留" in await clerk.tap("第1项")
    assert "已记录保留" in await clerk.tap("保留")
    await clerk.waiting()
    await clerk.tap("结束身份")
    await clerk.say("登记已变更")
    await clerk.tap("结束身份")
    assert (state(town, principal), state(town, officer)) == ("active", "ended")
    assert "登记已变更" not in await clerk.press_data("a:waiting:")


async def test_an_import_can_end_whom_it_replaces(town: Town, principal: Person, officer: Person) -> None:
    assert sheet(town, end_replaced=True, 主要负责人="李演新") == [("principal", "郑演丙", "李演新")]
    assert (state(town, principal), state(town, officer)) == ("ended", "active")
    assert "登记信息已变更为他人" in principal.look()


async def test_a_second_officer_whom_no_list_named_is_not_asked_about(town: Town, principal: Person) -> None:
    second = await town.join("赵演八", "officer", FOOD)
    assert sheet(town, 安全管理人员="王演新", 职工人数="86") == []
    assert state(town, second) == "active"
    del principal
