"""How far duties had come by an instant, for reports on what is over: a correction made later changes nothing but the
day of a deed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, not_, or_, select

from campaign.periods import HAZARD, PERMIT
from campaign.roles import CLERK
from storage.duties import HANDED_IN, is_late
from storage.records import matching, rows
from storage.tables import duties, enterprises


@dataclass(frozen=True, slots=True)
class DutyFigures:
    """What was due of an obligation: how many duties, how many of them handed in, of those late, not met, and given
    back since, and how many excused.
    """

    obligation: str
    owed: int
    done: int
    late: int
    unmet: int
    returned: int
    excused: int

    @property
    def left(self) -> int:
        """Overdue: neither handed in nor excused."""
        return self.owed - self.done - self.excused


@dataclass(frozen=True, slots=True)
class DistrictDuty:
    """A duty of a district itself: when it was first answered (None: not by then), and its state now."""

    obligation: str
    district: str
    period: str
    due: datetime | None
    done_at: datetime | None
    status: str
    conversation: int | None
    late: bool
    """Whether it was done after its last day (`storage.duties.Duty.late`)."""
    done_on: date | None
    done_by: date | None

    @property
    def filed_late(self) -> bool:
        """First handed in after it was due."""
        return self.done_at is not None and self.due is not None and self.done_at > self.due


def _done(until: datetime) -> ColumnElement[bool]:
    return and_(duties.c.status.in_(HANDED_IN), duties.c.first_at.is_not(None), duties.c.first_at <= until)


def of_enterprises(
    conn: Connection, which: ColumnElement[bool], first: datetime, until: datetime
) -> tuple[list[DutyFigures], int]:
    """Return the duties of some enterprises that were due between two instants, by obligation; and how many
    enterprises had some overdue.
    """
    done = _done(until)
    excused = duties.c.status == "excused"
    due = and_(
        which,
        duties.c.status != "withdrawn",
        duties.c.due.between(first, until),
        # Each hazard and each permit is a period of its own, and has its place in a list of its own.
        duties.c.period.not_like(f"{HAZARD}%"),
        duties.c.period.not_like(f"{PERMIT}%"),
    )
    source = duties.join(enterprises, enterprises.c.code == duties.c.enterprise)

    def number(what: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.sum(case((what, 1), else_=0))

    statement = (
        select(
            duties.c.obligation,
            func.count(),
            number(done),
            number(and_(done, is_late())),
            number(and_(done, duties.c.met.is_(False))),
            number(and_(done, duties.c.status == "returned")),
            number(excused),
        )
        .select_from(source)
        .where(due)
        .group_by(duties.c.obligation)
    )
    found = [DutyFigures(row[0], *map(int, row[1:])) for row in conn.execute(statement)]
    behind = (
        select(func.count(duties.c.enterprise.distinct()))
        .select_from(source)
        .where(due, not_(or_(done, duties.c.status == "excused")))
    )
    return found, int(conn.execute(behind).scalar_one())


def in_column(district: str | None, *, municipal: bool = False) -> ColumnElement[bool]:
    """Return the condition that an enterprise is of a column: of a district without the city's own, of the city, or
    (None) of any.
    """
    if municipal:
        return enterprises.c.municipal
    if district is None:
        return or_(enterprises.c.municipal, not_(enterprises.c.municipal))
    return and_(duties.c.district == district, not_(enterprises.c.municipal))


def of_districts(conn: Connection, district: str | None, until: datetime) -> list[DistrictDuty]:
    """Return the duties of a district itself, or (None) of all, that had opened by an instant, in a steady order."""
    statement = (
        select(
            duties.c.obligation,
            duties.c.district,
            duties.c.period,
            duties.c.due,
            case((_done(until), duties.c.first_at)),
            duties.c.status,
            duties.c.conversation,
            is_late(),
            duties.c.done_on,
            duties.c.done_by,
        )
        .where(
            duties.c.owner == CLERK,
            duties.c.status != "withdrawn",
            duties.c.opens <= until,
            *matching({duties.c.district: district}),
        )
        .order_by(duties.c.due.is_(None), duties.c.due, duties.c.obligation, duties.c.district)
    )
    return rows(conn, DistrictDuty, statement)
