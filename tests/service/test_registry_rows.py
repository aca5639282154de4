"""What a line of a registry says, however it is typed, and why it is refused."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.pack import load
from service.imports import reader
from service.imports.reader import Refusal
from service.imports.sheets import Row
from service.registry.enterprise_rows import EnterpriseLines, Stated, columns_of
from storage.registry import Enterprise
from talk.texts import LANGUAGES, render
from tests.campaign import registry
from tests.service.lines import code, line, read_the_300
from tests.talk.widths import full_width

PACK = load("shenyang_2023")


def read(row: Row, lines: EnterpriseLines | None = None) -> Stated | list[Refusal]:
    reading = reader.read([row], (lines or EnterpriseLines(PACK)).stated)
    return reading.stated[0] if reading.stated else reading.refused


def enterprise(row: Row) -> Enterprise:
    stated = read(row)
    assert isinstance(stated, Stated), stated
    return stated.enterprise


def sentences(row: Row) -> list[str]:
    refused = read(row)
    assert isinstance(refused, list)
    for refusal in refused:
        assert refusal.line == row.line
        for language in LANGUAGES:
            assert "\n" not in render(refusal.say, language)
    return [render(refusal.say, "zh-CN") for refusal in refused]


def test_a_line_says_what_the_enterprise_is() -> None:
    assert enterprise(line(12)) == Enterprise(
        code=code(12),
        name="沈阳演练12有限公司",
        district="浑南区",
        sector="machinery",
        municipal=False,
        supervisor="浑南区应急管理局",
        sector_department="浑南区应急管理局",
        principal_name="郑演丙",
        officer_name="钱演丁",
        employees=120,
        tags=frozenset({"confined-space", "hot-work"}),
    )


def test_the_300_are_read_as_the_rules_see_them() -> None:
    lines = EnterpriseLines(PACK)
    seen = []
    for row in read_the_300().rows:
        stated = read(row, lines)
        assert isinstance(stated, Stated)
        one = stated.enterprise
        seen.append(registry.Enterprise(one.code, one.district, one.sector, one.tags, one.municipal))
    assert seen == registry.enterprises()


def test_the_citys_bureau_makes_a_municipal_unit() -> None:
    one = enterprise(line(1, 监管单位=" 沈阳市 应急管理局"))
    assert (one.municipal, one.supervisor) == (True, "沈阳市应急管理局")


def test_the_sectors_department_is_any_other_or_the_same() -> None:
    assert enterprise(line(1, 行业监管部门="浑南区商务局")).sector_department == "浑南区商务局"
    assert enterprise(line(1, 行业监管部门=" ")).sector_department == "浑南区应急管理局"


@pytest.mark.parametrize("text", ["", " ", "无", "、", "/"])
def test_an_enterprise_may_have_no_tags(text: str) -> None:
    assert enterprise(line(1, 风险标签=text)).tags == frozenset()


@pytest.mark.parametrize("name", ["+8", "-1", "@SUM(A1)"])
def test_what_begins_like_a_formula_stays_the_text_that_it_is(name: str) -> None:
    one = enterprise(line(1, 企业名称=name, 行业监管部门=name))
    assert (one.name, one.sector_department) == (name, name)


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("企业名称", "　", "第7行 企业名称为空，请填写。"),
        ("统一社会信用代码", "", "第7行 统一社会信用代码为空，请填写。"),
        ("所属区县", "", "第7行 所属区县为空，请填写。"),
        ("行业", "", "第7行 行业为空，请填写。"),
        ("主要负责人", "", "第7行 主要负责人为空，请填写。"),
        ("安全管理人员", "\u200b", "第7行 安全管理人员为空，请填写。"),
        ("监管单位", "", "第7行 监管单位为空，请填写。"),
        ("职工人数", "", "第7行 职工人数为空，请填写。"),
        (
            "统一社会信用代码",
            "912101121148842381",
            (
                "第7行 统一社会信用代码“912101121148842381”校验位不符，请核对营业执照；执照上确实如此的，请加 "
                "--as-on-licence 912101121148842381 再导入。"
            ),
        ),
        (
            "统一社会信用代码",
            "9121011211488423",
            "第7行 统一社会信用代码“9121011211488423”应为18位，现为16位，请核对营业执照。",
        ),
        (
            "统一社会信用代码",
            "91210112114884.3OK",
            "第7行 统一社会信用代码“91210112114884.3OK”含有代码中不使用的字符（如字母I、O、S、V、Z），请核对营业执照。",
        ),
        (
            "统一社会信用代码",
            "9.12101e+17",
            (
                "第7行 统一社会信用代码“9.12101E+17”被表格软件存成了数字，末几位已丢失，"
                "请将该列设为文本，按营业执照重新填写。"
            ),
        ),
        (
            "统一社会信用代码",
            "=A1",
            "第7行 统一社会信用代码是公式，文件中没有它的计算结果。请用表格软件打开、保存后再导入，或改为填写的内容。",
        ),
        (
            "所属区县",
            "浑南",
            (
                "第7行 所属区县“浑南”不在地区名单内，请填写下列之一：和平区、沈河区、大东区、皇姑区、铁西区、"
                "苏家屯区、浑南区、沈北新区、于洪区、辽中区、新民市、法库县、康平县、经济技术开发区。"
            ),
        ),
        (
            "行业",
            "化工",
            "第7行 行业“化工”不在行业名单内，请填写下列之一：冶金、有色、建材、机械、轻工、纺织、烟草、商贸。",
        ),
        (
            "风险标签",
            "动火、爆破，高处",
            (
                "第7行 风险标签“爆破、高处”不在标签名单内，可填写：金属冶炼、工业煤气、涉爆粉尘、涉氨制冷、"
                "有限空间、动火、外包外租、控制系统、环保设施、人员密集场所、腌制造纸印染。"
            ),
        ),
        (
            "监管单位",
            "大东区应急管理局",
            "第7行 监管单位“大东区应急管理局”既不是浑南区应急管理局，也不是沈阳市应急管理局，请填写其中之一。",
        ),
        ("职工人数", "约200", "第7行 职工人数“约200”不是人数，请只填数字，如“120”。"),
        ("职工人数", "-5", "第7行 职工人数“-5”不是人数，请只填数字，如“120”。"),
        ("职工人数", "1,20", "第7行 职工人数“1,20”不是人数，请只填数字，如“120”。"),
        ("职工人数", "99999999", "第7行 职工人数“99999999”不是人数，请只填数字，如“120”。"),
        ("主要负责人", "#REF!", "第7行 主要负责人是公式错误“#REF!”，请改为填写的内容。"),
        ("风险标签", "#N/A", "第7行 风险标签是公式错误“#N/A”，请改为填写的内容。"),
        ("企业名称", "厂" * 201, "第7行 企业名称超过200个字，请缩短。"),
    ],
)
def test_a_cell_is_refused_with_line_column_reason_and_what_to_do(column: str, text: str, said: str) -> None:
    assert sentences(line(7, **{column: text})) == [said]


def test_every_wrong_cell_of_a_line_is_named() -> None:
    said = sentences(line(7, 所属区县="火星", 行业="", 职工人数="many"))
    assert [sentence.split()[1][:4] for sentence in said] == ["所属区县", "行业为空", "职工人数"]


def test_a_line_whose_cells_have_moved_is_refused_for_that_alone() -> None:
    row = line(7, 主要负责人="")
    moved = Row(row.line, row.cells, surplus=True)
    assert sentences(moved) == ["第7行 单元格多于表头的列数，请检查单元格内是否夹有分隔符。"]


def test_an_enterprise_comes_once() -> None:
    lines = EnterpriseLines(PACK)
    assert isinstance(read(line(2), lines), Stated)
    assert isinstance(read(line(3), lines), Stated)
    row = Row(9, {**line(2).cells, "统一社会信用代码": full_width(code(2).lower())})
    refused = read(row, lines)
    assert isinstance(refused, list)
    assert [render(refusal.say, "zh-CN") for refusal in refused] == [
        f"第9行 统一社会信用代码“{code(2)}”与第2行重复，请只保留一行。"
    ]


def blanks(chance: Random) -> str:
    return "".join(chance.choices(" \t\n\u3000\u00a0\u200b\ufeff", k=chance.choice([0, 0, 1, 3])))


def messy(text: str, chance: Random) -> str:
    """Give a text with each sign in any width and case, and blanks around it.

    A blank between two letters or digits of a name says something, elsewhere it does not.
    """
    told = blanks(chance)
    for sign in text:
        told += chance.choice([sign, full_width(sign), sign.lower(), full_width(sign.lower())])
        if text.isascii() or not sign.isascii():
            told += blanks(chance)
    return told + blanks(chance)


def messy_list(text: str, chance: Random) -> str:
    """Give a list in any order, some words twice, with any separators."""
    words = [word for word in text.split("、") if word]
    words += chance.sample(words, chance.randint(0, len(words)))
    chance.shuffle(words)
    gaps = ["".join(chance.choices("、,，;；/／|｜､ \u3000\n", k=chance.randint(1, 3))) for _ in words]
    return blanks(chance) + "".join(word + gap for word, gap in zip(words, gaps, strict=True))


@given(st.integers(), st.sampled_from(read_the_300().rows))
def test_any_mess_says_the_same(seed: int, row: Row) -> None:
    chance = Random(seed)
    cells = {
        column: messy_list(text, chance) if column == "风险标签" else messy(text, chance)
        for column, text in row.cells.items()
    }
    assert enterprise(Row(row.line, cells)) == enterprise(row)


@given(st.integers(0, 9_999_999))
def test_thousands_may_be_set_apart(number: int) -> None:
    assert enterprise(line(1, 职工人数=f"{number:,}")).employees == number
    assert enterprise(line(1, 职工人数=full_width(f"{number:,}"))).employees == number


@given(st.dictionaries(st.sampled_from(list(line(1, 行业监管部门="").cells)), st.text(), min_size=1))
def test_any_cells_are_taken_or_refused(changed: dict[str, str]) -> None:
    match read(line(7, **changed)):
        case Stated(enterprise=one):
            assert one.employees >= 0
        case refused:
            assert refused
            for refusal in refused:
                for language in LANGUAGES:
                    assert render(refusal.say, language)


DUST = """\
name: dusty
extends: shenyang_2023
tags:
  - {id: dust-30, name: 涉粉作业30人以上, counted: {column: 涉粉作业人数, number: 30+}}
"""


@pytest.mark.parametrize(
    ("cells", "tags"),
    [
        ({"涉粉作业人数": "30"}, {"dust-30", "hot-work"}),
        ({"涉粉作业人数": "1,200人"}, {"dust-30", "hot-work"}),
        ({"涉粉作业人数": "29"}, {"hot-work"}),
        ({"涉粉作业人数": "无"}, {"hot-work"}),
        ({"涉粉作业人数": ""}, {"hot-work"}),
        ({}, {"hot-work"}),
        # Somebody wrote the tag by hand: where there is a number, it decides.
        ({"涉粉作业人数": "29", "风险标签": "动火、涉粉作业30人以上"}, {"hot-work"}),
        ({"风险标签": "动火、涉粉作业30人以上"}, {"dust-30", "hot-work"}),
    ],
)
def test_a_number_of_the_registry_gives_a_tag(tmp_path: Path, cells: dict[str, str], tags: set[str]) -> None:
    (tmp_path / "pack.yaml").write_text(DUST, encoding="utf-8")
    dusty = load(str(tmp_path))
    found = read(Row(2, {**line(2).cells, "风险标签": "动火", **cells}), EnterpriseLines(dusty))
    assert isinstance(found, Stated), found
    assert found.enterprise.tags == tags
    assert columns_of(dusty).named_by("涉粉作业人数（人）") == ("涉粉作业人数", False)
    assert columns_of(PACK).named_by("涉粉作业人数") is None


def test_a_number_of_the_registry_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(DUST, encoding="utf-8")
    found = read(Row(2, {**line(2).cells, "涉粉作业人数": "很多"}), EnterpriseLines(load(str(tmp_path))))
    assert isinstance(found, list)
    (refused,) = found
    assert (refused.column, "很多" in render(refused.say, "zh-CN")) == ("涉粉作业人数", True)
