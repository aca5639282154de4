"""Who owes what (/district): for a district's staff their district, for the city every one. Counts first, then by taps
a duty, its enterprises, the card of one. A name or a code leads to that card at once.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from campaign.duties import DutyStanding, title_of
from campaign.identity import normalise_code
from campaign.roles import DISTRICT_ROLES
from service.core.letters import Draft
from service.core.listing import Entry, screen
from service.core.permissions import CITY_ITSELF, Act, Area, may, subjects_of, which_district
from service.core.refusal import not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import actions, contacts, enterprise_card, places
from service.desk.actions import Alike, DutyOfPlace
from service.desk.places import Place
from service.duties import cards, phone_mark, promises
from service.duties.actions import SHOW as SHOW_DUTY
from service.registry import states
from storage import progress, registry
from storage.progress import LEFT, DutyTally, Owed, Which
from talk.actions import Tap
from talk.texts import Listed, Phrase, Say, listed, shortened

NAMES: Final = 10
"""Names behind a count; the list has all."""
FOUND: Final = 5
"""Enterprises that a search offers."""
LONGEST: Final = 60
"""Characters of what is searched for: no name is longer."""
QUOTED: Final = 20
"""Characters of what was searched for that are said again."""
LINE_DIGITS: Final = 4
"""A number of so many digits is no line of a list."""
REASON: Final = 40


def show(uow: UnitOfWork, me: Speaker, wanted: str = "") -> Draft:
    """/district: one's own place, a named district, a line of the list by its number, an enterprise by its name or
    code.
    """
    named = uow.pack.district_by_name(wanted) if wanted else None
    if named is not None:
        return duties_of(uow, me, places.of_district(uow, named.name).number)
    number = int(wanted) if wanted.isdecimal() and len(wanted) < LINE_DIGITS else None
    if wanted and number is None:
        return _search(uow, me, _served(uow, me), wanted)
    served = _served(uow, me)
    if len(served) > 1:
        raise which_district([place.name for place in served], actions.DISTRICT_COMMAND.name)
    own = served[0]
    if number is not None:
        return _line(uow, me, own, number)
    return city(uow, me) if own.district is None else duties_of(uow, me, own.number)


def city(uow: UnitOfWork, me: Speaker, page: int = 1) -> Draft:
    """Return a page of the city, district by district."""
    places.seen(uow, me, None)
    tallies = progress.by_district(uow.conn, uow.now)
    if not tallies:
        return Draft((Say("progress-none", place=uow.pack.city),))
    entries = [
        Entry(name, _counted(tallies[name], "duties"), actions.DUTIES.data(number, 1))
        for number, name in enumerate(uow.pack.district_names)
        if name in tallies
    ]
    heading = Say("progress-heading", place=uow.pack.city, at=uow.now)
    return _with_unreached(uow, None, screen([heading], entries, page, actions.CITY.data, [_exports(None)]))


def duties_of(uow: UnitOfWork, me: Speaker, number: int | None, page: int = 1) -> Draft:
    """Return a page of the duties of a place that are not settled, each with its counts."""
    place = places.seen(uow, me, number)
    tallies = _by_duty(uow, place.district)
    if not tallies:
        return Draft((Say("progress-none", place=place.name),))
    unsettled = _unsettled(tallies)
    entries = [
        Entry(_title(uow, which), _counted(tally), actions.DUTY.data(_of_place(which, place)))
        for which, tally in unsettled
    ]
    heading: list[Phrase] = [Say("progress-heading", place=place.name, at=uow.now)]
    if complete := len(tallies) - len(unsettled):
        heading.append(Say("progress-complete", number=complete))
    draft = screen(heading, entries, page, partial(actions.DUTIES.data, place.number), [_exports(place.number)])
    return _with_unreached(uow, place.district, draft)


def _with_unreached(uow: UnitOfWork, district: str | None, draft: Draft) -> Draft:
    """The counts, and below them how many people no message reaches."""
    number = len(contacts.of_place(uow, district))
    below = Say("owes-unreached-below", people=number) if number else None
    return replace(draft, lines=(*draft.lines, below))


def duty(uow: UnitOfWork, me: Speaker, which: DutyOfPlace) -> Draft:
    """Return who stands where with a duty of a place, by name as far as it is short."""
    place = _seen(uow, me, which)
    rows = progress.listed(uow.conn, uow.now, place.district, which=(which.obligation, which.period))
    if not rows:
        return Draft((Say("progress-none", place=place.name),))
    lines: list[Phrase] = [
        Say(
            "owes-duty-heading",
            title=_title(uow, which),
            place=place.name,
            number=len(rows),
            when=cards.when(uow, rows[0].duty),
        )
    ]
    taps: list[Tap] = []
    for standing in DutyStanding:
        here = [row for row in rows if row.standing is standing]
        if not here:
            continue
        label = Say("owes-stand", stand=standing)
        if standing in LEFT:
            names = Listed(tuple(row.name for row in here[:NAMES]))
            more = Say("owes-more", number=len(here) - NAMES) if len(here) > NAMES else ""
            lines.append(Say("owes-stand-names", stand=label, number=len(here), names=names, more=more))
        else:
            lines.append(Say("owes-stand-count", stand=label, number=len(here)))
        button = Say("option-owes-stand", stand=label, number=len(here))
        taps.append(actions.ENTERPRISES.tap(button, Alike(standing, which), 1))
    if phoned := sum(row.by_phone for row in rows):
        lines.append(Say("owes-by-phone", number=phoned))
    owing = any(row.standing in (DutyStanding.OVERDUE, DutyStanding.OPEN) for row in rows)
    if owing and may(uow, me.person, Act.NUDGE, Area(place.district)):
        taps.append(actions.NUDGE.tap(Say("option-nudge"), which))
    return Draft(tuple(lines), tuple(taps))


def enterprises_of(uow: UnitOfWork, me: Speaker, which: Alike, page: int) -> Draft:
    """Return a page of the enterprises of a place that stand alike with a duty."""
    place = _seen(uow, me, which.duty)
    of_duty = which.duty.obligation, which.duty.period
    listed = progress.listed(uow.conn, uow.now, place.district, which=of_duty)
    rows = [row for row in listed if row.standing is which.standing]
    said = reasons(uow, rows)
    phoned = phone_mark.among(uow, [row.duty for row in rows if row.by_phone])
    entries = []
    for row in rows:
        state = phone_mark.after(cards.state_line(uow, row.duty), phoned.get(row.duty.id))
        if row.duty.id in said:
            state = _with_reason(state, said[row.duty.id], row.duty.status)
        # An enterprise that moved away belongs to others; what it owes of its time here stays in the counts.
        here = place.district in (None, row.district)
        data = actions.ENTERPRISE.data(str(row.duty.enterprise)) if here else SHOW_DUTY.data(row.duty.id)
        entries.append(Entry(row.name, state, data))
    heading = Say(
        "owes-list-heading",
        title=_title(uow, which.duty),
        place=place.name,
        stand=Say("owes-stand", stand=which.standing),
        number=len(rows),
    )
    return screen([heading], entries, page, partial(actions.ENTERPRISES.data, which))


def own_duties(uow: UnitOfWork, me: Speaker, page: int) -> Draft:
    """Return a page of what the districts themselves owe, duty by duty; for the city."""
    places.seen(uow, me, None)
    tallies = _by_duty(uow, None, of_districts=True)
    entries = [
        Entry(_title(uow, which), _counted(tally, "districts"), actions.OWN_DUTY.data(_of_place(which, None), 1))
        for which, tally in tallies.items()
    ]
    return screen([Say("owes-own-heading", at=uow.now, number=len(entries))], entries, page, actions.OWN_DUTIES.data)


def own_duty(uow: UnitOfWork, me: Speaker, which: DutyOfPlace, page: int) -> Draft:
    """Return a page of the districts, and which of them have answered one of their own duties; for the city."""
    places.seen(uow, me, None)
    found = progress.of_districts(uow.conn, which.obligation, which.period)
    if not found:
        raise not_allowed()
    standings = {duty.id: progress.standing_of(duty, uow.now) for duty in found}
    order, names = list(DutyStanding), uow.pack.district_names
    said = explained(uow, list(standings))
    entries = []
    for duty in sorted(found, key=lambda duty: (order.index(standings[duty.id]), names.index(duty.district))):
        state: Phrase = cards.state_line(uow, duty)
        if duty.id in said:
            state = _with_reason(state, said[duty.id], duty.status)
        group = Say("owes-group", stand=Say("owes-stand", stand=standings[duty.id]))
        entries.append(Entry(duty.district, state, SHOW_DUTY.data(duty.id), group))
    owing = not {DutyStanding.OVERDUE, DutyStanding.OPEN}.isdisjoint(standings.values())
    may_nudge = owing and may(uow, me.person, Act.NUDGE, CITY_ITSELF)
    ways = [actions.NUDGE_DISTRICTS.tap(Say("option-nudge"), which)] if may_nudge else []
    heading = Say("owes-own-duty", title=_title(uow, which), number=len(found))
    return screen([heading], entries, page, partial(actions.OWN_DUTY.data, which), ways)


def group_text(uow: UnitOfWork, me: Speaker, number: int | None) -> Draft:
    """复制到工作群: counts alone, no name of anybody and no button, to be pasted where everybody reads it."""
    place = places.seen(uow, me, number)
    lines: list[Phrase] = [Say("group-heading", place=place.name, at=uow.now)]
    if place.district is None:
        tallies = progress.by_district(uow.conn, uow.now)
        lines += [
            Say("group-line", title=name, counts=_counted(tallies[name], "duties"))
            for name in uow.pack.district_names
            if name in tallies
        ]
        total = sum(tallies.values(), DutyTally())
    else:
        duties = _by_duty(uow, place.district)
        lines += [
            Say("group-line", title=_title(uow, which), counts=_counted(tally)) for which, tally in _unsettled(duties)
        ]
        total = sum(duties.values(), DutyTally())
    lines.append(Say("group-total", counts=_counted(DutyTally(total), "duties")))
    return Draft(tuple(lines))


def reasons(uow: UnitOfWork, rows: Sequence[Owed]) -> dict[int, Phrase]:
    """Return what enterprises said of what is not done, why what they reported does not meet the clause, or that they
    stand still, by the number of the duty.
    """
    still = {row.duty.id: states.present(uow, str(row.duty.enterprise)) for row in rows if row.duty.held is not None}
    said = explained(uow, [row.duty.id for row in rows if row.duty.status in ("explained", "excused", "returned")])
    unmet = {row.duty.id: promises.told(uow, row.duty) for row in rows if row.duty.unmet}
    return {**said, **unmet, **still}


def explained(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Say]:
    """说明情况 of some duties, in a line each."""
    return {number: _reason(said) for number, said in progress.explanations(uow.conn, ids).items()}


def _with_reason(state: Phrase, reason: Phrase, status: str) -> Say:
    """Return how a duty stands, and what was said of it; a reason that was returned does not excuse anything."""
    return Say("owes-with-returned" if status == "returned" else "owes-with-reason", state=state, reason=reason)


def _reason(said: Any) -> Say:
    text = str(said.get("text") or "")
    return Say("owes-reason", reason=str(said.get("reason")), text=shortened(text, REASON))


def _served(uow: UnitOfWork, me: Speaker) -> list[Place]:
    """Return the city for its staff, else the districts that somebody serves. RefusedError: they serve none."""
    if may(uow, me.person, Act.SEE_CITY_PROGRESS, CITY_ITSELF):
        return [places.of_district(uow, None)]
    served = [name for name in _districts_of(uow, me.person) if name in uow.pack.district_names]
    if not served:
        raise not_allowed()
    return [places.of_district(uow, name) for name in served]


def _line(uow: UnitOfWork, me: Speaker, own: Place, number: int) -> Draft:
    """Return what the line of a list leads to, by its number."""
    if own.district is None:
        tallies = progress.by_district(uow.conn, uow.now)
        shown = [place for place, name in enumerate(uow.pack.district_names) if name in tallies]
        return duties_of(uow, me, shown[number - 1]) if 0 < number <= len(shown) else city(uow, me)
    unsettled = _unsettled(_by_duty(uow, own.district))
    if 0 < number <= len(unsettled):
        return duty(uow, me, _of_place(unsettled[number - 1][0], own))
    return duties_of(uow, me, own.number)


def _search(uow: UnitOfWork, me: Speaker, served: Sequence[Place], wanted: str) -> Draft:
    """Return an enterprise by its code or a part of its name, among those that this person sees."""
    by_code = registry.enterprise(uow.conn, normalise_code(wanted)) if len(wanted) <= LONGEST else None
    if by_code is not None and may(uow, me.person, Act.SEE_DISTRICT_PROGRESS, by_code):
        return enterprise_card.card(uow, me, by_code.code)
    within = None if served[0].district is None else _districts_of(uow, me.person)
    found = registry.called(uow.conn, wanted, within, FOUND + 1) if len(wanted) <= LONGEST else []
    if not found:
        names = listed(place.name for place in served)
        return Draft((Say("owes-unknown", words=shortened(wanted, QUOTED), place=names),))
    if len(found) == 1:
        return enterprise_card.card(uow, me, found[0].code)
    heading = Say("owes-several-many", number=FOUND) if len(found) > FOUND else Say("owes-several", number=len(found))
    entries = [Entry(one.name, one.code, actions.ENTERPRISE.data(one.code)) for one in found[:FOUND]]
    return screen([heading], entries, 1, actions.CITY.data)


def _districts_of(uow: UnitOfWork, person: int) -> list[str]:
    """Return the districts whose progress somebody may see."""
    return subjects_of(uow, person, Act.SEE_DISTRICT_PROGRESS.roles.intersection(DISTRICT_ROLES))


def _seen(uow: UnitOfWork, me: Speaker, which: DutyOfPlace) -> Place:
    """Return the place of a duty that this person may see there. RefusedError: there is no such duty, or it is not
    theirs to see.
    """
    place = places.seen(uow, me, which.place)
    if all(rule.id != which.obligation for rule in uow.pack.obligations):
        raise not_allowed()
    return place


def _of_place(which: Which, place: Place | None) -> DutyOfPlace:
    return DutyOfPlace(which.obligation, which.period, None if place is None else place.number)


def _by_duty(uow: UnitOfWork, district: str | None, *, of_districts: bool = False) -> dict[Which, DutyTally]:
    """Count the duties of a place: the earliest due first, those without a date last; of one day in the order of the
    notice.
    """
    tallies = progress.by_duty(uow.conn, uow.now, district, of_districts=of_districts)
    order = {rule.id: number for number, rule in enumerate(uow.pack.obligations)}
    return dict(
        sorted(
            tallies.items(),
            key=lambda item: (item[0].due is None, item[0].due or uow.now, order[item[0].obligation], item[0].period),
        )
    )


def _unsettled(tallies: dict[Which, DutyTally]) -> list[tuple[Which, DutyTally]]:
    return [(which, tally) for which, tally in tallies.items() if tally.left]


def _counted(tally: DutyTally, unit: str = "enterprises") -> Say:
    """Counts in words; what is counted: enterprises, duties, or districts."""

    def counted(standing: DutyStanding) -> Phrase:
        number = tally[standing]
        return Say("owes-count", stand=Say("owes-stand", stand=standing), number=number) if number else ""

    return Say(
        "owes-counts",
        answered=tally[DutyStanding.ANSWERED],
        total=tally.total(),
        unit=Say("owes-unit", unit=unit),
        unmet=counted(DutyStanding.UNMET),
        overdue=counted(DutyStanding.OVERDUE),
        explained=counted(DutyStanding.EXPLAINED),
    )


def _exports(place: int | None) -> Tap:
    return actions.EXPORTS.tap(Say("option-owes-tools"), place)


def _title(uow: UnitOfWork, which: Which | DutyOfPlace) -> Phrase:
    return title_of(uow.pack.obligation(which.obligation), which.period, owed=True)
