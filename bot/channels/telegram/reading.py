"""What Telegram says, in the neutral words: an update's JSON becomes an Inbound, or nothing. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.channels.telegram.api import NAME
from talk.messages import TEXT_LIMIT, Address, FileRef, Inbound, Kind, Replied
from talk.texts import Say

WANTED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that are asked for; the platform keeps the others to itself."""

NUMBERS: Final = 2**52
"""Numbers of updates are below this: the widest integers of the Bot API have 52 bits."""

FAR: Final = 2**32
"""Seconds since 1970: the platform's dates are below this until 2106."""

BORROWED: Final = "borrowed"
"""What messages have in common that are forwarded in one go."""

CUT: Final = "cut"
"""What the parts of a text have in common that was longer than the platform's limit: clients cut in its second half."""

_UNKEPT: Final = re.compile("[\0\ud800-\udfff]")

_OTHER_CONTENT: Final = frozenset(
    {
        "animation", "audio", "checklist", "contact", "dice", "game", "invoice", "location", "paid_media",
        "poll", "sticker", "story", "venue", "video", "video_note", "voice",
    }
)  # fmt: skip
"""What a person can send that is neither words nor a file; all else in a private chat are notes of the
platform itself ("pinned a message"), which nobody needs an answer to."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A file that still lies with the platform; `size` is in bytes, 0 where it is not told."""

    id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update that concerns us: the message, its files still to be fetched, the tap to be answered."""

    inbound: Inbound
    files: tuple[Remote, ...] = ()
    callback: str | None = None
    since: datetime | None = None
    """When what is forwarded was sent first."""

    @property
    def kin(self) -> str | None:
        """What the updates have in common that come with it, if any do; None: it stands alone."""
        if self.inbound.kind is Kind.EDITED:
            return None
        if self.inbound.borrowed:
            return BORROWED
        if self.inbound.act is not None:
            return self.inbound.act
        return CUT if self.inbound.kind is Kind.TEXT and self.is_cut else None

    @property
    def is_cut(self) -> bool:
        """Whether it may be the beginning of a text that a client sends in several messages."""
        return not self.files and len(self.inbound.text) >= TEXT_LIMIT // 2

    def with_files(self, files: Sequence[FileRef | Say], zone: ZoneInfo) -> Inbound:
        """Return the message once its files are kept, or it is known why not; without any its words alone are left. A
        photo that is forwarded was taken before it was sent first, which is all that is known of that; `zone` is that
        of the phones.
        """
        kept = tuple(file for file in files if isinstance(file, FileRef))
        if self.since is not None:
            taken = self.since.astimezone(zone).replace(tzinfo=None).isoformat()
            kept = tuple(replace(file, taken=file.taken or taken) if file.is_picture else file for file in kept)
        why = tuple(file for file in files if isinstance(file, Say))
        kind = self.inbound.kind if kept or not why else Kind.TEXT if self.inbound.text else Kind.UNSUPPORTED
        return replace(self.inbound, kind=kind, files=kept, remarks=(*self.inbound.remarks, *why))


def number_of(update: object) -> int | None:
    """The number of an update; None for what has none that the platform could have given."""
    number = update.get("update_id") if isinstance(update, Mapping) else None
    usable = isinstance(number, int) and not isinstance(number, bool) and 0 < number < NUMBERS
    return number if usable else None


def read(update: Mapping[str, Any], account: str, at: datetime, *, late: bool = False) -> Incoming | None:
    """An update as it concerns us; None for one that wants nothing. `at`: when it came, for those undated; `late`: it
    may have been sent long before.

    Raises whatever it meets in an update that is not of the shape that the platform promises.
    """
    for kind in WANTED:
        if kind in update:
            incoming = _READERS[kind](update, update[kind], account, at)
            if incoming is None:
                return None
            undated = late and kind == "callback_query"
            return _checked(replace(incoming, inbound=replace(incoming.inbound, undated=undated)))
    return None


def _checked(incoming: Incoming) -> Incoming:
    """What was read, once every part of it has the type that its name promises."""
    inbound = incoming.inbound
    reply = inbound.reply or Replied("")
    written = (inbound.text, inbound.data, inbound.sender_name, inbound.language or "", incoming.callback or "")
    texts = (*written, reply.text, *reply.buttons)
    names = (text for file in incoming.files for text in (file.id, file.name))
    if not all(isinstance(text, str) for text in (*texts, *names)):
        raise TypeError("a text is none")
    if not all(isinstance(file.size, int) for file in incoming.files):
        raise TypeError("a size is none")
    said = replace(
        inbound,
        text=_plain(inbound.text),
        data=_plain(inbound.data),
        sender_name=_plain(inbound.sender_name),
        act=None if inbound.act is None else _plain(inbound.act),
    )
    files = tuple(replace(file, id=_plain(file.id), name=_plain(file.name)) for file in incoming.files)
    return replace(
        incoming,
        inbound=said,
        files=files,
        callback=None if incoming.callback is None else _plain(incoming.callback),
    )


def _plain(text: str) -> str:
    """A text without what no person can type and no database keeps: NUL, halves of surrogate pairs."""
    return _UNKEPT.sub("", text)


def _moment(date: Any) -> datetime:
    """When something was sent; ValueError for what is no time of this platform, which dates back to 2013."""
    if isinstance(date, bool) or not isinstance(date, int) or not 0 <= date < FAR:
        raise ValueError("a date without a time")
    return datetime.fromtimestamp(date, UTC)


def _message(update: Mapping[str, Any], message: Mapping[str, Any], account: str, _: datetime) -> Incoming | None:
    chat = message["chat"]
    at = _moment(message["date"])
    if chat["type"] != "private":
        return _of_group(update, chat, account, at)
    files = tuple(_files(message))
    caption = message.get("caption", "")
    if files:
        origin = message.get("forward_origin")
        since = None if origin is None else _moment(origin["date"])
        return Incoming(_said(update, message, account, at, Kind.FILE, caption), files, since=since)
    if "text" in message:
        return Incoming(_said(update, message, account, at, Kind.TEXT, message["text"]))
    if _OTHER_CONTENT & message.keys():
        said = _said(update, message, account, at, Kind.TEXT if caption else Kind.UNSUPPORTED, caption)
        return Incoming(replace(said, left_out=True))
    return None


def _edited(update: Mapping[str, Any], message: Mapping[str, Any], account: str, at: datetime) -> Incoming | None:
    if message["chat"]["type"] != "private":
        return None
    # Where somebody is now, again and again: the place was answered when it came first.
    if "location" in message:
        return None
    said = _said(update, message, account, at, Kind.EDITED, message.get("text", message.get("caption", "")))
    return Incoming(replace(said, act=f"edit/{int(message['message_id'])}"))


def _tap(update: Mapping[str, Any], query: Mapping[str, Any], account: str, at: datetime) -> Incoming | None:
    # A card that is too old comes without its content, one of another bot's game without data.
    message = query.get("message") or {}
    chat = message.get("chat") or {"id": query["from"]["id"], "type": "private"}
    if chat["type"] != "private":
        group = _of_group(update, chat, account, at)
        return group and Incoming(group.inbound, callback=query["id"])
    inbound = replace(
        _inbound(update, chat, query["from"], account, at, Kind.BUTTON),
        data=query.get("data", ""),
        message_id=str(int(message["message_id"])) if "message_id" in message else None,
    )
    return Incoming(inbound, callback=query["id"])


def _membership(update: Mapping[str, Any], change: Mapping[str, Any], account: str, _: datetime) -> Incoming | None:
    chat = change["chat"]
    at = _moment(change["date"])
    out = change["new_chat_member"]["status"] in ("kicked", "left")
    if chat["type"] != "private":
        return None if out else _of_group(update, chat, account, at)
    return Incoming(_inbound(update, chat, change["from"], account, at, Kind.BLOCKED if out else Kind.UNBLOCKED))


_READERS = {"message": _message, "edited_message": _edited, "callback_query": _tap, "my_chat_member": _membership}


def _of_group(update: Mapping[str, Any], chat: Mapping[str, Any], account: str, at: datetime) -> Incoming | None:
    if chat["type"] == "channel":
        return None
    return Incoming(Inbound(_address(account, chat), update["update_id"], at, Kind.GROUP, raw=update))


def _said(
    update: Mapping[str, Any], message: Mapping[str, Any], account: str, at: datetime, kind: Kind, text: str
) -> Inbound:
    chat = message["chat"]
    album = message.get("media_group_id")
    return replace(
        _inbound(update, chat, message.get("from") or chat, account, at, kind),
        text=text,
        act=None if album is None else f"album/{album}",
        reply=_replied(message),
        borrowed="forward_origin" in message or "via_bot" in message,
        # Of another chat nothing can be known, so what was quoted there is not read.
        remarks=(Say("reply-elsewhere"),) if "external_reply" in message else (),
    )


def _replied(message: Mapping[str, Any]) -> Replied | None:
    former = message.get("reply_to_message")
    if former is None:
        return None
    rows = former.get("reply_markup", {}).get("inline_keyboard", [])
    return Replied(
        str(int(former["message_id"])),
        own=not former.get("from", {}).get("is_bot", False),
        text=former.get("text", former.get("caption", "")),
        buttons=tuple(button["callback_data"] for row in rows for button in row if "callback_data" in button),
    )


def _inbound(
    update: Mapping[str, Any], chat: Mapping[str, Any], who: Mapping[str, Any], account: str, at: datetime, kind: Kind
) -> Inbound:
    return Inbound(
        _address(account, chat),
        update["update_id"],
        at,
        kind,
        sender_name=" ".join(filter(None, (who.get("first_name"), who.get("last_name")))),
        language=who.get("language_code"),
        raw=update,
    )


def _files(message: Mapping[str, Any]) -> list[Remote]:
    if message.get("photo"):
        largest = max(message["photo"], key=lambda size: size["width"] * size["height"])
        day = _moment(message["date"]).strftime("%Y%m%d")
        return [Remote(largest["file_id"], f"{day}-{message['message_id']}.jpg", largest.get("file_size", 0))]
    # An animation comes with a document beside it, for clients of old.
    if "document" in message and "animation" not in message:
        document = message["document"]
        return [Remote(document["file_id"], document.get("file_name", ""), document.get("file_size", 0))]
    return []


def _address(account: str, chat: Mapping[str, Any]) -> Address:
    number = chat["id"]
    if not isinstance(number, int) or isinstance(number, bool) or abs(number) >= NUMBERS:
        raise TypeError("a chat without a number")
    return Address(NAME, account, str(number))
