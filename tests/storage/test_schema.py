"""Migrations: they lead to the tables that the code names, and keep what is there."""

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select

from storage import clock
from storage.engine import migration_engine, open_door
from storage.schema import MIGRATIONS, current, head, is_current, upgrade
from storage.tables import metadata, people
from tests.storage.conftest import NOW


def test_the_newest_file_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == head()


def test_an_empty_database_comes_to_the_tables_of_the_code(database_url: str) -> None:
    assert current(database_url) is None
    assert not is_current(database_url)
    upgrade(database_url)
    assert is_current(database_url)
    engine = migration_engine(database_url)
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True, "compare_server_default": False})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_an_upgrade_keeps_what_is_there_and_can_be_repeated(database_url: str) -> None:
    upgrade(database_url, "0001")
    door = open_door(database_url)
    door.run(lambda conn: conn.execute(insert(people).values(name="甲", language="zh-CN", joined_at=NOW)).close())
    door.close()
    upgrade(database_url)
    upgrade(database_url)
    door = open_door(database_url)
    assert door.look(lambda conn: conn.execute(select(people.c.name, people.c.joined_at)).one()) == ("甲", NOW)
    assert door.look(clock.read) == clock.Clock(NOW - NOW, None, rehearsal=False)
    door.close()
