"""The poll loop: an update is confirmed to the platform only after a transaction that holds it.

Both libraries' own pollers confirm an update when they have fetched it, and a crash loses it. Here the offset follows
what is committed: taken, or kept to be taken, so that what is slow holds up nobody else. What fails again and again is
set aside; only the database or the disk being away stops the polling.
"""

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from operator import itemgetter
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

from bot import budget, clockwork
from bot.app import App
from bot.budget import Verdict
from bot.channels.telegram import reading
from bot.channels.telegram.acts import Act, Acts
from bot.channels.telegram.api import NAME, ApiError, Client, UnreachableError, UnreadableError
from bot.channels.telegram.conflicts import Conflicts
from bot.channels.telegram.reading import Incoming
from bot.channels.telegram.writing import is_too_late
from bot.loops import POLL as LOOP
from storage import inbox, webhooks
from storage.away import is_away
from talk.cleaning import printable
from talk.messages import Address
from talk.texts import Say

log = logging.getLogger("anzhu.telegram")

POLL: Final = 30
"""Seconds for which the platform holds a poll open when there is nothing."""

BATCH: Final = 100
"""Updates of one poll, the most that the platform gives."""

AT_ONCE: Final = 0.5
"""Seconds in which the platform answers with what it had kept; what comes later has only just happened."""

PATIENCE: Final = 0.1
"""Seconds in which updates are taken before those that are not are kept for later and confirmed."""

MOST: Final = 500
"""Updates that are being handled at once; until there are fewer the platform keeps what comes."""

STRANGERS: Final = 2
"""Updates of strangers that are being handled at once."""

TRIES: Final = 3
"""After so many failures an update is set aside."""

LOOK_AGAIN = 60.0
"""Seconds between two looks for what waits in the inbox and nobody handles."""

ASIDE: Final = 10 * BATCH
"""Updates without a number that are remembered as set aside. One that is forgotten is only looked at again: kept is it
once.
"""

UPDATE_LIMIT: Final = 256 * 1024
"""Characters of an update, more than ten times the largest of the platform; what is longer is set aside."""

FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
GLANCE: Final = 10
"""Seconds for which a poll is held open that is to show whether another process polls."""

_NUMBER: Final = re.compile(rb'"update_id"\s*:\s*([0-9]{1,15})\b')


@dataclass(frozen=True, slots=True)
class Odd:
    """An update that cannot be taken as it is: how it reads, and why."""

    raw: str
    why: str

    @property
    def number(self) -> int:
        """A number for one that has none: below 0, and the same for the same content."""
        return -1 - (int.from_bytes(hashlib.sha256(self.raw.encode()).digest()[:8]) >> 12)


class Poller:
    """Fetches updates for ever and hands them to the application, those of one person in their order."""

    def __init__(
        self,
        client: Client,
        account: str,
        app: App,
        *,
        poll: int = POLL,
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
        may_poll: Callable[[], bool] = lambda: True,
        on_queued: Callable[[], None] = lambda: None,
    ) -> None:
        """`poll` and what `wait` is given are seconds. `may_poll` is asked before each poll; no: this one is over, and
        is about to be cancelled. `on_queued` is told that a message was kept whose files are still to be fetched.
        """
        self._client = client
        self._account = account
        self._app = app
        self._poll = poll
        self._sleep = wait
        self._may_poll = may_poll
        self._on_queued = on_queued
        self._limit = BATCH
        self._acts = Acts()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._held: dict[int, Incoming] = {}
        """What is being handled and no transaction holds yet: the offset stays before it."""
        self._done: set[int] = set()
        self._last: dict[Address, asyncio.Task[None]] = {}
        self._taps: set[asyncio.Task[None]] = set()
        self._strangers = asyncio.Semaphore(STRANGERS)
        self._aside: dict[int, None] = {}
        """What was set aside though nobody knows its number: it comes again until newer ones are confirmed."""
        self._behind = True
        """Whether what the platform brings at once it may have kept for us while we did not ask."""
        self._polled = False
        """Whether a poll went well: then no webhook is set."""
        self._offset: int | None = None
        self._highest = 0
        self._looked = monotonic()
        self._conflicts = Conflicts(app.trouble("another process polls with this token, this one waits"))
        self._unreached = app.trouble("Telegram cannot be asked for updates")
        self._hooked = app.trouble("the webhook cannot be deleted")
        self._foreign = app.trouble("a webhook that was not set from this database keeps updates away")
        self._unread = app.trouble("what waits cannot be read")
        self._unkept = app.trouble("nothing can be kept")
        self._untapped = app.trouble("taps are not answered")
        self.stored = asyncio.Event()
        """Unset while nothing can be kept: then nothing more is asked for."""
        self.stored.set()

    async def run(self) -> None:
        """Poll until cancelled; what is being handled then comes again at the next start."""
        try:
            await self._resume()
            await self._run()
        finally:
            self._app.loops.ends(LOOP)
            for task in (*self._tasks.values(), *self._taps):
                task.cancel()

    async def _wait(self, seconds: float) -> None:
        """Wait before something is tried again: the loop turns, however long nothing can be done."""
        self._app.loops.turns(LOOP, seconds)
        await self._sleep(seconds)

    async def _run(self) -> None:
        trouble = 0.0
        while True:
            await self.stored.wait()
            while len(self._tasks) > MOST:
                await asyncio.wait(self._tasks.values(), return_when=asyncio.FIRST_COMPLETED)
            if not self._may_poll():
                await asyncio.Event().wait()
            try:
                began = monotonic()
                self._app.loops.turns(LOOP, self._poll)
                updates = await self._fetch()
                first = None if not updates else reading.number_of(updates[0]) or 0
                trouble = self._conflicts.look_again_in(first)
                if not trouble:
                    self._app.polled[NAME, self._account] = datetime.now(UTC)
                    await self._note_unhooked()
                    await self.accept(updates, late=self._behind and monotonic() - began < AT_ONCE)
                    self._behind = len(updates) >= BATCH
                if monotonic() - self._looked >= LOOK_AGAIN:
                    await self._take_up_waiting()
            except ApiError as error:
                if error.code == 409 and "webhook" in error.description.lower():
                    trouble = await self._unhook(longer(trouble))
                elif error.code == 409:
                    trouble = self._conflicts.again_in(error)
                else:
                    trouble = self._failed(error, error.retry_after or longer(trouble))
            except UnreadableError as error:
                trouble = 0.0 if await self._narrow(error) else self._failed(error, longer(trouble))
            except Exception as error:  # noqa: BLE001  # whatever it was, the next updates must get through
                trouble = self._failed(error, longer(trouble))
            else:
                self._unreached.over()
                self._foreign.over()
            if trouble:
                self._behind = True
                await self._wait(trouble)

    async def _unhook(self, wait: float) -> float:
        """Take back the webhook that was set when updates were brought; one that somebody else has set is said, and
        stays. What waits with the platform stays there. Return the seconds until the next poll.
        """
        try:
            info = await self._client.call("getWebhookInfo", {})
            url = info.get("url") if isinstance(info, dict) else None
            ours = await self._app.database.read(partial(webhooks.of, channel=NAME, account=self._account))
            if ours is None or ours.url != url:
                self._foreign.failed(_host(url))
                return wait
            await self._client.call("deleteWebhook", {})
        except Exception as error:  # noqa: BLE001  # whatever it was, the next poll shows whether it is still there
            if not is_away(error):
                self._hooked.failed(error)
            return wait
        self._hooked.over()
        log.warning("the webhook is taken back, updates are asked for from now on")
        return 0.0

    async def _note_unhooked(self) -> None:
        """Note that no webhook is set, as a poll that goes well shows."""
        if not self._polled:
            await self._app.database.write(partial(webhooks.forget, channel=NAME, account=self._account))
            self._polled = True

    def _failed(self, error: Exception, wait: float) -> float:
        """Note that a poll failed; return the seconds until the next."""
        self._conflicts.interrupted()
        if not is_away(error):
            self._unreached.failed(_REASONS.get(error.code, error) if isinstance(error, ApiError) else error)
        return wait

    async def _fetch(self) -> list[Any]:
        params: dict[str, Any] = {
            "limit": self._limit,
            "timeout": 0 if self._held else min(self._poll, GLANCE) if self._conflicts.gives_way else self._poll,
            "allowed_updates": list(reading.WANTED),
        }
        if self._offset is not None:
            params["offset"] = self._offset
        updates = await self._client.call("getUpdates", params, seconds=self._poll + 10)
        if not isinstance(updates, list):
            raise UnreachableError("getUpdates without a list of updates")
        self._limit = BATCH
        return updates

    async def accept(self, updates: Sequence[Any], *, late: bool = False) -> None:
        """Begin what is new among updates, wait a little for it, and move the offset behind what is kept. `late`: the
        platform had kept them for nobody knows how long.
        """
        numbered: dict[int, Any] = {}
        odd: list[Odd] = []
        for update in updates:
            number = reading.number_of(update)
            if number is None:
                odd.append(without_number(update))
            elif number not in self._tasks and number not in self._done:
                numbered[number] = update
        fresh = [update for update in odd if update.number not in self._aside]
        for update in fresh:
            await self._set_aside(update.number, update)
            self._remember(update.number)
        await self._begin_all(sorted(numbered.items(), key=itemgetter(0)), late=late)
        # Behind a full answer others wait already, with the platform: what is slow is kept for later at once.
        await self._hold(0.0 if len(updates) >= BATCH else PATIENCE)
        self._move_offset(len(updates), len(odd), len(fresh))
        if odd and len(odd) == len(updates) and not fresh:
            raise UnreachableError("getUpdates brings nothing but updates without a number")

    def _remember(self, number: int) -> None:
        self._aside[number] = None
        if len(self._aside) > ASIDE:
            del self._aside[next(iter(self._aside))]

    async def _begin_all(self, updates: Sequence[tuple[int, Any]], *, late: bool) -> None:
        """Read updates, weigh them, and begin with what is to be handled."""
        read: list[tuple[int, Incoming, float]] = []
        for number, update in updates:
            raw = written(update)
            incoming = await self._read(number, update, raw, late=late)
            if incoming is not None:
                read.append((number, incoming, weight(incoming, raw)))
        await self._learn([incoming.inbound.address for _, incoming, _ in read])
        for number, incoming, spent in read:
            verdict = self._app.gate.judge(incoming.inbound, spent)
            if verdict is Verdict.DROP:
                self._done.add(number)
            else:
                self._held[number] = incoming
                self._begin(number, incoming, too_much=verdict is Verdict.WARN)

    async def _read(self, number: int, update: Any, raw: str, *, late: bool) -> Incoming | None:
        """What an update says; one that wants nothing, or cannot be understood, is done with."""
        incoming = understood(update, raw, self._account, late=late)
        if isinstance(incoming, Odd):
            await self._set_aside(number, incoming)
            incoming = None
        if incoming is None:
            self._done.add(number)
        return incoming

    async def _learn(self, addresses: Sequence[Address]) -> None:
        await self._until_read(partial(self._app.gate.learn, addresses))

    async def _until_read(self, look: Callable[[], Awaitable[None]]) -> None:
        """Look into the database until that comes to an end: a look that fails is the database's fault."""
        wait = 0.0
        while True:
            try:
                await look()
            except Exception as error:  # noqa: BLE001  # whatever it was, people wait for the next try
                wait = longer(wait)
                if not is_away(error):
                    self._unread.failed(error)
                await self._wait(wait)
            else:
                self._unread.over()
                return

    def _begin(self, number: int, incoming: Incoming, *, too_much: bool = False) -> None:
        """Begin what an update belongs to, or let it join what is being gathered."""
        act, begun = self._acts.place(number, incoming)
        if begun:
            who = incoming.inbound.address
            task = asyncio.create_task(self._handle(act, self._last.get(who), too_much))
            task.add_done_callback(partial(self._ended, act))
            self._last[who] = act.task = task
        self._tasks[number] = act.task

    def _ended(self, act: Act, task: asyncio.Task[None]) -> None:
        if self._last.get(act.address) is task:
            del self._last[act.address]
        for number in act.parts:
            del self._tasks[number]
            # What was kept for later is confirmed already, and its number must not draw the offset back.
            if self._held.pop(number, None) is not None and not task.cancelled():
                self._done.add(number)

    async def _hold(self, seconds: float) -> None:
        """Wait a little for what is being handled, then keep the rest, so that it can be confirmed."""
        gathering = self._acts.numbers()
        tasks = [self._tasks[number] for number in self._held if number not in gathering]
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        held = dict(self._held)
        if not held:
            return
        try:
            await self._app.wait_with([incoming.inbound for incoming in held.values()])
        except Exception as error:  # noqa: BLE001  # then they are confirmed when they were taken, as all others
            if not is_away(error):
                self._unkept.failed(error)
            return
        self._unkept.over()
        for number in held:
            self._held.pop(number, None)
            self._done.add(number)

    async def _resume(self) -> None:
        """Begin with what a process before this one confirmed and did not take; what was begun is not begun anew."""
        await self._take_up_waiting()
        self._done.clear()

    async def _take_up_waiting(self) -> None:
        """Begin with what waits and is not begun: of a process before this one, or put back by an operator."""
        await self._until_read(self._take_up_all)
        self._looked = monotonic()

    async def _take_up_all(self) -> None:
        waiting = await self._app.database.write(partial(inbox.waiting, channel=NAME, account=self._account))
        found: list[tuple[int, Incoming]] = []
        for number, update in waiting:
            if number in self._tasks:
                continue
            incoming = await self._read(number, update, written(update), late=True)
            # It is confirmed already, and its number must not draw the offset back.
            self._done.discard(number)
            if incoming is None:
                let_go = partial(inbox.let_go, channel=NAME, account=self._account, number=number)
                await self._app.database.write(let_go)
            else:
                found.append((number, incoming))
        await self._learn([incoming.inbound.address for _, incoming in found])
        # In one go: what belongs together is gathered again.
        for number, incoming in found:
            self._begin(number, incoming)

    def _move_offset(self, brought: int, odd: int, fresh: int) -> None:
        if self._held:
            self._offset = min(self._held)
        elif self._done:
            self._offset = max(self._done) + 1
        elif fresh and odd == brought:
            # Nothing but updates without a number: each had one with the platform, and they rise by one.
            self._offset = (self._offset or self._highest + 1) + fresh
        elif not brought:
            # All was confirmed by the poll that brought nothing. A kept offset would hide what comes after
            # a quiet week: the platform then begins with any number, maybe a lower one.
            self._offset = None
            self._aside.clear()
        if self._offset is not None:
            self._highest = self._offset - 1
            self._done = {number for number in self._done if number >= self._offset}

    async def _narrow(self, error: UnreadableError) -> bool:
        """After an answer that cannot be read, find the update that makes it so and set it aside; return whether to ask
        again at once.
        """
        if self._limit > 1:
            log.warning("an answer cannot be read, updates are asked for one by one: %s", error)
            self._limit = 1
            return True
        odd = Odd(error.head.decode("utf-8", "backslashreplace"), str(error))
        found = _NUMBER.search(error.head)
        number = int(found[1]) if found else odd.number
        if found is None and number in self._aside:
            return False
        await self._set_aside(number, odd)
        self._limit = BATCH
        if found is None:
            self._remember(number)
        else:
            self._done.add(number)
        self._move_offset(1, int(found is None), int(found is None))
        return True

    async def _handle(self, act: Act, before: asyncio.Task[None] | None, too_much: bool) -> None:
        await act.gathered(self._wait)
        if before is not None:
            await asyncio.wait([before])
        self._acts.close(act)
        await self._until_stored(act, too_much)
        for callback in (part.callback for part in act.in_order if part.callback is not None):
            tap = asyncio.create_task(self._answer_tap(callback))
            self._taps.add(tap)
            tap.add_done_callback(self._taps.discard)

    async def _until_stored(self, act: Act, too_much: bool) -> None:
        """Take in what belongs together. What fails by its own fault is set aside after a few tries; while nothing can
        be kept it is tried for ever.
        """
        wait, failures = 0.0, 0
        while True:
            try:
                if self._app.gate.is_stranger(act.address):
                    async with self._strangers:
                        await self._store(act, too_much)
                else:
                    await self._store(act, too_much)
            except Exception as error:
                wait = longer(wait)
                if is_away(error):
                    self._pause(error)
                    await self._wait(wait)
                    continue
                failures += 1
                log.exception("update %s failed", act.inbound.update_id)
                if failures == TRIES:
                    for nth, part in enumerate(act.in_order):
                        odd = Odd(written(part.inbound.raw), repr(error))
                        await self._set_aside(part.inbound.update_id, odd, part, tells=nth == 0)
                    return
                await self._wait(wait)
            else:
                self._go_on()
                return

    def _pause(self, error: Exception) -> None:
        """Ask for nothing more while nothing can be kept. Of the database it is said by who watches it."""
        if isinstance(error, OSError):
            self._unkept.failed(error)
        self.stored.clear()

    def _go_on(self) -> None:
        self._unkept.over()
        self.stored.set()

    async def _store(self, act: Act, too_much: bool) -> None:
        if too_much:
            await self._app.decline(act.inbound, Say("too-much"))
            return
        if any(part.files for part in act.in_order) and not self._app.gate.is_member(act.address):
            # Before the download: what a stranger sends must cost nothing.
            await self._app.decline(act.inbound, Say("file-before-joining"))
            return
        if any(part.files for part in act.in_order):
            await self._app.queue(act.inbound)
            self._on_queued()
        else:
            await self._app.take_or_decline(act.inbound)

    async def _set_aside(self, number: int, odd: Odd, incoming: Incoming | None = None, *, tells: bool = True) -> None:
        """Keep what is wrong with an update, and go on; `tells`: its sender is told. While nothing can be kept it is
        tried for ever.
        """
        address = Address(NAME, self._account, "") if incoming is None else incoming.inbound.address
        inbound = incoming.inbound if incoming is not None and tells else None
        wait = 0.0
        while True:
            try:
                await self._app.set_aside(address, number, odd.raw, odd.why, inbound)
            except Exception as error:
                if not is_away(error):
                    log.exception("update %s cannot even be set aside", number)
                    return
                wait = longer(wait)
                self._pause(error)
                await self._wait(wait)
            else:
                self._go_on()
                return

    async def _answer_tap(self, query: str) -> None:
        try:
            await self._client.call("answerCallbackQuery", {"callback_query_id": query})
        except ApiError as error:
            if not is_too_late(error):
                self._untapped.failed(error)
        except UnreachableError as error:
            self._untapped.failed(error)
        else:
            self._untapped.over()


_REASONS: Final = dict.fromkeys((401, 404), "the token is not valid (any more)")


def _host(url: object) -> str:
    """Where a webhook leads to: its path may be what it is known by."""
    try:
        return printable(urlsplit(str(url)).hostname or "")
    except ValueError:
        return ""


def longer(wait: float) -> float:
    """Return the seconds to wait after a failure that followed such a wait."""
    return min(max(2 * wait, FIRST_WAIT), LONGEST_WAIT)


def understood(update: Any, raw: str, account: str, *, late: bool = False) -> Incoming | Odd | None:
    """Return what an update says, `raw` as JSON; None for one that wants nothing, Odd for one that cannot be taken."""
    if len(raw) > UPDATE_LIMIT:
        return Odd(raw, f"an update of {len(raw)} characters")
    try:
        return reading.read(update, account, clockwork.now(), late=late)
    except Exception as error:  # noqa: BLE001  # no update of the platform looks so, whatever it is
        return Odd(raw, f"not understood: {error!r}")


def weight(incoming: Incoming, raw: str) -> float:
    """Return what the gate is told that an update costs."""
    return max(1.0, len(raw) / budget.BYTES) + budget.FILE * len(incoming.files)


def without_number(update: object) -> Odd:
    """Return what is wrong with an update that has no number."""
    return Odd(written(update), "no number that the platform could have given")


def written(update: object) -> str:
    """An update as JSON; what is none reads as Python writes it."""
    try:
        return json.dumps(update)
    except (TypeError, ValueError, RecursionError):
        return ascii(type(update))
