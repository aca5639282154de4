"""What comes of sending, one rule a test."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from storage import accounts, sending
from storage.accounts import PROBE_EVERY
from storage.engine import Database
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
)


def one(database: Database, now: datetime = NOW, **more: Any) -> Claimed:
    (claimed,) = claim(database, now, **more)
    return claimed


def test_sent(database: Database) -> None:
    (number,) = put(database, letter())
    settle(database, one(database), Sent("m1"), NOW + seconds(2))
    sent = row(database, number)
    assert (sent.state, sent.sent_at, sent.message_id, sent.lease_until) == ("sent", NOW + seconds(2), "m1", None)
    assert claim_ids(database, NOW + LEASE) == []


def test_throttled_waits_exactly_so_long_and_does_not_count(database: Database) -> None:
    put(database, letter(), letter(), letter("b"))
    first, other = claim(database)
    until = NOW + seconds(7.5)
    settle(database, first, Throttled(until))
    settle(database, other, Sent("m"))
    assert claim_ids(database, until - seconds(0.000001)) == []
    again = one(database, until)
    assert (again.id, again.attempts) == (first.id, 1)
    assert "throttled until" in row(database, first.id).error
    settle(database, again, Sent("m"))
    assert row(database, first.id).error is None


def test_a_throttled_address_lets_nothing_past_however_urgent(database: Database) -> None:
    put(database, letter(priority=NOTICE))
    settle(database, one(database), Throttled(NOW + seconds(30)))
    put(database, letter())
    assert claim_ids(database) == []
    assert len(claim_ids(database, NOW + seconds(30))) == 1


def test_a_throttled_account_waits_replies_and_all(database: Database) -> None:
    put(database, letter("a"), letter("b"))
    until = NOW + seconds(9)
    settle(database, claim(database, limit=1)[0], Throttled(until, whole_account=True))
    assert claim_ids(database, until - seconds(0.000001)) == []
    assert len(claim_ids(database, until)) == 2


def test_of_two_throttles_the_longer_counts(database: Database) -> None:
    put(database, letter("a"), letter("b"), letter("c"))
    for claimed, wait in zip(claim(database, limit=2), (9, 3), strict=True):
        settle(database, claimed, Throttled(NOW + seconds(wait), whole_account=True))
    assert account_row(database).throttled_until == NOW + seconds(9)


def test_a_throttle_survives_a_restart(database: Database) -> None:
    put(database, letter())
    settle(database, one(database), Throttled(NOW + seconds(9), whole_account=True))
    database.run(lambda conn: accounts.open_account(conn, CHANNEL, ACCOUNT))
    assert claim_ids(database, NOW + seconds(8)) == []


def test_refused_stops_all_to_that_address_and_marks_it(database: Database) -> None:
    database.run(
        lambda conn: conn.execute(
            insert(identities),
            [
                {"channel": CHANNEL, "account": ACCOUNT, "external_id": who, "seen_at": NOW, "language": "en"}
                for who in "ab"
            ],
        )
    )
    put(database, letter("a"), letter("a", not_before=NOW + seconds(99)), letter("b"))
    settle(database, claim(database)[0], Refused("bot was blocked by the user"), NOW + seconds(1))
    assert states(database) == ["refused", "refused", "leased"]
    seen = select(identities.c.external_id, identities.c.refused_at).order_by("external_id")
    marked = database.look(lambda conn: [tuple(row) for row in conn.execute(seen)])
    assert marked == [("a", NOW + seconds(1)), ("b", None)]


def test_rejected_stays_for_the_operator_and_holds_nobody(database: Database) -> None:
    put(database, letter(), letter())
    first = one(database)
    settle(database, first, Rejected("message text is empty"))
    assert (row(database, first.id).state, row(database, first.id).error) == ("rejected", "message text is empty")
    assert one(database).id > first.id


def test_a_channel_that_is_down_stops_and_tries_one_letter_now_and_then(database: Database) -> None:
    put(database, letter("a"), letter("b"), letter("c"))
    for claimed in claim(database, limit=2):
        settle(database, claimed, ChannelDown("401 unauthorized"), NOW)
    account = account_row(database)
    assert (account.down_since, account.down_reason) == (NOW, "401 unauthorized")
    assert [row(database, number).attempts for number in (1, 2, 3)] == [0, 0, 0]
    assert claim(database, NOW + PROBE_EVERY - seconds(1)) == []

    probe = one(database, NOW + PROBE_EVERY)
    assert probe.probe
    assert claim(database, NOW + PROBE_EVERY) == []
    settle(database, probe, ChannelDown("401 still"), NOW + PROBE_EVERY)
    assert (account_row(database).down_since, account_row(database).down_reason) == (NOW, "401 still")

    probe = one(database, NOW + 2 * PROBE_EVERY)
    settle(database, probe, Sent("m"), NOW + 2 * PROBE_EVERY)
    assert account_row(database).down_since is None
    assert len(claim(database, NOW + 2 * PROBE_EVERY)) == 2


@pytest.mark.parametrize(
    ("outcome", "up"),
    [
        (Refused("blocked"), True),
        (Rejected("too long"), True),
        (Throttled(NOW), True),
        (Broken("timeout"), False),
    ],
)
def test_what_shows_that_a_channel_is_up_again(database: Database, outcome: Refused | Broken, *, up: bool) -> None:
    put(database, letter())
    settle(database, one(database), ChannelDown("401"))
    settle(database, one(database, NOW + PROBE_EVERY), outcome)
    assert (account_row(database).down_since is None) is up


def test_a_restart_tries_a_channel_that_is_down_at_once_with_one_letter(database: Database) -> None:
    put(database, letter("a"), letter("b"))
    settle(database, claim(database)[0], ChannelDown("401"))
    database.run(lambda conn: accounts.open_account(conn, CHANNEL, ACCOUNT))
    assert one(database).probe


def test_broken_is_tried_again_ever_later_and_comes_to_an_end(database: Database) -> None:
    (number,) = put(database, letter(priority=DEADLINE))
    now = NOW
    waits = []
    for _ in range(ATTEMPTS - 1):
        settle(database, one(database, now), Broken("connection reset"), now)
        after = row(database, number)
        assert after.state == "ready"
        assert claim(database, after.not_before - seconds(0.000001)) == []
        waits.append(after.not_before - now)
        now = after.not_before
    settle(database, one(database, now), Broken("connection reset"), now)
    last = row(database, number)
    assert (last.state, last.attempts, last.error) == ("failed", ATTEMPTS, "connection reset")
    assert waits[:4] == [seconds(1), seconds(2), seconds(4), seconds(8)]
    assert waits[-1] == seconds(600)
    assert sum(waits, seconds(0)) < seconds(3 * 3600)


def test_a_notice_whose_outcome_is_unknown_has_failed(database: Database) -> None:
    (number,) = put(database, letter(priority=NOTICE))
    settle(database, one(database), Broken("timeout"))
    assert (row(database, number).state, row(database, number).error) == ("failed", "outcome unknown: timeout")


def test_a_throttled_notice_may_still_go_out(database: Database) -> None:
    put(database, letter(priority=NOTICE))
    settle(database, one(database), Throttled(NOW + seconds(1)))
    assert one(database, NOW + seconds(1)).attempts == 1


def test_unsent_stays_as_it_was(database: Database) -> None:
    put(database, letter(priority=NOTICE))
    claimed = one(database)
    database.run(lambda conn: sending.settle(conn, [Settled(claimed, Unsent(NOW + seconds(1)), NOW)]))
    assert claim(database) == []
    again = one(database, NOW + seconds(1))
    assert (again.attempts, row(database, again.id).error) == (1, None)


def test_a_long_reason_is_shortened(database: Database) -> None:
    (number,) = put(database, letter())
    settle(database, one(database), Rejected("x" * 5000))
    assert len(row(database, number).error) == 300


def test_a_lease_can_be_renewed(database: Database) -> None:
    put(database, letter())
    claimed = one(database)
    later = NOW + LEASE - seconds(1)
    database.run(lambda conn: sending.renew(conn, [claimed], later))
    assert claim(database, NOW + LEASE) == []
    assert len(claim(database, later + LEASE)) == 1


@pytest.mark.parametrize("late", [Broken("timeout"), Throttled(NOW + seconds(99)), ChannelDown("x"), Rejected("x")])
def test_who_lost_the_lease_settles_nothing(database: Database, late: Broken) -> None:
    (number,) = put(database, letter())
    lost = one(database)
    holder = one(database, NOW + LEASE)
    before = row(database, number)
    settle(database, lost, late)
    assert row(database, number) == before
    settle(database, holder, Sent("m"))
    assert row(database, number).state == "sent"


def test_what_arrived_has_arrived_whoever_holds_the_lease(database: Database) -> None:
    (number,) = put(database, letter())
    lost = one(database)
    holder = one(database, NOW + LEASE)
    settle(database, lost, Sent("m1"))
    settle(database, holder, Broken("timeout"))
    assert (row(database, number).state, row(database, number).message_id) == ("sent", "m1")


def test_settling_twice_is_settling_once(database: Database) -> None:
    put(database, letter())
    claimed = one(database)
    for _ in range(2):
        settle(database, claimed, Broken("reset"))
    assert (row(database, claimed.id).attempts, states(database)) == (1, ["ready"])


def test_before_a_reminder_leaves_the_service_decides(database: Database) -> None:
    keys = ("same", "new", "later", "gone")
    ids = put(database, *(letter(to=key, text=key, priority=DEADLINE) for key in keys), letter(to="reply"))
    asked: list[int] = []

    def decide(_: object, letters: list[Claimed]) -> dict[int, Outbound | datetime | None]:
        asked.extend(one.id for one in letters)
        return {ids[1]: Outbound("reworded"), ids[2]: NOW + seconds(1800), ids[3]: None}

    leaving = claim(database, before_send=decide)
    assert asked == ids[:4]
    texts = {one.address.external_id: one.message.text for one in leaving}
    assert set(texts) == {"same", "new", "reply"}
    assert (texts["same"], texts["new"]) == ("same", "reworded")
    assert row(database, ids[1]).body["text"] == "reworded"
    assert [row(database, number).state for number in ids[2:4]] == ["ready", "cancelled"]
    assert [row(database, number).attempts for number in ids[2:4]] == [0, 0]
    assert claim_ids(database, NOW + seconds(5)) == []
    (reply,) = put(database, letter(to="later"))
    assert claim_ids(database, NOW + seconds(5)) == [reply]


def test_a_reminder_that_cannot_be_looked_at_holds_up_no_other(database: Database) -> None:
    ids = put(database, *(letter(to=str(number), priority=DEADLINE) for number in range(4)))

    def fail(_: object, letters: list[Claimed]) -> dict[int, None]:
        if any(one.id == ids[2] for one in letters):
            raise LookupError("no such duty")
        return {}

    assert [one.id for one in claim(database, before_send=fail)] == [ids[0], ids[1], ids[3]]
    broken = row(database, ids[2])
    assert (broken.state, broken.attempts, broken.error) == ("ready", 1, "LookupError('no such duty')")


def test_what_the_service_wrote_before_it_failed_is_undone(database: Database) -> None:
    put(database, letter(priority=DEADLINE))

    def fail(conn: Any, _: list[Claimed]) -> dict[int, None]:
        conn.execute(insert(identities).values(channel="x", account="x", external_id="x", seen_at=NOW, language="en"))
        raise LookupError

    claim(database, before_send=fail)
    assert database.look(lambda conn: conn.execute(select(identities)).all()) == []
