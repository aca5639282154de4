"""Rewinds: the database was put back from a backup, and what came after that is not in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from storage.records import add, columns, row_or_none
from storage.tables import inbox, rewinds
from talk.messages import Address


@dataclass(frozen=True, slots=True)
class Rewind:
    """A backup that was restored: when it was taken and put back (real UTC), the newest instant of each kind that it
    has (ISO 8601), its last row of the audit log, and of each account of a channel the last update that it knew.
    """

    id: int
    taken_at: datetime
    restored_at: datetime
    newest: Mapping[str, str]
    seq: int
    updates: Mapping[str, Mapping[str, int]]
    told_at: datetime | None


def note(conn: Connection, taken_at: datetime, restored_at: datetime, newest: Mapping[str, datetime], seq: int) -> int:
    """Note that the database is as a backup had it; return the number of the rewind."""
    known: dict[str, dict[str, int]] = {}
    for channel, account, number in conn.execute(
        select(inbox.c.channel, inbox.c.account, func.max(inbox.c.update_id)).group_by(inbox.c.channel, inbox.c.account)
    ):
        known.setdefault(channel, {})[account] = number
    instants = {"taken_at": taken_at, "restored_at": restored_at}
    ages = {what: at.isoformat(timespec="seconds") for what, at in newest.items()}
    return add(conn, rewinds, **instants, newest=ages, seq=seq, updates=known)


def newest(conn: Connection) -> Rewind | None:
    """Return the last rewind; None: there was none."""
    return row_or_none(conn, Rewind, select(*columns(rewinds, Rewind)).order_by(rewinds.c.id.desc()).limit(1))


def told(conn: Connection, rewind: Rewind, at: datetime) -> None:
    """Note that operators and staff were told of a rewind."""
    conn.execute(update(rewinds).where(rewinds.c.id == rewind.id).values(told_at=at))


def lost_updates(conn: Connection, rewind: Rewind, address: Address) -> bool:
    """Return whether a platform brought updates that the database does not know, as their numbers say, which go on one
    by one: somebody wrote after the backup was taken, to a database that is gone. True where that cannot be known.
    """
    known = rewind.updates.get(address.channel, {}).get(address.account)
    if known is None:
        return True
    statement = select(func.min(inbox.c.update_id)).where(
        inbox.c.channel == address.channel, inbox.c.account == address.account, inbox.c.update_id > known
    )
    first = conn.execute(statement).scalar_one()
    return first is not None and first > known + 1
