"""The inbox: every update once, whatever a platform repeats."""

from typing import Any

from sqlalchemy import select

from storage import inbox
from storage.engine import Database
from storage.tables import inbox as table
from talk.messages import Address, FileRef, Inbound, Kind
from tests.storage.post import NOW, seconds


def update(number: int = 1, account: str = "test", **fields: Any) -> Inbound:
    return Inbound(Address("web", account, "a"), number, NOW, Kind.TEXT, **{"text": "你好", **fields})


def receive(database: Database, inbound: Inbound, **more: Any) -> bool:
    return database.run(lambda conn: inbox.receive(conn, inbound, NOW, **more))


def rows(database: Database) -> Any:
    return database.look(lambda conn: conn.execute(select(table).order_by(table.c.update_id)).all())


def test_an_update_that_comes_twice_is_taken_once(database: Database) -> None:
    assert receive(database, update(text="first"))
    assert not receive(database, update(text="second"))
    (row,) = rows(database)
    assert (row.raw["text"], row.state, row.received_at, row.external_id) == ("first", "done", NOW, "a")


def test_the_same_number_of_another_account_is_another_update(database: Database) -> None:
    assert receive(database, update(account="one"))
    assert receive(database, update(account="two"))


def test_what_a_platform_sent_is_kept_as_it_came(database: Database) -> None:
    receive(database, update(raw={"update_id": 1, "message": {"text": "你好", "extra": [1, None]}}))
    assert rows(database)[0].raw == {"update_id": 1, "message": {"text": "你好", "extra": [1, None]}}


def test_files_are_named_in_what_is_kept(database: Database) -> None:
    receive(database, update(files=(FileRef("ab" * 32, "现场.jpg", "image/jpeg", 9),)))
    assert rows(database)[0].raw["files"] == [["ab" * 32, "现场.jpg", "image/jpeg", 9]]


def test_an_update_that_could_not_be_handled_is_kept_and_not_tried_again(database: Database) -> None:
    assert receive(database, update(), error="KeyError('x')")
    assert not receive(database, update())
    assert (rows(database)[0].state, rows(database)[0].error) == ("failed", "KeyError('x')")
    assert database.look(inbox.failed) == 1


def test_old_updates_are_forgotten(database: Database) -> None:
    receive(database, update(1))
    database.run(lambda conn: inbox.receive(conn, update(2), NOW + seconds(1)))
    assert database.run(lambda conn: inbox.clean(conn, NOW + seconds(1))) == 1
    assert [row.update_id for row in rows(database)] == [2]
    assert database.look(lambda conn: inbox.highest(conn, "web", "test")) == 2
    assert database.look(lambda conn: inbox.highest(conn, "web", "another")) == 0
