"""What we say, in Telegram's words: an Outbound becomes calls, an error becomes an Outcome. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any, Final

from bot.channels.telegram.api import ApiError, Upload
from bot.channels.telegram.shapes import size_of
from talk.messages import TEXT_LIMIT, Broken, ChannelDown, FileRef, Outbound, Outcome, Refused, Rejected, Throttled

DOCUMENT_LIMIT: Final = 50 * 1024 * 1024
PHOTO_LIMIT: Final = 10 * 1024 * 1024
"""Bytes that a bot may send as a document, and as a photo (Bot API, "Sending files")."""
PHOTO_SIDES: Final = 10_000
PHOTO_RATIO: Final = 20
"""What width and height of a photo may come to together, and how often the one may go into the other (`sendPhoto`)."""
PHOTOS: Final = frozenset({"image/jpeg", "image/png", "image/webp"})

DEFAULT_WAIT: Final = 5.0
"""Seconds to wait where the platform asks for patience and does not say how long."""

_ENDS = (re.compile(r"\n"), re.compile(r"[。！？；…]|[.!?;](?=\s)"), re.compile(r"[，、：,:\s]"))
"""Where a long text may be cut, the best place first."""

_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_is_blocked",
    "user is deactivated",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "group chat was upgraded",
    "group chat was deactivated",
)
_NO_CARD = ("message to edit not found", "message can't be edited", "message_id_invalid", "message identifier is not")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API; `instead` is made where the message to be edited is no longer there, or the platform
    takes a picture for no photo.
    """

    method: str
    params: dict[str, Any]
    instead: "Call | None" = None


def calls(message: Outbound, chat: str, replaces: str | None) -> list[Call]:
    """The calls that say the words of a message, in order; the first one carries the id of the card. `replaces` is the
    platform's id of the message that this one renews.
    """
    parts = split(message.text, TEXT_LIMIT)
    said = [_text(part, chat, message if number == len(parts) else None) for number, part in enumerate(parts, 1)]
    if replaces is not None and len(said) == 1:
        params = {**said[0].params, "message_id": int(replaces)}
        said = [Call("editMessageText", params, said[0])]
    return said


def file_call(file: FileRef, content: bytes, chat: str) -> Call:
    """The call that sends a file: as a photo where the platform shows it as one, else as a document, whole."""
    upload = Upload(content, file.name)
    document = Call("sendDocument", {"chat_id": int(chat), "document": upload})
    if file.mime not in PHOTOS or len(content) > PHOTO_LIMIT:
        return document
    size = size_of(content)
    if size is not None and (sum(size) > PHOTO_SIDES or max(size) > PHOTO_RATIO * min(size)):
        return document
    return Call("sendPhoto", {"chat_id": int(chat), "photo": upload}, document)


def units(text: str) -> int:
    """The length of a text as the platform counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
    """A text in parts of at most `limit` units, cut at lines, else at sentences; nothing is lost but the
    white space at the cuts.
    """
    parts: list[str] = []
    rest = text.strip()
    while units(rest) > limit:
        window = _window(rest, limit)
        cut = _cut(window)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _window(text: str, limit: int) -> str:
    window = text[:limit]
    while units(window) > limit:
        window = window[: len(window) - max(1, (units(window) - limit) // 2)]
    return window


def _cut(window: str) -> int:
    for end in _ENDS:
        places = [found.end() for found in end.finditer(window)]
        # A cut near the beginning would make parts of a line each.
        if places and places[-1] > len(window) // 2:
            return places[-1]
    return len(window)


def outcome(error: ApiError, now: datetime) -> Outcome:
    """What a refusal of the API means for the message; `now` is real UTC."""
    what = error.description.lower()
    match error.code:
        case 429:
            return Throttled(now + timedelta(seconds=error.retry_after or DEFAULT_WAIT))
        case 401 | 404 | 409:
            return ChannelDown(str(error))
        case 403:
            return Refused(error.description)
        case 400 if any(sign in what for sign in _GONE):
            return Refused(error.description)
        case code if code < 500:
            return Rejected(str(error))
        case _:
            return Broken(str(error))


def is_not_modified(error: ApiError) -> bool:
    """The card shows this text already."""
    return error.code == 400 and "message is not modified" in error.description.lower()


def gives_way(call: Call, error: ApiError) -> bool:
    """Whether the call that a call has `instead` is to be made after an error: the card to renew is no longer there or
    too old, or the platform shows this picture to nobody as a photo.
    """
    what = error.description.lower()
    if call.method == "sendPhoto":
        return error.code == 413 or (error.code == 400 and not any(sign in what for sign in _GONE))
    return error.code == 400 and any(sign in what for sign in _NO_CARD)


def is_too_late(error: ApiError) -> bool:
    """A tap was answered too late: the phone has stopped waiting for it by itself."""
    what = error.description.lower()
    return error.code == 400 and ("query is too old" in what or "query id is invalid" in what)


def _text(part: str, chat: str, last: Outbound | None) -> Call:
    params = {"chat_id": int(chat), **_marked(part), "link_preview_options": {"is_disabled": True}}
    return Call("sendMessage", {**params, **(_keyboard(last) if last is not None else {})})


def _marked(text: str) -> dict[str, Any]:
    """A text as HTML: people's own signs escaped, the bureau's signature and title in bold."""
    first, line, rest = escape(text, quote=False).partition("\n")
    if line and first.startswith("【"):
        first = f"<b>{first}</b>"
    return {"text": f"{first}{line}{rest}", "parse_mode": "HTML"}


def _keyboard(message: Outbound) -> dict[str, Any]:
    if not message.buttons:
        return {}
    rows = [[{"text": button.text, "callback_data": button.data} for button in row] for row in message.buttons]
    return {"reply_markup": {"inline_keyboard": rows}}
