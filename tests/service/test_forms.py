"""Duties answered by forms of the pack, as people see them."""

import re
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from campaign.pack import load
from campaign.pack_file import folder_of
from service.core.unit_of_work import UnitOfWork
from service.dossiers import inspection_file
from storage import conversations, duties
from talk.messages import FileRef
from tests.service.conftest import FOOD, row
from tests.town import Person, Town

EARLY = datetime.fromisoformat("2023-05-24T09:00:00+08:00")


def duty(town: Town, obligation: str, period: str = "once") -> duties.Duty:
    found = town.use(lambda uow: duties.of_period(uow.conn, obligation, FOOD, period))
    assert found is not None
    return found


async def start(person: Person, obligation: str, period: str = "once") -> str:
    return await person.press_data(f"a:fill:{duty(person.town, obligation, period).id}")


async def study(person: Person, *plan: FileRef) -> str:
    """Answer the study plan up to what the principal alone answers."""
    await start(person, "study-plan")
    await person.tap("今天")
    await person.tap("领导班子")
    await person.tap("完成")
    await person.say("全部场所")
    await person.say("判定标准各条、消防通道")
    await person.say("安全部")
    await person.say("钱某")
    await person.say("郑某")
    await person.tap("今天")
    await person.tap("全员全岗位")
    await person.tap("完成")
    await person.tap("是")
    await person.tap("正在创建")
    return await person.attach(*plan) if plan else await person.tap("暂不附")


async def test_a_form_is_answered_and_the_answers_are_kept_by_their_keys(
    town: Town, principal: Person, photo: FileRef
) -> None:
    asked = await start(principal, "drill")
    assert asked == "应急演练是哪天开展的？（1/5）\n请点选，或回复日期，如“5月22日”。"
    await principal.tap("今天")
    await principal.say("火灾爆炸、疏散逃生")
    assert "85人" in principal.labels
    await principal.say("八十人")
    await principal.tap("都熟知")
    summary = await principal.attach(photo)
    assert summary == (
        "请您核对：\n演练日期：6月5日（周一）\n演练内容：火灾爆炸、疏散逃生\n参加人数：80人\n熟知逃生出口：都熟知\n照片：1个文件\n"
        "确认后以郑演丙名义提交，12月31日前可更正。"
    )
    receipt = await principal.tap("确认提交")
    assert re.search(r"✅ 已收到您的应急救援演练。回执编号 \S+，", receipt)
    conversation = duty(town, "drill").conversation
    assert conversation is not None
    result = town.use(lambda uow: conversations.result(uow.conn, conversation))
    assert (result["drill_day"], result["people"]) == ("2023-06-05", 80)


@pytest.mark.parametrize(("mime", "marked"), [("image/jpeg", False), ("application/pdf", True)])
async def test_who_sends_a_document_reads_that_it_is_kept_as_it_is_and_of_a_photo_nothing(
    town: Town, photo: FileRef, mime: str, marked: bool
) -> None:
    town.now = EARLY
    principal = await town.join("郑演丙", "principal", FOOD)
    assert "是否同时计作5月调度" in await study(principal, replace(photo, mime=mime))
    told = "\n".join(message.text for message in principal.screen)
    assert ("文件按原样保存：里面的作者、图片和拍摄位置等信息都还在，收到的人看得到。" in told) is marked


async def test_a_correction_starts_from_the_answers(principal: Person) -> None:
    await start(principal, "emergency-plan")
    await principal.tap("已建立")
    await principal.say("2021-03-01")
    await principal.say("火灾爆炸")
    await principal.tap("已完善")
    await principal.tap("暂不附")
    await principal.tap("确认提交")
    summary = await start(principal, "emergency-plan")
    assert "涵盖事故：火灾爆炸" in summary


async def test_answers_of_another_dialog_do_not_slip_into_a_form(town: Town, principal: Person) -> None:
    """As after a pack in which an obligation got another form."""
    open_one, person = duty(town, "emergency-plan"), principal.id

    def answered_by_another_dialog(uow: UnitOfWork) -> None:
        talk = conversations.begin(uow.conn, "plain-report", person, {}, open_one.id, uow.now)
        conversations.finish(uow.conn, talk.id, {"plan_day": "2021-03-01"}, uow.now)
        duties.answered(uow.conn, open_one.id, talk.id, uow.now)

    town.use(answered_by_another_dialog)
    assert "应急工作责任制建立了吗？（1/5）" in await start(principal, "emergency-plan")


@pytest.mark.parametrize("counts", ["是", "否"])
async def test_the_study_may_count_as_the_dispatch_of_may(town: Town, counts: str) -> None:
    town.now = EARLY
    principal = await town.join("郑演丙", "principal", FOOD)
    assert "是否同时计作5月调度" in await study(principal)
    await principal.tap(counts)
    await principal.press_data(f"a:show:{duty(town, 'study-plan').id}")
    await start(principal, "study-plan")
    said = await principal.tap("确认提交")
    may = duty(town, "monthly-dispatch", "2023-05")
    if counts == "是":
        assert "已收到您的2项填报" in said
        assert "5月调度确认：回执编号" in said
        assert may.status == "answered"
        (code,) = re.findall(r"5月调度确认：回执编号 (\S+)", said)
        assert "有效" in await principal.say(f"/receipt {code}")
    else:
        assert "5月调度确认" not in said
        assert may.status == "open"


async def test_what_is_met_as_well_stands_in_the_inspection_file_with_a_receipt_of_its_own(town: Town) -> None:
    town.now = EARLY
    principal = await town.join("郑演丙", "principal", FOOD)
    await study(principal)
    await principal.tap("是")
    await start(principal, "study-plan")
    said = await principal.tap("确认提交")
    told = town.use(lambda uow: inspection_file.gather(uow, FOOD))
    printed = {f"{one.title}：回执编号 {one.receipt}" for one in told.duties if one.receipt}
    assert len(printed) == 2
    assert printed <= set(said.splitlines())


async def test_a_dispatch_that_was_answered_before_is_not_asked_about(town: Town, principal: Person) -> None:
    may = duty(town, "monthly-dispatch", "2023-05")
    town.use(lambda uow: duties.set_status(uow.conn, may.id, "answered"))
    assert "计作5月调度" not in await study(principal)


async def test_a_dispatch_met_by_the_study_is_corrected_in_its_own_words(town: Town) -> None:
    town.now = EARLY
    principal = await town.join("郑演丙", "principal", FOOD)
    await study(principal)
    await principal.tap("是")
    await start(principal, "study-plan")
    await principal.tap("确认提交")
    assert "5月的工作调度开展了吗" in await start(principal, "monthly-dispatch", "2023-05")


async def test_a_bureau_changes_a_form_and_what_was_begun_before_goes_on_as_it_was(
    town: Town, principal: Person, tmp_path: Path
) -> None:
    await start(principal, "emergency-plan")
    renewed = Path(shutil.copytree(folder_of("shenyang_2023"), tmp_path / "renewed"))
    forms = (renewed / "forms.yaml").read_text(encoding="utf-8")
    changed = forms.replace("现行救援预案是哪天制定或修订的？", "预案是哪天修订的？").replace(
        "多少人参加？", "几个人参加？"
    )
    (renewed / "forms.yaml").write_text(changed, encoding="utf-8")
    town.app.context = replace(town.app.context, pack=load(str(renewed)))

    await principal.tap("已建立")
    await principal.say("2021-03-01")
    assert "现行救援预案是哪天制定或修订的" in await principal.say("/back")
    await principal.tap("今天")
    await principal.say("火灾爆炸")
    await principal.tap("已完善")
    await principal.tap("暂不附")
    await principal.tap("确认提交")
    answered = duty(town, "emergency-plan").conversation
    assert answered is not None
    journal = town.use(lambda uow: conversations.journal(uow.conn, answered))
    assert {answer.wording for answer, _ in journal if answer.key == "plan_day"} == {"现行救援预案是哪天制定或修订的？"}

    await start(principal, "drill")
    await principal.tap("今天")
    assert "几个人参加" in await principal.say("火灾爆炸")


async def test_a_unit_that_the_city_supervises_has_duties_of_its_own(town: Town) -> None:
    town.register(row(监管单位="沈阳市应急管理局"))
    found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
    rules = {one.obligation: town.app.context.pack.obligation(one.obligation).form for one in found}
    # The plan was due before the enterprise came to be supervised by the city.
    assert rules.get("mentoring") == "mentoring"
    assert "municipal-plan" not in rules


async def test_major_hazards_of_an_inspection_lead_into_the_ledger(principal: Person) -> None:
    await start(principal, "led-inspection", "2023-Q2")
    await principal.tap("是")
    await principal.tap("今天")
    await principal.say("仓库")
    await principal.say("5处")
    await principal.say("2处")
    await principal.tap("暂不附")
    said = await principal.tap("确认提交")
    assert "其中重大隐患2处，请逐条报告，进入台账" in said
    assert principal.labels == ["报告隐患"]
    assert "隐患" in await principal.tap("报告隐患")
