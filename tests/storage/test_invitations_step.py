"""The steps to telephone numbers and to invitations made in the chat, tried on an invitation that is out there."""

from datetime import UTC, datetime

from storage import invitations, notices, telephones
from storage.engine import open_database
from storage.notices import Recipient
from tests.storage.conftest import upgraded_with

ROWS = """
INSERT INTO invitations (id, code_hash, role, subject, invited_by, created_at, expires_at)
    VALUES (3, 'h', 'clerk', '浑南区', '沈阳市应急管理局', '2023-06-01 01:00:00.000000', '2023-07-01 01:00:00.000000')
"""


NOTICE = """
INSERT INTO people (id, name, language, joined_at) VALUES (1, '郑演丙', 'zh-CN', '2023-06-01 01:00:00.000000');
INSERT INTO enterprises (code, name, likeness, district, sector, municipal, supervisor, sector_department,
    principal_name, officer_name, employees, updated_at)
    VALUES ('A', '甲', '甲', '浑南区', 'machinery', false, '区局', '区局', '乙', '丙', 3, '2023-06-01 01:00:00.000000');
INSERT INTO conversations (id, dialog, person, started_by, brief, state, started_at, touched_at)
    VALUES (1, 'notice', 1, 1, '{}', 'finished', '2023-06-01 01:00:00.000000', '2023-06-01 01:00:00.000000');
INSERT INTO notices (id, place, "by", conversation, responsible, state, text, files, audience, until, digest,
    written_at, confirmed_at, round)
    VALUES (1, '浑南区', 1, 1, 1, 'queued', '台风', '[]', '{}', '2023-06-30', '', '2023-06-01 01:00:00.000000',
    '2023-06-01 01:00:00.000000', 1);
INSERT INTO notice_recipients (notice, person, enterprise, role, district, acknowledged_at)
    VALUES (1, 1, 'A', 'principal', '浑南区', '2023-06-01 01:00:00.000000')
"""


def test_a_recipient_from_before_stays_one_and_can_stand_for_another_enterprise(database_url: str) -> None:
    upgraded_with(database_url, "0030", NOTICE)
    database = open_database(database_url)
    more = Recipient(1, None, "clerk", "浑南区")
    for _ in range(2):
        database.run(lambda conn: notices.add_recipients(conn, 1, [more, Recipient(1, "A", "principal", "浑南区")]))
    assert len(database.look(lambda conn: notices.as_recipients(conn, 1, 1))) == 2
    assert database.look(lambda conn: notices.tallies(conn, [1]))[1].acknowledged == 1
    database.close()


def test_an_invitation_from_before_stays_good_and_puts_nobody_in_anothers_place(database_url: str) -> None:
    upgraded_with(database_url, "0026", ROWS)
    database = open_database(database_url)
    (kept,) = database.look(lambda conn: invitations.unused(conn, datetime(2023, 6, 5, tzinfo=UTC)))
    assert (kept.id, kept.role, kept.made_by, kept.replaces) == (3, "clerk", None, None)
    assert database.look(telephones.everything) == []
    database.close()
