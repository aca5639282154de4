"""The registry: the enterprises of the city, and their tags of risk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from campaign.enterprise_life import CLOSED, State
from campaign.scope import EMPLOYEES
from storage import engine
from storage.records import columns, grouped, matching
from storage.tables import enterprise_tags, enterprises
from talk.cleaning import likeness


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An enterprise as it stands in the registry; sector and tags are ids of the pack."""

    code: str
    name: str
    district: str
    sector: str
    municipal: bool
    supervisor: str
    sector_department: str
    principal_name: str
    officer_name: str
    employees: int
    tags: frozenset[str]
    as_on_licence: bool = False
    """The standard calls the code wrong, and it stands so on the licence."""
    state: State = State.ACTIVE
    """How it stands now; a list says nothing of it, `storage.enterprise_life` does."""
    state_since: date | None = None
    """From which day on; None: ever since it came into the registry."""

    @property
    def numbers(self) -> dict[str, int]:
        """How many it has of what rules count (`campaign.scope.Concerned`)."""
        return {EMPLOYEES: self.employees}

    @property
    def is_active(self) -> bool:
        """Whether it is at work: neither at a standstill nor gone."""
        return self.state is State.ACTIVE

    @property
    def is_closed(self) -> bool:
        """Whether it is gone: deregistered, moved out of the city, merged into another."""
        return self.state in CLOSED


_columns = columns(enterprises, Enterprise, but=("tags", "state", "state_since"))
_fields = tuple(column.name for column in _columns)
_columns += (enterprises.c.state, enterprises.c.state_since)
_all = select(*_columns)
_all_tags = select(enterprise_tags.c.enterprise, enterprise_tags.c.tag)
_one = (
    select(*_columns, enterprise_tags.c.tag)
    .outerjoin(enterprise_tags, enterprise_tags.c.enterprise == enterprises.c.code)
    .where(enterprises.c.code == bindparam("enterprise"))
)
_add = insert(enterprises)
_change = (
    update(enterprises)
    .where(enterprises.c.code == bindparam("enterprise"))
    .values(
        {
            **{name: bindparam(name) for name in (*_fields, "likeness") if name != "code"},
            "updated_at": bindparam("at"),
        }
    )
)
_move = update(enterprises).where(enterprises.c.code == bindparam("enterprise")).values(since=bindparam("from"))
_tag = insert(enterprise_tags)
_untag = delete(enterprise_tags).where(
    enterprise_tags.c.enterprise == bindparam("of"), enterprise_tags.c.tag == bindparam("gone")
)


def enterprise(conn: Connection, code: str) -> Enterprise | None:
    """Return an enterprise by its code."""
    rows = conn.execute(_one, {"enterprise": code}).all()
    if not rows:
        return None
    return _enterprise(rows[0][:-1], (row.tag for row in rows if row.tag is not None))


def names(conn: Connection, codes: Iterable[str]) -> dict[str, str]:
    """Return the names of those of some enterprises that are in the registry, by code."""
    statement = select(enterprises.c.code, enterprises.c.name).where(engine.among(enterprises.c.code, codes))
    return {row.code: row.name for row in conn.execute(statement)}


def of_name(conn: Connection, wanted: Iterable[str]) -> dict[str, list[str]]:
    """Return the codes of the enterprises of each of some names, however either is spelt."""
    alike = {name: likeness(name) for name in wanted}
    named = select(enterprises.c.likeness, enterprises.c.code)
    found = conn.execute(named.where(engine.among(enterprises.c.likeness, alike.values())))
    codes: dict[str, list[str]] = grouped((row.likeness, row.code) for row in found)
    return {name: codes.get(like, []) for name, like in alike.items()}


def count_as_on_licence(conn: Connection) -> tuple[int, int]:
    """Return how many enterprises there are, and of how many the code is taken as it stands on the licence."""
    marked = func.count().filter(enterprises.c.as_on_licence)
    every, some = conn.execute(select(func.count(), marked).select_from(enterprises)).one()
    return every, some


def called(
    conn: Connection, words: str, districts: Sequence[str] | None = None, limit: int | None = None
) -> list[Enterprise]:
    """Return the enterprises (of some districts) whose name holds some words, however either is spelt; by name, so many
    at the most.
    """
    like = likeness(words)
    if not like:
        return []
    holds = enterprises.c.likeness.contains(like, autoescape=True)
    statement = _all.where(holds, *matching({enterprises.c.district: districts}))
    return _with_tags(conn, conn.execute(statement.order_by(enterprises.c.name, enterprises.c.code).limit(limit)).all())


def of_codes(conn: Connection, codes: Iterable[str]) -> dict[str, Enterprise]:
    """Return those of some enterprises that are in the registry, by code."""
    found = conn.execute(_all.where(engine.among(enterprises.c.code, codes))).all()
    return {one.code: one for one in _with_tags(conn, found)}


def all_enterprises(conn: Connection) -> dict[str, Enterprise]:
    """Return the whole registry by code."""
    tags: dict[str, set[str]] = {}
    for code, tag in conn.execute(_all_tags):
        tags.setdefault(code, set()).add(tag)
    return {row.code: _enterprise(row, tags.get(row.code, ())) for row in conn.execute(_all)}


def add(conn: Connection, new: Sequence[Enterprise], since: datetime | None, at: datetime) -> None:
    """Enter enterprises with their tags; they owe nothing that was due before `since`."""
    if not new:
        return
    conn.execute(_add, [{**_values(row), "code": row.code, "since": since, "updated_at": at} for row in new])
    tag(conn, ((row.code, tag) for row in new for tag in row.tags), since)


def change(conn: Connection, changed: Sequence[Enterprise], at: datetime) -> None:
    """Write what stands in the registry about enterprises, their tags aside."""
    if changed:
        conn.execute(_change, [{**_values(row), "enterprise": row.code, "at": at} for row in changed])


def move(conn: Connection, codes: Sequence[str], since: datetime | None) -> None:
    """Let the district, sector and supervision of enterprises hold from `since` on."""
    if codes:
        conn.execute(_move, [{"enterprise": code, "from": since} for code in codes])


def tag(conn: Connection, pairs: Iterable[tuple[str, str]], since: datetime | None) -> None:
    """Give enterprises (by code) tags that they do not have; they hold from `since` on."""
    rows = [{"enterprise": code, "tag": name, "since": since} for code, name in pairs]
    if rows:
        conn.execute(_tag, rows)


def untag(conn: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Take tags from enterprises (by code)."""
    rows = [{"of": code, "gone": name} for code, name in pairs]
    if rows:
        conn.execute(_untag, rows)


def _with_tags(conn: Connection, found: Sequence[Row[Any]]) -> list[Enterprise]:
    of = engine.among(enterprise_tags.c.enterprise, (row.code for row in found))
    tags = grouped(conn.execute(_all_tags.where(of)))
    return [_enterprise(row, tags.get(row.code, ())) for row in found]


def _enterprise(values: Sequence[Any], tags: Iterable[str]) -> Enterprise:
    *told, state, since = values
    stated = dict(zip(_fields, told, strict=True))
    return Enterprise(**stated, tags=frozenset(tags), state=State(state), state_since=since)


def _values(enterprise: Enterprise) -> dict[str, object]:
    values = {name: getattr(enterprise, name) for name in _fields if name != "code"}
    return {**values, "likeness": likeness(enterprise.name)}
