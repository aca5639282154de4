"""A role ends in each way there is: what then is seen by whoever had it, and by those who stay."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from campaign.permits import Event, State
from service.core.unit_of_work import UnitOfWork
from service.hot_work import pulse
from service.people import ending, inviting, locking
from service.people.ending import Ended, Way
from storage import conversations, outbox, people
from storage.people import Post
from storage.tables import audit, invitations, memberships
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.service.site import Site
from tests.service.test_dispatch import answer_all, june
from tests.town import Person, Town

SEATS = (
    ("principal", FOOD, "/tasks", "首轮清单"),
    ("officer", FOOD, "/tasks", "首轮清单"),
    ("worker", FOOD, "/permits", ""),
    ("clerk", DISTRICT, "/district", "浑南区填报进度"),
    ("leader", DISTRICT, "/district", "浑南区填报进度"),
    ("city", CITY, "/district", "沈阳市填报进度"),
)


@pytest.fixture
async def site(town: Town) -> Site:
    """The people of a hot job."""
    return await Site.found(town)


def post_of(town: Town, number: int) -> Post:
    """The one role of somebody."""
    (post,) = town.use(lambda uow: people.posts(uow.conn, person=number))
    return post


def end(town: Town, number: int, way: Way = Way.OPERATOR, reason: str = "已调离") -> Ended:
    """End the one role of somebody."""
    post = post_of(town, number)
    ended = town.use(lambda uow: ending.end(uow, post, way, reason))
    assert ended is not None
    return ended


def by_date(town: Town, number: int) -> None:
    """Let the role end tonight, and let the night pass without a tick."""
    post = post_of(town, number)
    town.use(lambda uow: ending.plan(uow, post, uow.now.date(), "借调期满"))
    town.now = datetime.combine(town.now.date() + timedelta(days=1), datetime.min.time(), town.now.tzinfo)


@pytest.mark.parametrize(("role", "subject", "command", "shown"), SEATS, ids=lambda value: str(value)[:12])
@pytest.mark.parametrize("way", ["operator", "date", "leave"])
async def test_who_is_gone_sees_nothing_of_the_place(  # what is tried, by name
    town: Town, role: str, subject: str, command: str, shown: str, way: str
) -> None:
    person = await town.join("周演零", role, subject)
    number = person.id
    before = await person.say(command)
    assert shown in before
    buttons = [button for message in person.screen for row in message.buttons for button in row]
    match way:
        case "operator":
            end(town, number)
            told = person.look()
            assert "身份已结束：由安全管理员办理" in told
            assert "原因：“已调离”" in told
            assert "您现在不代表任何单位" in told
        case "date":
            by_date(town, number)
        case _:
            await person.say("/me")
            await person.tap("退出")
            await person.tap("确定退出")
    said = await person.say(command)
    assert shown == "" or shown not in said
    seen = [said, await person.say("/start")] + [await person.press(button) for button in buttons]
    town.now += timedelta(days=3)
    town.tick()
    lines = "\n".join([*seen, person.look()]).splitlines()
    # Their own joining and its end are told by name.
    own = ("身份已结束", "加入沈阳白桦示范食品有限公司已办理过")
    assert not [line for line in lines if "白桦" in line and not any(word in line for word in own)]
    state = post_of(town, number)
    assert (state.state, state.reason) == ("ended", {"operator": "已调离", "date": "借调期满"}.get(way, ""))


async def test_a_date_holds_from_its_first_second_on_whether_a_tick_came_or_not(town: Town, principal: Person) -> None:
    number = principal.id
    post = post_of(town, number)
    last = date(2023, 6, 6)
    town.use(lambda uow: ending.plan(uow, post, last, "借调期满"))
    town.now = datetime.fromisoformat("2023-06-06T23:59:59+08:00")
    assert "首轮清单" in await principal.say("/tasks")
    town.now = datetime.fromisoformat("2023-06-07T00:00:00+08:00")
    said = await principal.say("/tasks")
    assert "首轮清单" not in said
    assert "您在沈阳白桦示范食品有限公司的企业主要负责人身份已结束：已到约定的日期" in said
    assert "原因：“借调期满”" in said
    (row,) = town.use(lambda uow: uow.conn.execute(select(audit).where(audit.c.event == "role-ended")).all())
    assert (row.actor, row.subject, row.data["way"]) == (None, FOOD, "date")


async def test_an_invitation_can_give_a_role_until_a_day(town: Town) -> None:
    until = town.use(lambda uow: ending.end_of(uow, date(2023, 6, 30)))
    code = town.use(lambda uow: inviting.invite(uow, "clerk", DISTRICT, "沈阳市应急管理局", until=until)).code
    person = town.newcomer("周演零")
    await person.say(f"/start {code}")
    await person.tap("同意加入")
    await person.say("周演零")
    assert "浑南区填报进度" in await person.say("/district")
    town.now = datetime.fromisoformat("2023-07-01T00:00:00+08:00")
    assert "填报进度" not in await person.say("/district")


async def test_what_was_begun_is_put_away_and_waits_for_whoever_comes_next(
    town: Town, principal: Person, officer: Person
) -> None:
    await answer_all(principal)
    number = principal.id
    assert end(town, number).talks == 1
    assert "您没有填完的内容已收起，由接替的人继续：6月调度确认。" in principal.look()
    assert town.use(lambda uow: conversations.front(uow.conn, number)) is None
    assert "6月调度确认" in await officer.press_data(f"a:show:{june(town).id}")
    assert june(town).status == "open"


async def test_another_role_keeps_its_talks_and_its_letters(town: Town, principal: Person) -> None:
    number = principal.id
    code = town.use(lambda uow: inviting.invite(uow, "clerk", DISTRICT, "沈阳市应急管理局")).code
    await principal.say(f"/start {code}")
    await principal.tap("同意加入")
    await answer_all(principal)
    seat = next(post for post in town.use(lambda uow: people.posts(uow.conn, person=number)) if post.role == "clerk")
    ended = town.use(lambda uow: ending.end(uow, seat, Way.OPERATOR, "岗位调整"))
    assert ended is not None
    assert ended.talks == 0
    assert "您现在不代表任何单位" not in principal.look()
    assert "回执" in await principal.tap("确认提交")


async def test_letters_on_their_way_do_not_leave(town: Town, officer: Person) -> None:
    number = officer.id
    officer.look()
    town.now += timedelta(days=20)
    town.tick()
    assert end(town, number).letters >= 1
    kinds = [letter.kind for letter in town.use(lambda uow: outbox.on_their_way(uow.conn, number))]
    assert kinds == ["role-ended"]


async def test_codes_for_the_same_seat_are_void_and_those_for_others_stay(town: Town, officer: Person) -> None:
    same, other = (
        town.use(lambda uow, role=role: inviting.invite(uow, role, FOOD, "浑南区应急管理局")).code  # type: ignore[misc]  # bound now
        for role in ("officer", "worker")
    )
    assert end(town, officer.id).invitations == 1
    newcomer = town.newcomer("新")
    assert "邀请码不能用" in await newcomer.say(f"/start {same}")
    assert "邀请您以作业人员身份加入" in await newcomer.say(f"/start {other}")


async def test_whoever_leaves_takes_no_successors_code_along(town: Town, officer: Person) -> None:
    code = town.use(lambda uow: inviting.invite(uow, "officer", FOOD, "浑南区应急管理局")).code
    await officer.say("/me")
    await officer.tap("退出")
    await officer.tap("确定退出")
    assert "邀请您以安全管理人员身份加入" in await town.newcomer("接").say(f"/start {code}")


async def test_a_role_that_waits_for_staff_can_be_ended_too(town: Town, principal: Person, clerk: Person) -> None:
    del principal
    second = await town.join("吴演二", "principal", FOOD)
    end(town, second.id)
    assert "身份已结束" in second.look()
    assert "吴演二" not in await clerk.waiting()


async def test_the_end_and_its_letters_come_together_or_not_at_all(town: Town, officer: Person) -> None:
    number = officer.id

    class KilledError(Exception):
        """The process died here."""

    def killed(uow: UnitOfWork) -> None:
        ending.end(uow, post_of_in(uow, number), Way.OPERATOR, "已调离")
        raise KilledError

    with pytest.raises(KilledError):
        town.use(killed)
    assert post_of(town, number).state == "active"
    assert officer.look() == ""
    assert "首轮清单" in await officer.say("/tasks")
    assert town.use(lambda uow: uow.conn.execute(select(invitations.c.voided_at)).scalars().all()) == [None]
    end(town, number)
    assert "身份已结束" in officer.look()


def post_of_in(uow: UnitOfWork, number: int) -> Post:
    """The one role of somebody, in a transaction."""
    (post,) = people.posts(uow.conn, person=number)
    return post


async def test_who_ended_it_is_on_record(town: Town, principal: Person, clerk: Person) -> None:
    await town.join("吴演二", "principal", FOOD)
    await clerk.waiting()
    await clerk.tap("接受")
    rows = town.use(lambda uow: uow.conn.execute(select(memberships).where(memberships.c.state == "ended")).all())
    assert [(row.person, row.ended_by) for row in rows] == [(principal.id, clerk.id)]


async def test_a_permit_goes_on_without_its_guardian_at_once(site: Site) -> None:
    site.started()
    guardian, leader = site.crew["guardian"], site.crew["leader"]
    number = guardian.id
    guardian.look()
    leader.look()
    end(site.town, number)
    told = leader.look()
    assert f"作业票D-0605-01：监护人{guardian.name}已不能在系统中操作，提醒改发给下一位。" in told
    assert "监护人不在位不得动火" in told
    assert "D-0605-01" not in guardian.look()
    assert leader.can_tap("立即停止")
    await leader.tap("立即停止")
    assert site.permit().life.state is State.SUSPENDED


async def test_a_prompt_that_a_lost_phone_holds_goes_to_the_next_at_once(site: Site) -> None:
    site.started()
    site.do("leader", Event.FINISH)
    site.town.use(pulse.tick)
    guardian, leader = site.crew["guardian"], site.crew["leader"]
    number = guardian.id
    assert "火" in guardian.look()
    leader.look()
    site.town.use(lambda uow: locking.lock(uow, people.person(uow.conn, number)))  # type: ignore[arg-type]  # they joined
    assert "监护人" in leader.look()
    assert guardian.look() == ""
