"""The bench works: the smallest size of each part once. What it measures is no test's business."""

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest

from bench import keeping, profiles
from bench.__main__ import PARTS, SMALLEST, run
from bench.keeping import Measured, Sample
from storage.retention import DEFAULTS


@pytest.mark.parametrize("part", PARTS)
def test_each_part_runs_and_prints_its_table(part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(SMALLEST, (part,), tmp_path)
    assert "its value" in capsys.readouterr().out


async def test_the_profile_names_what_a_step_costs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await profiles.show(tmp_path, people=2, at_once=2, lines=40)
    printed = capsys.readouterr().out
    assert "bot/incoming.py" in printed
    assert "_run_once" in printed


def test_what_a_city_comes_to_in_years_is_told_from_what_was_measured(sqlite_template: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(copy(sqlite_template, tmp_path / "anzhu.db"))) as conn, conn:
        for at in ("2023-06-01 00:00:00.000000", "2023-06-11 00:00:00.000000"):
            conn.execute("INSERT INTO audit (at, event, subject, data) VALUES (?, 'e', 's', '{}')", (at,))
    sample = keeping.measure(tmp_path / "anzhu.db")
    assert (sample.days, sample.enterprises) == (10, 0)
    assert next(one.rows for one in sample.tables if one.table == "audit") >= 2
    tables = (Measured("outbox", 100, 100_000), Measured("audit", 100, 10_000), Measured("people", 10, 1000))
    grown = keeping.grow(Sample(10, 10, tables, 60_000, 0, 5), 1000, 1000, DEFAULTS)
    letters, log, people = grown
    assert (letters.row_bytes, letters.rows_a_day, letters.without) == (1000, 1000, 1e9)
    # 180 days with their words, 220 without.
    assert letters.kept == 1000 * (180 * 1000 + 220 * 400)
    assert (log.without, log.kept) == (1e8, 1e8)
    assert (people.without, people.kept) == (1e5, 1e5)
    told = keeping.table(Sample(10, 10, tables, 60_000, 0, 5), grown, 1000, 2.74)
    assert "| **all** |  |  | 1.10 | 0.37 |" in told
