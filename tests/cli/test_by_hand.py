"""What an operator looks up and does by hand: letters that did not arrive, updates that could not be handled."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from storage import engine, fetching, inbox, outbox, paper_orders, people
from storage.engine import Database
from talk.messages import Address, FileRef, Inbound, Kind, Outbound
from tests.cli.conftest import Anzhu
from tests.cli.test_care import checks

THEN = datetime(2023, 6, 1, tzinfo=UTC)
FILE = FileRef("a" * 64, "a.jpg", "image/jpeg", 9, "")
ROOM = Address("telegram", "7", "1")
UPDATE = "telegram/7/5"


@pytest.fixture
def database(june: Anzhu, current_database_url: str) -> Database:
    """The database of the town, with a letter with a file that failed, one that waits, and an update that failed."""
    del june
    opened = engine.open_database(current_database_url)
    letters = [
        outbox.Letter(f"test/{number}", priority, ROOM, None, kind, None, message, THEN, None)
        for number, (priority, kind, message) in enumerate(
            ((outbox.NOTICE, "notice", Outbound("秘密", files=(FILE,))), (outbox.REPLY, "reply", Outbound("也是秘密")))
        )
    ]

    def fill(conn: Connection) -> None:
        conn.exec_driver_sql("DELETE FROM outbox")
        outbox.put_all(conn, letters, THEN)
        conn.exec_driver_sql(
            "UPDATE outbox SET state = 'failed', attempts = 1, error = 'reset' WHERE dedupe = 'test/0'"
        )
        conn.exec_driver_sql("UPDATE outbox SET state = 'cancelled', error = NULL WHERE follows IS NOT NULL")
        inbox.receive(conn, Inbound(ROOM, 5, THEN, Kind.TEXT, text="秘密", raw={"message": 1}), THEN, error="KeyError")
        inbox.set_aside(conn, ROOM, 6, "[[[", THEN, "too deep")

    opened.run(fill)
    return opened


def numbers(june: Anzhu, *options: str) -> list[int]:
    return [letter["id"] for letter in june.good("outbox", *options, "--json").json]


def state_of(june: Anzhu, number: int) -> tuple[str, int]:
    (letter,) = [one for one in june.good("outbox", "--json").json if one["id"] == number]
    return letter["state"], letter["attempts"]


def test_letters_are_looked_up_shown_sent_again_taken_back_and_noted(june: Anzhu, database: Database) -> None:
    notice, reply, file = numbers(june)
    assert numbers(june, "--state", "failed") == [notice]
    assert numbers(june, "--kind", "notice") == [notice, file]
    assert numbers(june, "--kind", "reply") == [reply]
    assert numbers(june, "--channel", "web") == numbers(june, "--older-than", "99999d") == []
    assert numbers(june, "--older-than", "1h", "--channel", "telegram") == [notice, reply, file]

    shown = june.good("outbox", "show", str(notice))
    assert shown.json["says"] == {"characters": 2, "buttons": 0, "files": 0}
    assert "秘密" not in shown.out
    assert checks(june)["outbox-failed"] == "error"
    assert "已标记知悉" in june.good("outbox", "acknowledge", str(notice)).out
    assert checks(june)["outbox-failed"] == "ok"
    refused = june("outbox", "acknowledge", str(notice), str(reply))
    assert (refused.code, "它没有失败" in refused.err, "已标记知悉" in refused.out) == (1, True, True)

    assert "会收到两次" in june.good("outbox", "retry", str(notice)).out
    assert [state_of(june, one) for one in (notice, file)] == [("ready", 0), ("ready", 0)]
    assert "到时会自己发出" in june("outbox", "retry", str(reply)).err
    assert "已撤回" in june.good("outbox", "cancel", str(reply)).out
    assert "不能再改" in june("outbox", "cancel", str(reply)).err
    assert "不能再改" in june("outbox", "retry", str(reply)).err
    assert state_of(june, reply)[0] == "cancelled"
    database.close()
    noted = june.good("audit", "show", "--event", "letter-retried", "--json").json
    assert [one["subject"] for one in noted] == [f"letter/{notice}"]


def test_updates_are_looked_up_shown_handled_again_and_noted(june: Anzhu, database: Database) -> None:
    listed = june.good("inbox", "--json").json
    assert [(one["id"], one["state"]) for one in listed] == [(UPDATE, "failed"), ("telegram/7/6", "failed")]
    assert "秘密" not in june.good("inbox", "show", UPDATE).out
    assert "只保存了开头" in june("inbox", "retry", "telegram/7/6").err
    assert "已标记知悉" in june.good("inbox", "acknowledge", "telegram/7/6").out
    assert checks(june)["inbox-failed"] == "error"
    assert "重新处理" in june.good("inbox", "retry", UPDATE).out
    assert checks(june)["inbox-failed"] == "ok"
    assert [one["id"] for one in june.good("inbox", "--state", "queued", "--json").json] == [UPDATE]
    (claimed,) = database.run(lambda conn: fetching.claim(conn, "telegram", "7", datetime.now(UTC), 9))
    (queued,) = database.look(lambda conn: fetching.of(conn, claimed))
    assert (queued.update_id, queued.raw) == (5, {"message": 1})
    assert "不再处理" in june.good("inbox", "cancel", UPDATE).out
    assert "不能再改" in june("inbox", "retry", UPDATE).err
    assert [one["id"] for one in june.good("inbox", "--state", "done", "--channel", "telegram", "--json").json] == [
        UPDATE
    ]
    database.close()


def test_papers_are_listed_with_what_came_of_them_and_nothing_of_what_they_say(
    june: Anzhu, current_database_url: str
) -> None:
    database = engine.open_database(current_database_url)
    person = database.run(lambda conn: people.add_guest(conn, "zh-CN"))

    def ask(conn: Connection) -> None:
        for likeness in ("1", "2"):
            asked = paper_orders.Asked("permit", {"permit": 7}, [(person, "秘密")], None, likeness)
            paper_orders.ask(conn, asked, datetime.now(UTC))
        ended = "UPDATE paper_orders SET state = 'failed', error = 'KeyError', done_at = asked_at WHERE id = 1"
        conn.exec_driver_sql(ended)

    database.run(ask)
    database.close()
    told = june.good("papers").out
    assert "没能生成" in told
    assert "等待生成" in told
    assert "秘密" not in told + june.good("papers", "--json").out
    (failed,) = june.good("papers", "--state", "failed", "--person", str(person), "--json").json
    assert (failed["id"], failed["kind"], failed["person"], failed["error"]) == (1, "permit", person, "KeyError")
    (finding,) = [one for one in june("doctor", "--json").json if one["check"] == "papers"]
    assert finding["level"] == "warning"
    assert "编号1的文件（permit）没能生成：KeyError" in finding["detail"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("outbox --state lost", "lost"),
        ("papers --state lost", "lost"),
        ("outbox --older-than 6", "不认识时长“6”"),
        ("outbox --person 999", "没有编号为“999”的人员"),
        ("outbox show x", "没有编号为“x”的消息"),
        ("outbox retry 99999999999999999999", "没有编号为"),
        ("inbox show 5", "没有编号为“5”的来信"),
        ("inbox retry telegram/7/99999999999999999999", "没有编号为"),
        ("inbox acknowledge a/b/-1", "没有编号为“a/b/-1”的来信"),
    ],
)
def test_what_is_not_there_gets_a_line(june: Anzhu, asked: str, told: str) -> None:
    assert told in june.refused(*asked.split())
