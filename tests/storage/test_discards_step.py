"""The step to talks that are discarded, tried on talks that are out there."""

from datetime import UTC, datetime

from storage import conversations
from storage.engine import open_database
from tests.storage.conftest import upgraded_with

NOW = datetime(2023, 7, 1, tzinfo=UTC)
ROWS = """
INSERT INTO people (id, name, language, joined_at) VALUES (3, '郑演丙', 'zh-CN', '2023-06-01 01:00:00.000000');
INSERT INTO conversations (id, dialog, person, started_by, brief, state, started_at, touched_at)
    VALUES (7, 'plain', 3, 3, '{}', 'aside', '2023-06-01 01:00:00.000000', '2023-06-01 01:00:00.000000'),
    (8, 'plain', 3, 3, '{}', 'front', '2023-06-01 01:00:00.000000', '2023-06-01 01:00:00.000000');
INSERT INTO answers (conversation, key, seq, current, rev, raw, value, wording, person, at)
    VALUES (7, 'note', 1, true, 1, '已办', '"已办"', '怎么办的？', 3, '2023-06-01 01:00:00.000000');
"""


def test_talks_from_before_go_on_and_one_put_away_can_be_discarded(database_url: str) -> None:
    upgraded_with(database_url, "0030", ROWS)
    database = open_database(database_url)
    assert database.look(lambda conn: conversations.remembered(conn, 7)).keys() == {"note"}
    assert database.run(lambda conn: conversations.front(conn, 3)).id == 8  # type: ignore[union-attr]
    database.run(lambda conn: conversations.discard(conn, 7, NOW))
    left = database.run(lambda conn: conversations.by_id(conn, 7))
    assert left is not None
    assert left.state == "discarded"
    assert database.look(lambda conn: conversations.remembered(conn, 7)) == {}
    assert [talk.id for talk in database.run(lambda conn: conversations.unfinished(conn, 3))] == [8]
    database.close()
