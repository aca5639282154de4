"""What was told once and what is told now do not agree: it is shown before the confirmation, and needs one sentence."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from msgspec import to_builtins

from bot.subjects import TALKS
from campaign.scope import Profile
from service.core.unit_of_work import UnitOfWork
from service.dossiers import inspection_file
from service.hazards.criteria import articles
from storage import conversations, duties, hazards
from tests.dialogs.talker import PACK, Talker, duty_brief
from tests.service.conftest import FOOD
from tests.service.test_admissions import PERIOD, answer, check_hot_work, found, inspect
from tests.service.test_bundles import excuse_but
from tests.service.test_criteria import start as start_check
from tests.service.test_criteria import the_check
from tests.service.test_forms import duty, start
from tests.town import Person, Town

HOT_WORK = "动火等危险作业首轮排查"
CHECK = "对照判定标准自查"
CRITERION = "第3条第2项“特种作业无证上岗”"
BEFORE_CHECK = f"{HOT_WORK}填报“无证2人”，本次自查没有发现{CRITERION}的情形。"
BEFORE_FORM = f"{CHECK}没有发现{CRITERION}的情形，本次填报“无证2人”。"
WHY = "2人6月3日已取证，此前没有上岗"
MOVED = "没有提交：有关的填报或统计数已有变化，其他回答已保留。"
STEPS = 40


@pytest.fixture
def town_url(sqlite_town: Path, tmp_path: Path) -> str:
    """Give the town on SQLite alone: no SQL is its own."""
    shutil.copy(sqlite_town, tmp_path / "anzhu.db")
    return f"sqlite:///{tmp_path}/anzhu.db"


def owe_two(town: Town) -> None:
    """Leave the check and the form alone, that no list holds the form back."""
    excuse_but(town, "hot-work-check", "criteria-check")


async def find_nothing(person: Person) -> str:
    """本组均无 to the end of the check, up to what is asked then."""
    shown = await start_check(person)
    for _ in range(STEPS):
        if not person.can_tap("本组均无"):
            return shown
        shown = await person.tap("本组均无")
    raise AssertionError(shown)


async def answer_until(person: Person, label: str) -> str:
    """Answer questions about hot work until a button is there, or it is asked what does not agree."""
    for _ in range(STEPS):
        if person.can_tap(label) or "请用一句话说明" in person.screen[-1].text:
            return person.screen[-1].text
        await answer(person)
    raise AssertionError(person.screen[-1].text)


async def fill_hot_work(person: Person, uncertified: str, label: str = "确认提交") -> str:
    """Answer the check of hot work up to its confirmation, or to what does not agree."""
    await start(person, "hot-work-check")
    await person.tap("有")
    await person.say("12人")
    await person.say(uncertified)
    return await answer_until(person, label)


async def phone_hot_work(clerk: Person, uncertified: str) -> str:
    """Enter by phone what the check of hot work found, up to its confirmation, or to what does not agree."""
    await clerk.press_data(f"a:by-phone:{duty(clerk.town, 'hot-work-check').id}")
    for said in ("郑演丙", "今天", "有", "12人", uncertified):
        await clerk.say(said)
    return await answer_until(clerk, "确认代录")


def forget_comparison(town: Town, field: str) -> None:
    """Take from unfinished talks what one that was begun before anything was compared does not have."""

    def forget(uow: UnitOfWork) -> None:
        for one in duties.find(uow.conn, enterprise=FOOD):
            talk = conversations.of_duty(uow.conn, one.id)
            if talk is not None:
                brief = {key: value for key, value in talk.brief.items() if key != field}
                conversations.rebrief(uow.conn, talk.id, brief)

    town.use(forget)


async def test_what_a_form_admitted_and_the_check_does_not_find_needs_one_sentence(
    town: Town, principal: Person, clerk: Person
) -> None:
    await check_hot_work(principal, "2人")
    asked = await find_nothing(principal)
    assert asked == (
        f"{BEFORE_CHECK}请用一句话说明。\n如“2人已于6月8日取证，此前没有上岗”，最多200字，监管部门会看到。"
    )
    for wrong, refusal in (
        ("   ", "请回复文字，不超过200字。"),
        ("字" * 300, "最多200字，您发了300字"),
        ("。。，！！", "没有写明情况"),
        ("无", "没有写明情况"),
        ("22222222", "没有写明情况"),
    ):
        said = await principal.say(wrong)
        assert refusal in said, said
        assert "前面的回答已保留" in said
    shown = await principal.say(WHY)
    assert f"3-2 不一致说明：{BEFORE_CHECK}说明：“{WHY}”" in shown
    receipt = await principal.tap("确认提交")
    assert f"已一并记录：{BEFORE_CHECK}说明：“{WHY}”。" in receipt
    card = await clerk.press_data(f"a:firm:{FOOD}")
    line = f"{HOT_WORK}填报“无证2人”，台账中没有第3条第2项的隐患，是否属实以检查为准。"
    assert f"{line}企业说明：“{WHY}”" in card
    assert WHY in await clerk.press_data(f"a:show:{the_check(town).id}")
    assert WHY in await clerk.press_data(f"a:answers:{the_check(town).id}:1")
    printed = town.app.look(lambda uow: inspection_file.gather(uow, FOOD))
    (told,) = (one for one in printed.duties if one.title == CHECK)
    assert WHY in str(told)
    # What is corrected later is no contradiction any more; what is said now is asked about anew.
    assert "不一致" not in await check_hot_work(principal, "都持证")
    assert WHY not in await clerk.press_data(f"a:firm:{FOOD}")
    await start(principal, "hot-work-check")
    await principal.tap("修改")
    await principal.tap("无证人员")
    await principal.say("3人")
    asked = await answer_until(principal, "确认提交")
    assert asked.startswith(f"{CHECK}没有发现{CRITERION}的情形，本次填报“无证3人”。请用一句话说明。")
    await principal.say("6月4日新来3人，证书在办")
    await principal.tap("确认提交")
    assert "企业说明：“6月4日新来3人，证书在办”" in await clerk.press_data(f"a:firm:{FOOD}")


async def test_what_the_check_did_not_find_and_a_form_admits_needs_one_sentence(
    town: Town, officer: Person, principal: Person, clerk: Person
) -> None:
    owe_two(town)
    await find_nothing(principal)
    await principal.tap("确认提交")
    # An officer prepares it: the principal sees the sentence before confirming.
    asked = await fill_hot_work(officer, "2人", "确认提交")
    assert asked.startswith(f"{BEFORE_FORM}请用一句话说明。")
    assert "已交主要负责人核对" in await officer.say(WHY)
    principal.look()
    shown = await principal.tap("去核对")
    assert f"3-2 不一致说明：{BEFORE_FORM}说明：“{WHY}”" in shown
    # Another number wants another sentence; the same one keeps what was said.
    await principal.tap("修改")
    await principal.tap("无证人员")
    assert "本次填报“无证1人”。请用一句话说明" in await principal.say("1人")
    await principal.say("1人6月3日已取证")
    receipt = await principal.tap("确认提交")
    assert "已一并记录" in receipt
    assert "请核对，属实的请报告隐患" in receipt
    shown = await start(principal, "hot-work-check")
    assert "说明：“1人6月3日已取证”" in shown
    await principal.say("/cancel")
    assert "企业说明：“1人6月3日已取证”" in await clerk.press_data(f"a:firm:{FOOD}")
    # Once the ledger has it nothing is left that does not agree.
    found(principal)
    await start(principal, "hot-work-check")
    assert "不一致" not in principal.screen[-1].text


async def test_staff_on_the_telephone_ask_for_the_sentence_too(principal: Person, clerk: Person) -> None:
    await find_nothing(principal)
    await principal.tap("确认提交")
    assert f"{BEFORE_FORM}请用一句话说明。" in await phone_hot_work(clerk, "2人")
    await clerk.say(WHY)
    assert f"企业说明：“{WHY}”" in await clerk.tap("确认代录")
    assert f"3-2 不一致说明：{BEFORE_FORM}说明：“{WHY}”" in principal.look()
    # 有误: what the principal says instead is asked about as well.
    await principal.tap("有误")
    await principal.tap("修改")
    await principal.tap("无证人员")
    assert "本次填报“无证4人”。请用一句话说明" in await principal.say("4人")


async def test_what_is_admitted_or_taken_back_while_somebody_stands_at_the_confirmation(
    town: Town, principal: Person, clerk: Person
) -> None:
    await find_nothing(principal)
    await phone_hot_work(clerk, "2人")
    await clerk.tap("确认代录")
    principal.look()
    said = await principal.press_data(_confirm(principal))
    assert f"{CHECK}{MOVED}" in said
    assert f"{BEFORE_CHECK}请用一句话说明。" in said
    assert the_check(town).status == "open"
    await principal.say(WHY)
    # The call is entered anew: nobody was without a certificate. The sentence explains nothing any more.
    await clerk.press_data(f"a:by-phone:{duty(town, 'hot-work-check').id}")
    await clerk.tap("修改")
    await clerk.tap("无证人员")
    await clerk.say("都持证")
    await answer_until(clerk, "确认代录")
    await clerk.tap("确认代录")
    principal.look()
    said = await principal.press_data(_confirm(principal))
    assert f"{CHECK}{MOVED}" in said
    assert "请您核对" in said
    assert "不一致" not in said
    assert "回执编号" in await principal.tap("确认提交")


def _confirm(person: Person) -> str:
    """The data of the newest 确认提交, over whatever arrived since."""
    return person.button("确认提交").data


async def test_the_check_is_answered_while_a_form_waits_at_its_confirmation(
    town: Town, principal: Person, clerk: Person
) -> None:
    owe_two(town)
    await fill_hot_work(principal, "2人")
    # A talk that waited is asked anew as soon as it comes back.
    await find_nothing(principal)
    said = await principal.tap("确认提交")
    assert f"{BEFORE_FORM}请用一句话说明。" in said
    await principal.say(WHY)
    assert "已一并记录" in await principal.tap("确认提交")
    await clerk.press_data(f"a:firm:{FOOD}")
    assert f"企业说明：“{WHY}”" in clerk.screen[-1].text


@pytest.mark.parametrize("field", ["denied", "admitted"])
async def test_a_talk_of_before_anything_was_compared_goes_on(town: Town, principal: Person, field: str) -> None:
    owe_two(town)
    if field == "denied":
        await find_nothing(principal)
        await principal.tap("确认提交")
        await start(principal, "hot-work-check")
        await principal.tap("有")
        forget_comparison(town, field)
        await principal.say("12人")
        await principal.say("2人")
        await answer_until(principal, "确认提交")
    else:
        await check_hot_work(principal, "2人")
        await start_check(principal)
        forget_comparison(town, field)
        for _ in range(STEPS):
            if not principal.can_tap("本组均无"):
                break
            await principal.tap("本组均无")
    said = await principal.tap("确认提交")
    assert MOVED in said
    assert "请用一句话说明。" in said
    await principal.say(WHY)
    assert "回执编号" in await principal.tap("确认提交")


async def test_hazards_that_were_counted_and_are_in_no_ledger_are_asked_about_both_ways(principal: Person) -> None:
    await inspect(principal, "2处")
    asked = await find_nothing(principal)
    told = "第二季度带队检查填报重大隐患2处，台账中有0处，本次自查发现0处。"
    assert asked.startswith(f"{told}请用一句话说明。")
    await principal.say("2处属一般隐患，填报有误")
    assert f"隐患数不一致说明：{told}说明：“2处属一般隐患，填报有误”" in principal.screen[-1].text
    await principal.tap("确认提交")
    # Corrected to 1: the check found none, and there still is none.
    await start(principal, "led-inspection", PERIOD)
    await principal.tap("修改")
    await principal.tap("其中重大隐患")
    asked = await principal.say("1处")
    assert asked.startswith(f"{CHECK}没有发现重大隐患，台账中有0处，本次填报重大隐患1处。请用一句话说明。")
    await principal.say("/cancel")
    # What is reported meanwhile is in the ledger: a talk that comes back asks nothing.
    found(principal, "3-1")
    assert "请您核对" in await start(principal, "led-inspection", PERIOD)


async def test_what_is_in_the_ledger_is_followed_there_and_needs_no_sentence(town: Town, principal: Person) -> None:
    await check_hot_work(principal, "2人")
    found(principal)
    assert "请您核对" in await find_nothing(principal)
    await principal.say("/cancel")
    # Withdrawn as a mistake, it leaves the admission as it was.
    town.use(lambda uow: hazards.change(uow.conn, 1, state="withdrawn", closed_at=uow.now))
    assert BEFORE_CHECK in await start_check(principal)


async def test_of_a_list_nothing_is_submitted_that_the_check_denied_meanwhile(town: Town, principal: Person) -> None:
    town.now = datetime.fromisoformat("2023-05-24T09:00:00+08:00")
    excuse_but(town, "hot-work-check", "outsourcing-check", "criteria-check")
    await fill_hot_work(principal, "2人")
    confirm = _confirm(principal)
    await find_nothing(principal)
    await principal.tap("确认提交")
    said = await principal.press_data(confirm)
    assert "回执编号" not in said
    assert duty(town, "hot-work-check").status == "open"
    assert f"{BEFORE_FORM}请用一句话说明。" in await start(principal, "hot-work-check")
    await principal.say(WHY)
    assert f"3-2 不一致说明：{BEFORE_FORM}说明：“{WHY}”" in principal.screen[-1].text
    assert "已一并记录" in await principal.tap("确认提交")


def test_what_several_answers_admit_of_a_criterion_is_asked_about_once() -> None:
    """And a sentence holds of just these: where one of them is another by now, it is asked for again."""
    admitted = [
        {"criterion": "3-1", "title": {"zh": title}, "said": [{"zh": said}]}
        for title, said in (("外包外租全面排查", "未签协议1家"), ("外包复查", "没有定期进行安全检查"))
    ]
    elsewhere = {"criterion": "4-6", "title": {"zh": "不相干"}, "said": [{"zh": "不适用"}]}
    concerned = to_builtins(articles(PACK, Profile("light"), PACK.start))
    brief = duty_brief(articles=concerned, plans_until="2024-12-28", admitted=[*admitted, elsewhere])
    talker = Talker(TALKS["criteria-check"].opened, brief)
    for _ in range(STEPS):
        if not talker.asked.startswith("group/"):
            break
        talker.taps("none")
    assert talker.prompt[0] == (
        "外包外租全面排查填报“未签协议1家”、外包复查填报“没有定期进行安全检查”，"
        "本次自查没有发现第3条第1项“承包承租未统一管理”的情形。请用一句话说明。"
    )
    talker.says("协议6月2日已补签，检查已恢复")
    assert talker.asked == "confirm"
    assert Talker(talker.dialog, brief | {"admitted": admitted}, given=talker.given).asked == "confirm"
    fewer = Talker(talker.dialog, brief | {"admitted": admitted[:1]}, given=talker.given)
    assert fewer.asked == "contradiction/3-1"
    assert Talker(talker.dialog, brief | {"admitted": []}, given=talker.given).asked == "confirm"
