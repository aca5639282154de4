"""Choices from lists that are longer than a message has buttons."""

from datetime import datetime
from zoneinfo import ZoneInfo

from talk.list_questions import ListChoice, ListChoices, numbered
from talk.questions import Hint, Option, Picked
from talk.texts import CHINESE, Say, render

AT = datetime(2023, 6, 5, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
LINES = numbered([("a", "电焊"), ("b", "一行字太多按钮上写不下"), ("c", "氨"), ("d", "切割打磨"), ("e", "喷灯火炉")])
UNSURE = Option("unsure", Say("option-unsure"))
ACCEPTED, UNLISTED = Say("pick-accepts", last=5), Say("pick-not-listed", last=5)
ONE = ListChoice(key="one", ask="…", choices=(*LINES, UNSURE), pinned="unsure", accepted=ACCEPTED, unlisted=UNLISTED)
SEVERAL = ListChoices(
    key="several",
    ask="…",
    choices=(*LINES[:3], Option("long", "这一行没有按钮也能选")),
    nothing="全部",
    none_is_all=True,
)


def buttons(question: ListChoice | ListChoices) -> list[str]:
    return [render(option.shown, CHINESE) for option in question.options(AT)]


def test_the_first_lines_and_the_pinned_one_are_buttons() -> None:
    assert buttons(ONE) == ["电焊", "第2项", "第3项", "切割打磨", "说不准"]


def test_every_line_is_taken_by_number_words_or_button() -> None:
    assert [ONE.read(text, AT) for text in ("5", "喷灯火炉", "一行字太多按钮上写不下", "第2项", "说不准")] == [
        "e",
        "e",
        "b",
        "b",
        "unsure",
    ]
    assert ONE.choose("c", AT) == "c"


def test_words_that_name_no_line_have_a_hint_of_their_own() -> None:
    assert ONE.read("锅炉", AT) == Hint(UNLISTED)
    assert ONE.read(" ", AT) == Hint(ACCEPTED)


def test_of_several_only_what_fits_is_a_button_and_all_have_numbers() -> None:
    assert buttons(SEVERAL) == ["电焊", "第2项", "第3项", "全部"]
    assert SEVERAL.read("1、4", AT) == Picked(("a", "long"))


def test_none_reads_back_as_all() -> None:
    none = SEVERAL.read("全部", AT)
    assert none == Picked(())
    assert SEVERAL.describe(Picked(())) == "全部"
