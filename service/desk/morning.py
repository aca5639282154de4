"""The morning's card: one for each clerk and for the city with all that rose to them, and none where nothing did."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from campaign.roles import CITY, CLERK, OFFICER, PRINCIPAL
from campaign.workdays import DAY_ENDS, is_workday, morning, workday_not_after
from service.checks import signatures
from service.checks.actions import TO_SIGN
from service.checks.places import number_of
from service.core import listing
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft, signature
from service.core.shared_actions import HAZARDS, OPEN_HAZARDS
from service.core.unit_of_work import UnitOfWork
from service.desk import actions, waiting
from service.desk.waiting import Waiting
from service.duties import lists
from service.duties.owned import owed, own_subjects, with_rule
from storage import checks, duties, filings, hazards, people, registry
from storage.checks import Check
from storage.hazards import Hazard
from storage.people import Post
from storage.registry import Enterprise
from talk.actions import Tap
from talk.cleaning import likeness
from talk.texts import Listed, Phrase, Say

SCREEN: Final = 10
"""Lines of what is overdue at the most before it is counted by district instead."""
NAMED: Final = 5
"""Enterprises named in a line; the lists have them all."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody on duty: the clerk of a district, or (district None) the city's staff."""

    person: int
    district: str | None


@dataclass(frozen=True, slots=True)
class Misnamed:
    """Somebody who joined since the last card under another `name` than the one `registered` for that role."""

    place: Enterprise
    registered: str
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of which all cards of a morning are made, read once.

    `since` is the working morning before; what came after it is new.
    """

    since: datetime
    today: date
    waiting: Mapping[int, Sequence[Waiting]]
    overdue: Sequence[tuple[Hazard, Enterprise]]
    to_reinspect: Sequence[tuple[Hazard, Enterprise]]
    unreachable: Sequence[Enterprise]
    """Those whose principal has blocked the bot, or has left, since then."""
    misnamed: Sequence[Misnamed]
    unsigned: Sequence[Check]
    """Spot checks that an inspector has not signed yet."""


def is_due(uow: UnitOfWork, ticked: datetime | None) -> bool:
    """Return whether this tick is the first of a working morning: once a day, in working hours, never on a rest day,
    nor before anything is owed.
    """
    begins = morning(uow.now.date(), uow.now)
    return (
        is_workday(uow.now.date())
        and uow.pack.is_at_work(uow.now.date())
        and begins <= uow.now
        and uow.now.time() <= DAY_ENDS
        and (ticked is None or ticked < begins)
    )


def readers(uow: UnitOfWork, holders: Mapping[tuple[str, str], Sequence[int]]) -> list[Reader]:
    """Return who gets a card: each person once, whoever works for the city as the city."""
    city = holders.get((CITY, uow.pack.city), ())
    found = {person: Reader(person, None) for person in city}
    for district in uow.pack.districts:
        for person in holders.get((CLERK, district.name), ()):
            found.setdefault(person, Reader(person, district.name))
    return list(found.values())


def facts(uow: UnitOfWork, ticked: datetime | None = None) -> Facts:
    """Read what there is to say this morning; where nobody has ticked for days, what came in all of them is new."""
    day = workday_not_after(uow.now.date() - timedelta(days=1))
    since = morning(day, uow.now)
    since = since if ticked is None else min(since, ticked.astimezone(uow.context.zone))
    known = registry.all_enterprises(uow.conn)
    live = {code: one for code, one in known.items() if not one.is_closed}
    opened = [(hazard, known[hazard.enterprise]) for hazard in hazards.find(uow.conn, only_open=True)]
    posts = people.posts(uow.conn, role=PRINCIPAL)
    return Facts(
        since,
        uow.now.date(),
        waiting.by_person(uow),
        [(hazard, where) for hazard, where in opened if hazard.overdue(uow.now.date())],
        [(hazard, where) for hazard, where in opened if hazard.state == "evaluated"],
        [known[code] for code in _unreachable(uow, posts, since) if code in live],
        list(_misnamed(uow, live, since)),
        checks.unsigned(uow.conn),
    )


def _unreachable(uow: UnitOfWork, posts: Sequence[Post], since: datetime) -> list[str]:
    refused = people.refused_since(uow.conn, uow.wall - (uow.now - since))
    held = {post.subject for post in posts if post.state == "active"}
    left = [
        post.subject for post in posts if post.until is not None and post.until > since and post.subject not in held
    ]
    blocked = [
        post.subject
        for post in posts
        if post.state == "active" and post.person in refused and people.address_of(uow.conn, post.person) is None
    ]
    return list(dict.fromkeys((*left, *blocked)))


def _misnamed(uow: UnitOfWork, known: Mapping[str, Enterprise], since: datetime) -> Iterable[Misnamed]:
    names: dict[int, str] = {}
    for post in people.posts(uow.conn):
        where = known.get(post.subject)
        if where is None or post.role not in (PRINCIPAL, OFFICER) or post.since <= since or post.state == "ended":
            continue
        registered = where.principal_name if post.role == PRINCIPAL else where.officer_name
        names = names or {person.id: person.name for person in people.everybody(uow.conn)}
        name = names.get(post.person, registered)
        if registered and likeness(name) != likeness(registered):
            yield Misnamed(where, registered, name)


def card(
    uow: UnitOfWork, reader: Reader, found: Facts, rung: Sequence[int], table: Draft | None = None
) -> Draft | None:
    """The card of one reader, with the duties that were rung for them; None where nothing rose to them. On its day
    the draft of the annex table stands on it too.
    """
    undone = [with_rule(uow, duty) for duty in duties.find(uow.conn, ids=rung) if duty.is_owed(uow.now.date())]
    undone.sort(key=lambda owned: (owned.duty.due is None, owned.duty.due or owned.duty.opens, owned.duty.id))
    subjects = own_subjects(uow, reader.person)
    own = [owned for owned in undone if owned.duty.subject in subjects]
    watched = [owned for owned in undone if owned.duty.subject not in subjects]
    every = owed(uow, reader.person)
    late = own or lists.overdue(uow, every) or lists.due_today(uow, every)
    new, lines, ways = _ledger(reader, found)
    unsigned = [check for check in found.unsigned if check.place == _column(uow, reader)]
    cases = found.waiting.get(reader.person, ())
    gone = [enterprise for enterprise in found.unreachable if _covers(reader, enterprise)]
    misnamed = [person for person in found.misnamed if _covers(reader, person.place)]
    week_begins = workday_not_after(found.today - timedelta(days=1)) < _monday(found.today)
    came = [*(case.at for case in cases), *(check.recorded_at or found.since for check in unsigned)]
    waits = bool(came) and (week_begins or max(came) > found.since)
    if not (watched or new or waits or gone or misnamed or (late and table is not None)):
        # A reader's own duties alone are an ordinary reminder.
        return table
    lines, ways = _to_sign(uow, reader, unsigned, (lines, ways))
    lines, ways = _risen(uow, reader, watched, (lines, ways), cases, gone, misnamed)
    owned = _own(uow, reader, every, own, listing.SCREEN - len(ways) if table is None else 0)
    if table is None:
        return Draft((lines[0], *owned.lines, *lines[1:]), (*ways, *owned.taps))
    # What waits and what is owed keep their buttons beside those of the table: its last one is the sheet itself.
    kept = [*owned.taps[-1:], *(way for way in ways if actions.WAITING.is_behind(way))]
    taps = [*table.taps, *kept]
    taps += [way for way in ways if way not in kept][: listing.SCREEN - len(taps)]
    return Draft((lines[0], *owned.lines, *lines[1:], *table.lines), tuple(taps))


def _own(uow: UnitOfWork, reader: Reader, every: Sequence[OwnedDuty], rung: Sequence[OwnedDuty], room: int) -> Draft:
    """Of `every` duty of a reader's own district by name what is overdue, due today, or rang; nothing where there is
    none.
    """
    late = lists.overdue(uow, every)
    if not (rung or late or lists.due_today(uow, every)):
        return Draft(())
    heading = Say("morning-own-overdue", number=len(every), overdue=late) if late else None
    return lists.pressing(uow, reader.person, [heading or Say("morning-own", number=len(every))], every, rung, room)


def _column(uow: UnitOfWork, reader: Reader) -> str:
    """Return the column of the annex whose bureau somebody serves."""
    return reader.district or uow.pack.annex.city_column


def _to_sign(
    uow: UnitOfWork, reader: Reader, unsigned: Sequence[Check], ledger: tuple[Sequence[Phrase], Sequence[Tap]]
) -> tuple[list[Phrase], list[Tap]]:
    """Return what is said of the ledger and, behind it, of the spot checks that wait for a signature, with the ways."""
    lines, ways = list(ledger[0]), list(ledger[1])
    if unsigned:
        place = _column(uow, reader)
        signed, bureau = checks.signatures(uow.conn, [check.id for check in unsigned]), signatures.bureau(uow, place)
        own = sum(bureau.own(reader.person, signed[check.id]) is not None for check in unsigned)
        lines.append(Say("morning-unsigned", number=len(unsigned), own=own))
        ways.append(TO_SIGN.tap(Say("option-check-to-sign"), number_of(uow, place), 1))
    return lines, ways


def _risen(
    uow: UnitOfWork,
    reader: Reader,
    watched: Sequence[OwnedDuty],
    ledger: tuple[Sequence[Phrase], Sequence[Tap]],
    cases: Sequence[Waiting],
    gone: Sequence[Enterprise],
    misnamed: Sequence[Misnamed],
) -> tuple[list[Phrase], list[Tap]]:
    """Return what rose to a reader, a line for each kind, and the ways on from it."""
    bureau = uow.pack.city_bureau if reader.district is None else uow.pack.district(reader.district).bureau
    lines: list[Phrase] = [Say("morning-heading", signature=signature(bureau), day=uow.now.date())]
    ways: list[Tap] = []
    if late := [owned for owned in watched if not owned.duty.unmet]:
        lines += [Say("escalation-intro"), *_overdue_lines(late)]
        number, enterprises = duties.risen(uow.conn, reader.district)
        if number:
            lines.append(Say("morning-overdue", number=number, enterprises=enterprises))
    unmet, passed = filings.unmet(uow.conn, reader.district, uow.now.date())
    if unmet:
        lines.append(Say("morning-unmet", number=unmet, passed=passed))
    if late or unmet:
        ways.append(actions.DISTRICT.tap(Say("morning-button-district")))
    lines += ledger[0]
    ways += ledger[1]
    if cases:
        lines.append(Say("morning-waiting", number=len(cases)))
        ways.append(actions.WAITING.tap(Say("morning-button-waiting"), "", ""))
    if gone:
        names = Listed(tuple(enterprise.name for enterprise in gone[:NAMED]))
        lines.append(Say("morning-unreachable", number=len(gone), names=names))
    lines += [
        Say("join-name-differs", place=person.place.name, registered=person.registered, name=person.name)
        for person in misnamed[:NAMED]
    ]
    return lines, ways


def _overdue_lines(watched: Sequence[OwnedDuty]) -> list[Phrase]:
    """Return what is overdue, by duty; where that does not fit on a screen, what enterprises owe by district."""
    by_duty = lists.escalation_lines(watched)
    if len(by_duty) <= SCREEN:
        return by_duty
    number = Counter(owned.duty.district for owned in watched if owned.duty.enterprise is not None)
    who = {(owned.duty.district, owned.duty.enterprise) for owned in watched if owned.duty.enterprise is not None}
    enterprises = Counter(district for district, _ in who)
    by_district: list[Phrase] = [
        Say("morning-district", district=district, number=count, enterprises=enterprises[district])
        for district, count in sorted(number.items())
    ]
    return [*by_district, *lists.escalation_lines([owned for owned in watched if owned.duty.enterprise is None])]


def _ledger(reader: Reader, found: Facts) -> tuple[bool, list[Phrase], list[Tap]]:
    """Return whether a hazard went overdue since the last card, what is said of the ledger, and the way to it."""
    overdue = [hazard for hazard, where in found.overdue if _covers(reader, where)]
    again = [hazard for hazard, where in found.to_reinspect if _covers(reader, where)]
    new = any(hazard.deadline is not None and hazard.deadline >= found.since.date() for hazard in overdue)
    lines: list[Phrase] = []
    if overdue:
        lines.append(Say("morning-hazards", number=len(overdue)))
    if again:
        lines.append(Say("morning-reinspect", number=len(again)))
    return new, lines, [HAZARDS.tap(Say("option-hazards"), OPEN_HAZARDS, 1, "")] if lines else []


def _covers(reader: Reader, where: Enterprise) -> bool:
    """Return whether an enterprise is a reader's: the city's are those that it supervises itself, and no district's."""
    return where.municipal if reader.district is None else not where.municipal and where.district == reader.district


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
