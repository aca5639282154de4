"""The rehearsal itself: the bot over the strict Bot API and real HTTP, a clock that jumps, people who act."""

import asyncio
import gc
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from bot.app import App
from bot.channels.telegram.service import Telegram
from bot.settings import Settings
from service.core.unit_of_work import UnitOfWork
from service.imports.sheets import read_sheet
from service.people import inviting
from service.registry.enterprise_import import import_enterprises
from service.registry.enterprise_rows import COLUMNS
from storage import registry, schema
from storage.tables import inbox, outbox
from tests.rehearsal.crews import MEMBERS, Crew, bring, name_of, registers
from tests.rehearsal.desks import Desks, desks
from tests.rehearsal.hot_days import EVERY, PERMITS, HotWork, working_days
from tests.rehearsal.ledger import Plans
from tests.rehearsal.people import Person, Temper
from tests.telegram.fake_api import TOKEN, FakeApi
from tests.town import SECRET

ZONE = ZoneInfo("Asia/Shanghai")
REGISTRY = Path(__file__).parents[1] / "data" / "enterprises-300.csv"
CIRCLE = 3000
"""Things that one person does in a round at the most; who goes on after that goes in a circle."""
FIRST, LAST = date(2023, 5, 22), date(2023, 12, 31)
LOOKS = (time(8, 30), time(9, 0))
"""When a tick takes place: the second one brings what had to wait at the first."""
TEMPERS: Mapping[Temper, int] = {"prompt": 60, "forgetful": 25, "silent": 15}
"""How many of a hundred people are so."""
OFFICERS = 4
"""Of so many enterprises one has a safety officer who joins."""
SLOW: Mapping[Temper, int] = {"prompt": 3, "forgetful": 12, "silent": 0}
"""Days that people let a hazard lie at the most."""
AT_ONCE = 40
"""People who do something before the bot is waited for: as much as one poll brings, with room to spare."""
NEWCOMERS = timedelta(seconds=8)
"""How long the next ones who join wait: the bot takes five newcomers a second."""
PATIENCE = 60.0
HOT_WORK = 5
"""Days of hot work: all of them would take hours."""

Actor = TypeVar("Actor")


@dataclass(repr=False)
class Stage:
    """Everything of one rehearsal; too much to be written out where a test fails."""

    api: FakeApi
    app: App
    clock: list[datetime]
    days: tuple[date, date]
    hot_work: HotWork
    people: list[Person] = field(default_factory=list[Person])
    desks: Desks = field(default_factory=Desks)

    @property
    def now(self) -> datetime:
        """The time that the bot believes."""
        return self.clock[0]

    def invite(self, uow: UnitOfWork, enterprises: int, seed: int) -> list[str]:
        """Bring in the first enterprises of the registry; a code for each principal, clerk, leader and the city,
        for some officers and their crews; and the registers of welders.
        """
        rows = read_sheet(REGISTRY, COLUMNS).rows[:enterprises]
        report = import_enterprises(uow, rows)
        assert not report.refused, report.refused
        dice = random.Random(seed)
        bureau = uow.pack.city_bureau
        every = list(registry.all_enterprises(uow.conn).values())
        invited = [
            *((one.principal_name, "principal", one.code) for one in every),
            *((one.officer_name, "officer", one.code) for one in every[::OFFICERS]),
            *((f"{district.name[:2]}经办人", "clerk", district.name) for district in uow.pack.districts),
            ("市局值班员", "city", uow.pack.city),
        ]
        serials = range(0, len(every), OFFICERS)
        for serial in serials:
            names = (name_of(serial, seat) for seat in range(len(MEMBERS)))
            invited += [(name, "worker", every[serial].code) for name in names]
        invited += [(f"{district.name[:2]}负责人", "leader", district.name) for district in uow.pack.districts]
        tempers, weights = list(TEMPERS), list(TEMPERS.values())
        codes: list[str] = []
        for number, (name, role, subject) in enumerate(invited):
            # Duties are other people's to answer for the city; of hazards it has its own.
            temper: Temper = "silent" if role in ("city", "leader") else dice.choices(tempers, weights)[0]
            own = random.Random(f"{seed}/{number}")
            knows = [one.name for one in every if subject == (uow.pack.city if one.municipal else one.district)]
            careless = role in ("worker", "leader") or (temper == "silent" and role != "city")
            plans = Plans(role, own, SLOW[temper], careless=careless, knows=knows)
            plans.find(*self.days)
            chat = self.api.chat(7000 + number, name)
            self.people.append(Person(self.api, chat, name, role, subject, temper, own, plans))
            codes.append(inviting.invite(uow, role, subject, bureau).code)
        self.hot_work.welders = registers(every, *self.days, seed)
        bring(uow, self.hot_work.welders, self.app.settings.data_dir)
        self.hot_work.crews = [self._crew(every[serial].code) for serial in serials]
        where: defaultdict[str, list[str]] = defaultdict(list)
        for one in every:
            where[uow.pack.annex.city_column if one.municipal else one.district].append(one.code)
        at_work = {crew.enterprise for crew in self.hot_work.crews}
        self.desks = desks(self.people, where, at_work, self.days, seed, lambda: self.now)
        return codes

    def _crew(self, enterprise: str) -> Crew:
        own = [one for one in self.people if one.subject == enterprise]
        principal, officer = (next(one for one in own if one.role == role) for role in ("principal", "officer"))
        guardian, tester, welder = (one for one in own if one.role == "worker")
        register = tuple(one for one in self.hot_work.welders if one.enterprise == enterprise)
        return Crew(enterprise, officer, principal, guardian, tester, welder, register)

    async def join(self, enterprises: int, seed: int) -> None:
        """Everybody joins as people do: the link, the consent, the name."""
        codes = await asyncio.to_thread(self.app.use, lambda uow: self.invite(uow, enterprises, seed))
        waiting = iter(codes)

        def opens(person: Person) -> bool:
            person.invited(next(waiting))
            return True

        await self.settled(self.people, opens, pause=NEWCOMERS)
        await self._until_nobody_acts(pause=NEWCOMERS)
        for person in self.people:
            assert any("您已加入" in shown.text for shown in person.chat.shown), person.chat.shown

    async def day(self, day: date) -> None:
        """A day: at each look a tick, what it brings, and what people do about it. Nothing new rings after the first
        look; a second one is for what could not leave then.
        """
        for at in LOOKS:
            self.clock[0] = datetime.combine(day, at, ZONE)
            await self.app.tick()
            await self.app.delivery.round()
            for person in self.people:
                person.notice(self.now)
            self.clock[0] += timedelta(minutes=5)
            await self._until_nobody_acts()
            again = datetime.combine(day, LOOKS[-1], ZONE)
            if not self.app.database.look(partial(_waits, until=again)):
                break
        await self.desks.day(self, day)
        if day in self.hot_work.days:
            await self.hot_work.day(self, day)

    async def _until_nobody_acts(self, pause: timedelta = timedelta(0)) -> None:
        for _ in range(CIRCLE):
            if not await self.settled(self.people, lambda person: person.act(self.now), pause=pause):
                return
        busy = [person.chat.shown[-1].text[:60] for person in self.people if person.act(self.now)]
        raise AssertionError(f"somebody taps for ever at {self.now}: {busy}")

    async def settled(
        self, some: Sequence[Actor], does: Callable[[Actor], bool], *, pause: timedelta = timedelta(0)
    ) -> bool:
        """Let everybody do one thing, some at a time with a pause after them, and wait for the replies; whether anybody
        did. It takes a second: who does everything at one instant is over the budget of a member.
        """
        self.clock[0] += timedelta(seconds=1)
        acted = 0
        for one in some:
            if does(one):
                acted += 1
                if acted % AT_ONCE == 0:
                    await self._settle()
                    self.clock[0] += pause
        if acted % AT_ONCE:
            await self._settle()
        return acted > 0

    async def _settle(self) -> None:
        await self.api.until(lambda: not self.api.pending, seconds=PATIENCE)
        # What is slow is confirmed to the platform before it is taken.
        async with asyncio.timeout(PATIENCE):
            while await self.app.database.read(_in_hand):  # noqa: ASYNC110  # the database tells nobody
                await asyncio.sleep(0.01)
        await self.app.delivery.round()

    @property
    def odd(self) -> Counter[str]:
        """What people could make no sense of, and what the platform refused."""
        found = sum((person.odd for person in self.people), self.hot_work.odd + self.desks.odd)
        found.update(f"{call.method} was refused: {call.status}" for call in self.api.calls if call.status != 200)
        return found


def _in_hand(conn: Connection) -> bool:
    """Return whether an update is still to be taken."""
    return conn.execute(select(inbox.c.update_id).where(inbox.c.state == "waiting").limit(1)).first() is not None


def _waits(conn: Connection, until: datetime) -> bool:
    """Whether a letter is still to leave by an instant."""
    waiting = select(outbox.c.id).where(outbox.c.state == "ready", outbox.c.not_before <= until)
    return conn.execute(waiting.limit(1)).first() is not None


@asynccontextmanager
async def rehearsed(
    folder: Path,
    *,
    seed: int = 1,
    enterprises: int = 300,
    first: date = FIRST,
    last: date = LAST,
    hot_work: int = HOT_WORK,
    progress: Callable[[Stage], None] = lambda _: None,
) -> AsyncIterator[Stage]:
    """A rehearsal that has taken place, with its database still open. `hot_work`: days on which permits are applied
    for; `progress` hears of every day.
    """
    clock = [datetime.combine(first - timedelta(days=1), time(14), ZONE)]
    async with FakeApi() as api:
        # All that is said is kept to the end: to look through it for rubbish time and again is a tenth of the work.
        gc.freeze()
        settings = Settings.model_validate(
            {
                "data_dir": folder,
                "secret_key": SECRET,
                "telegram_token": TOKEN,
                "telegram_api": api.address,
                "telegram_rate": 0,
            }
        )
        await asyncio.to_thread(schema.upgrade, settings.database)
        telegram = Telegram(settings)
        app = App(settings, [telegram.channel], wall=lambda: clock[0].astimezone(UTC))
        permits = HotWork(seed, working_days(first, last, hot_work), max(1, PERMITS * enterprises // EVERY), ZONE)
        stage = Stage(api, app, clock, (first, last), permits)
        receiving = asyncio.create_task(telegram.receiver(app).run(lambda _: None))
        try:
            await stage.join(enterprises, seed)
            for number in range((last - first).days + 1):
                await stage.day(first + timedelta(days=number))
                progress(stage)
            yield stage
        finally:
            receiving.cancel()
            with suppress(asyncio.CancelledError):
                await receiving
            # A tap that was being answered may have opened the session anew.
            await telegram.close()
            app.close()
