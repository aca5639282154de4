"""Planning: duties are made for the periods that open, and follow the registry when it changes."""

from datetime import datetime, time, timedelta

from campaign.duties import Planned, Window, owed_before, plan
from campaign.obligations import OF_BUREAUS
from service.core.unit_of_work import UnitOfWork
from storage import clock, duty_planning


def plan_opened(uow: UnitOfWork, after: datetime, planned_until: datetime | None = None) -> int:
    """Make every duty of a period exist that opened after an instant; return how many are new. What opened until
    `planned_until` was planned before: what a pack has gained since is owed from now on, and no date of it was missed.
    """
    return sum(
        _plan(uow, planned)
        for planned in plan(uow.pack, Window(after, uow.now))
        if planned_until is None or planned.opens > planned_until or not _is_over(planned, uow.now)
    )


def replan(uow: UnitOfWork) -> None:
    """After the registry, the pack or the day from which things are owed changed: withdraw what is no longer owed, open
    what is owed from now on.

    Nothing happens before the first tick, which plans everything.
    """
    ticked = clock.read(uow.conn, lock=True).ticked_until
    if ticked is None:
        return
    for planned in plan(uow.pack, Window(beginning(uow), ticked)):
        if planned.subject_kind in OF_BUREAUS:  # what a bureau owes does not depend on the registry
            duty_planning.take_up(uow.conn, planned, ticked)
        else:
            duty_planning.follow_scope(uow.conn, planned, ticked)
        if not _is_over(planned, ticked):
            _plan(uow, planned)
    duty_planning.drop_others(uow.conn, [rule.id for rule in uow.pack.obligations])
    for planned in owed_before(uow.pack):
        duty_planning.let_go(uow.conn, planned)
    duty_planning.follow_moves(uow.conn, ticked)
    duty_planning.follow_lives(uow.conn, uow.now)


def _is_over(planned: Planned, now: datetime) -> bool:
    return planned.due is not None and planned.due < now


def beginning(uow: UnitOfWork) -> datetime:
    """Return an instant before anything of the campaign opens."""
    return datetime.combine(uow.pack.start, time.min, uow.context.zone) - timedelta(days=1)


def joined(uow: UnitOfWork) -> datetime | None:
    """Return since when what comes into the registry now owes anything: the last tick, so that the next one opens
    nothing for it that is over; None: since the campaign began, or since the day from which things are owed.

    The clock's row stays locked, so that no tick plans meanwhile.
    """
    ticked = clock.read(uow.conn, lock=True).ticked_until
    if ticked is not None or uow.pack.owed_from is None:
        return ticked
    # Before the first tick as after it: whichever of the two came first, the same is owed.
    return uow.now if uow.pack.has_begun(uow.now.date()) else None


def owed_at(uow: UnitOfWork, event: datetime) -> datetime:
    """Return when what an event makes owed opens: with it, and never before the day from which things are owed."""
    day = uow.pack.owed_from
    return event if day is None else max(event, datetime.combine(day, time.min, uow.context.zone))


def _plan(uow: UnitOfWork, planned: Planned) -> int:
    places = [uow.pack.city] if planned.subject_kind == "city" else list(uow.pack.district_names)
    return duty_planning.plan(uow.conn, planned, uow.pack.obligation(planned.obligation_id).owner, places)
