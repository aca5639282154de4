"""What is shown of spot checks: to the bureau all of it, to the enterprise what came of it. Suggestions stand in the
order of the codes, without a figure that would rank them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Final

from campaign.checks import DROPPED, PLANNED, RECORDED, TAKEN_BACK, Ground, Reason, fingerprint, plain
from campaign.duties import bare_title
from service.checks import actions, signatures
from service.checks.places import number_of, own_places, planning_place
from service.checks.signatures import NOBODY
from service.checks.suggestions import suggested
from service.core.letters import Draft, signature
from service.core.listing import Entry, LazyEntries, screen
from service.core.permissions import Act, Area, may
from service.core.shared_actions import HAZARDS, OPEN_HAZARDS
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import answers
from service.hazards.actions import SHOW as SHOW_HAZARD
from storage import checks, hazards, registry
from storage.checks import Check, CheckEntry, Draw, Inspector
from storage.registry import Enterprise
from talk.actions import Tap
from talk.messages import FileRef
from talk.texts import Listed, Numbered, Phrase, Say, listed

CODES: Final = 2
"""Inspectors without the bot who have a button of their own under a card; the next follow once these have signed."""
NAMES: Final = 20
"""Enterprises or codes that one message names."""
ENDED: Final = (RECORDED, TAKEN_BACK)


def hub(uow: UnitOfWork, person: int, place: str) -> Draft:
    """/checks: how many are planned and entered, and what can be done."""
    counts = checks.counts(uow.conn, place)
    number = number_of(uow, place)
    unsigned = len(checks.unsigned(uow.conn, place))
    lines = (
        Say("checks-heading", signature=signature(uow.pack.bureau_of(place))),
        Say("checks-counts", planned=counts[PLANNED], recorded=counts[RECORDED]),
        Say("checks-unsigned", number=unsigned) if unsigned else None,
        Say("checks-quiet"),
    )
    taps = [
        actions.LIST.tap(Say("option-check-planned"), PLANNED, number, 1),
        actions.LIST.tap(Say("option-check-recorded"), RECORDED, number, 1),
    ]
    if unsigned:
        taps.append(actions.TO_SIGN.tap(Say("option-check-to-sign"), number, 1))
    own = own_places(uow, person, Act.PLAN_CHECK)
    # The city looks at the districts' plans, and plans for itself.
    if place in own[:1] or (place in own and own[0] != uow.pack.annex.city_column):
        of = str(number)
        taps += [
            actions.PICK.tap(Say("option-check-add"), of),
            actions.DRAW.tap(Say("option-check-draw"), of),
            actions.SUGGESTIONS.tap(Say("option-check-suggested"), 1, of),
            actions.INSPECTORS.tap(Say("option-check-inspectors"), 1, of),
        ]
    return Draft(lines, tuple(taps))


def listing(uow: UnitOfWork, place: str, state: str, page: int) -> Draft:
    """The checks of a place that are planned, or that were made, the newest first."""
    found = checks.find(uow.conn, place=place, states=(PLANNED,) if state == PLANNED else ENDED)[::-1]
    if not found:
        heading = Say("checks-none")
    elif state == PLANNED:
        heading = Say("checks-planned-heading", number=len(found))
    else:
        heading = Say("checks-recorded-heading", number=len(found))
    more = partial(actions.LIST.data, state, number_of(uow, place))
    return screen([heading], LazyEntries(found, partial(_entries, uow)), page, more)


def _entries(uow: UnitOfWork, found: Sequence[Check]) -> list[Entry]:
    names = registry.names(uow.conn, (check.enterprise for check in found))
    counted = checks.entries(uow.conn, [check.id for check in found])
    return [
        Entry(names[check.enterprise], line(check, len(counted[check.id]) - 1), actions.SHOW.data(check.id))
        for check in found
    ]


def line(check: Check, findings: int) -> Phrase:
    """A check on a line of a list: how it came to be planned, or what it found."""
    if check.state == PLANNED:
        return Say("check-how", how=check.how)
    day = check.day or date.min
    if check.state == TAKEN_BACK:
        return Say("check-line-taken-back", day=day)
    return Say("check-line-found", day=day, number=findings) if findings else Say("check-line-none", day=day)


def card(uow: UnitOfWork, person: int, check: Check, enterprise: Enterprise) -> Draft:
    """A check as its bureau sees it, with what can be done about it."""
    lines: list[Phrase | None] = [
        Say(
            "check-heading",
            signature=signature(uow.pack.bureau_of(check.place)),
            name=enterprise.name,
            state=Say("check-state", state=check.state),
        ),
        _origin(check),
        *(_reason(uow, Reason.stored(ground)) for ground in check.grounds),
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
    records = may(uow, person, Act.RECORD_ACTION, Area.of_column(uow.pack, check.place))
    taps: list[Tap] = []
    if check.state == PLANNED and records:
        taps.append(actions.RECORD.tap(Say("option-check-record"), check.id))
        taps.append(actions.DROP.tap(Say("option-check-drop"), check.id))
    signed = signatures.of(uow, check) if check.state == RECORDED else []
    bureau = signatures.bureau(uow, check.place) if any(one.signed_at is None for one in signed) else NOBODY
    if bureau.own(person, signed) is not None:
        taps.append(actions.SIGN.tap(Say("option-check-sign"), check.id))
        taps.append(actions.OBJECT.tap(Say("option-check-object"), check.id))
    if check.state == RECORDED and records and person != check.recorded_by:
        taps += [
            actions.GIVE_CODE.tap(Say("option-check-code", name=one.name), check.id, one.inspector)
            for one in bureau.without_bot(signed)[:CODES]
        ]
    if check.state == RECORDED and records:
        taps.append(actions.REPORT_HAZARD.tap(Say("option-check-hazard"), check.id))
    if linked:
        taps.append(actions.HAZARDS.tap(Say("option-check-hazards"), check.id, 1))
    if check.state in ENDED and _photos(uow, check):
        taps.append(actions.PHOTOS.tap(Say("option-photos"), check.id, 1))
    if check.state == RECORDED and records and _findings(uow, check):
        taps.append(actions.PLAN.tap(Say("option-check-again"), check.enterprise))
    if check.state == RECORDED and records:
        taps.append(actions.TAKE_BACK.tap(Say("option-check-take-back"), check.id))
    if check.state == TAKEN_BACK and records:
        taps.append(actions.PLAN.tap(Say("option-check-anew"), check.enterprise))
    if check.draw is not None:
        taps.append(actions.SHOW_DRAW.tap(Say("option-check-drawn"), check.draw))
    return tuple(taps)


def _origin(check: Check) -> Phrase:
    if check.draw is not None:
        return Say("check-from-draw", number=check.draw)
    return Say("check-from", how=Say("check-how", how=check.how))


def _assigned(uow: UnitOfWork, check: Check) -> Phrase | None:
    if not check.assigned:
        return None
    known = checks.inspectors_by_id(uow.conn, check.assigned)
    return Say("check-assigned", names=_names(known[number] for number in check.assigned if number in known))


def _names(found: Iterable[Inspector]) -> Phrase:
    return listed(inspector.name for inspector in found)


def to_sign(uow: UnitOfWork, check: Check, enterprise: Enterprise, *, by_code: str = "", name: str = "") -> Draft:
    """What an inspector reads before signing; `by_code` on a colleague's phone, where `name` tells who signs."""
    heading = Say(
        "check-to-sign", signature=signature(uow.pack.bureau_of(check.place)), name=enterprise.name, who=name or "no"
    )
    taps: tuple[Tap, ...]
    if by_code:
        taps = (actions.SIGN_BY_CODE.tap(Say("option-check-sign"), by_code),)
    else:
        taps = (
            actions.SIGN.tap(Say("option-check-sign"), check.id),
            actions.OBJECT.tap(Say("option-check-object"), check.id),
        )
    return Draft((heading, *_said(uow, check), Say("check-sign-means")), taps)


def waiting(uow: UnitOfWork, person: int, place: str, page: int) -> Draft:
    """待签名: the checks of a place that wait for a signature, one's own first."""
    found = checks.unsigned(uow.conn, place)
    signed = checks.signatures(uow.conn, [check.id for check in found])
    bureau = signatures.bureau(uow, place)
    found.sort(key=lambda check: (bureau.own(person, signed[check.id]) is None, check.id))
    heading = Say("checks-unsigned-heading", number=len(found)) if found else Say("checks-unsigned-none")
    more = partial(actions.TO_SIGN.data, number_of(uow, place))
    return screen([heading], LazyEntries(found, partial(_entries, uow)), page, more)


def _said(uow: UnitOfWork, check: Check) -> list[Phrase]:
    """When, by whom, and what was found, a line for each row of the annex."""
    signed = signatures.of(uow, check)
    lines: list[Phrase] = [Say("check-made", day=check.day or date.min), signatures.line(uow, signed)]
    wanted = sum(one.signed_at is None for one in signed)
    if wanted:
        lines.append(Say("check-unsigned", number=wanted))
    found = _findings(uow, check)
    if not found:
        return [*lines, Say("check-nothing-found")]
    lines.append(Say("check-findings", number=len(found)))
    labels = {row.name: plain(row.label) for row in uow.pack.annex.rows}
    lines.append(
        Say(
            "check-lines",
            lines=Numbered(
                tuple(Say("check-finding", label=labels.get(entry.row, entry.row), note=entry.note) for entry in found)
            ),
        )
    )
    return lines


def _findings(uow: UnitOfWork, check: Check) -> list[CheckEntry]:
    # The first entry says that it was checked at all.
    return checks.entries(uow.conn, [check.id])[check.id][1:]


def _photos(uow: UnitOfWork, check: Check) -> list[FileRef]:
    return [FileRef.from_json(parts) for entry in _findings(uow, check) for parts in entry.photos]


def photos(uow: UnitOfWork, check: Check, page: int) -> Draft:
    """查看照片 of what was found."""
    back = actions.SHOW.tap(Say("option-spot"), check.id)
    found = _photos(uow, check)
    line = Say("check-photos-shown", number=len(found)) if found else Say("check-no-photos")
    return answers.with_files([line], found, page, partial(actions.PHOTOS.data, check.id), back)


def hazards_found(uow: UnitOfWork, check: Check, page: int) -> Draft:
    """The hazards that entered the ledger from a check; from their cards they are reinspected, listed, closed and
    looked at again.
    """
    found = checks.hazards_of(uow.conn, [check.id])[check.id]
    heading = Say("check-hazards-heading", number=len(found))
    back = [actions.SHOW.tap(Say("option-spot"), check.id)]
    return screen(
        [heading], LazyEntries(found, partial(_hazards, uow)), page, partial(actions.HAZARDS.data, check.id), back
    )


def _hazards(uow: UnitOfWork, numbers: Sequence[int]) -> list[Entry]:
    return [
        Entry(
            Say("hazard-entry-own", number=hazard.id, place=hazard.place),
            Say("hazard-state", state=hazard.state),
            SHOW_HAZARD.data(hazard.id),
        )
        for hazard in hazards.by_number(uow.conn, numbers).values()
    ]


def result(uow: UnitOfWork, check: Check, enterprise: Enterprise) -> Draft:
    """What the enterprise reads: what was found and what comes next, or that it was taken back. No enforcement
    document is served by it.
    """
    said = record(uow, check, enterprise)
    if check.state == TAKEN_BACK:
        return said
    bureau = uow.pack.bureau_of(check.place)
    after = Say("check-result-next", bureau=bureau) if _findings(uow, check) else Say("check-result-clean")
    linked = checks.hazards_of(uow.conn, [check.id])[check.id]
    taps = (HAZARDS.tap(Say("option-hazards"), OPEN_HAZARDS, 1, check.enterprise),) if linked else ()
    return Draft((*said.lines, after, Say("check-result-not-served")), taps)


def record(uow: UnitOfWork, check: Check, enterprise: Enterprise) -> Draft:
    """What came of a check, for staff of the enterprise's district where another bureau made it."""
    bureau = uow.pack.bureau_of(check.place)
    heading = Say("check-result-heading", signature=signature(bureau), name=enterprise.name)
    if check.state == TAKEN_BACK:
        why = Say("check-result-taken-back", day=check.day or date.min, why=check.why or "", bureau=bureau)
        return Draft((heading, why))
    return Draft((heading, *_said(uow, check)))


def entered(uow: UnitOfWork, person: int, check: Check, enterprise: Enterprise, told: int) -> Draft:
    """The card after it was entered, with who was told."""
    shown = card(uow, person, check, enterprise)
    line = Say("check-told", number=told) if told else Say("check-nobody-told")
    return Draft((Say("check-entered"), line, *shown.lines), shown.taps)


def planned_several(uow: UnitOfWork, place: str, new: int, known: int, unknown: Sequence[str]) -> Draft:
    """What became of a pasted list."""
    lines: list[Phrase | None] = [
        Say("checks-planned", number=new),
        Say("checks-planned-before", number=known) if known else None,
        Say(
            "checks-unknown",
            number=len(unknown),
            codes=listed(unknown[:NAMES]),
        )
        if unknown
        else None,
        Say("check-quiet") if new else None,
    ]
    return Draft(tuple(lines), (planned_tap(uow, place),))


def planned_tap(uow: UnitOfWork, place: str) -> Tap:
    """The button for all that a place means to check."""
    return actions.LIST.tap(Say("option-check-planned"), PLANNED, number_of(uow, place), 1)


def which(found: Sequence[Enterprise], of: str) -> Draft:
    """Several enterprises may be meant: no more than one message has buttons for."""
    listed = [Entry(enterprise.name, enterprise.code, actions.PLAN.data(enterprise.code)) for enterprise in found]
    return screen([Say("check-which", number=len(found))], listed, 1, lambda _page: actions.PICK.data(of))


def inspectors(uow: UnitOfWork, me: Speaker, page: int, of: str) -> Draft:
    """Return a page of who checks for a bureau; a tap on one of them lets them go."""
    found = checks.serving(uow.conn, planning_place(uow, me, of))
    listed = [
        Entry(inspector.name, Say("check-inspector-gone"), actions.DISMISS.data(inspector.id)) for inspector in found
    ]
    heading = Say("check-inspectors-heading", number=len(found)) if found else Say("check-inspectors-none")
    add = [actions.NAME_INSPECTORS.tap(Say("option-check-name"), of)]
    return screen([heading], listed, page, lambda number: actions.INSPECTORS.data(number, of), add)


def draw(uow: UnitOfWork, drawn: Draw) -> Draft:
    """A draw with its seed and result, so that anybody can draw again."""
    if drawn.result is None or drawn.drawn_at is None:
        return Draft((Say("check-draw-open", number=drawn.id, fingerprint=fingerprint(drawn.seed)),))
    names = registry.names(uow.conn, (code for code, _ in drawn.result[:NAMES]))
    known = checks.inspectors_by_id(uow.conn, drawn.inspectors or ())
    lines = [
        Say(
            "check-draw-line",
            name=names.get(code, code),
            inspectors=_names(known[number] for number in numbers if number in known),
        )
        for code, numbers in drawn.result[:NAMES]
    ]
    more = len(drawn.result) - NAMES
    return Draft(
        (
            Say(
                "check-draw-heading",
                signature=signature(uow.pack.bureau_of(drawn.place)),
                number=drawn.id,
                at=drawn.drawn_at.astimezone(uow.context.zone),
            ),
            Say(
                "check-draw-pool",
                pool=len(drawn.pool or ()),
                inspectors=len(drawn.inspectors or ()),
                number=len(drawn.result),
            ),
            Say("check-draw-seed", seed=drawn.seed, fingerprint=fingerprint(drawn.seed)),
            Say("check-lines", lines=Numbered(tuple(lines))),
            Say("check-draw-more", number=more) if more > 0 else None,
            Say("check-draw-again", number=drawn.id),
        ),
        (planned_tap(uow, drawn.place),),
    )


def suggestions(uow: UnitOfWork, me: Speaker, page: int, of: str) -> Draft:
    """建议名单: each enterprise with the reasons in plain words, by code; for whoever plans alone."""
    found = list(suggested(uow, planning_place(uow, me, of)).items())
    if not found:
        return Draft((Say("check-suggested-none"),))
    heading = Say("check-suggested-heading", number=len(found))
    entries = LazyEntries(found, partial(_suggested, uow))
    return screen([heading], entries, page, lambda number: actions.SUGGESTIONS.data(number, of))


def _suggested(uow: UnitOfWork, found: Sequence[tuple[str, Sequence[Reason]]]) -> list[Entry]:
    names = registry.names(uow.conn, (code for code, _ in found))
    return [Entry(names[code], _reasons(uow, reasons), actions.PLAN_SUGGESTED.data(code)) for code, reasons in found]


def _reasons(uow: UnitOfWork, found: Sequence[Reason]) -> Phrase:
    first, *rest = found
    own = _reason(uow, first)
    return Say("check-grounds", first=own, rest=_reasons(uow, rest)) if rest else own


def _reason(uow: UnitOfWork, reason: Reason) -> Phrase:
    numbers = "、".join(map(str, reason.numbers))
    match reason.ground:
        case Ground.SUSPENDED:
            return Say("check-ground-suspended", days=reason.numbers[1], number=reason.numbers[0])
        case Ground.SAME_PHOTO:
            return Say("check-ground-same-photo", number=reason.numbers[0])
        case Ground.OVERDUE:
            return Say("check-ground-overdue", numbers=numbers)
        case Ground.ALL_ZERO:
            return Say("check-ground-all-zero", number=reason.numbers[0])
        case Ground.UNMET:
            rules = [rule for rule in uow.pack.obligations if rule.id in reason.obligations]
            return Say("check-ground-unmet", number=reason.numbers[0], titles=Listed(tuple(map(bare_title, rules))))
        case Ground.UNTOUCHED:
            return Say("check-ground-untouched", day=reason.day or date.min, numbers=numbers)
