"""The ledger on a screen: a card for each hazard with what its reader can do, its steps, and the list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from campaign.hazards import Event, State
from service import answers, lists
from service.hazards.ledger import UPDATES, Held, judged, possible
from service.hazards.letters import deadline_line, facts
from service.letters import Draft, Tap, signature
from service.permissions import Act, enterprises_of, may
from service.work import Work
from storage import hazards, people, registry
from storage.hazards import Hazard, Step
from storage.registry import Enterprise
from talk.messages import FileRef
from talk.texts import Phrase, Say

STEPS = 12
"""Steps in one message, the newest; the command line has them all."""


def card(work: Work, person: int, one: Held) -> Draft:
    """A hazard in full, with the buttons that its state and this reader's role allow."""
    hazard = one.hazard
    heading = Say(
        "hazard-heading",
        signature=signature(one.enterprise.supervisor),
        name=one.enterprise.name,
        number=hazard.id,
        state=Say("hazard-state", state=hazard.state),
    )
    return Draft((heading, *facts(work, hazard)), _taps(work, person, one))


def _taps(work: Work, person: int, one: Held) -> tuple[Tap, ...]:
    hazard, number = one.hazard, one.hazard.id
    now = possible(work, person, one).keys()
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
    if may(work, person, Act.LIST_HAZARD, judged(one.enterprise)):
        if hazard.is_listed:
            found.append(Tap(Say("option-lift"), f"a:decide:{number}:lift"))
        elif hazard.is_open:
            found.append(Tap(Say("option-listing"), f"a:list:{number}"))
    if _photos(work, number):
        found = [*found[:4], Tap(Say("option-photos"), f"a:photos:{number}")]
    return (*found[:5], Tap(Say("option-history"), f"a:history:{number}"))


def history(work: Work, one: Held) -> Draft:
    """整改过程: what happened, when and by whom."""
    steps = hazards.steps(work.conn, one.hazard.id)
    lines: list[Phrase] = [Say("hazard-history", number=one.hazard.id, number_of_steps=len(steps))]
    for step in steps[-STEPS:]:
        who = None if step.person is None else people.person(work.conn, step.person)
        line = Say(
            "hazard-step",
            at=step.at.astimezone(work.house.zone),
            who=Say("hazard-step-import") if who is None else who.name,
            event=Say("hazard-event", event=step.event),
        )
        said = _said(step.event, step.data)
        lines.append(line if said is None else Say("hazard-step-said", line=line, said=said))
    return Draft(tuple(lines), (_back(one),))


def photos(work: Work, one: Held, page: int) -> Draft:
    """查看照片: the photos and files of every step, the oldest first, and how many came with which."""
    lines: list[Phrase] = [Say("hazard-photos", number=one.hazard.id)]
    files: list[FileRef] = []
    for step, some in _photos(work, one.hazard.id):
        at = step.at.astimezone(work.house.zone)
        event = Say("hazard-event", event=step.event)
        lines.append(Say("hazard-photos-step", at=at, event=event, number=len(some)))
        files += some
    if not files:
        lines = [Say("hazard-photos-none", number=one.hazard.id)]
    return answers.with_files(lines, files, page, f"a:photos:{one.hazard.id}", _back(one))


def _photos(work: Work, hazard: int) -> list[tuple[Step, list[FileRef]]]:
    """The steps that have photos."""
    steps = hazards.steps(work.conn, hazard)
    found = [(step, [FileRef(*parts) for parts in step.data.get("photos", ())]) for step in steps]
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


def ledger(work: Work, person: int, page: int, *, closed: bool = False) -> Draft | None:
    """/hazards: what is open (or `closed`, for 回头看) in one's enterprise, or in what one's department watches
    over; None: no business.
    """
    found = _of_person(work, person)
    if found is None:
        return None
    shown = [one for one in found if (one.stands is State.CLOSED if closed else one.is_open)]
    ended = None if closed else len([one for one in found if one.stands is State.CLOSED]) or None
    below = None if ended is None else Say("hazards-closed", number=ended)
    if not shown:
        return Draft((Say("hazards-none-closed") if closed else Say("hazards-none"), below), _report_tap(work, person))
    # Who has one enterprise knows its name.
    several = len({hazard.enterprise for hazard in shown}) > 1 or not _report_tap(work, person)
    names = {code: one.name for code, one in registry.all_enterprises(work.conn).items()} if several else {}
    entries = [
        _entry(work, hazard, names.get(hazard.enterprise))
        for hazard in sorted(shown, key=lambda one: _urgency(work, one))
    ]
    if closed:
        return lists.screen([Say("hazards-heading-closed", number=len(shown))], entries, page, "a:hazards:closed")
    draft = lists.screen([Say("hazards-heading", number=len(shown))], entries, page, "a:hazards:page")
    return replace(draft, lines=(*draft.lines, below))


def of_enterprise(work: Work, enterprise: Enterprise, page: int) -> Draft:
    """What is open in one enterprise, most urgent first; for its bureau."""
    found = hazards.find(work.conn, enterprises_=[enterprise.code], only_open=True)
    entries = [_entry(work, hazard, None) for hazard in sorted(found, key=lambda one: _urgency(work, one))]
    heading = Say("firm-hazards-heading", place=enterprise.name, number=len(found))
    return lists.screen([heading], entries, page, f"a:firm-hazards:{enterprise.code}")


def counted(work: Work, person: int) -> lists.Ledger:
    """The open hazards of the enterprises that somebody belongs to."""
    own = [one.subject for one in people.roles(work.conn, person) if one.role in ENTERPRISE and one.state == "active"]
    found = hazards.find(work.conn, enterprises_=own, only_open=True) if own else []
    return lists.Ledger(len(found), sum(one.overdue(work.now.date()) for one in found))


def which(enterprises: Sequence[Enterprise], heading: Phrase) -> Draft:
    """Several enterprises may be meant: a button for each of the first ones."""
    entries = [lists.Entry(one.name, one.code, f"a:report:{one.code}") for one in enterprises[: lists.SCREEN]]
    return lists.screen([heading], entries, 1, "a:report")


def _entry(work: Work, hazard: Hazard, name: str | None) -> lists.Entry:
    state = Say("hazard-state", state=hazard.state)
    until = deadline_line(work, hazard)
    when = state if until is None else Say("hazard-state-until", state=state, until=until)
    title = (
        Say("hazard-entry-own", number=hazard.id, place=hazard.place)
        if name is None
        else Say("hazard-entry", number=hazard.id, name=name, place=hazard.place)
    )
    return lists.Entry(title, when, f"a:hazard:{hazard.id}")


def _urgency(work: Work, hazard: Hazard) -> tuple[bool, bool, str, int]:
    late = hazard.overdue(work.now.date())
    return (not late, hazard.deadline is None, "" if hazard.deadline is None else str(hazard.deadline), hazard.id)


def _of_person(work: Work, person: int) -> list[Hazard] | None:
    """The hazards that somebody may see by their roles; None where no role shows any."""
    roles = [one for one in people.roles(work.conn, person) if one.state == "active"]
    own = [one.subject for one in roles if one.role in ENTERPRISE]
    districts = [one.subject for one in roles if one.role in STAFF]
    if any(one.role == "city" for one in roles):
        return hazards.find(work.conn)
    if not own and not districts:
        return None
    found = hazards.find(work.conn, enterprises_=own) if own else []
    for district in districts:
        found += hazards.find(work.conn, supervised_in=district)
    return list({hazard.id: hazard for hazard in found}.values())


ENTERPRISE = ("principal", "officer", "worker")
STAFF = ("clerk", "leader")


def _report_tap(work: Work, person: int) -> tuple[Tap, ...]:
    own = enterprises_of(work, person, Act.REPORT_HAZARD)
    return tuple(Tap(Say("option-report"), f"a:report:{one.code}") for one in own[:1])
