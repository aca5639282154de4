"""The records behind a figure (依据) in words: which they are, of which enterprise, and where or what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from service.core.unit_of_work import UnitOfWork
from storage import annex, hazards, registry

Kind = Literal["hazard", "action"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What is told of a record: the name of its enterprise (empty: it has none), and a place or a note."""

    enterprise: str
    what: str


def numbered(record: str) -> tuple[Kind, int]:
    """What a record is, and its number: `hazard/41` is hazard 41."""
    kind, _, number = record.partition("/")
    return cast("Kind", kind), int(number)


def of_records(uow: UnitOfWork, records: Iterable[str]) -> dict[str, Ground]:
    """What is told of records, by their ids (`hazard/41`, `action/7`); of one that is gone nothing."""
    known = {record: numbered(record) for record in records}
    found = hazards.by_number(uow.conn, (number for kind, number in known.values() if kind == "hazard"))
    actions = annex.actions_by_number(uow.conn, (number for kind, number in known.values() if kind == "action"))
    told = dict.fromkeys(known, ("", ""))
    for record, (kind, number) in known.items():
        if kind == "hazard" and number in found:
            told[record] = found[number].enterprise, found[number].place
        elif kind == "action" and number in actions:
            told[record] = actions[number].enterprise or "", actions[number].note
    names = registry.names(uow.conn, (code for code, _ in told.values() if code))
    return {record: Ground(names.get(code, code), what) for record, (code, what) in told.items()}
