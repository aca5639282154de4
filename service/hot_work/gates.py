"""The gates of a permit that its own life does not know: certificates, people, times, prohibitions, the point."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from campaign.applications import Application, Who
from campaign.certificates import Validity
from campaign.hot_work import HotWork, longest
from campaign.permit_life import Terms
from campaign.permits import Gate
from service.core.unit_of_work import UnitOfWork
from service.workers import register
from storage import permits, workers
from storage.permits import Permit
from storage.workers import Worker
from talk.cleaning import likeness
from talk.texts import FullDay, Phrase, Say

FILLING: Final = timedelta(minutes=30)
"""So long after its first minute an application may still be handed in: it was begun before the job, and people who
are interrupted are not sent back for it.
"""


def rules_of(uow: UnitOfWork) -> HotWork:
    """Return what the pack says of hot work; LookupError for a pack that says nothing."""
    if uow.pack.hot_work is None:
        raise LookupError("hot_work")
    return uow.pack.hot_work


def days_of(application: Application) -> tuple[date, ...]:
    """Return every day on which people work by an application, in order."""
    days: set[date] = set()
    for spell in application.spells:
        day, last = spell.start.date(), (spell.end - timedelta(microseconds=1)).date()
        while day <= last:
            days.add(day)
            day += timedelta(days=1)
    return tuple(sorted(days))


def uncertified(uow: UnitOfWork, enterprise: str, welders: Sequence[Who], days: Sequence[date]) -> tuple[str, ...]:
    """Return the names of the welders whose certificate is not valid on every one of some days."""
    valid = [{worker.id for worker in register.usable(uow, enterprise, day)} for day in days]
    return tuple(who.name for who in welders if any(who.worker not in ids for ids in valid))


def certificate_faults(uow: UnitOfWork, enterprise: str, welders: Sequence[Who], days: Sequence[date]) -> list[Phrase]:
    """Return a line for each welder whose certificate is not valid on every one of some days: which day has passed,
    应复审日期 or 有效期至, or will have.
    """
    found: list[Phrase] = []
    names = uncertified(uow, enterprise, welders, days)
    for who in welders:
        if who.name not in names:
            continue
        worker = None if who.worker is None else workers.get(uow.conn, who.worker)
        found.append(Say("permit-welder-void", name=who.name, why=_fault(uow, enterprise, worker, max(days))))
    return found


def _fault(uow: UnitOfWork, enterprise: str, worker: Worker | None, last: date) -> Phrase:
    if worker is None or worker.removed_at is not None or worker.enterprise != enterprise:
        return Say("permit-fault-unlisted")
    if not uow.pack.certificates.allows_hot_work(worker.trade):
        return Say("permit-fault-trade", trade=worker.trade)
    stands = register.standing_of(worker, uow.now.date())
    if stands.is_valid:
        stands = register.standing_of(worker, last)
        return Say("permit-fault-ends", kind=stands.kind, day=FullDay(stands.until))
    day = worker.valid_until if stands.validity is Validity.EXPIRED else worker.review_due
    return Say("permit-fault", fault=stands.validity, day=FullDay(day))


def days_now(uow: UnitOfWork, terms: Terms) -> list[date]:
    """Return today, and the day on which the present spell of work ends: on these a certificate must be valid now."""
    spell = terms.spell_at(uow.now)
    end = uow.now if spell is None else spell.end - timedelta(microseconds=1)
    return sorted({uow.now.date(), end.date()})


def same(first: Who, second: Who) -> bool:
    """Return whether two entries name one person: by number where both have one, since two may bear one name."""
    for number, other in ((first.person, second.person), (first.worker, second.worker)):
        if number is not None and other is not None:
            return number == other
    return likeness(first.name) == likeness(second.name)


def shut_at_application(
    uow: UnitOfWork, enterprise: str, application: Application, begun: datetime, before: Permit | None
) -> Iterator[Gate]:
    """Yield the gates that keep an application from being handed in. `begun`: when it was begun to be filled in;
    `before`: the permit that was returned, and is put right.
    """
    if uncertified(uow, enterprise, application.welders, days_of(application)) or not application.welders:
        yield Gate.CERTIFIED
    if any(same(application.guardian, welder) for welder in application.welders):
        yield Gate.DISTINCT
    if not _in_window(uow, application, begun, before):
        yield Gate.WINDOW
    if application.prohibited:
        yield Gate.HARMLESS
    point = permits.known_point(uow.conn, enterprise, application.place)
    number = None if before is None else before.id
    times = application.starts, application.until
    if point is not None and application.starts < application.until and _claimed(uow, point, *times, number):
        yield Gate.POINT


def _claimed(uow: UnitOfWork, point: int, starts: datetime, until: datetime, but: int | None) -> bool:
    claims = permits.claiming(uow.conn, point, starts, until, but=but)
    # One whose time is over by now only waits for a tick to say so.
    return any(permit.until > uow.now for permit in claims)


def _in_window(uow: UnitOfWork, application: Application, begun: datetime, before: Permit | None) -> bool:
    starts, until = application.starts, application.until
    if not starts < until or not application.spells or application.spells[-1].end <= uow.now:
        return False
    rules = rules_of(uow)
    if until > longest(rules, application.assessed(rules).level, starts):
        return False
    if before is not None and starts == datetime.fromisoformat(str(before.application["starts"])):
        # It was in time when it was first handed in; that it came back takes nothing away.
        return True
    return starts >= begun.replace(second=0, microsecond=0) and starts >= uow.now - FILLING


def shut_at_approval(uow: UnitOfWork, permit: Permit, application: Application, approver: int) -> Iterator[Gate]:
    """Yield the gates that keep somebody from approving."""
    if uncertified(uow, permit.enterprise, application.welders, days_of(application)):
        yield Gate.CERTIFIED
    if approver == permit.applicant or approver in _kept_apart(application):
        yield Gate.DISTINCT


def shut_at_start(
    uow: UnitOfWork, permit: Permit, application: Application, terms: Terms, approver: int | None
) -> Iterator[Gate]:
    """Yield the gates that keep work from beginning, or going on, as things are now, whatever held at application."""
    if uncertified(uow, permit.enterprise, application.welders, days_now(uow, terms)):
        yield Gate.CERTIFIED
    apart = any(same(application.guardian, welder) for welder in application.welders)
    if apart or approver in _kept_apart(application):
        yield Gate.DISTINCT
    if permits.holding(uow.conn, permit.point, but=permit.id):
        yield Gate.POINT


def _kept_apart(application: Application) -> set[int]:
    return {who.person for who in (application.guardian, *application.welders) if who.person is not None}
