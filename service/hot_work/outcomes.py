"""Somebody does something to a permit and is told what came of it; then its cards and prompts follow.

Each use case here causes its event (`acting.act`), says what it did, and lets everything follow that belongs to it.
GatesShutError says the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from campaign.applications import Who
from campaign.permit_life import Sample
from campaign.permits import Event, State
from service.core.letters import answer
from service.core.refusal import saying_refusals
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import acting, actions, cards, letters, pulse
from service.hot_work.cards import minute
from service.hot_work.gates import rules_of
from service.hot_work.in_hand import PermitInHand
from service.hot_work.refusals import lacking_line
from talk.texts import Say


def do(
    uow: UnitOfWork,
    me: Speaker,
    permit: PermitInHand,
    event: Event,
    *,
    at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Cause an event and say that it is done. `at`, `data`: as for `acting.act`."""
    done(uow, me, acting.act(uow, me, permit, event, at=at, data=data), event)


def done(uow: UnitOfWork, me: Speaker, permit: PermitInHand, event: Event) -> None:
    """Say that an event was caused: what was written, if it was another."""
    said = permit.wrote[-1] if permit.wrote else event
    why = [actions.TELL_WHY.tap(Say("permit-option-why"), permit.row.id)] if said is Event.STOP else []
    lacking = lacking_line(uow, permit) if Event.MEASURES in permit.wrote else None
    answer(
        uow,
        me,
        # Who found something lacking is told that first; that it was kept goes without saying.
        None
        if lacking is not None and said is Event.MEASURES
        else Say("permit-done", event=said, code=permit.row.code, until=minute(uow, permit.terms.until)),
        None if lacking is None else Say("permit-lacking-told", code=permit.row.code, lacking=lacking),
        taps=why,
    )
    follow(uow, permit)


def measured(uow: UnitOfWork, me: Speaker, permit: PermitInHand, samples: Sequence[Sample], by: Who | None) -> None:
    """Enter the gas samples of one round, each a step of its own, and say what each comes to. `by`: who took them,
    where that is another one.
    """
    data = {} if by is None else {"by": {"name": by.name, "person": by.person}}
    wrote = list[Event]()
    # What was measured before a sample that is refused counts all the same.
    with saying_refusals(uow, me):
        for sample in samples:
            after = acting.act(uow, me, permit, Event.SAMPLE, sample=sample, data=data)
            answer(uow, me, _of_sample(uow, permit, after, sample))
            permit = after
            wrote += after.wrote
    follow(uow, replace(permit, wrote=tuple(wrote)))


def _of_sample(uow: UnitOfWork, before: PermitInHand, after: PermitInHand, sample: Sample) -> Say:
    """Return what is said of a sample: over the limit, too late, too old to begin by, or good."""
    rules = rules_of(uow)
    gas = rules.gas(sample.gas)
    number, value = after.row.code, f"{sample.value:f}"
    if not rules.within(gas, sample.value):
        running = before.life.state is State.STARTED
        over = cards.gas_over(rules, sample)
        return Say("permit-sample-over", number=number, gas=over, running="yes" if running else "no")
    if Event.NOTE in after.wrote or Event.VIOLATION in after.wrote:
        return Say("permit-late", number=number, state=Say("permit-state", state=after.life.state))
    rule = after.terms.level
    if uow.now - sample.taken_at > rule.fresh:
        return Say(
            "permit-sample-old",
            number=number,
            gas=gas.name,
            value=value,
            taken=sample.taken_at,
            level=rule.level,
            standard=rules.standard,
            minutes=int(rule.fresh.total_seconds() // 60),
        )
    return Say("permit-sample-good", number=number, gas=gas.name, value=value)


def follow(uow: UnitOfWork, permit: PermitInHand) -> None:
    """After a permit changed: bring its cards up to date, and say what has to be said at once."""
    if permit.wrote:
        letters.renew(uow, permit, notify=letters.noticed(uow, permit))
        pulse.beat(uow, permit)
