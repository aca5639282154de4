"""Rows that cannot be read and stand in somebody's way are set aside, by their ids; nothing of them is deleted."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, update

from storage.conversations import LIVE
from storage.factor_tables import factors
from storage.tables import conversations, prompts

SetAside = Callable[[Connection, str, datetime], int]


def _talk(conn: Connection, key: str, at: datetime) -> int:
    """End a conversation, so that its duty may be answered in another; its answers are kept."""
    which = (conversations.c.id == int(key), conversations.c.state.in_(LIVE))
    ended = update(conversations).where(*which).values(state="discarded", focus=None, touched_at=at, finished_at=at)
    asked = update(prompts).where(prompts.c.conversation == int(key), prompts.c.state == "open")
    conn.execute(asked.values(state="replaced"))
    return int(conn.execute(ended).rowcount)


def _prompt(conn: Connection, key: str, _: datetime) -> int:
    """Close a prompt, so that its question is asked anew."""
    return int(conn.execute(update(prompts).where(prompts.c.token == key).values(state="replaced", picked=[])).rowcount)


def _factor(conn: Connection, key: str, _: datetime) -> int:
    """Let a code be asked for anew, by the next message."""
    forgotten = {"held": None, "held_at": None, "verified_by": None, "verified_at": None}
    return int(conn.execute(update(factors).where(factors.c.person == int(key)).values(**forgotten)).rowcount)


_KINDS: Final[Mapping[str, SetAside]] = {"conversations": _talk, "prompts": _prompt, "factors": _factor}
"""What is done in which table. A message is rejected where it is read; an answer that cannot be read is asked again; of
what is a record nothing may be set aside."""


def set_aside(conn: Connection, table: str, key: str, at: datetime) -> bool:
    """Set a row aside that cannot be read; False where it is a record, or is no longer in anybody's way. `at`: campaign
    time.
    """
    kind = _KINDS.get(table)
    return kind is not None and kind(conn, key, at) > 0
