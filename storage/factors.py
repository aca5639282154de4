"""The second factor of each person as it is kept: secrets stay encrypted here. All times are real UTC."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from storage import engine
from storage.factor_tables import factors, recovery_codes
from storage.records import columns, row_or_none, rows


@dataclass(frozen=True, slots=True)
class Factor:
    """The second factor of one person: enrolled where there is a `secret`, being set up where there is a `pending`."""

    person: int
    secret: bytes | None
    enrolled_at: datetime | None
    pending: bytes | None
    begun_at: datetime | None
    last_step: int
    wrong: int
    pauses: int
    paused_until: datetime | None
    verified_at: datetime | None
    verified_by: Sequence[str] | None
    held: Mapping[str, Any] | None
    held_at: datetime | None


_columns = columns(factors, Factor)


def of(conn: Connection, person: int) -> Factor | None:
    """Return the second factor of somebody; None: they never began to set one up."""
    return row_or_none(conn, Factor, select(*_columns).where(factors.c.person == person))


def everyone(conn: Connection) -> list[Factor]:
    """Return the second factors of all people, by person."""
    return rows(conn, Factor, select(*_columns).order_by(factors.c.person))


def begin(conn: Connection, person: int, pending: bytes, at: datetime) -> None:
    """Keep a secret that was shown to somebody and is to be confirmed by a first code."""
    values = {"pending": pending, "begun_at": at}
    statement = engine.insert(factors).values(person=person, last_step=0, wrong=0, pauses=0, **values)
    conn.execute(statement.on_conflict_do_update(index_elements=["person"], set_=values))


def change(conn: Connection, person: int, **values: Any) -> None:
    """Write columns of somebody's second factor."""
    conn.execute(update(factors).where(factors.c.person == person).values(**values))


def remove(conn: Connection, person: int) -> bool:
    """Take away somebody's second factor with its recovery codes; return whether there was one."""
    conn.execute(delete(recovery_codes).where(recovery_codes.c.person == person))
    return bool(conn.execute(delete(factors).where(factors.c.person == person)).rowcount)


def set_recovery(conn: Connection, person: int, hashes: Sequence[str]) -> None:
    """Give somebody recovery codes, by their hashes; those from before are void."""
    conn.execute(delete(recovery_codes).where(recovery_codes.c.person == person))
    conn.execute(insert(recovery_codes), [{"person": person, "code_hash": code} for code in hashes])


def use_recovery(conn: Connection, person: int, hashes: Collection[str], at: datetime) -> bool:
    """Spend a recovery code of somebody, by every hash that it may be kept under; return whether it was good."""
    good = (
        recovery_codes.c.person == person,
        recovery_codes.c.code_hash.in_(hashes),
        recovery_codes.c.used_at.is_(None),
    )
    return bool(conn.execute(update(recovery_codes).where(*good).values(used_at=at)).rowcount)


def recovery_left(conn: Connection, person: int) -> int:
    """Return how many recovery codes somebody has not used."""
    unused = (recovery_codes.c.person == person, recovery_codes.c.used_at.is_(None))
    return int(conn.execute(select(func.count()).select_from(recovery_codes).where(*unused)).scalar_one())
