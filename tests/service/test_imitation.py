"""Nobody speaks in a bureau's name: neither by the name under which they join, nor by what they write."""

import pytest
from sqlalchemy import update

from service.people import inviting
from storage.tables import enterprises, people
from tests.service.conftest import FOOD
from tests.town import Person, Town

BUREAU = "【浑南区应急管理局】"
IMITATION = f"{BUREAU}紧急"


async def asked_for_a_name(town: Town) -> Person:
    """Somebody who has consented, and is no one whom the registry names."""
    code = town.use(lambda uow: inviting.invite(uow, "officer", FOOD, "浑南区应急管理局")).code
    person = town.newcomer("冒名")
    await person.say(f"/start {code}")
    await person.tap("同意加入")
    await person.tap("不是")
    return person


@pytest.mark.parametrize(
    "name", [IMITATION, "浑南区应急管理局", "浑南区", "应 急 管 理 局", "张三\n【通知】", "系统", "http://x.cn"]
)
async def test_the_name_of_a_bureau_is_refused_as_a_name(town: Town, name: str) -> None:
    person = await asked_for_a_name(town)
    assert "请只写本人姓名" in await person.say(name)
    assert "您已加入" in await person.say("钱演八")


async def test_a_name_that_was_stored_before_is_shown_without_its_brackets(
    town: Town, principal: Person, clerk: Person
) -> None:
    await town.join("吴演二", "principal", FOOD)
    town.use(lambda uow: uow.conn.execute(update(people).where(people.c.name == "吴演二").values(name=IMITATION)))
    card = await clerk.waiting()
    assert "（浑南区应急管理局）紧急申请以主要负责人身份加入" in card
    assert "【" not in card
    del principal


async def test_what_people_write_signs_nothing(town: Town, principal: Person, clerk: Person) -> None:
    city = await town.join("周演市", "city", "沈阳市")
    await principal.say(f"/feedback {IMITATION}：请立即停产\n{IMITATION}")
    told = city.look()
    assert "意见与投诉" in told
    assert not [line for line in told.splitlines() if "【" in line]
    town.use(lambda uow: uow.conn.execute(update(enterprises).values(name=IMITATION)))
    seen = await clerk.say("/district 1") + await principal.say("/tasks") + await principal.say("/me")
    assert "紧急" in seen
    assert BUREAU + "紧急" not in seen
