"""How a duty looks: its card, its reminder, the ground it stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from service import answers, forms
from service.desk import phone_mark
from service.district.coverage import data as coverage_data
from service.letters import Draft, Tap, signature
from service.mine import Mine, due_day, may_confirm, may_explain, may_fill, own_subjects, target
from service.permissions import Act, may
from service.work import Work
from storage import by_phone, people, registry
from storage.duties import UNDONE, Duty
from talk.texts import DayAndWeekday, Listed, Phrase, Say, Words

DISPATCH_FORM = "monthly-dispatch"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What proves that a duty was handed in."""

    title: Words
    code: str
    hazards: int = 0
    """Major hazards that the answer counts; the ledger wants each of them reported."""


def receipts(given: Sequence[Receipt]) -> Draft:
    """The receipts of what was handed in at once, in one message, and the way to report what was found."""
    lines: list[Phrase] = [Say("receipt-given", title=one.title, code=one.code) for one in given]
    if len(given) > 1:
        listed = [Say("receipts-line", title=one.title, code=one.code) for one in given]
        lines = [Say("receipts-given", number=len(given)), *listed, Say("receipts-limits")]
    hazards = sum(one.hazards for one in given)
    if not hazards:
        return Draft(tuple(lines))
    return Draft((*lines, Say("receipts-hazards", number=hazards)), (Tap(Say("option-report"), "a:report:"),))


def card(work: Work, person: int, mine: Mine) -> Draft:
    """A duty in full: what, until when, how long, on what ground, and the ways to go on."""
    duty = mine.duty
    if duty.status == "answered" and duty.answered_at is not None:
        at = duty.answered_at.astimezone(work.house.zone)
        state = Say("duty-answered-routine", at=at) if mine.rule.routine else Say("duty-answered", at=at)
    elif duty.status == "explained":
        state = Say("duty-explained")
    elif duty.status == "excused":
        state = Say("duty-excused")
    elif duty.subject not in own_subjects(work, person):
        # Staff look at what others owe: nothing is asked of them.
        seen = when(work, duty)
        state = Say("duty-seen-overdue", when=seen) if duty.overdue(work.now) else Say("duty-seen", when=seen)
    elif duty.due is None:
        state = Say("duty-any-time", minutes=mine.rule.minutes)
    elif duty.overdue(work.now):
        state = Say("duty-overdue", when=when(work, duty))
    else:
        state = Say("duty-asked", when=when(work, duty), minutes=mine.rule.minutes)
    heading = Say("duty-heading", signature=signature(bureau(work, duty)), title=mine.title)
    mark = phone_mark.of(work, duty.conversation) if duty.status == "answered" else None
    return Draft((heading, state, mark, _ground(work, mine)), taps(work, person, mine))


def reminder(work: Work, person: int, mine: Mine) -> Draft:
    """Shorter each time: the whole card when the duty opens, then a line, then what is overdue."""
    if mine.duty.rung in (None, "opens"):
        return card(work, person, mine)
    short = tuple(tap for tap in taps(work, person, mine) if not tap.data.startswith(("a:ground", "a:delegate")))
    if not mine.duty.overdue(work.now):
        return Draft((Say("remind-soon", title=mine.title, when=when(work, mine.duty)),), short)
    return Draft((Say("remind-overdue", title=mine.title, when=when(work, mine.duty)),), short)


def state_line(work: Work, duty: Duty) -> Say:
    """Where a duty stands, in a few words."""
    if duty.status == "answered" and duty.answered_at is not None:
        return Say("state-answered", at=duty.answered_at.astimezone(work.house.zone).date())
    if duty.status == "explained":
        return Say("state-explained")
    if duty.status == "excused":
        return Say("state-excused")
    left = days_left(work, duty)
    if left is None or left <= 0:
        return when(work, duty)
    return Say("when-left-short", due=work.now.date() + timedelta(days=left), days=left)


def days_left(work: Work, duty: Duty) -> int | None:
    """How many days a duty has left, 0 on its last one, negative afterwards; None for no end."""
    last = due_day(work, duty)
    return None if last is None else (last - work.now.date()).days


def when(work: Work, duty: Duty) -> Say:
    """Until when, and how far that is."""
    last, left = due_day(work, duty), days_left(work, duty)
    if last is None or left is None:
        return Say("when-open-end")
    if left < 0:
        return Say("when-overdue", days=-left)
    if left == 0:
        return Say("when-today", due=last)
    return Say("when-left", due=DayAndWeekday(last), days=left)


def bureau(work: Work, duty: Duty) -> str:
    """Who signs messages about a duty."""
    enterprise = None if duty.enterprise is None else registry.enterprise(work.conn, duty.enterprise)
    return work.pack.district(duty.district).bureau if enterprise is None else enterprise.supervisor


def ground(work: Work, person: int, mine: Mine) -> Draft:
    """填报依据: the clause, what it asks, and what in the profile caught the enterprise."""
    lines: list[Phrase | None] = [
        Say("ground-heading", title=mine.title),
        _ground(work, mine),
        mine.rule.note,
        _caught(work, mine),
        Say("ground-when", when=when(work, mine.duty)),
    ]
    rest = tuple(tap for tap in taps(work, person, mine) if not tap.data.startswith("a:ground"))
    return Draft(tuple(lines), rest)


def taps(work: Work, person: int, mine: Mine) -> tuple[Tap, ...]:
    """What this person can do with a duty, the likely thing first."""
    duty = mine.duty
    details = Tap(Say("option-ground"), f"a:ground:{duty.id}")
    given = (Tap(Say("option-answers"), f"a:answers:{duty.id}"),) if answers.can_be_shown(mine) else ()
    if mine.rule.draft is not None and may(work, person, Act.DRAFT_REPORT, target(duty)):
        given = (*given, Tap(Say("option-draft"), f"a:draft:{duty.id}"))
    if forms.counts_coverage(work, mine) and may(work, person, Act.SEE_COVERAGE, target(duty)):
        given = (*given, Tap(Say("option-coverage"), coverage_data(work, "show", duty.district)))
    if not may_fill(work, person, duty):
        return (*given, details)
    if duty.status == "answered":
        return (*_correct(work, person, duty), *given, details)
    found: list[Tap] = []
    if mine.rule.form == DISPATCH_FORM:
        found.append(Tap(Say("dispatch-held-yes"), f"a:fill:{duty.id}:yes"))
        found.append(Tap(Say("dispatch-held-no"), f"a:fill:{duty.id}:no"))
    else:
        found.append(Tap(Say("option-fill"), f"a:fill:{duty.id}"))
    overdue = duty.overdue(work.now)
    if duty.due is not None and not overdue:
        found.append(Tap(Say("option-tomorrow"), f"a:snooze:{duty.id}"))
    # What a district cannot do by its day it says before that day: the city looks then.
    explainable = overdue or (duty.enterprise is None and duty.due is not None)
    if explainable and duty.status in UNDONE and may_explain(work, person, duty):
        found.append(Tap(Say("option-explain"), f"a:explain:{duty.id}"))
    if (
        duty.enterprise is not None
        and may_confirm(work, person, duty)
        and people.holders(work.conn, "officer", duty.enterprise)
    ):
        found.append(Tap(Say("option-delegate"), f"a:delegate:{duty.id}"))
    return (*found, *given, details)


def _correct(work: Work, person: int, duty: Duty) -> tuple[Tap, ...]:
    """更正; of an answer by phone the principal is asked whether it is so."""
    phone = by_phone.of(work.conn, duty.conversation)
    if phone is None or phone.confirmed_at is not None or not may_confirm(work, person, duty):
        return (Tap(Say("option-correct"), f"a:fill:{duty.id}"),)
    return phone_mark.asks(phone)


def _ground(work: Work, mine: Mine) -> Say:
    return Say(
        "duty-ground",
        document=work.pack.document,
        plan=work.pack.plan_name,
        clause=mine.rule.clause_shown,
        demand=mine.rule.demand,
    )


def _caught(work: Work, mine: Mine) -> Phrase | None:
    if mine.duty.enterprise is None:
        return Say("ground-district", district=mine.duty.district)
    enterprise = registry.enterprise(work.conn, mine.duty.enterprise)
    if enterprise is None:
        return None
    if mine.rule.subject == "municipal":
        return Say("ground-municipal")
    variant = mine.rule.variant_for(enterprise.sector, enterprise.tags)
    if variant is None:
        return None
    caught: list[Phrase] = [work.pack.tag(tag).name for tag in variant.scope.tags if tag in enterprise.tags]
    if variant.scope.sectors:
        caught.append(work.pack.sector(enterprise.sector).name)
    return Say("ground-profile", reasons=Listed(tuple(caught))) if caught else Say("ground-everybody")
