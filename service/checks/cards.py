"""What is shown of spot checks: to the bureau all of it, to the enterprise what came of it. Suggestions stand in the
order of the codes, without a figure that would rank them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final

from campaign.checks import Ground, Reason, fingerprint, plain
from service.checks.places import bureau_of, own_place, places
from service.checks.suggestions import suggested
from service.core.letters import Draft, signature
from service.core.listing import Entry, LazyEntries, screen
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import UnitOfWork
from service.duties import answers
from storage import checks, hazards, registry
from storage.checks import DROPPED, PLANNED, RECORDED, TAKEN_BACK, Check, CheckEntry, Draw, Inspector
from storage.registry import Enterprise
from talk.actions import Tap
from talk.messages import FileRef
from talk.texts import Listed, Numbered, Phrase, Say

NAMES: Final = 20
"""Enterprises or codes that one message names."""
ENDED: Final = (RECORDED, TAKEN_BACK)


def number_of(uow: UnitOfWork, place: str) -> int:
    """A place by its number: names are too long for a button."""
    return places(uow).index(place)


def hub(uow: UnitOfWork, person: int, place: str) -> Draft:
    """/checks: how many are planned and entered, and what can be done."""
    counts = checks.counts(uow.conn, place)
    number = number_of(uow, place)
    lines = (
        Say("checks-heading", signature=signature(bureau_of(uow, place))),
        Say("checks-counts", planned=counts[PLANNED], recorded=counts[RECORDED]),
        Say("checks-quiet"),
    )
    taps = [
        Tap(Say("option-check-planned"), f"a:checks:{PLANNED}:{number}"),
        Tap(Say("option-check-recorded"), f"a:checks:{RECORDED}:{number}"),
    ]
    if own_place(uow, person, Act.PLAN_CHECK) == place:
        taps += [
            Tap(Say("option-check-add"), "a:check-add:"),
            Tap(Say("option-check-draw"), "a:check-draw:"),
            Tap(Say("option-check-suggested"), "a:check-suggested:"),
            Tap(Say("option-check-inspectors"), "a:check-inspectors:"),
        ]
    return Draft(lines, tuple(taps))


def listing(uow: UnitOfWork, place: str, state: str, page: int) -> Draft:
    """The checks of a place that are planned, or that were made, the newest first."""
    found = checks.find(uow.conn, place=place, states=(PLANNED,) if state == PLANNED else ENDED)[::-1]
    names = registry.all_enterprises(uow.conn)
    counted = checks.entries(uow.conn, [one.id for one in found])
    listed = [
        Entry(
            names[one.enterprise].name,
            _planned_line(one) if one.state == PLANNED else _made_line(one, counted[one.id]),
            f"a:spot:{one.id}",
        )
        for one in found
    ]
    which = (
        Say("checks-planned-heading", number=len(found))
        if state == PLANNED
        else Say("checks-recorded-heading", number=len(found))
    )
    return screen([which if found else Say("checks-none")], listed, page, f"a:checks:{state}:{number_of(uow, place)}")


def _planned_line(one: Check) -> Phrase:
    return Say("check-how", how=one.how)


def _made_line(one: Check, counted: Sequence[CheckEntry]) -> Phrase:
    day = one.day or date.min
    if one.state == TAKEN_BACK:
        return Say("check-line-taken-back", day=day)
    found = len(counted) - 1
    return Say("check-line-found", day=day, number=found) if found else Say("check-line-none", day=day)


def card(uow: UnitOfWork, person: int, check: Check, enterprise: Enterprise) -> Draft:
    """A check as its bureau sees it, with what can be done about it."""
    lines: list[Phrase | None] = [
        Say(
            "check-heading",
            signature=signature(bureau_of(uow, check.place)),
            name=enterprise.name,
            state=Say("check-state", state=check.state),
        ),
        _origin(check),
        *(_reason(Reason.stored(one)) for one in check.grounds),
        _assigned(uow, check),
    ]
    if check.state == PLANNED:
        lines.append(Say("check-quiet"))
    if check.state in ENDED:
        lines += _said(uow, check)
    linked = checks.hazards_of(uow.conn, [check.id])[check.id]
    if linked:
        lines.append(Say("check-hazards-line", numbers="、".join(map(str, linked))))
    if check.state in (DROPPED, TAKEN_BACK):
        lines.append(Say("check-why", why=check.why) if check.why else None)
    return Draft(tuple(lines), _taps(uow, person, check, linked))


def _taps(uow: UnitOfWork, person: int, check: Check, linked: Sequence[int]) -> tuple[Tap, ...]:
    where = Target.of_column(uow.pack, check.place)
    records = may(uow, person, Act.RECORD_ACTION, where)
    taps: list[Tap] = []
    if check.state == PLANNED and records:
        taps.append(Tap(Say("option-check-record"), f"a:check-record:{check.id}"))
        taps.append(Tap(Say("option-check-drop"), f"a:check-drop:{check.id}"))
    if check.state == RECORDED and records:
        taps.append(Tap(Say("option-check-hazard"), f"a:check-hazard:{check.id}"))
    if linked:
        taps.append(Tap(Say("option-check-hazards"), f"a:check-hazards:{check.id}"))
    if check.state in ENDED and _photos(uow, check):
        taps.append(Tap(Say("option-photos"), f"a:check-photos:{check.id}"))
    if check.state == RECORDED and records and _findings(uow, check):
        taps.append(Tap(Say("option-check-again"), f"a:check-plan:{check.enterprise}"))
    if check.state == RECORDED and records:
        taps.append(Tap(Say("option-check-take-back"), f"a:check-take-back:{check.id}"))
    if check.state == TAKEN_BACK and records:
        taps.append(Tap(Say("option-check-anew"), f"a:check-plan:{check.enterprise}"))
    if check.draw is not None:
        taps.append(Tap(Say("option-check-drawn"), f"a:check-drawn:{check.draw}"))
    return tuple(taps)


def _origin(check: Check) -> Phrase:
    if check.draw is not None:
        return Say("check-from-draw", number=check.draw)
    return Say("check-from", how=Say("check-how", how=check.how))


def _assigned(uow: UnitOfWork, check: Check) -> Phrase | None:
    if not check.assigned:
        return None
    known = checks.inspectors_by_id(uow.conn, check.assigned)
    return Say("check-assigned", names=_names(known[one] for one in check.assigned if one in known))


def _names(found: Iterable[Inspector]) -> Phrase:
    return Say("listed", items=Listed(tuple(one.name for one in found)))


def _said(uow: UnitOfWork, check: Check) -> list[Phrase]:
    """When, by whom, and what was found, a line for each row of the annex."""
    signed = checks.signed(uow.conn, [check.id])[check.id]
    lines: list[Phrase] = [Say("check-made", day=check.day or date.min, names=_names(signed))]
    found = _findings(uow, check)
    if not found:
        return [*lines, Say("check-nothing-found")]
    lines.append(Say("check-findings", number=len(found)))
    labels = {row.name: plain(row.label) for row in uow.pack.annex.rows}
    lines.append(
        Say(
            "check-lines",
            lines=Numbered(
                tuple(Say("check-finding", label=labels.get(one.row, one.row), note=one.note) for one in found)
            ),
        )
    )
    return lines


def _findings(uow: UnitOfWork, check: Check) -> list[CheckEntry]:
    # The first entry says that it was checked at all.
    return checks.entries(uow.conn, [check.id])[check.id][1:]


def _photos(uow: UnitOfWork, check: Check) -> list[FileRef]:
    return [FileRef.from_json(parts) for one in _findings(uow, check) for parts in one.photos]


def photos(uow: UnitOfWork, check: Check, page: int) -> Draft:
    """查看照片 of what was found."""
    back = Tap(Say("option-spot"), f"a:spot:{check.id}")
    found = _photos(uow, check)
    line = Say("check-photos-shown", number=len(found)) if found else Say("check-no-photos")
    return answers.with_files([line], found, page, f"a:check-photos:{check.id}", back)


def hazards_found(uow: UnitOfWork, check: Check, page: int) -> Draft:
    """The hazards that entered the ledger from a check; from their cards they are reinspected, listed, closed and
    looked at again.
    """
    found = checks.hazards_of(uow.conn, [check.id])[check.id]
    heading = Say("check-hazards-heading", number=len(found))
    back = [Tap(Say("option-spot"), f"a:spot:{check.id}")]
    return screen([heading], LazyEntries(found, partial(_hazards, uow)), page, f"a:check-hazards:{check.id}", back)


def _hazards(uow: UnitOfWork, numbers: Sequence[int]) -> list[Entry]:
    return [
        Entry(
            Say("hazard-entry-own", number=hazard.id, place=hazard.place),
            Say("hazard-state", state=hazard.state),
            f"a:hazard:{hazard.id}",
        )
        for hazard in hazards.by_number(uow.conn, numbers).values()
    ]


def result(uow: UnitOfWork, check: Check, enterprise: Enterprise) -> Draft:
    """What the enterprise reads: what was found and what comes next, or that it was taken back. No enforcement
    document is served by it.
    """
    bureau = bureau_of(uow, check.place)
    heading = Say("check-result-heading", signature=signature(bureau), name=enterprise.name)
    if check.state == TAKEN_BACK:
        return Draft(
            (heading, Say("check-result-taken-back", day=check.day or date.min, why=check.why or "", bureau=bureau))
        )
    lines = _said(uow, check)
    after = Say("check-result-next", bureau=bureau) if _findings(uow, check) else Say("check-result-clean")
    linked = checks.hazards_of(uow.conn, [check.id])[check.id]
    taps = (Tap(Say("option-hazards"), "a:hazards:"),) if linked else ()
    return Draft((heading, *lines, after, Say("check-result-not-served")), taps)


def entered(uow: UnitOfWork, person: int, check: Check, enterprise: Enterprise, told: int) -> Draft:
    """The card after it was entered, with who was told."""
    shown = card(uow, person, check, enterprise)
    line = Say("check-told", number=told) if told else Say("check-nobody-told")
    return Draft((Say("check-entered"), line, *shown.lines), shown.taps)


def planned_several(uow: UnitOfWork, person: int, new: int, known: int, unknown: Sequence[str]) -> Draft:
    """What became of a pasted list."""
    place = own_place(uow, person, Act.PLAN_CHECK) or uow.pack.annex.city_column
    lines: list[Phrase | None] = [
        Say("checks-planned", number=new),
        Say("checks-planned-before", number=known) if known else None,
        Say(
            "checks-unknown",
            number=len(unknown),
            codes=Say("listed", items=Listed(tuple(unknown[:NAMES]))),
        )
        if unknown
        else None,
        Say("check-quiet") if new else None,
    ]
    return Draft(tuple(lines), (Tap(Say("option-check-planned"), f"a:checks:{PLANNED}:{number_of(uow, place)}"),))


def which(found: Sequence[Enterprise]) -> Draft:
    """Several enterprises may be meant."""
    listed = [Entry(one.name, one.code, f"a:check-plan:{one.code}") for one in found]
    return screen([Say("check-which", number=len(found))], listed, 1, "a:check-add")


def inspectors(uow: UnitOfWork, place: str, page: int) -> Draft:
    """Who checks for a bureau; a tap on one of them lets them go."""
    found = checks.serving(uow.conn, place)
    listed = [Entry(one.name, Say("check-inspector-gone"), f"a:check-inspector-gone:{one.id}") for one in found]
    heading = Say("check-inspectors-heading", number=len(found)) if found else Say("check-inspectors-none")
    add = [Tap(Say("option-check-name"), "a:check-name:")]
    return screen([heading], listed, page, "a:check-inspectors", add)


def draw(uow: UnitOfWork, one: Draw) -> Draft:
    """A draw with its seed and result, so that anybody can draw again."""
    if one.result is None or one.drawn_at is None:
        return Draft((Say("check-draw-open", number=one.id, fingerprint=fingerprint(one.seed)),))
    names = registry.all_enterprises(uow.conn)
    known = checks.inspectors_by_id(uow.conn, one.inspectors or ())
    lines = [
        Say(
            "check-draw-line",
            name=names[code].name if code in names else code,
            inspectors=_names(known[number] for number in numbers if number in known),
        )
        for code, numbers in one.result[:NAMES]
    ]
    more = len(one.result) - NAMES
    return Draft(
        (
            Say(
                "check-draw-heading",
                signature=signature(bureau_of(uow, one.place)),
                number=one.id,
                at=one.drawn_at.astimezone(uow.context.zone),
            ),
            Say(
                "check-draw-pool",
                pool=len(one.pool or ()),
                inspectors=len(one.inspectors or ()),
                number=len(one.result),
            ),
            Say("check-draw-seed", seed=one.seed, fingerprint=fingerprint(one.seed)),
            Say("check-lines", lines=Numbered(tuple(lines))),
            Say("check-draw-more", number=more) if more > 0 else None,
            Say("check-draw-again", number=one.id),
        ),
        (Tap(Say("option-check-planned"), f"a:checks:{PLANNED}:{number_of(uow, one.place)}"),),
    )


def suggestions(uow: UnitOfWork, place: str, page: int) -> Draft:
    """建议名单: each enterprise with the reasons in plain words, by code; for whoever plans alone."""
    found: Mapping[str, Sequence[Reason]] = suggested(uow, place)
    if not found:
        return Draft((Say("check-suggested-none"),))
    names = registry.all_enterprises(uow.conn)
    listed = [
        Entry(
            names[code].name,
            _reasons(reasons),
            f"a:check-adopt:{code}",
        )
        for code, reasons in found.items()
    ]
    return screen([Say("check-suggested-heading", number=len(found))], listed, page, "a:check-suggested")


def _reasons(found: Sequence[Reason]) -> Phrase:
    first, *rest = found
    return Say("check-grounds", first=_reason(first), rest=_reasons(rest)) if rest else _reason(first)


def _reason(one: Reason) -> Phrase:
    numbers = "、".join(map(str, one.numbers))
    match one.ground:
        case Ground.SUSPENDED:
            return Say("check-ground-suspended", days=one.numbers[1], number=one.numbers[0])
        case Ground.SAME_PHOTO:
            return Say("check-ground-same-photo", number=one.numbers[0])
        case Ground.OVERDUE:
            return Say("check-ground-overdue", numbers=numbers)
        case Ground.ALL_ZERO:
            return Say("check-ground-all-zero", number=one.numbers[0])
        case Ground.UNTOUCHED:
            return Say("check-ground-untouched", day=one.day or date.min, numbers=numbers)
