"""A hint says what was no answer, and has the buttons of its question: nobody looks for them further up."""

from talk.messages import Kind
from tests.service.test_dispatch import open_card
from tests.service.test_replies import given
from tests.town import Person, Town


async def to_the_decisions(person: Person) -> None:
    """Come to the question of June's dispatch whose answers can be several."""
    await open_card(person)
    for label in ("已调度", "是", "今天", "现场调度"):
        await person.tap(label)
    assert "议定了哪些事项" in person.screen[-1].text


async def test_a_hint_has_the_buttons_of_its_question(town: Town, principal: Person) -> None:
    """What is typed wrongly, and a sticker, are followed by buttons that answer; so do those of the question above."""
    await open_card(principal)
    for label in ("已调度", "是"):
        await principal.tap(label)
    asked = principal.button("昨天")
    assert "未能识别“6月35日”" in await principal.say("6月35日")
    assert principal.labels == ["今天", "昨天", "上一步"]
    assert "请回复" in await principal.do(Kind.UNSUPPORTED)
    assert principal.labels == ["今天", "昨天", "上一步"]
    assert "什么形式" in await principal.press(asked)
    assert ("day", "2023-06-04") in given(town)


async def test_a_button_of_a_hint_answers_once(town: Town, principal: Person) -> None:
    """A second tap on it is no answer to the question that follows."""
    await open_card(principal)
    await principal.tap("已调度")
    await principal.say("也许")
    yes = principal.button("是")
    assert "哪天开展" in await principal.press(yes)
    assert await principal.press(yes) == ""
    assert "day" not in dict(given(town))


async def test_what_was_picked_stays_picked_below_a_hint(principal: Person) -> None:
    """Of several that can be picked the hint shows those that are, and 完成 takes them."""
    await to_the_decisions(principal)
    await principal.tap("落实整改")
    before = principal.labels
    assert "✓落实整改" in before
    await principal.do(Kind.UNSUPPORTED)
    assert principal.labels == before
    assert "还有什么问题" in await principal.tap("完成")


async def test_a_hint_at_the_confirmation_shows_again_what_is_confirmed(principal: Person) -> None:
    """Nobody confirms what stands further up."""
    await to_the_decisions(principal)
    await principal.say("更换除尘风机")
    await principal.say("资金3万元")
    said = await principal.say("大概吧")
    assert "议定事项：更换除尘风机" in said
    assert "确认后以郑演丙名义提交" in said
    assert principal.labels == ["确认提交", "修改", "附照片"]
    assert "✅ 已收到您的6月调度确认" in await principal.tap("确认提交")
