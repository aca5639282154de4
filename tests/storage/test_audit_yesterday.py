"""The log of before events were sealed at once: what was sealed then is checked and kept, and what waited is sealed
once as it stands, which the log itself says.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, Executable, create_engine, delete, insert, select, update

from storage import audit_chain
from storage.audit import SYSTEM, note
from storage.audit_chain import OtherKeyError, State, Verdict
from storage.engine import Database, open_database
from storage.keys import KeyRing
from storage.tables import audit, audit_head
from tests.storage.conftest import KEYS, NOW, opened_with

SECRET = KEYS.current.secret
SEALED = 4


def mac(before: bytes, told: list[Any]) -> bytes:
    """A seal as the sealer of those days made it."""
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.digest(SECRET, before + canonical.encode(), hashlib.sha256)


@pytest.fixture
def yesterday(current_database_url: str) -> str:
    """A log of which four rows were sealed, of operators and without, and two were not yet."""
    engine = create_engine(current_database_url)
    with engine.begin() as conn:
        chain = b""
        for seq in range(1, SEALED + 1):
            operator = None if seq < SEALED else "值班"
            told = [seq, seq, NOW.astimezone(UTC).isoformat(), "answered", seq, f"duty/{seq}", {"n": seq}]
            chain = mac(chain, told if operator is None else [*told, operator])
            row = {"id": seq, "seq": seq, "at": NOW, "event": "answered", "actor": seq, "subject": f"duty/{seq}"}
            conn.execute(insert(audit).values(**row, operator=operator, data={"n": seq}, seal=chain))
        conn.execute(update(audit_head).values(seq=SEALED, seal=mac(chain, ["head", SEALED])))
        for number in (5, 6):
            conn.execute(insert(audit).values(id=number, at=NOW, event="late", subject="duty/1", data={}))
    engine.dispose()
    return current_database_url


def begun(database: Database) -> dict[str, Any]:
    found = select(audit.c.data).where(audit.c.event == audit_chain.BEGUN)
    data: dict[str, Any] = database.look(lambda conn: conn.execute(found).scalar_one())
    return {name: value for name, value in data.items() if name != "log"}


def check(database: Database) -> Verdict:
    return database.look(lambda conn: audit_chain.verify(conn, KEYS))


def change(url: str, *statements: Executable) -> None:
    engine = create_engine(url)
    with engine.begin() as conn:
        for statement in statements:
            conn.execute(statement)
    engine.dispose()


def test_it_is_taken_over_once_and_goes_on(yesterday: str) -> None:
    plain = open_database(yesterday)
    assert check(plain) == Verdict(State.NEW, unsealed=2)
    plain.close()
    for _ in range(2):
        database = opened_with(yesterday)
        assert check(database) == Verdict(State.WHOLE, SEALED + 3)
        database.close()
    database = opened_with(yesterday)
    assert begun(database) == {"sealed_before": SEALED, "unsealed_before": 2, "broken_before": None}
    old = select(audit.c.seal).where(audit.c.seq <= SEALED)
    assert {len(seal) for seal in database.look(lambda conn: conn.execute(old).scalars().all())} == {32}
    database.run(lambda conn: note(conn, NOW, "answered", SYSTEM, "duty/99"))
    assert check(database) == Verdict(State.WHOLE, SEALED + 4)
    database.close()


@pytest.mark.parametrize("number", range(1, SEALED + 4))
def test_a_change_of_any_of_its_rows_is_found_afterwards(yesterday: str, number: int) -> None:
    database = opened_with(yesterday)
    change(yesterday, update(audit).where(audit.c.seq == number).values(subject="duty/0"))
    assert check(database).broken_at == number
    database.close()


@pytest.mark.parametrize(
    ("attack", "at"),
    [
        (lambda: update(audit).where(audit.c.seq == 2).values(subject="duty/0"), 2),
        (lambda: delete(audit).where(audit.c.seq == 2), 2),
        (lambda: delete(audit).where(audit.c.seq == SEALED), SEALED),
        (lambda: update(audit_head).values(seq=0, seal=b""), SEALED + 1),
    ],
    ids=["changed", "deleted", "cut", "no-head"],
)
def test_a_change_of_before_stays_to_be_seen(yesterday: str, attack: Callable[[], Executable], at: int) -> None:
    change(yesterday, attack())
    database = opened_with(yesterday)
    assert check(database).broken_at == at
    assert begun(database)["broken_before"] == at
    database.run(lambda conn: note(conn, NOW, "answered", SYSTEM, "duty/99"))
    assert check(database).broken_at == at
    database.close()


def test_another_key_does_not_take_it_over(yesterday: str) -> None:
    with pytest.raises(OtherKeyError):
        opened_with(yesterday, KeyRing.of(b"t" * 32))
    database = opened_with(yesterday)
    assert check(database).state is State.WHOLE
    database.close()


def test_a_retired_key_takes_it_over(yesterday: str) -> None:
    ring = KeyRing.of(b"t" * 32, SECRET)
    database = opened_with(yesterday, ring)
    assert database.look(lambda conn: audit_chain.verify(conn, ring)) == Verdict(State.WHOLE, SEALED + 3)
    database.close()


def test_two_that_start_at_once_begin_one_log(current_database_url: str) -> None:
    databases = [open_database(current_database_url, partial(audit_chain.seal, keys=KEYS)) for _ in range(2)]

    def begin(conn: Connection) -> None:
        audit_chain.begin(conn, KEYS, NOW)

    for future in [database.submit(begin) for database in databases for _ in range(2)]:
        future.result(20)
    assert check(databases[0]) == Verdict(State.WHOLE, 1)
    for database in databases:
        database.close()
