"""How large the database is, and how fast it grows."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.tables import audit, clock


def size(conn: Connection) -> int:
    """Return how many bytes the database takes, its indexes and free pages among them."""
    if conn.dialect.name == "sqlite":
        pages, bytes_each = (conn.exec_driver_sql(f"PRAGMA page_{what}").scalar_one() for what in ("count", "size"))
        return int(pages) * int(bytes_each)
    return int(conn.execute(select(func.pg_database_size(func.current_database()))).scalar_one())


def share_since(conn: Connection, at: datetime) -> float | None:
    """Return which share of all that is on record came since an instant (campaign time), by the audit log, which has a
    row of each event; None: nothing came before.
    """
    total, since = conn.execute(select(func.count(), func.count().filter(audit.c.at >= at))).one()
    return since / total if since < total else None


def swept_at(conn: Connection) -> datetime | None:
    """Return when what was over ended last (real time); None: never."""
    found: datetime | None = conn.execute(select(clock.c.swept_at)).scalar_one_or_none()
    return found
