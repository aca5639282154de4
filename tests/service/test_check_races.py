"""Two replicas beside each other: a check is entered once, a draw drawn once, whoever taps first."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App
from bot.settings import Settings
from storage import checks
from talk.messages import Button, Inbound, Kind
from tests.service.checking import FINDINGS, enter, figures, look, plan, rows
from tests.service.conftest import DISTRICT
from tests.service.noticing import widen
from tests.service.test_check_draws import ask, name
from tests.town import SECRET, Mailbox, Person, Town


@pytest.fixture
def second(town: Town, town_url: str, tmp_path: Path) -> Iterator[App]:
    """Another replica on the same database."""
    settings = Settings(data_dir=tmp_path, database_url=town_url, secret_key=SECRET)
    replica = App(settings, [Mailbox()], wall=lambda: town.now)
    yield replica
    replica.close()


def tapped(person: Person, button: Button, number: int) -> Inbound:
    """A tap as a replica gets it."""
    return Inbound(person.address, number, person.town.now, Kind.BUTTON, data=button.data)


async def test_two_clerks_sign_the_same_check_at_once(
    town: Town, second: App, principal: Person, clerk: Person
) -> None:
    colleague = await town.join("褚演八", "clerk", DISTRICT)
    await plan(clerk)
    for who, names in ((clerk, "赵演三、钱演四"), (colleague, "卫演一、蒋演二")):
        await enter(who, *FINDINGS, sign=False, who=names)
    first, other = clerk.button("提交结果"), colleague.button("提交结果")
    await asyncio.gather(town.app.take(tapped(clerk, first, 8_001)), second.take(tapped(colleague, other, 8_002)))
    assert rows(town) == (2, 2)
    assert figures(town) == {"B1": "1", "B3": "1"}
    assert principal.look().count("抽查结果") == 1
    assert len(look(town, lambda conn: checks.signatures(conn, [1]))[1]) == 2
    assert sum("✅" in who.look() for who in (clerk, colleague)) == 1


async def test_two_clerks_draw_at_once(town: Town, second: App, clerk: Person) -> None:
    widen(town)
    await name(clerk)
    colleague = await town.join("褚演八", "clerk", DISTRICT)
    for who in (clerk, colleague):
        await ask(who)
    first, other = clerk.button("开始抽取"), colleague.button("开始抽取")
    await asyncio.gather(town.app.take(tapped(clerk, first, 8_003)), second.take(tapped(colleague, other, 8_004)))
    assert len(look(town, checks.find)) == 1
    assert sum("已抽取" in who.look() for who in (clerk, colleague)) == 1


async def test_two_clerks_plan_the_same_enterprise_at_once(town: Town, second: App, clerk: Person) -> None:
    colleague = await town.join("褚演八", "clerk", DISTRICT)
    button = Button("…", "a:check-plan:91210112114884238K")
    await asyncio.gather(town.app.take(tapped(clerk, button, 8_005)), second.take(tapped(colleague, button, 8_006)))
    assert [one.state for one in look(town, checks.find)] == ["planned"]
    assert sorted("已在抽查计划中" in who.look() for who in (clerk, colleague)) == [False, True]
