"""The steps to telephone numbers and to invitations made in the chat, tried on an invitation that is out there."""

from datetime import UTC, datetime

from storage import invitations, telephones
from storage.engine import open_database
from tests.storage.conftest import upgraded_with

ROWS = """
INSERT INTO invitations (id, code_hash, role, subject, invited_by, created_at, expires_at)
    VALUES (3, 'h', 'clerk', '浑南区', '沈阳市应急管理局', '2023-06-01 01:00:00.000000', '2023-07-01 01:00:00.000000')
"""


def test_an_invitation_from_before_stays_good_and_puts_nobody_in_anothers_place(database_url: str) -> None:
    upgraded_with(database_url, "0026", ROWS)
    database = open_database(database_url)
    (kept,) = database.look(lambda conn: invitations.unused(conn, datetime(2023, 6, 5, tzinfo=UTC)))
    assert (kept.id, kept.role, kept.made_by, kept.replaces) == (3, "clerk", None, None)
    assert database.look(telephones.everything) == []
    database.close()
