"""The audit log: what happened, by ids and never by names of people in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, exists, select

from storage.engine import gathered
from storage.records import matching
from storage.tables import audit

_happened = select(
    exists().where(
        audit.c.event == bindparam("event"),
        audit.c.actor == bindparam("actor"),
        audit.c.subject == bindparam("subject"),
    )
)

_last = (
    select(audit.c.data)
    .where(audit.c.subject == bindparam("subject"), audit.c.event == bindparam("event"))
    .order_by(audit.c.id.desc())
    .limit(1)
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
class Event:
    """An event that waits for the end of its transaction, where all of them are sealed and written together."""

    at: datetime
    event: str
    actor: Actor
    subject: str
    data: dict[str, Any]


def note(conn: Connection, at: datetime, event: str, actor: Actor, subject: str, **data: Any) -> None:
    """Write down an event in the transaction that made it; `data` is JSON without names of people."""
    gathered(conn).append(Event(at, str(event), actor, subject, data))


def happened(conn: Connection, event: str, actor: int, subject: str) -> bool:
    """Return whether somebody did something to a subject before."""
    waiting = ((noted.event, noted.actor.person, noted.subject) for noted in gathered(conn))
    if (event, actor, subject) in waiting:
        return True
    return bool(conn.execute(_happened, {"event": event, "actor": actor, "subject": subject}).scalar_one())


def last(conn: Connection, event: str, subject: str) -> Any:
    """Return the data of the newest event of a kind about a subject; None: there is none."""
    for noted in reversed(gathered(conn)):
        if (noted.event, noted.subject) == (event, subject):
            return noted.data
    return conn.execute(_last, {"event": event, "subject": subject}).scalar_one_or_none()


def events(
    conn: Connection,
    names: Collection[str] | None,
    actor: int | None = None,
    *,
    operator: str | None = None,
    subject: str | None = None,
    since: datetime | None = None,
) -> list[Row[Any]]:
    """Return rows of some events (None: of all), the oldest first: at, event, actor, operator, subject, data; each of
    the other arguments, where it is given, leaves those alone that agree. `since` is campaign time, aware.
    """
    wanted: dict[Any, Any] = {audit.c.actor: actor, audit.c.operator: operator, audit.c.subject: subject}
    statement = (
        select(audit.c.at, audit.c.event, audit.c.actor, audit.c.operator, audit.c.subject, audit.c.data)
        .where(*matching(wanted))
        .order_by(audit.c.id)
    )
    if names is not None:
        statement = statement.where(audit.c.event.in_(names))
    if since is not None:
        statement = statement.where(audit.c.at >= since)
    return list(conn.execute(statement))
