"""An enterprise stands still, resumes, goes: what it owes and what its people and staff read follow once for all."""

from datetime import date, datetime

import pytest

from campaign.checks import Conditions, Wanted
from campaign.enterprise_life import Event
from campaign.permits import Event as PermitEvent
from campaign.permits import State
from service.checks import suggestions
from service.checks.draws import pool_of
from service.core.refusal import RefusedError
from service.core.unit_of_work import UnitOfWork
from service.desk import contacts, phone_list
from service.district import coverage
from service.hot_work import pulse
from service.registry import states
from service.registry.states import NewEntry
from storage import audit, duties, enterprise_life, registry
from storage.registry import Enterprise
from talk.texts import CHINESE, render
from tests.service.conftest import DISTRICT, FOOD, row
from tests.service.lines import code
from tests.service.site import Site
from tests.service.test_dispatch import answer_all
from tests.town import Person, Town

OTHER = code(4)
NEIGHBOUR = row(OTHER, 3, 企业名称="沈阳青松示范机械有限公司", 行业="机械", 风险标签="", 主要负责人="邻演甲")


def june(day: int) -> date:
    return date(2023, 6, day)


def known(uow: UnitOfWork, code: str = FOOD) -> Enterprise:
    found = registry.enterprise(uow.conn, code)
    assert found is not None
    return found


def entered(town: Town, event: str, first: date, last: date | None = None, into: str | None = None) -> str:
    """What is entered of the enterprise; "" or what was said against it."""

    def case(uow: UnitOfWork) -> str:
        try:
            states.enter(uow, known(uow), NewEntry(Event(event), first, "市场原因", last, into))
        except RefusedError as refused:
            return render(refused.say, CHINESE)
        return ""

    return town.use(case)


def statuses(town: Town) -> dict[str, str]:
    """The statuses of the enterprise's duties, by obligation and period."""
    found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
    return {f"{duty.obligation} {duty.period}": duty.status for duty in found}


def by_due(town: Town) -> dict[str, set[str]]:
    """The statuses of its duties by the day on which they are due."""
    found: dict[str, set[str]] = {}
    for duty in town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD)):
        day = "never" if duty.due is None else f"{duty.due.astimezone(town.now.tzinfo):%m-%d}"
        found.setdefault(day, set()).add(duty.status)
    return found


def stands(town: Town) -> tuple[str, date | None]:
    found = town.use(known)
    return found.state.value, found.state_since


def at(town: Town, day: str) -> None:
    town.now = datetime.fromisoformat(f"2023-{day}T09:00:00+08:00")
    town.tick()


def test_what_falls_due_in_a_standstill_is_excused_and_comes_back_with_the_resumption(town: Town) -> None:
    """Kind: the life of an enterprise; 停产 and 复产."""
    before = by_due(town)
    assert entered(town, "suspend", june(5)) == ""
    assert stands(town) == ("suspended", june(5))
    after = by_due(town)
    # What was due before is owed as it was.
    assert {day: after[day] for day in after if day < "06-05"} == {day: before[day] for day in before if day < "06-05"}
    assert {day: after[day] for day in after if day >= "06-05"} == {day: {"excused"} for day in after if day >= "06-05"}
    at(town, "07-03")
    assert statuses(town)["monthly-dispatch 2023-07"] == "excused"
    assert entered(town, "resume", date(2023, 7, 3)) == ""
    now = statuses(town)
    # The day of June has passed in the standstill, that of July is to come.
    assert (now["monthly-dispatch 2023-06"], now["monthly-dispatch 2023-07"]) == ("excused", "open")
    at(town, "07-04")
    assert statuses(town) == now
    assert stands(town) == ("active", date(2023, 7, 3))


async def test_a_standstill_begins_and_ends_by_itself_on_its_days(town: Town, principal: Person, clerk: Person) -> None:
    """Kind: the life of an enterprise; a planned standstill."""
    assert entered(town, "suspend", june(20), date(2023, 7, 10)) == ""
    assert stands(town) == ("active", None)
    assert statuses(town)["monthly-dispatch 2023-06"] == "excused"
    assert "已登记：停产（2023年6月20日至2023年7月10日）" in principal.look()
    at(town, "06-20")
    assert stands(town) == ("suspended", june(20))
    assert "停产（2023年6月20日至2023年7月10日）" in clerk.look()
    at(town, "07-11")
    assert stands(town) == ("active", date(2023, 7, 11))
    assert "正常（2023年7月11日起）" in clerk.look()
    assert statuses(town)["monthly-dispatch 2023-07"] == "open"


async def test_nobody_is_reminded_or_nudged_during_a_standstill(town: Town, principal: Person, clerk: Person) -> None:
    """Kind: the life of an enterprise; its people are left alone."""
    entered(town, "suspend", june(6), june(29))
    principal.look()
    for day in ("06-07", "06-14", "06-27", "06-28"):
        at(town, day)
        assert "调度" not in principal.look()
    await clerk.say(f"/district {FOOD}")
    assert "状态：停产（2023年6月6日至2023年6月29日）" in clerk.screen[-1].text
    assert not clerk.can_tap("催办")
    await clerk.press_data(f"a:nudge-firm:{FOOD}")
    assert "没有" in clerk.screen[-1].text
    at(town, "06-30")
    assert "6月调度确认" in principal.look()


async def test_who_is_gone_owes_nothing_and_keeps_the_receipts(town: Town, principal: Person) -> None:
    """Kind: the life of an enterprise; 注销."""
    await answer_all(principal)
    await principal.tap("确认提交")
    town.pass_time(days=10)
    open_one = next(
        duty.id for duty in town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD)) if duty.status == "open"
    )
    assert entered(town, "deregister", june(12)) == ""
    assert set(statuses(town).values()) == {"answered", "withdrawn"}
    assert "不再有待填报的任务" in principal.look()
    await principal.say("/tasks")
    assert "6月调度确认" in principal.screen[-1].text
    await principal.press_data(f"a:fill:{open_one}:")
    assert "已不需要填报" in principal.screen[-1].text
    at(town, "07-20")
    assert set(statuses(town).values()) == {"answered", "withdrawn"}
    assert "调度" not in principal.look()


def test_a_mistake_is_taken_back_and_all_is_as_before(town: Town) -> None:
    """Kind: the life of an enterprise; a counter-entry."""
    before = statuses(town)
    entered(town, "deregister", june(1))
    assert statuses(town) != before
    (entry,) = town.use(lambda uow: enterprise_life.standing(uow.conn, FOOD))
    town.use(lambda uow: states.take_back(uow, known(uow), entry.id, "登记错了企业"))
    assert statuses(town) == before
    assert stands(town) == ("active", None)
    (entry,) = town.use(lambda uow: enterprise_life.entries(uow.conn, FOOD))
    assert entry.taken_back == "登记错了企业"
    with pytest.raises(RefusedError):
        town.use(lambda uow: states.take_back(uow, known(uow), entry.id, "又一次"))
    events = [one.event for one in town.use(lambda uow: audit.events(uow.conn, None, subject=f"enterprise/{FOOD}"))]
    assert events == ["enterprise-deregister", "enterprise-entry-taken-back"]


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([("suspend", june(20), june(10))], "早于第一天"),
        ([("deregister", june(6))], "不能登记在今天以后"),
        ([("suspend", june(1)), ("suspend", june(3))], "不能再登记停产"),
        ([("suspend", june(20)), ("suspend", june(1))], "与这次登记冲突"),
        ([("resume", june(1))], "不能再登记复产"),
        ([("deregister", june(1)), ("move", june(2))], "不能再登记迁出"),
        ([("merge", june(1), None, FOOD)], "不能并入自己"),
        ([("merge", june(1), None, "91210112MA0DEM001J")], "企业名录中没有"),
    ],
)
def test_days_that_do_not_go_together_are_refused(town: Town, steps: list[tuple[str, date]], said: str) -> None:
    """Kind: the life of an enterprise; bad days."""
    *sound, bad = steps
    for step in sound:
        assert entered(town, *step) == ""
    before = statuses(town)
    assert said in entered(town, *bad)
    assert statuses(town) == before


def test_nobody_is_merged_into_who_is_gone(town: Town) -> None:
    """Kind: the life of an enterprise; a merger in a circle."""
    town.register(row(), NEIGHBOUR)
    assert entered(town, "merge", june(5), None, OTHER) == ""

    def back(uow: UnitOfWork) -> None:
        states.enter(uow, known(uow, OTHER), NewEntry(Event.MERGE, june(5), "合并", merged_into=FOOD))

    with pytest.raises(RefusedError) as refused:
        town.use(back)
    assert "不能作为合并后存续的企业" in render(refused.value.say, CHINESE)


def test_a_list_that_comes_again_changes_no_state(town: Town) -> None:
    """Kind: the life of an enterprise; an import does not bring it back to life."""
    entered(town, "suspend", june(1))
    before = statuses(town)
    town.register(row(职工人数="90"))
    assert stands(town) == ("suspended", june(1))
    assert statuses(town) == before


async def test_lists_pools_and_calls_leave_out_who_is_not_at_work(town: Town) -> None:
    """Kind: the life of an enterprise; everything that is drawn from the registry."""
    town.register(row(), NEIGHBOUR)

    def seen(uow: UnitOfWork) -> list[bool]:
        here = coverage.of(uow, DISTRICT)
        return [
            FOOD in pool_of(uow, DISTRICT, Wanted(Conditions(), 1)),
            FOOD in suggestions.suggested(uow, DISTRICT),
            FOOD in {post.enterprise.code for post in contacts.of_place(uow, DISTRICT)},
            FOOD in {call.code for call in phone_list.calls(uow, DISTRICT)},
            FOOD in {one.code for one in here.to_check},
            FOOD in {one.code for one in here.enterprises},
        ]

    at_work = town.use(seen)
    entered(town, "suspend", june(1))
    # What was overdue before is still a reason to call.
    assert town.use(seen) == [False, False, False, True, False, True]
    entered(town, "deregister", june(2))
    assert town.use(seen) == [False] * 6
    assert at_work[0]
    assert at_work[2:] == [True] * 4


async def test_a_permit_that_lives_on_after_its_enterprise_ends_and_everybody_on_it_is_told(town: Town) -> None:
    """Kind: the life of an enterprise; closed while a permit is live."""
    site = await Site.found(town)
    site.started()
    for person in site.crew.values():
        person.look()
    assert entered(town, "deregister", june(5)) == ""
    town.use(pulse.tick)
    assert site.permit().life.state is State.CANCELLED
    assert "立即停止动火" in site.crew["welder"].look() + site.crew["guardian"].look()
    assert "请核实现场情况" in site.crew["clerk"].look()
    await site.crew["officer"].say("/permit")
    assert "不能申请动火作业" in site.crew["officer"].screen[-1].text


async def test_staff_are_told_once_of_a_fire_watch_that_outlives_its_enterprise(town: Town) -> None:
    site = await Site.found(town)
    site.started()
    site.do("leader", PermitEvent.FINISH)
    site.crew["clerk"].look()
    assert entered(town, "deregister", june(5)) == ""
    for _ in range(2):
        town.use(pulse.tick)
    assert site.permit().life.state in (State.FINISHED, State.FIRE_WATCH)
    assert site.crew["clerk"].look().count("请核实现场有人看守") == 1
