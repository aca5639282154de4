"""The short form of `make fuzz`: a few hundred inputs at every door, and the harness itself."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import strategies as st

from tests.fuzz import harness
from tests.fuzz.doors import DOORS
from tests.fuzz.harness import Door, Told
from tests.fuzz.words import pure

ROOT = Path(__file__).parents[2]
INPUTS = 200


def test_every_promise_of_every_door_holds() -> None:
    # One process for all: each door is forked from it, and what it imports is imported once.
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--json", "--inputs", str(INPUTS), "--seed", "5"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    told = json.loads(done.stdout)
    assert {one["door"]: one["findings"] for one in told} == {door.name: [] for door in DOORS}
    assert all(one["inputs"] for one in told)


def _hold_on(value: int) -> None:
    if value > 1000:
        raise KeyError(value)


def _eat(_: int) -> None:
    bytearray(2 * harness.MEMORY)


def _tried(name: str) -> Told:
    enter = {"raises": _hold_on, "eats": _eat}[name]
    return harness.run(Door(name, st.integers(), pure(enter)), first_seed=1, inputs=100)


def main() -> None:
    """Try a door that does not hold, in a process without threads."""
    sys.stdout.write(harness.as_json([_tried(sys.argv[1])]))


@pytest.mark.parametrize(("name", "found"), [("raises", "KeyError"), ("eats", "MemoryError")])
def test_a_door_that_does_not_hold_is_told_with_its_smallest_input(name: str, found: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.test_doors", name], cwd=ROOT, capture_output=True, text=True, check=True
    )
    (told,) = json.loads(done.stdout)
    assert found in told["findings"][0]
    assert "input 1001" in told["findings"][0] or name == "eats"


if __name__ == "__main__":
    main()
