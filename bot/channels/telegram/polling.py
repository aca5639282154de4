"""The poll loop: an update is confirmed to the platform only after the transaction that took it.

Both libraries' own pollers confirm an update when they have fetched it, and a crash loses it. Here the
offset follows what is committed. What is still being handled comes again with the next poll and is
recognised, so that one person's slow file holds up nobody else.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from bot.app import App
from bot.channels.telegram import reading
from bot.channels.telegram.api import ApiError, Client, UnreachableError
from bot.channels.telegram.files import fetch
from bot.channels.telegram.reading import Incoming
from bot.channels.telegram.writing import is_too_late
from service.core.letters import Draft, reply
from service.core.unit_of_work import UnitOfWork
from storage import inbox, people
from talk.messages import FileRef
from talk.texts import CHINESE, Say

log = logging.getLogger("anzhu.telegram")

POLL: Final = 30
"""Seconds for which the platform holds a poll open when there is nothing."""

BATCH: Final = 100
"""Updates of one poll, the most that the platform gives; so many are handled at once at the most."""

PATIENCE: Final = 0.25
"""Seconds to wait for what is being handled before the next poll asks for more."""

FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
CONFLICT_WAIT: Final = 10.0
"""Seconds after 409: another process polls with the same token, or a dead one's poll has not ended."""


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
    ) -> None:
        """`poll` and what `wait` is given are seconds."""
        self._client = client
        self._account = account
        self._app = app
        self._poll = poll
        self._wait = wait
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._done: set[int] = set()
        self._last: dict[int | None, asyncio.Task[None]] = {}
        self._taps: set[asyncio.Task[None]] = set()
        self._offset: int | None = None
        self.stored = asyncio.Event()
        """Unset while nothing can be kept: then nothing more is asked for."""
        self.stored.set()

    async def run(self) -> None:
        """Poll until cancelled; what is being handled then comes again at the next start."""
        trouble = 0.0
        try:
            while True:
                await self.stored.wait()
                try:
                    updates = await self._fetch()
                except ApiError as error:
                    trouble = CONFLICT_WAIT if error.code == 409 else error.retry_after or _longer(trouble)
                    log.warning(_REASONS.get(error.code, "polling pauses for %.0f s: %s"), trouble, error)
                except UnreachableError as error:
                    trouble = _longer(trouble)
                    log.warning("the Bot API cannot be reached, next try in %.0f s: %s", trouble, error)
                else:
                    trouble = 0.0
                    await self.accept(updates)
                if trouble:
                    await self._wait(trouble)
        finally:
            for task in (*self._tasks.values(), *self._taps):
                task.cancel()

    async def _fetch(self) -> list[dict[str, Any]]:
        params: dict[str, Any] = {
            "limit": BATCH,
            "timeout": 0 if self._tasks else self._poll,
            "allowed_updates": list(reading.WANTED),
        }
        if self._offset is not None:
            params["offset"] = self._offset
        updates: list[dict[str, Any]] = await self._client.call("getUpdates", params, seconds=self._poll + 10)
        return updates

    async def accept(self, updates: list[dict[str, Any]]) -> None:
        """Begin what is new among updates, wait a little for it, and move the offset behind what is done."""
        for update in sorted(updates, key=lambda update: int(update["update_id"])):
            number = int(update["update_id"])
            if number not in self._tasks and number not in self._done:
                self._begin(number, update)
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=PATIENCE)
        self._move_offset(bool(updates))

    def _begin(self, number: int, update: Mapping[str, Any]) -> None:
        who = reading.sender(update)
        before = self._last.get(who)
        task = asyncio.create_task(self._handle(update, before))
        self._tasks[number] = self._last[who] = task

        def ended(task: asyncio.Task[None]) -> None:
            del self._tasks[number]
            if self._last.get(who) is task:
                del self._last[who]
            if not task.cancelled():
                self._done.add(number)

        task.add_done_callback(ended)

    def _move_offset(self, brought: bool) -> None:
        if self._tasks:
            self._offset = min(self._tasks)
        elif self._done:
            self._offset = max(self._done) + 1
        elif not brought:
            # All was confirmed by the poll that brought nothing. A kept offset would hide what comes after
            # a quiet week: the platform then begins with any number, maybe a lower one.
            self._offset = None
        if self._offset is not None:
            self._done = {number for number in self._done if number >= self._offset}

    async def _handle(self, update: Mapping[str, Any], before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            incoming = reading.read(update, self._account, datetime.now(UTC))
        except (KeyError, TypeError, ValueError):
            # No update of the platform looks so; whatever it is, the next ones must get through.
            log.exception("update %s is not understood", update.get("update_id"))
            return
        if incoming is None:
            return
        await self._until_stored(incoming)
        if incoming.callback is not None:
            tap = asyncio.create_task(self._answer_tap(incoming.callback))
            self._taps.add(tap)
            tap.add_done_callback(self._taps.discard)

    async def _until_stored(self, incoming: Incoming) -> None:
        wait = 0.0
        while True:
            try:
                await self._store(incoming)
            except Exception as error:  # noqa: BLE001  # whatever it was: not stored is not taken
                wait = _longer(wait)
                self.stored.clear()
                log.error("nothing can be stored, next try in %.0f s: %s", wait, error)  # noqa: TRY400  # no surprise
                await self._wait(wait)
            else:
                self.stored.set()
                return

    async def _store(self, incoming: Incoming) -> None:
        files = await asyncio.gather(*(fetch(self._client, self._app.file_store, file) for file in incoming.files))
        refused = [file for file in files if isinstance(file, Say)]
        if refused:
            address, number = incoming.inbound.address, incoming.inbound.update_id
            cause = f"in/{address.channel}/{address.account}/{number}"
            await asyncio.to_thread(self._app.use, partial(_decline, incoming=incoming, lines=refused), cause=cause)
            self._app.delivery.wake()
        else:
            await self._app.take(incoming.with_files([file for file in files if isinstance(file, FileRef)]))

    async def _answer_tap(self, query: str) -> None:
        try:
            await self._client.call("answerCallbackQuery", {"callback_query_id": query})
        except ApiError as error:
            if not is_too_late(error):
                log.warning("a tap was not answered: %s", error)
        except UnreachableError as error:
            log.warning("a tap was not answered: %s", error)


_REASONS = {
    409: "another process polls with this token, or a webhook is set, next try in %.0f s: %s",
    401: "the token is not valid (any more), next try in %.0f s: %s",
    404: "the token is not valid, next try in %.0f s: %s",
}


def _longer(wait: float) -> float:
    return min(max(2 * wait, FIRST_WAIT), LONGEST_WAIT)


def _decline(uow: UnitOfWork, *, incoming: Incoming, lines: list[Say]) -> None:
    """Take in a message whose file is not kept, and say why."""
    inbound = incoming.inbound
    if inbox.receive(uow.conn, inbound, uow.wall):
        who = people.meet(uow.conn, inbound.address, CHINESE, uow.wall)
        reply(uow, inbound.address, who.language, Draft(tuple(lines)), who.person if who.joined else None)
