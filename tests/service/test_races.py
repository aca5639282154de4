"""Replicas beside each other: one person's messages, one tick, one kill between the commit and the reply."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from bot.app import App
from bot.settings import Settings
from bot.witness import _note_settings
from service.care import alarms
from service.care.findings import Finding, Level
from service.core.unit_of_work import UnitOfWork
from service.district.sheet import CoveragePaper
from service.reminders import tick as reminders
from storage import people
from storage.tables import answers, audit, conversations, duties, inbox, outbox
from talk.messages import Address, Button, Inbound, Kind, Outbound, Outcome
from talk.texts import Say
from tests.service.conftest import CITY, FOOD, row
from tests.service.site import Site
from tests.service.test_contradictions import find_nothing, phone_hot_work
from tests.service.test_dispatch import open_card
from tests.town import SECRET, Mailbox, Person, Town


@pytest.fixture
def second(town: Town, town_url: str, tmp_path: Path) -> Iterator[App]:
    """Another replica on the same database."""
    settings = Settings(data_dir=tmp_path, database_url=town_url, secret_key=SECRET)
    replica = App(settings, [Mailbox()], wall=lambda: town.now)
    yield replica
    replica.close()


def tapped(person: Person, button: Button, number: int) -> Inbound:
    """A tap as a replica gets it."""
    return Inbound(person.address, number, person.town.now, Kind.BUTTON, data=button.data)


async def test_two_replicas_get_the_same_update(town: Town, second: App, principal: Person) -> None:
    await open_card(principal)
    update = tapped(principal, principal.button("已调度"), 5_000)
    taken = await asyncio.gather(*(app.take(update) for app in (town.app, second) for _ in range(4)))
    assert sorted(taken) == [False] * 7 + [True]
    assert principal.look().count("主持") == 1


async def test_two_replicas_get_two_taps_of_one_person(town: Town, second: App, principal: Person) -> None:
    """Whichever is first: one answer of the key is current, one prompt waits, nothing failed."""
    await open_card(principal)
    await principal.tap("已调度")
    yes, no = principal.button("是"), principal.button("否")
    await asyncio.gather(town.app.take(tapped(principal, yes, 5_001)), second.take(tapped(principal, no, 5_002)))
    said = principal.look()
    assert "哪天" in said
    assert "抱歉" not in said

    def current(conn: Connection) -> int:
        statement = select(func.count()).where(answers.c.key == "in_person", answers.c.current)
        return int(conn.execute(statement).scalar_one())

    assert town.app.database.look(current) == 1


async def test_two_replicas_confirm_at_once_what_does_not_agree(
    town: Town, second: App, principal: Person, clerk: Person
) -> None:
    """Whichever is second knows of the first, and is asked for a sentence."""
    await find_nothing(principal)
    await phone_hot_work(clerk, "2人")
    check, call = principal.button("确认提交"), clerk.button("确认代录")
    await asyncio.gather(town.app.take(tapped(principal, check, 5_005)), second.take(tapped(clerk, call, 5_006)))
    said = principal.look() + clerk.look()
    assert said.count("没有提交：有关的填报或统计数已有变化") == 1
    assert said.count("请用一句话说明。") == 1


async def test_two_replicas_start_two_conversations_of_one_person(town: Town, second: App, principal: Person) -> None:
    await principal.say("/tasks")
    first = await open_card(principal)
    assert first
    card = principal.button("已调度")
    await asyncio.gather(
        town.app.take(tapped(principal, card, 5_003)),
        second.take(Inbound(principal.address, 5_004, town.now, Kind.TEXT, text="/feedback")),
    )
    states = town.app.database.look(
        lambda conn: conn.execute(
            select(conversations.c.state, func.count())
            .where(conversations.c.state.in_(("front", "waiting")))
            .group_by(conversations.c.state)
        ).all()
    )
    assert sorted(tuple(state) for state in states) == [("front", 1), ("waiting", 1)]


def test_two_replicas_tick_at_once(town: Town, second: App) -> None:
    town.register(row())
    town.pass_time(days=30)
    ticks = [
        app.database.submit(lambda conn, app=app: reminders.tick(app._uow(conn, town.now, b"seed", "tick")))  # type: ignore[misc]  # bound now
        for app in (town.app, second, town.app, second)
    ]
    planned = [tick.result(30).planned for tick in ticks]
    assert sorted(bool(number) for number in planned) == [False] * 3 + [True], planned
    keys = town.app.database.look(
        lambda conn: conn.execute(select(duties.c.obligation, duties.c.subject, duties.c.period)).all()
    )
    assert len(keys) == len(set(keys))


KILLED = """
import asyncio, os, signal, sys
from datetime import datetime
from bot.app import App
from bot.settings import Settings
from talk.messages import Address, Inbound, Kind
from tests.town import Mailbox

now = datetime.fromisoformat(sys.argv[1])
app = App(Settings(), [Mailbox()], wall=lambda: now)
update = Inbound(Address("web", "test", sys.argv[2]), 6_000, now, Kind.BUTTON, data=sys.argv[3])

async def main() -> None:
    await app.take(update)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_a_kill_between_the_commit_and_the_reply(
    town: Town, principal: Person, town_url: str, tmp_path: Path
) -> None:
    """The answer is kept and its reply leaves from the next process that delivers; the platform, which
    never heard that the update was taken, sends it again, and it is taken once.
    """
    await open_card(principal)
    button = principal.button("已调度")
    ended = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", KILLED, town.now.isoformat(), principal.address.external_id, button.data],
        env={
            **os.environ,
            "ANZHU_DATA_DIR": str(tmp_path),
            "ANZHU_DATABASE_URL": town_url,
            "ANZHU_SECRET_KEY": SECRET,
        },
        check=False,
        timeout=60,
    )
    assert ended.returncode == -signal.SIGKILL
    assert await town.app.take(tapped(principal, button, 6_000)) is False
    await town.app.delivery.round()
    assert [text for text in town.channel.texts_to(principal.address) if "主持" in text]
    assert principal.look().count("主持") == 1


class SlowMailbox(Mailbox):
    """A channel on which one address takes very long."""

    def __init__(self, slow: str) -> None:
        super().__init__()
        self.slow = slow
        self.released = asyncio.Event()
        self.arrivals = asyncio.Semaphore(0)

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> Outcome:
        if address.external_id == self.slow:
            await self.released.wait()
        outcome = await super().send(address, message, replaces)
        self.arrivals.release()
        return outcome


async def test_one_slow_address_delays_no_other(town: Town) -> None:
    channel = SlowMailbox("慢")
    settings = town.app.settings
    app = App(settings, [channel], wall=lambda: town.now)
    with closing(app):
        delivering = asyncio.create_task(app.delivery.run())
        for number, name in enumerate(("慢", "快", "慢", "快")):
            await app.take(Inbound(Address("web", "test", name), 7_000 + number, town.now, Kind.TEXT, text="/help"))
        async with asyncio.timeout(20):
            await channel.arrivals.acquire()
            await channel.arrivals.acquire()
        assert len(channel.texts_to(Address("web", "test", "快"))) == 2
        assert channel.texts_to(Address("web", "test", "慢")) == []
        channel.released.set()
        async with asyncio.timeout(20):
            await channel.arrivals.acquire()
            await channel.arrivals.acquire()
        delivering.cancel()
        await asyncio.gather(delivering, return_exceptions=True)


async def test_an_update_that_fails_alone_is_kept_as_failed(
    town: Town, principal: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.incoming.respond", lambda *_: 1 / 0)
    assert "抱歉，刚才没有处理成功" in await principal.say("你好")
    monkeypatch.undo()
    assert "最近的一项" in await principal.say("你好")
    states = town.app.database.look(
        lambda conn: conn.execute(select(inbox.c.state).order_by(inbox.c.update_id)).scalars().all()
    )
    assert list(states).count("failed") == 1
    assert "abandoned" not in town.app.database.look(lambda conn: conn.execute(select(outbox.c.state)).scalars().all())


async def test_two_replicas_run_their_rounds_at_once_and_nothing_of_them_is_done_twice(town: Town, second: App) -> None:
    """Duties, reminders, prompts to a site, roles that end, papers, alarms: each is said once and is once on record."""
    site = await Site.found(town)
    site.started()
    operator = await town.join("王演值", "operator", CITY)
    city = await town.join("赵演六", "city", CITY)
    paper = CoveragePaper(((city.id, Say("papers-failed")),), None)
    number = site.crew["officer"].id

    def ends(uow: UnitOfWork) -> None:
        (role,) = people.roles(uow.conn, number)
        people.set_end(uow.conn, role.id, town.now + timedelta(days=20), "")
        uow.papers.append(paper)

    town.use(ends)
    before = town.app.database.look(lambda conn: conn.execute(select(func.max(audit.c.id))).scalar_one())
    wrong = [Finding("outbox", Level.ERROR, "x")]

    async def rounds(app: App) -> None:
        await app.tick()
        await asyncio.to_thread(app.use, partial(alarms.look, found=wrong))
        await asyncio.to_thread(app.use, partial(_note_settings, bot=app))

    for hours in (9, 15, 600):
        town.pass_time(hours=hours)
        await asyncio.gather(*(rounds(app) for app in (town.app, second, town.app, second)))

    def told(conn: Connection) -> list[tuple[object, ...]]:
        found = select(outbox.c.person, outbox.c.kind, outbox.c.body, outbox.c.created_at)
        rows = conn.execute(found.where(outbox.c.kind != "reply")).all()
        return [(row.person, row.kind, row.body["text"], str(row.body["files"]), row.created_at) for row in rows]

    def noted(conn: Connection) -> list[tuple[object, ...]]:
        found = select(audit.c.event, audit.c.subject, audit.c.actor, audit.c.at, audit.c.data)
        rows = conn.execute(found.where(audit.c.id > before)).all()
        return [(row.event, row.subject, row.actor, row.at, str(row.data)) for row in rows]

    letters, events = town.app.database.look(told), town.app.database.look(noted)
    assert [one for one, times in Counter(letters).items() if times > 1] == []
    assert [one for one, times in Counter(events).items() if times > 1] == []
    kinds = {kind for _, kind, *_ in letters}
    assert kinds >= {"reminder", "permit-prompt", "alarm", "paper", "role-ended"}, kinds
    assert [kind for person, kind, *_ in letters if person == operator.id and kind == "alarm"]
    assert Counter(event for event, *_ in events)["settings"] == 1
    assert not [event for event, subject, *_ in events if event == "role-ended" and subject != FOOD]
