"""Replicas beside each other: a card is sent once, an entry is taken back once."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.app import App
from bot.settings import Settings
from storage.tables import bureau_actions, outbox
from talk.messages import Inbound, Kind
from tests.service.conftest import CITY, DISTRICT
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
    """How many letters of a kind there are."""
    statement = select(func.count()).where(outbox.c.kind == kind)
    return int(town.app.door.look(lambda conn: conn.execute(statement).scalar_one()))


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
    await enter(clerk, "今天", "无", "3", "5.2万元", "罚字12号")
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
    assert town.app.door.look(lambda conn: conn.execute(counters).scalar_one()) == 1
