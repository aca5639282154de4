"""The seals of the audit log: every row is sealed in the transaction of its event, so that any change shows.

A digest runs over all rows (SHA-256 over the digest before and the row). Each row has that digest under a seal (HMAC
with a key made of the secret), which tells where something was changed; the head has the last digest under one, which
tells that nothing is missing at the end. Who has the key can forge all of it; who replaces the whole database by an
older one is found out only by an anchor that was kept elsewhere.
"""

import hashlib
import hmac
import json
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Connection,
    Row,
    Text,
    bindparam,
    cast,
    func,
    insert,
    inspect,
    literal,
    select,
    true,
    type_coerce,
    update,
)
from sqlalchemy.types import NullType

from storage import engine
from storage.audit import SYSTEM, Event
from storage.engine import gathered, lock_for_transaction
from storage.keys import Key, KeyRing, UnknownKeyError
from storage.records import as_values, columns, row_or_none, rows
from storage.tables import audit, audit_head
from talk.cleaning import likeness

SEALER: Final = 27_2023
"""The number of the lock under which transactions seal, one after the other: else two would give one number twice."""
BEGUN: Final = "audit-begun"
SUBJECT: Final = "audit"
PURPOSE: Final = "audit"
MARK: Final = b"AZ2"
"""What a seal begins with that names its key; a seal of before is the 32 bytes of its HMAC and nothing else."""
ID_BYTES: Final = 4
MAC_BYTES: Final = 32
SLIPS: Final = 32
"""Digests that differ in fewer of their 64 digits are one, copied wrongly. Those of two rows differ in some 60."""
_ANCHOR: Final = re.compile(
    r"anzhu-audit([0-9a-f]{16})([0-9]{1,18}?)([0-9a-f]{64})([0-9]{4}-[0-9]{2}-[0-9]{2}t[0-9:]{8}[+-][0-9]{2}:[0-9]{2})"
)
"""An anchor without its white space, which tells where each part ends all the same."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of the log."""

    seq: int
    id: int
    at: datetime
    event: str
    actor: int | None
    operator: str | None
    subject: str
    data: Any
    seal: bytes | None


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of the log, as it is stored (None: there is none), and the highest numbers among the rows."""

    log: str | None
    seq: int | None
    digest: bytes | None
    seal: bytes | None
    last_seq: int | None
    last_id: int | None


_columns = columns(audit, _Entry)
# As they lie there: whoever changed a row need not have left what the types of its columns read. SQLite takes anything.
_raw = [cast(column, Text) if column is audit.c.data else type_coerce(column, NullType) for column in _columns]
_one = select(literal(1).label("one")).subquery()
_end = select(
    audit_head.c.log,
    audit_head.c.seq,
    audit_head.c.digest,
    audit_head.c.seal,
    select(cast(func.max(audit.c.seq), BigInteger)).scalar_subquery().label("last_seq"),
    select(func.max(audit.c.id)).scalar_subquery().label("last_id"),
).select_from(_one.outerjoin(audit_head, true()))
_by_seq = select(*_columns).where(audit.c.seq == bindparam("of_seq"))
_sealed = select(*_raw).where(audit.c.seq.is_not(None)).order_by(audit.c.seq).execution_options(yield_per=1000)
_loose = select(func.count()).select_from(audit).where(audit.c.seq.is_(None))
_unsealed = select(*_columns).where(audit.c.seq.is_(None)).order_by(audit.c.id)
_write = insert(audit)
_set_seal = update(audit).where(audit.c.id == bindparam("of_id")).values(seq=bindparam("new_seq"), seal=bindparam("by"))
_put_head = engine.insert(audit_head).values(
    id=1, log=bindparam("log"), seq=bindparam("seq"), digest=bindparam("digest"), seal=bindparam("seal")
)
_move_head = _put_head.on_conflict_do_update(
    index_elements=[audit_head.c.id],
    set_={name: _put_head.excluded[name] for name in ("log", "seq", "digest", "seal")},
)


_told = select(func.coalesce(audit_head.c.told, 0)).scalar_subquery()
_untold = select(audit).where(audit.c.seq > func.coalesce(_told, 0)).order_by(audit.c.seq)
_mark_told = update(audit_head).values(told=bindparam("up_to"))


class OtherKeyError(Exception):
    """The log is sealed with a key that is not at hand: sealing on with ours would break it for good. `key` is its id;
    "" where the seals are older than ids.
    """

    def __init__(self, key: str = "") -> None:
        super().__init__(key)
        self.key = key


class State(StrEnum):
    """What a check of the log came to."""

    WHOLE = "whole"
    BROKEN = "broken"
    OTHER_KEY = "other-key"
    OTHER_LOG = "other-log"
    """An anchor is of another database."""
    REWOUND = "rewound"
    """The log is sound in itself and ends before an anchor: an older one was put in its place, or its end was cut off
    and sealed anew."""
    ALTERED = "altered"
    """The log is sound in itself and goes on past an anchor, but came there by other rows: it was written anew, or an
    older one was put in its place and has grown since."""
    MISCOPIED = "miscopied"
    """The log is sound, and an anchor differs from it by so little that it was copied wrongly."""
    NEW = "new"
    """Nothing has been written with a key yet."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """How far a log had come at a time, to be kept where whoever changes the database cannot reach: one line."""

    log: str
    seq: int
    digest: str
    at: datetime
    """In real time, aware."""

    def line(self) -> str:
        """Return the anchor as the line that `read` reads."""
        return (
            f"anzhu-audit {self.log} {self.seq} {self.digest} {self.at.astimezone(UTC).isoformat(timespec='seconds')}"
        )

    @classmethod
    def read(cls, text: str) -> "list[Anchor]":
        """Return the anchors that a text holds, in its order, whatever stands around them: as they were printed, or as
        they come out of a chat or a terminal, with lines broken anywhere, in full width.
        """
        found: list[Anchor] = []
        for log, seq, digest, said in _ANCHOR.findall(likeness(text)):
            with suppress(ValueError):
                found.append(cls(log, int(seq), digest, datetime.fromisoformat(said.upper())))
        return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: how many rows in sequence are sound, how many no seal covers, and the first number at which
    a row is missing or changed, or differs from an anchor.
    """

    state: State
    sealed: int = 0
    unsealed: int = 0
    broken_at: int | None = None
    anchored: int | None = None
    """Up to which number an anchor from elsewhere agrees."""
    missing: int | None = None
    """Up to which number the rows from `broken_at` on are not there; None: that one is, and is another."""
    differs: Anchor | None = None
    """The anchor that differs."""


def seal(conn: Connection, keys: KeyRing) -> None:
    """Write the events that a transaction gathered, sealed; as its last statements, so that others wait for no more
    than these. OtherKeyError where the log is sealed with a key that is not at hand.
    """
    noted: Sequence[Event] = gathered(conn)
    if not noted:
        return
    lock_for_transaction(conn, SEALER)
    end = _read_head(conn)
    log, seq, digest = _continued(conn, keys, end)
    key, number = keys.current, end.last_id or 0
    written: list[dict[str, Any]] = []
    for event in noted:
        seq, number = seq + 1, number + 1
        # As it will be read: a number as a key is a string then.
        data = json.loads(json.dumps(event.data))
        who = event.actor
        entry = _Entry(seq, number, event.at, event.event, who.person, who.operator, event.subject, data, None)
        digest = _digest(digest, entry)
        written.append(as_values(entry) | {"seal": _seal(key, digest)})
    conn.execute(_write, written)
    _set_head(conn, key, log, seq, digest)


def is_new(conn: Connection, keys: KeyRing) -> bool:
    """Return whether the log is still to be begun, or taken over from before events were sealed at once. OtherKeyError
    where it was begun with a key that is not at hand.
    """
    head = _read_head(conn)
    if head.seq is None or head.log is not None:
        _known(conn, keys, head)
        return False
    return True


def sealer(conn: Connection) -> str | None:
    """Return the id of the key that the end of the log is sealed with, "" for a seal that is older than ids; None:
    nothing has been sealed yet. The tables may be those of any version.
    """
    if not inspect(conn).has_table(audit_head.name):
        return None
    seal = conn.execute(select(audit_head.c.seal)).scalar_one_or_none()
    return (_named_key(seal) or "") if seal else None


def begin(conn: Connection, keys: KeyRing, at: datetime) -> None:
    """Begin the log, once for a database: what was sealed before is looked at and kept, what waited for its seal then
    is sealed as it stands, and an event tells of both. OtherKeyError where the old seals are of another key.
    """
    lock_for_transaction(conn, SEALER)
    head = _read_head(conn)
    if head.seq is None or head.log is not None:
        return
    log = secrets.token_hex(8)
    digest, seq, broken = _start(log), 0, None
    before, ours = b"", None
    with conn.execute(_sealed) as found:
        for row in (_entry(*one) for one in found):
            key = _old_key(keys, before, row.seq, row)
            ours = ours or key
            if broken is None and (key is None or row.seq != seq + 1):
                broken = seq + 1
            seq, before, digest = row.seq, row.seal or b"", _digest(digest, row)
    if seq or head.seal:
        ended = next((key for key in keys.everything if _ends_before(key.secret, head, seq, before)), None)
        if ours is None and ended is None:
            raise OtherKeyError
        if broken is None and ended is None:
            broken = seq + 1
    sound = seq
    if broken is not None:
        # A gap tells it for ever; without one the next seal would hide it.
        seq = max(seq, head.seq or 0) + 1
    waiting = rows(conn, _Entry, _unsealed)
    seals: list[dict[str, Any]] = []
    for row in waiting:
        seq += 1
        digest = _digest(digest, replace(row, seq=seq))
        seals.append({"of_id": row.id, "new_seq": seq, "by": _seal(keys.current, digest)})
    if seals:
        conn.execute(_set_seal, seals)
    _set_head(conn, keys.current, log, seq, digest)
    data = {"log": log, "sealed_before": sound, "unsealed_before": len(waiting), "broken_before": broken}
    gathered(conn).append(Event(at, BEGUN, SYSTEM, SUBJECT, data))


def anchor(conn: Connection, at: datetime) -> Anchor | None:
    """Return how far the log has come; `at` is real time, aware. None: it has no end, or is not begun."""
    head = _read_head(conn)
    if head.log is None or head.seq is None or head.digest is None:
        return None
    return Anchor(head.log, head.seq, head.digest.hex(), at)


def untold(conn: Connection, most: int) -> Sequence[Row[Any]]:
    """Return the next rows, in sequence, that a collector of logs has not been told."""
    return conn.execute(_untold.limit(most)).all()


def mark_told(conn: Connection, seq: int) -> None:
    """Keep that a collector was told up to a row."""
    conn.execute(_mark_told, {"up_to": seq})


def verify(conn: Connection, keys: KeyRing, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Walk the chain, see that it ends where the head says, and hold it against anchors from elsewhere; in a reading
    transaction, so that nobody seals meanwhile.
    """
    head = _read_head(conn)
    loose = int(conn.execute(_loose).scalar_one())
    if head.seq is not None and head.log is None:
        return Verdict(State.NEW, unsealed=loose)
    pins = _Pins(head.log, anchors)
    seq, digest, before, broken, trusted = 0, _start(head.log or ""), b"", None, False
    missing: int | None = None
    age = len(keys.everything)
    with conn.execute(_sealed) as found:
        for one in found:
            try:
                row = _entry(*one)
                digest = _digest(digest, row)
            except (TypeError, ValueError):
                broken = seq + 1
                break
            sealer = _age(keys, digest, before, row)
            trusted = trusted or sealer is not None
            unknown = sealer is None and _names_unknown_key(keys, row.seal)
            if row.seq != seq + 1 or (sealer is None and not unknown) or (sealer is not None and sealer > age):
                broken, missing = seq + 1, row.seq - 1 if row.seq > seq + 1 else None
                break
            seq, before, age = seq + 1, row.seal or b"", age if sealer is None else sealer
            pins.hold(seq, digest.hex())
    if not trusted and head.seal and _names_unknown_key(keys, head.seal):
        return Verdict(State.OTHER_KEY, 0, loose)
    if pins.foreign is not None:
        return Verdict(State.OTHER_LOG, head.seq or 0, differs=pins.foreign)
    if broken is None and _is_end(keys, head, seq, digest):
        if loose:
            return Verdict(State.BROKEN, seq, loose, seq + 1, pins.agrees)
        return pins.verdict(seq)
    if broken is None and head.seq is not None and head.seq > seq:
        missing = head.seq
    return Verdict(State.BROKEN, seq, loose, broken or seq + 1, pins.agrees, missing)


class _Pins:
    """Anchors that a walk along the log of a name is held against."""

    def __init__(self, log: str | None, anchors: Iterable[Anchor]) -> None:
        self.foreign: Anchor | None = None
        """An anchor of another log."""
        self.agrees: int | None = None
        """The last number at which an anchor agrees, and none differs."""
        self._at: defaultdict[int, list[Anchor]] = defaultdict(list)
        self._wrong: list[Anchor] = []
        self._slips: list[Anchor] = []
        self._met: set[str] = set()
        for anchor in anchors:
            self._at[anchor.seq].append(anchor)
            if log is not None and anchor.log != log:
                self.foreign = anchor
        self._digests = {anchor.digest for one in self._at.values() for anchor in one}

    def hold(self, seq: int, digest: str) -> None:
        """Hold against the anchors of a number the digest that the log has there."""
        if digest in self._digests:
            self._met.add(digest)
        for anchor in self._at.get(seq, ()):
            if anchor.digest == digest:
                self.agrees = seq if not self._wrong else self.agrees
            elif sum(ours != theirs for ours, theirs in zip(digest, anchor.digest, strict=True)) < SLIPS:
                self._slips.append(anchor)
            else:
                self._wrong.append(anchor)

    def verdict(self, last: int) -> Verdict:
        """Return what the anchors say of a log that is sound in itself up to its last number."""
        beyond = [anchor for seq in sorted(self._at) for anchor in self._at[seq] if seq > last]
        # Whose digest the log has elsewhere has a wrong number.
        wrong = [anchor for anchor in self._wrong if anchor.digest not in self._met]
        rewound = [anchor for anchor in beyond if anchor.digest not in self._met]
        slips = [*self._slips, *(anchor for anchor in (*self._wrong, *beyond) if anchor.digest in self._met)]
        if wrong:
            return Verdict(State.ALTERED, last, 0, wrong[0].seq, self.agrees, differs=wrong[0])
        if rewound:
            return Verdict(State.REWOUND, last, 0, last + 1, self.agrees, differs=rewound[0])
        if slips:
            return Verdict(State.MISCOPIED, last, 0, slips[0].seq, self.agrees, differs=slips[0])
        return Verdict(State.WHOLE, last, 0, None, self.agrees)


def look_at_end(conn: Connection, keys: KeyRing, anchors: Sequence[Anchor] = ()) -> Verdict:
    """Check as `verify` does what takes no walk: the head, the last row, rows without a seal, the anchors' rows."""
    head = _read_head(conn)
    loose = int(conn.execute(_loose).scalar_one())
    if head.seq is not None and head.log is None:
        return Verdict(State.NEW, unsealed=loose)
    if head.seal and _names_unknown_key(keys, head.seal):
        return Verdict(State.OTHER_KEY, 0, loose)
    last = head.last_seq or 0
    if loose or not _is_end(keys, head, last, head.digest or b""):
        return Verdict(State.BROKEN, last, loose, last + 1)
    if last and _is_other(conn, keys, last, head.digest or b"") is not False:
        return Verdict(State.BROKEN, last, loose, last)
    agrees: int | None = None
    for anchor in sorted(anchors, key=lambda one: one.seq):
        if anchor.log != head.log:
            return Verdict(State.OTHER_LOG, last, differs=anchor)
        if anchor.seq > last:
            return Verdict(State.REWOUND, last, 0, last + 1, agrees, differs=anchor)
        other = _is_other(conn, keys, anchor.seq, bytes.fromhex(anchor.digest))
        if other is None:
            return Verdict(State.BROKEN, anchor.seq - 1, 0, anchor.seq, agrees, anchor.seq)
        if other:
            return Verdict(State.ALTERED, last, 0, anchor.seq, agrees, differs=anchor)
        agrees = anchor.seq
    return Verdict(State.WHOLE, last, 0, None, agrees)


def _is_other(conn: Connection, keys: KeyRing, seq: int, digest: bytes) -> bool | None:
    """Return whether a row is sealed with another digest, as far as its key is at hand; None: there is no such row."""
    row = row_or_none(conn, _Entry, _by_seq, {"of_seq": seq})
    if row is None:
        return None
    named = row.seal is not None and row.seal.startswith(MARK) and not _names_unknown_key(keys, row.seal)
    return named and _age(keys, digest, b"", row) is None


def _entry(*raw: Any) -> _Entry:
    """Return a row as it was read without its types; ValueError or TypeError where it cannot be one of ours."""
    seq, number, at, event, actor, operator, subject, data, seal = raw
    if isinstance(at, str):
        at = datetime.fromisoformat(at).replace(tzinfo=UTC)
    if not isinstance(seq, int) or not isinstance(seal, bytes | memoryview | None):
        raise TypeError("a row that is not as ours are")
    kept = None if seal is None else bytes(seal)
    return _Entry(seq, number, at, event, actor, operator, subject, json.loads(data), kept)


def _read_head(conn: Connection) -> _Head:
    return _Head(*conn.execute(_end).one())


def _continued(conn: Connection, keys: KeyRing, head: _Head) -> tuple[str, int, bytes]:
    """Return where the chain goes on: the log, its last number, its last digest."""
    _known(conn, keys, head)
    last = head.last_seq or 0
    if head.log is not None and head.digest is not None and _is_end(keys, head, last, head.digest):
        return head.log, last, head.digest
    # The end was cut off or changed. A gap tells it for ever; without one the next seal would hide it.
    log = head.log or secrets.token_hex(8)
    return log, max(last, head.seq or 0) + 1, _start(log)


def _known(conn: Connection, keys: KeyRing, head: _Head) -> None:
    """Raise OtherKeyError where neither the head nor the last row names a key that is at hand."""
    if not head.seal or not _names_unknown_key(keys, head.seal):
        return
    row = row_or_none(conn, _Entry, _by_seq, {"of_seq": head.last_seq})
    if row is None or _names_unknown_key(keys, row.seal):
        raise OtherKeyError(_named_key(head.seal) or "")


def _set_head(conn: Connection, key: Key, log: str, seq: int, digest: bytes) -> None:
    values = {"log": log, "seq": seq, "digest": digest, "seal": _seal(key, _head_digest(log, seq, digest))}
    conn.execute(_move_head, values)


def _is_end(keys: KeyRing, head: _Head, seq: int, digest: bytes) -> bool:
    """Return whether the log was left at this number and digest."""
    if head.log is None or head.seq != seq or head.digest != digest:
        return False
    return _sealed_by(keys, _head_digest(head.log, seq, digest), head.seal) is not None


def _age(keys: KeyRing, digest: bytes, before: bytes, row: _Entry) -> int | None:
    """Return how many rotations ago the key was in use by which a row is sealed; None: it is not, by any at hand."""
    if row.seal is not None and row.seal.startswith(MARK):
        return _sealed_by(keys, digest, row.seal)
    key = _old_key(keys, before, row.seq, row)
    return None if key is None else len(keys.everything)


def _sealed_by(keys: KeyRing, digest: bytes, seal: bytes | None) -> int | None:
    for age, key in enumerate(keys.everything):
        if seal is not None and hmac.compare_digest(_seal(key, digest), seal):
            return age
    return None


def _names_unknown_key(keys: KeyRing, seal: bytes | None) -> bool:
    key = None if seal is None else _named_key(seal)
    if key is None:
        return False
    try:
        keys.by_id(key)
    except UnknownKeyError:
        return True
    return False


def _named_key(seal: bytes) -> str | None:
    """Return the id of the key that a seal names; None: it is older than ids."""
    if not seal.startswith(MARK) or len(seal) != len(MARK) + ID_BYTES + MAC_BYTES:
        return None
    return seal[len(MARK) :][:ID_BYTES].hex()


def _start(log: str) -> bytes:
    return hashlib.sha256(f"anzhu/audit/{log}".encode()).digest()


def _digest(before: bytes, row: _Entry) -> bytes:
    at = row.at.astimezone(UTC).isoformat()
    told = [row.seq, row.id, at, row.event, row.actor, row.operator, row.subject, row.data]
    return hashlib.sha256(before + _canonical(told)).digest()


def _head_digest(log: str, seq: int, digest: bytes) -> bytes:
    return hashlib.sha256(digest + _canonical(["head", log, seq])).digest()


def _seal(key: Key, digest: bytes) -> bytes:
    return MARK + bytes.fromhex(key.id) + hmac.digest(key.derived(PURPOSE), digest, hashlib.sha256)


def _canonical(told: list[Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


# As rows were sealed before they were sealed at once: by a chain of HMACs with the secret itself.


def _old_key(keys: KeyRing, before: bytes, seq: int, row: _Entry) -> Key | None:
    told = [seq, row.id, row.at.astimezone(UTC).isoformat(), row.event, row.actor, row.subject, row.data]
    # Rows without an operator keep the form of those that are older than operators' names.
    told = told if row.operator is None else [*told, row.operator]
    for key in keys.everything:
        if row.seal is not None and hmac.compare_digest(_old_mac(key.secret, before, told), row.seal):
            return key
    return None


def _ends_before(secret: bytes, head: _Head, seq: int, before: bytes) -> bool:
    return head.seq == seq and hmac.compare_digest(_old_mac(secret, before, ["head", seq]), head.seal or b"")


def _old_mac(secret: bytes, before: bytes, told: list[Any]) -> bytes:
    return hmac.digest(secret, before + _canonical(told), hashlib.sha256)
