"""What is over ends, each kind at its time; what is not over, what is referred to, and what just arrived stays."""

import asyncio
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, LargeBinary, Table, func, insert, select

from scheduler import tidying
from scheduler.tidying import tidy
from storage import audit, clock, kept_files, retention
from storage.audit import SYSTEM, Actor
from storage.catalogue import metadata
from storage.columns import Instant, Kept
from storage.engine import Database, open_database
from storage.files import FileStore
from storage.retention import DEFAULTS, TABLE, Moment, Terms
from storage.tables import files, people
from talk.messages import Address, FileRef, Outbound
from tests.storage.conftest import opened_with

NOW = datetime(2023, 6, 5, 1, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
A_DAY = timedelta(days=1)


@pytest.fixture
def database(current_database_url: str) -> Iterator[Database]:
    opened = opened_with(current_database_url)
    yield opened
    opened.close()


def row(conn: Connection, named: str, /, **values: Any) -> Any:
    """Insert a row, with something in every column that must have something; its first key."""
    table: Table = metadata.tables[named]
    filled = {column.name: something(column.type) for column in table.columns if _is_wanted(column)}
    key = next(iter(table.primary_key.columns))
    return conn.execute(insert(table).values({**filled, **values}).returning(key)).scalar_one()


def _is_wanted(column: Any) -> bool:
    return not column.nullable and column.server_default is None and not (column.primary_key and column.name == "id")


def something(kind: Any) -> Any:
    if isinstance(kind, Instant):
        return NOW
    if isinstance(kind, Kept):
        return {}
    if isinstance(kind, LargeBinary):
        return b""
    return NOW.date() if kind.python_type is date else kind.python_type()


def person(conn: Connection, **values: Any) -> int:
    return int(row(conn, "people", **{"name": "甲", "joined_at": NOW, "language": "zh-CN", **values}))


def talk(conn: Connection, who: int, at: datetime, **values: Any) -> int:
    shared = {"person": who, "started_by": who, "started_at": at, "touched_at": at, "state": "finished"}
    return int(row(conn, "conversations", **{**shared, "finished_at": at, **values}))


def update(conn: Connection, at: datetime) -> None:
    row(conn, "inbox", channel="web", update_id=int(at.timestamp()), received_at=at, state="done")


def letter(conn: Connection, at: datetime) -> None:
    row(
        conn, "outbox", person=person(conn), dedupe=str(at), created_at=at, state="sent", external_id="7",
        body=Outbound("郑演丙").to_json(),
    )  # fmt: skip


def empty_letter(conn: Connection, at: datetime) -> None:
    row(
        conn, "outbox", person=person(conn), dedupe=f"empty/{at}", created_at=at, state="sent", external_id="",
        body=Outbound("").to_json(),
    )  # fmt: skip


def guest(conn: Connection, at: datetime) -> None:
    who = person(conn, name="", joined_at=None)
    number = talk(conn, who, at)
    row(conn, "answers", conversation=number, key="consent", seq=1, current=True, person=who, value=True)
    row(conn, "prompts", token=str(at), conversation=number, state="answered", picked=[])
    row(conn, "identities", external_id=f"guest/{at}", person=who, seen_at=at)
    row(conn, "outbox", person=who, dedupe=f"guest/{at}", state="sent", body=Outbound("").to_json())


def stranger(conn: Connection, at: datetime) -> None:
    row(conn, "identities", external_id=str(at), seen_at=at)
    row(conn, "outbox", dedupe=str(at), created_at=at, state="sent", body=Outbound("").to_json())


def attempt(conn: Connection, at: datetime) -> None:
    row(conn, "tries", at=at)


def invitation(conn: Connection, at: datetime) -> None:
    used = int(at.timestamp()) % 2
    row(conn, "invitations", code_hash=str(at), expires_at=at, used_at=at if used else None)


def prompt(conn: Connection, at: datetime) -> None:
    number = talk(conn, person(conn), at)
    for second in range(2):
        shown = at + second * A_SECOND
        row(conn, "prompts", token=f"{number}/{second}", conversation=number, state="answered", shown_at=shown)


def former(conn: Connection, at: datetime) -> None:
    who = person(conn, joined_at=at - A_DAY)
    row(conn, "memberships", person=who, role="officer", subject="A", state="ended", since=at - A_DAY, until=at)
    row(conn, "identities", external_id=f"former/{at}", person=who, seen_at=at)
    number = talk(conn, who, at, dialog="join", brief={"known": "郑演丙"})
    row(conn, "answers", conversation=number, key="name", seq=1, current=True, person=who, value="郑演丙")


def worker(conn: Connection, at: datetime) -> None:
    if not conn.execute(select(metadata.tables["enterprises"])).first():
        row(conn, "enterprises", code="A")
    row(conn, "workers", enterprise="A", removed_at=at)


def reminder(conn: Connection, at: datetime) -> None:
    row(conn, "burden", person=person(conn), day=at.date(), messages=1)


def paper(conn: Connection, at: datetime) -> None:
    row(conn, "paper_orders", person=person(conn), likeness=str(at), state="sent", asked_at=at)


def complaint(conn: Connection, at: datetime) -> None:
    row(conn, "feedback", person=person(conn), at=at)


CASES: dict[str, tuple[Callable[[Connection, datetime], None], dict[str, int]]] = {
    "updates": (update, {"inbox": 1}),
    "letters": (letter, {}),
    "letter-rows": (empty_letter, {"outbox": 1}),
    "paper-orders": (paper, {"paper_orders": 1}),
    "guests": (guest, {"people": 1, "conversations": 1, "answers": 1, "prompts": 1, "identities": 1, "outbox": 1}),
    "strangers": (stranger, {"identities": 1, "outbox": 1}),
    "tries": (attempt, {"tries": 1}),
    "invitations": (invitation, {"invitations": 1}),
    "prompts": (prompt, {"prompts": 1}),
    "former": (former, {"identities": 1, "answers": 1}),
    "workers": (worker, {"workers": 1}),
    "meter": (reminder, {"burden": 1}),
    "feedback": (complaint, {"feedback": 1}),
}
"""How a row of each kind comes to be, and what is gone when one is over."""
EMPTIED = {"letters": 1, "former": 2}
"""How many rows are emptied besides."""


def numbers(database: Database) -> dict[str, int]:
    def count(conn: Connection) -> dict[str, int]:
        return {
            table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }

    return database.look(count)


def test_every_kind_that_ends_by_time_is_tried() -> None:
    assert set(CASES) == {kept.kind for kept in TABLE if kept.rules}
    assert {kept.kind for kept in TABLE if kept.term is not None} - set(CASES) == {"unattached", "own-data", "papers"}


async def test_what_is_over_ends_and_what_is_not_stays(database: Database, tmp_path: Path) -> None:
    term = {kept.kind: kept.kept_for(DEFAULTS) or A_DAY for kept in TABLE}

    def insert_old(make: Callable[[Connection, datetime], None], at: datetime) -> None:
        database.run(lambda conn: make(conn, at))

    # Where a day counts, the day itself is still kept.
    for kind, (make, _) in CASES.items():
        insert_old(make, NOW - term[kind])
    assert not any((await tidying.due(database, tmp_path, Moment(NOW, NOW))).values())
    before = numbers(database)
    assert not any((await tidying.sweep(database, tmp_path, NOW)).ended.values())
    assert numbers(database) == before
    for kind, (make, _) in CASES.items():
        insert_old(make, NOW - term[kind] - A_DAY)
    among = numbers(database)
    due = await tidying.due(database, tmp_path, Moment(NOW, NOW))
    assert numbers(database) == among
    swept = await tidying.sweep(database, tmp_path, NOW)
    assert swept.failed == []
    assert swept.ended == due
    assert {kind: due[kind] for kind in CASES} == {
        kind: sum(gone.values()) + EMPTIED.get(kind, 0) for kind, (_, gone) in CASES.items()
    }
    gone = sum((Counter(gone) for _, gone in CASES.values()), Counter[str]())
    after = numbers(database)
    assert {name: among[name] - after[name] for name in gone} == gone
    assert after["audit"] == among["audit"] + 1


async def test_each_kind_is_kept_for_as_long_as_its_setting_says(database: Database, tmp_path: Path) -> None:
    """One row of each kind, ten days after its end by the defaults, is not over where terms are a month longer."""
    longer = Terms(**{term.name: getattr(DEFAULTS, term.name) + 30 * A_DAY for term in fields(Terms)})
    for kind, (make, _) in CASES.items():
        at = NOW - 10 * A_DAY - next(kept.kept_for(DEFAULTS) or A_DAY for kept in TABLE if kept.kind == kind)
        database.run(lambda conn, make=make, at=at: make(conn, at))  # type: ignore[misc]
    kept = await tidying.sweep(database, tmp_path, NOW, terms=longer)
    assert not any(kept.ended[kind] for kind in CASES)
    ended = await tidying.sweep(database, tmp_path, NOW)
    assert all(ended.ended[kind] for kind in CASES)


async def test_an_old_letter_keeps_no_word_and_no_address(database: Database, tmp_path: Path) -> None:
    database.run(lambda conn: letter(conn, NOW - timedelta(days=181)))
    database.run(lambda conn: row(conn, "outbox", dedupe="waits", created_at=NOW - timedelta(days=181), state="ready",
                                  person=person(conn), external_id="8", body=Outbound("waits").to_json()))  # fmt: skip
    await tidying.sweep(database, tmp_path, NOW)
    outbox = metadata.tables["outbox"]
    found = database.look(
        lambda conn: conn.execute(select(outbox.c.body, outbox.c.external_id).order_by(outbox.c.id)).all()
    )
    assert [(body["text"], address) for body, address in found] == [("", ""), ("waits", "8")]


async def test_a_guest_of_whom_something_else_tells_stays(database: Database, tmp_path: Path) -> None:
    def make(conn: Connection) -> None:
        who = person(conn, name="", joined_at=None)
        row(conn, "feedback", person=who, at=NOW)

    database.run(make)
    await tidying.sweep(database, tmp_path, NOW)
    assert database.look(lambda conn: conn.execute(select(func.count()).select_from(people)).scalar_one()) == 1


async def test_a_worker_on_a_permit_stays(database: Database, tmp_path: Path) -> None:
    def make(conn: Connection) -> None:
        worker(conn, NOW - timedelta(days=1000))
        number = conn.execute(select(metadata.tables["workers"].c.id)).scalar_one()
        talking = talk(conn, person(conn), NOW)
        point = row(conn, "permit_points", enterprise="A")
        permit = row(
            conn, "permits", enterprise="A", applicant=person(conn), conversation=talking, point=point,
            level="special", state="closed", until=NOW + A_DAY,
        )  # fmt: skip
        row(conn, "permit_people", permit=permit, seat="welder", worker=number)

    database.run(make)
    assert (await tidying.sweep(database, tmp_path, NOW)).ended["workers"] == 0


async def test_one_kind_that_cannot_end_holds_up_no_other(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = retention.end

    def end(conn: Connection, rule: retention.Rule, moment: retention.Moment) -> int:
        if rule.table.name == "tries":
            raise ValueError("in the way")
        return real(conn, rule, moment)

    monkeypatch.setattr(retention, "end", end)
    database.run(lambda conn: complaint(conn, NOW - timedelta(days=1000)))
    swept = await tidying.sweep(database, tmp_path, NOW)
    assert (swept.failed, swept.ended["feedback"]) == (["tries"], 1)


async def test_more_than_a_portion_ends_in_several_transactions(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (retention, tidying):
        monkeypatch.setattr(module, "PORTION", 3)
    for number in range(7):
        database.run(lambda conn, number=number: attempt(conn, NOW - timedelta(days=8, seconds=number)))  # type: ignore[misc]
    assert (await tidying.sweep(database, tmp_path, NOW)).ended["tries"] == 7


async def test_each_minute_forgets_updates_and_once_a_day_everything(database: Database, tmp_path: Path) -> None:
    await tidy(database, tmp_path, NOW)
    for make in (update, attempt):
        database.run(lambda conn, make=make: make(conn, NOW - timedelta(days=8)))  # type: ignore[misc]
    await tidy(database, tmp_path, NOW + A_DAY - A_SECOND)
    assert (numbers(database)["inbox"], numbers(database)["tries"]) == (0, 1)
    await tidy(database, tmp_path, NOW + A_DAY)
    assert numbers(database)["tries"] == 0


def test_of_several_replicas_one_sweeps_a_day(database: Database) -> None:
    took = [database.run(lambda conn, at=at: clock.take_sweep(conn, at, A_DAY)) for at in (NOW, NOW, NOW + A_DAY)]  # type: ignore[misc]
    assert took == [True, False, True]


# Files


def keep(store: FileStore, text: str, *, days: float) -> FileRef:
    """Keep a file as if so many days ago."""
    file = store.keep(text.encode(), "说明.txt")
    at = (NOW - timedelta(days=days)).timestamp()
    os.utime(store.path(file.sha256), (at, at))
    return file


def in_folder(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("??/*")}


async def test_a_file_that_nothing_refers_to_goes_after_a_day(database: Database, tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    old, new, used, draft = (keep(store, text, days=days) for text, days in
                             (("old", 1.1), ("new", 0.9), ("used", 400), ("draft", 2)))  # fmt: skip
    store.path(draft.sha256).rename(store.path(draft.sha256).with_suffix(".0a1b"))
    for file in (old, new, used):
        database.run(lambda conn, file=file: store.record(conn, file, NOW, Address("web", "test", "甲")))  # type: ignore[misc]
    database.run(lambda conn: row(conn, "answers", conversation=talk(conn, person(conn), NOW), key="photo", seq=1,
                                  person=person(conn), current=True, value=[used.as_json()]))  # fmt: skip
    assert (await tidying.due(database, tmp_path, Moment(NOW, NOW)))["unattached"] == 2
    assert (await tidying.sweep(database, tmp_path, NOW)).ended["unattached"] == 2
    assert in_folder(tmp_path) == {new.sha256, used.sha256}
    left = database.look(lambda conn: set(conn.execute(select(files.c.sha256)).scalars()))
    assert left == {new.sha256, used.sha256}


async def test_a_file_that_is_sent_again_while_it_is_looked_for_stays(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FileStore(tmp_path)
    file = keep(store, "again", days=30)
    real = kept_files.attached

    def meanwhile(conn: Connection) -> set[str]:
        found = real(conn)
        store.keep(b"again", "again.txt")
        return found

    monkeypatch.setattr(kept_files, "attached", meanwhile)
    assert (await tidying.sweep(database, tmp_path, NOW)).ended["unattached"] == 0
    assert store.path(file.sha256).exists()


async def test_nothing_is_removed_while_a_file_arrives(tmp_path: Path) -> None:
    path = tmp_path / "ab" / ("ab" * 32)
    path.parent.mkdir()
    path.write_bytes(b"x")
    with kept_files.arriving(tmp_path):
        removing = asyncio.create_task(asyncio.to_thread(kept_files.remove, tmp_path, path))
        done, _ = await asyncio.wait([removing], timeout=0.2)
        assert (done, path.exists()) == (set(), True)
    assert await removing


@pytest.mark.parametrize(
    ("table", "column"),
    [(table.name, column.name) for table in metadata.sorted_tables for column in table.columns
     if isinstance(column.type, Kept)],
)  # fmt: skip
def test_whatever_column_refers_to_a_file_keeps_it(
    sqlite_template: Path, tmp_path: Path, table: str, column: str
) -> None:
    """Without the rules of the tables: only which columns are looked through is asked."""
    path = tmp_path / "copy.db"
    path.write_bytes(sqlite_template.read_bytes())
    wanted: dict[str, Any] = {part.name: 0 for part in metadata.tables[table].columns if not part.nullable}
    wanted |= {part.name: "{}" for part in metadata.tables[table].columns if isinstance(part.type, Kept)}
    wanted[column] = f'{{"photos": [["{"ab" * 32}", "a.jpg", "image/jpeg", 1]]}}'
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA ignore_check_constraints = ON")
        conn.execute("PRAGMA foreign_keys = OFF")
        names = ", ".join(f'"{name}"' for name in wanted)
        conn.execute(  # the names are those of our own tables
            f'INSERT OR REPLACE INTO "{table}" ({names}) VALUES ({", ".join("?" * len(wanted))})',  # noqa: S608
            list(wanted.values()),
        )
    database = open_database(f"sqlite:///{path}")
    assert database.look(kept_files.attached) == {"ab" * 32}
    database.close()


async def test_what_was_lent_goes_at_its_time_even_where_letters_name_it(database: Database, tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    own, paper, sent_in = (keep(store, text, days=0) for text in ("own", "paper", "sent in"))

    def lend(conn: Connection) -> None:
        who = person(conn)
        kept_files.lend(conn, own, NOW, NOW, own_data_of=who)
        kept_files.lend(conn, paper, NOW, NOW + A_DAY)
        kept_files.lend(conn, sent_in, NOW, NOW)
        body = Outbound("", files=(own, paper, sent_in)).to_json()
        row(conn, "outbox", person=who, dedupe="d", state="sent", body=body, created_at=NOW)
        row(conn, "answers", conversation=talk(conn, who, NOW), key="photo", seq=1, person=who, current=True,
            value=[sent_in.as_json()])  # fmt: skip

    database.run(lend)
    await tidy(database, tmp_path, NOW)
    assert in_folder(tmp_path) == {paper.sha256, sent_in.sha256}
    await tidy(database, tmp_path, NOW + A_DAY)
    assert in_folder(tmp_path) == {sent_in.sha256}


def test_what_was_deleted_is_not_in_the_file_of_the_database_any_more(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(sqlite_template.read_bytes())
    wal = path.with_name("copy.db-wal")
    database = opened_with(f"sqlite:///{path}")
    long_ago, words = NOW - timedelta(days=500), "郑演丙说的"
    database.run(lambda conn: row(conn, "feedback", person=person(conn), at=long_ago, text=words))
    assert words.encode() in path.read_bytes() + wal.read_bytes()
    asyncio.run(tidying.sweep(database, tmp_path, NOW))
    assert words.encode() not in path.read_bytes() + wal.read_bytes()
    database.close()


async def test_a_sweep_is_on_record_with_who_asked_for_it(database: Database, tmp_path: Path) -> None:
    for by in (SYSTEM, Actor(operator="王演操")):
        database.run(lambda conn: attempt(conn, NOW - timedelta(days=8)))
        await tidying.sweep(database, tmp_path, NOW, by)
        await tidying.sweep(database, tmp_path, NOW, by)
    found = database.look(lambda conn: audit.events(conn, ["tidied"]))
    assert [(event.operator, event.data) for event in found] == [(None, {"tries": 1}), ("王演操", {"tries": 1})]
