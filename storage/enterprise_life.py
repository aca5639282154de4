"""The life of enterprises as it is kept: entries with their days, the stretches that follow, and how each stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from campaign.enterprise_life import Event, State
from storage import records
from storage.life_tables import enterprise_entries, enterprise_spells
from storage.tables import enterprises

_counter = enterprise_entries.alias("counter")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was entered about an enterprise: `first` and `last` are days, `at` is UTC; `taken_back` is the reason why it
    holds no more, None where it does.
    """

    id: int
    enterprise: str
    event: Event
    first: date
    last: date | None
    merged_into: str | None
    reason: str
    at: datetime
    by: int | None
    operator: str | None
    duty: int | None
    taken_back: str | None = None
    taken_back_by: int | None = None


@dataclass(frozen=True, slots=True)
class SpellRow:
    """A stretch in which an enterprise is not at work, as instants (UTC), without `until`; None: open."""

    state: State
    starts: datetime
    until: datetime | None


_names = ("id", "enterprise", "event", "first", "last", "merged_into", "reason", "at", "by", "operator", "duty")
_entries = (
    select(*(enterprise_entries.c[name] for name in _names), _counter.c.reason, _counter.c.by)
    .outerjoin(_counter, _counter.c.corrects == enterprise_entries.c.id)
    .where(enterprise_entries.c.corrects.is_(None))
    .order_by(enterprise_entries.c.id)
)


def add(conn: Connection, **values: Any) -> int:
    """Enter what happened; return its number."""
    return records.add(conn, enterprise_entries, **values)


def take_back(
    conn: Connection, entry: Entry, *, reason: str, at: datetime, by: int | None, operator: str | None
) -> None:
    """Take an entry back by a counter-entry: it holds no more, and stays readable."""
    said = {
        "enterprise": entry.enterprise,
        "event": entry.event,
        "first": entry.first,
        "merged_into": entry.merged_into,
    }
    who = {"at": at, "by": by, "operator": operator}
    conn.execute(insert(enterprise_entries).values(**said, reason=reason, **who, corrects=entry.id))


def get(conn: Connection, number: int) -> Entry | None:
    """Return an entry by its number; counter-entries are none."""
    return next(map(_entry, conn.execute(_entries.where(enterprise_entries.c.id == number))), None)


def entries(conn: Connection, code: str) -> list[Entry]:
    """Return everything that was entered of an enterprise, in the order in which it was, what was taken back too."""
    return [_entry(row) for row in conn.execute(_entries.where(enterprise_entries.c.enterprise == code))]


def standing(conn: Connection, code: str) -> list[Entry]:
    """Return what was entered of an enterprise and was not taken back."""
    return [entry for entry in entries(conn, code) if entry.taken_back is None]


def all_standing(conn: Connection) -> dict[str, list[Entry]]:
    """Return what was entered and not taken back, by enterprise."""
    kept = (_entry(row) for row in conn.execute(_entries.where(_counter.c.id.is_(None))))
    return records.grouped((entry.enterprise, entry) for entry in kept)


def set_spells(conn: Connection, code: str, spells: Iterable[SpellRow]) -> None:
    """Write the stretches that the entries of an enterprise make, in the place of those from before."""
    conn.execute(delete(enterprise_spells).where(enterprise_spells.c.enterprise == code))
    made = [{"enterprise": code, "state": one.state, "starts": one.starts, "until": one.until} for one in spells]
    if made:
        conn.execute(insert(enterprise_spells), made)


def set_state(conn: Connection, code: str, state: State, since: date | None) -> None:
    """Write how an enterprise stands now."""
    statement = update(enterprises).where(enterprises.c.code == code)
    conn.execute(statement.values(state=state, state_since=since))


def turned(conn: Connection, now: datetime) -> list[str]:
    """Return the enterprises that stand otherwise by now than is written, since a day has come: by code."""
    covering = and_(
        enterprise_spells.c.enterprise == enterprises.c.code,
        enterprise_spells.c.starts <= now,
        or_(enterprise_spells.c.until.is_(None), enterprise_spells.c.until > now),
    )
    present = select(enterprise_spells.c.state).where(covering).scalar_subquery()
    concerned = enterprises.c.code.in_(select(enterprise_spells.c.enterprise))
    statement = select(enterprises.c.code).where(concerned, func.coalesce(present, State.ACTIVE) != enterprises.c.state)
    return list(conn.execute(statement.order_by(enterprises.c.code)).scalars())


def resting(conn: Connection, at: datetime) -> dict[str, State]:
    """Return the enterprises that were not at work at an instant, by what is known now, with what they were then."""
    covers = and_(
        enterprise_spells.c.starts <= at,
        or_(enterprise_spells.c.until.is_(None), enterprise_spells.c.until > at),
    )
    statement = select(enterprise_spells.c.enterprise, enterprise_spells.c.state).where(covers)
    return {code: State(state) for code, state in conn.execute(statement)}


def _entry(row: Sequence[Any]) -> Entry:
    number, code, event, *rest = row
    return Entry(number, code, Event(event), *rest)
