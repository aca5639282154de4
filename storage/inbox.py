"""The inbox: every update of a platform, before the platform is told that it was taken."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    select,
    update,
)

from storage import engine
from storage.records import as_values, at_address, columns, row_or_none, rows
from storage.tables import inbox
from storage.unreadable import broken_in
from talk.messages import Address, Inbound

log = logging.getLogger("anzhu")

RAW_LIMIT: Final = 16 * 1024
"""Characters that are kept of an update which was set aside: enough to see what is wrong with it."""

ERROR_LENGTH: Final = 500


def still_open(updates: FromClause) -> ColumnElement[bool]:
    """Whether an update waits. Literals, not parameters: a partial index serves only the condition that it was made
    with.
    """
    return and_(updates.c.state == literal_column("'waiting'"), updates.c.state != literal_column("'done'"))


def is_queued(updates: FromClause) -> ColumnElement[bool]:
    """Whether an update waits for any process to see to it (`storage.fetching`), rather than for whoever polls."""
    return and_(still_open(updates), updates.c.due_at.is_not(None))


_NEW: Final[dict[str, Any]] = {**dict.fromkeys(inbox.c.keys()), "attempts": 0, "leases_lost": 0, "undated": False}
"""A row of which nothing is known."""

_row = engine.insert(inbox).values({column.name: bindparam(column.name) for column in inbox.c})
_receive = _row.on_conflict_do_update(
    index_elements=[inbox.c.channel, inbox.c.account, inbox.c.update_id],
    set_={name: _row.excluded[name] for name in ("state", "error", "raw", "act", "event")},
    where=and_(
        inbox.c.state == literal_column("'waiting'"),
        func.coalesce(inbox.c.event, _row.excluded.event) == _row.excluded.event,
    ),
).returning(inbox.c.update_id)
_failed = (inbox.c.state == "failed", inbox.c.acknowledged_at.is_(None))
_wait = _row.on_conflict_do_nothing()
_open = (inbox.c.channel == bindparam("of_channel"), inbox.c.account == bindparam("of_account"))
_waiting = (
    select(*inbox.primary_key.columns, inbox.c.raw)
    .where(*_open, still_open(inbox), inbox.c.due_at.is_(None))
    .order_by(inbox.c.update_id)
)


@dataclass(frozen=True, slots=True)
class Became:
    """What became of an update: the answer to a question of a conversation; None: no answer."""

    conversation: int | None
    question: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """An update that was set aside: whose it was ("": unknown), when it came (real UTC), what it met."""

    channel: str
    account: str
    update_id: int
    external_id: str
    received_at: datetime
    error: str


def receive(conn: Connection, inbound: Inbound, at: datetime, *, error: str | None = None) -> Inbound | None:
    """Take an update in, whether it waited or is new, and return it under its number here; None where it was taken
    before. `error`: it was taken, but could not be handled.
    """
    state = "done" if error is None else "failed"
    while True:
        update = _numbered(conn, inbound)
        if conn.execute(_receive, _taken(update, at, state, error)).one_or_none() is not None:
            return update
        if _is_its_number(inbound) or _known(conn, inbound) is not None:
            return None
        # Another process took the number meanwhile, for another event.


def receive_parts(conn: Connection, inbound: Inbound, at: datetime, *, error: str | None = None) -> list[Inbound]:
    """Take in every update of a message, each as `receive` does; return those that were not taken before."""
    taken = (receive(conn, update, at, error=error) for update in inbound.updates)
    return [update for update in taken if update is not None]


def _numbered(conn: Connection, inbound: Inbound) -> Inbound:
    """Return an update under the number that it has here, which for one with a key of its own is the one that it has
    had from the first, or the next that is free: two events may have come in the same moment.
    """
    if _is_its_number(inbound):
        return inbound
    number = _known(conn, inbound)
    if number is None:
        number = inbound.update_id
        taken = exists().where(*_of_account(inbound.address), inbox.c.update_id == bindparam("number"))
        while conn.execute(select(taken), {"number": number}).scalar_one():
            number += 1
    return replace(inbound, update_id=number)


def _is_its_number(inbound: Inbound) -> bool:
    """Whether the key of an update says no more than its number, by which it is known then."""
    return inbound.event == str(inbound.update_id)


def _known(conn: Connection, inbound: Inbound) -> int | None:
    """Return the number under which the event of an update was kept; None: it was not."""
    found = select(inbox.c.update_id).where(*_of_account(inbound.address), inbox.c.event == inbound.event)
    number: int | None = conn.execute(found).scalar_one_or_none()
    return number


def _of_account(address: Address) -> tuple[ColumnElement[bool], ...]:
    return inbox.c.channel == address.channel, inbox.c.account == address.account


def earlier(conn: Connection, inbound: Inbound) -> Became | None:
    """Return what became of an earlier part of the act to which a message belongs; None: nothing of it was taken."""
    if inbound.act is None:
        return None
    numbers = [part.update_id for part in inbound.updates]
    statement = (
        select(*columns(inbox, Became))
        .where(at_address(inbox, inbound.address), inbox.c.act == inbound.act, inbox.c.state == "done")
        .where(inbox.c.update_id.not_in(numbers))
        # What became an answer, before what did not.
        .order_by(inbox.c.conversation.desc().nulls_last(), inbox.c.update_id)
        .limit(1)
    )
    return row_or_none(conn, Became, statement)


def just_before(conn: Connection, inbound: Inbound, since: datetime) -> Became | None:
    """Return which answer the message became that came right before another one from the same address; None: it became
    none that is noted, or came before `since` (real UTC).
    """
    first = min(part.update_id for part in inbound.updates)
    statement = (
        select(*columns(inbox, Became), inbox.c.received_at)
        .where(at_address(inbox, inbound.address), inbox.c.update_id < first)
        .order_by(inbox.c.update_id.desc())
        .limit(1)
    )
    row = conn.execute(statement).one_or_none()
    close = row is not None and row.question is not None and row.received_at >= since
    return Became(row.conversation, row.question) if row is not None and close else None


def became(conn: Connection, inbound: Inbound, conversation: int, question: str) -> None:
    """Note which answer a message became, for what comes of its act later."""
    numbers = [part.update_id for part in inbound.updates]
    which = (at_address(inbox, inbound.address), inbox.c.update_id.in_(numbers))
    conn.execute(update(inbox).where(*which).values(conversation=conversation, question=question))


def wait(conn: Connection, inbounds: Sequence[Inbound], at: datetime) -> None:
    """Keep updates that are still to be handled; one that was taken meanwhile stays so."""
    if inbounds:
        conn.execute(_wait, new_rows(conn, inbounds, at))


def new_rows(conn: Connection, inbounds: Sequence[Inbound], at: datetime) -> list[dict[str, Any]]:
    """Return the rows of updates that are still to be handled."""
    return [_taken(_numbered(conn, inbound), at, "waiting", None) for inbound in inbounds]


def waiting(conn: Connection, channel: str, account: str) -> list[tuple[int, dict[str, Any]]]:
    """Return the updates of an account that wait for whoever polls (`storage.fetching` has the others), with what the
    platform sent, in the order of their numbers; one that cannot be read has failed from now on.
    """
    found: list[tuple[int, dict[str, Any]]] = []
    for row in conn.execute(_waiting, {"of_channel": channel, "of_account": account}).all():
        broken = broken_in(row)
        if broken is None:
            found.append((row.update_id, row.raw))
        else:
            log.error("update %s/%s/%s is set aside: %s", channel, account, row.update_id, broken.error())
            leave(conn, channel, account, row.update_id, str(broken.error()))
    return found


def let_go(conn: Connection, channel: str, account: str, number: int) -> None:
    """Note that an update which waits wants nothing any more: its sender has left since."""
    _end(conn, channel, account, number, "done", None)


def leave(conn: Connection, channel: str, account: str, number: int, why: str) -> None:
    """Set aside, as it is, an update that waits and cannot be read."""
    _end(conn, channel, account, number, "failed", storable(why, ERROR_LENGTH))


def _end(conn: Connection, channel: str, account: str, number: int, state: str, error: str | None) -> None:
    """Note what became of an update that waits."""
    which = (inbox.c.channel == channel, inbox.c.account == account, inbox.c.update_id == number)
    conn.execute(update(inbox).where(*which, inbox.c.state == "waiting").values(state=state, error=error))


def set_aside(conn: Connection, address: Address, number: int, raw: str, at: datetime, error: str) -> bool:
    """Keep the beginning of an update that failed again and again, with the reason; False where it was taken before.
    The external id of the address is "" where nobody knows whose it is.
    """
    row = {
        **_NEW,
        **as_values(address),
        "update_id": number,
        "event": str(number),
        "raw": {"begins": storable(raw, RAW_LIMIT), "characters": len(raw)},
        "state": "failed",
        "received_at": at,
        "error": storable(error, ERROR_LENGTH),
    }
    return conn.execute(_receive, row).one_or_none() is not None


def storable(text: str, limit: int) -> str:
    """Return the beginning of a text as every database keeps it: no NUL, no half of a surrogate pair."""
    return text[:limit].replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()


def _taken(inbound: Inbound, at: datetime, state: str, error: str | None) -> dict[str, Any]:
    return {
        **_NEW,
        **as_values(inbound.address),
        "update_id": inbound.update_id,
        "event": inbound.event,
        "raw": dict(inbound.raw) or plain(inbound),
        "state": state,
        "received_at": at,
        "error": None if error is None else storable(error, ERROR_LENGTH),
        "act": inbound.act,
        "undated": inbound.undated,
    }


def plain(inbound: Inbound) -> dict[str, object]:
    """Return what an update without a platform's own JSON is kept as."""
    return {
        "kind": inbound.kind.value,
        "text": inbound.text,
        "data": inbound.data,
        "files": [file.as_json() for file in inbound.files],
    }


def clean(conn: Connection, before: datetime) -> int:
    """Forget what was taken, or set aside, before an instant: repeats of it will not come any more."""
    old = (inbox.c.received_at < before, inbox.c.state != "waiting")
    return int(conn.execute(delete(inbox).where(*old)).rowcount)


def forget(conn: Connection, addresses: Sequence[Address]) -> None:
    """What came from some addresses keeps no word; its numbers stay, so that a repeat is known."""
    for address in addresses:
        conn.execute(update(inbox).where(at_address(inbox, address)).values(raw={}, external_id=""))


def failed(conn: Connection) -> int:
    """Return how many updates could not be handled, and nobody took note of."""
    statement = select(func.count()).select_from(inbox).where(*_failed)
    return int(conn.execute(statement).scalar_one())


def failures(conn: Connection, most: int) -> list[Failure]:
    """Return what was set aside and nobody took note of, the newest first, so many at the most."""
    statement = select(*columns(inbox, Failure)).where(*_failed)
    return rows(conn, Failure, statement.order_by(inbox.c.received_at.desc(), inbox.c.update_id).limit(most))


def highest(conn: Connection, channel: str, account: str) -> int:
    """Return the highest update number of an account, 0 where there is none."""
    statement = select(func.coalesce(func.max(inbox.c.update_id), 0)).where(
        inbox.c.channel == channel, inbox.c.account == account
    )
    return int(conn.execute(statement).scalar_one())
