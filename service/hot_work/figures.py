"""What became of permits, counted: without names, for whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from campaign.permit_life import PAUSED, Pause
from campaign.permits import Event, State
from service.core.permissions import Act, Area, may
from service.core.unit_of_work import UnitOfWork
from storage import permits


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Counts of what became of permits in some time: `suspended` of suspensions by their reason, `resumed` of how often
    work went on after one, the rest of permits.
    """

    submitted: int
    approved: int
    refused: int
    returned: int
    started: int
    suspended: Mapping[Pause, int]
    resumed: int
    expired: int
    closed: int
    cancelled: int
    violations: int
    blocked: int


def outcomes(uow: UnitOfWork, district: str | None, since: datetime, until: datetime) -> Outcomes:
    """Count what happened from an instant to before another to the permits of a district (None: of the city), without
    names. Who may ask is the caller's to see to.
    """
    found = permits.counts(uow.conn, district, since, until)

    def number(event: Event) -> int:
        return sum(count.permits for count in found if count.event == event)

    suspended = {
        why: sum(count.steps for count in found if count.event == event and count.moved_to == State.SUSPENDED)
        for event, why in PAUSED.items()
    }
    return Outcomes(
        submitted=number(Event.SUBMIT),
        approved=number(Event.APPROVE),
        refused=number(Event.REFUSE),
        returned=number(Event.RETURN),
        started=number(Event.START),
        suspended=suspended,
        resumed=sum(count.steps for count in found if count.event == Event.RESUME),
        expired=number(Event.EXPIRE),
        closed=number(Event.CLOSE),
        cancelled=number(Event.CANCEL),
        violations=number(Event.VIOLATION),
        blocked=permits.attempts(uow.conn, district, since, until),
    )


def blocked_since(uow: UnitOfWork, person: int, district: str | None, since: datetime) -> int | None:
    """Count the attempts that gates stopped in a district (None: in the city); None for who may not know."""
    if not may(uow, person, Act.SEE_BLOCKED_ATTEMPTS, Area(district)):
        return None
    return permits.attempts(uow.conn, district, since)
