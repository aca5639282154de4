"""The clock of the machine is believed as long as it goes on with the machine."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from storage import leaps
from storage.engine import Database
from storage.leaps import Machine
from storage.tables import clock, identities, people

NOW = datetime(2023, 6, 5, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def machine(hours: float, booted: str = "a") -> Machine:
    return Machine(booted, hours * HOUR)


@pytest.mark.parametrize(
    ("later", "ran", "booted", "found"),
    [
        (HOUR, 11, "a", None),
        # Off by less than a day either way: a clock is set now and then.
        (HOUR + DAY, 11, "a", None),
        (HOUR - DAY, 11, "a", None),
        (HOUR + 25 * HOUR, 11, "a", 25 * HOUR),
        (-30 * HOUR, 11, "a", -31 * HOUR),
        # It slept, or nobody ticked, for weeks: the machine knows.
        (20 * DAY, 10 + 480, "a", None),
        (3650 * DAY, 11, "a", 3650 * DAY - HOUR),
        # It was started anew: what lies between is not known, but it is no year and not negative.
        (20 * DAY, 1, "b", None),
        (400 * DAY, 1, "b", 369 * DAY),
        (-2 * DAY, 1, "b", -2 * DAY),
        (20 * DAY, 0, "", None),
        (400 * DAY, 0, "", 369 * DAY),
    ],
)
def test_a_leap_is_told_from_the_passing_of_time(
    database: Database, later: timedelta, ran: float, booted: str, found: timedelta | None
) -> None:
    assert database.look(lambda conn: leaps.leap(conn, NOW, machine(10))) is None
    database.run(lambda conn: leaps.note(conn, NOW, machine(10)))
    assert database.look(lambda conn: leaps.leap(conn, NOW + later, machine(ran, booted))) == found


def test_data_is_real_once_somebody_joined_on_a_platform(database: Database) -> None:
    def real() -> bool:
        return database.look(lambda conn: leaps.is_real(conn, but="terminal"))

    def enter(channel: str, joined: datetime | None) -> None:
        def job(conn: object) -> None:
            person = {"name": "甲", "language": "zh-CN", "joined_at": joined}
            number = conn.execute(insert(people).values(person).returning(people.c.id)).scalar_one()  # type: ignore[attr-defined]
            at = {"channel": channel, "account": "1", "external_id": str(number), "seen_at": NOW, "language": "zh-CN"}
            conn.execute(insert(identities).values(**at, person=number))  # type: ignore[attr-defined]

        database.run(job)

    assert not real()
    enter("terminal", NOW)
    enter("telegram", None)
    assert not real()
    enter("telegram", NOW)
    assert real()
    database.run(lambda conn: conn.execute(update(clock).values(rehearsal=True)).close())
    assert not real()
