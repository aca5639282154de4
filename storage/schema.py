"""Bringing a database to the present tables, by Alembic; upward only, downward is restore.

Two versions of the program may work on one database while one takes the place of the other: each migration says by
`compatible_with` which is the oldest revision whose code may work on what it leaves, and the database keeps it.
"""

from functools import cache
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, delete, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from storage.engine import migration, reading_engine, with_tables_held

if TYPE_CHECKING:
    from alembic.config import Config

_VERSIONED = "alembic_version"
_VERSIONS = "SELECT version_num FROM alembic_version"

MIGRATIONS = Path(__file__).parent / "migrations"

PATIENCE: Final = 5.0
"""Seconds that an upgrade waits on PostgreSQL for who reads or writes: behind it everybody else waits as well."""
TRIES: Final = 24
PAUSE: Final = 1.0
"""Seconds between two tries, in which those who waited behind it have their turn."""


class NewerDatabaseError(Exception):
    """A database that a later version of the program made, and that does not serve this one: it cannot know what its
    tables mean.
    """


class ForeignDatabaseError(Exception):
    """A database with tables of somebody else that have the names of ours."""


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database of an address to a revision, all of it or nothing; an empty one is filled, one that
    is there already stays as it is. On PostgreSQL others go on meanwhile: it gives way to whoever has locked what it
    needs, and comes again; DBAPIError where they hold it for minutes.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with migration(url, patience=PATIENCE) as conn:
                bring(conn, revision)
        except DBAPIError as error:
            if attempt == TRIES or getattr(error.orig, "sqlstate", None) not in {"55P03", "40P01"}:
                raise
            sleep(PAUSE)
        else:
            return


def bring(conn: Connection, revision: str = "head") -> None:
    """Do what `upgrade` does in a transaction at hand (`storage.engine.migration`)."""
    from alembic import command  # noqa: PLC0415  # a bot whose tables are in order starts without Alembic

    config = _config()
    config.attributes["connection"] = conn
    command.upgrade(config, revision)
    _keep_whom_it_serves(conn)


def oldest_served(revision: str = "head") -> str:
    """Return the oldest revision whose code may work on the tables of a revision: what every step up to there allows,
    and those of before the rule to their own code alone.
    """
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # as above

    steps = ScriptDirectory.from_config(_config()).iterate_revisions(revision, "base")
    return max(getattr(step.module, "compatible_with", step.revision) for step in steps)


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415  # as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _keep_whom_it_serves(conn: Connection) -> None:
    from storage.tables import schema_serves  # noqa: PLC0415  # as Alembic

    if not inspect(conn).has_table(schema_serves.name):
        return
    (now,) = conn.exec_driver_sql(_VERSIONS).scalars()
    conn.execute(delete(schema_serves))
    conn.execute(insert(schema_serves).values(revision=now, oldest=oldest_served(now)))


def current(url: str) -> str | None:
    """Return the revision a database is at; None for an empty one. Takes no lock that a writer would wait for.
    NewerDatabaseError, ForeignDatabaseError: it is none of ours, or none that serves this version.
    """
    engine = reading_engine(url)
    try:
        with engine.connect() as conn:
            found = inspect(conn)
            version = revision(conn) if found.has_table(_VERSIONED) else ""
            others = [] if version else found.get_table_names()
    finally:
        engine.dispose()
    if others:
        from storage.catalogue import metadata  # noqa: PLC0415  # a table is looked up in it only here

        if not metadata.tables.keys().isdisjoint(others):
            raise ForeignDatabaseError
    return version or None


def revision(conn: Connection) -> str:
    """Return the revision that the tables are at, a later one than `head()` where they are of a newer version and serve
    this one, too; "" where none is noted. NewerDatabaseError: they do not serve it.
    """
    return _serving(conn, {str(version) for version in conn.exec_driver_sql(_VERSIONS).scalars()})


def hold(conn: Connection) -> str:
    """Return what `revision` does, and keep the tables so until the transaction ends: it begins with this, so that
    nothing is written by a version that the tables do not serve any more.
    """
    return _serving(conn, {str(row[0]) for row in with_tables_held(conn, _VERSIONS)})


def _serving(conn: Connection, versions: set[str]) -> str:
    unknown = versions - _revisions()
    if unknown and not unknown <= _newer_that_serve(conn):
        raise NewerDatabaseError
    return max(versions, default="")


def _newer_that_serve(conn: Connection) -> set[str]:
    from storage.tables import schema_serves  # noqa: PLC0415  # a start on the present tables asks for none

    if not inspect(conn).has_table(schema_serves.name):
        return set()
    return set(conn.scalars(select(schema_serves.c.revision).where(schema_serves.c.oldest <= head())))


def is_known(revision: str) -> bool:
    """Return whether a revision is one of this version's, or of one before."""
    return revision in _revisions()


def head() -> str:
    """Return the revision that the present tables stand for: the newest number among the migrations."""
    return max(_revisions())


def is_current(url: str) -> bool:
    """Return whether a database has the tables that this version works on, the present ones or newer ones that serve
    it; raises what `current` does.
    """
    return (current(url) or "") >= head()


@cache
def _revisions() -> frozenset[str]:
    """The steps that this process knows. Looked up once: where a new version is laid over this one while it runs, the
    files are of that one.
    """
    return frozenset(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
