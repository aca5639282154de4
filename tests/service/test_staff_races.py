"""Replicas beside each other: a card is sent once, an entry is taken back once."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.app import App
from bot.settings import Settings
from storage.tables import annex_tables, bureau_actions, outbox
from talk.messages import Inbound, Kind
from tests.service.conftest import CITY, DISTRICT
from tests.service.test_annex import file
from tests.service.test_enforcement import enter
from tests.town import SECRET, Mailbox, Person, Town


@pytest.fixture
def second(town: Town, town_url: str, tmp_path: Path) -> Iterator[App]:
    """Another replica on the same database."""
    settings = Settings(data_dir=tmp_path, database_url=town_url, secret_key=SECRET)
    replica = App(settings, [Mailbox()], wall=lambda: town.now)
    yield replica
    replica.close()


def letters(town: Town, kind: str) -> int:
    """How many letters of a kind there are, whatever files go behind them."""
    statement = select(func.count()).where(outbox.c.kind == kind, outbox.c.follows.is_(None))
    return int(town.app.database.look(lambda conn: conn.execute(statement).scalar_one()))


async def test_two_replicas_send_one_card_of_the_morning_and_one_of_the_month(town: Town, second: App) -> None:
    await town.join("孙演九", "clerk", DISTRICT)
    await town.join("赵演六", "city", CITY)
    for moment, kind, number in (
        # One to the clerk, one to the city.
        ("2023-06-19T08:30:00+08:00", "morning", 2),
        ("2023-06-28T17:00:00+08:00", "chief", 1),
    ):
        town.now = datetime.fromisoformat(moment)
        before = letters(town, kind)
        await asyncio.gather(*(app.tick() for app in (town.app, second, town.app, second)))
        assert letters(town, kind) - before == number, kind
    pictures = letters(town, "paper")
    assert pictures == 1


async def test_two_people_take_back_one_entry_at_once(town: Town, second: App, clerk: Person) -> None:
    await enter(clerk, "今天", "无", "3", "5.2万元", "沈应急罚〔2023〕12号")
    other = await town.join("吴演八", "clerk", DISTRICT)
    for person in (clerk, other):
        await person.press_data("a:action-back:1")
        await person.say("与0号记录重复")
    taps = [
        (app, Inbound(person.address, number, town.now, Kind.BUTTON, data=person.button("确认冲销").data))
        for app, person, number in ((town.app, clerk, 7_001), (second, other, 7_002))
    ]
    await asyncio.gather(*(app.take(tap) for app, tap in taps))
    said = [clerk.look(), other.look()]
    assert sum("已冲销，不再计入" in text for text in said) == 1
    assert sum("这条记录已经冲销" in text for text in said) == 1
    counters = select(func.count()).where(bureau_actions.c.corrects == 1)
    assert town.app.database.look(lambda conn: conn.execute(counters).scalar_one()) == 1


async def filed(town: Town, clerk: Person, leader: Person) -> None:
    """The table of June is filed."""
    town.now = datetime.fromisoformat("2023-06-27T09:00:00+08:00")
    town.tick()
    clerk.look()
    await file(clerk, leader)


async def at_once(*taps: tuple[App, Person, Inbound]) -> list[str]:
    """What each is told when all of it is taken at once."""
    await asyncio.gather(*(app.take(tap) for app, _, tap in taps))
    return [person.look() for _, person, _ in taps]


def versions(town: Town) -> list[tuple[int, str]]:
    """The versions of the district's table of June."""
    statement = select(annex_tables.c.version, annex_tables.c.state).where(annex_tables.c.district == DISTRICT)
    return [(row.version, row.state) for row in town.app.database.look(lambda conn: conn.execute(statement).all())]


async def test_two_of_the_city_return_one_table_at_once(town: Town, second: App, clerk: Person) -> None:
    leader = await town.join("李演五", "leader", DISTRICT)
    staff = [await town.join(name, "city", CITY) for name in ("赵演六", "赵演七")]
    await filed(town, clerk, leader)
    place = town.use(lambda uow: uow.pack.columns.index(DISTRICT))
    for person in staff:
        await person.press_data(f"a:annex:return:2023-06:{place}:C2")
        assert "请用一句话说明" in person.screen[-1].text
    texts = [
        (app, person, Inbound(person.address, number, town.now, Kind.TEXT, text="请核实"))
        for app, person, number in ((town.app, staff[0], 7_011), (second, staff[1], 7_012))
    ]
    said = await at_once(*texts)
    assert versions(town) == [(1, "filed"), (2, "draft")], said


async def test_the_leader_approves_what_the_clerk_withdraws_at_once(town: Town, second: App, clerk: Person) -> None:
    leader = await town.join("李演五", "leader", DISTRICT)
    town.now = datetime.fromisoformat("2023-06-27T09:00:00+08:00")
    town.tick()
    await clerk.say("/annex")
    await clerk.tap("填报")
    leader.look()
    approve = leader.button("审核通过").data
    withdraw = approve.replace("approve", "withdraw").rsplit(":", 1)[0]
    said = await at_once(
        (town.app, leader, Inbound(leader.address, 7_021, town.now, Kind.BUTTON, data=approve)),
        (second, clerk, Inbound(clerk.address, 7_022, town.now, Kind.BUTTON, data=withdraw)),
    )
    # Whoever was first, what was withdrawn is a draft: an approved table can be withdrawn as well.
    assert versions(town) == [(1, "draft")], said


async def test_two_clerks_hand_in_one_table_at_once(town: Town, second: App, clerk: Person) -> None:
    other = await town.join("吴演八", "clerk", DISTRICT)
    # No tick has brought the draft yet: both begin it.
    town.now = datetime.fromisoformat("2023-06-27T09:00:00+08:00")
    for person in (clerk, other):
        await person.say("/annex")
    data = clerk.button("填报").data
    said = await at_once(
        (town.app, clerk, Inbound(clerk.address, 7_031, town.now, Kind.BUTTON, data=data)),
        (second, other, Inbound(other.address, 7_032, town.now, Kind.BUTTON, data=data)),
    )
    assert versions(town) == [(1, "submitted")], said
    town.tick()
    assert versions(town) == [(1, "submitted")]
