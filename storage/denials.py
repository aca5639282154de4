"""How often each person was refused in an hour, until that is in the audit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select

from storage import engine
from storage.records import columns, rows
from storage.tables import denials

STRANGERS: Final = 0
"""The person who stands for all who have not joined."""


@dataclass(frozen=True, slots=True)
class Denial:
    """So many refusals of an event's kind, of a person, in the hour that began then (UTC)."""

    event: str
    person: int
    hour: datetime
    number: int


_columns = columns(denials, Denial)
_first = engine.insert(denials).values(
    event=bindparam("event"), person=bindparam("person"), hour=bindparam("hour"), number=1
)
_count = _first.on_conflict_do_update(
    index_elements=[denials.c.event, denials.c.person, denials.c.hour], set_={"number": denials.c.number + 1}
).returning(denials.c.number)
_over = select(*_columns).where(denials.c.hour < bindparam("before")).order_by(*denials.primary_key)
_forget = delete(denials).where(denials.c.hour < bindparam("before"))


def count(conn: Connection, event: str, person: int, hour: datetime) -> int:
    """Count one more, and return the number of the hour."""
    return int(conn.execute(_count, {"event": event, "person": person, "hour": hour}).scalar_one())


def over(conn: Connection, before: datetime) -> list[Denial]:
    """Return the counts of hours that began before an instant."""
    return rows(conn, Denial, _over, {"before": before})


def forget(conn: Connection, before: datetime) -> None:
    """Forget the counts of hours that began before an instant."""
    conn.execute(_forget, {"before": before})
