"""The one way to say no: a use case raises before its first write, and whoever called it tells the person why."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from service.core import denials
from service.core.letters import Draft, send
from service.core.unit_of_work import Speaker, UnitOfWork
from talk.actions import Tap
from talk.texts import Phrase, Say

T = TypeVar("T")


class RefusedError(Exception):
    """Somebody wants what cannot be, or not by them: `say` tells what is wrong and what to do.

    The transaction goes on and commits, with the reply in it: so it must be raised before anything is written that only
    makes sense together with what was refused.
    """

    def __init__(self, say: Phrase, *more: Phrase, taps: tuple[Tap, ...] = ()) -> None:
        super().__init__(say)
        self.say = say
        self.card = Draft((say, *more), taps)
        self.denied = False
        """Whether it is about a permission, and so of interest to the audit."""

    @classmethod
    def with_card(cls, card: Draft) -> "RefusedError":
        """The refusal of what is no more as its button showed it: the card as it is now says so."""
        refused = cls(next(line for line in card.lines if line is not None))
        refused.card = card
        return refused


def not_allowed() -> RefusedError:
    """Return the refusal of what is another's or does not exist: it does not tell which."""
    refused = RefusedError(Say("not-allowed"))
    refused.denied = True
    return refused


def existing(found: T | None) -> T:
    """Return what was looked up; RefusedError where there is nothing."""
    if found is None:
        raise not_allowed()
    return found


@contextmanager
def saying_refusals(uow: UnitOfWork, me: Speaker) -> Iterator[None]:
    """Run a use case for somebody, and answer them with its refusal where it raises one."""
    try:
        yield
    except RefusedError as refused:
        if refused.denied:
            denials.count(uow, denials.REFUSED, me.person or None)
        send(uow, me, refused.card)
