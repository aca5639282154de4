"""Somebody does something to a permit: it is done, or refused in one clear line; cards and prompts follow."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from campaign.applications import Who
from campaign.permit_life import Sample
from campaign.permits import Event, Gate, State
from service.core.letters import answer
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import letters as permit_letters
from service.hot_work import permits
from service.hot_work import pulse as permit_pulse
from service.hot_work.cards import listed_gates, minute
from service.hot_work.gates import rules_of
from service.hot_work.permits import Held
from storage import permits as stored
from talk.actions import Tap
from talk.texts import Say

DECISIONS: Final = frozenset({Event.APPROVE, Event.RETURN, Event.REFUSE})
Shut = tuple[Gate, ...]


def do(
    uow: UnitOfWork,
    me: Speaker,
    one: Held,
    event: Event,
    *,
    at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
) -> Held | None:
    """Cause an event; what was done, or None with the reason said."""
    return tell_outcome(uow, me, one, event, permits.act(uow, me, one, event, at=at, data=data))


def tell_outcome(uow: UnitOfWork, me: Speaker, before: Held, event: Event, outcome: Held | Shut) -> Held | None:
    """Say what came of an event, and let everything follow that belongs to it."""
    if not isinstance(outcome, Held):
        _refuse(uow, me, before, event, outcome)
        return None
    said = outcome.wrote[-1] if outcome.wrote else event
    why = [Tap(Say("permit-option-why"), f"a:permit-why:{outcome.permit.id}")] if said is Event.STOP else []
    done = Say("permit-done", event=said, code=outcome.permit.code, until=minute(uow, outcome.terms.until))
    answer(uow, me, done, taps=why)
    followed(uow, outcome)
    return outcome


def measured(uow: UnitOfWork, me: Speaker, one: Held, samples: Sequence[Sample], by: Who | None) -> None:
    """Gas samples of one round, each a step of its own that says what it comes to. `by`: who took them, where that is
    another one.
    """
    data = {} if by is None else {"by": {"name": by.name, "person": by.person}}
    after, wrote = one, list[Event]()
    for sample in samples:
        done = permits.act(uow, me, after, Event.SAMPLE, sample=sample, data=data)
        if not isinstance(done, Held):
            _refuse(uow, me, after, Event.SAMPLE, done)
            break
        answer(uow, me, _of_sample(uow, after, done, sample))
        after = done
        wrote += done.wrote
    followed(uow, replace(after, wrote=tuple(wrote)))


def _of_sample(uow: UnitOfWork, before: Held, after: Held, sample: Sample) -> Say:
    """What is said of a sample: over the limit, too late, too old to begin by, or good."""
    rules = rules_of(uow)
    gas = rules.gas(sample.gas)
    number, value = after.permit.code, f"{sample.value:f}"
    if not rules.within(gas, sample.value):
        running = before.life.state is State.STARTED
        return Say("permit-sample-over", number=number, gas=gas.name, value=value, running="yes" if running else "no")
    if Event.NOTE in after.wrote or Event.VIOLATION in after.wrote:
        return Say("permit-late", number=number, state=Say("permit-state", state=after.life.state))
    fresh = after.terms.level.fresh
    if uow.now - sample.taken_at > fresh:
        return Say(
            "permit-sample-old",
            number=number,
            gas=gas.name,
            value=value,
            taken=sample.taken_at,
            minutes=int(fresh.total_seconds() // 60),
        )
    return Say("permit-sample-good", number=number, gas=gas.name, value=value)


def followed(uow: UnitOfWork, one: Held) -> None:
    """After a permit changed: cards, and what has to be said at once."""
    if one.wrote:
        permit_letters.renew(uow, one, notify=permit_letters.noticed(uow, one))
        permit_pulse.beat(uow, one)


def _refuse(uow: UnitOfWork, me: Speaker, one: Held, event: Event, shut: Sequence[Gate]) -> None:
    code, state = one.permit.code, Say("permit-state", state=one.life.state)
    decided = permits.decided_by(uow, one) if event in DECISIONS else None
    if Gate.POSSIBLE not in shut:
        others = stored.holding(uow.conn, one.permit.point, but=one.permit.id) if Gate.POINT in shut else []
        answer(
            uow,
            me,
            Say("permit-blocked", event=Say("permit-event", event=event), items=listed_gates(shut)),
            *(Say("permit-point-held", code=other.code) for other in others),
        )
    elif decided is not None:
        answer(uow, me, Say("permit-decided-already", code=code, who=decided.name, state=state))
    else:
        answer(uow, me, Say("permit-not-now", code=code, state=state))
