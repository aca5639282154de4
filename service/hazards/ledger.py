"""The ledger: a hazard is found, and moved step by step by those who may; every step has who and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from campaign.hazards import (
    ENDED,
    Decision,
    Evaluation,
    Event,
    Finding,
    Listing,
    Origin,
    Plan,
    Side,
    State,
    Update,
    moved,
)
from campaign.notation import Within
from campaign.obligations import Obligation
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hazards import weeks
from service.hazards.letters import told_department, told_enterprise
from storage import audit, duties, hazards, registry
from storage.conversations import Conversation
from storage.duties import Duty
from storage.hazards import Hazard
from storage.registry import Enterprise
from talk.texts import Say

NEEDS: Final[Mapping[Event, tuple[tuple[Side, Act], ...]]] = {
    Event.PLAN: (("enterprise", Act.RECTIFY_HAZARD),),
    Event.PROGRESS: (("enterprise", Act.RECTIFY_HAZARD),),
    Event.FINISH: (("enterprise", Act.RECTIFY_HAZARD),),
    Event.RELAPSE: (("enterprise", Act.RECTIFY_HAZARD),),
    Event.EVALUATE: (("enterprise", Act.EVALUATE_HAZARD),),
    Event.PASSED: (("department", Act.JUDGE_HAZARD),),
    Event.FAILED: (("department", Act.JUDGE_HAZARD),),
    Event.CLOSE: (("department", Act.JUDGE_HAZARD), ("enterprise", Act.EVALUATE_HAZARD)),
    Event.LOOK_BACK: (("department", Act.JUDGE_HAZARD),),
    Event.REOPEN: (("department", Act.JUDGE_HAZARD),),
    Event.NOT_MAJOR: (("department", Act.JUDGE_HAZARD),),
}
"""As which side, and by which permission, an event is caused."""

UPDATES: Final = (Event.PROGRESS, Event.EVALUATE, Event.RELAPSE)
"""What an enterprise tells of a hazard as it goes."""


@dataclass(frozen=True, slots=True)
class Held:
    """A hazard in hand, with the enterprise that it is in."""

    hazard: Hazard
    enterprise: Enterprise


def held(uow: UnitOfWork, person: int, number: int) -> Held | None:
    """A hazard by its number, locked, if this person may see it at all: numbers can be guessed."""
    hazard = hazards.get(uow.conn, number, lock=True)
    enterprise = None if hazard is None else registry.enterprise(uow.conn, hazard.enterprise)
    if hazard is None or enterprise is None or not may(uow, person, Act.SEE_HAZARD, Target.of(enterprise)):
        return None
    return Held(hazard, enterprise)


def possible(uow: UnitOfWork, person: int, one: Held) -> dict[Event, tuple[Side, State]]:
    """What a person may cause now: as which side, and where it leads."""
    allowed: dict[Act, bool] = {}
    found: dict[Event, tuple[Side, State]] = {}
    for event, needed in NEEDS.items():
        for side, act in needed:
            to = moved(one.hazard.stands, event, side, reinspection=uow.pack.hazards.needs_reinspection)
            if to is None:
                continue
            if act not in allowed:
                target = Target.of(one.enterprise) if side == "enterprise" else Target.of_supervisor(one.enterprise)
                allowed[act] = may(uow, person, act, target)
            if allowed[act]:
                found.setdefault(event, (side, to))
    return found


def can(uow: UnitOfWork, person: int, one: Held, *events: Event) -> bool:
    """Whether a person may cause any of some events now."""
    return not possible(uow, person, one).keys().isdisjoint(events)


def found(
    uow: UnitOfWork,
    me: Speaker,
    enterprise: str,
    finding: Finding,
    *,
    origin: Origin = "enterprise",
    how: str = "",
) -> int:
    """A hazard enters the ledger and is told to whoever supervises; its number.

    What an enterprise finds it also reports (三(一)1): that duty is answered at once where the finding is
    fixed (`how`) or comes with its plan, else it stays open for the plan. PermissionError for somebody who
    may not, LookupError for an enterprise or a criterion that there is not.
    """
    where = registry.enterprise(uow.conn, enterprise)
    if where is None:
        raise LookupError(enterprise)
    act, target = (
        (Act.REPORT_HAZARD, Target.of(where))
        if origin == "enterprise"
        else (Act.ENTER_HAZARD, Target.of_supervisor(where))
    )
    if not may(uow, me.person, act, target):
        raise PermissionError(act)
    state = State.DONE if finding.fixed else State.FOUND if finding.plan is None else State.PLANNED
    number = hazards.add(
        uow.conn,
        enterprise=where.code,
        district=where.district,
        origin=origin,
        place=finding.place,
        criterion=finding.criterion,
        device_failed=finding.device_failed,
        state=state,
        found_at=uow.now,
        weekly_from=None if finding.fixed else uow.now,
        **({} if finding.plan is None else hazards.plan_columns(finding.plan)),
    )
    told = {
        "place": finding.place,
        "criterion": finding.criterion,
        "photos": [photo.as_json() for photo in finding.photos],
    }
    _step(uow, me, number, "found", told)
    if finding.plan is not None:
        _step(uow, me, number, Event.PLAN, plan_json(finding.plan))
    if finding.fixed:
        _step(uow, me, number, Event.FINISH, {"note": how, "photos": []})
    audit.note(uow.conn, uow.now, "hazard-found", me.person, f"hazard/{number}", origin=origin, state=state)
    if origin == "enterprise":
        _open_report(uow, where, number, answered=state is not State.FOUND)
    one = _again(uow, number, where)
    if origin == "enterprise":
        told_department(uow, one.hazard, where, Say("hazard-told-found"), finding.photos)
        told_enterprise(uow, one.hazard, where, Say("hazard-told-own", who=me.name), finding.photos, but=me.person)
    else:
        told_enterprise(uow, one.hazard, where, Say("hazard-told-entered"), finding.photos)
    return number


def report_of(uow: UnitOfWork, hazard: Hazard) -> Duty | None:
    """The duty to report a hazard, locked; None for what a department found, or an import brought."""
    rule = report_rule(uow)
    return None if rule is None else duties.of_period(uow.conn, rule.id, hazard.enterprise, f"hazard/{hazard.id}")


def report_rule(uow: UnitOfWork) -> Obligation | None:
    """The duty to report a hazard, where the pack has it."""
    return next((rule for rule in uow.pack.obligations if rule.trigger == "hazard-found"), None)


def _open_report(uow: UnitOfWork, enterprise: Enterprise, number: int, *, answered: bool) -> None:
    rule = report_rule(uow)
    variant = None if rule is None else rule.variant_for(enterprise.sector, enterprise.tags)
    if rule is None or variant is None:
        return
    due = uow.now + timedelta(hours=variant.due.hours) if isinstance(variant.due, Within) else None
    duties.open_event(
        uow.conn,
        obligation=rule.id,
        subject=enterprise.code,
        period=f"hazard/{number}",
        enterprise=enterprise.code,
        district=enterprise.district,
        owner=rule.owner,
        opens=uow.now,
        due=due,
    )
    duty = duties.of_period(uow.conn, rule.id, enterprise.code, f"hazard/{number}")
    if answered and duty is not None:
        duties.answered(uow.conn, duty.id, None, uow.now)
        audit.note(uow.conn, uow.now, "duty-answered", None, f"duty/{duty.id}", hazard=number)


def prove(uow: UnitOfWork, me: Speaker, talk: Conversation, number: int) -> str | None:
    """The report of a hazard is complete with this talk: its receipt; None where no report is owed, or it
    was complete before.
    """
    hazard = hazards.get(uow.conn, number)
    duty = None if hazard is None else report_of(uow, hazard)
    if duty is None or duty.conversation is not None or duty.status != "answered":
        return None
    code = uow.fresh.code()
    duties.answered(uow.conn, duty.id, talk.id, duty.answered_at or uow.now)
    duties.add_receipt(uow.conn, code, duty.id, talk.id, uow.now)
    audit.note(uow.conn, uow.now, "duty-answered", me.person, f"duty/{duty.id}", conversation=talk.id)
    return code


def move(uow: UnitOfWork, me: Speaker, one: Held, event: Event, data: Mapping[str, Any], **columns: Any) -> Held | None:
    """Cause an event: the state after it, or None where it is not possible now, or not theirs."""
    _, to = possible(uow, me.person, one).get(event, (None, None))
    if to is None:
        return None
    hazard = one.hazard
    if event is Event.REOPEN or (event in (Event.FAILED, Event.RELAPSE) and hazard.weekly_from is None):
        # From now on it is asked about each week; not for the weeks in which it was closed.
        columns["weekly_from"] = uow.now
    if to in ENDED:
        columns["closed_at"] = hazard.closed_at or uow.now
    elif hazard.closed_at is not None:
        columns["closed_at"] = None
    hazards.change(uow.conn, hazard.id, state=to, **columns)
    _step(uow, me, hazard.id, event, data)
    audit.note(uow.conn, uow.now, f"hazard-{event}", me.person, f"hazard/{hazard.id}", state=to)
    _settle_report(uow, hazard, event)
    if (to in ENDED) != (hazard.stands in ENDED):
        weeks.refresh(uow, hazard.enterprise)
    return _again(uow, hazard.id, one.enterprise)


def _settle_report(uow: UnitOfWork, hazard: Hazard, event: Event) -> None:
    """The report of a hazard is complete once it is planned or done; what is not major needs none."""
    duty = report_of(uow, hazard)
    if duty is None or duty.status not in duties.UNANSWERED:
        return
    # The event, not the state: what is under way already stays under way when its plan is made.
    if event in (Event.PLAN, Event.FINISH):
        duties.answered(uow.conn, duty.id, None, uow.now)
        audit.note(uow.conn, uow.now, "duty-answered", None, f"duty/{duty.id}", hazard=hazard.id)
    elif event is Event.NOT_MAJOR:
        duties.set_status(uow.conn, duty.id, "withdrawn")


def plan(uow: UnitOfWork, me: Speaker, one: Held, made: Plan) -> Held | None:
    """制定方案, or a change of it. What the five fields were before stays in the steps."""
    before = one.hazard.plan
    data = plan_json(made) | ({} if before is None else {"before": plan_json(before)})
    return move(uow, me, one, Event.PLAN, data, **hazards.plan_columns(made))


def put_off(uow: UnitOfWork, me: Speaker, one: Held, deadline: date, reason: str) -> Held | None:
    """A deadline is moved: the old one and the reason are kept, and whoever supervises is told."""
    hazard = one.hazard
    if deadline == hazard.deadline:
        return one
    if hazard.stands not in hazards.UNRECTIFIED or not may(
        uow, me.person, Act.RECTIFY_HAZARD, Target.of(one.enterprise)
    ):
        return None
    old = None if hazard.deadline is None else hazard.deadline.isoformat()
    hazards.change(uow.conn, hazard.id, deadline=deadline)
    _step(uow, me, hazard.id, "deadline", {"old": old, "new": deadline.isoformat(), "reason": reason})
    audit.note(uow.conn, uow.now, "hazard-deadline", me.person, f"hazard/{hazard.id}", old=old, new=str(deadline))
    after = _again(uow, hazard.id, one.enterprise)
    told_department(uow, after.hazard, after.enterprise, Say("hazard-told-put-off", day=deadline, reason=reason), ())
    return after


def update(uow: UnitOfWork, me: Speaker, one: Held, said: Update) -> Held | None:
    """What an enterprise says of a hazard, in all its parts; None where none of it could be taken."""
    data = {"note": said.note, "blocked": said.blocked, "photos": [photo.as_json() for photo in said.photos]}
    after: Held | None = None
    match said.going:
        case "going" | "blocked":
            after = move(uow, me, one, Event.PROGRESS, data)
        case "done":
            after = move(uow, me, one, Event.FINISH, data)
        case "relapsed":
            after = move(uow, me, one, Event.RELAPSE, data)
        case "waiting" | "holds":
            # It stays where it is, and whoever could say that it is not sound may say that it is.
            if can(uow, me.person, one, Event.RELAPSE):
                _step(uow, me, one.hazard.id, said.going, data)
                after = one
    if after is not None and said.deadline is not None:
        after = put_off(uow, me, after, said.deadline, said.reason) or after
    if said.evaluation is not None:
        after = evaluate(uow, me, after or one, said.evaluation) or after
    return after


def evaluate(uow: UnitOfWork, me: Speaker, one: Held, said: Evaluation) -> Held | None:
    """整改评估: who, how, photo; confirmed by the principal. Then the department's 复查 is due."""
    data = {"by": said.by, "how": said.how, "photos": [photo.as_json() for photo in said.photos]}
    after = move(uow, me, one, Event.EVALUATE, data)
    if after is not None:
        told_department(uow, after.hazard, after.enterprise, Say("hazard-told-evaluated"), said.photos)
    return after


def decide(uow: UnitOfWork, me: Speaker, one: Held, said: Decision) -> Held | None:
    """A department decides; the enterprise is told what and why."""
    data = {"remark": said.remark, "photos": [photo.as_json() for photo in said.photos]}
    if said.act == "lift":
        return _lift(uow, me, one, data)
    event = Event(said.act)
    side, _ = possible(uow, me.person, one).get(event, (None, None))
    after = move(uow, me, one, event, data)
    if after is not None:
        told = Say("hazard-told-decided", act=said.act, remark=said.remark or Say("hazard-remark-none"))
        tell = told_department if side == "enterprise" else told_enterprise
        tell(uow, after.hazard, after.enterprise, told, said.photos)
    return after


def list_(uow: UnitOfWork, me: Speaker, one: Held, said: Listing) -> Held | None:
    """挂牌督办: a mark on a hazard, whoever found it."""
    hazard = one.hazard
    if not hazard.is_open or not may(uow, me.person, Act.LIST_HAZARD, Target.of_supervisor(one.enterprise)):
        return None
    hazards.change(
        uow.conn,
        hazard.id,
        listed_by=said.by,
        listed_number=said.number,
        listed_on=said.day,
        listed_deadline=said.deadline,
        lifted_on=None,
    )
    data = {"by": said.by, "number": said.number, "date": str(said.day), "deadline": str(said.deadline)}
    _step(uow, me, hazard.id, "list", data)
    audit.note(uow.conn, uow.now, "hazard-listed", me.person, f"hazard/{hazard.id}", date=str(said.day))
    after = _again(uow, hazard.id, one.enterprise)
    told = Say("hazard-told-listed", by=said.by, number=said.number, deadline=said.deadline)
    told_enterprise(uow, after.hazard, after.enterprise, told, ())
    return after


def _lift(uow: UnitOfWork, me: Speaker, one: Held, data: Mapping[str, Any]) -> Held | None:
    hazard = one.hazard
    if not hazard.is_listed or not may(uow, me.person, Act.LIST_HAZARD, Target.of_supervisor(one.enterprise)):
        return None
    hazards.change(uow.conn, hazard.id, lifted_on=uow.now.date())
    _step(uow, me, hazard.id, "lift", data)
    audit.note(uow.conn, uow.now, "hazard-lifted", me.person, f"hazard/{hazard.id}")
    after = _again(uow, hazard.id, one.enterprise)
    told_enterprise(uow, after.hazard, after.enterprise, Say("hazard-told-lifted"), ())
    return after


def plan_json(plan: Plan) -> dict[str, str]:
    """A plan as the steps keep it."""
    return {
        "person": plan.person,
        "measures": plan.measures,
        "funds": f"{plan.funds:f}",
        "deadline": plan.deadline.isoformat(),
        "contingency": plan.contingency,
    }


def _step(uow: UnitOfWork, me: Speaker, number: int, event: str, data: Mapping[str, Any]) -> None:
    hazards.step(uow.conn, number, uow.now, me.person, str(event), data)


def _again(uow: UnitOfWork, number: int, enterprise: Enterprise) -> Held:
    hazard = hazards.get(uow.conn, number)
    if hazard is None:
        raise LookupError(number)
    return Held(hazard, enterprise)
