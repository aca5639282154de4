"""Of several processes on one database one polls; another takes over at once, or when it has seen no sign for 30 s."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot import poll_lease
from bot.app import App
from bot.poll_lease import PollLease
from bot.settings import Settings
from storage import leases
from storage.engine import Database, Job, open_database
from tests.town import SECRET, Mailbox

R = TypeVar("R")


@dataclass
class Time:
    """A clock for all, which goes on only when each process waits for it."""

    now: float = 1000.0
    waiting: list[tuple[float, "Process", asyncio.Event]] = field(default_factory=list)
    processes: list["Process"] = field(default_factory=list)

    async def pass_by(self, seconds: float) -> None:
        """Let seconds pass; at no instant two may poll."""
        end = self.now + seconds
        while True:
            await self.settled()
            due = min((at for at, process, _ in self.waiting if not process.hangs), default=end)
            self.now = min(max(due, self.now), end)
            assert sum(one.polls and one.lease.is_held() for one in self.processes) <= 1
            if due > end:
                return
            for entry in [one for one in self.waiting if one[0] <= self.now and not one[1].hangs]:
                self.waiting.remove(entry)
                entry[2].set()
            if due == end:
                await self.settled()
                return

    async def settled(self) -> None:
        """Wait until each process that is alive waits for the clock."""
        async with asyncio.timeout(10):
            while any(one.alive and not self._waits(one) for one in self.processes):  # noqa: ASYNC110  # waits for threads
                await asyncio.sleep(0)

    def _waits(self, one: "Process") -> bool:
        return any(process is one for _, process, _ in self.waiting)


class Process:
    """One process that would poll."""

    def __init__(self, time: Time, database: Any) -> None:
        self.time = time
        self.polls = False
        self.alive = True
        self.hangs = False
        self.lease = PollLease(database, "telegram", "1", clock=lambda: time.now, wait=self._wait)
        time.processes.append(self)
        self.task = asyncio.create_task(self.lease.while_held(self._poll))

    async def end(self) -> None:
        """Stop, as at SIGTERM."""
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task
        self.alive = False

    def die(self) -> None:
        """Be killed: nothing is given back, and nothing is done any more."""
        self.hangs = True

    async def _wait(self, seconds: float) -> None:
        entry = (self.time.now + seconds, self, asyncio.Event())
        self.time.waiting.append(entry)
        try:
            await entry[2].wait()
        finally:
            if entry in self.time.waiting:
                self.time.waiting.remove(entry)

    async def _poll(self) -> None:
        self.polls = True
        try:
            await asyncio.Event().wait()
        finally:
            self.polls = False


class Unsteady:
    """A way to the database that is cut now and then."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.away = False

    async def write(self, job: Job[R]) -> R:
        """Run a job in a transaction."""
        self._look()
        return await self._database.write(job)

    async def read(self, job: Job[R]) -> R:
        """Run a reading job."""
        self._look()
        return await self._database.read(job)

    def _look(self) -> None:
        if self.away:
            raise OperationalError("COMMIT", {}, Exception("refused"), connection_invalidated=True)


@pytest.fixture
def database(current_database_url: str) -> Iterator[Database]:
    """Give a database of each kind."""
    opened = open_database(current_database_url)
    yield opened
    opened.close()


@asynccontextmanager
async def running(*databases: Any) -> AsyncIterator[tuple[Time, list[Process]]]:
    """Processes at work, the first of which holds the lease."""
    time = Time()
    processes = []
    for one in databases:
        processes.append(Process(time, one))
        await time.settled()
    try:
        yield time, processes
    finally:
        for process in processes:
            await process.end()


async def test_one_polls_and_another_takes_over_at_once_when_it_ends(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(database, database, database) as (time, processes):
        first, *others = processes
        await time.pass_by(40)
        assert [one.polls for one in processes] == [True, False, False]
        await first.end()
        await time.pass_by(poll_lease.TRY_AGAIN)
        assert sum(one.polls for one in others) == 1
    assert sum("another process polls" in line for line in caplog.messages) == 2


async def test_who_cannot_renew_stops_before_another_polls_and_waits_when_it_is_back(database: Database) -> None:
    unsteady = Unsteady(database)
    async with running(unsteady, database) as (time, (first, second)):
        await time.pass_by(60)
        unsteady.away = True
        await time.pass_by(poll_lease.STOPS_AFTER)
        assert not first.polls
        await time.pass_by(leases.SPAN - poll_lease.STOPS_AFTER + poll_lease.RENEW_EVERY)
        assert second.polls
        unsteady.away = False
        await time.pass_by(60)
        assert (first.polls, second.polls) == (False, True)


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
async def test_a_gap_that_is_shorter_changes_nothing(database: Database) -> None:
    unsteady = Unsteady(database)
    async with running(unsteady, database) as (time, (first, _)):
        await time.pass_by(60)
        for _ in range(5):
            unsteady.away = True
            await time.pass_by(12)
            unsteady.away = False
            await time.pass_by(12)
        assert first.polls


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
async def test_who_hangs_polls_no_more_once_another_does(database: Database) -> None:
    async with running(database, database) as (time, (first, second)):
        await time.pass_by(60)
        first.die()
        await time.pass_by(poll_lease.STOPS_AFTER)
        # It is asked before each poll, whatever hung.
        assert not first.lease.is_held()
        assert not second.polls
        await time.pass_by(leases.SPAN)
        assert second.polls


def test_a_renewal_at_the_last_moment_goes_before_whoever_saw_none(database: Database) -> None:
    until = datetime.now(UTC)

    def take(holder: str, over: leases.Lease | None = None) -> bool:
        return database.run(lambda conn: leases.take(conn, "telegram", "1", holder, until, over))

    def seen(conn: Connection) -> leases.Lease:
        lease = leases.of(conn, "telegram", "1")
        assert lease is not None
        return lease

    assert take("a")
    assert not take("b")
    before = database.look(seen)
    assert take("a")
    assert not take("b", before)
    assert take("b", database.look(seen))
    assert not take("a", before)
    database.run(lambda conn: leases.give_back(conn, "telegram", "1", "a"))
    assert database.look(seen).holder == "b"
    database.run(lambda conn: leases.give_back(conn, "telegram", "1", "b"))
    assert take("a")


async def test_on_sqlite_the_lease_of_a_process_that_was_killed_is_free_at_the_next_start(
    sqlite_template: Path, tmp_path: Path
) -> None:
    file = tmp_path / "anzhu.db"
    await asyncio.to_thread(file.write_bytes, await asyncio.to_thread(sqlite_template.read_bytes))

    class Telegram(Mailbox):
        name, account = "telegram", "1"

    def app() -> App:
        settings = Settings(data_dir=tmp_path, database_url=f"sqlite:///{file}", secret_key=SECRET)
        return App(settings, [Telegram()])

    def holder(conn: Connection) -> str | None:
        lease = leases.of(conn, "telegram", "1")
        return None if lease is None else lease.holder

    first, second = app(), app()
    await first.reclaim()
    await first.database.write(lambda conn: leases.take(conn, "telegram", "1", "first", datetime.now(UTC)))
    # Beside a process that is alive nothing is given back: neither its lease, nor the letters that it sends.
    await second.reclaim()
    assert await second.database.read(holder) == "first"
    second.close()
    first.close()
    third = app()
    await third.reclaim()
    assert await third.database.read(holder) is None
    third.close()
