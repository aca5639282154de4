"""A row that cannot be read: it is rejected by its id, and stops nothing else."""

import json
import logging
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from storage import by_hand, inbox, outbox, people
from storage.catalogue import metadata
from storage.columns import Kept
from storage.engine import Database, SqliteDatabase
from storage.outbox import DEADLINE, NOTICE
from storage.sending import LEASE
from storage.tables import inbox as inbox_table
from storage.tables import outbox as outbox_table
from storage.unreadable import Unreadable, UnreadableError, broken_in
from talk.messages import FileRef, Inbound, Kind, Outbound, Sent
from tests.storage.post import ACCOUNT, CHANNEL, NOW, at, claim, claim_ids, letter, put, row, settle, states, sweep

BODY = Outbound("好", card="c").to_json()
FILE = FileRef("a" * 64, "a.jpg", "image/jpeg", 9, "")
BODIES: tuple[Any, ...] = (
    {"words": "x"},
    {},
    [],
    "x",
    5,
    {**BODY, "text": None},
    {**BODY, "text": 7},
    {**BODY, "buttons": [[["字" * 30, "字" * 30]]]},
    {**BODY, "buttons": [["a", "b"]]},
    {**BODY, "buttons": None},
    {**BODY, "files": [["a"]]},
    {**BODY, "files": {"a": 1}},
    {**BODY, "card": 3},
)
NO_JSON = ('{"text": ', "", "x", "\x00")


def spoil(database: Database, table: str, column: str, value: str, which: str = "1 = 1") -> None:
    """Store what nobody of us would."""
    changed = text(f'UPDATE "{table}" SET "{column}" = :value WHERE {which}')  # noqa: S608  # names of ours
    kind = "" if isinstance(database, SqliteDatabase) else "json"
    if kind:
        changed = text(f'UPDATE "{table}" SET "{column}" = CAST(:value AS json) WHERE {which}')  # noqa: S608  # as above
    database.run(lambda conn: conn.execute(changed, {"value": value}))


def test_letters_that_cannot_be_read_are_rejected_by_their_ids_and_all_others_leave(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    values = [json.dumps(body) for body in BODIES]
    if isinstance(database, SqliteDatabase):
        values += NO_JSON
    broken = put(database, *(letter(f"broken {number}", priority=DEADLINE) for number in range(len(values))))
    sound = put(database, letter("a"), letter("b", priority=NOTICE), letter("broken 0", priority=DEADLINE))
    for number, value in zip(broken, values, strict=True):
        spoil(database, "outbox", "body", value, f"id = {number}")
    with caplog.at_level(logging.ERROR, "anzhu"):
        assert claim_ids(database, limit=100) == [sound[0], sound[1]]
    told = {record.message.partition(":")[0] for record in caplog.records}
    assert told == {f"letter {number} is rejected" for number in broken}
    assert "字" not in caplog.text, "what a letter says is nothing for the log"
    assert claim_ids(database, limit=100) == [sound[2]], "what stood behind one"
    for number in broken:
        assert (row(database, number).state, row(database, number).error[:16]) == ("rejected", "unreadable: body")


@pytest.mark.parametrize("about", ["{}", "[1, null]", '"x"', '["1"]'])
def test_a_letter_that_does_not_say_what_it_is_about_is_rejected(database: Database, about: str) -> None:
    broken, sound = put(database, letter("a"), letter("b"))
    spoil(database, "outbox", "about", about, f"id = {broken}")
    assert claim_ids(database) == [sound]
    assert states(database) == ["rejected", "leased"]


def test_a_letter_that_cannot_be_read_is_passed_over_wherever_letters_are_read(database: Database) -> None:
    who = database.run(lambda conn: people.add_guest(conn, "zh-CN"))
    first, second = put(database, *(letter(person=who, message=Outbound(said, card="c/1")) for said in "一二"))
    for number in (first, second):
        (claimed,) = claim(database)
        settle(database, claimed, Sent(f"m{number}"))
    put(database, letter(person=who, text="三"), letter(person=who, text="四"))
    spoil(database, "outbox", "body", '{"words": "x"}', f"id IN ({second}, {second + 1})")

    def look(conn: Connection) -> None:
        assert [one.message.text for one in outbox.on_their_way(conn, who)] == ["四"]
        assert outbox.arrived(conn, at("a"), f"m{second}") is None
        assert [one.message.text for one in outbox.on_screen(conn, at("a"), 9)] == ["四", "一"]
        assert outbox.newest_card(conn, who, "c/") is None
        assert len(by_hand.letters(conn, by_hand.Asked())) == 4

    database.look(look)


def test_a_file_that_cannot_be_read_is_given_up(database: Database) -> None:
    put(database, letter(message=Outbound("已报告", files=(FILE, FILE)), expires_at=NOW + LEASE))
    (words,) = claim(database)
    settle(database, words, Sent("m"))
    spoil(database, "outbox", "body", "{}", "id = 2")
    assert [one.id for one in claim(database)] == []
    assert [one.message.files for one in claim(database)] == [(FILE,)]
    spoil(database, "outbox", "body", "{}", "id = 3")
    sweep(database, NOW + 2 * LEASE)
    assert states(database) == ["sent", "rejected", "expired"]
    assert database.look(lambda conn: outbox.lost_files(conn, NOW - LEASE)) == []


def test_an_update_that_cannot_be_read_has_failed_and_the_others_are_taken(database: Database) -> None:
    waiting = [Inbound(at("a"), number, NOW, Kind.TEXT, text="好", raw={"n": number}) for number in (1, 2, 3)]
    database.run(lambda conn: inbox.wait(conn, waiting, NOW))
    spoil(database, "inbox", "raw", "[]", "update_id = 2")
    taken = database.run(lambda conn: inbox.waiting(conn, CHANNEL, ACCOUNT))
    assert taken == [(1, {"n": 1}), (3, {"n": 3})]
    found = select(inbox_table.c.state).order_by(inbox_table.c.update_id)
    assert database.look(lambda conn: list(conn.execute(found).scalars())) == ["waiting", "failed", "waiting"]
    (failure,) = database.look(lambda conn: inbox.failures(conn, 9))
    assert failure.update_id == 2
    assert failure.error.startswith(f"inbox/{CHANNEL}/{ACCOUNT}/2 cannot be read: raw: ")


def test_every_column_of_json_keeps_to_its_row_what_cannot_be_read() -> None:
    """Without a database: what comes instead names its column, and raises for whoever looks into it."""
    columns = [one for table in metadata.sorted_tables for one in table.columns if isinstance(one.type, Kept)]
    assert len(columns) > 20
    for column in columns:
        assert isinstance(column.type, Kept)
        assert column.type.column is column
        found = Unreadable(column, "why", "7")
        for look in (bool, len, list, dict, lambda one: one["a"], lambda one: one.get("a"), lambda one: "a" in one):
            with pytest.raises(UnreadableError, match=rf"{column.table.name}/7 .*{column.name}"):
                look(found)


def test_a_row_says_by_its_key_which_one_it_is(database: Database) -> None:
    put(database, letter())
    spoil(database, "outbox", "body", "5")
    found = select(outbox_table.c.id, outbox_table.c.body)
    (only,) = database.look(lambda conn: conn.execute(found).all())
    broken = broken_in(only)
    assert broken is not None
    assert str(broken.error()).startswith("outbox/1 cannot be read: body: ")
