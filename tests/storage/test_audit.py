"""The audit log shows any change, whatever was changed."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, update

from storage import audit
from storage.audit import note, seal, verify
from storage.engine import Door
from storage.tables import audit as table
from tests.storage.conftest import NOW

SECRET = b"s" * 32

TAMPERING: dict[str, Any] = {
    "at": NOW + timedelta(days=9),
    "event": "nothing-happened",
    "actor": 99,
    "subject": "duty/99",
    "data": {"number": 99},
    "seal": b"forged",
    "seq": 99,
}


def write(door: Door, number: int) -> None:
    """So many events, sealed."""

    def job(conn: Connection) -> None:
        conn.execute(delete(table))
        for event in range(number):
            note(conn, NOW + timedelta(seconds=event), "answered", event, f"duty/{event}", number=event)
        seal(conn, SECRET)

    door.run(job)


def test_what_nobody_touched_verifies(door: Door) -> None:
    write(door, 5)
    door.run(lambda conn: note(conn, NOW, "answered", None, "duty/6"))
    assert door.look(lambda conn: verify(conn, SECRET)) == audit.Verdict(5, 1, None)
    assert door.run(lambda conn: seal(conn, SECRET)) == 1
    assert door.run(lambda conn: seal(conn, SECRET)) == 0
    assert door.look(lambda conn: verify(conn, SECRET)) == audit.Verdict(6, 0, None)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.integers(0, 4), field=st.sampled_from(sorted(TAMPERING)))
def test_any_changed_field_is_found(door: Door, row: int, field: str) -> None:
    write(door, 5)
    change = update(table).where(table.c.seq == row + 1).values({field: TAMPERING[field]})
    door.run(lambda conn: conn.execute(change).close())
    assert door.look(lambda conn: verify(conn, SECRET)).broken_at == row + 1


@pytest.mark.parametrize("row", [1, 3])
def test_a_row_that_is_missing_is_found(door: Door, row: int) -> None:
    write(door, 5)
    door.run(lambda conn: conn.execute(delete(table).where(table.c.seq == row)).close())
    assert door.look(lambda conn: verify(conn, SECRET)).broken_at == row


def test_another_key_verifies_nothing(door: Door) -> None:
    write(door, 2)
    assert door.look(lambda conn: verify(conn, b"t" * 32)).broken_at == 1


def test_two_sealers_give_no_number_twice(door: Door) -> None:
    for event in range(20):
        door.run(lambda conn, event=event: note(conn, NOW, "answered", event, "duty"))  # type: ignore[misc]  # bound now
    sealers = [door.submit(lambda conn: seal(conn, SECRET)) for _ in range(4)]
    assert sum(sealer.result(10) for sealer in sealers) == 20
    numbers = door.look(lambda conn: conn.execute(select(table.c.seq).order_by(table.c.seq)).scalars().all())
    assert numbers == list(range(1, 21))
