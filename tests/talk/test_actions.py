"""What a button carries is written and read in one place, and buttons of years ago still mean what they meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talk.actions import MAYBE, NUMBER, PAGE, PLACE, WORD, Action, MalformedError, action, one_of, typed_command
from talk.messages import BUTTON_DATA_BYTES

SHOW = action("hazard", NUMBER)
LIST = action("hazards")
PAGES = action("actions", NUMBER, WORD, PAGE)
DECIDE = action("decide", NUMBER, one_of(("passed", "failed")))
SEARCH = action("search", MAYBE)
EXPORT = action("export", PLACE)


def test_a_button_carries_its_verb_and_its_arguments() -> None:
    assert SHOW.data(41) == "a:hazard:41"
    assert LIST.data() == "a:hazards:"
    assert PAGES.data(13, "2023-06", 2) == "a:actions:13:2023-06:2"
    assert DECIDE.tap("通过", 41, "passed").data == "a:decide:41:passed"


@given(number=st.integers(0, 10**18 - 1), word=st.text("甲乙abc-0", min_size=1, max_size=6), page=st.integers(1, 10**6))
def test_what_is_written_is_read(number: int, word: str, page: int) -> None:
    _, verb, rest = PAGES.data(number, word, page).split(":", 2)
    assert (verb, PAGES.read(rest)) == ("actions", (number, word, page))


def test_an_older_button_without_a_later_argument_still_works() -> None:
    assert PAGES.read("13:2023-06") == (13, "2023-06", 1)
    assert SEARCH.read("") == ("",)
    assert LIST.read("") == ()


@pytest.mark.parametrize("rest", ["", "x", "-1", "٣", "1" * 19, "4 1", "41:2"])
def test_what_is_no_number_is_malformed(rest: str) -> None:
    with pytest.raises(MalformedError):
        SHOW.read(rest)


@pytest.mark.parametrize("rest", ["41", "41:lost", "41:passed:2", "passed:41"])
def test_what_is_none_of_the_words_is_malformed(rest: str) -> None:
    with pytest.raises(MalformedError):
        DECIDE.read(rest)


def test_a_page_below_the_first_is_the_first() -> None:
    assert PAGES.read("13:2023-06:0") == (13, "2023-06", 1)


@pytest.mark.parametrize("page", ["", "x", "-1", "0", "9" * 20])
def test_what_is_no_page_is_the_first(page: str) -> None:
    assert PAGES.read(f"13:2023-06:{page}") == (13, "2023-06", 1)


@pytest.mark.parametrize(("place", "data"), [(None, "a:export:"), (6, "a:export:6")])
def test_a_place_that_is_left_out_is_the_city(place: int | None, data: str) -> None:
    assert EXPORT.data(place) == data
    assert EXPORT.read(data.removeprefix("a:export:")) == (place,)


def test_a_button_that_no_platform_carries_is_never_made() -> None:
    with pytest.raises(ValueError, match="over 64 bytes"):
        SEARCH.data("长" * BUTTON_DATA_BYTES)


def test_an_action_knows_its_own_buttons() -> None:
    assert SHOW.is_behind(SHOW.tap("看", 1))
    other: Action[()] = LIST
    assert not SHOW.is_behind(other.tap("全部"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/help", ("help", "")),
        ("/ help", ("help", "")),
        ("／ｈｅｌｐ", ("help", "")),
        ("、tasks", ("tasks", "")),
        ("/Cancel@anzhu_bot", ("cancel", "")),
        ("/tasks。", ("tasks", "")),
        ("/start\u3000K7Q4-M2PX-9RTB", ("start", "K7Q4-M2PX-9RTB")),
        ("/receipt：K7Q4-M2PX", ("receipt", "K7Q4-M2PX")),
        ("/feedback 一、\n/二", ("feedback", "一、\n/二")),
    ],
)
def test_what_looks_like_a_command_as_people_type_it(typed: str, meant: tuple[str, str]) -> None:
    assert typed_command(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "/",
        "//",
        "/2号车间更换风机",
        "/dev/null",
        "2/3",
        "https://a.cn/tasks",
        "、更换风机",
        "/N/A",
        "/-help",
        "a /tasks",
    ],
)
def test_what_begins_like_a_command_and_is_none(typed: str) -> None:
    assert typed_command(typed) is None
