"""A deadline of a major hazard passes: its enterprise and whoever supervises it are told, of each deadline once."""

from typing import Final

from campaign.workdays import working_moment_after
from service.core.ticking import Tick
from service.core.unit_of_work import UnitOfWork
from service.hazards.letters import told_department, told_enterprise
from service.hazards.moves import HazardInHand
from storage import hazards, registry
from talk.texts import Say

A_TICK: Final = 200
"""So many at one tick; the next one goes on."""


def tell_passed(uow: UnitOfWork, tick: Tick) -> int:
    """Tell of the deadlines that have passed, of the plan (整改期限) and of the listing (督办期限), in working hours;
    return of how many hazards. Of those that passed before anything was owed nobody is told: they stand on the list of
    what is overdue.
    """
    del tick
    today = uow.now.date()
    if working_moment_after(uow.now) != uow.now or not uow.pack.is_at_work(today):
        return 0
    found = hazards.passed(uow.conn, today, A_TICK, uow.pack.owed_from)
    where = registry.of_codes(uow.conn, {hazard.enterprise for hazard in found})
    for hazard in found:
        own = hazard.deadline if hazard.overdue(today) else hazard.told_deadline
        listed = hazard.listed_deadline if hazard.listing_overdue(today) else hazard.told_listed_deadline
        held = HazardInHand(hazard, where[hazard.enterprise])
        # Of two that passed together the supervisor's is named.
        what = Say("hazard-told-passed", listed="no" if listed == hazard.told_listed_deadline else "yes")
        told_enterprise(uow, held, what)
        told_department(uow, held, what)
        hazards.change(uow.conn, hazard.id, told_deadline=own, told_listed_deadline=listed)
    return len(found)
