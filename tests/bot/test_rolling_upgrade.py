"""Two versions on one database: the next one expands its tables while this one goes on, and contracts them later."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import DBAPIError

from bot.cli.doctor import examine
from bot.database_watch import DatabaseWatch
from bot.poll_lease import PollLease
from service.care.findings import Level
from storage import leases, schema
from storage.engine import open_database
from storage.schema import NewerDatabaseError
from storage.tables import inbox, people
from tests.service.conftest import FOOD, row
from tests.town import Town

Upgrade = Callable[..., None]

HEADER = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
compatible_with = "{oldest}"


def upgrade():
"""
EXPANDS = """
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("nickname", sa.Text(), nullable=True))
        table.add_column(sa.Column("visits", sa.Integer(), nullable=False, server_default="0"))
    person = sa.Column("person", sa.BigInteger(), sa.ForeignKey("people.id"), primary_key=True)
    op.create_table("nicknames", person, sa.Column("name", sa.Text(), nullable=False))
"""
"""Columns that may be empty or have a default, and a table."""
MEANS_ANOTHER = """
    op.execute("UPDATE people SET language = 'x'")
"""
"""No statement of the version before would fail on it."""
TAKES_AWAY = """
    with op.batch_alter_table("people") as table:
        table.drop_column("language")
"""


@pytest.fixture
def next_version(current_database_url: str, tmp_path: Path) -> Upgrade:
    """Give what upgrades the database as the next version does, by steps that this one does not know: the text of each,
    and the oldest version that its tables serve.
    """
    folder, mine = tmp_path / "next", schema.head()
    copytree(schema.MIGRATIONS, folder, ignore=ignore_patterns("__pycache__"))

    def upgrade(*steps: tuple[str, str | None], url: str = current_database_url) -> None:
        for step, oldest in steps:
            before = max(path.name[:4] for path in (folder / "versions").glob("[0-9]*.py"))
            number = f"{int(before) + 1:04}"
            header = HEADER.format(revision=number, before=before, oldest=oldest or number)
            (folder / "versions" / f"{number}_next.py").write_text(header + step, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(schema, "MIGRATIONS", folder)
            schema.upgrade(url)

    assert schema.head() == mine
    return upgrade


@pytest.fixture
def town(current_database_url: str, tmp_path: Path) -> Iterator[Town]:
    """One enterprise, in the hands of this version."""
    founded = Town.found(current_database_url, tmp_path / "data")
    founded.register(row())
    yield founded
    founded.app.close()


@pytest.fixture
async def watch(town: Town) -> AsyncIterator[DatabaseWatch]:
    """Give what `anzhu run` watches its database by."""
    watching = DatabaseWatch(town.app.database)
    yield watching
    watching.close()


def about_tables(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [message for message in caplog.messages if "tables" in message]


async def test_a_version_goes_on_beside_the_next_one_that_only_expands_and_says_so_once(
    town: Town,
    watch: DatabaseWatch,
    next_version: Upgrade,
    current_database_url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    principal = await town.join("郑演丙", "principal", FOOD)
    await asyncio.to_thread(next_version, (EXPANDS, schema.head()))
    assert await principal.say("/tasks")
    town.tick()
    assert await (await town.join("李演丁", "officer", FOOD)).say("/tasks")
    assert about_tables(caplog) == ["the tables are of a newer version, and serve this one until it is upgraded"]
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(watch.until_newer(), 0)
    # It may be started anew, and a command of it does not take it for an old database.
    assert schema.is_current(current_database_url)
    assert (schema.current(current_database_url) or "") > schema.head()
    (found,) = (one for one in examine(town.app.settings) if one.check == "schema")
    assert found.level is Level.WARNING
    with closing(Town.found(current_database_url, Path(town.app.settings.data_dir)).app) as anew:
        assert anew.database.look(lambda conn: len(conn.execute(select(people.c.id)).all())) == 2


async def test_a_version_that_the_tables_serve_no_more_takes_nothing_and_says_so_once(
    town: Town, watch: DatabaseWatch, next_version: Upgrade, caplog: pytest.LogCaptureFixture
) -> None:
    principal = await town.join("郑演丙", "principal", FOOD)
    polling = asyncio.Event()

    async def poll() -> None:
        polling.set()
        await asyncio.Event().wait()

    held = asyncio.create_task(PollLease(town.app.database, "web", "test").while_held(poll))
    await polling.wait()
    taken = town.app.database.look(lambda conn: len(conn.execute(select(inbox.c.update_id)).all()))
    await asyncio.to_thread(next_version, (MEANS_ANOTHER, None))
    for _ in range(2):
        # Raised to the channel, which then acknowledges nothing; nobody gets an apology, and no row is written.
        with pytest.raises(NewerDatabaseError):
            await principal.say("/tasks")
    async with asyncio.timeout(10):
        await watch.until_newer()
    assert town.app.database.look(lambda conn: len(conn.execute(select(inbox.c.update_id)).all())) == taken
    with pytest.raises(NewerDatabaseError):
        town.tick()
    # The next version polls at once, and does not wait until the lease of this one is over.
    held.cancel()
    await asyncio.wait([held])
    lease = town.app.database.look(lambda conn: leases.of(conn, "web", "test"))
    assert lease is not None
    assert lease.holder is None
    assert about_tables(caplog) == [
        "the tables are of a newer version and do not serve this one: it takes and sends no more, and ends"
    ]


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("steps", "serves"),
    [
        ([("    pass", "HEAD"), ("    pass", "HEAD")], True),
        # What once was contracted stays so, whatever a later step says of itself alone.
        ([("    pass", None), ("    pass", "HEAD")], False),
        ([("    pass", "HEAD"), ("    pass", None)], False),
    ],
)
def test_the_strictest_of_several_steps_holds(
    next_version: Upgrade, current_database_url: str, steps: list[tuple[str, str | None]], serves: bool
) -> None:
    next_version(*((step, oldest and schema.head()) for step, oldest in steps))
    if serves:
        assert schema.is_current(current_database_url)
    else:
        with pytest.raises(NewerDatabaseError):
            schema.is_current(current_database_url)


@pytest.mark.parametrize("current_database_url", ["postgresql"], indirect=True)
def test_an_upgrade_waits_for_who_writes_and_who_writes_next_sees_it(
    next_version: Upgrade, current_database_url: str
) -> None:
    begun, may_end, ended = threading.Event(), threading.Event(), []

    def write(conn: Connection) -> None:
        begun.set()
        may_end.wait(10)
        conn.execute(people.insert().values(name="甲", language="zh-CN", joined_at=text("now()"))).close()
        ended.append("write")

    def upgrade() -> None:
        next_version((TAKES_AWAY, None))
        ended.append("upgrade")

    with closing(open_database(current_database_url)) as database:
        database.guard = schema.hold
        writing = database.submit(write)
        assert begun.wait(10)
        upgrading = threading.Thread(target=upgrade)
        upgrading.start()
        waits = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        while not database.look(lambda conn: conn.execute(waits).scalar_one()):
            assert upgrading.is_alive()
        # In the queue behind the upgrade, and no trace of it is left.
        next_one = database.submit(lambda conn: conn.execute(people.delete()).close())
        may_end.set()
        writing.result()
        upgrading.join()
        with pytest.raises(NewerDatabaseError):
            next_one.result()
        assert database.look(lambda conn: conn.execute(select(people.c.name)).scalars().all()) == ["甲"]
    assert ended == ["write", "upgrade"]


@pytest.mark.parametrize("current_database_url", ["postgresql"], indirect=True)
def test_an_upgrade_gives_way_to_who_reads_for_long_and_changes_nothing(
    next_version: Upgrade, current_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "PATIENCE", 0.02)
    monkeypatch.setattr(schema, "PAUSE", 0.0)
    monkeypatch.setattr(schema, "TRIES", 2)
    before = schema.current(current_database_url)
    engine = create_engine(current_database_url)
    with engine.begin() as backup:
        backup.exec_driver_sql("LOCK TABLE people IN ACCESS SHARE MODE")
        with pytest.raises(DBAPIError, match="lock timeout"):
            next_version((EXPANDS, before))
        assert schema.current(current_database_url) == before
    engine.dispose()
    next_version()
    assert (schema.current(current_database_url) or "") > (before or "")
