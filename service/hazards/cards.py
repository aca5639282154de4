"""The ledger on a screen: a card for each hazard with what its reader can do, its steps, and the list."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final

from campaign.hazards import Act as Decided
from campaign.hazards import Event, State
from campaign.identity import normalise_code
from campaign.roles import CITY, DISTRICT_ROLES, ENTERPRISE_ROLES
from service.core import access_log, listing, whose
from service.core.access_log import Access
from service.core.letters import Draft, signature
from service.core.permissions import Act, enterprises_of, subjects_of
from service.core.refusal import not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import answers, lists
from service.hazards import actions
from service.hazards.ledger import UPDATES, may_answer_request, may_list
from service.hazards.letters import deadline_line, facts, named
from service.hazards.moves import HazardInHand, has_others, in_hand, possible
from storage import hazards, people, registry
from storage.hazards import Hazard, HazardStep
from storage.registry import Enterprise
from talk.actions import Tap
from talk.messages import FileRef
from talk.texts import Phrase, Say

STEPS = 12
"""Steps in one message, the newest; the command line has them all."""


DECISIONS: Final[tuple[tuple[Decided, Say], ...]] = (
    ("major", Say("option-major")),
    ("extend", Say("option-extend")),
    ("hold", Say("option-hold")),
    ("passed", Say("option-passed")),
    ("failed", Say("option-failed")),
    ("close", Say("option-close")),
    ("look_back", Say("option-look-back")),
    ("reopen", Say("option-open-again")),
    ("not_major", Say("option-not-major")),
)
"""The decisions of a department with their labels, in the order of the buttons."""
CORRECTIONS: Final[tuple[tuple[Decided, Say], ...]] = (
    ("merge", Say("option-merge")),
    ("withdraw", Say("option-withdraw")),
)
"""更正登记: what a department does about what should not stand in the ledger as it does."""


def card(uow: UnitOfWork, person: int, held: HazardInHand) -> Draft:
    """Return the card of a hazard, with the buttons that its state and its reader's role allow."""
    hazard = held.hazard
    heading = Say(
        "hazard-heading",
        signature=signature(held.enterprise.supervisor),
        name=held.enterprise.name,
        hazard=named(hazard),
        state=Say("hazard-state", state=hazard.state),
    )
    return Draft((heading, *facts(uow, hazard)), _taps(uow, person, held), of=hazard.enterprise)


def of_number(uow: UnitOfWork, me: Speaker, number: int) -> Draft:
    """Return the card of a hazard by its number; RefusedError where there is none that this person may see."""
    return card(uow, me.person, in_hand(uow, me.person, number))


def _taps(uow: UnitOfWork, person: int, held: HazardInHand) -> tuple[Tap, ...]:
    hazard, number = held.hazard, held.hazard.id
    now = possible(uow, person, held).keys()
    found: list[Tap] = []
    if hazard.plan is None and Event.PLAN in now:
        found.append(actions.PLAN.tap(Say("option-plan"), number))
    if not now.isdisjoint(UPDATES):
        found.append(actions.UPDATE.tap(Say("option-update"), number))
    if hazard.plan is not None and Event.PLAN in now:
        found.append(actions.PLAN.tap(Say("option-replan"), number))
    decisions: set[str] = {event.value for event in now}
    if may_answer_request(uow, person, held):
        decisions |= {"extend", "hold"}
    found += [actions.DECIDE.tap(label, number, act) for act, label in DECISIONS if act in decisions]
    if may_list(uow, person, held):
        if hazard.is_listed:
            found.append(actions.DECIDE.tap(Say("option-lift"), number, "lift"))
        elif hazard.is_open:
            found.append(actions.PUT_ON_LIST.tap(Say("option-listing"), number))
    if _photos(uow, number):
        found = [*found[:4], actions.PHOTOS.tap(Say("option-photos"), number, 1)]
    return (*found[:5], actions.HISTORY.tap(Say("option-history"), number))


def _corrections(uow: UnitOfWork, person: int, held: HazardInHand) -> tuple[Tap, ...]:
    """The buttons by which a department corrects the ledger; none for who may not, and of what has ended."""
    now = possible(uow, person, held).keys()
    number = held.hazard.id
    return tuple(
        actions.DECIDE.tap(label, number, act)
        for act, label in CORRECTIONS
        if Event(act) in now and (act != "merge" or has_others(uow, number))
    )


def history(uow: UnitOfWork, me: Speaker, number: int) -> Draft:
    """Return 整改过程: what happened to a hazard, when and by whom. RefusedError as in `of_number`."""
    held = in_hand(uow, me.person, number)
    steps = hazards.steps(uow.conn, held.hazard.id)
    lines: list[Phrase] = [Say("hazard-history", number=held.hazard.id, number_of_steps=len(steps))]
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
    return Draft(tuple(lines), (*_corrections(uow, me.person, held), _back(held)))


def photos(uow: UnitOfWork, me: Speaker, number: int, page: int) -> Draft:
    """Return 查看照片, a page of the photos and files of every step, the oldest first, and how many came with which.
    RefusedError as in `of_number`.
    """
    held = in_hand(uow, me.person, number)
    lines: list[Phrase] = [Say("hazard-photos", number=held.hazard.id)]
    files: list[FileRef] = []
    for step, some in _photos(uow, held.hazard.id):
        at = step.at.astimezone(uow.context.zone)
        event = Say("hazard-event", event=step.event)
        lines.append(Say("hazard-photos-step", at=at, event=event, number=len(some)))
        files += some
    if not files:
        lines = [Say("hazard-photos-none", number=held.hazard.id)]
    draft = answers.with_files(lines, files, page, partial(actions.PHOTOS.data, number), _back(held))
    # Who is on a photo nobody counts.
    access_log.record(uow, Access.PHOTOS, f"hazard/{number}", people=0, photos=len(draft.others))
    return draft


def _photos(uow: UnitOfWork, hazard: int) -> list[tuple[HazardStep, list[FileRef]]]:
    """The steps that have photos."""
    steps = hazards.steps(uow.conn, hazard)
    found = [(step, [FileRef.from_json(parts) for parts in step.data.get("photos", ())]) for step in steps]
    return [(step, files) for step, files in found if files]


def _back(held: HazardInHand) -> Tap:
    return actions.SHOW.tap(Say("option-back-to-card"), held.hazard.id)


def _said(event: str, data: Mapping[str, Any]) -> Phrase | None:
    """Return what was said at a step in a line, a moved deadline with the old one and the reason; None: nothing."""
    if event == "merge":
        return Say("hazard-step-merged", number=data["into"], reason=data["remark"])
    if event == "merged":
        return Say("hazard-step-took", number=data["number"])
    if event == "extension":
        return Say("hazard-step-asked", day=data["new"], reason=data["note"])
    if event == "deadline":
        return Say(
            "hazard-step-deadline", old=data["old"] or Say("shown-nothing"), new=data["new"], reason=data["reason"]
        )
    if event == "evaluate":
        return Say("hazard-step-evaluated", by=data["by"], how=data["how"])
    if event == "plan":
        return Say("hazard-step-plan", person=data["person"], deadline=data["deadline"])
    text = "；".join(str(data[key]) for key in ("note", "blocked", "remark", "number") if data.get(key))
    by = data.get("by", "")
    return Say("hazard-step-by", by=by, said=text) if by and text else text or by or None


def ledger_page(uow: UnitOfWork, me: Speaker, closed: bool, page: int, of: str = "") -> Draft:
    """/hazards: what is open (or `closed`, for 回头看) in one's enterprise, or in what one's department watches over.
    `of`: the code of an enterprise, or a piece of its name, whose hazards alone are shown. RefusedError for somebody
    whose roles show none.
    """
    person = me.person
    found = _of_person(uow, person)
    if of:
        codes = _meant(uow, person, found, of)
        found = [hazard for hazard in found if hazard.enterprise in codes]
    shown = [hazard for hazard in found if (hazard.stands is State.CLOSED if closed else hazard.is_open)]
    ended = 0 if closed else sum(hazard.stands is State.CLOSED for hazard in found)
    below = Say("hazards-closed", number=ended) if ended else None
    if not shown:
        return Draft((Say("hazards-none-closed") if closed else Say("hazards-none"), below), _report_tap(uow, person))
    ordered = _by_urgency(uow, shown)
    if whose.subjects(uow, person).isdisjoint(hazard.enterprise for hazard in shown):
        # Staff read the name in each line, the most urgent first, whosever it is.
        names = whose.labels(uow, person, (hazard.enterprise for hazard in shown))
        entries = [_entry(uow, hazard, names[hazard.enterprise]) for hazard in ordered]
    else:
        entries = listing.by_place(uow, person, [(hazard.enterprise, _entry(uow, hazard, None)) for hazard in ordered])
    number = len(shown)
    heading = Say("hazards-heading-closed", number=number) if closed else Say("hazards-heading", number=number)
    draft = listing.screen([heading], entries, page, lambda number: actions.LIST.data(closed, number, of))
    return replace(draft, lines=(*draft.lines, below))


def _meant(uow: UnitOfWork, person: int, found: Sequence[Hazard], words: str) -> set[str]:
    """Return the codes of the enterprises, of somebody's own and of those whose hazards they see, that words name."""
    code = normalise_code(words)
    names = registry.names(uow.conn, {hazard.enterprise for hazard in found} | whose.subjects(uow, person))
    return {known for known, name in names.items() if code == known or words in name}


def open_in(uow: UnitOfWork, enterprise: Enterprise, page: int, more: Callable[[int], str]) -> Draft:
    """Return a page of the open hazards of one enterprise, most urgent first, for its bureau. `more` gives the data of
    the button for a page.
    """
    found = hazards.find(uow.conn, enterprise=enterprise.code, only_open=True)
    entries = [_entry(uow, hazard, None) for hazard in _by_urgency(uow, found)]
    heading = Say("firm-hazards-heading", place=enterprise.name, number=len(found))
    return listing.screen([heading], entries, page, more)


def counted(uow: UnitOfWork, person: int, of: str = "") -> dict[str, lists.Ledger]:
    """Return the numbers of open and of overdue hazards in each of the enterprises that somebody belongs to, or in one
    of them (`of`: its code); by code, where there are any.
    """
    own = [code for code in subjects_of(uow, person, ENTERPRISE_ROLES) if of in ("", code)]
    found = hazards.find(uow.conn, enterprise=own, only_open=True) if own else []
    opened = Counter(hazard.enterprise for hazard in found)
    late = Counter(hazard.enterprise for hazard in found if hazard.overdue(uow.now.date()))
    return {code: lists.Ledger(opened[code], late[code]) for code in own if opened[code]}


def which(enterprises: Sequence[Enterprise], heading: Phrase, page: int) -> Draft:
    """Several enterprises of somebody's may be meant: a page of them, with a button for each."""
    entries = [
        listing.Entry(enterprise.name, enterprise.code, actions.REPORT.data(enterprise.code, 1))
        for enterprise in enterprises
    ]
    return listing.screen([heading], entries, page, partial(actions.REPORT.data, ""))


def _entry(uow: UnitOfWork, hazard: Hazard, name: Phrase | None) -> listing.Entry:
    state = Say("hazard-state", state=hazard.state)
    until = deadline_line(uow, hazard)
    when = state if until is None else Say("hazard-state-until", state=state, until=until)
    title = (
        Say("hazard-entry-own", number=hazard.id, place=hazard.place)
        if name is None
        else Say("hazard-entry", number=hazard.id, name=name, place=hazard.place)
    )
    return listing.Entry(title, when, actions.SHOW.data(hazard.id))


def _by_urgency(uow: UnitOfWork, found: Sequence[Hazard]) -> list[Hazard]:
    """Hazards in order: the overdue ones, then by their deadline, those without one last."""
    today = uow.now.date()
    return sorted(found, key=lambda hazard: (not hazard.overdue(today), hazard.deadline or date.max, hazard.id))


def _of_person(uow: UnitOfWork, person: int) -> list[Hazard]:
    """The hazards that somebody may see by their roles; RefusedError where no role shows any."""
    roles = [role for role in people.roles(uow.conn, person) if role.state == "active"]
    own = [role.subject for role in roles if role.role in ENTERPRISE_ROLES]
    districts = [role.subject for role in roles if role.role in DISTRICT_ROLES]
    if any(role.role == CITY for role in roles):
        return hazards.find(uow.conn)
    if not own and not districts:
        raise not_allowed()
    found = hazards.find(uow.conn, enterprise=own) if own else []
    for district in districts:
        found += hazards.find(uow.conn, supervised_in=district)
    return list({hazard.id: hazard for hazard in found}.values())


def _report_tap(uow: UnitOfWork, person: int) -> tuple[Tap, ...]:
    """The button to report a hazard; of whoever reports for several it asks for which."""
    own = enterprises_of(uow, person, Act.REPORT_HAZARD)
    return (actions.REPORT.tap(Say("option-report"), own[0].code if len(own) == 1 else "", 1),) if own else ()
