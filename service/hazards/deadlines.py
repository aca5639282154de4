"""A deadline of a major hazard passes: its enterprise and whoever supervises it are told, of each deadline once."""

from typing import Final

from campaign.workdays import working_moment_after
from service.core.ticking import Tick
from service.core.unit_of_work import UnitOfWork
from service.hazards.letters import told_department, told_enterprise
from service.hazards.moves import HazardInHand
from storage import hazards, registry
from storage.hazards import UNRECTIFIED, Hazard, HazardColumns
from talk.texts import Say

A_TICK: Final = 200
"""So many at one tick; the next one goes on."""


def tell_passed(uow: UnitOfWork, tick: Tick) -> int:
    """Tell of the deadlines that have passed, of the plan (整改期限) and of the listing (督办期限), in working hours;
    return of how many hazards.
    """
    del tick
    if working_moment_after(uow.now) != uow.now:
        return 0
    today = uow.now.date()
    found = hazards.passed(uow.conn, today, A_TICK)
    where = registry.of_codes(uow.conn, {hazard.enterprise for hazard in found})
    for hazard in found:
        _tell(uow, HazardInHand(hazard, where[hazard.enterprise]))
        told: HazardColumns = {}
        if hazard.deadline is not None and hazard.deadline < today and hazard.stands in UNRECTIFIED:
            told["told_deadline"] = hazard.deadline
        if hazard.listed_deadline is not None and hazard.listed_deadline < today:
            told["told_listed_deadline"] = hazard.listed_deadline
        hazards.change(uow.conn, hazard.id, **told)
    return len(found)


def _tell(uow: UnitOfWork, held: HazardInHand) -> None:
    what = Say("hazard-told-passed", listed=_is_listed_one(uow, held.hazard))
    told_enterprise(uow, held, what)
    told_department(uow, held, what)


def _is_listed_one(uow: UnitOfWork, hazard: Hazard) -> str:
    """Return whether it is the supervisor's deadline that has passed."""
    passed = hazard.is_listed and hazard.listed_deadline is not None and hazard.listed_deadline < uow.now.date()
    return "yes" if passed else "no"
