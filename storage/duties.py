"""Duties: one obligation of one subject in one period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypedDict, Unpack

from sqlalchemy import (
    ColumnElement,
    Connection,
    UpdateBase,
    and_,
    bindparam,
    case,
    exists,
    func,
    not_,
    or_,
    select,
    update,
)

from campaign.enterprise_life import State
from campaign.periods import HAZARD, PERMIT
from campaign.unmet import Judged
from storage import engine
from storage.records import columns, matching, row_or_none, rows
from storage.tables import duties, enterprises, receipts
from storage.unreadable import Unreadable

UNDONE = ("open", "returned")
"""What a person still has to act on; `explained` waits for staff and is not reminded."""

MET = Judged()
"""What is done elsewhere, without an answer that could be judged."""

AGAIN = timedelta(days=7)
"""So long after its day somebody is reminded once more of what is not met."""

HANDED_IN = ("answered", "returned", "explained")
"""What a duty can be that was handed in: its answer counts, staff gave it back, or it is explained why it is not met.
Without `Duty.first_at` it never was.
"""

UNJUDGED: Mapping[str, None] = {"met": None, "met_by": None, "shortfall": None}
"""The columns of what an answer was worth, once it is one no more."""

UNANSWERED = ("planned", "open", "returned", "explained")


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as it is kept; instants are UTC. Late and overdue are computed, never stored."""

    id: int
    obligation: str
    subject: str
    period: str
    enterprise: str | None
    district: str
    owner: str
    opens: datetime
    due: datetime | None
    status: str
    answered_at: datetime | None
    conversation: int | None
    snoozed_until: datetime | None
    rung: str | None
    rung_at: datetime | None
    escalated: str | None
    escalated_at: datetime | None
    held: str | None = None
    """The status that a standstill or the end of its enterprise keeps from it, see `follow_lives`."""
    met: bool | None = None
    """Whether the answer that counts meets the clause; None: none counts."""
    met_by: date | None = None
    """The day by which its owner promised that it will."""
    shortfall: Mapping[str, Any] | Unreadable | None = field(default=None, hash=False)

    first_at: datetime | None = None
    """When it was first handed in; `answered_at` is that of the newest correction."""
    done_on: date | None = None
    """The day of the deed, where the clause dates that; None: not known, or not dated."""
    done_by: date | None = None
    """The last day on which that deed is in time."""

    @property
    def judged(self) -> Judged:
        """Why the answer does not meet the clause, and which evidence it lacks; nothing where that cannot be read: a
        list must not fail of it.
        """
        return Judged() if isinstance(self.shortfall, Unreadable) else Judged.from_json(self.shortfall)

    @property
    def unmet(self) -> bool:
        """Answered, and the answer does not meet the clause (未达要求)."""
        return self.status == "answered" and self.met is False

    def is_owed(self, today: date) -> bool:
        """Whether its owner has to act: it is undone, or does not meet the clause and no day to come is promised."""
        return self.status in UNDONE or (self.unmet and (self.met_by is None or self.met_by <= today))

    @property
    def late(self) -> bool:
        """Done after its last day: by the day of the deed where the clause dates that, else by the first filing. In SQL
        this is `is_late`.
        """
        if self.done_on is not None and self.done_by is not None:
            return self.done_on > self.done_by
        return self.filed_late

    @property
    def filed_late(self) -> bool:
        """First handed in after it was due, whenever its deed was."""
        return self.first_at is not None and self.due is not None and self.first_at > self.due

    def overdue(self, now: datetime) -> bool:
        """Still to be done after it was due; what was handed in by then is not, though it was given back or explained
        since. In SQL this is `is_overdue`.
        """
        in_time = self.status in HANDED_IN and self.first_at is not None and not self.filed_late
        return self.status in UNANSWERED and self.due is not None and now > self.due and not in_time


@dataclass(frozen=True, slots=True)
class Group:
    """Undone duties that share their days, and so every rung of their ladder."""

    obligation: str
    period: str
    opens: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a duty has come in a district: how many subjects owe it, how many have answered."""

    obligation: str
    period: str
    due: datetime | None
    total: int
    answered: int


_columns = columns(duties, Duty)
_by_id = select(*_columns).where(duties.c.id == bindparam("duty"))
_locked = _by_id.with_for_update()
_answered = (
    update(duties)
    .where(duties.c.id == bindparam("of_duty"))
    .values(
        status="answered",
        answered_at=bindparam("at"),
        conversation=bindparam("by"),
        snoozed_until=None,
        held=None,
        met=bindparam("is_met"),
        met_by=None,
        shortfall=bindparam("lacking"),
        first_at=func.coalesce(duties.c.first_at, bindparam("at")),
        done_on=bindparam("on"),
        done_by=bindparam("on_at_the_latest"),
    )
)
_add_receipt = engine.insert(receipts)
_undated = (
    select(*_columns)
    .where(
        engine.among_given(duties.c.obligation, "obligations"),
        duties.c.status == "answered",
        duties.c.conversation.is_not(None),
        duties.c.done_on.is_(None),
    )
    .order_by(duties.c.id)
)
_of_subject = (
    select(*_columns)
    .where(engine.among_given(duties.c.subject, "subjects"), duties.c.status != "withdrawn")
    .order_by(duties.c.due.is_(None), duties.c.due, duties.c.opens, duties.c.id)
)


class EventDuty(TypedDict):
    """The columns of a duty that an event makes."""

    obligation: str
    subject: str
    period: str
    enterprise: str | None
    district: str
    owner: str
    opens: datetime
    due: datetime | None


def open_event(conn: Connection, **values: Unpack[EventDuty]) -> None:
    """Open a duty that an event makes; one of the same obligation, subject and period stays as it is."""
    conn.execute(engine.insert(duties).values(status="open", **values).on_conflict_do_nothing())


def _works() -> ColumnElement[bool]:
    """Return the condition that nobody's duty is at a standstill now: its people are left alone meanwhile."""
    return not_(exists().where(enterprises.c.code == duties.c.enterprise, enterprises.c.state != State.ACTIVE))


def get(conn: Connection, duty: int, *, lock: bool = False) -> Duty | None:
    """Return a duty by id."""
    return row_or_none(conn, Duty, _locked if lock else _by_id, {"duty": duty})


def of_period(conn: Connection, obligation: str, subject: str, period: str) -> Duty | None:
    """Return the duty of an obligation, a subject and a period, locked; None where it is not owed."""
    statement = (
        select(*_columns)
        .where(duties.c.obligation == obligation, duties.c.subject == subject, duties.c.period == period)
        .with_for_update()
    )
    return row_or_none(conn, Duty, statement)


def of_subjects(conn: Connection, subjects: Sequence[str]) -> list[Duty]:
    """Return all duties of some subjects but the withdrawn, the earliest due first, those without a date last."""
    return rows(conn, Duty, _of_subject, {"subjects": list(subjects)})


def find(
    conn: Connection,
    *,
    enterprise: str | None = None,
    district: str | None = None,
    status: str | None = None,
    ids: Sequence[int] | None = None,
) -> list[Duty]:
    """Return duties by any of these, in a steady order."""
    wanted = {
        duties.c.enterprise: enterprise,
        duties.c.district: district,
        duties.c.status: status,
        duties.c.id: ids,
    }
    statement = select(*_columns).where(*matching(wanted))
    order = (duties.c.district, duties.c.subject, duties.c.due.is_(None), duties.c.due, duties.c.obligation)
    return rows(conn, Duty, statement.order_by(*order))


def receipts_of(conn: Connection, ids: Sequence[int] | None = None) -> dict[int, str]:
    """Return the code of the receipt that counts for each answered duty (of these)."""
    counts = and_(receipts.c.duty == duties.c.id, receipts.c.conversation == duties.c.conversation)
    statement = select(duties.c.id, receipts.c.code).join(receipts, counts).where(*matching({duties.c.id: ids}))
    return {row.id: row.code for row in conn.execute(statement)}


def answered(
    conn: Connection,
    duty: int,
    conversation: int | None,
    at: datetime,
    judged: Judged = MET,
    done: tuple[date, date | None] | None = None,
) -> None:
    """Note that a duty is answered, and what the answer is worth; of several answers the latest counts, and of its
    filings the first. No conversation: by what was told in another. `done`: the day of the deed and the last one for
    it, where they are known.
    """
    on, latest = done or (None, None)
    said = {"is_met": judged.met, "lacking": judged.as_json(), "on": on, "on_at_the_latest": latest}
    conn.execute(_answered, {"of_duty": duty, "by": conversation, "at": at, **said})


def undated(conn: Connection, obligations: Sequence[str]) -> list[Duty]:
    """Return the answered duties of some obligations of which no day of the deed is noted, in the order of their
    ids.
    """
    return rows(conn, Duty, _undated, {"obligations": list(obligations)})


def date_deed(conn: Connection, duty: int, on: date, latest: date | None) -> None:
    """Note on which day the deed of an answered duty was, and on which at the latest it had to be."""
    conn.execute(update(duties).where(duties.c.id == duty).values(done_on=on, done_by=latest))


def is_late() -> ColumnElement[bool]:
    """Return the condition that a duty was done after its last day, as `Duty.late` says it."""
    dated = and_(duties.c.done_on.is_not(None), duties.c.done_by.is_not(None))
    return or_(
        and_(dated, duties.c.done_on > duties.c.done_by),
        and_(not_(dated), duties.c.first_at.is_not(None), duties.c.due.is_not(None), duties.c.first_at > duties.c.due),
    )


def is_overdue(now: datetime) -> ColumnElement[bool]:
    """Return the condition that an undone duty was due before an instant, as `Duty.overdue` says it."""
    return and_(duties.c.due.is_not(None), duties.c.due < now, not_(_came_in_time()))


def _came_in_time() -> ColumnElement[bool]:
    """Return the condition, never null, that a duty was handed in by the time it was due, whatever became of that."""
    filed = duties.c.first_at
    known = and_(filed.is_not(None), duties.c.due.is_not(None), filed <= duties.c.due)
    return and_(duties.c.status.in_(HANDED_IN), known)


def is_unmet() -> ColumnElement[bool]:
    """Return the condition that a duty is answered and does not meet its clause, as `Duty.unmet` says it."""
    return and_(duties.c.status == "answered", duties.c.met.is_(False))


def set_status(conn: Connection, duty: int, status: str) -> None:
    """Move a duty that is not answered, or not met, to another status."""
    conn.execute(update(duties).where(duties.c.id == duty).values(status=status, held=None, **UNJUDGED))


def snooze(conn: Connection, duty: int, until: datetime) -> None:
    """Send no reminder of a duty before this instant, and one at it."""
    conn.execute(update(duties).where(duties.c.id == duty).values(snoozed_until=until))


def groups(conn: Connection) -> list[Group]:
    """Return the undone duties, grouped by what decides their ladder."""
    statement = (
        select(duties.c.obligation, duties.c.period, duties.c.opens, duties.c.due)
        .where(duties.c.status.in_(UNDONE))
        .distinct()
        .order_by(duties.c.due, duties.c.obligation, duties.c.period)
    )
    return rows(conn, Group, statement)


@cache
def _rings(*, dated: bool, after: bool) -> UpdateBase:
    """Return the statement of `ring` for a group that is due at some time or not, and for rungs after that or before.
    A tick sends it for every group: it is made once.
    """
    return (
        update(duties)
        .where(
            duties.c.obligation == bindparam("of_obligation"),
            duties.c.period == bindparam("of_period"),
            duties.c.opens == bindparam("opened"),
            duties.c.due == bindparam("due_at") if dated else duties.c.due.is_(None),
            duties.c.status.in_(UNDONE),
            or_(duties.c.rung_at.is_(None), duties.c.rung_at < bindparam("at")),
            or_(duties.c.snoozed_until.is_(None), duties.c.snoozed_until <= bindparam("now")),
            _works(),
            *([not_(_came_in_time())] if after else []),
        )
        .values(rung=bindparam("name"), rung_at=bindparam("at"))
        .returning(*_columns)
    )


def ring(conn: Connection, group: Group, rung: str, at: datetime, now: datetime) -> list[Duty]:
    """Mark a rung on every undone duty of a group that has not had it; return the duties that it is new for. At most
    one rung for each duty and day is the planner's rule; a snoozed duty waits for its own hour, and one of an
    enterprise at a standstill until that is over. What was handed in by its day and given back rings none of the rungs
    that follow the day: it is not overdue.
    """
    statement = _rings(dated=group.due is not None, after=group.due is not None and at > group.due)
    values = {
        "of_obligation": group.obligation,
        "of_period": group.period,
        "opened": group.opens,
        "name": rung,
        "at": at,
        "now": now,
    }
    return rows(conn, Duty, statement, values if group.due is None else {**values, "due_at": group.due})


def to_repeat(conn: Connection, now: datetime, since: datetime) -> list[Duty]:
    """Return the undone duties that are overdue, or rang since an instant; but for those put off, and those of an
    enterprise at a standstill.
    """
    statement = select(*_columns).where(
        duties.c.status.in_(UNDONE),
        or_(is_overdue(now), duties.c.rung_at >= since),
        or_(duties.c.snoozed_until.is_(None), duties.c.snoozed_until <= now),
        _works(),
    )
    return rows(conn, Duty, statement.order_by(duties.c.due.is_(None), duties.c.due, duties.c.id))


def wake(conn: Connection, now: datetime) -> list[Duty]:
    """End the snooze of the undone duties for which it is over, and of those not met put it off by a week, until
    somebody acts; return them.
    """
    over = update(duties).where(duties.c.snoozed_until <= now, _works())
    undone = over.where(duties.c.status.in_(UNDONE)).values(snoozed_until=None)
    not_met = over.where(is_unmet()).values(snoozed_until=now + AGAIN)
    return [duty for statement in (undone, not_met) for duty in rows(conn, Duty, statement.returning(*_columns))]


def put_off_returned(conn: Connection, now: datetime) -> None:
    """Let what was given back be reminded of in a week, and so every week until somebody acts, once its day is over and
    no rung follows: it was handed in by then.
    """
    silent = and_(duties.c.status == "returned", duties.c.due < now, duties.c.snoozed_until.is_(None))
    conn.execute(update(duties).where(silent, _came_in_time()).values(snoozed_until=now + AGAIN))


def escalate(conn: Connection, ids: Sequence[int], level: str, at: datetime) -> None:
    """Show duties to the district, then to the city; never back down."""
    conn.execute(
        update(duties)
        .where(engine.among(duties.c.id, ids), or_(duties.c.escalated.is_(None), duties.c.escalated != "city"))
        .values(escalated=level, escalated_at=at)
    )


def risen(conn: Connection, district: str | None) -> tuple[int, int]:
    """Return how many duties of enterprises were escalated and are still undone, and of how many enterprises: of a
    district, or (None) of all that have come to the city. What was handed in by its day and given back is not among
    them.
    """
    statement = select(func.count(), func.count(duties.c.enterprise.distinct())).where(
        duties.c.enterprise.is_not(None), duties.c.status.in_(UNDONE), not_(_came_in_time())
    )
    if district is None:
        statement = statement.where(duties.c.escalated == "city")
    else:
        statement = statement.where(duties.c.escalated.is_not(None), duties.c.district == district)
    number, owing = conn.execute(statement).one()
    return int(number), int(owing)


def progress(conn: Connection, *, district: str | None, now: datetime) -> list[Progress]:
    """Return how many subjects owe and how many have answered, by obligation and period, of what has opened."""
    done = func.sum(case((duties.c.status == "answered", 1), else_=0))
    due = func.max(duties.c.due)
    statement = (
        select(duties.c.obligation, duties.c.period, due, func.count(), done)
        .where(
            duties.c.enterprise.is_not(None),
            duties.c.status != "withdrawn",
            duties.c.opens <= now,
            # Each hazard and each permit is a period of its own, and has its place in a list of its own.
            duties.c.period.not_like(f"{HAZARD}%"),
            duties.c.period.not_like(f"{PERMIT}%"),
            *matching({duties.c.district: district}),
        )
        .group_by(duties.c.obligation, duties.c.period)
        # What has no end comes last, in both databases.
        .order_by(due.is_(None), due, duties.c.obligation, duties.c.period)
    )
    return [Progress(row[0], row[1], row[2], int(row[3]), int(row[4] or 0)) for row in conn.execute(statement)]


def unanswered_names(conn: Connection, obligation: str, period: str, district: str | None) -> list[tuple[str, str]]:
    """Return the enterprises that still owe a duty: (code, name), by name."""
    statement = (
        select(enterprises.c.code, enterprises.c.name)
        .join(duties, duties.c.enterprise == enterprises.c.code)
        .where(
            duties.c.obligation == obligation,
            duties.c.period == period,
            duties.c.status.in_(UNANSWERED),
            *matching({duties.c.district: district}),
        )
        .order_by(enterprises.c.name)
    )
    return [(row.code, row.name) for row in conn.execute(statement)]


def add_receipt(conn: Connection, code: str, duty: int, conversation: int, at: datetime, assurance: str) -> None:
    """Keep a receipt: it proves that a duty was handed in at an instant; `assurance` is by what it was vouched for."""
    values = {"code": code, "duty": duty, "conversation": conversation, "at": at, "assurance": assurance}
    conn.execute(_add_receipt, values)


def receipt_for(conn: Connection, duty: int, conversation: int) -> Any:
    """Return code and time of the receipt that a conversation was given for a duty, since one may answer several;
    None when it was given none.
    """
    statement = select(receipts.c.code, receipts.c.at).where(
        receipts.c.duty == duty, receipts.c.conversation == conversation
    )
    return conn.execute(statement).one_or_none()


def receipt(conn: Connection, code: str) -> Any:
    """Return a receipt with its duty and whether a later answer replaced it; None for an unknown code."""
    statement = (
        select(
            receipts.c.code,
            receipts.c.at,
            receipts.c.conversation,
            receipts.c.assurance,
            duties.c.id.label("duty"),
            (duties.c.conversation == receipts.c.conversation).label("counts"),
        )
        .join(duties, duties.c.id == receipts.c.duty)
        .where(receipts.c.code == code)
    )
    return conn.execute(statement).one_or_none()
