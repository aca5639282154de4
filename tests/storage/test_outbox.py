"""Queueing, and who may leave when."""

from sqlalchemy import insert

from storage import outbox
from storage.engine import Door
from storage.outbox import DEADLINE, NOTICE, PERMIT, REPLY
from storage.sending import LEASE, UNKNOWN
from storage.tables import people
from talk.messages import Outbound, Sent
from tests.storage.post import (
    NOW,
    at,
    claim,
    claim_ids,
    letter,
    put,
    row,
    rows,
    seconds,
    settle,
    states,
    sweep,
)


def test_a_letter_is_queued_once_however_often_its_cause_is_looked_at(door: Door) -> None:
    put(door, letter(dedupe="same", text="first"), letter(dedupe="same", text="second"))
    assert [one.body["text"] for one in rows(door)] == ["first"]


def test_what_is_claimed_is_what_was_put(door: Door) -> None:
    put(door, letter(kind="reminder", priority=DEADLINE, about=(3, 5), message=Outbound("six", card="card/1")))
    (claimed,) = claim(door)
    assert (claimed.kind, claimed.priority, claimed.about, claimed.attempts) == ("reminder", DEADLINE, (3, 5), 1)
    assert claimed.message == Outbound("six", card="card/1")
    assert claimed.address == at("a")
    assert claimed.replaces is None
    assert row(door, claimed.id).lease_until == NOW + LEASE


def test_permits_then_replies_then_deadlines_then_notices(door: Door) -> None:
    ids = put(
        door,
        *(letter(to=str(number), priority=number % 4) for number in (NOTICE, DEADLINE, REPLY, PERMIT, 7, 6, 5, 4)),
    )
    assert claim_ids(door) == [ids[3], ids[7], ids[2], ids[6], ids[1], ids[5], ids[0], ids[4]]


def test_of_one_address_only_the_first_leaves(door: Door) -> None:
    first, second, urgent = put(door, letter(), letter(), letter(priority=PERMIT))
    assert claim_ids(door) == [urgent]
    assert claim_ids(door) == []
    settle(door, _again(door, urgent), Sent("1"))
    assert claim_ids(door, NOW + LEASE) == [first]
    assert second in {one.id for one in rows(door) if one.state == "ready"}


def _again(door: Door, number: int) -> outbox.Claimed:
    """The claim of a letter whose lease has run out."""
    return next(one for one in claim(door, NOW + LEASE) if one.id == number)


def test_what_is_planned_for_later_is_in_nobodys_way(door: Door) -> None:
    later, now = put(door, letter(priority=PERMIT, not_before=NOW + seconds(60)), letter())
    assert claim_ids(door) == [now]
    assert claim_ids(door, NOW + LEASE) == [now]
    assert claim_ids(door, NOW + seconds(60)) == [later]


def test_other_addresses_do_not_wait(door: Door) -> None:
    put(door, letter("a"), letter("a"), letter("b"), letter("c"))
    assert [one.address.external_id for one in claim(door)] == ["a", "b", "c"]


def test_the_limit_holds(door: Door) -> None:
    ids = put(door, *(letter(to=str(number)) for number in range(5)))
    assert claim_ids(door, limit=2) == ids[:2]
    assert claim_ids(door, limit=2) == ids[2:4]


def test_accounts_are_apart(door: Door) -> None:
    put(door, letter(address=at("a", account="another")))
    assert claim_ids(door) == []


def test_a_process_that_died_gives_its_letters_back_with_the_same_text(door: Door) -> None:
    put(door, letter(text="word for word"))
    (lost,) = claim(door)
    assert claim(door, NOW + LEASE - seconds(1)) == []
    (found,) = claim(door, NOW + LEASE)
    assert (found.id, found.message, found.attempts) == (lost.id, lost.message, 2)


def test_a_notice_is_sent_once_at_most(door: Door) -> None:
    (notice,) = put(door, letter(priority=NOTICE))
    assert claim_ids(door) == [notice]
    assert claim_ids(door, NOW + LEASE) == []
    sweep(door, NOW + LEASE)
    assert (row(door, notice).state, row(door, notice).error) == ("failed", UNKNOWN)


def test_a_lost_notice_does_not_hold_its_address(door: Door) -> None:
    put(door, letter(priority=NOTICE))
    claim(door)
    (reply,) = put(door, letter())
    assert claim_ids(door, NOW + LEASE) == [reply]


def test_what_is_too_late_does_not_leave(door: Door) -> None:
    old, fresh = put(door, letter(expires_at=NOW), letter(expires_at=NOW + seconds(1)))
    assert claim_ids(door) == [fresh]
    sweep(door, NOW)
    assert (row(door, old).state, row(door, fresh).state) == ("expired", "leased")
    sweep(door, NOW + LEASE)
    assert states(door) == ["expired", "expired"]


def test_a_card_replaces_the_newest_message_with_its_name_at_its_address(door: Door) -> None:
    card = Outbound("card", card="duty/1")
    put(door, letter("a", message=card), letter("b", message=card), letter("a", message=Outbound("c", card="duty/2")))
    for number, name in enumerate("ab"):
        settle(door, claim(door, limit=1)[0], Sent(f"first {name}"), NOW + seconds(number))
    settle(door, claim(door)[0], Sent("another card"))
    put(door, letter("a", message=card), letter("b", message=Outbound("plain")))
    settled = {one.address.external_id: one for one in claim(door)}
    assert (settled["a"].replaces, settled["b"].replaces) == ("first a", None)
    settle(door, settled["a"], Sent("second a"))
    put(door, letter("a", message=card))
    assert [one.replaces for one in claim(door)] == ["second a"]


def test_what_has_not_left_can_be_taken_back(door: Door) -> None:
    person = door.run(
        lambda conn: conn.execute(insert(people).values(name="", language="en").returning(people.c.id)).scalar_one()
    )
    put(door, letter("a", person=person, kind="reminder"))
    claim(door)
    put(door, letter("a", person=person, kind="reminder"), letter("a", person=person), letter("b", kind="reminder"))
    assert door.run(lambda conn: outbox.cancel(conn, person, "reminder")) == 1
    assert states(door) == ["leased", "cancelled", "ready", "ready"]


def test_when_a_rehearsals_clock_jumps_what_waits_leaves_and_expires_sooner(door: Door) -> None:
    put(door, letter("a", not_before=NOW + seconds(50), expires_at=NOW + seconds(90)), letter("b"))
    door.run(lambda conn: outbox.hasten(conn, seconds(40)))
    first, second = rows(door)
    assert (first.not_before, first.expires_at) == (NOW + seconds(10), NOW + seconds(50))
    assert (second.not_before, second.expires_at) == (NOW - seconds(40), None)


def test_what_should_have_left_is_counted(door: Door) -> None:
    put(door, letter("a"), letter("b", not_before=NOW + seconds(50)), letter(address=at("c", account="another")))
    assert door.look(lambda conn: outbox.overdue(conn, NOW + seconds(1), but="terminal")) == 2
    assert door.look(lambda conn: outbox.overdue(conn, NOW + seconds(1), but="web")) == 0


def test_lists_and_counts(door: Door) -> None:
    put(door, letter("a"), letter("b", priority=NOTICE))
    settle(door, claim(door, limit=1)[0], Sent("1"))
    assert door.look(outbox.counts) == {"sent": 1, "ready": 1}
    first, second = door.look(outbox.listed)
    assert (first.state, first.sent_at, first.attempts, first.priority) == ("sent", NOW, 1, REPLY)
    assert (second.state, second.sent_at, second.attempts, second.priority) == ("ready", None, 0, NOTICE)
