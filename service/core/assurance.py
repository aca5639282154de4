"""Who stands behind a message: a chat account alone, a person with a second factor, an operator at the server."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.core.unit_of_work import UnitOfWork


class Policy(StrEnum):
    """Who needs a second factor (ANZHU_SECOND_FACTOR)."""

    OFF = "off"
    STAFF = "staff"
    """Staff need a code now and then before they can do anything."""
    EVERYONE = "everyone"
    """Principals need one at each confirmation, too."""

    def is_for(self, *, staff: bool) -> bool:
        """Return whether staff, or others, are shown how to set one up."""
        return self is Policy.EVERYONE or (staff and self is Policy.STAFF)


class Assurance(StrEnum):
    """What a message was vouched for by."""

    ACCOUNT = "account"
    """The chat account alone: whoever holds the phone."""
    FACTOR = "factor"
    """A code of the second factor came with it."""
    SERVER = "server"
    """It was written at the server, by an operator."""


class CodeNeededError(Exception):
    """What somebody wants needs a code of their second factor. What was written for it is undone; it is done once the
    code is there (`service.factor.door`).
    """


def demand_code(uow: "UnitOfWork") -> None:
    """Go on only where a code came with the message; CodeNeededError where one is needed."""
    if uow.assurance is Assurance.ACCOUNT:
        raise CodeNeededError


def confirm_in_person(uow: "UnitOfWork") -> None:
    """Go on with what a principal, or who approves a permit, confirms in person: CodeNeededError where the settings
    want a code for it.
    """
    if uow.context.second_factor is Policy.EVERYONE:
        demand_code(uow)
