"""The inbox: every update once, whatever a platform repeats."""

from typing import Any

from sqlalchemy import select

from storage import inbox
from storage.engine import Door
from storage.tables import inbox as table
from talk.messages import Address, FileRef, Inbound, Kind
from tests.storage.post import NOW, seconds


def update(number: int = 1, account: str = "test", **fields: Any) -> Inbound:
    return Inbound(Address("web", account, "a"), number, NOW, Kind.TEXT, **{"text": "你好", **fields})


def receive(door: Door, inbound: Inbound, **more: Any) -> bool:
    return door.run(lambda conn: inbox.receive(conn, inbound, NOW, **more))


def rows(door: Door) -> Any:
    return door.look(lambda conn: conn.execute(select(table).order_by(table.c.update_id)).all())


def test_an_update_that_comes_twice_is_taken_once(door: Door) -> None:
    assert receive(door, update(text="first"))
    assert not receive(door, update(text="second"))
    (row,) = rows(door)
    assert (row.raw["text"], row.state, row.received_at, row.external_id) == ("first", "done", NOW, "a")


def test_the_same_number_of_another_account_is_another_update(door: Door) -> None:
    assert receive(door, update(account="one"))
    assert receive(door, update(account="two"))


def test_what_a_platform_sent_is_kept_as_it_came(door: Door) -> None:
    receive(door, update(raw={"update_id": 1, "message": {"text": "你好", "extra": [1, None]}}))
    assert rows(door)[0].raw == {"update_id": 1, "message": {"text": "你好", "extra": [1, None]}}


def test_files_are_named_in_what_is_kept(door: Door) -> None:
    receive(door, update(files=(FileRef("ab" * 32, "现场.jpg", "image/jpeg", 9),)))
    assert rows(door)[0].raw["files"] == [["ab" * 32, "现场.jpg", "image/jpeg", 9]]


def test_an_update_that_could_not_be_handled_is_kept_and_not_tried_again(door: Door) -> None:
    assert receive(door, update(), error="KeyError('x')")
    assert not receive(door, update())
    assert (rows(door)[0].state, rows(door)[0].error) == ("failed", "KeyError('x')")
    assert door.look(inbox.failed) == 1


def test_old_updates_are_forgotten(door: Door) -> None:
    receive(door, update(1))
    door.run(lambda conn: inbox.receive(conn, update(2), NOW + seconds(1)))
    assert door.run(lambda conn: inbox.clean(conn, NOW + seconds(1))) == 1
    assert [row.update_id for row in rows(door)] == [2]
    assert door.look(lambda conn: inbox.highest(conn, "web", "test")) == 2
    assert door.look(lambda conn: inbox.highest(conn, "web", "another")) == 0
