"""The annex table in the chat: the draft, 填报, 审核, 报出, what is returned, and what comes in afterwards."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from service import actions, annex
from service.work import Speaker, Work
from storage import duties, people
from talk.messages import FileRef
from tests.service.conftest import CITY, DISTRICT
from tests.service.test_hazards import report_with_plan
from tests.town import Person, Town

JUNE, JULY = "2023-06", "2023-07"
OTHER = "91210112155117772D"


def at(town: Town, moment: str) -> None:
    """Set the clock and let the scheduler look."""
    town.now = datetime.fromisoformat(f"{moment}+08:00")
    town.tick()


def acts(person: Person, row_: str, *values: str, day: str = "2023-06-05", enterprise: str | None = None) -> int:
    """An action entered by somebody in their own district."""

    def case(work: Work) -> int:
        who = people.meet(work.conn, person.address, "zh-CN", work.wall)
        assert who.person is not None
        me = Speaker(who.person, who)
        numbers = tuple(map(Decimal, values))
        return actions.enter(
            work, me, DISTRICT, row_, date.fromisoformat(day), numbers, "现场检查", enterprise=enterprise
        )

    return person.town.use(case)


def takes_back(person: Person, number: int, reason: str) -> int:
    """A counter-entry."""

    def case(work: Work) -> int:
        who = people.meet(work.conn, person.address, "zh-CN", work.wall)
        assert who.person is not None
        return actions.take_back(work, Speaker(who.person, who), number, reason)

    return person.town.use(case)


def values(town: Town, month: str, column: str = DISTRICT) -> dict[str, str]:
    """The figures of a column that are not 0, as they are written."""

    def case(work: Work) -> dict[str, str]:
        found = annex.tables(work, annex.months(work)[month], column)[0]
        return {cell.row.name: "、".join(f"{n:f}" for n in cell.values) for cell in found.cells if any(cell.values)}

    return town.use(case)


@pytest.fixture
async def leader(town: Town) -> Person:
    """The leader of the district."""
    return await town.join("李演五", "leader", DISTRICT)


@pytest.fixture
async def city(town: Town) -> Person:
    """Staff of the city."""
    return await town.join("赵演六", "city", CITY)


async def file(clerk: Person, leader: Person, month: str = "/annex") -> None:
    """A table through all its steps."""
    await clerk.say(month)
    await clerk.tap("填报")
    leader.look()
    await leader.tap("审核通过")
    clerk.look()
    await clerk.tap("报出")
    assert "已于" in await clerk.tap("确认报出")


async def test_the_clerk_gets_the_draft_on_the_25th_and_files_what_the_leader_saw(
    town: Town, principal: Person, clerk: Person, leader: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    acts(clerk, "C3", "3", "5.2")
    clerk.look()
    at(town, "2023-06-24T09:00:00")
    assert "调度表" not in clerk.look()
    at(town, "2023-06-25T08:30:00")
    draft = clerk.look()
    assert "【浑南区应急管理局】浑南区6月进展情况调度表（草稿，截至" in draft
    assert "总体情况：\n1. 企业自查发现的重大事故隐患（个）：1\n其余5项为0。" in draft
    assert "3. 行政处罚（次、万元）：3、5.2" in draft
    town.tick()
    assert "调度表" not in clerk.look()

    assert clerk.labels == ["填报", "总体情况", "抽查检查", "精准执法"]
    assert "已请领导审核" in await clerk.tap("填报")
    assert "孙演九请您审核：" in leader.look()
    assert leader.labels[:2] == ["审核通过", "退回"]
    assert "由联络人报出" in await leader.tap("审核通过")
    assert "李演五已审核通过，请报出：" in clerk.look()
    assert "报出后不能再改" in await clerk.tap("报出")
    assert "✅ 6月调度表已于6月25日" in await clerk.tap("确认报出")
    assert "已于6月25日 08:30报出，不再改动" in await clerk.press(clerk.button("确认报出"))

    duty = town.use(lambda work: duties.one(work.conn, "annex-table", DISTRICT, JUNE))
    assert duty is not None
    assert duty.status == "answered"
