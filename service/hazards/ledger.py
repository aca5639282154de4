"""The ledger: a hazard is found, planned, rectified, judged and listed, and those who are to know are told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from campaign.hazards import (
    Decision,
    Evaluation,
    Event,
    Finding,
    Going,
    Listing,
    Origin,
    Plan,
    State,
    Update,
    is_note,
    is_same,
)
from service.core.permissions import Act, allows, may, require
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hazards import reporting
from service.hazards.letters import told_department, told_enterprise
from service.hazards.moves import HazardInHand, can, move, not_now, possible, record_step, reloaded
from storage import hazards, registry
from storage.hazards import Hazard, HazardColumns
from talk.messages import FileRef
from talk.texts import Say

UPDATES: Final = (Event.PROGRESS, Event.EVALUATE, Event.RELAPSE)
"""The events that an enterprise tells of as the rectification goes."""
_EVENTS: Final[Mapping[Going, Event]] = {
    "going": Event.PROGRESS,
    "blocked": Event.PROGRESS,
    "done": Event.FINISH,
    "relapsed": Event.RELAPSE,
    # It stays where it is, and whoever could say that it is not sound may say that it is.
    "waiting": Event.RELAPSE,
    "holds": Event.RELAPSE,
}
"""The event that must be possible for an update to be taken."""


def find(
    uow: UnitOfWork,
    me: Speaker,
    enterprise: str,
    finding: Finding,
    *,
    origin: Origin = "enterprise",
    how: str = "",
) -> int:
    """Enter a hazard of an enterprise, tell whoever supervises it, and return its number.

    What an enterprise finds it also reports (三(一)1): that duty is answered at once where the finding is fixed (`how`)
    or comes with its plan, else it stays open for the plan. RefusedError for somebody who may not, LookupError for an
    enterprise that there is not.
    """
    where = registry.enterprise(uow.conn, enterprise)
    if where is None:
        raise LookupError(enterprise)
    require(uow, me, Act.REPORT_HAZARD if origin == "enterprise" else Act.ENTER_HAZARD, where)
    state = State.DONE if finding.fixed else State.FOUND if finding.plan is None else State.PLANNED
    number = hazards.add(
        uow.conn,
        enterprise=where.code,
        district=where.district,
        origin=origin,
        place=finding.place,
        description=finding.description or None,
        criterion=finding.criterion,
        unsure=finding.criterion is None,
        device_failed=finding.device_failed,
        state=state,
        found_at=uow.now,
        weekly_from=None if finding.fixed else uow.now,
        **({} if finding.plan is None else hazards.plan_columns(finding.plan)),
    )
    told = {
        "place": finding.place,
        "criterion": finding.criterion,
        "note": finding.description,
        "photos": _stored(finding.photos),
    }
    record_step(uow, me, number, "found", told)
    if finding.plan is not None:
        record_step(uow, me, number, Event.PLAN, plan_json(finding.plan))
    if finding.fixed:
        record_step(uow, me, number, Event.FINISH, {"note": how, "photos": []})
    uow.note("hazard-found", f"hazard/{number}", origin=origin, state=state)
    held = reloaded(uow, number, where)
    if origin == "enterprise":
        reporting.open_duty(uow, where, number, answered=state is not State.FOUND)
        told_department(uow, held, _found(uow, held), finding.photos)
        told_enterprise(uow, held, Say("hazard-told-own", who=me.name), finding.photos, but=me.person)
    else:
        told_enterprise(uow, held, Say("hazard-told-entered"), finding.photos)
    return number


def _found(uow: UnitOfWork, held: HazardInHand) -> Say:
    """What a department is told of a new hazard: also which open one may be the same, and that it is to decide."""
    twin = next(iter(twins(uow, held.hazard)), None)
    if twin is not None:
        return Say("hazard-told-found-twin", number=twin.id)
    return Say("hazard-told-found-unsure" if held.hazard.unsure else "hazard-told-found")


def open_in(uow: UnitOfWork, enterprise: str) -> list[Hazard]:
    """Return the open hazards of an enterprise, by number."""
    return hazards.find(uow.conn, enterprise=enterprise, only_open=True)


def twins(uow: UnitOfWork, hazard: Hazard) -> list[Hazard]:
    """Return the other open hazards of the same enterprise, criterion and place, however the place is spelt."""
    return [
        other
        for other in open_in(uow, hazard.enterprise)
        if other.id != hazard.id and is_same(other.criterion, other.place, hazard.criterion, hazard.place)
    ]


def plan(uow: UnitOfWork, me: Speaker, held: HazardInHand, made: Plan) -> HazardInHand:
    """制定方案, or a change of it. What the five fields were before stays in the steps. Where it puts off the deadline
    of a listed hazard, the old one stands until the department agrees.
    """
    before = held.hazard.plan
    data = plan_json(made) | ({} if before is None else {"before": plan_json(before)})
    columns = hazards.plan_columns(made)
    asks = _needs_consent(held, made.deadline)
    if asks:
        del columns["deadline"]
    after = move(uow, me, held, Event.PLAN, data, **columns)
    return _ask_to_put_off(uow, me, after, made.deadline, made.measures) if asks else after


def _needs_consent(held: HazardInHand, deadline: date) -> bool:
    """Return whether a deadline is later than that of a listed hazard, which only its department may put off."""
    hazard = held.hazard
    return hazard.is_listed and hazard.deadline is not None and deadline > hazard.deadline


def _ask_to_put_off(uow: UnitOfWork, me: Speaker, held: HazardInHand, deadline: date, reason: str) -> HazardInHand:
    """Keep the deadline that an enterprise asks for, and let whoever supervises it decide; a newer one takes the place
    of one that is not decided.
    """
    number = held.hazard.id
    if (held.hazard.asked_deadline, held.hazard.asked_reason) == (deadline, reason):
        return held
    hazards.change(uow.conn, number, asked_deadline=deadline, asked_reason=reason)
    record_step(uow, me, number, "extension", {"new": deadline.isoformat(), "note": reason})
    uow.note("hazard-extension", f"hazard/{number}", new=str(deadline))
    after = reloaded(uow, number, held.enterprise)
    told_department(uow, after, Say("hazard-told-asks"))
    return after


def takes(uow: UnitOfWork, person: int, held: HazardInHand, said: Update) -> bool:
    """Whether any part of what somebody says of a hazard can be taken now."""
    events = [_EVENTS[said.going]] if said.evaluation is None else [_EVENTS[said.going], Event.EVALUATE]
    return can(uow, person, held, *events)


def update(uow: UnitOfWork, me: Speaker, held: HazardInHand, said: Update) -> HazardInHand:
    """Take what an enterprise says of a hazard, in all its parts that can be taken now; RefusedError: none can."""
    if not takes(uow, me.person, held, said):
        raise not_now()
    data = {"note": said.note, "blocked": said.blocked, "photos": _stored(said.photos)}
    after, event = held, _EVENTS[said.going]
    if can(uow, me.person, held, event):
        if said.going in ("waiting", "holds"):
            record_step(uow, me, held.hazard.id, said.going, data)
        else:
            after = move(uow, me, held, event, data)
        if said.deadline is not None:
            after = _put_off(uow, me, after, said.deadline, said.reason)
    if said.evaluation is not None and can(uow, me.person, after, Event.EVALUATE):
        after = _evaluate(uow, me, after, said.evaluation)
    return after


def _put_off(uow: UnitOfWork, me: Speaker, held: HazardInHand, deadline: date, reason: str) -> HazardInHand:
    """Move a deadline: the old one and the reason are kept, and whoever supervises is told."""
    hazard = held.hazard
    if deadline == hazard.deadline or hazard.stands not in hazards.UNRECTIFIED:
        return held
    if _needs_consent(held, deadline):
        return _ask_to_put_off(uow, me, held, deadline, reason)
    old = _move_deadline(uow, me, hazard, deadline, reason)
    uow.note("hazard-deadline", f"hazard/{hazard.id}", old=old, new=str(deadline))
    after = reloaded(uow, hazard.id, held.enterprise)
    told_department(uow, after, Say("hazard-told-put-off", day=deadline, reason=reason))
    return after


def _move_deadline(
    uow: UnitOfWork, me: Speaker, hazard: Hazard, deadline: date, reason: str, **agreed: Any
) -> str | None:
    """Write another deadline, and the step with the old one, which is returned (ISO 8601)."""
    old = None if hazard.deadline is None else hazard.deadline.isoformat()
    hazards.change(uow.conn, hazard.id, deadline=deadline)
    record_step(uow, me, hazard.id, "deadline", {"old": old, "new": deadline.isoformat(), "reason": reason, **agreed})
    return old


def _evaluate(uow: UnitOfWork, me: Speaker, held: HazardInHand, said: Evaluation) -> HazardInHand:
    """整改评估: who, how, photo; confirmed by the principal. Then the department's 复查 is due."""
    after = move(uow, me, held, Event.EVALUATE, {"by": said.by, "how": said.how, "photos": _stored(said.photos)})
    told_department(uow, after, Say("hazard-told-evaluated"), said.photos)
    return after


def decide(uow: UnitOfWork, me: Speaker, held: HazardInHand, said: Decision) -> HazardInHand:
    """A department decides; the enterprise is told what, by whom and why. RefusedError: nothing is said of why."""
    by = "、".join(said.by) or me.name
    # Of whoever looked alone the step itself says who it was.
    others = {} if by == me.name else {"by": by}
    data: dict[str, Any] = {**others, "remark": said.remark, "photos": _stored(said.photos)}
    if said.act == "lift":
        return _lift(uow, me, held, data)
    if not is_note(said.remark):
        raise RefusedError(Say("decide-needs-note"))
    told = Say("hazard-told-decided", act=said.act, by=by, remark=said.remark)
    if said.act in ("extend", "hold"):
        after = _answer_request(uow, me, held, said, data)
        told_enterprise(uow, after, told, said.photos)
        return after
    event = Event(said.act)
    side, _ = possible(uow, me.person, held).get(event, (None, None))
    kept, columns = _decided(uow, held, said, data)
    after = move(uow, me, held, event, kept, **columns)
    if said.into is not None:
        record_step(uow, me, said.into, "merged", {"number": held.hazard.id, "note": said.remark})
    tell = told_department if side == "enterprise" else told_enterprise
    tell(uow, after, told, said.photos)
    return after


def _decided(
    uow: UnitOfWork, held: HazardInHand, said: Decision, data: dict[str, Any]
) -> tuple[dict[str, Any], HazardColumns]:
    """Return what is kept of a decision, and what it changes besides the state. RefusedError: the hazard with which
    another is to be merged has ended, or is elsewhere, or the other is listed and this is not.
    """
    columns: HazardColumns = {}
    if said.act == "major":
        columns = {"criterion": said.criterion, "device_failed": said.device_failed}
        data["criterion"] = said.criterion
    if said.act in ("major", "not_major", "reopen"):
        columns["unsure"] = False
    if said.act == "merge" and said.into is not None:
        _check_merger(uow, held, said.into)
        columns["merged_into"] = data["into"] = said.into
    if said.deadline is not None:
        columns["deadline"] = said.deadline
        data["new"] = said.deadline.isoformat()
    return data, columns


def _check_merger(uow: UnitOfWork, held: HazardInHand, into: int) -> None:
    other = hazards.get(uow.conn, into, lock=True)
    if other is None or other.id == held.hazard.id or other.enterprise != held.hazard.enterprise or not other.is_open:
        raise RefusedError(Say("hazard-merge-gone", number=into))
    if held.hazard.is_listed:
        # The listing, its number and its deadline are those of one hazard.
        raise RefusedError(Say("hazard-merge-listed", number=held.hazard.id))


def _answer_request(
    uow: UnitOfWork, me: Speaker, held: HazardInHand, said: Decision, data: Mapping[str, Any]
) -> HazardInHand:
    """延期: the department agrees, and the deadline is what was asked for, or it stays as it is."""
    hazard, asked = held.hazard, held.hazard.asked_deadline
    if asked is None or not allows(uow, me, Act.JUDGE_HAZARD, held.enterprise):
        raise not_now()
    hazards.change(uow.conn, hazard.id, asked_deadline=None, asked_reason=None)
    if said.act == "extend":
        _move_deadline(uow, me, hazard, asked, hazard.asked_reason or "", **data)
    else:
        record_step(uow, me, hazard.id, "hold", data)
    uow.note(f"hazard-{said.act}", f"hazard/{hazard.id}", asked=str(asked))
    return reloaded(uow, hazard.id, held.enterprise)


def may_list(uow: UnitOfWork, person: int, held: HazardInHand) -> bool:
    """Whether a person may list a hazard for supervision, or lift its listing."""
    return may(uow, person, Act.LIST_HAZARD, held.enterprise)


def may_answer_request(uow: UnitOfWork, person: int, held: HazardInHand) -> bool:
    """Whether an enterprise asks for a later deadline, and a person may answer it."""
    return held.hazard.asked_deadline is not None and may(uow, person, Act.JUDGE_HAZARD, held.enterprise)


def put_on_list(uow: UnitOfWork, me: Speaker, held: HazardInHand, said: Listing) -> HazardInHand:
    """挂牌督办: a mark on a hazard, whoever found it."""
    hazard = held.hazard
    if not hazard.is_open or not allows(uow, me, Act.LIST_HAZARD, held.enterprise):
        raise not_now()
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
    record_step(uow, me, hazard.id, "list", data)
    uow.note("hazard-listed", f"hazard/{hazard.id}", date=str(said.day))
    after = reloaded(uow, hazard.id, held.enterprise)
    told = Say("hazard-told-listed", by=said.by, number=said.number, deadline=said.deadline)
    told_enterprise(uow, after, told)
    return after


def _lift(uow: UnitOfWork, me: Speaker, held: HazardInHand, data: Mapping[str, Any]) -> HazardInHand:
    hazard = held.hazard
    if not hazard.is_listed or not allows(uow, me, Act.LIST_HAZARD, held.enterprise):
        raise not_now()
    hazards.change(uow.conn, hazard.id, lifted_on=uow.now.date())
    record_step(uow, me, hazard.id, "lift", data)
    uow.note("hazard-lifted", f"hazard/{hazard.id}")
    after = reloaded(uow, hazard.id, held.enterprise)
    told_enterprise(uow, after, Say("hazard-told-lifted"))
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


def _stored(photos: Sequence[FileRef]) -> list[list[str | int]]:
    return [photo.as_json() for photo in photos]
