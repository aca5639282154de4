"""Who owes what: duties counted by what became of them, and listed with the enterprise that owes each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from campaign.duties import DutyStanding
from campaign.periods import HAZARD, PERMIT
from campaign.roles import CLERK
from storage import engine
from storage.desk_tables import nudges, phone_answers
from storage.duties import UNDONE, Duty, is_overdue, is_unmet
from storage.records import columns, matching, rows
from storage.tables import conversations, duties, enterprises, memberships

AT_ONCE = 1000
"""Rows of one statement: a database takes so many values and no more."""

LEFT = (DutyStanding.OVERDUE, DutyStanding.OPEN, DutyStanding.EXPLAINED, DutyStanding.UNMET)
"""What is not settled."""


@dataclass(frozen=True, slots=True)
class Which:
    """One obligation in one period, of enterprises or of districts."""

    obligation: str
    period: str
    due: datetime | None


class DutyTally(Counter[DutyStanding]):
    """How many stand where."""

    @property
    def left(self) -> int:
        """Return how many are not settled."""
        return sum(self[stand] for stand in LEFT)


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty of an enterprise with what the registry says of that now; `by_phone`: its answer was taken so."""

    duty: Duty
    standing: DutyStanding
    name: str
    district: str
    municipal: bool
    supervisor: str
    by_phone: bool


def _stand(now: datetime) -> Any:
    return case(
        (is_unmet(), DutyStanding.UNMET),
        (duties.c.status == "answered", DutyStanding.ANSWERED),
        (duties.c.status == "excused", DutyStanding.EXCUSED),
        (duties.c.status == "explained", DutyStanding.EXPLAINED),
        (is_overdue(now), DutyStanding.OVERDUE),
        else_=DutyStanding.OPEN,
    ).label("stand")


def _counted(now: datetime, district: str | None, *, of_districts: bool = False) -> ColumnElement[bool]:
    """Return the condition that a duty counts: it has opened. Each hazard and each permit is a period of its own, and
    stands in a list of its own.
    """
    return and_(
        duties.c.owner == CLERK if of_districts else duties.c.enterprise.is_not(None),
        duties.c.status != "withdrawn",
        duties.c.opens <= now,
        duties.c.period.not_like(f"{HAZARD}%"),
        duties.c.period.not_like(f"{PERMIT}%"),
        *matching({duties.c.district: district}),
    )


def by_duty(
    conn: Connection, now: datetime, district: str | None, *, of_districts: bool = False
) -> dict[Which, DutyTally]:
    """Return what became of every duty that has opened in a district (None: in all), by obligation and period."""
    due = func.max(duties.c.due)
    statement = (
        select(duties.c.obligation, duties.c.period, due, _stand(now), func.count())
        .where(_counted(now, district, of_districts=of_districts))
        .group_by(duties.c.obligation, duties.c.period, "stand")
    )
    days: dict[tuple[str, str], datetime | None] = {}
    found: dict[tuple[str, str], DutyTally] = {}
    for obligation, period, due_at, stand, number in conn.execute(statement):
        known = days.get((obligation, period))
        days[obligation, period] = due_at if known is None else max(known, due_at or known)
        found.setdefault((obligation, period), DutyTally())[DutyStanding(stand)] = int(number)
    return {Which(*key, days[key]): tally for key, tally in found.items()}


def by_district(conn: Connection, now: datetime) -> dict[str, DutyTally]:
    """Return what became of the duties of the enterprises of each district."""
    statement = (
        select(duties.c.district, _stand(now), func.count())
        .where(_counted(now, None))
        .group_by(duties.c.district, "stand")
    )
    found: dict[str, DutyTally] = {}
    for district, stand, number in conn.execute(statement):
        found.setdefault(district, DutyTally())[DutyStanding(stand)] = int(number)
    return found


_duty_columns = columns(duties, Duty)


def listed(
    conn: Connection,
    now: datetime,
    district: str | None,
    *,
    which: tuple[str, str] | None = None,
    enterprise: str | None = None,
    overdue: bool = False,
) -> list[Owed]:
    """Return the duties of enterprises that have opened, by district, name and due day: of a district, of one
    obligation and period, of one enterprise; `overdue`: those alone that are, and those that are not met though the
    promised day has passed.
    """
    columns = (
        _stand(now),
        enterprises.c.name,
        enterprises.c.district,
        enterprises.c.municipal,
        enterprises.c.supervisor,
        phone_answers.c.conversation.is_not(None),
    )
    statement = (
        select(*_duty_columns, *columns)
        .select_from(
            duties.join(enterprises, enterprises.c.code == duties.c.enterprise).outerjoin(
                phone_answers, phone_answers.c.conversation == duties.c.conversation
            )
        )
        .where(_counted(now, district), *matching({duties.c.enterprise: enterprise}))
        .order_by(enterprises.c.district, enterprises.c.name, duties.c.due.is_(None), duties.c.due, duties.c.id)
    )
    if which is not None:
        statement = statement.where(duties.c.obligation == which[0], duties.c.period == which[1])
    if overdue:
        undone = and_(duties.c.status.in_(UNDONE), is_overdue(now))
        statement = statement.where(or_(undone, and_(duties.c.met.is_(False), duties.c.met_by < now.date())))
    width = len(_duty_columns)
    return [Owed(Duty(*row[:width]), DutyStanding(row[width]), *row[width + 1 :]) for row in conn.execute(statement)]


def of_districts(conn: Connection, obligation: str, period: str) -> list[Duty]:
    """Return a duty of the districts themselves, by district."""
    statement = select(*_duty_columns).where(
        duties.c.owner == CLERK,
        duties.c.obligation == obligation,
        duties.c.period == period,
        duties.c.status != "withdrawn",
    )
    return rows(conn, Duty, statement.order_by(duties.c.district))


def standing_of(duty: Duty, now: datetime) -> DutyStanding:
    """Return what became of a duty: as the counts have it."""
    if duty.status in UNDONE:
        return DutyStanding.OVERDUE if duty.overdue(now) else DutyStanding.OPEN
    if duty.unmet:
        return DutyStanding.UNMET
    return DutyStanding.OPEN if duty.status == "planned" else DutyStanding(duty.status)


def explanations(conn: Connection, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """Return what was last said (说明情况) of some duties, by key."""
    statement = (
        select(conversations.c.duty, conversations.c.result)
        .where(
            engine.among(conversations.c.duty, ids),
            conversations.c.dialog == "explain",
            conversations.c.state == "finished",
        )
        .order_by(conversations.c.id)
    )
    return {row.duty: row.result for row in conn.execute(statement) if isinstance(row.result, Mapping)}


def formerly(conn: Connection, subject: str | None = None) -> set[tuple[str, str]]:
    """Return the roles and subjects (or those of one subject) in which somebody was and is no more."""
    wanted = matching({memberships.c.subject: subject, memberships.c.state: "ended"})
    statement = select(memberships.c.role, memberships.c.subject).where(*wanted).distinct()
    return {(role, subject) for role, subject in conn.execute(statement)}


def nudged(conn: Connection, day: date, ids: Sequence[int]) -> set[tuple[int, int]]:
    """Return who was nudged on a day about which of some duties: (duty, person)."""
    statement = select(nudges.c.duty, nudges.c.person).where(nudges.c.day == day, engine.among(nudges.c.duty, ids))
    return {(row.duty, row.person) for row in conn.execute(statement)}


def nudge(conn: Connection, pairs: Sequence[tuple[int, int]], day: date, by: int) -> list[tuple[int, int]]:
    """Note that people are nudged about duties: (duty, person). Gives back what is new on this day; of two who do it
    at once one gets it.
    """
    wanted = [{"duty": duty, "person": person, "day": day, "by": by} for duty, person in sorted(pairs)]
    new: list[tuple[int, int]] = []
    for first in range(0, len(wanted), AT_ONCE):
        insert = engine.insert(nudges).values(wanted[first : first + AT_ONCE]).on_conflict_do_nothing()
        found = conn.execute(insert.returning(nudges.c.duty, nudges.c.person))
        new += [(row.duty, row.person) for row in found]
    return new
