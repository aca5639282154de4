"""What becomes of a notice: stopped, reminded of, acknowledged, answered, got later on; and whom to telephone."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from service.core.unit_of_work import UnitOfWork
from service.people.inviting import invite
from storage import conversations, notices, people
from storage.tables import audit
from talk.messages import Address, Kind, Outbound, Outcome, Refused
from tests.service.conftest import DISTRICT, FOOD
from tests.service.noticing import (
    ELSEWHERE,
    MACHINES,
    MISSING,
    TEXT,
    hold,
    machines,
    noticed,
    release,
    sent,
    standings,
    widen,
    write,
)
from tests.town import Person, Town


@pytest.fixture
def town(town: Town) -> Town:
    """Give a town with four enterprises."""
    widen(town)
    return town


# Stopping, reminding, joining later, answering


async def test_a_broadcast_is_stopped_at_once_and_can_go_on(town: Town, principal: Person, clerk: Person) -> None:
    officer = await town.join("钱演七", "officer", FOOD)
    await write(clerk, "全部企业", "主要负责人", "安全员", "完成")
    await clerk.tap("确认发送")
    hold(town, officer)
    await sent(town)
    said = await clerk.tap("停止发送")
    assert "通知1已停止，1条没有发出" in said
    release(town, officer)
    await sent(town)
    assert standings(town) == {"郑演丙": "accepted", "钱演七": "halted"} | MISSING
    await clerk.tap("继续发送")
    await sent(town)
    assert (len(noticed(town, principal)), len(noticed(town, officer))) == (1, 1)


async def test_only_those_who_have_not_acknowledged_are_reminded_once_a_day(
    town: Town, principal: Person, clerk: Person
) -> None:
    officer = await town.join("钱演七", "officer", FOOD)
    await write(clerk, "全部企业", "主要负责人", "安全员", "完成")
    await clerk.tap("确认发送")
    await sent(town)
    principal.look()
    await principal.tap("已知悉")
    await clerk.tap("刷新")
    button = clerk.button("提醒未知悉")
    assert await clerk.press(button) == "已提醒还没有知悉通知1的1人。"
    assert await clerk.press(button) == "通知1今天已提醒过，明天可再提醒。"
    await sent(town)
    reminder = "【浑南区应急管理局】提醒：以下通知请您知悉\n"
    assert [text.startswith(reminder) for text in noticed(town, officer)] == [False, True]
    assert len(noticed(town, principal)) == 1
    town.pass_time(days=1)
    await clerk.press(button)
    officer.look()
    await officer.tap("已知悉")
    await sent(town)
    # The acknowledgement came before the reminder left.
    assert len(noticed(town, officer)) == 2


async def test_who_joins_later_gets_what_is_in_force(town: Town, principal: Person, clerk: Person) -> None:
    await write(clerk)
    await clerk.tap("确认发送")
    await sent(town)
    assert standings(town)["孙演一"] == "not-joined"
    town.pass_time(days=20)
    newcomer = await town.join("孙演一", "principal", MACHINES)
    elsewhere = await town.join("李演二", "principal", ELSEWHERE)
    officer = await town.join("钱演七", "officer", FOOD)
    await sent(town)
    assert [len(noticed(town, one)) for one in (newcomer, elsewhere, officer, principal)] == [1, 0, 0, 1]
    assert standings(town) == {"郑演丙": "accepted", "孙演一": "accepted"}
    town.now = datetime.fromisoformat("2023-09-01T09:00:00+08:00")
    late = await town.join("王演九", "officer", MACHINES)
    await sent(town)
    assert noticed(town, late) == []
    assert "目前没有发给您的通知" in await late.say("/notices")


async def test_an_answer_by_a_form_of_the_pack(town: Town, principal: Person, clerk: Person) -> None:
    await clerk.say("/notice")
    await clerk.say(TEXT)
    for tap in ("全部企业", "主要负责人", "完成", "到8月31日", "落实情况", "预览", "确认发送"):
        await clerk.tap(tap)
    await sent(town)
    principal.look()
    for tap in ("填写答复", "正在落实", "没有", "确认提交"):
        await principal.tap(tap)
    assert principal.screen[-1].text == "✅ 已收到您对通知1的答复。"
    assert standings(town)["郑演丙"] == "answered"
    said = await clerk.tap("刷新")
    assert "已知悉1" in said
    assert "已答复1" in said
    await principal.press_data("a:notice-answer:1")
    await principal.tap("修改")
    await principal.tap("落实情况")
    await principal.tap("已落实")
    await principal.tap("确认提交")
    await clerk.tap("导出回执")
    rows = workbook(town, clerk)["回执"]
    assert rows[1][6:] == ["已答复", "2023-06-05 09:00", "2023-06-05 09:00", "2023-06-05 09:00", rows[1][10]]
    assert "已落实" in rows[1][10]
    assert "正在落实" not in rows[1][10]
    town.now = datetime.fromisoformat("2023-09-01T09:00:00+08:00")
    assert "有效期到8月31日为止，已过" in await principal.press_data("a:notice-answer:1")


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_who_stands_for_several_answers_for_each_of_them(town: Town, principal: Person, clerk: Person) -> None:
    invited = town.use(lambda uow: invite(uow, "officer", MACHINES, "浑南区应急管理局")).code
    await principal.say(f"/start {invited}")
    await principal.tap("同意加入")
    await clerk.say("/notice")
    await clerk.say(TEXT)
    for tap in ("全部企业", "主要负责人", "安全员", "完成", "到8月31日", "落实情况", "预览", "确认发送"):
        await clerk.tap(tap)
    await sent(town)
    principal.look()
    assert await principal.tap("填写答复") == (
        "通知“台风将至，请做好防范”须由2家分别答复。请选择为哪一家填写：\n"
        "1. 沈阳白桦示范食品有限公司：待答复\n2. 沈阳青松示范机械有限公司：待答复"
    )
    which = principal.button("第1项")
    assert "沈阳青松示范机械有限公司" in await principal.tap("第2项")
    for tap in ("正在落实", "没有", "确认提交"):
        await principal.tap(tap)
    said = "✅ 已收到您对通知1的答复。\n还须分别答复：沈阳白桦示范食品有限公司"
    assert principal.screen[-1].text.endswith(said)
    assert answers(town) == {FOOD: ("acknowledged", None), MACHINES: ("answered", "正在落实")}
    # One letter, one person: answered once it is for each of them.
    assert "已知悉1" in await clerk.tap("刷新")
    assert "已答复0" in clerk.screen[-1].text
    principal.look()
    for tap in ("答复下一家", "已落实", "没有", "确认提交"):
        await principal.tap(tap)
    assert "还须分别答复" not in principal.screen[-1].text
    assert answers(town) == {FOOD: ("answered", "已落实"), MACHINES: ("answered", "正在落实")}
    assert "已答复1" in await clerk.tap("刷新")
    who = principal.id
    # Corrected alone; and of what somebody is no more, nothing is answered.
    await principal.press(which)
    for tap in ("修改", "落实情况", "正在落实", "确认提交"):
        await principal.tap(tap)
    assert answers(town)[FOOD] == ("answered", "正在落实")
    town.use(lambda uow: [people.end_role(uow.conn, one.id, uow.now, None, "调走")
                          for one in people.roles(uow.conn, who) if one.subject == MACHINES])  # fmt: skip
    assert "不能办理" in await principal.press_data(f"a:notice-answer:1:{MACHINES}")
    assert "请您核对" in await principal.press_data("a:notice-answer:1")


def answers(town: Town) -> dict[str, tuple[str, str | None]]:
    """How far each enterprise has come with a notice, and what it answered to its first question."""

    def case(uow: UnitOfWork) -> dict[str, tuple[str, str | None]]:
        found = [one for one in notices.receipts(uow.conn, 1) if one.person is not None]
        said = {one.answer: conversations.result(uow.conn, one.answer) for one in found if one.answer is not None}
        return {
            one.enterprise or "": (str(one.standing), NAMED[said[one.answer]["state"]] if one.answer else None)
            for one in found
        }

    return town.app.look(case)


NAMED = {"underway": "正在落实", "done": "已落实"}


@pytest.mark.usefixtures("principal")
async def test_the_sender_hears_once_that_it_is_done(town: Town, clerk: Person) -> None:
    await write(clerk)
    await clerk.tap("确认发送")
    town.tick()
    assert clerk.look() == ""
    await sent(town)
    town.tick()
    assert "通知1“台风将至，请做好防范”：已发完" in clerk.look()
    town.tick()
    assert clerk.look() == ""


# Whom it did not reach


class Refusing:
    """Refuses everybody of a name; everything else as the mailbox."""

    def __init__(self, town: Town, *names: str) -> None:
        self.town, self.names, self.real = town, names, town.channel.send

    async def __call__(self, address: Address, message: Outbound, replaces: str | None) -> Outcome:
        if address.external_id in self.names:
            return Refused("Forbidden: bot was blocked by the user")
        return await self.real(address, message, replaces)


@pytest.mark.usefixtures("principal")
async def test_the_phone_list_in_the_chat_and_as_a_workbook(
    town: Town, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = machines("+1+1有限公司")
    town.register(replace(listed, cells={**listed.cells, "联系电话": "024-22334455"}))
    gone = await town.join("钱演七", "officer", FOOD)
    await gone.do(Kind.BLOCKED)
    await write(clerk, "全部企业", "主要负责人", "安全员", "完成")
    assert "已停用机器人、收不到的1人：钱演七（沈阳白桦示范食品有限公司）。" in clerk.screen[-1].text
    await clerk.tap("确认发送")
    monkeypatch.setattr(town.channel, "send", Refusing(town, "郑演丙"))
    await sent(town)
    await clerk.tap("刷新")
    assert (await clerk.tap("电话名单")).splitlines() == [
        "通知1没有发到的4人，请电话联系：",
        "孙演一（+1+1有限公司）：还没有加入",
        "王演九（+1+1有限公司）：还没有加入",
        "郑演丙（沈阳白桦示范食品有限公司）：已停用机器人",
        "钱演七（沈阳白桦示范食品有限公司）：没有可用的聊天账号",
    ]
    await clerk.tap("导出回执")
    rows = workbook(town, clerk)["电话名单"]
    assert rows[0][1:] == ["企业名称", "统一社会信用代码", "所属区县", "姓名", "身份", "电话", "原因", "联系结果"]
    who = ["1", "+1+1有限公司", MACHINES, DISTRICT, "孙演一", "企业主要负责人", "024-22334455"]
    assert rows[1] == [*who, "还没有加入", ""]
    seen = town.app.look(audit_events)
    assert [("phone-list-seen", clerk.id), ("paper-sent", clerk.id)] == seen[-2:]


@pytest.mark.usefixtures("principal")
async def test_who_lets_the_bot_in_again_gets_what_did_not_reach_them(
    town: Town, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They had it only with its reminder, and nobody has to send one."""
    town.register(machines("沈阳青松示范机械有限公司"))
    gone = await town.join("钱演七", "officer", FOOD)
    await gone.do(Kind.BLOCKED)
    await write(clerk, "全部企业", "主要负责人", "安全员", "完成")
    await clerk.tap("确认发送")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(town.channel, "send", Refusing(town, "郑演丙"))
        await sent(town)
    assert standings(town) == MISSING | {"郑演丙": "refused", "钱演七": "nowhere"}
    principal = next(one for one in town.people if one.name == "郑演丙")
    await gone.do(Kind.UNBLOCKED)
    await principal.say("/help")
    await sent(town)
    assert standings(town) == MISSING | {"郑演丙": "accepted", "钱演七": "accepted"}
    for who in (gone, principal):
        assert len(noticed(town, who)) == 1
        await who.do(Kind.BLOCKED)
        await who.do(Kind.UNBLOCKED)
        await who.say("/help")
    await sent(town)
    assert [len(noticed(town, who)) for who in (gone, principal)] == [1, 1]


def audit_events(uow: UnitOfWork) -> list[tuple[str, int | None]]:
    rows = uow.conn.execute(
        select(audit.c.event, audit.c.actor).where(audit.c.subject == "notice/1").order_by(audit.c.id)
    )
    return [(one.event, one.actor) for one in rows]


def workbook(town: Town, who: Person) -> dict[str, list[list[str]]]:
    """The newest workbook that somebody got, by its sheets."""
    (file,) = next(message.files for message in reversed(who.screen) if message.files)
    book = load_workbook(BytesIO(town.app.file_store.path(file.sha256).read_bytes()))
    assert all(cell.data_type != "f" for sheet in book for line in sheet for cell in line)
    return {
        sheet.title: [[str(cell or "") for cell in line] for line in sheet.iter_rows(values_only=True)]
        for sheet in book
    }


async def test_a_second_principal_gets_it_once_staff_accept(town: Town, principal: Person, clerk: Person) -> None:
    await write(clerk)
    await clerk.tap("确认发送")
    await sent(town)
    second = await town.join("郑演丁", "principal", FOOD)
    await sent(town)
    assert noticed(town, second) == []
    await clerk.waiting()
    await clerk.tap("接受")
    await sent(town)
    assert (len(noticed(town, second)), len(noticed(town, principal))) == (1, 1)


async def test_what_was_stopped_is_got_by_nobody_who_joins(town: Town, principal: Person, clerk: Person) -> None:
    await write(clerk)
    await clerk.tap("确认发送")
    await clerk.tap("停止发送")
    newcomer = await town.join("孙演一", "principal", MACHINES)
    await sent(town)
    assert noticed(town, newcomer) == noticed(town, principal) == []
    assert standings(town) == {"郑演丙": "halted", "孙演一": "not-joined"}


async def test_a_principal_of_two_enterprises_stands_for_each_of_them_and_counts_once(
    town: Town, principal: Person, clerk: Person
) -> None:
    town.register(machines("沈阳青松示范机械有限公司"))
    code_ = town.use(lambda uow: invite(uow, "principal", MACHINES, "浑南区应急管理局")).code
    await write(clerk)
    await clerk.tap("确认发送")
    await sent(town)
    # While it is in force the second enterprise becomes theirs: it is sent for that one, too.
    await principal.say(f"/start {code_}")
    await principal.tap("同意加入")
    await sent(town)
    assert len(noticed(town, principal)) == 2
    found = town.app.look(lambda uow: notices.receipts(uow.conn, 1))
    assert {one.enterprise for one in found if one.name == "郑演丙"} == {FOOD, MACHINES}
    assert not [one for one in found if one.person is None]
    await principal.tap("已知悉")
    tally = town.app.look(lambda uow: notices.tallies(uow.conn, [1])[1])
    assert (tally.acknowledged, tally.total()) == (1, 1)
    # Written anew to both at once it is one letter, and both stand in the receipts.
    await write(clerk)
    await clerk.tap("确认发送")
    await sent(town)
    assert len(noticed(town, principal)) == 3
    assert [one.enterprise for one in town.app.look(lambda uow: notices.receipts(uow.conn, 2))] == [FOOD, MACHINES]
