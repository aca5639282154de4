"""A statement takes however many values it is asked about: they are one parameter."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, select

from storage import checks, duties, filings, hazards, kept_files, notices, people, permits, progress, registry
from storage.engine import Database
from storage.tables import duties as rows
from tests.storage.conftest import NOW

NUMBERS = range(1, 70_001)
"""SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535."""
CODES = [f"9121{number:014}" for number in NUMBERS]


def test_a_morning_on_which_a_city_rises_is_no_error(database: Database) -> None:
    """Of 200,000 duties that rang at once the tick failed, and so did each one after it."""

    def open_two(conn: Connection) -> None:
        for period in ("2023-05", "2023-06"):
            duties.open_event(
                conn,
                obligation="drill",
                subject="x",
                period=period,
                enterprise=None,
                district="x",
                owner="clerk",
                opens=NOW,
                due=None,
            )

    database.run(open_two)
    assert {one.id for one in database.look(duties.find)} < set(NUMBERS)
    database.run(lambda conn: duties.escalate(conn, range(1, 200_001), "city", NOW))
    risen = database.look(lambda conn: conn.execute(select(rows.c.escalated).order_by(rows.c.id)).scalars().all())
    assert risen == ["city", "city"]
    assert database.look(lambda conn: len(duties.find(conn, ids=NUMBERS))) == 2


ASKED: tuple[Callable[[Connection], Any], ...] = (
    lambda conn: duties.receipts_of(conn, NUMBERS),
    lambda conn: duties.of_subjects(conn, CODES),
    lambda conn: filings.promised(conn, NUMBERS),
    lambda conn: progress.explanations(conn, NUMBERS),
    lambda conn: progress.nudged(conn, NOW.date(), NUMBERS),
    lambda conn: people.names(conn, NUMBERS),
    lambda conn: people.question(conn, NUMBERS, NOW),
    lambda conn: people.review(conn, NUMBERS, NOW, None),
    lambda conn: registry.of_codes(conn, CODES),
    lambda conn: registry.of_name(conn, CODES)[CODES[0]],
    lambda conn: hazards.by_number(conn, NUMBERS),
    lambda conn: permits.steps_of(conn, NUMBERS),
    lambda conn: checks.signatures(conn, NUMBERS),
    lambda conn: notices.acknowledged(conn, [(number, number) for number in NUMBERS]),
    lambda conn: kept_files.forget(conn, {f"{number:064x}" for number in NUMBERS}),
)


def test_nobody_is_asked_about_too_many(database: Database) -> None:
    for ask in ASKED:
        assert not database.run(ask)
