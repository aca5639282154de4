"""Bringing a database to the present tables, by Alembic; upward only, downward is restore."""

from pathlib import Path

from sqlalchemy import inspect, text

from storage.engine import migration, reading_engine

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database of an address to a revision, all of it or nothing; an empty one is filled, one that
    is there already stays as it is.
    """
    # Imported here: a bot whose tables are in order starts without Alembic.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with migration(url) as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, revision)


def current(url: str) -> str | None:
    """Return the revision a database is at; None for an empty one. Takes no lock that a writer would wait for."""
    engine = reading_engine(url)
    try:
        with engine.connect() as conn:
            if not inspect(conn).has_table("alembic_version"):
                return None
            found: str | None = conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
            return found
    finally:
        engine.dispose()


def head() -> str:
    """Return the revision that the present tables stand for: the newest number among the migrations."""
    return max(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def is_current(url: str) -> bool:
    """Return whether a database has the present tables."""
    return current(url) == head()
