from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from talk.numbers import telephone, whole
from talk.parsing import amount, count
from tests.talk.widths import full_width

DIGITS = "零一二三四五六七八九"
numbers = st.one_of(st.integers(0, 20_000), st.integers(0, 10**12 - 1))


def chinese(number: int) -> str:
    """Write a number in standard Chinese: 203 is 二百零三, 10 is 十."""
    if number == 0:
        return DIGITS[0]
    written = ""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, unit)
        if part:
            written += ("零" if written and part < 1000 else "") + _thousands(part) + name
        elif written and number and not written.endswith("零"):
            written += "零"
    written = written.replace("零零", "零")
    return written.removeprefix("一") if written.startswith("一十") else written


def _thousands(number: int) -> str:
    written = ""
    gap = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + name
        gap = not digit
    return written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("１２", 12),
        (" 12 ", 12),
        ("12。", 12),
        ("12人", 12),
        ("12个人", 12),
        ("12名员工", 12),
        ("共12人", 12),
        ("一共十二个", 12),
        ("有3家", 3),
        ("3家企业", 3),
        ("十二", 12),
        ("十", 10),
        ("二十", 20),
        ("廿五", 25),
        ("一百", 100),
        ("一百二", 120),
        ("一百零二", 102),
        ("一百〇二", 102),
        ("一百二十", 120),
        ("一百十二", 112),
        ("两百零三", 203),
        ("两千三", 2300),
        ("三千零五十", 3050),
        ("一万二", 12_000),
        ("一万零二", 10_002),
        ("十万八", 108_000),
        ("一亿二", 120_000_000),
        ("一亿零五百", 100_000_500),
        ("三千万", 30_000_000),
        ("壹佰贰拾叁", 123),
        ("兩百", 200),
        ("3万", 30_000),
        ("3万5千", 35_000),
        ("3万5", 35_000),
        ("1.2万", 12_000),
        ("3百", 300),
        ("1,200", 1200),
        ("１，２００人", 1200),
        ("3 台", 3),
        ("俩", 2),
        ("零", 0),
        ("0", 0),
        ("007", 7),
        ("没有", 0),
        ("无", 0),
        ("12 people", 12),
        ("1 person", 1),
        ("12人\u200b", 12),
    ],
)
def test_counts_that_people_type(text: str, expected: int) -> None:
    assert count(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("3.5", "-1", "－1", "约3", "大约3人", "3左右", "3人左右", "3-4", "3～4", "3到4", "三四个", "十几", "几个"),
        *(
            "3多",
            "30多人",
            "近30",
            "至少3",
            "3以上",
            "不到3个",
            "若干",
            "半",
            "3个半",
            "二十三四",
            "1 2",
            "1，2",
            "1、2",
        ),
        *("12点", "6月", "5号", "5日", "第3", "3%", "3万亿亿", "1,20", "12,00", "1.2.3", "", " ", "人", "百", "亿"),
        *("三百百", "万三", "一十百", "零零五", "十零", "一百零", "一二三", "9" * 13, "9" * 5000, "有"),
        *("没有人", "twelve", "3k5", "0x10", "1e3", "٣", "३"),
    ],
)
def test_what_is_no_count(text: str) -> None:
    assert count(text) is None


def test_a_count_takes_the_units_it_is_given() -> None:
    assert count("12点") is None
    assert count("12点", units=("点",)) == 12
    assert count("十二个岗位类别", units=("个岗位类别",)) == 12
    assert count("12ＬＥＬ", units=("LEL",)) == 12
    assert count("12", units=("",)) == 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30000", "30000"),
        ("３００００", "30000"),
        ("3万", "30000"),
        ("3 万", "30000"),
        ("3万元", "30000"),
        ("3.5万", "35000"),
        ("3.5万元。", "35000"),
        ("3.5w", "35000"),
        ("5k", "5000"),
        ("三万", "30000"),
        ("三万五", "35000"),
        ("三万五千", "35000"),
        ("三万五千元", "35000"),
        ("三点五万", "35000"),
        ("叁万伍仟元整", "35000"),
        ("3万5千", "35000"),
        ("1,200.50元", "1200.50"),
        ("１，２００．５０元", "1200.50"),
        ("￥500", "500"),
        ("¥500", "500"),
        ("500块", "500"),
        ("500块钱", "500"),
        ("人民币500元", "500"),
        ("RMB 500", "500"),
        ("500 yuan", "500"),
        ("三块五", "3.50"),
        ("12元5角", "12.50"),
        ("12元5角8分", "12.58"),
        ("3元5分", "3.05"),
        ("0.5", "0.50"),
        ("1.2亿元", "120000000"),
        ("0", "0"),
        ("零元", "0"),
        ("无", "0"),
        ("没有", "0"),
    ],
)
def test_amounts_that_people_type(text: str, expected: str) -> None:
    assert str(amount(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("约3万", "3万左右", "大概3万", "3万多", "几万", "-3万", "－300", "3-5万", "3万到5万", "3万以内", "不超过3万"),
        *("$500", "500美元", "3.555", "3.555元", "3.5元5角", "1,20元", "元", "￥", "", "万元", "3万万元", "待定", "3%"),
        *("9" * 20, "9" * 5000, "NaN", "inf", "1e5"),
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert amount(text) is None


def test_every_number_to_twenty_thousand_is_read_back_from_chinese() -> None:
    assert all(whole(chinese(number)) == number for number in range(20_001))


@given(numbers)
@example(100_000_000)
@example(100_005_000)
@example(10_000_010)
def test_every_number_is_read_back_from_its_spellings(number: int) -> None:
    spoken = chinese(number)
    assert whole(spoken) == number
    for spelling in (spoken, spoken.replace("二百", "两百").replace("二千", "两千"), str(number), f"{number:,}"):
        for shown in (spelling, f"{spelling}人", f"共 {spelling} 台", full_width(spelling)):
            assert count(shown) == number
        for shown in (spelling, f"{spelling}元", f"￥{spelling}", full_width(spelling)):
            assert amount(shown) == number


@given(st.integers(0, 9_999_999_999).map(lambda cents: Decimal(cents) / 100))
def test_every_amount_is_read_back_to_the_cent(yuan: Decimal) -> None:
    for shown in (f"{yuan:.2f}", f"{yuan:,.2f}元", full_width(f"￥{yuan:.2f}"), f"{yuan / 10**4:.6f}万"):
        assert amount(shown) == yuan


@given(st.integers(1, 10**9), st.sampled_from(["约", "-", "近", "不到", "至少", "大约", "超过"]))
def test_a_number_that_is_only_about_right_is_none(number: int, about: str) -> None:
    for spelling in (str(number), chinese(number)):
        assert count(about + spelling) is None
        assert amount(about + spelling) is None
        assert count(f"{spelling}左右") is None
        assert amount(f"{spelling}元左右") is None


typed = st.one_of(
    st.text(),
    st.text(alphabet="0123456789.,-点零一二两三十百千万亿元块角分人个约¥wk壹〇 　０９，．"),
)


@given(typed)
def test_any_text_is_read_without_an_exception(text: str) -> None:
    number = count(text)
    assert number is None or number >= 0
    yuan = amount(text)
    assert yuan is None or (yuan >= 0 and yuan == round(yuan, 2))
    assert count(full_width(text)) == number
    assert amount(full_width(text)) == yuan


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("024-22334455", "024-22334455"),
        ("（024）２２３３ ４４５５", "02422334455"),
        ("138 0000 0000", "13800000000"),
        ("+86 138-0000-0000", "+86138-0000-0000"),
        ("024-22334455-801", "024-22334455-801"),
        ("024-22334455转801", "024-22334455-801"),
        ("024-22334455 轉 801", "024-22334455-801"),
        ("（024）22334455（分机：801）", "02422334455-801"),
        ("024 2233 4455 ext. 801", "02422334455-801"),
        ("010—12345678－80123", "010-12345678-80123"),
        ("400-800-1234，转3", "400-800-1234-3"),
        ("办公电话：８８１２３４５６转８０１号", "88123456-801"),
        ("13800000000 x 12", "13800000000-12"),
        ("010-12345678转8012345", None),
        ("024-22334455、13800000000", None),
        ("转801", None),
        ("12345", None),
        ("-22334455", None),
        ("打我电话", None),
        ("1" * 40, None),
        ("", None),
    ],
)
def test_a_telephone_number_is_kept_as_digits(typed: str, kept: str | None) -> None:
    assert telephone(typed) == kept
