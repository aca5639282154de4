"""What somebody is told whom a permit's gates, or whoever decided before him, keep from something."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from campaign.applications import OTHER
from campaign.permit_life import look_due
from campaign.permits import Event, Gate
from service.core.refusal import RefusedError
from service.core.unit_of_work import UnitOfWork
from service.hot_work.gates import certificate_faults, days_now, days_of, rules_of
from service.hot_work.in_hand import PermitInHand, newest_checks, person_name
from storage import permits
from talk.texts import Listed, Phrase, Say

DECISIONS: Final = (Event.APPROVE, Event.RETURN, Event.REFUSE)


class GatesShutError(RefusedError):
    """Gates keep an event from happening. `gates`: those that are shut, in the order of the table; POSSIBLE alone where
    the event has no place in the permit's state, or is not this person's.
    """

    def __init__(self, gates: tuple[Gate, ...], say: Phrase, *more: Phrase) -> None:
        super().__init__(say, *more)
        self.gates = gates


def gates_shut(uow: UnitOfWork, permit: PermitInHand, event: Event, gates: tuple[Gate, ...]) -> GatesShutError:
    """Return the refusal of an event by gates, in one clear line each."""
    if Gate.LOOK_DUE in gates:
        due = look_due(rules_of(uow), permit.life)
        if due is None:
            return GatesShutError(gates, Say("permit-looks-done", code=permit.row.code))
        return GatesShutError(gates, Say("permit-look-early", code=permit.row.code, at=f"{due:%H:%M}"))
    if Gate.POSSIBLE not in gates:
        holding = permits.holding(uow.conn, permit.row.point, but=permit.row.id) if Gate.POINT in gates else []
        return GatesShutError(
            gates,
            Say("permit-blocked", event=Say("permit-event", event=event), items=listed_gates(gates)),
            *(Say("permit-point-held", code=other.code) for other in holding),
            *unready(uow, permit, gates, event),
        )
    decision = last_decision(uow, permit) if event in DECISIONS else None
    if decision is None:
        return GatesShutError(gates, not_now(permit))
    code, state = permit.row.code, Say("permit-state", state=permit.life.state)
    return GatesShutError(gates, Say("permit-decided-already", code=code, who=decision.name, state=state))


def unready(uow: UnitOfWork, permit: PermitInHand, gates: Sequence[Gate], event: Event) -> list[Phrase]:
    """Return what is said beside some shut gates: the measures that were found lacking on site, and whose certificate
    is void by which of its days.
    """
    line = lacking_line(uow, permit) if Gate.SECURED in gates else None
    return [*([] if line is None else [line]), *void_certificates(uow, permit, gates, event)]


def void_certificates(uow: UnitOfWork, permit: PermitInHand, gates: Sequence[Gate], event: Event) -> list[Phrase]:
    """Return a line for each welder whose certificate shuts a gate: which of its days has passed."""
    if Gate.CERTIFIED not in gates:
        return []
    at_work = event in (Event.START, Event.RESUME)
    days = days_now(uow, permit.terms) if at_work else days_of(permit.application)
    return certificate_faults(uow, permit.row.enterprise, permit.application.welders, days)


def lacking_line(uow: UnitOfWork, permit: PermitInHand) -> Say | None:
    """Return which measures were found lacking on site, by whom and when; None: none is."""
    lacking = permit.life.lacking
    if not lacking:
        return None
    rules, looked = rules_of(uow), newest_checks(permit)
    shorts: dict[str, Phrase] = {measure.id: measure.short for measure in rules.measures}
    shorts |= {f"{OTHER}{other.id}": Say("permit-other-number-label", name=other.name) for other in rules.others}
    step = looked[lacking[-1]]
    return Say(
        "permit-lacking",
        # A measure that the pack has no more goes by its id.
        items=Say("listed", items=Listed(tuple(shorts.get(id_, id_) for id_ in lacking))),
        by=person_name(uow, step.person),
        at=f"{step.at.astimezone(uow.context.zone):%H:%M}",
    )


def not_now(permit: PermitInHand) -> Say:
    """Return the sentence that something is not possible as a permit stands."""
    return Say("permit-not-now", code=permit.row.code, state=Say("permit-state", state=permit.life.state))


def listed_gates(gates: Sequence[Gate]) -> Say:
    """Return gates in a line."""
    return Say("listed", items=Listed(tuple(Say("permit-gate", gate=gate) for gate in gates)))


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision over an application: how, by whom, when."""

    event: Event
    name: str
    at: datetime


def last_decision(uow: UnitOfWork, permit: PermitInHand) -> Decision | None:
    """Return who decided last over an application, for whoever comes second; None: nobody did."""
    for step in reversed(permit.steps):
        if step.event in (*DECISIONS, Event.CANCEL) and step.person is not None:
            name = person_name(uow, step.person)
            return Decision(Event(step.event), name, step.received.astimezone(uow.context.zone))
    return None
