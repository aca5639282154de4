"""python-telegram-bot as the client: its Bot builds the requests, a session of ours carries them.

The session is aiohttp's and not PTB's own HTTPXRequest: httpx looks at every connection of its pool for
every call, and with as many connections as a slow platform needs that costs five times all the rest.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, TCPConnector
from telegram import Bot, InputFile
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram import api


class _PassedError(TelegramError):
    """Carries one of our errors through PTB, which replaces every other one by its own."""

    def __init__(self, error: api.ApiError | api.UnreachableError) -> None:
        super().__init__(str(error))
        self.error = error


class _Session(BaseRequest):
    """Requests over aiohttp, whose answers are read by `api`. No redirect is followed: wherever one leads, the token
    goes nowhere but to the server that was set.
    """

    def __init__(self, base: str) -> None:
        self._proxy = _proxy_for(base)
        self.http: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return api.SECONDS

    async def initialize(self) -> None:
        if self.http is None:
            # No limit: a chat that is slow for everybody's turn in a pool would be a queue for all.
            self.http = ClientSession(connector=TCPConnector(limit=0), proxy=self._proxy)

    async def shutdown(self) -> None:
        if self.http is not None:
            await self.http.close()
            self.http = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        await self.initialize()
        assert self.http is not None  # noqa: S101  # initialize made it
        total = read_timeout if isinstance(read_timeout, (int, float)) else api.SECONDS
        try:
            async with self.http.request(
                method, url, timeout=ClientTimeout(total=total), allow_redirects=False, **_body(request_data)
            ) as answer:
                body = await api.read(answer.content.iter_chunked(api.CHUNK))
        except (ClientError, TimeoutError, OSError) as error:
            raise _PassedError(api.UnreachableError(f"{type(error).__name__}: {error}")) from error
        except api.UnreadableError as error:
            raise _PassedError(error) from error
        if answer.status != 200:
            _passed(answer.status, body)
        return answer.status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        return {"result": _passed(200, payload)}


def _passed(status: int, body: bytes) -> Any:
    """What a call brought; its errors as PTB lets them through."""
    try:
        return api.result(status, body)
    except (api.ApiError, api.UnreachableError) as error:
        raise _PassedError(error) from error


def _proxy_for(base: str) -> str | None:
    """The proxy by which the environment says an address is reached (HTTPS_PROXY, NO_PROXY): many bureaus need
    one. Read once: aiohttp's trust_env reads it anew, and a .netrc besides, for every call.
    """
    parts = urlsplit(base)
    return None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": json.dumps(data.parameters).encode(), "headers": {"Content-Type": "application/json"}}
    form = FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return {"data": form}


class PtbClient:
    """The Bot API through python-telegram-bot."""

    def __init__(self, token: str, base: str) -> None:
        self._session = _Session(base)
        self._token = token
        self._files = f"{base}/file/bot{token}/"
        self._bot = Bot(token, f"{base}/bot", f"{base}/file/bot", self._session, self._session)

    async def call(self, method: str, params: Mapping[str, Any], *, seconds: float = api.SECONDS) -> Any:
        """Call a method; see `api.Client`."""
        with api.without(self._token):
            return await self._call(method, params, seconds)

    async def download(self, file_path: str) -> bytes:
        """The content of a file; see `api.Client`."""
        with api.without(self._token):
            return await self._download(file_path)

    async def _call(self, method: str, params: Mapping[str, Any], seconds: float) -> Any:
        kwargs = {key: _prepared(value) for key, value in params.items()}
        # The API takes names in any case. PTB warns of each call whose name is one of its own methods.
        endpoint = method[0].upper() + method[1:]
        try:
            return await self._bot.do_api_request(endpoint, kwargs, read_timeout=seconds)
        except _PassedError as passed:
            raise passed.error from None
        except TelegramError as error:
            raise api.UnreachableError(str(error)) from error

    async def _download(self, file_path: str) -> bytes:
        await self._session.initialize()
        assert self._session.http is not None  # noqa: S101  # initialize made it
        try:
            async with self._session.http.get(
                self._files + file_path, timeout=ClientTimeout(total=api.FILE_SECONDS), allow_redirects=False
            ) as answer:
                if answer.status != 200:
                    api.result(answer.status, await api.read(answer.content.iter_chunked(api.CHUNK)))
                    raise api.UnreachableError(f"HTTP {answer.status} in place of a file")
                content = bytearray()
                async for chunk in answer.content.iter_chunked(api.CHUNK):
                    content += chunk
                    if len(content) > api.DOWNLOAD_LIMIT:
                        break
                return bytes(content)
        except (ClientError, TimeoutError, OSError) as error:
            raise api.UnreachableError(f"{type(error).__name__}: {error}") from error

    async def close(self) -> None:
        """End the session."""
        await self._session.shutdown()


def _prepared(value: Any) -> Any:
    return InputFile(value.content, value.name) if isinstance(value, api.Upload) else value
