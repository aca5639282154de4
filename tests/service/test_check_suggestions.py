"""建议名单: reasons in plain words from what is on record, for whoever plans checks alone, and never a ranking."""

from datetime import date, timedelta
from typing import Any

import pytest

from campaign.hazards import Event as HazardEvent
from campaign.permits import Event, Gate, State
from service.core.unit_of_work import UnitOfWork
from storage import checks, conversations, duties, hazards, people, permits
from tests.service.checking import enter, look, plan
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.noticing import CITYS, ELSEWHERE, FAR, widen
from tests.storage.test_permits import permit
from tests.town import Person, Town

PHOTO = ["ab" * 32, "现场.jpg", "image/jpeg", 9]
NONE: dict[str, Any] = {"ids": [], "other": ""}


def answered(town: Town, obligation: str, code: str = FOOD, period: str = "once", **said: Any) -> None:
    """A duty was answered so."""

    def case(uow: UnitOfWork) -> None:
        guest = people.add_guest(uow.conn, "zh-CN")
        duties.open_event(
            uow.conn,
            obligation=obligation,
            subject=code,
            period=period,
            enterprise=code,
            district=DISTRICT,
            owner="principal",
            opens=uow.now,
            due=None,
        )
        duty = duties.of_period(uow.conn, obligation, code, period)
        assert duty is not None
        talk = conversations.begin(uow.conn, "form", guest, {}, duty.id, uow.now)
        conversations.finish(uow.conn, talk.id, said, uow.now)
        duties.answered(uow.conn, duty.id, talk.id, uow.now)

    town.use(case)


def hazard(town: Town, code: str = FOOD, days: int = 20, deadline: date | None = None, **more: Any) -> int:
    """A hazard that was found some days ago."""

    def case(uow: UnitOfWork) -> int:
        values = {"enterprise": code, "district": DISTRICT, "origin": "department", "place": "冷库", "criterion": None}
        found = uow.now - timedelta(days=days)
        return hazards.add(uow.conn, **{**values, "state": "planned", "found_at": found, "deadline": deadline, **more})

    return town.use(case)


def suspended(town: Town, *events: Event, gates: int = 0) -> None:
    """A permit on site to which this happened; and so many attempts that a gate stopped."""

    def case(uow: UnitOfWork) -> None:
        number = permit(uow.conn)
        for event in events:
            permits.add_step(
                uow.conn,
                number,
                event,
                at=uow.now,
                received=uow.now,
                person=None,
                moved_to=State.SUSPENDED,
                data={},
            )
        guest = people.add_guest(uow.conn, "zh-CN")
        for _ in range(gates):
            permits.attempt(uow.conn, FOOD, DISTRICT, uow.now, guest, Gate.CERTIFIED, {"name": "生演人"})

    town.use(case)


async def suggested(clerk: Person) -> list[str]:
    """The list, a line each without its heading."""
    await clerk.say("/checks")
    said = await clerk.tap("建议名单")
    return [] if said == "目前没有建议抽查的企业。" else said.splitlines()[1:]


NAME = "沈阳白桦示范食品有限公司"


async def test_every_ground_in_plain_words(town: Town, clerk: Person) -> None:
    assert await suggested(clerk) == []
    suspended(town, Event.STOP, Event.MISSED, Event.GAS_OVER)
    answered(town, "drill", drill_photo=[PHOTO])
    answered(town, "hot-work-education", education_photo=[PHOTO])
    hazard(town, deadline=date(2023, 6, 1))
    answered(town, "monthly-dispatch", period="2023-06")
    (line,) = await suggested(clerk)
    assert line.removeprefix(f"1. {NAME}：").split("；") == [
        "30天内作业票被暂停3次",
        "同一张照片用在不同的填报里（1张）",
        "1号隐患整改超期",
        "6月5日确认了调度，但1号隐患当时已多日没有进展",
    ]
    assert "不分先后" in clerk.screen[-1].text


async def test_all_zero_answers_in_a_risky_place(town: Town, clerk: Person) -> None:
    groups: dict[str, Any] = {"group/3-1": NONE, "group/7-1": NONE}
    answered(town, "criteria-check", **groups)
    assert await suggested(clerk) == []
    answered(town, "led-inspection", period="2023-Q2", led=True, findings=0)
    assert await suggested(clerk) == [f"1. {NAME}：危险性较大，而2次填报都是没有问题，台账也没有隐患"]
    # The tags went from the registry: no risk is known.
    town.register(row(风险标签=""))
    assert await suggested(clerk) == []


async def test_what_a_gate_stopped_is_no_ground_and_neither_are_breaks(town: Town, clerk: Person) -> None:
    suspended(town, Event.PAUSE, Event.PAUSE, Event.SPELL_ENDS, Event.SPELL_ENDS, Event.STOP, gates=50)
    assert await suggested(clerk) == []


async def test_a_hazard_that_was_worked_on_is_not_untouched(town: Town, clerk: Person) -> None:
    number = hazard(town)
    answered(town, "monthly-dispatch", period="2023-06")
    assert await suggested(clerk) == [f"1. {NAME}：6月5日确认了调度，但1号隐患当时已多日没有进展"]
    town.use(lambda uow: hazards.step(uow.conn, number, uow.now, None, "list", {"date": "2023-06-05"}))
    assert await suggested(clerk) != []
    town.use(lambda uow: hazards.step(uow.conn, number, uow.now, None, HazardEvent.PROGRESS, {}))
    assert await suggested(clerk) == []


async def test_a_corrected_answer_shows_its_photo_once(town: Town, clerk: Person) -> None:
    """The correction carries the photo over; it is one answer."""
    answered(town, "drill", drill_photo=[PHOTO])
    answered(town, "drill", drill_photo=[PHOTO])
    assert await suggested(clerk) == []


async def test_each_bureau_sees_its_own_by_code(town: Town, clerk: Person) -> None:
    widen(town)
    late = date(2023, 6, 1)
    for code in (FOOD, ELSEWHERE, CITYS):
        hazard(town, code, deadline=late)
    city, far = await town.join("周演九", "city", CITY), await town.join("何演五", "clerk", FAR)
    assert [len(await suggested(who)) for who in (clerk, city, far)] == [1, 1, 1]
    assert "沈阳市管示范冶金有限公司" in city.screen[-1].text
    assert "沈阳红枫示范建材有限公司" in far.screen[-1].text


async def test_a_suggestion_is_planned_with_its_reason_and_leaves_the_list(
    town: Town, principal: Person, clerk: Person
) -> None:
    hazard(town, deadline=date(2023, 6, 1))
    await suggested(clerk)
    principal.look()
    said = await clerk.tap("第1项")
    assert f"{NAME}：计划中\n来源：按建议名单\n1号隐患整改超期" in said
    assert await suggested(clerk) == []
    (planned,) = look(town, checks.find)
    assert (planned.how, planned.grounds) == ("suggestion", [["overdue", [1], None]])
    await enter(clerk)
    assert "建议" not in principal.look()
    # Just checked, it rests.
    assert await suggested(clerk) == []
    town.pass_time(days=31)
    assert len(await suggested(clerk)) == 1


async def test_what_is_no_suggestion_is_planned_by_hand(town: Town, clerk: Person) -> None:
    assert "来源：人工选取" in await clerk.press_data(f"a:check-adopt:{FOOD}")
    assert "没有找到" in await clerk.press_data(f"a:check-adopt:{ELSEWHERE}")
    assert [one.how for one in look(town, checks.find)] == ["hand"]


async def test_nobody_else_sees_suggestions(town: Town) -> None:
    hazard(town, deadline=date(2023, 6, 1))
    for name, role, subject in (
        ("郑演丙", "principal", FOOD),
        ("钱演七", "officer", FOOD),
        ("冯演十", "leader", DISTRICT),
    ):
        person = await town.join(name, role, subject)
        assert "不能办理" in await person.press_data("a:check-suggested:")


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_what_an_enterprise_admitted_stands_beside_the_row_while_a_check_is_entered(
    town: Town, clerk: Person
) -> None:
    answered(town, "led-inspection", period="2023-Q2", led=False)
    answered(town, "hot-work-check", people=9, uncertified=2)
    answered(town, "drill", present=False, exits=False)
    hazard(town, criterion="3-1", origin="enterprise")
    hazard(town, criterion="3-1", place="由部门发现")
    await plan(clerk)
    await clerk.press_data("a:check-record:1")
    await clerk.say("今天")
    first = await clerk.say("赵演三、钱演四")
    assert [line for line in first.splitlines() if "自报" in line] == [
        "企业自报：6月5日“本次不是由主要负责人带队”",
        "企业自报的情况只是检查线索，不作为查出的问题，是否属实以检查为准。",
    ]
    second = await clerk.tap("都没有")
    assert [line for line in second.splitlines() if "自报" in line][:2] == [
        "企业自报：6月5日“无证2人”",
        "企业自报：5月16日“承包承租未统一管理”",
    ]
    await clerk.tap("都没有")
    # Nothing was preset: nothing is found.
    assert "未发现调度表所列的问题" in await clerk.tap("提交结果")
    # What was corrected, or is rectified, is admitted no more.
    answered(town, "led-inspection", period="2023-Q2", led=True)
    town.use(lambda uow: hazards.change(uow.conn, 1, state="done"))
    await plan(clerk)
    await clerk.press_data("a:check-record:2")
    await clerk.say("今天")
    assert "自报" not in await clerk.say("赵演三、钱演四")
    second = await clerk.tap("都没有")
    assert [line for line in second.splitlines() if "自报：" in line] == ["企业自报：6月5日“无证2人”"]
