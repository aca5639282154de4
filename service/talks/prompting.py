"""A turn of a dialog as a message: the question, what is accepted, its buttons, the summary."""

from collections.abc import Sequence
from datetime import datetime

from service.core.letters import Draft
from talk.actions import Tap
from talk.conversation import Turn, Visited
from talk.questions import PRINCIPAL, Choices, Confirm, Question
from talk.texts import LANGUAGES, Phrase, Say, render

CARD = "prompt/"
"""How the name of the card begins that a question stands on, before its token."""
BACK = "!back"
EDIT = "!edit"
DONE = "!done"
AGAIN = "!again"
OPEN = "!open"
RETURN = "!return"
DISCARD = "!discard"


def prompt_data(token: str, option: str) -> str:
    """Return what a prompt's button carries: the token of the prompt and the option."""
    return f"p:{token}:{option}"


def draft(turn: Turn, token: str, picked: Sequence[str], at: datetime, *, remark: str | None, returns: bool) -> Draft:
    """The message that asks a turn's question.

    `picked` are the toggles of a several-choice; `remark` is what somebody who returned it said;
    `returns`: the confirmation may be sent back to whoever filled it in.
    """
    question = turn.question
    lines: list[Phrase | None] = [Say("returned-remark", remark=remark) if remark else None]
    if isinstance(question, Confirm):
        lines.append(Say("confirm-check"))
        lines.extend(summary(turn.visited))
    lines.append(_asked(question))
    # Without a hint or a button of its own a question would not say what it accepts.
    lines.append(question.hint if question.hint is not None or question.options(at) else question.accepts())
    return Draft(
        tuple(lines),
        taps(turn, token, picked, at, returns=returns),
        # A several-choice is renewed in place with every toggle; a reply is known by it to answer this question.
        card=f"{CARD}{token}",
    )


def summary(visited: Sequence[Visited]) -> list[Phrase]:
    """Return what was answered, a line each, by the short names of the questions."""
    return [
        Say("summary-line", label=passed.question.label, value=passed.question.describe(passed.value))
        for passed in visited
        if passed.question.label is not None and not isinstance(passed.question, Confirm)
    ]


def chooser(visited: Sequence[Visited], token: str, *, option: str) -> Draft:
    """Return a message with a button for each answer, to change or to send back one of them."""
    taps = [
        Tap(passed.question.label, prompt_data(token, f"{option}:{number}"))
        for number, passed in enumerate(visited)
        if passed.question.label is not None
        and not isinstance(passed.question, Confirm)
        # What only the principal can answer cannot be sent back to the officer.
        and (option == EDIT or passed.question.by != PRINCIPAL)
    ]
    return Draft((Say("edit-which") if option == EDIT else Say("return-which"),), tuple(taps))


def typed(buttons: Sequence[Tap]) -> list[tuple[str, list[str]]]:
    """Return the options behind the buttons of a prompt, each with what may be typed for it (`talk.parsing`)."""
    return [(tap.data.split(":", 2)[2], [render(tap.label, language) for language in LANGUAGES]) for tap in buttons]


def _asked(question: Question[object]) -> Phrase:
    if question.step is None:
        return question.ask
    number, total = question.step
    return Say("ask-with-step", ask=question.ask, number=number, total=total)


def taps(turn: Turn, token: str, picked: Sequence[str], at: datetime, *, returns: bool) -> tuple[Tap, ...]:
    """Return the buttons under a question: its options, then what else can be done there."""
    question = turn.question
    found: list[Tap] = []
    outright = {option.id for option, _ in question.offers(at)} if isinstance(question, Choices) and picked else ()
    for option in question.options(at):
        label = Say("option-picked", label=option.shown) if option.id in picked else option.shown
        # Once something is picked, "none of them" makes room for 完成.
        if option.id not in outright:
            found.append(Tap(label, prompt_data(token, option.id)))
    if isinstance(question, Choices) and (picked or not question.offers(at)):
        found.append(Tap(Say("option-done"), prompt_data(token, DONE)))
    if isinstance(question, Confirm):
        found.append(Tap(Say("option-edit"), prompt_data(token, EDIT)))
        found.extend(
            Tap(extra.on_request, prompt_data(token, f"{OPEN}:{extra.key}"))
            for extra in turn.offered
            if extra.on_request is not None
        )
        if returns:
            found.append(Tap(Say("option-return"), prompt_data(token, RETURN)))
    elif turn.visited:
        found.append(Tap(Say("option-back"), prompt_data(token, BACK)))
    return tuple(found)
