"""What a chat shows: the person's messages from the inbox and the bot's from the outbox, in one order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, select

from bot.channels.web.channel import sent_at
from storage import clock
from storage.inbox import plain
from storage.records import as_values, columns
from storage.tables import inbox, outbox
from storage.unreadable import readable
from talk.messages import Address, Button, FileRef, Inbound, Kind, Outbound

MOST = 300
"""How many messages of each side a chat shows, the newest; more than a month of a busy clerk."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a chat. `at` is campaign time in the zone of its reader."""

    id: str
    by_person: bool
    """Of the person; else of the bot."""
    at: datetime
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[FileRef, ...] = ()
    live: bool = False
    """The buttons of the bot that wait for a tap: the newest, unless one of them was tapped."""


def raw(inbound: Inbound, at: datetime) -> dict[str, Any]:
    """An update of the web chat as the inbox keeps it; `at` is campaign time, which the chat shows."""
    return {**plain(inbound), "at": at.isoformat()}


def _of_address(table: Table) -> ColumnElement[bool]:
    return and_(*(column == bindparam(column.name) for column in columns(table, Address)))


_heard = (
    select(*inbox.primary_key.columns, inbox.c.raw, inbox.c.received_at)
    .where(_of_address(inbox))
    .order_by(inbox.c.update_id.desc())
    .limit(MOST)
)
# A leased row is on its way to the page, which may read before the outbox has noted that it was sent.
_said = (
    select(outbox.c.id, outbox.c.body, outbox.c.card, outbox.c.message_id, outbox.c.sent_at)
    .where(_of_address(outbox), outbox.c.state.in_(("leased", "sent")))
    .order_by(outbox.c.id.desc())
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class _Step:
    """A row of the inbox or the outbox. `wall` is real time, by which they are put in order; `data` is what
    the tapped button carried, `card` what the message renews.
    """

    wall: datetime
    entry: Entry
    data: str = ""
    card: str | None = None


def history(conn: Connection, address: Address, now: datetime) -> list[Entry]:
    """The chat of an address in the web chat, oldest first; `now` is campaign time in the reader's zone."""
    keys = as_values(address)
    offset = clock.read(conn).offset
    steps = [
        *(_heard_step(row, offset, now) for row in reversed(list(readable(conn.execute(_heard, keys))))),
        *(_said_step(row, now) for row in reversed(list(readable(conn.execute(_said, keys))))),
    ]
    steps.sort(key=lambda step: step.wall)
    return _mark_live(_put_together(steps))


def file_of(conn: Connection, address: Address, sha256: str) -> FileRef | None:
    """A file that stands in the chat of an address, by its hash; None for any other file."""
    keys = as_values(address)
    bodies: list[Mapping[str, Any]] = [row.raw for row in readable(conn.execute(_heard, keys))]
    bodies += [row.body for row in readable(conn.execute(_said, keys))]
    files = (FileRef.from_json(parts) for body in bodies for parts in body.get("files", ()))
    return next((file for file in files if file.sha256 == sha256), None)


def _heard_step(row: Any, offset: timedelta, now: datetime) -> _Step:
    update: Mapping[str, Any] = row.raw
    tapped = update["kind"] == Kind.BUTTON
    at = datetime.fromisoformat(update["at"]) if "at" in update else row.received_at + offset
    entry = Entry(
        id=f"in-{row.update_id}",
        by_person=True,
        at=at.astimezone(now.tzinfo),
        text="" if tapped else update["text"],
        files=tuple(FileRef.from_json(parts) for parts in update["files"]),
    )
    return _Step(row.received_at, entry, data=update["data"] if tapped else "")


def _said_step(row: Any, now: datetime) -> _Step:
    message = Outbound.from_json(row.body)
    at = now if row.message_id is None else sent_at(row.message_id).astimezone(now.tzinfo)
    # What is on its way is the newest.
    wall = row.sent_at or datetime.max.replace(tzinfo=UTC)
    entry = Entry(
        f"out-{row.id}", by_person=False, at=at, text=message.text, buttons=message.buttons, files=message.files
    )
    return _Step(wall, entry, card=row.card)


def _put_together(steps: Sequence[_Step]) -> list[_Step]:
    """A renewed card stays where it first stood; a tap is shown as the words of its button."""
    shown: list[_Step] = []
    places: dict[str, int] = {}
    # The words of a button as it first stood, before a toggle put its mark on them.
    labels = {button.data: button.text for step in reversed(steps) for button in _buttons(step.entry)}
    for step in steps:
        entry = step.entry
        place = places.get(step.card or "")
        if place is not None:
            first = shown[place].entry
            # A tap that only renewed its own card, as a toggle does, is seen on the card.
            if shown[-1].data in (button.data for button in _buttons(first)):
                shown.pop()
            shown[place] = replace(step, entry=replace(entry, id=first.id, at=first.at))
            continue
        if step.data:
            entry = replace(entry, text=labels.get(step.data, ""))
        if step.card is not None:
            places[step.card] = len(shown)
        if entry.text or entry.files:
            shown.append(replace(step, entry=entry))
    return shown


def _mark_live(shown: Sequence[_Step]) -> list[Entry]:
    tapped: set[str] = set()
    for place, step in reversed(list(enumerate(shown))):
        tapped.add(step.data)
        if step.entry.buttons:
            live = tapped.isdisjoint(button.data for button in _buttons(step.entry))
            return [replace(each.entry, live=live and at == place) for at, each in enumerate(shown)]
    return [step.entry for step in shown]


def _buttons(entry: Entry) -> Iterator[Button]:
    return (button for row in entry.buttons for button in row)
