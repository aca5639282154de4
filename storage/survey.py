"""A look through the tables for rows that cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, select

from campaign.permits import ENDED
from storage.catalogue import metadata
from storage.columns import Kept
from storage.conversations import LIVE
from storage.permit_tables import permits
from storage.tables import answers, conversations, inbox, notices, outbox, paper_orders, prompts
from storage.unreadable import broken_in

_ROWS: Final = 1000
"""How many rows are held in memory at once."""

SETTLED: Final[Mapping[str, ColumnElement[bool]]] = {
    "outbox": outbox.c.state.not_in(("ready", "leased")),
    "paper_orders": paper_orders.c.state.not_in(("ready", "leased")),
    "inbox": inbox.c.state != "waiting",
    "prompts": prompts.c.state != "open",
    "answers": ~answers.c.current,
    "conversations": conversations.c.state.not_in(LIVE),
    "notices": notices.c.state == "stopped",
    "permits": permits.c.state.in_(ENDED),
}
"""Which rows of a table nobody meets any more in what is going on; of the others any row may be needed at any time."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that cannot be read, by its table and key, with the column and what is wrong there; `settled`: it is in
    nobody's way.
    """

    table: str
    key: str
    why: str
    settled: bool

    @property
    def row(self) -> str:
        """The row as people are told of it."""
        return f"{self.table}/{self.key}"


def unreadable(conn: Connection, most: int | None) -> Iterator[Broken]:
    """Yield the rows that cannot be read, of each table the newest first; `most`: rows of each table that are looked
    at, None: all.
    """
    for table in metadata.sorted_tables:
        kept = [column for column in table.columns if isinstance(column.type, Kept)]
        if kept:
            yield from _in_table(conn, table, kept, most)


def _in_table(conn: Connection, table: Table, kept: Sequence[ColumnElement[Any]], most: int | None) -> Iterator[Broken]:
    keys = table.primary_key.columns
    settled = SETTLED.get(table.name)
    statement = select(*keys, *kept, *([] if settled is None else [settled.label("settled")]))
    statement = statement.order_by(*(column.desc() for column in keys)).limit(most)
    for row in conn.execution_options(yield_per=_ROWS).execute(statement):
        broken = broken_in(row)
        if broken is not None:
            why = f"{broken.column.name}: {broken.why}"
            yield Broken(table.name, broken.key, why, settled is not None and bool(row.settled))
