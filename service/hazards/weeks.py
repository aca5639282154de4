"""The weekly check-in (三(一)1): made by the tick from the ledger, and taken back when the last hazard closes."""

from datetime import datetime, timedelta

from campaign.hazards import weeks
from service.core.unit_of_work import UnitOfWork
from service.duties.reminding import WEEKLY
from storage import weekly_checkins


def plan(uow: UnitOfWork, after: datetime) -> int:
    """Make the check-ins of every week that was under way after an instant; how many are new."""
    return _plan(uow, after, None)


def refresh(uow: UnitOfWork, enterprise: str) -> None:
    """The ledger of an enterprise changed: this week's check-in goes, or is owed again."""
    _plan(uow, uow.now - timedelta(microseconds=1), enterprise)


def _plan(uow: UnitOfWork, after: datetime, enterprise: str | None) -> int:
    new = 0
    for rule in uow.pack.obligations:
        if rule.trigger == WEEKLY:
            for week in weeks(rule, uow.pack.campaign, uow.pack.zone, after, uow.now, uow.pack.owed_from):
                new += weekly_checkins.plan(uow.conn, rule.id, rule.owner, week, uow.now, enterprise)
    return new
