"""Files that could not be handed on: their words arrived, and whoever is concerned is told what is missing."""

from collections.abc import Iterable, Sequence
from typing import Final

from campaign.roles import CITY, DISTRICT_ROLES, ENTERPRISE_ROLES
from service.core.letters import Draft, tell
from service.core.supervision import deciders
from service.core.unit_of_work import UnitOfWork
from storage import kept_files, registry
from storage.outbox import LostFile
from storage.registry import Enterprise
from talk.texts import Phrase, Say

KIND: Final = "file-lost"
"""The kind of the letters that say so."""


def tell_lost(uow: UnitOfWork, lost: Sequence[LostFile]) -> None:
    """Tell of each file whom it was for and, once a day, who sent it in; where none of them is staff, those who decide
    for the enterprise of whoever sent it.
    """
    senders = kept_files.senders(uow.conn, [one.file.sha256 for one in lost])
    for one in lost:
        sender = senders.get(one.file.sha256)
        told: list[int] = []
        if one.person is not None and one.person != sender:
            line = _to_reader(one, asked=sender is None)
            told += _tell(uow, one.person, line, f"{KIND}/{one.id}")
        if sender is None:
            continue
        told += _tell_once(uow, sender, one, Say("file-lost-sender", name=one.file.name, why=_why(one)))
        if any(_is_staff(uow, person) for person in told):
            continue
        for enterprise in _enterprises(uow, sender):
            line = Say("file-lost-staff", name=one.file.name, enterprise=enterprise.name, why=_why(one))
            for person in deciders(uow, enterprise):
                _tell_once(uow, person, one, line)


def _why(lost: LostFile) -> Say:
    return Say("file-lost-why", why=lost.why)


def _to_reader(lost: LostFile, *, asked: bool) -> Say:
    if asked:
        return Say("file-lost-asked", name=lost.file.name, why=_why(lost))
    return Say("file-lost-reader", name=lost.file.name, why=_why(lost))


def _tell_once(uow: UnitOfWork, person: int, lost: LostFile, line: Phrase) -> list[int]:
    """Tell somebody once a day of a file: one that goes to three hundred people is refused three hundred times."""
    return _tell(uow, person, line, f"{KIND}/{lost.file.sha256}/{uow.now.date()}/{person}")


def _tell(uow: UnitOfWork, person: int, line: Phrase, dedupe: str) -> list[int]:
    """Tell somebody; return them, or nobody where they cannot be reached."""
    return [person] if tell(uow, person, Draft((line,)), kind=KIND, dedupe=dedupe) else []


def _is_staff(uow: UnitOfWork, person: int) -> bool:
    return any(role.role in {*DISTRICT_ROLES, CITY} for role in uow.roles(person))


def _enterprises(uow: UnitOfWork, person: int) -> Iterable[Enterprise]:
    codes = dict.fromkeys(role.subject for role in uow.roles(person) if role.role in ENTERPRISE_ROLES)
    return filter(None, (registry.enterprise(uow.conn, code) for code in codes))
