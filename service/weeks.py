"""The weekly check-in (三(一)1): made by the tick from the ledger, and taken back when the last hazard closes."""

from datetime import datetime, timedelta

from campaign.hazards import weeks
from service.work import Work
from storage import hazards
from storage import weeks as storage
from storage.duties import Duty

TRIGGER = "hazard-open"


def plan(work: Work, after: datetime) -> int:
    """Make the check-ins of every week that was under way after an instant; how many are new."""
    return _plan(work, after, None)


def refresh(work: Work, enterprise: str) -> None:
    """The ledger of an enterprise changed: this week's check-in goes, or is owed again."""
    _plan(work, work.now - timedelta(microseconds=1), enterprise)


def is_idle(work: Work, duty: Duty) -> bool:
    """Whether it is the check-in of a week that is over, and nothing is open any more that it could ask about: it
    stays on record, and nobody is reminded of it.
    """
    return work.pack.obligation(duty.obligation).trigger == TRIGGER and not hazards.find(
        work.conn, enterprises_=[duty.subject], only_open=True
    )


def _plan(work: Work, after: datetime, enterprise: str | None) -> int:
    new = 0
    for rule in work.pack.obligations:
        if rule.trigger == TRIGGER:
            for week in weeks(rule, work.pack.campaign, work.pack.zone, after, work.now):
                new += storage.plan(work.conn, rule.id, rule.owner, week, work.now, enterprise)
    return new
