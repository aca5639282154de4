"""The campaign clock never goes backwards."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from storage import clock
from storage.clock import BackwardsError, Clock, RealClockError
from storage.engine import Door
from storage.tables import clock as table
from tests.storage.conftest import NOW

DAY = timedelta(days=1)


def start(door: Door, campaign: datetime, wall: datetime = NOW) -> None:
    door.run(lambda conn: clock.start(conn, campaign, wall))


def advance(door: Door, campaign: datetime, wall: datetime = NOW) -> None:
    door.run(lambda conn: clock.advance(conn, campaign, wall))


def read(door: Door) -> Clock:
    return door.look(clock.read)


def test_a_new_database_lives_in_real_time(door: Door) -> None:
    assert read(door) == Clock(timedelta(0), None, rehearsal=False)


def test_a_rehearsal_starts_once_and_only_moves_forward(door: Door) -> None:
    start(door, NOW - 900 * DAY)
    assert read(door) == Clock(-900 * DAY, None, rehearsal=True)
    start(door, NOW - 901 * DAY)
    assert read(door).offset == -900 * DAY
    start(door, NOW - 800 * DAY)
    assert read(door).offset == -800 * DAY


def test_a_restart_of_a_rehearsal_goes_on_where_it_was(door: Door) -> None:
    start(door, NOW - 900 * DAY)
    start(door, NOW - 900 * DAY, NOW + 3 * DAY)
    assert read(door).offset == -900 * DAY


def test_jumping_back_is_refused(door: Door) -> None:
    start(door, NOW)
    advance(door, NOW + DAY)
    with pytest.raises(BackwardsError):
        advance(door, NOW)
    with pytest.raises(BackwardsError):
        advance(door, NOW + DAY, NOW + timedelta(seconds=1))
    assert read(door).offset == DAY


def test_the_clock_that_people_live_by_does_not_jump(door: Door) -> None:
    with pytest.raises(RealClockError):
        advance(door, NOW + DAY)
    door.run(lambda conn: clock.mark_ticked(conn, NOW))
    with pytest.raises(BackwardsError):
        start(door, NOW - DAY)
    assert read(door) == Clock(timedelta(0), NOW, rehearsal=False)


def test_the_time_that_was_asked_for_has_come(door: Door) -> None:
    wall = NOW + timedelta(microseconds=400_000)
    start(door, NOW - DAY, wall)
    campaign = wall + read(door).offset
    assert NOW - DAY <= campaign < NOW - DAY + timedelta(seconds=1)


def test_a_tick_that_comes_late_changes_nothing(door: Door) -> None:
    for at in (NOW, NOW + DAY, NOW):
        door.run(lambda conn, at=at: clock.mark_ticked(conn, at))  # type: ignore[misc]  # bound now
    assert read(door).ticked_until == NOW + DAY


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["start", "jump"]), st.integers(-5, 5), st.integers(0, 2)), max_size=12)
)
def test_whatever_is_tried_campaign_time_never_goes_backwards(door: Door, steps: list[tuple[str, int, int]]) -> None:
    door.run(lambda conn: conn.execute(update(table).values(offset_seconds=0, rehearsal=False)).close())
    start(door, NOW)
    wall = last = NOW
    for what, days, pause in steps:
        wall += pause * DAY
        try:
            (start if what == "start" else advance)(door, NOW + days * DAY, wall)
        except BackwardsError:
            assert what == "jump"
        campaign = wall + read(door).offset
        assert campaign >= last
        last = campaign
