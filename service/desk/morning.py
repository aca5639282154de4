"""The morning's card: one for each clerk and for the city with all that rose to them, and none where nothing did."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from campaign.workdays import DAY_BEGINS, DAY_ENDS, is_workday, workday_not_after
from service import lists
from service.desk import waiting
from service.desk.waiting import Waiting
from service.letters import Draft, Tap, signature
from service.mine import Mine, mine_of, own_subjects
from service.permissions import CITY, CLERK, OFFICER, PRINCIPAL
from service.work import Work
from storage import duties, hazards, people, registry
from storage.hazards import Hazard
from storage.people import Post
from storage.registry import Enterprise
from talk.texts import Listed, Phrase, Say

LETTER: Final = "morning"
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
    """What all cards of a morning need, read once. `since`: the working morning before; what came after it is new."""

    since: datetime
    today: date
    waiting: Mapping[int, Sequence[Waiting]]
    overdue: Sequence[tuple[Hazard, Enterprise]]
    to_reinspect: Sequence[tuple[Hazard, Enterprise]]
    unreachable: Sequence[Enterprise]
    """Whose principal has blocked us, or has left, since then."""
    misnamed: Sequence[Misnamed]


def is_due(work: Work, ticked: datetime | None) -> bool:
    """Whether this tick is the first of a working morning: once a day, in working hours, never on a rest day."""
    begins = datetime.combine(work.now.date(), DAY_BEGINS, work.house.zone)
    return (
        is_workday(work.now.date())
        and begins <= work.now
        and work.now.time() <= DAY_ENDS
        and (ticked is None or ticked < begins)
    )


def readers(work: Work, holders: Mapping[tuple[str, str], Sequence[int]]) -> list[Reader]:
    """Who gets a card: each person once, whoever works for the city as the city."""
    city = holders.get((CITY, work.pack.city), ())
    found = {person: Reader(person, None) for person in city}
    for district in work.pack.districts:
        for person in holders.get((CLERK, district.name), ()):
            found.setdefault(person, Reader(person, district.name))
    return list(found.values())


def facts(work: Work, ticked: datetime | None = None) -> Facts:
    """What there is to say this morning; where nobody has ticked for days, what came in all of them is new."""
    day = workday_not_after(work.now.date() - timedelta(days=1))
    since = datetime.combine(day, DAY_BEGINS, work.house.zone)
    since = since if ticked is None else min(since, ticked.astimezone(work.house.zone))
    known = registry.all_enterprises(work.conn)
    opened = [(one, known[one.enterprise]) for one in hazards.find(work.conn, only_open=True)]
    posts = people.posts(work.conn, role="principal")
    return Facts(
        since,
        work.now.date(),
        waiting.by_person(work),
        [(one, where) for one, where in opened if one.overdue(work.now.date())],
        [(one, where) for one, where in opened if one.state == "evaluated"],
        [known[code] for code in _unreachable(work, posts, since) if code in known],
        list(_misnamed(work, known, since)),
    )


def _unreachable(work: Work, posts: Sequence[Post], since: datetime) -> list[str]:
    refused = people.refused_since(work.conn, work.wall - (work.now - since))
    held = {post.subject for post in posts if post.state == "active"}
    left = [
        post.subject for post in posts if post.until is not None and post.until > since and post.subject not in held
    ]
    blocked = [
        post.subject
        for post in posts
        if post.state == "active" and post.person in refused and people.address_of(work.conn, post.person) is None
    ]
    return list(dict.fromkeys((*left, *blocked)))


def _misnamed(work: Work, known: Mapping[str, Enterprise], since: datetime) -> Iterable[Misnamed]:
    names: dict[int, str] = {}
    for post in people.posts(work.conn):
        where = known.get(post.subject)
        if where is None or post.role not in (PRINCIPAL, OFFICER) or post.since <= since or post.state == "ended":
            continue
        registered = where.principal_name if post.role == PRINCIPAL else where.officer_name
        names = names or {one.id: one.name for one in people.everybody(work.conn)}
        name = names.get(post.person, registered)
        if registered and name != registered:
            yield Misnamed(where, registered, name)


def card(work: Work, reader: Reader, found: Facts, rung: Sequence[int], table: Draft | None = None) -> Draft | None:
    """The card of one reader, with the duties that were rung for them; None where nothing rose to them. On its day
    the draft of the annex table stands on it too.
    """
    undone = [mine_of(work, one) for one in duties.find(work.conn, ids=rung) if one.status in duties.UNDONE]
    undone.sort(key=lambda mine: (mine.duty.due is None, mine.duty.due or mine.duty.opens, mine.duty.id))
    subjects = own_subjects(work, reader.person)
    own = [mine for mine in undone if mine.duty.subject in subjects]
    watched = [mine for mine in undone if mine.duty.subject not in subjects]
    new, lines, ways = _ledger(reader, found)
    mine = found.waiting.get(reader.person, ())
    gone = [one for one in found.unreachable if _covers(reader, one)]
    misnamed = [one for one in found.misnamed if _covers(reader, one.place)]
    week_begins = workday_not_after(found.today - timedelta(days=1)) < _monday(found.today)
    waits = bool(mine) and (week_begins or any(one.at > found.since for one in mine))
    if not (watched or new or waits or gone or misnamed or (own and table is not None)):
        # A reader's own duties alone are an ordinary reminder.
        return table
    heading, ways = _risen(work, reader, watched, (lines, ways), mine, gone, misnamed)
    if own:
        heading.append(Say("morning-own", number=len(own)))
    if table is None:
        return lists.screen(heading, [lists.entry(work, one) for one in own], 1, "a:tasks", ways)
    if own:
        ways.insert(0, Tap(Say("morning-button-own"), "a:tasks:"))
    return Draft((*heading, *table.lines), (*table.taps, *ways)[: lists.SCREEN])


def _risen(
    work: Work,
    reader: Reader,
    watched: Sequence[Mine],
    ledger: tuple[Sequence[Phrase], Sequence[Tap]],
    mine: Sequence[Waiting],
    gone: Sequence[Enterprise],
    misnamed: Sequence[Misnamed],
) -> tuple[list[Phrase], list[Tap]]:
    """What rose to a reader, a line for each kind, and the way on from it."""
    bureau = work.pack.city_bureau if reader.district is None else work.pack.district(reader.district).bureau
    lines: list[Phrase] = [Say("morning-heading", signature=signature(bureau), day=work.now.date())]
    ways: list[Tap] = []
    if watched:
        lines += [Say("escalation-intro"), *_overdue_lines(watched)]
        number, enterprises = duties.risen(work.conn, reader.district)
        if number:
            lines.append(Say("morning-overdue", number=number, enterprises=enterprises))
        ways.append(Tap(Say("morning-button-district"), "a:district:"))
    lines += ledger[0]
    ways += ledger[1]
    if mine:
        lines.append(Say("morning-waiting", number=len(mine)))
        ways.append(Tap(Say("morning-button-waiting"), "a:waiting:"))
    if gone:
        names = Listed(tuple(one.name for one in gone[:NAMED]))
        lines.append(Say("morning-unreachable", number=len(gone), names=names))
    lines += [
        Say("join-name-differs", place=one.place.name, registered=one.registered, name=one.name)
        for one in misnamed[:NAMED]
    ]
    return lines, ways


def _overdue_lines(watched: Sequence[Mine]) -> list[Phrase]:
    """What is overdue, by duty; where that does not fit on a screen, of enterprises the districts with their counts."""
    by_duty = lists.escalation_lines(watched)
    if len(by_duty) <= SCREEN:
        return by_duty
    number = Counter(mine.duty.district for mine in watched if mine.duty.enterprise is not None)
    who = {(mine.duty.district, mine.duty.enterprise) for mine in watched if mine.duty.enterprise is not None}
    enterprises = Counter(district for district, _ in who)
    by_district: list[Phrase] = [
        Say("morning-district", district=district, number=count, enterprises=enterprises[district])
        for district, count in sorted(number.items())
    ]
    return [*by_district, *lists.escalation_lines([mine for mine in watched if mine.duty.enterprise is None])]


def _ledger(reader: Reader, found: Facts) -> tuple[bool, list[Phrase], list[Tap]]:
    """Whether a hazard went overdue since the last card, and what is said of the ledger."""
    overdue = [one for one, where in found.overdue if _covers(reader, where)]
    again = [one for one, where in found.to_reinspect if _covers(reader, where)]
    new = any(one.deadline is not None and one.deadline >= found.since.date() for one in overdue)
    lines: list[Phrase] = []
    if overdue:
        lines.append(Say("morning-hazards", number=len(overdue)))
    if again:
        lines.append(Say("morning-reinspect", number=len(again)))
    return new, lines, [Tap(Say("option-hazards"), "a:hazards:")] if lines else []


def _covers(reader: Reader, where: Enterprise) -> bool:
    """Whether an enterprise is a clerk's; to the city those that it supervises itself rise, and no district's."""
    return where.municipal if reader.district is None else not where.municipal and where.district == reader.district


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
