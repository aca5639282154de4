"""The ledger on a screen: a card for each hazard with what its reader can do, its steps, and the list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from campaign.hazards import Event, State
from service.core import listing
from service.core.letters import Draft, signature
from service.core.permissions import Act, Target, enterprises_of, may
from service.core.unit_of_work import UnitOfWork
from service.duties import answers, lists
from service.hazards.ledger import UPDATES, Held, possible
from service.hazards.letters import deadline_line, facts
from storage import hazards, people, registry
from storage.hazards import Hazard, HazardStep
from storage.registry import Enterprise
from talk.actions import Tap
from talk.messages import FileRef
from talk.texts import Phrase, Say

STEPS = 12
"""Steps in one message, the newest; the command line has them all."""


def card(uow: UnitOfWork, person: int, one: Held) -> Draft:
    """A hazard in full, with the buttons that its state and this reader's role allow."""
    hazard = one.hazard
    heading = Say(
        "hazard-heading",
        signature=signature(one.enterprise.supervisor),
        name=one.enterprise.name,
        number=hazard.id,
        state=Say("hazard-state", state=hazard.state),
    )
    return Draft((heading, *facts(uow, hazard)), _taps(uow, person, one))


def _taps(uow: UnitOfWork, person: int, one: Held) -> tuple[Tap, ...]:
    hazard, number = one.hazard, one.hazard.id
    now = possible(uow, person, one).keys()
    found: list[Tap] = []
    if hazard.plan is None and Event.PLAN in now:
        found.append(Tap(Say("option-plan"), f"a:plan:{number}"))
    if not now.isdisjoint(UPDATES):
        found.append(Tap(Say("option-update"), f"a:update:{number}"))
    if hazard.plan is not None and Event.PLAN in now:
        found.append(Tap(Say("option-replan"), f"a:plan:{number}"))
    acts: tuple[tuple[Event, Say], ...] = (
        (Event.PASSED, Say("option-passed")),
        (Event.FAILED, Say("option-failed")),
        (Event.CLOSE, Say("option-close")),
        (Event.LOOK_BACK, Say("option-look-back")),
        (Event.REOPEN, Say("option-open-again")),
        (Event.NOT_MAJOR, Say("option-not-major")),
    )
    found += [Tap(label, f"a:decide:{number}:{event.value}") for event, label in acts if event in now]
    if may(uow, person, Act.LIST_HAZARD, Target.of_supervisor(one.enterprise)):
        if hazard.is_listed:
            found.append(Tap(Say("option-lift"), f"a:decide:{number}:lift"))
        elif hazard.is_open:
            found.append(Tap(Say("option-listing"), f"a:list:{number}"))
    if _photos(uow, number):
        found = [*found[:4], Tap(Say("option-photos"), f"a:photos:{number}")]
    return (*found[:5], Tap(Say("option-history"), f"a:history:{number}"))


def history(uow: UnitOfWork, one: Held) -> Draft:
    """整改过程: what happened, when and by whom."""
    steps = hazards.steps(uow.conn, one.hazard.id)
    lines: list[Phrase] = [Say("hazard-history", number=one.hazard.id, number_of_steps=len(steps))]
    for step in steps[-STEPS:]:
        who = None if step.person is None else people.person(uow.conn, step.person)
        line = Say(
            "hazard-step",
            at=step.at.astimezone(uow.context.zone),
            who=Say("hazard-step-import") if who is None else who.name,
            event=Say("hazard-event", event=step.event),
        )
        said = _said(step.event, step.data)
        lines.append(line if said is None else Say("hazard-step-said", line=line, said=said))
    return Draft(tuple(lines), (_back(one),))


def photos(uow: UnitOfWork, one: Held, page: int) -> Draft:
    """查看照片: the photos and files of every step, the oldest first, and how many came with which."""
    lines: list[Phrase] = [Say("hazard-photos", number=one.hazard.id)]
    files: list[FileRef] = []
    for step, some in _photos(uow, one.hazard.id):
        at = step.at.astimezone(uow.context.zone)
        event = Say("hazard-event", event=step.event)
        lines.append(Say("hazard-photos-step", at=at, event=event, number=len(some)))
        files += some
    if not files:
        lines = [Say("hazard-photos-none", number=one.hazard.id)]
    return answers.with_files(lines, files, page, f"a:photos:{one.hazard.id}", _back(one))


def _photos(uow: UnitOfWork, hazard: int) -> list[tuple[HazardStep, list[FileRef]]]:
    """The steps that have photos."""
    steps = hazards.steps(uow.conn, hazard)
    found = [(step, [FileRef.from_json(parts) for parts in step.data.get("photos", ())]) for step in steps]
    return [(step, files) for step, files in found if files]


def _back(one: Held) -> Tap:
    return Tap(Say("option-back-to-card"), f"a:hazard:{one.hazard.id}")


def _said(event: str, data: Mapping[str, Any]) -> Phrase | None:
    """What was said at a step, in a line; a moved deadline with the old one and the reason."""
    if event == "deadline":
        return Say(
            "hazard-step-deadline", old=data["old"] or Say("shown-nothing"), new=data["new"], reason=data["reason"]
        )
    if event == "evaluate":
        return Say("hazard-step-evaluated", by=data["by"], how=data["how"])
    if event == "plan":
        return Say("hazard-step-plan", person=data["person"], deadline=data["deadline"])
    text = "；".join(str(data[key]) for key in ("note", "blocked", "remark", "number") if data.get(key))
    return text or None


def ledger(uow: UnitOfWork, person: int, page: int, *, closed: bool = False) -> Draft | None:
    """/hazards: what is open (or `closed`, for 回头看) in one's enterprise, or in what one's department watches
    over; None: no business.
    """
    found = _of_person(uow, person)
    if found is None:
        return None
    shown = [one for one in found if (one.stands is State.CLOSED if closed else one.is_open)]
    ended = None if closed else len([one for one in found if one.stands is State.CLOSED]) or None
    below = None if ended is None else Say("hazards-closed", number=ended)
    if not shown:
        return Draft((Say("hazards-none-closed") if closed else Say("hazards-none"), below), _report_tap(uow, person))
    # Who has one enterprise knows its name.
    several = len({hazard.enterprise for hazard in shown}) > 1 or not _report_tap(uow, person)
    names = {code: one.name for code, one in registry.all_enterprises(uow.conn).items()} if several else {}
    entries = [
        _entry(uow, hazard, names.get(hazard.enterprise))
        for hazard in sorted(shown, key=lambda one: _urgency(uow, one))
    ]
    if closed:
        return listing.screen([Say("hazards-heading-closed", number=len(shown))], entries, page, "a:hazards:closed")
    draft = listing.screen([Say("hazards-heading", number=len(shown))], entries, page, "a:hazards:page")
    return replace(draft, lines=(*draft.lines, below))


def of_enterprise(uow: UnitOfWork, enterprise: Enterprise, page: int) -> Draft:
    """What is open in one enterprise, most urgent first; for its bureau."""
    found = hazards.find(uow.conn, enterprises_=[enterprise.code], only_open=True)
    entries = [_entry(uow, hazard, None) for hazard in sorted(found, key=lambda one: _urgency(uow, one))]
    heading = Say("firm-hazards-heading", place=enterprise.name, number=len(found))
    return listing.screen([heading], entries, page, f"a:firm-hazards:{enterprise.code}")


def counted(uow: UnitOfWork, person: int) -> lists.Ledger:
    """The open hazards of the enterprises that somebody belongs to."""
    own = [one.subject for one in people.roles(uow.conn, person) if one.role in ENTERPRISE and one.state == "active"]
    found = hazards.find(uow.conn, enterprises_=own, only_open=True) if own else []
    return lists.Ledger(len(found), sum(one.overdue(uow.now.date()) for one in found))


def which(enterprises: Sequence[Enterprise], heading: Phrase) -> Draft:
    """Several enterprises may be meant: a button for each of the first ones."""
    entries = [listing.Entry(one.name, one.code, f"a:report:{one.code}") for one in enterprises[: listing.SCREEN]]
    return listing.screen([heading], entries, 1, "a:report")


def _entry(uow: UnitOfWork, hazard: Hazard, name: str | None) -> listing.Entry:
    state = Say("hazard-state", state=hazard.state)
    until = deadline_line(uow, hazard)
    when = state if until is None else Say("hazard-state-until", state=state, until=until)
    title = (
        Say("hazard-entry-own", number=hazard.id, place=hazard.place)
        if name is None
        else Say("hazard-entry", number=hazard.id, name=name, place=hazard.place)
    )
    return listing.Entry(title, when, f"a:hazard:{hazard.id}")


def _urgency(uow: UnitOfWork, hazard: Hazard) -> tuple[bool, bool, str, int]:
    late = hazard.overdue(uow.now.date())
    return (not late, hazard.deadline is None, "" if hazard.deadline is None else str(hazard.deadline), hazard.id)


def _of_person(uow: UnitOfWork, person: int) -> list[Hazard] | None:
    """The hazards that somebody may see by their roles; None where no role shows any."""
    roles = [one for one in people.roles(uow.conn, person) if one.state == "active"]
    own = [one.subject for one in roles if one.role in ENTERPRISE]
    districts = [one.subject for one in roles if one.role in STAFF]
    if any(one.role == "city" for one in roles):
        return hazards.find(uow.conn)
    if not own and not districts:
        return None
    found = hazards.find(uow.conn, enterprises_=own) if own else []
    for district in districts:
        found += hazards.find(uow.conn, supervised_in=district)
    return list({hazard.id: hazard for hazard in found}.values())


ENTERPRISE = ("principal", "officer", "worker")
STAFF = ("clerk", "leader")


def _report_tap(uow: UnitOfWork, person: int) -> tuple[Tap, ...]:
    own = enterprises_of(uow, person, Act.REPORT_HAZARD)
    return tuple(Tap(Say("option-report"), f"a:report:{one.code}") for one in own[:1])
