"""/accident: an accident is reported at any time, told to the department and the city at once, noted, added to."""

import pytest

from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.welders import OTHER
from tests.town import Person, Town

TOLD = "⚠️ 沈阳白桦示范食品有限公司　1号事故报告"
WHERE = "6月5日 08:40，2号车间除尘器"


async def reports(person: Person, *, dead: str = "没有", injured: str = "2人") -> str:
    """Report an accident in full; what came of it."""
    await person.say("/accident")
    for said in ("2号车间除尘器", "8:40", "清理除尘器时闪爆，明火已扑灭", dead, "没有", injured, "尚不清楚"):
        await person.say(said)
    await person.say("已撤离全部人员，伤者送医")
    return await person.tap("确认上报")


async def test_an_accident_is_told_at_once_noted_and_added_to(town: Town) -> None:
    principal = await town.join("郑演丙", "principal", FOOD)
    officer = await town.join("钱演七", "officer", FOOD)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    city = await town.join("周演市", "city", CITY)
    asked = await principal.say("/accident")
    assert "⚠️ 请先救人、控制现场，拨打119、120，并电话报告浑南区应急管理局。" in asked
    assert "第九条，单位负责人接报后1小时内上报" in asked
    await principal.say("2号车间除尘器")
    assert "还没到。请回复事故发生的时间" in await principal.say("23:50")
    await principal.say("8:40")
    for said in ("清理除尘器时闪爆，明火已扑灭", "没有", "没有", "2人"):
        await principal.say(said)
    await principal.tap("尚不清楚")
    assert "确认后立即报送浑南区应急管理局和" in await principal.say("已撤离全部人员，伤者送医")
    said = await principal.tap("确认上报")
    assert "✅ 已报送1号事故报告，接收单位：浑南区应急管理局、" in said
    assert "第十三条，30日内伤亡人数有变化的应当补报" in said
    for reader in (clerk, city, officer):
        lines = reader.look()
        assert TOLD in lines
        assert WHERE in lines
        assert "死亡0人，下落不明0人，受伤2人\n经过：清理除尘器时闪爆，明火已扑灭\n已采取措施：" in lines
        assert "报告人：郑演丙　6月5日 09:00，距事故发生20分钟" in lines
        assert ("第十一条，逐级上报，每级不超过2小时" in lines) is (reader is not officer)
    assert clerk.labels == ["收到", "录入执法"]
    await clerk.tap("收到")
    assert "1号事故报告：浑南区应急管理局孙演九已知悉。" in principal.look()
    # Who comes second tells nobody twice.
    await city.tap("收到")
    assert "已知悉" not in principal.look()
    await principal.say("/accident")
    assert "1号事故有什么新情况？" in await principal.press_data("a:accident-add:1")
    for said in ("1名伤者抢救无效", "1人", "没有", "1人", "约30万元", "现场已封存"):
        await principal.say(said)
    assert "✅ 已报送1号事故报告" in await principal.tap("确认上报")
    assert "1号事故补报" in clerk.look()
    card = await clerk.press_data("a:accident-show:1")
    assert "6月5日 09:00补报（郑演丙）：死亡1人，下落不明0人，受伤1人；1名伤者抢救无效" in card
    assert "孙演九 6月5日 09:00已知悉" in card
    assert "浑南区近30天的事故报告：1件" in await clerk.say("/accident")
    assert "近30天的事故报告：1件" in await city.say("/accident")


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_where_no_message_reaches_the_department_it_is_said(town: Town) -> None:
    worker = await town.join("吴演看", "worker", FOOD)
    assert "⚠️ 1号事故报告已保存，但目前没有工作人员能收到消息。请立即电话报告浑南区应急管理局。" in await reports(
        worker
    )


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_another_enterprise_and_another_district_see_nothing_of_it(town: Town) -> None:
    town.register(row(), row(OTHER, 3, 企业名称="沈阳红枫示范有限公司"))
    principal = await town.join("郑演丙", "principal", FOOD)
    clerk = await town.join("孙演九", "clerk", "沈河区")
    other = await town.join("赵演乙", "principal", OTHER)
    await reports(principal, dead="1人")
    for stranger in (clerk, other):
        assert "事故" not in stranger.look()
        for verb in ("accident-show", "accident-add", "accident-seen"):
            assert "2号车间" not in await stranger.press_data(f"a:{verb}:1")
    assert await clerk.say("/accident") == "沈河区近30天没有事故报告。"
