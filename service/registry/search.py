"""Enterprises as people name them: by their code, or by a piece of their name."""

from collections.abc import Callable

from service.core.unit_of_work import UnitOfWork
from storage import registry
from storage.registry import Enterprise


def named(
    uow: UnitOfWork, words: str, allowed: Callable[[Enterprise], bool], *, code: str | None = None
) -> list[Enterprise]:
    """The enterprises whose name holds some words, or that have a code, of those that `allowed` lets through: whoever
    looks for one of another place is not told that it exists.
    """
    return [
        enterprise
        for enterprise in registry.all_enterprises(uow.conn).values()
        if (enterprise.code == code or words in enterprise.name) and allowed(enterprise)
    ]
