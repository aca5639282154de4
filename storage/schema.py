"""Bringing a database to the present tables, by Alembic; upward only, downward is restore."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.engine import migration, reading_engine

_VERSIONED = "alembic_version"
_VERSIONS = text("SELECT version_num FROM alembic_version")

MIGRATIONS = Path(__file__).parent / "migrations"


class NewerDatabaseError(Exception):
    """A database that a later version of the program made: this one cannot know what its tables mean."""


class ForeignDatabaseError(Exception):
    """A database with tables of somebody else that have the names of ours."""


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database of an address to a revision, all of it or nothing; an empty one is filled, one that
    is there already stays as it is.
    """
    with migration(url) as conn:
        bring(conn, revision)


def bring(conn: Connection, revision: str = "head") -> None:
    """Do what `upgrade` does in a transaction at hand (`storage.engine.migration`)."""
    # Imported here: a bot whose tables are in order starts without Alembic.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, revision)


def current(url: str) -> str | None:
    """Return the revision a database is at; None for an empty one. Takes no lock that a writer would wait for.
    NewerDatabaseError, ForeignDatabaseError: it is none of ours, or none of this version's.
    """
    engine = reading_engine(url)
    try:
        with engine.connect() as conn:
            found = inspect(conn)
            versions = [str(row.version_num) for row in conn.execute(_VERSIONS)] if found.has_table(_VERSIONED) else []
            others = [] if versions else found.get_table_names()
    finally:
        engine.dispose()
    if others:
        from storage.catalogue import metadata  # noqa: PLC0415  # a table is looked up in it only here

        if not metadata.tables.keys().isdisjoint(others):
            raise ForeignDatabaseError
    if not versions:
        return None
    if not set(versions) <= _revisions():
        raise NewerDatabaseError
    return max(versions)


def refuse_newer(conn: Connection) -> None:
    """Raise NewerDatabaseError where a later version of the program has changed the tables since this one started."""
    if not {str(row.version_num) for row in conn.execute(_VERSIONS)} <= _revisions():
        raise NewerDatabaseError


def is_known(revision: str) -> bool:
    """Return whether a revision is one of this version's, or of one before."""
    return revision in _revisions()


def head() -> str:
    """Return the revision that the present tables stand for: the newest number among the migrations."""
    return max(_revisions())


def is_current(url: str) -> bool:
    """Return whether a database has the present tables; raises what `current` does."""
    return current(url) == head()


@cache
def _revisions() -> frozenset[str]:
    """The steps that this process knows. Looked up once: where a new version is laid over this one while it runs, the
    files are of that one.
    """
    return frozenset(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
