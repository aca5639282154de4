"""What a person can start outside a conversation: commands that are typed, and actions behind the buttons of cards.

An action is declared once, with the types of its arguments. A card makes a button from it (`SHOW.tap(label, 41)`), and
its handler is registered to it (`bot.handlers.subject`), so that what a button carries is written and read in one
place: `a:<verb>:<argument>:<argument>…`. Buttons stay in chats for years: a verb and the order of its arguments never
change, and a new argument comes last, with a default. A verb may be of two words (`annex:show`).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar, TypeVarTuple, overload
from unicodedata import normalize

from talk.messages import BUTTON_DATA_BYTES, Inbound
from talk.texts import Phrase

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
Args = TypeVarTuple("Args")

ACTION: Final = "a"
"""How the data of a card's button begin; those of a question's button begin otherwise (`service.talks.prompting`)."""
DIGITS: Final = 18
"""Digits of a number at the most: what is longer no database holds as the number of a row."""


class MalformedError(ValueError):
    """What a button carries does not fit its action: it was made up, or is older than any that we read."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A button in phrases; `data` comes back when it is tapped."""

    label: Phrase
    data: str


@dataclass(frozen=True, slots=True)
class Arg(Generic[T]):
    """One argument of an action: how it is written into a button, and read again (ValueError: it is none of ours)."""

    read: Callable[[str], T]
    write: Callable[[T], str] = str
    default: T | None = None
    """What an older button means that does not carry it yet; None: every button must carry it."""


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= DIGITS):
        raise ValueError(text)
    return int(text)


def is_row_number(text: str) -> bool:
    """Whether a text can be the number of a row, as people type it after a command."""
    return text.isascii() and text.isdecimal() and len(text) <= DIGITS


NUMBER: Final = Arg(_number)
"""The number of a row, or a place in a list that begins with 0."""
PAGE: Final = Arg(lambda text: max(_number(text), 1) if is_row_number(text) else 1, default=1)
"""A page of a list, from 1, which is also what anything else than a number means; a list shows its last page where it
has become shorter.
"""
PLACE: Final[Arg[int | None]] = Arg(
    lambda text: _number(text) if text else None, lambda place: "" if place is None else str(place)
)
"""A place by its number in the pack, since names are too long for a button; nothing: the city."""
WORD: Final = Arg(str)
"""A word without a colon: a code, an id of the pack, the name of a period."""
MAYBE: Final = Arg(str, default="")
"""A word that may be left out."""


def one_of(words: Iterable[T]) -> Arg[T]:
    """One of a few words: the members of a StrEnum, or the values of a Literal (`get_args`)."""
    known = {str(word): word for word in words}

    def read(text: str) -> T:
        if text not in known:
            raise ValueError(text)
        return known[text]

    return Arg(read)


class Action(Generic[*Args]):
    """What a button of a card does: a verb, and arguments of fixed types."""

    __slots__ = ("_args", "for_strangers", "verb")

    def __init__(self, verb: str, *args: Arg[Any], for_strangers: bool = False) -> None:
        """`for_strangers`: whether people who have not joined can do it, too."""
        self.verb = verb
        self.for_strangers = for_strangers
        self._args = args

    def data(self, *values: *Args) -> str:
        """What a button carries, 64 bytes at most; ValueError where it would be longer.

        Arguments at the end that are what they would be if they were left out are left out.
        """
        typed: tuple[Any, ...] = values
        given = list(zip(self._args, typed, strict=True))
        while given and given[-1][0].default is not None and given[-1][1] == given[-1][0].default:
            given.pop()
        written = [arg.write(value) for arg, value in given]
        data = ":".join((ACTION, self.verb, *written)) if written else f"{ACTION}:{self.verb}:"
        if len(data.encode()) > BUTTON_DATA_BYTES:
            raise ValueError(f"button data over {BUTTON_DATA_BYTES} bytes: {data!r}")
        return data

    def tap(self, label: Phrase, *values: *Args) -> Tap:
        """A button that does this."""
        return Tap(label, self.data(*values))

    def read(self, rest: str) -> tuple[*Args]:
        """The arguments out of what follows the verb; the last one may hold colons. MalformedError: they are none."""
        return self._read(rest)

    def _read(self, rest: str) -> tuple[Any, ...]:
        if not self._args:
            return ()
        nothing = not rest and self._args[0].default is not None
        words = [] if nothing else rest.split(":", len(self._args) - 1)
        try:
            return tuple(
                arg.read(words[place]) if place < len(words) else _default(arg) for place, arg in enumerate(self._args)
            )
        except ValueError as error:
            raise MalformedError(f"{self.verb}:{rest}") from error

    def is_behind(self, tap: Tap) -> bool:
        """Whether a button does this, with whatever arguments."""
        return self.is_in(tap.data)

    def is_in(self, data: str) -> bool:
        """Whether what a button carries asks for this, with whatever arguments."""
        return data.startswith(f"{ACTION}:{self.verb}:")

    def __repr__(self) -> str:
        return f"Action({self.verb!r})"


def _default(arg: Arg[T]) -> T:
    if arg.default is None:
        raise ValueError("an argument is missing")
    return arg.default


@overload
def action(verb: str, /, *, for_strangers: bool = ...) -> "Action[()]": ...
@overload
def action(verb: str, a: Arg[A], /, *, for_strangers: bool = ...) -> Action[A]: ...
@overload
def action(verb: str, a: Arg[A], b: Arg[B], /) -> Action[A, B]: ...
@overload
def action(verb: str, a: Arg[A], b: Arg[B], c: Arg[C], /) -> Action[A, B, C]: ...
@overload
def action(verb: str, a: Arg[A], b: Arg[B], c: Arg[C], d: Arg[D], /) -> Action[A, B, C, D]: ...
def action(verb: str, /, *args: Arg[Any], for_strangers: bool = False) -> Action[*tuple[Any, ...]]:
    """An action of up to four arguments."""
    return Action(verb, *args, for_strangers=for_strangers)


@dataclass(frozen=True, slots=True)
class Command:
    """What a person can type after a slash; the words behind it are read by its handler."""

    name: str
    for_strangers: bool = False
    """Whether it also answers people who have not joined."""
    link: str = ""
    """How a start word begins that calls it: a platform's link to the bot says `/start` with such a word."""


_TYPED: Final = re.compile(r"[/⁄∕、]\s*([A-Za-z]+)(?:@\w*)?(?:[\s:,;.!。]+(.*))?", re.DOTALL)


def typed_command(text: str) -> tuple[str, str] | None:
    """Return the name of the command that a text has the looks of, in small letters, and the words behind it; None: it
    is no command, as `/2号车间`, `/dev/null` and `//` are none. Whether there is such a command is not asked here.

    People type the slash in full width, or 、, which is on its key; some platforms write `/tasks@name_of_the_bot` where
    several bots listen.
    """
    head = re.match(r"\s*\S+(?:(?<=[/／⁄∕、])\s+\S+)?", text)
    if head is None:
        return None
    found = _TYPED.fullmatch(normalize("NFKC", head[0]).strip() + text[head.end() :])
    return None if found is None else (found[1].lower(), (found[2] or "").strip())


@dataclass(frozen=True, slots=True)
class Listener:
    """What a subject listens to outside its own questions: messages that name something of it."""

    concerns: Callable[[Inbound], bool]
    """Whether a message may be meant for it, by its looks alone: asked of every message, so it must be cheap."""
    before_questions: bool
    """Whether it comes before the question that is in front of the person, or after that did not take the message."""


@dataclass(frozen=True, slots=True)
class Urgent:
    """What does not wait behind an earlier message of the same person, of which a file is still to be fetched."""

    concerns: Callable[[Inbound], bool]
    """Whether a message is urgent, by its looks alone: asked of every message, so it must be cheap."""
