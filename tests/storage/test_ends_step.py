"""The step to roles that end by others, tried on roles and invitations that are out there."""

from datetime import datetime

from storage import invitations, people
from storage.engine import open_database
from tests.storage.conftest import upgraded_with

NOW = datetime.fromisoformat("2023-07-01T09:00:00+08:00")
ROWS = """
INSERT INTO people (id, name, language, joined_at) VALUES (1, '甲', 'zh-CN', '2023-06-01 01:00:00.000000');
INSERT INTO people (id, name, language, joined_at, left_at)
    VALUES (2, '已退出人员', 'zh-CN', '2023-06-01 01:00:00.000000', '2023-06-02 01:00:00.000000');
INSERT INTO identities (channel, account, external_id, person, seen_at, declined, language)
    VALUES ('web', 'test', '甲', 1, '2023-06-01 01:00:00.000000', false, 'zh-CN');
INSERT INTO memberships (id, person, role, subject, state, since)
    VALUES (1, 1, 'principal', 'A', 'active', '2023-06-01 01:00:00.000000');
INSERT INTO memberships (id, person, role, subject, state, since, until)
    VALUES (2, 2, 'officer', 'A', 'ended', '2023-06-01 01:00:00.000000', '2023-06-02 01:00:00.000000');
INSERT INTO invitations (id, code_hash, role, subject, invited_by, created_at, expires_at)
    VALUES (1, 'ab', 'officer', 'A', '浑南区应急管理局', '2023-06-25 01:00:00.000000', '2023-07-25 01:00:00.000000')
"""


def test_roles_and_invitations_from_before_hold_as_they_did(database_url: str) -> None:
    upgraded_with(database_url, "0016", ROWS)
    database = open_database(database_url)
    held, gone = database.look(people.posts)
    assert (held.state, held.ends_at, held.is_questioned, held.reviewed_at) == ("active", None, False, None)
    assert (gone.state, gone.reason) == ("ended", None)
    assert database.look(lambda conn: people.ended_by(conn, NOW)) == []
    assert database.look(lambda conn: people.address_of(conn, 1)) is not None
    (invitation,) = database.look(invitations.given)
    assert (invitation.stands(NOW), invitation.person, invitation.role_ends_at) == ("open", None, None)
    # The numbers go on where they were.
    assert database.run(lambda conn: people.grant(conn, 1, "officer", "B", "active", NOW)) == 3
    database.close()
