"""A campaign that has begun is joined: nothing of before is owed, reminded of or passed on, whatever comes in first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from campaign.duties import Window, plan
from campaign.obligations import OF_BUREAUS
from campaign.pack import Pack, load
from campaign.scope import applies
from service.hazards import reporting
from service.hazards.hazard_import import import_hazards
from service.imports.sheets import Row
from storage import duties, registry
from storage.duties import Duty
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.welders import bring, line
from tests.town import Town

DAY = date(2023, 9, 1)
MORNING = datetime.fromisoformat("2023-09-01T09:00:00+08:00")
BEFORE = datetime.fromisoformat("2023-08-31T08:30:00+08:00")
EVERYTHING = load("shenyang_2023")
JOINED = EVERYTHING.model_copy(update={"owed_from": DAY})


@pytest.fixture
def town(current_database_url: str, tmp_path: Path) -> Iterator[Town]:
    """A town whose bureau joins on the first of September."""
    founded = Town.found(current_database_url, tmp_path)
    founded.app.context = replace(founded.app.context, pack=JOINED)
    founded.now = MORNING
    yield founded
    founded.app.close()


def found(town: Town) -> list[Duty]:
    return town.use(lambda uow: duties.find(uow.conn))


def opened(town: Town) -> set[tuple[str, str, str]]:
    return {(one.obligation, one.subject, one.period) for one in found(town) if one.status == "open"}


def model(town: Town) -> set[tuple[str, str, str]]:
    """What an enterprise that joins now owes, and the bureaus: what opened by now, and is not over."""
    every = plan(JOINED, Window(MORNING - timedelta(days=300), town.now))
    (firm,) = town.use(lambda uow: registry.all_enterprises(uow.conn)).values()
    places = {"city": [JOINED.city], "district": JOINED.district_names}
    owed = {
        (one.obligation_id, place, one.period)
        for one in every
        if one.subject_kind in OF_BUREAUS
        for place in places[one.subject_kind]
    }
    return owed | {
        (one.obligation_id, FOOD, one.period)
        for one in every
        if one.subject_kind == "enterprise" and applies(one.scope, firm)
        if one.due is None or one.due >= town.now
    }


def hazards(town: Town, **deadlines: str) -> None:
    """Major hazards of July into the ledger, by place and deadline."""
    cells = {"统一社会信用代码": FOOD, "来源": "市级督查〔2023〕3号", "发现日期": "2023-07-20", "状态": "整改中"}
    rows = [Row(2, {**cells, "地点": place, "整改期限": day}) for place, day in deadlines.items()]
    assert not town.use(lambda uow: import_hazards(uow, rows)).refused


def serve(town: Town, pack: Pack) -> None:
    """Begin a process that works by a pack: its first tick plans everything."""
    town.app.context = replace(town.app.context, pack=pack)


@pytest.mark.parametrize("days", [0, 11], ids=["on the day", "later"])
@pytest.mark.parametrize("import_first", [True, False], ids=["import first", "tick first"])
def test_the_order_of_import_and_tick_makes_no_difference(town: Town, days: int, import_first: bool) -> None:
    town.now += timedelta(days=days)
    if not import_first:
        town.tick()
    town.register(row())
    round_ = town.tick()
    assert opened(town) == model(town)
    assert {one.period for one in found(town)} & {"2023-05", "2023-Q2", "2023-08", "phase-1", "phase-2"} == set()
    assert [one for one in found(town) if one.enterprise and one.escalated] == []
    assert days or round_.escalated == 0
    assert all(one.opens.astimezone(MORNING.tzinfo).date() >= DAY for one in found(town))


async def test_nobody_hears_of_anything_before_the_day_and_all_of_what_is_owed_on_it(town: Town) -> None:
    town.now = BEFORE - timedelta(days=1)
    town.register(row())
    people = [
        await town.join("郑演丙", "principal", FOOD),
        await town.join("孙演五", "clerk", DISTRICT),
        await town.join("赵演六", "city", CITY),
    ]
    hazards(town, 一号库="2023-08-15", 二号库="2023-09-05")
    bring(town, line(应复审日期="2023-09-20", 有效期至="2023-09-20"))
    for person in people:
        person.look()
    # The draft of August and the city's card come on these days, and a deadline is over.
    for town.now in (BEFORE - timedelta(days=1), BEFORE, BEFORE + timedelta(hours=9)):
        town.tick()
    assert found(town) == []
    assert [person.look() for person in people] == ["", "", ""]
    town.now = MORNING
    town.tick()
    assert opened(town) == model(town) | {("weekly-rectification", FOOD, "2023-W35")}
    principal, clerk, _ = [person.look() for person in people]
    assert "焊接与热切割" in principal
    assert "已逾期" not in principal
    assert "8月" not in clerk
    # A deadline of before is no news; one of after is.
    assert "期限" not in principal
    town.now = MORNING + timedelta(days=5)
    town.tick()
    told = people[0].look()
    assert ("二号库" in told, "一号库" in told) == (True, False)


def test_what_an_event_makes_owed_before_the_day_counts_from_it(town: Town) -> None:
    town.now = BEFORE
    town.register(row())
    town.use(lambda uow: reporting.open_duty(uow, registry.all_enterprises(uow.conn)[FOOD], 7, answered=False))
    (duty,) = found(town)
    start = MORNING.replace(hour=0)
    assert (duty.opens, duty.due) == (start, start + timedelta(hours=24))


def test_who_says_so_later_owes_nothing_of_before_but_keeps_what_was_answered(town: Town) -> None:
    serve(town, EVERYTHING)
    town.now = BEFORE
    town.register(row())
    town.tick()
    kept = next(one for one in found(town) if (one.obligation, one.period) == ("monthly-dispatch", "2023-06"))
    town.use(lambda uow: duties.answered(uow.conn, kept.id, None, uow.now))
    before = opened(town)
    serve(town, JOINED)
    town.now = MORNING
    town.tick()
    assert opened(town) == model(town)
    assert [one.id for one in found(town) if one.status == "answered"] == [kept.id]
    # The day was a mistake, and is taken back: what is not over is owed again.
    serve(town, EVERYTHING.model_copy(update={"owed_from": date(2023, 12, 1)}))
    town.tick()
    serve(town, JOINED)
    town.tick()
    assert opened(town) == model(town)
    serve(town, EVERYTHING)
    town.tick()
    assert opened(town) >= {one for one in before if one in model(town)}


def test_where_nothing_says_so_everything_is_owed_as_before(town: Town) -> None:
    serve(town, EVERYTHING)
    town.register(row())
    town.tick()
    assert ("monthly-dispatch", FOOD, "2023-05") in opened(town)


def at(town: Town, moment: str) -> None:
    town.now = datetime.fromisoformat(f"{moment}+08:00")
    town.tick()


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
async def test_what_fell_due_is_reminded_of_until_the_campaign_is_closed(town: Town) -> None:
    # The shipped pack: over on 31 December, closed 45 days later, on 14 February.
    town.now = datetime.fromisoformat("2023-12-28T09:00:00+08:00")
    town.register(row())
    town.tick()
    principal = await town.join("郑演丙", "principal", FOOD)
    clerk = await town.join("孙演五", "clerk", DISTRICT)
    at(town, "2024-02-05T08:30:00")
    assert "逾期" in principal.look()
    assert clerk.look()
    last = next(one for one in found(town) if (one.obligation, one.period) == ("monthly-dispatch", "2023-12"))
    assert last.status == "open"
    for day in ("2024-02-19", "2024-02-26", "2024-03-04"):
        at(town, f"{day}T08:30:00")
    assert (principal.look(), clerk.look()) == ("", "")
    # Who answers late is heard all the same.
    assert "12月" in await principal.say("/tasks")
