"""有无 against the registry: one card to the department, which decides."""

import pytest
from sqlalchemy import select

from storage import duties, registry
from storage.tables import audit
from storage.tables import tag_proposals as proposals
from tests.service.conftest import CITY, FOOD, row
from tests.town import Person, Town

NOTHING = "目前没有待您处理的事项。"


def tags(town: Town) -> frozenset[str]:
    found = town.use(lambda uow: registry.enterprise(uow.conn, FOOD))
    assert found is not None
    return found.tags


async def says(person: Person, has: str, *, rest: bool = True) -> str:
    """Answer the check of control systems and confirm it."""
    found = person.town.use(lambda uow: duties.of_period(uow.conn, "control-check", FOOD, "once"))
    assert found is not None
    said = await person.press_data(f"a:fill:{found.id}")
    if "请您核对" in said:
        await person.tap("修改")
        await person.tap("有无")
    said = await person.tap(has)
    if "请您核对" not in said and rest:
        await person.say("数据丢失、黑客攻击")
        await person.tap("没有发现")
        await person.tap("已制定")
    return await person.tap("确认提交")


async def test_a_risk_that_the_registry_lacks_is_added_by_the_districts_clerk(
    town: Town, principal: Person, clerk: Person
) -> None:
    assert "回执编号" in await says(principal, "有")
    assert clerk.look() == ""
    assert await clerk.waiting() == (
        "沈阳白桦示范食品有限公司（浑南区）填报有“控制系统”，登记信息中没有。采纳后加入登记信息，自即日起按此确定任务。"
    )
    assert clerk.labels == ["采纳", "不采纳"]
    assert "control-systems" not in tags(town)
    adopted = clerk.button("采纳")
    assert "已采纳" in await clerk.press(adopted)
    assert "control-systems" in tags(town)
    assert principal.look() == "监管部门已按您的填报，在登记信息中加入“控制系统”。"
    assert "已处理过" in await clerk.press(adopted)
    noted = select(audit.c.event).where(audit.c.subject == f"enterprise/{FOOD}").order_by(audit.c.id)
    assert town.use(lambda uow: uow.conn.scalars(noted).all()) == ["tag-proposed", "tag-decided"]


async def test_places_of_greater_danger_are_asked_of_everybody_and_compared_with_the_registry(
    town: Town, principal: Person, clerk: Person
) -> None:
    found = town.use(lambda uow: duties.of_period(uow.conn, "equipment-check", FOOD, "once"))
    assert found is not None
    assert "本企业有无较大危险因素作业场所？" in await principal.press_data(f"a:fill:{found.id}")
    await principal.say("粉尘涉爆、涉氨制冷")  # the registry has ammonia and confined spaces
    await principal.say("没有")
    await principal.say("危险场所设备、应急救援装备、信息系统")
    for _ in range(4):
        await principal.tap("没有问题")
    assert "回执编号" in await principal.tap("确认提交")
    told = await clerk.waiting()
    assert "填报有“涉爆粉尘”，登记信息中没有" in told + clerk.look()
    proposed = select(proposals.c.tag, proposals.c.present).order_by(proposals.c.tag)
    assert [tuple(one) for one in town.use(lambda uow: uow.conn.execute(proposed).all())] == [
        ("confined-space", False),
        ("explosive-dust", True),
    ]


async def test_a_risk_that_the_enterprise_has_not_is_removed_and_its_duties_with_it(
    town: Town, principal: Person, clerk: Person
) -> None:
    town.register(row(风险标签="涉氨制冷、控制系统"))
    await says(principal, "没有")
    assert "填报没有“控制系统”，登记信息中有" in await clerk.waiting()
    await clerk.tap("采纳")
    assert tags(town) == {"ammonia"}


async def test_what_was_refused_is_not_laid_before_anybody_again(town: Town, principal: Person, clerk: Person) -> None:
    await says(principal, "有")
    await clerk.waiting()
    assert "不再提示" in await clerk.tap("不采纳")
    assert principal.look() == ""
    await says(principal, "没有")
    await says(principal, "有", rest=False)
    assert await clerk.waiting() == NOTHING
    assert "control-systems" not in tags(town)


async def test_what_was_said_otherwise_since_cannot_be_adopted(town: Town, principal: Person, clerk: Person) -> None:
    await says(principal, "有")
    await clerk.waiting()
    await says(principal, "没有")
    assert "已处理过" in await clerk.tap("采纳")
    assert "control-systems" not in tags(town)
    await says(principal, "有", rest=False)
    assert "填报有“控制系统”" in await clerk.waiting()


async def test_a_risk_that_the_registry_knows_is_nobodys_matter(town: Town, principal: Person, clerk: Person) -> None:
    town.register(row(风险标签="控制系统"))
    await says(principal, "有")
    assert await clerk.waiting() == NOTHING


async def test_of_a_unit_that_the_city_supervises_the_city_decides(
    town: Town, principal: Person, clerk: Person
) -> None:
    town.register(row(监管单位="沈阳市应急管理局"))
    city = await town.join("周演市", "city", CITY)
    await says(principal, "有")
    assert await clerk.waiting() == NOTHING
    assert "控制系统" in await city.waiting()
    adopted = city.button("采纳")
    assert "不能办理" in await clerk.press(adopted)
    await city.press(adopted)
    assert "control-systems" in tags(town)


async def test_where_no_clerk_has_joined_the_city_is_asked(town: Town, principal: Person) -> None:
    city = await town.join("周演市", "city", CITY)
    await says(principal, "有")
    assert "控制系统" in await city.waiting()


@pytest.mark.parametrize("argument", ["", "x", "0", "99999999999999999999", "²"])
async def test_a_guessed_button_changes_nothing(clerk: Person, argument: str) -> None:
    assert "不能办理" in await clerk.press_data(f"a:adopt:{argument}")
