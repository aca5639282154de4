"""What is kept of one person, by the parts of the file that they are given; each part is a list of rows as they stand.

`storage.retention` names for every table the parts that hold it, and a test finds a part that is missing. What others
wrote about somebody is not given away: of rows that only name the person, the last part tells when and as what.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Executable,
    Integer,
    Select,
    String,
    Text,
    cast,
    or_,
    select,
)

from storage import engine
from storage.accident_tables import accident_reports
from storage.catalogue import metadata
from storage.check_tables import check_inspectors, inspectors
from storage.columns import Instant, Kept
from storage.coverage_tables import trainings
from storage.permit_tables import permit_people, permit_steps, permits
from storage.records import at_address
from storage.tables import (
    answers,
    audit,
    burden,
    conversations,
    enterprises,
    feedback,
    files,
    hazard_steps,
    identities,
    inbox,
    invitations,
    memberships,
    notice_recipients,
    notices,
    outbox,
    paper_orders,
    people,
    receipts,
    tries,
    workers,
)
from talk.cleaning import likeness
from talk.messages import Address

Row = Mapping[str, Any]
Part = Callable[[Connection, int], list[Row]]


def _rows(conn: Connection, statement: Executable) -> list[Row]:
    return [dict(row) for row in conn.execute(statement).mappings()]


def _addresses(conn: Connection, person: int) -> list[Address]:
    statement = select(identities.c.channel, identities.c.account, identities.c.external_id)
    return [Address(*row) for row in conn.execute(statement.where(identities.c.person == person))]


def _roles(conn: Connection, person: int) -> list[Row]:
    columns = (memberships.c[name] for name in ("role", "subject", "state", "since", "until", "ends_at"))
    return _rows(conn, select(*columns).where(memberships.c.person == person).order_by(memberships.c.id))


def _channels(conn: Connection, person: int) -> list[Row]:
    columns = (identities.c.channel, identities.c.account, identities.c.external_id.label("id"), identities.c.seen_at)
    return _rows(conn, select(*columns).where(identities.c.person == person).order_by(identities.c.seen_at))


def _invitations(conn: Connection, person: int) -> list[Row]:
    names = ("role", "subject", "invited_by", "created_at", "expires_at", "used_at", "voided_at")
    columns = (invitations.c[name] for name in names)
    mine = or_(*(column == person for column in (invitations.c.used_by, invitations.c.person, invitations.c.made_by)))
    return _rows(conn, select(*columns).where(mine).order_by(invitations.c.id))


def _tries(conn: Connection, person: int) -> list[Row]:
    where = or_(*(at_address(tries, address) for address in _addresses(conn, person)))
    return _rows(conn, select(tries.c.what, tries.c.at).where(where).order_by(tries.c.id))


def _answers(conn: Connection, person: int) -> list[Row]:
    columns = (answers.c.wording.label("question"), answers.c.raw.label("answer"), answers.c.at, answers.c.current)
    return _rows(conn, select(*columns).where(answers.c.person == person).order_by(answers.c.at, answers.c.key))


def _talks(conn: Connection, person: int) -> list[Row]:
    names = ("id", "dialog", "duty", "state", "started_at", "finished_at")
    mine = or_(conversations.c.person == person, conversations.c.started_by == person)
    columns = (conversations.c[name] for name in names)
    return _rows(conn, select(*columns).where(mine).order_by(conversations.c.id))


def _receipts(conn: Connection, person: int) -> list[Row]:
    mine = select(conversations.c.id).where(or_(conversations.c.person == person, conversations.c.started_by == person))
    columns = (receipts.c.code, receipts.c.duty, receipts.c.at)
    return _rows(conn, select(*columns).where(receipts.c.conversation.in_(mine)).order_by(receipts.c.at))


def _hazard_steps(conn: Connection, person: int) -> list[Row]:
    columns = (hazard_steps.c.hazard, hazard_steps.c.event, hazard_steps.c.at, hazard_steps.c.data)
    return _rows(conn, select(*columns).where(hazard_steps.c.person == person).order_by(hazard_steps.c.id))


def _accidents(conn: Connection, person: int) -> list[Row]:
    names = ("id", "enterprise", "at", "place", "happened_at", "what", "dead", "missing", "injured", "loss", "measures")
    columns = (accident_reports.c[name] for name in names)
    mine = or_(accident_reports.c.by == person, accident_reports.c.seen_by == person)
    return _rows(conn, select(*columns).where(mine).order_by(accident_reports.c.id))


def _permits(conn: Connection, person: int) -> list[Row]:
    columns = (
        *(permits.c.code, permits.c.enterprise, permits.c.state, permits.c.starts, permits.c.until),
        *(permit_people.c.seat, permit_people.c.name, permit_people.c.review_due),
        permit_people.c.valid_until,
    )
    joined = select(*columns).join(permit_people, permit_people.c.permit == permits.c.id)
    return _rows(conn, joined.where(permit_people.c.person == person).order_by(permits.c.id))


def _permit_steps(conn: Connection, person: int) -> list[Row]:
    columns = (permits.c.code, permit_steps.c.event, permit_steps.c.at, permit_steps.c.data)
    joined = select(*columns).join(permits, permits.c.id == permit_steps.c.permit)
    return _rows(conn, joined.where(permit_steps.c.person == person).order_by(permit_steps.c.id))


def _notices(conn: Connection, person: int) -> list[Row]:
    columns = (
        *(notices.c.id.label("notice"), notices.c.place, notices.c.text, notice_recipients.c.enterprise),
        *(notice_recipients.c.left_at, notice_recipients.c.acknowledged_at, notice_recipients.c.answered_at),
    )
    joined = select(*columns).join(notice_recipients, notice_recipients.c.notice == notices.c.id)
    return _rows(conn, joined.where(notice_recipients.c.person == person).order_by(notices.c.id))


def _trainings(conn: Connection, person: int) -> list[Row]:
    columns = (trainings.c.district, trainings.c.day, trainings.c.at, trainings.c.note)
    return _rows(conn, select(*columns).where(trainings.c.by == person).order_by(trainings.c.id))


def _papers(conn: Connection, person: int) -> list[Row]:
    columns = (paper_orders.c[name] for name in ("kind", "asked_at", "state", "done_at"))
    return _rows(conn, select(*columns).where(paper_orders.c.person == person).order_by(paper_orders.c.id))


def _reminders(conn: Connection, person: int) -> list[Row]:
    columns = (burden.c.day, burden.c.messages)
    return _rows(conn, select(*columns).where(burden.c.person == person).order_by(burden.c.day))


def _feedback(conn: Connection, person: int) -> list[Row]:
    columns = (feedback.c.id, feedback.c.text, feedback.c.at)
    return _rows(conn, select(*columns).where(feedback.c.person == person).order_by(feedback.c.id))


def _events(conn: Connection, person: int) -> list[Row]:
    """What the person did, and what others did to them or their roles."""
    columns = (audit.c.at, audit.c.event, audit.c.subject, audit.c.actor.label("by"), audit.c.operator)
    about = or_(audit.c.actor == person, audit.c.subject == f"person/{person}", *_names_in_data(person))
    return _rows(conn, select(*columns).where(about).order_by(audit.c.id))


def _names_in_data(person: int) -> Iterator[ColumnElement[bool]]:
    """Whether a row of the audit names the person beside its subject."""
    for event, keys in _NAMING_EVENTS.items():
        for key in keys:
            yield (audit.c.event == event) & (audit.c.data[key].as_integer() == person)


_NAMING_EVENTS: Final = {
    "role-ended": ("person",),
    "role-end-planned": ("person",),
    "office-handed-over": ("former", "successor"),
}
"""The events whose data has numbers of people, under these names."""


def _messages_in(conn: Connection, person: int) -> list[Row]:
    columns = (inbox.c.channel, inbox.c.received_at.label("at"), inbox.c.raw.label("message"))
    mine = or_(*(at_address(inbox, address) for address in _addresses(conn, person)))
    return _rows(conn, select(*columns).where(mine).order_by(inbox.c.received_at))


def _messages_out(conn: Connection, person: int) -> list[Row]:
    names = ("channel", "kind", "state", "created_at", "sent_at", "body")
    columns = (outbox.c[name] for name in names)
    return _rows(conn, select(*columns).where(outbox.c.person == person).order_by(outbox.c.id))


def _records(conn: Connection, person: int) -> list[Row]:
    """Every other row that names the person by number: where it stands, as what, and its times."""
    found: list[Row] = []
    for column in _naming():
        table = column.table
        key = tuple(table.primary_key)
        times = tuple(other for other in table.columns if isinstance(other.type, Instant))
        plain = tuple(part for part in key if isinstance(part.type, Integer | String | Text) and part is not column)
        statement = select(*dict.fromkeys((*plain, *times))).where(column == person).order_by(*key)
        found += [{"table": table.name, "as": column.name, **row} for row in _rows(conn, statement)]
    return found


def _naming() -> Iterator[Column[Any]]:
    for table in metadata.sorted_tables:
        if table not in _TOLD:
            for column in table.columns:
                if any(key.column.table is people for key in column.foreign_keys):
                    yield column


_TOLD: Final = (
    identities,
    memberships,
    invitations,
    answers,
    conversations,
    burden,
    feedback,
    outbox,
    paper_orders,
    notice_recipients,
)
"""Tables of which another part tells every row that names a person."""

PARTS: Final[Mapping[str, Part]] = {
    "roles": _roles,
    "channels": _channels,
    "invitations": _invitations,
    "tries": _tries,
    "answers": _answers,
    "talks": _talks,
    "receipts": _receipts,
    "hazard_steps": _hazard_steps,
    "accidents": _accidents,
    "permits": _permits,
    "permit_steps": _permit_steps,
    "notices": _notices,
    "trainings": _trainings,
    "reminders": _reminders,
    "feedback": _feedback,
    "events": _events,
    "messages_in": _messages_in,
    "messages_out": _messages_out,
    "papers": _papers,
    "records": _records,
}
"""The parts that are rows of tables, by name."""


def under_name(conn: Connection, name: str, subject: str) -> dict[str, list[Row]]:
    """Return what is kept under a name in an enterprise (its code) or a place, by part."""
    wanted = likeness(name)

    def called(statement: Select[Any]) -> list[Row]:
        return [row for row in _rows(conn, statement) if likeness(row["name"]) == wanted]

    card = (workers.c[part] for part in ("name", "trade", "certificate_masked", "issued", "review_due", "valid_until"))
    seats = (permits.c.code, permit_people.c.seat, permit_people.c.name, permits.c.starts, permits.c.until)
    on_checks = (inspectors.c.name, check_inspectors.c.check, check_inspectors.c.signed_at, check_inspectors.c.how)
    named = (enterprises.c.principal_name, enterprises.c.officer_name)
    return {
        "workers": called(select(*card, workers.c.removed_at).where(workers.c.enterprise == subject)),
        "permits": called(
            select(*seats)
            .join(permits, permits.c.id == permit_people.c.permit)
            .where(permits.c.enterprise == subject)
            .order_by(permit_people.c.id)
        ),
        "inspectors": called(
            select(inspectors.c.name, inspectors.c.since, inspectors.c.until).where(inspectors.c.place == subject)
        ),
        "checks": called(
            select(*on_checks)
            .join(inspectors, inspectors.c.id == check_inspectors.c.inspector)
            .where(inspectors.c.place == subject)
            .order_by(check_inspectors.c.check)
        ),
        "registry": [
            {"as": column.name, "enterprise": subject}
            for column in named
            for held in conn.execute(select(column).where(enterprises.c.code == subject)).scalars()
            if likeness(held) == wanted
        ],
        "mentions": list(_mentions(conn, name)),
    }


def _mentions(conn: Connection, name: str) -> Iterator[Row]:
    """Every row, of whatever table, in which the name stands as it was typed: only where, and when."""
    escaped = json.dumps(name)[1:-1]
    for table in metadata.sorted_tables:
        times = (column for column in table.columns if isinstance(column.type, Instant))
        shown = dict.fromkeys((*(part for part in table.primary_key if isinstance(part.type, Integer)), *times))
        for column in table.columns:
            if isinstance(column.type, Text | Kept | JSON) and shown:
                written = cast(column, Text)
                # SQLite has JSON as it was written, maybe with its signs escaped.
                found = or_(written.contains(name, autoescape=True), written.contains(escaped, autoescape=True))
                for row in _rows(conn, select(*shown).where(found).order_by(*shown)):
                    yield {"table": table.name, "as": column.name, **row}


def stored(conn: Connection, person: int) -> Iterator[Any]:
    """Give what is stored of everything in which the person may have sent a file."""
    yield from conn.execute(select(answers.c.value).where(answers.c.person == person)).scalars()
    yield from conn.execute(select(hazard_steps.c.data).where(hazard_steps.c.person == person)).scalars()
    yield from conn.execute(select(permit_steps.c.data).where(permit_steps.c.person == person)).scalars()
    yield from (row["message"] for row in _messages_in(conn, person))


def sent(conn: Connection, person: int) -> list[str]:
    """Return the hashes of the files that are recorded as sent in by the person, and are kept."""
    mine = (files.c.sent_by == person, files.c.expires_at.is_(None))
    return list(conn.execute(select(files.c.sha256).where(*mine).order_by(files.c.kept_at, files.c.sha256)).scalars())


def looks(conn: Connection, person: int, events: Iterable[str]) -> list[Row]:
    """Return who else saw or took away what is about a person, or about an enterprise, a permit or a place of theirs:
    when, what, and by the number of whom, or which operator at the command line of the server.
    """
    columns = (audit.c.at, audit.c.event, audit.c.subject, audit.c.actor.label("by"), audit.c.operator)
    others = or_(audit.c.actor.is_(None), audit.c.actor != person)
    of = engine.among(audit.c.subject, _subjects(conn, person))
    found = _rows(conn, select(audit.c.id, *columns).where(of, audit.c.event.in_(events), others))
    return [
        {name: row[name] for name in ("at", "event", "subject", "by", "operator")} for row in sorted(found, key=_number)
    ]


def _number(row: Row) -> int:
    return int(row["id"])


def _subjects(conn: Connection, person: int) -> Iterator[str]:
    """The subjects of audit rows under which data of a person is shown."""
    yield from ("people", f"person/{person}")
    for kind, column, where in _about(person):
        yield from (f"{kind}/{value}" for value in conn.execute(select(column).where(where).distinct()).scalars())


def _about(person: int) -> Iterator[tuple[str, Column[Any], ColumnElement[bool]]]:
    held = select(memberships.c.subject).where(memberships.c.person == person)
    yield "enterprise", enterprises.c.code, enterprises.c.code.in_(held)
    yield "place", enterprises.c.district, enterprises.c.code.in_(held)
    yield (
        "conversation",
        conversations.c.id,
        or_(conversations.c.person == person, conversations.c.started_by == person),
    )
    yield "duty", conversations.c.duty, (conversations.c.person == person) & conversations.c.duty.is_not(None)
    yield "hazard", hazard_steps.c.hazard, hazard_steps.c.person == person
    yield "permit", permit_people.c.permit, permit_people.c.person == person
    yield "notice", notice_recipients.c.notice, notice_recipients.c.person == person
