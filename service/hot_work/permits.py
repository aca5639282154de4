"""Hot-work permits (动火安全作业票) at work: handed in, approved, moved by those on it and by time, and counted.

`act` is the only way in which a person moves a permit, `advanced` the only one in which time does. Both write each step
beside the permit; what a permit is at an instant follows from its steps alone. Nothing is said to anybody here.
"""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from campaign.applications import APPLICATION, Application
from campaign.periods import PERMIT
from campaign.permit_life import (
    Life,
    Sample,
    Step,
    Terms,
    advance,
    after,
    event_of,
    gates,
    life_of,
    stale,
)
from campaign.permits import ENDED, TABLE, Event, Gate, Seat, State
from campaign.permits import may as may_cause
from campaign.pulse import look_at
from service.core.permissions import OFFICER, PRINCIPAL, WORKER, Act, Target, covers, may
from service.core.permissions import TABLE as TABLE_OF_ACTS
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work.gates import rules_of, shut_at_approval, shut_at_start
from storage import audit, duties, people, permits, registry
from storage.permits import Named, Permit
from storage.registry import Enterprise

_AHEAD: Final = {Event.PHOTO: Gate.PICTURED, Event.SAMPLE: Gate.SAMPLED, Event.GAS_OVER: Gate.SAMPLED}
"""Which gate something from the future is stopped by."""
SKEW: Final = timedelta(minutes=1)
"""A platform's clock may run so much before ours; what is further ahead is no time of ours."""
_CODE: Final = re.compile(r"\s*[Dd]?[\s-]*(\d{4})[\s-]*(\d{1,4})\s*")
_SHOWN: Final = frozenset({Event.PHOTO, Event.SAMPLE, Event.GAS_OVER})
"""What shows how things were, and is kept whenever it arrives."""
_WORK: Final = frozenset({Event.START, Event.RESUME, Event.FINISH, Event.SAMPLE, Event.GAS_OVER})
"""What is done only where people work."""


@dataclass(frozen=True, slots=True)
class Held:
    """A permit in hand. Instants are in the house's zone. `wrote`: the events that this use case has written, those of
    time first.
    """

    permit: Permit
    enterprise: Enterprise
    application: Application
    terms: Terms
    life: Life
    people: tuple[Named, ...]
    wrote: tuple[Event, ...] = ()

    @property
    def subject(self) -> str:
        """How the audit names it."""
        return f"permit/{self.permit.id}"

    @property
    def approver(self) -> Named | None:
        """Who approved it."""
        return next((one for one in self.people if one.seat == Seat.APPROVER), None)

    def seated(self, seat: Seat) -> tuple[Named, ...]:
        """Who is named for a seat."""
        return tuple(one for one in self.people if one.seat == seat)

    @property
    def guardian(self) -> Named:
        """Who is named as its guardian."""
        return next(one for one in self.people if one.seat == Seat.GUARDIAN)


# In hand


def glance(uow: UnitOfWork, permit: Permit) -> Held:
    """A permit as it is at this instant, without writing down what time has done: for lists and answers."""
    found = loaded(uow, permit)
    life, _ = advance(rules_of(uow), found.terms, found.life, uow.now)
    return replace(found, life=life)


def locked(uow: UnitOfWork, number: int) -> Held | None:
    """A permit by its number, locked, with what time has done written down; for whoever may see everything."""
    permit = permits.get(uow.conn, number, lock=True)
    return None if permit is None else advanced(uow, loaded(uow, permit))


def held(uow: UnitOfWork, person: int, number: int) -> Held | None:
    """A permit by its number, locked, if this person may see it at all: numbers can be guessed."""
    one = locked(uow, number)
    return one if one is not None and visible(uow, person, one) else None


def held_by_code(uow: UnitOfWork, person: int, code: str) -> Held | None:
    """A permit by its code as people write it, D-0619-07, if this person may see it."""
    parts = _CODE.fullmatch(code)
    found = None if parts is None else permits.by_code(uow.conn, f"D-{parts[1]}-{int(parts[2]):02}")
    return None if found is None else held(uow, person, found.id)


def visible(uow: UnitOfWork, person: int, one: Held) -> bool:
    """Whether somebody may see a permit: the enterprise, whoever is on it, its department."""
    if not may(uow, person, Act.SEE_PERMIT, Target.of(one.enterprise)):
        return False
    by_office = any(
        role.role != WORKER and role.state == "active" and covers(role.role, role.subject, Target.of(one.enterprise))
        for role in people.roles(uow.conn, person)
        if role.role in TABLE_OF_ACTS[Act.SEE_PERMIT]
    )
    return by_office or bool(seats(uow, person, one))


def loaded(uow: UnitOfWork, permit: Permit) -> Held:
    """A permit as its steps make it, before what time has done since."""
    enterprise = registry.enterprise(uow.conn, permit.enterprise)
    if enterprise is None:
        raise LookupError(permit.enterprise)
    application = APPLICATION.validate_python(permit.application)
    zone = uow.context.zone
    steps = (
        Step(Event(row.event), row.at.astimezone(zone), row.received.astimezone(zone), sample_of(row.data, uow))
        for row in permits.steps(uow.conn, permit.id)
    )
    named = tuple(permits.people_of(uow.conn, permit.id))
    return Held(permit, enterprise, application, application.terms(rules_of(uow)), life_of(steps), named)


def sample_json(sample: Sample) -> dict[str, Any]:
    """A sample as a step keeps it."""
    return {"taken_at": sample.taken_at.isoformat(), "gas": sample.gas, "value": str(sample.value), "ok": sample.ok}


def sample_of(data: Mapping[str, Any], uow: UnitOfWork) -> Sample | None:
    """The sample that a step keeps."""
    kept = data.get("sample")
    if kept is None:
        return None
    taken = datetime.fromisoformat(kept["taken_at"]).astimezone(uow.context.zone)
    return Sample(taken, kept["gas"], Decimal(kept["value"]), bool(kept["ok"]))


# Who


def seats(uow: UnitOfWork, person: int, one: Held) -> frozenset[Seat]:
    """Who somebody is on a permit, by name and by role; nobody, once his role in the enterprise is over."""
    roles = {
        role.role
        for role in people.roles(uow.conn, person)
        if role.subject == one.permit.enterprise and role.state == "active"
    }
    if not roles:
        return frozenset()
    found = {Seat(named.seat) for named in one.people if named.person == person}
    if not roles.isdisjoint({OFFICER, PRINCIPAL}):
        found.add(Seat.OFFICE)
    if one.approver is None and _may_approve(one, person, roles):
        found.add(Seat.APPROVER)
    if one.guardian.person is None and person == one.permit.applicant and Seat.WELDER not in found:
        # He is not in the bot: who named him taps for him, and the step says so.
        found.add(Seat.GUARDIAN)
    return frozenset(found)


def _may_approve(one: Held, person: int, roles: Iterable[str]) -> bool:
    apart = (Seat.APPLICANT, Seat.GUARDIAN, Seat.WELDER)
    barred = {named.person for named in one.people if named.seat in apart}
    return person not in barred and not set(one.terms.level.approvers).isdisjoint(roles)


def approvers(uow: UnitOfWork, one: Held) -> list[int]:
    """Who may approve a permit; nobody: the application waits for somebody to join."""
    found = {person for role in one.terms.level.approvers for person in _holders(uow, one, role)}
    return sorted(person for person in found if Seat.APPROVER in seats(uow, person, one))


def _holders(uow: UnitOfWork, one: Held, role: str) -> list[int]:
    return people.holders(uow.conn, role, one.permit.enterprise)


# What time does


def advanced(uow: UnitOfWork, one: Held) -> Held:
    """A permit with what time has done to it by now, each step written with its own instant."""
    _, steps = advance(rules_of(uow), one.terms, one.life, uow.now)
    for step in steps:
        one = written(uow, one, step, None, {})
    return one


def tick(uow: UnitOfWork) -> list[Held]:
    """Look at every permit that is due: those at which something happened by itself, or is to be said now."""
    found = []
    for number in permits.due(uow.conn, uow.now):
        permit = permits.get(uow.conn, number, lock=True)
        # Another replica may have looked meanwhile.
        if permit is None or permit.look_at is None or permit.look_at > uow.now:
            continue
        one = advanced(uow, loaded(uow, permit))
        found.append(_looked(uow, one, uow.now))
    return found


def _looked(uow: UnitOfWork, one: Held, until: datetime) -> Held:
    """Set when a permit must be looked at next: what was due by `until` is done with."""
    at = look_at(rules_of(uow), one.terms, one.life, until)
    if at == one.permit.look_at:
        return one
    permits.change(uow.conn, one.permit.id, look_at=at)
    return replace(one, permit=replace(one.permit, look_at=at))


def written(
    uow: UnitOfWork, one: Held, step: Step, person: int | None, data: Mapping[str, Any], dedupe: str | None = None
) -> Held:
    """The one place where a step is written and its permit follows."""
    life = after(one.life, step)
    moved = life.state is not one.life.state
    kept = dict(data) if step.sample is None else {**data, "sample": sample_json(step.sample)}
    fresh = permits.add_step(
        uow.conn,
        one.permit.id,
        step.event,
        dedupe,
        at=step.at,
        received=step.received,
        person=person,
        moved_to=life.state if moved else None,
        data=kept,
    )
    if not fresh:
        return one
    # What is to be said of this very instant, and a look that is owed already, are left for the next tick.
    owed = one.permit.look_at
    if owed is None or owed > uow.now:
        owed = look_at(rules_of(uow), one.terms, life, step.received - timedelta.resolution)
    changed: dict[str, Any] = {"state": life.state, "begun": life.started_at is not None, "look_at": owed}
    permits.change(uow.conn, one.permit.id, **changed)
    evidence = {key: value for key, value in kept.items() if key in ("sample", "photos", "proxy")}
    told = {"state": life.state, "done": step.at.isoformat(), "what": kept.get("event", step.event), **evidence}
    audit.note(uow.conn, step.received, f"permit-{step.event}", person, one.subject, **told)
    return replace(one, permit=replace(one.permit, **changed), life=life, wrote=(*one.wrote, step.event))


# What people do


def act(
    uow: UnitOfWork,
    me: Speaker,
    one: Held,
    event: Event,
    *,
    at: datetime | None = None,
    sample: Sample | None = None,
    data: Mapping[str, Any] | None = None,
) -> Held | tuple[Gate, ...]:
    """Cause an event: the permit after it, or the gates that keep it from happening.

    `at` is when it was done, by campaign time; a sample says it itself, and whether it is within the limits is judged
    here. The same photo (`data["photos"]`, as `service.hazards.ledger.files` makes them) or sample twice is one step.
    What comes too late to move anything is kept as a note, work after the end as a violation; `Held.wrote` says so.
    """
    if event in (Event.SUBMIT, Event.RETURN) or (sample is None) is (event in (Event.SAMPLE, Event.GAS_OVER)):
        raise ValueError(event)
    when = at or uow.now
    if sample is not None:
        rules = rules_of(uow)
        sample = replace(sample, ok=rules.within(rules.gas(sample.gas), sample.value))
        when = sample.taken_at
    if when > uow.now + SKEW:
        return (_AHEAD.get(event, Gate.POSSIBLE),)
    when = min(when, uow.now)
    if sample is not None:
        sample = replace(sample, taken_at=when)
    one = advanced(uow, one)
    said = dict(data or {})
    known = _known_by(when, event, sample, said)
    if known is not None and permits.knows(uow.conn, one.permit.id, known):
        return one
    if sample is not None:
        event = event_of(one.life, sample)
    step = step_now(uow, event, when, sample)
    owned = seats(uow, me.person, one)
    if not owned or not may(uow, me.person, Act.ACT_ON_PERMIT, Target.of(one.enterprise)):
        return (Gate.POSSIBLE,)
    if one.life.state in ENDED:
        return _too_late(uow, me, one, step, said, known)
    if stale(one.life, event, when):
        _noted(uow, me, one, step, said, known)
        return (Gate.POSSIBLE,)
    if event in _SHOWN and (one.life.state, event) not in TABLE:
        return _noted(uow, me, one, step, said, known)
    shut = shut_for(uow, me, one, event, when, owned)
    if shut:
        return shut
    if not may_cause(one.life.state, event, owned - _proxy(me, one)):
        said["proxy"] = True
    one = written(uow, one, step, me.person, said, known)
    return _approved(uow, me, one) if event is Event.APPROVE else one


def shut_for(
    uow: UnitOfWork, me: Speaker, one: Held, event: Event, when: datetime, owned: frozenset[Seat]
) -> tuple[Gate, ...]:
    """The gates that are shut for an event that somebody with these seats causes; POSSIBLE where it is not his."""
    if not may_cause(one.life.state, event, owned):
        return (Gate.POSSIBLE,)
    outside: set[Gate] = set()
    if event is Event.APPROVE:
        if not may(uow, me.person, Act.APPROVE_PERMIT, Target(one.enterprise.district, one.enterprise.code)):
            return (Gate.POSSIBLE,)
        outside = set(shut_at_approval(uow, one.permit, one.application, me.person))
    # A look is what was seen when it was due: one that was taken early is not made good by arriving late.
    return missing(uow, one, event, when if event is Event.LOOK else uow.now, outside)


def missing(
    uow: UnitOfWork, one: Held, event: Event, at: datetime, outside: AbstractSet[Gate] = frozenset()
) -> tuple[Gate, ...]:
    """The gates that are shut for an event at an instant, whoever of those who may causes it."""
    if event in (Event.START, Event.RESUME):
        approver = None if one.approver is None else one.approver.person
        outside = frozenset(shut_at_start(uow, one.permit, one.application, one.terms, approver))
    return gates(rules_of(uow), one.terms, one.life, event, at, outside)


def _proxy(me: Speaker, one: Held) -> frozenset[Seat]:
    stands_in = one.guardian.person is None and me.person == one.permit.applicant
    return frozenset({Seat.GUARDIAN}) if stands_in else frozenset()


def _known_by(when: datetime, event: Event, sample: Sample | None, data: Mapping[str, Any]) -> str | None:
    """By what a step is known when it comes twice; None for a tap, whose state says whether it counts."""
    if sample is not None:
        return f"sample/{when.isoformat()}/{sample.gas}/{sample.value.normalize()}"
    if event is Event.PHOTO:
        return "photo/" + "+".join(sorted(str(photo[0]) for photo in data.get("photos", ())))
    return None


def _too_late(
    uow: UnitOfWork, me: Speaker, one: Held, step: Step, data: dict[str, Any], known: str | None
) -> Held | tuple[Gate, ...]:
    begun = one.life.state is State.EXPIRED and one.life.started_at is not None
    if begun and step.event in _WORK and step.at >= one.terms.until:
        violation = replace(step, event=Event.VIOLATION)
        told = {**data, "event": step.event}
        return written(uow, one, violation, me.person, told, known or f"{step.event}/{step.at.isoformat()}")
    return (
        _noted(uow, me, one, step, data, known)
        if step.event in _SHOWN | {Event.FINISH, Event.NOTE}
        else (Gate.POSSIBLE,)
    )


def _noted(uow: UnitOfWork, me: Speaker, one: Held, step: Step, data: Mapping[str, Any], known: str | None) -> Held:
    note = replace(step, event=Event.NOTE)
    return written(uow, one, note, me.person, {**data, "event": step.event}, known)


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided over an application, how and when."""

    event: Event
    name: str
    at: datetime


def decided_by(uow: UnitOfWork, one: Held) -> Decision | None:
    """Who decided last over an application, for whoever comes second."""
    for step in reversed(permits.steps(uow.conn, one.permit.id)):
        if step.event in (Event.APPROVE, Event.REFUSE, Event.RETURN, Event.CANCEL) and step.person is not None:
            who = people.person(uow.conn, step.person)
            name = "" if who is None else who.name
            return Decision(Event(step.event), name, step.received.astimezone(uow.context.zone))
    return None


def _approved(uow: UnitOfWork, me: Speaker, one: Held) -> Held:
    permits.name(uow.conn, one.permit.id, Named(Seat.APPROVER, me.name, me.person))
    _answer_duty(uow, one)
    return replace(one, people=tuple(permits.people_of(uow.conn, one.permit.id)))


def _answer_duty(uow: UnitOfWork, one: Held) -> None:
    """Each job is owed its approval (三(一)3): the duty opens, and is answered, with it."""
    rule = next((rule for rule in uow.pack.obligations if rule.trigger == "hot-job"), None)
    if rule is None or rule.variant_for(one.enterprise.sector, one.enterprise.tags) is None:
        return
    period = f"{PERMIT}{one.permit.code}"
    duties.open_event(
        uow.conn,
        obligation=rule.id,
        subject=one.permit.enterprise,
        period=period,
        enterprise=one.permit.enterprise,
        district=one.permit.district,
        owner=rule.owner,
        opens=uow.now,
        due=None,
    )
    duty = duties.of_event(uow.conn, rule.id, one.permit.enterprise, period)
    if duty is not None:
        duties.answered(uow.conn, duty.id, None, uow.now)
        audit.note(uow.conn, uow.now, "duty-answered", None, f"duty/{duty.id}", permit=one.permit.id)


def step_now(uow: UnitOfWork, event: Event, at: datetime | None = None, sample: Sample | None = None) -> Step:
    """A step that we hear of now; `at`: when it was done, if that was before."""
    return Step(event, at or uow.now, uow.now, sample)
