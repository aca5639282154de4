"""Nothing is lost, whenever the process dies: the short form of `torture`."""

from pathlib import Path

from tests.telegram.torture import torture


async def test_nothing_is_lost_by_kills(library: str, tmp_path: Path, sqlite_template: Path) -> None:
    # aiogram alone takes seconds to import at each start.
    kills = {"ptb": 4, "aiogram": 2}[library]
    figures = await torture(library, tmp_path / "data", sqlite_template, talks=6, kills=kills, seed=5)
    assert figures.kills == kills
    assert figures.unfinished == 0
    assert figures.answers_lost == 0
    assert figures.answers_twice == 0
    assert figures.updates_lost == 0
    assert figures.replies_missing == 0
    assert figures.worst == 1
