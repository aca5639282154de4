"""The audit log shows any change, whatever was changed."""

import os
import shutil
import sqlite3
import textwrap
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Executable, delete, insert, select, update

from storage import anchors, audit_chain
from storage.audit import SYSTEM, Actor, happened, note
from storage.audit_chain import Anchor, OtherKeyError, State, Verdict
from storage.engine import Database, apart
from storage.keys import KeyRing
from storage.tables import audit, audit_head
from tests.storage.conftest import KEYS, NOW, opened_with

EVENTS = 5
OPERATORS = ("值班", None)
ALL = EVENTS + 1
"""The first row tells that the log was begun."""

TAMPERING: dict[str, Any] = {
    "id": st.integers(1000, 2000),
    "seq": st.integers(1000, 2000),
    "at": st.integers(1, 10**9).map(lambda micro: NOW - timedelta(microseconds=micro)),
    "event": st.text("abc", max_size=5),
    "actor": st.none() | st.integers(1000, 2000),
    "operator": st.text("abc", max_size=5),
    "subject": st.text("abc", max_size=5),
    "data": st.dictionaries(st.text("abc", max_size=2), st.integers(1000, 2000)),
    "seal": st.binary(max_size=40) | st.none(),
}
"""For each field of a row, what it cannot have held before."""


@pytest.fixture
def written(database: Database) -> Database:
    """A log of some events."""
    write(database)
    return database


def write(database: Database, number: int = EVENTS) -> None:
    """So many events, in one transaction."""

    def job(conn: Connection) -> None:
        for event in range(number):
            at = NOW + timedelta(seconds=event)
            note(conn, at, "answered", Actor(event, OPERATORS[event % 2]), f"duty/{event}", number=event)

    database.run(job)


def do(database: Database, *statements: Executable) -> None:
    def job(conn: Connection) -> None:
        for statement in statements:
            conn.execute(statement)

    database.run(job)


def check(database: Database, *anchors: Anchor, keys: KeyRing = KEYS) -> Verdict:
    return database.look(lambda conn: audit_chain.verify(conn, keys, anchors))


def glance(database: Database, *anchors: Anchor) -> State:
    return database.look(lambda conn: audit_chain.look_at_end(conn, KEYS, anchors)).state


def anchor(database: Database) -> Anchor:
    found = database.look(partial(audit_chain.anchor, at=NOW))
    assert found is not None
    return found


def more(database: Database) -> None:
    """Another event."""
    database.run(lambda conn: note(conn, NOW, "answered", SYSTEM, "duty/99"))


def broken(at: int, sealed: int | None = None, unsealed: int = 0) -> Verdict:
    return Verdict(State.BROKEN, at - 1 if sealed is None else sealed, unsealed, at)


def test_every_event_is_sealed_when_its_transaction_ends(database: Database) -> None:
    assert check(database) == Verdict(State.WHOLE, 1)
    write(database)
    assert check(database) == Verdict(State.WHOLE, ALL)
    assert glance(database) is State.WHOLE
    rows = database.look(lambda conn: conn.execute(select(audit).order_by(audit.c.id)).all())
    assert [row.seq for row in rows] == list(range(1, ALL + 1))
    assert [(row.event, row.actor, row.operator, row.subject, row.data) for row in rows[1:3]] == [
        ("answered", 0, "值班", "duty/0", {"number": 0}),
        ("answered", 1, None, "duty/1", {"number": 1}),
    ]


def test_what_is_stored_otherwise_than_it_was_said_is_sealed_as_it_is_read(database: Database) -> None:
    data: dict[str, Any] = {"by": {10: "a", 9: "b"}, "pair": (1, 2), "text": "“全角”\u2028"}
    database.run(lambda conn: note(conn, NOW, "odd", SYSTEM, "duty/1", **data))
    assert check(database).state is State.WHOLE


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), number=st.integers(1, ALL), field=st.sampled_from(sorted(TAMPERING)))
def test_any_changed_field_is_found(written: Database, data: st.DataObject, number: int, field: str) -> None:
    before = written.look(lambda conn: dict(conn.execute(select(audit).where(audit.c.seq == number)).mappings().one()))
    value = data.draw(TAMPERING[field].filter(lambda drawn: drawn != before[field]))
    do(written, update(audit).where(audit.c.seq == number).values({field: value}))
    # A row that went to the end is missing where it was.
    assert replace(check(written), missing=None) in (broken(number), broken(number, unsealed=1))
    do(
        written,
        update(audit)
        .where(audit.c[field] == value if field in ("id", "seq") else audit.c.id == before["id"])
        .values(before),
    )
    assert check(written).state is State.WHOLE


@pytest.mark.parametrize("gone", range(1, ALL + 1))
@pytest.mark.parametrize("how", ["deleted", "unsealed"])
def test_a_row_that_is_missing_is_found_for_ever(written: Database, gone: int, how: str) -> None:
    unseal = update(audit).values(seq=None, seal=None, event="never")
    do(written, (delete(audit) if how == "deleted" else unseal).where(audit.c.seq == gone))
    assert check(written).broken_at == gone
    more(written)
    assert check(written).broken_at == gone


@pytest.mark.parametrize(
    "hide",
    [
        lambda: delete(audit_head),
        lambda: update(audit_head).values(seq=ALL - 2),
        lambda: update(audit_head).values(seq=ALL - 2, seal=b"forged"),
        lambda: update(audit_head).values(log="0" * 16),
        lambda: update(audit_head).values(digest=b"d" * 32),
        lambda: update(audit_head).values(digest=None),
        lambda: update(audit_head).values(seal=b"AZ2" + b"x" * 36),
    ],
    ids=["no-head", "lower-head", "forged-head", "other-log", "other-digest", "no-digest", "other-key"],
)
@pytest.mark.parametrize("cut", [ALL - 2, ALL])
def test_an_end_that_was_cut_off_cannot_be_hidden(written: Database, hide: Callable[[], Executable], cut: int) -> None:
    do(written, delete(audit).where(audit.c.seq > cut), hide())
    assert check(written).state is State.BROKEN
    assert glance(written) is not State.WHOLE
    at = check(written).broken_at
    more(written)
    assert check(written).broken_at == at


def test_a_log_that_was_emptied_is_broken(written: Database) -> None:
    do(written, delete(audit), delete(audit_head))
    assert check(written) == broken(1)
    assert glance(written) is State.BROKEN
    more(written)
    assert check(written).broken_at == 1


def test_a_row_without_a_seal_is_never_sealed(written: Database) -> None:
    do(written, insert(audit).values(id=1000, at=NOW, event="forged", subject="duty/6", data={}))
    assert check(written) == broken(ALL + 1, unsealed=1)
    assert glance(written) is State.BROKEN
    more(written)
    assert check(written) == broken(ALL + 2, unsealed=1)
    forged = select(audit.c.seal).where(audit.c.event == "forged")
    assert written.look(lambda conn: conn.execute(forged).scalar_one()) is None


def test_a_row_that_is_in_the_way_of_the_next_stops_nobody(written: Database) -> None:
    do(written, insert(audit).values(id=1000, at=NOW, event="e", subject="s", data={}, seq=ALL + 1, seal=b"x" * 32))
    more(written)
    assert check(written) == broken(ALL + 1)


def test_two_rows_that_changed_places_are_found(written: Database) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        do(written, update(audit).where(audit.c.seq == old).values(seq=new))
    assert check(written) == broken(2)


def test_a_row_that_was_put_in_is_found(written: Database) -> None:
    do(written, insert(audit).values(id=1000, at=NOW, event="e", subject="s", data={}, seq=ALL + 1, seal=b"x" * 32))
    assert check(written) == broken(ALL + 1)
    assert glance(written) is State.BROKEN


@pytest.mark.parametrize(
    "garbage",
    [
        "UPDATE audit SET data = '{' WHERE seq = 3",
        "UPDATE audit SET at = 'yesterday' WHERE seq = 3",
        "UPDATE audit SET seal = 'text' WHERE seq = 3",
        "UPDATE audit SET actor = x'00' WHERE seq = 3",
        "UPDATE audit SET data = 'null' WHERE seq = 3",
        "UPDATE audit SET subject = x'ff' WHERE seq = 3",
    ],
)
def test_what_is_no_row_at_all_is_found_and_stops_nobody(sqlite_template: Path, tmp_path: Path, garbage: str) -> None:
    """SQLite takes anything into any column."""
    file = shutil.copy(sqlite_template, tmp_path / "anzhu.db")
    database = opened_with(f"sqlite:///{file}")
    write(database)
    with sqlite3.connect(file) as conn:
        conn.execute(garbage)
    conn.close()
    assert check(database) == broken(3)
    more(database)
    assert check(database) == broken(3)
    database.close()


def test_another_key_is_told_apart_from_a_change(written: Database, current_database_url: str) -> None:
    other = KeyRing.of(b"t" * 32)
    assert check(written, keys=other) == Verdict(State.OTHER_KEY)
    with pytest.raises(OtherKeyError):
        opened_with(current_database_url, other)
    with pytest.raises(OtherKeyError):
        written.run(lambda conn: _note_with(conn, other))
    assert check(written) == Verdict(State.WHOLE, ALL)


def _note_with(conn: Connection, keys: KeyRing) -> None:
    note(conn, NOW, "answered", SYSTEM, "duty/1")
    audit_chain.seal(conn, keys)


def test_a_key_that_was_rotated_goes_on_and_none_goes_back(written: Database, current_database_url: str) -> None:
    ring = KeyRing.of(b"t" * 32, b"s" * 32)
    new = opened_with(current_database_url, ring)
    more(new)
    assert check(new, keys=ring) == Verdict(State.WHOLE, ALL + 1)
    # Without the retired key what it sealed is still covered by the digest under the head.
    assert check(new, keys=KeyRing.of(b"t" * 32)) == Verdict(State.WHOLE, ALL + 1)
    new.close()
    # Whoever has the retired key alone cannot add to the log.
    with pytest.raises(OtherKeyError):
        more(written)


def test_an_anchor_shows_a_log_that_was_put_back(written: Database) -> None:
    early = anchor(written)
    kept = [written.look(lambda conn: conn.execute(select(audit_head)).mappings().one())]
    more(written)
    late = anchor(written)
    assert check(written, early, late) == Verdict(State.WHOLE, ALL + 1, anchored=ALL + 1)
    do(written, delete(audit).where(audit.c.seq > ALL), update(audit_head).values(**kept[0]))
    assert check(written) == Verdict(State.WHOLE, ALL)
    assert check(written, early) == Verdict(State.WHOLE, ALL, anchored=ALL)
    assert check(written, early, late) == Verdict(State.REWOUND, ALL, 0, ALL + 1, ALL, differs=late)
    assert glance(written, late) is State.REWOUND
    # And it still shows when the log has grown past the anchor again.
    write(written)
    grown = anchor(written)
    said = Verdict(State.ALTERED, ALL + EVENTS, 0, ALL + 1, ALL, differs=late)
    assert check(written, early, late) == said
    # An anchor that the new end agrees with hides nothing.
    assert check(written, grown, late, early) == said
    assert glance(written, grown, late, early) is State.ALTERED


def test_rows_that_are_missing_are_told_by_their_numbers(written: Database) -> None:
    early = anchor(written)
    write(written)
    do(written, delete(audit).where(audit.c.seq > ALL + 2))
    assert check(written, early) == Verdict(State.BROKEN, ALL + 2, 0, ALL + 3, ALL, ALL + EVENTS)
    do(written, delete(audit).where(audit.c.seq.in_((3, 4))))
    assert check(written, early) == Verdict(State.BROKEN, 2, 0, 3, None, 4)


def test_an_anchor_that_was_copied_wrongly_is_no_tampering(written: Database) -> None:
    early = anchor(written)
    write(written)
    late = anchor(written)
    digit = "0" if late.digest[7] != "0" else "1"
    for slip in (
        replace(late, digest=late.digest[:7] + digit + late.digest[8:]),
        replace(late, seq=late.seq + 1),
        replace(late, seq=99),
        replace(late, seq=early.seq),
    ):
        assert check(written, slip).state is State.MISCOPIED
        assert check(written, early, slip).state is State.MISCOPIED
        # It hides no other that differs.
        assert check(written, slip, replace(early, digest="ab" * 32)).state is State.ALTERED


def test_anchors_hold_after_the_key_that_sealed_them_is_gone(written: Database, current_database_url: str) -> None:
    early = anchor(written)
    new = opened_with(current_database_url, KeyRing.of(b"t" * 32, b"s" * 32))
    more(new)
    alone = KeyRing.of(b"t" * 32)
    assert check(new, early, keys=alone) == Verdict(State.WHOLE, ALL + 1, anchored=ALL)
    assert new.look(lambda conn: audit_chain.look_at_end(conn, alone, [early])).state is State.WHOLE
    new.close()


def test_an_anchor_of_another_database_says_so(written: Database) -> None:
    other = Anchor("0" * 16, 1, "ab" * 32, NOW)
    assert check(written, other).state is State.OTHER_LOG
    assert glance(written, other) is State.OTHER_LOG


def test_an_anchor_is_one_line_and_reads_as_it_was_written(written: Database) -> None:
    found = anchor(written)
    line = found.line()
    assert "\n" not in line
    wide = line.translate({ord(letter): ord(letter) + 0xFEE0 for letter in "0123456789abcdefT-:+"})
    copied = [
        line,
        f"6月5日 {line} 张三",
        f"【沈阳市应急管理局】\n审计锚点　6月5日 09:00　第6条\n请保留。\n{line}。",
        "\r\n".join(textwrap.wrap(line, 37)),
        line.replace(" ", "\n\u3000"),
        line.upper(),
        line.replace("-", "–"),
        "\u200b".join(line),
        f"> {line}\n> ",
        wide,
    ]
    for text in copied:
        assert Anchor.read(text) == [found], text
    assert Anchor.read("\n".join([line[:50], line, "#", line])) == [found, found]
    for text in ("", "anzhu-audit", "anzhu-audit a 1 zz 2023", "x" * 1000, line[:-20], line[:60], line[12:]):
        assert Anchor.read(text) == []
    assert Anchor.read(line.replace("2023-", "2023-19")) == Anchor.read(line.replace("-05T", "-35T")) == []


def test_a_file_gets_one_line_a_day_whoever_writes_and_whatever_the_clock(tmp_path: Path) -> None:
    file, zone = tmp_path / "anchors", ZoneInfo("Asia/Shanghai")

    def add(seq: int, **later: float) -> list[int]:
        found = Anchor("ab" * 8, seq, f"{seq:064x}", NOW + timedelta(**later))
        return [one.seq for one in anchors.append(file, found, zone)]

    with ThreadPoolExecutor(8) as pool:
        assert set(map(tuple, pool.map(add, range(1, 30)))) == {(add(99)[0],)}
    first = add(99)[0]
    # The clock was ahead for a while, and went back.
    assert add(2, days=400) == [first, 2]
    assert add(3, days=1) == [first, 2, 3]
    assert add(4) == add(5, days=1) == add(6, days=400) == [first, 2, 3]
    assert file.stat().st_mode & 0o777 == 0o600
    # A line that a power failure cut off is none, and takes none along.
    whole = file.read_bytes()
    file.write_bytes(whole[:-60])
    assert add(7, days=1) == [first, 2, 7]
    assert [one.seq for one in anchors.in_file(file)] == [first, 2, 7]
    file.write_bytes(file.read_bytes().decode().encode("utf-16"))
    assert [one.seq for one in anchors.in_file(file)] == [first, 2, 7]


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, found = tmp_path / "anchors", Anchor("ab" * 8, 1, "ab" * 32, NOW)
    write_all = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda to, data: write_all(to, data[:20]))
        with pytest.raises(OSError, match="No space"):
            anchors.append(file, found, UTC)
    assert file.read_bytes() == b""
    assert anchors.append(file, found, UTC) == [found]


def test_many_writers_at_once_give_no_number_twice(database: Database) -> None:
    def event(number: int) -> Callable[[Connection], None]:
        return lambda conn: note(conn, NOW, "answered", Actor(number), "duty")

    for future in [database.submit(event(number)) for number in range(40)]:
        future.result(20)
    assert check(database) == Verdict(State.WHOLE, 41)


def test_two_replicas_write_one_log(written: Database, current_database_url: str) -> None:
    second = opened_with(current_database_url)
    for number in range(10):
        more(written if number % 2 else second)
    second.close()
    assert check(written) == Verdict(State.WHOLE, ALL + 10)


def test_an_event_is_kept_only_if_its_transaction_is(database: Database) -> None:
    def fail(conn: Connection) -> None:
        note(conn, NOW, "answered", Actor(1), "duty/1")
        raise LookupError

    with pytest.raises(LookupError):
        database.run(fail)
    more(database)
    assert check(database) == Verdict(State.WHOLE, 2)


def test_a_part_that_is_undone_takes_its_events_along(database: Database) -> None:
    def job(conn: Connection) -> None:
        def good() -> None:
            note(conn, NOW, "good", SYSTEM, "duty/1")

        def bad() -> None:
            note(conn, NOW, "bad", SYSTEM, "duty/1")
            raise LookupError

        apart(conn, [good, bad, good])

    database.run(job)
    events = database.look(lambda conn: conn.execute(select(audit.c.event).order_by(audit.c.id)).scalars().all())
    assert events == ["audit-begun", "good", "good"]


def test_a_look_can_leave_nothing_behind(database: Database) -> None:
    with pytest.raises(RuntimeError):
        database.look(lambda conn: note(conn, NOW, "answered", SYSTEM, "duty/1"))


def test_whether_something_happened(database: Database) -> None:
    def job(conn: Connection) -> bool:
        note(conn, NOW, "read", Actor(7), "code")
        return happened(conn, "read", 7, "code")

    assert database.run(job)
    assert database.look(lambda conn: happened(conn, "read", 7, "code"))
    assert not database.look(lambda conn: happened(conn, "read", 8, "code"))
    assert not database.look(lambda conn: happened(conn, "read", 7, "other"))


def test_an_event_costs_three_statements_more_at_the_end_of_its_transaction(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    real = Connection.exec_driver_sql

    def counted(conn: Connection, statement: str, *given: Any) -> Any:
        said.append(statement)
        return real(conn, statement, *given)

    execute = Connection.execute

    def executed(conn: Connection, statement: Any, *given: Any) -> Any:
        said.append(str(statement))
        return execute(conn, statement, *given)

    monkeypatch.setattr(Connection, "exec_driver_sql", counted)
    monkeypatch.setattr(Connection, "execute", executed)
    write(database, 20)
    assert len(said) <= 4
