"""Telegram at work in one process: the client that the settings choose, what brings updates, the menus."""

import asyncio
import re
import socket
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec

from bot.app import App
from bot.channels.telegram.api import NAME, Client
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.fetching import Fetching
from bot.channels.telegram.menus import Menus
from bot.channels.telegram.polling import Poller
from bot.files import shelf
from bot.listening import listen
from bot.poll_lease import PollLease
from bot.reasons import reason
from bot.settings import Settings, SettingsError, Webhook
from storage import accounts
from storage.away import is_away
from talk.texts import Say

MENUS_EVERY = 60.0

_TOKEN = re.compile(r"([0-9]+):[A-Za-z0-9_-]+")
_MODULES = {"ptb": "telegram", "aiogram": "aiogram"}


class Telegram:
    """Telegram as the settings configure it: both halves of the channel over one client."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError where the token or the library cannot be used."""
        token = settings.telegram_token.get_secret_value()
        shape = _TOKEN.fullmatch(token)
        if shape is None:
            raise SettingsError(Say("telegram-bad-token" if token else "telegram-no-token"))
        if find_spec(_MODULES[settings.telegram_library]) is None:
            raise SettingsError(Say("telegram-no-library", name=settings.telegram_library))
        self.account = shape[1]
        self._webhook = settings.webhook
        self._listener: socket.socket | None = None
        self.client = client_of(settings.telegram_library, token, settings.bot_api)
        self.channel = TelegramChannel(self.client, self.account, shelf(settings), settings.telegram_rate)

    def listen(self) -> None:
        """Open the port at which the platform calls, where it does; SettingsError where that cannot be had."""
        hook = self._webhook
        if hook is None:
            return
        try:
            self._listener = listen(hook.port, hook.host)
        except OSError as error:
            where = f"{hook.host}:{hook.port}"
            raise SettingsError(Say("telegram-webhook-taken", where=where, detail=reason(error))) from error

    def receiver(self, app: App) -> "TelegramReceiver":
        """Return the receiving half, which hands what it receives to the app."""
        return TelegramReceiver(self.client, self.account, app, self._webhook, self._listener)

    async def close(self) -> None:
        """End the session; only when what is on its way has left, or it would leave a second time."""
        await self.client.close()
        if self._listener is not None:
            self._listener.close()


class TelegramReceiver:
    """Receives updates, notes how the bot is called, and keeps the menus of commands."""

    def __init__(
        self,
        client: Client,
        account: str,
        app: App,
        webhook: Webhook | None = None,
        listener: socket.socket | None = None,
    ) -> None:
        """`webhook`: where the platform calls with updates, which are polled else; `listener`: where it is answered."""
        self._client = client
        self._account = account
        self._app = app
        self._webhook = webhook
        self._listener = listener

    async def run(self, ready: Callable[[str], None]) -> None:
        """Receive until cancelled. `ready` is told the bot's name once it is known."""
        async with asyncio.TaskGroup() as group:
            lease = PollLease(self._app.database, NAME, self._account)
            fetching = Fetching(self._client, self._account, self._app)

            async def poll() -> None:
                may_poll, on_queued = lease.is_held, fetching.attend
                await Poller(self._client, self._account, self._app, may_poll=may_poll, on_queued=on_queued).run()

            # In every process, whoever polls or is called.
            group.create_task(fetching.run())
            if self._webhook is None:
                group.create_task(lease.while_held(poll))
            else:
                # Who polls waits for no library that answers.
                from bot.channels.telegram.webhook import Hook  # noqa: PLC0415

                hook = Hook(self._client, self._account, self._app, self._webhook, fetching)
                if self._listener is not None:
                    group.create_task(hook.serve(self._listener))
                group.create_task(lease.while_held(hook.look_after))
            group.create_task(self._introduce(ready))

    async def _introduce(self, ready: Callable[[str], None]) -> None:
        """Learn the bot's name, then keep the menus as they should be."""
        database = self._app.database
        menus = Menus(self._client, self._account, database, self._app.context.second_factor)
        name, waits = "", self._app.trouble("name and menus wait")
        while True:
            try:
                if not name:
                    name = str((await self._client.call("getMe", {}))["username"])
                    await database.write(partial(accounts.name_bot, channel=NAME, account=self._account, name=name))
                    ready(name)
                await menus.refresh()
            except Exception as error:  # noqa: BLE001  # the platform or the database is away: people go first
                if not is_away(error):
                    waits.failed(error)
            else:
                waits.over()
            await asyncio.sleep(MENUS_EVERY)


def client_of(library: str, token: str, base: str) -> Client:
    """The Bot API at a base address through a library, `ptb` or `aiogram`."""
    # Only the chosen library is imported: aiogram takes seconds.
    if library == "aiogram":
        from bot.channels.telegram.aiogram_port import AiogramClient  # noqa: PLC0415

        return AiogramClient(token, base)
    from bot.channels.telegram.ptb import PtbClient  # noqa: PLC0415

    return PtbClient(token, base)
