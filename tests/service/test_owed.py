"""Overdue is never silent: who owes hears of it with true counts, first thing after joining and each week."""

import re
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlalchemy import update

from storage import burden, duties
from storage.tables import duties as rows
from tests.service.conftest import DISTRICT, FOOD
from tests.town import START, Person, Town


async def morning(town: Town, day: date, *people: Person) -> list[str]:
    """The first tick of a day, and what it brings."""
    town.now = datetime.combine(day, START.timetz()).replace(hour=8, minute=30)
    town.tick()
    await town.app.delivery.round()
    return [person.look() for person in people]


def undone(town: Town) -> list[duties.Duty]:
    """What the enterprise owes."""
    return [one for one in town.use(lambda uow: duties.of_subjects(uow.conn, [FOOD])) if one.status in duties.UNDONE]


async def test_the_first_thing_after_joining_is_what_is_owed_and_every_count_is_the_same(town: Town) -> None:
    town.now = datetime.fromisoformat("2023-06-25T10:00:00+08:00")
    town.tick()
    principal = await town.join("郑演丙", "principal", FOOD)
    told = [shown.text for shown in principal.screen]
    listed = next(number for number, text in enumerate(told) if "目前待填报" in text)
    assert "您已加入" in told[listed - 1]
    assert "判定标准" in told[listed + 1]
    owed = undone(town)
    late = sum(one.overdue(town.now) for one in owed)
    assert late > 5
    assert f"目前待填报{len(owed)}项，其中已逾期{late}项：\n最近截止：6月30日。" in told[listed]
    # The first list of May stands as one; nothing that is overdue goes without its name.
    for title in ("5月30日前首轮清单（7项）", "对照判定标准自查", "首轮自查自改报告和承诺", "网络安全关联风险排查"):
        assert title in told[listed]
    assert f"待办任务{len(owed)}项" in await principal.say("/tasks")
    (digest,) = await morning(town, date(2023, 6, 27), principal)
    owed = undone(town)
    assert f"您有{len(owed)}项任务待填报，其中已逾期{late}项：" in digest
    assert principal.labels[-1] == "全部任务"
    assert f"待办任务{len(owed)}项" in await principal.tap("全部任务")


async def test_an_officer_and_a_clerk_hear_at_joining_what_is_owed_too(town: Town, officer: Person) -> None:
    assert "目前待填报" in officer.screen[-1].text
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    assert any("目前待填报" in shown.text and "联络人报送情况" in shown.text for shown in clerk.screen)


async def test_who_does_nothing_hears_of_the_overdue_each_week_and_of_what_the_cap_swallowed(
    town: Town, principal: Person
) -> None:
    """The report of 15 June is overdue on the 16th, when the reminders of the week are used up."""
    town.use(lambda uow: uow.conn.execute(update(rows).values(rung=None, rung_at=None)).close())
    await morning(town, date(2023, 6, 15), principal)
    number = principal.id
    town.use(lambda uow: burden.add(uow.conn, number, date(2023, 6, 12), 3))
    assert await morning(town, date(2023, 6, 16), principal) == [""]
    (made_up,) = await morning(town, date(2023, 6, 19), principal)
    assert "首轮自查自改报告和承诺" in made_up
    heard = [date(2023, 6, 19)]
    for days in range(1, 100):
        day = date(2023, 6, 19) + timedelta(days=days)
        (shown,) = await morning(town, day, principal)
        if "首轮自查自改报告和承诺" in shown:
            heard.append(day)
        if day > date(2023, 7, 24):
            break
    # A rest day puts it off to the next working one.
    assert max(later - earlier for earlier, later in pairwise(heard)) <= timedelta(days=10)
    assert heard[-1] > date(2023, 7, 14)


async def test_who_put_everything_off_is_left_in_peace(town: Town, principal: Person) -> None:
    await morning(town, date(2023, 6, 19), principal)
    far = datetime.fromisoformat("2023-07-30T08:30:00+08:00")
    town.use(lambda uow: uow.conn.execute(update(rows).values(snoozed_until=far)).close())
    assert await morning(town, date(2023, 6, 28), principal) == [""]


async def test_a_clerk_reads_what_the_district_owes_above_what_others_do(town: Town, clerk: Person) -> None:
    """On the day after, and on the first card of each week, whatever else stands on it."""
    for day in (date(2023, 6, 16), date(2023, 6, 19), date(2023, 6, 26)):
        (card,) = await morning(town, day, clerk)
        heading = re.search(r"本地区待办(\d+)项，其中已逾期(\d+)项|您有(\d+)项任务待填报，其中已逾期(\d+)项", card)
        assert heading is not None
        assert "联络人报送情况" in card
        assert "逾期仍未填报的" not in card.partition("联络人报送情况")[0]
        number = next(filter(None, heading.groups()))
        assert f"待办任务{number}项" in await clerk.say("/tasks")


async def test_what_is_due_today_stands_above_the_draft_and_what_waits_has_its_button(
    town: Town, clerk: Person, principal: Person
) -> None:
    """On the 25th the draft of the annex table fills the card."""
    due = datetime.fromisoformat("2023-07-25T23:59:59+08:00")
    contact = rows.c.obligation == "contact"
    town.use(lambda uow: uow.conn.execute(update(rows).where(contact).values(due=due, rung=None, rung_at=None)).close())
    june = next(one for one in undone(town) if one.obligation == "monthly-dispatch" and one.period == "2023-05")
    await principal.press_data(f"a:explain:{june.id}")
    await principal.tap("其他")
    await principal.say("设备检修")
    if principal.can_tap("确认提交"):
        await principal.tap("确认提交")
    town.now = datetime.fromisoformat("2023-07-24T09:00:00+08:00")
    town.tick()
    (card,) = await morning(town, date(2023, 7, 25), clerk)
    own, _, below = card.partition("7月25日待办情况")[2].partition("联络人报送情况：今天（7月25日）截止")
    assert "待您处理的：1项" in below
    assert "7月进展情况调度表（草稿" in below
    assert "草稿" not in own
    assert "待您处理" in clerk.labels
    assert "下载表格" in clerk.labels
