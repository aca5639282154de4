"""What people do with duties: fill in, delegate, put off, explain, submit."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from campaign.workdays import working_moment_after
from service import cards, criteria, departure, first_round, forms, problems, risks, talks
from service.annex import filing as annex_filing
from service.annex import tables as annex
from service.cards import Receipt
from service.hazards import briefs as hazard_briefs
from service.hazards.ledger import judged
from service.letters import Draft, Tap, answer, send, tell
from service.mine import Mine, due_day, may_confirm, may_explain, mine_of, target
from service.permissions import Act, may
from service.work import Speaker, Talking, Work
from storage import audit, conversations, duties, people, registry
from storage.duties import Duty
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


def fill(work: Work, me: Speaker, mine: Mine, first: str | None = None) -> None:
    """Start, go on with, or correct the answer of a duty; one person fills it at a time."""
    duty = mine.duty
    talk = conversations.of_duty(work.conn, duty.id)
    confirms = may_confirm(work, me.person, duty)
    if talk is not None and talk.person != me.person:
        if departure.is_left(work, talk, duty, confirms=confirms):
            departure.take_over(work, me, talk, duty, confirms=confirms)
        elif confirms:
            conversations.hand_to(work.conn, talk.id, me.person, None, None)
        else:
            other = people.person(work.conn, talk.person)
            answer(work, me, Say("duty-filled-by", title=mine.title, name=other.name if other else "…"))
            return
        talk = conversations.by_id(work.conn, talk.id)
    if talk is not None:
        talks.resume(work, me, talk, first=first)
        return
    if mine.rule.form == hazard_briefs.PLAN:
        hazard_briefs.begin_plan_of(work, me, duty)
        return
    if mine.rule.form == annex.FORM:
        annex_filing.open_of(work, me, duty)
        return
    dialog = dialog_of(mine)
    # Answers of another dialog stay with it: the same key means something else there.
    talks.begin(
        work,
        me,
        dialog,
        brief_of(work, mine, delegated=not confirms),
        duty=duty.id,
        correcting=_to_correct(work, duty, dialog),
        first=first,
    )


def check(work: Work, me: Speaker, mine: Mine) -> None:
    """What was filled in by another, or came back, while it is still in hand; afterwards only how the duty stands."""
    if conversations.of_duty(work.conn, mine.duty.id) is None:
        send(work, me, cards.card(work, me.person, mine))
    else:
        fill(work, me, mine)


def delegate(work: Work, me: Speaker, mine: Mine) -> None:
    """Ask the safety officer to prepare the answers."""
    if mine.duty.enterprise is None or not may_confirm(work, me.person, mine.duty):
        answer(work, me, Say("not-allowed"))
        return
    asked = [
        tell(
            work,
            officer,
            Draft(
                (Say("delegate-card", title=mine.title, principal=me.name, when=cards.when(work, mine.duty)),),
                (Tap(Say("option-fill"), f"a:fill:{mine.duty.id}"),),
            ),
            kind="delegated",
            dedupe=f"{work.cause}/delegated/{officer}",
            duty=mine.duty.id,
        )
        for officer in people.holders(work.conn, "officer", mine.duty.enterprise)
    ]
    answer(work, me, Say("delegate-done", title=mine.title) if any(asked) else Say("delegate-nobody"))


def snooze(work: Work, me: Speaker, mine: Mine) -> None:
    """明早提醒: silence until the next working morning."""
    until = working_moment_after(_morning(work, work.now.date() + timedelta(days=1)))
    duties.snooze(work.conn, mine.duty.id, until)
    answer(work, me, Say("snoozed", title=mine.title, at=until))


def explain(work: Work, me: Speaker, mine: Mine) -> None:
    """Begin 说明情况."""
    if not may_explain(work, me.person, mine.duty):
        answer(work, me, Say("not-allowed"))
        return
    brief: dict[str, Any] = {
        "title": mine.title.as_json(),
        "first": work.pack.start.isoformat(),
        "last": work.pack.end.isoformat(),
    }
    if mine.duty.enterprise is None:
        today = work.now.date()
        brief["district"] = {"today": today.isoformat(), "latest": (today + PLANNED_WITHIN).isoformat()}
    talks.begin(work, me, EXPLAIN, brief, duty=mine.duty.id)


def explain_after(work: Work, me: Speaker, talk: Talking) -> None:
    """Not at all for now: go on with 说明情况."""
    explain(work, me, _of_talk(work, talk))


def submit(work: Work, me: Speaker, talk: Talking) -> bool:
    """A confirmed answer becomes the one that counts; its receipt proves that it was handed in. False when it is
    not owed any more, or not by this person.
    """
    receipts = hand_in(work, me, talk)
    if receipts:
        send(work, me, cards.receipts(receipts))
    else:
        answer(work, me, Say("submit-refused", title=_of_talk(work, talk).title))
    return bool(receipts)


def hand_in(work: Work, me: Speaker, talk: Talking) -> list[Receipt]:
    """Let a confirmed answer count, for its own duty and for what it meets as well; nothing when the role ended, or
    the duty was withdrawn, while it was being filled in.
    """
    mine = _of_talk(work, talk)
    if not may_confirm(work, me.person, mine.duty) or mine.duty.status == "withdrawn":
        return []
    return let_count(work, me, talk, mine, conversations.result(work.conn, talk.id))


def let_count(work: Work, me: Speaker, talk: Talking, mine: Mine, result: Mapping[str, Any]) -> list[Receipt]:
    """An answer counts from now on, for its duty and for what it meets as well; `result`: what was said, by key."""
    met = [mine]
    if mine.rule.counts_as is not None and result.get(mine.rule.counts_as.asked) is True:
        met += [other for other in [forms.met_as_well(work, mine)] if other is not None]
    if mine.rule.form == DISPATCH:
        problems.said(work, me, mine.duty, result)
    if isinstance(present := result.get("present"), bool):
        risks.said(work, me, mine, present=present)
    first, *others = [_hand_in(work, me, talk, one) for one in met]
    return [replace(first, hazards=forms.hazards_in(talk.brief, result)), *others]


def _hand_in(work: Work, me: Speaker, talk: Talking, mine: Mine) -> Receipt:
    code = work.fresh.code()
    duties.answered(work.conn, mine.duty.id, talk.id, work.now)
    duties.add_receipt(work.conn, code, mine.duty.id, talk.id, work.now)
    audit.note(work.conn, work.now, "duty-answered", me.person, f"duty/{mine.duty.id}", conversation=talk.id)
    return Receipt(mine.title, code)


def ask_anew(work: Work, me: Speaker, talk: Talking, why: Say) -> None:
    """What a duty was answered from has changed meanwhile: say so, and ask it from the beginning."""
    answer(work, me, why)
    fill(work, me, _of_talk(work, talk))


def counted_until_now(work: Work, talk: Talking) -> int | None:
    """The conversation whose answer counts for a duty so far; None when it was never answered."""
    return _of_talk(work, talk).duty.conversation


def plan_for(work: Work, me: Speaker, talk: Talking, day: date) -> None:
    """Not yet: the duty stays open and is reminded on the day the principal planned for."""
    mine = _of_talk(work, talk)
    put_off(work, mine, day)
    answer(work, me, Say("planned-for", title=mine.title, day=DayAndWeekday(day)))


def put_off(work: Work, mine: Mine, day: date) -> None:
    """No reminder of a duty before a day's morning, and one then."""
    duties.snooze(work.conn, mine.duty.id, _morning(work, day))


def explained(work: Work, me: Speaker, talk: Talking, reason: str) -> None:
    """A reason was given: the duty waits for staff, without nudges."""
    mine = _of_talk(work, talk)
    if not may_explain(work, me.person, mine.duty) or mine.duty.status not in duties.UNDONE:
        answer(work, me, Say("submit-refused", title=mine.title))
        return
    duties.set_status(work.conn, mine.duty.id, "explained")
    audit.note(work.conn, work.now, "duty-explained", me.person, f"duty/{mine.duty.id}", reason=reason)
    answer(work, me, Say("explained-given", title=mine.title))


def explanation(work: Work, mine: Mine) -> Draft:
    """What was said instead of an answer, to be accepted or returned by staff."""
    enterprise = registry.enterprise(work.conn, mine.duty.subject)
    talk = conversations.last_of_duty(work.conn, EXPLAIN, mine.duty.id)
    place = enterprise.name if enterprise else mine.duty.subject
    taps = (
        Tap(Say("option-accept"), f"a:excuse:{mine.duty.id}"),
        Tap(Say("option-return"), f"a:reopen:{mine.duty.id}"),
    )
    told = () if talk is None else talks.told(work, talks.talking(talk))
    return Draft((Say("explained-card", place=place, title=mine.title), *told), taps)


def decide_explanation(work: Work, me: Speaker, mine: Mine, *, accept: bool) -> None:
    """Staff accept an explanation (the duty is excused) or return it (it is owed as before)."""
    enterprise = registry.enterprise(work.conn, mine.duty.subject)
    if enterprise is None:
        allowed = may(work, me.person, Act.DECIDE_DISTRICT_EXPLANATION, target(mine.duty))
    else:
        allowed = may(work, me.person, Act.DECIDE_EXPLANATION, judged(enterprise))
    if not allowed:
        answer(work, me, Say("not-allowed"))
        return
    if mine.duty.status != "explained":
        answer(work, me, Say("decide-done-before"))
        return
    duties.set_status(work.conn, mine.duty.id, "excused" if accept else "returned")
    audit.note(work.conn, work.now, "explanation-decided", me.person, f"duty/{mine.duty.id}", accepted=accept)
    role = "principal"
    told = Say("excused-told", title=mine.title) if accept else Say("reopened-told", title=mine.title)
    if enterprise is None:
        role = "clerk"
        told = Say("excused-district", title=mine.title) if accept else Say("reopened-district", title=mine.title)
    taps = () if accept else (Tap(Say("option-fill"), f"a:show:{mine.duty.id}"),)
    for owner in people.holders(work.conn, role, mine.duty.subject):
        tell(work, owner, Draft((told,), taps), kind="explained", dedupe=f"{work.cause}/explained/{owner}")
    answer(work, me, Say("excused-done" if accept else "reopened-done", title=mine.title))


def _of_talk(work: Work, talk: Talking) -> Mine:
    duty = None if talk.duty is None else duties.get(work.conn, talk.duty, lock=True)
    if duty is None:
        raise LookupError(f"conversation {talk.id} is about no duty")
    return mine_of(work, duty)


def brief_of(work: Work, mine: Mine, *, delegated: bool) -> dict[str, Any]:
    """The facts from which a duty is answered."""
    duty = mine.duty
    enterprise = None if duty.enterprise is None else registry.enterprise(work.conn, duty.enterprise)
    due = due_day(work, duty)
    first, last = _days(work, mine)
    principal = None
    if duty.enterprise is not None:
        for holder in people.holders(work.conn, "principal", duty.enterprise):
            principal = people.person(work.conn, holder)
    brief: dict[str, Any] = {
        "title": mine.title.as_json(),
        "demand": mine.rule.demand.as_json(),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "due": None if due is None else due.isoformat(),
        "enterprise": duty.enterprise,
        "delegated": delegated,
        # Of an answer that is corrected too: its day has passed all the same.
        "overdue": duty.due is not None and work.now > duty.due,
        "principal_name": principal.name if principal else (enterprise.principal_name if enterprise else duty.district),
        "presence": None if mine.rule.presence is None else mine.rule.presence.ask.as_json(),
    }
    dialog = dialog_of(mine)
    if dialog == DISPATCH:
        brief["previous"] = _previous(work, duty)
        brief["raised"] = problems.brief(work, duty)
    elif dialog == hazard_briefs.WEEKLY:
        brief |= hazard_briefs.weekly(work, duty, last)
    elif dialog == criteria.CHECK and enterprise is not None:
        brief |= criteria.brief(work, enterprise)
    elif dialog == first_round.FORM and enterprise is not None:
        brief |= first_round.brief(work, enterprise.code, signed_page=mine.rule.signed_page)
    elif dialog == FORM:
        brief |= forms.brief(work, mine)
    return brief


def dialog_of(mine: Mine) -> str:
    """By which dialog a duty is answered."""
    form = str(mine.rule.form)
    if form in (DISPATCH, criteria.CHECK, first_round.FORM, hazard_briefs.WEEKLY):
        return form
    return PLAIN if form == "plain" else FORM


def _to_correct(work: Work, duty: Duty, dialog: str) -> int | None:
    """The conversation whose answers a new one starts from. Those of another dialog stay with it: there the same
    key means something else.
    """
    if duty.conversation is None:
        return None
    former = conversations.by_id(work.conn, duty.conversation)
    if former is None or former.duty != duty.id:
        return None
    asked = former.brief["dialog"] if former.dialog == BY_PHONE else former.dialog
    return former.id if asked == dialog else None


def _days(work: Work, mine: Mine) -> tuple[date, date]:
    """Between which days what is reported may lie: the period's, or for a single duty the campaign's."""
    period = work.pack.period(mine.duty.period)
    return period.first, period.last


def _previous(work: Work, duty: Duty) -> dict[str, str]:
    """The form of the dispatch before this one."""
    result = conversations.latest_result(work.conn, duty.obligation, duty.subject, before=duty.opens)
    return {"form": str(result["form"])} if result.get("form") else {}


def _morning(work: Work, day: date) -> datetime:
    return datetime.combine(day, MORNING, work.house.zone)
