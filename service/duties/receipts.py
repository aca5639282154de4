"""Receipts: a duty, an enterprise, a period, a time, a state; no person, no contents."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.duties import title_of
from service.core import denials
from service.core.codes import plain_code
from service.core.letters import answer
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import actions, answers, lateness, phone_mark, server_mark
from service.duties.owned import visible
from storage import duties, invitations, phone_answers, registry
from storage.phone_answers import PhoneAnswer
from talk.texts import Say, Words

RECEIPT = "receipt"
TRIES_AN_HOUR = 10


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt proves: that this was handed in then. `counts`: no later answer replaced it."""

    code: str
    duty: int
    title: Words
    place: str
    period: str
    at: datetime
    late: bool
    """Whether what it is about was done after its last day."""
    note: Say | None
    """What is said of that, and of a late filing."""
    first_at: datetime | None
    """When the duty was first handed in; None: with this receipt."""
    counts: bool
    assurance: str | None
    """By what it was vouched for (`service.core.assurance`); None: that was not noted yet."""
    by_phone: PhoneAnswer | None = None
    at_server: Say | None = None
    """The mark of answers that were given at the server."""
    met: bool = True
    """Whether what was reported meets the clause, where this counts."""


def find(uow: UnitOfWork, code: str) -> Receipt | None:
    """The receipt of a code as people type it; None when there is none."""
    plain = plain_code(code)
    found = duties.receipt(uow.conn, f"{plain[:4]}-{plain[4:]}")
    duty = None if found is None else duties.get(uow.conn, found.duty)
    if found is None or duty is None:
        return None
    enterprise = None if duty.enterprise is None else registry.enterprise(uow.conn, duty.enterprise)
    first = duty.first_at
    return Receipt(
        code=found.code,
        duty=duty.id,
        title=title_of(uow.pack.obligation(duty.obligation), duty.period),
        place=duty.district if enterprise is None else enterprise.name,
        period=duty.period,
        at=found.at.astimezone(uow.context.zone),
        late=duty.late,
        note=lateness.told(duty),
        first_at=first.astimezone(uow.context.zone) if first is not None and first < found.at else None,
        counts=found.counts,
        assurance=found.assurance,
        by_phone=phone_answers.of(uow.conn, found.conversation),
        met=not (found.counts and duty.unmet),
        at_server=server_mark.without_people(uow, found.conversation),
    )


def show(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """/receipt CODE; guesses are limited."""
    if not code:
        raise RefusedError(Say("receipt-how"))
    address = me.identity.address
    hour_ago = uow.wall - timedelta(hours=1)
    if invitations.failed_tries(uow.conn, RECEIPT, address, hour_ago) >= TRIES_AN_HOUR:
        raise RefusedError(Say("receipt-pause"))
    receipt = find(uow, code)
    if receipt is None:
        invitations.add_try(uow.conn, RECEIPT, address, uow.wall)
        denials.count(uow, denials.GUESSED, me.person)
        answer(uow, me, Say("receipt-unknown"))
        return
    # What was answered is shown to those only who may see the duty; the receipt itself says nothing of it.
    owned = visible(uow, me.person, receipt.duty)
    seen = owned is not None and answers.can_be_shown(owned)
    taps = [actions.ANSWERS.tap(Say("option-answers"), receipt.duty, 1)] if seen else []
    answer(uow, me, *lines(receipt), taps=taps)


def lines(receipt: Receipt) -> tuple[Say, ...]:
    """A receipt in words."""
    state = Say("receipt-counts") if receipt.counts else Say("receipt-replaced")
    if not receipt.met:
        state = Say("receipt-counts-unmet")
    return (
        Say("receipt-heading", code=receipt.code),
        Say("receipt-what", title=receipt.title, place=receipt.place),
        Say("receipt-when", at=receipt.at, note=lateness.noted(receipt.note)),
        *(() if receipt.first_at is None else (Say("receipt-first", at=receipt.first_at),)),
        state,
        *_how(receipt),
        Say("receipt-limits"),
    )


def _how(receipt: Receipt) -> tuple[Say, ...]:
    """Return in what way the answers came, a line each."""
    marks = [] if receipt.by_phone is None else [phone_mark.without_people(receipt.by_phone)]
    marks += [] if receipt.at_server is None else [receipt.at_server]
    if not marks and receipt.assurance is not None:
        return (Say("receipt-assurance", assurance=receipt.assurance),)
    return tuple(marks)
