"""The sending half: one message as calls of the Bot API, and what came of them as an Outcome."""

from asyncio import to_thread
from collections.abc import Callable
from datetime import datetime

from bot import clockwork
from bot.channels.telegram.api import FILE_SECONDS, NAME, SECONDS, ApiError, Client, UnreachableError, Upload
from bot.channels.telegram.writing import (
    DOCUMENT_LIMIT,
    Call,
    calls,
    file_call,
    gives_way,
    is_not_modified,
    outcome,
)
from storage.files import FileStore, unreadable
from storage.sealed_files import SpoiltFileError
from talk.messages import (
    TEXT_LIMIT,
    Address,
    Broken,
    Capabilities,
    Outbound,
    Outcome,
    Rejected,
    Sent,
    Throttled,
)


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
        wall: Callable[[], datetime] = clockwork.now,
    ) -> None:
        """`rate`: deadlines and notices a second, 0 for any number; `wall` tells real time, aware."""
        self.account = account
        self.rate = rate
        self._client = client
        self._file_store = file_store
        self._wall = wall
        self._begun: dict[tuple[str, Outbound], list[str]] = {}

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> Outcome:
        """Send words, or one file, or edit the message that they replace. Of words in several parts that were
        interrupted only what is missing is sent the next time.
        """
        chat = address.external_id
        if not chat.removeprefix("-").isdecimal():
            return Rejected(f"no chat of this platform: {chat}")
        key = (chat, message)
        sent = self._begun.setdefault(key, [])
        result: Outcome
        try:
            for call in (await self._calls(message, chat, replaces))[len(sent) :]:
                sent.append(await self._make(call, replaces))
        except ApiError as error:
            result = outcome(error, self._wall())
        except UnreachableError as error:
            result = Broken(str(error))
        except (FileNotFoundError, SpoiltFileError) as error:
            result = Rejected(unreadable(error), ours=True)
        else:
            result = Sent(sent[0]) if sent else Rejected("neither words nor a file of 1 byte to 50 MB")
        if not (sent and isinstance(result, Throttled | Broken)):
            del self._begun[key]
        return result

    async def _calls(self, message: Outbound, chat: str, replaces: str | None) -> list[Call]:
        """The calls that send a message. FileNotFoundError, SpoiltFileError: its file is not what was kept."""
        made = calls(message, chat, replaces)
        for file in message.files:
            content = await to_thread(self._file_store.read, file.sha256)
            if 0 < len(content) <= DOCUMENT_LIMIT:
                made.append(file_call(file, content, chat))
        return made

    async def _make(self, call: Call, replaces: str | None) -> str:
        uploads = any(isinstance(value, Upload) for value in call.params.values())
        try:
            result = await self._client.call(call.method, call.params, seconds=FILE_SECONDS if uploads else SECONDS)
        except ApiError as error:
            if is_not_modified(error) and replaces is not None:
                return replaces
            if call.instead is not None and gives_way(call, error):
                return await self._make(call.instead, None)
            raise
        number = result.get("message_id") if isinstance(result, dict) else None
        if not isinstance(number, int):
            raise UnreachableError("a message without its number")
        return str(number)
