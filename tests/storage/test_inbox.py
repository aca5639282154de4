"""The inbox: every update once, whatever a platform repeats."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from storage import inbox
from storage.engine import Database
from storage.tables import inbox as table
from talk.messages import Address, FileRef, Inbound, Kind
from tests.storage.post import NOW, seconds


def update(number: int = 1, account: str = "test", **fields: Any) -> Inbound:
    return Inbound(Address("web", account, "a"), number, NOW, Kind.TEXT, **{"text": "你好", **fields})


def receive(database: Database, inbound: Inbound, **more: Any) -> bool:
    return database.run(lambda conn: inbox.receive(conn, inbound, NOW, **more)) is not None


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


def test_the_key_of_an_update_is_a_text(database: Database) -> None:
    """Other platforms send texts; two events may come in the same moment, and a repeat at another."""
    assert receive(database, update(1000, event="om_a/1"))
    assert receive(database, update(1000, event="om_a/2"))
    assert not receive(database, update(1000, event="om_a/1"))
    assert not receive(database, update(1003, event="om_a/2"))
    database.run(lambda conn: inbox.wait(conn, [update(1000, event="om_b"), update(1005, event="om_a/1")], NOW))
    assert receive(database, update(1009, event="om_b"))
    assert not receive(database, update(1009, event="om_b"))
    kept = [(row.event, row.update_id, row.state) for row in rows(database)]
    assert kept == [("om_a/1", 1000, "done"), ("om_a/2", 1001, "done"), ("om_b", 1002, "done")]


def test_two_processes_that_number_two_events_alike_keep_both(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looked for a free number before the first had written its own."""
    numbered = inbox._numbered
    receive(database, update(1000, event="first"))
    looked = [False]

    def late(conn: Any, inbound: Inbound) -> Inbound:
        if looked == [False]:
            looked[0] = True
            return inbound
        return numbered(conn, inbound)

    monkeypatch.setattr(inbox, "_numbered", late)
    assert receive(database, update(1000, event="second"))
    assert [(row.event, row.update_id) for row in rows(database)] == [("first", 1000), ("second", 1001)]


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


def test_what_waits_is_taken_once_and_is_found_after_a_restart(database: Database) -> None:
    raw = {"update_id": 1, "message": {"text": "你好"}}
    database.run(lambda conn: inbox.wait(conn, [update(1, raw=raw), update(2, raw=raw)], NOW))
    database.run(lambda conn: inbox.wait(conn, [update(1, raw=raw)], NOW))
    waiting = partial(inbox.waiting, channel="web", account="test")
    assert database.look(waiting) == [(1, raw), (2, raw)]
    assert receive(database, update(1, raw=raw))
    assert not receive(database, update(1, raw=raw))
    database.run(lambda conn: inbox.wait(conn, [update(1, raw=raw)], NOW))
    assert database.look(waiting) == [(2, raw)]
    assert database.run(lambda conn: inbox.clean(conn, NOW + seconds(1))) == 1
    assert database.look(waiting) == [(2, raw)]


def test_what_is_set_aside_keeps_its_beginning_and_its_reason(database: Database) -> None:
    bad = Address("web", "test", "")
    raw, error = "\0\ud800" + "甲" * 100_000, "KeyError('\ud800\0')" + "x" * 9_000
    assert database.run(lambda conn: inbox.set_aside(conn, bad, -7, raw, NOW, error))
    assert not database.run(lambda conn: inbox.set_aside(conn, bad, -7, raw, NOW, error))
    (row,) = rows(database)
    assert row.raw["begins"].startswith("\\0\\ud800甲甲")
    assert (len(row.raw["begins"]) < inbox.RAW_LIMIT + 10, row.raw["characters"]) == (True, 100_002)
    assert len(row.error) < 600
    (failure,) = database.look(lambda conn: inbox.failures(conn, 5))
    assert (failure.update_id, failure.external_id, failure.error) == (-7, "", row.error)
    assert database.run(lambda conn: inbox.clean(conn, NOW + seconds(1))) == 1


def test_what_waits_can_be_set_aside(database: Database) -> None:
    database.run(lambda conn: inbox.wait(conn, [update(1)], NOW))
    assert database.run(lambda conn: inbox.set_aside(conn, update(1).address, 1, "{}", NOW, "x"))
    assert [row.state for row in rows(database)] == ["failed"]


@pytest.mark.parametrize("error", ["KeyError('\0')", "'\ud800'", "x" * 100_000])
def test_whatever_an_error_says_it_can_be_kept(database: Database, error: str) -> None:
    assert receive(database, update(), error=error)
    assert len(rows(database)[0].error) <= 520
