"""The campaign clock never goes backwards."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from storage import clock
from storage.clock import BackwardsError, Clock, RealClockError
from storage.engine import Database
from storage.tables import clock as table
from tests.storage.conftest import NOW

DAY = timedelta(days=1)


def start(database: Database, campaign: datetime, wall: datetime = NOW) -> None:
    database.run(lambda conn: clock.start(conn, campaign, wall))


def advance(database: Database, campaign: datetime, wall: datetime = NOW) -> None:
    database.run(lambda conn: clock.advance(conn, campaign, wall))


def read(database: Database) -> Clock:
    return database.look(clock.read)


def test_a_new_database_lives_in_real_time(database: Database) -> None:
    assert read(database) == Clock(timedelta(0), None, rehearsal=False)


def test_a_rehearsal_starts_once_and_only_moves_forward(database: Database) -> None:
    start(database, NOW - 900 * DAY)
    assert read(database) == Clock(-900 * DAY, None, rehearsal=True)
    start(database, NOW - 901 * DAY)
    assert read(database).offset == -900 * DAY
    start(database, NOW - 800 * DAY)
    assert read(database).offset == -800 * DAY


def test_a_restart_of_a_rehearsal_goes_on_where_it_was(database: Database) -> None:
    start(database, NOW - 900 * DAY)
    start(database, NOW - 900 * DAY, NOW + 3 * DAY)
    assert read(database).offset == -900 * DAY


def test_jumping_back_is_refused(database: Database) -> None:
    start(database, NOW)
    advance(database, NOW + DAY)
    with pytest.raises(BackwardsError):
        advance(database, NOW)
    with pytest.raises(BackwardsError):
        advance(database, NOW + DAY, NOW + timedelta(seconds=1))
    assert read(database).offset == DAY


def test_the_clock_that_people_live_by_does_not_jump(database: Database) -> None:
    with pytest.raises(RealClockError):
        advance(database, NOW + DAY)
    database.run(lambda conn: clock.mark_ticked(conn, NOW))
    with pytest.raises(BackwardsError):
        start(database, NOW - DAY)
    assert read(database) == Clock(timedelta(0), NOW, rehearsal=False)


def test_the_time_that_was_asked_for_has_come(database: Database) -> None:
    wall = NOW + timedelta(microseconds=400_000)
    start(database, NOW - DAY, wall)
    campaign = wall + read(database).offset
    assert NOW - DAY <= campaign < NOW - DAY + timedelta(seconds=1)


def test_a_tick_that_comes_late_changes_nothing(database: Database) -> None:
    for at in (NOW, NOW + DAY, NOW):
        database.run(lambda conn, at=at: clock.mark_ticked(conn, at))  # type: ignore[misc]  # bound now
    assert read(database).ticked_until == NOW + DAY


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["start", "jump"]), st.integers(-5, 5), st.integers(0, 2)), max_size=12)
)
def test_whatever_is_tried_campaign_time_never_goes_backwards(
    database: Database, steps: list[tuple[str, int, int]]
) -> None:
    database.run(lambda conn: conn.execute(update(table).values(offset_seconds=0, rehearsal=False)).close())
    start(database, NOW)
    wall = last = NOW
    for what, days, pause in steps:
        wall += pause * DAY
        try:
            (start if what == "start" else advance)(database, NOW + days * DAY, wall)
        except BackwardsError:
            assert what == "jump"
        campaign = wall + read(database).offset
        assert campaign >= last
        last = campaign
