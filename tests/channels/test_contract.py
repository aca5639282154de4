"""One contract for every channel: what is said arrives whole, what is tapped comes back, nothing raises.

A new channel joins by a stand of its own in `STANDS`.
"""

import asyncio
import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest

from bot.app import App
from bot.channels.telegram.api import NAME
from bot.channels.telegram.service import Telegram
from bot.channels.terminal import Terminal
from bot.channels.terminal import address_of as terminal_address
from bot.channels.web import history as web
from bot.channels.web.channel import News, WebChannel
from bot.channels.web.channel import address_of as web_address
from bot.settings import Settings
from service.core.letters import Draft, reply
from service.people import inviting
from storage.audit import SYSTEM, Actor
from talk.actions import Tap
from talk.messages import Address, Broken, Channel, Inbound, Kind, Outbound, Outcome, Sent
from talk.texts import CHINESE
from tests.service.conftest import FOOD, row
from tests.service.test_dispatch import june
from tests.telegram.fake_api import ACCOUNT, TOKEN, FakeApi
from tests.town import SECRET, Mailbox, Town


class RecordingApp(App):
    """The bot, which notes what its channels hand over."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.handed: list[Inbound] = []

    async def take(self, inbound: Inbound, by: Actor = SYSTEM) -> bool:
        self.handed.append(inbound)
        return await super().take(inbound, by)


class Stand(ABC):
    """A channel with somebody in front of it, and the bot behind it."""

    channel: Channel
    address: Address

    def __init__(self, town: Town) -> None:
        self.town = town

    def open(self, settings: Settings) -> None:
        """Put the bot behind the channel."""
        self.app = RecordingApp(settings, [self.channel], wall=lambda: self.town.now)

    @abstractmethod
    def shown(self) -> str:
        """What can be read on it by now."""

    @abstractmethod
    async def typed(self, text: str) -> Inbound:
        """Type words; what the channel handed over, once the bot has taken it."""

    @abstractmethod
    async def tapped(self, label: str) -> Inbound:
        """Tap the newest button of a label; what the channel handed over, once the bot has taken it."""

    async def sent_in_vain(self) -> Outcome | None:
        """What comes of a message that cannot be shown; None where every message can be."""
        return None

    async def _hand_over(self, inbound: Inbound) -> Inbound:
        assert await self.app.take(inbound)
        return inbound


class TerminalStand(Stand):
    """The terminal, written into a string."""

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self.address = terminal_address("new:somebody")
        self.out = StringIO()
        self.channel = self.terminal = Terminal(self.address, town.app.file_store, CHINESE, self.out)

    def shown(self) -> str:
        return self.out.getvalue()

    async def typed(self, text: str) -> Inbound:
        return await self._hand_over(self.terminal.read(text, self.town.now))

    async def tapped(self, label: str) -> Inbound:
        if label == "上一步":
            return await self.typed("/back")
        found = re.findall(rf"(#\d+) {re.escape(label)}(?=\s|$)", self.shown())
        return await self.typed(found[-1])

    async def sent_in_vain(self) -> Outcome | None:
        gone = Terminal(self.address, self.town.app.file_store, CHINESE, Gone())
        return await gone.send(self.address, Outbound("你好"), None)


class Gone(StringIO):
    """A pipe whose reader has gone."""

    def write(self, text: str) -> int:
        del text
        raise BrokenPipeError


class WebStand(Stand):
    """The local web chat, read as its page reads it."""

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self.address = web_address("somebody")
        self.updates = 0

        async def now() -> datetime:
            return town.now

        self.channel = WebChannel(now, News())

    def entries(self) -> list[web.Entry]:
        """The chat."""
        return list(self.app.database.look(lambda conn: web.history(conn, self.address, self.town.now)))

    def shown(self) -> str:
        labels = [button.text for entry in self.entries() for line in entry.buttons for button in line]
        return "\n".join([*(entry.text for entry in self.entries()), *labels])

    async def typed(self, text: str) -> Inbound:
        return await self._said(Kind.TEXT, text=text)

    async def tapped(self, label: str) -> Inbound:
        buttons = [button for entry in self.entries() for line in entry.buttons for button in line]
        data = next(button.data for button in reversed(buttons) if button.text == label)
        return await self._said(Kind.BUTTON, data=data)

    async def _said(self, kind: Kind, text: str = "", data: str = "") -> Inbound:
        self.updates += 1
        said = Inbound(self.address, self.updates, self.town.now, kind, text=text, data=data)
        return await self._hand_over(replace(said, raw=web.raw(said, said.at)))


class TelegramStand(Stand):
    """Telegram over one of its libraries, on the platform of `fake_api`, received by the poll loop."""

    def __init__(self, town: Town, api: FakeApi, telegram: Telegram) -> None:
        super().__init__(town)
        self.api = api
        self.chat = api.chat(7001, "somebody")
        self.telegram = telegram
        self.channel = telegram.channel
        self.address = Address(NAME, ACCOUNT, str(self.chat.id))

    def shown(self) -> str:
        labels = [button["text"] for card in self.chat.shown for line in card.buttons for button in line]
        return "\n".join([*(card.text for card in self.chat.shown), *labels])

    async def typed(self, text: str) -> Inbound:
        return await self._taken(self.api.say(self.chat, text))

    async def tapped(self, label: str) -> Inbound:
        return await self._taken(self.api.tap(self.chat, label))

    async def sent_in_vain(self) -> Outcome | None:
        self.api.fail("sendMessage", "reset")
        return await self.channel.send(self.address, Outbound("你好"), None)

    async def _taken(self, number: int) -> Inbound:
        await self.api.until(lambda: number in self.api.confirmed)
        # The platform may forget it now, so the bot must have it.
        return next(inbound for inbound in self.app.handed if inbound.update_id == number)


Opener = Callable[[Town, Settings], AbstractAsyncContextManager[Stand]]


def without_platform(made: Callable[[Town], Stand]) -> Opener:
    """A stand whose person is in this process."""

    @asynccontextmanager
    async def opened(town: Town, settings: Settings) -> AsyncIterator[Stand]:
        stand = made(town)
        stand.open(settings)
        yield stand

    return opened


def on_telegram(library: str) -> Opener:
    """A stand on the fake platform, whose receiver is at work."""

    @asynccontextmanager
    async def opened(town: Town, settings: Settings) -> AsyncIterator[Stand]:
        async with FakeApi() as api:
            more = {"telegram_token": TOKEN, "telegram_api": api.address, "telegram_library": library}
            chosen = Settings.model_validate({**settings.model_dump(), **more, "telegram_rate": 0})
            stand = TelegramStand(town, api, Telegram(chosen))
            stand.open(chosen)
            receiving = asyncio.create_task(stand.telegram.receiver(stand.app).run(lambda _: None))
            try:
                yield stand
            finally:
                receiving.cancel()
                with suppress(asyncio.CancelledError):
                    await receiving
                await stand.telegram.close()

    return opened


STANDS: Final[Mapping[str, Opener]] = {
    "terminal": without_platform(TerminalStand),
    "web": without_platform(WebStand),
    "telegram-ptb": on_telegram("ptb"),
    "telegram-aiogram": on_telegram("aiogram"),
}


@pytest.fixture(params=sorted(STANDS))
async def stand(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Stand]:
    """Each channel, with a bot behind it."""
    shutil.copy(sqlite_template, tmp_path / "anzhu.db")
    url = f"sqlite:///{tmp_path}/anzhu.db"
    town = Town.found(url, tmp_path)
    town.register(row())
    town.tick()
    settings = Settings(data_dir=tmp_path, database_url=url, secret_key=SECRET)
    async with STANDS[request.param](town, settings) as made:
        yield made
        made.app.close()
    town.app.close()


async def send(stand: Stand, *lines: str, taps: tuple[Tap, ...] = ()) -> None:
    """Let the bot say something to whoever is there."""
    stand.app.use(lambda uow: reply(uow, stand.address, CHINESE, Draft(lines, taps)))
    await stand.app.delivery.round()


async def answer(stand: Stand, said: Awaitable[Inbound]) -> str:
    """Do something; what is shown once it is answered."""
    await said
    await stand.app.delivery.round()
    return stand.shown()


async def test_it_has_a_name_an_account_and_an_address(stand: Stand) -> None:
    assert stand.address.channel == stand.channel.name
    assert stand.address.account == stand.channel.account
    assert stand.channel.rate >= 0
    assert stand.channel.capabilities.text_limit >= 4096


@pytest.mark.parametrize("text", ["<b>不是标记</b> & “引号” \\n", "一行\n\n三行", "长" * 3000, "[1] 不是按钮", "⏰ ✅"])
async def test_what_is_said_is_shown_whole_and_as_it_is(stand: Stand, text: str) -> None:
    await send(stand, text)
    assert text in stand.shown()


async def test_control_characters_do_not_reach_the_screen(stand: Stand) -> None:
    await send(stand, "红\x1b[31m字\x07")
    if stand.channel.name == "terminal":
        assert "\x1b" not in stand.shown()
    assert "红" in stand.shown()


async def test_a_tap_brings_back_what_the_button_carries(stand: Stand) -> None:
    await send(stand, "请点选", taps=(Tap("甲", "a:show:1"), Tap("乙", "a:show:2"), Tap("丙", "a:show:3")))
    said = await stand.tapped("乙")
    assert (said.kind, said.data, said.text) == (Kind.BUTTON, "a:show:2", "")
    assert said.address == stand.address


async def test_update_numbers_rise(stand: Stand) -> None:
    numbers = [(await stand.typed(text)).update_id for text in ("一", "二", "三")]
    assert numbers == sorted(set(numbers))


async def test_what_is_received_is_taken_once_and_in_its_order(stand: Stand) -> None:
    for text in ("一", "二", "三"):
        await stand.typed(text)
    assert [inbound.text for inbound in stand.app.handed] == ["一", "二", "三"]
    assert {inbound.address for inbound in stand.app.handed} == {stand.address}


async def test_sending_never_raises_and_says_what_came_of_it(stand: Stand) -> None:
    assert isinstance(await stand.channel.send(stand.address, Outbound("你好"), None), Sent)
    assert isinstance(await stand.sent_in_vain(), Broken | None)


TRANSCRIPT = (
    ("同意加入", "是您吗"),
    ("是我", "您已加入"),
    ("已调度", "由您本人主持"),
    ("是", "哪天"),
    ("今天", "什么形式"),
    ("现场调度", "议定了哪些事项"),
    ("落实整改", "✓落实整改"),
    ("安排资金", "✓安排资金"),
    ("完成", "还有什么问题"),
    ("上一步", "议定了哪些事项"),
)


async def test_the_monthly_dispatch_from_the_invitation_to_the_receipt(stand: Stand) -> None:
    town = stand.town
    code = stand.app.use(lambda uow: inviting.invite(uow, "principal", FOOD, "浑南区应急管理局")).code
    assert "邀请您以企业主要负责人身份加入" in await answer(stand, stand.typed(f"/start {code}"))
    for label, shows in TRANSCRIPT[:2]:
        assert shows in await answer(stand, stand.tapped(label))
    await send(stand, "6月调度确认", taps=(Tap("已调度", f"a:fill:{june(town).id}:yes"),))
    for label, shows in TRANSCRIPT[2:]:
        assert shows in await answer(stand, stand.tapped(label))
    assert "还有什么问题" in await answer(stand, stand.typed("更换除尘风机"))
    assert "议定事项：更换除尘风机" in await answer(stand, stand.typed("资金3万元"))
    assert "回执编号" in await answer(stand, stand.tapped("确认提交"))
    assert june(town).status == "answered"


async def test_what_waits_for_another_channel_stays_where_it_is(stand: Stand) -> None:
    other = Mailbox.name, "elsewhere", "somebody"
    stand.app.use(lambda uow: reply(uow, Address(*other), CHINESE, Draft(("别处的",))))
    await stand.app.delivery.round()
    assert "别处的" not in stand.shown()
