"""When something last went well: a poll of an account, a round of the clockwork."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from storage import engine
from storage.columns import Instant
from storage.records import columns, rows
from storage.tables import signs

POLL: Final = "poll"
TICK: Final = "tick"


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that went well, of which account ("": of none), and when it last did (real UTC)."""

    what: str
    channel: str
    account: str
    at: datetime


_new = engine.insert(signs).values({column.name: bindparam(column.name, type_=column.type) for column in signs.c})
_note = _new.on_conflict_do_update(
    index_elements=[*signs.primary_key],
    set_={"at": _new.excluded.at},
    # Of several processes the clock of one may be behind.
    where=signs.c.at < bindparam("at", type_=Instant),
)


def note(conn: Connection, noted: Iterable[Sign]) -> None:
    """Note what went well; an earlier time than the one that is known changes nothing."""
    for sign in noted:
        keys = {"what": sign.what, "channel": sign.channel, "account": sign.account, "at": sign.at}
        conn.execute(_note, keys)


def known(conn: Connection) -> list[Sign]:
    """Return every sign, the newest first."""
    return rows(conn, Sign, select(*columns(signs, Sign)).order_by(signs.c.at.desc()))
