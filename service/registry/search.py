"""Enterprises as people name them: by their code, or by a piece of their name."""

from collections.abc import Callable

from campaign.identity import normalise_code
from service.core.unit_of_work import UnitOfWork
from storage import registry
from storage.registry import Enterprise


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
