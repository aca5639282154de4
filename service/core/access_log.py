"""The record of who saw or took away personal data: an audit row each time, with ids and numbers, never a name."""

from enum import StrEnum
from typing import Any

from service.core.unit_of_work import UnitOfWork
from storage.audit import Actor


class Access(StrEnum):
    """The ways in which names, certificates, telephone numbers or photos reach somebody: the events of the audit."""

    PAPER = "paper-sent"
    PHONE_LIST = "phone-list-seen"
    OWN_DATA = "data-exported"
    WORKERS = "workers-seen"
    PHOTOS = "photos-seen"
    ANSWERS = "answers-seen"
    NUMBER = "number-seen"
    """Answers with a telephone number among them."""
    TELEPHONES = "telephones-seen"
    """The numbers that the registry has of an enterprise."""
    PERMIT = "permit-seen"
    """By staff; those who are on it see it all day."""
    PERMIT_WHOLE = "permit-printed"
    """At the command line, with the whole numbers of certificates."""
    BACKUP = "backup-taken"
    """At the command line: all there is, in one file."""
    LISTED = "people-listed"
    """At the command line; the row names the command."""


def record(
    uow: UnitOfWork, what: Access, subject: str, *, people: int, actor: Actor | None = None, **data: Any
) -> None:
    """Record that somebody (None: whoever is at work) was shown personal data of so many people."""
    uow.note(what, subject, actor=actor, people=people, **data)
