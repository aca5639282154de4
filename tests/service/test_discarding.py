"""/cancel: what is put away is kept, what is discarded is gone and never comes back."""

import pytest
from sqlalchemy import select

from service.core.unit_of_work import UnitOfWork
from storage.tables import answers, conversations
from tests.service.noticing import widen, write
from tests.service.test_dispatch import answer_all, june, open_card
from tests.town import Person, Town

pytestmark = pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)


def kept(town: Town) -> list[tuple[str, int]]:
    """The state of each conversation since they joined, and how many answers are kept of it."""

    def look(uow: UnitOfWork) -> list[tuple[str, int]]:
        states_of = (
            select(conversations.c.id, conversations.c.state)
            .where(conversations.c.dialog != "join")
            .order_by(conversations.c.id)
        )
        states = uow.conn.execute(states_of).all()
        held = list(uow.conn.execute(select(answers.c.conversation)).scalars())
        return [(state, held.count(number)) for number, state in states]

    return town.use(look)


async def test_a_discarded_answer_leaves_its_duty_open_and_begins_anew(town: Town, principal: Person) -> None:
    await answer_all(principal)
    said = await principal.say("/cancel")
    assert said == (
        "已放下6月调度确认，填过的内容都在，随时可从 /tasks 接着填。\n"
        "不再需要的，请点“放弃”：填过的内容随即删除，不能恢复。"
    )
    assert principal.labels == ["接着填", "放弃"]
    said = await principal.tap("放弃")
    assert said == "已放弃6月调度确认，填过的内容已删除。\n任务本身没有变，仍可从 /tasks 办理。"
    assert kept(town) == [("discarded", 0)]
    assert june(town).status == "open"
    await open_card(principal)
    assert "由您本人主持吗" in await principal.tap("已调度")


async def test_what_was_put_away_goes_on_where_it_was(principal: Person) -> None:
    shown = await answer_all(principal)
    await principal.say("/cancel")
    assert await principal.tap("接着填") == shown


@pytest.mark.parametrize("word", ["放弃", "discard"])
async def test_the_word_discards_as_the_button_does_and_old_buttons_only_say_so(principal: Person, word: str) -> None:
    await answer_all(principal)
    confirm = next(button.data for row in principal.screen[-1].buttons for button in row if button.text == "确认提交")
    await principal.say("/cancel")
    going_on = next(button.data for row in principal.screen[-1].buttons for button in row if button.text == "接着填")
    if word == "discard":
        await principal.say("/language en")
        await principal.say("/language zh")
    await principal.say("放弃")
    for old in (confirm, going_on):
        assert "6月调度确认已放弃，填过的内容已删除。" in await principal.press_data(old)


async def test_what_was_gone_on_with_is_not_discarded_by_the_older_button(town: Town, principal: Person) -> None:
    await answer_all(principal)
    await principal.say("/cancel")
    discard = next(button.data for row in principal.screen[-1].buttons for button in row if button.text == "放弃")
    await principal.tap("接着填")
    said = await principal.press_data(discard)
    assert "6月调度确认后来又接着填了，没有放弃。" in said
    assert "请您核对" in said
    assert [state for state, _ in kept(town)] == ["front"]


async def test_a_correction_that_is_discarded_leaves_what_was_submitted(town: Town, principal: Person) -> None:
    await answer_all(principal)
    await principal.tap("确认提交")
    await open_card(principal)
    await principal.tap("更正")
    await principal.say("/cancel")
    await principal.tap("放弃")
    assert june(town).status == "answered"
    assert [state for state, _ in kept(town)] == ["finished", "discarded"]


async def test_a_stray_report_never_comes_back(town: Town, officer: Person) -> None:
    for _ in range(3):
        await officer.say("/report")
        await officer.say("/cancel")
    await officer.tap("放弃")
    await officer.say("/report")
    await officer.press_data(f"a:fill:{june(town).id}:")
    # The report waits behind; it is let go too.
    await officer.say("/report")
    await officer.say("/cancel")
    await officer.tap("放弃")
    for _ in range(4):
        town.pass_time(days=1)
        town.tick()
        await town.app.delivery.round()
        await officer.say("你好")
        await officer.say("1")
    titles = [shown.text for shown in officer.screen[-20:] if "录入" in shown.text and "继续" in shown.text]
    assert titles == []


async def test_what_another_filled_in_is_not_thrown_away(principal: Person, officer: Person) -> None:
    await open_card(principal)
    await principal.tap("请安全员先填")
    officer.look()
    await officer.tap("现在填报")
    for tap in ("已调度", "今天", "会议调度", "安排资金", "完成", "没有"):
        await officer.tap(tap)
    principal.look()
    await principal.tap("去核对")
    assert "放弃" not in await principal.say("/cancel")
    assert principal.labels == ["接着填"]


@pytest.mark.usefixtures("principal")
async def test_a_previewed_notice_is_dropped_and_a_discarded_change_leaves_it(town: Town, clerk: Person) -> None:
    widen(town)
    preview = await write(clerk)
    assert (await clerk.say("/cancel")).endswith(preview)
    await clerk.tap("修改")
    await clerk.say("/cancel")
    assert (await clerk.tap("放弃")).endswith(preview)
    await clerk.tap("不发了")
    assert "最近的一项" in await clerk.say("/cancel")


async def test_a_notice_that_is_being_written_is_discarded(town: Town, clerk: Person) -> None:
    await clerk.say("/notice")
    await clerk.say("请各企业参加6月20日的培训。")
    await clerk.say("/cancel")
    assert "已放弃" in await clerk.tap("放弃")
    assert kept(town) == [("discarded", 0)]
