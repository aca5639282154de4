"""How a duty looks: its card, its reminder, the ground it stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.roles import OFFICER
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft, signature
from service.core.permissions import Act, may
from service.core.shared_actions import COVERAGE, DRAFT_REPORT, REPORT_HAZARD
from service.core.unit_of_work import UnitOfWork
from service.duties import actions, admissions, answers, forms, lateness, phone_mark, promises, returning, server_mark
from service.duties.admissions import Admitted
from service.duties.owned import bureau, due_day, duty_talk, may_confirm, may_explain, may_fill, own_subjects
from storage import filings, people, phone_answers, registry
from storage.duties import UNDONE, Duty
from talk.actions import Tap
from talk.texts import DayAndWeekday, Listed, Phrase, Say, Words


@dataclass(frozen=True, slots=True)
class Receipt:
    """What proves that a duty was handed in."""

    title: Words
    code: str
    owned: OwnedDuty
    """The duty with its answer."""
    admitted: Sequence[Admitted] = ()
    """What the answer admits of major hazards, which the ledger wants."""
    reasons: Sequence[Phrase] = ()
    """What the answer does not agree with, and why."""
    until: date | None = None
    """Its last day, where that lies ahead: until then it is corrected without a trace."""


def receipts(given: Sequence[Receipt], of: str) -> Draft:
    """The receipts of what was handed in at once for an enterprise or district, in one message, and the way to report
    what was found.
    """
    lines: list[Phrase] = [line for receipt in given for line in _receipt(receipt, alone=len(given) == 1)]
    if len(given) > 1:
        lines = [Say("receipts-given", number=len(given)), *lines, Say("receipts-limits")]
    if until := [receipt.until for receipt in given if receipt.until is not None]:
        lines.append(Say("receipt-correctable", due=min(until)))
    lines += [Say("receipt-contradiction", told=reason) for receipt in given for reason in receipt.reasons]
    admitted = [told for receipt in given for told in receipt.admitted]
    lines += admissions.lines(admitted)
    report = (REPORT_HAZARD.tap(Say("option-report"), of, 1),) if any(told.missing for told in admitted) else ()
    return Draft(tuple(lines), report, of=of)


def _receipt(receipt: Receipt, *, alone: bool) -> list[Phrase]:
    """One receipt; where the clause is not met it says why, and what the clause asks."""
    title, code = receipt.title, receipt.code
    if not receipt.owned.duty.unmet:
        return [Say("receipt-given" if alone else "receipts-line", title=title, code=code)]
    said = Say("receipt-given-unmet" if alone else "receipts-line-unmet", title=title, code=code)
    asked = Say("receipt-demand", clause=receipt.owned.rule.clause_shown, demand=receipt.owned.rule.demand)
    return [said, *promises.why(receipt.owned.duty), asked]


def question_of(uow: UnitOfWork, duty: Duty) -> Say | None:
    """Return the line with the question with which staff gave the answer of a duty back; None: they did not."""
    asked = filings.returned(uow.conn, duty.id) if duty.status == "returned" else []
    return Say("returned-question", question=asked[-1].question) if asked else None


def card(uow: UnitOfWork, person: int, owned: OwnedDuty) -> Draft:
    """A duty in full: what, until when, how long, on what ground, and the ways to go on."""
    duty = owned.duty
    told: tuple[Phrase, ...] = ()
    if duty.unmet and duty.answered_at is not None:
        state = Say("duty-unmet", at=duty.answered_at.astimezone(uow.context.zone))
        what = lateness.told(duty)
        late = () if what is None else (Say("answers-when", what=what),)
        told = (*promises.why(duty), *late, promised(uow, duty))
    elif duty.status == "answered" and duty.answered_at is not None:
        at, note = duty.answered_at.astimezone(uow.context.zone), lateness.noted(lateness.told(duty))
        if owned.rule.routine:
            state = Say("duty-answered-routine", at=at, note=note)
        else:
            state = Say("duty-answered", at=at, note=note, until=_correctable(uow, duty))
    elif duty.status == "explained":
        state = Say("duty-explained")
    elif duty.status == "excused":
        state = Say("duty-excused" if duty.held is None else "duty-still")
    elif duty.subject not in own_subjects(uow, person):
        # Staff look at what others owe: nothing is asked of them.
        seen = when(uow, duty)
        state = Say("duty-seen-overdue", when=seen) if duty.overdue(uow.now) else Say("duty-seen", when=seen)
    elif duty.due is None:
        state = Say("duty-any-time", minutes=owned.rule.minutes)
    elif duty.overdue(uow.now):
        state = Say("duty-overdue", when=when(uow, duty))
    else:
        state = Say("duty-asked", when=when(uow, duty), minutes=owned.rule.minutes)
    heading = Say("duty-heading", signature=signature(bureau(uow, duty)), title=owned.title)
    of = duty.conversation if duty.status == "answered" else None
    marks = (phone_mark.of(uow, of), server_mark.of(uow, of))
    reasons = admissions.reasons(uow, duty) if duty.status == "answered" else ()
    lines = (heading, state, *told, question_of(uow, duty), *reasons, *marks, _ground(uow, owned))
    return Draft(lines, taps(uow, person, owned), of=duty.subject)


def promised(uow: UnitOfWork, duty: Duty) -> Say:
    """Return by when it is promised that a duty will be met."""
    if duty.met_by is None:
        return Say("promise-none")
    passed = duty.met_by < uow.now.date()
    return Say("promise-passed" if passed else "promise-until", day=DayAndWeekday(duty.met_by))


def reminder(uow: UnitOfWork, person: int, owned: OwnedDuty) -> Draft:
    """Shorter each time: the whole card when the duty opens, then a line, then what is overdue; of what was promised,
    that its day has come.
    """
    if owned.duty.unmet:
        lines = (Say("remind-unmet", title=owned.title), *promises.why(owned.duty), promised(uow, owned.duty))
        return Draft(lines, taps(uow, person, owned), of=owned.duty.subject)
    if owned.duty.rung in (None, "opens"):
        return card(uow, person, owned)
    short = tuple(
        tap
        for tap in taps(uow, person, owned)
        if not (actions.GROUND.is_behind(tap) or actions.DELEGATE.is_behind(tap))
    )
    if not owned.duty.overdue(uow.now):
        said = Say("remind-soon", title=owned.title, when=when(uow, owned.duty))
    else:
        said = Say("remind-overdue", title=owned.title, when=when(uow, owned.duty))
    return Draft((said,), short, of=owned.duty.subject)


def state_line(uow: UnitOfWork, duty: Duty) -> Say:
    """Return in a few words how a duty stands."""
    if duty.unmet:
        return Say("state-unmet-open") if duty.met_by is None else Say("state-unmet", day=duty.met_by)
    if duty.status == "answered" and duty.answered_at is not None:
        at = duty.answered_at.astimezone(uow.context.zone).date()
        return Say("state-answered", at=at, note=lateness.noted(lateness.told(duty)))
    if duty.status == "explained":
        return Say("state-explained")
    if duty.status == "excused":
        return Say("state-excused" if duty.held is None else "state-still")
    left = days_left(uow, duty)
    if left is None or left <= 0:
        return when(uow, duty)
    return Say("when-left-short", due=uow.now.date() + timedelta(days=left), days=left)


def _correctable(uow: UnitOfWork, duty: Duty) -> Say:
    last = due_day(uow, duty)
    if last is None:
        return Say("correct-any-time")
    return Say("correct-marked") if uow.now.date() > last else Say("correct-until", due=last)


def days_left(uow: UnitOfWork, duty: Duty) -> int | None:
    """Return how many days a duty has left: 0 on its last one, negative afterwards; None where it has no end."""
    last = due_day(uow, duty)
    return None if last is None else (last - uow.now.date()).days


def when(uow: UnitOfWork, duty: Duty) -> Say:
    """Return until when a duty is to be done, and how far that is."""
    last, left = due_day(uow, duty), days_left(uow, duty)
    if last is None or left is None:
        return Say("when-open-end")
    if left < 0 and duty.status == "returned" and not duty.overdue(uow.now):
        return Say("when-returned")
    if left < 0:
        return Say("when-overdue", days=-left)
    if left == 0:
        return Say("when-today", due=last)
    return Say("when-left", due=DayAndWeekday(last), days=left)


def ground(uow: UnitOfWork, person: int, owned: OwnedDuty) -> Draft:
    """填报依据: the clause, what it asks, and what in the profile caught the enterprise."""
    lines: list[Phrase | None] = [
        Say("ground-heading", title=owned.title),
        _ground(uow, owned),
        owned.rule.note,
        _caught(uow, owned),
        Say("ground-when", when=when(uow, owned.duty)),
    ]
    rest = tuple(tap for tap in taps(uow, person, owned) if not actions.GROUND.is_behind(tap))
    return Draft(tuple(lines), rest)


def taps(uow: UnitOfWork, person: int, owned: OwnedDuty) -> tuple[Tap, ...]:
    """Return the buttons of what this person can do with a duty, the likely one first."""
    duty = owned.duty
    details = actions.GROUND.tap(Say("option-ground"), duty.id)
    given = (actions.ANSWERS.tap(Say("option-answers"), duty.id, 1),) if answers.can_be_shown(owned) else ()
    if owned.rule.draft is not None and may(uow, person, Act.DRAFT_REPORT, duty):
        given = (*given, DRAFT_REPORT.tap(Say("option-draft"), duty.id))
    if forms.counts_coverage(uow, owned) and may(uow, person, Act.SEE_COVERAGE, duty):
        column = uow.pack.columns.index(duty.district)
        given = (*given, COVERAGE.tap(Say("option-coverage"), "show", column, 1))
    if returning.can_be_returned(uow, person, duty):
        given = (*given, actions.GIVE_BACK.tap(Say("option-return-answer"), duty.id))
    if not may_fill(uow, person, duty):
        return (*given, details)
    if duty.unmet:
        return (*_to_meet(uow, person, duty), *given, details)
    if duty.status == "answered":
        return (*_correct(uow, person, duty), *given, details)
    found: list[Tap] = []
    capable = duty_talk(uow, owned)
    opening = () if capable is None else capable.first
    found += [actions.FILL.tap(label, duty.id, option) for label, option in opening]
    if not opening:
        found.append(actions.FILL.tap(Say("option-fill"), duty.id, ""))
    overdue = duty.overdue(uow.now)
    if duty.due is not None and not overdue:
        found.append(actions.SNOOZE.tap(Say("option-tomorrow"), duty.id))
    # What a district cannot do by its day it says before that day: the city looks then.
    explainable = overdue or (duty.enterprise is None and duty.due is not None)
    if explainable and duty.status in UNDONE and may_explain(uow, person, duty):
        found.append(actions.EXPLAIN.tap(Say("option-explain"), duty.id))
    if (
        duty.enterprise is not None
        and may_confirm(uow, person, duty)
        and people.holders(uow.conn, OFFICER, duty.enterprise)
    ):
        found.append(actions.DELEGATE.tap(Say("option-delegate"), duty.id))
    return (*found, *given, details)


def _to_meet(uow: UnitOfWork, person: int, duty: Duty) -> tuple[Tap, ...]:
    """What can be done about a duty that is answered and not met."""
    if not may_confirm(uow, person, duty):
        return (actions.FILL.tap(Say("option-meet"), duty.id, ""),)
    phone = phone_answers.of(uow.conn, duty.conversation)
    told = () if phone is None or phone.confirmed_at is not None else phone_mark.asks(phone)
    when_ = Say("option-promise") if duty.met_by is None else Say("option-promise-again")
    return (
        *(told or (actions.FILL.tap(Say("option-meet"), duty.id, ""),)),
        actions.PROMISE.tap(when_, duty.id),
        actions.EXPLAIN.tap(Say("option-explain"), duty.id),
    )


def _correct(uow: UnitOfWork, person: int, duty: Duty) -> tuple[Tap, ...]:
    """更正; of an answer by phone the principal is asked whether it is so."""
    phone = phone_answers.of(uow.conn, duty.conversation)
    if phone is None or phone.confirmed_at is not None or not may_confirm(uow, person, duty):
        return (actions.FILL.tap(Say("option-correct"), duty.id, ""),)
    return phone_mark.asks(phone)


def _ground(uow: UnitOfWork, owned: OwnedDuty) -> Say:
    return Say(
        "duty-ground",
        document=uow.pack.document,
        plan=uow.pack.plan_name,
        clause=owned.rule.clause_shown,
        demand=owned.rule.demand,
    )


def _caught(uow: UnitOfWork, owned: OwnedDuty) -> Phrase | None:
    if owned.duty.enterprise is None:
        return Say("ground-district", district=owned.duty.district)
    enterprise = registry.enterprise(uow.conn, owned.duty.enterprise)
    if enterprise is None:
        return None
    if owned.rule.subject == "municipal":
        return Say("ground-municipal")
    variant = owned.rule.variant_for(enterprise)
    if variant is None:
        return None
    caught: list[Phrase] = [uow.pack.tag(tag).name for tag in variant.scope.tags if tag in enterprise.tags]
    if variant.scope.sectors:
        caught.append(uow.pack.sector(enterprise.sector).name)
    return Say("ground-profile", reasons=Listed(tuple(caught))) if caught else Say("ground-everybody")
