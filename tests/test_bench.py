"""The bench works: the smallest size of each part once. What it measures is no test's business."""

from pathlib import Path

import pytest

from bench import profiles
from bench.__main__ import PARTS, SMALLEST, run


@pytest.mark.parametrize("part", PARTS)
def test_each_part_runs_and_prints_its_table(part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(SMALLEST, (part,), tmp_path)
    assert "its value" in capsys.readouterr().out


async def test_the_profile_names_what_a_step_costs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await profiles.show(tmp_path, people=2, at_once=2, lines=40)
    printed = capsys.readouterr().out
    assert "bot/incoming.py" in printed
    assert "_run_once" in printed
