"""电话代录: a clerk enters what was answered by phone, and the principal confirms or corrects it."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import App
from bot.settings import Settings
from reports import inspection
from service.core.unit_of_work import UnitOfWork
from service.dossiers import inspection_file
from storage import duties, phone_answers
from storage.duties import Duty
from storage.tables import audit
from talk.messages import FileRef, Inbound, Kind
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.service.noticing import CITYS, ELSEWHERE, end_role, widen
from tests.service.test_dispatch import answer_all, june
from tests.town import SECRET, Mailbox, Person, Town


@pytest.fixture
def second(town: Town, town_url: str, tmp_path: Path) -> Iterator[App]:
    """Another replica on the same database."""
    settings = Settings(data_dir=tmp_path, database_url=town_url, secret_key=SECRET)
    with closing(App(settings, [Mailbox()], wall=lambda: town.now)) as replica:
        yield replica


async def call(clerk: Person, duty: Duty, *, who: str = "郑演丙", day: str = "今天") -> str:
    """Begin 代录 of a duty, up to its own first question."""
    await clerk.press_data(f"a:by-phone:{duty.id}")
    await clerk.say(who)
    return await clerk.say(day)


async def take_june(clerk: Person, town: Town) -> str:
    """June's dispatch as it was told by phone, up to the confirmation."""
    await call(clerk, june(town))
    for said in ("已调度", "是", "6月5日", "会议调度", "更换除尘风机", "没有"):
        await clerk.say(said)
    return clerk.screen[-1].text


def duty_of(town: Town, obligation: str, period: str = "once") -> Duty:
    found = town.use(lambda uow: duties.of_period(uow.conn, obligation, FOOD, period))
    assert found is not None
    return found


def events(town: Town) -> list[str]:
    statement = select(audit.c.event).order_by(audit.c.id)
    return list(town.app.database.look(lambda conn: conn.execute(statement).scalars().all()))


async def test_from_the_card_of_the_enterprise_to_the_principals_one_tap(
    town: Town, principal: Person, clerk: Person
) -> None:
    card = await clerk.say(f"/district {FOOD}")
    assert "企业主要负责人郑演丙：已加入" in card
    assert "请点选电话答复的是哪一项" in await clerk.tap("电话代录")
    while not re.search(r"6月调度", clerk.screen[-1].text):
        await clerk.tap("更多")
    number = next(line.split(".")[0] for line in clerk.screen[-1].text.splitlines() if "6月调度" in line)
    assert await clerk.tap(f"第{number}项") == ("沈阳白桦示范食品有限公司是谁在电话里答复的？\n请点选，或回复姓名。")
    assert clerk.labels == ["郑演丙", "钱演七"]
    assert "是哪天答复的？" in await clerk.tap("郑演丙")
    assert "调度开展了吗" in await clerk.tap("今天")
    assert "请按负责人的电话答复填：本次调度由您本人主持吗？" in await clerk.tap("已调度")
    await clerk.tap("是")
    await clerk.tap("今天")
    await clerk.tap("会议调度")
    await clerk.say("更换除尘风机")
    shown = await clerk.tap("没有")
    assert shown == (
        "企业：沈阳白桦示范食品有限公司\n请您核对：\n电话答复人：郑演丙\n答复日期：6月5日（周一）\n是否开展：已调度\n由您本人主持（电话答复）：是\n"
        "时间：6月5日（周一）\n形式：会议调度\n议定事项：更换除尘风机\n待解决：没有\n"
        "确认后按郑演丙的电话答复代录，计为已填报；请郑演丙核对前，标明“代录，待负责人确认”。"
    )
    principal.look()
    said = await clerk.tap("确认代录")
    assert "✅ 已代录沈阳白桦示范食品有限公司的6月调度确认（郑演丙6月5日电话答复），回执编号" in said
    assert "已请企业主要负责人核对" in said
    assert june(town).status == "answered"
    got = principal.look()
    assert got.startswith(
        "【浑南区应急管理局】按电话答复代录了6月调度确认，请您核对：\n"
        "代录：郑演丙6月5日电话答复，孙演九录入，待负责人确认。\n是否开展：已调度\n"
    )
    assert principal.labels == ["属实", "有误"]
    assert await principal.tap("属实") == "✅ 已确认6月调度确认的代录属实。"
    await principal.tap("属实")
    assert events(town).count("phone-answer-confirmed") == 1
    assert "负责人已确认" in await clerk.press_data(f"a:answers:{june(town).id}")


async def test_the_mark_stands_wherever_the_answer_is_shown(town: Town, principal: Person, clerk: Person) -> None:
    await take_june(clerk, town)
    code = re.search(r"回执编号 (\S{9})", await clerk.tap("确认代录"))
    assert code is not None
    mark = "代录：郑演丙6月5日电话答复，孙演九录入，待负责人确认。"
    number = june(town).id
    for person in (principal, clerk):
        assert mark in await person.press_data(f"a:show:{number}")
        assert mark in await person.press_data(f"a:answers:{number}")
    assert principal.can_tap("属实") is False
    await principal.press_data(f"a:show:{number}")
    assert principal.labels[:2] == ["属实", "有误"]
    looked_up = await principal.say(f"/receipt {code[1]}")
    assert "代录：6月5日电话答复，由工作人员录入，待负责人确认。" in looked_up
    assert "郑演丙" not in looked_up
    assert "6月5日已填报（代录，待负责人确认）" in await principal.press_data("a:tasks:done")
    printed = town.app.look(lambda uow: inspection_file.gather(uow, FOOD))
    (said,) = (one for one in printed.duties if one.title == "6月调度确认")
    assert said.marks == mark
    states = [one["state"] for part in inspection.document(printed, {})["parts"] for one in part["duties"]]
    assert f"2023-06-05 09:00提交；{mark}" in states
    assert "其中代录、待负责人确认1项" in await clerk.say(f"/district {FOOD}")
    assert "已填报的，有1家是代录" in await clerk.press_data("a:progress:monthly-dispatch|2023-06|6")


async def test_what_is_wrong_goes_to_the_usual_correction_and_his_own_word_is_asked_of_him(
    town: Town, principal: Person, clerk: Person
) -> None:
    await take_june(clerk, town)
    await clerk.tap("确认代录")
    principal.look()
    assert "本次调度由您本人主持吗" in await principal.tap("有误")
    assert "郑演丙" not in clerk.look()
    assert "负责人称有误，待更正" in await clerk.press_data(f"a:show:{june(town).id}")
    shown = await principal.tap("否")
    assert "形式：会议调度" in shown
    assert "电话答复" not in shown
    assert "回执编号" in await principal.tap("确认提交")
    assert "代录" not in await principal.press_data(f"a:show:{june(town).id}")
    # The old button of the card: what it was about does not count any more.
    old = next(one for one in principal.screen if "按电话答复代录了" in one.text)
    assert "已有更新的填报" in await principal.press(old.buttons[0][0])
    assert town.use(lambda uow: phone_answers.unconfirmed(uow.conn, FOOD)) == []


async def test_who_answered_meanwhile_in_person_wins(town: Town, principal: Person, clerk: Person) -> None:
    await take_june(clerk, town)
    await answer_all(principal)
    await principal.tap("确认提交")
    own = june(town).conversation
    said = await clerk.tap("确认代录")
    assert said == ("沈阳白桦示范食品有限公司刚才已填报或已不需要填报6月调度确认，以企业的为准，代录没有保存。")
    assert june(town).conversation == own
    assert "已填报，不用代录" in await clerk.press_data(f"a:by-phone:{june(town).id}")


async def test_what_the_principal_has_begun_is_not_taken_from_him(town: Town, principal: Person, clerk: Person) -> None:
    await answer_all(principal)
    shown = principal.button("确认提交")
    await take_june(clerk, town)
    await clerk.tap("确认代录")
    assert "已收到您的6月调度确认" in await principal.press(shown)
    assert "代录" not in await principal.press_data(f"a:show:{june(town).id}")


async def test_what_was_entered_wrong_is_entered_anew_until_it_is_confirmed(
    town: Town, principal: Person, clerk: Person
) -> None:
    await take_june(clerk, town)
    await clerk.tap("确认代录")
    principal.look()
    old = principal.button("属实")
    assert "6月调度确认：6月5日已填报（代录，待负责人确认）" in await pages(clerk, f"a:phone-duties:{FOOD}")
    before = next(one for one in reversed(clerk.screen) if "以什么形式开展" in one.text)
    await clerk.press(before.buttons[0][0])
    assert "形式：会议调度" in await clerk.tap("更正")
    await clerk.tap("修改")
    await clerk.tap("形式")
    await clerk.tap("现场调度")
    await clerk.tap("确认代录")
    assert "形式：现场调度" in principal.look()
    assert "已有更新的填报" in await principal.press(old)
    await principal.tap("属实")
    assert "已填报，不用代录" in await clerk.press_data(f"a:by-phone:{june(town).id}")


async def pages(person: Person, data: str) -> str:
    """Every page of a list."""
    said = await person.press_data(data)
    while person.can_tap("更多"):
        said += await person.tap("更多")
    return said


async def test_a_principal_who_joins_later_is_asked_then(town: Town, clerk: Person) -> None:
    await take_june(clerk, town)
    assert "加入后请其核对" in await clerk.tap("确认代录")
    principal = await town.join("郑演丙", "principal", FOOD)
    cards = [one for one in principal.screen if "按电话答复代录了" in one.text]
    assert len(cards) == 1
    assert "已确认6月调度确认的代录属实" in await principal.tap("属实")


async def test_several_answers_by_phone_are_one_list_for_who_joins_later(town: Town, clerk: Person) -> None:
    await take_june(clerk, town)
    await clerk.tap("确认代录")
    await call(clerk, duty_of(town, "outsourcing-check"))
    await clerk.tap("没有")
    await clerk.tap("确认代录")
    principal = await town.join("郑演丙", "principal", FOOD)
    assert "监管部门按电话答复代录了2项，请您逐项核对：" in principal.screen[-1].text
    assert "有无：没有" in await principal.tap("第2项")
    await principal.tap("属实")
    assert duty_of(town, "outsourcing-check").status == "answered"


async def test_photos_are_left_out_and_asked_of_the_principal(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    duty = duty_of(town, "post-responsibility")
    await call(clerk, duty)
    for said in ("全体岗位", "5月29日", "公告栏", "已建立"):
        await clerk.say(said)
    assert "确认代录" in clerk.labels
    await clerk.tap("确认代录")
    assert "电话答复没有照片和文件" in principal.look()
    await principal.tap("属实")
    assert principal.labels == ["补附照片"]
    assert "请发送公示的照片" in await principal.tap("补附照片")
    await principal.attach(photo)
    assert "回执编号" in await principal.tap("确认提交")


async def test_a_study_told_to_count_as_the_dispatch_meets_it_too(town: Town, clerk: Person) -> None:
    await call(clerk, duty_of(town, "study-plan"))
    for said in ("5月29日", "领导班子", "全部场所", "判定标准各条", "安全部", "钱某", "郑某"):
        await clerk.say(said)
    for said in ("5月29日", "全员全岗位", "是", "正在创建"):
        await clerk.say(said)
    assert "计作5月调度" in clerk.screen[-1].text
    await clerk.tap("是")
    said = await clerk.tap("确认代录")
    assert said.count("回执编号") == 2
    assert duty_of(town, "monthly-dispatch", "2023-05").status == "answered"


async def test_not_yet_is_noted_with_the_day_and_answers_nothing(town: Town, clerk: Person) -> None:
    await call(clerk, june(town))
    await clerk.tap("还没有")
    await clerk.tap("已有计划")
    said = await clerk.say("6月20日")
    assert "6月调度确认计划6月20日（周二）开展，仍待填报，届时提醒企业" in said
    assert (june(town).status, june(town).snoozed_until) == (
        "open",
        datetime.fromisoformat("2023-06-20T08:30:00+08:00"),
    )


async def test_what_needs_a_page_or_walks_through_the_criteria_is_not_taken(town: Town, clerk: Person) -> None:
    for obligation in ("first-round", "criteria-check"):
        said = await clerk.press_data(f"a:by-phone:{duty_of(town, obligation).id}")
        assert said == "这一项不能电话代录，请企业自己填报。"


async def test_a_day_to_come_and_a_name_too_long_are_refused(town: Town, clerk: Person) -> None:
    await clerk.press_data(f"a:by-phone:{june(town).id}")
    assert "最多60字" in await clerk.say("郑" * 10_000)
    await clerk.say("郑演丙")
    assert "6月6日还没到" in await clerk.say("明天")
    assert "调度开展了吗" in await clerk.say("昨天")


async def test_a_role_that_ended_in_the_talk_enters_nothing(town: Town, clerk: Person) -> None:
    await take_june(clerk, town)
    end_role(town, clerk.id)
    assert "您现在不能办理" in await clerk.tap("确认代录")
    assert june(town).status == "open"


async def test_two_clerks_who_enter_the_same_answer_enter_it_once(
    town: Town, second: App, principal: Person, clerk: Person
) -> None:
    other = await town.join("周演五", "clerk", DISTRICT)
    await take_june(clerk, town)
    await take_june(other, town)
    taps = [
        Inbound(one.address, 9_000 + number, town.now, Kind.BUTTON, data=one.button("确认代录").data)
        for number, one in enumerate((clerk, other))
    ]
    await asyncio.gather(town.app.take(taps[0]), second.take(taps[1]))
    said = [clerk.look(), other.look()]
    assert sorted("已代录" in one for one in said) == [False, True], said
    assert sorted("代录没有保存" in one for one in said) == [False, True], said
    assert principal.look().count("按电话答复代录了") == 1


async def test_the_principals_own_answer_wins_also_at_the_same_moment(
    town: Town, second: App, principal: Person, clerk: Person
) -> None:
    await answer_all(principal)
    await take_june(clerk, town)
    taps = [
        Inbound(one.address, 9_000 + number, town.now, Kind.BUTTON, data=one.button(label).data)
        for number, (one, label) in enumerate(((clerk, "确认代录"), (principal, "确认提交")))
    ]
    await asyncio.gather(town.app.take(taps[0]), second.take(taps[1]))
    assert "已收到您的6月调度确认" in principal.look()
    assert "抱歉" not in clerk.look()
    assert "代录" not in await principal.press_data(f"a:show:{june(town).id}")


async def test_nobody_enters_or_confirms_what_is_not_theirs(town: Town, principal: Person, clerk: Person) -> None:
    widen(town)
    officer = await town.join("钱演七", "officer", FOOD)
    far = await town.join("赵演二", "clerk", "沈河区")
    leader = await town.join("吴演三", "leader", DISTRICT)
    city = await town.join("周演市", "city", CITY)

    def some(uow: UnitOfWork) -> dict[str, int]:
        codes = (FOOD, ELSEWHERE, CITYS)
        return {code: duties.find(uow.conn, enterprise=code, status="open")[0].id for code in codes}

    numbers = town.use(some)
    for person, code in ((far, FOOD), (clerk, ELSEWHERE), (clerk, CITYS), (leader, FOOD), (officer, FOOD)):
        for data in (f"a:by-phone:{numbers[code]}", f"a:phone-duties:{code}"):
            assert "您现在不能办理" in await person.press_data(data), (person.name, data)
    assert "请点选电话答复的是哪一项" in await city.press_data(f"a:phone-duties:{CITYS}")
    await take_june(clerk, town)
    await clerk.tap("确认代录")
    number = june(town).conversation
    for person in (officer, far, clerk, city):
        for action in ("phone-true", "phone-wrong", "phone-card"):
            assert "您现在不能办理" in await person.press_data(f"a:{action}:{number}")
        assert "您现在不能办理" in await person.press_data(f"a:phone-cards:{FOOD}")
    for odd in ("0", "x", "99999999999999999999", "-1", ""):
        for action in ("by-phone", "phone-true", "phone-wrong", "phone-card", "phone-cards", "phone-duties"):
            assert "您现在不能办理" in await principal.press_data(f"a:{action}:{odd}")
