"""Who is in the registry and not in a new list: named, left alone, or closed, as whoever imports it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from campaign.enterprise_life import Event
from campaign.identity import normalise_code
from service.core.refusal import RefusedError
from service.core.unit_of_work import UnitOfWork
from service.imports import columns
from service.imports.reader import Line
from service.imports.sheets import Row
from service.registry import states
from service.registry.enterprise_import import RegistryReport
from service.registry.states import NewEntry
from storage import hazards, registry
from storage.registry import Enterprise
from talk.texts import CHINESE, Listed, Say, render

FEW: Final = 2
"""So many may always be closed by a list."""
SHARE: Final = 5
"""Of more than every fifth that is missing the list is rather a part of one."""
NAMED: Final = 50
"""Enterprises that a report names."""


class Choice(StrEnum):
    """What becomes of who is missing."""

    KEEP = "keep"
    REPORT = "report"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Absence:
    """Who is missing from a list, by what it covers; who stands in it and is closed; what was done."""

    missing: tuple[Enterprise, ...] = ()
    closed: bool = False
    left: tuple[Enterprise, ...] = ()
    """Those of the missing that were not closed with the others: the city supervises them, and the list has no such."""
    again: tuple[Enterprise, ...] = ()
    with_hazards: tuple[Enterprise, ...] = ()
    """Those that were closed with a major hazard that is open."""

    def lines(self) -> list[Say]:
        """Return what people read of it."""
        told: list[Say] = []
        gone = [enterprise for enterprise in self.missing if enterprise not in self.left]
        if gone:
            about = Say("imports-missing-closed" if self.closed else "imports-missing", number=len(gone))
            told += [about, *_named(gone)]
        if self.with_hazards:
            told += [Say("imports-missing-hazards", number=len(self.with_hazards)), *_named(self.with_hazards)]
        if self.left:
            told += [Say("imports-missing-city", number=len(self.left)), *_named(self.left)]
        if self.again:
            told += [Say("imports-listed-closed", number=len(self.again)), *_named(self.again)]
        return told

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "missing": [
                {
                    **{name: getattr(enterprise, name) for name in ("code", "name", "district")},
                    "state": enterprise.state.value,
                    "closed": self.closed and enterprise not in self.left,
                }
                for enterprise in self.missing
            ],
            "listed_though_closed": [
                {**{name: getattr(one, name) for name in ("code", "name", "district")}, "state": one.state.value}
                for one in self.again
            ],
        }


def _named(enterprises: Sequence[Enterprise]) -> list[Say]:
    told = [
        Say("imports-missing-one", name=one.name, code=one.code, district=one.district, state=states.shown(one.state))
        for one in enterprises[:NAMED]
    ]
    rest = len(enterprises) - NAMED
    return [*told, Say("imports-missing-more", number=rest)] if rest > 0 else told


def look(uow: UnitOfWork, report: RegistryReport, rows: Iterable[Row], choice: Choice) -> Absence:
    """Compare the registry, after a list came in, with what the list names; close who is missing where that is chosen.
    RefusedError, before which nothing is written that stays: the list does not tell who is missing.
    """
    if choice is Choice.KEEP or not report.written:
        return Absence()
    named = {normalise_code(Line(row).text(columns.CODE)) for row in rows}
    known = registry.all_enterprises(uow.conn)
    live = {code: one for code, one in known.items() if not one.is_closed}
    gone_by_list = report.states.closed
    again = tuple(one for code, one in known.items() if one.is_closed and code in named and code not in gone_by_list)
    listed = [known[code] for code in named if code in known]
    districts = _covered([one.district for one in listed], [one.district for one in live.values()])
    covered = [one for one in live.values() if one.district in districts]
    missing = sorted(
        (one for one in covered if one.code not in named), key=lambda one: (one.district, one.name, one.code)
    )
    if choice is Choice.REPORT or not missing:
        return Absence(tuple(missing), again=again)
    if report.refused:
        raise RefusedError(Say("imports-missing-unread", number=report.refused_lines))
    # A district's own list has none of the units that the city supervises itself.
    with_city = any(one.municipal for one in listed)
    left = tuple(one for one in missing if one.municipal and not with_city)
    gone = [one for one in missing if one not in left]
    if len(gone) > FEW and len(gone) * SHARE > len(covered):
        names = Listed(tuple(one.name for one in gone[:SHARE]))
        raise RefusedError(Say("imports-missing-many", number=len(gone), covered=len(covered), names=names))
    for enterprise in gone:
        _close(uow, enterprise)
    open_ = {hazard.enterprise for hazard in hazards.find(uow.conn, only_open=True)}
    with_hazards = tuple(one for one in gone if one.code in open_)
    return Absence(tuple(missing), closed=True, left=left, again=again, with_hazards=with_hazards)


def _covered(listed: Sequence[str], live: Sequence[str]) -> set[str]:
    """Return the districts of which a list tells who is missing: those that it names. One that names most of those
    that there are is the whole city's, and a district that has no line left in it is missing with all that it had.
    """
    districts, every = set(listed), set(live)
    return districts | every if len(districts & every) * 2 > len(every) else districts


def _close(uow: UnitOfWork, enterprise: Enterprise) -> None:
    reason = render(Say("imports-missing-reason"), CHINESE)
    states.enter(uow, enterprise, NewEntry(Event.DEREGISTER, uow.now.date(), reason))
