"""How a list of certificates comes into the register: what is taken, what is odd, what is refused."""

from datetime import date

import pytest

from service.core.encryption import SealError
from service.imports.sheets import SheetError
from service.workers.worker_import import import_workers
from storage import workers as kept
from talk.texts import CHINESE, ENGLISH, render
from tests.service.conftest import row
from tests.service.welders import OTHER, bring, line, number, register, told, with_another_key, without
from tests.town import Town


def test_a_list_comes_in_once_and_again_as_it_changes(town: Town) -> None:
    assert told(bring(town, line())) == "已导入：新增1张操作证，变更0张，无变化0张，离岗移出0张。"
    (first,) = register(town)
    assert (first.name, first.certificate_masked, first.valid_until) == (
        "何演松",
        "T999*************" + number(1)[-2:],
        date(2023, 8, 31),
    )
    assert "无变化1张" in told(bring(town, line()))
    renewed = line(应复审日期="2026-08-31", 有效期至="2029年5月31日")
    assert told(bring(town, renewed)).splitlines() == [
        "第2行 何演松：应复审日期“2023年8月31日”→“2026年8月31日”、有效期至“2023年8月31日”→“2029年5月31日”",
        "已导入：新增0张操作证，变更1张，无变化0张，离岗移出0张。",
    ]
    (second,) = register(town)
    assert (second.id, second.review_due) == (first.id, date(2026, 8, 31))


def test_whoever_a_list_does_not_name_stays_and_who_is_told_to_be_gone_leaves(town: Town) -> None:
    bring(town, line(1), line(2, 3, 姓名="吕演柏"))
    bring(town, line(3, 2, 姓名="施演桦"))
    assert [one.name for one in register(town)] == ["何演松", "吕演柏", "施演桦"]
    assert "离岗移出1张" in told(bring(town, line(2, 2, 姓名="吕演柏", 在岗状态="离岗")))
    assert [one.name for one in register(town)] == ["何演松", "施演桦"]
    # Permits still point to him; a second time there is nothing left to do; and he may come back.
    assert town.use(lambda uow: kept.get(uow.conn, 2)) is not None
    assert "无变化1张" in told(bring(town, line(2, 2, 姓名="吕演柏", 在岗状态="离职")))
    assert "新增1张" in told(bring(town, line(2, 2, 姓名="吕演柏", 在岗状态="在岗")))
    assert len(register(town)) == 3


def test_a_trial_says_what_would_be_done_and_does_nothing(town: Town) -> None:
    assert told(bring(town, line(), dry_run=True)).startswith("试运行，未写入：将新增1张")
    assert register(town) == []


def test_the_electricians_certificate_of_a_welder_bears_the_same_number(town: Town) -> None:
    report = bring(town, line(), line(1, 3, 作业类别="低压电工作业"), line(2, 4, 姓名="吕演柏"))
    assert len(report.added) == 3
    # 作业 at the end is left out as often as not.
    assert len(bring(town, line(1, 2, 作业类别="焊接与热切割")).changed) == 1
    assert [one.trade for one in register(town)] == ["焊接与热切割", "低压电工作业", "焊接与热切割作业"]


def test_a_name_will_do_where_only_one_enterprise_has_it(town: Town) -> None:
    by_name = without(line(企业名称="沈阳白桦示范食品 有限公司"), "统一社会信用代码")
    assert len(bring(town, by_name).added) == 1
    town.register(row(), row(OTHER, 3, 所属区县="沈河区", 监管单位="沈河区应急管理局"))
    assert "第2行 企业名称“沈阳白桦示范食品有限公司”在企业名录中有2家，请改填统一社会信用代码。" in told(
        bring(town, by_name)
    )
    unknown = without(line(企业名称="沈阳无名厂"), "统一社会信用代码")
    assert "“沈阳无名厂”不在企业名录中" in told(bring(town, unknown))
    neither = without(line(), "统一社会信用代码")
    with pytest.raises(SheetError) as caught:
        bring(town, neither)
    assert "表头缺少“统一社会信用代码”或“企业名称”" in render(caught.value.say, CHINESE)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"姓名": ""}, "第2行 姓名为空，请填写。"),
        ({"证号": " "}, "第2行 证号为空，请填写。"),
        ({"证号": "办理中"}, "第2行 证号不是操作证的证号，请按操作证填写。尚未取证的人员不列入名册。"),
        ({"证号": "9.99999198503120E+17"}, "第2行 证号被表格软件存成了数字，末几位已丢失"),
        ({"姓名": "=B2"}, "第2行 姓名是公式，文件中没有它的计算结果。"),
        ({"证号": "=VLOOKUP(A2,B:C,2)"}, "第2行 证号是公式"),
        ({"证号": "#N/A"}, "第2行 证号是公式错误“#N/A”"),
        ({"统一社会信用代码": OTHER}, f"第2行 统一社会信用代码“{OTHER}”不在企业名录中"),
        ({"初领日期": "5月18日"}, "第2行 初领日期“5月18日”不是带年份的日期，请写成“2022-03-15”。"),
        ({"初领日期": "2023-06-06"}, "第2行 初领日期晚于今天，请核对。"),
        ({"有效期至": "2017-09-01"}, "第2行 有效期至不晚于初领日期（2017年9月1日），请核对。"),
        ({"有效期至": "2032-08-31"}, "第2行 有效期至距今超过6年，而操作证有效期为6年，请核对。"),
        ({"应复审日期": "2023-09-01"}, "第2行 应复审日期晚于有效期至（2023年8月31日），请核对。"),
        ({"应复审日期": "2017-01-01"}, "第2行 应复审日期不晚于初领日期（2017年9月1日），请核对。"),
        ({"在岗状态": "休假"}, "第2行 在岗状态“休假”不是可识别的状态"),
    ],
)
def test_a_wrong_cell_is_named_with_what_to_do_and_nothing_is_written(
    town: Town, cells: dict[str, str], said: str
) -> None:
    report = bring(town, line(**cells), line(2, 3, 姓名="吕演柏"))
    assert said in told(report)
    assert told(report).endswith("未写入任何数据：1行有误。请修改后重新导入。")
    assert "Line 2" in told(report, ENGLISH)
    assert register(town) == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"证号": "T999999198503120010"}, "注意：第2行 证号（T999*************10）末位校验不符，请按操作证更正。"),
        ({"证号": "te 9999-9999"}, "注意：第2行 证号（TE99*****99）不是“T”加18位公民身份号码。"),
        ({"初领日期": "2021-03-01", "应复审日期": "", "有效期至": ""}, None),
        (
            {"初领日期": "2016-03-01", "应复审日期": "", "有效期至": ""},
            "注意：第2行 有效期至为空，按有效期推算为2022年2月28日，已过，操作证按失效处理。",
        ),
        ({"应复审日期": "", "有效期至": "2026-05-10"}, "注意：第2行 应复审日期为空，按有效期推算为2023年5月10日，已过"),
        # A renewed card still names its first issue: the review is counted within the present term.
        ({"初领日期": "2009-05-11", "应复审日期": "", "有效期至": "2027-05-10"}, None),
    ],
)
def test_what_is_odd_is_taken_and_told(town: Town, cells: dict[str, str], said: str | None) -> None:
    lines = told(bring(town, line(**cells))).splitlines()
    assert len(register(town)) == 1
    assert len(lines) == (1 if said is None else 2)
    assert said is None or lines[0].startswith(said)


def test_what_a_card_does_not_say_is_reckoned(town: Town) -> None:
    bring(town, without(line(初领日期="2020.5.18"), "应复审日期", "有效期至"))
    (only,) = register(town)
    assert (only.review_due, only.valid_until) == (date(2023, 5, 17), date(2026, 5, 17))


def test_where_a_list_is_silent_what_is_known_of_the_card_stays(town: Town) -> None:
    bring(town, line(应复审日期="2023-08-30", 有效期至="2023-08-31"))
    assert told(bring(town, line(应复审日期=""))) == "已导入：新增0张操作证，变更0张，无变化1张，离岗移出0张。"
    assert len(bring(town, without(line(), "应复审日期", "有效期至")).unchanged) == 1
    # Of a new term nothing is known yet.
    bring(town, line(应复审日期="", 有效期至="2029-05-31"))
    (only,) = register(town)
    assert (only.review_due, only.valid_until) == (date(2026, 5, 31), date(2029, 5, 31))


def test_a_number_put_right_is_asked_about_since_it_may_be_a_namesake(town: Town) -> None:
    bring(town, line(证号="T999999198503120010"))
    report = bring(town, line())
    assert told(report).splitlines()[0] == (
        "注意：第2行 证号是新的，而名册中已有何演松同类别的操作证（T999*************10）。"
        "属于更正证号的，请把原证号也列一行，在岗状态填“离岗”。"
    )
    assert len(register(town)) == 2
    last = bring(town, line(), line(1, 3, 证号="T999999198503120010", 在岗状态="离岗"))
    assert "离岗移出1张" in told(last)
    assert [one.certificate_masked[-2:] for one in register(town)] == [number(1)[-2:]]


def test_a_term_and_a_number_as_spreadsheets_write_them(town: Town) -> None:
    report = bring(town, line(证号=f'="{number(1).lower()}"', 有效期至="2017-09-01 至 2023-08-31"))
    assert len(report.added) == 1
    assert len(report.warnings) == 0
    assert len(bring(town, line(初领日期="2017-09-01 00:00:00")).unchanged) == 1


def test_one_number_twice_is_one_certificate_or_two_people(town: Town) -> None:
    assert "第3行 证号与第2行是同一张操作证，请只保留一行。" in told(bring(town, line(), line(1, 3)))
    other = line(1, 3, 姓名="吕演柏", 作业类别="高处作业")
    assert "第3行 证号与第2行证号相同，姓名不同，请核对。" in told(bring(town, line(), other))
    assert register(town) == []


def test_with_another_key_the_import_says_so_and_changes_nothing(town: Town) -> None:
    bring(town, line())
    with pytest.raises(SealError):
        town.use(lambda uow: import_workers(with_another_key(uow), [line(2)]))
    assert len(register(town)) == 1
