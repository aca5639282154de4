"""Planning on the real databases: the same duties, whoever ticks and however often; changes of the registry."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, update

from campaign.pack import Pack, load
from service.core.unit_of_work import UnitOfWork
from service.imports.sheets import read_sheet
from service.registry.enterprise_rows import COLUMNS
from storage import duties, tables
from tests.campaign.registry import REGISTRY, enterprises
from tests.campaign.test_duties import slow
from tests.service.conftest import FOOD, row
from tests.service.test_dispatch import answer_all, june
from tests.town import Person, Town

PACK = load("shenyang_2023")
ALL = tuple(enterprises())
FIRST = datetime.fromisoformat("2023-05-22T00:00:00+08:00")
LAST = datetime.fromisoformat("2023-12-31T23:59:59+08:00")


@pytest.fixture
def city(current_database_url: str, tmp_path: Path) -> Iterator[Town]:
    """A town with the registry of 300, not planned yet."""
    founded = Town.found(current_database_url, tmp_path)
    founded.register(*read_sheet(REGISTRY, COLUMNS).rows)
    yield founded
    founded.app.close()


def planned(town: Town) -> list[tuple[str, str, str]]:
    """Every duty there is."""
    found = town.use(lambda uow: duties.find(uow.conn))
    return sorted((duty.obligation, duty.subject, duty.period) for duty in found)


def forget_everything(town: Town) -> None:
    """Back to an unplanned registry."""

    def job(conn: Connection) -> None:
        conn.execute(delete(tables.duties))
        conn.execute(update(tables.clock).values(ticked_until=None))

    town.app.database.run(job)


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, int((LAST - FIRST).total_seconds())), min_size=1, max_size=4))
def test_every_applicable_duty_exists_exactly_once(city: Town, moments: list[int]) -> None:
    forget_everything(city)
    for seconds in sorted(moments):
        city.now = FIRST + timedelta(seconds=seconds)
        city.tick()
        city.tick()
    districts = [district.name for district in city.app.context.pack.districts]
    assert planned(city) == sorted(slow(city.now, ALL, districts))


def test_a_registry_that_comes_in_the_middle_of_the_campaign_owes_everything_from_its_start(town: Town) -> None:
    found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
    assert ("first-round", "once") in {(duty.obligation, duty.period) for duty in found}
    assert ("monthly-dispatch", "2023-05") in {(duty.obligation, duty.period) for duty in found}


def states(town: Town, obligation: str) -> list[tuple[str, str]]:
    """Period and status of an obligation's duties."""
    found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
    return [(duty.period, duty.status) for duty in found if duty.obligation == obligation]


def test_a_tag_that_comes_opens_duties_from_then_on(town: Town) -> None:
    assert states(town, "plan-filing") == []
    town.register(row(风险标签="涉氨制冷、有限空间、人员密集场所"))
    assert states(town, "plan-filing") == [("once", "open")]


def test_a_tag_that_comes_after_the_due_day_opens_nothing_that_was_due(town: Town) -> None:
    town.now = datetime.fromisoformat("2023-07-10T09:00:00+08:00")
    town.tick()
    town.register(row(风险标签="涉氨制冷、有限空间、人员密集场所"))
    town.pass_time(days=1)
    town.tick()
    assert states(town, "plan-filing") == []


def test_a_tag_that_goes_withdraws_what_is_open_and_one_that_returns_opens_it_again(town: Town) -> None:
    town.register(row(风险标签="人员密集场所"))
    assert states(town, "plan-filing") == [("once", "open")]
    town.register(row(风险标签=""))
    assert states(town, "plan-filing") == [("once", "withdrawn")]
    town.pass_time(days=2)
    town.tick()
    town.register(row(风险标签="人员密集场所"))
    assert states(town, "plan-filing") == [("once", "open")]


def _without(pack: Pack, fewer: tuple[str, ...]) -> Pack:
    kept = [
        one if one.id != "drill" or not fewer else one.model_copy(update={"variants": one.variants[1:]})
        for one in pack.obligations
        if one.id not in fewer
    ]
    return pack.model_copy(update={"obligations": tuple(kept)})


@pytest.mark.parametrize(("day", "equipment"), [("2023-06-10", ["open"]), ("2023-06-20", [])])
def test_what_a_pack_gains_is_owed_from_then_on_and_opens_nothing_that_is_over(
    current_database_url: str, tmp_path: Path, day: str, equipment: list[str]
) -> None:
    town = Town.found(current_database_url, tmp_path)
    town.app.context = replace(town.app.context, pack=_without(PACK, ("equipment-check",)))
    town.register(row(风险标签="人员密集场所"))
    town.now = datetime.fromisoformat("2023-05-22T09:00:00+08:00")
    town.tick()
    town.now = datetime.fromisoformat(f"{day}T09:00:00+08:00")
    town.tick()
    assert states(town, "drill") == [("once", "open")]
    town.app.context = replace(town.app.context, pack=PACK)
    town.tick()
    town.tick()
    assert [state for _, state in states(town, "equipment-check")] == equipment
    assert sorted(states(town, "drill")) == [("2023-H1", "open"), ("once", "withdrawn")]
    assert states(town, "study-plan") == [("once", "open")]
    town.register(row(风险标签="人员密集场所", 职工人数="86"))
    assert [state for _, state in states(town, "equipment-check")] == equipment
    town.app.close()


def test_metal_smelting_turns_the_quarter_into_months(town: Town) -> None:
    assert states(town, "led-inspection") == [("2023-Q2", "open")]
    town.register(row(行业="冶金", 风险标签="金属冶炼"))
    assert sorted(states(town, "led-inspection")) == [("2023-06", "open"), ("2023-Q2", "withdrawn")]


async def test_a_withdrawn_duty_keeps_its_answer(town: Town, principal: Person) -> None:
    await answer_all(principal)
    await principal.tap("确认提交")
    town.register(row(行业="冶金", 风险标签="金属冶炼"))
    assert june(town).status == "answered"


def test_what_is_still_to_be_done_moves_with_the_enterprise_and_what_was_due_does_not(town: Town) -> None:
    town.register(row(所属区县="沈河区", 监管单位="沈河区应急管理局"))
    found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
    by_district = {duty.obligation: duty.district for duty in found if duty.period in ("once", "2023-06")}
    assert by_district["monthly-dispatch"] == "沈河区"
    assert by_district["study-plan"] == "浑南区"


def test_a_skipped_month_is_planned_at_the_next_tick(town: Town) -> None:
    town.now = datetime.fromisoformat("2023-09-04T09:00:00+08:00")
    town.tick()
    assert [period for period, _ in states(town, "monthly-dispatch")] == [
        "2023-05", "2023-06", "2023-07", "2023-08", "2023-09",
    ]  # fmt: skip


def days_with_messages(town: Town, person: Person, first: date, last: date) -> dict[str, str]:
    """Tick every morning; what the person got on which day."""
    got: dict[str, str] = {}
    day = first
    while day <= last:
        town.now = datetime.combine(day, datetime.min.time(), town.app.context.zone) + timedelta(hours=8, minutes=30)
        town.tick()
        if said := person.look():
            got[day.isoformat()] = said
        day += timedelta(days=1)
    return got


def leave_only_june(town: Town) -> None:
    """Nothing else of what is open is owed."""
    wanted = june(town).id
    others = update(tables.duties).where(tables.duties.c.id != wanted).values(status="excused")
    town.use(lambda uow: uow.conn.execute(others).close())


async def test_the_ladder_of_june_for_somebody_silent(town: Town, principal: Person, clerk: Person) -> None:
    leave_only_june(town)
    got = days_with_messages(town, principal, date(2023, 6, 6), date(2023, 7, 9))
    ladder = {
        day: next(line for line in text.splitlines() if "6月调度确认" in line)
        for day, text in got.items()
        if "6月调度确认" in text
    }
    assert ladder == {
        "2023-06-15": "⏰ 6月调度确认：6月30日（周五）前，还有15天。",
        "2023-06-27": "⏰ 6月调度确认：6月30日（周五）前，还有3天。",
        "2023-06-29": "⏰ 6月调度确认：6月30日（周五）前，还有1天。",
        "2023-06-30": "⏰ 6月调度确认：今天（6月30日）截止。",
        "2023-07-03": "1. 6月调度确认：已逾期3天",
    }
    assert "浑南区　6月调度确认：1家" in clerk.look()
    duty = june(town)
    assert (duty.escalated, duty.overdue(town.now)) == ("city", True)


async def test_nobody_is_reminded_after_the_answer(town: Town, principal: Person) -> None:
    town.now = datetime.fromisoformat("2023-06-15T07:00:00+08:00")
    await answer_all(principal)
    town.now = datetime.fromisoformat("2023-06-15T08:30:00+08:00")
    town.tick()
    await principal.tap("确认提交")
    channel = town.channel
    await town.app.delivery.round()
    assert not [text for text in channel.texts_to(principal.address) if "⏰" in text and "6月调度" in text]


async def test_a_reminder_does_not_interrupt_an_answer(town: Town, principal: Person) -> None:
    town.now = datetime.fromisoformat("2023-06-27T08:29:00+08:00")
    await answer_all(principal)
    await town.app.delivery.round()
    town.now = datetime.fromisoformat("2023-06-27T08:30:00+08:00")
    town.tick()
    await town.app.delivery.round()
    assert not [text for text in town.channel.texts_to(principal.address) if text.startswith("⏰")]
    town.pass_time(minutes=31)
    await town.app.delivery.round()
    assert [text for text in town.channel.texts_to(principal.address) if text.startswith(("⏰", "⚠️"))]


def test_what_a_district_owes_stays_when_the_registry_changes(town: Town) -> None:
    def open_ones(uow: UnitOfWork) -> set[str]:
        return {one.obligation for one in duties.find(uow.conn, status="open") if one.enterprise is None}

    before = town.use(open_ones)
    assert "joint-checks" in before
    town.register(row(风险标签="动火"))
    assert town.use(open_ones) == before
