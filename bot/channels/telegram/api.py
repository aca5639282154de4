"""The Bot API as the rest of the adapter sees it: a client that calls, and the two ways a call can end badly.

python-telegram-bot and aiogram each serve as such a client. What the API answers is read here, once for
both, so that neither library's view of errors shows through.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

NAME: Final = "telegram"

DOWNLOAD_LIMIT: Final = 20 * 1024 * 1024
"""Bytes: the most that the platform lets a bot fetch."""

SECONDS: Final = 20.0
"""How long a call may take; a poll and an upload say so themselves."""

FILE_SECONDS: Final = 60
"""How long the content of a file may take, either way."""

CHUNK: Final = 64 * 1024


class ApiError(Exception):
    """The API answered, and refused: `code` and `description` are its own, `retry_after` is in seconds."""

    def __init__(self, code: int, description: str, retry_after: float | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after


class UnreachableError(Exception):
    """No answer of the API came, so nobody knows what it did: a time-out, a reset, a gateway's page."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a parameter of a call: where its content lies, and the name to send it under."""

    path: Path
    name: str


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


def result(status: int, body: bytes | str) -> Any:
    """What a call brought, from the HTTP answer; raises ApiError or UnreachableError."""
    try:
        answer = json.loads(body)
    except ValueError:
        raise UnreachableError(f"HTTP {status} without JSON") from None
    if not isinstance(answer, dict) or "ok" not in answer:
        raise UnreachableError(f"HTTP {status}, not the Bot API's JSON")
    if answer["ok"]:
        return answer["result"]
    code = int(answer.get("error_code") or status)
    description = str(answer.get("description") or "")
    if code >= 500:
        raise UnreachableError(f"{code} {description}")
    parameters = answer.get("parameters") or {}
    raise ApiError(code, description, parameters.get("retry_after"))
