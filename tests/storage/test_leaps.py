"""The clock of the machine is believed as long as it goes on with the machine."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, update

from storage import clock as clock_of
from storage import leaps, outbox, signs
from storage.engine import Database
from storage.leaps import Machine
from storage.signs import Sign
from storage.tables import channel_accounts, clock, identities, people
from tests.storage.post import ACCOUNT, CHANNEL, claim_ids, letter, put
from tests.storage.post import NOW as POSTED

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
        (3 * DAY, 1, "b", None),
        (12 * DAY, 1, "b", 9 * DAY),
        (-2 * DAY, 1, "b", -2 * DAY),
        (3 * DAY, 0, "", None),
        (12 * DAY, 0, "", 9 * DAY),
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
        def job(conn: Connection) -> None:
            person = {"name": "甲", "language": "zh-CN", "joined_at": joined}
            number = conn.execute(insert(people).values(person).returning(people.c.id)).scalar_one()
            at = {"channel": channel, "account": "1", "external_id": str(number), "seen_at": NOW, "language": "zh-CN"}
            conn.execute(insert(identities).values(**at, person=number))

        database.run(job)

    assert not real()
    enter("terminal", NOW)
    enter("telegram", None)
    assert not real()
    enter("telegram", NOW)
    assert real()
    database.run(lambda conn: conn.execute(update(clock).values(rehearsal=True)).close())
    assert not real()


def test_a_clock_that_is_behind_what_is_stored_is_not_believed_before_the_first_look(database: Database) -> None:
    put(database, letter())
    for wall, by in ((POSTED, None), (POSTED - DAY, None), (POSTED - 2 * DAY, -2 * DAY), (POSTED + 99 * DAY, None)):
        assert database.look(lambda conn, wall=wall: leaps.leap(conn, wall, machine(1))) == by  # type: ignore[misc]
    # Who accepts it is not asked again: from then on the machine's own time is what counts.
    database.run(lambda conn: leaps.note(conn, POSTED - 2 * DAY, machine(1)))
    assert database.look(lambda conn: leaps.leap(conn, POSTED - 2 * DAY + HOUR, machine(2))) is None


def test_what_a_fast_clock_put_off_goes_on_once_the_right_one_is_accepted(database: Database) -> None:
    fast = POSTED + 12 * DAY
    (meant_for_then,) = put(database, letter("b", not_before=fast))

    def by_a_fast_clock(conn: Connection) -> None:
        outbox.put(conn, letter("a", not_before=fast), fast)
        conn.execute(update(channel_accounts).values(next_free=fast, throttled_until=fast))
        conn.execute(update(clock).values(ticked_until=fast))
        signs.note(conn, [Sign(signs.POLL, CHANNEL, ACCOUNT, fast)])

    database.run(by_a_fast_clock)
    assert claim_ids(database, POSTED + HOUR) == []
    database.run(lambda conn: leaps.accept(conn, POSTED + HOUR))
    (sent,) = claim_ids(database, POSTED + HOUR)
    assert sent != meant_for_then
    assert database.look(clock_of.read).ticked_until == POSTED + HOUR
    assert database.look(signs.known) == []
