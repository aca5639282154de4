"""Who is written first: permits, then people, and the work of the bot itself when nobody waits for it."""

import threading
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from storage.engine import BATCH, STRANGERS_IN_BATCH, WORK_PATIENCE, Turn, WriterQueue, open_database


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def nothing(_: Connection, name: str) -> str:
    return name


def put(queue: WriterQueue, turn: Turn, *names: str) -> None:
    for name in names:
        queue.put((partial(nothing, name=name), Future()), turn)


def batch(queue: WriterQueue) -> list[Any]:
    """The names of the jobs that share the next commit."""
    return [job.keywords["name"] for job, _ in queue.batch()]  # type: ignore[attr-defined]  # all of them are partials


def test_people_go_before_the_work_of_the_bot_which_is_alone_in_its_commit() -> None:
    queue = WriterQueue(Clock())
    put(queue, Turn.WORK, "tick", "tidying")
    put(queue, Turn.STRANGER, "stranger")
    put(queue, Turn.MEMBER, "member", "other")
    put(queue, Turn.PERMIT, "permit")
    assert [batch(queue) for _ in range(3)] == [["permit", "member", "other", "stranger"], ["tick"], ["tidying"]]


def test_work_waits_for_people_only_so_long() -> None:
    """They may write without a pause, and then nobody would be reminded."""
    clock = Clock()
    queue = WriterQueue(clock)
    put(queue, Turn.WORK, "tick")
    clock.now = WORK_PATIENCE - 0.1
    put(queue, Turn.MEMBER, "member")
    assert batch(queue) == ["member"]
    put(queue, Turn.MEMBER, "next")
    clock.now = WORK_PATIENCE
    put(queue, Turn.PERMIT, "permit")
    assert batch(queue) == ["permit", "next"]
    put(queue, Turn.MEMBER, "last")
    assert [batch(queue), batch(queue)] == [["tick"], ["last"]]


def test_a_commit_is_shared_by_so_many_at_the_most() -> None:
    queue = WriterQueue(Clock())
    put(queue, Turn.STRANGER, *(f"s{number}" for number in range(9)))
    put(queue, Turn.MEMBER, *(f"m{number}" for number in range(2 * BATCH)))
    put(queue, Turn.PERMIT, "permit")
    first = batch(queue)
    assert (len(first), first[0], first[-STRANGERS_IN_BATCH:]) == (BATCH, "permit", ["s0", "s1"])


def test_what_waits_at_the_end_is_still_written() -> None:
    queue = WriterQueue(Clock())
    put(queue, Turn.WORK, "tick")
    put(queue, Turn.LEAVING, "leaving")
    queue.close()
    assert [batch(queue) for _ in range(3)] == [["leaving"], ["tick"], []]


def test_a_person_is_answered_before_a_look_that_came_first(tmp_path: Path, sqlite_template: Path) -> None:
    (tmp_path / "anzhu.db").write_bytes(sqlite_template.read_bytes())
    database = open_database(f"sqlite:///{tmp_path}/anzhu.db")
    gate, order = threading.Event(), list[str]()

    def hold(_: Connection) -> None:
        gate.wait(5)

    def note(_: Connection, name: str) -> None:
        order.append(name)

    jobs = [database.submit(hold), database.submit(partial(note, name="tick"), Turn.WORK)]
    jobs += [database.submit(partial(note, name="answer")), database.submit(partial(note, name="permit"), Turn.PERMIT)]
    gate.set()
    for job in jobs:
        job.result(5)
    database.close()
    assert order == ["permit", "answer", "tick"]
