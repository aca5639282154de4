"""The talks about hazards: with which facts they begin, what their end does, and what is said of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from campaign.hazards import Act as Decided
from campaign.hazards import Decision, Event, Listing, Origin, Plan, Update
from campaign.identity import normalise_code
from campaign.roles import CITY, CLERK
from campaign.talks import hazards
from service.core.letters import answer, send
from service.core.listing import SCREEN
from service.core.permissions import Act, Area, Needed, enterprises_of, may, needed, subjects_of
from service.core.refusal import not_allowed
from service.core.talk_spec import Named
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hazards import actions, cards, ledger, reporting
from service.hazards.criteria_brief import known_criteria
from service.hazards.ledger import UPDATES, may_answer_request, may_list
from service.hazards.moves import NEEDS, HazardInHand, can, enterprise_of, has_others, in_hand, not_now, visible
from service.registry import search
from service.talks import flow
from storage import checks, registry
from storage.conversations import Conversation
from storage.duties import Duty
from storage.hazards import Hazard
from storage.registry import Enterprise
from talk.actions import Tap
from talk.texts import Say

LATEST: Final = timedelta(days=366)
"""How far ahead a deadline may lie."""
EXAMPLE: Final = timedelta(days=14)
"""Of a deadline, in a hint."""


def to_report(uow: UnitOfWork, talk: Conversation, brief: hazards.HazardReportBrief) -> Needed | None:
    """Return what somebody needs who reports a hazard of an enterprise, as one of its people or as a department."""
    del talk
    return needed(
        registry.enterprise(uow.conn, brief.enterprise), Act.ENTER_HAZARD if brief.department else Act.REPORT_HAZARD
    )


def to_plan(uow: UnitOfWork, talk: Conversation, brief: hazards.HazardPlanBrief) -> Needed | None:
    """Return what somebody needs who plans how a hazard is rectified."""
    del talk
    return _needed(uow, brief.number, Act.RECTIFY_HAZARD)


def to_update(uow: UnitOfWork, talk: Conversation, brief: hazards.HazardUpdateBrief) -> Needed | None:
    """Return what somebody needs who tells how a rectification goes."""
    del talk
    return _needed(uow, brief.hazard.number, *(act for event in UPDATES for _, act in NEEDS[event]))


def to_decide(uow: UnitOfWork, talk: Conversation, brief: hazards.HazardDecisionBrief) -> Needed | None:
    """Return what somebody needs who decides about a hazard."""
    del talk
    if brief.act == "lift":
        return _needed(uow, brief.number, Act.LIST_HAZARD)
    if brief.act in ("extend", "hold"):
        return _needed(uow, brief.number, Act.JUDGE_HAZARD)
    return _needed(uow, brief.number, *(act for _, act in NEEDS[Event(brief.act)]))


def to_list(uow: UnitOfWork, talk: Conversation, brief: hazards.HazardListingBrief) -> Needed | None:
    """Return what somebody needs who lists a hazard for supervision."""
    del talk
    return _needed(uow, brief.number, Act.LIST_HAZARD)


def to_name(uow: UnitOfWork, talk: Conversation, brief: hazards.WhichEnterpriseBrief) -> Needed:
    """Return what somebody needs who is asked in which enterprise of theirs a hazard is: to enter one at all."""
    del brief
    district = next(iter(subjects_of(uow, talk.person, (CLERK,))), None)
    return Needed(Area(district), (Act.ENTER_HAZARD,), of="")


def which_hazard(
    uow: UnitOfWork,
    person: int,
    brief: hazards.HazardPlanBrief | hazards.HazardUpdateBrief | hazards.HazardDecisionBrief,
    key: str,
) -> Named | None:
    """Name the hazard of a talk, where its enterprise has others that are open."""
    del person, key
    meant = brief.hazard if isinstance(brief, hazards.HazardUpdateBrief) else brief
    if not has_others(uow, meant.number):
        return None
    return _named(meant.number, meant.place)


def _named(number: int, place: str) -> Named:
    return Named(Say("hazard-mark", number=number), Say("hazard-which", number=number, place=place))


def which_of_week(uow: UnitOfWork, person: int, brief: hazards.WeeklyBrief, key: str) -> Named | None:
    """Name the hazard that a question of a check-in is about, where it asks after several."""
    del uow, person
    meant = next((hazard for hazard in brief.hazards if key.startswith(f"hazard/{hazard.number}/")), None)
    if meant is None or len(brief.hazards) == 1:
        return None
    return _named(meant.number, meant.place)


def _needed(uow: UnitOfWork, number: int, *acts: Act) -> Needed | None:
    return needed(enterprise_of(uow, number), *acts)


def report(uow: UnitOfWork, me: Speaker, code: str, page: int = 1) -> None:
    """Begin the report of a hazard in one's own enterprise; staff are asked which enterprise, or name it by code."""
    own = enterprises_of(uow, me.person, Act.REPORT_HAZARD)
    named = registry.enterprise(uow.conn, normalise_code(code)) if code else None
    if named is not None:
        begin_report(uow, me, named)
    elif len(own) == 1:
        begin_report(uow, me, own[0])
    elif own:
        send(uow, me, cards.which(own, Say("which-of-yours"), page))
    elif subjects_of(uow, me.person, (CLERK, CITY)):
        flow.begin(uow, me, hazards.WhichEnterpriseBrief())
    else:
        raise not_allowed()


def begin_report(uow: UnitOfWork, me: Speaker, enterprise: Enterprise, *, check: int | None = None) -> None:
    """A hazard of an enterprise is reported by its own people, or entered by a department; `check` is the spot check
    in which the department found it.
    """
    own = check is None and may(uow, me.person, Act.REPORT_HAZARD, enterprise)
    if not own and not may(uow, me.person, Act.ENTER_HAZARD, enterprise):
        raise not_allowed()
    brief = hazards.HazardReportBrief(
        **days(uow),
        enterprise=enterprise.code,
        name=enterprise.name,
        bureau=enterprise.supervisor,
        department=not own,
        criteria=known_criteria(uow, enterprise),
        check=check,
        open=_in_ledger(uow, enterprise.code),
        described=True,
    )
    flow.begin(uow, me, brief)


def _in_ledger(uow: UnitOfWork, enterprise: str, but: int | None = None) -> tuple[hazards.InLedger, ...]:
    """Return the open hazards of an enterprise, without one of them."""
    found = ledger.open_in(uow, enterprise)
    return tuple(hazards.InLedger(one.id, one.place, one.criterion) for one in found if one.id != but)


def begin_plan(uow: UnitOfWork, me: Speaker, number: int, duty: Duty | None = None) -> None:
    """制定方案, or a change of it; `duty` is the one to report the hazard, where this completes it."""
    held = in_hand(uow, me.person, number)
    if not can(uow, me.person, held, Event.PLAN):
        raise not_now()
    brief = hazards.HazardPlanBrief(
        **days(uow),
        number=number,
        place=held.hazard.place,
        before=held.hazard.plan,
    )
    flow.begin(uow, me, brief, duty=None if duty is None else duty.id)


def begin_report_duty(uow: UnitOfWork, me: Speaker, duty: Duty) -> None:
    """The duty to report a hazard is filled in: its plan is what is missing."""
    begin_plan(uow, me, int(duty.period.removeprefix("hazard/")), duty)


def begin_update(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """更新进展: how the rectification goes, told whenever there is something to tell."""
    held = in_hand(uow, me.person, number)
    if not can(uow, me.person, held, *UPDATES):
        raise not_now()
    brief = hazards.HazardUpdateBrief(
        **days(uow),
        hazard=known_hazard(uow, held.hazard),
        may_evaluate=may(uow, me.person, Act.EVALUATE_HAZARD, held.enterprise),
    )
    flow.begin(uow, me, brief)


def begin_decision(uow: UnitOfWork, me: Speaker, number: int, act: Decided) -> None:
    """A department decides about a hazard."""
    held = in_hand(uow, me.person, number)
    if act == "lift":
        allowed = held.hazard.is_listed and may_list(uow, me.person, held)
    elif act in ("extend", "hold"):
        allowed = may_answer_request(uow, me.person, held)
    else:
        allowed = can(uow, me.person, held, Event(act))
    others = _in_ledger(uow, held.enterprise.code, but=number) if act == "merge" else ()
    if not allowed or (act == "merge" and not others):
        raise not_now()
    brief = hazards.HazardDecisionBrief(
        number=number,
        place=held.hazard.place,
        name=held.enterprise.name,
        act=act,
        me=me.name,
        days=hazards.DecisionDays(**days(uow)) if act in ("failed", "reopen") else None,
        criteria=known_criteria(uow, held.enterprise) if act == "major" else (),
        others=others,
    )
    flow.begin(uow, me, brief)


def begin_listing(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """挂牌督办."""
    held = in_hand(uow, me.person, number)
    if not held.hazard.is_open or not may_list(uow, me.person, held):
        raise not_now()
    brief = hazards.HazardListingBrief(
        **days(uow),
        earliest=date(uow.now.year, 1, 1),
        number=number,
        name=held.enterprise.name,
        deadline=held.hazard.deadline,
    )
    flow.begin(uow, me, brief)


def days(uow: UnitOfWork) -> hazards.DayFacts:
    """The days that a brief gives for deadlines."""
    today = uow.now.date()
    return {"asked_on": today, "latest": today + LATEST, "example": today + EXAMPLE}


def known_hazard(uow: UnitOfWork, hazard: Hazard) -> hazards.KnownHazard:
    """A hazard as a brief has it."""
    return hazards.KnownHazard(hazard.id, hazard.place, hazard.stands, hazard.deadline, hazard.overdue(uow.now.date()))


def found(
    uow: UnitOfWork,
    me: Speaker,
    talk: Conversation,
    brief: hazards.HazardReportBrief,
    result: hazards.Reported,
    *,
    back: Sequence[Tap] = (),
) -> None:
    """A report is confirmed: into the ledger, to the department, and a receipt for the enterprise. `back` are the
    buttons that lead a department back to where it came from.
    """
    finding = result.finding
    if result.same is not None and (known := visible(uow, me.person, result.same)) is not None:
        answer(uow, me, Say("report-known", number=result.same), taps=back)
        send(uow, me, cards.card(uow, me.person, known))
        return
    origin: Origin = "department" if brief.department else "enterprise"
    number = ledger.find(uow, me, brief.enterprise, finding, origin=origin, how=result.how)
    if brief.check is not None:
        checks.link(uow.conn, brief.check, number)
    if brief.department:
        answer(uow, me, Say("report-entered", number=number, name=brief.name), taps=back)
    elif finding.fixed or finding.plan is not None:
        code = reporting.receipt(uow, me, talk, number) or ""
        answer(uow, me, Say("report-receipt", number=number, bureau=brief.bureau, code=code))
    else:
        answer(uow, me, Say("report-taken", number=number, bureau=brief.bureau))
    held = visible(uow, me.person, number)
    if held is not None:
        send(uow, me, cards.card(uow, me.person, held))


def planned(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: hazards.HazardPlanBrief, made: Plan) -> None:
    """A plan is confirmed; with it the report of the hazard is complete."""
    held = _still_visible(uow, me, brief.number)
    after = ledger.plan(uow, me, held, made)
    code = reporting.receipt(uow, me, talk, brief.number)
    if code is not None:
        answer(uow, me, Say("plan-receipt", number=brief.number, code=code))
    elif held.hazard.plan is None:
        answer(uow, me, Say("plan-kept", number=brief.number))
    else:
        answer(uow, me, Say("plan-changed", number=brief.number))
    send(uow, me, cards.card(uow, me.person, after))


def updated(uow: UnitOfWork, me: Speaker, _: Conversation, brief: hazards.HazardUpdateBrief, said: Update) -> None:
    """Progress of one hazard."""
    _show(uow, me, ledger.update(uow, me, _still_visible(uow, me, brief.hazard.number), said))


def decided(uow: UnitOfWork, me: Speaker, _: Conversation, brief: hazards.HazardDecisionBrief, said: Decision) -> None:
    """A department's decision."""
    _show(uow, me, ledger.decide(uow, me, _still_visible(uow, me, brief.number), said))


def listed(uow: UnitOfWork, me: Speaker, _: Conversation, brief: hazards.HazardListingBrief, said: Listing) -> None:
    """挂牌督办."""
    _show(uow, me, ledger.put_on_list(uow, me, _still_visible(uow, me, brief.number), said))


def which(uow: UnitOfWork, me: Speaker, _: Conversation, brief: hazards.WhichEnterpriseBrief, text: str) -> None:
    """The enterprise in which a department found a hazard was named, by code or by a piece of its name."""
    del brief

    def mine(enterprise: Enterprise) -> bool:
        return may(uow, me.person, Act.ENTER_HAZARD, enterprise)

    meant = search.named(uow, text, mine)
    if len(meant) == 1:
        begin_report(uow, me, meant[0])
    elif meant:
        send(uow, me, cards.which(meant[:SCREEN], Say("which-several", number=len(meant)), 1))
    else:
        answer(uow, me, Say("which-none", text=text), taps=[actions.REPORT.tap(Say("option-report"), "", 1)])


def _still_visible(uow: UnitOfWork, me: Speaker, number: int) -> HazardInHand:
    held = visible(uow, me.person, number)
    if held is None:
        # The role ended while the talk went on.
        raise not_now()
    return held


def _show(uow: UnitOfWork, me: Speaker, after: HazardInHand) -> None:
    answer(uow, me, Say("hazard-kept", number=after.hazard.id, state=Say("hazard-state", state=after.hazard.state)))
    send(uow, me, cards.card(uow, me.person, after))
