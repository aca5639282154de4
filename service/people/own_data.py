"""One's own data: as files to take away, and what of it goes when somebody leaves."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from service.core import access_log
from service.core.access_log import Access
from service.core.letters import Draft, send
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import invitations, kept_files, own_data, people
from storage.files import FileStore
from storage.retention import OWN_DATA_KEPT
from talk.messages import Address, FileRef
from talk.texts import Say, render

PART: Final = 12 * 1024 * 1024
"""Bytes of one file at the most: every platform takes it."""
OWN_DATA: Final = "own-data"
AN_HOUR: Final = 6
"""How often somebody may have their data in an hour: each time is a file of megabytes."""
HASH: Final = 64
"""Digits of a file's hash."""


def export(uow: UnitOfWork, me: Speaker) -> None:
    """Send somebody everything that is kept about them. RefusedError: they had it too often this hour."""
    _count(uow, me)
    file_store = FileStore(uow.context.files)
    until = uow.wall + OWN_DATA_KEPT
    files: list[FileRef] = []
    for number, part in enumerate(_parts(everything(uow, me)), 1):
        name = Say("me-file-name") if number == 1 else Say("me-file-name-part", number=number)
        file = file_store.keep_drawn(_written(part).encode(), render(name, me.language))
        kept_files.lend(uow.conn, file, uow.wall, until, own_data_of=me.person)
        files.append(file)
    access_log.record(uow, Access.OWN_DATA, f"person/{me.person}", people=1)
    send(uow, me, Draft((Say("me-exported"),), files=tuple(files)))


def _count(uow: UnitOfWork, me: Speaker) -> None:
    address = me.identity.address
    if invitations.failed_tries(uow.conn, OWN_DATA, address, uow.wall - timedelta(hours=1)) >= AN_HOUR:
        raise RefusedError(Say("me-export-pause"))
    invitations.add_try(uow.conn, OWN_DATA, address, uow.wall)


def everything(uow: UnitOfWork, me: Speaker) -> dict[str, Any]:
    """Return all that is kept about somebody, by part; instants are in the zone of the settings."""
    record = people.person(uow.conn, me.person)
    parts = {name: part(uow.conn, me.person) for name, part in own_data.PARTS.items()}
    whole = {
        "id": me.person,
        "name": me.name,
        "language": me.language,
        "joined_at": None if record is None else record.joined_at,
        **parts,
        "looks": own_data.looks(uow.conn, me.person, [access.value for access in Access]),
        "files": [
            {"sha256": file.sha256, "name": file.name, "type": file.mime, "bytes": file.size, "taken": file.taken}
            for file in _files(uow, me.person)
        ],
    }
    shown: dict[str, Any] = _shown(whole, uow)
    return shown


def forget(uow: UnitOfWork, person: int, addresses: Sequence[Address]) -> None:
    """Let go what was kept for somebody who leaves and is no record of anything: the files of their own data, and what
    they guessed at.
    """
    kept_files.recall(uow.conn, person, uow.wall)
    for address in addresses:
        invitations.forget_tries(uow.conn, address)


def _files(uow: UnitOfWork, person: int) -> list[FileRef]:
    """Every file that the person sent, once, as it is stored."""
    return list(dict.fromkeys(file for value in own_data.stored(uow.conn, person) for file in _files_in(value)))


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


def _parts(whole: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The whole in portions that fit into a file each; a list goes on in the next one under its name."""
    part: dict[str, Any] = {}
    size = 0
    for name, value in whole.items():
        part.setdefault(name, [] if isinstance(value, list) else value)
        for row in value if isinstance(value, list) else ():
            length = len(_written(row).encode())
            if size + length > PART and size:
                yield part
                part, size = {"id": whole["id"], name: []}, 0
            part[name].append(row)
            size += length
    yield part


def _written(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, indent=2)
