"""What a typed text means of what stands on the screen: a button of the newest message that has any."""

from collections.abc import Sequence
from typing import Any, Final

from service.core.unit_of_work import Speaker, UnitOfWork
from service.talks import prompting
from service.talks.prompting import CARD, EDIT, RETURN, prompt_data
from storage import outbox
from storage.conversations import Prompt
from storage.outbox import Arrived
from talk.actions import Tap
from talk.conversation import Turn
from talk.messages import Outbound
from talk.on_screen import By, Named, named
from talk.parsing import LONGEST, labelled, ordinal
from talk.questions import Choice, Choices, Confirm, Hint, Photo, Question, YesNo
from talk.texts import LANGUAGES, Say, render

NEWEST: Final = 20
"""Messages that are looked at, the newest first."""


def above(uow: UnitOfWork, me: Speaker, prompt: Prompt, text: str) -> Named | None:
    """Return the button that a text names of the newest message with buttons that was sent after a question that waits,
    because its person asked for it: a list, a card, the choice of what to change. None: it names none, or the question
    is the newest.
    """
    if len(text) > LONGEST:
        return None
    newest: Outbound | None = None
    for shown in outbox.on_screen(uow.conn, me.identity.address, NEWEST):
        if _asks(shown, prompt):
            return None if newest is None else named(text, newest)
        if newest is None and shown.kind == "reply" and shown.message.buttons:
            newest = shown.message
    return None


def newest(uow: UnitOfWork, me: Speaker) -> list[Outbound]:
    """Return the messages with buttons on somebody's screen, the newest first."""
    return [shown.message for shown in outbox.on_screen(uow.conn, me.identity.address, NEWEST) if shown.message.buttons]


def is_meant(button: Named, question: Question[Any], value: Any) -> bool:
    """Return whether a text means the button that it names, and not the question behind it, to which it would be
    `value`: a number is the answer where a number is asked for, and what stands in a list where none other is.
    """
    match button.by:
        case By.LABEL:
            return True
        case By.NUMBER:
            return isinstance(value, Hint) or isinstance(question, YesNo | Choice | Choices | Confirm | Photo)
        case By.LINE:
            return isinstance(value, Hint)


def way(turn: Turn, buttons: Sequence[Tap], text: str, value: Any) -> str | None:
    """Return which of the buttons under a question that are no answers to it (上一步, 修改, 完成) a text names: by what
    is read on it or, at the confirmation, by its number or by the answer to change. `value` is what the text would be
    as an answer.
    """
    options = prompting.typed(buttons)
    said = labelled(text, options)
    if said is None and isinstance(value, Hint) and isinstance(turn.question, Confirm):
        said = dict(enumerate((option for option, _ in options), 1)).get(ordinal(text) or 0) or _to_edit(turn, text)
    return said if said is not None and said.startswith("!") else None


def _asks(shown: Arrived, prompt: Prompt) -> bool:
    """Whether a message asks the question of a prompt."""
    if shown.card is not None:
        return shown.card == f"{CARD}{prompt.token}"
    # Before each question had a card of its own, only its buttons told.
    data = [button.data for row in shown.message.buttons for button in row]
    choosing = tuple(prompt_data(prompt.token, f"{verb}:") for verb in (EDIT, RETURN))
    return any(one.startswith(prompt_data(prompt.token, "")) and not one.startswith(choosing) for one in data)


def _to_edit(turn: Turn, text: str) -> str | None:
    """Return the way to the answer that a text names at the confirmation: 修改时间, or 时间 alone."""
    verbs = (render(Say("option-edit"), language) for language in LANGUAGES)
    what = next((text[len(verb) :] for verb in verbs if text.casefold().startswith(verb.casefold())), text)
    return labelled(what, prompting.typed(prompting.chooser(turn.visited, "", option=EDIT).taps))
