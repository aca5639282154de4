"""Migrations: they lead to the tables that the code names, and keep what is there."""

from collections.abc import Mapping
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, insert, inspect, select, text

from storage import audit_chain, clock, retention, schema
from storage.audit_chain import State, Verdict
from storage.catalogue import metadata
from storage.engine import migration, migration_engine, open_database
from storage.schema import ForeignDatabaseError, current, head, is_current, upgrade
from storage.tables import enterprise_tags, enterprises, people
from tests.storage.conftest import KEYS, NOW

LASTING = (retention.End.ARCHIVED, retention.End.LEAVING)
"""What is kept for good by law, or while somebody is a member."""


def test_an_empty_database_comes_to_the_tables_of_the_code(database_url: str) -> None:
    assert current(database_url) is None
    assert not is_current(database_url)
    upgrade(database_url)
    assert current(database_url) == head()
    assert is_current(database_url)
    engine = migration_engine(database_url)
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True, "compare_server_default": False})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def described(conn: Connection) -> dict[str, list[str]]:
    """Every table with all that the database itself knows of it, and that Alembic does not compare."""
    if conn.dialect.name == "sqlite":
        rows = conn.execute(text("SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        parts = ((table, part.strip(" ,")) for table, sql in rows for part in sql.splitlines())
    else:
        parts = (tuple(row) for row in conn.execute(text(POSTGRES_FACTS)))
    told: dict[str, list[str]] = {}
    for table, fact in parts:
        if table in metadata.tables and fact.strip("()\t "):
            told.setdefault(table, []).append(" ".join(fact.replace('"', "").split()))
    return {table: sorted(facts) for table, facts in told.items()}


POSTGRES_FACTS = """
    SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT table_name, concat_ws(' ', column_name, data_type, is_nullable, column_default)
    FROM information_schema.columns WHERE table_schema = 'public'
"""


def test_checks_defaults_and_conditions_of_indexes_are_those_of_the_code_too(database_url: str) -> None:
    engine = migration_engine(database_url)
    with engine.begin() as conn:
        metadata.create_all(conn)
        wanted = described(conn)
        metadata.drop_all(conn)
    upgrade(database_url)
    with engine.connect() as conn:
        assert described(conn) == wanted
    assert set(wanted) == set(metadata.tables)
    engine.dispose()


def test_the_steps_are_one_line_of_numbers() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    steps = list(ScriptDirectory.from_config(config).walk_revisions())[::-1]
    assert [step.revision for step in steps] == [f"{number:04}" for number in range(1, len(steps) + 1)]
    assert steps[-1].revision == head()
    assert all(Path(step.path).name.startswith(step.revision) for step in steps)


BEFORE_THE_RULE = "0040"
"""Up to here no step says which versions its tables serve: the programs before stop at each that they do not know."""


def test_a_step_that_says_that_the_version_before_may_go_on_only_expands(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/anzhu.db"
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    steps = {step.revision: step.module for step in ScriptDirectory.from_config(config).walk_revisions()}
    upgrade(url, BEFORE_THE_RULE)
    before = taken(url)
    for revision in sorted(step for step in steps if step > BEFORE_THE_RULE):
        oldest = getattr(steps[revision], "compatible_with", None)
        assert oldest in steps, f"{revision}: compatible_with names the oldest version that its tables serve"
        upgrade(url, revision)
        after = taken(url)
        if oldest < revision:
            assert lost(before, after) == [], f"{revision} does more than expand: compatible_with = {revision!r}"
        before = after


Taken = dict[str, tuple[dict[str, Any], dict[str, list[str | None]]]]


def taken(url: str) -> Taken:
    """Each table of a database: its columns, and what it refuses, with the columns that must be unique."""
    with migration(url) as conn:
        found = inspect(conn)
        tables: Taken = {}
        for name in found.get_table_names():
            columns = {column["name"]: column for column in found.get_columns(name)}
            refused: list[Mapping[str, Any]] = [
                *found.get_unique_constraints(name),
                *found.get_check_constraints(name),
                *found.get_foreign_keys(name),
                *(index for index in found.get_indexes(name) if index["unique"]),
            ]
            tables[name] = columns, {str(rule["name"]): rule.get("column_names", []) for rule in refused}
    return tables


def lost(before: Taken, after: Taken) -> list[str]:
    """What a program that knows the tables of before could not do with those of after."""
    said = [f"{table} went" for table in before.keys() - after.keys()]
    for table in before.keys() & after.keys():
        (columns, rules), (now, stricter) = before[table], after[table]
        said += [f"{table}.{name} went" for name in columns.keys() - now.keys()]
        # What the program leaves empty is unique.
        left = {name for name in now.keys() - columns.keys() if now[name]["nullable"] and not now[name]["default"]}
        new = stricter.keys() - rules.keys()
        said += [f"{table}: {rule} is new" for rule in new if not left.intersection(stricter[rule])]
        for name, column in now.items():
            was = columns.get(name)
            if was is not None and (str(was["type"]), was["nullable"]) != (str(column["type"]), column["nullable"]):
                said.append(f"{table}.{name} is another")
            if was is None and not column["nullable"] and column["default"] is None:
                said.append(f"{table}.{name} must be filled")
    return said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("ALTER TABLE people ADD COLUMN nickname TEXT", []),
        ("ALTER TABLE people ADD COLUMN visits INTEGER NOT NULL DEFAULT 0", []),
        ("CREATE TABLE nicknames (person INTEGER PRIMARY KEY REFERENCES people, name TEXT NOT NULL)", []),
        ("DROP TABLE alarms", ["alarms went"]),
        ("ALTER TABLE alarms RENAME TO troubles", ["alarms went"]),
        ("ALTER TABLE people RENAME COLUMN name TO called", ["people.name went", "people.called must be filled"]),
        ("CREATE UNIQUE INDEX one_of_a_name ON people (name)", ["people: one_of_a_name is new"]),
        ("ALTER TABLE people ADD COLUMN key TEXT; CREATE UNIQUE INDEX one_of_a_key ON people (name, key)", []),
    ],
)
def test_what_more_than_expands_is_seen(sqlite_template: Path, tmp_path: Path, change: str, said: list[str]) -> None:
    url = f"sqlite:///{copy(sqlite_template, tmp_path / 'anzhu.db')}"
    before = taken(url)
    with migration(url) as conn:
        for statement in change.split(";"):
            conn.exec_driver_sql(statement)
    assert lost(before, taken(url)) == said


def test_it_is_said_of_every_table_how_long_its_rows_are_kept() -> None:
    places = {place for kept in retention.TABLE for place in kept.places}
    assert places == {*metadata.tables, retention.FILES}, "a new table needs a row in storage/retention.py"
    ends = {rule.table.name for kept in retention.TABLE for rule in kept.rules}
    kept = {place for kept in retention.TABLE if kept.end in LASTING for place in kept.places}
    assert set(metadata.tables) - ends - kept == set(), "nothing ends its rows, and nothing says why they are kept"


def old_rows(conn: Connection, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table as it is in the database, not in the code."""
    reflected = Table(table, MetaData(), autoload_with=conn)
    return [tuple(row) for row in conn.execute(select(reflected).order_by(*reflected.primary_key))]


FIRST_ROWS = """
INSERT INTO people (id, name, language, joined_at) VALUES (7, '甲', 'zh-CN', '2023-06-05 01:00:00.000000');
INSERT INTO identities (channel, account, external_id, person, seen_at, language)
    VALUES ('web', 'test', '1', 7, '2023-06-05 01:00:00.000000', 'zh-CN');
INSERT INTO enterprises (code, name, district, sector, municipal, supervisor, sector_department, principal_name,
    officer_name, employees, updated_at) VALUES ('91210112114884238K', '白桦', '浑南区', 'light', false, '', '', '甲',
    '乙', 85, '2023-06-05 01:00:00.000000');
INSERT INTO enterprise_tags (enterprise, tag) VALUES ('91210112114884238K', 'ammonia');
INSERT INTO memberships (person, role, subject, state, since)
    VALUES (7, 'principal', '91210112114884238K', 'active', '2023-06-05 01:00:00.000000');
INSERT INTO duties (id, obligation, subject, period, enterprise, district, owner, opens, status)
    VALUES (3, 'monthly-dispatch', '91210112114884238K', '2023-06', '91210112114884238K', '浑南区', 'principal',
    '2023-06-01 00:00:00.000000', 'open');
INSERT INTO conversations (id, dialog, duty, person, started_by, brief, state, started_at, touched_at)
    VALUES (5, 'dispatch', 3, 7, 7, '{}', 'front', '2023-06-05 01:00:00.000000', '2023-06-05 01:00:00.000000');
INSERT INTO answers (conversation, key, seq, current, rev, raw, value, wording, person, at)
    VALUES (5, 'held', 1, true, 1, '是', 'true', '开了吗', 7, '2023-06-05 01:00:00.000000');
INSERT INTO prompts (token, conversation, key, state, picked, shown_at)
    VALUES ('T', 5, 'day', 'open', '[]', '2023-06-05 01:00:00.000000');
INSERT INTO receipts (code, duty, conversation, at) VALUES ('K7Q4M2PX', 3, 5, '2023-06-05 01:00:00.000000');
INSERT INTO inbox (channel, account, update_id, external_id, raw, state, received_at)
    VALUES ('web', 'test', 1, '1', '{}', 'done', '2023-06-05 01:00:00.000000');
INSERT INTO outbox (dedupe, priority, channel, account, external_id, person, kind, duty, about, body, card, state,
    created_at, not_before, attempts) VALUES ('d', 1, 'web', 'test', '1', 7, 'reply', 3, '[3]', '{"text": "x"}', 'c',
    'ready', '2023-06-05 01:00:00.000000', '2023-06-05 01:00:00.000000', 0);
INSERT INTO audit (seq, at, event, actor, subject, data, seal)
    VALUES (1, '2023-06-05 01:00:00.000000', 'joined', 7, 'person/7', '{}', NULL);
INSERT INTO audit (at, event, actor, subject, data)
    VALUES ('2023-06-05 01:00:00.000000', 'answered', 7, 'duty/3', '{}');
"""
"""As the first version wrote them; never changed, so that each later step is tried on what is out there."""


def test_what_the_first_version_wrote_is_kept(database_url: str) -> None:
    upgrade(database_url, "0001")
    with migration(database_url) as conn:
        for statement in FIRST_ROWS.strip().removesuffix(";").split(";\n"):
            conn.exec_driver_sql(statement)
        names = sorted(set(inspect(conn).get_table_names()) - {"alembic_version"})
        before = {name: len(old_rows(conn, name)) for name in names}
    upgrade(database_url)
    upgrade(database_url)
    database = open_database(database_url, partial(audit_chain.seal, keys=KEYS))
    assert {name: database.look(lambda conn, name=name: len(old_rows(conn, name))) for name in names} == before  # type: ignore[misc]
    person = select(people.c.id, people.c.name, people.c.joined_at)
    assert database.look(lambda conn: tuple(conn.execute(person).one())) == (7, "甲", NOW)
    assert database.look(partial(audit_chain.verify, keys=KEYS)) == Verdict(State.NEW, unsealed=2)
    database.run(partial(audit_chain.begin, keys=KEYS, at=NOW))
    assert database.look(partial(audit_chain.verify, keys=KEYS)) == Verdict(State.WHOLE, 3)
    assert database.look(clock.read) == clock.Clock(NOW - NOW, None, rehearsal=False)
    database.close()


def rebuild(url: str, *, losing: bool = False) -> None:
    """What a later step may have to do: change a table that others refer to."""
    with migration(url) as conn:
        if losing:
            conn.exec_driver_sql("DELETE FROM enterprises")
        operations = Operations(MigrationContext.configure(conn))
        with operations.batch_alter_table("enterprises") as batch:
            batch.create_check_constraint("few", "employees < 100000")


def test_a_table_that_others_refer_to_can_be_changed_with_its_rows(current_database_url: str) -> None:
    database = open_database(current_database_url)
    database.run(_enterprise)
    rebuild(current_database_url)
    assert database.look(lambda conn: len(conn.execute(select(enterprise_tags)).all())) == 1
    with pytest.raises(Exception, match="few"):
        database.run(lambda conn: conn.execute(enterprises.update().values(employees=100001)))
    database.close()


def test_a_step_that_would_leave_orphans_changes_nothing(current_database_url: str) -> None:
    database = open_database(current_database_url)
    database.run(_enterprise)
    with pytest.raises(Exception, match=r"refer|violates"):
        rebuild(current_database_url, losing=True)
    assert database.look(lambda conn: len(conn.execute(select(enterprises)).all())) == 1
    database.run(lambda conn: conn.execute(enterprises.update().values(employees=100001)).close())
    database.close()


def _enterprise(conn: Connection) -> None:
    texts = dict.fromkeys(
        ("name", "district", "sector", "supervisor", "sector_department", "principal_name", "officer_name"),
        "",
    )
    row = {"code": "A", "likeness": "", "municipal": False, "employees": 5, "updated_at": NOW}
    conn.execute(insert(enterprises).values(**texts, **row))
    conn.execute(insert(enterprise_tags).values(enterprise="A", tag="ammonia"))


def test_two_processes_that_upgrade_at_once_both_succeed(database_url: str) -> None:
    with get_context("spawn").Pool(2) as pool:
        pool.map(upgrade, [database_url] * 2, chunksize=1)
    assert is_current(database_url)
    database = open_database(database_url)
    assert not database.look(clock.read).rehearsal
    database.close()


def test_it_matters_nowhere_where_the_program_is_started(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    upgrade(database_url)
    assert is_current(database_url)


def test_a_failed_upgrade_leaves_the_database_as_it_was(database_url: str) -> None:
    with migration(database_url) as conn:
        conn.exec_driver_sql("CREATE TABLE receipts (in_the_way INTEGER)")
    with pytest.raises(Exception, match="receipts"):
        upgrade(database_url)
    with pytest.raises(ForeignDatabaseError):
        current(database_url)
    with migration(database_url) as conn:
        assert inspect(conn).get_table_names() == ["receipts"]
