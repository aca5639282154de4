"""What people do to a permit: `act` is the only way in which a person moves one, and tells nobody of it.

What is told of it is in `outcomes`, what a refusal says in `refusals`.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from campaign.periods import PERMIT
from campaign.permit_life import Checked, PermitStep, Sample, event_of, gates, stale
from campaign.permits import ENDED, TABLE, Event, Gate, Seat, State
from campaign.permits import may as may_cause
from campaign.validity import in_force
from service.core.assurance import confirm_in_person
from service.core.permissions import Act, allows
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import closing
from service.hot_work.gates import rules_of, shut_at_approval, shut_at_start
from service.hot_work.in_hand import PermitInHand, seats
from service.hot_work.refusals import gates_shut
from service.hot_work.steps import advanced, step_now, written
from storage import duties, permits
from storage.permits import PermitPerson

SKEW: Final = timedelta(minutes=1)
"""A platform's clock may run so much before ours; what is further ahead is no time of ours."""
_AHEAD: Final = {Event.PHOTO: Gate.PICTURED, Event.SAMPLE: Gate.SAMPLED, Event.GAS_OVER: Gate.SAMPLED}
"""Which gate something from the future is stopped by."""
_SHOWN: Final = frozenset({Event.PHOTO, Event.SAMPLE, Event.GAS_OVER})
"""What shows how things were, and is kept whenever it arrives."""
_WORK: Final = frozenset({Event.START, Event.RESUME, Event.FINISH, Event.SAMPLE, Event.GAS_OVER})
"""What is done only where people work."""


def act(
    uow: UnitOfWork,
    me: Speaker,
    permit: PermitInHand,
    event: Event,
    *,
    at: datetime | None = None,
    sample: Sample | None = None,
    checked: Checked | None = None,
    data: Mapping[str, Any] | None = None,
) -> PermitInHand:
    """Cause an event, and return the permit after it. GatesShutError: gates keep it from happening.

    `at` is when it was done, by campaign time; a sample says it itself, and whether it is within the limits is judged
    here; `checked`: what was found of the measures, for MEASURES alone. The same photo (`data["photos"]`, as
    `FileRef.as_json` makes them) or sample twice is one step. What comes too
    late to move anything is kept as a note, work after the end as a violation; `PermitInHand.wrote` says so.
    """
    if event in (Event.SUBMIT, Event.RETURN) or (sample is None) is (event in (Event.SAMPLE, Event.GAS_OVER)):
        raise ValueError(event)
    if (checked is None) is (event is Event.MEASURES):
        raise ValueError(event)
    when = at or uow.now
    if sample is not None:
        rules = rules_of(uow)
        sample = replace(sample, ok=rules.within(rules.gas(sample.gas), sample.value))
        when = sample.taken_at
    if when > uow.now + SKEW:
        raise gates_shut(uow, permit, event, (_AHEAD.get(event, Gate.POSSIBLE),))
    when = min(when, uow.now)
    if sample is not None:
        sample = replace(sample, taken_at=when)
    permit = advanced(uow, permit)
    stored = dict(data or {})
    known = _known_by(when, event, sample, stored)
    if known is not None and permits.knows(uow.conn, permit.row.id, known):
        return permit
    asked = event
    if sample is not None:
        event = event_of(permit.life, sample)
    step = step_now(uow, event, when, sample, checked)
    owned = seats(uow, me.person, permit)
    if not owned or not allows(uow, me, Act.ACT_ON_PERMIT, permit.enterprise):
        raise gates_shut(uow, permit, asked, (Gate.POSSIBLE,))
    state = permit.life.state
    if state in ENDED:
        late = _written_after_end(uow, me, permit, step, stored, known)
        if late is None:
            raise gates_shut(uow, permit, asked, (Gate.POSSIBLE,))
        return late
    if stale(permit.life, event, when):
        permit = _noted(uow, me, permit, step, stored, known)
        raise gates_shut(uow, permit, asked, (Gate.POSSIBLE,))
    if event in _SHOWN and (state, event) not in TABLE:
        return _noted(uow, me, permit, step, stored, known)
    shut = shut_for(uow, me, permit, event, when, owned)
    if shut:
        raise gates_shut(uow, permit, asked, shut)
    if event is Event.APPROVE:
        confirm_in_person(uow)
    if not may_cause(state, event, owned - _proxy(me, permit)):
        stored["proxy"] = True
    permit = written(uow, permit, step, me.person, stored, known)
    return _approved(uow, me, permit) if event is Event.APPROVE else permit


def shut_for(
    uow: UnitOfWork, me: Speaker, permit: PermitInHand, event: Event, when: datetime, owned: frozenset[Seat]
) -> tuple[Gate, ...]:
    """Return the gates shut for an event that somebody with these seats causes; POSSIBLE alone where it is not his."""
    if not may_cause(permit.life.state, event, owned):
        return (Gate.POSSIBLE,)
    outside: set[Gate] = set()
    if event is Event.APPROVE:
        if not allows(uow, me, Act.APPROVE_PERMIT, permit.enterprise):
            return (Gate.POSSIBLE,)
        outside = set(shut_at_approval(uow, permit.row, permit.application, me.person))
    # A look is what was seen when it was due: one that was taken early is not made good by arriving late.
    return missing(uow, permit, event, when if event is Event.LOOK else uow.now, outside)


def missing(
    uow: UnitOfWork, permit: PermitInHand, event: Event, at: datetime, outside: AbstractSet[Gate] = frozenset()
) -> tuple[Gate, ...]:
    """Return the gates shut for an event at an instant, whoever of those who may causes it."""
    if event in (Event.START, Event.RESUME):
        approver = None if permit.approver is None else permit.approver.person
        outside = frozenset(shut_at_start(uow, permit.row, permit.application, permit.terms, approver))
    return gates(rules_of(uow), permit.terms, permit.life, event, at, outside)


def _proxy(me: Speaker, permit: PermitInHand) -> frozenset[Seat]:
    stands_in = permit.guardian.person is None and me.person == permit.row.applicant
    return frozenset({Seat.GUARDIAN}) if stands_in else frozenset()


def _known_by(when: datetime, event: Event, sample: Sample | None, data: Mapping[str, Any]) -> str | None:
    """Return by what a step is known when it comes twice; None for a tap, whose state says whether it counts."""
    if sample is not None:
        return f"sample/{when.isoformat()}/{sample.gas}/{sample.value.normalize()}"
    if event is Event.PHOTO:
        return "photo/" + "+".join(sorted(str(photo[0]) for photo in data.get("photos", ())))
    return None


def _written_after_end(
    uow: UnitOfWork, me: Speaker, permit: PermitInHand, step: PermitStep, data: dict[str, Any], known: str | None
) -> PermitInHand | None:
    """Keep what arrives after a permit has ended: work as a violation, what shows something as a note. None: a tap
    that nothing comes of.
    """
    begun = permit.life.state is State.EXPIRED and permit.life.started_at is not None
    if begun and step.event in _WORK and step.at >= permit.terms.until:
        violation = replace(step, event=Event.VIOLATION)
        known = known or f"{step.event}/{step.at.isoformat()}"
        return written(uow, permit, violation, me.person, {**data, "event": step.event}, known)
    if step.event in _SHOWN | {Event.FINISH, Event.NOTE}:
        return _noted(uow, me, permit, step, data, known)
    return None


def _noted(
    uow: UnitOfWork, me: Speaker, permit: PermitInHand, step: PermitStep, data: Mapping[str, Any], known: str | None
) -> PermitInHand:
    note = replace(step, event=Event.NOTE)
    return written(uow, permit, note, me.person, {**data, "event": step.event}, known)


def _approved(uow: UnitOfWork, me: Speaker, permit: PermitInHand) -> PermitInHand:
    permits.name(uow.conn, permit.row.id, PermitPerson(Seat.APPROVER, me.name, me.person))
    _answer_duty(uow, permit)
    return replace(permit, people=tuple(permits.people_of(uow.conn, permit.row.id)))


def _answer_duty(uow: UnitOfWork, permit: PermitInHand) -> None:
    """Open the duty that each job is owed an approval (三(一)3), and answer it with this one."""
    rules = (rule for rule in uow.pack.obligations if rule.trigger == "hot-job")
    rule = next((rule for rule in rules if in_force(rule.valid, uow.now.date())), None)
    if rule is None or rule.variant_for(permit.enterprise) is None:
        return
    period = f"{PERMIT}{permit.row.code}"
    duties.open_event(
        uow.conn,
        obligation=rule.id,
        subject=permit.row.enterprise,
        period=period,
        enterprise=permit.row.enterprise,
        district=permit.row.district,
        owner=rule.owner,
        opens=uow.now,
        due=None,
    )
    duty = duties.of_period(uow.conn, rule.id, permit.row.enterprise, period)
    if duty is not None:
        closing.close(uow, duty, by=None, permit=permit.row.id)
