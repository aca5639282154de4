"""A permit on paper: asked for in the chat or at the command line, gathered from what is kept of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from campaign.hot_work import HotWork, PermitOption, Risk
from campaign.permit_life import headline
from campaign.permits import Event, Seat
from service.core import papers
from service.core.links import start_link
from service.core.papers import Paper
from service.core.permissions import Act, Permission, needed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work.actions import LINK
from service.hot_work.gates import rules_of
from service.hot_work.in_hand import (
    PermitInHand,
    glance,
    loaded,
    may_see,
    newest_checks,
    other_numbers,
    person_name,
)
from service.hot_work.sheet import GasRow, Mark, Measure, Opinion, Pause, PermitSheet, Welder
from service.hot_work.steps import opened
from service.hot_work.verification import verification_address
from service.workers.register import full_number
from storage import permits, registry, workers
from storage.permits import StoredStep
from talk.texts import CHINESE, Listed, Phrase, Say, render

PAUSES: Final = (Event.PAUSE, Event.STOP, Event.LEAVE, Event.GAS_OVER, Event.MISSED, Event.SPELL_ENDS)


@dataclass(frozen=True, slots=True)
class PermitPaper(Paper[PermitSheet]):
    """A permit as a page and as a card for a phone."""

    kind: ClassVar[str] = "permit"
    enterprise: str
    permit: int
    whole_numbers: bool = False
    """With the whole numbers of certificates, which travel through no channel."""

    @property
    def subject(self) -> str:
        return f"enterprise/{self.enterprise}"

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        row = permits.get(uow.conn, self.permit)
        seen = row is not None and may_see(uow, person, loaded(uow, row))
        return needed(registry.enterprise(uow.conn, self.enterprise) if seen else None, Act.SEE_PERMIT)

    def gather(self, uow: UnitOfWork) -> PermitSheet:
        row = permits.get(uow.conn, self.permit)
        if row is None:
            raise LookupError(self.permit)
        return _sheet(uow, glance(uow, row), full=self.whole_numbers)

    def people(self, uow: UnitOfWork, facts: PermitSheet) -> int:
        return len(permits.people_of(uow.conn, self.permit))


def ask(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """打印作业票: order the page and the card of a permit. RefusedError: it is not this person's to see."""
    permit = opened(uow, me.person, number)
    ready = Say("permit-paper-ready", code=permit.row.code)
    paper = PermitPaper(((me.person, ready),), permit.enterprise.code, permit.row.id)
    papers.order(uow, me, paper, Say("permit-paper-making"))


def _sheet(uow: UnitOfWork, permit: PermitInHand, *, full: bool) -> PermitSheet:
    rules, application = rules_of(uow), permit.application
    assessed = application.assessed(rules)
    steps = permit.steps
    zone = uow.context.zone
    hours = application.hours
    return PermitSheet(
        code=permit.row.code,
        state=permit.life.state,
        headline=headline(permit.life),
        level=assessed.level,
        upgraded=_listed(Say("permit-why", why=why) for why in assessed.why) if assessed.upgraded else "",
        enterprise=permit.enterprise.name,
        bureau=permit.enterprise.supervisor,
        unit="",
        applicant=person_name(uow, permit.row.applicant),
        applied=permit.row.submitted_at.astimezone(zone),
        content=application.content,
        place=application.place,
        part=application.part,
        way=_names(rules.ways, application.ways),
        welders=tuple(_welders(uow, permit, full=full)),
        leader=_seat(permit, Seat.LEADER),
        guardian=_seat(permit, Seat.GUARDIAN),
        guardian_without_bot=all(who.person is None for who in permit.seated(Seat.GUARDIAN)),
        tester=_seat(permit, Seat.TESTER),
        approver=_seat(permit, Seat.APPROVER),
        begins=permit.terms.starts,
        until=permit.terms.until,
        daily="" if hours is None else f"{hours[0]:%H:%M}–{hours[1]:%H:%M}",
        risks=_names(rules.risks, application.risks),
        others=_others(rules, permit),
        made=uow.now,
        verification=verification_address(start_link(uow, LINK + permit.row.token), permit.row.token, permit.row.code),
        gas=tuple(_gas(uow, rules, steps)),
        gas_skipped="" if permit.terms.sample else application.no_sample,
        measures=_measures(uow, rules, permit),
        prohibitions=Mark(permit.row.submitted_at.astimezone(zone), person_name(uow, permit.row.applicant)),
        prohibitions_source=rules.prohibitions_source.zh,
        opinions=tuple(_opinions(uow, permit, steps)),
        started=_first(uow, steps, Event.START),
        pauses=tuple(_pauses(uow, steps)),
        finished=_first(uow, steps, Event.FINISH),
        looks=tuple(_mark(uow, step) for step in steps if step.event == Event.LOOK),
        accepted=_first(uow, steps, Event.CLOSE),
        violation=""
        if permit.life.violation_at is None
        else render(Say("permit-violation", at=permit.life.violation_at.astimezone(zone)), CHINESE),
        photos=sum(len(step.data.get("photos", ())) for step in steps) + len(application.photos),
        rehearsal=uow.rehearsal,
    )


def _welders(uow: UnitOfWork, permit: PermitInHand, *, full: bool) -> Iterable[Welder]:
    for who in permit.seated(Seat.WELDER):
        worker = None if who.worker is None else workers.get(uow.conn, who.worker)
        if worker is not None and who.valid_until is not None:
            number = full_number(uow, worker) if full else ""
            yield Welder(who.name, worker.trade, who.certificate or "", who.valid_until, number, who.review_due)


def _gas(uow: UnitOfWork, rules: HotWork, steps: Sequence[StoredStep]) -> Iterable[GasRow]:
    for step in steps:
        said = step.data.get("sample")
        if said is None:
            continue
        gas = rules.gas(str(said["gas"]))
        limit = rules.limit(gas)
        yield GasRow(
            datetime.fromisoformat(said["taken_at"]).astimezone(uow.context.zone),
            gas.name.zh,
            f"{said['value']}%",
            f"{rules.oxygen_least}–{rules.oxygen_most}%" if limit is None else f"≤{limit}%",
            ok=bool(said["ok"]),
            tester=str(step.data.get("by", {}).get("name") or person_name(uow, step.person)),
        )


def _measures(uow: UnitOfWork, rules: HotWork, permit: PermitInHand) -> tuple[Measure, ...]:
    taken = {measure.id: measure for measure in permit.application.measures}
    looked, lacking = newest_checks(permit), permit.life.lacking
    applied = Mark(permit.row.submitted_at.astimezone(uow.context.zone), person_name(uow, permit.row.applicant))
    found: list[Measure] = []
    for number, measure in enumerate(rules.measures, 1):
        said = taken.get(measure.id)
        text = measure.text.zh
        if said is not None and said.number is not None:
            text = render(Say("permit-measure-counted", text=text, number=said.number), CHINESE)
        if said is None:
            found.append(Measure(number, text, applies=False))
            continue
        step = looked.get(measure.id)
        by = applied if step is None else Mark(_at(uow, step), person_name(uow, step.person))
        found.append(
            Measure(
                number,
                text,
                applies=True,
                confirmed_by=by.by,
                confirmed_at=by.at,
                lacking=measure.id in lacking,
            )
        )
    return tuple(found)


def _others(rules: HotWork, permit: PermitInHand) -> str:
    """Return the other permits that go with the job, each with its number."""
    numbers = other_numbers(permit)
    return _listed(
        Say(
            "permit-other-paper",
            name=other.name,
            told="yes" if other.id in numbers else "no",
            number=numbers.get(other.id, ""),
        )
        for other in rules.others
        if other.id in permit.application.others
    )


def _opinions(uow: UnitOfWork, permit: PermitInHand, steps: Sequence[StoredStep]) -> Iterable[Opinion]:
    submitted, applicant = permit.row.submitted_at.astimezone(uow.context.zone), person_name(uow, permit.row.applicant)
    leader = next(iter(permit.seated(Seat.LEADER)), None)
    # Whoever filled the application in speaks for himself: a leader says something by himself, or on paper.
    if leader is not None and leader.person is None:
        yield Opinion(submitted, applicant, render(Say("permit-opinion-absent"), CHINESE), "leader")
    elif leader is not None and leader.person == permit.row.applicant:
        yield Opinion(submitted, applicant, render(Say("permit-opinion-applied"), CHINESE), "leader")
    for step in steps:
        if step.event in (Event.APPROVE, Event.REFUSE):
            words = step.data.get("remark") or render(Say("permit-opinion", event=step.event), CHINESE)
            yield Opinion(_at(uow, step), person_name(uow, step.person), str(words), "approver")


def _pauses(uow: UnitOfWork, steps: Sequence[StoredStep]) -> Iterable[Pause]:
    for step in steps:
        if step.event == Event.RESUME:
            yield Pause(_at(uow, step), person_name(uow, step.person), "", resumed=True)
        elif step.event in PAUSES:
            why = render(Say("permit-step", event=step.event), CHINESE)
            yield Pause(_at(uow, step), person_name(uow, step.person), str(step.data.get("remark") or why))


def _first(uow: UnitOfWork, steps: Sequence[StoredStep], event: Event) -> Mark | None:
    return next((_mark(uow, step) for step in steps if step.event == event), None)


def _mark(uow: UnitOfWork, step: StoredStep) -> Mark:
    said = [str(step.data["remark"])] if step.data.get("remark") else []
    if step.data.get("proxy"):
        said.append(render(Say("permit-opinion-absent"), CHINESE))
    if step.received.replace(second=0, microsecond=0) > step.at:
        said.append(render(Say("permit-told-late", at=step.received.astimezone(uow.context.zone)), CHINESE))
    return Mark(_at(uow, step), person_name(uow, step.person), "；".join(said))


def _at(uow: UnitOfWork, step: StoredStep) -> datetime:
    return step.at.astimezone(uow.context.zone)


def _seat(permit: PermitInHand, seat: Seat) -> str:
    return "、".join(who.name for who in permit.seated(seat))


def _names(known: Sequence[PermitOption | Risk], wanted: Sequence[str]) -> str:
    return "、".join(option.name.zh for option in known if option.id in wanted)


def _listed(phrases: Iterable[Phrase]) -> str:
    return render(Say("listed", items=Listed(tuple(phrases))), CHINESE)
