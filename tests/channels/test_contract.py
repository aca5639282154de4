"""One contract for every channel: what is said arrives whole, what is tapped comes back, nothing raises.

A new channel joins by a stand of its own in `STANDS`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

import pytest

from bot.app import App
from bot.channels.terminal import Terminal
from bot.channels.terminal import address_of as terminal_address
from bot.channels.web import history as web
from bot.channels.web.channel import News, WebChannel
from bot.channels.web.channel import address_of as web_address
from bot.settings import Settings
from service.core.letters import Draft, reply
from service.people import joining
from talk.actions import Tap
from talk.messages import Address, Broken, Channel, Inbound, Kind, Outbound, Sent
from talk.texts import CHINESE
from tests.service.conftest import FOOD, row
from tests.service.test_dispatch import june
from tests.town import SECRET, Mailbox, Town


class Stand:
    """A channel with somebody in front of it."""

    channel: Channel
    address: Address
    app: App

    def shown(self) -> str:
        """What can be read on it by now."""
        raise NotImplementedError

    def typed(self, text: str) -> Inbound:
        """Words, as the channel hands them over."""
        raise NotImplementedError

    def tapped(self, label: str) -> Inbound:
        """A tap on the newest button of a label, as the channel hands it over."""
        raise NotImplementedError


@dataclass
class TerminalStand(Stand):
    """The terminal, written into a string."""

    town: Town
    folder: Path
    out: StringIO = field(default_factory=StringIO)

    def __post_init__(self) -> None:
        self.address = terminal_address("new:somebody")
        self.terminal = Terminal(self.address, self.town.app.file_store, CHINESE, self.out)
        self.channel = self.terminal

    def shown(self) -> str:
        return self.out.getvalue()

    def typed(self, text: str) -> Inbound:
        return self.terminal.read(text, self.town.now)

    def tapped(self, label: str) -> Inbound:
        if label == "上一步":
            return self.terminal.read("/back", self.town.now)
        found = re.findall(rf"\[(\d+)\] {re.escape(label)}(?=\s|$)", self.shown())
        return self.terminal.read(found[-1], self.town.now)


@dataclass
class WebStand(Stand):
    """The local web chat, read as its page reads it."""

    town: Town
    folder: Path
    updates: int = 0

    def __post_init__(self) -> None:
        self.address = web_address("somebody")

        async def now() -> object:
            return self.town.now

        self.channel = WebChannel(now, News())  # type: ignore[arg-type]  # the campaign time of the town

    def entries(self) -> list[web.Entry]:
        """The chat."""
        return list(self.app.database.look(lambda conn: web.history(conn, self.address, self.town.now)))

    def shown(self) -> str:
        labels = [button.text for entry in self.entries() for line in entry.buttons for button in line]
        return "\n".join([*(entry.text for entry in self.entries()), *labels])

    def typed(self, text: str) -> Inbound:
        return self._said(Kind.TEXT, text=text)

    def tapped(self, label: str) -> Inbound:
        buttons = [button for entry in self.entries() for line in entry.buttons for button in line]
        return self._said(Kind.BUTTON, data=next(one.data for one in reversed(buttons) if one.text == label))

    def _said(self, kind: Kind, text: str = "", data: str = "") -> Inbound:
        self.updates += 1
        said = Inbound(self.address, self.updates, self.town.now, kind, text=text, data=data)
        return replace(said, raw=web.raw(said, said.at))


STANDS: dict[str, Callable[[Town, Path], Stand]] = {"terminal": TerminalStand, "web": WebStand}


@pytest.fixture(params=sorted(STANDS))
def stand(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Iterator[Stand]:
    """Each channel, with a bot behind it."""
    (tmp_path / "anzhu.db").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{tmp_path}/anzhu.db"
    town = Town.found(url, tmp_path)
    town.register(row())
    town.tick()
    made = STANDS[request.param](town, tmp_path)
    settings = Settings(data_dir=tmp_path, database_url=url, secret_key=SECRET)
    made.app = App(settings, [made.channel], wall=lambda: town.now)
    made.town = town  # type: ignore[attr-defined]  # for the tests below
    yield made
    made.app.close()
    town.app.close()


async def send(stand: Stand, *lines: str, taps: tuple[Tap, ...] = ()) -> None:
    """Let the bot say something to whoever is there."""
    stand.app.use(lambda uow: reply(uow, stand.address, CHINESE, Draft(lines, taps)))
    await stand.app.delivery.round()


async def do(stand: Stand, said: Inbound) -> str:
    """Hand a message over; what is shown afterwards."""
    assert await stand.app.take(said)
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
    said = stand.tapped("乙")
    assert (said.kind, said.data, said.text) == (Kind.BUTTON, "a:show:2", "")
    assert said.address == stand.address


async def test_update_numbers_rise(stand: Stand) -> None:
    numbers = [stand.typed(text).update_id for text in ("一", "二", "三")]
    assert numbers == sorted(set(numbers))


async def test_sending_never_raises_and_says_what_came_of_it(stand: Stand) -> None:
    assert isinstance(await stand.channel.send(stand.address, Outbound("你好"), None), Sent)
    if isinstance(stand, TerminalStand):
        stand.terminal = Terminal(stand.address, stand.town.app.file_store, CHINESE, Gone())
        assert isinstance(await stand.terminal.send(stand.address, Outbound("你好"), None), Broken)


class Gone(StringIO):
    """A pipe whose reader has gone."""

    def write(self, text: str) -> int:
        del text
        raise BrokenPipeError


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
    town: Town = stand.town  # type: ignore[attr-defined]  # set by the fixture
    code = stand.app.use(lambda uow: joining.invite(uow, "principal", FOOD, "浑南区应急管理局")).code
    assert "邀请您以企业主要负责人身份加入" in await do(stand, stand.typed(f"/start {code}"))
    for label, shows in TRANSCRIPT[:2]:
        assert shows in await do(stand, stand.tapped(label))
    await send(stand, "6月调度确认", taps=(Tap("已调度", f"a:fill:{june(town).id}:yes"),))
    for label, shows in TRANSCRIPT[2:]:
        assert shows in await do(stand, stand.tapped(label))
    assert "还有什么问题" in await do(stand, stand.typed("更换除尘风机"))
    assert "议定事项：更换除尘风机" in await do(stand, stand.typed("资金3万元"))
    assert "回执编号" in await do(stand, stand.tapped("确认提交"))
    assert june(town).status == "answered"


async def test_what_waits_for_another_channel_stays_where_it_is(stand: Stand) -> None:
    other = Mailbox.name, "elsewhere", "somebody"
    stand.app.use(lambda uow: reply(uow, Address(*other), CHINESE, Draft(("别处的",))))
    await stand.app.delivery.round()
    assert "别处的" not in stand.shown()
