"""The step to signs and alarms: a round that was run before it is known after it."""

from datetime import UTC, datetime

import pytest

from storage import signs
from storage.engine import open_database
from storage.signs import Sign
from tests.storage.conftest import upgraded_with

ROWS = "UPDATE clock SET looked_at = '2023-06-05 01:00:00.000000';"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_last_round_of_before_is_known(database_url: str) -> None:
    upgraded_with(database_url, "0034", ROWS)
    database = open_database(database_url)
    assert database.look(signs.known) == [Sign("tick", "", "", datetime(2023, 6, 5, 1, tzinfo=UTC))]
    database.close()
