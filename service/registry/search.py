"""Enterprises as people name them: by their code, or by a piece of their name."""

from collections.abc import Callable
from typing import Final

from campaign.identity import normalise_code
from service.core.unit_of_work import UnitOfWork
from storage import registry
from storage.registry import Enterprise
from talk.asking import Hint
from talk.cleaning import likeness
from talk.texts import Listed, Say

NAMED: Final = 5
"""Enterprises named where a piece of a name means several."""


def named(
    uow: UnitOfWork, words: str, allowed: Callable[[Enterprise], bool], *, code: str | None = None
) -> list[Enterprise]:
    """The enterprises whose name holds some words, and the one that has them, or `code`, as its code, of those that
    `allowed` lets through: whoever looks for one of another place is not told that it exists.
    """
    by_code = registry.enterprise(uow.conn, normalise_code(words if code is None else code))
    found = registry.called(uow.conn, words)
    if by_code is not None and by_code not in found:
        found.insert(0, by_code)
    return [enterprise for enterprise in found if allowed(enterprise)]


def code_in(text: str) -> str:
    """Return the last word of a text as a code: a name is often typed with its code behind it."""
    return normalise_code(text.rsplit(maxsplit=1)[-1])


def meant(uow: UnitOfWork, text: str, allowed: Callable[[Enterprise], bool]) -> Enterprise | Hint:
    """Return the one enterprise, of those that `allowed` lets through, that a code, a name, a piece of a name, or a
    name with its code behind it means; where there is none or several, a hint to ask again.
    """
    code, like = code_in(text), likeness(text)
    found = named(uow, text, allowed, code=code)
    found = [one for one in found if one.code == code or likeness(one.name) == like] or found
    if not found:
        return Hint(Say("action-enterprise-unknown", text=text))
    if len(found) > 1:
        names = Listed(tuple(shown(one) for one in found[:NAMED]))
        return Hint(Say("action-enterprise-several", number=len(found), names=names))
    return found[0]


def shown(enterprise: Enterprise) -> str:
    """Return an enterprise as a talk keeps it: its name, its code."""
    return f"{enterprise.name} {enterprise.code}"
