"""Problems raised in a dispatch: asked about once a month, passed on to the bureau, and answered by it."""

from datetime import datetime

import pytest
from sqlalchemy import select

from campaign.roles import ROLES
from storage import duties, raised_problems
from storage.tables import audit
from talk.messages import FileRef
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.test_hazards import report_with_plan
from tests.service.test_weekly import check_in
from tests.town import Person, Town

ASKED = "上次提出的问题：“资金3万元”，现在解决了吗？"
NOTHING = "目前没有待您处理的事项。"


def states(town: Town) -> list[tuple[str, str]]:
    """The problems of the enterprise, and where they stand."""
    found = town.use(lambda uow: raised_problems.of_enterprise(uow.conn, FOOD))
    return [(one.text, one.state) for one in found]


def at(town: Town, moment: str) -> None:
    """Set the clock and let the scheduler look."""
    town.now = datetime.fromisoformat(f"{moment}T09:00:00+08:00")
    town.tick()


async def begin(person: Person, month: str) -> str:
    """A month's dispatch, up to the question about problems."""
    duty = person.town.use(lambda uow: duties.of_period(uow.conn, "monthly-dispatch", FOOD, month))
    assert duty is not None
    await person.press_data(f"a:fill:{duty.id}:yes")
    await person.tap("是")
    await person.say(person.town.now.strftime(f"{int(month[-2:])}月%d日"))
    await person.tap("会议调度")
    return await person.say("落实整改")


async def dispatch(person: Person, month: str, problem: str, *became: str) -> str:
    """A month's dispatch with what became of earlier problems, confirmed."""
    await begin(person, month)
    for answer in became:
        await person.tap(answer)
    await person.say(problem)
    return await person.tap("确认提交")


async def test_a_problem_comes_back_the_next_month_and_reaches_the_clerk_when_it_needs_help(
    town: Town, principal: Person, clerk: Person
) -> None:
    await dispatch(principal, "2023-06", "资金3万元")
    assert states(town) == [("资金3万元", "open")]
    at(town, "2023-07-04")
    principal.look()
    assert ASKED in await begin(principal, "2023-07")
    assert principal.labels == ["已解决", "仍需协调", "上一步"]
    assert "上次提出：资金3万元" in await principal.tap("仍需协调")
    await principal.tap("同上次")
    assert await clerk.waiting() == NOTHING  # nothing leaves before the principal has confirmed it
    done = await principal.tap("确认提交")
    assert "“资金3万元”已转浑南区应急管理局协调，有结果会告知您。" in done
    # What was raised again in the same words is the same problem.
    assert states(town) == [("资金3万元", "needed")]

    assert await clerk.waiting() == "沈阳白桦示范食品有限公司（浑南区）6月5日调度填报的问题仍需协调：\n资金3万元"
    assert clerk.labels == ["已协调"]
    card = clerk.button("已协调")
    assert "已告知沈阳白桦示范食品有限公司" in await clerk.press(card)
    assert states(town) == [("资金3万元", "coordinated")]
    assert principal.look() == "监管部门已协调您6月5日填报的问题：\n资金3万元"
    assert "已处理过" in await clerk.press(card)
    assert "已记录“资金3万元”为已解决" in await principal.tap("已解决")
    assert "已处理过" in await principal.tap("已解决")
    noted = select(audit.c.event).where(audit.c.subject == "problem/1").order_by(audit.c.id)
    assert town.use(lambda uow: uow.conn.scalars(noted).all()) == [
        "problem-raised",
        "problem-answered",
        "problem-coordinated",
        "problem-answered",
    ]
    at(town, "2023-08-02")
    assert "还有什么问题需要解决" in await begin(principal, "2023-08")
    assert principal.labels == ["没有", "上一步"]


async def test_what_is_solved_is_neither_offered_nor_asked_again(town: Town, principal: Person, clerk: Person) -> None:
    await dispatch(principal, "2023-06", "资金3万元")
    at(town, "2023-07-04")
    await dispatch(principal, "2023-07", "没有", "已解决")
    assert states(town) == [("资金3万元", "solved")]
    assert await clerk.waiting() == NOTHING
    at(town, "2023-08-02")
    assert "现在解决了吗" not in await begin(principal, "2023-08")


async def test_where_there_was_no_problem_nothing_is_asked(town: Town, principal: Person) -> None:
    await dispatch(principal, "2023-06", "没有")
    assert states(town) == []
    at(town, "2023-07-04")
    assert "还有什么问题需要解决？（5/5）" in await begin(principal, "2023-07")


async def test_it_is_asked_every_month_and_never_twice_in_one(town: Town, principal: Person, clerk: Person) -> None:
    # May's dispatch is handed in late, and June's a day after it: it is asked about in July.
    await dispatch(principal, "2023-06", "没有")
    town.now = datetime.fromisoformat("2023-06-07T09:00:00+08:00")
    may = town.use(lambda uow: duties.of_period(uow.conn, "monthly-dispatch", FOOD, "2023-05"))
    assert may is not None
    await principal.press_data(f"a:fill:{may.id}:yes")
    await principal.tap("是")
    await principal.say("5月30日")
    await principal.tap("会议调度")
    await principal.say("落实整改")
    assert "请您核对" in await principal.say("资金3万元")
    await principal.tap("确认提交")
    assert states(town) == [("资金3万元", "open")]
    assert "请您核对" in await again(principal, "2023-06")
    assert "现在解决了吗" not in "".join(message.text for message in principal.screen)
    await principal.say("/cancel")

    asked: list[str] = []
    for month, label in (("2023-07", "仍需协调"), ("2023-08", "仍需协调"), ("2023-09", "已解决")):
        at(town, f"{month}-05")
        assert ASKED in await begin(principal, month)
        await principal.tap(label)
        await principal.tap("没有")
        await principal.tap("确认提交")
        asked.append(await clerk.waiting())
        if label == "仍需协调":
            assert "已告知" in await clerk.tap("已协调")
    assert ["资金3万元" in one for one in asked] == [True, True, False]


async def again(person: Person, month: str) -> str:
    """Correct a month's dispatch that was handed in."""
    duty = person.town.use(lambda uow: duties.of_period(uow.conn, "monthly-dispatch", FOOD, month))
    assert duty is not None
    return await person.press_data(f"a:fill:{duty.id}")


async def test_a_correction_may_answer_otherwise_and_tells_nobody_twice(
    town: Town, principal: Person, clerk: Person
) -> None:
    await dispatch(principal, "2023-06", "资金3万元")
    at(town, "2023-07-04")
    await dispatch(principal, "2023-07", "没有", "仍需协调")
    assert "资金3万元" in await clerk.waiting()
    await again(principal, "2023-07")
    await principal.tap("修改")
    await principal.tap("形式")
    await principal.tap("现场调度")
    await principal.tap("确认提交")
    await clerk.press_data("a:waiting:")
    assert clerk.labels == ["第1项"]
    await again(principal, "2023-07")
    await principal.tap("修改")
    await principal.tap("上次问题")
    await principal.tap("已解决")
    await principal.tap("确认提交")
    assert states(town) == [("资金3万元", "solved")]
    assert await clerk.waiting() == NOTHING


async def test_a_correction_changes_or_takes_back_what_was_raised(town: Town, principal: Person) -> None:
    await dispatch(principal, "2023-06", "资金3万元")
    for words, becomes in (("资金5万元", [("资金5万元", "open")]), ("没有", [("资金5万元", "withdrawn")])):
        await again(principal, "2023-06")
        await principal.tap("修改")
        await principal.tap("待解决")
        await principal.say(words)
        await principal.tap("确认提交")
        assert states(town) == becomes


async def test_the_citys_own_units_reach_the_city(town: Town, principal: Person, clerk: Person) -> None:
    town.register(row(监管单位="沈阳市应急管理局"))
    city = await town.join("周演十", "city", CITY)
    await dispatch(principal, "2023-06", "资金3万元")
    at(town, "2023-07-04")
    clerk.look()
    assert "已转沈阳市应急管理局协调" in await dispatch(principal, "2023-07", "没有", "仍需协调")
    assert await clerk.waiting() == NOTHING
    assert "资金3万元" in await city.waiting()
    assert "您现在不能办理" in await clerk.press_data("a:problem:1:coordinated")
    assert "已告知" in await city.tap("已协调")


async def test_where_nobody_of_the_bureau_has_joined_the_principal_is_told_so(town: Town, principal: Person) -> None:
    await dispatch(principal, "2023-06", "资金3万元")
    at(town, "2023-07-04")
    assert "目前无人接收，请您直接联系" in await dispatch(principal, "2023-07", "没有", "仍需协调")


async def test_a_month_that_a_weekly_dispatch_has_met_asks_with_a_card(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await dispatch(principal, "2023-06", "资金3万元")
    await report_with_plan(principal, photo, "8月31日")
    at(town, "2023-07-04")
    clerk.look()
    await check_in(principal, town, "2023-W27")
    await principal.tap("算作")
    assert ASKED in await principal.tap("确认提交")
    assert principal.labels == ["已解决", "仍需协调"]
    assert "已转浑南区应急管理局协调" in await principal.tap("仍需协调")
    assert "资金3万元" in await clerk.waiting()
    assert "已处理过" in await principal.tap("仍需协调")
    assert "为已解决" in await principal.tap("已解决")
    assert "已处理过" in await clerk.press_data("a:problem:1:coordinated")


@pytest.mark.parametrize("place", ["own", "other"])
@pytest.mark.parametrize("role", ROLES)
async def test_who_may_say_what_of_a_problem(town: Town, principal: Person, role: str, place: str) -> None:
    other = "91210112155117772D"
    town.register(row(other, 2, 企业名称="沈阳青禾试用商厦有限公司", 所属区县="沈河区", 监管单位="沈河区应急管理局"))
    await dispatch(principal, "2023-06", "资金3万元")
    at(town, "2023-07-04")
    await dispatch(principal, "2023-07", "没有", "仍需协调")
    enterprise, district = (FOOD, DISTRICT) if place == "own" else (other, "沈河区")
    subject = {"clerk": district, "leader": district, "city": CITY, "operator": CITY}.get(role, enterprise)
    person = principal if (role, place) == ("principal", "own") else await town.join("外演人", role, subject)
    may_coordinate = role == "city" or (role == "clerk" and place == "own")
    assert ("不能办理" not in await person.press_data("a:problem:1:coordinated")) is may_coordinate
    may_answer = (role, place) == ("principal", "own")
    assert ("不能办理" not in await person.press_data("a:problem:1:solved")) is may_answer
    assert states(town) == [("资金3万元", "solved" if may_answer else "coordinated" if may_coordinate else "needed")]


@pytest.mark.parametrize("guess", ["99", "x", "1", "1:closed", "99999999999999999999:solved", ""])
async def test_a_guess_is_nobodys_business(town: Town, principal: Person, guess: str) -> None:
    await dispatch(principal, "2023-06", "资金3万元")
    assert "您现在不能办理" in await principal.press_data(f"a:problem:{guess}")
    assert states(town) == [("资金3万元", "open")]
