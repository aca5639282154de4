"""A door to a fresh database of each kind."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from storage.engine import Database, open_database

NOW = datetime(2023, 6, 5, 1, 0, tzinfo=UTC)


@pytest.fixture
def database(current_database_url: str) -> Iterator[Database]:
    """A door that is closed at the end."""
    opened = open_database(current_database_url)
    yield opened
    opened.close()
