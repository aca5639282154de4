"""Who owes what (/district): for a district's staff their district, for the city every one. Counts first, then by taps
a duty, its enterprises, the card of one. A name or a code leads to that card at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from campaign.duties import title_of
from campaign.identity import normalise_code
from service.core.letters import Draft
from service.core.listing import Entry, screen
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import UnitOfWork
from service.desk import contacts, enterprise_card
from service.duties import cards, phone_mark
from storage import people, phone_answers, progress, registry
from storage.progress import LEFT, Owed, Stand, Tally, Which
from storage.registry import Enterprise
from talk.actions import Tap
from talk.texts import Listed, Phrase, Say

STAFF: Final = ("clerk", "leader")
NAMES: Final = 10
"""Names behind a count; the list has all."""
FOUND: Final = 5
"""Enterprises that a search offers."""
LONGEST: Final = 60
"""Characters of what is searched for: no name is longer."""
QUOTED: Final = 20
REASON: Final = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A district, or (None) the whole city."""

    district: str | None
    number: str
    """As buttons name it: names are too long for them. Nothing: the city."""
    name: str


def place_of(uow: UnitOfWork, number: str) -> Place | None:
    """The place that a button names."""
    if not number:
        return Place(None, "", uow.pack.city)
    known = number.isascii() and number.isdecimal() and len(number) < 4 and int(number) < len(uow.pack.districts)
    if not known:
        return None
    name = uow.pack.districts[int(number)].name
    return Place(name, str(int(number)), name)


def of_district(uow: UnitOfWork, name: str) -> Place:
    """A district of the pack."""
    return Place(name, str([one.name for one in uow.pack.districts].index(name)), name)


def seen(uow: UnitOfWork, person: int, number: str) -> Place | None:
    """The place that a button names, if this person may see how it stands."""
    place = place_of(uow, number)
    if place is None:
        return None
    act = Act.SEE_CITY_PROGRESS if place.district is None else Act.SEE_DISTRICT_PROGRESS
    return place if may(uow, person, act, Target(place.district)) else None


def show(uow: UnitOfWork, person: int, wanted: str) -> Draft | None:
    """/district: one's own place, a named district, a line of the list by its number, an enterprise by its name or
    code. None: not allowed.
    """
    own = _own(uow, person)
    if own is None:
        return None
    named = uow.pack.district_by_name(wanted) if wanted else None
    if named is not None:
        place = of_district(uow, named.name)
        return duties_of(uow, place, 1) if seen(uow, person, place.number) else None
    if wanted.isdecimal() and len(wanted) < 4:
        return _line(uow, person, own, int(wanted))
    if wanted:
        return _search(uow, person, own, wanted)
    return districts(uow, 1) if own.district is None else duties_of(uow, own, 1)


def districts(uow: UnitOfWork, page: int) -> Draft:
    """The city: district by district."""
    tallies = progress.by_district(uow.conn, uow.now)
    if not tallies:
        return Draft((Say("progress-none", place=uow.pack.city),))
    entries = [
        Entry(one.name, _counted(tallies[one.name], "duties"), f"a:owes:{number}:1")
        for number, one in enumerate(uow.pack.districts)
        if one.name in tallies
    ]
    heading = Say("progress-heading", place=uow.pack.city, at=uow.now)
    return _with_unreached(uow, None, screen([heading], entries, page, "a:city", [_tools("")]))


def duties_of(uow: UnitOfWork, place: Place, page: int) -> Draft:
    """The duties of a place: those that are not settled, each with its counts."""
    tallies = _by_duty(uow, place.district)
    if not tallies:
        return Draft((Say("progress-none", place=place.name),))
    unsettled = _unsettled(tallies)
    entries = [
        Entry(_title(uow, which), _counted(tally), f"a:progress:{_data(which, place)}") for which, tally in unsettled
    ]
    heading: list[Phrase] = [Say("progress-heading", place=place.name, at=uow.now)]
    if complete := len(tallies) - len(unsettled):
        heading.append(Say("progress-complete", number=complete))
    draft = screen(heading, entries, page, f"a:owes:{place.number}", [_tools(place.number)])
    return _with_unreached(uow, place.district, draft)


def _with_unreached(uow: UnitOfWork, district: str | None, draft: Draft) -> Draft:
    """The counts, and below them how many people no message reaches."""
    number = len(contacts.of_place(uow, district))
    below = Say("owes-unreached-below", people=number) if number else None
    return replace(draft, lines=(*draft.lines, below))


def duty(uow: UnitOfWork, person: int, argument: str) -> Draft | None:
    """One duty of a place: who stands where, by name as far as it is short. `obligation|period|number`."""
    found = _which(uow, person, argument)
    if found is None:
        return None
    obligation, period, place = found
    rows = progress.listed(uow.conn, uow.now, place.district, which=(obligation, period))
    if not rows:
        return Draft((Say("progress-none", place=place.name),))
    lines: list[Phrase] = [
        Say(
            "owes-duty-heading",
            title=title_of(uow.pack.obligation(obligation), period),
            place=place.name,
            number=len(rows),
            when=cards.when(uow, rows[0].duty),
        )
    ]
    taps: list[Tap] = []
    for stand in Stand:
        here = [row for row in rows if row.stand is stand]
        if not here:
            continue
        label = Say("owes-stand", stand=stand)
        if stand in LEFT:
            names = Listed(tuple(row.name for row in here[:NAMES]))
            more = Say("owes-more", number=len(here) - NAMES) if len(here) > NAMES else ""
            lines.append(Say("owes-stand-names", stand=label, number=len(here), names=names, more=more))
        else:
            lines.append(Say("owes-stand-count", stand=label, number=len(here)))
        taps.append(Tap(Say("option-owes-stand", stand=label, number=len(here)), f"a:owed:{stand}|{argument}:1"))
    if phoned := sum(row.by_phone for row in rows):
        lines.append(Say("owes-by-phone", number=phoned))
    owing = any(row.stand in (Stand.OVERDUE, Stand.OPEN) for row in rows)
    if owing and may(uow, person, Act.NUDGE, Target(place.district)):
        taps.append(Tap(Say("option-nudge"), f"a:nudge:{argument}"))
    return Draft(tuple(lines), tuple(taps))


def enterprises_of(uow: UnitOfWork, person: int, argument: str, page: int) -> Draft | None:
    """The enterprises of a duty that stand alike: `overdue|obligation|period|number`."""
    stand, _, which = argument.partition("|")
    found = _which(uow, person, which) if stand in list(Stand) else None
    if found is None:
        return None
    obligation, period, place = found
    rows = [
        row
        for row in progress.listed(uow.conn, uow.now, place.district, which=(obligation, period))
        if row.stand == stand
    ]
    said = reasons(uow, rows)
    phoned = phone_answers.among(
        uow.conn, [row.duty.conversation for row in rows if row.by_phone and row.duty.conversation]
    )
    entries = []
    for row in rows:
        state = phone_mark.after(cards.state_line(uow, row.duty), phoned.get(row.duty.conversation or 0))
        if row.duty.id in said:
            state = _with_reason(state, said[row.duty.id], row.duty.status)
        # An enterprise that moved away belongs to others; what it owes of its time here stays in the counts.
        here = place.district in (None, row.district)
        data = f"a:firm:{row.duty.enterprise}" if here else f"a:show:{row.duty.id}"
        entries.append(Entry(row.name, state, data))
    heading = Say(
        "owes-list-heading",
        title=title_of(uow.pack.obligation(obligation), period),
        place=place.name,
        stand=Say("owes-stand", stand=stand),
        number=len(rows),
    )
    return screen([heading], entries, page, f"a:owed:{argument}")


def own_duties(uow: UnitOfWork, page: int) -> Draft:
    """What the districts themselves owe, duty by duty; for the city."""
    tallies = _by_duty(uow, None, of_districts=True)
    entries = [
        Entry(_title(uow, which), _counted(tally, "districts"), f"a:own-duty:{_data(which, None)}:1")
        for which, tally in tallies.items()
    ]
    return screen([Say("owes-own-heading", at=uow.now, number=len(entries))], entries, page, "a:own-duties")


def own_duty(uow: UnitOfWork, person: int, argument: str, page: int) -> Draft | None:
    """Which districts have answered one of their own duties, and which not: `obligation|period|`."""
    obligation, period, _ = parts(argument)
    found = progress.of_districts(uow.conn, obligation, period)
    if not found:
        return None
    order, names = list(Stand), [one.name for one in uow.pack.districts]
    ordered = sorted(found, key=lambda one: (order.index(progress.stand_of(one, uow.now)), names.index(one.district)))
    said = explained(uow, [one.id for one in found])
    entries = []
    for one in ordered:
        stand = progress.stand_of(one, uow.now)
        state: Phrase = cards.state_line(uow, one)
        if one.id in said:
            state = _with_reason(state, said[one.id], one.status)
        entries.append(
            Entry(one.district, state, f"a:show:{one.id}", Say("owes-group", stand=Say("owes-stand", stand=stand)))
        )
    owing = any(progress.stand_of(one, uow.now) in (Stand.OVERDUE, Stand.OPEN) for one in found)
    ways = (
        [Tap(Say("option-nudge"), f"a:nudge-own:{argument}")] if owing and may(uow, person, Act.NUDGE, Target()) else []
    )
    heading = Say("owes-own-duty", title=title_of(uow.pack.obligation(obligation), period), number=len(found))
    return screen([heading], entries, page, f"a:own-duty:{argument}", ways)


def group_text(uow: UnitOfWork, place: Place) -> Draft:
    """复制到工作群: counts alone, no name of anybody and no button, to be pasted where everybody reads it."""
    lines: list[Phrase] = [Say("group-heading", place=place.name, at=uow.now)]
    if place.district is None:
        tallies = progress.by_district(uow.conn, uow.now)
        lines += [
            Say("group-line", title=one.name, counts=_counted(tallies[one.name], "duties"))
            for one in uow.pack.districts
            if one.name in tallies
        ]
        total = sum(tallies.values(), Tally())
    else:
        duties = _by_duty(uow, place.district)
        lines += [
            Say("group-line", title=_title(uow, which), counts=_counted(tally)) for which, tally in _unsettled(duties)
        ]
        total = sum(duties.values(), Tally())
    lines.append(Say("group-total", counts=_counted(Tally(total), "duties")))
    return Draft(tuple(lines))


def reasons(uow: UnitOfWork, rows: Sequence[Owed]) -> dict[int, Say]:
    """What enterprises said of what is not done, and not decided in their favour."""
    return explained(uow, [row.duty.id for row in rows if row.duty.status in ("explained", "excused", "returned")])


def explained(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Say]:
    """说明情况 of some duties, in a line each."""
    return {number: _reason(said) for number, said in progress.explanations(uow.conn, ids).items()}


def _with_reason(state: Phrase, reason: Say, status: str) -> Say:
    """How a duty stands, and what was said of it; a reason that was returned does not excuse anything."""
    if status == "returned":
        return Say("owes-with-returned", state=state, reason=reason)
    return Say("owes-with-reason", state=state, reason=reason)


def _reason(said: Any) -> Say:
    text = str(said.get("text") or "")
    return Say(
        "owes-reason",
        reason=str(said.get("reason")),
        text=text if len(text) <= REASON else f"{text[:REASON]}…",
    )


def _own(uow: UnitOfWork, person: int) -> Place | None:
    """The city for its staff, else the first district that somebody serves."""
    if may(uow, person, Act.SEE_CITY_PROGRESS, Target()):
        return place_of(uow, "")
    for one in people.roles(uow.conn, person):
        known = one.role in STAFF and one.state == "active" and uow.pack.district_by_name(one.subject)
        if known and may(uow, person, Act.SEE_DISTRICT_PROGRESS, Target(one.subject)):
            return of_district(uow, one.subject)
    return None


def _line(uow: UnitOfWork, person: int, own: Place, number: int) -> Draft | None:
    """What the line of a list leads to, by its number."""
    if own.district is None:
        shown = [one.name for one in uow.pack.districts if one.name in progress.by_district(uow.conn, uow.now)]
        if 0 < number <= len(shown):
            return duties_of(uow, of_district(uow, shown[number - 1]), 1)
        return districts(uow, 1)
    unsettled = _unsettled(_by_duty(uow, own.district))
    if 0 < number <= len(unsettled):
        return duty(uow, person, _data(unsettled[number - 1][0], own))
    return duties_of(uow, own, 1)


def _search(uow: UnitOfWork, person: int, own: Place, wanted: str) -> Draft:
    """An enterprise by its code or a part of its name, among those that this person sees."""
    by_code = registry.enterprise(uow.conn, normalise_code(wanted)) if len(wanted) <= LONGEST else None
    if by_code is not None and enterprise_card.may_see(uow, person, by_code):
        return enterprise_card.card(uow, person, by_code)
    places = None if own.district is None else _districts_of(uow, person)
    found = progress.search(uow.conn, wanted, places, FOUND + 1) if len(wanted) <= LONGEST else []
    if not found:
        quoted = wanted if len(wanted) <= QUOTED else f"{wanted[:QUOTED]}…"
        return Draft((Say("owes-unknown", words=quoted, place=own.name),))
    if len(found) == 1:
        only = _registered(uow, found[0][0])
        return enterprise_card.card(uow, person, only)
    heading = Say("owes-several-many", number=FOUND) if len(found) > FOUND else Say("owes-several", number=len(found))
    entries = [Entry(name, code, f"a:firm:{code}") for code, name in found[:FOUND]]
    return screen([heading], entries, 1, "a:city")


def _registered(uow: UnitOfWork, code: str) -> Enterprise:
    found = registry.enterprise(uow.conn, code)
    if found is None:
        raise LookupError(code)
    return found


def _districts_of(uow: UnitOfWork, person: int) -> list[str]:
    """The districts whose progress somebody may see."""
    names = [one.subject for one in people.roles(uow.conn, person) if one.role in STAFF]
    return [name for name in names if may(uow, person, Act.SEE_DISTRICT_PROGRESS, Target(name))]


def _which(uow: UnitOfWork, person: int, argument: str) -> tuple[str, str, Place] | None:
    """A duty of enterprises in a place that this person may see."""
    obligation, period, number = parts(argument)
    place = seen(uow, person, number)
    known = any(one.id == obligation for one in uow.pack.obligations)
    return (obligation, period, place) if place is not None and known else None


def parts(argument: str) -> tuple[str, str, str]:
    """A duty and a place as buttons name them: obligation, period, number."""
    obligation, _, rest = argument.partition("|")
    period, _, number = rest.partition("|")
    return obligation, period, number


def _data(which: Which, place: Place | None) -> str:
    return f"{which.obligation}|{which.period}|{place.number if place else ''}"


def _by_duty(uow: UnitOfWork, district: str | None, *, of_districts: bool = False) -> dict[Which, Tally]:
    """The earliest due first, those without a date last; of one day in the order of the notice."""
    tallies = progress.by_duty(uow.conn, uow.now, district, of_districts=of_districts)
    order = {one.id: number for number, one in enumerate(uow.pack.obligations)}
    return dict(
        sorted(
            tallies.items(),
            key=lambda one: (one[0].due is None, one[0].due or uow.now, order[one[0].obligation], one[0].period),
        )
    )


def _unsettled(tallies: dict[Which, Tally]) -> list[tuple[Which, Tally]]:
    return [(which, tally) for which, tally in tallies.items() if tally.left]


def _counted(tally: Tally, unit: str = "enterprises") -> Say:
    """Counts in words; what is counted: enterprises, duties, or districts."""
    overdue = Say("owes-count", stand=Say("owes-stand", stand=Stand.OVERDUE), number=tally[Stand.OVERDUE])
    said = Say("owes-count", stand=Say("owes-stand", stand=Stand.EXPLAINED), number=tally[Stand.EXPLAINED])
    return Say(
        "owes-counts",
        answered=tally[Stand.ANSWERED],
        total=tally.total(),
        unit=Say("owes-unit", unit=unit),
        overdue=overdue if tally[Stand.OVERDUE] else "",
        explained=said if tally[Stand.EXPLAINED] else "",
    )


def _tools(number: str) -> Tap:
    return Tap(Say("option-owes-tools"), f"a:owes-tools:{number}")


def _title(uow: UnitOfWork, which: Which) -> Phrase:
    return title_of(uow.pack.obligation(which.obligation), which.period)
