"""The step to the life of enterprises, tried on enterprises and duties that are out there."""

from datetime import datetime

from storage import duties, duty_planning, enterprise_life, registry
from storage.engine import open_database
from tests.storage.conftest import upgraded_with

NOW = datetime.fromisoformat("2023-07-01T09:00:00+08:00")
ROWS = """
INSERT INTO enterprises (code, name, district, sector, municipal, supervisor, sector_department, principal_name,
    officer_name, employees, updated_at)
    VALUES ('A', '甲', '浑南区', 'machinery', false, '区局', '区局', '乙', '丙', 3, '2023-06-01 01:00:00.000000');
INSERT INTO duties (id, obligation, subject, period, enterprise, district, owner, opens, due, status)
    VALUES (7, 'study-plan', 'A', 'once', 'A', '浑南区', 'principal', '2023-06-01 01:00:00.000000',
    '2023-07-30 01:00:00.000000', 'excused')
"""


def test_enterprises_and_duties_from_before_are_at_work_and_not_held(database_url: str) -> None:
    upgraded_with(database_url, "0021", ROWS)
    database = open_database(database_url)
    (kept,) = database.look(registry.all_enterprises).values()
    assert (kept.name, kept.is_active, kept.state_since) == ("甲", True, None)
    assert database.run(lambda conn: duty_planning.follow_lives(conn, NOW)) == 0
    (duty,) = database.look(duties.find)
    assert (duty.id, duty.status, duty.held) == (7, "excused", None)
    assert database.look(lambda conn: enterprise_life.turned(conn, NOW)) == []
    database.close()
