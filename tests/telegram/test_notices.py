"""A notice to a thousand: whoever blocks, fails or is killed meanwhile, receipts are right and nobody gets it twice."""

import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import App
from bot.channels.telegram.api import NAME
from bot.channels.telegram.service import Telegram
from bot.settings import Settings
from service.core.unit_of_work import UnitOfWork
from service.registry.enterprise_import import import_enterprises
from storage import notices, people
from storage.notices import NoticeStanding, Receipt, state_of
from storage.sending import LEASE
from talk.messages import Address
from tests.samples import pdf
from tests.service.lines import code, line
from tests.telegram.conftest import at_work, settings_for
from tests.telegram.fake_api import ACCOUNT, Chat, FakeApi
from tests.telegram.process import Process
from tests.town import SECRET, Mailbox, Town

DISTRICT = "浑南区"
FIRST = 100_000
"""The number of the first principal's chat."""
BLOCKED, FAILING = 30, 20
SATURDAY = datetime.fromisoformat("2023-06-03T09:00:00+08:00")
"""A day on which reminders wait: they would leave before any notice."""
POISONED = "poisoned"
"""An address that is no chat of the platform."""


def settle(uow: UnitOfWork, number: int) -> None:
    """So many enterprises, each with a principal on Telegram; the last one's address is poisoned."""
    assert not import_enterprises(uow, [line(one) for one in range(1, number + 1)]).refused
    for one in range(1, number + 1):
        chat = POISONED if one == number else str(FIRST + one)
        address = Address(NAME, ACCOUNT, chat)
        people.meet(uow.conn, address, "zh-CN", uow.wall)
        person = people.add_guest(uow.conn, "zh-CN")
        people.admit(uow.conn, person, f"郑演{one}", uow.now)
        people.bind(uow.conn, address, person)
        people.grant(uow.conn, person, "principal", code(one), "active", uow.now)


def principals(api: FakeApi, number: int) -> list[Chat]:
    """The chats of those principals whom the platform knows."""
    return [api.chat(FIRST + one) for one in range(1, number)]


def receipts(app: App) -> list[Receipt]:
    return app.look(lambda uow: notices.receipts(uow.conn, 1))


def got(chat: Chat) -> int:
    """How often somebody was shown the notice."""
    return sum(shown.text.startswith("【系统测试，非正式通知】\n【浑南区应急管理局】通知") for shown in chat.shown)


async def test_a_thousand_recipients(api: FakeApi, tmp_path: Path, sqlite_template: Path) -> None:
    settings = settings_for(api, "ptb", tmp_path, sqlite_template)
    chats = principals(api, 1000)
    for chat in chats[:BLOCKED]:
        chat.blocked = True
    for number, chat in enumerate(chats[BLOCKED : BLOCKED + FAILING]):
        chat.fault = "500" if number % 2 else "reset"
    async with at_work(api, settings) as bureau:
        await bureau.app.database.write(
            lambda conn: settle(bureau.app._uow(conn, datetime.now(UTC), b"", "test"), 1000)
        )
        clerk = await bureau.join(7002, "孙演九", "clerk", DISTRICT)
        await bureau.say(clerk, "/notice")
        await bureau.say(clerk, "汛期将至，请检查排水。")
        for tap in ("全部企业", "主要负责人", "完成", "到8月31日", "不用答复", "预览"):
            await bureau.tap(clerk, tap)
        assert "将发给1000人（范围内企业1001家）" in clerk.shown[-1].text
        api.tap(clerk, "确认发送")
        api.tap(clerk, "确认发送")
        await bureau.idle()
        for chat in chats[-100:]:
            api.tap(chat, "已知悉")
        await bureau.idle()
        found = receipts(bureau.app)
        tally = bureau.app.look(lambda uow: notices.tallies(uow.conn, [1])[1])
        notice = bureau.app.look(lambda uow: notices.get(uow.conn, 1))
        said = await bureau.tap(clerk, "刷新")
    by_name = {one.name: one.standing for one in found}
    assert [by_name[f"郑演{one}"] for one in range(1, 31)] == [NoticeStanding.REFUSED] * BLOCKED
    assert [by_name[f"郑演{one}"] for one in range(31, 51)] == [NoticeStanding.UNKNOWN] * FAILING
    assert by_name["郑演1000"] == NoticeStanding.REJECTED
    assert [by_name[f"郑演{one}"] for one in range(900, 1000)] == [NoticeStanding.ACKNOWLEDGED] * 100
    # The town's first enterprise has nobody in the chat.
    assert tally == Counter(
        {
            NoticeStanding.ACCEPTED: 849,
            NoticeStanding.ACKNOWLEDGED: 100,
            NoticeStanding.REFUSED: 30,
            NoticeStanding.UNKNOWN: 20,
            NoticeStanding.REJECTED: 1,
            NoticeStanding.NOT_JOINED: 1,
        }
    )
    # In the time of the rehearsal, as everything that people read.
    assert {one.sent_at is not None and f"{one.sent_at:%Y-%m-%d}" for one in found} == {False, "2023-06-05"}
    assert notice is not None
    assert state_of(notice, tally) == notices.DONE
    assert "等待发出0，已发出（平台已接收）949，其中已知悉100\n没有发到52" in said
    assert [got(chat) for chat in chats] == [0] * (BLOCKED + FAILING) + [1] * 949
    # Who blocks or fails was tried once, too; a connection that breaks is not counted by the platform.
    tried = Counter(call.chat for call in api.sends())
    assert {tried[chat.id] for chat in chats[: BLOCKED + FAILING] if chat.fault != "reset"} == {1}


async def test_killed_in_mid_broadcast(api: FakeApi, tmp_path: Path, sqlite_template: Path) -> None:
    settings = settings_for(api, "ptb", tmp_path, sqlite_template, clock_start=SATURDAY)
    chats = principals(api, 500)
    await _queued(settings, 500)
    process = Process(api, tmp_path, "ptb", SECRET)
    await process.start()
    await api.until(lambda: sum(map(got, chats)) > 100)
    await process.end(signal.SIGKILL)
    before = sum(map(got, chats))
    assert before < 499
    telegram = Telegram(settings)
    # What the dead process had in its hands is nobody's after this.
    app = App(settings, [telegram.channel], wall=lambda: datetime.now(UTC) + LEASE + timedelta(seconds=5))
    await app.delivery.round()
    found = receipts(app)
    await telegram.close()
    app.close()
    by_name = {one.name: one for one in found}
    standings = Counter(one.standing for one in found)
    # The last of them the platform does not know; on a slow machine it was in the dead process's hands, too.
    assert by_name["郑演500"].standing in (NoticeStanding.REJECTED, NoticeStanding.UNKNOWN)
    assert set(standings) - {NoticeStanding.REJECTED} == {NoticeStanding.ACCEPTED, NoticeStanding.UNKNOWN}
    assert standings.total() == 500
    assert standings[NoticeStanding.UNKNOWN] < 300
    for number, chat in enumerate(chats, 1):
        receipt = by_name[f"郑演{number}"]
        assert got(chat) == 1 or (receipt.standing is NoticeStanding.UNKNOWN and got(chat) == 0), receipt
    assert {one.error for one in found if one.standing is NoticeStanding.UNKNOWN} == {"outcome unknown"}


async def _queued(settings: Settings, number: int) -> None:
    """A notice that is confirmed, and has not begun to leave; its clerk sits elsewhere."""
    town = Town(App(settings), Mailbox())
    town.use(lambda uow: settle(uow, number))
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    await clerk.say("/notice")
    await clerk.say("汛期将至，请检查排水。")
    for tap in ("全部企业", "主要负责人", "完成", "到8月31日", "不用答复", "预览", "确认发送"):
        await clerk.tap(tap)
    town.app.close()


async def test_a_file_of_60_megabytes_is_refused_and_the_notice_goes_on(
    api: FakeApi, tmp_path: Path, sqlite_template: Path
) -> None:
    settings = settings_for(api, "ptb", tmp_path, sqlite_template)
    async with at_work(api, settings) as bureau:
        await bureau.join()
        clerk = await bureau.join(7002, "孙演九", "clerk", DISTRICT)
        await bureau.say(clerk, "/notice")
        await bureau.say(clerk, "汛期将至，请检查排水。")
        for tap in ("全部企业", "主要负责人", "完成", "到8月31日", "不用答复", "附文件"):
            await bureau.tap(clerk, tap)
        size = 60 * 1024 * 1024
        said = await bureau.answered(clerk, lambda: api.send_document(clerk, b"%PDF-1", "预案.pdf", size=size))
        assert "“预案.pdf”" in said
        assert "20MB" in said
        said = await bureau.answered(clerk, lambda: api.send_document(clerk, pdf(), "要点.pdf"))
        assert "预览" in said
        await bureau.tap(clerk, "预览")
        words, file, preview = clerk.shown[-3:]
        assert file.file is not None
        assert preview.buttons
        assert words.text.startswith("【系统测试，非正式通知】\n【浑南区应急管理局】通知\n汛期将至")
