"""The register of workers at work: who may weld, the list in the chat, the reminder before a certificate ends."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from campaign.certificates import CertificateStanding, Reminder, Validity, masked, newest_reminder, standing
from campaign.enterprise_life import CLOSED
from campaign.roles import OFFICER, PRINCIPAL
from campaign.workdays import working_moment_after
from service.core import access_log, whose
from service.core.access_log import Access
from service.core.encryption import SealError, is_current, seal, unseal
from service.core.letters import Draft, signature, tell
from service.core.permissions import Act, enterprises_of
from service.core.refusal import RefusedError
from service.core.second_looks import SecondLook
from service.core.ticking import Tick
from service.core.unit_of_work import Speaker, UnitOfWork
from service.workers import actions
from storage import enterprise_life, registry, workers
from storage.outbox import Claimed
from storage.workers import Worker
from talk.texts import FullDay, Phrase, Say

REMINDER: Final = "certificates"
"""The kind of a letter that brings certificates to mind; it is `about` workers."""

AUDIENCE: Final = (PRINCIPAL, OFFICER)
SCREEN: Final = 10
"""Certificates in one message."""
LONGEST_REST: Final = timedelta(days=14)
"""A rung is due so much earlier at the most, where its day is none to work on."""
VALID_FOR: Final = timedelta(days=2)

_PURPOSE: Final = "certificate"


def standing_of(worker: Worker, on: date) -> CertificateStanding:
    """Return how a worker's certificate stands on a day."""
    return standing(worker.review_due, worker.valid_until, on)


def usable(uow: UnitOfWork, enterprise: str, on: date) -> list[Worker]:
    """Return who of an enterprise may be named for hot work on a day: with a certificate for it that is valid then."""
    allows = uow.pack.certificates.allows_hot_work
    return [
        worker
        for worker in workers.find(uow.conn, enterprise)
        if allows(worker.trade) and standing_of(worker, on).is_valid
    ]


def hash_of(uow: UnitOfWork, number: str) -> str:
    """Return by what a number is known again without being kept in the clear."""
    return uow.hashed(_PURPOSE, number)


def sealed_number(uow: UnitOfWork, enterprise: str, worker: int, number: str) -> bytes:
    """Return a number encrypted, as it is stored: of no use in another worker's row."""
    return seal(uow.context.keys, _PURPOSE, _owner(enterprise, worker), number)


def full_number(uow: UnitOfWork, worker: Worker) -> str:
    """Return the whole number of a certificate. For the command line alone: it goes into no message, log or audit row.
    SealError where the secret key is another one than at the import.
    """
    return _opened(uow, worker, workers.sealed(uow.conn, worker.id))[0]


def renew_seals(uow: UnitOfWork) -> int:
    """Encrypt and hash the numbers anew that were written with a key that is retired, or before each was bound to its
    worker; return how many. SealError where
    one was written with a key that is not at hand: nobody of the register would be known again.
    """
    renewed = 0
    for worker, sealed in workers.everything_sealed(uow.conn):
        number, bound = _opened(uow, worker, sealed)
        if not bound or not is_current(uow.context.keys, sealed):
            fresh = sealed_number(uow, worker.enterprise, worker.id, number)
            workers.reseal(uow.conn, worker.id, fresh, hash_of(uow, number))
            renewed += 1
    return renewed


def _owner(enterprise: str, worker: int) -> str:
    return f"{enterprise}/{worker}"


def _opened(uow: UnitOfWork, worker: Worker, sealed: bytes) -> tuple[str, bool]:
    """Return a number, and whether it is bound to its worker: until it is renewed, one of before is to the enterprise
    alone. SealError where it opens for neither, or is another one than that by which the worker is known.
    """
    try:
        return unseal(uow.context.keys, _PURPOSE, _owner(worker.enterprise, worker.id), sealed), True
    except SealError:
        number = unseal(uow.context.keys, _PURPOSE, worker.enterprise, sealed)
    if worker.certificate_masked != masked(number):
        raise SealError
    return number, False


def listing(uow: UnitOfWork, me: Speaker, page: int) -> Draft:
    """Return a page of who is in the register of one's own enterprise, void certificates first. RefusedError: for
    who has none.
    """
    own = enterprises_of(uow, me.person, Act.SEE_WORKERS)
    if not own:
        raise RefusedError(Say("workers-not-yours"))
    today, bureau = uow.now.date(), own[0].supervisor
    found = [(enterprise, worker) for enterprise in own for worker in workers.find(uow.conn, enterprise.code)]
    if not found:
        return Draft((Say("workers-none", bureau=bureau),))
    found.sort(key=lambda pair: (standing_of(pair[1], today).until, pair[1].id))
    for enterprise in own:
        there = sum(where.code == enterprise.code for where, _ in found)
        access_log.record(uow, Access.WORKERS, f"enterprise/{enterprise.code}", people=there)
    start = SCREEN * (page - 1) if 0 < page <= -(-len(found) // SCREEN) else 0
    void = sum(not standing_of(worker, today).is_valid for _, worker in found)
    names = whose.labels(uow, me.person, (enterprise.code for enterprise in own)) if len(own) > 1 else {}
    lines: list[Phrase | None] = [
        Say("workers-heading", number=len(found)),
        Say("workers-void", number=void) if void else None,
        *(
            Say(
                "workers-entry",
                number=number,
                name=Say("workers-name-at", name=worker.name, enterprise=names[enterprise.code])
                if names
                else worker.name,
                trade=worker.trade,
                certificate=worker.certificate_masked,
                state=_state(uow, worker),
            )
            for number, (enterprise, worker) in enumerate(found[start : start + SCREEN], start + 1)
        ),
        Say("workers-update", bureau=bureau),
    ]
    rest = len(found) > start + SCREEN
    taps = (actions.LIST.tap(Say("option-more"), start // SCREEN + 2),) if rest else ()
    return Draft(tuple(lines), taps)


def _state(uow: UnitOfWork, worker: Worker) -> Say:
    stands, left = standing_of(worker, uow.now.date()), _days_left(uow, worker)
    match stands.validity:
        case Validity.EXPIRED:
            return Say("workers-expired", day=FullDay(worker.valid_until))
        case Validity.REVIEW_OVERDUE:
            return Say("workers-review-overdue", day=FullDay(worker.review_due))
        case Validity.VALID:
            what = _due(uow, worker)
            if worker.review_due < worker.valid_until:
                expiry = Say("certificate-day", kind="expiry", day=FullDay(worker.valid_until))
                what = Say("workers-both", review=what, expiry=expiry)
            return Say("workers-soon", what=what, days=left) if left <= _first_rung(uow) else what


def _due(uow: UnitOfWork, worker: Worker) -> Say:
    """Return what is due next by its name: the review, or a new card."""
    stands = standing_of(worker, uow.now.date())
    return Say("certificate-day", kind=stands.kind, day=FullDay(stands.until))


def _days_left(uow: UnitOfWork, worker: Worker) -> int:
    return (standing_of(worker, uow.now.date()).until - uow.now.date()).days


def _first_rung(uow: UnitOfWork) -> int:
    return uow.pack.certificates.days_ahead[0]


def remind(uow: UnitOfWork, tick: Tick) -> int:
    """Bring to mind the certificates that end soon, all of an enterprise in one message to each of its people; return
    how many people.

    The cap on reminders does not hold here and these are not counted in it. It spares people a duty's nagging, whose
    next rung comes of itself within days; of these there are four in three years for a card, the next may be weeks
    away, and what a missed one costs is a welder who may not work.
    """
    due: defaultdict[str, dict[int, int]] = defaultdict(dict)
    today = uow.now.date()
    if not uow.pack.is_at_work(today):
        return 0
    until = today + timedelta(days=_first_rung(uow)) + LONGEST_REST
    for worker in workers.ending(uow.conn, today, until):
        rung = _rung(uow, worker)
        if rung is not None and (worker.reminded_days is None or rung.days < worker.reminded_days):
            due[worker.enterprise][worker.id] = rung.days
    told = 0
    resting = enterprise_life.resting(uow.conn, uow.now)
    for enterprise, rungs in due.items():
        if resting.get(enterprise) in CLOSED:
            continue
        people_there = {person for role in AUDIENCE for person in tick.holders.get((role, enterprise), ())}
        reached = sum(_queue(uow, person, enterprise, tuple(rungs)) for person in sorted(people_there))
        if reached:
            # Where nobody has joined yet, whoever does is told then.
            workers.mark_reminded(uow.conn, list(rungs.items()))
        told += reached
    return told


def _rung(uow: UnitOfWork, worker: Worker) -> Reminder | None:
    until = standing_of(worker, uow.now.date()).until
    return newest_reminder(uow.pack.certificates, until, uow.now, uow.context.zone)


def _queue(uow: UnitOfWork, person: int, enterprise: str, ids: Sequence[int]) -> bool:
    draft = reminder(uow, ids)
    # Not at night, not on a rest day: it waits for the next working moment.
    wait = working_moment_after(uow.now) - uow.now
    return draft is not None and tell(
        uow,
        person,
        draft,
        kind=REMINDER,
        dedupe=f"certificates/{enterprise}/{person}/{uow.now.isoformat()}",
        about=ids,
        not_before=uow.wall + wait,
        valid=VALID_FOR,
    )


def look_again(uow: UnitOfWork, letters: Sequence[Claimed]) -> dict[int, Draft | None]:
    """Return what is left of reminders of certificates."""
    return {letter.id: reminder(uow, letter.about) for letter in letters}


SECOND_LOOK: Final = SecondLook(frozenset({REMINDER}), look_again, patient=True)


def reminder(uow: UnitOfWork, ids: Iterable[int]) -> Draft | None:
    """Return what the people of an enterprise are reminded of; None when none of it ends soon any more: it was renewed,
    or its holder has left.
    """
    found = [worker for number in ids if (worker := workers.get(uow.conn, number)) is not None]
    ending = [worker for worker in found if worker.removed_at is None and _rung(uow, worker) is not None]
    where = registry.enterprise(uow.conn, ending[0].enterprise) if ending else None
    if where is None:
        return None
    ending.sort(key=lambda worker: (_days_left(uow, worker), worker.id))
    shown, rest = ending[:SCREEN], len(ending[SCREEN:])
    return Draft(
        (
            Say("workers-remind-heading", signature=signature(where.supervisor), name=where.name),
            Say("workers-remind-soon"),
            *(
                Say(
                    "workers-remind-line",
                    name=worker.name,
                    trade=worker.trade,
                    certificate=worker.certificate_masked,
                    what=_due(uow, worker),
                    days=_days_left(uow, worker),
                )
                for worker in shown
            ),
            Say("workers-remind-rest", number=rest) if rest else None,
            Say("workers-remind-do", bureau=where.supervisor),
        ),
        (actions.LIST.tap(Say("option-register"), 1),),
        of=where.code,
    )
