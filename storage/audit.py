"""The audit log: what happened, by ids and never by names, sealed into a chain that shows any change."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, exists, func, insert, select, update

from storage.engine import lock_for_transaction
from storage.tables import audit

SEALER = 27_2023
"""The number of the sealer's lock: two sealers would give one sequence number twice."""

_note = insert(audit)
_tail = select(audit).where(audit.c.seq.is_(None)).order_by(audit.c.id)
_last = select(audit.c.seq, audit.c.seal).where(audit.c.seq.is_not(None)).order_by(audit.c.seq.desc()).limit(1)
_sealed = select(audit).where(audit.c.seq.is_not(None)).order_by(audit.c.seq)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found: how many rows are sealed, how many wait, where it is broken."""

    sealed: int
    unsealed: int
    broken_at: int | None


def note(conn: Connection, at: datetime, event: str, actor: int | None, subject: str, **data: Any) -> None:
    """Write down an event in the transaction that made it; `data` is JSON without names of people."""
    conn.execute(_note, {"at": at, "event": event, "actor": actor, "subject": subject, "data": data})


def happened(conn: Connection, event: str, actor: int, subject: str) -> bool:
    """Whether somebody did something to a subject before."""
    which = exists().where(audit.c.event == event, audit.c.actor == actor, audit.c.subject == subject)
    return bool(conn.execute(select(which)).scalar_one())


def seal(conn: Connection, secret: bytes) -> int:
    """Give the rows that wait their sequence numbers and seals; how many."""
    lock_for_transaction(conn, SEALER)
    waiting = conn.execute(_tail).all()
    if not waiting:
        return 0
    last = conn.execute(_last).one_or_none()
    seq, chain = (0, b"") if last is None else (int(last.seq), bytes(last.seal))
    for row in waiting:
        seq += 1
        chain = _seal(secret, chain, seq, row)
        conn.execute(update(audit).where(audit.c.id == row.id).values(seq=seq, seal=chain))
    return len(waiting)


def unsealed(conn: Connection) -> tuple[int, datetime | None]:
    """How many rows wait for their seal, and the campaign time of the oldest."""
    statement = select(func.count(), func.min(audit.c.at)).where(audit.c.seq.is_(None))
    number, oldest = conn.execute(statement).one()
    return int(number), oldest


def verify(conn: Connection, secret: bytes) -> Verdict:
    """Walk the chain. The last seal is no secret: who can write the whole table and knows the key can forge it."""
    unsealed = int(conn.execute(select(func.count()).select_from(audit).where(audit.c.seq.is_(None))).scalar_one())
    return _walk(secret, conn.execute(_sealed), unsealed)


def _walk(secret: bytes, rows: Iterable[Any], unsealed: int) -> Verdict:
    chain = b""
    seq = 0
    for row in rows:
        expected = _seal(secret, chain, seq + 1, row)
        if row.seq != seq + 1 or not hmac.compare_digest(expected, bytes(row.seal or b"")):
            return Verdict(seq, unsealed, seq + 1)
        seq, chain = seq + 1, expected
    return Verdict(seq, unsealed, None)


def _seal(secret: bytes, before: bytes, seq: int, row: Any) -> bytes:
    told = [seq, row.at.astimezone(UTC).isoformat(), row.event, row.actor, row.subject, row.data]
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.digest(secret, before + canonical.encode(), hashlib.sha256)
