"""How often people are reminded: counted, and capped."""

from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import update

from service.core.unit_of_work import UnitOfWork
from service.duties import burden
from storage import burden as meter
from storage import duties as of_town
from storage import people
from storage.duties import Duty
from storage.tables import duties
from tests.service.conftest import FOOD
from tests.town import START, Person, Town


async def morning(town: Town, person: Person) -> str:
    """A tick at 08:30 of the next day, and what it brings somebody."""
    town.now = datetime.combine(town.now.date() + timedelta(days=1), START.timetz()).replace(hour=8, minute=30)
    town.tick()
    await town.app.delivery.round()
    return person.look()


async def test_who_answers_nothing_is_reminded_three_times_a_week_and_of_what_is_due(
    town: Town, principal: Person
) -> None:
    got: Counter[date] = Counter()
    while town.now.date() < date(2023, 7, 1):
        shown = await morning(town, principal)
        got[town.now.date()] += bool(shown)
    weeks = Counter(day.isocalendar().week for day in got for _ in range(got[day]))
    assert max(weeks.values()) == 3
    # The last days of what is due on 15 and 30 June.
    assert all(got[date(2023, 6, day)] for day in (14, 15, 29, 30))
    june = next(one for one in town.use(burden.by_month) if one.month == "2023-06")
    assert (june.person.name, june.messages) == ("郑演丙", sum(got[day] for day in got if day.month == 6))
    assert june.minutes > 0
    assert f"本月给您发过提醒：{got[date(2023, 7, 1)]}条" in await principal.say("/me")


def used_up(town: Town, person: Person, messages: int) -> None:
    """So many reminders were sent to somebody on the Monday of this week."""
    monday = town.now.date() - timedelta(days=town.now.weekday())
    number = person.id
    town.use(lambda uow: meter.add(uow.conn, number, monday, messages))


def rung_already(town: Town, *obligations: str) -> None:
    """These duties ring no more today."""
    rung = update(duties).where(duties.c.obligation.in_(obligations)).values(rung="before-3", rung_at=town.now)
    town.use(lambda uow: uow.conn.execute(rung).close())


async def test_the_last_reminder_of_a_week_names_all_that_is_due_before_the_next(town: Town, principal: Person) -> None:
    town.now = datetime.combine(date(2023, 6, 14), START.timetz()).replace(hour=8, minute=30)
    rung_already(town, "first-round", "control-check")
    used_up(town, principal, 2)
    town.tick()
    await town.app.delivery.round()
    shown = principal.look()
    assert "对照判定标准自查" in shown
    assert "首轮自查自改报告和承诺" in shown
    assert "网络安全关联风险排查" in shown


async def test_over_the_cap_only_what_is_due_by_tomorrow_is_named(town: Town, principal: Person) -> None:
    town.now = datetime.combine(date(2023, 6, 11), START.timetz())
    used_up(town, principal, 0)
    town.now += timedelta(days=1)
    used_up(town, principal, 3)
    town.now -= timedelta(days=1)
    assert await morning(town, principal) == ""
    await morning(town, principal)
    assert "6月15日" in await morning(town, principal)


async def test_nobody_is_reminded_twice_a_day(town: Town, principal: Person) -> None:
    town.now = datetime.combine(date(2023, 6, 12), START.timetz())
    rung_already(town, "first-round", "control-check", "equipment-check")
    assert "对照判定标准自查" in await morning(town, principal)
    ring_again = update(duties).where(duties.c.obligation == "drill").values(due=town.now + timedelta(days=3))
    town.use(lambda uow: uow.conn.execute(ring_again).close())
    town.pass_time(hours=1)
    town.tick()
    await town.app.delivery.round()
    assert principal.look() == ""


async def test_what_was_put_off_until_today_comes_whatever_the_cap_says(town: Town, principal: Person) -> None:
    duty = town.use(lambda uow: next(one for one in _of(uow) if one.obligation == "drill"))
    await principal.press_data(f"a:snooze:{duty.id}")
    used_up(town, principal, 3)
    assert "演练" in await morning(town, principal)


def _of(uow: UnitOfWork) -> list[Duty]:
    return of_town.find(uow.conn, enterprise=FOOD)


async def test_clerks_are_not_capped(town: Town, principal: Person) -> None:
    clerk = await town.join("孙演九", "clerk", "浑南区")
    cap = town.use(lambda uow: burden.cap(uow, people.all_holders(uow.conn)))
    assert principal.id in cap.capped
    assert clerk.id not in cap.capped
