"""A door under a fuzzer that is guided by coverage: atheris, which keeps what reaches new lines of the product.

`python -m tests.fuzz.guided DOOR FOLDER SEED (seconds|inputs) NUMBER`, started by `python -m tests.fuzz --guided`.
"""

import os
import subprocess
import sys
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.fuzz.harness import LIMITS, SAID, SHOWN, Door, Enter, Told, Tries, limited, watched

PRODUCT: Final = ["bot", "campaign", "reports", "scheduler", "service", "storage", "talk"]
LONGEST: Final = 4096
"""Bytes of the choices from which an input is built."""


def is_there() -> bool:
    """Whether the guided fuzzer can be used: it has a wheel for CPython 3.11 on Linux only."""
    return find_spec("atheris") is not None


def run(door: Door, *, first_seed: int, how: str, number: int) -> Told:
    """Try a door in a process of its own, so many "seconds" or "inputs", and return what came of it."""

    def start(folder: Path) -> int:
        command = [sys.executable, "-m", "tests.fuzz.guided", door.name, str(folder), str(first_seed), how, str(number)]
        with (folder / SAID).open("wb") as said:
            return subprocess.Popen(command, cwd=folder, env=_environment(), stderr=said).pid

    return watched(f"{door.name}, guided", start)


def _environment() -> dict[str, str]:
    """Return what the child finds its modules by, from a folder of its own, where the fuzzer leaves its files."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, map(os.path.abspath, sys.path)))}


def main(name: str, place: str, first_seed: str, how: str, number: str) -> None:
    """Fuzz one door until the time is over."""
    atheris: Any = import_module("atheris")

    with atheris.instrument_imports(include=PRODUCT):
        from tests.fuzz.doors import DOORS  # noqa: PLC0415  # what is imported now is instrumented
    door = next(one for one in DOORS if one.name == name)
    with limited(door, Path(place)) as (one, tries):
        limit = f"-max_total_time={number}" if how == "seconds" else f"-runs={number}"
        options = [f"-seed={first_seed}", f"-max_len={LONGEST}", "-len_control=0", "-rss_limit_mb=0", "-timeout=0"]
        enter = _from_bytes(door, one)
        corpus = _corpus(Path(place) / "corpus", Random(first_seed))
        atheris.Setup([sys.argv[0], limit, *options, str(corpus)], partial(_one, enter, tries))
        atheris.Fuzz()


def _corpus(folder: Path, chance: Random) -> Path:
    """Make inputs to begin with: from a few bytes hypothesis builds nothing."""
    folder.mkdir()
    for number in range(64):
        (folder / str(number)).write_bytes(chance.randbytes(64 << number % 6))
    return folder


def _from_bytes(door: Door, one: Enter) -> Any:
    """Return what builds an input from bytes, as hypothesis does from chance, and tries it."""
    from hypothesis import given  # noqa: PLC0415  # after the product, which must be instrumented

    return LIMITS(given(door.inputs)(one)).hypothesis.fuzz_one_input  # type: ignore[attr-defined]


def _one(enter: Any, tries: Tries, data: bytes) -> None:
    try:
        enter(data)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # every exception that a door lets out is a finding
        tries.found(error, repr(data)[:SHOWN])
    tries.keep()


if __name__ == "__main__":
    main(*sys.argv[1:])
