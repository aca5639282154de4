"""Staff, and a principal of the own enterprise, keep their office in the chat: invite, hand over, put a name right."""

import re

import pytest
from sqlalchemy import select

from scheduler import tidying
from service.people.inviting import invite
from storage import invitations, notices, people
from storage.tables import audit, outbox
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.lines import code
from tests.service.noticing import CITYS, FAR, MACHINES, widen, write
from tests.service.test_enterprise_life import entered, june
from tests.service.test_seats import seat, state
from tests.town import Person, Town

CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")
REFUSED = "您现在不能办理"


@pytest.fixture
def wide(town: Town) -> Town:
    """The district with neighbours, another one, and a unit that the city supervises."""
    widen(town)
    return town


async def invited(who: Person, *said: str) -> list[str]:
    """The codes that somebody makes by saying or tapping this."""
    await who.say("/people")
    await who.tap("邀请")
    for one in said:
        await (who.tap(one) if who.can_tap(one) else who.say(one))
    return CODE.findall(await who.tap("生成邀请码"))


async def test_a_clerk_invites_into_an_enterprise_and_nothing_is_left_of_the_code(wide: Town, clerk: Person) -> None:
    town = wide
    await clerk.say("/people")
    await clerk.tap("邀请")
    assert clerk.labels == ["主要负责人", "安全管理人员", "作业人员"]
    await clerk.tap("安全管理人员")
    # Of another district, or the city's own: not told that it exists.
    for unknown in ("沈阳无此企业", "红枫示范建材", "市管示范冶金"):
        assert f"没有“{unknown}”" in await clerk.say(unknown)
    await clerk.say("白桦示范食品")
    (code_,) = CODE.findall(await clerk.tap("生成邀请码"))
    assert "邀请码1个，7月5日" in clerk.screen[-1].text
    # It stands in the list, without itself, and by whom.
    assert "还没有使用的邀请码：1个。" in await clerk.say("/people")
    listed = await clerk.tap("待用邀请码")
    assert "沈阳白桦示范食品有限公司安全管理人员" in listed
    assert "孙演九邀请" in listed
    officer = await town.accept("钱演七", code_)
    assert "您已加入：沈阳白桦示范食品有限公司安全管理人员" in officer.screen[-2].text
    await town.app.delivery.round()
    town.pass_time(minutes=16)
    await tidying.tidy(town.app.database, town.app.settings.files, town.now)
    said = town.app.look(lambda uow: str(uow.conn.execute(select(outbox.c.body)).all()))
    assert code_ not in said
    assert "没有待用的邀请码" in await clerk.press_data("a:invitations:1")


async def test_what_was_made_is_taken_back_once_and_by_those_over_it_alone(wide: Town, clerk: Person) -> None:
    town = wide
    (code_,) = await invited(clerk, "主要负责人", FOOD)
    number = town.use(lambda uow: invitations.given(uow.conn))[-1].id
    principal = await town.join("孙演一", "principal", MACHINES)
    elsewhere = await town.join("外演丁", "clerk", FAR)
    leader = await town.join("李演五", "leader", DISTRICT)
    for nobody in (principal, elsewhere, leader):
        for verb in ("invitation", "invitation-void"):
            assert REFUSED in await nobody.press_data(f"a:{verb}:{number}"), (nobody.name, verb)
    assert "沈阳白桦示范食品有限公司企业主要负责人" in await clerk.press_data(f"a:invitation:{number}")
    assert "已作废" in await clerk.tap("作废")
    assert "这个邀请码已作废。" in await clerk.press_data(f"a:invitation-void:{number}")
    assert "这个邀请码不能用" in await town.newcomer("郑演丙").say(f"/start {code_}")
    (code_,) = await invited(clerk, "主要负责人", FOOD)
    await town.accept("郑演丙", code_)
    used = town.use(lambda uow: invitations.given(uow.conn))[-1].id
    assert "已有人使用" in await clerk.press_data(f"a:invitation-void:{used}")


async def test_each_invites_what_is_theirs(wide: Town) -> None:
    town = wide
    principal = await town.join("郑演丙", "principal", FOOD)
    officer = await town.join("钱演七", "officer", FOOD)
    leader = await town.join("李演五", "leader", DISTRICT)
    city = await town.join("周演市", "city", CITY)
    for nobody in (officer, leader):
        for verb in ("invite:", f"invite:{FOOD}", f"invite:{DISTRICT}", f"invite:{CITY}", "invitations:1"):
            assert REFUSED in await nobody.press_data(f"a:{verb}"), (nobody.name, verb)
    for place in (DISTRICT, CITY, MACHINES):
        assert REFUSED in await principal.press_data(f"a:invite:{place}")
    # A principal: officers and workers of the own enterprise; workers by the dozen.
    await principal.press_data("a:invite:")
    assert principal.labels == ["安全管理人员", "作业人员"]
    await principal.tap("作业人员")
    assert "20" in await principal.say("21")
    await principal.say("3")
    assert len(set(CODE.findall(await principal.tap("生成邀请码")))) == 3
    assert town.use(lambda uow: invitations.given(uow.conn))[-1].invited_by == "沈阳白桦示范食品有限公司"
    # The city: everybody but the city itself; units that it supervises itself, too.
    await city.press_data("a:invite:")
    assert city.labels == ["主要负责人", "安全管理人员", "作业人员", "区县联络人", "区县领导"]
    await city.tap("主要负责人")
    await city.say(CITYS)
    assert CODE.search(await city.tap("生成邀请码"))
    (code_,) = await invited(city, "区县联络人", "沈河")
    clerk = await town.accept("外演丁", code_)
    assert "您已加入：沈河区联络人" in clerk.screen[-2].text


async def test_of_two_enterprises_it_is_asked_for_which(wide: Town) -> None:
    both = await wide.join("郑演丙", "principal", FOOD)
    await both.say(f"/start {(await _code(wide, MACHINES))}")
    await both.tap("同意加入")
    await both.say("/people")
    assert "为哪个单位邀请？" in await both.tap("邀请")
    await both.tap("沈阳青松示范机械有限公司")
    await both.tap("安全管理人员")
    assert "沈阳青松示范机械有限公司" in await both.tap("生成邀请码")


async def _code(town: Town, enterprise: str) -> str:
    return town.use(lambda uow: invite(uow, "principal", enterprise, "浑南区应急管理局")).code


async def test_a_second_clerk_is_seen_beside_the_first_who_hands_over(wide: Town, clerk: Person) -> None:
    town = wide
    city = await town.join("周演市", "city", CITY)
    await write(clerk)
    (code_,) = await invited(city, "区县联络人", DISTRICT)
    second = await town.accept("李演二", code_)
    assert "李演二已加入为浑南区联络人，现有：孙演九、李演二。" in clerk.look()
    assert "现有：孙演九、李演二。" in city.look()
    people_ = await city.tap("查看名单")
    assert "浑南区联络人：孙演九" in people_
    assert "浑南区联络人：李演二" in people_
    # Who hands over ends, and is told; the other goes on, with what the first was sending.
    for nobody in (clerk, second):
        assert REFUSED in await nobody.press_data(f"a:hand-over:{seat(town, clerk)}")
    await city.press_data(f"a:hand-over:{seat(town, clerk)}")
    assert "浑南区联络人由李演二接替，孙演九的身份结束" in await city.tap("李演二")
    old = city.button("确认移交")
    assert "已移交：浑南区联络人由孙演九移交给李演二" in await city.tap("确认移交")
    assert state(town, clerk) == "ended"
    assert "身份已结束：已由接替的人担任" in clerk.look()
    told = second.look()
    assert "孙演九的浑南区联络人身份已移交给您。待填报" in told
    assert "待填报0项" not in told
    notice = town.use(lambda uow: notices.get(uow.conn, 1))
    assert notice is not None
    assert notice.responsible == second.id
    assert "已移交" not in await city.press(old)
    assert "这一身份已经结束" in await city.press_data(f"a:hand-over:{seat(town, clerk)}")


async def test_a_successor_who_is_invited_takes_over_when_they_join(
    wide: Town, principal: Person, clerk: Person
) -> None:
    town = wide
    await clerk.press_data(f"a:hand-over:{seat(town, principal)}")
    assert "接替的人凭码加入时，郑演丙的沈阳白桦示范食品有限公司企业主要负责人身份随即结束" in clerk.screen[-1].text
    (code_,) = CODE.findall(await clerk.tap("确认移交"))
    assert state(town, principal) == "active"
    successor = await town.accept("李演新", code_)
    # No second look by staff, who have decided it: the new one is in office, the former one is not and knows.
    assert (state(town, successor), state(town, principal)) == ("active", "ended")
    assert "企业主要负责人身份已结束：已由接替的人担任" in principal.look()
    assert any("郑演丙的沈阳白桦示范食品有限公司企业主要负责人身份已移交给您" in one.text for one in successor.screen)
    assert REFUSED in await principal.say("/people")


async def test_a_replaced_principal_is_told(town: Town, principal: Person, clerk: Person) -> None:
    (code_,) = await invited(clerk, "主要负责人", FOOD)
    assert "现有企业主要负责人：郑演丙。新人加入后，请在“待您处理”中接受" in clerk.screen[-1].text
    await town.accept("李演新", code_)
    await clerk.waiting()
    await clerk.tap("接受")
    assert "企业主要负责人身份已结束：已由接替的人担任" in principal.look()


async def test_a_name_is_put_right_by_those_over_all_that_somebody_is(wide: Town, clerk: Person) -> None:
    town = wide
    officer = await town.join("钱演七", "officer", FOOD)
    principal = await town.join("郑演丙", "principal", FOOD)
    city = await town.join("周演市", "city", CITY)
    for nobody in (principal, officer, await town.join("外演丁", "clerk", FAR)):
        assert REFUSED in await nobody.press_data(f"a:rename:{seat(town, officer)}")
    assert REFUSED in await clerk.press_data(f"a:rename:{seat(town, clerk)}")
    await clerk.press_data(f"a:seat:{seat(town, officer)}")
    await clerk.tap("更正姓名")
    assert "请只写本人姓名" in await clerk.say("浑南区应急管理局")
    assert "“钱演七”更正为“钱演琪”" in await clerk.say("钱演琪")
    # A colleague is quicker: the second one reads what it is now.
    await city.press_data(f"a:rename:{seat(town, officer)}")
    await city.say("钱演奇")
    assert "“钱演七”现为“钱演奇”" in await city.tap("确认更正")
    assert "现在的姓名是“钱演奇”。没有改动" in await clerk.tap("确认更正")
    assert "您的姓名已由监管部门更正：“钱演七”现为“钱演奇”" in officer.look()
    events = town.app.look(lambda uow: uow.conn.execute(select(audit.c.event, audit.c.data)).all())
    assert not [one for one in events if "钱演" in str(one.data)]
    assert [one.event for one in events if one.event == "name-corrected"] == ["name-corrected"]
    # Who is a clerk besides is called rightly by those over the bureau only.
    code_ = (await invited(city, "区县联络人", DISTRICT))[0]
    await officer.say(f"/start {code_}")
    await officer.tap("同意加入")
    number = officer.id
    held = town.use(lambda uow: people.posts(uow.conn, person=number, role="officer"))[0].id
    assert REFUSED in await clerk.press_data(f"a:rename:{held}")
    await city.press_data(f"a:rename:{held}")
    await city.say("钱演七")
    assert "已更正" in await city.tap("确认更正")


async def test_the_last_of_an_office_is_told_so_before_leaving_and_the_city_after(town: Town, clerk: Person) -> None:
    city = await town.join("周演市", "city", CITY)
    await clerk.say("/me")
    assert "浑南区联络人只有您一人，退出后无人办理" in await clerk.tap("退出")
    await clerk.tap("确定退出")
    assert "浑南区现在没有联络人：最后一位已退出。" in city.look()
    await city.tap("邀请")
    assert "区县联络人" in city.labels


async def test_namesakes_and_enterprises_of_one_name_are_told_apart(town: Town, clerk: Person) -> None:
    town.register(row(), row(code(4), 3))
    one = await town.join("钱演七", "officer", FOOD)
    two = await town.accept("钱演柒", (await invited(clerk, "安全管理人员", FOOD))[0])
    number = two.id
    town.use(lambda uow: people.rename(uow.conn, number, "钱演七"))
    await town.join("郑演丙", "principal", code(4))
    listed = await clerk.say("/people")
    assert f"钱演七（编号{one.id}）" in listed
    assert f"钱演七（编号{number}）" in listed
    assert f"{FOOD[-4:]}" in listed
    assert f"{code(4)[-4:]}" in listed


async def test_an_enterprise_that_is_gone_invites_nobody(town: Town, clerk: Person) -> None:
    assert entered(town, "deregister", june(1)) == ""
    await clerk.press_data("a:invite:")
    await clerk.tap("安全管理人员")
    assert "已登记注销，不能邀请" in await clerk.say(FOOD)
