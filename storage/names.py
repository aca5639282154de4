"""The names that stand on papers: of enterprises, of people, of workers."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from storage.tables import enterprises, people, workers

_COLUMNS = (
    enterprises.c.name,
    enterprises.c.principal_name,
    enterprises.c.officer_name,
    people.c.name,
    workers.c.name,
)


def printed(conn: Connection) -> Iterator[str]:
    """Return each name once in each column."""
    for column in _COLUMNS:
        yield from conn.scalars(select(column).distinct())
