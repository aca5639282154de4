"""Staff enter in the chat what becomes of an enterprise, look at what was entered, and take it back."""

from datetime import date, datetime

import pytest

from storage import enterprise_life, registry
from tests.service.conftest import DISTRICT, FOOD, row
from tests.service.test_dispatch import june
from tests.service.test_enterprise_life import NEIGHBOUR, OTHER, stands, statuses
from tests.town import Person, Town


async def enter(clerk: Person, *said: str) -> str:
    """From the card of the enterprise to the confirmation, which is tapped."""
    await clerk.say(f"/district {FOOD}")
    await clerk.tap("企业状态")
    await clerk.tap("登记变更")
    for text in said:
        await clerk.say(text)
    return await clerk.tap("确认登记")


async def test_a_clerk_enters_a_standstill_and_takes_it_back(town: Town, clerk: Person) -> None:
    """Kind: the life of an enterprise; entered in the chat."""
    before = statuses(town)
    said = await enter(clerk, "停产", "6月1日", "还不确定", "企业书面申请")
    assert "已登记。" in said
    assert "停产（2023年6月1日起）" in said
    assert "依据：企业书面申请（孙演九，" in said
    assert stands(town)[0] == "suspended"
    await clerk.tap("撤回第1号")
    await clerk.say("登记错了企业")
    assert "已撤回" in await clerk.tap("确认撤回")
    assert "已撤回：登记错了企业（孙演九）" in clerk.screen[-1].text
    assert (statuses(town), stands(town)) == (before, ("active", None))
    await clerk.press_data("a:firm-state-back:1")
    assert "这条登记已撤回" in clerk.screen[-1].text


async def test_into_whom_an_enterprise_is_merged_is_named_or_asked_again(town: Town, clerk: Person) -> None:
    """Kind: the life of an enterprise; 合并."""
    town.register(row(), NEIGHBOUR)
    await clerk.press_data(f"a:firm-state-enter:{FOOD}")
    await clerk.say("合并")
    await clerk.say("6月1日")
    assert "不能并入自己" in await clerk.say(FOOD)
    await clerk.say("青松示范")
    assert OTHER in await clerk.say("登记机关通知")
    assert "并入沈阳青松示范机械有限公司" in await clerk.tap("确认登记")
    await clerk.say(f"/district {FOOD}")
    assert "状态：合并（2023年6月1日起）" in clerk.screen[-1].text
    await clerk.tap("企业状态")
    assert not clerk.can_tap("登记变更")
    assert clerk.can_tap("撤回第1号")


async def test_of_two_clerks_at_once_the_second_is_told(town: Town, clerk: Person) -> None:
    """Kind: the life of an enterprise; two clerks at once."""
    colleague = await town.join("李演五", "clerk", DISTRICT)
    await colleague.press_data(f"a:firm-state-enter:{FOOD}")
    for text in ("注销", "6月1日", "登记机关通知"):
        await colleague.say(text)
    await enter(clerk, "停产", "6月1日", "还不确定", "企业书面申请")
    said = await colleague.tap("确认登记")
    assert "刚有同事登记了变更，您的登记没有生效" in said
    assert "停产（2023年6月1日起）" in said
    assert len(town.use(lambda uow: enterprise_life.entries(uow.conn, FOOD))) == 1


@pytest.mark.parametrize("role", ["leader", "principal"])
async def test_nobody_else_enters_it(town: Town, role: str) -> None:
    """Kind: the life of an enterprise; whose affair it is."""
    somebody = await town.join("李演五", role, DISTRICT if role == "leader" else FOOD)
    await somebody.press_data(f"a:firm-state:{FOOD}")
    assert not somebody.can_tap("登记变更")
    await somebody.press_data(f"a:firm-state-enter:{FOOD}")
    assert "这一项您现在不能办理" in somebody.screen[-1].text
    found = town.use(lambda uow: registry.enterprise(uow.conn, FOOD))
    assert found is not None
    assert found.is_active


async def test_a_standstill_from_before_the_campaign_is_explained_and_accepted_once_for_all(
    town: Town, principal: Person, clerk: Person
) -> None:
    """Kind: the life of an enterprise; 说明情况."""
    town.now = datetime.fromisoformat("2023-07-03T09:00:00+08:00")
    town.tick()
    assert statuses(town)["monthly-dispatch 2023-07"] == "open"
    await principal.press_data(f"a:explain:{june(town).id}")
    for said in ("停产停业", "2023年4月1日", "还不确定", "订单不足停产"):
        await principal.say(said)
    await principal.tap("确认提交")
    await clerk.waiting()
    assert "已按情况说明登记：停产（2023年4月1日起）" in await clerk.tap("接受")
    assert stands(town) == ("suspended", date(2023, 4, 1))
    assert set(statuses(town).values()) == {"excused"}
    await enter(clerk, "复产", "6月20日", "复产申请")
    now = statuses(town)
    assert (now["monthly-dispatch 2023-05"], now["monthly-dispatch 2023-06"], now["monthly-dispatch 2023-07"]) == (
        "excused",
        "open",
        "open",
    )


async def test_who_says_to_be_gone_is_looked_at_by_staff(town: Town, principal: Person, clerk: Person) -> None:
    """Kind: the life of an enterprise; 说明情况 of one that is gone."""
    await principal.press_data(f"a:explain:{june(town).id}")
    for said in ("已注销或迁出", "已迁往铁岭市"):
        await principal.say(said)
    await principal.tap("确认提交")
    await clerk.waiting()
    assert "请核实后登记状态" in await clerk.tap("接受")
    assert stands(town) == ("active", None)
    assert "有什么变更" in await clerk.tap("登记变更")
