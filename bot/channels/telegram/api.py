"""The Bot API as the rest of the adapter sees it: a client that calls, and the two ways a call can end badly.

python-telegram-bot and aiogram each serve as such a client. What the API answers is read here, once for
both, so that neither library's view of errors shows through.
"""

import json
import re
from collections.abc import AsyncIterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from bot.hiding import covered

NAME: Final = "telegram"

DOWNLOAD_LIMIT: Final = 20 * 1024 * 1024
"""Bytes: the most that the platform lets a bot fetch."""

SECONDS: Final = 20.0
"""How long a call may take; a poll and an upload say so themselves."""

FILE_SECONDS: Final = 60
"""How long the content of a file may take, either way."""

CHUNK: Final = 64 * 1024

ANSWER_LIMIT: Final = 8 * 1024 * 1024
"""Bytes of an answer that are read at the most; a hundred updates of the platform are a tenth of it."""

HEAD: Final = 64 * 1024
"""Bytes that are kept of an answer which cannot be read."""

LONGEST_PAUSE: Final = 3600.0
"""Seconds that the platform's word is taken for at the most when it asks for patience."""


_WELL: Final = re.compile(rb'\s*\{\s*"ok"\s*:\s*true')
"""How an answer of the Bot API begins, and no page of a gateway."""


_BEGINS: Final = re.compile(r"[0-9]{3}\b|[A-Za-z][A-Za-z0-9 ,-]{0,60}", re.ASCII)


class ApiError(Exception):
    """The API answered, and refused: `code` and `description` are its own, `retry_after` is in seconds."""

    def __init__(self, code: int, description: str, retry_after: float | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.in_log = str(code)


class UnreachableError(Exception):
    """No answer of the API came, so nobody knows what it did: a time-out, a reset, a gateway's page."""

    @property
    def in_log(self) -> str:
        """What came in its place: behind a code or a colon stands what somebody else wrote."""
        found = _BEGINS.match(str(self))
        return found[0] if found else ""


class UnreadableError(UnreachableError):
    """The API answered that all is well, with a result that cannot be read: `head` is how the answer begins."""

    def __init__(self, what: str, head: bytes) -> None:
        super().__init__(what)
        self.head = head


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a parameter of a call: its content, and the name to send it under."""

    content: bytes
    name: str


@contextmanager
def without(token: str) -> Iterator[None]:
    """Raise the errors of a call without the token in them, and without the libraries' own errors behind them: those
    name the address, which holds the token.
    """
    try:
        yield
    except ApiError as error:
        raise ApiError(error.code, covered(error.description, token), error.retry_after) from None
    except UnreadableError as error:
        raise UnreadableError(covered(str(error), token), error.head) from None
    except UnreachableError as error:
        raise UnreachableError(covered(str(error), token)) from None


class Client(Protocol):
    """A session with the Bot API. Calls raise ApiError or UnreachableError, and nothing else."""

    async def call(self, method: str, params: Mapping[str, Any], *, seconds: float = SECONDS) -> Any:
        """Call a method (`sendMessage`); its raw result. Values are JSON's or an `Upload`."""
        ...

    async def download(self, file_path: str) -> bytes:
        """The content of a file that getFile named, at most a byte over `DOWNLOAD_LIMIT`."""
        ...

    async def close(self) -> None:
        """End the session."""
        ...


async def read(chunks: AsyncIterable[bytes]) -> bytes:
    """Return an answer, read in pieces; raises UnreadableError for one that is longer than any of the platform's."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > ANSWER_LIMIT:
            raise UnreadableError(f"an answer over {ANSWER_LIMIT} bytes", bytes(body[:HEAD]))
    return bytes(body)


def result(status: int, body: bytes) -> Any:
    """What a call brought, from the HTTP answer; raises ApiError or UnreachableError."""
    try:
        answer = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        if _WELL.match(body):
            raise UnreadableError(f"HTTP {status}, {error}", body[:HEAD]) from None
        raise UnreachableError(f"HTTP {status} without JSON") from None
    if not isinstance(answer, dict) or "ok" not in answer:
        raise UnreachableError(f"HTTP {status}, not the Bot API's JSON")
    if answer["ok"] is True:
        if "result" not in answer:
            raise UnreachableError(f"HTTP {status}, without a result")
        return answer["result"]
    code = answer.get("error_code")
    if not isinstance(code, int) or not 100 <= code < 1000:
        code = status
    description = str(answer.get("description") or "")
    if code >= 500:
        raise UnreachableError(f"{code} {description}")
    raise ApiError(code, description, _pause(answer.get("parameters")))


def _pause(parameters: Any) -> float | None:
    """How many seconds the platform asks to wait; None where it does not say, or says what cannot be."""
    asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(asked, bool) or not isinstance(asked, (int, float)) or not 0 < asked < float("inf"):
        return None
    return float(min(asked, LONGEST_PAUSE))
