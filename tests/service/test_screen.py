"""What people type inside a talk, at a card, under a list: what looks like a command, and what is on the screen."""

import pytest

from tests.service.test_dispatch import open_card
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
