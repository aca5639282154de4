"""The audit log shows any change, whatever was changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Executable, delete, insert, select, update

from storage.audit import SYSTEM, Actor, Verdict, happened, note, seal, unsealed, verify
from storage.engine import Database
from storage.tables import audit, audit_head
from tests.storage.conftest import NOW

SECRET = b"s" * 32
EVENTS = 5
OPERATORS = ("值班", None)

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


def write(database: Database, number: int = EVENTS) -> None:
    """So many events and nothing else, sealed."""

    def job(conn: Connection) -> None:
        conn.execute(delete(audit))
        conn.execute(delete(audit_head))
        for event in range(number):
            note(
                conn,
                NOW + timedelta(seconds=event),
                "answered",
                Actor(event, OPERATORS[event % 2]),
                f"duty/{event}",
                number=event,
            )
        seal(conn, SECRET)

    database.run(job)


def do(database: Database, *statements: Executable) -> None:
    def job(conn: Connection) -> None:
        for statement in statements:
            conn.execute(statement)

    database.run(job)


def check(database: Database) -> Verdict:
    return database.look(lambda conn: verify(conn, SECRET))


def more(database: Database) -> int:
    """Another event, sealed."""

    def job(conn: Connection) -> int:
        note(conn, NOW, "answered", SYSTEM, "duty/99")
        return seal(conn, SECRET)

    return database.run(job)


def test_what_nobody_touched_verifies(database: Database) -> None:
    assert check(database) == Verdict(0, 0, None)
    write(database)
    do(database, insert(audit).values(at=NOW, event="answered", subject="duty/6", data={}))
    assert check(database) == Verdict(EVENTS, 1, None)
    assert database.look(unsealed) == (1, NOW)
    assert database.run(lambda conn: seal(conn, SECRET)) == 1
    assert database.run(lambda conn: seal(conn, SECRET)) == 0
    assert check(database) == Verdict(EVENTS + 1, 0, None)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), number=st.integers(1, EVENTS), field=st.sampled_from(sorted(TAMPERING)))
def test_any_changed_field_is_found(database: Database, data: st.DataObject, number: int, field: str) -> None:
    write(database)
    value = data.draw(TAMPERING[field])
    do(database, update(audit).where(audit.c.seq == number).values({field: value}))
    assert check(database).broken_at == number
    more(database)
    assert check(database).broken_at == number


@pytest.mark.parametrize("gone", range(1, EVENTS + 1))
@pytest.mark.parametrize("how", ["deleted", "unsealed"])
def test_a_row_that_is_missing_is_found_for_ever(database: Database, gone: int, how: str) -> None:
    write(database)
    unseal = update(audit).values(seq=None, seal=None, event="never")
    do(database, (delete(audit) if how == "deleted" else unseal).where(audit.c.seq == gone))
    assert check(database).broken_at == gone
    more(database)
    assert check(database).broken_at == gone


@pytest.mark.parametrize(
    "hide",
    [
        lambda: delete(audit_head),
        lambda: update(audit_head).values(seq=EVENTS - 2),
        lambda: update(audit_head).values(seq=EVENTS - 2, seal=b"forged"),
    ],
    ids=["no-head", "lower-head", "forged-head"],
)
def test_an_end_that_was_cut_off_cannot_be_hidden(database: Database, hide: Callable[[], Executable]) -> None:
    write(database)
    do(database, delete(audit).where(audit.c.seq > EVENTS - 2), hide())
    assert check(database).broken_at == EVENTS - 1
    more(database)
    assert check(database).broken_at == EVENTS - 1


def test_two_rows_that_changed_places_are_found(database: Database) -> None:
    write(database)
    for old, new in ((2, 99), (3, 2), (99, 3)):
        do(database, update(audit).where(audit.c.seq == old).values(seq=new))
    assert check(database).broken_at == 2


def test_a_row_that_was_put_in_is_found(database: Database) -> None:
    write(database)
    do(database, insert(audit).values(at=NOW, event="e", subject="s", data={}, seq=EVENTS + 1, seal=b"x" * 32))
    assert check(database).broken_at == EVENTS + 1


def test_another_key_verifies_nothing(database: Database) -> None:
    write(database, 2)
    assert database.look(lambda conn: verify(conn, b"t" * 32)).broken_at == 1


def test_two_sealers_give_no_number_twice(database: Database) -> None:
    def events(conn: Connection) -> None:
        for event in range(20):
            note(conn, NOW, "answered", Actor(event), "duty")

    database.run(events)
    sealers = [database.submit(lambda conn: seal(conn, SECRET)) for _ in range(4)]
    assert sum(sealer.result(10) for sealer in sealers) == 20
    numbers = database.look(lambda conn: conn.execute(select(audit.c.seq).order_by(audit.c.seq)).scalars().all())
    assert numbers == list(range(1, 21))
    assert check(database) == Verdict(20, 0, None)


def test_whether_something_happened(database: Database) -> None:
    database.run(lambda conn: note(conn, NOW, "read", Actor(7), "code"))
    assert database.look(lambda conn: happened(conn, "read", 7, "code"))
    assert not database.look(lambda conn: happened(conn, "read", 8, "code"))
    assert not database.look(lambda conn: happened(conn, "read", 7, "other"))


def test_an_event_is_kept_only_if_its_transaction_is(database: Database) -> None:
    def fail(conn: Connection) -> None:
        note(conn, NOW, "answered", Actor(1), "duty/1")
        raise LookupError

    with pytest.raises(LookupError):
        database.run(fail)
    assert database.look(unsealed) == (0, None)
