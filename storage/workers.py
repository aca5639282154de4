"""The register of workers: who holds which certificate, in which enterprise, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, bindparam, delete, exists, insert, or_, select, update

from storage.permit_tables import permit_people
from storage.records import columns, row_or_none, rows
from storage.tables import workers
from talk.cleaning import likeness


@dataclass(frozen=True, slots=True)
class Worker:
    """A certificate and its holder; days are the zone's. The number is here as anybody may see it; the whole of it
    is read by `sealed` alone.
    """

    id: int
    enterprise: str
    name: str
    trade: str
    certificate_masked: str
    certificate_hash: str
    issued: date
    review_due: date
    valid_until: date
    reminded_days: int | None
    removed_at: datetime | None


_columns = columns(workers, Worker)
_live = select(*_columns).where(workers.c.removed_at.is_(None)).order_by(workers.c.enterprise, workers.c.id)
_of_enterprise = _live.where(workers.c.enterprise == bindparam("of_enterprise"))
_ending = _live.where(
    or_(
        workers.c.review_due.between(bindparam("first"), bindparam("last")),
        workers.c.valid_until.between(bindparam("first"), bindparam("last")),
    )
)
_by_id = select(*_columns).where(workers.c.id == bindparam("worker"))
_sealed = select(workers.c.certificate).where(workers.c.id == bindparam("worker"))
_add = insert(workers).returning(workers.c.id, sort_by_parameter_order=True)
_remind = update(workers).where(workers.c.id == bindparam("worker")).values(reminded_days=bindparam("days"))


def find(conn: Connection, enterprise: str) -> list[Worker]:
    """Return the register of an enterprise, by number."""
    return rows(conn, Worker, _of_enterprise, {"of_enterprise": enterprise})


def of_enterprise(conn: Connection, enterprise: str) -> list[Worker]:
    """Return who is or was in the register of an enterprise, by number."""
    return rows(conn, Worker, select(*_columns).where(workers.c.enterprise == enterprise).order_by(workers.c.id))


def forget(conn: Connection, worker: int) -> bool:
    """Delete a worker to whom no permit refers; return False where one does."""
    mentioned = exists().where(permit_people.c.worker == workers.c.id)
    return bool(conn.execute(delete(workers).where(workers.c.id == worker, ~mentioned)).rowcount)


def rename(conn: Connection, enterprise: str, before: str, name: str) -> bool:
    """Call by another name who is the only one of a name in the register of an enterprise, with all certificates;
    return whether there was one.
    """
    found = [one for one in find(conn, enterprise) if likeness(one.name) == likeness(before)]
    if len({one.certificate_hash for one in found}) != 1:
        return False
    conn.execute(update(workers).where(workers.c.id.in_([one.id for one in found])).values(name=name))
    return True


def everybody(conn: Connection) -> list[Worker]:
    """Return the registers of all enterprises."""
    return rows(conn, Worker, _live)


def ending(conn: Connection, first: date, last: date) -> list[Worker]:
    """Return the workers whose review or validity ends from one day to another, both included; by enterprise."""
    return rows(conn, Worker, _ending, {"first": first, "last": last})


def get(conn: Connection, worker: int) -> Worker | None:
    """Return a worker by number, also one who has left."""
    return row_or_none(conn, Worker, _by_id, {"worker": worker})


def sealed(conn: Connection, worker: int) -> bytes:
    """Return the number of a worker's certificate as it is kept, encrypted."""
    return bytes(conn.execute(_sealed, {"worker": worker}).scalar_one())


def everything_sealed(conn: Connection) -> list[tuple[Worker, bytes]]:
    """Return everybody who is or was in a register, with the number of the certificate as it is kept, encrypted."""
    sealed = {row.id: bytes(row.certificate) for row in conn.execute(select(workers.c.id, workers.c.certificate))}
    return [(worker, sealed[worker.id]) for worker in rows(conn, Worker, select(*_columns).order_by(workers.c.id))]


def reseal(conn: Connection, worker: int, sealed: bytes, number_hash: str) -> None:
    """Keep the number of a certificate under another key."""
    values = {"certificate": sealed, "certificate_hash": number_hash}
    conn.execute(update(workers).where(workers.c.id == worker).values(values))


class NewWorker(TypedDict):
    """The columns of a worker who is entered, but for the whole number: encrypted it is bound to the worker, who
    must be there first (`reseal`).
    """

    enterprise: str
    name: str
    trade: str
    certificate_masked: str
    certificate_hash: str
    issued: date
    review_due: date
    valid_until: date


class WorkerColumns(TypedDict, total=False):
    """The columns that may change."""

    name: str
    trade: str
    issued: date
    review_due: date
    valid_until: date
    reminded_days: int | None
    removed_at: datetime


def add(conn: Connection, new: Sequence[NewWorker], at: datetime) -> list[int]:
    """Enter workers; return their numbers, in the order given."""
    if not new:
        return []
    entered = [{**worker, "certificate": b"", "updated_at": at} for worker in new]
    return list(conn.execute(_add, entered).scalars())


def change(conn: Connection, worker: int, at: datetime, **values: Unpack[WorkerColumns]) -> None:
    """Write what changed about a worker."""
    conn.execute(update(workers).where(workers.c.id == worker).values(updated_at=at, **values))


def mark_reminded(conn: Connection, reminded: Sequence[tuple[int, int]]) -> None:
    """Keep that these workers' ends were brought to mind, so many days before: (worker, days)."""
    if reminded:
        conn.execute(_remind, [{"worker": worker, "days": days} for worker, days in reminded])
