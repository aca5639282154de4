"""/actions 执法: what a bureau did is entered in the chat, looked at, taken back with a reason."""

from datetime import date
from decimal import Decimal

import pytest

from service.core.refusal import RefusedError
from service.core.unit_of_work import UnitOfWork
from service.enforcement import records
from storage import annex
from talk.texts import Say
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.noticing import end_role
from tests.service.test_annex import acts, at, speaker, values
from tests.town import Person, Town

JUNE = "2023-06"
FAR = "沈河区"
ELSEWHERE = "91210112155117772D"


@pytest.fixture
async def leader(town: Town) -> Person:
    """The leader of the district."""
    return await town.join("李演五", "leader", DISTRICT)


@pytest.fixture
async def city(town: Town) -> Person:
    """Staff of the city."""
    return await town.join("赵演六", "city", CITY)


def elsewhere(town: Town) -> None:
    """A second enterprise, in another district."""
    far = row(ELSEWHERE, 3, 企业名称="沈阳红枫示范建材有限公司", 所属区县=FAR, 监管单位="沈河区应急管理局", 行业="建材")
    town.register(row(), far)


async def enter(who: Person, *said: str, row_: str = "行政处罚") -> str:
    """Enter something: the row, then each answer, typed, and what is answered."""
    await who.say("/actions")
    await who.tap("录入")
    await who.tap(row_)
    for text in said:
        await who.say(text)
    return await who.tap("确认录入")


def entries(town: Town) -> list[tuple[str, str, list[str], str | None]]:
    """What was entered: row, enterprise, figures, reason for which it was taken back."""
    found = town.use(lambda uow: annex.entries(uow.conn, DISTRICT))
    return [
        (entry.row, entry.enterprise or "", [f"{number:f}" for number in entry.values], entry.taken_back)
        for entry in reversed(found)
    ]


async def test_a_clerk_enters_a_penalty_with_both_figures_and_sees_it_counted(town: Town, clerk: Person) -> None:
    assert "浑南区6月还没有录入执法情况。" in await clerk.say("/actions")
    assert clerk.labels == ["录入", "上月录入"]
    asked = await clerk.tap("录入")
    # Only what a district does, six with a button.
    assert "浑南区：录入哪一项？\n1. 帮扶指导重点企业（家次）\n2. 行政处罚（次、万元）\n" in asked
    assert "8. 责任倒查追责问责（人）\n9. 查封、扣押（次）\n10. 属地交叉检查（家次）\n11. 生产安全事故" in asked
    assert "指导重点市" not in asked
    assert "约谈通报有关" not in asked
    assert clerk.labels == ["帮扶企业", "行政处罚", "一案双罚", "移送司法", "停产整顿", "曝光约谈"]
    await clerk.tap("行政处罚")
    assert clerk.labels == ["今天", "昨天", "上一步"]
    await clerk.tap("昨天")
    await clerk.say("白桦")
    assert "行政处罚多少次？" in clerk.screen[-1].text
    await clerk.tap("1次")
    assert "“5.2”是元还是万元？请写明单位，如“5.2万元”" in await clerk.say("5.2")
    await clerk.say("5.2万元")
    shown = await clerk.say("（浑）应急罚〔2023〕12号")
    assert (
        "项目：行政处罚（次、万元）\n日期：6月4日（周日）\n企业：沈阳白桦示范食品有限公司 91210112114884238K" in shown
    )
    assert "处罚次数：1次\n罚款金额：52000元，合5.2万元\n说明：（浑）应急罚〔2023〕12号" in shown
    assert "录入后不能修改，有误的，冲销后重新录入" in shown
    kept = await clerk.tap("确认录入")
    assert "✅ 已录入，编号1。\n行政处罚（次、万元）：1次、5.2万元，6月4日\n企业：沈阳白桦示范食品有限公司" in kept
    assert "录入：孙演九，6月5日 09:00" in kept
    assert clerk.labels == ["更正", "录入", "录入情况"]
    assert values(town, JUNE) == {"C3": "1、5.2"}
    assert entries(town) == [("C3", FOOD, ["1", "5.2"], None)]


async def test_rows_are_taken_by_number_too_and_the_likely_ones_come_first(town: Town, clerk: Person) -> None:
    await clerk.say("/actions")
    await clerk.tap("录入")
    assert "请点选，或回复1至11中的一个编号" in await clerk.say("12")
    await clerk.say("7")
    await clerk.say("今天")
    await clerk.tap("1个")
    # The crimes are a part of the cases.
    assert "请回复0至1之间的数字" in await clerk.say("2")
    await clerk.tap("没有")
    await clerk.tap("没有")
    await clerk.tap("确认录入")
    assert values(town, JUNE) == {"C8": "1、0"}
    await clerk.tap("录入")
    assert clerk.labels[0] == "典型案例"


async def test_what_the_table_has_no_row_for_is_noted_taken_back_and_in_no_table(town: Town, clerk: Person) -> None:
    await clerk.say("/actions")
    await clerk.tap("录入")
    assert "1小时内上报" not in await clerk.say("11")
    await clerk.tap("今天")
    assert "《生产安全事故报告和调查处理条例》第九条" in await clerk.say("白桦")
    await clerk.tap("1起")
    await clerk.say("2人")
    await clerk.tap("没有")
    assert "生产安全事故（起），其中死亡（人）：1起、2人" in await clerk.tap("确认录入")
    await clerk.tap("录入")
    await clerk.say("查封、扣押（次）")
    await clerk.tap("今天")
    await clerk.say(FOOD)
    await clerk.tap("1次")
    await clerk.say("查封除尘系统")
    assert "查封、扣押（次）：1次" in await clerk.tap("确认录入")
    await clerk.tap("更正")
    await clerk.say("录错企业")
    await clerk.tap("确认冲销" if clerk.can_tap("确认冲销") else clerk.labels[0])
    assert entries(town) == [("D3", FOOD, ["1", "2"], None), ("D1", FOOD, ["1"], "录错企业")]
    assert set(values(town, JUNE)) == set()


async def test_a_row_in_enterprises_asks_which_one_and_no_figure(town: Town, clerk: Person) -> None:
    elsewhere(town)
    await clerk.say("/actions")
    await clerk.tap("录入")
    await clerk.tap("停产整顿")
    await clerk.tap("今天")
    assert not clerk.can_tap("不写企业")
    for other in (ELSEWHERE, "红枫", "没有这家"):
        assert f"您管辖的名录中没有“{other}”" in await clerk.say(other)
    await clerk.say(FOOD)
    await clerk.tap("没有")
    assert "责令停产整顿（家）：1家" in await clerk.tap("确认录入")
    assert entries(town) == [("C6", FOOD, ["1"], None)]


async def test_a_piece_of_a_name_that_means_several_is_asked_again(town: Town, clerk: Person) -> None:
    town.register(row(), row(ELSEWHERE, 3, 企业名称="沈阳白桦示范机械有限公司", 行业="机械"))
    await clerk.say("/actions")
    await clerk.tap("录入")
    await clerk.tap("帮扶企业")
    await clerk.tap("今天")
    assert "有2家符合：沈阳白桦示范机械有限公司 91210112155117772D、沈阳白桦示范食品有限公司" in await clerk.say("白桦")
    await clerk.say("白桦示范机械")
    assert "多少家次？" in clerk.screen[-1].text
    await clerk.tap("1家次")
    await clerk.tap("没有")
    await clerk.tap("确认录入")
    assert entries(town) == [("C2", ELSEWHERE, ["1"], None)]


async def test_an_entry_is_corrected_by_a_counter_entry_with_a_reason_and_stays_readable(
    town: Town, clerk: Person, leader: Person
) -> None:
    at(town, "2023-06-06T09:00:00")
    await enter(clerk, "今天", "无", "3", "5.2万元", "沈应急罚〔2023〕12号")
    await enter(clerk, "今天", "无", "3", "5.2万元", "沈应急罚〔2023〕12号")
    assert values(town, JUNE) == {"C3": "6、10.4"}
    asked = await clerk.tap("更正")
    assert "2号记录“行政处罚（次、万元）”3次、5.2万元，为什么冲销？" in asked
    assert "10000字" in await clerk.say("长" * 10_000)
    assert "请回复文字" in await clerk.say(" ")
    await clerk.say("与1号记录重复")
    done = await clerk.tap("确认冲销")
    assert "已冲销，不再计入（孙演九，6月6日 09:00），原因：与1号记录重复" in done
    assert clerk.labels == ["录入", "录入情况"]
    assert values(town, JUNE) == {"C3": "3、5.2"}
    listed = await clerk.tap("录入情况")
    assert "浑南区6月录入执法情况，有效1条：\n1. 2号 行政处罚 3次、5.2万元（已冲销）：6月6日，孙演九录入" in listed
    # The leader sees everything and enters nothing.
    assert listed in await leader.say("/actions 6月")
    assert leader.labels == ["第1项", "第2项", "上月录入"]
    assert "原因：与1号记录重复" in await leader.tap("第1项")
    assert leader.labels == ["录入情况"]
    for data in ("a:action-back:1", "a:action-new:6"):
        assert "您现在不能办理" in await leader.press_data(data)


async def test_the_cell_of_the_table_leads_to_each_entry(clerk: Person) -> None:
    await enter(clerk, "今天", "无", "3", "5.2万元", "沈应急罚〔2023〕12号")
    await clerk.say("/annex 6月")
    await clerk.tap("精准执法")
    await clerk.tap("第3项")
    assert "浑南区“行政处罚（次、万元）”依据1条，点序号查看：\n1. 1号记录：6月5日" in await clerk.tap("逐条查看")
    assert "【浑南区应急管理局】1号记录\n行政处罚（次、万元）：3次、5.2万元" in await clerk.tap("第1项")


async def test_the_city_enters_its_own_column_with_the_rows_of_the_city(town: Town, city: Person) -> None:
    assert "要看区县的，请回复“/actions 区县”" in await city.say("/actions")
    asked = await city.tap("录入")
    assert "市本级：录入哪一项？\n1. 帮扶指导重点市、县（个次）" in asked
    assert "10. 约谈通报有关地区及部门（次）" in asked
    await city.say("10")
    await city.tap("今天")
    await city.tap("1次")
    await city.tap("没有")
    assert "【沈阳市应急管理局】" not in await city.tap("确认录入")
    assert values(town, JUNE, "市本级") == {"C10": "1"}
    assert "浑南区6月还没有录入执法情况。" in await city.say("/actions 浑南区")
    assert city.labels == ["上月录入"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-3", "请回复数字"),
        ("3.5", "请回复数字"),
        ("3.5次", "请回复数字"),
        ("1e9", "请回复数字"),
        ("1000000000", "请回复1至1000000之间的数字"),
        ("0", "请回复1至1000000之间的数字"),
        ("三次左右", "请回复数字"),
        ("=1+1", "请回复数字"),
        ("长" * 10_000, "500字"),
    ],
)
async def test_a_number_that_cannot_be_is_asked_again(clerk: Person, typed: str, said: str) -> None:
    await clerk.say("/actions")
    await clerk.tap("录入")
    await clerk.tap("行政处罚")
    await clerk.tap("今天")
    await clerk.tap("不写企业")
    assert said in await clerk.say(typed)
    assert clerk.screen[-1].text.endswith("前面的回答已保留。")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("5.2000001万元", "请写明单位"),
        ("5.2", "元还是万元"),
        ("-5万元", "请写明单位"),
        ("11亿元", "不能超过100000万元"),
        ("五万左右", "请写明单位"),
        ("NaN", "请写明单位"),
    ],
)
async def test_money_that_cannot_be_is_asked_again(clerk: Person, typed: str, said: str) -> None:
    await clerk.say("/actions")
    await clerk.tap("录入")
    await clerk.tap("行政处罚")
    for text in ("今天", "无", "3"):
        await clerk.say(text)
    assert said in await clerk.say(typed)


@pytest.mark.parametrize("typed", ["6月6日", "5月21日", "2022-06-05", "昨天的昨天", "6月35日", "明天"])
async def test_a_day_to_come_or_before_the_campaign_is_asked_again(clerk: Person, typed: str) -> None:
    await clerk.say("/actions")
    await clerk.tap("录入")
    await clerk.tap("一案双罚")
    assert "请回复" in await clerk.say(typed)
    assert "是哪天办理的" not in clerk.screen[-1].text
    await clerk.say("5月22日")
    assert "涉及哪家企业" in clerk.screen[-1].text


async def test_a_tap_twice_on_the_confirmation_enters_once(town: Town, clerk: Person) -> None:
    await enter(clerk, "今天", "无", "3", "5.2万元", "沈应急罚〔2023〕12号")
    assert await clerk.press(clerk.button("确认录入")) == ""
    assert len(entries(town)) == 1


async def test_whose_role_ended_meanwhile_enters_nothing_and_takes_nothing_back(town: Town, clerk: Person) -> None:
    await enter(clerk, "今天", "无", "3", "5.2万元", "沈应急罚〔2023〕12号")
    await clerk.tap("更正")
    await clerk.say("与0号记录重复")
    await clerk.say("/actions")
    await clerk.tap("录入")
    for text in ("行政处罚", "今天", "无", "3", "5.2万元", "沈应急罚〔2023〕12号"):
        await clerk.say(text)
    end_role(town, clerk.id)
    assert "您现在不能办理" in await clerk.tap("确认录入")
    assert "您现在不能办理" in await clerk.tap("确认冲销")
    assert entries(town) == [("C3", "", ["3", "5.2"], None)]


async def test_another_district_and_an_enterprise_see_and_take_back_nothing(
    town: Town, clerk: Person, principal: Person
) -> None:
    await enter(clerk, "今天", "无", "3", "5.2万元", "沈应急罚〔2023〕12号")
    other = await town.join("周演四", "clerk", FAR)
    for stranger in (other, principal):
        for data in (
            *("a:action:1", "a:action-back:1", "a:action-new:6", "a:actions:6:2023-06", "a:actions:6:2023-06:2"),
            *("a:action:99", "a:action:x", "a:action-back:x", "a:action-new:x", "a:actions:x:y:z"),
        ):
            assert "您现在不能办理" in await stranger.press_data(data)
    assert "您现在不能办理" in await principal.say("/actions")
    assert "您现在不能办理" in await other.say("/actions 浑南区")
    assert "没有这个月份或地区。请回复如“/actions 6月”" in await other.say("/actions 十三月")
    assert "沈河区6月还没有录入执法情况。" in await other.say("/actions")


async def test_what_was_taken_back_cannot_be_taken_back_again(town: Town, clerk: Person) -> None:
    await enter(clerk, "今天", "无", "3", "5.2万元", "沈应急罚〔2023〕12号")
    twice = clerk.button("更正")
    second = await town.join("吴演八", "clerk", DISTRICT)
    for person in (clerk, second):
        await person.press_data(twice.data)
        await person.say("与0号记录重复")
    assert "已冲销" in await clerk.tap("确认冲销")
    assert "这条记录已经冲销" in await second.tap("确认冲销")
    assert "这条记录已经冲销" in await clerk.press(twice)
    assert entries(town) == [("C3", "", ["3", "5.2"], "与0号记录重复")]


async def test_an_entry_for_another_districts_enterprise_or_a_row_of_the_city_is_refused(
    town: Town, clerk: Person
) -> None:
    elsewhere(town)

    def refused(row_: str, enterprise: str | None) -> str:
        def case(uow: UnitOfWork) -> None:
            day, one = date(2023, 6, 5), (Decimal(1),)
            records.enter(uow, speaker(uow, clerk), DISTRICT, row_, day, one, enterprise=enterprise)

        with pytest.raises(RefusedError) as why:
            town.use(case)
        assert isinstance(why.value.say, Say)
        return why.value.say.id

    assert refused("C6", ELSEWHERE) == "action-which-enterprise"
    assert refused("C2", ELSEWHERE) == "action-which-enterprise"
    assert refused("C1", None) == "action-of-city"
    assert refused("C10", None) == "action-of-city"
    acts(clerk, "C2", "1")
