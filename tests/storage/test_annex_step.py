"""The step to the annex table, tried on hazards that are out there."""

from sqlalchemy import select

from storage.engine import open_database
from storage.tables import hazard_steps, hazards
from tests.storage.conftest import upgraded_with

ROWS = """
INSERT INTO enterprises (code, name, district, sector, municipal, supervisor, sector_department, principal_name,
    officer_name, employees, updated_at) VALUES ('A', '白桦', '浑南区', 'light', true, '', '', '甲', '乙', 85,
    '2023-06-05 01:00:00.000000');
INSERT INTO enterprises (code, name, district, sector, municipal, supervisor, sector_department, principal_name,
    officer_name, employees, updated_at) VALUES ('B', '青禾', '浑南区', 'light', false, '', '', '甲', '乙', 85,
    '2023-06-05 01:00:00.000000');
INSERT INTO hazards (id, enterprise, district, origin, place, device_failed, state, found_at)
    VALUES (7, 'A', '浑南区', 'enterprise', '冷库', false, 'found', '2023-06-05 01:00:00.000000');
INSERT INTO hazards (id, enterprise, district, origin, place, device_failed, state, found_at)
    VALUES (8, 'B', '浑南区', 'enterprise', '冷库', false, 'found', '2023-06-05 01:00:00.000000');
INSERT INTO hazard_steps (hazard, at, event, data) VALUES (7, '2023-06-05 01:00:00.000000', 'found', '{}')
"""


def test_a_hazard_that_is_there_counts_for_whoever_supervises_its_enterprise_now(database_url: str) -> None:
    upgraded_with(database_url, "0009", ROWS)
    database = open_database(database_url)
    found = database.look(lambda conn: conn.execute(select(hazards.c.id, hazards.c.municipal).order_by("id")).all())
    assert [tuple(row) for row in found] == [(7, True), (8, False)]
    assert database.look(lambda conn: conn.execute(select(hazard_steps.c.hazard)).scalars().all()) == [7]
    database.close()
