"""A door to a fresh database of each kind."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest

from storage import audit_chain
from storage.engine import Database, migration, open_database
from storage.keys import KeyRing
from storage.schema import upgrade

NOW = datetime(2023, 6, 5, 1, 0, tzinfo=UTC)
KEYS = KeyRing.of(b"s" * 32)


@pytest.fixture
def database(current_database_url: str) -> Iterator[Database]:
    """A door that is closed at the end."""
    opened = opened_with(current_database_url)
    yield opened
    opened.close()


def opened_with(url: str, keys: KeyRing = KEYS) -> Database:
    """Open a database as the bot does, its log begun, sealed with some keys."""
    opened = open_database(url, partial(audit_chain.seal, keys=keys))
    try:
        if opened.look(partial(audit_chain.is_new, keys=keys)):
            opened.run(partial(audit_chain.begin, keys=keys, at=NOW))
    except audit_chain.OtherKeyError:
        opened.close()
        raise
    return opened


def upgraded_with(url: str, revision: str, rows: str) -> None:
    """Bring a database to the present tables with rows in it, SQL statements from when a revision was the newest."""
    upgrade(url, revision)
    with migration(url) as conn:
        for statement in rows.strip().split(";\n"):
            conn.exec_driver_sql(statement)
    upgrade(url)
