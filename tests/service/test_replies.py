"""What an update carries beside its words: what it replies to, that it is forwarded. A reply answers what it points to,
or nothing; what is forwarded is nobody's own statement.
"""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import String, cast, func, select, update

from campaign.permits import Event, State
from service.hot_work import briefs
from service.people import inviting
from storage.tables import answers, outbox
from talk.messages import Kind, Replied
from tests.service.conftest import FOOD
from tests.service.site import Site, photo
from tests.service.test_dispatch import answer_all, open_card
from tests.service.test_permit_talks import begins
from tests.town import Person, Town


def to(person: Person, words: str) -> Replied:
    """The newest message that somebody got with these words, delivered, as what they reply to."""
    person.look()
    person.town.app.database.run(
        lambda conn: conn.execute(
            update(outbox).where(outbox.c.state == "ready").values(state="sent", message_id=cast(outbox.c.id, String))
        ).close()
    )
    said = select(outbox.c.id, outbox.c.body).where(outbox.c.external_id == person.address.external_id)
    rows = person.town.app.database.look(lambda conn: conn.execute(said.order_by(outbox.c.id.desc())).all())
    row = next(row for row in rows if words in row.body["text"])
    return Replied(str(row.id), text=row.body["text"])


def given(town: Town) -> list[tuple[str, Any]]:
    """Every answer that is current, by its key."""
    current = select(answers.c.key, answers.c.value).where(answers.c.current).order_by(answers.c.key)
    return [(row.key, row.value) for row in town.app.database.look(lambda conn: conn.execute(current).all())]


def number(town: Town) -> int:
    """How many answers there are, old ones too."""
    return town.app.database.look(lambda conn: conn.execute(select(func.count()).select_from(answers)).scalar_one())


async def at_the_form(person: Person) -> None:
    """Come to the third question of June's dispatch."""
    await open_card(person)
    for label in ("已调度", "是", "今天"):
        await person.tap(label)
    assert "什么形式" in person.screen[-1].text


async def test_reply_to_an_earlier_question_corrects_it(town: Town, principal: Person) -> None:
    """A reply to a question that was answered corrects that answer, says so, and the question in front is asked again;
    what that question does not understand changes nothing.
    """
    await at_the_form(principal)
    before = number(town)
    assert "请回复6月内的日期" in await principal.say("现场调度", reply=to(principal, "哪天"))
    assert number(town) == before
    said = await principal.say("6月2日", reply=to(principal, "哪天"))
    assert "已更正“时间”：6月2日（周五）" in said
    assert "什么形式" in said
    assert ("day", "2023-06-02") in given(town)
    assert "form" not in dict(given(town))


async def test_reply_to_the_question_in_front_is_its_answer(town: Town, principal: Person) -> None:
    """So is a reply to the hint that came of it, or to a question that has no button."""
    await at_the_form(principal)
    await principal.say("不知道")
    assert "议定了哪些事项" in await principal.say("现场调度", reply=to(principal, "未能识别"))
    assert "还有什么问题" in await principal.say("落实整改", reply=to(principal, "议定了哪些事项"))
    assert dict(given(town))["form"] == "on-site"


async def test_reply_to_something_else_is_no_answer(town: Town, principal: Person) -> None:
    """A reply to a card, to one's own message, to what nobody knows any more, is answered in words, with the buttons of
    the card; the question in front gets nothing.
    """
    await at_the_form(principal)
    before = number(town)
    card = to(principal, "6月调度确认")
    for said, reply in (
        ("那条消息，文字不会记到那一项", card),
        ("您回复的是自己的消息", Replied("999999", own=True, text="6月2日")),
        ("您回复的是较早的一条消息", Replied("999999", text="早上好")),
    ):
        assert said in await principal.say("现场调度", reply=reply)
        assert number(town) == before
    await principal.say("现场调度", reply=card)
    assert "已调度" in principal.labels
    await principal.attach(photo(1), reply=card)
    assert number(town) == before


async def test_reply_to_a_card_outside_of_any_talk(town: Town, principal: Person) -> None:
    """The card is shown that it points to, and not the next best task."""
    await open_card(principal)
    assert "文字不会记到那一项" in await principal.say("已经开过会了", reply=to(principal, "6月调度确认"))
    assert "还没有" in principal.labels
    assert "held" not in dict(given(town))


async def test_reply_to_a_question_of_another_talk(town: Town, principal: Person) -> None:
    """A reply to a question that waits, or is done with, answers nothing in front; a tap leads to it."""
    await at_the_form(principal)
    waiting = to(principal, "什么形式")
    await principal.say("/feedback")
    before = number(town)
    assert "您回复的是“6月调度确认”里的问题" in await principal.say("现场调度", reply=waiting)
    assert number(town) == before
    assert "什么形式" in await principal.tap("接着填")
    for said in ("现场调度", "落实整改", "没有问题"):
        await principal.say(said)
    await principal.tap("确认提交")
    before = number(town)
    assert "已办理过" in await principal.say("视频调度", reply=waiting)
    assert number(town) == before


@pytest.mark.parametrize("taps", [("已调度",), ("已调度", "是"), ("已调度", "是", "今天")])
async def test_forwarded_words_are_no_answer(town: Town, principal: Person, taps: tuple[str, ...]) -> None:
    """Whatever is asked, words that are forwarded are not taken as one's own, and that is said."""
    await open_card(principal)
    for tap in taps:
        await principal.tap(tap)
    before = number(town)
    for words in ("是", "今天", "现场调度", "无"):
        assert "转发的消息不能当作您本人的回答" in await principal.say(words, borrowed=True)
    assert number(town) == before


async def test_forwarded_words_confirm_nothing_and_name_nobody(town: Town, principal: Person) -> None:
    """Neither a confirmation nor a name on joining is taken from a forwarded message."""
    await answer_all(principal)
    assert "转发的消息不能" in await principal.say("确认提交", borrowed=True)
    code = town.use(lambda uow: inviting.invite(uow, "officer", FOOD, "浑南区应急管理局")).code
    newcomer = town.newcomer("某人")
    await newcomer.say(f"/start {code}")
    await newcomer.tap("同意加入")
    await newcomer.tap("不是")
    assert "转发的消息不能" in await newcomer.say("孙演九", borrowed=True)


async def test_forwarded_files_are_taken_and_named(principal: Person) -> None:
    """A file that is forwarded is kept where files are asked, and whoever confirms is told what it is."""
    await answer_all(principal)
    said = await principal.attach(photo(1), text="会场", borrowed=True)
    assert "转发来的文件" in said
    assert "附件：1个文件" in said


async def test_a_caption_is_read_or_answered(principal: Person) -> None:
    """Words beside a file are an answer where words are asked, and a command where they are one; where a file is asked
    they are told to be left. What could not be taken is said each time.
    """
    await open_card(principal)
    await principal.tap("已调度")
    await principal.tap("是")
    said = await principal.attach(photo(1), text="6月2日")
    assert "只收文字，1个文件没有保存" in said
    assert "什么形式" in said
    said = await principal.attach(photo(1), text="/tasks")
    assert "1个文件没有保存" in said
    assert "待办任务" in said
    for words in ("现场调度", "落实整改", "没有问题"):
        await principal.say(words)
    assert "“会场”没有记入" in await principal.attach(photo(1), text="会场")


async def test_one_act_several_updates_photos_one_by_one(town: Town, principal: Person) -> None:
    """A hand that sends photos singly is not asked between them: they join the answer that the first one became. One
    that comes after the next question was read does not.
    """
    await principal.say("/report")
    await principal.say("1号冷库机房")
    await principal.tap("说不准")
    await principal.say("没有氨气报警装置")
    await principal.attach(photo(1))
    for nth in (2, 3):
        assert "接着发来的1个文件已并入" in await principal.attach(photo(nth))
    assert len(dict(given(town))["photo"]) == 3
    town.pass_time(minutes=1)
    assert "请点“" in await principal.attach(photo(4)) or "请" in principal.screen[-1].text
    assert len(dict(given(town))["photo"]) == 3


async def test_forwarded_photo_of_another_day_shows_no_site(town: Town) -> None:
    """A photo that was sent first on another day is none of a site as it is today."""
    site = await Site.found(town)
    site.approved()
    begins(site, "guardian", briefs.begin, Event.ARRIVE)
    old = replace(photo(5), taken="2023-06-03T10:00:00")
    assert "6月3日" in await site.crew["guardian"].attach(old, borrowed=True)
    assert site.permit().life.state is State.APPROVED


async def test_reply_to_the_card_of_a_permit(town: Town) -> None:
    """What minutes matter for is taken from a reply to a permit's card: a value, a photo, a stop; forwarded, a stop
    alone. A reply to a question about it is the answer to that question.
    """
    site = await Site.found(town)
    site.started()
    tester, leader = site.crew["tester"], site.crew["leader"]
    site.at("05T10:20")
    card = Replied("999999", text="作业票 D-0605-01：作业中")
    assert "0.03%，合格，已记录" in await tester.say("0.03% 10:15", reply=card)
    assert "照片已存入 D-0605-01" in await tester.attach(photo(9), reply=card)
    assert "转发的消息不能" in await tester.say("D-0605-01 0.02%", borrowed=True)
    begins(site, "tester", briefs.begin, Event.SAMPLE)
    assert "读数是多少" in await tester.say("氢气", reply=to(tester, "测的是哪种气体"))
    assert "什么时候取样" in await tester.say("0.04%", reply=to(tester, "读数是多少"))
    await leader.say("停", reply=card, borrowed=True)
    assert site.permit().life.state is State.SUSPENDED


async def test_time_of_a_tap_that_nobody_knows(town: Town, principal: Person) -> None:
    """A tap on 今天 that waited while the bot was down is asked again where it may mean two days, and only there."""
    await open_card(principal)
    await principal.tap("已调度")
    await principal.tap("是")
    today = principal.button("今天")
    before = number(town)
    town.pass_time(days=1)
    assert "说不准是什么时候点的" in await principal._send(Kind.BUTTON, data=today.data, undated=True)
    assert number(town) == before
    again = principal.button("今天")
    assert "什么形式" in await principal._send(Kind.BUTTON, data=again.data, undated=True)
    assert ("day", "2023-06-06") in given(town)
