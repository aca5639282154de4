"""应检 and 应训: the counters of a district, who is left, and trainings recorded enterprise by enterprise."""

import asyncio
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from service.district import coverage
from storage import audit
from storage.tables import enterprises
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.test_annex import acts, end_roles, takes_back
from tests.town import Person, Town

WOOD = "91210112155117772D"
ELSEWHERE = "912101032271583202"
STEEL = "91210112944219421P"


@pytest.fixture
def registry(town: Town) -> None:
    """A second enterprise of the district without a danger, one that the city supervises, and one elsewhere."""
    town.register(
        row(),
        row(WOOD, 3, 企业名称="沈阳红松木业有限公司", 行业="机械", 风险标签=""),
        row(STEEL, 4, 企业名称="沈阳云杉冶金有限公司", 行业="冶金", 风险标签="金属冶炼", 监管单位="沈阳市应急管理局"),
        row(ELSEWHERE, 5, 企业名称="沈河白杨食品有限公司", 所属区县="沈河区", 监管单位="沈河区应急管理局"),
    )


@pytest.fixture
async def city(town: Town) -> Person:
    """Staff of the city."""
    return await town.join("赵演六", "city", CITY)


def counted(town: Town, column: str = DISTRICT) -> tuple[int, int, int, int]:
    """应检, 已检, 应训, 已训."""
    found = town.use(lambda uow: coverage.of(uow, column))
    return len(found.to_check), found.checked, found.to_train, found.trained


async def record(
    clerk: Person, *whom: str, roles: tuple[str, ...] = ("主要负责人", "安全管理人员"), day: str = "6月1日"
) -> str:
    """A training up to its confirmation, which is shown."""
    await clerk.say("/coverage")
    await clerk.tap("登记培训")
    await clerk.say(day)
    await clerk.say("区会议中心")
    for said in whom:
        await clerk.say(said)
    for role in roles:
        await clerk.tap(role)
    return await clerk.tap("完成")


@pytest.mark.usefixtures("registry")
async def test_the_clerk_sees_the_counters_and_who_is_left(clerk: Person) -> None:
    said = await clerk.say("/coverage")
    assert said == (
        "【浑南区应急管理局】浑南区覆盖情况（截至6月5日 09:00）\n"
        "应检（涉及金属冶炼、涉爆粉尘、涉氨制冷、有限空间、工业煤气的企业）1家：已检0家，未检1家。\n"
        "应训（主要负责人、安全管理人员）4人：已训0人，未训4人。\n"
        "市级监管的1家由市局检查和培训，不计入。"
    )
    assert clerk.labels == ["未检名单", "未训名单", "登记培训", "培训记录", "导出名单"]
    assert "1. 沈阳白桦示范食品有限公司（涉氨制冷、有限空间）" in await clerk.tap("未检名单")
    await clerk.tap("返回")
    left = await clerk.tap("未训名单")
    assert left.startswith("浑南区未训4人：")
    assert "2. 沈阳白桦示范食品有限公司：安全管理人员1人" in left


@pytest.mark.usefixtures("registry")
async def test_a_check_counts_until_it_is_taken_back_and_each_enterprise_once(town: Town, clerk: Person) -> None:
    first = acts(clerk, "B1", enterprise=FOOD)
    acts(clerk, "B1", enterprise=WOOD)
    second = acts(clerk, "B1", day="2023-06-04", enterprise=FOOD)
    assert counted(town)[:2] == (1, 1)
    takes_back(clerk, first, "重复录入")
    assert counted(town)[:2] == (1, 1)
    takes_back(clerk, second, "企业名称有误")
    assert counted(town)[:2] == (1, 0)


@pytest.mark.usefixtures("registry")
async def test_a_training_is_recorded_once_for_whom_it_reached(town: Town, clerk: Person) -> None:
    shown = await record(clerk, "全部企业", roles=("主要负责人",))
    assert "参加企业：全部企业\n参加人员：主要负责人" in shown
    assert "登记为浑南区的培训，计2家企业" in shown
    confirm = clerk.button("确认提交")
    said = await clerk.press(confirm)
    assert said.startswith("已登记培训1：2家企业，2人。")
    assert await clerk.press(confirm) == ""
    assert counted(town)[2:] == (4, 2)
    # Who comes a second time is trained once.
    await record(clerk, "全部企业", roles=("主要负责人",))
    await clerk.tap("确认提交")
    assert counted(town)[2:] == (4, 2)
    assert "沈阳红松木业有限公司：安全管理人员1人" in await clerk.tap("未训名单")


@pytest.mark.usefixtures("registry")
async def test_a_second_officer_who_joins_is_still_to_be_trained(town: Town, clerk: Person) -> None:
    await town.join("钱演七", "officer", FOOD)
    await record(clerk, "按行业", "轻工")
    await clerk.tap("确认提交")
    assert counted(town)[2:] == (4, 2)
    await town.join("吴演十", "officer", FOOD)
    assert counted(town)[2:] == (5, 2)


@pytest.mark.usefixtures("registry")
async def test_it_is_taken_back_only_with_a_reason(town: Town, clerk: Person) -> None:
    await record(clerk, "贴代码", FOOD)
    await clerk.tap("确认提交")
    assert "1. 培训1（6月1日，区会议中心）：1家，2人" in await clerk.tap("培训记录")
    assert "孙演九于6月5日 09:00登记。" in await clerk.tap("第1项")
    undo = clerk.button("撤销登记")
    assert "为什么撤销" in await clerk.press(undo)
    assert "请回复文字" in await clerk.say("  ")
    assert "最多200字" in await clerk.say("字" * 10_000)
    assert (await clerk.say("名单有误")).startswith("培训1已撤销，不再计入已训。")
    assert counted(town)[2:] == (4, 0)
    # The same button again only shows how it stands.
    assert "已撤销，理由：名单有误" in await clerk.press(undo)
    assert "撤销登记" not in clerk.labels
    who = clerk.id
    assert town.use(lambda uow: audit.happened(uow.conn, "training-taken-back", who, "training/1"))


@pytest.mark.usefixtures("registry")
async def test_two_who_take_back_the_same_training_take_it_back_once(town: Town, clerk: Person) -> None:
    other = await town.join("周演八", "clerk", DISTRICT)
    await record(clerk, "全部企业")
    await clerk.tap("确认提交")
    for one in (clerk, other):
        await one.press_data("a:training-undo:1")
    said = await asyncio.gather(clerk.say("名单有误"), other.say("重复登记"))
    assert sorted("培训1已撤销" in one for one in said) == [False, True]
    assert counted(town)[2:] == (4, 0)


@pytest.mark.usefixtures("registry")
async def test_codes_of_others_are_refused_without_saying_whose_they_are(clerk: Person) -> None:
    await clerk.say("/coverage")
    await clerk.tap("登记培训")
    await clerk.tap("昨天")
    await clerk.say("线上")
    await clerk.tap("贴代码")
    # Of another district, of the city, and of nobody.
    for code in (ELSEWHERE, STEEL, "912101131171028955"):
        said = await clerk.say(f"{FOOD} {code}")
        assert said == (f"其中1个代码不在您负责的企业名录中：{code}。请核对后重新粘贴全部代码。\n前面的回答已保留。")
    assert "不是有效的统一社会信用代码" in await clerk.say("一二三")
    assert "参加的是哪些人" in await clerk.say(FOOD)


@pytest.mark.usefixtures("registry")
async def test_odd_days_and_words_are_told_what_is_wanted(town: Town, clerk: Person) -> None:
    await clerk.say("/coverage")
    await clerk.tap("登记培训")
    assert "6月6日还没到" in await clerk.say("6月6日")
    assert "不在范围内" in await clerk.say("2023-05-01")
    assert "未能识别" in await clerk.say("-3")
    await clerk.say("6月1日")
    assert "最多60字，您发了10000字" in await clerk.say("字" * 10_000)
    await clerk.say("=SUM(A1)")
    await clerk.tap("按行业")
    # Only sectors that the district has.
    assert "冶金" not in clerk.screen[-1].text
    assert counted(town)[3] == 0


@pytest.mark.usefixtures("registry")
async def test_whose_role_ends_while_telling_records_nothing(town: Town, clerk: Person) -> None:
    await record(clerk, "全部企业")
    end_roles(town, clerk)
    assert "不能办理" in await clerk.tap("确认提交")
    assert counted(town)[3] == 0


@pytest.mark.usefixtures("registry")
async def test_nobody_sees_or_changes_another_place(town: Town, clerk: Person, principal: Person) -> None:
    await record(clerk, "全部企业")
    await clerk.tap("确认提交")
    stranger = await town.join("冯演四", "clerk", "沈河区")
    leader = await town.join("李演五", "leader", DISTRICT)
    place = [one.name for one in town.app.context.pack.districts].index(DISTRICT)
    for data in (
        *(f"a:coverage:{verb}:{place}" for verb in ("show", "unchecked", "untrained", "record", "trainings", "export")),
        *("a:training:1", "a:training-undo:1", "a:training:99", "a:training:x", "a:coverage:city:1"),
        *("a:coverage:show:99", "a:coverage:show:"),
    ):
        for one in (stranger, principal):
            assert "不能办理" in await one.press_data(data), data
    assert "不能办理" in await stranger.say("/coverage 浑南区")
    assert "没有这个地区" in await stranger.say("/coverage 南山区")
    await leader.say("/coverage")
    assert "登记培训" not in leader.labels
    assert "不能办理" in await leader.press_data(f"a:coverage:record:{place}")
    assert "不能办理" in await leader.press_data("a:training-undo:1")


@pytest.mark.usefixtures("registry")
async def test_the_city_sees_every_district_and_trains_its_own(town: Town, city: Person) -> None:
    said = await city.say("/coverage")
    assert "【沈阳市应急管理局】沈阳市覆盖情况" in said
    assert "3家：已检0家，未检3家" in said
    assert "应训（主要负责人、安全管理人员）8人" in said
    assert "1家：已检0家，未检1家" in await city.say("/coverage 市本级")
    await city.tap("登记培训")
    await city.tap("今天")
    await city.say("市局")
    await city.tap("全部企业")
    await city.tap("主要负责人")
    await city.tap("完成")
    await city.tap("确认提交")
    assert counted(town, "市本级") == (1, 0, 2, 1)
    assert counted(town) == (1, 0, 4, 0)


async def test_a_place_without_enterprises_has_nothing_to_record(town: Town) -> None:
    lonely = await town.join("冯演四", "clerk", "法库县")
    said = await lonely.say("/coverage")
    assert "0家：已检0家，未检0家" in said
    assert "没有符合条件的企业" in await lonely.tap("登记培训")


async def test_the_lists_leave_as_a_workbook_in_which_nothing_is_a_formula(town: Town, clerk: Person) -> None:
    name = '=HYPERLINK("http://example.org")'
    # As a list of before could hold it; one is refused now.
    town.use(lambda uow: uow.conn.execute(update(enterprises).values(name=name)).close())
    await clerk.say("/coverage")
    assert "正在制作名单" in await clerk.tap("导出名单")
    got = clerk.screen[-1]
    assert got.text == "浑南区应检、应训名单（截至6月5日 09:00）："
    assert [file.name for file in got.files] == ["浑南区应检应训名单20230605.xlsx"]
    book = load_workbook(io.BytesIO(town.app.file_store.path(got.files[0].sha256).read_bytes()))
    assert book.sheetnames == ["覆盖情况", "检查名单", "培训名单", "说明"]
    assert [cell.value for cell in book["覆盖情况"][2]] == ["浑南区", "1", "0", "1", "2", "0", "2", "0"]
    cell = book["检查名单"]["B2"]
    assert (cell.value, cell.data_type) == (name, "s")
    assert [cell.value for cell in book["检查名单"][2]][4] == "未检"
