"""Lists as people really send them, by kinds of trouble: what is taken, refused and left out of each, and what is said.

The lists are made by `tests/lists.py`.
"""

import re
from collections.abc import Mapping
from typing import Final

import pytest

from tests import lists
from tests.cli.conftest import JUNE, Anzhu
from tests.lists import FOLDER, HEAD, LISTS, enterprise, text

pytestmark = pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)

IMPORTS: Final = ("enterprises", "workers", "hazards")
WORKERS: Final = frozenset(
    {
        *("cell-merged.xlsx", "cell-days.xlsx", "cell-days-of-1904.xlsx", "cell-leading-zeros.xlsx"),
        *("cell-endless.csv", "cell-days-as-text.csv"),
    }
)
TAKEN: Final = re.compile(r"^已导入：(?P<taken>.*?)。", re.MULTILINE)
FOREIGN: Final = re.compile(
    r"Traceback|Warning|openpyxl|zipfile|expat|Error\b|site-packages|\.py\b|0x[0-9a-f]{4}|None\b"
    r"|[A-Za-z]{3,} [a-z]{3,} [a-z]{2,}"
)

HIDDEN: Final = (
    "表格中有隐藏或被筛选掉的内容：{}。请取消隐藏和筛选后重新导入；也可加 --hidden import 一并导入，"
    "或加 --hidden skip 不导入这些内容。"
)
FORMULA: Final = "是公式，文件中没有它的计算结果。请用表格软件打开、保存后再导入，或改为填写的内容。"
NO_DAY: Final = "不是带年份的日期，请写成“2022-03-15”。"
RECKONED: Final = (
    "应复审日期为空，按有效期推算为2022年8月31日，已过，操作证按失效处理。已复审或换证的，请填写操作证上的日期。"
)
LOST: Final = "被表格软件存成了数字，末几位已丢失，请将该列设为文本，按营业执照重新填写。"
PATTERN: Final = "不是“T”加18位公民身份号码。凭护照等其他证件领证的不用改，其余请按操作证更正。"
NO_TABLE: Final = "内容不是可识别的表格。请用表格软件打开，另存为 .xlsx 或 .csv 后再导入。"
OLD: Final = "这是旧版工作簿（.xls、.et 等），请用表格软件打开，另存为 .xlsx。"
TWO: Final = "不止一个姓名，请只填一人。是一个人的，请去掉中间的空格或符号。"
PAGES: Final = (
    *("注意：第4行是列的序号，未导入。", "注意：第5行是填写示例，未导入。", "注意：第7、14行是合计，未导入。"),
    "注意：第8、15–19行是说明、签字或页码，未导入。",
    *("注意：第9–10行是重复的表头或标题，未导入。", "注意：以下各列未导入：序号、备注。"),
)

Expected = tuple[int, tuple[str, ...]]
"""Lines that are taken, and the sentences; -1 where the file as a whole is refused."""

EXPECTED: Final[Mapping[str, Expected]] = {
    "cell-cached-formula.xlsx": (1, ()),
    "cell-formula-without-result.xlsx": (0, (f"第2行 企业名称{FORMULA}主要负责人{FORMULA}",)),
    "cell-formula-error.xlsx": (0, ("第2行 主要负责人是公式错误“#N/A”，请改为填写的内容。",)),
    "cell-empty-result.xlsx": (1, ()),
    "cell-filtered.xlsx": (-1, (HIDDEN.format("第3–4行"),)),
    "cell-filtered.xlsx --hidden skip": (2, ("注意：隐藏或被筛选掉的内容未导入：第3–4行。",)),
    "cell-filtered.xlsx --hidden import": (4, ("注意：隐藏或被筛选掉的内容已一并导入：第3–4行。",)),
    "cell-hidden-column.xlsx": (-1, (HIDDEN.format("“主要负责人”列"),)),
    "cell-hidden-column.xlsx --hidden skip": (-1, ("第1行的表头缺少：主要负责人。请补上后重新导入。",)),
    "cell-hidden-column.xlsx --hidden import": (1, ("注意：隐藏或被筛选掉的内容已一并导入：“主要负责人”列。",)),
    "cell-hidden-sheet.xlsx": (-1, (HIDDEN.format("工作表“旧名录”"),)),
    "cell-hidden-sheet.xlsx --hidden skip": (1, ("注意：隐藏或被筛选掉的内容未导入：工作表“旧名录”。",)),
    "cell-hidden-sheet.xlsx --hidden import": (
        -1,
        ("有多个工作表都像是名录：名单、旧名录。请合并为一个工作表，或分别保存后导入。",),
    ),
    "cell-merged.xlsx": (2, (f"注意：第3–4行 {RECKONED}",)),
    "cell-rich-text.xlsx": (1, ()),
    "cell-days.xlsx": (
        2,
        (
            f"第4行 有效期至“2025年8月”{NO_DAY}",
            "第5行 初领日期“43709”是被存成数字的日期，请将该列设为日期格式，或写成“2022-03-15”。",
            f"第6行 初领日期“1899-12-29”{NO_DAY}",
            f"注意：第2–3行 {RECKONED}",
        ),
    ),
    "cell-days-of-1904.xlsx": (1, (f"注意：第2行 {RECKONED}",)),
    "cell-numbers.xlsx": (
        3,
        (
            "第4行 职工人数“120%”不是人数，请只填数字，如“120”。",
            f"第5行 统一社会信用代码“9.12101003000000E+17”{LOST}",
        ),
    ),
    "cell-leading-zeros.xlsx": (
        1,
        (
            f"注意：第2行 证号（0012****78）{PATTERN}",
            f"注意：第2行 {RECKONED}",
        ),
    ),
    "cell-placeholders.csv": (
        0,
        tuple(
            f"第{place}行 主要负责人{said}"
            for place, said in enumerate(
                [
                    *(f"填的是“{said}”，请填写实际内容。" for said in ("/", "—", "无", "待定", "暂无", "N/A", "null")),
                    *(f"填的是“{said}”，请写出内容。" for said in ("同上", "〃")),
                    *(f"填的是“{said}”，请填写实际内容。" for said in ("?", "XXX", "未定")),
                    "是公式错误“#N/A”，请改为填写的内容。",
                ],
                2,
            )
        ),
    ),
    "cell-name-and-phone.csv": (6, ("注意：第2–5行 主要负责人中除姓名外还有电话、职务等，只导入了姓名。",)),
    "cell-two-names.csv": (
        0,
        (
            f"第2行 主要负责人“张演三、李演四”{TWO}",
            f"第3行 主要负责人“张演三/李演四”{TWO}",
            f"第4行 主要负责人“张演三李演四”{TWO}",
            f"第5行 主要负责人“张演三李演四”{TWO}",
            f"第7行 主要负责人“张演三;李演四”{TWO}",
            f"第8行 主要负责人“张演三和李演四”{TWO}",
            "第9行 主要负责人没有姓名，请填写姓名。",
            "第10行 主要负责人“张演三45”不只是姓名，请只填姓名。",
        ),
    ),
    "cell-endless.csv": (
        5,
        (
            "注意：第2行 有效期至填的是“长期”，按未填写处理。",
            f"注意：第2–6行 {RECKONED}",
            "注意：第3行 有效期至填的是“永久有效”，按未填写处理。",
        ),
    ),
    "cell-days-as-text.csv": (
        4,
        (
            f"第2行 有效期至“2025.8”{NO_DAY}",
            f"第3行 有效期至“2025年8月”{NO_DAY}",
            "第4行 有效期至“45900”是被存成数字的日期，请将该列设为日期格式，或写成“2022-03-15”。",
            f"第5行 有效期至“25-8-31”{NO_DAY}",
            f"第6行 有效期至“31/8/2025”{NO_DAY}",
            f"第7行 有效期至“已复审”{NO_DAY}",
            f"注意：第8–11行 {RECKONED}",
        ),
    ),
    "cell-hazard-without-deadline.csv": (1, ("注意：第2行 整改期限填的是“长期”，按未填写处理。",)),
    "empty-far-column.xlsx": (1, ()),
    "empty-line-beyond.xlsx": (
        1,
        ("注意：第2147483647行超出工作表的最后一行（1048576），表格软件不显示，未导入。",),
    ),
    "empty-head.xlsx": (1, ("注意：以下各列未导入：Z。",)),
    "nodata-pages.csv": (2, PAGES),
    "nodata-pages.xlsx": (2, PAGES),
    "nodata-ctrl-z.csv": (1, ()),
    "nodata-one-complaint.csv": (
        1,
        (
            "第3行 只填写了企业名称，必填的多数各列是空的。是数据的请补全，不是数据的请删除该行。",
            "第4行 只填写了主要负责人、安全管理人员，必填的多数各列是空的。是数据的请补全，不是数据的请删除该行。",
        ),
    ),
    "reader-heads.xlsx": (1, ()),
    "reader-kept-as-text.csv": (2, ()),
    "reader-semicolons.csv": (1, ()),
    "reader-tabs.txt": (1, ()),
    "reader-unicode-text.txt": (1, ()),
    "reader-utf-16-without-mark.csv": (1, ()),
    "reader-stray-nul.csv": (1, ()),
    "reader-csv-named.xlsx": (1, ()),
    "reader-xlsx-named.csv": (1, ()),
    "reader-xls-named.xlsx": (-1, (OLD,)),
    "reader-wps.et": (-1, (OLD,)),
    "reader-password.xlsx": (-1, ("工作簿设有密码，请取消密码后另存为 .xlsx。",)),
    "reader-web-page.xls": (-1, (NO_TABLE,)),
    "words-odd-styles.xlsx": (1, ()),
    "words-broken.xlsx": (-1, (NO_TABLE,)),
    "words-broken-part.xlsx": (-1, (NO_TABLE,)),
    "words-a-document.xlsx": (-1, (NO_TABLE,)),
    "words-half-a-letter.csv": (-1, (NO_TABLE,)),
    "words-open-quote.csv": (-1, ("第2行的引号不成对，或单元格过长，请修改后重新导入。",)),
}


@pytest.fixture
def one(anzhu: Anzhu) -> Anzhu:
    """Give a rehearsal on 5 June 2023 with the first enterprise of the lists."""
    anzhu.settings["ANZHU_CLOCK_START"] = JUNE
    file = anzhu.folder / "first.csv"
    file.write_bytes(text([HEAD, enterprise(1)]))
    anzhu.good("import", "enterprises", str(file))
    return anzhu


def import_of(name: str) -> str:
    return "hazards" if "hazard" in name else "workers" if name in WORKERS else "enterprises"


def brought(anzhu: Anzhu, called: str) -> Expected:
    """Bring a list in, and give what came of it; the sums are counted, what a line changes is left out."""
    name, *options = called.split()
    kind = import_of(name)
    keep = ["--missing", "keep"] if kind == "enterprises" else []
    result = anzhu("import", kind, str(FOLDER / name), "--partial", *options, *keep)
    if result.code:
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1), result
        assert result.err.startswith(f"{name}：")
        return -1, (result.err.strip().removeprefix(f"{name}："),)
    assert result.err == ""
    sums = TAKEN.search(result.out)
    assert sums
    told = [line for line in result.out.splitlines() if line.startswith(("第", "注意：")) and "→" not in line]
    return sum(map(int, re.findall(r"[0-9]+", sums["taken"]))), tuple(told)


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("cell", id="a_cell_is_not_what_it_shows"),
        pytest.param("empty", id="empty_space"),
        pytest.param("nodata", id="lines_without_data_are_no_data"),
        pytest.param("reader", id="one_reader_for_every_list"),
        pytest.param("words", id="a_library_is_not_heard"),
    ],
)
def test_each_list_of_a_kind_has_its_stated_outcome(one: Anzhu, kind: str) -> None:
    found = {called: brought(one, called) for called in EXPECTED if called.startswith(f"{kind}-")}
    assert found == {called: expected for called, expected in EXPECTED.items() if called.startswith(f"{kind}-")}


def test_no_library_speaks_whatever_list_any_import_is_given(one: Anzhu) -> None:
    """Kind: a library's words reach the user."""
    for name in LISTS:
        for kind in IMPORTS if name.startswith(("words", "empty")) else (import_of(name),):
            result = one("import", kind, str(FOLDER / name), "--json")
            assert result.code in {0, 2}
            said = result.err + re.sub(r'"[a-z_]+":|true|false|null', "", result.out)
            assert not FOREIGN.search(said.replace("N/A", "")), said
            assert str(FOLDER) not in said
            assert result.err.count("\n") <= 1


def test_warnings_stand_apart_from_errors_for_programs_too(one: Anzhu) -> None:
    """Kind: a cell is not what it shows."""
    for name in ("nodata-pages.csv", "cell-name-and-phone.csv", "cell-hazard-without-deadline.csv"):
        told = one("import", import_of(name), str(FOLDER / name), "--json").json
        assert (told["refused"], told["written"]) == ([], True)
        assert told["warnings"]
    told = one("import", "enterprises", str(FOLDER / "cell-two-names.csv"), "--json").json
    assert (len(told["refused"]), told["warnings"], told["written"]) == (8, [], False)


def test_whoever_stands_in_a_hidden_line_is_not_missing(one: Anzhu) -> None:
    """Kind: a cell is not what it shows. A line that is skipped is no enterprise that is gone."""
    file = str(FOLDER / "cell-filtered.xlsx")
    one.good("import", "enterprises", file, "--hidden", "import")
    told = one.good("import", "enterprises", file, "--hidden", "skip", "--missing", "close", "--json").json
    assert told["missing"] == []


def test_what_becomes_of_hidden_lines_is_one_of_two_words(one: Anzhu) -> None:
    said = one.refused("import", "enterprises", str(FOLDER / "cell-filtered.xlsx"), "--hidden", "yes")
    assert said == "--hidden 不能是“yes”。请用下列之一：import、skip。"


def test_every_list_is_the_one_that_its_script_makes(current_database_url: str) -> None:
    del current_database_url
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == {name: made() for name, made in LISTS.items()}
    assert {called.split()[0] for called in EXPECTED} == set(LISTS)
    assert lists.letters(25) == "Z"
