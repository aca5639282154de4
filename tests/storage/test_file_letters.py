"""A file takes the words down with it: it does not. Words leave first, each file after them, settled apart."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, update

from storage import outbox, people, sending
from storage.engine import Database, migration, open_database
from storage.outbox import NOTICE, Claimed, LostFile
from storage.schema import upgrade
from storage.sending import ATTEMPTS, LEASE, Settled
from storage.tables import outbox as table
from talk.messages import Broken, FileRef, Outbound, Outcome, Refused, Rejected, Sent, Throttled
from tests.storage.post import NOW, claim, letter, put, rows, seconds, settle, states, sweep

ONE, TWO = (FileRef(sign * 64, f"{sign}.jpg", "image/jpeg", 9, "") for sign in "ab")
REPORT = Outbound("已报告", files=(ONE, TWO))
ALONE = Outbound("已报告", files=(ONE,))


OLD = """
INSERT INTO outbox (dedupe, priority, channel, account, external_id, kind, about, body, state, created_at, not_before,
    attempts) VALUES ('{number}', 1, 'web', 'test', 'a', 'hazard', '[]', '{body}', '{state}',
    '2026-11-24 07:00:00.000000', '2026-11-24 07:00:00.000000', 0)
"""


def said(claimed: list[Claimed]) -> list[str]:
    """What leaves: words, or the name of a file."""
    return [one.message.text or one.message.files[0].name for one in claimed]


def lose(database: Database, claimed: Claimed, outcome: Outcome) -> list[LostFile]:
    return database.run(lambda conn: sending.settle(conn, [Settled(claimed, outcome, NOW)]))


def words_sent(database: Database, message: Outbound = REPORT, **fields: Any) -> Claimed:
    """A letter with files whose words have arrived; the first file, on its way."""
    put(database, letter(message=message, **fields))
    (words,) = claim(database)
    settle(database, words, Sent("m1"))
    (first,) = claim(database)
    return first


def test_words_leave_first_and_files_in_their_place_behind_them(database: Database) -> None:
    put(database, letter(message=REPORT), letter(text="下一题"))
    order = []
    while claimed := claim(database):
        order += said(claimed)
        settle(database, claimed[0], Sent("m"))
    assert order == ["已报告", "a.jpg", "b.jpg", "下一题"]
    assert states(database) == ["sent"] * 4


def test_a_letter_with_files_is_queued_once(database: Database) -> None:
    again = letter(message=REPORT)
    put(database, again, again)
    assert len(rows(database)) == 3


def test_what_was_sent_with_its_files_before_is_not_sent_again(database: Database) -> None:
    """Before, one letter held words and files; its cause is looked at again after the update."""
    old = letter(message=REPORT)
    put(database, old)
    database.run(lambda conn: conn.execute(table.delete().where(table.c.follows.is_not(None))))
    database.run(lambda conn: conn.execute(update(table).values(state="sent", created_at=NOW - LEASE)))
    put(database, old)
    assert states(database) == ["sent"]


@pytest.mark.parametrize("end", [Rejected("can't parse entities"), Refused("blocked")])
def test_a_file_without_its_words_does_not_leave(database: Database, end: Outcome) -> None:
    put(database, letter(message=REPORT), letter("b"))
    words, other = claim(database)
    assert lose(database, words, end) == []
    settle(database, other, Sent("m"))
    assert claim(database) == []
    sweep(database, NOW)
    assert set(states(database)[1:3]) <= {"cancelled", "refused"}


def test_a_refused_file_is_given_up_alone(database: Database) -> None:
    """Its words stay sent, the next file and the next words leave."""
    first = words_sent(database)
    (lost,) = lose(database, first, Rejected("400 Bad Request: DOCUMENT_INVALID"))
    assert (lost.file, lost.why) == (ONE, "refused")
    (second,) = claim(database)
    (lost,) = lose(database, second, Rejected("not kept", ours=True))
    assert (lost.file, lost.why) == (TWO, "lost")
    assert states(database) == ["sent", "rejected", "rejected"]
    named = database.look(lambda conn: outbox.lost_files(conn, NOW - LEASE))
    assert named == [("b.jpg", "not kept"), ("a.jpg", "400 Bad Request: DOCUMENT_INVALID")]
    assert database.look(lambda conn: outbox.lost_files(conn, NOW)) == []


def test_a_file_that_is_tried_again_holds_up_no_words_and_repeats_none(database: Database) -> None:
    first = words_sent(database, message=ALONE)
    put(database, letter(text="下一题"))
    assert claim(database) == []
    assert lose(database, first, Broken("reset")) == []
    (next_,) = claim(database)
    assert said([next_]) == ["下一题"]
    settle(database, next_, Sent("m"))
    (again,) = claim(database, NOW + LEASE)
    assert (said([again]), again.attempts) == (["a.jpg"], 2)
    put(database, letter(text="再下一题", priority=NOTICE))
    assert said(claim(database, NOW + LEASE)) == ["再下一题"]


def test_a_file_that_takes_long_lets_words_past(database: Database) -> None:
    first = words_sent(database, message=ALONE)
    put(database, letter(text="下一题"))
    database.run(lambda conn: sending.renew(conn, [first], NOW + seconds(5)))
    assert said(claim(database, NOW + seconds(5))) == ["下一题"]
    # It is still in somebody's hands, and sent by nobody else until they let go.
    assert [one for one in claim(database, NOW + seconds(19)) if one.follows] == []
    (again,) = [one for one in claim(database, NOW + seconds(5) + LEASE) if one.follows]
    assert (again.attempts, again.leases_lost) == (1, 1)


def test_where_the_chat_is_asked_to_wait_for_a_file_all_wait(database: Database) -> None:
    first = words_sent(database, message=ALONE)
    put(database, letter(text="下一题"))
    settle(database, first, Throttled(NOW + seconds(30)))
    assert claim(database, NOW + seconds(29)) == []
    assert said(claim(database, NOW + seconds(30))) == ["a.jpg"]


def test_the_words_of_a_notice_leave_once_and_its_file_is_tried_again(database: Database) -> None:
    first = words_sent(database, message=ALONE, priority=NOTICE)
    sweep(database, NOW + LEASE)  # the process died with the file in its hands
    (again,) = claim(database, NOW + LEASE)
    assert (again.id, again.attempts, said([again])) == (first.id, 1, ["a.jpg"])
    assert lose(database, again, Broken("reset")) == []
    assert states(database) == ["sent", "ready"]


def test_a_file_is_given_up_when_it_is_too_late(database: Database) -> None:
    first = words_sent(database, message=ALONE, expires_at=NOW + seconds(60))
    assert lose(database, first, Broken("reset")) == []
    (lost,) = database.run(lambda conn: sending.sweep(conn, NOW + seconds(60)))
    assert (lost.file, lost.why) == (ONE, "late")
    first = words_sent(database, message=ALONE)
    database.run(lambda conn: conn.execute(update(table).values(attempts=ATTEMPTS).where(table.c.id == first.id)))
    (lost,) = lose(database, replace(first, attempts=ATTEMPTS), Broken("reset"))
    assert (lost.file, lost.why) == (ONE, "late")


def test_words_that_come_too_late_take_their_files_along_without_a_word(database: Database) -> None:
    put(database, letter(message=REPORT, expires_at=NOW + seconds(60)))
    assert database.run(lambda conn: sending.sweep(conn, NOW + seconds(60))) == []
    assert states(database) == ["expired", "cancelled", "cancelled"]


def test_new_words_of_the_last_look_leave_without_files(database: Database) -> None:
    """They have letters of their own, which are not looked at: their words have arrived."""
    looked: list[str] = []

    def look(_: Connection, letters: Sequence[Claimed]) -> dict[int, Outbound]:
        looked.extend(said(list(letters)))
        return {one.id: replace(REPORT, text="改了") for one in letters}

    put(database, letter(message=REPORT, priority=NOTICE))
    (words,) = claim(database, before_send=look)
    assert words.message == Outbound("改了")
    settle(database, words, Sent("m"))
    assert said(claim(database, before_send=look)) == ["a.jpg"]
    assert looked == ["已报告"]


def test_what_a_file_is_about_is_what_its_words_are_about(database: Database) -> None:
    """Whoever takes back letters that name an enterprise takes back the files, too."""
    number = database.run(lambda conn: people.add_guest(conn, "zh-CN"))
    put(database, letter(message=REPORT, person=number))
    waiting = database.look(lambda conn: outbox.on_their_way(conn, number))
    assert [one.message.text for one in waiting] == ["已报告"] * 3


def test_letters_from_before_are_taken_apart_by_the_step(database_url: str) -> None:
    """Those that have not left; what has left stays as it was sent."""
    upgrade(database_url, "0024")
    with migration(database_url) as conn:
        for number, state in enumerate(("sent", "ready", "leased"), 1):
            conn.exec_driver_sql(OLD.format(number=number, state=state, body=json.dumps(REPORT.to_json())))
    upgrade(database_url)
    database = open_database(database_url)
    bodies = [Outbound.from_json(row.body) for row in rows(database)]
    words, files = Outbound("已报告"), [Outbound("", files=(file,)) for file in (ONE, TWO)]
    assert bodies == [REPORT, words, words, *files, *files]
    assert [row.follows for row in rows(database)] == [None, None, None, 2, 2, 3, 3]
    put(database)
    order = []
    while claimed := claim(database):
        order += said(claimed)
        settle(database, claimed[0], Sent("m"))
    assert order == ["已报告", "已报告", *["a.jpg", "b.jpg"] * 2]
    database.close()
