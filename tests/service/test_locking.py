"""Somebody who lost the phone is locked out at once, and comes back by a code that is theirs alone."""

from datetime import timedelta

import pytest

from service.core.unit_of_work import UnitOfWork
from service.people import ending, inviting, locking
from service.people.ending import Way
from service.people.inviting import Invited
from storage import outbox, people
from talk.messages import Address, FileRef, Inbound, Kind
from talk.texts import Say
from tests.service.conftest import FOOD
from tests.service.test_dispatch import answer_all, june
from tests.town import Person, Town

LOCKED = "这个账号已锁定，不能使用。请联系监管部门，凭新的一次性代码恢复。"


def lock(town: Town, who: Person) -> bool:
    """Lock somebody out."""
    number = who.id
    return town.use(lambda uow: locking.lock(uow, people.person(uow.conn, number)))  # type: ignore[arg-type]  # they joined


def way_back(town: Town, number: int) -> Invited:
    """The code that leads somebody back."""
    invited = town.use(
        lambda uow: locking.way_back(uow, people.person(uow.conn, number), "沈阳市应急管理局")  # type: ignore[arg-type]  # they joined
    )
    assert invited is not None
    return invited


async def test_nothing_is_taken_from_a_lost_phone_and_nothing_shown(
    town: Town, principal: Person, photo: FileRef
) -> None:
    await answer_all(principal)
    buttons = [button for message in principal.screen for row in message.buttons for button in row]
    assert lock(town, principal)
    assert not lock(town, principal)
    for text in (
        "/tasks",
        "/me",
        "/start",
        "/help",
        "/language en",
        "/district",
        "确认提交",
        "/feedback 投诉",
        "D-0605-01",
    ):
        assert await principal.say(text) == LOCKED
    assert await principal.attach(photo, text="/start") == LOCKED
    assert await principal.do(Kind.UNSUPPORTED) == LOCKED
    for button in buttons:
        assert await principal.press(button) == LOCKED
    assert june(town).status == "open"


async def test_nothing_is_sent_to_a_lost_phone(town: Town, principal: Person) -> None:
    number = principal.id
    principal.look()
    town.now += timedelta(days=20)
    town.tick()
    waiting = [letter.kind for letter in town.use(lambda uow: outbox.on_their_way(uow.conn, number))]
    assert "reminder" in waiting
    lock(town, principal)
    assert town.use(lambda uow: outbox.on_their_way(uow.conn, number)) == []
    await town.app.delivery.round()
    town.now += timedelta(days=7)
    town.tick()
    await town.app.delivery.round()
    sent = [text for text in town.channel.texts_to(principal.address) if "提醒" in text or "到期" in text]
    assert principal.look() == ""
    assert not [text for text in sent if "6月调度" in text]


async def test_the_owner_comes_back_at_a_new_address_and_the_old_one_is_unbound(town: Town, principal: Person) -> None:
    number = principal.id
    await answer_all(principal)
    lock(town, principal)
    void, good = way_back(town, number).code, way_back(town, number).code
    new = town.newcomer("郑演丙的新手机")
    assert "邀请码不能用" in await new.say(f"/start {void}")
    said = await new.say(f"/start {good.lower()}")
    assert said == (
        "✅ 郑演丙，已恢复使用：沈阳白桦示范食品有限公司企业主要负责人。原来的账号已解除绑定。请回复 /tasks 查看任务。"
    )
    assert new.id == number
    assert "首轮清单" in await new.say("/tasks")
    for text in ("/tasks", f"/start {good}"):
        assert "白桦" not in await principal.say(text)
    assert "您还没有加入" in await principal.say("/tasks")
    assert "6月调度" not in await principal.tap("确认提交")
    assert june(town).status == "open"
    assert town.use(lambda uow: people.addresses_of(uow.conn, number)) == [new.address]


async def test_the_phone_that_was_found_goes_on_by_the_code_too(town: Town, principal: Person) -> None:
    number = principal.id
    lock(town, principal)
    assert "已恢复使用" in await principal.say(f"/start {way_back(town, number).code}")
    assert "首轮清单" in await principal.say("/tasks")


async def test_the_code_is_nobody_elses(town: Town, principal: Person, officer: Person) -> None:
    number = principal.id
    lock(town, principal)
    code = way_back(town, number).code
    assert "邀请码不能用" in await officer.say(f"/start {code}")
    assert await principal.say("/tasks") == LOCKED
    invited = town.use(lambda uow: inviting.invite(uow, "officer", FOOD, "浑南区应急管理局")).code
    assert await principal.say(f"/start {invited}") == LOCKED
    assert "已恢复使用" in await principal.say(f"/start {code}")


async def test_a_code_back_goes_with_the_role(town: Town, principal: Person) -> None:
    number = principal.id
    lock(town, principal)
    code = way_back(town, number).code
    town.use(lambda uow: ending.end_all(uow, number, Way.OPERATOR, "离职"))
    assert "邀请码不能用" in await principal.say(f"/start {code}")
    nobody = town.use(
        lambda uow: locking.way_back(uow, people.person(uow.conn, number), "沈阳市应急管理局")  # type: ignore[arg-type]  # they joined
    )
    assert nobody is None


@pytest.mark.parametrize("channel", ["telegram", "terminal"])
async def test_every_address_of_the_person_is_locked(town: Town, principal: Person, channel: str) -> None:
    second = Person(town, Address(channel, "other", "7"), "郑演丙")
    number = principal.id

    def bind(uow: UnitOfWork) -> None:
        people.meet(uow.conn, second.address, "zh-CN", uow.wall)
        people.bind(uow.conn, second.address, number)

    town.use(bind)
    lock(town, principal)
    assert await second.say("/tasks") == LOCKED


async def test_a_file_from_a_lost_phone_is_refused_before_it_is_fetched(town: Town, principal: Person) -> None:
    """A channel asks the gate who may send files; what it then declines is answered as all else from that phone."""
    lock(town, principal)
    await town.app.gate.learn([principal.address])
    assert not town.app.gate.is_member(principal.address)
    sent = Inbound(principal.address, 999_999, town.now, Kind.FILE)
    await town.app.decline(sent, Say("file-before-joining"))
    assert principal.look() == LOCKED
