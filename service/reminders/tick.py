"""The tick: all that time brings, in one transaction, the same whoever ticks and however often."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from service.annex import chief
from service.core import denials
from service.core.ticking import Part, Round, Tick
from service.core.unit_of_work import UnitOfWork
from service.desk import morning, morning_letters
from service.duties import anchored, closing, deeds, planning
from service.hazards import deadlines, weeks
from service.notices import broadcast
from service.people import seats
from service.registry import states
from service.reminders import digests, ladders, overdue
from service.workers import register
from storage import clock, duty_planning, people
from storage.engine import apart

LOOK_BACK: Final = timedelta(days=7)
"""Planned again at every tick, so that a replica that slept does the same work at its next one."""

REMINDERS: Final[tuple[Part, ...]] = (digests.remind, morning_letters.tell)
"""The parts that tell people of the rungs that rang. A rung rings once: where one fails, the whole tick is undone."""
BESIDES: Final[tuple[Part, ...]] = (
    register.remind,
    deadlines.tell_passed,
    broadcast.tell_done,
    chief.send_due,
    denials.tell,
    seats.remind_of_review,
)
"""The other parts. Each fails alone, and keeps nothing from anybody else."""


def tick(uow: UnitOfWork, *, everything: bool = True) -> Round:
    """Plan what has opened, ring the newest due rung of every ladder, queue one digest a person.

    `everything`: plan from the campaign's start, and date what was answered, since the pack may have changed; a process
    asks for that at its first tick. Later ones look back a few days only.
    """
    # Held until the end: two ticks at once would ring twice, and an import must not change scopes meanwhile.
    before = clock.read(uow.conn, lock=True).ticked_until
    states.turn(uow)
    closing.judge_former(uow)
    looked = None if before is None else before - LOOK_BACK
    if everything:
        planning.replan(uow)
    planned = plan_until(uow, None if everything else looked, looked)
    if everything:
        deeds.date_all(uow)
    holders = people.all_holders(uow.conn)
    begins = morning.is_due(uow, before)
    due, escalated = ladders.ring(uow, holders, escalating=begins)
    if begins:
        overdue.repeat(uow, holders, due, before)
    present = Tick(before, holders, due)
    reminded = sum(part(uow, present) for part in REMINDERS)
    reminded += sum(apart(uow.conn, [partial(part, uow, present) for part in BESIDES]))
    if before is None or uow.now > before:
        clock.mark_ticked(uow.conn, uow.now)
    return Round(planned, reminded, escalated)


def plan_until(uow: UnitOfWork, after: datetime | None, planned_until: datetime | None = None) -> int:
    """Make every duty exist that opened after an instant (None: since the campaign began); return how many are new.
    Until `planned_until` that was done before, by the pack of then.
    """
    since = after or planning.beginning(uow)
    new = planning.plan_opened(uow, since, planned_until) + weeks.plan(uow, since) + anchored.plan(uow)
    duty_planning.follow_lives(uow.conn, uow.now)
    return new
