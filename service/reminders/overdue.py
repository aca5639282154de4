"""What is brought to mind again: the overdue once a week until somebody acts, and what the cap of a week swallowed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from campaign.reminders import Rung, rungs
from campaign.roles import CITY, CLERK, OFFICER, PRINCIPAL
from campaign.workdays import morning, workday_not_before
from service.core.ticking import Due
from service.core.unit_of_work import UnitOfWork
from service.duties.owned import owed
from storage import burden, duties, people
from storage.duties import Duty

WEEK = timedelta(days=7)
"""So long after their last reminder, which named all that is overdue, people hear of it again."""
KNOWN_FOR = timedelta(days=14)
"""So long a rung that was swallowed is made up; what is overdue by then is repeated anyway."""


def repeat(
    uow: UnitOfWork, holders: Mapping[tuple[str, str], Sequence[int]], due: dict[int, Due], before: datetime | None
) -> None:
    """Add to what rings on a working morning what is overdue and its people were not told for a week, and the rungs
    that rang after their last reminder. `before`: when somebody ticked last. Each card of a clerk names what the
    district owes; the first of a week comes for that alone.
    """
    today, begins = uow.now.date(), morning(uow.now.date(), uow.now)
    monday = today - timedelta(days=today.weekday())
    week_begins = morning(workday_not_before(monday), uow.now)
    first_of_week = before is None or before < week_begins
    told = _told(uow, today)
    sunday, most = monday + timedelta(days=6), uow.pack.burden.weekly_reminders
    sent = burden.between(uow.conn, monday, today)
    found: dict[int, list[int]] = {}
    uncapped = {person for (role, _), held in holders.items() if role in (CITY, CLERK) for person in held}
    for duty in duties.to_repeat(uow.conn, uow.now, uow.now - KNOWN_FOR):
        staff = CITY if duty.subject == uow.pack.city else CLERK
        roles = (staff,) if duty.enterprise is None else (PRINCIPAL, OFFICER)
        for role in roles:
            for person in holders.get((role, duty.subject), ()):
                last = told.get(person, date.min)
                weekly = duty.overdue(uow.now) and (first_of_week if role == staff else last <= today - WEEK)
                if weekly or (role != staff and _was_swallowed(uow, duty, role, last)):
                    found.setdefault(person, []).append(duty.id)
    for person, ids in found.items():
        # What rings later in the week names the overdue as well: a message of its own must not use up the cap before.
        if person in due or person in uncapped or sent.get(person, 0) + _days_to_ring(uow, person, sunday) < most:
            one = due.setdefault(person, Due())
            one.duties = [*one.duties, *(set(ids) - set(one.duties))]
            one.at = max(begins, one.at or begins)


def _was_swallowed(uow: UnitOfWork, duty: Duty, role: str, last: date) -> bool:
    """Whether a rung for this role rang after the day of the last reminder; one for others may have rung since."""
    if duty.rung_at is None or duty.rung_at.astimezone(uow.context.zone).date() <= last:
        return False
    return any(role in step.audience and last < step.at.date() and step.at <= uow.now for step in _rungs(uow, duty))


def _days_to_ring(uow: UnitOfWork, person: int, until: date) -> int:
    """On how many later days, until one, something rings that somebody of an enterprise owes."""
    roles = {post.subject: post.role for post in people.posts(uow.conn, person=person, state="active")}
    days = {
        step.at.date()
        for own in owed(uow, person)
        if own.duty.snoozed_until is None or own.duty.snoozed_until <= uow.now
        for step in _rungs(uow, own.duty)
        if roles.get(own.duty.subject) in step.audience
    }
    return sum(uow.now.date() < day <= until for day in days)


def _rungs(uow: UnitOfWork, duty: Duty) -> list[Rung]:
    ladder = uow.pack.obligation(duty.obligation).ladder
    return [] if ladder is None else rungs(uow.pack.ladder(ladder), duty.opens, duty.due, uow.context.zone)


def _told(uow: UnitOfWork, today: date) -> dict[int, date]:
    """Return on which day somebody was last reminded, or told at joining what they owe."""
    told = {post.person: post.since.astimezone(uow.context.zone).date() for post in people.posts(uow.conn)}
    for person, day in burden.newest(uow.conn, today - KNOWN_FOR).items():
        told[person] = max(day, told.get(person, day))
    return told
