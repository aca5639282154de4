"""What we say, in Telegram's words: calls, parts of long texts, and what errors mean."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.channels.telegram.api import HEAD, LONGEST_PAUSE, ApiError, UnreachableError, UnreadableError, Upload, result
from bot.channels.telegram.shapes import size_of
from bot.channels.telegram.writing import (
    Call,
    calls,
    file_call,
    gives_way,
    is_not_modified,
    is_too_late,
    outcome,
    split,
    units,
)
from talk.messages import Button, ChannelDown, FileRef, Outbound, Refused, Rejected, Throttled
from tests.samples import heic, pdf, photo
from tests.telegram.rules import check_photo, shown_text

NOW = datetime(2023, 6, 5, 1, 0, tzinfo=UTC)
HEADS = (b"", b"\xff\xd8\xff\xc0\0\x0b", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", photo()[:160])
YES = ((Button("是", "p:T:yes"),),)


def test_a_message_with_buttons() -> None:
    (call,) = calls(Outbound("<b>A&B</b>\n第二行", YES), "7001", None)
    assert call.method == "sendMessage"
    assert call.params == {
        "chat_id": 7001,
        "text": "&lt;b&gt;A&amp;B&lt;/b&gt;\n第二行",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": [[{"text": "是", "callback_data": "p:T:yes"}]]},
    }


def test_the_title_under_a_signature_is_bold() -> None:
    (call,) = calls(Outbound("【浑南区应急管理局】6月<调度>\n请您填报。"), "1", None)
    assert call.params["text"] == "<b>【浑南区应急管理局】6月&lt;调度&gt;</b>\n请您填报。"


def test_a_card_is_edited_and_sent_anew_where_it_is_gone() -> None:
    (call,) = calls(Outbound("选", YES, card="prompt/T"), "1", "55")
    assert (call.method, call.params["message_id"]) == ("editMessageText", 55)
    assert call.instead is not None
    assert call.instead.method == "sendMessage"
    assert "message_id" not in call.instead.params


@pytest.mark.parametrize(
    ("form", "width", "height", "as_photo"),
    [
        ("PNG", 476, 9_520, True),
        ("PNG", 475, 9_501, False),
        ("JPEG", 800, 24_000, False),
        ("JPEG", 12_000, 9_000, False),
        ("JPEG", 5_000, 5_000, True),
        ("JPEG", 5_001, 5_000, False),
        ("JPEG", 9_523, 477, True),
        ("JPEG", 9_541, 459, False),
        ("PNG", 1, 21, False),
    ],
)
def test_a_file_takes_no_words_down_a_picture_that_is_no_photo(
    form: str, width: int, height: int, *, as_photo: bool
) -> None:
    """Width and height come to 10,000 at the most, and the one goes 20 times into the other (Bot API, sendPhoto)."""
    out = io.BytesIO()
    Image.new("1" if form == "PNG" else "L", (width, height)).save(out, form, progressive=width > height)
    made = file_call(FileRef("ab" * 32, "现场", f"image/{form.lower()}", 1), out.getvalue(), "1")
    assert made.method == ("sendPhoto" if as_photo else "sendDocument")
    assert size_of(out.getvalue()) == (width, height)
    if as_photo:
        check_photo(out.getvalue())


@given(st.tuples(st.sampled_from(HEADS), st.binary(max_size=60)).map(b"".join))
def test_bytes_that_are_cut_or_made_up_say_some_size_or_none(content: bytes) -> None:
    size = size_of(content)
    assert size is None or min(size) > 0


def test_what_is_no_photo_goes_as_it_is() -> None:
    heavy = photo() + b"\0" * 10 * 1024 * 1024
    for content, mime in ((pdf(), "application/pdf"), (heavy, "image/jpeg"), (heic(), "image/heic")):
        made = file_call(FileRef("ab" * 32, "现场", mime, 1), content, "1")
        assert (made.method, made.params) == ("sendDocument", {"chat_id": 1, "document": Upload(content, "现场")})


@pytest.mark.parametrize(
    ("method", "error", "gives"),
    [
        ("sendPhoto", ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"), True),
        ("sendPhoto", ApiError(400, "Bad Request: PHOTO_SAVE_FILE_INVALID"), True),
        ("sendPhoto", ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED"), True),
        ("sendPhoto", ApiError(400, "Bad Request: file is too big"), True),
        ("sendPhoto", ApiError(413, "Request Entity Too Large"), True),
        ("sendPhoto", ApiError(400, "Bad Request: chat not found"), False),
        ("sendPhoto", ApiError(403, "Forbidden: bot was blocked by the user"), False),
        ("sendPhoto", ApiError(429, "Too Many Requests", 7), False),
        ("editMessageText", ApiError(400, "Bad Request: message to edit not found"), True),
        ("editMessageText", ApiError(400, "Bad Request: message text is empty"), False),
    ],
)
def test_when_the_other_call_is_made(method: str, error: ApiError, *, gives: bool) -> None:
    assert gives_way(Call(method, {}), error) is gives


def test_a_long_text_is_split_and_its_buttons_stand_under_the_last_part() -> None:
    made = calls(Outbound("判定标准一句话。" * 1000, YES), "1", "55")
    assert [call.method for call in made] == ["sendMessage", "sendMessage"]
    assert ["reply_markup" in call.params for call in made] == [False, True]
    assert all(call.params["text"].endswith("。") for call in made)


@given(st.text(alphabet="安全。！\n <&>😀a. ", max_size=400), st.integers(4, 60))
def test_parts_are_short_and_lose_nothing(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(min_size=1, max_size=60))
def test_whatever_people_write_is_shown_as_it_is(text: str) -> None:
    for call in calls(Outbound(text), "1", None):
        assert shown_text(call.params["text"]) in text


def test_a_part_ends_at_a_line_then_at_a_sentence_then_at_a_comma() -> None:
    assert split("一二三四五。\n六七。八九", 9) == ["一二三四五。", "六七。八九"]
    assert split("一二三四五。六七八九", 8) == ["一二三四五。", "六七八九"]
    assert split("一二三四五，六七八九", 8) == ["一二三四五，", "六七八九"]
    assert split("一" * 20, 8) == ["一" * 8, "一" * 8, "一" * 4]
    assert split("3.5米以下的", 4) == ["3.5米", "以下的"]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ApiError(429, "Too Many Requests: retry after 7", 7), Throttled(NOW + timedelta(seconds=7))),
        (ApiError(429, "Too Many Requests"), Throttled(NOW + timedelta(seconds=5))),
        (ApiError(403, "Forbidden: bot was blocked by the user"), Refused),
        (ApiError(403, "Forbidden: user is deactivated"), Refused),
        (ApiError(400, "Bad Request: chat not found"), Refused),
        (ApiError(400, "Bad Request: PEER_ID_INVALID"), Refused),
        (ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat"), Refused),
        (ApiError(400, "Bad Request: can't parse entities"), Rejected),
        (ApiError(400, "Bad Request: message is too long"), Rejected),
        (ApiError(413, "Request Entity Too Large"), Rejected),
        (ApiError(401, "Unauthorized"), ChannelDown),
        (ApiError(404, "Not Found"), ChannelDown),
        (ApiError(409, "Conflict"), ChannelDown),
    ],
)
def test_what_a_refusal_means(error: ApiError, expected: object) -> None:
    came = outcome(error, NOW)
    assert came == expected or type(came) is expected


def test_refusals_that_are_none() -> None:
    assert is_not_modified(ApiError(400, "Bad Request: message is not modified: specified new message content …"))
    assert is_too_late(
        ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    )
    assert not is_too_late(ApiError(400, "Bad Request: chat not found"))


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (502, "<html><h1>502 Bad Gateway</h1></html>"),
        (200, ""),
        (200, "[]"),
        (500, '{"ok":false,"error_code":500,"description":"Internal Server Error"}'),
        (503, '{"ok":false,"error_code":503}'),
        (200, '{"ok":true}'),
        (200, '{"ok":"yes","error_code":999}'),
        (200, "\0\ud800" + "[" * 100_000),
    ],
)
def test_what_is_no_answer(status: int, body: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        result(status, body.encode("utf-8", "surrogatepass"))
    assert not isinstance(caught.value, UnreadableError)


@pytest.mark.parametrize("inside", ["[" * 10_000, "9" * 5_000, '"' + "x" * 99, "[1, 2,,]"])
def test_an_answer_that_is_well_and_cannot_be_read_shows_how_it_begins(inside: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        result(200, f'{{"ok":true,"result":[{{"update_id":7,"message":{inside}'.encode())
    assert b'"update_id":7' in caught.value.head
    assert len(caught.value.head) <= HEAD


@pytest.mark.parametrize(
    ("parameters", "wait"),
    [
        ('{"retry_after": 3}', 3),
        ('{"retry_after": 1e9}', LONGEST_PAUSE),
        ('{"retry_after": -1}', None),
        ('{"retry_after": true}', None),
        ('{"retry_after": "soon"}', None),
        ('{"retry_after": NaN}', None),
        ('{"retry_after": [3]}', None),
        ("[3]", None),
        ('"3"', None),
        ("null", None),
    ],
)
def test_how_long_the_platform_asks_to_wait(parameters: str, wait: float | None) -> None:
    with pytest.raises(ApiError) as caught:
        result(429, f'{{"ok":false,"error_code":[429],"description":{{}},"parameters":{parameters}}}'.encode())
    assert (caught.value.code, caught.value.retry_after) == (429, wait)


def test_an_answer_that_refuses() -> None:
    body = '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":3}}'
    with pytest.raises(ApiError) as caught:
        result(429, body.encode())
    assert (caught.value.code, caught.value.retry_after) == (429, 3)
    assert result(200, b'{"ok":true,"result":[1]}') == [1]
