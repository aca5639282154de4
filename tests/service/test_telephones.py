"""Telephone numbers and states in a registry: how lists write them, who sees the numbers, where they never stand."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from campaign.pack import load
from reports import drawing
from scheduler import tidying
from service.core.access_log import Access
from service.core.unit_of_work import UnitOfWork
from service.desk.phone_list import PhoneListPaper
from service.imports import reader
from service.imports.sheets import Row, read_sheet
from service.registry import enterprise_rows, missing, phone_numbers
from service.registry.enterprise_import import RegistryReport, import_enterprises, report_lines
from service.registry.enterprise_rows import EnterpriseLines
from service.registry.missing import Choice
from storage import registry, telephones
from storage.columns import metadata
from storage.keys import KeyRing
from talk.numbers import telephone_at_home
from talk.texts import CHINESE, Say, render
from tests.service.conftest import DISTRICT, FOOD, row
from tests.service.lines import code, line
from tests.service.test_access_log import rows
from tests.town import Person, Town

PACK = load("shenyang_2023")
MOBILE, DESK = "13800000001", "024-22334455-801"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("138 0000 0001", MOBILE),
        ("１３８００００００01", MOBILE),
        ("+86 138-0000-0001", MOBILE),
        ("0086 13800000001", MOBILE),
        ("8613800000001", MOBILE),
        ("13800000001.0", MOBILE),
        ("'13800000001", MOBILE),
        ("手机：13800000001", MOBILE),
        ("13800000001、024-22334455", MOBILE),
        ("13800000001 / 13900000002", MOBILE),
        ("张三 13800000001\n13900000002", "13900000002"),
        ("024-22334455转801", DESK),
        ("(024)22334455", "02422334455"),
        ("+86-24-22334455", "024-22334455"),
        ("22334455", "22334455"),
        ("400-123-4567", "400-123-4567"),
    ],
)
def test_a_number_is_read_however_a_list_writes_it(written: str, kept: str) -> None:
    (stated,) = reader.read([line(2, 联系电话=written)], EnterpriseLines(PACK).stated).stated
    assert stated.telephones == {"firm": kept}


@pytest.mark.parametrize(
    "written", ["1380000000", "138000000012", "1.38E+10", "见附件", "110", "9" * 400, "=A1", "同上", "#REF!"]
)
def test_a_bad_number_is_one_line_of_the_report_and_the_enterprise_is_taken(written: str) -> None:
    reading = reader.read([line(2, 主要负责人电话=written)], EnterpriseLines(PACK).stated)
    assert [one.telephones for one in reading.stated] == [{}]
    assert [render(one.say, CHINESE) for one in reading.warnings] == [
        "第2行 主要负责人电话不是电话号码，未登记，企业照常导入。请写成“13800000000”或“024-22334455”。"
    ]


@pytest.mark.parametrize("written", ["", " ", "无", "/", "—", "不详"])
def test_no_number_is_nothing_to_report(written: str) -> None:
    reading = reader.read([line(2, 联系电话=written)], EnterpriseLines(PACK).stated)
    assert (reading.stated[0].telephones, reading.warnings) == ({}, [])


@pytest.mark.parametrize(
    ("heads", "whose", "ignored"),
    [
        (("电话",), ["firm"], ()),
        (("企业联系电话",), ["firm"], ()),
        (("主要负责人", "电话"), ["principal"], ()),
        (("主要负责人", "联系方式", "安全管理人员", "联系方式"), ["principal", "officer"], ()),
        (("主要负责人（电话）", "安全员手机"), ["principal", "officer"], ()),
        (("手机", "座机"), ["firm"], ("座机",)),
        (("联系人电话", "职工人数", "联系电话"), ["firm"], ("联系人电话",)),
    ],
)
def test_a_head_says_whose_number_it_is(
    heads: tuple[str, ...], whose: list[str], ignored: tuple[str, ...], tmp_path: Path
) -> None:
    sound = line(2).cells
    columns = [*(name for name in sound if name not in heads), *heads]
    cells = [sound.get(name, f"1380000000{number % 10}") for number, name in enumerate(columns)]
    file = tmp_path / "名录.csv"
    file.write_text(f"{','.join(columns)}\n{','.join(cells)}\n", encoding="utf-8")
    sheet = read_sheet(file, enterprise_rows.COLUMNS)
    (stated,) = reader.read(sheet.rows, EnterpriseLines(PACK).stated).stated
    assert (sorted(stated.telephones), sheet.ignored) == (sorted(whose), ignored)


def test_a_mobile_number_is_no_landline() -> None:
    assert [telephone_at_home(text) for text in ("139-1234-567", "024-2233445")] == [None, "024-2233445"]


def bring(town: Town, *lines: Row, choice: Choice = Choice.KEEP) -> list[str]:
    """What an import says."""

    def case(uow: UnitOfWork) -> tuple[RegistryReport, list[Say]]:
        report = import_enterprises(uow, lines)
        return report, missing.look(uow, report, lines, choice).lines()

    report, absent = town.use(case)
    said = [*report_lines(report, _NO_SHEET), *absent]
    return [render(one, CHINESE) for one in said]


_NO_SHEET = read_sheet(Path(__file__).parents[1] / "data" / "enterprises-300.csv", enterprise_rows.COLUMNS)


async def test_staff_see_and_correct_the_numbers_and_nobody_else(town: Town, principal: Person, clerk: Person) -> None:
    said = bring(town, row(主要负责人电话=MOBILE, 联系电话="024-1"))
    assert said == [
        "注意：第2行 联系电话不是电话号码，未登记，企业照常导入。请写成“13800000000”或“024-22334455”。",
        "电话号码：新增1个，变更0个。",
        "已导入：新增0家，变更0家，无变化1家。",
    ]
    await clerk.say(f"/district {FOOD}")
    assert await clerk.tap("联系电话") == f"沈阳白桦示范食品有限公司的联系电话：\n企业主要负责人郑演丙：{MOBILE}"
    assert rows(town, Access.TELEPHONES) == [(clerk.id, f"enterprise/{FOOD}", {"people": 1})]
    leader = await town.join("李演五", "leader", DISTRICT)
    await leader.press_data(f"a:firm-phones:{FOOD}")
    assert "更正电话" not in leader.labels
    for nobody in (principal, await town.join("周演外", "clerk", "沈河区")):
        assert MOBILE not in await nobody.press_data(f"a:firm-phones:{FOOD}")
        assert MOBILE not in await nobody.press_data(f"a:firm-phone-correct:{FOOD}")
    # Corrected in the chat, it stays whatever the next list says, which is told.
    await clerk.tap("更正电话")
    await clerk.tap("主要负责人")
    old = clerk.button("没有号码")
    assert "请回复电话号码" in await clerk.say("1390000000")
    assert "已登记企业主要负责人郑演丙的号码。只有监管人员能看到。" in await clerk.say("139 0000 0002")
    assert "13900000002" not in await clerk.press(old)
    assert bring(town, row(主要负责人电话=MOBILE, 联系电话=DESK))[:2] == [
        "注意：第2行 主要负责人电话与监管人员更正的号码不同，保留更正的号码。应以名单为准的，请在企业卡片上更正。",
        "电话号码：新增1个，变更0个。",
    ]
    numbers = town.use(lambda uow: phone_numbers.of(uow, FOOD))
    assert numbers == {"principal": "13900000002", "firm": DESK}
    # The list to telephone has each one's own number, else that of the enterprise.
    paper = PhoneListPaper(((clerk.id, Say("papers-failed")),), DISTRICT, DISTRICT)
    listed = town.use(paper.gather).calls
    assert {one.role: one.telephone for one in listed if one.code == FOOD} == {
        "企业主要负责人": "13900000002",
        "安全管理人员": DESK,
    }
    assert drawing.draw(paper, town.use(paper.gather)).files
    # Let go again, and only once.
    await clerk.press_data(f"a:firm-phone-correct:{FOOD}")
    await clerk.tap("企业电话")
    assert "已删除企业联系电话的号码。" in await clerk.tap("没有号码")


async def test_what_is_stored_tells_no_number(town: Town, clerk: Person) -> None:
    bring(town, row(主要负责人电话=MOBILE))
    await clerk.press_data(f"a:firm-phones:{FOOD}")
    await clerk.tap("更正电话")
    await clerk.tap("企业电话")
    await clerk.say("13900000002")
    await town.app.delivery.round()
    town.pass_time(days=8)
    await tidying.tidy(town.app.database, town.app.settings.files, town.now)
    stored = town.app.database.look(
        lambda conn: {table.name: str(conn.execute(select(table)).all()) for table in metadata.sorted_tables}
    )
    assert [name for name, text in stored.items() if MOBILE in text or "13900000002" in text] == []
    assert town.use(lambda uow: phone_numbers.of(uow, FOOD)) == {"principal": MOBILE, "firm": "13900000002"}


def test_a_new_key_takes_the_numbers_along(town: Town) -> None:
    bring(town, row(主要负责人电话=MOBILE))
    ring = KeyRing.of(b"n" * 32, *(key.secret for key in town.app.context.keys.everything))
    fresh = town.use(lambda uow: phone_numbers.renew_seals(replace(uow, context=replace(uow.context, keys=ring))))
    assert (fresh, town.use(lambda uow: phone_numbers.of(uow, FOOD))) == (1, {})
    (kept,) = town.use(lambda uow: telephones.everything(uow.conn))
    assert (kept.whose, kept.by) == ("principal", None)


def state(town: Town, of: str = FOOD) -> str:
    return town.use(lambda uow: registry.of_codes(uow.conn, [of])[of].state.value)


@pytest.mark.parametrize(
    ("said", "entered", "told"),
    [
        ("停业", "suspended", ""),
        ("歇业状态", "suspended", ""),
        ("已注销", "deregistered", ""),
        ("吊销", "deregistered", ""),
        ("迁出", "moved", ""),
        ("存续", "active", ""),
        ("无", "active", ""),
        (
            "合并",
            "active",
            "第2行 企业状态中沈阳白桦示范食品有限公司已合并，未写并入哪家，未登记。请在企业卡片上登记。",
        ),
        ("半停产", "active", "第2行 企业状态“半停产”不是能识别的状态，未登记，企业照常导入。"),
    ],
)
def test_a_list_says_how_an_enterprise_stands(town: Town, said: str, entered: str, told: str) -> None:
    heard = "\n".join(bring(town, row(企业状态=said), choice=Choice.REPORT))
    assert state(town) == entered
    assert told in heard
    assert ("按名单登记了1家的状态变更" in heard) is (entered != "active")
    assert "状态未改" not in heard


def test_who_is_registered_is_not_at_work_again_for_it(town: Town) -> None:
    new = row(code(4), 3, 企业名称="沈阳青松示范机械有限公司", 企业状态="注销")
    bring(town, row(企业状态="停产"), new)
    assert (state(town), state(town, code(4))) == ("suspended", "deregistered")
    heard = bring(town, row(企业状态="存续"), replace(new, cells={**new.cells, "企业状态": "正常"}))
    assert "企业状态中沈阳白桦示范食品有限公司在营，名录登记的是停产，未作改动。" in heard[0]
    assert (state(town), state(town, code(4))) == ("suspended", "deregistered")
    heard = bring(town, row(企业状态="复产"), replace(new, cells={**new.cells, "企业状态": "复产"}))
    assert "未登记：按登记，沈阳青松示范机械有限公司当天是注销" in heard[0]
    assert state(town) == "active"
