"""Who passes whom on the way to one chat: what is more urgent passes what is less, and nothing else is overtaken."""

from itertools import product

from storage.engine import Database
from storage.outbox import DEADLINE, NOTICE, PERMIT, REPLY, STRANGER, Letter
from storage.sending import LEASE
from talk.messages import Broken, FileRef, Outbound, Outcome, Rejected, Sent, Throttled
from tests.storage.post import NOW, at, claim, claim_ids, letter, put, row, seconds, settle, states, sweep

CLASSES = (PERMIT, REPLY, DEADLINE, NOTICE, STRANGER)
PAIRS = list(product(CLASSES, CLASSES))
TWICE = [(first, second) for first, second in PAIRS if first != NOTICE]
"""The words of a notice are tried once."""


def to(pair: tuple[int, int], priority: int, card: str | None = None) -> Letter:
    """A letter to the chat of a pair."""
    return letter(priority=priority, address=at(str(pair)), message=Outbound("…", card=card))


def came_second(database: Database, pairs: list[tuple[int, int]], first: Outcome | None, card: str = "") -> set[object]:
    """The pairs of which the second letter leaves although the first one was claimed and ended so; None: it is still on
    its way. Each pair has a chat of its own.
    """
    put(database, *(to(pair, pair[0], card or None) for pair in pairs))
    for claimed in claim(database, limit=100):
        if first is not None:
            settle(database, claimed, first)
    put(database, *(to(pair, pair[1], card or None) for pair in pairs))
    return {one.address.external_id for one in claim(database, limit=100)}


def names(pairs: list[tuple[int, int]]) -> set[object]:
    return {str(pair) for pair in pairs}


def test_what_is_more_urgent_passes_a_letter_that_waits_for_its_next_try(database: Database) -> None:
    """A reminder in backoff does not keep a permit from anybody; of its own class, and below, all wait in order."""
    passed = came_second(database, TWICE, Broken("502"))
    assert passed == names([(first, second) for first, second in TWICE if second < first])


def test_what_is_more_urgent_passes_a_letter_that_is_on_its_way(database: Database) -> None:
    passed = came_second(database, PAIRS, None)
    assert passed == names([(first, second) for first, second in PAIRS if second < first])


def test_nothing_passes_where_the_chat_is_asked_to_wait(database: Database) -> None:
    """The platform would refuse it, and make the chat wait the longer."""
    assert came_second(database, PAIRS, Throttled(NOW + seconds(30))) == set()
    assert len(claim(database, NOW + seconds(30), limit=100)) == len(PAIRS)


def test_a_letter_that_is_done_with_holds_up_nobody(database: Database) -> None:
    assert came_second(database, PAIRS, Rejected("400")) == names(PAIRS)


def test_a_card_that_is_on_its_way_is_not_renewed_beside(database: Database) -> None:
    """The earlier message might arrive last, and would stand there."""
    assert came_second(database, PAIRS, None, card="duty/1") == set()


def test_a_card_is_never_renewed_by_what_it_said_before(database: Database) -> None:
    passed = came_second(database, TWICE, Broken("502"), card="duty/1")
    assert passed == names([(first, second) for first, second in TWICE if second < first])
    database.run(lambda conn: conn.exec_driver_sql("UPDATE outbox SET state = 'sent' WHERE state = 'leased'"))
    left = {one.address.external_id for one in claim(database, NOW + seconds(600), limit=100)}
    assert left == names(TWICE) - passed
    sweep(database, NOW + seconds(600))
    assert states(database).count("cancelled") == len(passed)


def test_files_follow_their_words_whatever_passes(database: Database) -> None:
    file = FileRef("a" * 64, "a.jpg", "image/jpeg", 9, "")
    put(database, letter(text="已报告", priority=DEADLINE, message=Outbound("已报告", files=(file,))))
    (words,) = claim(database)
    (urgent,) = put(database, letter(text="气体超限", priority=PERMIT))
    assert claim_ids(database) == [urgent]
    settle(database, words, Broken("502"))
    (reply,) = put(database, letter())
    assert claim_ids(database) == [], "the permit is on its way"
    settle(database, claim(database, NOW + LEASE)[0], Sent("m1"))
    assert claim_ids(database, NOW + LEASE) == [reply]
    settle(database, claim(database, NOW + 2 * LEASE)[0], Sent("m2"))
    (again,) = claim(database, NOW + 2 * LEASE)
    assert (again.id, again.attempts) == (words.id, 2)
    assert claim(database, NOW + 2 * LEASE) == []
    settle(database, again, Sent("m3"))
    assert [one.message.files for one in claim(database, NOW + 2 * LEASE)] == [(file,)]


def test_a_permit_that_waits_for_its_next_try_goes_before_a_reply(database: Database) -> None:
    (permit,) = put(database, letter(priority=PERMIT))
    settle(database, claim(database)[0], Broken("502"))
    (reply,) = put(database, letter())
    assert claim_ids(database) == []
    assert claim_ids(database, NOW + seconds(1)) == [permit]
    assert row(database, reply).attempts == 0


def test_a_letter_planned_for_later_holds_up_nobody(database: Database) -> None:
    put(database, letter(priority=DEADLINE, not_before=NOW + seconds(30)))
    (notice,) = put(database, letter(priority=NOTICE))
    assert claim_ids(database) == [notice]
