"""The step to both days of a certificate: what the register still has is known apart, the rest stays as it was kept."""

from datetime import date

import pytest

from storage import permits
from storage.engine import open_database
from tests.storage.conftest import upgraded_with

AT = "'2023-06-05 01:00:00.000000'"
ROWS = """
INSERT INTO enterprises (code, name, likeness, district, sector, municipal, supervisor, sector_department,
    principal_name, officer_name, employees, updated_at, state)
    VALUES ('A', '甲', '甲', '浑南区', 'machinery', false, '区局', '区局', '乙', '丙', 3, @, 'active');
INSERT INTO people (id, name, language, joined_at) VALUES (1, '乙', 'zh-CN', @);
INSERT INTO conversations (id, dialog, person, started_by, brief, state, started_at, touched_at)
    VALUES (1, 'permit-application', 1, 1, '{}', 'finished', @, @);
INSERT INTO permit_points (id, enterprise, name, likeness) VALUES (1, 'A', '机房', '机房');
INSERT INTO permits (id, code, day, number, enterprise, district, applicant, conversation, level, upgraded, state,
    begun, starts, until, point, token, application, sample, submitted_at, created_at)
    VALUES (1, 'D-0605-01', '2023-06-05', 1, 'A', '浑南区', 1, 1, 'first', false, 'submitted',
    false, @, '2023-06-05 08:00:00.000000', 1, 't', '{}', true, @, @);
INSERT INTO workers (id, enterprise, name, trade, certificate, certificate_masked, certificate_hash, issued,
    review_due, valid_until, updated_at) VALUES
    (1, 'A', '何演松', '焊接', x'00', 'T*1', 'h1', '2021-09-01', '2024-08-31', '2027-08-31', @),
    (2, 'A', '吕演柏', '焊接', x'00', 'T*2', 'h2', '2021-09-01', '2026-08-31', '2029-08-31', @);
INSERT INTO permit_people (permit, seat, name, worker, certificate, valid_until) VALUES
    (1, 'welder', '何演松', 1, 'T*1', '2024-08-31'),
    (1, 'welder', '吕演柏', 2, 'T*2', '2023-08-31'),
    (1, 'guardian', '吴演看', NULL, NULL, NULL)
""".replace("@", AT)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_day_that_the_register_still_has_is_known_for_what_it_is(database_url: str) -> None:
    upgraded_with(database_url, "0037", ROWS)
    database = open_database(database_url)
    kept = database.look(lambda conn: permits.people_of(conn, 1))
    assert [(one.name, one.review_due, one.valid_until) for one in kept] == [
        ("何演松", date(2024, 8, 31), date(2027, 8, 31)),
        ("吕演柏", None, date(2023, 8, 31)),
        ("吴演看", None, None),
    ]
    database.close()
