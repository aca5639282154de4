"""The steps of a permit are written here, by people and by time; what a permit is follows from its steps alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from campaign.permit_life import Checked, PermitStep, Sample, advance, after
from campaign.permits import Event
from campaign.pulse import look_at
from service.core.refusal import existing
from service.core.unit_of_work import UnitOfWork
from service.hot_work.gates import rules_of
from service.hot_work.in_hand import PermitInHand, loaded, may_see, sample_json
from storage import permits
from storage.engine import apart

EVIDENCE: Final = frozenset({"sample", "photos", "proxy", "in_place", "lacking", "numbers"})
"""What of a step's data stands in the sealed audit too."""


def locked(uow: UnitOfWork, number: int) -> PermitInHand | None:
    """Take a permit in hand by its number, locked, with what time has done written down; whoever may see it."""
    row = permits.get(uow.conn, number, lock=True)
    return None if row is None else advanced(uow, loaded(uow, row))


def visible(uow: UnitOfWork, person: int, number: int) -> PermitInHand | None:
    """Take a permit in hand as `locked` does; None where this person may not see it: numbers can be guessed."""
    permit = locked(uow, number)
    return permit if permit is not None and may_see(uow, person, permit) else None


def opened(uow: UnitOfWork, person: int, number: int) -> PermitInHand:
    """Take a permit in hand as `locked` does; RefusedError where there is none that this person may see."""
    return existing(visible(uow, person, number))


def visible_by_code(uow: UnitOfWork, person: int, code: str) -> PermitInHand | None:
    """Take a permit in hand by its code, D-0619-07; None where this person may not see it."""
    row = permits.by_code(uow.conn, code)
    return None if row is None else visible(uow, person, row.id)


def advanced(uow: UnitOfWork, permit: PermitInHand) -> PermitInHand:
    """Write down what time has done to a permit by now, each step with its own instant; return the permit after it."""
    _, steps = advance(rules_of(uow), permit.terms, permit.life, uow.now)
    with uow.following():
        for step in steps:
            permit = written(uow, permit, step, None, {})
    return permit


def tick(uow: UnitOfWork) -> list[PermitInHand]:
    """Look at every permit that is due: those at which something happened by itself, or is to be said now."""
    # One that fails is looked at again at the next tick, and holds up no other site.
    looked = apart(uow.conn, [partial(_looked_at, uow, number) for number in permits.due(uow.conn, uow.now)])
    return [permit for permit in looked if permit is not None]


def _looked_at(uow: UnitOfWork, number: int) -> PermitInHand | None:
    row = permits.get(uow.conn, number, lock=True)
    # Another replica may have looked meanwhile.
    if row is None or row.look_at is None or row.look_at > uow.now:
        return None
    return _look_later(uow, advanced(uow, loaded(uow, row)))


def _look_later(uow: UnitOfWork, permit: PermitInHand) -> PermitInHand:
    """Set when a permit must be looked at next: what was due by now is done with."""
    at = look_at(rules_of(uow), permit.terms, permit.life, uow.now)
    if at == permit.row.look_at:
        return permit
    permits.change(uow.conn, permit.row.id, look_at=at)
    return replace(permit, row=replace(permit.row, look_at=at))


def step_now(
    uow: UnitOfWork,
    event: Event,
    at: datetime | None = None,
    sample: Sample | None = None,
    checked: Checked | None = None,
) -> PermitStep:
    """Return a step that we hear of now; `at`: when it was done, if that was before."""
    return PermitStep(event, at or uow.now, uow.now, sample, checked)


def written(
    uow: UnitOfWork,
    permit: PermitInHand,
    step: PermitStep,
    person: int | None,
    data: Mapping[str, Any],
    dedupe: str | None = None,
) -> PermitInHand:
    """Write a step, which a permit follows; return the permit after it. `person` None: time did it."""
    life = after(permit.life, step)
    stored = dict(data)
    if step.sample is not None:
        stored["sample"] = sample_json(step.sample)
    if step.checked is not None:
        stored |= {"in_place": list(step.checked.in_place), "lacking": list(step.checked.lacking)}
    fresh = permits.add_step(
        uow.conn,
        permit.row.id,
        step.event,
        dedupe,
        at=step.at,
        received=step.received,
        person=person,
        moved_to=life.state if life.state is not permit.life.state else None,
        data=stored,
    )
    if fresh is None:
        return permit
    # What is to be said of this very instant, and a look that is owed already, are left for the next tick.
    owed = permit.row.look_at
    if owed is None or owed > uow.now:
        owed = look_at(rules_of(uow), permit.terms, life, step.received - timedelta.resolution)
    changed: dict[str, Any] = {"state": life.state, "begun": life.started_at is not None, "look_at": owed}
    permits.change(uow.conn, permit.row.id, **changed)
    evidence = {key: value for key, value in stored.items() if key in EVIDENCE}
    noted = {"state": life.state, "done": step.at.isoformat(), "what": stored.get("event", step.event), **evidence}
    if person is not None:
        noted["assurance"] = uow.assurance
    uow.note(f"permit-{step.event}", permit.subject, actor=uow.acting(person), at=step.received, **noted)
    return replace(
        permit,
        row=replace(permit.row, **changed),
        life=life,
        steps=(*permit.steps, fresh),
        wrote=(*permit.wrote, step.event),
    )
