"""What is wrong with the bot itself, since when, and when its operators were told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage import engine
from storage.records import columns, rows
from storage.tables import alarms


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that is wrong, or was: instants are real UTC, None: it is over, nobody was told."""

    kind: str
    since: datetime | None
    told_at: datetime | None


_new = engine.insert(alarms).values({column.name: bindparam(column.name, type_=column.type) for column in alarms.c})
_put = _new.on_conflict_do_update(
    index_elements=[alarms.c.kind], set_={"since": _new.excluded.since, "told_at": _new.excluded.told_at}
)


def known(conn: Connection) -> dict[str, Alarm]:
    """Return every alarm that there was, by its kind."""
    return {alarm.kind: alarm for alarm in rows(conn, Alarm, select(*columns(alarms, Alarm)))}


def put(conn: Connection, alarm: Alarm) -> None:
    """Keep how an alarm stands."""
    conn.execute(_put, {"kind": alarm.kind, "since": alarm.since, "told_at": alarm.told_at})
