"""Notices: written in the chat, confirmed once, sent within one's own scope and to nobody twice."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from bot.app import App
from campaign.notices import TEXT_LIMIT
from storage import duties
from storage.tables import audit
from talk.messages import FileRef
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.service.lines import code
from tests.service.noticing import (
    CITYS,
    ELSEWHERE,
    FAR,
    MACHINES,
    MISSING,
    TEXT,
    end_role,
    hold,
    noticed,
    release,
    sent,
    standings,
    widen,
    write,
)
from tests.town import Person, Town

MARK = "附有他人上传的文件。打开后如提示“启用内容”或“启用编辑”，请不要点。"


@pytest.fixture
def town(town: Town) -> Town:
    """Give a town with four enterprises."""
    widen(town)
    return town


# Written, previewed, confirmed once


async def test_a_clerk_writes_previews_and_sends(town: Town, principal: Person, clerk: Person) -> None:
    card = await write(clerk)
    assert card.splitlines() == [
        "通知1预览，范围：浑南区、企业主要负责人",
        "将发给1人（范围内企业2家），如：郑演丙（沈阳白桦示范食品有限公司）。",
        "还没有加入、收不到的1人：孙演一（沈阳青松示范机械有限公司）。",
        "本区1家由市级监管的单位不在您的发送范围，由市局通知。",
        "有效期至8月31日。",
        "责令限期整改指令书等执法文书不通过本平台送达。",
    ]
    assert clerk.labels == ["确认发送", "修改", "不发了"]
    assert clerk.screen[-2].text.startswith("【浑南区应急管理局】通知\n台风将至，请做好防范。\n各企业请检查排水。\n")
    await sent(town)
    assert noticed(town, principal) == []
    said = await clerk.tap("确认发送")
    assert "等待发出1，已发出（平台已接收）0，其中已知悉0" in said
    await sent(town)
    assert noticed(town, principal) == [
        "【浑南区应急管理局】通知\n台风将至，请做好防范。\n各企业请检查排水。\n有效期至8月31日。\n看过后，请点“已知悉”。"
    ]
    assert "等待发出0，已发出（平台已接收）1，其中已知悉0\n没有发到1" in await clerk.tap("刷新")
    principal.look()
    assert await principal.tap("已知悉") == "已记录：您于6月5日 09:00知悉此通知。"
    assert "其中已知悉1" in await clerk.tap("刷新")
    assert standings(town) == {"郑演丙": "acknowledged", "孙演一": "not-joined"}


async def test_nothing_ever_says_read_or_served(town: Town, principal: Person, clerk: Person) -> None:
    await write(clerk)
    for tap in ("确认发送", "刷新", "电话名单"):
        await clerk.tap(tap)
        await sent(town)
    await clerk.say("/notices")
    principal.look()
    await principal.tap("已知悉")
    told = [message.text for person in (clerk, principal) for message in person.screen]
    assert not [text for text in told if "已读" in text or "已送达" in text]


async def test_confirming_is_good_once_also_after_a_restart(town: Town, principal: Person, clerk: Person) -> None:
    await write(clerk)
    button = clerk.button("确认发送")
    await clerk.press(button)
    await clerk.press(button)
    # The second card takes the place of the first.
    assert clerk.screen[-1] == clerk.screen[-2]
    assert clerk.screen[-1].card is not None
    await sent(town)
    settings = town.app.settings
    town.app.close()
    town.app = App(settings, [town.channel], wall=lambda: town.now)
    said = await clerk.press(button)
    assert "已发完" in said
    await sent(town)
    assert len(noticed(town, principal)) == 1
    events = town.app.look(
        lambda uow: uow.conn.execute(select(audit.c.event).where(audit.c.event == "notice-sent")).all()
    )
    assert len(events) == 1


async def test_who_joins_between_preview_and_confirmation_is_shown_first(
    town: Town, principal: Person, clerk: Person
) -> None:
    await write(clerk)
    button = clerk.button("确认发送")
    second = await town.join("孙演一", "principal", MACHINES)
    said = await clerk.press(button)
    assert "没有发出。请核对新的预览" in said
    assert "将发给2人" in said
    assert "已发出" not in said
    await clerk.tap("确认发送")
    await sent(town)
    assert len(noticed(town, principal)) == len(noticed(town, second)) == 1


async def test_a_document_of_a_notice_is_marked_for_all_who_get_it_and_a_photo_is_not(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    form = FileRef("cd" * 32, "登记表.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 9)
    await write(clerk)
    for file, marked in ((photo, False), (form, True)):
        await clerk.tap("修改")
        await clerk.tap("修改")
        await clerk.tap("正文")
        await clerk.say("请看附件。")
        await clerk.attach(file)
        await clerk.tap("预览")
        assert clerk.screen[-2].text.endswith(MARK) is marked
    await clerk.tap("确认发送")
    await sent(town)
    assert [text.endswith(MARK) for text in noticed(town, principal)] == [True]


async def test_what_was_changed_after_the_preview_needs_its_own_confirmation(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await write(clerk)
    old = clerk.button("确认发送")
    await clerk.tap("修改")
    assert "请您核对" in clerk.screen[-1].text
    assert "内容或收件人与刚才的预览不同" in await clerk.press(old)
    await clerk.tap("修改")
    await clerk.tap("正文")
    await clerk.say("改为暴雨橙色预警。")
    await clerk.attach(photo)
    await clerk.tap("预览")
    assert clerk.screen[-2].files == (photo,)
    assert "没有发出" in await clerk.press(old)
    await clerk.tap("确认发送")
    await sent(town)
    assert [text.splitlines()[1] for text in noticed(town, principal)] == ["改为暴雨橙色预警。"]


async def test_a_notice_can_be_dropped(town: Town, principal: Person, clerk: Person) -> None:
    await write(clerk)
    confirm = clerk.button("确认发送")
    assert await clerk.tap("不发了") == "好的，通知1不发了。"
    assert "已停止" in await clerk.press(confirm)
    await sent(town)
    assert noticed(town, principal) == []


# For whom


@dataclass(frozen=True)
class Choice:
    """What a clerk taps, and whom it reaches in the town of these tests."""

    taps: tuple[str, ...]
    people: frozenset[str]


ALL = {"郑演丙": ("principal", FOOD), "钱演七": ("officer", FOOD), "孙演一": ("principal", MACHINES)}
FAR_OFF = {"李演二": ("principal", ELSEWHERE), "周演三": ("principal", CITYS), "吴演四": ("clerk", FAR)}


async def populated(town: Town, who: Mapping[str, tuple[str, str]]) -> dict[str, Person]:
    return {name: await town.join(name, role, subject) for name, (role, subject) in who.items()}


@pytest.mark.parametrize(
    "choice",
    [
        Choice(("全部企业", "主要负责人", "安全员", "完成"), frozenset({"郑演丙", "钱演七", "孙演一"})),
        Choice(("按行业", "完成", ">机械", "主要负责人", "完成"), frozenset({"孙演一"})),
        Choice(("按风险", "完成", ">涉氨制冷", "主要负责人", "完成"), frozenset({"郑演丙"})),
        Choice(("按行业", "按风险", "完成", ">机械", ">涉氨制冷"), frozenset()),
        Choice(("贴代码", "完成", f">{FOOD} {ELSEWHERE}，{CITYS}", "安全员", "完成"), frozenset({"钱演七"})),
    ],
    ids=["all", "sector", "risk", "none", "codes"],
)
async def test_whom_a_clerk_reaches(town: Town, clerk: Person, choice: Choice) -> None:
    everybody = await populated(town, {**ALL, **FAR_OFF})
    await clerk.say("/notice")
    await clerk.say(TEXT)
    for step in choice.taps:
        await (clerk.say(step[1:]) if step.startswith(">") else clerk.tap(step))
    if not choice.people:
        await clerk.tap("主要负责人")
        await clerk.tap("完成")
    for tap in ("到8月31日", "不用答复", "预览"):
        await clerk.tap(tap)
    if choice.people:
        await clerk.tap("确认发送")
    else:
        assert "没有可以发到的人，通知没有发出。请修改范围。" in clerk.screen[-1].text
        assert clerk.labels == ["修改", "不发了"]
    await sent(town)
    assert {name for name, one in everybody.items() if noticed(town, one)} == choice.people


async def test_the_city_writes_to_everybody_its_own_units_and_the_clerks(town: Town, clerk: Person) -> None:
    everybody = await populated(town, {**ALL, **FAR_OFF})
    desk = await town.join("冯演五", "city", CITY)
    await write(desk, "全市", "全部企业", "主要负责人", "区县联络人", "完成")
    assert "将发给6人（范围内企业4家）" in desk.screen[-1].text
    await desk.tap("确认发送")
    await sent(town)
    reached = {name for name, one in everybody.items() if noticed(town, one)}
    assert reached == {"郑演丙", "孙演一", "李演二", "周演三", "吴演四"}
    assert noticed(town, clerk)[0].startswith("【沈阳市应急管理局】通知\n")


async def test_only_those_who_have_not_answered(town: Town, principal: Person, clerk: Person) -> None:
    other = await town.join("孙演一", "principal", MACHINES)
    await clerk.say("/notice")
    await clerk.say(TEXT)
    await clerk.tap("未填报的")
    await clerk.tap("完成")
    await clerk.say("6月调度确认")
    for tap in ("主要负责人", "完成", "到8月31日", "不用答复", "预览"):
        await clerk.tap(tap)
    assert "将发给2人" in clerk.screen[-1].text
    assert "范围：浑南区、未填报：6月调度确认、企业主要负责人" in clerk.screen[-1].text
    await answer_june(town, principal)
    # The list is looked at again when it is confirmed.
    assert "将发给1人" in await clerk.tap("确认发送")
    await clerk.tap("确认发送")
    await sent(town)
    assert (len(noticed(town, principal)), len(noticed(town, other))) == (0, 1)


async def answer_june(town: Town, principal: Person) -> None:
    """June's dispatch is handed in."""
    june = town.app.look(lambda uow: duties.of_period(uow.conn, "monthly-dispatch", FOOD, "2023-06"))
    assert june is not None
    await principal.press_data(f"a:show:{june.id}")
    for tap in ("已调度", "是", "今天", "会议调度", "落实整改", "完成", "没有", "确认提交"):
        await principal.tap(tap)


async def test_nobody_writes_beyond_their_scope(town: Town, principal: Person, clerk: Person) -> None:
    other = await town.join("吴演四", "clerk", FAR)
    leader = await town.join("陈演六", "leader", DISTRICT)
    for who in (principal, leader):
        assert "您现在不能办理" in await who.say("/notice")
    await write(clerk)
    number = clerk.button("确认发送").data
    for who in (other, leader, principal):
        assert "您现在不能办理" in await who.press_data(number)
    await clerk.tap("确认发送")
    await sent(town)
    for data in ("a:notice:1", "a:notice-phones:1", "a:notice-export:1", "a:notice-stop:1", "a:notice-remind:1"):
        assert "您现在不能办理" in await other.press_data(data), data
    assert "还没有发过通知" in await other.say("/notices")
    assert "已发完" in await leader.press_data("a:notice:1")
    assert "您现在不能办理" in await leader.press_data("a:notice-remind:1")
    for who, data in ((other, "a:notice-noted:1"), (leader, "a:notice-answer:1"), (clerk, "a:notice:99")):
        assert "您现在不能办理" in await who.press_data(data)


# Bad input


async def test_a_notice_of_10_000_characters_is_refused_whole(clerk: Person) -> None:
    await clerk.say("/notice")
    said = await clerk.say("字" * 10_000)
    assert f"{TEXT_LIMIT}" in said
    assert "10000" in said
    assert "发给哪些企业" in await clerk.say("字" * TEXT_LIMIT)


async def test_links_and_markup_leave_as_they_were_typed(town: Town, principal: Person, clerk: Person) -> None:
    text = "<b>重要</b> **请看** [此处](https://example.invalid/a?b=1&c=2)\n{ $number }"
    # The brackets of a signature are the bot's alone: within a notice they are round ones.
    card = await write(clerk, text=f"{text}\n【沈阳市应急管理局】")
    assert "正文含网址，请核对无误。" in card
    await clerk.tap("确认发送")
    await sent(town)
    assert f"{text}\n（沈阳市应急管理局）" in noticed(town, principal)[0]


async def test_codes_that_are_none_are_named(clerk: Person) -> None:
    await clerk.say("/notice")
    await clerk.say(TEXT)
    await clerk.tap("贴代码")
    await clerk.tap("完成")
    assert "“91210112114884238”不是有效的统一社会信用代码" in await clerk.say(f"{FOOD}、91210112114884238")
    assert "最多200个代码，这里有201个" in await clerk.say("\n".join(code(n) for n in range(201)))
    await clerk.say(f"{ELSEWHERE} {code(77)}")
    for tap in ("主要负责人", "完成", "到8月31日", "不用答复", "预览"):
        await clerk.tap(tap)
    # An enterprise of another district and one of nowhere look the same.
    assert f"不在您可发送的企业名录中的代码2个：{ELSEWHERE}、{code(77)}。" in clerk.screen[-1].text


async def test_a_clerk_whose_role_ended_in_mid_broadcast(town: Town, principal: Person, clerk: Person) -> None:
    officer = await town.join("钱演七", "officer", FOOD)
    colleague = await town.join("吴演八", "clerk", DISTRICT)
    await write(clerk, "全部企业", "主要负责人", "安全员", "完成")
    await clerk.tap("确认发送")
    hold(town, officer)
    await sent(town)
    assert standings(town) == {"郑演丙": "accepted", "钱演七": "queued"} | MISSING
    end_role(town, clerk.id)
    release(town, officer)
    await sent(town)
    assert noticed(town, officer) == []
    assert "您现在不能办理" in await clerk.press_data("a:notice:1")
    assert "没有发完就停止了：发送人已不再担任该职务" in colleague.look()
    await colleague.tap("查看通知")
    assert "已停止" in colleague.screen[-1].text
    assert "停止后未发出1" in colleague.screen[-1].text
    await colleague.tap("继续发送")
    await sent(town)
    assert (len(noticed(town, principal)), len(noticed(town, officer))) == (1, 1)


async def test_a_clerk_whose_role_ended_while_writing(town: Town, principal: Person, clerk: Person) -> None:
    await write(clerk)
    end_role(town, clerk.id)
    assert "您现在不能办理" in await clerk.tap("确认发送")
    await sent(town)
    assert noticed(town, principal) == []


async def test_a_card_is_renewed_in_place_and_asked_for_anew_it_comes_anew(
    town: Town, principal: Person, clerk: Person
) -> None:
    await write(clerk)
    await clerk.tap("确认发送")
    await sent(town)
    await clerk.say("/notices")
    await clerk.tap("第1项")
    shown = clerk.screen[-1].card
    principal.look()
    await principal.tap("已知悉")
    await clerk.tap("刷新")
    assert clerk.screen[-1].card == shown
    await clerk.say("/notices")
    await clerk.tap("第1项")
    assert clerk.screen[-1].card != shown


async def test_a_clerk_sees_what_the_city_wrote_beside_what_the_district_sent(town: Town, clerk: Person) -> None:
    desk = await town.join("冯演五", "city", CITY)
    await write(desk, "全市", "全部企业", "区县联络人", "完成", text="请各区报送值班表。")
    await desk.tap("确认发送")
    await sent(town)
    await write(clerk, text="请检查排水。")
    assert (await clerk.say("/notices")).splitlines() == [
        "发给您、仍然有效的通知：",
        "1. 请各区报送值班表：请知悉",
        "已写的通知（1份）：",
        "2. 请检查排水：修改中",
    ]
    assert clerk.labels == ["写通知", "第1项", "第2项"]
    await clerk.tap("第1项")
    assert clerk.labels == ["已知悉"]
    assert (await desk.say("/notices")).splitlines()[0] == "已写的通知（2份）："


async def test_the_city_signs_for_the_city_only(town: Town) -> None:
    desk = await town.join("冯演五", "city", CITY)
    await desk.say(f"/notice {FAR}")
    await desk.say(TEXT)
    assert "发给哪些地区" in desk.screen[-1].text
