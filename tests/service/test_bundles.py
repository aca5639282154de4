"""The list that is due by the end of May: answered in parts, confirmed once."""

import re
from datetime import datetime

import pytest
from sqlalchemy import update

from service.core.unit_of_work import UnitOfWork
from service.duties import planning
from storage import duties, people
from storage.tables import enterprises
from talk.messages import FileRef
from tests.service.conftest import FOOD, row
from tests.town import Person, Town

LIST = "first-list"
EARLY = datetime.fromisoformat("2023-05-24T09:00:00+08:00")
TITLES = [
    "5月调度确认",
    "学习标准和自查计划",
    "全员岗位责任制",
    "职责清单和安全管理人员",
    "动火等危险作业首轮排查",
    "外包外租全面排查",
    "控制系统和智能设备台账",
]


@pytest.fixture
def town(town: Town) -> Town:
    town.now = EARLY
    return town


@pytest.fixture
async def principal(town: Town) -> Person:
    return await town.join("郑演丙", "principal", FOOD)


@pytest.fixture
async def officer(town: Town) -> Person:
    return await town.join("钱演七", "officer", FOOD)


def duty(town: Town, obligation: str, period: str = "once") -> duties.Duty:
    found = town.use(lambda uow: duties.of_period(uow.conn, obligation, FOOD, period))
    assert found is not None
    return found


def excuse_but(town: Town, *obligations: str) -> None:
    """Nothing but these is owed."""

    def excuse(uow: UnitOfWork) -> None:
        for one in duties.find(uow.conn, enterprise=FOOD):
            if one.obligation not in obligations:
                duties.set_status(uow.conn, one.id, "excused")

    town.use(excuse)


async def absent(person: Person, obligation: str) -> str:
    """Answer a duty over a risk in one tap."""
    await person.press_data(f"a:fill:{duty(person.town, obligation).id}")
    return await person.tap("没有")


async def dispatch(person: Person) -> str:
    """Answer the dispatch of May."""
    await person.press_data(f"a:fill:{duty(person.town, 'monthly-dispatch', '2023-05').id}")
    await person.tap("已调度")
    if "本人主持" in person.screen[-1].text:
        await person.tap("是")
    await person.tap("今天")
    await person.tap("会议调度")
    await person.say("更换除尘风机")
    return await person.tap("没有")


async def test_the_card_lists_the_parts_and_leads_into_the_first(principal: Person) -> None:
    card = await principal.press_data(f"a:bundle:{LIST}")
    assert card.startswith("5月30日前首轮清单：共7项，还有7项未填报。请点序号填报：\n1. 5月调度确认：")
    assert principal.labels == ["开始填报", "第1项", "第2项", "第3项", "第4项", "更多"]
    assert "5月的工作调度开展了吗" in await principal.tap("开始填报")


async def test_a_part_that_is_filled_in_is_shown_and_waits_for_the_rest(town: Town, principal: Person) -> None:
    said = await dispatch(principal)
    assert said == (
        "请您核对：\n5月调度确认\n由您本人主持：是\n时间：5月24日（周三）\n形式：会议调度\n议定事项：更换除尘风机\n待解决：没有\n"
        "另有6项未填报，可填完后一并提交。\n确认后以郑演丙名义提交以上1项，5月31日前可更正。"
    )
    assert principal.labels == ["下一项", "确认提交", "修改"]
    assert "学习" in await principal.tap("下一项")
    await principal.say("/cancel")
    said = await absent(principal, "outsourcing-check")
    assert said == "外包外租全面排查已填写，待一并提交：已填2项，还有5项。"
    assert principal.labels == ["下一项", "核对提交", "看清单"]
    card = await principal.tap("看清单")
    assert "1. 5月调度确认：已填写，待一并提交" in card
    assert principal.labels[:2] == ["下一项", "核对提交"]
    assert duty(town, "outsourcing-check").status == "open"


async def test_all_parts_are_confirmed_at_once_with_a_receipt_each(town: Town, principal: Person) -> None:
    await dispatch(principal)
    for obligation in ("outsourcing-check", "hot-work-check", "control-inventory"):
        await absent(principal, obligation)
    shown = await principal.tap("核对提交")
    assert re.findall(r"^\d\. (.+)$", shown, re.MULTILINE) == [TITLES[0], TITLES[4], TITLES[5], TITLES[6]]
    assert shown.count("有无：没有") == 3
    assert "确认后以郑演丙名义提交以上4项" in shown
    said = await principal.tap("确认提交")
    assert said.startswith("✅ 已收到您的4项填报：")
    assert principal.labels == ["下一项"]
    codes = re.findall(r"回执编号 (\S{4}-\S{4})", said)
    assert len(set(codes)) == 4
    assert "有效" in await principal.say(f"/receipt {codes[3]}")
    assert duty(town, "control-inventory").status == "answered"
    assert "共7项，还有3项未填报" in await principal.press_data(f"a:bundle:{LIST}")


async def test_after_the_day_it_is_not_said_that_there_is_time_until_then(town: Town, principal: Person) -> None:
    await dispatch(principal)
    await absent(principal, "outsourcing-check")
    assert "5月30日前可更正" in await principal.tap("核对提交")
    town.now = EARLY.replace(month=6)
    assert "以上2项。已过截止日，此后更正将注明日期。" in await principal.press_data(f"a:review:{LIST}")


async def test_when_the_last_part_is_filled_in_everything_is_shown(town: Town, principal: Person) -> None:
    excuse_but(town, "outsourcing-check", "hot-work-check", "control-inventory")
    for obligation in ("outsourcing-check", "hot-work-check"):
        await absent(principal, obligation)
    shown = await absent(principal, "control-inventory")
    assert shown.startswith("请您核对：\n1. 动火等危险作业首轮排查\n有无：没有\n2. 外包外租全面排查")
    assert principal.labels == ["确认提交", "修改"]


async def test_an_answer_changed_meanwhile_is_shown_before_it_is_confirmed(
    town: Town, principal: Person, photo: FileRef
) -> None:
    await dispatch(principal)
    old = principal.button("确认提交")
    await principal.tap("修改")
    await principal.tap("修改")
    await principal.tap("形式")
    assert "形式：现场调度" in await principal.tap("现场调度")
    assert "形式：现场调度" in await principal.press(old)
    assert duty(town, "monthly-dispatch", "2023-05").status == "open"
    await principal.tap("修改")
    assert "附件：1个文件" in await principal.attach(photo)
    assert "已收到您的5月调度确认" in await principal.tap("确认提交")
    again = await principal.press(principal.button("确认提交"))
    assert again == "5月30日前首轮清单中没有待提交的内容。"


async def test_a_part_opened_on_its_own_is_confirmed_on_its_own(town: Town, principal: Person) -> None:
    await absent(principal, "outsourcing-check")
    await principal.press_data(f"a:fill:{duty(town, 'outsourcing-check').id}")
    assert principal.labels == ["确认提交", "修改"]
    assert "已收到您的外包外租全面排查" in await principal.tap("确认提交")


async def test_the_officer_fills_all_and_the_principal_confirms_once(
    town: Town, principal: Person, officer: Person
) -> None:
    await principal.press_data(f"a:bundle:{LIST}")
    assert "已请安全管理人员先填5月30日前首轮清单" in await principal.tap("请安全员先填")
    assert "郑演丙请您先填5月30日前首轮清单（7项）" in officer.look()
    await officer.tap("现在填报")
    await dispatch(officer)
    assert officer.labels == ["下一项", "交负责人", "修改"]
    for obligation in ("outsourcing-check", "hot-work-check", "control-inventory"):
        await absent(officer, obligation)
    assert principal.look() == ""
    assert "已交主要负责人核对5月30日前首轮清单" in await officer.tap("交负责人")
    assert principal.look() == "钱演七已填好5月30日前首轮清单中的4项，请您核对，一次确认。"
    assert "已交主要负责人核对" in await officer.press(officer.button("交负责人"))
    assert principal.look() == ""
    shown = await principal.tap("去核对")
    assert "以上3项" in shown
    assert "另有4项未填报" in shown
    assert "由您本人主持吗" in await principal.press_data(f"a:fill:{duty(town, 'monthly-dispatch', '2023-05').id}")
    await principal.tap("是")
    assert "以上4项" in await principal.tap("核对提交")
    assert "已收到您的4项填报" in await principal.tap("确认提交")
    assert "没有待提交" in await officer.press_data(f"a:submit:{LIST}:0")


async def test_one_question_is_returned_and_comes_back_for_the_one_confirmation(
    town: Town, principal: Person, officer: Person
) -> None:
    await absent(officer, "hot-work-check")
    await absent(officer, "outsourcing-check")
    await officer.tap("交负责人")
    principal.look()
    await principal.tap("去核对")
    await principal.press_data(f"a:fill:{duty(town, 'outsourcing-check').id}")
    await principal.tap("退回")
    await principal.tap("有无")
    await principal.say("食堂是承包的")
    assert "退回重填。说明：食堂是承包的" in officer.look()
    assert "有无外包外租" in await officer.tap("去重填")
    assert "已交主要负责人核对" in await officer.tap("没有")
    principal.look()
    assert "以上2项" in await principal.press_data(f"a:review:{LIST}")
    assert "已收到您的2项填报" in await principal.tap("确认提交")


async def test_the_officer_confirms_nothing(town: Town, principal: Person, officer: Person) -> None:
    await absent(principal, "outsourcing-check")
    shown = principal.button("确认提交")
    await officer.press(shown)
    assert duty(town, "outsourcing-check").status == "open"
    stranger = await town.join("王演五", "worker", FOOD)
    for action in ("review", "submit", "hand", "prepare", "bundle"):
        await stranger.press_data(f"a:{action}:{LIST}")
    assert duty(town, "outsourcing-check").status == "open"


async def test_the_study_that_counts_as_the_dispatch_takes_it_off_the_list(town: Town, principal: Person) -> None:
    await principal.press_data(f"a:fill:{duty(town, 'study-plan').id}")
    await principal.tap("今天")
    await principal.say("领导班子")
    await principal.say("全部场所")
    await principal.say("设备设施")
    await principal.say("安全部")
    await principal.say("钱某")
    await principal.say("郑某")
    await principal.tap("今天")
    await principal.say("全员全岗位")
    await principal.tap("是")
    await principal.tap("正在创建")
    await principal.tap("暂不附")
    shown = await principal.tap("是")
    assert "另有5项未填报" in shown
    assert "5月调度确认：由另一项一并完成" in await principal.press_data(f"a:bundle:{LIST}")
    await principal.press_data(f"a:review:{LIST}")
    assert "5月调度确认：回执编号" in await principal.tap("确认提交")


async def test_what_is_left_alone_is_confirmed_as_ever(town: Town, principal: Person) -> None:
    excuse_but(town, "outsourcing-check")
    assert "确认后以郑演丙名义提交，" in await absent(principal, "outsourcing-check")
    assert "回执编号" in await principal.tap("确认提交")


async def test_what_the_officer_changes_meanwhile_is_not_confirmed_unseen(
    town: Town, principal: Person, officer: Person
) -> None:
    await absent(officer, "hot-work-check")
    await absent(officer, "outsourcing-check")
    await officer.tap("交负责人")
    principal.look()
    assert "以上2项" in await principal.tap("去核对")
    await officer.press_data(f"a:bundle:{LIST}")
    await officer.tap("更多")
    assert "要修改的一项" in await officer.tap("第6项")
    assert "有无外包外租" in await officer.tap("有无")
    assert "多少家承包" in await officer.tap("有")
    shown = await principal.tap("确认提交")
    assert "以上1项" in shown
    assert "外包" not in shown
    assert duty(town, "hot-work-check").status == "open"
    await principal.tap("确认提交")
    assert duty(town, "hot-work-check").status == "answered"
    assert duty(town, "outsourcing-check").status == "open"
    assert "不需要回答" in await officer.press_data(f"a:change:{duty(town, 'hot-work-check').id}")


async def test_nobody_changes_what_another_prepared(town: Town, principal: Person, officer: Person) -> None:
    await absent(officer, "hot-work-check")
    for argument in (duty(town, "hot-work-check").id, 0, "x"):
        said = await principal.press_data(f"a:change:{argument}")
        assert "不需要回答" in said or "不能办理" in said


async def test_who_follows_a_principal_confirms_what_was_filled_in_before(town: Town, principal: Person) -> None:
    await absent(principal, "outsourcing-check")
    await absent(principal, "hot-work-check")
    await principal.say("/cancel")
    shown, former = principal.button("核对提交"), principal.id

    def leave(uow: UnitOfWork) -> None:
        for membership in people.roles(uow.conn, former):
            people.set_state(uow.conn, membership.id, "ended", uow.now)

    town.use(leave)
    await principal.press(shown)
    assert "请您核对" not in principal.screen[-1].text
    successor = await town.join("吴演二", "principal", FOOD)
    assert "确认后以吴演二名义提交以上2项" in await successor.press_data(f"a:review:{LIST}")
    assert "已收到您的2项填报" in await successor.tap("确认提交")
    assert duty(town, "hot-work-check").status == "answered"


async def test_who_is_principal_here_and_officer_there_confirms_only_what_is_theirs(
    town: Town, principal: Person
) -> None:
    other = "91210112155117772D"
    town.register(row(other, 2, 企业名称="沈阳青禾试用商厦有限公司", 行业="商贸", 风险标签=""))
    person = principal.id

    def known_from_the_start(uow: UnitOfWork) -> None:
        uow.conn.execute(update(enterprises).values(since=None))
        planning.plan_opened(uow, planning.beginning(uow))

    town.use(known_from_the_start)
    town.use(lambda uow: people.grant(uow.conn, person, "officer", other, "active", uow.now))
    theirs = town.use(lambda uow: duties.of_period(uow.conn, "outsourcing-check", other, "once"))
    assert theirs is not None
    await principal.press_data(f"a:fill:{theirs.id}")
    await principal.tap("没有")
    assert principal.labels == ["下一项", "交负责人", "修改"]
    await absent(principal, "hot-work-check")
    await absent(principal, "outsourcing-check")
    which = await principal.press_data(f"a:bundle:{LIST}")
    assert "1. 沈阳白桦示范食品有限公司：" in which
    assert "2. 沈阳青禾试用商厦有限公司：" in which
    assert "沈阳青禾试用商厦有限公司" in (await principal.tap("第2项")).splitlines()[0]
    # An older button does not say whose list it is: what somebody confirms goes before what they only prepare.
    assert "沈阳白桦示范食品有限公司" in await principal.press_data(f"a:review:{LIST}")
    receipts = await principal.tap("确认提交")
    assert "已收到您的2项填报" in receipts
    assert "沈阳白桦示范食品有限公司" in receipts
    owed = town.use(lambda uow: duties.find(uow.conn, enterprise=other, status="open"))
    assert theirs.id in [one.id for one in owed]
