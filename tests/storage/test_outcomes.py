"""What comes of sending, one rule a test."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from storage import accounts, sending
from storage.accounts import PROBE_EVERY
from storage.engine import Door
from storage.outbox import DEADLINE, NOTICE, Claimed
from storage.sending import ATTEMPTS, LEASE, Settled, Unsent
from storage.tables import identities
from talk.messages import Broken, ChannelDown, Outbound, Refused, Rejected, Sent, Throttled
from tests.storage.post import (
    ACCOUNT,
    CHANNEL,
    NOW,
    account_row,
    claim,
    claim_ids,
    letter,
    put,
    row,
    seconds,
    settle,
    states,
    sweep,
)


def one(door: Door, now: datetime = NOW, **more: Any) -> Claimed:
    (claimed,) = claim(door, now, **more)
    return claimed


def test_sent(door: Door) -> None:
    (number,) = put(door, letter())
    settle(door, one(door), Sent("m1"), NOW + seconds(2))
    sent = row(door, number)
    assert (sent.state, sent.sent_at, sent.message_id, sent.lease_until) == ("sent", NOW + seconds(2), "m1", None)
    assert claim_ids(door, NOW + LEASE) == []


def test_throttled_waits_exactly_so_long_and_does_not_count(door: Door) -> None:
    put(door, letter(), letter(), letter("b"))
    first, other = claim(door)
    until = NOW + seconds(7.5)
    settle(door, first, Throttled(until))
    settle(door, other, Sent("m"))
    assert claim_ids(door, until - seconds(0.000001)) == []
    again = one(door, until)
    assert (again.id, again.attempts) == (first.id, 1)
    assert "throttled until" in row(door, first.id).error
    settle(door, again, Sent("m"))
    assert row(door, first.id).error is None


def test_a_throttled_address_lets_nothing_past_however_urgent(door: Door) -> None:
    put(door, letter(priority=NOTICE))
    settle(door, one(door), Throttled(NOW + seconds(30)))
    put(door, letter())
    assert claim_ids(door) == []
    assert len(claim_ids(door, NOW + seconds(30))) == 1


def test_a_throttled_account_waits_replies_and_all(door: Door) -> None:
    put(door, letter("a"), letter("b"))
    until = NOW + seconds(9)
    settle(door, claim(door, limit=1)[0], Throttled(until, whole_account=True))
    assert claim_ids(door, until - seconds(0.000001)) == []
    assert len(claim_ids(door, until)) == 2


def test_of_two_throttles_the_longer_counts(door: Door) -> None:
    put(door, letter("a"), letter("b"), letter("c"))
    for claimed, wait in zip(claim(door, limit=2), (9, 3), strict=True):
        settle(door, claimed, Throttled(NOW + seconds(wait), whole_account=True))
    assert account_row(door).throttled_until == NOW + seconds(9)


def test_a_throttle_survives_a_restart(door: Door) -> None:
    put(door, letter())
    settle(door, one(door), Throttled(NOW + seconds(9), whole_account=True))
    door.run(lambda conn: accounts.open_account(conn, CHANNEL, ACCOUNT))
    assert claim_ids(door, NOW + seconds(8)) == []


def test_refused_stops_all_to_that_address_and_marks_it(door: Door) -> None:
    door.run(
        lambda conn: conn.execute(
            insert(identities),
            [
                {"channel": CHANNEL, "account": ACCOUNT, "external_id": who, "seen_at": NOW, "language": "en"}
                for who in "ab"
            ],
        )
    )
    put(door, letter("a"), letter("a", not_before=NOW + seconds(99)), letter("b"))
    settle(door, claim(door)[0], Refused("bot was blocked by the user"), NOW + seconds(1))
    assert states(door) == ["refused", "refused", "leased"]
    seen = select(identities.c.external_id, identities.c.refused_at).order_by("external_id")
    marked = door.look(lambda conn: [tuple(row) for row in conn.execute(seen)])
    assert marked == [("a", NOW + seconds(1)), ("b", None)]


def test_rejected_stays_for_the_operator_and_holds_nobody(door: Door) -> None:
    put(door, letter(), letter())
    first = one(door)
    settle(door, first, Rejected("message text is empty"))
    assert (row(door, first.id).state, row(door, first.id).error) == ("rejected", "message text is empty")
    assert one(door).id > first.id


def test_a_channel_that_is_down_stops_and_tries_one_letter_now_and_then(door: Door) -> None:
    put(door, letter("a"), letter("b"), letter("c"))
    for claimed in claim(door, limit=2):
        settle(door, claimed, ChannelDown("401 unauthorized"), NOW)
    account = account_row(door)
    assert (account.down_since, account.down_reason) == (NOW, "401 unauthorized")
    assert [row(door, number).attempts for number in (1, 2, 3)] == [0, 0, 0]
    assert claim(door, NOW + PROBE_EVERY - seconds(1)) == []

    probe = one(door, NOW + PROBE_EVERY)
    assert probe.probe
    assert claim(door, NOW + PROBE_EVERY) == []
    settle(door, probe, ChannelDown("401 still"), NOW + PROBE_EVERY)
    assert (account_row(door).down_since, account_row(door).down_reason) == (NOW, "401 still")

    probe = one(door, NOW + 2 * PROBE_EVERY)
    settle(door, probe, Sent("m"), NOW + 2 * PROBE_EVERY)
    assert account_row(door).down_since is None
    assert len(claim(door, NOW + 2 * PROBE_EVERY)) == 2


@pytest.mark.parametrize(
    ("outcome", "up"),
    [
        (Refused("blocked"), True),
        (Rejected("too long"), True),
        (Throttled(NOW), True),
        (Broken("timeout"), False),
    ],
)
def test_what_shows_that_a_channel_is_up_again(door: Door, outcome: Refused | Broken, *, up: bool) -> None:
    put(door, letter())
    settle(door, one(door), ChannelDown("401"))
    settle(door, one(door, NOW + PROBE_EVERY), outcome)
    assert (account_row(door).down_since is None) is up


def test_a_restart_tries_a_channel_that_is_down_at_once_with_one_letter(door: Door) -> None:
    put(door, letter("a"), letter("b"))
    settle(door, claim(door)[0], ChannelDown("401"))
    door.run(lambda conn: accounts.open_account(conn, CHANNEL, ACCOUNT))
    assert one(door).probe


def test_broken_is_tried_again_ever_later_and_comes_to_an_end(door: Door) -> None:
    (number,) = put(door, letter(priority=DEADLINE))
    now = NOW
    waits = []
    for _ in range(ATTEMPTS - 1):
        settle(door, one(door, now), Broken("connection reset"), now)
        after = row(door, number)
        assert after.state == "ready"
        assert claim(door, after.not_before - seconds(0.000001)) == []
        waits.append(after.not_before - now)
        now = after.not_before
    settle(door, one(door, now), Broken("connection reset"), now)
    last = row(door, number)
    assert (last.state, last.attempts, last.error) == ("failed", ATTEMPTS, "connection reset")
    assert waits[:4] == [seconds(1), seconds(2), seconds(4), seconds(8)]
    assert waits[-1] == seconds(600)
    assert sum(waits, seconds(0)) < seconds(3 * 3600)


def test_a_letter_that_waits_for_its_next_try_keeps_the_order(door: Door) -> None:
    put(door, letter(priority=DEADLINE))
    broken = one(door)
    settle(door, broken, Broken("reset"))
    (urgent,) = put(door, letter())
    assert claim(door) == []
    assert claim_ids(door, NOW + seconds(1)) == [urgent]


def test_a_notice_whose_outcome_is_unknown_has_failed(door: Door) -> None:
    (number,) = put(door, letter(priority=NOTICE))
    settle(door, one(door), Broken("timeout"))
    assert (row(door, number).state, row(door, number).error) == ("failed", "outcome unknown: timeout")


def test_a_throttled_notice_may_still_go_out(door: Door) -> None:
    put(door, letter(priority=NOTICE))
    settle(door, one(door), Throttled(NOW + seconds(1)))
    assert one(door, NOW + seconds(1)).attempts == 1


def test_unsent_stays_as_it_was(door: Door) -> None:
    put(door, letter(priority=NOTICE))
    claimed = one(door)
    door.run(lambda conn: sending.settle(conn, [Settled(claimed, Unsent(NOW + seconds(1)), NOW)]))
    assert claim(door) == []
    again = one(door, NOW + seconds(1))
    assert (again.attempts, row(door, again.id).error) == (1, None)


def test_a_long_reason_is_shortened(door: Door) -> None:
    (number,) = put(door, letter())
    settle(door, one(door), Rejected("x" * 5000))
    assert len(row(door, number).error) == 300


def test_a_lease_can_be_renewed(door: Door) -> None:
    put(door, letter())
    claimed = one(door)
    later = NOW + LEASE - seconds(1)
    door.run(lambda conn: sending.renew(conn, [claimed], later))
    assert claim(door, NOW + LEASE) == []
    assert len(claim(door, later + LEASE)) == 1


@pytest.mark.parametrize("late", [Broken("timeout"), Throttled(NOW + seconds(99)), ChannelDown("x"), Rejected("x")])
def test_who_lost_the_lease_settles_nothing(door: Door, late: Broken) -> None:
    (number,) = put(door, letter())
    lost = one(door)
    holder = one(door, NOW + LEASE)
    before = row(door, number)
    settle(door, lost, late)
    assert row(door, number) == before
    settle(door, holder, Sent("m"))
    assert row(door, number).state == "sent"


def test_what_arrived_has_arrived_whoever_holds_the_lease(door: Door) -> None:
    (number,) = put(door, letter())
    lost = one(door)
    holder = one(door, NOW + LEASE)
    settle(door, lost, Sent("m1"))
    settle(door, holder, Broken("timeout"))
    assert (row(door, number).state, row(door, number).message_id) == ("sent", "m1")


def test_a_process_that_dies_of_a_letter_every_time_comes_to_an_end(door: Door) -> None:
    (number,) = put(door, letter())
    now = NOW
    for _ in range(ATTEMPTS):
        assert one(door, now).id == number
        now += LEASE
    assert claim(door, now) == []
    sweep(door, now)
    assert row(door, number).state == "failed"


def test_settling_twice_is_settling_once(door: Door) -> None:
    put(door, letter())
    claimed = one(door)
    for _ in range(2):
        settle(door, claimed, Broken("reset"))
    assert (row(door, claimed.id).attempts, states(door)) == (1, ["ready"])


def test_before_a_reminder_leaves_the_service_decides(door: Door) -> None:
    keys = ("same", "new", "later", "gone")
    ids = put(door, *(letter(to=key, text=key, priority=DEADLINE) for key in keys), letter(to="reply"))
    asked: list[int] = []

    def decide(_: object, letters: list[Claimed]) -> dict[int, Outbound | datetime | None]:
        asked.extend(one.id for one in letters)
        return {ids[1]: Outbound("reworded"), ids[2]: NOW + seconds(1800), ids[3]: None}

    leaving = claim(door, before_send=decide)
    assert asked == ids[:4]
    texts = {one.address.external_id: one.message.text for one in leaving}
    assert set(texts) == {"same", "new", "reply"}
    assert (texts["same"], texts["new"]) == ("same", "reworded")
    assert row(door, ids[1]).body["text"] == "reworded"
    assert [row(door, number).state for number in ids[2:4]] == ["ready", "cancelled"]
    assert [row(door, number).attempts for number in ids[2:4]] == [0, 0]
    assert claim_ids(door, NOW + seconds(5)) == []
    (reply,) = put(door, letter(to="later"))
    assert claim_ids(door, NOW + seconds(5)) == [reply]


def test_a_reminder_that_cannot_be_looked_at_holds_up_no_other(door: Door) -> None:
    ids = put(door, *(letter(to=str(number), priority=DEADLINE) for number in range(4)))

    def fail(_: object, letters: list[Claimed]) -> dict[int, None]:
        if any(one.id == ids[2] for one in letters):
            raise LookupError("no such duty")
        return {}

    assert [one.id for one in claim(door, before_send=fail)] == [ids[0], ids[1], ids[3]]
    broken = row(door, ids[2])
    assert (broken.state, broken.attempts, broken.error) == ("ready", 1, "LookupError('no such duty')")


def test_what_the_service_wrote_before_it_failed_is_undone(door: Door) -> None:
    put(door, letter(priority=DEADLINE))

    def fail(conn: Any, _: list[Claimed]) -> dict[int, None]:
        conn.execute(insert(identities).values(channel="x", account="x", external_id="x", seen_at=NOW, language="en"))
        raise LookupError

    claim(door, before_send=fail)
    assert door.look(lambda conn: conn.execute(select(identities)).all()) == []
