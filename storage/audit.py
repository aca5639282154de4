"""The audit log: what happened, by ids and never by names, sealed into a chain that shows any change."""

import hashlib
import hmac
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, select, update

from storage import engine
from storage.engine import lock_for_transaction
from storage.records import matching
from storage.tables import audit, audit_head

SEALER = 27_2023
"""The number of the sealer's lock: two sealers would give one sequence number twice."""

_note = insert(audit)
_happened = select(
    exists().where(
        audit.c.event == bindparam("event"),
        audit.c.actor == bindparam("actor"),
        audit.c.subject == bindparam("subject"),
    )
)
_tail = select(audit).where(audit.c.seq.is_(None)).order_by(audit.c.id)
_waiting = select(func.count()).select_from(audit).where(audit.c.seq.is_(None))
_sealed = select(audit).where(audit.c.seq.is_not(None)).order_by(audit.c.seq).execution_options(yield_per=1000)
_last = select(audit.c.seq, audit.c.seal).where(audit.c.seq.is_not(None)).order_by(audit.c.seq.desc()).limit(1)
_set_seal = update(audit).where(audit.c.id == bindparam("of_id")).values(seq=bindparam("new_seq"), seal=bindparam("by"))
_head = select(audit_head.c.seq, audit_head.c.seal)
_put_head = engine.insert(audit_head).values(id=1, seq=bindparam("seq"), seal=bindparam("seal"))
_move_head = _put_head.on_conflict_do_update(
    index_elements=[audit_head.c.id], set_={"seq": _put_head.excluded.seq, "seal": _put_head.excluded.seal}
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does what the audit holds: a person in their own chat, an operator at the server, an operator who answers in
    a person's place, or (neither) the bot itself.
    """

    person: int | None = None
    operator: str | None = None


SYSTEM: Final = Actor()
"""The bot itself: what time brings, and what strangers cause."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: how many rows in sequence are sound, how many wait for the sealer, and the
    first number at which a row is missing or changed.
    """

    sealed: int
    unsealed: int
    broken_at: int | None


def note(conn: Connection, at: datetime, event: str, actor: Actor, subject: str, **data: Any) -> None:
    """Write down an event in the transaction that made it; `data` is JSON without names of people."""
    who = {"actor": actor.person, "operator": actor.operator}
    conn.execute(_note, {"at": at, "event": event, **who, "subject": subject, "data": data})


def happened(conn: Connection, event: str, actor: int, subject: str) -> bool:
    """Return whether somebody did something to a subject before."""
    return bool(conn.execute(_happened, {"event": event, "actor": actor, "subject": subject}).scalar_one())


def events(conn: Connection, names: Collection[str], actor: int | None = None) -> list[Row[Any]]:
    """Return rows of some events, the oldest first: at, event, actor, operator, subject, data; of one person or of
    everybody.
    """
    statement = (
        select(audit.c.at, audit.c.event, audit.c.actor, audit.c.operator, audit.c.subject, audit.c.data)
        .where(audit.c.event.in_(names), *matching({audit.c.actor: actor}))
        .order_by(audit.c.id)
    )
    return list(conn.execute(statement))


def seal(conn: Connection, secret: bytes) -> int:
    """Give the rows that wait their sequence numbers and seals; how many."""
    lock_for_transaction(conn, SEALER)
    waiting = conn.execute(_tail).all()
    if not waiting:
        return 0
    last = conn.execute(_last).one_or_none()
    seq, chain = (0, b"") if last is None else (int(last.seq), last.seal or b"")
    head = conn.execute(_head).one_or_none()
    if not _is_end(secret, head, seq, chain):
        # The end was cut off or changed. A gap tells it for ever; without one the next seal would hide it.
        seq = max(seq, 0 if head is None else head.seq) + 1
    seals: list[dict[str, Any]] = []
    for row in waiting:
        seq += 1
        chain = _seal_of(secret, chain, seq, row)
        seals.append({"of_id": row.id, "new_seq": seq, "by": chain})
    conn.execute(_set_seal, seals)
    conn.execute(_move_head, {"seq": seq, "seal": _head_seal(secret, chain, seq)})
    return len(waiting)


def unsealed(conn: Connection) -> tuple[int, datetime | None]:
    """Return how many rows wait for their seal, and the campaign time of the oldest."""
    statement = select(func.count(), func.min(audit.c.at)).where(audit.c.seq.is_(None))
    number, oldest = conn.execute(statement).one()
    return int(number), oldest


def verify(conn: Connection, secret: bytes) -> Verdict:
    """Walk the chain and see that it ends where the sealer left it; in a reading transaction, so that no
    sealer comes between.
    """
    unsealed = int(conn.execute(_waiting).scalar_one())
    seq, chain = 0, b""
    with conn.execute(_sealed) as rows:
        for row in rows:
            expected = _seal_of(secret, chain, seq + 1, row)
            if row.seq != seq + 1 or not hmac.compare_digest(expected, row.seal or b""):
                return Verdict(seq, unsealed, seq + 1)
            seq, chain = seq + 1, expected
    head = conn.execute(_head).one_or_none()
    return Verdict(seq, unsealed, None if _is_end(secret, head, seq, chain) else seq + 1)


def _is_end(secret: bytes, head: Row[Any, Any] | None, seq: int, chain: bytes) -> bool:
    """Return whether the sealer stopped at this number and seal."""
    if head is None:
        return seq == 0
    return head.seq == seq and hmac.compare_digest(_head_seal(secret, chain, seq), head.seal)


def _head_seal(secret: bytes, chain: bytes, seq: int) -> bytes:
    return _mac(secret, chain, ["head", seq])


def _seal_of(secret: bytes, before: bytes, seq: int, row: Row[Any, Any]) -> bytes:
    at = row.at.astimezone(UTC).isoformat()
    told = [seq, row.id, at, row.event, row.actor, row.subject, row.data]
    # Rows without an operator keep the form in which those were sealed that are older than operators' names.
    return _mac(secret, before, told if row.operator is None else [*told, row.operator])


def _mac(secret: bytes, before: bytes, told: list[Any]) -> bytes:
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.digest(secret, before + canonical.encode(), hashlib.sha256)
