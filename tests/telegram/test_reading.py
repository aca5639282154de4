"""What Telegram says, in the neutral words: updates as the platform sends them."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.channels.telegram.reading import Remote, number_of, read
from talk.messages import Address, FileRef, Inbound, Kind, Replied
from talk.texts import Say

AT = datetime(2023, 6, 5, 1, 2, 3, tzinfo=UTC)
DATE = 1685926800
SENT_AT = datetime.fromtimestamp(DATE, UTC)
CHAT = {"id": 7001, "first_name": "演丙", "last_name": "郑", "type": "private"}
FROM = {"id": 7001, "is_bot": False, "first_name": "演丙", "last_name": "郑", "language_code": "zh-hans"}
GROUP = {"id": -1001, "title": "安全群", "type": "supergroup"}
BOT = {"id": 123456, "is_bot": True, "first_name": "安嘱", "username": "anzhu_bot"}


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 11, "message": {"message_id": 5, "from": FROM, "chat": CHAT, "date": DATE, **content}}


def changed(status: str, chat: dict[str, Any] = CHAT) -> dict[str, Any]:
    return {
        "update_id": 12,
        "my_chat_member": {
            "chat": chat,
            "from": FROM,
            "date": DATE,
            "old_chat_member": {"user": BOT, "status": "member"},
            "new_chat_member": {"user": BOT, "status": status, "until_date": 0},
        },
    }


def tapped(**content: Any) -> dict[str, Any]:
    return {"update_id": 13, "callback_query": {"id": "q1", "from": FROM, "chat_instance": "1", **content}}


def test_words() -> None:
    update = message(text="/start K7Q4-M2PX", entities=[{"type": "bot_command", "offset": 0, "length": 6}])
    incoming = read(update, "123456", AT)
    assert incoming is not None
    inbound = incoming.inbound
    assert inbound.address == Address("telegram", "123456", "7001")
    assert (inbound.kind, inbound.text, inbound.update_id) == (Kind.TEXT, "/start K7Q4-M2PX", 11)
    assert (inbound.at, inbound.sender_name, inbound.language) == (SENT_AT, "演丙 郑", "zh-hans")
    assert inbound.raw == update
    assert (incoming.files, incoming.callback) == ((), None)


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        (message(sticker={"file_id": "s"}), Kind.UNSUPPORTED),
        (message(voice={"file_id": "v"}), Kind.UNSUPPORTED),
        (message(video={"file_id": "v"}, caption="现场"), Kind.TEXT),
        (message(video_note={"file_id": "v"}), Kind.UNSUPPORTED),
        (message(contact={"phone_number": "1"}), Kind.UNSUPPORTED),
        (message(location={"latitude": 41.8, "longitude": 123.4}), Kind.UNSUPPORTED),
        (message(poll={"id": "1"}), Kind.UNSUPPORTED),
        (message(animation={"file_id": "a"}, document={"file_id": "a"}), Kind.UNSUPPORTED),
        ({"update_id": 11, "edited_message": message(text="新")["message"]}, Kind.EDITED),
        (message(chat=GROUP, text="/tasks@anzhu_bot"), Kind.GROUP),
        (changed("kicked"), Kind.BLOCKED),
        (changed("member"), Kind.UNBLOCKED),
        (changed("member", GROUP), Kind.GROUP),
        (tapped(data="p:AAAA:yes", message={"message_id": 9, "date": DATE, "chat": CHAT}), Kind.BUTTON),
        (tapped(data="p:AAAA:yes", message={"message_id": 9, "date": 0, "chat": CHAT}), Kind.BUTTON),
        (tapped(data="p:AAAA:yes", message={"message_id": 9, "date": DATE, "chat": GROUP}), Kind.GROUP),
        (tapped(data="p:AAAA:yes", inline_message_id="1"), Kind.BUTTON),
    ],
)
def test_what_people_do(update: dict[str, Any], kind: Kind) -> None:
    incoming = read(update, "123456", AT)
    assert incoming is not None
    assert incoming.inbound.kind is kind
    assert incoming.inbound.address.external_id == ("-1001" if kind is Kind.GROUP else "7001")
    assert (incoming.callback == "q1") == ("callback_query" in update)


@pytest.mark.parametrize(
    "update",
    [
        message(pinned_message={"message_id": 1}),
        message(message_auto_delete_timer_changed={"message_auto_delete_time": 60}),
        message(chat={"id": -1002, "type": "channel"}, text="公告"),
        {"update_id": 11, "edited_message": message(chat=GROUP, text="新")["message"]},
        changed("left", GROUP),
        {"update_id": 11, "poll_answer": {"poll_id": "1"}},
        {"update_id": 11},
    ],
)
def test_what_wants_nothing(update: dict[str, Any]) -> None:
    assert read(update, "123456", AT) is None


def test_a_tap() -> None:
    incoming = read(tapped(data="a:show:7", message={"message_id": 9, "date": DATE, "chat": CHAT}), "123456", AT)
    assert incoming is not None
    assert (incoming.inbound.data, incoming.inbound.message_id, incoming.inbound.at) == ("a:show:7", "9", AT)


def test_a_photo_is_its_largest_size() -> None:
    sizes = [
        {"file_id": "small", "width": 90, "height": 60, "file_size": 900},
        {"file_id": "large", "width": 900, "height": 600, "file_size": 90_000},
        {"file_id": "middle", "width": 320, "height": 213},
    ]
    incoming = read(message(photo=sizes, caption="现场"), "123456", AT)
    assert incoming is not None
    assert incoming.files == (Remote("large", "20230605-5.jpg", 90_000),)
    assert (incoming.inbound.kind, incoming.inbound.text) == (Kind.FILE, "现场")


def test_a_document() -> None:
    incoming = read(message(document={"file_id": "d", "file_name": "清单.xlsx", "file_size": 7}), "123456", AT)
    assert incoming is not None
    assert incoming.files == (Remote("d", "清单.xlsx", 7),)
    kept = FileRef("ab" * 32, "清单.xlsx", "text/plain", 7)
    assert incoming.with_files([kept], ZoneInfo("Asia/Shanghai")).files == (kept,)


@pytest.mark.parametrize("number", [2**70, -1, 0, "7", None, True, 1.5, [7], {}])
def test_a_number_that_the_platform_cannot_have_given_is_none(number: Any) -> None:
    assert number_of({"update_id": number}) is None
    assert number_of({"update_id": 7}) == 7
    assert number_of([7]) is number_of({}) is number_of(None) is None


def test_what_no_database_keeps_is_left_out() -> None:
    incoming = read(message(document={"file_id": "d", "file_name": "a\0\ud800b.pdf"}, caption="说\0\udfff明"), "1", AT)
    assert incoming is not None
    assert (incoming.inbound.text, incoming.files[0].name) == ("说明", "ab.pdf")


@pytest.mark.parametrize(
    "update",
    [
        message(text=["a"]),
        message(text={"a": 1}),
        message(text="x", date="yesterday"),
        message(text="x", date=10**18),
        message(text="x", date=-1),
        message(text="x", chat={"id": "7", "type": "private"}),
        message(text="x", chat={"id": 10**20, "type": "private"}),
        message(text="x", chat=[]),
        message(text="x", **{"from": {**FROM, "language_code": ["zh"]}}),
        message(text="x", **{"from": {**FROM, "first_name": ["zh"]}}),
        message(document={"file_id": 7}),
        message(document={"file_id": "d", "file_size": "big"}),
        message(photo={"a": 1}),
        message(photo=[{"width": 1}]),
        {"update_id": 11, "message": None},
        {"update_id": 11, "message": "hello"},
        {"update_id": 11, "my_chat_member": {"chat": CHAT, "from": FROM, "date": DATE}},
        tapped(data=7, message={"message_id": 9, "date": DATE, "chat": CHAT}),
        tapped(data="x", message={"message_id": [9], "date": DATE, "chat": CHAT}),
        {"update_id": 13, "callback_query": {"id": 7, "from": FROM, "data": "x"}},
    ],
)
def test_what_has_not_the_shape_that_the_platform_promises_is_refused(update: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError, KeyError, AttributeError)):
        read(update, "123456", AT)


def test_what_an_update_carries_beside_its_words() -> None:
    """What it replies to, that it is forwarded or another bot's, what it is part of."""
    buttons = {
        "inline_keyboard": [[{"text": "是", "callback_data": "p:AAAA:yes"}, {"text": "网站", "url": "https://x"}]]
    }
    former = {"message_id": 9, "date": DATE, "chat": CHAT, "from": {"id": 1, "is_bot": True}, "text": "主持吗？"}
    said = said_in(message(text="是", reply_to_message={**former, "reply_markup": buttons}))
    assert said.reply == Replied("9", own=False, text="主持吗？", buttons=("p:AAAA:yes",))
    own = said_in(message(text="是", reply_to_message={**former, "from": {"id": 7001, "is_bot": False}}))
    assert own.reply is not None
    assert own.reply.own
    origin = {"type": "hidden_user", "sender_user_name": "李演四", "date": DATE}
    assert said_in(message(text="是", forward_origin=origin)).borrowed
    assert said_in(message(text="是", via_bot={"id": 2, "is_bot": True})).borrowed
    elsewhere = said_in(message(text="是", external_reply={"origin": origin}, quote={"text": "开会"}))
    assert elsewhere.remarks == (Say("reply-elsewhere"),)
    assert not elsewhere.borrowed
    assert said_in(message(photo=[{"file_id": "a", "width": 1, "height": 1}], media_group_id="5")).act == "album/5"


def said_in(update: dict[str, Any]) -> Inbound:
    incoming = read(update, "123456", AT)
    assert incoming is not None
    return incoming.inbound


@pytest.mark.parametrize(("late", "undated"), [(True, True), (False, False)])
def test_a_tap_that_the_platform_kept_for_us_has_no_date(late: bool, undated: bool) -> None:
    tap = tapped(data="p:AAAA:today", message={"message_id": 9, "date": DATE, "chat": CHAT})
    incoming = read(tap, "123456", AT, late=late)
    assert incoming is not None
    assert incoming.inbound.undated is undated
