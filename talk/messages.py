"""What passes between a person and the bot, in words that no platform owns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypedDict

import msgspec

from talk.cleaning import tidy
from talk.texts import Say

TEXT_LIMIT = 4096
"""UTF-16 units of one message at the most, on the platforms that have a limit; their clients send what is longer in
several.
"""
BUTTON_DATA_BYTES = 64
"""The most that a button may carry: the limit of the tightest platform."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached: self-built apps live inside one tenant, hence the account."""

    channel: str
    account: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what is read on it, and what comes back when it is tapped."""

    text: str
    data: str

    def __post_init__(self) -> None:
        if len(self.data.encode()) > BUTTON_DATA_BYTES:
            raise ValueError(f"button data over {BUTTON_DATA_BYTES} bytes: {self.data!r}")


class _StoredFile(msgspec.Struct, array_like=True):
    """A reference to a file as it is stored; before photos were looked at nothing said when they were taken."""

    sha256: str
    name: str
    mime: str
    size: int
    taken: str | None = None


class _StoredBody(TypedDict):
    text: str
    buttons: list[list[tuple[str, str]]]
    files: list[list[Any]]
    card: str | None


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file already kept in the data folder, named by its content."""

    sha256: str
    name: str
    mime: str
    size: int
    taken: str | None = field(default=None, compare=False)
    """When a photo was taken, as ISO 8601 by the clock of the phone, which tells no zone; "": it does not say. None:
    nobody has looked, since files were kept as they came; such a photo says it itself.
    """

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture."""
        return self.mime.startswith("image/")

    def as_json(self) -> list[str | int]:
        """As answers, steps and letters store it: [hash, name, type, bytes], and when it was taken."""
        return [self.sha256, self.name, self.mime, self.size, *([] if self.taken is None else [self.taken])]

    @classmethod
    def from_json(cls, stored: Sequence[Any]) -> "FileRef":
        """The reference out of what `as_json` stored; ValueError (msgspec.ValidationError) where it is none."""
        return cls(*msgspec.structs.astuple(msgspec.convert(stored, _StoredFile)))


@dataclass(frozen=True, slots=True)
class Replied:
    """The message to which another one is the reply, as the platform tells it with that."""

    message_id: str
    own: bool = False
    """Whether it is the person's own, not one of the bot."""
    text: str = ""
    buttons: tuple[str, ...] = ()
    """What its buttons carry."""


class Kind(StrEnum):
    """What a person did."""

    TEXT = "text"
    BUTTON = "button"
    FILE = "file"
    EDITED = "edited"
    UNSUPPORTED = "unsupported"
    GROUP = "group"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"


@dataclass(frozen=True, slots=True)
class Inbound:
    """One update of a platform, translated; `raw` is kept in the inbox as it came. This is the one door of whatever
    people type on any channel: what nobody sees, and what no database or document holds, does not come through.
    """

    address: Address
    update_id: int
    """By which the updates of a person are in order: the platform's own number, or one that rises, such as the
    milliseconds at which it was sent, where the platform gives none.
    """
    at: datetime
    """When it was sent, as the platform says: real time, in a rehearsal too; long ago where there was no signal."""
    kind: Kind
    text: str = ""
    data: str = ""
    """What the tapped button carried."""
    files: tuple[FileRef, ...] = ()
    message_id: str | None = None
    """The platform's id of the card that a button stands on."""
    sender_name: str = ""
    language: str | None = None
    raw: Mapping[str, Any] = field(default_factory=dict[str, Any])
    act: str | None = None
    """What several updates of the person are part of, as the platform says: an album, the edits of one message."""
    parts: tuple["Inbound", ...] = ()
    """The updates that were put together, in their order; nothing: it is one update."""
    undated: bool = False
    """Whether nobody knows how long before `at` it was sent: a tap has no date, and was kept for us while we were away.
    """
    reply: Replied | None = None
    borrowed: bool = False
    """Whether it is not its sender's own: forwarded, or put together by another bot."""
    left_out: bool = False
    """Whether something came with it that is neither words nor a file."""
    remarks: tuple[Say, ...] = ()
    """What its sender must be told besides: why a file of it was not kept."""
    event: str = ""
    """The platform's own key, by which a repeat is known, unique in the account; not given: the number."""

    def __post_init__(self) -> None:
        if not self.event:
            object.__setattr__(self, "event", str(self.update_id))
        for name in ("text", "data", "sender_name"):
            object.__setattr__(self, name, tidy(getattr(self, name)))

    @property
    def updates(self) -> "tuple[Inbound, ...]":
        """The updates of which it consists."""
        return self.parts or (self,)


def together(parts: Sequence[Inbound]) -> Inbound:
    """Return updates that belong together as one message, which carries the number of the first: the files of all, and
    the words of all, wherever in an album they stand.
    """
    first = parts[0]
    if len(parts) == 1:
        return first
    files = tuple(dict.fromkeys(file for part in parts for file in part.files))
    text = ""
    for more in (part.text for part in parts if part.text):
        # A client cuts a long text at its limit, or between two lines before it.
        text += more if len(text) % TEXT_LIMIT == 0 else f"\n{more}"
    said = any(part.kind is not Kind.UNSUPPORTED for part in parts)
    return replace(
        first,
        kind=Kind.FILE if files else Kind.TEXT if said else Kind.UNSUPPORTED,
        text=text,
        files=files,
        act=first.act if all(part.act == first.act for part in parts) else None,
        parts=tuple(parts),
        left_out=any(part.left_out for part in parts),
        remarks=tuple(dict.fromkeys(remark for part in parts for remark in part.remarks)),
    )


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to a person. `card` names a message that later ones with the same name replace
    where the channel can edit; elsewhere they are sent anew. What leaves is words with their buttons, or one file.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[FileRef, ...] = ()
    card: str | None = None

    @property
    def words(self) -> "Outbound":
        """The message without its files."""
        return replace(self, files=())

    def to_json(self) -> dict[str, Any]:
        """The neutral body that the outbox stores."""
        return {
            "text": self.text,
            "buttons": [[[button.text, button.data] for button in row] for row in self.buttons],
            "files": [file.as_json() for file in self.files],
            "card": self.card,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Outbound":
        """The message back from its stored body; ValueError (msgspec.ValidationError) where it is none."""
        stored = msgspec.convert(body, _StoredBody)
        return cls(
            text=stored["text"],
            buttons=tuple(tuple(Button(*pair) for pair in row) for row in stored["buttons"]),
            files=tuple(FileRef.from_json(parts) for parts in stored["files"]),
            card=stored["card"],
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it. "Message is not modified" is Sent too."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Throttled:
    """The platform asks to wait until an instant (UTC); the attempt does not count."""

    until: datetime
    whole_account: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The person blocked the bot or is gone: no more sends, and onto the phone list."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The message itself is at fault: kept for the operator, the person is left untouched."""

    reason: str
    ours: bool = False
    """The platform did not refuse it: its file is not kept here any more, or does not open."""


@dataclass(frozen=True, slots=True)
class ChannelDown:
    """The account cannot send at all (401, 409): it stops, attempts stay as they are."""

    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Nobody knows whether it arrived: tried again later, with backoff and an end."""

    reason: str


Outcome = Sent | Throttled | Refused | Rejected | ChannelDown | Broken


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do; what it cannot falls back to text with numbered options."""

    buttons: bool = True
    edits: bool = True
    text_limit: int = TEXT_LIMIT


class Channel(Protocol):
    """The sending half of a channel."""

    name: str
    account: str
    capabilities: Capabilities
    rate: float
    """Deadlines and notices a second that the account may send; 0: any number."""

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> Outcome:
        """Send words, or one file, once, or edit the message `replaces` in place; never raises for what a platform
        does.
        """
        ...


class Receiver(Protocol):
    """The receiving half of a channel. It turns what the platform says into an `Inbound` each, keeps its files first,
    and tells the platform that a message was taken only after `App.take` has returned, which is after the commit.
    """

    async def run(self, ready: Callable[[str], None]) -> None:
        """Receive until cancelled. `ready` is told once how the bot is called on the platform, when that is known."""
        ...


LinkMaker = Callable[[str, str], str]
"""From how the bot is called on a platform and a start word to the address that opens the bot with that word. The
word comes back as the text `/start WORD`.
"""
