"""What people type inside a talk, at a card, under a list: what looks like a command, and what is on the screen."""

import re

import pytest

from talk.messages import FileRef, Kind
from tests.service.conftest import FOOD
from tests.service.test_dispatch import answer_all, open_card
from tests.town import Person

pytestmark = pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)


async def at_the_problems(principal: Person) -> None:
    """Bring June's dispatch to the question that takes words of one's own."""
    await open_card(principal)
    for label in ("已调度", "是", "今天", "现场调度"):
        await principal.tap(label)
    await principal.say("更换除尘风机")


async def test_what_looks_like_a_command_is_an_answer_inside_a_talk(principal: Person) -> None:
    await at_the_problems(principal)
    for typed in ("/", "//", "/2号车间更换风机", "/dev/null", "2/3", "https://a.cn/x", "／3号炉"):
        assert f"待解决：{typed}\n" in await principal.say(typed)
        await principal.tap("修改")
        await principal.tap("待解决")


async def test_a_real_command_stays_one_inside_a_talk_however_it_is_typed(principal: Person) -> None:
    await at_the_problems(principal)
    for typed in ("／help", "/ help", "/HELP@anzhu_bot", "、help"):
        assert "/tasks 待办任务" in await principal.say(typed)
    assert "已放下" in await principal.say("/cancel@anzhu_bot")
    # Outside of talks it is told what can be done now.
    assert "最近的一项" in await principal.say("/2号车间更换风机")


async def test_a_confirmation_is_answered_by_what_stands_on_it(principal: Person) -> None:
    await at_the_problems(principal)
    assert "请您核对" in await principal.say("没有")
    for typed in ("修改", "【修改】", "change", "✏️ 修改"):
        assert "要修改的一项" in await principal.say(typed)
    # The choice of what to change is the newest message now.
    assert "哪天" in await principal.say("时间")
    assert "请您核对" in await principal.say("昨天")
    assert "哪天" in await principal.say("修改时间")
    assert "请您核对" in await principal.say("今天")
    assert "要修改的一项" in await principal.say("第2个")
    assert "什么形式" in await principal.say("3")
    assert "哪天" in await principal.say("上一步")
    assert "请您核对" in await principal.say("今天")
    assert "请发送照片" in await principal.say("附照片")
    await principal.say("不附了")
    assert "回执编号" in await principal.say("确认 提交。")


async def test_a_list_is_answered_by_number_line_or_code_alone_on_every_channel(clerk: Person) -> None:
    listed = await clerk.say("/tasks")
    first = next(line for line in listed.splitlines() if line.startswith("1. "))
    title = first.removeprefix("1. ").partition("：")[0]
    for typed in ("1", "①", "第1项", "选1", "一", "1.", "#1", title):
        await clerk.say("/tasks")
        assert title in await clerk.say(typed), typed
    await clerk.say("/tasks")
    assert await clerk.say("77") == "最新的消息里没有第77项。请回复其中的序号或名称。"
    assert title in await clerk.say("1")


async def test_a_code_alone_opens_what_it_names(clerk: Person, principal: Person) -> None:
    for typed in (FOOD, FOOD.lower(), f" {FOOD[:8]} {FOOD[8:]}。".strip("。")):
        assert "沈阳白桦示范食品有限公司" in await clerk.say(typed)
    assert "最近的一项" in await principal.say(FOOD)
    await answer_all(principal)
    code = re.search("[A-Z2-9]{4}-[A-Z2-9]{4}", await principal.tap("确认提交"))
    assert code is not None
    for typed in (code[0], code[0].lower(), code[0].replace("-", "－")):
        assert f"回执 {code[0]}" in await principal.say(typed)


async def test_what_belongs_to_no_question_is_told_where_it_could_go(principal: Person, photo: FileRef) -> None:
    said = await principal.attach(photo)
    assert "/report" in said
    assert "附照片" in said
    assert principal.labels == ["现在填报", "全部任务"]
    said = await principal.do(Kind.UNSUPPORTED)
    assert "位置" in said
    assert "/report" in said


async def test_a_page_that_was_turned_is_answered_by_its_own_numbers(principal: Person) -> None:
    await principal.say("/tasks")
    second = await principal.say("更多")
    numbers = [int(line.partition(".")[0]) for line in second.splitlines() if line[:1].isdigit()]
    assert numbers[0] > 1
    assert await principal.say("1") == "最新的消息里没有第1项。请回复其中的序号或名称。"
    title = next(line for line in second.splitlines() if line.startswith(f"{numbers[0]}. ")).partition(". ")[2][:6]
    assert title in await principal.say(str(numbers[0]))
    assert "在较早的一条消息里" in await principal.say("更多")


async def test_a_number_answers_the_question_that_asks_for_one(principal: Person) -> None:
    """A list that was asked for since is answered where the question asks for none."""
    await open_card(principal)
    await principal.tap("已调度")
    await principal.say("/tasks")
    # 由您本人主持吗 takes no number as its value: it is the list that shows numbers.
    assert "由您本人主持" not in await principal.say("1")
