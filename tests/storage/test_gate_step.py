"""The step to updates that wait and letters to strangers, tried on rows that are out there."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from storage import inbox
from storage.engine import open_database
from storage.outbox import STRANGER
from storage.tables import outbox
from talk.messages import Address, Inbound, Kind, Outbound
from tests.storage.conftest import NOW, upgraded_with

ROWS = """
INSERT INTO inbox (channel, account, update_id, external_id, raw, state, received_at)
    VALUES ('web', 'a', 1, '7', '{}', 'done', '2023-06-05 01:00:00.000000');
INSERT INTO inbox (channel, account, update_id, external_id, raw, state, received_at, error)
    VALUES ('web', 'a', 2, '7', '{}', 'failed', '2023-06-05 01:00:00.000000', 'KeyError()');
INSERT INTO outbox (dedupe, priority, channel, account, external_id, kind, about, body, card, state, created_at,
    not_before, attempts) VALUES ('d', 1, 'web', 'a', '7', 'reply', '[]', '{"text": "x"}', 'c', 'ready',
    '2023-06-05 01:00:00.000000', '2023-06-05 01:00:00.000000', 0)
"""


def test_what_was_taken_is_not_taken_again_and_what_is_queued_stays_queued(database_url: str) -> None:
    upgraded_with(database_url, "0013", ROWS)
    database = open_database(database_url)
    address = Address("web", "a", "7")
    for number in (1, 2):
        again = Inbound(address, number, NOW, Kind.TEXT)
        assert not database.run(lambda conn, again=again: inbox.receive(conn, again, NOW))  # type: ignore[misc]  # bound now
    assert [one.update_id for one in database.look(lambda conn: inbox.failures(conn, 9))] == [2]
    kept = select(outbox.c.dedupe, outbox.c.priority, outbox.c.card, outbox.c.state)
    assert [tuple(row) for row in database.look(lambda conn: conn.execute(kept).all())] == [("d", 1, "c", "ready")]
    letter = {
        "channel": "web", "account": "a", "external_id": "7", "kind": "reply", "about": [], "state": "ready",
        "body": Outbound("x").to_json(), "created_at": NOW, "not_before": NOW, "attempts": 0,
    }  # fmt: skip
    database.run(lambda conn: conn.execute(insert(outbox).values(**letter, dedupe="e", priority=STRANGER)).close())
    with pytest.raises(IntegrityError):
        database.run(lambda conn: conn.execute(insert(outbox).values(**letter, dedupe="f", priority=5)).close())
    numbers = select(outbox.c.id).order_by(outbox.c.id)
    assert list(database.look(lambda conn: conn.execute(numbers).scalars().all())) == [1, 2]
    database.close()
