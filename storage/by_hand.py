"""Letters and updates as operators look them up, try them again, take them back, or take note of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, case, false, literal_column, or_, select, update

from storage.inbox import is_queued
from storage.records import columns, matching, row_or_none, rows
from storage.tables import identities, inbox, outbox
from storage.unreadable import Unreadable, named

LETTER_STATES: Final = ("ready", "leased", "sent", "refused", "rejected", "failed", "expired", "cancelled")
UPDATE_STATES: Final = ("waiting", "queued", "failed", "done")
"""queued: any process sees to it, once its file is fetched, and what the same person sent before is handled."""
LOST: Final = ("refused", "rejected", "failed", "expired")
"""How letters end that did not arrive."""


class Done(StrEnum):
    """What came of it."""

    DONE = "done"
    ON_ITS_WAY = "on-its-way"
    """Somebody is sending it right now."""
    WAITS = "waits"
    """Its chat is asked to wait, or it was not tried yet: it leaves by itself."""
    OVER = "over"
    """Its end is another; nothing of the kind can be done to it."""
    EMPTY = "empty"
    """What it said is not kept any more, or was never kept in full."""
    LATE = "late"
    """It was only worth anything until an instant that has passed."""


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter without what it says; `created_at` and `not_before` are real UTC, `acknowledged_at` campaign time."""

    id: int
    priority: int
    person: int | None
    channel: str
    account: str
    kind: str
    duty: int | None
    follows: int | None
    state: str
    created_at: datetime
    not_before: datetime
    expires_at: datetime | None
    lease_until: datetime | None
    sent_at: datetime | None
    attempts: int
    leases_lost: int
    error: str | None
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Size:
    """How much a letter says; None where it cannot be read."""

    characters: int
    buttons: int
    files: int


UpdateKey = tuple[str, str, str]
"""An update: its channel, its account, its event or, of old, its number."""


@dataclass(frozen=True, slots=True)
class KeptUpdate:
    """An update without what it says; `person` None: of somebody who has not joined."""

    channel: str
    account: str
    update_id: int
    event: str | None
    person: int | None
    state: str
    received_at: datetime
    conversation: int | None
    question: str | None
    error: str | None
    acknowledged_at: datetime | None
    due_at: datetime | None
    attempts: int
    leases_lost: int

    @property
    def id(self) -> str:
        """Its name on the command line."""
        return f"{self.channel}/{self.account}/{self.event or self.update_id}"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which letters or updates are looked up; what is None asks for nothing. `before`: created, or received, before an
    instant (real UTC).
    """

    state: str | None = None
    kind: str | None = None
    priorities: tuple[int, ...] | None = None
    person: int | None = None
    channel: str | None = None
    before: datetime | None = None


_letter = columns(outbox, KeptLetter)
_of_joined = and_(*(inbox.c[name] == identities.c[name] for name in ("channel", "account", "external_id")))
_state: ColumnElement[str] = case((is_queued(inbox), literal_column("'queued'")), else_=inbox.c.state).label("state")
_named: dict[str, ColumnElement[Any]] = {**inbox.c, "person": identities.c.person, "state": _state}
_update: Select[Any] = select(*(_named[field] for field in KeptUpdate.__dataclass_fields__)).outerjoin(
    identities, _of_joined
)


def letters(conn: Connection, asked: Asked) -> list[KeptLetter]:
    """Return the letters that are asked for, the oldest first."""
    wanted = matching(
        {
            outbox.c.state: asked.state,
            outbox.c.kind: asked.kind,
            outbox.c.priority: asked.priorities,
            outbox.c.person: asked.person,
            outbox.c.channel: asked.channel,
        }
    )
    if asked.before is not None:
        wanted.append(outbox.c.created_at < asked.before)
    return rows(conn, KeptLetter, select(*_letter).where(*wanted).order_by(outbox.c.id))


def letter(conn: Connection, number: int) -> KeptLetter | None:
    """Return a letter; None: there is none of this number."""
    return row_or_none(conn, KeptLetter, select(*_letter).where(outbox.c.id == number))


def size(conn: Connection, number: int) -> Size | None:
    """Return how much a letter says; None where it cannot be read."""
    (body,) = named(conn.execute(select(outbox.c.body).where(outbox.c.id == number)).one())
    if isinstance(body, Unreadable):
        return None
    buttons = sum(len(row) for row in body["buttons"])
    return Size(len(body["text"]), buttons, len(body["files"]))


def retry_letter(conn: Connection, number: int, now: datetime) -> Done:
    """Let a letter leave as soon as it may: one that did not arrive as if it had never been tried, one that waits for
    its next try at once. `now`: real UTC.
    """
    found = select(*_letter, outbox.c.external_id).where(outbox.c.id == number).with_for_update()
    row = conn.execute(found).one()
    if row.state == "leased":
        return Done.ON_ITS_WAY
    asked_to_wait = row.lease_until is not None and row.lease_until > now
    if row.state == "ready" and (row.attempts == 0 or asked_to_wait):
        return Done.WAITS
    if row.state not in (*LOST, "ready"):
        return Done.OVER
    if row.expires_at is not None and row.expires_at <= now:
        return Done.LATE
    if not row.external_id:
        return Done.EMPTY
    anew = {"state": "ready", "attempts": 0, "leases_lost": 0, "error": None, "acknowledged_at": None}
    again = {} if row.state == "ready" else anew
    conn.execute(update(outbox).where(outbox.c.id == number).values(not_before=now, lease_until=None, **again))
    # Files that were left out with their words go with them again.
    left_out = and_(outbox.c.follows == number, outbox.c.state == "cancelled")
    conn.execute(update(outbox).where(left_out).values(state="ready", not_before=now, lease_until=None))
    return Done.DONE


def cancel_letter(conn: Connection, number: int, now: datetime) -> Done:
    """Take back a letter that has not left; one that is on its way is not tried again. `now`: real UTC."""
    waiting, leaving = (
        update(outbox).where(outbox.c.id == number, outbox.c.state == one) for one in ("ready", "leased")
    )
    if conn.execute(waiting.values(state="cancelled", lease_until=None)).rowcount:
        return Done.DONE
    return Done.ON_ITS_WAY if conn.execute(leaving.values(expires_at=now)).rowcount else Done.OVER


def acknowledge_letter(conn: Connection, number: int, at: datetime) -> Done:
    """Take note that a letter did not arrive: it makes nobody look any more. `at`: campaign time."""
    lost = update(outbox).where(outbox.c.id == number, outbox.c.state.in_(LOST))
    return _noted(conn.execute(lost.values(acknowledged_at=at)))


def updates(conn: Connection, asked: Asked) -> list[KeptUpdate]:
    """Return the updates that are asked for, the oldest first; where no state is, those that are not done."""
    wanted: list[ColumnElement[bool]] = matching({inbox.c.channel: asked.channel, identities.c.person: asked.person})
    wanted.append(inbox.c.state != "done" if asked.state is None else _state == asked.state)
    if asked.before is not None:
        wanted.append(inbox.c.received_at < asked.before)
    return rows(conn, KeptUpdate, _update.where(*wanted).order_by(inbox.c.received_at, inbox.c.update_id))


def update_of(conn: Connection, key: UpdateKey) -> KeptUpdate | None:
    """Return an update by its channel, account and event; None: there is none such."""
    return row_or_none(conn, KeptUpdate, _update.where(_this(key)))


def retry_update(conn: Connection, key: UpdateKey, now: datetime) -> Done:
    """Let an update be handled once more that could not be: any process takes it up. `now`: real UTC."""
    raw = conn.execute(select(inbox.c.state, inbox.c.raw).where(_this(key)).with_for_update()).one()
    if raw.state != "failed":
        return Done.WAITS if raw.state == "waiting" else Done.OVER
    if isinstance(raw.raw, Unreadable) or not raw.raw or raw.raw.keys() == {"begins", "characters"}:
        return Done.EMPTY
    anew = {"due_at": now, "lease_until": None, "attempts": 0, "leases_lost": 0}
    again = update(inbox).where(_this(key))
    conn.execute(again.values(state="waiting", error=None, acknowledged_at=None, **anew))
    return Done.DONE


def cancel_update(conn: Connection, key: UpdateKey) -> Done:
    """Let nobody handle an update that waits."""
    return _noted(conn.execute(update(inbox).where(_this(key), inbox.c.state == "waiting").values(state="done")))


def acknowledge_update(conn: Connection, key: UpdateKey, at: datetime) -> Done:
    """Take note that an update could not be handled: it makes nobody look any more. `at`: campaign time."""
    return _noted(conn.execute(update(inbox).where(_this(key), inbox.c.state == "failed").values(acknowledged_at=at)))


def _this(key: UpdateKey) -> ColumnElement[bool]:
    channel, account, event = key
    digits = event.removeprefix("-")
    by_number = digits.isascii() and digits.isdecimal() and len(digits) < 19  # as a database's numbers are
    old = and_(inbox.c.event.is_(None), inbox.c.update_id == int(event)) if by_number else false()
    return and_(inbox.c.channel == channel, inbox.c.account == account, or_(inbox.c.event == event, old))


def _noted(result: Any) -> Done:
    return Done.DONE if result.rowcount else Done.OVER
