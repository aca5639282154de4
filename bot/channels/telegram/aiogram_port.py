"""aiogram 3 as the client: its session carries the calls, its models are left aside.

Imported only where it is chosen: importing aiogram takes two seconds and a hundred megabytes.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import BufferedInputFile
from aiohttp import ClientError, ClientTimeout

from bot.channels.telegram import api

CONNECTIONS = 256
"""More than delivery has on its way at once, so that a slow chat holds up no other."""


class _Session(AiohttpSession):
    """aiogram's session, whose answers are read by `api`: not longer than they may be, and for both libraries alike."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's own name for it
    ) -> TelegramType:
        session = await self.create_session()
        form = self.build_form_data(bot=bot, method=method)
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        try:
            async with session.post(
                url, data=form, timeout=ClientTimeout(total=timeout), allow_redirects=False
            ) as answer:
                body = await api.read(answer.content.iter_chunked(api.CHUNK))
        except (ClientError, TimeoutError) as error:
            raise api.UnreachableError(f"{type(error).__name__}: {error}") from error
        return cast("TelegramType", api.result(answer.status, body))


@cache
def _method(name: str) -> type[TelegramMethod[Any]]:
    return type(name, (TelegramMethod[Any],), {"__returning__": Any, "__api_method__": name, "__module__": __name__})


class AiogramClient:
    """The Bot API through aiogram."""

    def __init__(self, token: str, base: str) -> None:
        self._session = _Session(api=TelegramAPIServer.from_base(base), limit=CONNECTIONS)
        self._bot = Bot(token, self._session)

    async def call(self, method: str, params: Mapping[str, Any], *, seconds: float = api.SECONDS) -> Any:
        """Call a method; see `api.Client`."""
        with api.without(self._bot.token):
            return await self._call(method, params, seconds)

    async def download(self, file_path: str) -> bytes:
        """The content of a file; see `api.Client`."""
        with api.without(self._bot.token):
            return await self._download(file_path)

    async def _call(self, method: str, params: Mapping[str, Any], seconds: float) -> Any:
        prepared = {key: _prepared(value) for key, value in params.items()}
        try:
            return await self._bot(_method(method)(**prepared), request_timeout=int(seconds))
        except (TelegramNetworkError, OSError) as error:
            raise api.UnreachableError(str(error)) from error

    async def _download(self, file_path: str) -> bytes:
        url = self._session.api.file_url(self._bot.token, file_path)
        session = await self._session.create_session()
        content = bytearray()
        try:
            async with session.get(url, timeout=ClientTimeout(total=api.FILE_SECONDS), allow_redirects=False) as answer:
                if 400 <= answer.status < 500:
                    raise api.ApiError(answer.status, answer.reason or "")
                if answer.status != 200:
                    raise api.UnreachableError(f"HTTP {answer.status}")
                async for chunk in answer.content.iter_chunked(api.CHUNK):
                    content += chunk
                    if len(content) > api.DOWNLOAD_LIMIT:
                        break
        except (ClientError, TimeoutError, OSError) as error:
            raise api.UnreachableError(f"{type(error).__name__}: {error}") from error
        return bytes(content)

    async def close(self) -> None:
        """End the session."""
        await self._session.close()


def _prepared(value: Any) -> Any:
    return BufferedInputFile(value.content, value.name) if isinstance(value, api.Upload) else value
