"""Letters that are lost with the process that had them: that is no try, unless it is the letter that ends processes."""

from storage import accounts
from storage.accounts import SUSPECT
from storage.engine import Database, migration, open_database
from storage.outbox import NOTICE, PERMIT
from storage.schema import upgrade
from storage.sending import DEADLY, LEASE, LOST, retry_wait
from talk.messages import Broken, Sent
from tests.storage.post import ACCOUNT, CHANNEL, NOW, claim, claim_ids, letter, put, row, rows, settle, sweep


def test_after_crashes_a_letter_is_tried_again_as_soon_as_after_its_first_failure(database: Database) -> None:
    (number,) = put(database, letter())
    for crash in range(SUSPECT):
        assert claim_ids(database, NOW + crash * LEASE) == [number]
    now = NOW + SUSPECT * LEASE
    (again,) = claim(database, now)
    assert (again.attempts, again.leases_lost) == (1, SUSPECT)
    settle(database, again, Broken("502"), now)
    assert row(database, number).not_before == now + retry_wait(1)
    (next_,) = claim(database, now + retry_wait(1))
    assert next_.attempts == 2


def test_a_process_that_gives_back_what_it_found_counts_a_loss_and_no_try(database: Database) -> None:
    (number,) = put(database, letter())
    for _ in range(SUSPECT):
        claim(database)
        database.run(lambda conn: accounts.reclaim(conn, CHANNEL, ACCOUNT))
    assert [(one.id, one.attempts, one.leases_lost) for one in claim(database)] == [(number, 1, SUSPECT)]


def test_what_was_lost_often_leaves_when_no_other_such_letter_is_on_its_way(database: Database) -> None:
    """One of them ends the process each time; the others leave, and are not given up with it."""
    ids = put(database, *(letter(str(chat)) for chat in range(6)))
    deadly, now = ids[2], NOW
    sent: set[int] = set()
    for _ in range(60):
        taken = claim(database, now)
        if deadly in {one.id for one in taken}:
            now += LEASE  # the process is gone with all that it had
            sweep(database, now)
            continue
        for one in taken:
            sent.add(one.id)
            settle(database, one, Sent("m"), now)
    assert sent == set(ids) - {deadly}
    assert (row(database, deadly).state, row(database, deadly).error) == ("failed", DEADLY)
    assert row(database, deadly).attempts == 1


def test_what_ends_processes_keeps_nothing_new_from_leaving(database: Database) -> None:
    (deadly,) = put(database, letter())
    for crash in range(SUSPECT + 1):
        claim(database, NOW + crash * LEASE)
    now = NOW + SUSPECT * LEASE
    (urgent, reply) = put(database, letter(priority=PERMIT), letter("b"))
    assert claim_ids(database, now) == [urgent, reply]
    sweep(database, NOW + LOST * LEASE)
    assert row(database, deadly).state == "leased", "it may be tried a few times more"


def test_a_notice_still_goes_out_once_at_most(database: Database) -> None:
    (notice,) = put(database, letter(priority=NOTICE))
    claim(database)
    assert claim_ids(database, NOW + LEASE) == []
    sweep(database, NOW + LEASE)
    assert row(database, notice).state == "failed"


def test_who_lost_a_letter_settles_nothing_of_it_even_if_its_try_has_the_same_number(database: Database) -> None:
    (number,) = put(database, letter())
    (lost,) = claim(database)
    (holder,) = claim(database, NOW + LEASE)
    assert lost.attempts == holder.attempts
    settle(database, lost, Broken("502"))
    assert row(database, number).state == "leased"
    settle(database, holder, Sent("m"))
    assert row(database, number).state == "sent"


OLD = """
INSERT INTO outbox (dedupe, priority, channel, account, external_id, kind, about, body, state, created_at, not_before,
    lease_until, attempts, error) VALUES
    ('a', 2, 'web', 'test', 'a', 'reminder', '[]', '{body}', 'ready', '{then}', '{later}', '{later}', 16, '502'),
    ('b', 2, 'web', 'test', 'b', 'reminder', '[]', '{body}', 'ready', '{then}', '{later}', '{later}', 0,
        'throttled until 2026-11-24T08:05:00+00:00'),
    ('c', 1, 'web', 'test', 'c', 'reply', '[]', '{body}', 'leased', '{then}', '{then}', '{then}', 16, NULL)
"""


def test_letters_from_before_leave_by_the_new_rules(database_url: str) -> None:
    """A reminder that waits for its next try lets a permit past, a chat that is asked to wait does not, and what was on
    its way when the old version ended is tried again.
    """
    upgrade(database_url, "0036")
    body = '{"text": "…", "buttons": [], "files": [], "card": null}'
    with migration(database_url) as conn:
        then, later = "2026-11-24 07:00:00.000000", "2026-11-24 08:05:00.000000"
        conn.exec_driver_sql(OLD.format(body=body, then=then, later=later))
    upgrade(database_url)
    database = open_database(database_url)
    permits = put(database, *(letter(chat, priority=PERMIT) for chat in "ab"))
    leaving = claim(database)
    assert [(one.address.external_id, one.attempts, one.leases_lost) for one in leaving] == [("a", 1, 0), ("c", 16, 1)]
    assert leaving[0].id == permits[0]
    assert [one.leases_lost for one in rows(database)] == [0, 0, 1, 0, 0]
    database.close()
