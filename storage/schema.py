"""Bringing a database to the present tables, by Alembic; upward only, downward is restore."""

from pathlib import Path

from sqlalchemy import inspect, text

from storage.engine import migration_engine, reading_engine

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database of an address to a revision, in one transaction."""
    # Imported here: it takes a tenth of a second that every command would wait for.
    from alembic import command  # noqa: PLC0415  # see above
    from alembic.config import Config  # noqa: PLC0415  # see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = migration_engine(url)
    try:
        with engine.begin() as conn:
            config.attributes["connection"] = conn
            command.upgrade(config, revision)
    finally:
        engine.dispose()


def current(url: str) -> str | None:
    """The revision a database is at; None for an empty one. Takes no lock that a writer would wait for."""
    engine = reading_engine(url)
    try:
        with engine.connect() as conn:
            if not inspect(conn).has_table("alembic_version"):
                return None
            return conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    finally:
        engine.dispose()


def is_current(url: str) -> bool:
    """Whether a database has the present tables."""
    return current(url) == head()


def head() -> str:
    """The newest revision: files of migrations are named by their number, `0001_the_first_tables.py`."""
    return max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
