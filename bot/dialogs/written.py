"""Words that must hold something: the number of a document (文号), a note (说明), the names of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from campaign.documents import document_number
from campaign.hazards import is_note
from campaign.identity import unify_text
from talk.asking import Hint, Option
from talk.cleaning import likeness
from talk.naming import LONGEST_NAME
from talk.questions import Text
from talk.texts import Phrase, Say

_APART: Final = "，,；;\n\t/"
"""What stands between names that were typed, beside 、."""


@dataclass(frozen=True, kw_only=True)
class DocumentNumber(Text):
    """文号: the agency, the year, the number. With `or_words` a sentence will do instead; a bare figure never does."""

    or_words: bool = False

    def read(self, text: str, at: datetime) -> str | Hint:
        kept = super().read(text, at)
        if isinstance(kept, Hint) or not kept:
            return kept
        number = document_number(kept)
        if number is None:
            return kept if self.or_words and _words(kept) else Hint(self.accepts())
        year = int(number.partition("〔")[2][:4])
        return Hint(Say("document-number-year", number=number, year=str(year))) if year > at.year else number

    def decode(self, stored: Any) -> str:
        kept = super().decode(stored)
        if kept and not self.or_words:
            number = document_number(kept)
            if number is None:
                # What was taken before its form was looked at is asked again.
                raise ValueError(stored)
            return number
        return kept

    def samples(self) -> tuple[str, ...]:
        return ("沈安委办〔2023〕12号", "") if self.nothing is not None else ("沈安委办〔2023〕12号",)

    def accepts(self) -> Say:
        return Say("document-number-or-words") if self.or_words else Say("document-number-accepts")


def _words(text: str) -> bool:
    """Whether a text says something in words: figures and signs alone name no document."""
    return sum(letter.isalpha() for letter in text) >= 2 and "号" not in text


@dataclass(frozen=True, kw_only=True)
class Note(Text):
    """A note that tells what was seen or decided: 无, 合格 or 1 tell nothing."""

    example: Say

    def read(self, text: str, at: datetime) -> str | Hint:
        kept = super().read(text, at)
        return (
            kept
            if isinstance(kept, Hint) or is_note(kept)
            else Hint(Say("note-empty", text=kept, example=self.example))
        )

    def samples(self) -> tuple[str, ...]:
        return ("报警器已装，现场试验3次正常",)


@dataclass(frozen=True, kw_only=True)
class Reason(Note):
    """One sentence on why two answers are both so that do not agree. It holds of this `pair` alone: where either of
    them is another by now, it is asked again.
    """

    told: Phrase
    """What does not agree."""
    pair: tuple[str, ...]

    def describe(self, value: str) -> Phrase:
        return Say("contradiction-told", told=self.told, why=value)

    def encode(self, value: str) -> Any:
        return {"why": value, "pair": list(self.pair)}

    def decode(self, stored: Any) -> str:
        if stored["pair"] != list(self.pair):
            raise ValueError(stored)
        return super().decode(stored["why"])


@dataclass(frozen=True, kw_only=True)
class Names(Text):
    """Names of people; `me` is a button."""

    me: str

    def offers(self, at: datetime) -> tuple[tuple[Option, str], ...]:
        del at
        return ((Option("me", self.me), self.me),)

    def read(self, text: str, at: datetime) -> str | Hint:
        kept = super().read(text, at)
        if isinstance(kept, Hint):
            return kept
        names = names_apart(kept)
        return name_refused(names) or "、".join(names) or self.refusal(text)

    def decode(self, stored: Any) -> str:
        names = names_apart(super().decode(stored))
        if not names or not all(map(is_name, names)):
            raise ValueError(stored)
        return "、".join(names)

    def samples(self) -> tuple[str, ...]:
        return (self.me,)

    def accepts(self) -> Say:
        return Say("names-accepts")


def is_name(text: str) -> bool:
    """Return whether somebody may be called so: a number is no name."""
    return len(text) <= LONGEST_NAME and not any(letter.isdigit() for letter in text)


def name_refused(names: Iterable[str]) -> Hint | None:
    """Return the hint about the first of some names that is none; None: somebody may be called by each."""
    unsound = next((name for name in names if not is_name(name)), None)
    if unsound is None:
        return None
    return Hint(Say("check-name-unsound", name=unsound[:LONGEST_NAME], limit=LONGEST_NAME))


def names_apart(text: str) -> tuple[str, ...]:
    """Return the names of a line, each once."""
    for mark in _APART:
        text = text.replace(mark, "、")
    names = {likeness(name): unify_text(name) for name in text.split("、")}
    return tuple(name for name in names.values() if name)
