"""What people do with duties: fill in, delegate, put off, explain, submit."""

from dataclasses import replace
from datetime import date, timedelta

from campaign.enterprise_life import AHEAD, EARLIEST
from campaign.roles import CLERK, OFFICER, PRINCIPAL
from campaign.talks.duties import (
    ByPhoneBrief,
    DispatchBrief,
    DutyBrief,
    DutyFacts,
    ExplainBrief,
    Explained,
    PlanDays,
    PlannedFor,
    Reported,
    ToExplain,
)
from campaign.workdays import morning, working_moment_after
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft, answer, send, tell
from service.core.permissions import Act, allows
from service.core.refusal import RefusedError, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import actions, admissions, cards, closing, departure, forms, presence, problems, promises
from service.duties.cards import Receipt
from service.duties.owned import allows_confirming, due_day, duty_talk, may_confirm, may_explain, with_rule
from service.talks import flow
from storage import conversations, duties, people, registry
from storage.conversations import Conversation
from storage.duties import Duty
from talk.texts import DayAndWeekday, Say

PLANNED_WITHIN = timedelta(days=366)
"""So far ahead a district may plan what it has not done."""


def fill(uow: UnitOfWork, me: Speaker, owned: OwnedDuty, first: str = "") -> None:
    """Start, go on with, or correct the answer of a duty; one person fills it at a time. `first`: an option of the
    first question that was tapped already.
    """
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
            raise RefusedError(Say("duty-filled-by", title=owned.title, name=other.name if other else "…"))
        talk = conversations.by_id(uow.conn, talk.id)
    if talk is not None:
        flow.resume(uow, me, talk, first=first or None)
        return
    opening = uow.context.duty_opening(str(owned.rule.form))
    if opening is not None:
        opening(uow, me, duty)
        return
    brief = brief_of(uow, owned, delegated=not confirms)
    if (asked := cards.question_of(uow, duty)) is not None:
        answer(uow, me, asked)
    # Answers of another dialog stay with it: the same key means something else there.
    flow.begin(uow, me, brief, duty=duty.id, correcting=_to_correct(uow, duty, brief.talk), first=first or None)


def check(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> Draft | None:
    """Go on with what another filled in, or what came back, while it is in hand; afterwards show the card."""
    if conversations.of_duty(uow.conn, owned.duty.id) is None:
        return cards.card(uow, me.person, owned)
    fill(uow, me, owned)
    return None


def delegate(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> None:
    """Ask the safety officer to prepare the answers."""
    if owned.duty.enterprise is None or not may_confirm(uow, me.person, owned.duty):
        raise not_allowed()
    asked = [
        tell(
            uow,
            officer,
            Draft(
                (Say("delegate-card", title=owned.title, principal=me.name, when=cards.when(uow, owned.duty)),),
                (actions.FILL.tap(Say("option-fill"), owned.duty.id, ""),),
                of=owned.duty.enterprise,
            ),
            kind="delegated",
            dedupe=f"{uow.cause}/delegated/{officer}",
            duty=owned.duty.id,
        )
        for officer in people.holders(uow.conn, OFFICER, owned.duty.enterprise)
    ]
    answer(uow, me, Say("delegate-done", title=owned.title) if any(asked) else Say("delegate-nobody"))


def snooze(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> None:
    """明早提醒: silence until the next working morning."""
    until = working_moment_after(morning(uow.now.date() + timedelta(days=1), uow.now))
    duties.snooze(uow.conn, owned.duty.id, until)
    answer(uow, me, Say("snoozed", title=owned.title, at=until))


def explain(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> None:
    """Begin 说明情况."""
    if not may_explain(uow, me.person, owned.duty):
        raise not_allowed()
    today = uow.now.date()
    days = PlanDays(today, today + PLANNED_WITHIN) if owned.duty.enterprise is None else None
    title = owned.title
    brief = ExplainBrief(title=title, first=EARLIEST, last=today + AHEAD, district=days, asked_on=today)
    flow.begin(uow, me, brief, duty=owned.duty.id)


def submit(uow: UnitOfWork, me: Speaker, talk: Conversation, result: object) -> bool:
    """A confirmed answer becomes the one that counts; its receipt proves that it was handed in. False when it is
    not owed any more, or not by this person.
    """
    receipts = hand_in(uow, me, talk, result)
    owned = _of_talk(uow, talk)
    if receipts:
        send(uow, me, cards.receipts(receipts, owned.duty.subject))
        promises.ask(uow, me, [receipt.owned for receipt in receipts])
    else:
        answer(uow, me, Say("submit-refused", title=owned.title))
    return bool(receipts)


def finished(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: DutyBrief, result: object) -> None:
    """The end of a talk about a duty: it is handed in, planned for a day, or explained; unless it is asked again."""
    del brief
    if asks_again(uow, me, talk):
        return
    match result:
        case PlannedFor(day):
            plan_for(uow, me, talk, day)
        case ToExplain():
            explain(uow, me, _of_talk(uow, talk))
        case _:
            submit(uow, me, talk, result)


def hand_in(uow: UnitOfWork, me: Speaker, talk: Conversation, result: object) -> list[Receipt]:
    """Let a confirmed answer count, for its own duty and for what it meets as well; nothing when the role ended, or
    the duty was withdrawn, while it was being filled in.
    """
    owned = _of_talk(uow, talk)
    if not allows_confirming(uow, me, owned.duty) or owned.duty.status == "withdrawn":
        return []
    return let_count(uow, me, talk, owned, result)


def let_count(uow: UnitOfWork, me: Speaker, talk: Conversation, owned: OwnedDuty, result: object) -> list[Receipt]:
    """An answer counts from now on, for its duty and for what it meets as well."""
    others = forms.also_met(uow, owned, result)
    capable = duty_talk(uow, owned)
    if capable is not None and capable.counts is not None:
        capable.counts(uow, me, owned, result)
    if isinstance(result, Reported):
        presence.compare(uow, me, owned, presence.told(uow, owned, result))
    return [_closed(uow, me, talk, met) for met in (owned, *others)]


def _closed(uow: UnitOfWork, me: Speaker, talk: Conversation, owned: OwnedDuty) -> Receipt:
    code = closing.close_by_talk(uow, owned.duty, talk, by=me.person)
    answered = duties.get(uow.conn, owned.duty.id) or owned.duty
    last = due_day(uow, answered)
    until = last if last is not None and last >= uow.now.date() and answered.met else None
    now = replace(owned, duty=answered)
    return Receipt(owned.title, code, now, admissions.of_duty(uow, now), admissions.reasons(uow, answered), until)


def ask_anew(uow: UnitOfWork, me: Speaker, talk: Conversation, why: Say) -> None:
    """Say that what a duty was answered from has changed meanwhile, and ask it from the beginning."""
    answer(uow, me, why)
    fill(uow, me, _of_talk(uow, talk))


def asks_again(uow: UnitOfWork, me: Speaker, talk: Conversation) -> bool:
    """Return whether something else would be asked by now than what was confirmed: that is said, and asked, and the
    other answers are kept.
    """
    if flow.spec_of(uow, talk).renew is None:
        return False
    admissions.settle(uow, talk.brief.get("enterprise"))
    now = flow.as_now(uow, talk)
    if now is talk:
        return False
    answer(uow, me, Say("answers-moved", title=flow.title(uow, talk)))
    flow.begin(uow, me, flow.spec_of(uow, talk).read(now.brief), duty=talk.duty, correcting=talk.id)
    return True


def plan_for(uow: UnitOfWork, me: Speaker, talk: Conversation, day: date) -> None:
    """Not yet: the duty stays open and is reminded on the day the principal planned for."""
    owned = _of_talk(uow, talk)
    put_off(uow, owned, day)
    answer(uow, me, Say("planned-for", title=owned.title, day=DayAndWeekday(day)))


def put_off(uow: UnitOfWork, owned: OwnedDuty, day: date) -> None:
    """No reminder of a duty before a day's morning, and one then."""
    duties.snooze(uow.conn, owned.duty.id, morning(day, uow.now))


def explained(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: ExplainBrief, result: Explained) -> None:
    """A reason was given: the duty waits for staff, without nudges."""
    del brief
    owned = _of_talk(uow, talk)
    if not may_explain(uow, me.person, owned.duty) or not (owned.duty.unmet or owned.duty.status in duties.UNDONE):
        raise RefusedError(Say("submit-refused", title=owned.title))
    duties.set_status(uow.conn, owned.duty.id, "explained")
    uow.note("duty-explained", f"duty/{owned.duty.id}", reason=result.reason)
    answer(uow, me, Say("explained-given", title=owned.title))


def explanation(uow: UnitOfWork, owned: OwnedDuty) -> Draft:
    """Return the card of what was said instead of an answer, which staff accept or return."""
    enterprise = registry.enterprise(uow.conn, owned.duty.subject)
    talk = conversations.last_of_duty(uow.conn, ExplainBrief.talk, owned.duty.id)
    place = enterprise.name if enterprise else owned.duty.subject
    taps = (
        actions.EXCUSE.tap(Say("option-accept"), owned.duty.id),
        actions.REOPEN.tap(Say("option-return"), owned.duty.id),
    )
    told = () if talk is None else flow.told(uow, talk)
    return Draft((Say("explained-card", place=place, title=owned.title), *told), taps, of=owned.duty.subject)


def decide_explanation(uow: UnitOfWork, me: Speaker, owned: OwnedDuty, *, accept: bool) -> None:
    """Staff accept an explanation (the duty is excused) or return it (it is owed as before)."""
    enterprise = registry.enterprise(uow.conn, owned.duty.subject)
    if enterprise is None:
        allowed = allows(uow, me, Act.DECIDE_DISTRICT_EXPLANATION, owned.duty)
    else:
        allowed = allows(uow, me, Act.DECIDE_EXPLANATION, enterprise)
    if not allowed:
        raise not_allowed()
    if owned.duty.status != "explained":
        raise RefusedError(Say("decide-done-before"))
    duties.set_status(uow.conn, owned.duty.id, "excused" if accept else "returned")
    uow.note("explanation-decided", f"duty/{owned.duty.id}", accepted=accept)
    role = PRINCIPAL
    told = Say("excused-told", title=owned.title) if accept else Say("reopened-told", title=owned.title)
    if enterprise is None:
        role = CLERK
        told = Say(
            "excused-district" if accept else "reopened-district", title=owned.title, bureau=uow.pack.city_bureau
        )
    taps = () if accept else (actions.SHOW.tap(Say("option-fill"), owned.duty.id),)
    for owner in people.holders(uow.conn, role, owned.duty.subject):
        tell(
            uow,
            owner,
            Draft((told,), taps, of=owned.duty.subject),
            kind="explained",
            dedupe=f"{uow.cause}/explained/{owner}",
        )
    answer(uow, me, Say("excused-done" if accept else "reopened-done", title=owned.title))


def _of_talk(uow: UnitOfWork, talk: Conversation) -> OwnedDuty:
    duty = None if talk.duty is None else duties.get(uow.conn, talk.duty, lock=True)
    if duty is None:
        raise LookupError(f"conversation {talk.id} is about no duty")
    return with_rule(uow, duty)


def brief_of(uow: UnitOfWork, owned: OwnedDuty, *, delegated: bool) -> DutyBrief:
    """The brief of the talk by which a duty is answered."""
    capable = duty_talk(uow, owned)
    if capable is None:
        raise LookupError(f"nothing answers the duties of {owned.rule.id}")
    brief: DutyBrief = capable.brief(uow, owned, _facts(uow, owned, delegated=delegated))
    return brief


def _facts(uow: UnitOfWork, owned: OwnedDuty, *, delegated: bool) -> DutyFacts:
    duty = owned.duty
    enterprise = None if duty.enterprise is None else registry.enterprise(uow.conn, duty.enterprise)
    principal = None
    if duty.enterprise is not None:
        for holder in people.holders(uow.conn, PRINCIPAL, duty.enterprise):
            principal = people.person(uow.conn, holder)
    period = uow.pack.period(duty.period)
    return {
        "title": owned.title,
        "demand": owned.rule.demand,
        "first": period.first,
        "last": period.last,
        "due": due_day(uow, duty),
        "enterprise": duty.enterprise,
        "delegated": delegated,
        # Of an answer that is corrected too: its day has passed all the same.
        "overdue": duty.due is not None and uow.now > duty.due,
        "principal_name": principal.name if principal else (enterprise.principal_name if enterprise else duty.district),
        "presence": None if owned.rule.presence is None else owned.rule.presence.ask,
    }


def dispatch_brief(uow: UnitOfWork, owned: OwnedDuty, facts: DutyFacts) -> DispatchBrief:
    """The brief of a dispatch: with the form of the one before it, and the problems that are still open."""
    result = conversations.latest_result(uow.conn, owned.duty.obligation, owned.duty.subject, before=owned.duty.opens)
    previous = {"form": str(result["form"])} if result.get("form") else {}
    return DispatchBrief(**facts, previous=previous, raised=tuple(problems.raised_before(uow, owned.duty)))


def _to_correct(uow: UnitOfWork, duty: Duty, dialog: str) -> int | None:
    """The conversation whose answers a new one starts from. Those of another dialog stay with it: there the same
    key means something else.
    """
    if duty.conversation is None:
        return None
    former = conversations.by_id(uow.conn, duty.conversation)
    if former is None or former.duty != duty.id:
        return None
    by_phone = former.dialog == ByPhoneBrief.talk
    asked = ByPhoneBrief.from_json(former.brief).dialog if by_phone else former.dialog
    return former.id if asked == dialog else None
