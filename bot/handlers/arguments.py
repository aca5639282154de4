"""What buttons and commands bring along: the number of a row, read once for all handlers, and the refusal of others."""

from collections.abc import Callable

from service.letters import Draft, answer, send
from service.work import Speaker, Work
from talk.texts import Say

DIGITS = 19


def is_id(argument: str) -> bool:
    """Whether a button's argument can be the number of a row: what is longer no database holds."""
    return argument.isascii() and argument.isdecimal() and len(argument) < DIGITS


def numbered(work: Work, me: Speaker, argument: str, then: Callable[[Work, Speaker, int], None]) -> None:
    """Do something to the row whose number the argument is; what is no number is refused like another's row."""
    if is_id(argument):
        then(work, me, int(argument))
    else:
        answer(work, me, Say("not-allowed"))


def show(work: Work, me: Speaker, draft: Draft | None) -> None:
    """A card or list, or (None) the refusal."""
    if draft is None:
        answer(work, me, Say("not-allowed"))
    else:
        send(work, me, draft)
