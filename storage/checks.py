"""Spot checks as they are kept: planned, entered, taken back; the draws, and the inspectors of each bureau."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict, Unpack

from sqlalchemy import Connection, delete, exists, func, insert, literal, or_, select, update

from campaign.checks import PLANNED, RECORDED, STATES
from storage import engine
from storage.check_tables import check_draws, check_entries, check_hazards, check_inspectors, checks, inspectors
from storage.records import as_values, columns, grouped, matching, row_or_none, rows
from talk.cleaning import likeness


@dataclass(frozen=True, slots=True)
class Inspector:
    """Somebody who checks for a bureau; `place` is its column of the annex."""

    id: int
    place: str
    name: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw at random; until it is drawn there is the seed alone. Instants are UTC."""

    id: int
    place: str
    seed: str
    begun_at: datetime
    begun_by: int
    drawn_at: datetime | None
    drawn_by: int | None
    conditions: Mapping[str, Any] | None
    number: int | None
    pool: Sequence[str] | None
    inspectors: Sequence[int] | None
    result: Sequence[Sequence[Any]] | None


@dataclass(frozen=True, slots=True)
class Check:
    """A spot check as it is kept; instants are UTC, the day is the zone's. `grounds` and `assigned` are JSON."""

    id: int
    place: str
    enterprise: str
    how: str
    draw: int | None
    grounds: Sequence[Sequence[Any]]
    assigned: Sequence[int]
    state: str
    planned_at: datetime
    planned_by: int
    day: date | None
    recorded_at: datetime | None
    recorded_by: int | None
    ended_at: datetime | None
    ended_by: int | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Signature:
    """An inspector who made a check, and when and how they signed it; `signed_at` None: not yet. Instants are UTC."""

    inspector: int
    name: str
    signed_at: datetime | None
    how: str | None
    signed_by: int | None
    objection: str | None
    code_by: int | None


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """What a check counts for: a row of the annex, the dated action, what was said and shown."""

    row: str
    action: int
    note: str
    photos: Sequence[Sequence[Any]]


_inspector = columns(inspectors, Inspector)
_other = inspectors.alias("other")
_draw = columns(check_draws, Draw)
_check = columns(checks, Check)


def serving(conn: Connection, place: str) -> list[Inspector]:
    """Return the inspectors who check for a bureau now, in the order in which they were named."""
    statement = select(*_inspector).where(inspectors.c.place == place, inspectors.c.until.is_(None))
    return rows(conn, Inspector, statement.order_by(inspectors.c.id))


def inspectors_by_id(conn: Connection, ids: Iterable[int]) -> dict[int, Inspector]:
    """Return inspectors by number, those who have gone too."""
    statement = select(*_inspector).where(engine.among(inspectors.c.id, ids))
    return {inspector.id: inspector for inspector in rows(conn, Inspector, statement)}


def name_inspector(conn: Connection, place: str, name: str, at: datetime) -> int:
    """Return the number of an inspector of a bureau by name, however it is typed; one whose name is new is entered."""
    new = engine.insert(inspectors).values(place=place, name=name, likeness=likeness(name), since=at)
    conn.execute(new.on_conflict_do_nothing())
    statement = select(inspectors.c.id).where(
        inspectors.c.place == place, inspectors.c.likeness == likeness(name), inspectors.c.until.is_(None)
    )
    return int(conn.execute(statement).scalar_one())


def everybody(conn: Connection, place: str) -> list[Inspector]:
    """Return who checks or once checked for a bureau, in the order in which they were named."""
    return rows(conn, Inspector, select(*_inspector).where(inspectors.c.place == place).order_by(inspectors.c.id))


def rename_inspector(conn: Connection, place: str, before: str, name: str) -> bool:
    """Call an inspector who serves by another name, unless another one there has it; return whether there was one."""
    taken = exists().where(_other.c.place == place, _other.c.likeness == likeness(name), _other.c.until.is_(None))
    statement = (
        update(inspectors)
        .where(inspectors.c.place == place, inspectors.c.likeness == likeness(before), inspectors.c.until.is_(None))
        .where(or_(literal(likeness(name) == likeness(before)), ~taken))
        .values(name=name, likeness=likeness(name))
    )
    return bool(conn.execute(statement).rowcount)


def forget_inspector(conn: Connection, inspector: int) -> bool:
    """Delete an inspector whom no check and no draw names; return False where one does."""
    named = conn.execute(select(exists().where(check_inspectors.c.inspector == inspector))).scalar_one()
    drawn = conn.execute(select(check_draws.c.inspectors).where(check_draws.c.inspectors.is_not(None))).scalars()
    planned = conn.execute(select(checks.c.assigned)).scalars()
    if named or any(inspector in numbers for numbers in (*drawn, *planned)):
        return False
    return bool(conn.execute(delete(inspectors).where(inspectors.c.id == inspector)).rowcount)


def dismiss(conn: Connection, inspector: int, place: str, at: datetime) -> bool:
    """End that somebody checks for a bureau; return False where they did not."""
    statement = (
        update(inspectors)
        .where(inspectors.c.id == inspector, inspectors.c.place == place, inspectors.c.until.is_(None))
        .values(until=at)
    )
    return int(conn.execute(statement).rowcount) == 1


def open_draw(conn: Connection, place: str, seed: str, by: int, at: datetime) -> Draw:
    """Return the draw of a place that is not drawn yet; where there is none, one with this seed."""
    statement = select(*_draw).where(check_draws.c.place == place, check_draws.c.drawn_at.is_(None))
    draw_ = row_or_none(conn, Draw, statement)
    if draw_ is None:
        # Two who begin at once: the second gets the first one's. Looked for before, since a conflict uses up a number,
        # and a missing draw would have to be explained.
        new = engine.insert(check_draws).values(place=place, seed=seed, begun_at=at, begun_by=by)
        conn.execute(new.on_conflict_do_nothing())
        draw_ = Draw(*conn.execute(statement).one())
    return draw_


def draw(conn: Connection, number: int, *, lock: bool = False) -> Draw | None:
    """Return a draw by its number."""
    statement = select(*_draw).where(check_draws.c.id == number)
    return row_or_none(conn, Draw, statement.with_for_update() if lock else statement)


def drawn(conn: Connection, draw_: Draw) -> None:
    """Keep a draw with its result: its seed may be told from now on."""
    conn.execute(update(check_draws).where(check_draws.c.id == draw_.id).values(**as_values(draw_)))


class NewCheck(TypedDict):
    """The columns of a check that is planned."""

    place: str
    enterprise: str
    how: str
    draw: NotRequired[int | None]
    grounds: Sequence[Sequence[Any]]
    assigned: Sequence[int]
    planned_at: datetime
    planned_by: int


class CheckColumns(TypedDict, total=False):
    """The columns that may change."""

    state: str
    day: date
    recorded_at: datetime
    recorded_by: int
    conversation: int
    ended_at: datetime
    ended_by: int
    why: str | None


def plan(conn: Connection, **values: Unpack[NewCheck]) -> int | None:
    """Plan a check; return its number, or None where the enterprise is planned already."""
    statement = engine.insert(checks).values(state=PLANNED, **values).on_conflict_do_nothing().returning(checks.c.id)
    number = conn.execute(statement).scalar_one_or_none()
    return None if number is None else int(number)


def change(conn: Connection, check: int, **values: Unpack[CheckColumns]) -> None:
    """Write what a step of a check changed."""
    conn.execute(update(checks).where(checks.c.id == check).values(**values))


def get(conn: Connection, check: int, *, lock: bool = False) -> Check | None:
    """Return a check by its number; locked, two taps on it wait for each other."""
    statement = select(*_check).where(checks.c.id == check)
    return row_or_none(conn, Check, statement.with_for_update() if lock else statement)


def find(
    conn: Connection,
    *,
    place: str | None = None,
    enterprise: str | None = None,
    states: Sequence[str] = STATES,
    draw_: int | None = None,
) -> list[Check]:
    """Return checks by any of these, by number."""
    of = checks.c
    wanted = matching({of.place: place, of.enterprise: enterprise, of.draw: draw_, of.state: tuple(states)})
    return rows(conn, Check, select(*_check).where(*wanted).order_by(checks.c.id))


def planned(conn: Connection, place: str) -> set[str]:
    """Return the enterprises that a place means to check."""
    statement = select(checks.c.enterprise).where(checks.c.place == place, checks.c.state == PLANNED)
    return set(conn.execute(statement).scalars())


def last_days(conn: Connection, place: str | None = None) -> dict[str, date]:
    """Return when each enterprise was last checked, by code; by anybody, or for a place."""
    statement = (
        select(checks.c.enterprise, func.max(checks.c.day))
        .where(checks.c.state == RECORDED, *matching({checks.c.place: place}))
        .group_by(checks.c.enterprise)
    )
    return {row[0]: row[1] for row in conn.execute(statement)}


def counts(conn: Connection, place: str) -> dict[str, int]:
    """Return how many checks of a place are in each state."""
    statement = select(checks.c.state, func.count()).where(checks.c.place == place).group_by(checks.c.state)
    found = dict.fromkeys(STATES, 0)
    return found | {state: int(number) for state, number in conn.execute(statement)}


def sign(conn: Connection, check: int, inspectors_: Iterable[int]) -> None:
    """Keep which inspectors made a check, and are to sign it."""
    conn.execute(insert(check_inspectors), [{"check": check, "inspector": inspector} for inspector in inspectors_])


def signatures(conn: Connection, ids: Sequence[int]) -> dict[int, list[Signature]]:
    """Return who signed each check, and who is still to, by check."""
    of = check_inspectors.c
    statement = (
        select(of.check, of.inspector, inspectors.c.name, of.signed_at, of.how, of.signed_by, of.objection, of.code_by)
        .join(inspectors, inspectors.c.id == of.inspector)
        .where(engine.among(of.check, ids))
        .order_by(of.inspector)
    )
    return grouped((number, Signature(*row)) for number, *row in conn.execute(statement))


class SignatureColumns(TypedDict, total=False):
    """The columns of a signature that may change."""

    signed_at: datetime
    how: str
    signed_by: int
    objection: str | None
    code: str | None
    code_by: int
    code_until: datetime | None


def change_signature(conn: Connection, check: int, inspector: int, **values: Unpack[SignatureColumns]) -> None:
    """Write what changed of a signature that is not given yet."""
    of = check_inspectors.c
    conn.execute(
        update(check_inspectors)
        .where(of.check == check, of.inspector == inspector, of.signed_at.is_(None))
        .values(**values)
    )


def by_code(conn: Connection, hashes: Sequence[str], now: datetime) -> tuple[int, int] | None:
    """Return the check and the inspector of a one-time code that is good now (real time); None: it is of none."""
    of = check_inspectors.c
    statement = select(of.check, of.inspector).where(
        of.code.in_(list(hashes)), of.code_until > now, of.signed_at.is_(None)
    )
    row = conn.execute(statement).one_or_none()
    return None if row is None else (row[0], row[1])


def unsigned(conn: Connection, place: str | None = None) -> list[Check]:
    """Return the checks (of a place) that stand and that somebody has not signed yet, by number."""
    of = check_inspectors.c
    wanted = exists().where(of.check == checks.c.id, of.signed_at.is_(None))
    statement = select(*_check).where(checks.c.state == RECORDED, wanted, *matching({checks.c.place: place}))
    return rows(conn, Check, statement.order_by(checks.c.id))


def enter(conn: Connection, check: int, entry: CheckEntry) -> None:
    """Keep what a check counts for."""
    conn.execute(insert(check_entries).values(check=check, **as_values(entry)))


def entries(conn: Connection, ids: Sequence[int]) -> dict[int, list[CheckEntry]]:
    """Return what each check counts for, by check, in the order of the rows."""
    statement = (
        select(check_entries.c.check, *columns(check_entries, CheckEntry))
        .where(engine.among(check_entries.c.check, ids))
        .order_by(check_entries.c.action)
    )
    return grouped((number, CheckEntry(*row)) for number, *row in conn.execute(statement))


def link(conn: Connection, check: int, hazard: int) -> None:
    """Keep that a hazard was found in a check."""
    conn.execute(insert(check_hazards).values(check=check, hazard=hazard))


def hazards_of(conn: Connection, ids: Sequence[int]) -> dict[int, list[int]]:
    """Return the hazards that were found in checks, by check."""
    statement = (
        select(check_hazards.c.check, check_hazards.c.hazard)
        .where(engine.among(check_hazards.c.check, ids))
        .order_by(check_hazards.c.hazard)
    )
    return grouped(conn.execute(statement))
