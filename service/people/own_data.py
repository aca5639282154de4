"""One's own data: as files to take away, and what of it goes when somebody leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Final

from service.core import papers
from service.core.access_log import Access
from service.core.papers import Paper
from service.core.permissions import Own, Permission
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import invitations, kept_files, own_data, people
from storage.files import FileStore
from storage.people import Person
from storage.retention import Terms
from talk.messages import Address, FileRef
from talk.texts import CHINESE, Say

OWN_DATA: Final = "own-data"
"""The kind under which it is counted how often somebody had their data: each time is a file of megabytes."""
HASH: Final = 64
"""Digits of a file's hash."""


@dataclass(frozen=True, slots=True)
class OwnData:
    """All that is kept about somebody, by part; the files that they sent in, with where those are read; the language in
    which all of it is named.
    """

    whole: Mapping[str, Any]
    attached: tuple[FileRef, ...]
    store: FileStore
    language: str


@dataclass(frozen=True, slots=True)
class OwnDataPaper(Paper[OwnData]):
    """The files of one's own data. A life of years is megabytes, for which nobody else may wait."""

    kind: ClassVar[str] = "own-data"
    event: ClassVar[Access] = Access.OWN_DATA
    person: int

    @property
    def subject(self) -> str:
        return f"person/{self.person}"

    @property
    def own_data_of(self) -> int:
        return self.person

    def kept_for(self, terms: Terms) -> timedelta:
        return terms.own_data

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        # Who has left in the meantime has no address, and nothing of theirs is to be written down anew.
        here = person == self.person and people.address_of(uow.conn, person) is not None
        return Own.DATA if here else None

    def gather(self, uow: UnitOfWork) -> OwnData:
        record = people.person(uow.conn, self.person)
        if record is None:
            raise LookupError(self.person)
        return gathered(uow, record)

    def people(self, uow: UnitOfWork, facts: OwnData) -> int:
        del uow, facts
        return 1


def export(uow: UnitOfWork, me: Speaker) -> None:
    """Send somebody everything that is kept about them. RefusedError: they had it too often this hour."""
    papers.count(uow, me, OWN_DATA, Say("me-export-pause"))
    uow.papers.append(OwnDataPaper(((me.person, Say("me-exported")),), me.person))


def gathered(uow: UnitOfWork, of: Person) -> OwnData:
    """Return all that is kept about somebody, with the files that they sent in and that are still there."""
    attached = tuple(file for file in _files(uow, of.id) if uow.context.file_store.is_kept(file.sha256))
    return OwnData(everything(uow, of), attached, uow.context.file_store, of.language)


def everything(uow: UnitOfWork, of: Person) -> dict[str, Any]:
    """Return all that is kept about somebody, by part; instants are in the zone of the settings."""
    parts = {name: part(uow.conn, of.id) for name, part in own_data.PARTS.items()}
    whole = {
        "id": of.id,
        "name": of.name,
        "language": of.language,
        "joined_at": of.joined_at,
        **parts,
        "looks": own_data.looks(uow.conn, of.id, [access.value for access in Access]),
        "files": [
            {
                "sha256": file.sha256,
                "name": file.name,
                "type": file.mime,
                "bytes": file.size,
                "taken": file.taken,
                "kept": uow.context.file_store.is_kept(file.sha256),
            }
            for file in _files(uow, of.id)
        ],
    }
    shown: dict[str, Any] = _shown(whole, uow)
    return shown


def gathered_by_name(uow: UnitOfWork, name: str, subject: str) -> OwnData:
    """Return what is kept under a name in an enterprise (its code) or a place, whoever has no account: what the lists
    have, on which permits and checks it stands, and where else, without what others wrote there.
    """
    whole = {"id": None, "name": name, "of": subject, **own_data.under_name(uow.conn, name, subject), "files": []}
    shown: dict[str, Any] = _shown(whole, uow)
    return OwnData(shown, (), uow.context.file_store, CHINESE)


def forget(uow: UnitOfWork, person: int, addresses: Sequence[Address]) -> None:
    """Let go what was kept for somebody who leaves and is no record of anything: the files of their own data, and what
    they guessed at.
    """
    kept_files.recall(uow.conn, person, uow.wall)
    for address in addresses:
        invitations.forget_tries(uow.conn, address)


def _files(uow: UnitOfWork, person: int) -> list[FileRef]:
    """Every file that the person sent, once, as it is stored."""
    found = {file.sha256: file for value in own_data.stored(uow.conn, person) for file in _files_in(value)}
    # What they sent for something that is stored under somebody else, as a talk that a colleague ended.
    others = set(own_data.sent(uow.conn, person)) - set(found)
    if others:
        for value in kept_files.references(uow.conn, others):
            found |= {file.sha256: file for file in _files_in(value) if file.sha256 in others}
    return list(found.values())


def _files_in(value: Any) -> Iterator[FileRef]:
    match value:
        case [str() as sha256, str(), str(), int(), *_] if len(sha256) == HASH:
            yield FileRef.from_json(value)
        case list() | tuple():
            for inner in value:
                yield from _files_in(inner)
        case Mapping():
            yield from _files_in(list(value.values()))
        case _:
            pass


def _shown(value: Any, uow: UnitOfWork) -> Any:
    match value:
        case datetime():
            return value.astimezone(uow.context.zone).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case Mapping():
            return {key: _shown(inner, uow) for key, inner in value.items()}
        case list() | tuple():
            return [_shown(inner, uow) for inner in value]
        case _:
            return value
