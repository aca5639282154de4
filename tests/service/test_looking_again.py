"""After a restore, people who wrote meanwhile are asked to look again, once, and only where somebody did."""

from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from bot import rewinding
from bot.app import App
from bot.settings import Settings
from storage import rewinds
from tests.town import SECRET, START, Person, Town

pytestmark = pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
TAKEN = "6月5日 08:00"


@pytest.fixture
async def clerk(current_database_url: str, tmp_path: Path) -> Person:
    """A clerk of a town whose database was just put back from a backup of an hour ago."""
    town = Town.found(current_database_url, tmp_path)
    person = await town.join("孙演九", "clerk", "浑南区")
    town.app.database.run(lambda conn: rewinds.note(conn, START - timedelta(hours=1), START, {"answer": START}, 7))
    town.app.close()
    person.town.channel.sent.clear()
    settings = Settings(data_dir=tmp_path, database_url=current_database_url, secret_key=SECRET)
    town.app = App(settings, [town.channel], wall=lambda: town.now.astimezone(UTC))
    return person


async def test_who_writes_after_updates_were_lost_is_asked_once(clerk: Person) -> None:
    with closing(clerk.town.app):
        clerk.town.updates += 3
        assert TAKEN in await clerk.say("/tasks")
        assert TAKEN not in await clerk.say("/tasks")
        assert "再加入一次" in await clerk.town.newcomer("路人").say("你好")
        clerk.town.pass_time(days=8)
        assert "再加入一次" not in await clerk.town.newcomer("后来").say("你好")


async def test_where_nothing_was_lost_nobody_is_asked(clerk: Person) -> None:
    with closing(clerk.town.app):
        assert TAKEN not in await clerk.say("/tasks")


async def test_a_button_that_nobody_here_knows_is_of_what_was_lost(clerk: Person) -> None:
    with closing(clerk.town.app):
        assert TAKEN in await clerk.press_data("p:unknown:yes")


async def test_the_first_start_tells_staff_and_operators_once(clerk: Person, caplog: pytest.LogCaptureFixture) -> None:
    with closing(clerk.town.app) as app:
        for _ in range(2):
            rewinding.announce(app)
        assert caplog.text.count("审计记录到第7条") == 1
        await app.delivery.round()
        assert sum("请您也核对" in text for text in clerk.town.channel.texts_to(clerk.address)) == 1
