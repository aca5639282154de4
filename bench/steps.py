"""Part 4, steps: the bot without any platform, beside the bare SQL that a step cannot do without."""

import asyncio
import json
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, Self

from sqlalchemy import Connection, Engine, event

from bench import context
from bench.form import STEPS
from bench.table import Row, ratio
from talk.messages import Address, Capabilities, Inbound, Kind, Outbound, Outcome, Sent

NAME = "web"
ACCOUNT = "bench"
SETTLED = 0.05
"""Seconds after which what was sent is settled too."""


class Mailbox:
    """A channel that keeps the newest message of every address."""

    name = NAME
    account = ACCOUNT
    capabilities = Capabilities()
    rate = 0.0

    def __init__(self) -> None:
        self._newest: dict[str, Outbound] = {}
        self._waited: dict[str, asyncio.Future[None]] = {}
        self._sent = 0

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> Outcome:
        """Take a message."""
        self._newest[address.external_id] = message
        self._sent += 1
        waited = self._waited.pop(address.external_id, None)
        if waited is not None:
            waited.set_result(None)
        return Sent(str(self._sent))

    def shown(self, chat: int) -> asyncio.Future[None]:
        """Return a future that is done with the next message to a chat."""
        self._waited[str(chat)] = future = asyncio.get_running_loop().create_future()
        return future

    def button(self, address: Address, label: str) -> str:
        """Return the data of a button of the newest message."""
        for row in self._newest[address.external_id].buttons:
            for button in row:
                if button.text == label:
                    return button.data
        raise LookupError(label)


@dataclass(slots=True)
class Steps:
    """The cost of a step in one block of talks: CPU and time in milliseconds."""

    cpu: list[float] = field(default_factory=list[float])
    wall: list[float] = field(default_factory=list[float])

    def note(self, began: tuple[float, float], number: int) -> None:
        """Note the cost of a block of steps that began at these readings of the two clocks."""
        self.cpu.append((process_time() - began[0]) * 1000 / number)
        self.wall.append((perf_counter() - began[1]) * 1000 / number)


@dataclass(slots=True)
class Counter:
    """A counter of statements as they reach the driver."""

    statements: int = 0
    commits: int = 0

    def __enter__(self) -> Self:
        event.listen(Engine, "before_cursor_execute", self._execute)
        event.listen(Engine, "commit", self._commit)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._execute)
        event.remove(Engine, "commit", self._commit)

    def _execute(self, *_: Any) -> None:
        self.statements += 1

    def _commit(self, _: Connection) -> None:
        self.commits += 1


class Town:
    """The bot with people who take their steps directly, each answered before the next."""

    def __init__(self, folder: Path, people: int) -> None:
        self._openings = list(context.build(folder, people, NAME, ACCOUNT).items())
        self._mailbox = Mailbox()
        self.app = context.opened(folder, [self._mailbox])
        self._update = 0

    def newcomers(self, number: int) -> list[tuple[int, str]]:
        """Return so many people who have not filled in their form yet."""
        chosen = self._openings[:number]
        del self._openings[:number]
        if len(chosen) < number:
            raise LookupError("everybody has filled in their form")
        return chosen

    async def fill_in(self, chat: int, opening: str) -> None:
        """Let one person fill in the form, from the card to the receipt, while the delivery runs."""
        address = Address(NAME, ACCOUNT, str(chat))
        for act, what in STEPS:
            shown = self._mailbox.shown(chat)
            await self.app.take(self._step(address, act, what, opening))
            await shown

    async def counted(self, chat: int, opening: str) -> tuple[Counter, Counter]:
        """Do as `fill_in`, and return the statements of taking the steps and those of delivering the answers."""
        taking, delivering = Counter(), Counter()
        address = Address(NAME, ACCOUNT, str(chat))
        for act, what in STEPS:
            shown = self._mailbox.shown(chat)
            with taking:
                await self.app.take(self._step(address, act, what, opening))
            with delivering:
                await shown
                await asyncio.sleep(SETTLED)
        return taking, delivering

    def _step(self, address: Address, act: str, what: str, opening: str) -> Inbound:
        self._update += 1
        now = datetime.now(UTC)
        if act == "say":
            return Inbound(address, self._update, now, Kind.TEXT, text=what)
        data = self._mailbox.button(address, what) if what else opening
        return Inbound(address, self._update, now, Kind.BUTTON, data=data)


class Bare:
    """The same rows as a step of ours leaves, by stdlib sqlite3: one transaction a step, synced to disk."""

    def __init__(self, folder: Path, people: int) -> None:
        context.build(folder, people, NAME, ACCOUNT)
        self._db = sqlite3.connect(folder / "anzhu.db", isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._db.execute(f"PRAGMA {pragma}")
        self._update = 0
        self._talks = 0

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def fill_in(self, person: int) -> None:
        """Write the rows of all steps of one person."""
        now = datetime.now(UTC).isoformat()
        chat = str(context.FIRST_CHAT + person)
        self._db.execute(
            "INSERT INTO conversations (dialog, person, started_by, brief, state, started_at, touched_at)"
            " VALUES ('monthly-dispatch', ?, ?, '{}', 'front', ?, ?)",
            (person, person, now, now),
        )
        talk = self._db.execute("SELECT last_insert_rowid()").fetchone()[0]
        for number, (_, what) in enumerate(STEPS):
            self._update += 1
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "INSERT INTO inbox (channel, account, update_id, external_id, raw, state, received_at)"
                " VALUES (?, ?, ?, ?, ?, 'done', ?)",
                (NAME, ACCOUNT, self._update, chat, json.dumps({"text": what}), now),
            )
            self._db.execute(
                "INSERT INTO answers (conversation, key, seq, current, rev, raw, value, wording, person, at)"
                " VALUES (?, ?, 1, 1, 1, ?, ?, '是本人主持吗？', ?, ?)",
                (talk, f"key{number}", what, json.dumps(what), person, now),
            )
            self._db.execute(
                "UPDATE prompts SET state = 'answered', answered_with = ? WHERE conversation = ? AND state = 'open'",
                (what, talk),
            )
            self._db.execute(
                "INSERT INTO prompts (token, conversation, key, state, picked, shown_at)"
                " VALUES (?, ?, ?, 'open', '[]', ?)",
                (f"{talk}/{number}", talk, f"key{number}", now),
            )
            self._db.execute(
                "INSERT INTO outbox (dedupe, priority, channel, account, external_id, person, kind, about, body,"
                " state, created_at, not_before, attempts)"
                " VALUES (?, 1, ?, ?, ?, ?, 'reply', '[]', ?, 'ready', ?, ?, 0)",
                (f"in/{self._update}", NAME, ACCOUNT, chat, person, json.dumps({"text": "哪天开展？" * 10}), now, now),
            )
            self._db.execute("COMMIT")


async def measure(folder: Path, *, block: int, times: int) -> list[Row]:
    """Measure milliseconds and statements of a step, one person after the other and 200 at once; return the rows."""
    people = 2 * block * times + 1
    town, bare = Town(folder / "ours", people), Bare(folder / "bare", people)
    delivered, together, plain = Steps(), Steps(), Steps()
    number = block * len(STEPS)
    nobody = 0
    try:
        serving = asyncio.create_task(town.app.delivery.run())
        for _ in range(times):
            began = _clocks()
            for chat, opening in town.newcomers(block):
                await town.fill_in(chat, opening)
            delivered.note(began, number)

            began = _clocks()
            async with asyncio.TaskGroup() as group:
                for chat, opening in town.newcomers(block):
                    group.create_task(town.fill_in(chat, opening))
            together.note(began, number)

            began = _clocks()
            for _ in range(block):
                nobody += 1
                bare.fill_in(nobody)
            plain.note(began, number)
        taking, delivering = await town.counted(*town.newcomers(1)[0])
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
    finally:
        town.app.close()
        bare.close()
    bare_name = "bare sqlite3, a transaction a step"
    rows = []
    for what, found in (("one at a time", delivered), (f"{block} at once", together)):
        for unit, ours, theirs in (("CPU ms", found.cpu, plain.cpu), ("ms", found.wall, plain.wall)):
            rows.append(
                Row(
                    f"{unit} a step, {what}",
                    "App and delivery",
                    f"{median(ours):.2f}",
                    bare_name,
                    f"{median(theirs):.2f}",
                    ratio(ours, theirs),
                )
            )
    for what, count in (("taking", taking), ("delivering", delivering)):
        rows.append(
            Row(
                f"statements (commits) a step, {what}",
                "App" if what == "taking" else "Delivery",
                f"{count.statements / len(STEPS):.1f} ({count.commits / len(STEPS):.1f})",
                bare_name,
                "5 (1)" if what == "taking" else "–",
            )
        )
    return rows


def _clocks() -> tuple[float, float]:
    return process_time(), perf_counter()
