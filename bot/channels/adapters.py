"""The platforms on which `anzhu run` serves."""

from collections.abc import Sequence
from typing import Protocol

from bot.app import App
from bot.channels.telegram.service import Telegram
from bot.settings import Settings
from talk.messages import Channel, Receiver


class Adapter(Protocol):
    """One platform in this process: the two halves of its channel over one connection."""

    @property
    def channel(self) -> Channel:
        """The sending half. It is made first, since the App is given it."""
        ...

    def listen(self) -> None:
        """Open the port at which the platform calls, where it does; SettingsError where that cannot be had."""
        ...

    def receiver(self, app: App) -> Receiver:
        """Return the receiving half, which hands what it receives to the app."""
        ...

    async def close(self) -> None:
        """End the connection. Only when what is on its way has left, or it would leave a second time."""
        ...


def configured(settings: Settings) -> Sequence[Adapter]:
    """Return the adapters that the settings ask for; raises SettingsError where one cannot be used."""
    return [Telegram(settings)]
