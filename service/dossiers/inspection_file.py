"""Everything an enterprise has answered (档案), gathered to be printed: duties in the order of 三(一)1-7, the receipts
that prove them, photos, the ledger. Words are Chinese: what is printed is read by the bureau.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from campaign.duties import title_of
from campaign.hazards import RECTIFIED, UNCOUNTED, Event, State
from campaign.roles import OFFICER, PRINCIPAL
from service.checks import history
from service.checks.history import Made
from service.core.unit_of_work import UnitOfWork
from service.duties import answers, lateness, phone_mark, promises, server_mark
from service.hazards.criteria_brief import criterion
from storage import conversations, duties, hazards, people, registry
from storage.conversations import Conversation
from storage.duties import Duty
from storage.hazards import UNRECTIFIED, Hazard, HazardStep
from storage.registry import Enterprise
from talk.messages import FileRef
from talk.texts import CHINESE, Say, render

PlanField = Literal["person", "measures", "funds", "deadline", "contingency"]
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
"""The types of files that can be printed as a picture."""


@dataclass(frozen=True, slots=True)
class HazardLine:
    """A hazard of the ledger as it is printed; one that was fixed at once has no plan."""

    number: int
    place: str
    criterion: str
    """The words of the criterion; empty where the bureau was asked which it is."""
    found_on: date
    state: str
    rectified: bool
    person: str = ""
    measures: str = ""
    funds: Decimal | None = None
    deadline: date | None = None
    contingency: str = ""
    own: bool = True
    """Found by the enterprise itself, rather than by a department."""
    device_failed: bool = False
    finished_on: date | None = None
    """When the enterprise said that it is rectified, and it still is."""
    closed_on: date | None = None
    """销号."""
    lacking: tuple[PlanField, ...] = ()
    """What its plan does not say, of a hazard that is still to be rectified."""
    history: tuple[str, ...] = ()
    """Its steps, each with its day."""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of an enterprise, in the order in which hazards were found. Its figures are those of what the
    enterprise found itself: what a department found, the department counts.
    """

    hazards: tuple[HazardLine, ...] = ()

    @property
    def found(self) -> int:
        """The number of hazards that the enterprise found itself."""
        return sum(hazard.own for hazard in self.hazards)

    @property
    def rectified(self) -> int:
        """The number of them that are rectified."""
        return self.found - len(self.left)

    @property
    def own(self) -> tuple[HazardLine, ...]:
        """The hazards that the enterprise found itself, rectified or not."""
        return tuple(hazard for hazard in self.hazards if hazard.own)

    @property
    def unplanned(self) -> tuple[HazardLine, ...]:
        """Those of them whose plan is not whole: 无法立即整改的，明确责任人、措施、资金、期限和应急预案 (三(一)1)."""
        return tuple(hazard for hazard in self.own if hazard.lacking)

    @property
    def left(self) -> tuple[HazardLine, ...]:
        """The hazards found by the enterprise that are not rectified."""
        return tuple(hazard for hazard in self.hazards if hazard.own and not hazard.rectified)


@dataclass(frozen=True, slots=True)
class Said:
    """What a question is called (a prompt such as 请发送照片 is for the chat), and its answer in words."""

    question: str
    answer: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A duty with its answers; `at` None: it is not handed in."""

    obligation: str
    clause: str
    title: str
    demand: str
    status: str
    due: date | None
    late: bool
    receipt: str | None
    at: datetime | None
    by: str
    said: tuple[Said, ...]
    files: tuple[FileRef, ...]
    lateness: str = ""
    """What was done or handed in too late."""
    first: datetime | None = None
    """When it was first handed in, where it was corrected since."""
    marks: str = ""
    """代录: who said it when, who entered it, and whether the principal has confirmed it; or who did at the server."""
    unmet: tuple[str, ...] = ()
    """Why what was reported does not meet the clause."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """An enterprise and all that it has answered, as of an instant in the zone of the campaign."""

    enterprise: Enterprise
    sector: str
    tags: tuple[str, ...]
    principal: str
    officer: str
    campaign: str
    document: str
    plan_name: str
    promises: tuple[str, ...]
    """What the campaign has a principal promise besides, in Chinese."""
    at: datetime
    criteria: int
    """How many criteria concern the enterprise."""
    duties: tuple[Answered, ...]
    ledger: Ledger
    rehearsal: bool
    checks: tuple[Made, ...] = ()
    """The spot checks that were entered."""

    def duty(self, obligation: str) -> Answered | None:
        """Return the duty of an obligation that is owed once; None where the enterprise does not owe it."""
        return next((answered for answered in self.duties if answered.obligation == obligation), None)


def ledger_figures(uow: UnitOfWork, enterprise: str) -> Ledger:
    """Return the ledger of an enterprise: every hazard but those that were judged not to be major."""
    found = hazards.find(uow.conn, enterprise=enterprise)
    return Ledger(tuple(_line(uow, hazard) for hazard in found if hazard.stands not in UNCOUNTED))


def _line(uow: UnitOfWork, hazard: Hazard) -> HazardLine:
    found = criterion(uow, hazard.criterion)
    steps = hazards.steps(uow.conn, hazard.id)
    return HazardLine(
        number=hazard.id,
        place=hazard.place,
        criterion="" if found is None else found[1].text.zh,
        found_on=hazard.found_at.astimezone(uow.context.zone).date(),
        state=render(Say("hazard-state", state=hazard.state), CHINESE),
        rectified=hazard.stands in RECTIFIED,
        person=hazard.plan_person or "",
        measures=hazard.plan_measures or "",
        funds=None if hazard.plan is None else hazard.plan.funds,
        deadline=hazard.deadline,
        contingency=hazard.plan_contingency or "",
        own=hazard.origin == "enterprise",
        device_failed=hazard.device_failed,
        finished_on=_finished(uow, hazard, steps),
        closed_on=_day(uow, hazard.closed_at) if hazard.stands is State.CLOSED else None,
        lacking=_lacking(hazard),
        history=tuple(_step(uow, step) for step in steps),
        files=tuple(FileRef.from_json(photo) for step in steps for photo in step.data.get("photos", ())),
    )


def _finished(uow: UnitOfWork, hazard: Hazard, steps: Sequence[HazardStep]) -> date | None:
    if hazard.stands in UNRECTIFIED:
        return None
    return next((_day(uow, step.at) for step in reversed(steps) if step.event == Event.FINISH), None)


def _day(uow: UnitOfWork, at: datetime | None) -> date | None:
    return None if at is None else at.astimezone(uow.context.zone).date()


def _lacking(hazard: Hazard) -> tuple[PlanField, ...]:
    if hazard.stands not in UNRECTIFIED:
        return ()
    told: tuple[tuple[PlanField, object], ...] = (
        ("person", hazard.plan_person),
        ("measures", hazard.plan_measures),
        ("funds", hazard.plan_funds_fen is not None),
        ("deadline", hazard.deadline),
        ("contingency", hazard.plan_contingency),
    )
    return tuple(field for field, said in told if not said)


def _step(uow: UnitOfWork, step: HazardStep) -> str:
    at = step.at.astimezone(uow.context.zone)
    return f"{at:%Y-%m-%d} {render(Say('hazard-event', event=step.event), CHINESE)}"


def gather(uow: UnitOfWork, code: str) -> Dossier:
    """Return the dossier of an enterprise, duties in the order of the pack; LookupError when the registry does not
    hold it.
    """
    enterprise = registry.enterprise(uow.conn, code)
    if enterprise is None:
        raise LookupError(code)
    order = {obligation.id: number for number, obligation in enumerate(uow.pack.obligations)}
    owed = [
        duty
        for duty in duties.find(uow.conn, enterprise=code)
        if duty.status not in ("planned", "withdrawn") and duty.obligation in order
    ]
    owed.sort(key=lambda duty: (order[duty.obligation], duty.opens))
    return Dossier(
        enterprise=enterprise,
        sector=uow.pack.sector(enterprise.sector).name.zh,
        tags=tuple(tag.name.zh for tag in uow.pack.tags if tag.id in enterprise.tags),
        principal=_holder(uow, PRINCIPAL, code) or enterprise.principal_name,
        officer=_holder(uow, OFFICER, code) or enterprise.officer_name,
        campaign=uow.pack.title.zh,
        document=uow.pack.document,
        plan_name=uow.pack.plan_name,
        promises=tuple(promise.zh for promise in uow.pack.commitment),
        at=uow.now,
        criteria=len(uow.pack.criteria_for(enterprise, uow.now.date())),
        duties=tuple(_answered(uow, duty) for duty in owed),
        ledger=ledger_figures(uow, code),
        rehearsal=uow.rehearsal,
        checks=history.made(uow, code),
    )


def _answered(uow: UnitOfWork, duty: Duty) -> Answered:
    rule = uow.pack.obligation(duty.obligation)
    said, files, by = _told(uow, conversations.to_print(uow.conn, duty.id, duty.conversation))
    receipt = None if duty.conversation is None else duties.receipt_for(uow.conn, duty.id, duty.conversation)
    # A hazard that was reported answers its duty by itself, without a receipt.
    at = duty.answered_at if receipt is None else receipt.at
    first = duty.first_at
    marks = filter(None, (phone_mark.of(uow, duty.conversation), server_mark.of(uow, duty.conversation)))
    return Answered(
        obligation=duty.obligation,
        clause=rule.clause_shown,
        title=title_of(rule, duty.period, owed=duty.status in duties.UNDONE).zh,
        demand=rule.demand.zh,
        status=duty.status,
        due=None if duty.due is None else duty.due.astimezone(uow.context.zone).date(),
        late=duty.late,
        lateness=render(note, CHINESE) if (note := lateness.told(duty)) is not None else "",
        first=first.astimezone(uow.context.zone) if at is not None and first is not None and first < at else None,
        receipt=None if receipt is None else receipt.code,
        at=None if at is None else at.astimezone(uow.context.zone),
        by=by,
        said=tuple(said),
        files=files,
        unmet=tuple(render(line, CHINESE) for line in promises.reasons(duty)),
        marks="".join(_printable(render(mark, CHINESE)) for mark in marks),
    )


def _told(uow: UnitOfWork, talk: Conversation | None) -> tuple[Sequence[Said], tuple[FileRef, ...], str]:
    """Return what was answered in a conversation, its files, and the name of who answered last."""
    found, by = ([], "") if talk is None else answers.told(uow, talk)
    said = [
        Said(_printable(render(told.label, CHINESE)), _printable(render(told.answer, CHINESE)), told.key)
        for told in found
    ]
    return said, tuple(replace(file, name=_printable(file.name)) for told in found for file in told.files), by


def _printable(text: str) -> str:
    """Leave out what paper and spreadsheets cannot hold: control characters, halves of surrogate pairs."""
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n")


def _holder(uow: UnitOfWork, role: str, enterprise: str) -> str:
    for holder in people.holders(uow.conn, role, enterprise):
        person = people.person(uow.conn, holder)
        if person is not None:
            return person.name
    return ""
