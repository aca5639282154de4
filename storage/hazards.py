"""The ledger of major hazards: each with where it stands, and beside it every step that was ever taken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NotRequired, TypedDict, Unpack

from sqlalchemy import ColumnElement, Connection, and_, bindparam, insert, or_, select, update

from campaign.hazards import ENDED, OPEN, Plan, State
from storage import engine
from storage.records import columns, matching, row_or_none, rows
from storage.tables import enterprises, hazard_steps, hazards


@dataclass(frozen=True, slots=True)
class Hazard:
    """A hazard as it is kept; instants are UTC, days are the zone's."""

    id: int
    enterprise: str
    district: str
    origin: str
    source: str | None
    place: str
    criterion: str | None
    device_failed: bool
    state: str
    found_at: datetime
    weekly_from: datetime | None
    plan_person: str | None
    plan_measures: str | None
    plan_funds_fen: int | None
    plan_contingency: str | None
    deadline: date | None
    closed_at: datetime | None
    listed_by: str | None
    listed_number: str | None
    listed_on: date | None
    listed_deadline: date | None
    lifted_on: date | None
    description: str | None
    unsure: bool
    merged_into: int | None
    asked_deadline: date | None
    asked_reason: str | None
    told_deadline: date | None
    """The deadline of whose passing its people were told."""
    told_listed_deadline: date | None

    @property
    def stands(self) -> State:
        """Its state as the rules know it."""
        return State(self.state)

    @property
    def is_open(self) -> bool:
        """Return whether it still asks something of somebody."""
        return self.stands not in ENDED

    @property
    def plan(self) -> Plan | None:
        """The plan with its five fields, or None while there is none."""
        if self.plan_person is None or self.deadline is None:
            return None
        funds = Decimal(self.plan_funds_fen or 0) / 100
        return Plan(self.plan_person, self.plan_measures or "", funds, self.deadline, self.plan_contingency or "")

    @property
    def is_listed(self) -> bool:
        """Return whether it is listed for supervision (挂牌督办), and not lifted yet."""
        return self.listed_on is not None and self.lifted_on is None

    def overdue(self, today: date) -> bool:
        """Return whether it is still to be rectified after its deadline."""
        return self.stands in UNRECTIFIED and self.deadline is not None and self.deadline < today

    def listing_overdue(self, today: date) -> bool:
        """Return whether its listing is still to be lifted after the deadline that the supervisor set."""
        set_ = self.listed_deadline
        return self.is_open and self.is_listed and set_ is not None and set_ < today


@dataclass(frozen=True, slots=True)
class HazardStep:
    """What happened to a hazard, when and by whom; `person` None: at the command line."""

    hazard: int
    at: datetime
    person: int | None
    event: str
    data: Mapping[str, Any]


class PlanColumns(TypedDict, total=False):
    """The columns that hold the plan of a rectification."""

    plan_person: str
    plan_measures: str
    plan_funds_fen: int
    plan_contingency: str
    deadline: date | None


def plan_columns(plan: Plan) -> PlanColumns:
    """Return a plan as the columns that hold it."""
    return {
        "plan_person": plan.person,
        "plan_measures": plan.measures,
        "plan_funds_fen": int(plan.funds * 100),
        "plan_contingency": plan.contingency,
        "deadline": plan.deadline,
    }


UNRECTIFIED = (State.FOUND, State.PLANNED, State.RECTIFYING, State.REOPENED)
"""The states in which a deadline still runs."""

_columns = columns(hazards, Hazard)
_by_id = select(*_columns).where(hazards.c.id == bindparam("hazard"))
_locked = _by_id.with_for_update()
_add = (
    insert(hazards)
    .values(
        municipal=select(enterprises.c.municipal)
        .where(enterprises.c.code == bindparam("of_enterprise"))
        .scalar_subquery()
    )
    .returning(hazards.c.id)
)
_step = insert(hazard_steps)
_steps = (
    select(*columns(hazard_steps, HazardStep))
    .where(hazard_steps.c.hazard == bindparam("of_hazard"))
    .order_by(hazard_steps.c.id)
)


class NewHazard(PlanColumns):
    """The columns of a hazard that is entered."""

    enterprise: str
    district: str
    origin: str
    source: NotRequired[str | None]
    place: str
    description: NotRequired[str | None]
    unsure: NotRequired[bool]
    criterion: str | None
    device_failed: NotRequired[bool]
    state: str
    found_at: datetime
    weekly_from: datetime | None
    closed_at: NotRequired[datetime | None]


class HazardColumns(PlanColumns, total=False):
    """The columns that may change."""

    criterion: str | None
    device_failed: bool
    unsure: bool
    merged_into: int | None
    asked_deadline: date | None
    asked_reason: str | None
    told_deadline: date | None
    told_listed_deadline: date | None
    state: str
    weekly_from: datetime | None
    closed_at: datetime | None
    listed_by: str
    listed_number: str
    listed_on: date
    listed_deadline: date
    lifted_on: date | None


def add(conn: Connection, **values: Unpack[NewHazard]) -> int:
    """Enter a hazard; return its number. Whether the city supervises its enterprise now is noted beside it."""
    row = {
        "device_failed": False,
        "unsure": False,
        "description": None,
        **values,
        "of_enterprise": values["enterprise"],
    }
    return int(conn.execute(_add, row).scalar_one())


def change(conn: Connection, hazard: int, **values: Unpack[HazardColumns]) -> None:
    """Write what a step changed; the step itself is written beside it."""
    conn.execute(update(hazards).where(hazards.c.id == hazard).values(**values))


def step(conn: Connection, hazard: int, at: datetime, person: int | None, event: str, data: Mapping[str, Any]) -> None:
    """Write down a step: who, when, what was said (JSON; photos by their hash)."""
    conn.execute(_step, {"hazard": hazard, "at": at, "person": person, "event": event, "data": dict(data)})


def steps(conn: Connection, hazard: int) -> list[HazardStep]:
    """Return every step of a hazard, the oldest first."""
    return rows(conn, HazardStep, _steps, {"of_hazard": hazard})


def get(conn: Connection, hazard: int, *, lock: bool = False) -> Hazard | None:
    """Return a hazard by its number."""
    return row_or_none(conn, Hazard, _locked if lock else _by_id, {"hazard": hazard})


def by_number(conn: Connection, numbers: Iterable[int]) -> dict[int, Hazard]:
    """Return those of some hazards that exist, by number."""
    statement = select(*_columns).where(engine.among(hazards.c.id, numbers)).order_by(hazards.c.id)
    return {hazard.id: hazard for hazard in rows(conn, Hazard, statement)}


def find(
    conn: Connection,
    *,
    enterprise: str | Sequence[str] | None = None,
    supervised_in: str | None = None,
    district: str | None = None,
    state: str | None = None,
    only_open: bool = False,
) -> list[Hazard]:
    """Return hazards by any of these, by number. `district` is the one of the hazard's own date; `supervised_in` the
    one that its enterprise belongs to now.
    """
    wanted = {hazards.c.enterprise: enterprise, hazards.c.district: district, hazards.c.state: state}
    statement = select(*_columns).where(*matching(wanted)).order_by(hazards.c.id)
    if supervised_in is not None:
        statement = statement.join(enterprises, enterprises.c.code == hazards.c.enterprise).where(
            enterprises.c.district == supervised_in
        )
    if only_open:
        statement = statement.where(hazards.c.state.in_(OPEN))
    return rows(conn, Hazard, statement)


def passed(conn: Connection, today: date, limit: int, since: date | None = None) -> list[Hazard]:
    """Return hazards whose deadline, or that of their listing, has passed while they are still to be rectified, not
    before the day `since`, and nobody was told of that deadline yet; some of them, by number.
    """

    def has_passed(day: ColumnElement[date]) -> ColumnElement[bool]:
        return day < today if since is None else and_(day < today, day >= since)

    rectify = and_(hazards.c.state.in_(UNRECTIFIED), has_passed(hazards.c.deadline))
    listed = and_(hazards.c.state.in_(OPEN), hazards.c.lifted_on.is_(None), has_passed(hazards.c.listed_deadline))
    statement = select(*_columns).where(
        or_(
            and_(rectify, hazards.c.told_deadline.is_distinct_from(hazards.c.deadline)),
            and_(listed, hazards.c.told_listed_deadline.is_distinct_from(hazards.c.listed_deadline)),
        )
    )
    return rows(conn, Hazard, statement.order_by(hazards.c.id).limit(limit))


def undecided(conn: Connection) -> list[Hazard]:
    """Return the open hazards about which a department is to say something: whether they are major ones, or whether
    their deadline may be put off.
    """
    asked = or_(hazards.c.unsure, hazards.c.asked_deadline.is_not(None))
    return rows(conn, Hazard, select(*_columns).where(asked, hazards.c.state.in_(OPEN)).order_by(hazards.c.id))
