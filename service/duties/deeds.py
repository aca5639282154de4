"""The day of the deed that an answer tells of, where its clause dates that: then it decides what is late."""

from datetime import date

from campaign.obligations import Obligation
from service.core.unit_of_work import UnitOfWork
from service.duties.owned import due_day
from storage import conversations, duties
from storage.conversations import Conversation
from storage.duties import Duty


def dated(uow: UnitOfWork, duty: Duty, talk: Conversation) -> tuple[date, date | None] | None:
    """Return the day of the deed by which a talk answers a duty, and the last day for it; None: the clause dates no
    deed, or the talk tells of no day.

    What is told anew of a first round that was done and is kept up since (常态推进) makes it no later: once the duty's
    day has passed, that may be another round.
    """
    rule = uow.pack.obligation(duty.obligation)
    keys = _asked(uow, duty, rule, talk)
    told = conversations.result(uow.conn, talk.id) if keys else {}
    days = [date.fromisoformat(day) for key in keys if isinstance(day := told.get(key), str)]
    if not days:
        return None
    last = due_day(uow, duty)
    latest = last if rule.done_by is None else rule.done_by.day
    on = max(days)
    if rule.routine and duty.done_on is not None and last is not None and uow.now.date() > last:
        on = min(on, duty.done_on)
    return on, latest


def date_all(uow: UnitOfWork) -> int:
    """Note the day of the deed of what was answered before its pack named that, or before days were noted at all;
    return of how many duties.
    """
    number = 0
    for duty in duties.undated(uow.conn, [rule.id for rule in uow.pack.obligations if rule.done_on]):
        talk = None if duty.conversation is None else conversations.by_id(uow.conn, duty.conversation)
        found = None if talk is None else dated(uow, duty, talk)
        if found is not None:
            duties.date_deed(uow.conn, duty.id, *found)
            number += 1
    return number


def _asked(uow: UnitOfWork, duty: Duty, rule: Obligation, talk: Conversation) -> tuple[str, ...]:
    """Return the questions of a talk for the day on which a duty was done."""
    if not rule.done_on or talk.duty in (None, duty.id):
        return rule.done_on
    # It answers this duty besides its own.
    own = duties.get(uow.conn, talk.duty)
    counts = None if own is None else uow.pack.obligation(own.obligation).counts_as
    also = None if counts is None or counts.obligation != duty.obligation else counts.done_on
    return () if also is None else (also,)
