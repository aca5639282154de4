import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.identity import CodeFault, check_character, code_fault, normalise_code, unify_text
from talk.cleaning import likeness
from tests.campaign.registry import enterprises

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODIES = st.text(CHARACTERS, min_size=17, max_size=17)


def test_a_code_from_the_standard() -> None:
    """The example of GB 32100-2015."""
    assert check_character("91350100M000100Y4") == "3"


def test_every_code_of_the_registry_is_sound() -> None:
    codes = [enterprise.code for enterprise in enterprises()]
    assert len(set(codes)) == 300
    assert [code_fault(code) for code in codes] == [None] * 300


@given(BODIES, st.integers(0, 17), st.sampled_from(CHARACTERS))
def test_one_wrong_character_is_always_noticed(body: str, place: int, other: str) -> None:
    code = body + check_character(body)
    assert code_fault(code) is None
    changed = code[:place] + other + code[place + 1 :]
    assert code_fault(changed) == (None if changed == code else CodeFault.CHECK)


@given(BODIES, st.integers(0, 16))
def test_two_neighbours_exchanged_are_always_noticed(body: str, place: int) -> None:
    code = body + check_character(body)
    changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert code_fault(changed) == (None if changed == code else CodeFault.CHECK)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", CodeFault.LENGTH),
        ("91210112114884238", CodeFault.LENGTH),
        ("91210112114884238KK", CodeFault.LENGTH),
        ("9121011211488423OK", CodeFault.CHARACTER),
        ("91210112114884238K", None),
        ("91210112114884238L", CodeFault.CHECK),
    ],
)
def test_what_is_wrong_with_a_code(code: str, fault: CodeFault | None) -> None:
    assert code_fault(code) is fault


@pytest.mark.parametrize(
    "typed",
    [
        "91210112114884238k",
        " 91210112114884238K\t",
        "９１２１０１１２１１４８８４２３８Ｋ",
        "9121 0112 1148 8423 8K",
        "\ufeff91210112\u200b114884238K\u3000",
    ],
)
def test_a_code_as_people_type_it(typed: str) -> None:
    assert normalise_code(typed) == "91210112114884238K"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 沈阳白桦示范食品０００１有限公司 ", "沈阳白桦示范食品0001有限公司"),
        ("沈阳(白桦)食品", "沈阳（白桦）食品"),
        ("沈阳 （白桦） 食品", "沈阳（白桦）食品"),
        ("张　三", "张三"),
        ("ＡＢＣ  Trading", "ABC Trading"),
        ("ABC (Trading)", "ABC (Trading)"),
        ("沈阳 ABC 公司", "沈阳ABC公司"),
        ("\u200b", ""),
    ],
)
def test_a_name_as_people_type_it(typed: str, stored: str) -> None:
    assert unify_text(typed) == stored


@given(st.text(CHARACTERS + "abk（）() \u3000\t\u200b０Ｋｋ沈阳市"))
def test_what_is_stored_stays_as_it_is(text: str) -> None:
    assert unify_text(unify_text(text)) == unify_text(text)
    assert normalise_code(normalise_code(text)) == normalise_code(text)
    assert likeness(unify_text(text)) == likeness(text)
