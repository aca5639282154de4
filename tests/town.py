"""A whole bot on a database of its own, with a clock that a test sets and people who chat with it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, select

from bot.app import App
from bot.settings import Settings
from service.core.ticking import Round
from service.core.unit_of_work import UnitOfWork
from service.duties import planning
from service.imports.sheets import Row
from service.people import inviting
from service.registry.enterprise_import import import_enterprises
from service.reminders import tick
from storage import people
from storage.records import as_values
from storage.tables import outbox
from talk.messages import Address, Button, Capabilities, FileRef, Inbound, Kind, Outbound, Outcome, Sent
from talk.texts import CHINESE

R = TypeVar("R")

START = datetime.fromisoformat("2023-06-05T09:00:00+08:00")
SECRET = "c2l4dGVlbiBieXRlcyBvZiBhIHRlc3Qgc2VjcmV0IGs="

LETTERS = (
    select(outbox.c.id, outbox.c.body)
    .where(
        *(outbox.c[name] == bindparam(name) for name in ("channel", "account", "external_id")),
        outbox.c.id > bindparam("seen"),
        outbox.c.state != "cancelled",
    )
    .order_by(outbox.c.id)
)
"""The letters to an address behind the last one seen: made once, since every look at a phone asks for them."""


class Mailbox:
    """A channel that keeps what was sent through it, and answers as a test says."""

    name = "web"
    account = "test"
    capabilities = Capabilities()
    rate = 0.0

    def __init__(self) -> None:
        self.sent: list[tuple[Address, Outbound]] = []

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> Outcome:
        """Take a message."""
        del replaces
        self.sent.append((address, message))
        return Sent(str(len(self.sent)))

    def texts_to(self, address: Address) -> list[str]:
        """What was sent to an address."""
        return [message.text for to, message in self.sent if to == address]


@dataclass
class Town:
    """The bot, its clock, and the number of the last update."""

    app: App
    channel: Mailbox
    now: datetime = START
    updates: int = 0
    people: list["Person"] = field(default_factory=list)
    before: "Callable[[Person, Inbound], None] | None" = None
    """What is done before each message that somebody sends."""

    @classmethod
    def found(cls, url: str, folder: Path) -> "Town":
        """A town on a database with the present tables and nothing in them."""
        town: list[Town] = []
        settings = Settings(data_dir=folder, database_url=url, secret_key=SECRET)
        channel = Mailbox()
        app = App(settings, [channel], wall=lambda: (town[0].now if town else START).astimezone(UTC))
        town.append(cls(app, channel))
        return town[0]

    def use(self, case: Callable[[UnitOfWork], R]) -> R:
        """Run a use case now."""
        return self.app.use(case)

    def register(self, *rows: Row) -> None:
        """Enterprises into the registry."""

        def bring(uow: UnitOfWork) -> None:
            report = import_enterprises(uow, rows)
            assert not report.refused, report.refused
            planning.replan(uow)

        self.use(bring)

    def tick(self) -> Round:
        """One tick, now."""
        return self.use(tick.tick)

    def pass_time(self, **delta: float) -> None:
        """Let time go on without a tick."""
        self.now += timedelta(**delta)

    def newcomer(self, name: str) -> "Person":
        """Somebody at an address of their own who has not joined."""
        person = Person(self, Address("web", "test", name), name)
        self.people.append(person)
        return person

    async def join(self, name: str, role: str, subject: str) -> "Person":
        """Somebody who joined by invitation, consent and all."""
        code = self.use(lambda uow: inviting.invite(uow, role, subject, "浑南区应急管理局")).code
        person = await self.accept(name, code)
        person.look()
        return person

    async def accept(self, name: str, code: str) -> "Person":
        """Somebody joins by a code, and is not whom the registry names."""
        person = self.newcomer(name)
        await person.say(f"/start {code}")
        await person.tap("同意加入")
        if person.can_tap("不是"):
            await person.tap("不是")
        if "姓名" in person.screen[-1].text:
            await person.say(name)
        return person


@dataclass
class Person:
    """Somebody who chats; `screen` holds every message that reached them, with the files that follow it."""

    town: Town
    address: Address
    name: str
    screen: list[Outbound] = field(default_factory=list)
    seen: int = 0

    @property
    def id(self) -> int:
        """The person's id, once joined."""
        found = self.town.use(lambda uow: people.meet(uow.conn, self.address, CHINESE, uow.wall).person)
        assert found is not None
        return found

    async def say(self, text: str, **more: Any) -> str:
        """Type something; what comes back, all of it. `more`: what else the message carries, as `at`, when it was sent
        (else now).
        """
        return await self._send(Kind.TEXT, text=text, **more)

    async def attach(self, *files: FileRef, text: str = "", **more: Any) -> str:
        """Send files; `more` as in `say`."""
        return await self._send(Kind.FILE, text=text, files=files, **more)

    async def do(self, kind: Kind) -> str:
        """Something that is neither words nor a tap."""
        return await self._send(kind)

    async def tap(self, label: str) -> str:
        """Tap the newest button of this label."""
        return await self.press(self.button(label))

    async def press(self, button: Button) -> str:
        """Tap a button that may be old."""
        return await self._send(Kind.BUTTON, data=button.data)

    async def press_data(self, data: str) -> str:
        """Send what a button would carry, seen or guessed."""
        return await self._send(Kind.BUTTON, data=data)

    async def waiting(self) -> str:
        """Open 待您处理 and what has waited longest on it; its card, or that there is nothing."""
        nothing = await self.press_data("a:waiting:")
        return await self.tap("第1项") if self.can_tap("第1项") else nothing

    def button(self, label: str) -> Button:
        """The newest button of a label; fails where there is none."""
        for message in reversed(self.screen):
            for row in message.buttons:
                for button in row:
                    if button.text == label:
                        return button
        raise AssertionError(f"no button {label!r}; the screen shows {[m.text for m in self.screen]}")

    def can_tap(self, label: str) -> bool:
        """Whether the newest message has a button of this label."""
        newest = self.screen[-1] if self.screen else Outbound("")
        return any(button.text == label for row in newest.buttons for button in row)

    @property
    def labels(self) -> list[str]:
        """The buttons of the newest message."""
        return [button.text for row in self.screen[-1].buttons for button in row]

    async def _send(self, kind: Kind, **content: Any) -> str:
        self.look()
        self.town.updates += 1
        inbound = Inbound(self.address, self.town.updates, content.pop("at", self.town.now), kind, **content)
        if self.town.before is not None:
            self.town.before(self, inbound)
        await self.town.app.take(inbound)
        return self.look()

    def look(self) -> str:
        """What has arrived since the last look, as text."""
        fresh: list[Outbound] = []
        for message in self.town.app.database.look(self._fresh):
            if message.text or not fresh:
                fresh.append(message)
            else:
                fresh[-1] = replace(fresh[-1], files=(*fresh[-1].files, *message.files))
        self.screen.extend(fresh)
        return "\n".join(message.text for message in fresh)

    def _fresh(self, conn: Connection) -> list[Outbound]:
        rows = conn.execute(LETTERS, {**as_values(self.address), "seen": self.seen}).all()
        if rows:
            self.seen = rows[-1].id
        return [Outbound.from_json(row.body) for row in rows]
