"""A look at bytes is held to its limits: what a file does to it, it does to one child process."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from storage.child import MEGABYTE, Children, Limits, LookError

LIMITS = Limits(seconds=5, patience=10, memory=256 * MEGABYTE, result=MEGABYTE)


def process() -> int:
    return os.getpid()


def variables() -> list[str]:
    return sorted(os.environ)


def worked(seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(1000))
    return True


def grown(megabytes: int) -> int:
    return len(bytes(megabytes * MEGABYTE))


def gone() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def printed(text: str) -> str:
    sys.stdout.write(text)
    return text


def lied() -> int:
    return "no number"  # type: ignore[return-value]


@pytest.fixture
def children() -> Iterator[Children]:
    made = Children(at_once=1, waiting=1, patience=0.2)
    yield made
    made.close()


def why(children: Children, limits: Limits, look: object, *args: object) -> str:
    with pytest.raises(LookError) as error:
        children.run(limits, look, *args)  # type: ignore[arg-type]
    return error.value.why


def test_a_child_serves_one_look_after_the_other(children: Children) -> None:
    first = children.run(LIMITS, process)
    assert first != os.getpid()
    assert children.run(LIMITS, process) == first
    assert children.run(LIMITS, printed, "说") == "说"


def test_what_takes_too_long_is_ended_and_the_next_look_works(children: Children) -> None:
    # Given: a warm child; so what is measured is the look.
    children.run(LIMITS, process)
    before = time.monotonic()
    assert why(children, replace(LIMITS, patience=0.3), worked, 60) == "time"
    assert time.monotonic() - before < 5
    assert children.run(LIMITS, worked, 0)


def test_what_takes_the_processor_too_long_ends_itself(children: Children) -> None:
    assert why(children, replace(LIMITS, seconds=1, patience=60), worked, 60) == "time"


def test_what_grows_too_large_is_refused_and_the_next_look_works(children: Children) -> None:
    assert why(children, LIMITS, grown, 2048) == "memory"
    assert children.run(LIMITS, grown, 1) == MEGABYTE


def test_a_look_of_little_memory_leaves_the_next_one_its_own(children: Children) -> None:
    assert children.run(replace(LIMITS, memory=1), process) == children.run(LIMITS, process)
    assert children.run(replace(LIMITS, result=40 * MEGABYTE), printed, "x" * 30 * MEGABYTE)


def test_a_child_that_is_killed_takes_nothing_with_it(children: Children) -> None:
    assert why(children, LIMITS, gone) == "failed"
    alive = children.run(LIMITS, process)
    # As the kernel does when memory is short, while the child has nothing to do.
    os.kill(alive, signal.SIGKILL)
    os.waitid(os.P_PID, alive, os.WEXITED | os.WNOWAIT)
    assert children.run(LIMITS, process) != alive


def test_what_it_hands_back_is_held_to_its_kind_and_size(children: Children) -> None:
    assert why(children, LIMITS, lied) == "failed"
    assert why(children, replace(LIMITS, result=100), printed, "x" * 200) == "failed"


def test_who_finds_all_places_taken_is_told_at_once(children: Children) -> None:
    start = Barrier(4)

    def look() -> str:
        start.wait()
        try:
            children.run(LIMITS, worked, 1.0)
        except LookError as error:
            return error.why
        return "done"

    with ThreadPoolExecutor(4) as threads:
        said = sorted(one.result() for one in [threads.submit(look) for _ in range(4)])
    # One works, one waits in vain, two are told at once.
    assert said == ["busy", "busy", "busy", "done"]


def test_a_child_has_no_secret_and_no_terminal(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANZHU_SECRET_KEY", "secret")
    monkeypatch.setenv("ANZHU_TELEGRAM_TOKEN", "secret")
    assert not [name for name in children.run(LIMITS, variables) if name.startswith("ANZHU")]
    assert os.getpgid(children.run(LIMITS, process)) != os.getpgid(0)


def test_children_are_gone_when_they_are_closed(children: Children) -> None:
    alive = children.run(LIMITS, process)
    children.close()
    with pytest.raises(ProcessLookupError):
        os.kill(alive, 0)
    assert children.run(LIMITS, process) != alive
