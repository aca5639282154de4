"""Hot-work permits as they are kept: each with where it stands, and beside it every step that ever happened."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict, Unpack

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, func, insert, or_, select, update

from campaign.enterprise_life import CLOSED
from campaign.permits import ENDED, Event, State
from storage import engine
from storage.permit_tables import (
    permit_attempts,
    permit_people,
    permit_points,
    permit_prompts,
    permit_steps,
    permits,
)
from storage.records import as_values, columns, matching, row_or_none, rows
from storage.tables import enterprises
from storage.unreadable import Unreadable, named
from talk.cleaning import likeness

LIVE = tuple(state for state in State if state not in (*ENDED, State.DRAFTED))
"""Something may still become of it."""
CLAIMS = (State.SUBMITTED, State.APPROVED, State.STARTED, State.SUSPENDED)
"""Works at its point within its time, or means to."""


@dataclass(frozen=True, slots=True)
class Permit:
    """A permit as it is kept; instants are UTC, `day` is the zone's, `application` JSON."""

    id: int
    code: str
    day: date
    number: int
    enterprise: str
    district: str
    applicant: int
    conversation: int
    level: str
    upgraded: bool
    state: str
    begun: bool
    starts: datetime
    until: datetime
    point: int
    token: str
    application: Mapping[str, Any]
    sample: bool
    submitted_at: datetime
    created_at: datetime
    look_at: datetime | None

    @property
    def place(self) -> str:
        """Where the job is, for lists; nothing where that cannot be read."""
        return "" if isinstance(self.application, Unreadable) else str(self.application["place"])

    @property
    def stands(self) -> State:
        """The state as the rules know it."""
        return State(self.state)


@dataclass(frozen=True, slots=True)
class PermitPerson:
    """Somebody on a permit. `person` None: without the bot. `certificate` is masked."""

    seat: str
    name: str
    person: int | None = None
    worker: int | None = None
    certificate: str | None = None
    valid_until: date | None = None
    review_due: date | None = None
    """None: not known apart; `valid_until` is then the last day on which the certificate was usable."""


@dataclass(frozen=True, slots=True)
class StoredStep:
    """What happened to a permit: `at` when it was done, `received` when we heard of it; `person` None: time itself."""

    id: int
    permit: int
    event: str
    at: datetime
    received: datetime
    person: int | None
    moved_to: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """A place of hot work in an enterprise, as it was first written."""

    id: int
    enterprise: str
    name: str


@dataclass(frozen=True, slots=True)
class SentPrompt:
    """What was said of a permit of its own accord; `rank` is how far up it was passed on."""

    permit: int
    prompt: str
    at: datetime
    rank: int
    told_at: datetime
    acked_at: datetime | None
    acked_by: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many steps of an event led to a state (None: stayed where they were), and of how many permits."""

    event: str
    moved_to: str | None
    steps: int
    permits: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a gate stopped before there was a permit."""

    enterprise: str
    district: str
    at: datetime
    person: int
    gate: str
    data: Mapping[str, Any]


_columns = columns(permits, Permit)
_by_id = select(*_columns).where(permits.c.id == bindparam("permit"))
_locked = _by_id.with_for_update()
_by_code = select(*_columns).where(permits.c.code == bindparam("of_code")).order_by(permits.c.day.desc()).limit(1)
_by_token = select(*_columns).where(permits.c.token == bindparam("of_token"))
_add = insert(permits).returning(permits.c.id)
_last_number = select(func.coalesce(func.max(permits.c.number), 0)).where(permits.c.day == bindparam("of_day"))
_due = select(permits.c.id).where(permits.c.look_at <= bindparam("now")).order_by(permits.c.look_at, permits.c.id)
_step_columns = columns(permit_steps, StoredStep)
_steps = select(*_step_columns).where(permit_steps.c.permit == bindparam("of_permit")).order_by(permit_steps.c.id)
_people = (
    select(*columns(permit_people, PermitPerson))
    .where(permit_people.c.permit == bindparam("of_permit"))
    .order_by(permit_people.c.id)
)
_unname = delete(permit_people).where(permit_people.c.permit == bindparam("of_permit"))
_point = columns(permit_points, Point)
_prompts = (
    select(*columns(permit_prompts, SentPrompt))
    .where(permit_prompts.c.permit == bindparam("of_permit"))
    .order_by(permit_prompts.c.at, permit_prompts.c.prompt)
)


def next_number(conn: Connection, day: date) -> int:
    """Return the next number of a day. Of two that take the same one at once the second fails, and runs again."""
    return int(conn.execute(_last_number, {"of_day": day}).scalar_one()) + 1


class PermitTerms(TypedDict):
    """The columns that each submission of an application writes."""

    conversation: int
    level: str
    upgraded: bool
    starts: datetime
    until: datetime
    point: int
    application: Mapping[str, Any]
    sample: bool
    submitted_at: datetime


class NewPermit(PermitTerms):
    """The columns of a permit that is entered."""

    code: str
    day: date
    number: int
    enterprise: str
    district: str
    applicant: int
    token: str
    created_at: datetime
    state: str
    begun: bool
    look_at: NotRequired[datetime | None]


class PermitColumns(TypedDict, total=False):
    """The columns that a step may change."""

    state: str
    begun: bool
    look_at: datetime | None


def add(conn: Connection, **values: Unpack[NewPermit]) -> int:
    """Enter a permit; return its id."""
    return int(conn.execute(_add, dict(values)).scalar_one())


def resubmit(conn: Connection, permit: int, **values: Unpack[PermitTerms]) -> None:
    """Write the terms of a permit anew, as its application was submitted again."""
    conn.execute(update(permits).where(permits.c.id == permit).values(**values))


def change(conn: Connection, permit: int, **values: Unpack[PermitColumns]) -> None:
    """Write what a step changed; the step itself is written beside it."""
    conn.execute(update(permits).where(permits.c.id == permit).values(**values))


def get(conn: Connection, permit: int, *, lock: bool = False) -> Permit | None:
    """Return a permit by its id."""
    return row_or_none(conn, Permit, _locked if lock else _by_id, {"permit": permit})


def by_code(conn: Connection, code: str) -> Permit | None:
    """Return a permit by its code; of several years the newest."""
    return row_or_none(conn, Permit, _by_code, {"of_code": code})


def by_token(conn: Connection, token: str) -> Permit | None:
    """Return a permit by what its QR code says."""
    return row_or_none(conn, Permit, _by_token, {"of_token": token})


def find(
    conn: Connection,
    *,
    enterprise: str | Sequence[str] | None = None,
    district: str | None = None,
    person: int | None = None,
    states: Sequence[str] | None = None,
    live: bool = False,
    day: date | None = None,
    applied: tuple[datetime, datetime] | None = None,
) -> list[Permit]:
    """Return permits by any of these, in the order of their numbers. `district` is the one of the permit's own date,
    `person` somebody on it, `day` the day of its number, `applied` from when to before when it was first submitted.
    """
    wanted = matching(
        {
            permits.c.enterprise: enterprise,
            permits.c.district: district,
            permits.c.state: states,
            permits.c.day: day,
        }
    )
    if person is not None:
        named = select(permit_people.c.permit).where(permit_people.c.person == person)
        wanted.append(or_(permits.c.applicant == person, permits.c.id.in_(named)))
    if live:
        wanted.append(permits.c.state.in_(LIVE))
    if applied is not None:
        wanted += [permits.c.created_at >= applied[0], permits.c.created_at < applied[1]]
    statement = select(*_columns).where(*wanted).order_by(permits.c.day, permits.c.number)
    return rows(conn, Permit, statement)


def of_closed(conn: Connection, states: Sequence[str]) -> list[Permit]:
    """Return the permits in some states whose enterprises are gone from the registry."""
    gone = select(enterprises.c.code).where(enterprises.c.state.in_(CLOSED))
    statement = select(*_columns).where(permits.c.state.in_(states), permits.c.enterprise.in_(gone))
    return rows(conn, Permit, statement.order_by(permits.c.id))


def due(conn: Connection, now: datetime) -> list[int]:
    """Return the permits that must be looked at by now, the longest due first."""
    return list(conn.execute(_due, {"now": now}).scalars())


def add_step(
    conn: Connection,
    permit: int,
    event: Event,
    dedupe: str | None = None,
    *,
    at: datetime,
    received: datetime,
    person: int | None,
    moved_to: str | None,
    data: Mapping[str, Any],
) -> StoredStep | None:
    """Write down a step and return it; None where the same was written before."""
    said = {"at": at, "received": received, "person": person, "moved_to": moved_to, "data": dict(data)}
    statement = (
        engine.insert(permit_steps)
        .values(permit=permit, event=event, dedupe=dedupe, **said)
        .on_conflict_do_nothing()
        .returning(*_step_columns)
    )
    return row_or_none(conn, StoredStep, statement)


def knows(conn: Connection, permit: int, dedupe: str) -> bool:
    """Return whether the same step was written before."""
    statement = select(permit_steps.c.id).where(permit_steps.c.permit == permit, permit_steps.c.dedupe == dedupe)
    return conn.execute(statement).first() is not None


def steps(conn: Connection, permit: int) -> list[StoredStep]:
    """Return every step of a permit, in the order in which they were taken."""
    return rows(conn, StoredStep, _steps, {"of_permit": permit})


def steps_of(conn: Connection, ids: Iterable[int]) -> dict[int, list[StoredStep]]:
    """Return the steps of some permits by permit, the oldest first; a permit without steps is left out."""
    found: dict[int, list[StoredStep]] = {}
    statement = select(permit_steps.c.permit, *_step_columns).where(engine.among(permit_steps.c.permit, ids))
    for permit, *step in map(named, conn.execute(statement.order_by(permit_steps.c.id))):
        found.setdefault(permit, []).append(StoredStep(*step))
    return found


def counts(conn: Connection, district: str | None, since: datetime, until: datetime) -> list[Count]:
    """Return what happened from an instant to before another to the permits of a district (None: of all)."""
    statement = (
        select(
            permit_steps.c.event,
            permit_steps.c.moved_to,
            func.count(),
            func.count(permit_steps.c.permit.distinct()),
        )
        .where(permit_steps.c.received >= since, permit_steps.c.received < until)
        .group_by(permit_steps.c.event, permit_steps.c.moved_to)
    )
    if district is not None:
        statement = statement.join(permits, permits.c.id == permit_steps.c.permit).where(permits.c.district == district)
    return rows(conn, Count, statement)


def people_of(conn: Connection, permit: int) -> list[PermitPerson]:
    """Return who is on a permit, in the order in which they were named."""
    return rows(conn, PermitPerson, _people, {"of_permit": permit})


def set_people(conn: Connection, permit: int, named: Iterable[PermitPerson]) -> None:
    """Keep who is on a permit from now on."""
    conn.execute(_unname, {"of_permit": permit})
    for somebody in named:
        name(conn, permit, somebody)


def name(conn: Connection, permit: int, somebody: PermitPerson) -> None:
    """Put one more person on a permit."""
    conn.execute(insert(permit_people).values(permit=permit, **as_values(somebody)))


def points(conn: Connection, enterprise: str) -> list[Point]:
    """Return the places of hot work that an enterprise has named so far, the one used last first."""
    last = func.max(permits.c.id)
    statement = (
        select(*_point)
        .outerjoin(permits, permits.c.point == permit_points.c.id)
        .where(permit_points.c.enterprise == enterprise)
        .group_by(*_point)
        .order_by(last.is_(None), last.desc(), permit_points.c.id.desc())
    )
    return rows(conn, Point, statement)


def point(conn: Connection, enterprise: str, name_: str) -> int:
    """Return the id of a place of an enterprise by its name, however it is typed; a new one is entered."""
    new = engine.insert(permit_points).values(enterprise=enterprise, name=name_, likeness=likeness(name_))
    conn.execute(new.on_conflict_do_nothing())
    return int(conn.execute(_point_named(enterprise, name_)).scalar_one())


def known_point(conn: Connection, enterprise: str, name_: str) -> int | None:
    """Return a place of an enterprise by its name, if there is one."""
    return conn.execute(_point_named(enterprise, name_)).scalar_one_or_none()


def _point_named(enterprise: str, name_: str) -> Select[int]:
    like = (permit_points.c.enterprise == enterprise, permit_points.c.likeness == likeness(name_))
    return select(permit_points.c.id).where(*like)


def holding(conn: Connection, point_: int, *, but: int | None) -> list[Permit]:
    """Return the permits that hold a point now: a job was begun on them, and is not over with its fire watch."""
    on_site = (State.STARTED, State.SUSPENDED, State.FINISHED, State.FIRE_WATCH)
    return _at(conn, point_, but, permits.c.begun, permits.c.state.in_(on_site))


def claiming(conn: Connection, point_: int, starts: datetime, until: datetime, *, but: int | None) -> list[Permit]:
    """Return the permits that mean to work at a point within some time."""
    overlap = (permits.c.starts < until, permits.c.until > starts)
    return _at(conn, point_, but, permits.c.state.in_(CLAIMS), *overlap)


def _at(conn: Connection, point_: int, but: int | None, *which: ColumnElement[bool]) -> list[Permit]:
    statement = select(*_columns).where(permits.c.point == point_, *which).order_by(permits.c.id)
    if but is not None:
        statement = statement.where(permits.c.id != but)
    return rows(conn, Permit, statement)


def attempt(
    conn: Connection, enterprise: str, district: str, at: datetime, person: int, gate: str, data: Mapping[str, Any]
) -> None:
    """Keep what a gate stopped."""
    stopped = Attempt(enterprise, district, at, person, gate, dict(data))
    conn.execute(insert(permit_attempts).values(**as_values(stopped)))


def attempts_of(conn: Connection, enterprise: str) -> list[Attempt]:
    """Return what gates stopped in an enterprise, the oldest first: for that enterprise alone."""
    statement = (
        select(*columns(permit_attempts, Attempt))
        .where(permit_attempts.c.enterprise == enterprise)
        .order_by(permit_attempts.c.id)
    )
    return rows(conn, Attempt, statement)


def attempts(conn: Connection, district: str | None, since: datetime, until: datetime | None = None) -> int:
    """Return how many times a gate stopped somebody in a district (None: in the city), from an instant to before
    another.
    """
    wanted = [permit_attempts.c.at >= since, *matching({permit_attempts.c.district: district})]
    if until is not None:
        wanted.append(permit_attempts.c.at < until)
    statement = select(func.count()).select_from(permit_attempts).where(*wanted)
    return int(conn.execute(statement).scalar_one())


def prompts(conn: Connection, permit: int) -> list[SentPrompt]:
    """Return the prompts of a permit that were sent, by when they were due."""
    return rows(conn, SentPrompt, _prompts, {"of_permit": permit})


def add_prompt(conn: Connection, permit: int, prompt: str, at: datetime, told_at: datetime, rank: int = 0) -> bool:
    """Keep that a prompt was sent; return False where it was sent before, by whoever."""
    statement = (
        engine.insert(permit_prompts)
        .values(permit=permit, prompt=prompt, at=at, told_at=told_at, rank=rank)
        .on_conflict_do_nothing()
        .returning(permit_prompts.c.permit)
    )
    return conn.execute(statement).scalar_one_or_none() is not None


def pass_on(conn: Connection, sent: SentPrompt, at: datetime) -> bool:
    """Note that a prompt goes to the next group; return False where it was tapped or passed on meanwhile."""
    return _change_prompt(conn, sent, permit_prompts.c.rank == sent.rank, rank=sent.rank + 1, told_at=at)


def acknowledge(conn: Connection, permit: int, prompt: str, at: datetime, when: datetime, person: int) -> bool:
    """Note that somebody tapped a prompt; return False where somebody had before, or there is none."""
    this = SentPrompt(permit, prompt, at, 0, when, None, None)
    return _change_prompt(conn, this, acked_at=when, acked_by=person)


def _change_prompt(conn: Connection, sent: SentPrompt, *which: ColumnElement[bool], **values: Any) -> bool:
    statement = (
        update(permit_prompts)
        .where(
            permit_prompts.c.permit == sent.permit,
            permit_prompts.c.prompt == sent.prompt,
            permit_prompts.c.at == sent.at,
            permit_prompts.c.acked_at.is_(None),
            *which,
        )
        .values(**values)
        .returning(permit_prompts.c.permit)
    )
    return conn.execute(statement).scalar_one_or_none() is not None
