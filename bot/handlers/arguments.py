"""What buttons and commands bring along: the number of a row, read once for all handlers, and the refusal of others."""

from collections.abc import Callable

from service.core.letters import Draft, answer, send
from service.core.unit_of_work import Speaker, UnitOfWork
from talk.texts import Say

DIGITS = 19


def is_id(argument: str) -> bool:
    """Whether a button's argument can be the number of a row: what is longer no database holds."""
    return argument.isascii() and argument.isdecimal() and len(argument) < DIGITS


def numbered(uow: UnitOfWork, me: Speaker, argument: str, then: Callable[[UnitOfWork, Speaker, int], None]) -> None:
    """Do something to the row whose number the argument is; what is no number is refused like another's row."""
    if is_id(argument):
        then(uow, me, int(argument))
    else:
        answer(uow, me, Say("not-allowed"))


def show(uow: UnitOfWork, me: Speaker, draft: Draft | None) -> None:
    """A card or list, or (None) the refusal."""
    if draft is None:
        answer(uow, me, Say("not-allowed"))
    else:
        send(uow, me, draft)
