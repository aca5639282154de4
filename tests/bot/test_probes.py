"""/healthz, /readyz, /metrics: what whoever watches a process is told, and what it is not."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text, update

from bot import probes, serving
from bot.listening import HOST, listen
from bot.loops import CLOCKWORK, DELIVERY, DRAWING, GRACE, POLL, Loops
from bot.metrics import CLASSES, KINDS, Metrics
from storage import leases, schema, signs, webhooks
from storage.signs import Sign
from storage.tables import outbox
from storage.webhooks import Webhook
from talk.messages import Address, Broken, Inbound, Kind, Outbound, Outcome
from tests.service.conftest import CITY, FOOD, row
from tests.town import Town

SECRET = "张演密"
Ask = Callable[..., Awaitable[tuple[int, str]]]


class Life:
    """Whether the writer answers."""

    alive: bool | None = True

    async def __call__(self) -> bool:
        if self.alive is None:
            await asyncio.Event().wait()
        return bool(self.alive)


@pytest.fixture
def town(current_database_url: str, tmp_path: Path) -> Iterator[Town]:
    """One enterprise."""
    founded = Town.found(current_database_url, tmp_path)
    founded.register(row())
    yield founded
    founded.app.close()


@pytest.fixture
def life() -> Life:
    return Life()


@pytest.fixture
async def ask(town: Town, life: Life) -> AsyncIterator[Ask]:
    """Give a way to ask the port of a process."""
    listener = listen(0)
    port = listener.getsockname()[1]
    metrics = Metrics(town.app)
    town.app.meter = metrics
    application = probes.application(town.app, metrics, [town.channel], life)
    answering = asyncio.create_task(serving.serve(application, listener))
    async with aiohttp.ClientSession(f"http://{HOST}:{port}") as session:

        async def asked(path: str, **headers: str) -> tuple[int, str]:
            async with session.get(path, headers=headers) as answer:
                return answer.status, await answer.text()

        yield asked
    answering.cancel()
    await asyncio.wait([answering])


def test_a_loop_stands_once_it_is_later_than_it_said() -> None:
    now = 0.0
    loops = Loops(lambda: now)
    assert loops.turn_all()
    loops.turns(POLL, 30)
    loops.turns(DELIVERY)
    now = GRACE + 1
    assert loops.known() == {POLL: True, DELIVERY: False}
    assert not loops.turn_all()
    loops.turns(DELIVERY)
    assert loops.turn_all()


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
async def test_a_process_lives_while_its_loops_turn_and_its_writer_answers(
    town: Town, ask: Ask, life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await ask("/healthz") == (200, "ok\n")
    assert (await ask("/healthz", Host="attacker.example"))[0] == 400
    town.app.loops.turns(CLOCKWORK, -GRACE - 1)
    assert await ask("/healthz") == (503, "clockwork\n")
    town.app.loops.turns(CLOCKWORK)
    monkeypatch.setattr(probes, "PATIENCE", 0.05)
    for alive in (False, None):
        life.alive = alive
        assert await ask("/healthz") == (503, "writer\n")


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
async def test_a_process_is_ready_while_updates_are_taken_into_tables_that_it_knows(
    town: Town, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await ask("/readyz") == (503, "updates\n")

    def polled(ago: timedelta) -> None:
        town.use(lambda uow: uow.conn.exec_driver_sql("DELETE FROM signs").close())
        sign = Sign(signs.POLL, town.channel.name, town.channel.account, datetime.now(UTC) - ago)
        town.use(lambda uow: signs.note(uow.conn, [sign]))

    polled(timedelta(seconds=30))
    assert await ask("/readyz") == (200, "ok\n")
    polled(timedelta(minutes=6))
    assert await ask("/readyz") == (503, "updates\n")
    polled(timedelta())
    town.use(lambda uow: uow.conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'").close())
    assert await ask("/readyz") == (503, "schema\n")
    served = text("INSERT INTO schema_serves VALUES ('9999', :mine)").bindparams(mine=schema.head())
    town.app.database.guard = None
    town.use(lambda uow: uow.conn.execute(served).close())
    assert await ask("/readyz") == (200, "ok\n")

    def away(*_: object, **__: object) -> list[str]:
        raise OSError

    monkeypatch.setattr(probes, "_lacking", away)
    assert await ask("/readyz") == (503, "database\n")


HOLDER = "vm-1/4711/0a1b2c3d"
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
BOUNDED = {
    "outcome": {
        *("taken", "repeated", "failed", "away", "done", "refused"),
        *("sent", "throttled", "channeldown", "rejected", "broken", "unsent"),
    },
    "priority": set(CLASSES.values()),
    "kind": set(KINDS),
    "loop": {POLL, DELIVERY, DRAWING, CLOCKWORK},
    "channel": {"web", "telegram"},
    "holder": {HOLDER},
    "version": {version("anzhu")},
    "tables": {schema.head()},
}
"""Every value that a label may have; besides, buckets have their bounds, and a job its name in the program."""


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
async def test_the_metrics_tell_figures_and_nothing_of_anybody(
    town: Town, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await town.join(SECRET, "officer", FOOD)
    await person.say(f"{SECRET} 13900139000")

    tried = asyncio.Event()

    async def fail(address: Address, message: Outbound, replaces: str | None) -> Outcome:
        del replaces
        tried.set()
        return Broken(f"{address.external_id}: {message.text}")

    monkeypatch.setattr(town.channel, "send", fail)
    await town.app.take(_said(person.address, 900))
    await town.app.take(_said(person.address, 900))
    sending = asyncio.create_task(town.app.delivery.run())
    await asyncio.wait_for(tried.wait(), 10)
    sending.cancel()
    await asyncio.wait([sending])
    town.use(lambda uow: uow.conn.execute(update(outbox).values(not_before=uow.wall - timedelta(days=1))).close())
    until = datetime.now(UTC) + timedelta(seconds=leases.SPAN)
    town.use(lambda uow: leases.take(uow.conn, "telegram", "1", HOLDER, until))
    brings = Webhook("telegram", "1", "https://bot.example.cn/x", until, 3, datetime.fromtimestamp(7, UTC), "x")
    town.use(lambda uow: webhooks.note(uow.conn, brings))
    status, told = await ask("/metrics")
    assert status == 200
    for figure in (
        'anzhu_steps_total{outcome="repeated"} 1.0',
        'anzhu_sends_total{outcome="broken",priority="reply"}',
        "anzhu_step_seconds_bucket",
        "anzhu_letters_oldest_seconds",
        "anzhu_updates_oldest_seconds 0.0",
        "anzhu_leases_expired 0.0",
        "anzhu_disk_free_bytes",
        "anzhu_database_up 1.0",
        "anzhu_build_info{",
        f'anzhu_poll_lease_info{{channel="telegram",holder="{HOLDER}"}} 1.0',
        'anzhu_poll_lease_age_seconds{channel="telegram"} ',
        'anzhu_webhook_pending_updates{channel="telegram"} 3.0',
        'anzhu_webhook_last_error_timestamp_seconds{channel="telegram"} 7.0',
        "anzhu_papers_oldest_seconds 0.0",
        'anzhu_alarm{kind="outbox"} 0.0',
        'anzhu_loop_turns{loop="delivery"} 1.0',
        "anzhu_writer_longest_job_seconds{job=",
        "process_resident_memory_bytes",
    ):
        assert figure in told, figure
    own = [line for line in told.splitlines() if line.startswith("anzhu")]
    for name, value in LABEL.findall("\n".join(own)):
        if name == "job":
            assert re.fullmatch(r"[A-Za-z_.]+", value), value
        elif name != "le":
            assert value in BOUNDED[name], (name, value)
    assert not [secret for secret in (SECRET, "13900139000", CITY, FOOD) if secret in told]


def _said(address: Address, number: int) -> Inbound:
    return Inbound(address, number, datetime.now(UTC), Kind.TEXT, text="/tasks")
