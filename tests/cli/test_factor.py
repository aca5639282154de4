"""Second factors at the command line."""

from datetime import UTC, datetime

from storage import engine, factors
from tests.cli.conftest import Anzhu, Join


def test_a_reset_takes_the_second_factor_away(june: Anzhu, join: Join, current_database_url: str) -> None:
    join("孙演九", "clerk", "浑南区")
    assert june.good("factor", "list", "--json").json == [
        {
            "id": 1,
            "name": "是我",
            "enrolled_at": None,
            "verified_at": None,
            "paused_until": None,
            "recovery_codes": 0,
        }
    ]
    assert "没有二次验证" in june.refused("factor", "reset", "1")
    database = engine.open_database(current_database_url)
    database.run(lambda conn: factors.begin(conn, 1, b"x", datetime.now(UTC)))
    database.close()
    assert "已重置人员1" in june.good("factor", "reset", "1").out
    assert "没有二次验证" in june.refused("factor", "reset", "1")


def test_who_is_no_person_is_refused(june: Anzhu) -> None:
    assert "x" in june.refused("factor", "reset", "x")
