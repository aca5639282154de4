"""Files that people send: a message is kept and confirmed before its file is fetched, whichever process fetches it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from bot.app import App
from bot.channels.telegram import reading
from bot.channels.telegram.api import NAME, ApiError, UnreachableError
from bot.channels.telegram.fetching import FAULTS, LONGEST_WAIT, PATIENCE, Fetching
from bot.channels.telegram.polling import Poller
from bot.settings import Settings
from campaign.permits import Event
from campaign.pulse import Prompt
from service.hot_work import actions as hot_work
from storage import fetching
from storage.fetching import LEASE, LOST, SUSPECT
from storage.tables import files, identities, inbox, outbox, people
from talk.messages import Inbound, together
from tests.telegram.fake_api import ACCOUNT
from tests.town import SECRET

START = datetime.fromisoformat("2023-06-05T09:00:00+08:00")
NOTE = "会议纪要".encode()
ME, OTHER = 7001, 7002


class Clock:
    """Real time, as a test sets it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Store:
    """The files of a platform: withheld, out of reach, refused, or there."""

    def __init__(self) -> None:
        self.there = asyncio.Event()
        self.fault: Exception | None = None
        self.asked = 0
        self.fails: Callable[[], bool] = lambda: False
        """Whether a file that is asked for cannot be reached this time."""
        self._changed = asyncio.Event()

    async def until_asked(self, times: int) -> None:
        """Wait until files were asked for so often."""
        async with asyncio.timeout(10):
            while self.asked < times:
                self._changed.clear()
                await self._changed.wait()

    async def call(self, method: str, params: Mapping[str, Any], *, seconds: float = 0) -> Any:
        del seconds
        return {"file_path": params["file_id"]} if method == "getFile" else True

    async def download(self, file_path: str) -> bytes:
        self.asked += 1
        self._changed.set()
        if self.fault is not None:
            raise self.fault
        if self.fails():
            raise UnreachableError("reset")
        await self.there.wait()
        return NOTE + file_path.encode()

    async def close(self) -> None:
        """Nothing was open."""


class Process:
    """One process on a database: what takes updates, and what fetches."""

    def __init__(self, url: str, folder: Path, clock: Clock, store: Store) -> None:
        settings = {"data_dir": folder, "secret_key": SECRET, "database_url": url}
        self.app = App(Settings.model_validate(settings), wall=clock)
        self.fetching = Fetching(store, ACCOUNT, self.app)
        self.poller = Poller(store, ACCOUNT, self.app)

    async def gets(self, *updates: dict[str, Any]) -> None:
        """The platform brings updates; they are confirmed when this returns."""
        await self.poller.accept(updates)
        assert not self.poller._held

    def look(self, *columns: Any, where: Any = None) -> list[Any]:
        """Rows of one table, in the order of its first key."""
        found = select(*columns).order_by(*columns[0].table.primary_key.columns)
        found = found if where is None else found.where(where)
        return [tuple(row) for row in self.app.database.look(lambda conn: conn.execute(found).all())]

    def states(self) -> list[str]:
        """What became of each update."""
        return [state for _, state in self.look(inbox.c.update_id, inbox.c.state)]

    def said(self, to: int = ME) -> list[str]:
        """What the bot said to somebody."""
        return [body["text"] for (body,) in self.look(outbox.c.body, where=outbox.c.external_id == str(to))]


def update(number: int, by: int = ME, **content: Any) -> dict[str, Any]:
    """An update of the platform."""
    who = {"id": by, "first_name": "x", "language_code": "zh-hans"}
    head = {"message_id": number, "date": int(START.timestamp()), "chat": {"id": by, "type": "private"}, "from": who}
    return {"update_id": number, "message": head | content}


def document(number: int, by: int = ME, **content: Any) -> dict[str, Any]:
    return update(number, by, document={"file_id": f"f{number}", "file_name": f"{number}.txt"}, **content)


def members(conn: Connection) -> None:
    """Let two people have joined."""
    for number in (ME, OTHER):
        conn.execute(insert(people).values(id=number, name="x", language="zh-CN", joined_at=START))
        address = {"channel": NAME, "account": ACCOUNT, "external_id": str(number)}
        conn.execute(insert(identities).values(**address, person=number, seen_at=START, language="zh-CN"))


@asynccontextmanager
async def processes(url: str, folder: Path, number: int = 1) -> AsyncIterator[tuple[list[Process], Clock, Store]]:
    clock, store = Clock(), Store()
    made = [Process(url, folder, clock, store) for _ in range(number)]
    made[0].app.database.run(members)
    try:
        yield made, clock, store
    finally:
        for one in made:
            await one.fetching._close()
            one.app.close()


async def test_what_is_sent_after_a_file_waits_behind_it_and_nobody_else(
    current_database_url: str, tmp_path: Path
) -> None:
    """Whichever process takes what comes after; and a repeat of any of it is one."""
    async with processes(current_database_url, tmp_path, 2) as ((one, two), _, store):
        await one.gets(document(1))
        running = asyncio.create_task(one.fetching.round())
        await store.until_asked(1)
        await two.gets(update(2, text="在吗"), document(1), update(3, OTHER, text="在吗"))
        await two.gets(update(4, text="/me"), update(2, text="在吗"))
        await two.fetching.round()
        assert (one.states(), store.asked) == (["waiting", "waiting", "done", "waiting"], 1)
        assert (len(one.said(OTHER)), one.said()) == (1, [])
        store.there.set()
        await running
        await two.fetching.round()
        assert one.states() == ["done"] * 4
        dedupes = one.look(outbox.c.dedupe, where=outbox.c.external_id == str(ME))
        assert [dedupe.split("/")[3] for (dedupe,) in dedupes] == ["1", "2", "4"]
        assert len(one.look(files.c.sha256)) == 1


async def test_to_stop_a_job_waits_for_no_file(current_database_url: str, tmp_path: Path) -> None:
    """Nor does what names a permit, or says that a prompt was seen; whatever else is done about one waits its turn."""
    who = {"id": ME, "first_name": "x"}
    shown = {"message_id": 1, "date": 1, "chat": {"id": ME, "type": "private"}}

    def tap(number: int, data: str) -> dict[str, Any]:
        return {
            "update_id": number,
            "callback_query": {"id": f"q{number}", "from": who, "chat_instance": "1", "message": shown, "data": data},
        }

    async with processes(current_database_url, tmp_path) as ((one,), _, store):
        await one.gets(document(1))
        stop, start = hot_work.DO.data(7, Event.STOP), hot_work.DO.data(7, Event.START)
        seen = hot_work.ACKNOWLEDGE.data(7, Prompt.GAS, 1_685_900_000)
        await one.gets(tap(2, stop), tap(3, start), tap(4, seen), update(5, text="D-0605-01 甲烷0.05%"))
        assert one.states() == ["waiting", "done", "waiting", "done", "done"]
        store.there.set()
        await one.fetching.round()
        assert one.states() == ["done"] * 5


async def test_slow_files_hold_up_nobody_who_sends_none(
    current_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where every message is a row first, as those are that a platform brings."""
    monkeypatch.setattr("bot.channels.telegram.fetching.DOWNLOADS", 1)
    async with processes(current_database_url, tmp_path) as ((one,), _, store):
        for kept in (document(1), document(2, OTHER), update(3, 7003, text="在吗")):
            await one.app.queue(together_of(kept))
        running = asyncio.create_task(one.fetching.round())
        await store.until_asked(1)
        async with asyncio.timeout(10):
            while True:
                if one.states() == ["waiting", "waiting", "done"]:
                    break
                await asyncio.sleep(0.01)
        store.there.set()
        await running
        assert (one.states(), store.asked) == (["done"] * 3, 2)


async def test_an_album_is_one_message_however_it_is_fetched(current_database_url: str, tmp_path: Path) -> None:
    """What failed is tried again, and not what is there."""
    async with processes(current_database_url, tmp_path) as ((one,), clock, store):
        parts = [document(number, media_group_id="9") for number in range(1, 11)]
        await one.app.queue(together_of(*parts))
        await one.gets(update(11, text="在吗"))
        store.there.set()
        store.fails = lambda: store.asked % 2 == 1
        while "waiting" in one.states():
            await one.fetching.round()
            clock.now += timedelta(seconds=1)
        assert one.states() == ["done"] * 11
        assert (len(one.said()), len(one.look(files.c.sha256)), store.asked) == (2, 10, 20)


async def test_a_platform_that_asks_for_too_much_patience_silences_nobody(
    current_database_url: str, tmp_path: Path
) -> None:
    async with processes(current_database_url, tmp_path) as ((one,), _, store):
        store.fault = ApiError(429, "Too Many Requests", 3600.0)
        await one.gets(document(1), update(2, text="在吗"))
        await one.fetching.round()
        assert one.states() == ["done", "done"]
        assert ["请再发一次" in said for said in one.said()] == [True, False]


async def test_while_the_disk_is_full_a_message_waits_and_no_try_counts(
    current_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with processes(current_database_url, tmp_path) as ((one,), clock, store):
        store.there.set()

        async def full(*_: object) -> object:
            raise OSError(28, "No space left on device")

        keep = one.app.gate.keep
        monkeypatch.setattr(one.app.gate, "keep", full)
        await one.gets(document(1), update(2, text="在吗"))
        for _ in range(60):
            await one.fetching.round()
            clock.now += timedelta(seconds=5)
        assert (one.states(), one.said()) == (["waiting", "waiting"], [])
        monkeypatch.setattr(one.app.gate, "keep", keep)
        await one.fetching.round()
        assert (one.states(), len(one.look(files.c.sha256)), len(one.said())) == (["done", "done"], 1, 2)


async def test_of_a_tap_that_waits_behind_a_file_it_stays_unknown_when_it_was_sent(
    current_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with processes(current_database_url, tmp_path) as ((one,), _, store):
        undated = list[bool]()
        take = one.app.take_or_decline

        async def noted(inbound: Inbound) -> None:
            undated.append(inbound.undated)
            await take(inbound)

        await one.gets(document(1))
        who = {"id": ME, "first_name": "x"}
        shown = {"message_id": 1, "date": 1, "chat": {"id": ME, "type": "private"}}
        query = {"id": "q", "from": who, "chat_instance": "1", "message": shown, "data": "a:show:1"}
        await one.poller.accept([{"update_id": 2, "callback_query": query}], late=True)
        monkeypatch.setattr(one.app, "take_or_decline", noted)
        store.there.set()
        await one.fetching.round()
        assert (one.states(), undated) == (["done", "done"], [False, True])


def together_of(*updates: dict[str, Any]) -> Inbound:
    """Some updates as one message, without its files."""
    read = [reading.read(one, ACCOUNT, START) for one in updates]
    return together([incoming.inbound for incoming in read if incoming is not None])


async def test_a_file_out_of_reach_is_tried_on_by_real_outcomes_and_given_up(
    current_database_url: str, tmp_path: Path
) -> None:
    """Its sender is told once that it is waited for, and once that it did not come; then what waited goes on."""
    async with processes(current_database_url, tmp_path) as ((one,), clock, store):
        store.fault = UnreachableError("reset")
        await one.gets(document(1), update(2, text="在吗"))
        while one.states() == ["waiting", "waiting"]:
            await one.fetching.round()
            clock.now += timedelta(seconds=1)
        assert PATIENCE <= clock.now - START <= PATIENCE + timedelta(seconds=LONGEST_WAIT + 5)
        assert store.asked == 11
        assert one.states() == ["done", "done"]
        waits, failed, answer = one.said()
        assert "正在继续取" in waits
        assert "请再发一次" in failed
        assert "请再发" not in answer


async def test_a_file_that_comes_late_is_taken(current_database_url: str, tmp_path: Path) -> None:
    async with processes(current_database_url, tmp_path) as ((one,), clock, store):
        store.fault = ApiError(429, "Too Many Requests", 40.0)
        await one.gets(document(1))
        await one.fetching.round()
        clock.now += timedelta(seconds=39)
        await one.fetching.round()
        assert store.asked == 1, "the platform asked for patience"
        clock.now += timedelta(seconds=1)
        store.fault = None
        store.there.set()
        await one.fetching.round()
        assert one.states() == ["done"]
        assert len(one.look(files.c.sha256)) == len(one.said()) == 1


async def test_a_process_that_ends_in_mid_fetch_loses_nothing_and_has_made_no_try(
    current_database_url: str, tmp_path: Path
) -> None:
    """Another takes it up once the lease is over; what ends processes again and again is set aside."""
    async with processes(current_database_url, tmp_path) as ((one,), clock, store):
        await one.gets(document(1), update(2, text="在吗"))
        claim = partial(fetching.claim, channel=NAME, account=ACCOUNT, limit=5)
        for lost in range(LOST):
            (claimed,) = one.app.database.run(lambda conn: claim(conn, now=clock.now))
            assert (claimed.update_id, claimed.attempts, claimed.leases_lost) == (1, 1, lost)
            assert one.app.database.run(lambda conn: claim(conn, now=clock.now)) == [], "the second waits behind"
            clock.now += LEASE
        await one.fetching.round()
        assert (store.asked, one.states()) == (0, ["failed", "done"])
        assert "没有处理成功" in one.said()[0]


async def test_what_may_be_what_ends_processes_is_begun_alone(current_database_url: str, tmp_path: Path) -> None:
    """What was in hand beside it is lost with it as often, and must not end with it."""
    async with processes(current_database_url, tmp_path) as ((one,), clock, _):
        await one.gets(document(1), document(2, OTHER))
        look = partial(fetching.waits, channel=NAME, account=ACCOUNT)

        def claimed(*, idle: bool) -> list[int]:
            claim = partial(fetching.claim, channel=NAME, account=ACCOUNT, now=clock.now, limit=5, idle=idle)
            return [found.update_id for found in one.app.database.run(claim)]

        for _ in range(SUSPECT):
            assert claimed(idle=False) == [1, 2]
            clock.now += LEASE
        await one.gets(update(3, OTHER, text="在吗"))
        for idle, found in ((False, []), (True, [1]), (False, []), (True, [2])):
            assert one.app.database.look(partial(look, now=clock.now, idle=idle)) is bool(found)
            assert claimed(idle=idle) == found
        assert one.states() == ["waiting"] * 3


async def test_who_is_killed_after_the_fetch_and_before_the_commit_stores_nothing_twice(
    current_database_url: str, tmp_path: Path
) -> None:
    """The first stood still in mid-fetch, and its lease ran out; both have the file now, and one message is taken."""
    async with processes(current_database_url, tmp_path, 2) as ((one, two), clock, store):
        await one.gets(document(1))
        running = asyncio.create_task(one.fetching.round())
        await store.until_asked(1)
        clock.now += LEASE
        second = asyncio.create_task(two.fetching.round())
        await store.until_asked(2)
        store.there.set()
        await asyncio.gather(running, second)
        assert (one.states(), len(one.said()), len(one.look(files.c.sha256))) == (["done"], 1, 1)


async def test_a_lease_is_held_as_long_as_a_file_takes(current_database_url: str, tmp_path: Path) -> None:
    async with processes(current_database_url, tmp_path, 2) as ((one, two), clock, store):
        ticks = iter(range(0, 10_000, 20))
        one.fetching._ticks, one.fetching._renewed = lambda: float(next(ticks)), 0.0
        await one.gets(document(1))
        await one.fetching.turn()
        for _ in range(10):
            clock.now += LEASE / 2
            await one.fetching.turn()
            await two.fetching.turn()
        await store.until_asked(1)
        assert not two.fetching._in_hand
        lost = one.look(inbox.c.leases_lost)
        assert lost == [(0,)]
        store.there.set()


async def test_a_message_that_fails_by_its_own_fault_is_set_aside_and_what_waited_goes_on(
    current_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with processes(current_database_url, tmp_path) as ((one,), clock, store):
        store.there.set()

        async def keep(*_: object) -> object:
            raise NotImplementedError("zip file version 25.5")

        monkeypatch.setattr(one.app.gate, "keep", keep)
        await one.gets(document(1), update(2, text="在吗"))
        for _ in range(FAULTS):
            await one.fetching.round()
            clock.now += timedelta(seconds=LONGEST_WAIT)
        assert one.states() == ["failed", "done"]
        assert len(one.said()) == 2
