"""Choices from a list that is longer than a message has buttons: all its lines stand in the hint with their numbers,
the first few are buttons too, and every line is taken by its number or its words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from talk.asking import Hint, Option
from talk.questions import Choice, Choices, Picked
from talk.texts import CHINESE, Phrase, Say, render

BUTTONS: Final = 4
"""Lines that are buttons too; beside them stand 完成 or 说不准, and 上一步."""
BUTTON_LETTERS: Final = 7
"""Chinese letters on a button at the most."""


def fits_button(label: Phrase) -> bool:
    """Whether a label can stand on a button: one letter is too little, more than seven are too many."""
    return 1 < len(render(label, CHINESE)) <= BUTTON_LETTERS


def numbered(lines: Iterable[tuple[str, Phrase]]) -> tuple[Option, ...]:
    """The options of a list of ids with their labels: where a label fits no button, its button says its number."""
    return tuple(
        Option(id_, label, None if fits_button(label) else Say("pick-button", number=number))
        for number, (id_, label) in enumerate(lines, 1)
    )


@dataclass(frozen=True, kw_only=True)
class ListChoice(Choice):
    """One line of a list. `pinned` is the id of the line whose button is always there, behind those of the first."""

    buttons: int = BUTTONS
    pinned: str | None = None
    accepted: Say
    """What may be replied."""
    unlisted: Say | None = None
    """What is said to words that name no line; None: what is said to every answer that is not understood."""

    def options(self, at: datetime) -> tuple[Option, ...]:
        every = super().options(at)
        first = [option for option in every if option.id != self.pinned][: self.buttons]
        return (*first, *(option for option in every if option.id == self.pinned))

    def read(self, text: str, at: datetime) -> str | Hint:
        named = self.named(text, at)
        if named is None and self.unlisted is not None and text.strip():
            return Hint(self.unlisted)
        return named or self.refusal(text)

    def accepts(self) -> Say:
        return self.accepted


@dataclass(frozen=True, kw_only=True)
class ListChoices(Choices):
    """Several lines of a list. With `none_is_all` the button `nothing` stands for all of them, and reads back so."""

    buttons: int = BUTTONS
    none_is_all: bool = False

    def options(self, at: datetime) -> tuple[Option, ...]:
        lines = (option for option in self.choices[: self.buttons] if fits_button(option.shown))
        return (*lines, *(option for option, _ in self.offers(at)))

    def describe(self, value: Picked) -> Phrase:
        if self.none_is_all and self.nothing is not None and not value.ids:
            return self.nothing
        return super().describe(value)
