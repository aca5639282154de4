"""Notices, and how far each recipient has come with one: read from the letters, so that it is never told twice."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypedDict, Unpack

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    case,
    distinct,
    exists,
    func,
    or_,
    select,
    update,
)

from campaign.roles import OFFICER
from storage import engine, records
from storage.records import as_values, columns, matching, row_or_none, rows
from storage.tables import enterprises, memberships, notice_recipients, notices, outbox, people

DRAFT = "draft"
PREVIEWED = "previewed"
QUEUED = "queued"
STOPPED = "stopped"
SENDING = "sending"
DONE = "done"


class NoticeStanding(StrEnum):
    """How far a recipient has come, or why not; the platform's word is all that `ACCEPTED` says."""

    QUEUED = "queued"
    ACCEPTED = "accepted"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    HALTED = "halted"
    """Stopped before it left."""
    NOT_JOINED = "not-joined"
    NOWHERE = "nowhere"
    """Had blocked the bot before, or has left."""
    REFUSED = "refused"
    """The platform says that this person blocked the bot, or is gone."""
    REJECTED = "rejected"
    """The platform would not take this message."""
    UNKNOWN = "unknown"
    """Nobody knows whether it arrived; it is not sent again by itself."""
    EXPIRED = "expired"


REACHED = (NoticeStanding.ACCEPTED, NoticeStanding.ACKNOWLEDGED, NoticeStanding.ANSWERED)
UNREACHED = (
    NoticeStanding.NOT_JOINED,
    NoticeStanding.NOWHERE,
    NoticeStanding.REFUSED,
    NoticeStanding.REJECTED,
    NoticeStanding.UNKNOWN,
    NoticeStanding.EXPIRED,
)
"""Who is to be telephoned."""
TO_REMIND = (NoticeStanding.ACCEPTED, NoticeStanding.UNKNOWN, NoticeStanding.REFUSED, NoticeStanding.NOWHERE)
"""Who has not acknowledged and may be reached by another letter: who blocked the bot may have let it in again."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it is kept. `state` is draft, previewed, queued or stopped; see `state_of`."""

    id: int
    place: str
    by: int
    conversation: int
    responsible: int
    state: str
    text: str
    files: Sequence[Sequence[Any]]
    audience: Mapping[str, Any]
    until: date
    form: str | None
    digest: str
    written_at: datetime
    confirmed_at: datetime | None
    round: int
    reminded_on: date | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom a notice goes; `person` None: whom the registry names in this role and who has not joined."""

    person: int | None
    enterprise: str | None
    role: str
    district: str
    letter: str | None = None
    answer: int | None = None
    """The conversation in which it was answered."""

    @property
    def place(self) -> str:
        """For what it is: the code of an enterprise, or a district whose staff got it."""
        return self.enterprise or self.district


@dataclass(frozen=True, slots=True)
class Receipt:
    """A recipient with what came of it; who has not joined goes by the registry's name. Instants are campaign time."""

    person: int | None
    name: str
    enterprise: str | None
    enterprise_name: str | None
    district: str
    role: str
    standing: NoticeStanding
    sent_at: datetime | None
    acknowledged_at: datetime | None
    answered_at: datetime | None
    answer: int | None
    error: str | None


def newest_unsent(conn: Connection, person: int, places: Sequence[str]) -> int | None:
    """Return somebody's newest notice for one of these places that was neither sent nor dropped."""
    of = (notices.c.by == person, notices.c.place.in_(places), notices.c.state.in_((DRAFT, PREVIEWED)))
    newest: int | None = conn.execute(select(func.max(notices.c.id)).where(*of)).scalar_one()
    return newest


class Tally(Counter[NoticeStanding]):
    """How many recipients of a notice stand where."""

    @property
    def reached(self) -> int:
        """The number of letters that the platform took."""
        return sum(self[standing] for standing in REACHED)

    @property
    def acknowledged(self) -> int:
        """The number of those who tapped 已知悉, or answered."""
        return self[NoticeStanding.ACKNOWLEDGED] + self[NoticeStanding.ANSWERED]

    @property
    def to_remind(self) -> int:
        """The number of those who have not acknowledged it and may be reached after all."""
        return sum(self[standing] for standing in TO_REMIND)

    @property
    def unreached(self) -> int:
        """The number of those who are to be telephoned."""
        return sum(self[standing] for standing in UNREACHED)


_columns = columns(notices, Notice)
_by_id = select(*_columns).where(notices.c.id == bindparam("of_notice"))
_letter = outbox.alias("letter")
_reminder = outbox.alias("reminder")


def _either(*states: str) -> ColumnElement[bool]:
    return or_(_letter.c.state.in_(states), _reminder.c.state.in_(states))


def _holds(recipients: FromClause) -> ColumnElement[bool]:
    """The recipient still holds the role in which it was sent to them."""
    return exists().where(
        memberships.c.person == recipients.c.person,
        memberships.c.role == recipients.c.role,
        memberships.c.subject == func.coalesce(recipients.c.enterprise, recipients.c.district),
        memberships.c.state == "active",
    )


def _as(answered_: ColumnElement[bool]) -> ColumnElement[str]:
    return case(
        (answered_, NoticeStanding.ANSWERED),
        (notice_recipients.c.acknowledged_at.is_not(None), NoticeStanding.ACKNOWLEDGED),
        (_either("sent"), NoticeStanding.ACCEPTED),
        (_either("ready", "leased"), NoticeStanding.QUEUED),
        (notice_recipients.c.person.is_(None), NoticeStanding.NOT_JOINED),
        (notice_recipients.c.letter.is_(None), NoticeStanding.NOWHERE),
        (_letter.c.state == "refused", NoticeStanding.REFUSED),
        (_letter.c.state == "rejected", NoticeStanding.REJECTED),
        (_letter.c.state == "failed", NoticeStanding.UNKNOWN),
        (_letter.c.state == "expired", NoticeStanding.EXPIRED),
        else_=NoticeStanding.HALTED,
    ).label("standing")


_standing = _as(notice_recipients.c.answered_at.is_not(None))
_other = notice_recipients.alias("other")
_standing_of_person = _as(
    and_(
        notice_recipients.c.answered_at.is_not(None),
        ~exists().where(
            _other.c.notice == notice_recipients.c.notice,
            _other.c.person == notice_recipients.c.person,
            _other.c.answered_at.is_(None),
            _holds(_other),
        ),
    )
)
"""Of several enterprises somebody has answered where they did for each of them."""
_joined = notice_recipients.outerjoin(_letter, _letter.c.dedupe == notice_recipients.c.letter).outerjoin(
    _reminder, _reminder.c.dedupe == notice_recipients.c.reminder
)
_one_each = func.coalesce(notice_recipients.c.person, -notice_recipients.c.id)
"""A person counts once, for however many enterprises they got it."""
_tally = (
    select(notice_recipients.c.notice, _standing_of_person, func.count(distinct(_one_each)))
    .select_from(_joined)
    .where(engine.among_given(notice_recipients.c.notice, "ids"))
    .group_by(notice_recipients.c.notice, "standing")
)
_receipts = (
    select(
        notice_recipients.c.person,
        case(
            (notice_recipients.c.person.is_not(None), people.c.name),
            (notice_recipients.c.role == OFFICER, enterprises.c.officer_name),
            else_=enterprises.c.principal_name,
        ).label("name"),
        notice_recipients.c.enterprise,
        enterprises.c.name.label("enterprise_name"),
        notice_recipients.c.district,
        notice_recipients.c.role,
        _standing,
        case((_either("sent"), notice_recipients.c.left_at)).label("sent_at"),
        notice_recipients.c.acknowledged_at,
        notice_recipients.c.answered_at,
        notice_recipients.c.answer,
        func.coalesce(_letter.c.error, _reminder.c.error).label("error"),
    )
    .select_from(
        _joined.outerjoin(people, people.c.id == notice_recipients.c.person).outerjoin(
            enterprises, enterprises.c.code == notice_recipients.c.enterprise
        )
    )
    .where(notice_recipients.c.notice == bindparam("of_notice"))
    .order_by(notice_recipients.c.district, enterprises.c.name, notice_recipients.c.id)
)
_of_person = and_(
    notice_recipients.c.notice == bindparam("of_notice"), notice_recipients.c.person == bindparam("of_person")
)
_add = engine.insert(notice_recipients).on_conflict_do_nothing()
_take_place = (
    update(notice_recipients)
    .where(
        notice_recipients.c.notice == bindparam("of_notice"),
        notice_recipients.c.enterprise == bindparam("of_enterprise"),
        notice_recipients.c.role == bindparam("of_role"),
        notice_recipients.c.person.is_(None),
    )
    .values(person=bindparam("of_person"))
)
_recipient = select(*columns(notice_recipients, Recipient)).where(_of_person)
_still = _holds(notice_recipients)
_write_to = update(notice_recipients).where(_of_person).values(letter=bindparam("key"))
_remind = update(notice_recipients).where(_of_person).values(reminder=bindparam("key"))
_leave = (
    update(notice_recipients)
    .where(
        _of_person,
        ~exists().where(outbox.c.dedupe == notice_recipients.c.letter, outbox.c.state == "sent"),
    )
    .values(left_at=bindparam("at"))
)
_acknowledge = (
    update(notice_recipients)
    .where(_of_person, notice_recipients.c.acknowledged_at.is_(None))
    .values(acknowledged_at=bindparam("at"))
)
_halt = (
    update(outbox)
    .where(
        outbox.c.state == "ready",
        or_(
            *(
                outbox.c.dedupe.in_(select(column).where(notice_recipients.c.notice == bindparam("of_notice")))
                for column in (notice_recipients.c.letter, notice_recipients.c.reminder)
            )
        ),
    )
    .values(state="cancelled")
)


class NoticeDraft(TypedDict):
    """The columns that each writing of a notice fills."""

    conversation: int
    state: str
    text: str
    files: Sequence[Sequence[Any]]
    audience: Mapping[str, Any]
    until: date
    form: str | None
    written_at: datetime


class NewNotice(NoticeDraft):
    """The columns of a notice that is written for the first time."""

    place: str
    by: int
    responsible: int
    digest: str


class NoticeColumns(TypedDict, total=False):
    """The columns that may change once it is written."""

    state: str
    responsible: int
    digest: str
    confirmed_at: datetime
    round: int
    reminded_on: date
    told_at: datetime | None


def add(conn: Connection, **values: Unpack[NewNotice]) -> int:
    """Keep a notice as it was first written; return its number."""
    return records.add(conn, notices, **values)


def rewrite(conn: Connection, notice: int, **values: Unpack[NoticeDraft]) -> None:
    """Keep a notice as it was written anew."""
    conn.execute(update(notices).where(notices.c.id == notice).values(**values))


def change(conn: Connection, notice: int, **values: Unpack[NoticeColumns]) -> None:
    """Write some of its columns anew."""
    conn.execute(update(notices).where(notices.c.id == notice).values(**values))


def hand_on(conn: Connection, place: str, former: int, successor: int) -> None:
    """Let somebody be responsible for what another is sending in a place: it stops with its sender's role."""
    theirs = (notices.c.place == place, notices.c.responsible == former)
    conn.execute(update(notices).where(*theirs).values(responsible=successor))


def get(conn: Connection, notice: int, *, lock: bool = False) -> Notice | None:
    """Return a notice by its number; locked, two taps on it wait for each other."""
    return row_or_none(conn, Notice, _by_id.with_for_update() if lock else _by_id, {"of_notice": notice})


def find(conn: Connection, places: Sequence[str] | None = None) -> list[Notice]:
    """Return notices, the newest first: all, or those of some places."""
    wanted = matching({notices.c.place: places})
    return rows(conn, Notice, select(*_columns).where(*wanted).order_by(notices.c.id.desc()))


def in_force(conn: Connection, day: date) -> list[Notice]:
    """Return the notices that were sent and are still in force on a day, the oldest first."""
    statement = select(*_columns).where(notices.c.state == QUEUED, notices.c.until >= day).order_by(notices.c.id)
    return rows(conn, Notice, statement)


def untold(conn: Connection) -> list[Notice]:
    """Return the notices that were sent and of which nobody was told yet that they are done."""
    statement = select(*_columns).where(notices.c.state == QUEUED, notices.c.told_at.is_(None)).order_by(notices.c.id)
    return rows(conn, Notice, statement)


def of_person(conn: Connection, person: int, day: date) -> list[tuple[Notice, bool]]:
    """Return the notices that were sent to somebody and are still in force, the newest first, each with whether it
    was acknowledged.
    """
    statement = (
        select(*_columns, notice_recipients.c.acknowledged_at.is_not(None))
        .join(notice_recipients, notice_recipients.c.notice == notices.c.id)
        .where(
            notice_recipients.c.person == person, _still, notices.c.confirmed_at.is_not(None), notices.c.until >= day
        )
        .order_by(notices.c.id.desc())
    )
    noted: dict[int, tuple[Notice, bool]] = {}
    for *row, known in conn.execute(statement):
        notice = Notice(*row)
        # Of several enterprises the notice is known only where it is for each of them.
        noted[notice.id] = notice, bool(known) and noted.get(notice.id, (notice, True))[1]
    return list(noted.values())


def missed(conn: Connection, person: int, day: date) -> list[Notice]:
    """Return the notices that are being sent and still in force, and did not reach somebody since the platform
    refused them.
    """
    statement = (
        select(*_columns)
        .select_from(_joined.join(notices, notices.c.id == notice_recipients.c.notice))
        .where(
            notice_recipients.c.person == person,
            _standing.in_((NoticeStanding.REFUSED, NoticeStanding.NOWHERE)),
            notices.c.state == QUEUED,
            notices.c.until >= day,
        )
        .order_by(notices.c.id)
    )
    return list({notice.id: notice for notice in rows(conn, Notice, statement)}.values())


def tallies(conn: Connection, ids: Sequence[int]) -> dict[int, Tally]:
    """Return how many recipients of each notice stand where, by notice."""
    found: defaultdict[int, Tally] = defaultdict(Tally)
    if ids:
        for notice, standing, number in conn.execute(_tally, {"ids": list(ids)}):
            found[notice][NoticeStanding(standing)] = number
    return found


def state_of(notice: Notice, tally: Tally) -> str:
    """Return the state of a notice: draft, previewed, queued (nothing has left), sending, done, stopped."""
    if notice.state != QUEUED:
        return notice.state
    waiting = tally[NoticeStanding.QUEUED]
    if not waiting:
        return DONE
    unreachable = tally[NoticeStanding.NOT_JOINED] + tally[NoticeStanding.NOWHERE]
    return QUEUED if waiting + unreachable == tally.total() else SENDING


def receipts(conn: Connection, notice: int) -> list[Receipt]:
    """Return every recipient with what came of it, by district and enterprise."""
    found = conn.execute(_receipts, {"of_notice": notice}).mappings()
    return [Receipt(**{**row, "standing": NoticeStanding(row["standing"]), "name": row["name"] or ""}) for row in found]


def as_recipients(conn: Connection, notice: int, person: int) -> list[Recipient]:
    """Return somebody as the recipients of a notice that they are, one for each enterprise; none: it was not sent to
    them.
    """
    return rows(conn, Recipient, _recipient, {"of_notice": notice, "of_person": person})


def received(conn: Connection, notice: int, person: int) -> list[Recipient]:
    """Return somebody as the recipients of a notice that they still are, one for each enterprise; none: they are not
    any more.
    """
    still = _recipient.where(_still).order_by(notice_recipients.c.id)
    return rows(conn, Recipient, still, {"of_notice": notice, "of_person": person})


def add_recipients(conn: Connection, notice: int, found: Sequence[Recipient]) -> None:
    """Write down to whom it goes; who is there already stays as they are."""
    if found:
        conn.execute(_add, [{"notice": notice, **as_values(recipient)} for recipient in found])


def take_place(conn: Connection, notice: int, recipient: Recipient) -> None:
    """Put somebody who joined in the place of whom the registry named only: they need not be telephoned any more."""
    keys = {
        "of_notice": notice,
        "of_person": recipient.person,
        "of_enterprise": recipient.enterprise,
        "of_role": recipient.role,
    }
    conn.execute(_take_place, keys)


def written_to(conn: Connection, notice: int, keys: Mapping[int, str]) -> None:
    """Keep by which letter each person now gets a notice: the dedupe keys by person."""
    _with_keys(conn, _write_to, notice, keys)


def reminded(conn: Connection, notice: int, keys: Mapping[int, str]) -> None:
    """Keep by which letter each person is reminded of a notice: the dedupe keys by person."""
    _with_keys(conn, _remind, notice, keys)


def _with_keys(conn: Connection, statement: Any, notice: int, keys: Mapping[int, str]) -> None:
    if keys:
        conn.execute(
            statement, [{"of_notice": notice, "of_person": person, "key": key} for person, key in keys.items()]
        )


def leaves(conn: Connection, pairs: Sequence[tuple[int, int]], at: datetime) -> None:
    """Note that letters are handed to the platform now, by (notice, person); a reminder after the notice arrived does
    not count.
    """
    if pairs:
        conn.execute(_leave, [{"of_notice": notice, "of_person": person, "at": at} for notice, person in pairs])


def acknowledge(conn: Connection, notice: int, person: int, at: datetime) -> bool:
    """Note that a recipient knows of a notice (已知悉); return False when it was so already."""
    done = conn.execute(_acknowledge, {"of_notice": notice, "of_person": person, "at": at})
    return int(done.rowcount) > 0


def answered(conn: Connection, notice: int, person: int, place: str, conversation: int, at: datetime) -> None:
    """Keep the answer of a recipient for one of their enterprises or districts ("": for each of them); a later one
    takes its place.
    """
    of = notice_recipients.c
    whose = (func.coalesce(of.enterprise, of.district) == place,) if place else ()
    conn.execute(
        update(notice_recipients)
        .where(of.notice == notice, of.person == person, *whose)
        .values(answer=conversation, answered_at=at)
    )


def acknowledged(conn: Connection, pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return which of these (notice, person) have acknowledged."""
    of = notice_recipients.c
    statement = select(of.notice, of.person).where(
        engine.among(of.notice, (notice for notice, _ in pairs)),
        engine.among(of.person, (person for _, person in pairs)),
        of.acknowledged_at.is_not(None),
    )
    return {(row.notice, row.person) for row in conn.execute(statement)} & set(pairs)


def halt(conn: Connection, notice: int) -> int:
    """Take back every letter that has not left; how many. What is on its way cannot be taken back."""
    return int(conn.execute(_halt, {"of_notice": notice}).rowcount)
