"""The budget of an account: paced letters keep the rate, urgent ones do not wait for it."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import sending
from storage.accounts import AHEAD, DEBT, MARGIN, Budget
from storage.engine import Database
from storage.outbox import DEADLINE, NOTICE, REPLY, Claimed
from tests.storage.post import ACCOUNT, CHANNEL, NOW, account_row, claim, fill, letter, put

SECOND = timedelta(seconds=1)
GAP = SECOND * MARGIN / 10


def slots(claimed: list[Claimed]) -> list[datetime]:
    return [one.slot for one in claimed if one.priority > REPLY]


@given(
    rate=st.floats(0.5, 400),
    steps=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 30), st.integers(1, 256)), max_size=40),
)
def test_whenever_it_is_asked_no_second_has_more_paced_slots_than_the_rate(
    rate: float, steps: list[tuple[int, int, int]]
) -> None:
    now, free = NOW, NOW
    taken: list[datetime] = []
    for pause, urgent, most in steps:
        now += timedelta(milliseconds=pause)
        budget = Budget(rate, free, now)
        for _ in range(urgent):
            budget.spend()
        if not urgent:
            taken.extend(budget.slot() for _ in range(budget.room(most)))
        free = budget.next_free
        assert free <= now + max(DEBT, AHEAD) + SECOND * MARGIN / rate
    assert taken == sorted(taken)
    for earlier, later in pairwise(taken):
        assert later - earlier >= SECOND / rate - timedelta(microseconds=1)


@given(rate=st.floats(1, 400), ticks=st.lists(st.integers(1, 150), min_size=60, max_size=60))
def test_asked_in_time_it_wastes_no_slot(rate: float, ticks: list[int]) -> None:
    now, free, taken = NOW, NOW, 0
    for tick in ticks:
        budget = Budget(rate, free, now)
        room = budget.room(1000)
        for _ in range(room):
            budget.slot()
        taken, free = taken + room, budget.next_free
        now += min(timedelta(milliseconds=tick), max(budget.again_at - now, timedelta(milliseconds=1)))
    assert taken >= int((now - NOW) / SECOND * rate / MARGIN)


def test_no_rate_no_waiting() -> None:
    budget = Budget(0, NOW + SECOND, NOW)
    assert budget.room(77) == 77


def test_notices_are_paced_and_replies_are_not(database: Database) -> None:
    database.run(lambda conn: fill(conn, 50, addresses=50, priority=NOTICE))
    put(database, *(letter(f"r{number}") for number in range(9)))
    urgent = [one for one in claim(database, limit=100, rate=10) if one.priority == REPLY]
    while len(urgent) < 9:
        urgent += claim(database, limit=100, rate=10)
    assert [one.slot for one in urgent] == [NOW] * 9
    assert claim(database, limit=100, rate=10) == []


def test_slots_are_reserved_across_claims(database: Database) -> None:
    database.run(lambda conn: fill(conn, 50, addresses=50, priority=DEADLINE))
    now, taken = NOW, list[datetime]()
    while now < NOW + 2 * SECOND:
        taken += slots(claim(database, now, limit=100, rate=10))
        now += timedelta(milliseconds=50)
    assert taken == [NOW + number * GAP for number in range(len(taken))]
    assert len(taken) >= 20
    assert account_row(database).next_free == NOW + len(taken) * GAP


def test_a_claim_says_when_there_is_room_again(database: Database) -> None:
    database.run(lambda conn: fill(conn, 50, addresses=50, priority=NOTICE))
    now = NOW
    for _ in range(8):
        done = database.run(lambda conn, now=now: sending.claim(conn, CHANNEL, ACCOUNT, now, limit=100, rate=10))  # type: ignore[misc]
        assert done.again is not None
        assert done.letters or done.again > now
        now = max(now, done.again)
    assert now > NOW + SECOND / 2


@pytest.mark.parametrize("rate", [0, 10])
def test_nothing_left_to_claim_says_nothing(database: Database, rate: float) -> None:
    put(database, letter(priority=NOTICE))
    done = database.run(lambda conn: sending.claim(conn, CHANNEL, ACCOUNT, NOW, limit=10, rate=rate))
    assert (len(done.letters), done.again) == (1, None)


def test_what_is_taken_back_costs_no_slot(database: Database) -> None:
    put(database, letter("a", priority=NOTICE), letter("b", priority=NOTICE))
    gone: dict[int, None] = {}

    def cancel_first(_: object, letters: list[Claimed]) -> dict[int, None]:
        gone[letters[0].id] = None
        return gone

    (left,) = claim(database, rate=10, before_send=cancel_first)
    assert left.slot == NOW
    assert account_row(database).next_free == NOW + GAP


def test_what_leaves_long_after_its_slot_is_paid_for_once_more(database: Database) -> None:
    """Else two processes that stood still would send what they had in hand among what is due by then."""
    put(database, letter(priority=NOTICE))
    done = database.run(lambda conn: sending.claim(conn, CHANNEL, ACCOUNT, NOW, limit=9, rate=10, late=20))
    assert done.letters == ()
    assert account_row(database).next_free == NOW + 20 * GAP
    assert len(claim(database, NOW + 20 * GAP, rate=10)) == 1


def test_a_burst_of_replies_is_paid_for_by_notices_but_not_for_ever(database: Database) -> None:
    put(database, *(letter(f"r{number}") for number in range(60)), letter(priority=NOTICE))
    urgent = [one for _ in range(8) for one in claim(database, limit=10, rate=10)]
    assert len(urgent) == 60
    assert account_row(database).next_free == NOW + DEBT
    assert claim(database, NOW + DEBT / 2, rate=10) == []
    assert len(claim(database, NOW + DEBT, rate=10)) == 1
