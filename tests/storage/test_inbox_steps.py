"""The steps of the inbox, tried on rows that are out there, and with the version before at work."""

from storage import by_hand, fetching, inbox
from storage.engine import migration, open_database
from talk.messages import Address, Inbound, Kind
from tests.storage.conftest import NOW, upgraded_with

ROWS = """
INSERT INTO inbox (channel, account, update_id, external_id, raw, state, received_at)
    VALUES ('telegram', 'a', 3, '7', '{"x": 1}', 'waiting', '2023-06-05 01:00:00.000000');
INSERT INTO inbox (channel, account, update_id, external_id, raw, state, received_at)
    VALUES ('telegram', 'a', 4, '7', '{"x": 1}', 'done', '2023-06-05 01:00:00.000000')
"""
BESIDE = ROWS.strip().split(";\n")[1].replace("4,", "5,")
"""What a process of the version before writes on the new tables."""


def test_what_came_before_is_known_by_its_number(database_url: str) -> None:
    upgraded_with(database_url, "0042", ROWS)
    with migration(database_url) as conn:
        conn.exec_driver_sql(BESIDE)
    database = open_database(database_url)
    again = [Inbound(Address("telegram", "a", "7"), number, NOW, Kind.TEXT) for number in (3, 4, 5)]
    waited, done, beside = (database.run(lambda conn, one=one: inbox.receive(conn, one, NOW)) for one in again)  # type: ignore[misc]  # bound now
    assert (waited is not None, done, beside) == (True, None, None)
    found = [database.look(lambda conn, key=key: by_hand.update_of(conn, ("telegram", "a", key))) for key in "345"]  # type: ignore[misc]  # bound now
    assert [(one.id, one.event) for one in found if one] == [
        ("telegram/a/3", "3"),
        ("telegram/a/4", None),
        ("telegram/a/5", None),
    ]
    database.close()


def test_what_waited_before_waits_for_whoever_polls(database_url: str) -> None:
    upgraded_with(database_url, "0043", ROWS)
    with migration(database_url) as conn:
        conn.exec_driver_sql(ROWS.split(";\n", maxsplit=1)[0].replace("3,", "6,"))
    database = open_database(database_url)
    assert [number for number, _ in database.run(lambda conn: inbox.waiting(conn, "telegram", "a"))] == [3, 6]
    assert not database.look(lambda conn: fetching.waits(conn, "telegram", "a", NOW, idle=True))
    database.close()
