"""Statements that go straight to the driver: they do what SQLAlchemy does, with every value and every fault."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import MultipleResultsFound, OperationalError, StatementError

from storage import engine
from storage.columns import Instant
from storage.engine import Database, open_database
from storage.prepared import Rows
from tests.postgres import Postgres

things = Table(
    "prepared_things",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", Text, unique=True),
    Column("at", Instant),
    Column("kept", JSON),
    Column("open", Boolean),
)
NOW = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
ROW = {"id": 1, "name": "一号", "at": NOW, "kept": {"名": ["值", None]}, "open": True}

_add = insert(things)
_put = engine.insert(things).on_conflict_do_nothing()
_all = select(things).order_by(things.c.id)
_of = select(things).where(things.c.name == bindparam("of_name"), things.c.open.in_((True, False)))
_some = select(things.c.name).where(things.c.id > 0).order_by(things.c.id).limit(bindparam("most"))
_move = update(things).where(things.c.id == bindparam("of_id")).values(at=bindparam("later", type_=Instant))
_ids = select(things.c.id).where(engine.among_given(things.c.id, "ids")).order_by(things.c.id)
_listed = select(things.c.id).where(things.c.id.in_(bindparam("ids", expanding=True))).order_by(things.c.id)
_computed = insert(things).values(name=func.lower(bindparam("said"))).returning(things.c.id, things.c.name)


@pytest.fixture
def kept(database_url: str) -> Iterator[Database]:
    """A database with an empty table of things."""
    with closing(open_database(database_url)) as database:
        database.run(things.create)
        yield database


def twice(database: Database, job: Callable[[Connection], Any]) -> tuple[Any, Any]:
    """Do something by SQLAlchemy, and again straight; what came of both."""

    def once(conn: Connection) -> Any:
        found = job(conn)
        conn.execute(delete(things))
        return found

    return database.run(once), database.run(once)


def straight(conn: Connection, statement: Any, given: Any = None) -> Any:
    """Execute something that was executed before: it goes straight to the driver."""
    found: Any = conn.execute(statement, given)
    assert isinstance(found, Rows)
    return found


def test_values_go_in_and_come_back_as_they_are(kept: Database) -> None:
    def job(conn: Connection) -> Any:
        conn.execute(_add, ROW)
        return [tuple(row) for row in conn.execute(_all)], conn.execute(_of, {"of_name": "一号"}).one()._asdict()

    first, second = twice(kept, job)
    assert first == second == ([tuple(ROW.values())], ROW)
    other = {**ROW, "id": 2, "name": "二号", "at": NOW + timedelta(days=1), "kept": None, "open": False}

    def again(conn: Connection) -> Any:
        straight(conn, _add, other)
        return straight(conn, _of, {"of_name": "二号"}).one()._asdict(), straight(conn, _of, {"of_name": "一号"}).all()

    assert kept.run(again) == (other, [])


def test_every_way_to_read_a_result(kept: Database) -> None:
    def job(conn: Connection) -> Any:
        conn.execute(_put, [{**ROW, "id": number, "name": str(number)} for number in (1, 2, 3)])
        return (
            conn.execute(_some, {"most": 2}).scalars().all(),
            conn.execute(_some, {"most": 1}).scalar_one(),
            conn.execute(_some, {"most": 0}).one_or_none(),
            conn.execute(_some, {"most": 3}).first().name,  # type: ignore[union-attr]
            [row["name"] for row in conn.execute(_some, {"most": 3}).mappings()],
            conn.execute(_ids, {"ids": [3, 1, 7]}).scalars().all(),
            conn.execute(_ids, {"ids": []}).all(),
        )

    first, second = twice(kept, job)
    assert first == second == (["1", "2"], "1", None, "1", ["1", "2", "3"], [1, 3], [])

    def too_many(conn: Connection) -> Any:
        conn.execute(_put, [{**ROW, "id": number, "name": str(number)} for number in (1, 2)])
        return straight(conn, _some, {"most": 2}).one()

    with pytest.raises(MultipleResultsFound):
        kept.run(too_many)


def test_the_number_of_rows_is_told(kept: Database) -> None:
    def job(conn: Connection) -> Any:
        conn.execute(_put, [ROW, {**ROW, "id": 2, "name": "二号"}])
        return (
            conn.execute(_put, ROW).rowcount,
            conn.execute(_move, {"of_id": 1, "later": NOW}).rowcount,
            conn.execute(_move, {"of_id": 9, "later": NOW}).rowcount,
        )

    assert twice(kept, job) == ((0, 1, 0), (0, 1, 0))


def test_a_statement_of_other_parameters_is_another(kept: Database) -> None:
    """What is left out stays out, however often the whole was put in before."""

    def job(conn: Connection) -> Any:
        for number in (1, 2, 3):
            conn.execute(_add, {**ROW, "id": number, "name": str(number)})
        conn.execute(_add, {"id": 4, "name": "4"})
        conn.execute(_add, {"name": "5", "id": 5, "open": False})
        return [tuple(row)[2:] for row in conn.execute(_all)][3:]

    first, second = twice(kept, job)
    assert first == second == [(None, None, None), (None, None, False)]


def test_what_is_out_of_the_ordinary_is_done_as_ever(kept: Database) -> None:
    def job(conn: Connection) -> Any:
        conn.execute(_add, [{**ROW, "id": number, "name": str(number)} for number in (1, 2)])
        return (
            conn.execute(_listed, {"ids": [2, 1]}).scalars().all(),
            conn.execute(_listed, {"ids": [2]}).scalars().all(),
            conn.execute(_computed, {"said": "ABC"}).one().name,
            conn.execute(_all.execution_options(yield_per=1)).scalars().all()[:2],
        )

    first, second = twice(kept, job)
    assert first == second == ([1, 2], [2], "abc", [1, 2])


def fault_of(database: Database, job: Callable[[Connection], Any]) -> tuple[type[BaseException], str]:
    """What a job fails with: of which kind, and in which words."""
    with pytest.raises(Exception) as error:  # noqa: PT011  # which one it is is what is asked
        database.run(job)
    return error.type, str(error.value).split("[")[0]


@pytest.mark.parametrize("given", [{**ROW, "id": 2}, {**ROW, "at": NOW.replace(tzinfo=None)}, {**ROW, "kept": {1, 2}}])
def test_a_fault_is_the_same_and_nothing_of_it_is_kept(kept: Database, given: dict[str, Any]) -> None:
    """A name that is taken, a time without a zone, what is no JSON."""
    first = {**ROW, "id": 7} if given["id"] == 2 else {"id": 7}

    def fail(conn: Connection) -> None:
        conn.execute(insert(things), first)
        conn.execute(insert(things), given)

    def fail_straight(conn: Connection) -> None:
        conn.execute(_add, first)
        conn.execute(_add, given)

    def warm(conn: Connection) -> None:
        for _ in range(2):
            conn.execute(_add, ROW)
            conn.execute(delete(things))

    kept.run(warm)
    assert fault_of(kept, fail_straight) == fault_of(kept, fail)
    assert kept.run(lambda conn: conn.execute(_all).all()) == []


def test_a_missing_parameter_is_a_fault(kept: Database) -> None:
    kept.run(lambda conn: [conn.execute(_of, {"of_name": "x"}).all() for _ in range(3)])
    assert fault_of(kept, lambda conn: conn.execute(_of).all())[0] is StatementError


def test_who_watches_is_asked_first(kept: Database) -> None:
    """What the watcher raises keeps the statement from being executed, straight or not."""
    told: list[str] = []

    def watch(table: str) -> None:
        told.append(table)
        if len(told) > 2:
            raise PermissionError(table)

    def job(conn: Connection) -> None:
        assert isinstance(conn, engine.WatchedConnection)
        conn.watch = watch
        for number in (1, 2, 3):
            conn.execute(_add, {**ROW, "id": number, "name": str(number)})

    with pytest.raises(PermissionError):
        kept.run(job)
    assert told == ["prepared_things"] * 3
    assert kept.run(lambda conn: conn.execute(_all).all()) == []


def test_who_listens_to_statements_hears_all_of_them(kept: Database) -> None:
    heard: list[str] = []

    def hear(_: Any, __: Any, text: str, *___: Any) -> None:
        heard.append(text)

    def job(conn: Connection) -> None:
        for _ in range(3):
            conn.execute(_all).all()

    kept.run(job)
    event.listen(Engine, "before_cursor_execute", hear)
    try:
        kept.run(job)
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    assert len(heard) == 3
    kept.run(lambda conn: straight(conn, _all).close())
    assert len(heard) == 3


def test_a_lost_connection_is_given_up(postgres: Postgres) -> None:
    """The next job has another one."""
    url = postgres.create()
    with closing(open_database(url)) as database:
        database.run(things.create)

        def lose(conn: Connection) -> None:
            for _ in range(2):
                conn.execute(_all).all()
            own = conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            with closing(open_database(url)) as other:
                other.run(lambda conn: conn.exec_driver_sql(f"SELECT pg_terminate_backend({own})").close())
            conn.execute(_all)

        with pytest.raises(OperationalError) as error:
            database.run(lose)
        assert error.value.connection_invalidated
        assert database.run(lambda conn: conn.execute(_all).all()) == []
    postgres.drop(url)
