"""A desk in memory, with a bot that knows a few phrases: for tests, and to look at by hand.

`python -m tests.web.fake_desk [PORT]` serves it.
"""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import uvicorn
from starlette.types import ASGIApp

from bot.channels.web.app import Jump, web_app
from bot.channels.web.channel import News, WebChannel, address_of
from bot.channels.web.history import Entry
from bot.channels.web.pages import Persona
from storage.files import FileStore, RefusedFileError
from storage.sealed_files import SpoiltFileError
from talk.messages import Address, Button, FileRef, Inbound, Outbound, Sent
from talk.texts import CHINESE, Say, render

START = datetime.fromisoformat("2023-05-23T09:00:00+08:00")
BUREAU = "【浑南区应急管理局】"

PRINCIPAL = Persona(1, "郑演丙", "企业主要负责人", "沈阳白桦示范食品0001有限公司", address_of("zheng"), CHINESE)
OFFICER = Persona(2, "钱演七五", "安全管理人员", "沈阳白桦示范食品0001有限公司", address_of("qian"), CHINESE)
CLERK = Persona(3, "孙演辛戊", "区县联络人", "浑南区应急管理局", address_of("sun"), CHINESE, staff=True)
CITY = Persona(4, "李演甲", "市局工作人员", "沈阳市应急管理局", address_of("li"), CHINESE, staff=True)

CARD = f"""{BUREAU}5月调度确认
请您于5月31日（周三）前填报，还有8天。共4题，约1分钟。
依据：沈应急发〔2023〕27号《方案》三（一）1，专项行动期间主要负责人每月至少调度一次。"""


def buttons(*labels: str) -> tuple[tuple[Button, ...], ...]:
    """Two in a row; each carries its own label."""
    taps = [Button(label, f"t:{label}") for label in labels]
    return tuple(tuple(taps[at : at + 2]) for at in range(0, len(taps), 2))


ASKED = Outbound(CARD, buttons("已调度", "还没有", "明早提醒", "请安全员先填", "填报依据"))
ANSWERS = {
    "t:已调度": Outbound(
        "本月调度是哪天开展的？（1/4）\n请点选，或回复日期，如“5月23日”。", buttons("今天", "昨天", "上一步")
    ),
    "t:今天": Outbound(
        "请您核对：\n时间：5月23日\n形式：现场调度\n由您本人主持：是\n"
        "议定事项：更换除尘风机；重新签订外包安全协议\n待解决：资金3万元\n确认后以郑演丙名义提交，5月31日前可更正。",
        buttons("确认提交", "修改", "附照片"),
    ),
    "t:确认提交": Outbound(
        "✅ 已收到您的5月调度确认。回执编号 K7Q4-M2PX，检查时可出示核验。回执仅证明已提交，不代表对内容的认定。"
    ),
    "/tasks": Outbound(
        "待办任务2项，请点序号填报：\n1. 5月调度确认：5月31日（周三）前，还有8天\n"
        "2. 外包外租统一管理自查：5月30日（周二）前，还有7天",
        buttons("第1项", "第2项"),
    ),
    "/help": Outbound(
        "我按工贸行业重大事故隐患专项排查整治2023行动的要求，提醒任务、接收填报。\n/tasks 待办任务\n/me 我的资料"
    ),
}
SOON = Outbound("⏰ 5月调度确认：5月31日（周三）前，还有3天。", buttons("已调度", "还没有"))
OVERDUE = Outbound(
    "⚠️ 5月调度确认已逾期1天。已完成的，请补填；尚未完成的，请说明情况。", buttons("现在填报", "说明情况")
)
JUMPS = {
    Jump.HALF_HOUR: timedelta(minutes=30),
    Jump.MORNING: timedelta(days=1),
    Jump.DEADLINE: timedelta(days=5),
    Jump.MONTH_END: timedelta(days=8),
}


@dataclass
class FakeDesk:
    """People, their chats, a clock; everything they send is answered at once and kept in `taken`."""

    folder: Path
    people: list[Persona] = field(default_factory=lambda: [PRINCIPAL, OFFICER, CLERK, CITY])
    time: datetime = START
    news: News = field(default_factory=News)
    taken: dict[int, Inbound] = field(default_factory=dict)
    chats: dict[Address, list[Entry]] = field(default_factory=dict)
    jumps: list[Jump] = field(default_factory=list)
    failing: bool = False
    _ids: "count[int]" = field(default_factory=count)

    @property
    def channel(self) -> WebChannel:
        """The sending half."""
        return WebChannel(self.now, self.news)

    def app(self, port: int) -> ASGIApp:
        """The web chat on this desk."""
        return web_app(self, self.news, port)

    async def personas(self) -> Sequence[Persona]:
        return self.people

    async def take(self, inbound: Inbound) -> bool:
        if self.failing:
            raise OSError("disk full")
        if inbound.update_id in self.taken:
            return False
        self.taken[inbound.update_id] = inbound
        self._add(inbound.address, inbound.text or inbound.data.removeprefix("t:"), files=inbound.files, by_person=True)
        usual = Outbound("最近的一项：5月调度确认，5月31日（周三）前，还有8天。", buttons("现在填报", "全部任务"))
        await self.say(inbound.address, ANSWERS.get(inbound.data or inbound.text, usual))
        return True

    async def say(self, address: Address, message: Outbound) -> None:
        """The bot says something, as the delivery would."""
        text = f"{render(Say('rehearsal-line'), CHINESE)}\n{message.text}"
        self._add(address, text, message.buttons, message.files, by_person=False)
        assert isinstance(await self.channel.send(address, message, None), Sent)

    async def history(self, address: Address) -> Sequence[Entry]:
        entries = self.chats.get(address, [])
        last = next((at for at in reversed(range(len(entries))) if entries[at].buttons), None)
        return [replace(entry, live=at == last) for at, entry in enumerate(entries)]

    async def keep(self, address: Address, data: bytes, name: str) -> FileRef | Say:
        del address
        try:
            return FileStore(self.folder).keep(data, name)
        except RefusedFileError:
            return Say("unsupported")

    async def open_file(self, address: Address, sha256: str) -> tuple[bytes, FileRef] | Say | None:
        files = (file for entry in self.chats.get(address, []) for file in entry.files)
        found = next((file for file in files if file.sha256 == sha256), None)
        try:
            return None if found is None else (FileStore(self.folder).read(sha256), found)
        except SpoiltFileError:
            return Say("file-spoilt", name=sha256)

    async def now(self) -> datetime:
        return self.time

    async def jump(self, to: Jump) -> None:
        self.jumps.append(to)
        self.time = (self.time + JUMPS[to]).replace(hour=8, minute=30)
        await self.say(PRINCIPAL.address, OVERDUE if self.time.month == 6 or self.time.day == 1 else SOON)
        await self.say(CLERK.address, Outbound("⚠️ 逾期仍未填报的：\n浑南区　5月调度确认：3家", buttons("查看名单")))

    def _add(
        self,
        address: Address,
        text: str,
        rows: tuple[tuple[Button, ...], ...] = (),
        files: tuple[FileRef, ...] = (),
        *,
        by_person: bool,
    ) -> None:
        entry = Entry(f"m{next(self._ids)}", by_person, self.time, text, rows, files)
        self.chats.setdefault(address, []).append(entry)


async def _serve(port: int) -> None:
    desk = FakeDesk(Path(mkdtemp()))
    for persona in desk.people:
        await desk.say(persona.address, Outbound(f"✅ {persona.name}，您已加入：{persona.place}{persona.role_title}。"))
    await desk.say(PRINCIPAL.address, ASKED)
    await desk.say(
        CITY.address,
        Outbound(
            "沈阳市填报进度（截至5月23日 09:00）\n1. 5月调度确认：已填报3家，应填报12家\n"
            "2. 外包外租统一管理自查：已填报1家，应填报7家",
            buttons("未报1", "未报2"),
        ),
    )
    await uvicorn.Server(uvicorn.Config(desk.app(port), host="127.0.0.1", port=port)).serve()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]) if len(sys.argv) > 1 else 8701))
