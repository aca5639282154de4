"""What a question is: what it accepts, what it offers, how it reads back, and samples of itself."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from talk import parsing
from talk.cleaning import tidy
from talk.messages import FileRef
from talk.texts import LANGUAGES, Phrase, Say, render, shortened

T = TypeVar("T")

ANYONE = "anyone"
PRINCIPAL: Final = "principal"
"""A question that turns on "in person" (亲自, 带队) goes to the principal alone."""

TEXT_LIMIT = 500
"""Characters of an answer at the most, where a question sets no limit of its own."""
QUOTE_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Hint:
    """Why something could not be taken, and what is accepted; it never becomes an answer."""

    what: Say


@dataclass(frozen=True, slots=True)
class Option:
    """A button of a question: its id comes back, its label is read. Where the label is too long for a button
    it stands in the text, numbered, and `button` points to it: 第1项.
    """

    id: str
    label: Phrase
    button: Phrase | None = None

    @property
    def shown(self) -> Phrase:
        """What stands on the button."""
        return self.label if self.button is None else self.button


@dataclass(frozen=True, kw_only=True)
class Question(ABC, Generic[T]):
    """One question of a dialog, remembered by its key.

    `rev` rises when the meaning changes, so that older answers are asked again. `label` is the short
    name in the summary (None: not shown there). `step` is (n, m) where the dialog knows m.
    `on_request` labels the button by which the confirmation offers a question that is not asked in
    turn (附照片); until somebody taps it, the question stands for its `default`.
    """

    key: str
    ask: Phrase
    label: Phrase | None = None
    hint: Phrase | None = None
    rev: int = 1
    by: str = ANYONE
    step: tuple[int, int] | None = None
    on_request: Phrase | None = None

    def __iter__(self) -> Generator["Question[Any]", Any, T]:
        answer: T = yield self
        return answer

    @abstractmethod
    def read(self, text: str, at: datetime) -> T | Hint:
        """What a typed text means, said at the aware moment `at` (campaign time)."""

    def receive(self, files: Sequence[FileRef]) -> T | Hint:
        """What files mean; most questions take none."""
        del files
        return self.refusal("")

    def offers(self, at: datetime) -> tuple[tuple[Option, T], ...]:
        """The buttons, the likely one first, each with the answer that it stands for."""
        del at
        return ()

    def options(self, at: datetime) -> tuple[Option, ...]:
        """The buttons alone."""
        return tuple(option for option, _ in self.offers(at))

    def choose(self, option: str, at: datetime) -> T | Hint:
        """What a tapped option means; one that is not offered, or no longer, is no answer."""
        for offered, value in self.offers(at):
            if offered.id == option:
                return value
        return self.refusal("")

    def named(self, text: str, at: datetime) -> T | None:
        """The answer of the one option that a text names, in any language of the bot."""
        offers = self.offers(at)
        picked = parsing.pick(text, labels([option for option, _ in offers]))
        return next((value for option, value in offers if option.id == picked), None)

    def default(self) -> T:
        """What an `on_request` question stands for while nobody opened it."""
        raise NotImplementedError(f"{type(self).__name__} cannot be left out")

    @abstractmethod
    def describe(self, value: T) -> Phrase:
        """How the answer reads back."""

    def encode(self, value: T) -> Any:
        """The answer as JSON."""
        return value

    @abstractmethod
    def decode(self, stored: Any) -> T:
        """The answer from JSON; raises LookupError, TypeError or ValueError for what no longer fits."""

    @abstractmethod
    def samples(self) -> tuple[T, ...]:
        """Answers that together take every branch, the commonest first."""

    @abstractmethod
    def accepts(self) -> Say:
        """What is accepted, with a real example."""

    def refusal(self, text: str) -> Hint:
        """The hint for a text that was not understood."""
        if len(text) > TEXT_LIMIT:
            return too_long(text, TEXT_LIMIT)
        shown = " ".join(tidy(text).split())
        if not shown:
            return Hint(self.accepts())
        return Hint(Say("hint-not-understood", text=shortened(shown, QUOTE_LIMIT), accepts=self.accepts()))


def too_long(text: str, limit: int) -> Hint:
    """The hint for a text over the limit: nothing of it is kept, nothing is cut silently."""
    return Hint(Say("hint-too-long", limit=limit, length=len(text)))


def labels(options: Sequence[Option]) -> list[tuple[str, tuple[str, ...]]]:
    """What a person may type for each option: its label, or what its button says, in any language of the bot."""
    return [
        (
            option.id,
            tuple(
                render(label, language)
                for label in dict.fromkeys((option.label, option.shown))
                for language in LANGUAGES
            ),
        )
        for option in options
    ]
