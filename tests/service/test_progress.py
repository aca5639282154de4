"""/district: who owes what, by duty and by enterprise, with taps that lead on, and files to be handed on."""

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from campaign.duties import DutyStanding
from service.core.unit_of_work import UnitOfWork
from service.desk import phone_list
from service.desk.actions import ENTERPRISES, Alike, DutyOfPlace
from service.imports.sheets import Row
from storage import duties, hazards
from storage.tables import audit
from talk.messages import FileRef, Kind
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.lines import code
from tests.service.noticing import CITYS, ELSEWHERE, MACHINES, end_role, machines, widen
from tests.service.test_by_phone import take_june
from tests.service.test_dispatch import answer_all, june
from tests.service.test_hazards import report_with_plan
from tests.service.test_morning import statements
from tests.town import Person, Town

HERE, FAR = 6, 1
JUNE = f"monthly-dispatch|2023-06|{HERE}"


@pytest.fixture
def town(town: Town) -> Town:
    """Give a town with four enterprises, three of them in 浑南区."""
    widen(town)
    return town


@pytest.fixture
async def city(town: Town) -> Person:
    """Somebody of the city's desk."""
    return await town.join("周演市", "city", CITY)


def at(town: Town, moment: str) -> None:
    """Set the clock and let the scheduler look."""
    town.now = datetime.fromisoformat(moment)
    town.tick()


async def explain_june(principal: Person) -> None:
    """说明情况 for June's dispatch."""
    await principal.press_data(f"a:explain:{june(principal.town).id}")
    await principal.tap("其他")
    await principal.say("设备检修，计划7月10日完成")
    await principal.tap("确认提交")


def noted(town: Town, event: str) -> list[tuple[int | None, str, dict[str, Any]]]:
    """Every row of the audit about an event: who, what, how many."""
    statement = select(audit.c.actor, audit.c.subject, audit.c.data).where(audit.c.event == event)
    rows = town.app.database.look(lambda conn: conn.execute(statement.order_by(audit.c.id)).all())
    return [(row.actor, row.subject, row.data) for row in rows]


def workbook(town: Town, person: Person) -> dict[str, list[list[str]]]:
    """The file that somebody was sent last, by sheet; every cell of it is text."""
    person.look()
    (file,) = person.screen[-1].files
    book = load_workbook(BytesIO(town.app.file_store.path(file.sha256).read_bytes()))
    assert all(cell.data_type in "sn" for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    return {sheet.title: [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()] for sheet in book}


# By taps: the district, a duty, its enterprises, an enterprise


async def test_a_district_leads_to_a_duty_its_enterprises_and_the_card_of_one(
    town: Town, principal: Person, clerk: Person
) -> None:
    await answer_all(principal)
    await principal.tap("确认提交")
    at(town, "2023-07-03T09:00:00+08:00")
    said = await clerk.say("/district")
    assert said.startswith("浑南区填报进度（截至7月3日 09:00）\n1. 学习标准和自查计划：已填报0家，应填报1家，逾期1\n")
    assert said.endswith("\n消息送不到的5人，见“名单和导出”。")
    assert clerk.labels[0] == "名单和导出"
    duty = await clerk.press_data(f"a:progress:{JUNE}")
    assert duty == (
        "6月调度确认：浑南区应填报3家，已逾期3天\n逾期2家：沈阳市管示范冶金有限公司、沈阳青松示范机械有限公司\n已填报1家"
    )
    assert clerk.labels == ["逾期2", "已填报1", "催办"]
    assert await clerk.tap("逾期2") == (
        "6月调度确认：浑南区逾期的2家，点序号查看：\n"
        "1. 沈阳市管示范冶金有限公司：已逾期3天\n2. 沈阳青松示范机械有限公司：已逾期3天"
    )
    card = (await clerk.tap("第2项")).splitlines()
    assert card[:4] == [
        "沈阳青松示范机械有限公司",
        f"{MACHINES}，浑南区，监管部门：浑南区应急管理局",
        "企业主要负责人孙演一：还没有加入",
        "安全管理人员王演九：还没有加入",
    ]
    assert card[4:6] == ["任务11项：已填报0，逾期8，说明情况0", "对照判定标准自查：已逾期18天"]
    assert "还有5项。" in card
    assert card[-1] == "没有未销号的重大隐患。"
    assert clerk.labels == ["各项任务", "催办", "电话代录", "联系电话", "企业状态"]
    assert "逾期：\n1. 对照判定标准自查：已逾期18天" in await clerk.tap("各项任务")
    assert "【浑南区应急管理局】对照判定标准自查" in await clerk.tap("第1项")


async def test_what_was_explained_says_so_with_its_reason_until_staff_decide(
    town: Town, principal: Person, clerk: Person
) -> None:
    await explain_june(principal)
    await clerk.waiting()
    returning = clerk.button("退回")
    at(town, "2023-07-03T09:00:00+08:00")
    clerk.look()
    assert "说明情况1家：沈阳白桦示范食品有限公司" in await clerk.press_data(f"a:progress:{JUNE}")
    assert "已说明情况（其他：设备检修，计划7月10日完成）" in await clerk.tap("说明情况1")
    await clerk.press(returning)
    assert "逾期3家" in await clerk.press_data(f"a:progress:{JUNE}")
    assert "沈阳白桦示范食品有限公司：已逾期3天（说明已退回：其他：设备检修，计划7月10日完成）" in await clerk.tap(
        "逾期3"
    )


async def test_the_city_goes_by_district_and_over_all(city: Person) -> None:
    said = await city.say("/district")
    assert said.startswith("沈阳市填报进度（截至6月5日 09:00）\n1. 沈河区：已填报0项，应填报")
    assert "2. 浑南区：" in said
    assert (await city.tap("第1项")).startswith("沈河区填报进度")
    await city.say("/district")
    await city.tap("名单和导出")
    assert city.labels == ["联系不上", "电话名单", "导出表格", "复制到工作群", "区县任务", "按任务看"]
    said = await city.tap("按任务看")
    assert "1. 学习标准和自查计划：已填报0家，应填报1家，逾期1" in said
    while "6月调度" not in said:
        said = await city.tap("更多")
    line = next(line for line in said.splitlines() if "6月调度" in line)
    assert "已填报0家，应填报4家" in line
    assert "沈阳红枫示范建材有限公司" in await city.tap(f"第{line.split('.')[0]}项")


@pytest.mark.usefixtures("clerk")
async def test_the_city_sees_which_districts_have_answered_their_own_duties(town: Town, city: Person) -> None:
    def answer_one(uow: UnitOfWork) -> None:
        found = duties.of_period(uow.conn, "mobilise", DISTRICT, "once")
        assert found is not None
        duties.answered(uow.conn, found.id, None, uow.now)

    town.use(answer_one)
    await city.say("/district")
    await city.tap("名单和导出")
    listed = await city.tap("区县任务")
    while "动员" not in listed:
        listed = await city.tap("更多")
    line = next(line for line in listed.splitlines() if "动员" in line)
    assert "已填报1个，应填报14个" in line
    shown = await city.tap(f"第{line.split('.')[0]}项")
    assert "14个地区" in shown
    while "浑南区" not in shown:
        shown = await city.tap("更多")
    assert "已填报：\n14. 浑南区：6月5日已填报" in shown


async def test_what_an_enterprise_owed_before_it_moved_stays_in_the_counts_and_no_more_of_it_is_seen(
    town: Town, clerk: Person
) -> None:
    at(town, "2023-07-03T09:00:00+08:00")
    moved = machines("沈阳青松示范机械有限公司")
    town.register(replace(moved, cells={**moved.cells, "所属区县": "沈河区", "监管单位": "沈河区应急管理局"}))
    assert "青松" in await clerk.press_data(f"a:progress:{JUNE}")
    listed = (await clerk.tap("逾期3")).splitlines()
    number = next(line.split(".")[0] for line in listed if "青松" in line)
    assert "【沈河区应急管理局】6月调度确认" in await clerk.tap(f"第{number}项")
    assert "没有找到“青松”" in await clerk.say("/district 青松")
    for data in (f"a:firm:{MACHINES}", f"a:nudge-firm:{MACHINES}", f"a:phone-duties:{MACHINES}"):
        assert "您现在不能办理" in await clerk.press_data(data)
    assert "青松" not in await clerk.press_data(f"a:nudge:{JUNE}")


async def test_every_screen_has_six_buttons_at_most_and_leads_through_all_pages(clerk: Person, city: Person) -> None:
    for person, first in ((clerk, "/district"), (city, "/district"), (city, "/district 浑南区")):
        await person.say(first)
        seen = 1
        while person.can_tap("更多"):
            assert len(person.labels) <= 6
            data = [button.data for row in person.screen[-1].buttons for button in row]
            assert all(len(one.encode()) <= 64 for one in data)
            await person.tap("更多")
            seen += 1
        assert seen < 12
    for odd in ("6:0", "6:99", "6:x", "6:-1", "6:99999999999999999999"):
        assert (await clerk.press_data(f"a:owes:{odd}")).startswith("浑南区填报进度")


async def test_the_card_says_who_cannot_be_reached_and_what_hazards_are_open(
    town: Town, principal: Person, clerk: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo)
    officer = await town.join("钱演七", "officer", FOOD)
    await officer.do(Kind.BLOCKED)
    card = await clerk.say("/district 白桦")
    assert "企业主要负责人郑演丙：已加入\n安全管理人员钱演七：已停用机器人\n" in card
    assert "重大隐患1处未销号，其中整改逾期0处。" in card
    assert "1. " in await clerk.tap("重大隐患")
    assert "1号" in await clerk.tap("第1项")
    end_role(town, principal.id)
    assert "企业主要负责人郑演丙：原来的人已退出，还没有人接任" in await clerk.say("/district 白桦")
    assert town.use(lambda uow: hazards.find(uow.conn, enterprise=FOOD, only_open=True))


# Searching


async def test_an_enterprise_is_found_by_its_code_or_a_part_of_its_name(
    town: Town, clerk: Person, city: Person
) -> None:
    for words in (FOOD, FOOD.lower(), "白桦示范食品", "沈阳白桦示范食品有限公司"):
        assert (await clerk.say(f"/district {words}")).startswith("沈阳白桦示范食品有限公司\n")
    assert await clerk.say("/district 示范") == (
        "找到3家，请点序号：\n"
        f"1. 沈阳市管示范冶金有限公司：{CITYS}\n2. 沈阳白桦示范食品有限公司：{FOOD}\n"
        f"3. 沈阳青松示范机械有限公司：{MACHINES}"
    )
    assert (await clerk.tap("第3项")).startswith("沈阳青松示范机械有限公司\n")
    assert "沈阳红枫示范建材有限公司" in await city.say("/district 红枫")
    town.register(*(machines_named(number) for number in range(7)))
    many = await clerk.say("/district 演练")
    assert many.startswith("找到的多于5家，先列前5家。")
    assert len(clerk.labels) == 5


def machines_named(number: int) -> Row:
    one = machines(f"沈阳演练{number}有限公司")
    return replace(one, cells={**one.cells, "统一社会信用代码": code(10 + number)})


async def test_what_is_unknown_or_of_another_district_is_unknown_alike(clerk: Person) -> None:
    for words in ("无此企业", "红枫", ELSEWHERE, "%", "_", "91210100MA0000000X", "=1+1", "🙂"):
        said = await clerk.say(f"/district {words}")
        assert said == (f"浑南区没有找到“{words}”。请回复“/district 企业名称”或“/district 统一社会信用代码”。"), words
    said = await clerk.say("/district " + "示" * 10_000)
    assert said.startswith(f"浑南区没有找到“{'示' * 20}…”。")
    assert (await clerk.say("/district 999")).startswith("浑南区填报进度")


async def test_nobody_sees_what_is_not_theirs(town: Town, principal: Person, clerk: Person) -> None:
    far = await town.join("赵演二", "clerk", "沈河区")
    await far.say(f"/district {ELSEWHERE}")
    old = far.button("各项任务")
    end_role(town, far.id)
    assert "您现在不能办理" in await far.press(old)
    for person, number, firm in ((clerk, FAR, ELSEWHERE), (principal, HERE, FOOD), (far, FAR, ELSEWHERE)):
        for data in (
            f"a:owes:{number}:1",
            f"a:progress:monthly-dispatch|2023-06|{number}",
            f"a:owed:open|monthly-dispatch|2023-06|{number}:1",
            f"a:nudge:monthly-dispatch|2023-06|{number}",
            *(f"a:{action}:{number}" for action in ("owes-tools", "owes-phones", "owes-export", "owes-group")),
            f"a:unreached:{number}:1",
            *(f"a:{action}:{firm}" for action in ("firm", "firm-duties", "firm-hazards", "nudge-firm", "phone-duties")),
            "a:owes::1",
            "a:city:1",
            "a:own-duties:1",
            "a:own-duty:mobilise|once|:1",
            "a:nudge-own:mobilise|once|",
            "a:owes-export:",
            "a:owes-phones:99",
            "a:owes-group:x",
            "a:progress:no-such-duty|2023-06|6",
            "a:owed:asleep|monthly-dispatch|2023-06|6:1",
            "a:owed:",
            "a:progress:",
            "a:firm:",
        ):
            assert "您现在不能办理" in await person.press_data(data), (person.name, data)
        assert not noted(town, "phone-list-seen")
    assert "您现在不能办理" in await principal.say("/district 红枫")
    assert noted(town, "progress-exported") == noted(town, "phone-list-exported") == noted(town, "nudged") == []


# To be handed on


async def test_the_text_for_a_work_group_has_numbers_and_names_nobody(clerk: Person, city: Person) -> None:
    await clerk.say("/district")
    await clerk.tap("名单和导出")
    said = await clerk.tap("复制到工作群")
    assert said.startswith("浑南区重大事故隐患专项排查整治填报进度（截至6月5日 09:00）\n")
    assert "\n5月调度确认：已填报0家，应填报1家，逾期1\n" in said
    assert "\n6月调度确认：已填报0家，应填报3家\n" in said
    assert said.endswith("\n合计：已填报0项，应填报35项，逾期7")
    assert not clerk.screen[-1].buttons
    of_city = await city.press_data("a:owes-group:")
    assert "\n浑南区：已填报0项，应填报" in of_city
    for text in (said, of_city):
        assert not any(name in text for name in ("公司", "郑演丙", "孙演", "钱演", "王演"))


@pytest.mark.usefixtures("principal")
async def test_the_export_has_every_duty_and_who_cannot_be_reached(town: Town, clerk: Person) -> None:
    town.register(machines("+1+1有限公司"))
    await take_june(clerk, town)
    await clerk.tap("确认代录")
    await clerk.say("/district")
    await clerk.tap("名单和导出")
    assert "正在制作" in await clerk.tap("导出表格")
    sheets = workbook(town, clerk)
    assert list(sheets) == ["任务", "联系不上", "说明"]
    assert sheets["任务"][0][1:7] == ["企业名称", "统一社会信用代码", "监管部门", "任务", "截止日期", "状态"]
    owned = [line for line in sheets["任务"][1:] if line[2] == FOOD and line[4] == "6月调度确认"]
    assert [line[5:7] + line[10:11] for line in owned] == [
        ["2023-06-30", "已填报", "代录：郑演丙6月5日电话答复，孙演九录入，待负责人确认。"]
    ]
    late = next(line for line in sheets["任务"][1:] if line[2] == FOOD and line[4] == "5月调度确认")
    assert late[6:8] == ["逾期", "5"]
    assert [line[6] for line in sheets["任务"] if line[1] == "+1+1有限公司" and line[4] == "6月调度确认"] == ["待填报"]
    assert ["浑南区", "+1+1有限公司", MACHINES, "浑南区应急管理局", "企业主要负责人", "孙演一", "还没有加入"] in sheets[
        "联系不上"
    ]
    assert all(line[0] == "浑南区" for name in ("任务", "联系不上") for line in sheets[name][1:])
    ((actor, subject, data),) = noted(town, "progress-exported")
    assert (actor, subject, data["duties"], data["people"]) == (
        clerk.id,
        "place/浑南区",
        len(sheets["任务"]) - 1,
        len(sheets["联系不上"]) - 1,
    )


async def test_the_phone_list_stands_by_department_with_room_for_the_result(
    town: Town, principal: Person, clerk: Person
) -> None:
    await principal.do(Kind.BLOCKED)
    await clerk.say("/district")
    await clerk.tap("名单和导出")
    await clerk.tap("电话名单")
    sheets = workbook(town, clerk)
    assert list(sheets) == ["沈阳市应急管理局", "浑南区应急管理局", "说明"]
    heading, *lines = sheets["浑南区应急管理局"]
    assert heading == [
        *("序号", "企业名称", "统一社会信用代码", "所属区县", "姓名", "身份", "电话", "逾期任务", "最早逾期的截止日"),
        *("原因", "联系结果"),
    ]
    assert [[line[1], line[4], line[8], line[9], line[10]] for line in lines] == [
        ["沈阳白桦示范食品有限公司", "郑演丙", "2023-05-30", "已停用机器人", ""],
        ["沈阳白桦示范食品有限公司", "钱演七", "2023-05-30", "还没有加入", ""],
        ["沈阳青松示范机械有限公司", "孙演一", "", "还没有加入", ""],
        ["沈阳青松示范机械有限公司", "王演九", "", "还没有加入", ""],
    ]
    assert lines[0][7].startswith("7项：")
    assert next(line[1] for line in sheets["说明"] if line[0] == "电话号码").startswith("取自企业名录：本人的号码")
    ((actor, subject, data),) = noted(town, "phone-list-exported")
    assert (actor, subject, data["people"]) == (clerk.id, "place/浑南区", int(sheets["说明"][3][1]))


@pytest.mark.usefixtures("principal")
async def test_whom_messages_reach_is_called_for_what_is_overdue_alone(town: Town, clerk: Person) -> None:
    await town.join("钱演七", "officer", FOOD)
    await clerk.press_data(f"a:owes-phones:{HERE}")
    lines = workbook(town, clerk)["浑南区应急管理局"][1:]
    assert [[line[4], line[9]] for line in lines if line[2] == FOOD] == [["郑演丙", ""]]


async def test_to_look_at_those_who_cannot_be_reached_is_on_record(town: Town, clerk: Person) -> None:
    await clerk.say("/district")
    assert "消息送不到的6人" in await clerk.tap("名单和导出")
    assert "1. 周演三（企业主要负责人，沈阳市管示范冶金有限公司）：还没有加入" in await clerk.tap("联系不上")
    assert noted(town, "phone-list-seen") == [(clerk.id, "place/浑南区", {"people": 6})]


async def test_of_an_empty_district_there_is_nothing_to_hand_on(town: Town, city: Person) -> None:
    assert await city.say("/district 康平县") == "康平县目前没有已开始的任务。"
    assert "康平县没有可以导出的内容" in await city.press_data("a:owes-export:12")
    assert await city.press_data("a:owes-phones:12") == "康平县没有需要电话联系的人。"
    assert noted(town, "progress-exported") == noted(town, "phone-list-exported") == []


@pytest.mark.usefixtures("principal")
async def test_more_people_on_the_phone_list_take_no_more_questions(town: Town) -> None:
    town.register(*(row(code(number), number, 企业名称=f"沈阳示范{number}食品厂") for number in range(33, 38)))
    town.now = datetime.fromisoformat("2023-06-20T10:00:00+08:00")
    town.tick()
    before = statements(lambda: town.use(lambda uow: phone_list.calls(uow, DISTRICT)))
    for number, name in zip(range(33, 38), "甲乙丙丁戊", strict=True):
        await town.join(f"周演{name}", "principal", code(number))
    found = town.use(lambda uow: phone_list.calls(uow, DISTRICT))
    assert {"郑演丙", "周演甲", "周演戊"} <= {one.name for one in found if one.owed}
    assert statements(lambda: town.use(lambda uow: phone_list.calls(uow, DISTRICT))) == before


def test_every_duty_of_the_pack_fits_into_the_buttons(town: Town) -> None:
    pack = town.app.context.pack
    periods = {
        (rule.id, period.name)
        for rule in pack.obligations
        for variant in rule.variants
        for period in variant.periods(pack.campaign, pack.phase_periods)
    }
    last = len(pack.districts) - 1
    for standing in DutyStanding:
        for rule, period in periods:
            # What is longer than any platform carries cannot be made.
            alike = Alike(standing, DutyOfPlace(rule, period, last))
            data = ENTERPRISES.data(alike, 9999)
            assert ENTERPRISES.read(data.removeprefix("a:owed:")) == (alike, 9999)


async def test_who_looks_at_what_another_owes_is_not_asked_to_fill_it_in(
    town: Town, principal: Person, clerk: Person
) -> None:
    duty = june(town)
    seen = await clerk.press_data(f"a:show:{duty.id}")
    assert "还没有填报。" in seen
    assert "请您填报" not in seen
    assert "请您填报" in await principal.press_data(f"a:show:{duty.id}")
    town.now = datetime.fromisoformat("2023-09-04T09:00:00+08:00")
    seen = await clerk.press_data(f"a:show:{duty.id}")
    assert re.search(r"⚠️ 已逾期\d+天，还没有填报。", seen)
    assert "请补填" not in seen
