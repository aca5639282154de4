"""The sending half: one message as calls of the Bot API, and what came of them as an Outcome."""

import logging
from asyncio import to_thread
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from bot.channels.telegram.api import FILE_SECONDS, NAME, SECONDS, ApiError, Client, UnreachableError, Upload
from bot.channels.telegram.writing import Call, calls, is_not_modified, is_without_card, outcome
from storage.files import FileStore
from storage.sealed_files import SpoiltFileError
from talk.messages import (
    TEXT_LIMIT,
    Address,
    Broken,
    Capabilities,
    FileRef,
    Outbound,
    Outcome,
    Rejected,
    Sent,
    Throttled,
)
from talk.texts import LANGUAGES, Say, render

log = logging.getLogger("anzhu.telegram")


class TelegramChannel:
    """Telegram as a channel, over either library's client."""

    name = NAME
    capabilities = Capabilities(buttons=True, edits=True, text_limit=TEXT_LIMIT)

    def __init__(
        self,
        client: Client,
        account: str,
        file_store: FileStore,
        rate: float,
        *,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`rate`: deadlines and notices a second, 0 for any number; `wall` tells real time, aware."""
        self.account = account
        self.rate = rate
        self._client = client
        self._file_store = file_store
        self._wall = wall
        self._begun: dict[tuple[str, Outbound], list[str]] = {}

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> Outcome:
        """Send a message, or edit the one it replaces. Of a message in several parts that was interrupted
        only what is missing is sent the next time.
        """
        chat = address.external_id
        if not chat.removeprefix("-").isdecimal():
            return Rejected(f"no chat of this platform: {chat}")
        key = (chat, message)
        sent = self._begun.setdefault(key, [])
        result: Outcome
        try:
            contents = await to_thread(self._contents, message.files)
            message = _without_spoilt(message, contents)
            for call in calls(message, chat, replaces, lambda file: contents[file.sha256])[len(sent) :]:
                sent.append(await self._make(call, replaces))
        except ApiError as error:
            result = outcome(error, self._wall())
        except UnreachableError as error:
            result = Broken(str(error))
        except FileNotFoundError as error:
            result = Rejected(f"a file is not kept: {error}")
        else:
            result = Sent(sent[0]) if sent else Rejected("neither text nor file")
        if not (sent and isinstance(result, Throttled | Broken)):
            del self._begun[key]
        return result

    async def _make(self, call: Call, replaces: str | None) -> str:
        uploads = any(isinstance(value, Upload) for value in call.params.values())
        try:
            result = await self._client.call(call.method, call.params, seconds=FILE_SECONDS if uploads else SECONDS)
        except ApiError as error:
            if is_not_modified(error) and replaces is not None:
                return replaces
            if call.instead is not None and is_without_card(error):
                return await self._make(call.instead, None)
            raise
        number = result.get("message_id") if isinstance(result, dict) else None
        if not isinstance(number, int):
            raise UnreachableError("a message without its number")
        return str(number)

    def _contents(self, files: Sequence[FileRef]) -> dict[str, bytes]:
        """The contents of files by their hashes, without those that do not open; FileNotFoundError where one is not
        kept.
        """
        found: dict[str, bytes] = {}
        for file in files:
            with suppress(SpoiltFileError):
                found[file.sha256] = self._file_store.read(file.sha256)
        return found


def _without_spoilt(message: Outbound, contents: Mapping[str, bytes]) -> Outbound:
    """Return a message with a line in place of each file that does not open, in all languages: a channel knows the
    reader's no more.
    """
    spoilt = [file for file in message.files if file.sha256 not in contents]
    if not spoilt:
        return message
    log.error("files that do not open, changed or without their key: %s", [file.sha256 for file in spoilt])
    lines = [render(Say("file-spoilt", name=file.name), language) for file in spoilt for language in LANGUAGES]
    files = tuple(file for file in message.files if file.sha256 in contents)
    return replace(message, text="\n".join(filter(None, (message.text, *lines))), files=files)
