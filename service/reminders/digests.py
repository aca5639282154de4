"""The reminders of the people of enterprises: one digest each, within the cap of the day and the week."""

from datetime import datetime, timedelta
from functools import partial

from campaign.notation import DAY_ENDS
from service.core.ticking import Due, Tick
from service.core.unit_of_work import UnitOfWork
from service.desk import morning
from service.duties import burden, reminding
from service.duties.burden import Cap
from service.duties.owned import of_person
from storage import duties
from storage.engine import apart


def remind(uow: UnitOfWork, tick: Tick) -> int:
    """Remind everybody but staff, whose duties stand on their card of the morning; return how many people."""
    staff = {reader.person for reader in morning.readers(uow, tick.holders)}
    cap = burden.cap(uow, tick.holders)
    # By person, as a nudge goes: two that take letters back in opposite orders would wait for each other for good.
    others = [person for person in sorted(tick.due) if person not in staff]
    return sum(apart(uow.conn, [partial(_remind, uow, cap, person, tick.due[person]) for person in others]))


def _remind(uow: UnitOfWork, cap: Cap, person: int, due: Due) -> bool:
    return _is_worth_it(uow, cap, person, due) and reminding.remind(uow, person, due)


def _is_worth_it(uow: UnitOfWork, cap: Cap, person: int, due: Due) -> bool:
    """Return whether the cap lets a person be reminded; the last reminder of a week names more than what rang."""
    if cap.is_reached(person) and not due.wanted:
        tomorrow = datetime.combine(uow.now.date() + timedelta(days=1), DAY_ENDS, uow.context.zone)
        named = duties.find(uow.conn, ids=due.duties)
        return any(duty.due is not None and uow.now < duty.due <= tomorrow for duty in named)
    if cap.is_last(person):
        until = datetime.combine(cap.monday, DAY_ENDS, uow.context.zone)
        known = set(due.duties)
        due.duties += [
            owned.duty.id
            for owned in of_person(uow, person)
            if owned.duty.status in duties.UNDONE
            and owned.duty.id not in known
            and owned.duty.due is not None
            and uow.now < owned.duty.due <= until
        ]
    return True
