"""Coverage of a district: 应检 and 已检 of enterprises with places of greater danger, 应训 and 已训 on the criteria.

What the city supervises itself (市本级) is a column of its own, as in the annex table: no district answers for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from campaign.coverage import TRAINEES
from campaign.enterprise_life import CLOSED
from campaign.notation import DAY_ENDS
from campaign.roles import PRINCIPAL
from service.core.permissions import Act, Area, require, supervisor
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import enterprise_life, filings, people, registry, training_log
from storage.registry import Enterprise


@dataclass(frozen=True, slots=True)
class Trainees:
    """The people of an enterprise in a role: how many are to be trained, and how many of them were."""

    enterprise: Enterprise
    role: str
    owed: int
    trained: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The counts of a column at an instant (aware). `enterprises` are those that it supervises; `municipal` counts
    the city's own in the same district, and `supervised` all of the district with a department on record.
    """

    column: str
    at: datetime
    enterprises: tuple[Enterprise, ...]
    municipal: int
    supervised: int
    to_check: tuple[Enterprise, ...]
    checked_on: Mapping[str, date]
    trainees: tuple[Trainees, ...]
    unmet: Mapping[str, int]
    """How many answers of its enterprises do not meet their clause (未达要求) now, by code: of no check or training."""

    @property
    def unchecked(self) -> tuple[Enterprise, ...]:
        """The enterprises to be checked that were not."""
        return tuple(enterprise for enterprise in self.to_check if enterprise.code not in self.checked_on)

    @property
    def checked(self) -> int:
        """The number of enterprises to be checked that were."""
        return len(self.to_check) - len(self.unchecked)

    @property
    def untrained(self) -> tuple[Trainees, ...]:
        """The groups of which people are still to be trained."""
        return tuple(group for group in self.trainees if group.trained < group.owed)

    @property
    def to_train(self) -> int:
        """The number of people to be trained."""
        return sum(group.owed for group in self.trainees)

    @property
    def trained(self) -> int:
        """The number of them who were."""
        return sum(group.trained for group in self.trainees)


def column_of(uow: UnitOfWork, enterprise: Enterprise) -> str:
    """The column in which an enterprise counts now."""
    return supervisor(uow.pack, enterprise)


def every(uow: UnitOfWork, until: datetime | None = None, last: date | None = None) -> dict[str, Coverage]:
    """The coverage of every column, in order: by the registry as it is now, and the checks and trainings recorded
    until an instant (now, where none is given) of days up to the last. Who was gone on that day is left out, and who
    was at a standstill is not to be checked or trained.
    """
    until, last = until or uow.now, last or uow.now.date()
    checks = training_log.checked(uow.conn, _row_of_checks(uow), uow.pack.start, until, last)
    reached = training_log.reached(uow.conn, until, last)
    holders = people.all_holders(uow.conn)
    unmet = filings.unmet_by_enterprise(uow.conn)
    resting = enterprise_life.resting(uow.conn, datetime.combine(last, DAY_ENDS, uow.context.zone))
    every = registry.all_enterprises(uow.conn).values()
    there_then = [enterprise for enterprise in every if resting.get(enterprise.code) not in CLOSED]
    found = sorted(there_then, key=attrgetter("name", "code"))
    by_column: dict[str, list[Enterprise]] = {name: [] for name in uow.pack.columns}
    for enterprise in found:
        by_column.setdefault(column_of(uow, enterprise), []).append(enterprise)
    there = {name: [enterprise for enterprise in found if enterprise.district == name] for name in by_column}
    return {
        name: Coverage(
            name,
            uow.now,
            tuple(owned),
            municipal=sum(enterprise.municipal for enterprise in there[name]),
            supervised=sum(bool(enterprise.supervisor) for enterprise in there[name]),
            to_check=tuple(
                enterprise
                for enterprise in owned
                if enterprise.code not in resting and uow.pack.coverage.concerns(enterprise.tags)
            ),
            checked_on=checks,
            trainees=tuple(
                Trainees(enterprise, role, owed, min(owed, reached.get((enterprise.code, role), 0)))
                for enterprise in owned
                if enterprise.code not in resting
                for role in TRAINEES
                for owed in [people_of(holders, enterprise.code, role)]
            ),
            unmet={enterprise.code: unmet[enterprise.code] for enterprise in owned if enterprise.code in unmet},
        )
        for name, owned in by_column.items()
    }


def of(uow: UnitOfWork, column: str) -> Coverage:
    """The coverage of a column now."""
    return every(uow)[column]


def people_of(holders: Mapping[tuple[str, str], list[int]], code: str, role: str) -> int:
    """Return how many people an enterprise has to send: its principal, and its safety officers, each enterprise one at
    least whether or not they have joined.
    """
    return 1 if role == PRINCIPAL else max(1, len(holders.get((role, code), ())))


def numbers(uow: UnitOfWork, district: str) -> dict[str, int]:
    """Return the counts of a district, by the names under which a form proposes them (`campaign.forms.KnownNumber`)."""
    found = of(uow, uow.pack.annex.city_column if district == uow.pack.city else district)
    return {
        "enterprises": len(found.enterprises) + found.municipal,
        "supervised": found.supervised,
        "municipal": found.municipal,
        "to-train": found.to_train,
        "trained": found.trained,
        "to-check": len(found.to_check),
        "checked": found.checked,
    }


def require_seen(uow: UnitOfWork, me: Speaker, column: str | None) -> None:
    """Go on only where somebody may see the coverage of a column, or (None) of the whole city."""
    require(uow, me, Act.SEE_COVERAGE, Area.of_column(uow.pack, column or uow.pack.annex.city_column))


def _row_of_checks(uow: UnitOfWork) -> str:
    """The row of the annex that counts enterprises checked."""
    return next((row.name for row in uow.pack.annex.rows if "enterprises-checked" in row.counts.named), "")
