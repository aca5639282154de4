"""The first-round report as people see it: figures, form, signed page; and the inspection file."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import typst
from docx import Document
from openpyxl import load_workbook

from campaign.pack import load
from reports import typesetting
from service.dossiers import first_round, inspection_file
from service.dossiers.inspection_file import HazardLine, Ledger
from service.people import inviting
from storage import duties
from storage.files import FileStore
from talk.messages import FileRef
from tests.samples import photo
from tests.service.conftest import FOOD, row
from tests.town import Person, Town

SECOND = "91210112155117772D"
HAZARD = HazardLine(
    number=1,
    place="二楼速冻间",
    criterion="快速冻结装置未设置在单独的作业间内的",
    found_on=date(2023, 6, 2),
    state="整改中",
    rectified=False,
    person="设备部王演五",
    measures="移入单独作业间",
    funds=Decimal(30000),
    deadline=date(2023, 7, 15),
    contingency="停用该装置",
)


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> list[HazardLine]:
    """What the ledger holds; a test adds to it."""
    held: list[HazardLine] = []

    def figures(uow: Any, enterprise: str) -> Ledger:
        assert (bool(uow), bool(enterprise)) == (True, True)
        return Ledger(tuple(held))

    monkeypatch.setattr(inspection_file, "ledger_figures", figures)
    monkeypatch.setattr(first_round, "ledger_figures", figures)
    return held


def the_report(town: Town) -> duties.Duty:
    """The duty first-round."""
    found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
    return next(duty for duty in found if duty.obligation == "first-round")


async def start(person: Person) -> str:
    return await person.press_data(f"a:fill:{the_report(person.town).id}")


def files_of(person: Person) -> Sequence[FileRef]:
    """The files of the newest message that has some."""
    return next(message.files for message in reversed(person.screen) if message.files)


def content(person: Person, ending: str) -> bytes:
    """A file that was sent, as it lies on the shelf."""
    (file,) = (one for one in files_of(person) if one.name.endswith(ending))
    return FileStore(person.town.app.settings.files).path(file.sha256).read_bytes()


def kept(town: Town, data: bytes, name: str) -> FileRef:
    return FileStore(town.app.settings.files).keep(data, name)


async def test_nothing_found_is_a_zero_report_and_the_signed_page_completes_it(
    town: Town, principal: Person, ledger: list[HazardLine]
) -> None:
    assert ledger == []
    assert "将作零报告" in await start(principal)
    assert principal.labels == ["确未发现", "有发现"]
    await principal.tap("确未发现")
    await principal.tap("今天")
    shown = await principal.tap("已填报")
    assert "请打印一页，由主要负责人签字、企业盖章" in shown
    assert [file.name.rpartition(".")[2] for file in files_of(principal)] == ["pdf", "docx", "xlsx", "json"]
    assert files_of(principal)[0].name == "沈阳白桦示范食品有限公司自查自改情况报告及承诺书.pdf"
    assert content(principal, "pdf").startswith(b"%PDF-")
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content(principal, "docx"))).paragraphs)
    assert "未发现重大事故隐患（零报告）" in words
    assert "已在双控系统填报。" in words
    assert the_report(town).status == "open"
    shown = await principal.attach(kept(town, photo("page", "PNG"), "签字页.png"))
    assert "零报告：确未发现" in shown
    assert "签字页：1个文件" in shown
    assert "回执编号" in await principal.tap("确认提交")
    assert the_report(town).status == "answered"


async def test_the_ledgers_figures_stand_in_the_form(town: Town, principal: Person, ledger: list[HazardLine]) -> None:
    ledger.append(HAZARD)
    assert "发现重大事故隐患1个，已完成整改0个，未完成1个" in await start(principal)
    for label in ("相符", "今天", "还没有"):
        await principal.tap(label)
    document = Document(io.BytesIO(content(principal, "docx")))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    assert {"二楼速冻间", "设备部王演五", "30000", "停用该装置"} <= set(cells)
    assert "2023-06-02发现\n2023-07-15到期\n未完成整改" in cells
    assert "尚未在双控系统填报" in "\n".join(paragraph.text for paragraph in document.paragraphs)
    told = json.loads(content(principal, "json"))
    assert told["ledger"]["left"] == 1
    answers = {one["question"]: one["answer"] for duty in told["duties"] for one in duty["answers"]}
    assert answers["双控系统"] == "还没有"
    book = load_workbook(io.BytesIO(content(principal, "xlsx")))
    assert book["隐患台账"]["B2"].value == "二楼速冻间"
    assert town.use(lambda uow: len(inspection_file.gather(uow, FOOD).duties)) > 5


async def test_figures_that_are_not_right_lead_to_the_ledger(principal: Person, ledger: list[HazardLine]) -> None:
    ledger.append(HAZARD)
    await start(principal)
    assert "请先在 /hazards 补报隐患" in await principal.tap("不相符")
    assert the_report(principal.town).status == "open"


async def test_a_ledger_that_changed_meanwhile_is_asked_about_again(
    town: Town, principal: Person, ledger: list[HazardLine]
) -> None:
    await start(principal)
    for label in ("确未发现", "今天", "已填报"):
        await principal.tap(label)
    ledger.append(HAZARD)
    await principal.attach(kept(town, photo("page", "PNG"), "签字页.png"))
    shown = await principal.tap("确认提交")
    assert "台账有变化" in shown
    assert "发现重大事故隐患1个" in shown
    assert the_report(town).status == "open"


async def test_a_corrected_report_with_other_figures_is_signed_anew(
    town: Town, principal: Person, ledger: list[HazardLine]
) -> None:
    await start(principal)
    for label in ("确未发现", "今天", "已填报"):
        await principal.tap(label)
    await principal.attach(kept(town, photo("page", "PNG"), "签字页.png"))
    await principal.tap("确认提交")
    ledger.append(HAZARD)
    # What does not hang on the figures is not asked again.
    assert "发现重大事故隐患1个" in await start(principal)
    assert "再把签好的一页拍照发到这里" in await principal.tap("相符")
    await principal.attach(kept(town, photo("other", "PNG"), "签字页2.png"))
    assert "回执编号" in await principal.tap("确认提交")


async def test_a_plan_that_changes_between_printing_and_signing_is_signed_anew(
    town: Town, principal: Person, ledger: list[HazardLine]
) -> None:
    ledger.append(HAZARD)
    await start(principal)
    for label in ("相符", "今天", "已填报"):
        await principal.tap(label)
    ledger[0] = replace(HAZARD, deadline=date(2023, 8, 15))
    await principal.attach(kept(town, photo("page", "PNG"), "签字页.png"))
    assert "台账有变化" in await principal.tap("确认提交")
    for label in ("相符", "今天", "已填报"):
        await principal.tap(label)
    assert the_report(town).status == "open"
    # How far the work has come stands in no form: it is signed as it was printed.
    ledger[0] = replace(ledger[0], state="整改完成", history=("2023-06-05 整改完成",))
    await principal.attach(kept(town, photo("other", "PNG"), "签字页2.png"))
    assert "回执编号" in await principal.tap("确认提交")


async def _report_without_plan(principal: Person) -> None:
    await principal.say("装卸区")
    await principal.tap("说不准")
    await principal.say("没有防护栏")
    await principal.tap("暂无照片")
    await principal.tap("还没有")
    await principal.tap("先报告")
    await principal.tap("确认提交")


@pytest.mark.parametrize("fixed_first", [False, True])
async def test_nothing_is_signed_while_a_plan_has_empty_fields(
    principal: Person, officer: Person, fixed_first: bool
) -> None:
    """Through the ledger as it is: a hazard that was reported without its plan."""
    await principal.say("/report")
    await _report_without_plan(principal)
    for person in (officer, principal):
        person.look()
        assert (await start(person)).splitlines() == [
            "还不能打印签字：有1处重大事故隐患的整改方案不完整。请先补齐：",
            "1号（装卸区）：缺责任人、措施、资金、期限、应急预案",
        ]
    if fixed_first:
        await principal.press_data("a:update:1")
        await principal.tap("整改完了")
        await principal.say("已清理")
        await principal.tap("还没评估")
        await principal.tap("确认提交")
    else:
        await principal.tap("补1号方案")
        for words in ("设备部王演五", "签订协议", "3万元", "6月30日", "停止承包作业"):
            await principal.say(words)
        await principal.tap("确认提交")
    assert "发现重大事故隐患1个，已完成整改0个，未完成1个" in await start(principal)


async def test_a_hazard_that_comes_before_the_form_is_printed_stops_it(principal: Person) -> None:
    await start(principal)
    for label in ("确未发现", "今天"):
        await principal.tap(label)
    before = len(principal.screen)
    await principal.press_data("a:report::1")
    await _report_without_plan(principal)
    await start(principal)
    assert "还不能打印签字" in await principal.tap("已填报")
    assert not any(message.files for message in principal.screen[before:])


async def test_the_department_hears_of_the_signed_form_and_sees_its_page(
    town: Town, principal: Person, clerk: Person, ledger: list[HazardLine]
) -> None:
    ledger.append(HAZARD)
    await start(principal)
    for label in ("相符", "今天", "已填报"):
        await principal.tap(label)
    assert "请发送照片" in await principal.say("没有照片")
    clerk.look()
    page = kept(town, photo("page", "PNG"), "签字页.png")
    await principal.attach(page)
    await principal.tap("确认提交")
    told = clerk.look()
    assert "沈阳白桦示范食品有限公司已上报" in told
    assert "主要负责人签字页附后：\n发现1个，已整改0个，未整改1个" in told
    assert [file.sha256 for file in clerk.screen[-1].files] == [page.sha256]
    await clerk.tap("查看填报")
    assert page.sha256 in {file.sha256 for file in files_of(clerk)}


async def test_the_officer_prepares_it_and_the_principal_gets_the_page_to_sign(
    town: Town, principal: Person, officer: Person, ledger: list[HazardLine]
) -> None:
    assert ledger == []
    await start(officer)
    for label in ("确未发现", "今天", "已填报"):
        await officer.tap(label)
    assert "钱演七已填好《自查自改情况报告及主要负责人承诺书》" in principal.look()
    assert {file.sha256 for file in files_of(principal)} == {file.sha256 for file in files_of(officer)}
    shown = await officer.attach(kept(town, photo("page", "PNG"), "签字页.png"))
    assert "已交主要负责人核对" in shown


async def test_a_pack_can_do_without_the_photo_of_the_signed_page(
    town: Town, principal: Person, ledger: list[HazardLine]
) -> None:
    assert ledger == []
    pack = load("shenyang_2023")
    rules = tuple(rule.model_copy(update={"signed_page": False}) for rule in pack.obligations)
    changed = pack.model_copy(update={"every_obligation": rules})
    town.app.context = replace(town.app.context, pack=changed)
    await start(principal)
    for label in ("确未发现", "今天", "已填报"):
        await principal.tap(label)
    await principal.tap("确认提交")
    assert the_report(town).status == "answered"
    assert len(files_of(principal)) == 4


async def test_the_inspection_file_comes_at_once(town: Town, principal: Person, officer: Person) -> None:
    for person in (principal, officer):
        assert "正在整理迎检资料" in await person.say("/file")
        (file,) = files_of(person)
        assert file.name == "沈阳白桦示范食品有限公司迎检资料20230605.pdf"
        assert content(person, "pdf").startswith(b"%PDF-")
    assert town.now.hour == 9


async def test_so_many_inspection_files_an_hour_are_enough(town: Town, principal: Person) -> None:
    for _ in range(6):
        assert "正在整理迎检资料" in await principal.say("/file")
    assert "请用最近的一份" in await principal.say("/file")
    town.pass_time(hours=1, minutes=1)
    assert "正在整理迎检资料" in await principal.say("/file")


async def test_who_serves_two_enterprises_says_which(town: Town, principal: Person) -> None:
    town.register(row(), row(code=SECOND, line=3, 企业名称="沈阳白桦第二有限公司"))
    code = town.use(lambda uow: inviting.invite(uow, "officer", SECOND, "浑南区应急管理局")).code
    await principal.say(f"/start {code}")
    await principal.tap("同意加入")
    if principal.can_tap("是"):
        await principal.tap("是")
    assert "请点选企业" in await principal.say("/file")
    await principal.tap("沈阳白桦第二有限公司")
    assert files_of(principal)[0].name.startswith("沈阳白桦第二有限公司")


async def test_what_a_check_found_stands_in_the_report_and_in_the_file(town: Town, principal: Person) -> None:
    found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
    check = next(duty for duty in found if duty.obligation == "criteria-check")
    await principal.press_data(f"a:fill:{check.id}")
    await principal.say("1")
    await principal.tap("确有此问题")
    await principal.say("装卸区")
    await principal.attach(kept(town, photo("found", "PNG"), "承包队.png"))
    await principal.tap("还没有")
    for words in ("设备部王演五", "签订协议，每月检查", "3万元", "6月30日", "停止承包作业"):
        await principal.say(words)
    while principal.can_tap("本组均无"):
        await principal.tap("本组均无")
    await principal.tap("确认提交")
    assert "发现重大事故隐患1个，已完成整改0个，未完成1个" in await start(principal)
    for label in ("相符", "今天", "已填报"):
        await principal.tap(label)
    cells = [
        cell.text
        for table in Document(io.BytesIO(content(principal, "docx"))).tables
        for line in table.rows
        for cell in line.cells
    ]
    assert {"装卸区", "设备部王演五", "签订协议，每月检查", "30000", "停止承包作业"} <= set(cells)
    assert "2023-06-05发现\n2023-06-30到期\n未完成整改" in cells
    told = town.use(lambda uow: inspection_file.gather(uow, FOOD))
    reported = told.duty("hazard-report")
    assert reported is None or reported.at is not None
    (hazard,) = told.ledger.hazards
    assert hazard.own
    assert hazard.criterion.startswith("未对承包单位、承租单位的安全生产工作统一协调")
    assert hazard.history[0] == "2023-06-05 发现"
    assert [file.name for file in hazard.files] == ["承包队.png"]


def test_a_dossier_holds_answers_in_the_words_then_shown(town: Town) -> None:
    told = town.use(lambda uow: inspection_file.gather(uow, FOOD))
    order = [duty.clause.split("、")[0] for duty in told.duties]
    assert order == sorted(order)
    assert told.enterprise.name == "沈阳白桦示范食品有限公司"
    with pytest.raises(LookupError):
        town.use(lambda uow: inspection_file.gather(uow, SECOND))


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_data_that_ran_out_a_sign_that_no_font_has_is_named_beside_the_paper(
    town: Town, principal: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[typesetting.FONTS])
    monkeypatch.setattr(typesetting, "_fonts", lambda: alone)
    assert "没有字体" not in await principal.say("/file")
    town.register(row(企业名称="沈阳𠮷化示范食品有限公司𬎆"))
    assert "没有字体能印出“𠮷𬎆”" in await principal.say("/file")
    assert content(principal, "pdf").startswith(b"%PDF-")
