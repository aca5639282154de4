"""Two spellings of one name meet: whatever dots, spaces, widths, dashes, brackets and radicals came in, and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.certificates import normalise_number
from campaign.identity import normalise_code
from talk.cleaning import likeness
from talk.parsing import pick

NAMES = (
    *("阿不都•热合曼", "阿不都‧热合曼", "阿不都・热合曼", "阿不都∙热合曼", "阿不都⋅热合曼", "阿不都●热合曼"),
    *("阿不都．热合曼", "阿不都.热合曼", "阿不都･热合曼", "阿不都 热合曼", "阿不都\u3000热合曼", "阿不都热合曼"),
    *("阿\u200b不都·热合曼\ufeff", "阿不都·热合曼\U000e0100", "阿不都\u034f·热合曼", "阿不都·热\u2060合曼\u00ad"),
)


@pytest.mark.parametrize("typed", NAMES)
def test_two_spellings_of_one_name_meet_whatever_the_dot(typed: str) -> None:
    assert likeness(typed) == likeness("阿不都·热合曼")
    assert pick(typed, [("a", ("张演三",)), ("b", ("阿不都·热合曼",))]) == "b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("⻓⻘⻢钢⼚", "长青马钢厂"),
        ("⾼演⼀", "高演一"),
        ("沈阳（青禾）商厦", "沈阳〔青禾〕商厦"),
        ("沈阳(青禾)商厦", "沈阳【青禾】商厦"),
        ("沈阳青禾Ａ座", "沈阳青禾a座"),
        ("Ｊｅａｎ－Ｌｕｃ O’Brien", "jean‑luc o'brien"),
        ("Müller", "MU\u0308LLER"),
        ("沈应急发〔2023〕27号", "沈应急发[2023] 27 号"),
        ("2号-3#料仓", "２号—３＃料仓"),
        ("福", "福"),
        ("D–0619–07", "d-0619-07"),
        ("Straße", "STRASSE"),
    ],
)
def test_two_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert likeness(one) == likeness(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5号库", "15号库"),
        ("1-2号库", "12号库"),
        ("张伟", "张伟强"),
        ("一车间", "-车间"),
        ("王演", "玉演"),
        ("a1", "a-1"),
    ],
)
def test_what_are_two_names_stays_two(one: str, other: str) -> None:
    assert likeness(one) != likeness(other)


@pytest.mark.parametrize("nothing", ["", " ", "\u3164", "\u2800", "\ufe0f", "\uffff\U0001ffff", "·", "\u202e"])
def test_what_nobody_sees_is_no_name(nothing: str) -> None:
    assert likeness(nothing) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "91210112-114884238-K",
        "9121 0112—1148 8423 8k",
        "９１２１０１１２１１４８８４２３８Ｋ",
        "91210112\u2011114884238K",
    ],
)
def test_a_code_is_one_code_however_it_is_parted(typed: str) -> None:
    assert normalise_code(typed) == "91210112114884238K"


def test_the_number_of_a_certificate_keeps_its_dashes_and_meets_other_dashes() -> None:
    assert normalise_number("ＡＢ–12（3）／4") == normalise_number("ab-12(3)/4") == "AB-12(3)/4"


LETTERS = st.sampled_from("阿不都热合曼沈阳青禾演一二ABcdé12")
MARKS = st.sampled_from(" \u3000\u200b\ufeff\u2060\ufe0f\t\u00ad")


@given(st.text())
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert likeness(likeness(text)) == likeness(text)


@given(st.lists(st.tuples(LETTERS, MARKS)), st.data())
def test_invisible_marks_spaces_and_dots_change_nothing(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    plain = "".join(letter for letter, _ in parts)
    marked = "".join(letter + mark for letter, mark in parts)
    assert likeness(marked) == likeness(plain)
    letters = plain.replace("1", "").replace("2", "")
    at = data.draw(st.integers(0, len(letters)))
    dotted = [likeness(f"{letters[:at]}{dot}{letters[at:]}") for dot in "·•・‧∙⋅●．.･"]
    assert set(dotted) == {likeness(letters)}
