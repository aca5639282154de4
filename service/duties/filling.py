"""What people do with duties: fill in, delegate, put off, explain, submit."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from campaign.workdays import working_moment_after
from service.annex import filing as annex_filing
from service.annex import tables as annex
from service.core.letters import Draft, answer, send, tell
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.dossiers import first_round
from service.duties import cards, departure, forms, problems
from service.duties.cards import Receipt
from service.duties.owned import OwnedDuty, due_day, may_confirm, may_explain, target, with_rule
from service.hazards import briefs as hazard_briefs
from service.hazards import criteria
from service.registry import risks
from service.talks import flow
from storage import audit, conversations, duties, people, registry
from storage.conversations import Conversation
from storage.duties import Duty
from talk.actions import Tap
from talk.texts import DayAndWeekday, Say

MORNING = time(8, 30)
"""When the working day of reminders begins."""

DISPATCH = "monthly-dispatch"
PLAIN = "plain-report"
FORM = "form"
EXPLAIN = "explain"
BY_PHONE = "by-phone"
"""Staff enter what was answered by phone: around the duty's own dialog, which the brief names."""
PLANNED_WITHIN = timedelta(days=366)
"""So far ahead a district may plan what it has not done."""


def fill(uow: UnitOfWork, me: Speaker, owned: OwnedDuty, first: str | None = None) -> None:
    """Start, go on with, or correct the answer of a duty; one person fills it at a time."""
    duty = owned.duty
    talk = conversations.of_duty(uow.conn, duty.id)
    confirms = may_confirm(uow, me.person, duty)
    if talk is not None and talk.person != me.person:
        if departure.is_left(uow, talk, duty, confirms=confirms):
            departure.take_over(uow, me, talk, duty, confirms=confirms)
        elif confirms:
            conversations.hand_to(uow.conn, talk.id, me.person, None, None)
        else:
            other = people.person(uow.conn, talk.person)
            answer(uow, me, Say("duty-filled-by", title=owned.title, name=other.name if other else "…"))
            return
        talk = conversations.by_id(uow.conn, talk.id)
    if talk is not None:
        flow.resume(uow, me, talk, first=first)
        return
    if owned.rule.form == hazard_briefs.PLAN:
        hazard_briefs.begin_plan_of(uow, me, duty)
        return
    if owned.rule.form == annex.FORM:
        annex_filing.open_of(uow, me, duty)
        return
    dialog = dialog_of(owned)
    # Answers of another dialog stay with it: the same key means something else there.
    flow.begin_old(
        uow,
        me,
        dialog,
        brief_of(uow, owned, delegated=not confirms),
        duty=duty.id,
        correcting=_to_correct(uow, duty, dialog),
        first=first,
    )


def check(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> None:
    """What was filled in by another, or came back, while it is still in hand; afterwards only how the duty stands."""
    if conversations.of_duty(uow.conn, owned.duty.id) is None:
        send(uow, me, cards.card(uow, me.person, owned))
    else:
        fill(uow, me, owned)


def delegate(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> None:
    """Ask the safety officer to prepare the answers."""
    if owned.duty.enterprise is None or not may_confirm(uow, me.person, owned.duty):
        answer(uow, me, Say("not-allowed"))
        return
    asked = [
        tell(
            uow,
            officer,
            Draft(
                (Say("delegate-card", title=owned.title, principal=me.name, when=cards.when(uow, owned.duty)),),
                (Tap(Say("option-fill"), f"a:fill:{owned.duty.id}"),),
            ),
            kind="delegated",
            dedupe=f"{uow.cause}/delegated/{officer}",
            duty=owned.duty.id,
        )
        for officer in people.holders(uow.conn, "officer", owned.duty.enterprise)
    ]
    answer(uow, me, Say("delegate-done", title=owned.title) if any(asked) else Say("delegate-nobody"))


def snooze(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> None:
    """明早提醒: silence until the next working morning."""
    until = working_moment_after(_morning(uow, uow.now.date() + timedelta(days=1)))
    duties.snooze(uow.conn, owned.duty.id, until)
    answer(uow, me, Say("snoozed", title=owned.title, at=until))


def explain(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> None:
    """Begin 说明情况."""
    if not may_explain(uow, me.person, owned.duty):
        answer(uow, me, Say("not-allowed"))
        return
    brief: dict[str, Any] = {
        "title": owned.title.as_json(),
        "first": uow.pack.start.isoformat(),
        "last": uow.pack.end.isoformat(),
    }
    if owned.duty.enterprise is None:
        today = uow.now.date()
        brief["district"] = {"today": today.isoformat(), "latest": (today + PLANNED_WITHIN).isoformat()}
    flow.begin_old(uow, me, EXPLAIN, brief, duty=owned.duty.id)


def explain_after(uow: UnitOfWork, me: Speaker, talk: Conversation) -> None:
    """Not at all for now: go on with 说明情况."""
    explain(uow, me, _of_talk(uow, talk))


def submit(uow: UnitOfWork, me: Speaker, talk: Conversation) -> bool:
    """A confirmed answer becomes the one that counts; its receipt proves that it was handed in. False when it is
    not owed any more, or not by this person.
    """
    receipts = hand_in(uow, me, talk)
    if receipts:
        send(uow, me, cards.receipts(receipts))
    else:
        answer(uow, me, Say("submit-refused", title=_of_talk(uow, talk).title))
    return bool(receipts)


def hand_in(uow: UnitOfWork, me: Speaker, talk: Conversation) -> list[Receipt]:
    """Let a confirmed answer count, for its own duty and for what it meets as well; nothing when the role ended, or
    the duty was withdrawn, while it was being filled in.
    """
    owned = _of_talk(uow, talk)
    if not may_confirm(uow, me.person, owned.duty) or owned.duty.status == "withdrawn":
        return []
    return let_count(uow, me, talk, owned, conversations.result(uow.conn, talk.id))


def let_count(
    uow: UnitOfWork, me: Speaker, talk: Conversation, owned: OwnedDuty, result: Mapping[str, Any]
) -> list[Receipt]:
    """An answer counts from now on, for its duty and for what it meets as well; `result`: what was said, by key."""
    met = [owned]
    if owned.rule.counts_as is not None and result.get(owned.rule.counts_as.asked) is True:
        met += [other for other in [forms.met_as_well(uow, owned)] if other is not None]
    if owned.rule.form == DISPATCH:
        problems.said(uow, me, owned.duty, result)
    if isinstance(present := result.get("present"), bool):
        risks.said(uow, me, owned, present=present)
    first, *others = [_hand_in(uow, me, talk, one) for one in met]
    return [replace(first, hazards=forms.hazards_in(talk.brief, result)), *others]


def _hand_in(uow: UnitOfWork, me: Speaker, talk: Conversation, owned: OwnedDuty) -> Receipt:
    code = uow.fresh.code()
    duties.answered(uow.conn, owned.duty.id, talk.id, uow.now)
    duties.add_receipt(uow.conn, code, owned.duty.id, talk.id, uow.now)
    audit.note(uow.conn, uow.now, "duty-answered", me.person, f"duty/{owned.duty.id}", conversation=talk.id)
    return Receipt(owned.title, code)


def ask_anew(uow: UnitOfWork, me: Speaker, talk: Conversation, why: Say) -> None:
    """What a duty was answered from has changed meanwhile: say so, and ask it from the beginning."""
    answer(uow, me, why)
    fill(uow, me, _of_talk(uow, talk))


def counted_until_now(uow: UnitOfWork, talk: Conversation) -> int | None:
    """The conversation whose answer counts for a duty so far; None when it was never answered."""
    return _of_talk(uow, talk).duty.conversation


def plan_for(uow: UnitOfWork, me: Speaker, talk: Conversation, day: date) -> None:
    """Not yet: the duty stays open and is reminded on the day the principal planned for."""
    owned = _of_talk(uow, talk)
    put_off(uow, owned, day)
    answer(uow, me, Say("planned-for", title=owned.title, day=DayAndWeekday(day)))


def put_off(uow: UnitOfWork, owned: OwnedDuty, day: date) -> None:
    """No reminder of a duty before a day's morning, and one then."""
    duties.snooze(uow.conn, owned.duty.id, _morning(uow, day))


def explained(uow: UnitOfWork, me: Speaker, talk: Conversation, reason: str) -> None:
    """A reason was given: the duty waits for staff, without nudges."""
    owned = _of_talk(uow, talk)
    if not may_explain(uow, me.person, owned.duty) or owned.duty.status not in duties.UNDONE:
        answer(uow, me, Say("submit-refused", title=owned.title))
        return
    duties.set_status(uow.conn, owned.duty.id, "explained")
    audit.note(uow.conn, uow.now, "duty-explained", me.person, f"duty/{owned.duty.id}", reason=reason)
    answer(uow, me, Say("explained-given", title=owned.title))


def explanation(uow: UnitOfWork, owned: OwnedDuty) -> Draft:
    """What was said instead of an answer, to be accepted or returned by staff."""
    enterprise = registry.enterprise(uow.conn, owned.duty.subject)
    talk = conversations.last_of_duty(uow.conn, EXPLAIN, owned.duty.id)
    place = enterprise.name if enterprise else owned.duty.subject
    taps = (
        Tap(Say("option-accept"), f"a:excuse:{owned.duty.id}"),
        Tap(Say("option-return"), f"a:reopen:{owned.duty.id}"),
    )
    told = () if talk is None else flow.told(uow, talk)
    return Draft((Say("explained-card", place=place, title=owned.title), *told), taps)


def decide_explanation(uow: UnitOfWork, me: Speaker, owned: OwnedDuty, *, accept: bool) -> None:
    """Staff accept an explanation (the duty is excused) or return it (it is owed as before)."""
    enterprise = registry.enterprise(uow.conn, owned.duty.subject)
    if enterprise is None:
        allowed = may(uow, me.person, Act.DECIDE_DISTRICT_EXPLANATION, target(owned.duty))
    else:
        allowed = may(uow, me.person, Act.DECIDE_EXPLANATION, Target.of_supervisor(enterprise))
    if not allowed:
        answer(uow, me, Say("not-allowed"))
        return
    if owned.duty.status != "explained":
        answer(uow, me, Say("decide-done-before"))
        return
    duties.set_status(uow.conn, owned.duty.id, "excused" if accept else "returned")
    audit.note(uow.conn, uow.now, "explanation-decided", me.person, f"duty/{owned.duty.id}", accepted=accept)
    role = "principal"
    told = Say("excused-told", title=owned.title) if accept else Say("reopened-told", title=owned.title)
    if enterprise is None:
        role = "clerk"
        told = Say("excused-district", title=owned.title) if accept else Say("reopened-district", title=owned.title)
    taps = () if accept else (Tap(Say("option-fill"), f"a:show:{owned.duty.id}"),)
    for owner in people.holders(uow.conn, role, owned.duty.subject):
        tell(uow, owner, Draft((told,), taps), kind="explained", dedupe=f"{uow.cause}/explained/{owner}")
    answer(uow, me, Say("excused-done" if accept else "reopened-done", title=owned.title))


def _of_talk(uow: UnitOfWork, talk: Conversation) -> OwnedDuty:
    duty = None if talk.duty is None else duties.get(uow.conn, talk.duty, lock=True)
    if duty is None:
        raise LookupError(f"conversation {talk.id} is about no duty")
    return with_rule(uow, duty)


def brief_of(uow: UnitOfWork, owned: OwnedDuty, *, delegated: bool) -> dict[str, Any]:
    """The facts from which a duty is answered."""
    duty = owned.duty
    enterprise = None if duty.enterprise is None else registry.enterprise(uow.conn, duty.enterprise)
    due = due_day(uow, duty)
    first, last = _days(uow, owned)
    principal = None
    if duty.enterprise is not None:
        for holder in people.holders(uow.conn, "principal", duty.enterprise):
            principal = people.person(uow.conn, holder)
    brief: dict[str, Any] = {
        "title": owned.title.as_json(),
        "demand": owned.rule.demand.as_json(),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "due": None if due is None else due.isoformat(),
        "enterprise": duty.enterprise,
        "delegated": delegated,
        # Of an answer that is corrected too: its day has passed all the same.
        "overdue": duty.due is not None and uow.now > duty.due,
        "principal_name": principal.name if principal else (enterprise.principal_name if enterprise else duty.district),
        "presence": None if owned.rule.presence is None else owned.rule.presence.ask.as_json(),
    }
    dialog = dialog_of(owned)
    if dialog == DISPATCH:
        brief["previous"] = _previous(uow, duty)
        brief["raised"] = problems.brief(uow, duty)
    elif dialog == hazard_briefs.WEEKLY:
        brief |= hazard_briefs.weekly(uow, duty, last)
    elif dialog == criteria.CHECK and enterprise is not None:
        brief |= criteria.brief(uow, enterprise)
    elif dialog == first_round.FORM and enterprise is not None:
        brief |= first_round.brief(uow, enterprise.code, signed_page=owned.rule.signed_page)
    elif dialog == FORM:
        brief |= forms.brief(uow, owned)
    return brief


def dialog_of(owned: OwnedDuty) -> str:
    """By which dialog a duty is answered."""
    form = str(owned.rule.form)
    if form in (DISPATCH, criteria.CHECK, first_round.FORM, hazard_briefs.WEEKLY):
        return form
    return PLAIN if form == "plain" else FORM


def _to_correct(uow: UnitOfWork, duty: Duty, dialog: str) -> int | None:
    """The conversation whose answers a new one starts from. Those of another dialog stay with it: there the same
    key means something else.
    """
    if duty.conversation is None:
        return None
    former = conversations.by_id(uow.conn, duty.conversation)
    if former is None or former.duty != duty.id:
        return None
    asked = former.brief["dialog"] if former.dialog == BY_PHONE else former.dialog
    return former.id if asked == dialog else None


def _days(uow: UnitOfWork, owned: OwnedDuty) -> tuple[date, date]:
    """Between which days what is reported may lie: the period's, or for a single duty the campaign's."""
    period = uow.pack.period(owned.duty.period)
    return period.first, period.last


def _previous(uow: UnitOfWork, duty: Duty) -> dict[str, str]:
    """The form of the dispatch before this one."""
    result = conversations.latest_result(uow.conn, duty.obligation, duty.subject, before=duty.opens)
    return {"form": str(result["form"])} if result.get("form") else {}


def _morning(uow: UnitOfWork, day: date) -> datetime:
    return datetime.combine(day, MORNING, uow.context.zone)
