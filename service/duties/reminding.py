"""A reminder of duties: what it says, and how it goes to one person."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from campaign.obligations import Trigger
from campaign.workdays import working_moment_after
from service.core.letters import Draft, tell
from service.core.second_looks import SecondLook
from service.core.ticking import Due
from service.core.unit_of_work import UnitOfWork
from service.duties import burden, cards, lists
from service.duties.owned import own_subjects, with_rule
from storage import duties, hazards, outbox, registry
from storage.duties import Duty
from storage.outbox import Claimed

REMINDER: Final = "reminder"
"""The kind of its letters."""
WEEKLY: Final[Trigger] = "hazard-open"
"""What makes a check-in of a week."""
VALID: Final = timedelta(days=2)
"""A reminder that could not leave until then is not worth it any more."""


def nudge(uow: UnitOfWork, person: int, ids: Sequence[int]) -> bool:
    """Queue a reminder because staff ask after duties (催办); return whether there is one.

    What a reminder names that has not left yet goes along.
    """
    about = list(dict.fromkeys((*outbox.waiting_about(uow.conn, person, REMINDER), *ids)))
    # Of one instant there may be several, each with a cause of its own.
    return queue(uow, person, about, uow.cause)


def remind(uow: UnitOfWork, person: int, due: Due) -> bool:
    """Queue what the ladders give for a person at this tick; return whether there is anything to remind of."""
    return due.at is not None and queue(uow, person, due.duties, due.at.isoformat())


def queue(uow: UnitOfWork, person: int, ids: Sequence[int], key: str) -> bool:
    """Queue one digest of duties for the next working moment; return whether there is anything to remind of.

    `key` makes it once. An older one that has not left yet would repeat itself and goes.
    """
    replaced = outbox.cancel(uow.conn, person, REMINDER)
    draft = digest(uow, person, ids)
    if draft is None:
        return False
    burden.note(uow, person, 1 - replaced)
    # Not at night, not on a rest day.
    wait = working_moment_after(uow.now) - uow.now
    return tell(
        uow,
        person,
        draft,
        kind=REMINDER,
        dedupe=f"reminder/{person}/{key}",
        duty=ids[0] if len(ids) == 1 else None,
        about=ids,
        not_before=uow.wall + wait,
        valid=VALID,
    )


def digest(uow: UnitOfWork, person: int, ids: Sequence[int]) -> Draft | None:
    """Return what somebody is reminded of: the card of a single duty, a list of several; None when all is done."""
    undone = [duty for duty in duties.find(uow.conn, ids=ids) if duty.is_owed(uow.now.date())]
    subjects = own_subjects(uow, person)
    # What others do not meet stands on the card of the morning, and is not overdue.
    named = [duty for duty in undone if duty.subject in subjects or not duty.unmet]
    left = [with_rule(uow, duty) for duty in named if not _is_idle(uow, duty)]
    if not left:
        return None
    left.sort(key=lambda owned: (owned.duty.due is None, owned.duty.due or owned.duty.opens, owned.duty.id))
    own = [owned for owned in left if owned.duty.subject in subjects]
    if len(own) == len(left) == 1:
        return lists.beside(uow, person, cards.reminder(uow, person, own[0]), own[0])
    return lists.digest(uow, person, own, [owned for owned in left if owned.duty.subject not in subjects])


def look_again(uow: UnitOfWork, letters: Sequence[Claimed]) -> dict[int, Draft | None]:
    """Return what is left of reminders: some of their duties may have been answered."""
    return {letter.id: digest(uow, letter.person, letter.about) for letter in letters if letter.person is not None}


SECOND_LOOK: Final = SecondLook(frozenset({REMINDER}), look_again, patient=True)


def _is_idle(uow: UnitOfWork, duty: Duty) -> bool:
    """Whether nobody is reminded of it, though it stays on record: its enterprise is at a standstill, or it is the
    check-in of a week that is over, and nothing is open any more that it could ask about.
    """
    where = None if duty.enterprise is None else registry.enterprise(uow.conn, duty.enterprise)
    if where is not None and not where.is_active:
        return True
    return uow.pack.obligation(duty.obligation).trigger == WEEKLY and not hazards.find(
        uow.conn, enterprise=duty.subject, only_open=True
    )
