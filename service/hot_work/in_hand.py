"""A hot-work permit (动火安全作业票) in hand: its row, its steps and what they make of it; who has which seat on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from campaign.applications import APPLICATION, Application
from campaign.permit_life import Checked, PermitLife, PermitStep, Sample, Terms, advance, life_of
from campaign.permits import Event, Seat
from campaign.roles import OFFICER, PRINCIPAL, WORKER
from service.core.permissions import Act, reaches, shows
from service.core.unit_of_work import UnitOfWork
from service.hot_work.gates import rules_of
from storage import people, permits, registry
from storage.permits import Permit, PermitPerson, StoredStep
from storage.registry import Enterprise
from storage.unreadable import Unreadable, whole


@dataclass(frozen=True, slots=True)
class PermitInHand:
    """A permit with all that its steps make of it; instants are in the zone."""

    row: Permit
    enterprise: Enterprise
    application: Application
    terms: Terms
    life: PermitLife
    people: tuple[PermitPerson, ...]
    steps: tuple[StoredStep, ...]
    """All that happened to it, in the order in which it was written down."""
    wrote: tuple[Event, ...] = ()
    """The events that this use case has written, those of time first."""

    @property
    def subject(self) -> str:
        """Its name in the audit."""
        return f"permit/{self.row.id}"

    @property
    def approver(self) -> PermitPerson | None:
        """The person who approved it; None: nobody did."""
        return next((named for named in self.people if named.seat == Seat.APPROVER), None)

    def seated(self, seat: Seat) -> tuple[PermitPerson, ...]:
        """Return the people who are named for a seat."""
        return tuple(named for named in self.people if named.seat == seat)

    @property
    def guardian(self) -> PermitPerson:
        """The person who is named as its guardian."""
        return next(named for named in self.people if named.seat == Seat.GUARDIAN)


def loaded(uow: UnitOfWork, row: Permit) -> PermitInHand:
    """Return a permit as its steps make it, before what time has done since."""
    enterprise = registry.enterprise(uow.conn, row.enterprise)
    if enterprise is None:
        raise LookupError(row.enterprise)
    application = APPLICATION.validate_python(whole(row.application))
    stored = tuple(permits.steps(uow.conn, row.id))
    named = tuple(permits.people_of(uow.conn, row.id))
    terms = application.terms(rules_of(uow))
    return PermitInHand(row, enterprise, application, terms, _life(uow, stored), named, stored)


def lives(uow: UnitOfWork, rows: Iterable[Permit]) -> dict[int, PermitLife]:
    """Return the lives of permits as their steps make them, by id; of one with a step that cannot be read nobody knows
    it.
    """
    stored = permits.steps_of(uow.conn, [row.id for row in rows])
    return {permit: _life(uow, steps) for permit, steps in stored.items() if all(map(_is_read, steps))}


def _is_read(step: StoredStep) -> bool:
    return not isinstance(step.data, Unreadable)


def _life(uow: UnitOfWork, stored: Iterable[StoredStep]) -> PermitLife:
    zone = uow.context.zone
    return life_of(
        PermitStep(
            Event(step.event),
            step.at.astimezone(zone),
            step.received.astimezone(zone),
            sample_of(step.data, uow),
            checked_of(step),
        )
        for step in stored
    )


def glance(uow: UnitOfWork, row: Permit) -> PermitInHand:
    """Return a permit as it is at this instant, without writing down what time has done: for lists and answers."""
    permit = loaded(uow, row)
    life, _ = advance(rules_of(uow), permit.terms, permit.life, uow.now)
    return replace(permit, life=life)


def sample_json(sample: Sample) -> dict[str, Any]:
    """Return a gas sample as a step stores it: {taken_at, gas, value, ok}."""
    return {"taken_at": sample.taken_at.isoformat(), "gas": sample.gas, "value": str(sample.value), "ok": sample.ok}


def sample_of(data: Mapping[str, Any], uow: UnitOfWork) -> Sample | None:
    """Return the gas sample out of the data of a step, None where there is none."""
    stored = data.get("sample")
    if stored is None:
        return None
    taken = datetime.fromisoformat(stored["taken_at"]).astimezone(uow.context.zone)
    return Sample(taken, stored["gas"], Decimal(stored["value"]), bool(stored["ok"]))


def checked_of(step: StoredStep) -> Checked | None:
    """Return what a step says of the measures on site; None where it says nothing of them."""
    if step.event != Event.MEASURES:
        return None
    return Checked(tuple(step.data["in_place"]), tuple(step.data["lacking"]))


def newest_checks(permit: PermitInHand) -> dict[str, StoredStep]:
    """Return the step in which each measure was last looked at on site, by the measure's id."""
    found: dict[str, StoredStep] = {}
    for step in permit.steps:
        checked = checked_of(step)
        if checked is not None:
            found |= dict.fromkeys((*checked.in_place, *checked.lacking), step)
    return found


def other_numbers(permit: PermitInHand) -> dict[str, str]:
    """Return the numbers of the other permits that go with the job, by the id of the work: of the application, and
    those that were told on site.
    """
    told = {other.id: other.number for other in permit.application.other_permits}
    for step in permit.steps:
        told |= step.data.get("numbers", {})
    return told


def person_name(uow: UnitOfWork, person: int | None) -> str:
    """Return the name of somebody who did something; "" for nobody."""
    found = None if person is None else people.person(uow.conn, person)
    return "" if found is None else found.name


# Seats


def seats(uow: UnitOfWork, person: int, permit: PermitInHand) -> frozenset[Seat]:
    """Return who somebody is on a permit, by name and by role; nobody, once his role in the enterprise is over."""
    roles = {
        role.role
        for role in people.roles(uow.conn, person)
        if role.subject == permit.row.enterprise and role.state == "active"
    }
    if not roles:
        return frozenset()
    found = {Seat(named.seat) for named in permit.people if named.person == person}
    if not roles.isdisjoint({OFFICER, PRINCIPAL}):
        found.add(Seat.OFFICE)
    if permit.approver is None and _may_approve(permit, person, roles):
        found.add(Seat.APPROVER)
    if permit.guardian.person is None and person == permit.row.applicant and Seat.WELDER not in found:
        # He is not in the bot: who named him taps for him, and the step says so.
        found.add(Seat.GUARDIAN)
    return frozenset(found)


def _may_approve(permit: PermitInHand, person: int, roles: Iterable[str]) -> bool:
    apart = (Seat.APPLICANT, Seat.GUARDIAN, Seat.WELDER)
    barred = {named.person for named in permit.people if named.seat in apart}
    return person not in barred and not set(permit.terms.level.approvers).isdisjoint(roles)


def approvers(uow: UnitOfWork, permit: PermitInHand) -> list[int]:
    """Return the people who may approve a permit; none: the application waits for somebody to join."""
    holders = (people.holders(uow.conn, role, permit.row.enterprise) for role in permit.terms.level.approvers)
    found = {person for role_holders in holders for person in role_holders}
    return sorted(person for person in found if Seat.APPROVER in seats(uow, person, permit))


def may_see(uow: UnitOfWork, person: int, permit: PermitInHand) -> bool:
    """Return whether somebody may see a permit: the enterprise, whoever is on it, its department."""
    if not shows(uow, person, Act.SEE_PERMIT, permit.enterprise):
        return False
    by_office = any(
        role.role != WORKER
        and role.state == "active"
        and reaches(role.role, role.subject, Act.SEE_PERMIT, permit.enterprise)
        for role in people.roles(uow.conn, person)
        if role.role in Act.SEE_PERMIT.roles
    )
    return by_office or bool(seats(uow, person, permit))
