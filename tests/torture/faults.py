"""What goes wrong, each by itself: an injector does harm for a while, makes it good again, and counts what it did."""

import asyncio
import random
import struct
import subprocess
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from os import posix_fallocate
from pathlib import Path
from shutil import disk_usage
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Insert,
    Table,
    Update,
    create_engine,
    insert,
    literal,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.pool import NullPool

from storage.tables import answers, conversations, identities, inbox, outbox, prompts
from tests.postgres import Postgres
from tests.telegram.fake_api import Chat, FakeApi, Fault
from tests.telegram.rules import Refusal
from tests.torture.clock import Hand

FAILING = 0.2
"""The share of calls that fail."""
LEAP = timedelta(hours=26)
"""More than is believed without the operator's word."""
SLIP = 15.0
"""Seconds by which a clock is set right, to and fro."""
HELD = (2.0, 12.0)
"""Seconds for which somebody else holds the database: also for longer than is waited for it."""
POISON = ("outbox", "inbox", "prompts", "answers", "conversations")


@dataclass
class Scene:
    """Where it goes wrong. `chance` decides when and how; `counted`: how often what went wrong."""

    api: FakeApi
    chance: random.Random
    hands: list[Hand]
    engine: Engine
    victims: list[Chat]
    """Whose rows may be poisoned."""
    room: Path | None
    """A file system of its own on which the database lies; None: none could be mounted."""
    server: Postgres | None
    """None: SQLite."""
    counted: Counter[str] = field(default_factory=Counter[str])
    reviving: asyncio.Lock = field(default_factory=asyncio.Lock)
    away: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    """When the database was away, by `monotonic`."""

    def seconds(self, least: float, most: float) -> float:
        """A while."""
        return self.chance.uniform(least, most)


def weather(scene: Scene) -> Callable[[str], Fault | Refusal | None]:
    """Of all calls a share fails: not done, done without an answer, or only after a while."""

    def fails(method: str) -> Fault | Refusal | None:
        if scene.chance.random() >= FAILING:
            return None
        fault: Fault | Refusal = scene.chance.choices(
            ("502", "500", "reset", "lost", "hang", Refusal(429, "Too Many Requests: retry after 1", retry_after=1)),
            (6, 3, 5, 6, 0.2, 4),
        )[0]
        scene.counted[f"call: {fault.code if isinstance(fault, Refusal) else fault}"] += 1
        del method
        return fault

    return fails


Injector = Callable[[Scene], Awaitable[None]]


async def mixed_up(scene: Scene) -> None:
    """Updates come twice and in another order."""
    scene.counted["updates doubled and reordered"] += 1
    scene.api.repeat = scene.api.shuffle = True
    try:
        await asyncio.sleep(scene.seconds(3, 10))
    finally:
        scene.api.repeat = scene.api.shuffle = False


async def platform_away(scene: Scene) -> None:
    """Nobody reaches the platform."""
    scene.counted["platform away"] += 1
    scene.api.away = True
    try:
        await asyncio.sleep(scene.seconds(2, 10))
    finally:
        scene.api.away = False


async def clock_slips(scene: Scene) -> None:
    """A clock is set right by seconds, to and fro."""
    scene.counted["clock stepped by seconds"] += 1
    hand, by = scene.chance.choice(scene.hands), timedelta(seconds=scene.seconds(-SLIP, SLIP))
    hand.step(by)
    try:
        await asyncio.sleep(scene.seconds(3, 10))
    finally:
        hand.step(-by)


async def clock_leaps(scene: Scene) -> None:
    """A clock leaps by more than a day, and is put right: nothing of what time brings may be done by it."""
    scene.counted["clock leapt by 26 h"] += 1
    hand = scene.chance.choice(scene.hands)
    hand.step(LEAP)
    try:
        await asyncio.sleep(scene.seconds(3, 8))
    finally:
        hand.step(-LEAP)


async def locked(scene: Scene) -> None:
    """Another program holds the database."""
    scene.counted["database locked"] += 1
    await _noting(scene, asyncio.to_thread(_hold, scene.engine, scene.seconds(*HELD)))


def _hold(engine: Engine, seconds: float) -> None:
    hold = "BEGIN EXCLUSIVE" if engine.dialect.name == "sqlite" else "LOCK TABLE outbox, inbox IN ACCESS EXCLUSIVE MODE"
    # The server may be ended meanwhile.
    with suppress(OperationalError, InterfaceError), engine.connect() as connection:
        connection.exec_driver_sql(hold)
        # No SQL: whoever is killed by the server then fails at its end.
        with suppress(TimeoutError):
            asyncio.run(asyncio.wait_for(asyncio.Event().wait(), seconds))
        connection.rollback()


async def disk_full(scene: Scene) -> None:
    """The disk of the database is full."""
    assert scene.room is not None
    scene.counted["disk full"] += 1
    ballast = scene.room / "ballast"
    with ballast.open("wb") as file, suppress(OSError):
        posix_fallocate(file.fileno(), 0, disk_usage(scene.room).free)
    try:
        await _noting(scene, asyncio.sleep(scene.seconds(2, 8)))
    finally:
        ballast.unlink()
    await revive(scene)


async def server_killed(scene: Scene) -> None:
    """PostgreSQL ends in the middle of whatever it does, and is started again."""
    assert scene.server is not None
    scene.counted["PostgreSQL killed"] += 1

    async def kill(server: Postgres) -> None:
        # On a full disk it may have ended by itself.
        with suppress(RuntimeError):
            await asyncio.to_thread(server.crash)
        await asyncio.sleep(scene.seconds(0, 6))
        await revive(scene)

    await _noting(scene, kill(scene.server))


async def revive(scene: Scene) -> None:
    """Start the server, where there is one and it does not run."""
    if scene.server is not None:
        async with scene.reviving:
            with suppress(RuntimeError):
                await asyncio.to_thread(scene.server.restart)


async def poison(scene: Scene) -> None:
    """A row of somebody becomes what cannot be read."""
    if not scene.victims:
        return
    what, chat = scene.chance.choice(POISON), scene.chance.choice(scene.victims)
    # The database may be away.
    with suppress(OperationalError, InterfaceError):
        if await asyncio.to_thread(poisoned, scene.engine, what, str(chat.id), scene.chance.randrange(1 << 40)):
            scene.counted[f"poisoned: {what}"] += 1


def poisoned(engine: Engine, what: str, chat: str, number: int) -> bool:
    """Poison a row of a table that is somebody's; whether there was one."""
    # PostgreSQL keeps nothing that is no JSON at all.
    broken = engine.dialect.name == "sqlite" and number % 2
    bad: ColumnElement[Any] = literal_column("""'{"words":'""" if broken else """'[{"words":"x"}]'""")
    of_them = select(identities.c.person).where(identities.c.external_id == chat, identities.c.person.is_not(None))
    fronts = select(conversations.c.id).where(conversations.c.state == "front", conversations.c.person.in_(of_them))
    unsent = {"lease_until": null(), "sent_at": null(), "message_id": null(), "card": null(), "follows": null()}
    statements: dict[str, Insert | Update] = {
        "outbox": _copied(outbox, chat, "id", dedupe=literal(f"poison/{number}"), body=bad, state=_READY, **unsent),
        "inbox": _copied(
            inbox, chat, "update_id", raw=bad, update_id=literal(-number), event=null(), state=literal("waiting")
        ),
        "prompts": update(prompts)
        .where(prompts.c.state == "open", prompts.c.conversation.in_(fronts))
        .values(picked=bad),
        "answers": update(answers).where(answers.c.conversation.in_(fronts)).values(value=bad),
        "conversations": update(conversations).where(conversations.c.id.in_(fronts)).values(brief=bad),
    }
    with engine.begin() as connection:
        return bool(connection.execute(statements[what]).rowcount)


_READY = literal("ready")


def _copied(rows: Table, chat: str, key: str, **changed: ColumnElement[Any]) -> Insert:
    """Copy somebody's first row of a table, changed."""
    names = [column.name for column in rows.c if column.name != "id"]
    values = [changed.get(name, rows.c[name]) for name in names]
    first = select(*values).where(rows.c.external_id == chat).order_by(rows.c[key]).limit(1)
    return insert(rows).from_select(names, first)


async def _noting(scene: Scene, harm: Awaitable[None]) -> None:
    began = asyncio.get_running_loop().time()
    try:
        await harm
    finally:
        scene.away.append((began, asyncio.get_running_loop().time()))


def all_of(scene: Scene) -> dict[Injector, tuple[float, float]]:
    """What can go wrong here, and how many seconds lie between two times of it."""
    found: dict[Injector, tuple[float, float]] = {
        mixed_up: (5, 15),
        platform_away: (40, 80),
        clock_slips: (10, 25),
        clock_leaps: (60, 100),
        locked: (40, 80),
        poison: (2, 6),
    }
    if scene.room is not None:
        found[disk_full] = (50, 100)
    if scene.server is not None:
        found[server_killed] = (50, 100)
    return found


async def again_and_again(injector: Injector, scene: Scene, pause: tuple[float, float]) -> None:
    """Let one thing go wrong again and again, until cancelled; then it is made good."""
    while True:
        await asyncio.sleep(scene.seconds(*pause))
        await injector(scene)


def bad_files() -> list[bytes]:
    """Photos that are none: a text, half a photo, a picture that would fill the memory."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1 << 20))), (b"IEND", b""))
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )
    return [b"this is no photo" * 50, b"\xff\xd8\xff\xe0" + bytes(300), bomb]


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """Mount a small file system at a folder, and say whether this user may."""
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "anzhu-torture", str(folder)],
        capture_output=True,
        check=False,
    )
    try:
        yield mounted.returncode == 0
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)


def connected(url: str) -> Engine:
    """A way into the database for whoever harms it: nobody's pool, and patient."""
    return create_engine(url, poolclass=NullPool, connect_args={"timeout": 30} if url.startswith("sqlite") else {})
