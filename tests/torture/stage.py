"""One run: people talk to some processes on a database while everything fails; then it is quiet, and all is counted."""

import asyncio
import random
import shutil
import signal
from collections import Counter
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack, ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from time import monotonic
from typing import Literal

import httpx2
from sqlalchemy import Connection

from bot.app import App
from bot.settings import Settings
from service.core.unit_of_work import UnitOfWork
from service.duties import planning
from service.people import inviting
from service.registry.enterprise_import import import_enterprises
from service.reminders import tick
from service.workers.worker_import import import_workers
from storage import duties
from storage.engine import open_database
from storage.schema import upgrade
from tests.network import free_port
from tests.postgres import Postgres, running_postgres
from tests.service import welders
from tests.service.lines import code, line
from tests.telegram.fake_api import TOKEN, Door, FakeApi
from tests.torture import faults, ledger
from tests.torture.clock import Hand
from tests.torture.faults import Injector, Scene
from tests.torture.ledger import Kept, Life, Twice
from tests.torture.people import Crew, Pastime, Person, Waits, bother, dispatch, hot_work
from tests.torture.processes import Command, Constants, begin, ended
from tests.town import SECRET, START

Kind = Literal["sqlite", "postgresql"]
PATIENCE = 400.0
"""Seconds of quiet in which everybody must have finished: crews watch for fires through several rounds."""
BETWEEN_KILLS = (0.3, 1.5)
BURST = (10, 20)
"""Kills one after another, before everybody is left alone for a while."""
RESTART = 0.1
"""Seconds after which a process that ended is started anew."""
VICTIMS = 3
OF_THE_CREWS, OF_THE_VICTIMS = 10_000, 20_000
"""Where the numbers of their chats and enterprises begin."""
SEATS = ("officer", "principal", "worker", "worker")
DISK = 256
"""Megabytes of the disk that runs full."""


@dataclass(frozen=True)
class Plan:
    """What a run is to be."""

    library: str
    database: Kind
    processes: int
    kills: int
    talks: int
    crews: int
    seed: int
    everything: bool = True
    """Whether more goes wrong than kills and calls that fail."""
    constants: Constants = field(default_factory=dict[str, object])
    calm: tuple[float, float] = (35.0, 50.0)
    """Seconds between two bursts of kills: longer than the lease of polling, which the killed one holds."""
    webhook: bool = False
    """Whether the platform brings updates, to each process in turn."""


@dataclass(frozen=True)
class Figures:
    """What came of it."""

    plan: Plan
    kills: int
    finished: int
    people: int
    kept: Kept
    twice: Twice
    waits: Waits
    faults: Counter[str]
    ended_alone: Counter[int]
    """Processes that ended by themselves, by their exit code: on a full disk, or without a database, none can start."""
    believed: bool
    """Whether a clock that leapt was refused until the operator's word, and believed after it."""
    unfinished: list[str]
    seconds: float

    @property
    def broken(self) -> list[str]:
        """What of the promise was not kept, as one would say it."""
        kept = self.kept
        found = {
            "answers lost": kept.lost,
            "answers stored twice": kept.twice,
            "updates lost": kept.updates_lost,
            "replies and prompts unsent": kept.unsent,
            "replies and prompts missing": len(self.waits.missing),
            "unfinished": self.people - self.finished,
            "letters twice without a reason": len(self.twice.unexplained),
            "done by a wrong clock": kept.by_a_wrong_clock,
            "a leap of the clock not refused": not self.believed,
        }
        numbers = [f"{what}: {int(number)}" for what, number in found.items() if number]
        return [*numbers, *self.waits.missing, *self.twice.unexplained, *self.unfinished]


@dataclass
class _Slot:
    """The place of one process, which is started anew whenever it ends."""

    hand: Hand
    port: int
    """Where the platform calls."""
    process: ForkServerProcess | None = None
    life: int = 0
    killed: bool = False


class _Stage:
    """The processes of a run and what is done to them."""

    def __init__(self, plan: Plan, api: FakeApi, folder: Path, settings: Settings, hands: Sequence[Hand]) -> None:
        self.plan = plan
        self.chance = random.Random(f"kills/{plan.seed}")
        self.slots = [_Slot(hand, free_port()) for hand in hands]
        self.lives: dict[int, Life] = {0: Life(0.0, 0.0, killed=False)}
        self.ended_alone = Counter[int]()
        self.kills = 0
        self._api = api
        self._log = folder / "log.txt"
        self._environment = {
            "ANZHU_DATA_DIR": str(settings.data_dir),
            "ANZHU_DATABASE_URL": settings.database_url,
            "ANZHU_SECRET_KEY": SECRET,
            "ANZHU_TELEGRAM_TOKEN": TOKEN,
            "ANZHU_TELEGRAM_LIBRARY": plan.library,
            "ANZHU_TELEGRAM_RATE": "0",
            "ANZHU_WEBHOOK_URL": "https://bot.example.cn/telegram" if plan.webhook else "",
        }
        if plan.webhook:
            api.doors = [door_at(slot.port) for slot in self.slots]

    def command(self, hand: Hand, life: int, *arguments: str, listen: str = "127.0.0.1:9465") -> Command:
        """A command of the bot, by one of the clocks; `listen`: where the platform calls."""
        addresses = {"ANZHU_TELEGRAM_API": f"{self._api.address}/life/{life}", "ANZHU_WEBHOOK_LISTEN": listen}
        return Command(arguments, self._environment | addresses, self._log, hand.path, self.plan.constants)

    async def keep_up(self, slot: _Slot) -> None:
        """Start the process of a slot whenever it is not there; cancelled, end it in order."""
        try:
            while True:
                slot.life, slot.killed, began = max(self.lives) + 1, False, monotonic()
                self.lives[slot.life] = Life(began, float("inf"), killed=False)
                command = self.command(slot.hand, slot.life, "run", listen=f"127.0.0.1:{slot.port}")
                slot.process = await asyncio.to_thread(begin, command)
                await asyncio.to_thread(slot.process.join)
                assert slot.process.exitcode is not None
                if not slot.killed:
                    self.ended_alone[slot.process.exitcode] += 1
                    self.lives[slot.life] = Life(began, monotonic(), killed=False)
                await asyncio.sleep(RESTART)
        finally:
            if slot.process is not None:
                await ended(slot.process, signal.SIGTERM)

    async def kill_some(self, waits: Waits) -> None:
        """SIGKILL at random moments, in bursts, until it is enough."""
        while True:
            for _ in range(self.chance.randint(*BURST)):
                await asyncio.sleep(self.chance.uniform(*BETWEEN_KILLS))
                slot = self.chance.choice(self.slots)
                if slot.process is None or slot.killed or slot.process.exitcode is not None:
                    continue
                slot.killed = True
                slot.process.kill()
                self.kills += 1
                waits.kills.append(monotonic())
                self.lives[slot.life] = Life(self.lives[slot.life].began, monotonic(), killed=True)
                if self.kills == self.plan.kills:
                    return
            await asyncio.sleep(self.chance.uniform(*self.plan.calm))

    async def believes_after_a_word(self) -> bool:
        """Whether a round is refused when the clock leapt, and made once the operator has accepted it."""
        hand = self.slots[0].hand
        hand.step(faults.LEAP)
        codes = []
        for arguments in (("tick",), ("tick", "--accept-clock"), ("tick",)):
            process = await asyncio.to_thread(begin, self.command(hand, 0, *arguments))
            await asyncio.to_thread(process.join)
            codes.append(process.exitcode)
        return codes[0] != 0 and codes[1:] == [0, 0]


def door_at(port: int) -> Door:
    """A process behind the webhook, which may be gone."""

    async def call(path: str, headers: dict[str, str], body: bytes) -> tuple[int, str]:
        try:
            async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                answer = await client.post(path, headers=headers, content=body)
        except httpx2.TransportError:
            return 502, ""
        return answer.status_code, answer.text

    return call


async def run(
    plan: Plan, folder: Path, *, template: Path | None = None, url: str = "", keep: Path | None = None
) -> Figures:
    """Let people talk, fail everything, let it be quiet, count; `folder` is empty. `template` or `url`: a database with
    the present tables (of SQLite a file to be copied), which no server of ours holds and no small disk; none: both are
    made. `keep`: where the log and the file of the database are kept.
    """
    began = monotonic()
    async with AsyncExitStack() as stack:
        place = stack.enter_context(ExitStack())
        room = folder / "disk"
        mounted = template is None and not url and place.enter_context(faults.small_disk(room, DISK))
        room.mkdir(exist_ok=True)
        server: Postgres | None = None
        if plan.database == "postgresql" and not url:
            # The server runs as another user where this one is root.
            for part in (folder, room):
                await asyncio.to_thread(part.chmod, 0o755)
            server = place.enter_context(running_postgres(within=room))
            url = server.create()
        data = room / "data" if plan.database == "sqlite" else folder / "data"
        data.mkdir()
        if template is not None:
            shutil.copy(template, data / "anzhu.db")
        address = url or f"sqlite:///{data / 'anzhu.db'}"
        if template is None:
            await asyncio.to_thread(upgrade, address)
        api = await stack.enter_async_context(FakeApi(plan.seed))
        offset = START - datetime.now(UTC)
        hands = [Hand(folder / f"clock-{number}", offset) for number in range(plan.processes)]
        api.wall = hands[0].now
        settings = Settings.model_validate(
            {"data_dir": data, "database_url": url, "secret_key": SECRET, "telegram_token": TOKEN}
        )
        scene = Scene(
            api=api,
            chance=random.Random(f"faults/{plan.seed}"),
            hands=hands,
            engine=faults.connected(address),
            victims=[],
            room=room if mounted else None,
            server=server,
        )
        found = await _Run(plan, scene, _Stage(plan, api, folder, settings, hands), settings).through()
        database = await asyncio.to_thread(open_database, address)
        try:
            return await database.read(partial(_figures, run=found, seconds=monotonic() - began))
        finally:
            await asyncio.to_thread(database.close)
            if keep is not None:
                for file in (folder / "log.txt", *data.glob("*.db")):
                    shutil.copy(file, keep / f"{plan.database}-{plan.library}-{file.name}")


class _Run:
    """Everybody of a run."""

    def __init__(self, plan: Plan, scene: Scene, stage: _Stage, settings: Settings) -> None:
        self.plan, self.scene, self.stage = plan, scene, stage
        self.waits = Waits()
        self.people: list[Person] = []
        self.stories: list[Coroutine[None, None, None]] = []
        self.time = Pastime(scene.hands)
        self.believed = True
        self._settings = settings

    async def through(self) -> "_Run":
        """Go through it."""
        await asyncio.to_thread(self._settle)
        slots = [asyncio.create_task(self.stage.keep_up(slot)) for slot in self.stage.slots]
        besides = [asyncio.create_task(self.time.pass_by())]
        people = asyncio.gather(*self.stories)
        try:
            await self._fail()
            self.waits.quiet = monotonic()
            # Who fails here tells more than a count would.
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await people
            await self._settled()
        finally:
            people.cancel()
            for task in (*besides, *slots):
                task.cancel()
            await asyncio.wait([*besides, *slots])
        if self.plan.everything:
            self.believed = await self.stage.believes_after_a_word()
        return self

    async def _fail(self) -> None:
        """Let all go wrong until there were kills enough."""
        self.scene.api.weather = faults.weather(self.scene)
        pauses: dict[Injector, tuple[float, float]] = (
            faults.all_of(self.scene) if self.plan.everything else {faults.mixed_up: (1, 5)}
        )
        harm = [asyncio.create_task(faults.again_and_again(one, self.scene, pause)) for one, pause in pauses.items()]
        try:
            await self.stage.kill_some(self.waits)
        finally:
            for task in harm:
                task.cancel()
            for ended_ in await asyncio.gather(*harm, return_exceptions=True):
                if isinstance(ended_, Exception):
                    raise ended_
            self.scene.api.weather = lambda _: None
            await faults.revive(self.scene)

    async def _settled(self) -> None:
        """Wait as long as replies may take to leave."""
        quiet = self.waits.quiet or monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(max(1.0, quiet + 60 - monotonic())):
                await self.scene.api.until(lambda: not self.scene.api.pending, seconds=60)

    # Who is there

    def _settle(self) -> None:
        """Enterprises into the registry, invitations, and everybody's story."""
        app = App(self._settings, wall=self.scene.hands[0].now)
        try:
            app.use(self._bring)
        finally:
            app.close()

    def _bring(self, uow: UnitOfWork) -> None:
        principals = list(range(1, self.plan.talks + 1))
        victims = [OF_THE_VICTIMS + number for number in range(VICTIMS if self.plan.everything else 0)]
        crews = [OF_THE_CREWS + 10 * number for number in range(1, self.plan.crews + 1)]
        lines = [line(number) for number in (*principals, *victims, *crews)]
        assert not import_enterprises(uow, lines).refused
        planning.replan(uow)
        tick.tick(uow)
        for number in principals:
            invited = self._invite(uow, "principal", number)
            story = dispatch(self._person(number), invited, _june(uow, number))
            self.stories.append(self._later(number, story))
        for number in victims:
            invited = self._invite(uow, "principal", number)
            trouble = bother(
                self._person(number),
                invited,
                _june(uow, number),
                faults.bad_files(),
                self.scene.victims.append,
                lambda: self.waits.quiet is not None,
            )
            self.stories.append(trouble)
        rows = [welders.line(at, at, 统一社会信用代码=code(number)) for at, number in enumerate(crews, 1)]
        if rows:
            assert not import_workers(uow, rows).refused
        for at, number in enumerate(crews):
            invited_ones = [self._invite(uow, role, number) for role in SEATS]
            officer, principal, guardian, tester = (self._person(number + seat) for seat in range(len(SEATS)))
            crew = Crew(officer, principal, guardian, tester, invited_ones, at)
            self.stories.append(hot_work(crew, self.time))

    async def _later(self, number: int, story: Coroutine[None, None, None]) -> None:
        """People come one after another, as long as there are kills."""
        due = self.plan.kills * 0.8 * (number - 1) / self.plan.talks
        while self.stage.kills < due:  # noqa: ASYNC110  # nobody waits for so little
            await asyncio.sleep(0.2)
        await story

    def _invite(self, uow: UnitOfWork, role: str, number: int) -> str:
        return inviting.invite(uow, role, code(number), "浑南区应急管理局").code

    def _person(self, number: int) -> Person:
        api = self.scene.api
        chance = random.Random(f"person/{self.plan.seed}/{number}")
        person = Person(api, api.chat(number, "郑演丙"), self.waits, chance)
        self.people.append(person)
        return person


def _june(uow: UnitOfWork, number: int) -> int:
    owed = duties.find(uow.conn, enterprise=code(number))
    return next(one.id for one in owed if (one.obligation, one.period) == ("monthly-dispatch", "2023-06"))


def _figures(conn: Connection, run: _Run, seconds: float) -> Figures:
    api = run.scene.api
    twice = ledger.shown_twice(api, ledger.written(conn), run.stage.lives, run.scene.away)
    counted = run.scene.counted
    counted["clock stepped forward for crews"] = run.time.steps
    return Figures(
        plan=run.plan,
        kills=run.stage.kills,
        finished=sum(person.finished for person in run.people),
        people=len(run.people),
        kept=ledger.kept(conn, run.people, api, run.time.now() + timedelta(minutes=1)),
        twice=twice,
        waits=run.waits,
        faults=counted,
        ended_alone=run.stage.ended_alone,
        believed=run.believed,
        unfinished=[
            f"{person.chat.id} {person.chat.shown[-1].text[:60]!r}" if person.chat.shown else str(person.chat.id)
            for person in run.people
            if not person.finished
        ],
        seconds=round(seconds, 1),
    )
