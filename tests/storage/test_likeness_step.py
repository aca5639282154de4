"""The step to one form of names, tried on enterprises, places of hot work and inspectors that are out there."""

from typing import Any

from sqlalchemy import Connection, MetaData, Table, insert, select

from storage import checks, permits, registry
from storage.engine import migration, open_database
from storage.permit_tables import permits as permit_rows
from storage.schema import upgrade
from tests.storage.conftest import NOW

ENTERPRISE = {
    **dict.fromkeys(("district", "sector", "supervisor", "sector_department", "principal_name", "officer_name"), ""),
    "code": "A",
    "name": "沈阳⻘禾•商厦",
    "municipal": False,
    "employees": 5,
    "updated_at": NOW,
}
TALK = {"id": 1, "dialog": "permit-application", "person": 1, "started_by": 1, "brief": {}, "state": "finished"}
PLACES = ("1号•库", "1号·库", "2号—库", "2号-库", "3号库")
PERMIT = {
    "day": NOW.date(),
    "enterprise": "A",
    "district": "浑南区",
    "applicant": 1,
    "conversation": 1,
    "level": "second",
    "upgraded": False,
    "starts": NOW,
    "until": NOW.replace(hour=23),
    "application": {},
    "sample": False,
    "submitted_at": NOW,
    "created_at": NOW,
}
PERMITS = ((1, 1, "approved", False), (2, 2, "started", True), (3, 3, "started", True), (4, 4, "suspended", True))
INSPECTORS = ((1, "浑南区", "阿里•江"), (2, "浑南区", "阿里·江"), (3, "大东区", "阿里·江"))


def enter(conn: Connection, table: str, *rows: dict[str, Any]) -> None:
    """Write rows into a table as it is in the database, not in the code."""
    conn.execute(insert(Table(table, MetaData(), autoload_with=conn)), list(rows))


def rows_from_before(conn: Connection) -> None:
    enter(conn, "enterprises", ENTERPRISE)
    enter(conn, "people", {"id": 1, "name": "甲", "language": "zh-CN", "joined_at": NOW})
    enter(conn, "conversations", {**TALK, "started_at": NOW, "touched_at": NOW})
    points = [{"id": n, "enterprise": "A", "name": name, "likeness": name} for n, name in enumerate(PLACES, 1)]
    enter(conn, "permit_points", *points)
    for number, point, state, begun in PERMITS:
        own = {"id": number, "number": number, "code": f"D-0605-0{number}", "token": f"T{number}"}
        enter(conn, "permits", {**PERMIT, **own, "point": point, "state": state, "begun": begun})
    for number, place, name in INSPECTORS:
        enter(conn, "inspectors", {"id": number, "place": place, "name": name, "likeness": name, "since": NOW})


def test_two_spellings_from_before_become_one_and_nothing_is_lost(database_url: str) -> None:
    upgrade(database_url, "0023")
    with migration(database_url) as conn:
        rows_from_before(conn)
    upgrade(database_url)
    database = open_database(database_url)
    found = database.look(lambda conn: registry.called(conn, "青禾·商厦"))
    assert [one.name for one in found] == ["沈阳⻘禾•商厦"]
    # One place as it was first written, unless work goes on at both: then whoever names it anew means the first.
    named = database.look(lambda conn: [permits.known_point(conn, "A", name) for name in ("1号库", "2号—库", "3号库")])
    assert named == [1, 3, 5]
    at = select(permit_rows.c.id, permit_rows.c.point).order_by(permit_rows.c.id)
    moved = database.look(lambda conn: [tuple(row) for row in conn.execute(at)])
    assert moved == [(1, 1), (2, 1), (3, 3), (4, 4)]
    points = database.look(lambda conn: permits.points(conn, "A"))
    assert {point.name for point in points} == {"1号•库", "2号—库", "2号-库", "3号库"}
    serving = database.look(lambda conn: [checks.serving(conn, place) for place in ("浑南区", "大东区")])
    assert [[one.name for one in each] for each in serving] == [["阿里•江"], ["阿里·江"]]
    assert set(database.look(lambda conn: checks.inspectors_by_id(conn, (1, 2, 3)))) == {1, 2, 3}
    database.close()
