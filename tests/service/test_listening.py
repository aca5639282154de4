"""What a subject listens to outside of questions: its looks alone decide, and nothing that is meant is passed over."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.hot_work import actions
from service.talks.screen import is_meant
from talk.messages import Address, Button, FileRef, Inbound, Kind
from talk.on_screen import By, Named
from talk.questions import Count, Hint, Text, YesNo
from talk.texts import Say

PIECES = st.sampled_from(
    [
        "D",
        "d",
        "Ｄ",
        "-",
        " ",
        "\u200b",
        "\u202e",
        "\n",
        "\0",
        "0619",
        "06",
        "7",
        "07",
        "１２",
        "：",
        ",",
        "停",
        "0.05",
        "我",
    ]
)


def message(text: str, *files: FileRef) -> Inbound:
    """Give a message of somebody."""
    return Inbound(Address("terminal", "", "1"), 1, datetime(2023, 6, 19, tzinfo=UTC), Kind.TEXT, text, files=files)


@given(st.lists(PIECES, max_size=9).map("".join) | st.text(max_size=20))
def test_every_message_that_hot_work_takes_by_a_code_concerns_it(text: str) -> None:
    assert actions.NAMED.concerns(message(text)) == (actions.code_in(text) is not None)


@pytest.mark.parametrize("text", ["D-0619-07", "d 0619 7 停", "\u200bD-0619-07：0.05%", "D-0619-07\n停", " D0619-7"])
def test_a_code_with_anything_behind_it_concerns_hot_work(text: str) -> None:
    assert actions.NAMED.concerns(message(text))


def test_only_files_without_a_question_may_be_photos_of_a_permit() -> None:
    photo = FileRef("0" * 64, "现场.jpg", "image/jpeg", 1)
    assert actions.PHOTOS.concerns(message("", photo))
    assert not actions.PHOTOS.concerns(message("现场"))


def test_a_number_that_is_an_answer_is_no_button_of_a_list_behind_the_question() -> None:
    first = Named(Button("第1项", "a:show:1"), By.NUMBER)
    hint = Hint(Say("accepts-count", example="3"))
    assert not is_meant(first, Count(key="people", ask="人数？"), 1)
    assert not is_meant(first, Text(key="what", ask="问题？"), "1")
    assert is_meant(first, Count(key="people", ask="人数？"), hint)
    assert is_meant(first, YesNo(key="held", ask="开了吗？"), value=True)
