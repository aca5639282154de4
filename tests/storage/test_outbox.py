"""Queueing, and who may leave when."""

from sqlalchemy import insert

from storage import by_hand, outbox
from storage.engine import Database
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


def test_a_letter_is_queued_once_however_often_its_cause_is_looked_at(database: Database) -> None:
    put(database, letter(dedupe="same", text="first"), letter(dedupe="same", text="second"))
    assert [one.body["text"] for one in rows(database)] == ["first"]


def test_what_is_claimed_is_what_was_put(database: Database) -> None:
    put(database, letter(kind="reminder", priority=DEADLINE, about=(3, 5), message=Outbound("six", card="card/1")))
    (claimed,) = claim(database)
    assert (claimed.kind, claimed.priority, claimed.about, claimed.attempts) == ("reminder", DEADLINE, (3, 5), 1)
    assert claimed.message == Outbound("six", card="card/1")
    assert claimed.address == at("a")
    assert claimed.replaces is None
    assert row(database, claimed.id).lease_until == NOW + LEASE


def test_permits_then_replies_then_deadlines_then_notices(database: Database) -> None:
    ids = put(
        database,
        *(letter(to=str(number), priority=number % 4) for number in (NOTICE, DEADLINE, REPLY, PERMIT, 7, 6, 5, 4)),
    )
    assert claim_ids(database) == [ids[3], ids[7], ids[2], ids[6], ids[1], ids[5], ids[0], ids[4]]


def test_of_one_address_only_the_first_leaves(database: Database) -> None:
    first, second, urgent = put(database, letter(), letter(), letter(priority=PERMIT))
    assert claim_ids(database) == [urgent]
    assert claim_ids(database) == []
    settle(database, _again(database, urgent), Sent("1"))
    assert claim_ids(database, NOW + LEASE) == [first]
    assert second in {one.id for one in rows(database) if one.state == "ready"}


def _again(database: Database, number: int) -> outbox.Claimed:
    """The claim of a letter whose lease has run out."""
    return next(one for one in claim(database, NOW + LEASE) if one.id == number)


def test_what_is_planned_for_later_is_in_nobodys_way(database: Database) -> None:
    later, now = put(database, letter(priority=PERMIT, not_before=NOW + seconds(60)), letter())
    assert claim_ids(database) == [now]
    assert claim_ids(database, NOW + LEASE) == [now]
    assert claim_ids(database, NOW + seconds(60)) == [later]


def test_other_addresses_do_not_wait(database: Database) -> None:
    put(database, letter("a"), letter("a"), letter("b"), letter("c"))
    assert [one.address.external_id for one in claim(database)] == ["a", "b", "c"]


def test_the_limit_holds(database: Database) -> None:
    ids = put(database, *(letter(to=str(number)) for number in range(5)))
    assert claim_ids(database, limit=2) == ids[:2]
    assert claim_ids(database, limit=2) == ids[2:4]


def test_accounts_are_apart(database: Database) -> None:
    put(database, letter(address=at("a", account="another")))
    assert claim_ids(database) == []


def test_a_process_that_died_gives_its_letters_back_with_the_same_text(database: Database) -> None:
    put(database, letter(text="word for word"))
    (lost,) = claim(database)
    assert claim(database, NOW + LEASE - seconds(1)) == []
    (found,) = claim(database, NOW + LEASE)
    assert (found.id, found.message, found.attempts, found.leases_lost) == (lost.id, lost.message, 1, 1)


def test_a_notice_is_sent_once_at_most(database: Database) -> None:
    (notice,) = put(database, letter(priority=NOTICE))
    assert claim_ids(database) == [notice]
    assert claim_ids(database, NOW + LEASE) == []
    sweep(database, NOW + LEASE)
    assert (row(database, notice).state, row(database, notice).error) == ("failed", UNKNOWN)


def test_a_lost_notice_does_not_hold_its_address(database: Database) -> None:
    put(database, letter(priority=NOTICE))
    claim(database)
    (reply,) = put(database, letter())
    assert claim_ids(database, NOW + LEASE) == [reply]


def test_what_is_too_late_does_not_leave(database: Database) -> None:
    old, fresh = put(database, letter(expires_at=NOW), letter(expires_at=NOW + seconds(1)))
    assert claim_ids(database) == [fresh]
    sweep(database, NOW)
    assert (row(database, old).state, row(database, fresh).state) == ("expired", "leased")
    sweep(database, NOW + LEASE)
    assert states(database) == ["expired", "expired"]


def test_a_card_replaces_the_newest_message_with_its_name_at_its_address(database: Database) -> None:
    card = Outbound("card", card="duty/1")
    put(
        database,
        letter("a", message=card),
        letter("b", message=card),
        letter("a", message=Outbound("c", card="duty/2")),
    )
    for number, name in enumerate("ab"):
        settle(database, claim(database, limit=1)[0], Sent(f"first {name}"), NOW + seconds(number))
    settle(database, claim(database)[0], Sent("another card"))
    put(database, letter("a", message=card), letter("b", message=Outbound("plain")))
    settled = {one.address.external_id: one for one in claim(database)}
    assert (settled["a"].replaces, settled["b"].replaces) == ("first a", None)
    settle(database, settled["a"], Sent("second a"))
    put(database, letter("a", message=card))
    assert [one.replaces for one in claim(database)] == ["second a"]


def test_what_has_not_left_can_be_taken_back(database: Database) -> None:
    person = database.run(
        lambda conn: conn.execute(insert(people).values(name="", language="en").returning(people.c.id)).scalar_one()
    )
    put(database, letter("a", person=person, kind="reminder"))
    claim(database)
    put(database, letter("a", person=person, kind="reminder"), letter("a", person=person), letter("b", kind="reminder"))
    assert database.run(lambda conn: outbox.cancel(conn, person, "reminder")) == 1
    assert states(database) == ["leased", "cancelled", "ready", "ready"]


def test_when_a_rehearsals_clock_jumps_what_waits_leaves_and_expires_sooner(database: Database) -> None:
    put(database, letter("a", not_before=NOW + seconds(50), expires_at=NOW + seconds(90)), letter("b"))
    database.run(lambda conn: outbox.hasten(conn, seconds(40)))
    first, second = rows(database)
    assert (first.not_before, first.expires_at) == (NOW + seconds(10), NOW + seconds(50))
    assert (second.not_before, second.expires_at) == (NOW - seconds(40), None)


def test_letters_are_listed(database: Database) -> None:
    put(database, letter("a"), letter("b", priority=NOTICE))
    settle(database, claim(database, limit=1)[0], Sent("1"))
    first, second = database.look(lambda conn: by_hand.letters(conn, by_hand.Asked()))
    assert (first.state, first.sent_at, first.attempts, first.priority) == ("sent", NOW, 1, REPLY)
    assert (second.state, second.sent_at, second.attempts, second.priority) == ("ready", None, 0, NOTICE)
