"""A door under fuzz: in a process of its own, with limits of memory and of time for each input.

A door is a place where bytes or words of people come in. What it promises is checked by its `enter`, which raises where
the promise does not hold; a finding is told with the smallest input that hypothesis comes to.
"""

import faulthandler
import json
import os
import pickle
import resource
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.postgres import memory

MEGABYTE: Final = 1024 * 1024
MEMORY: Final = 3 * 1024 * MEGABYTE
"""Bytes of address space that a door has: libraries alone map half a gigabyte, and a bomb wants more than all."""
PATIENCE: Final = 20.0
"""Seconds after which an input has hung: a busy machine is slow by a factor of ten, a bomb by a thousand."""
CHUNK: Final = 200
"""Inputs of one run of hypothesis; each run has a seed of its own."""
SHOWN: Final = 400
"""Characters of an input in a finding."""

TOLD: Final = "told.json"
DIED: Final = "died"
SAID: Final = "said"
AT_WORK: Final = "input"
"""What a child leaves in its folder: its figures, why it ended before its time, what it said, the input that it was at.
"""

LIMITS: Final = settings(
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.target, Phase.shrink),
    report_multiple_bugs=False,
)

Enter = Callable[[Any], None]


@dataclass(frozen=True)
class Door:
    """A door: the inputs that are tried, and how it is opened in a folder of its own."""

    name: str
    inputs: SearchStrategy[Any]
    opened: Callable[[Path], AbstractContextManager[Enter]]
    costly: int = 1
    """How many times fewer inputs are tried, where each takes so much longer."""


@dataclass(frozen=True)
class Told:
    """What came of a door. `peak` is in MB; `quiet` is how many inputs came after the last new finding."""

    door: str
    inputs: int
    seconds: float
    peak: float
    quiet: int
    findings: list[str]


def run(door: Door, *, first_seed: int, inputs: int | None = None, seconds: float | None = None) -> Told:
    """Try a door in a child of this process, so many inputs or seconds, and return what came of it."""

    def start(folder: Path) -> int:
        child = os.fork()
        if child == 0:
            # Nothing of the parent may run in the child: neither its finally blocks nor its buffers.
            try:
                _child(door, folder, first_seed, inputs, seconds)
                os._exit(0)
            except BaseException:  # noqa: BLE001  # told to the parent by the code and the words
                (folder / DIED).write_text(traceback.format_exc(), encoding="utf-8")
                os._exit(3)
        return child

    return watched(door.name, start)


def watched(name: str, start: Callable[[Path], int]) -> Told:
    """Start a child that works in a folder, wait for its end, and return what it left there."""
    with tempfile.TemporaryDirectory(prefix="anzhu-fuzz-", dir=memory()) as place:
        folder = Path(place)
        began = monotonic()
        _, status, used = os.wait4(start(folder), 0)
        return _told(name, folder, status, monotonic() - began, used.ru_maxrss / 1024)


def _told(name: str, folder: Path, status: int, seconds: float, peak: float) -> Told:
    told = folder / TOLD
    kept: dict[str, Any] = {"inputs": 0, "quiet": 0, "findings": []}
    if told.exists():
        kept |= json.loads(told.read_text(encoding="utf-8"))
    findings: list[str] = kept["findings"]
    why = _why(folder, status)
    if why:
        at_work = folder / AT_WORK
        entered = repr(pickle.loads(at_work.read_bytes()))[:SHOWN] if at_work.exists() else "?"  # noqa: S301  # ours
        findings.append(f"the process died on {entered}\n{why}")
    return Told(name, kept["inputs"], round(seconds, 1), round(peak), kept["quiet"], findings)


def _why(folder: Path, status: int) -> str:
    """Return why a child ended before its time; "" where it did not."""
    died, said = folder / DIED, folder / SAID
    if died.exists() and died.stat().st_size:
        return died.read_text(encoding="utf-8")
    if said.exists():
        # The guided fuzzer ends its process by itself, with one status or another; a crash it names.
        words = said.read_text(encoding="utf-8", errors="replace")
        return words[-3000:] if "deadly signal" in words or "out-of-memory" in words or "Traceback" in words else ""
    return f"ended with status {status}" if status else ""


@contextmanager
def limited(door: Door, folder: Path) -> Iterator[tuple[Enter, "Tries"]]:
    """Open a door within the limits; what it gives counts, notes and watches each input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # What the code under test prints is no part of the table.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    trace = (folder / DIED).open("w", encoding="utf-8")
    at_work = folder / AT_WORK
    tries = Tries(folder / TOLD)
    place = folder / "place"
    place.mkdir()
    with door.opened(place) as enter:

        def one(value: Any) -> None:
            at_work.write_bytes(pickle.dumps(value))
            tries.number += 1
            # A regular expression holds the interpreter: only a thread in C can end it.
            faulthandler.dump_traceback_later(PATIENCE, exit=True, file=trace)
            try:
                enter(value)
            finally:
                faulthandler.cancel_dump_traceback_later()

        yield one, tries
    (folder / DIED).unlink()
    tries.keep()


def _child(door: Door, folder: Path, first_seed: int, inputs: int | None, seconds: float | None) -> None:
    with limited(door, folder) as (one, tries):
        end = None if seconds is None else monotonic() + seconds
        for number in count():
            left = CHUNK if inputs is None else min(CHUNK, inputs - tries.number)
            if left <= 0 or (end is not None and monotonic() > end):
                break
            _chunk(door, one, tries, first_seed + number, left)


class Tries:
    """The count of inputs and the findings, on disk after each chunk: a child may be killed by its watchdog."""

    def __init__(self, path: Path) -> None:
        self.number = 0
        self.last_new = 0
        self.findings: dict[str, str] = {}
        self._path = path

    def found(self, error: BaseException, value: str) -> None:
        """Note a broken promise, once for each place where it breaks."""
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        if place not in self.findings:
            self.findings[place] = f"{place}: {str(error)[:SHOWN]}\n  input {value}"
            self.last_new = self.number
        self.keep()

    def keep(self) -> None:
        """Write down what there is."""
        told = {"inputs": self.number, "quiet": self.number - self.last_new, "findings": [*self.findings.values()]}
        self._path.write_text(json.dumps(told), encoding="utf-8")


def _chunk(door: Door, one: Enter, tries: Tries, number: int, inputs: int) -> None:
    latest: list[Any] = [None]

    def tried(value: Any) -> None:
        latest[0] = value
        one(value)

    try:
        seed(number)(settings(LIMITS, max_examples=inputs)(given(door.inputs)(tried)))()
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # every exception that a door lets out is a finding
        tries.found(error, repr(latest[0])[:SHOWN])
    tries.keep()


def as_json(told: list[Told]) -> str:
    """Return what came of some doors, for programs."""
    return json.dumps([asdict(one) for one in told], ensure_ascii=False)


def forked_safely() -> None:
    """Raise where threads are at work already, which a fork would lose with their locks."""
    if len(sys._current_frames()) > 1:
        raise RuntimeError("the harness must be started before any thread")
