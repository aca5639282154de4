"""A permit on paper: asked for in the chat or at the command line, gathered from what is kept of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from campaign.hot_work import HotWork, Named, Risk
from campaign.permits import Event, Seat
from service.core import papers
from service.core.links import start_link
from service.core.papers import Paper
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work.gates import rules_of
from service.hot_work.permits import Held, glance
from service.hot_work.sheet import GasRow, Mark, Measure, Opinion, Pause, PermitSheet, Welder
from service.hot_work.verification import START, verification_address
from service.workers.register import full_number
from storage import people, permits, workers
from storage.permits import Step
from talk.texts import CHINESE, Listed, Phrase, Say, render

"""The channel whose links a phone's camera can open."""
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

    def gather(self, uow: UnitOfWork) -> PermitSheet:
        row = permits.get(uow.conn, self.permit)
        if row is None:
            raise LookupError(self.permit)
        return _sheet(uow, glance(uow, row), full=self.whole_numbers)

    def people(self, uow: UnitOfWork, facts: PermitSheet) -> int:
        return len(permits.people_of(uow.conn, self.permit))


def ask(uow: UnitOfWork, me: Speaker, one: Held) -> None:
    """打印作业票: order the page and the card of a permit."""
    ready = Say("permit-paper-ready", code=one.permit.code)
    paper = PermitPaper(((me.person, ready),), one.enterprise.code, one.permit.id)
    papers.order(uow, me, paper, Say("permit-paper-making"))


def _sheet(uow: UnitOfWork, one: Held, *, full: bool) -> PermitSheet:
    rules, application = rules_of(uow), one.application
    assessed = application.assessed(rules)
    steps = permits.steps(uow.conn, one.permit.id)
    zone = uow.context.zone
    hours = application.hours
    return PermitSheet(
        code=one.permit.code,
        state=one.life.state,
        level=assessed.level,
        upgraded=_listed(Say("permit-why", why=why) for why in assessed.why) if assessed.upgraded else "",
        enterprise=one.enterprise.name,
        bureau=one.enterprise.supervisor,
        unit="",
        applicant=_name(uow, one.permit.applicant),
        applied=one.permit.submitted_at.astimezone(zone),
        content=application.content,
        place=application.place,
        part=application.part,
        way=_names(rules.ways, application.ways),
        welders=tuple(_welders(uow, one, full=full)),
        leader=_seat(one, Seat.LEADER),
        guardian=_seat(one, Seat.GUARDIAN),
        guardian_without_bot=all(who.person is None for who in one.seated(Seat.GUARDIAN)),
        tester=_seat(one, Seat.TESTER),
        approver=_seat(one, Seat.APPROVER),
        begins=one.terms.starts,
        until=one.terms.until,
        daily="" if hours is None else f"{hours[0]:%H:%M}–{hours[1]:%H:%M}",
        risks=_names(rules.risks, application.risks),
        others=_names(rules.others, application.others),
        made=uow.now,
        verification=verification_address(start_link(uow, START + one.permit.token), one.permit.token, one.permit.code),
        gas=tuple(_gas(uow, rules, steps)),
        gas_skipped="" if one.terms.sample else application.no_sample,
        measures=_measures(uow, rules, one),
        prohibitions=Mark(one.permit.submitted_at.astimezone(zone), _name(uow, one.permit.applicant)),
        opinions=tuple(_opinions(uow, one, steps)),
        started=_first(uow, steps, Event.START),
        pauses=tuple(_pauses(uow, steps)),
        finished=_first(uow, steps, Event.FINISH),
        looks=tuple(_mark(uow, step) for step in steps if step.event == Event.LOOK),
        accepted=_first(uow, steps, Event.CLOSE),
        violation=""
        if one.life.violation_at is None
        else render(Say("permit-violation", at=one.life.violation_at.astimezone(zone)), CHINESE),
        photos=sum(len(step.data.get("photos", ())) for step in steps) + len(application.photos),
        rehearsal=uow.rehearsal,
    )


def _welders(uow: UnitOfWork, one: Held, *, full: bool) -> Iterable[Welder]:
    for who in one.seated(Seat.WELDER):
        worker = None if who.worker is None else workers.get(uow.conn, who.worker)
        if worker is not None and who.valid_until is not None:
            number = full_number(uow, worker) if full else ""
            yield Welder(who.name, worker.trade, who.certificate or "", who.valid_until, number)


def _gas(uow: UnitOfWork, rules: HotWork, steps: Sequence[Step]) -> Iterable[GasRow]:
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
            tester=str(step.data.get("by", {}).get("name") or _name(uow, step.person)),
        )


def _measures(uow: UnitOfWork, rules: HotWork, one: Held) -> tuple[Measure, ...]:
    taken = {measure.id: measure for measure in one.application.measures}
    by = _name(uow, one.permit.applicant)
    found: list[Measure] = []
    for number, measure in enumerate(rules.measures, 1):
        said = taken.get(measure.id)
        text = measure.text.zh
        if said is not None and said.number is not None:
            text = render(Say("permit-measure-counted", text=text, number=said.number), CHINESE)
        found.append(Measure(number, text, said is not None, by if said is not None else ""))
    return tuple(found)


def _opinions(uow: UnitOfWork, one: Held, steps: Sequence[Step]) -> Iterable[Opinion]:
    submitted = one.permit.submitted_at.astimezone(uow.context.zone)
    yield Opinion(submitted, _name(uow, one.permit.applicant), render(Say("permit-opinion-applied"), CHINESE), "leader")
    for step in steps:
        if step.event in (Event.APPROVE, Event.REFUSE):
            words = step.data.get("remark") or render(Say("permit-opinion", event=step.event), CHINESE)
            yield Opinion(_at(uow, step), _name(uow, step.person), str(words), "approver")


def _pauses(uow: UnitOfWork, steps: Sequence[Step]) -> Iterable[Pause]:
    for step in steps:
        if step.event == Event.RESUME:
            yield Pause(_at(uow, step), _name(uow, step.person), "", resumed=True)
        elif step.event in PAUSES:
            why = render(Say("permit-step", event=step.event), CHINESE)
            yield Pause(_at(uow, step), _name(uow, step.person), str(step.data.get("remark") or why))


def _first(uow: UnitOfWork, steps: Sequence[Step], event: Event) -> Mark | None:
    return next((_mark(uow, step) for step in steps if step.event == event), None)


def _mark(uow: UnitOfWork, step: Step) -> Mark:
    return Mark(_at(uow, step), _name(uow, step.person), str(step.data.get("remark") or ""))


def _at(uow: UnitOfWork, step: Step) -> datetime:
    return step.at.astimezone(uow.context.zone)


def _name(uow: UnitOfWork, person: int | None) -> str:
    found = None if person is None else people.person(uow.conn, person)
    return "" if found is None else found.name


def _seat(one: Held, seat: Seat) -> str:
    return "、".join(who.name for who in one.seated(seat))


def _names(known: Sequence[Named | Risk], wanted: Sequence[str]) -> str:
    return "、".join(one.name.zh for one in known if one.id in wanted)


def _listed(phrases: Iterable[Phrase]) -> str:
    return render(Say("listed", items=Listed(tuple(phrases))), CHINESE)
