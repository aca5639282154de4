"""The outbox: who leaves when, once, and what becomes of it."""

from collections import Counter
from datetime import datetime, timedelta
from multiprocessing import get_context
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select

from storage import outbox
from storage.engine import Door, open_door
from storage.outbox import DEADLINE, NOTICE, REPLY, Claimed, Letter, claim, put, settle
from storage.tables import channel_accounts, identities
from storage.tables import outbox as table
from talk.messages import (
    Address,
    Broken,
    ChannelDown,
    Outbound,
    Outcome,
    Refused,
    Rejected,
    Sent,
    Throttled,
)
from tests.storage.conftest import NOW

SECOND = timedelta(seconds=1)


def letter(name: str, to: str = "甲", priority: int = REPLY, **more: Any) -> Letter:
    """A letter to somebody."""
    fields = {"person": None, "kind": "reply", "duty": None, "not_before": NOW, "expires_at": None}
    message = Outbound(name, card=more.pop("card", None))
    return Letter(name, priority, Address("web", "test", to), message=message, **{**fields, **more})


def queue(door: Door, *letters: Letter) -> None:
    """Put letters into the outbox."""

    def job(conn: Connection) -> None:
        outbox.open_account(conn, "web", "test")
        for one in letters:
            put(conn, one, NOW)

    door.run(job)


def take(door: Door, at: datetime = NOW, limit: int = 10, rate: float = 0) -> list[Claimed]:
    """Claim what may leave."""
    return door.run(lambda conn: claim(conn, "web", "test", at, limit=limit, rate=rate))


def end(door: Door, claimed: Claimed, outcome: Outcome, at: datetime = NOW) -> None:
    """Settle a letter."""
    door.run(lambda conn: settle(conn, claimed, outcome, at))


def states(door: Door) -> dict[str, str]:
    """The state of each letter by its text."""
    return dict(door.look(lambda conn: [tuple(r) for r in conn.execute(select(table.c.dedupe, table.c.state))]))


def texts(claimed: list[Claimed]) -> list[str]:
    return [one.message.text for one in claimed]


def test_the_same_letter_is_queued_once(door: Door) -> None:
    queue(door, letter("a"), letter("a"))
    assert texts(take(door)) == ["a"]


def test_replies_before_deadlines_before_notices(door: Door) -> None:
    queue(door, letter("n", "甲", NOTICE), letter("d", "乙", DEADLINE), letter("r", "丙", REPLY))
    assert texts(take(door)) == ["r", "d", "n"]


def test_of_one_address_only_the_first_leaves_until_it_is_settled(door: Door) -> None:
    queue(door, letter("1"), letter("2"), letter("other", "乙"))
    first, other = take(door)
    assert (first.message.text, other.message.text) == ("1", "other")
    assert take(door) == []
    end(door, first, Sent("m1"))
    assert texts(take(door)) == ["2"]


def test_what_waits_for_a_retry_keeps_its_place_and_what_is_planned_for_later_blocks_nobody(door: Door) -> None:
    queue(door, letter("morning", priority=REPLY, not_before=NOW + timedelta(hours=9)), letter("1"), letter("2"))
    (first,) = take(door)
    end(door, first, Broken("reset"))
    assert take(door) == []
    assert texts(take(door, NOW + 5 * SECOND)) == ["1"]


def test_a_lease_that_ran_out_is_given_to_another(door: Door) -> None:
    queue(door, letter("1"))
    take(door)
    assert take(door, NOW + outbox.LEASE - SECOND) == []
    (again,) = take(door, NOW + outbox.LEASE)
    assert (again.message.text, again.attempts) == ("1", 2)


def test_a_notice_goes_out_once_at_most(door: Door) -> None:
    queue(door, letter("1", priority=NOTICE), letter("2", "乙", NOTICE))
    first, second = take(door)
    end(door, second, Broken("time-out"))
    assert take(door, NOW + outbox.LEASE) == []
    assert states(door) == {"1": "failed", "2": "failed"}
    del first


def test_a_broken_letter_comes_to_an_end_and_lets_the_next_one_pass(door: Door) -> None:
    queue(door, letter("1"), letter("2"))
    at = NOW
    for _ in range(outbox.ATTEMPTS):
        (one,) = take(door, at)
        assert one.message.text == "1"
        end(door, one, Broken("reset"), at)
        at += timedelta(hours=2)
    assert states(door)["1"] == "failed"
    assert texts(take(door, at)) == ["2"]


def test_a_poisoned_letter_is_put_aside_at_once(door: Door) -> None:
    queue(door, letter("1"), letter("2"))
    (one,) = take(door)
    end(door, one, Rejected("can't parse entities"))
    assert states(door) == {"1": "rejected", "2": "ready"}
    assert texts(take(door)) == ["2"]


def test_a_throttled_letter_waits_exactly_and_its_attempt_does_not_count(door: Door) -> None:
    queue(door, letter("1"), letter("other", "乙"))
    first, other = take(door)
    end(door, other, Sent("m"))
    end(door, first, Throttled(NOW + 7 * SECOND))
    assert take(door, NOW + 7 * SECOND - timedelta(microseconds=1)) == []
    (again,) = take(door, NOW + 7 * SECOND)
    assert again.attempts == 1


def test_an_account_that_is_throttled_waits_as_a_whole(door: Door) -> None:
    queue(door, letter("1"), letter("2", "乙"))
    (first,) = take(door, limit=1)
    end(door, first, Throttled(NOW + 7 * SECOND, whole_account=True))
    assert take(door, NOW + 6 * SECOND) == []
    assert texts(take(door, NOW + 7 * SECOND)) == ["1", "2"]


def test_an_account_that_is_down_stops_until_it_is_opened_again(door: Door) -> None:
    queue(door, letter("1"), letter("2", "乙"))
    (first,) = take(door, limit=1)
    end(door, first, ChannelDown("401"))
    assert take(door, NOW + timedelta(days=1)) == []
    door.run(lambda conn: outbox.open_account(conn, "web", "test"))
    assert [one.attempts for one in take(door)] == [1, 1]


def test_nothing_more_goes_to_somebody_who_refuses(door: Door) -> None:
    queue(door, letter("1"), letter("2"), letter("other", "乙"))
    door.run(
        lambda conn: conn.execute(
            identities.insert().values(
                channel="web", account="test", external_id="甲", seen_at=NOW, language="zh-CN", declined=False
            )
        ).close()
    )
    first, _ = take(door)
    end(door, first, Refused("bot was blocked by the user"))
    assert states(door) == {"1": "refused", "2": "refused", "other": "leased"}
    refused = door.look(lambda conn: conn.execute(select(identities.c.refused_at)).scalar_one())
    assert refused == NOW


def test_what_has_expired_does_not_leave(door: Door) -> None:
    queue(door, letter("1", expires_at=NOW), letter("2", expires_at=NOW + SECOND))
    assert texts(take(door)) == ["2"]
    assert states(door)["1"] == "expired"


def test_a_card_replaces_the_newest_one_of_its_name_at_the_same_address(door: Door) -> None:
    queue(door, letter("a", card="c"), letter("b", "乙", card="c"))
    first, second = take(door)
    end(door, first, Sent("m1"))
    end(door, second, Sent("m2"))
    queue(door, letter("a2", card="c"), letter("a3", card="d"))
    (renewed,) = take(door)
    assert renewed.replaces == "m1"
    end(door, renewed, Sent("m1"))
    assert take(door)[0].replaces is None


def test_deadlines_and_notices_are_paced_and_replies_are_not(door: Door) -> None:
    queue(door, *(letter(f"n{i}", f"n{i}", NOTICE) for i in range(50)), *(letter(f"r{i}", f"r{i}") for i in range(9)))
    taken = take(door, limit=100, rate=10)
    assert Counter(one.priority for one in taken) == {REPLY: 9, NOTICE: 10}
    assert take(door, NOW, limit=100, rate=10) == []
    assert len(take(door, NOW + SECOND / 2, limit=100, rate=10)) == 5
    assert len(take(door, NOW + 3 * SECOND, limit=100, rate=10)) == 10


def test_slots_that_nobody_uses_are_given_back(door: Door) -> None:
    queue(door, letter("1", priority=NOTICE))
    assert len(take(door, limit=100, rate=10)) == 1
    free = door.look(lambda conn: conn.execute(select(channel_accounts.c.next_free)).scalar_one())
    assert free == NOW + SECOND / 10


def claim_all(url: str, claimed: Any) -> None:
    """A process of its own that claims until nothing is left."""
    door = open_door(url)
    while found := take(door, limit=7):
        for one in found:
            claimed.put((one.id, one.address.external_id, one.message.text))
            end(door, one, Sent("m"))
    door.close()


def test_two_processes_race_for_every_row(current_database_url: str) -> None:
    door = open_door(current_database_url)
    queue(door, *(letter(f"{person}/{number}", str(person)) for number in range(6) for person in range(20)))
    context = get_context("spawn")
    claimed = context.Queue()
    racers = [context.Process(target=claim_all, args=(current_database_url, claimed)) for _ in range(2)]
    for racer in racers:
        racer.start()
    got = [claimed.get(timeout=60) for _ in range(120)]
    for racer in racers:
        racer.join(30)
    assert claimed.empty()
    assert len({one[0] for one in got}) == 120
    assert set(states(door).values()) == {"sent"}
    # Of each person one at a time and in order: the instant of settlement rises with the row.
    door.close()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from([0, 1, 2, 3]), st.sampled_from(range(5)))))
def test_however_sending_ends_each_address_keeps_its_order_and_nothing_is_stuck(
    door: Door, plan: list[tuple[str, int, int]]
) -> None:
    door.run(lambda conn: conn.execute(delete(table)).close())
    queue(door, *(letter(str(number), to, priority) for number, (to, priority, _) in enumerate(plan)))
    ends: list[Outcome] = [Sent("m"), Rejected("x"), Broken("x"), Throttled(NOW), Sent("m")]
    sent: dict[str, list[tuple[int, int]]] = {}
    tried: Counter[str] = Counter()
    at = NOW
    for _ in range(400):
        for one in take(door, at):
            tried[one.message.text] += 1
            outcome = ends[plan[int(one.message.text)][2]] if tried[one.message.text] < 3 else Sent("m")
            end(door, one, outcome, at)
            if isinstance(outcome, Sent):
                sent.setdefault(one.address.external_id, []).append((one.priority, one.id))
        at += timedelta(minutes=10)
        if not {"ready", "leased"} & set(states(door).values()):
            break
    assert not {"ready", "leased"} & set(states(door).values())
    for order in sent.values():
        assert order == sorted(order)


@pytest.mark.parametrize("outcome", [Sent("m"), Broken("x"), Rejected("x")])
def test_settling_twice_changes_nothing(door: Door, outcome: Outcome) -> None:
    queue(door, letter("1"))
    (one,) = take(door)
    end(door, one, Sent("m1"))
    end(door, one, outcome)
    assert states(door) == {"1": "sent"}
