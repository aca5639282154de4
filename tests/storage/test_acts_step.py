"""The step to acts of several updates, tried on rows that are out there."""

from storage import inbox
from storage.engine import open_database
from talk.messages import Address, Inbound, Kind
from tests.storage.conftest import NOW, upgraded_with

ROW = """
INSERT INTO inbox (channel, account, update_id, external_id, raw, state, received_at)
    VALUES ('telegram', 'a', 3, '7', '{"x": 1}', 'waiting', '2023-06-05 01:00:00.000000')
"""


def test_what_waited_before_is_taken_and_names_its_act(database_url: str) -> None:
    upgraded_with(database_url, "0022", ROW)
    database = open_database(database_url)
    assert database.look(lambda conn: inbox.waiting(conn, "telegram", "a")) == [(3, {"x": 1})]
    address = Address("telegram", "a", "7")
    first, second = (Inbound(address, number, NOW, Kind.FILE, act="album/1") for number in (3, 4))
    assert database.look(lambda conn: inbox.earlier(conn, second)) is None
    assert database.run(lambda conn: inbox.receive(conn, first, NOW))
    assert database.look(lambda conn: inbox.earlier(conn, second)) == inbox.Became(None, None)
    database.run(lambda conn: inbox.became(conn, first, 41, "photos"))
    assert database.look(lambda conn: inbox.earlier(conn, second)) == inbox.Became(41, "photos")
    assert database.look(lambda conn: inbox.earlier(conn, first)) is None
    database.close()
