"""What a person types of what stands on the screen: which button of a message is meant, and by what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from talk.cleaning import likeness
from talk.messages import Button, Outbound
from talk.parsing import LONGEST, labelled, ordinal
from talk.texts import LANGUAGES, Say, render

_DIGITS: Final = re.compile("[0-9]{1,4}")
_LINE: Final = re.compile(r"([0-9]{1,4})\. (.+)")
_LEAST: Final = 2
"""Letters of a line that are typed for it at the least."""


class By(StrEnum):
    """By what a button was named: by what is read on it, by its number, or by the line of a list that it opens."""

    LABEL = "label"
    NUMBER = "number"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Named:
    """A button that a text names."""

    button: Button
    by: By


def named(text: str, message: Outbound) -> Named | None:
    """Return the button of a message that a text names: by its label; by its number, which is the one that it says of
    itself (第7项) where any of them says one, else its place among them; or by words or a code that stand in the line
    of the list that it opens, and in no other.
    """
    buttons = [button for row in message.buttons for button in row]
    if not buttons or len(text) > LONGEST:
        return None
    data = labelled(text, [(button.data, (button.text,)) for button in buttons])
    if data is not None:
        return Named(next(button for button in buttons if button.data == data), By.LABEL)
    numbered = _numbered(buttons)
    place = ordinal(text)
    if place is not None:
        button = numbered.get(place) if numbered else dict(enumerate(buttons, 1)).get(place)
        return None if button is None else Named(button, By.NUMBER)
    said = likeness(text)
    lines = (_LINE.fullmatch(line) for line in message.text.splitlines())
    meant = [int(line[1]) for line in lines if line and int(line[1]) in numbered and said in likeness(line[2])]
    return Named(numbered[meant[0]], By.LINE) if len(said) >= _LEAST and len(meant) == 1 else None


def _numbered(buttons: Sequence[Button]) -> dict[int, Button]:
    """Return the buttons that say a number of their own, by it."""
    found = {}
    for button in buttons:
        digits = _DIGITS.findall(button.text)
        if len(digits) == 1 and button.text in _labels_of(int(digits[0])):
            found[int(digits[0])] = button
    return found


def _labels_of(number: int) -> set[str]:
    """Return how the button of a line with this number is called."""
    return {render(Say("task-button", number=number), language) for language in LANGUAGES}
