"""/accident 事故报告: an accident is reported at any time, told at once to the department and the city, added to."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from campaign.accidents import ADDED_WITHIN, PASS_ON_WITHIN, REPORT_WITHIN
from campaign.roles import CITY, CLERK, LEADER, OFFICER, PRINCIPAL
from campaign.talks.accidents import AccidentBrief, AccidentTold
from service.accidents import actions
from service.core import whose
from service.core.letters import Draft, answer, send, signature, tell
from service.core.listing import Entry, screen
from service.core.permissions import (
    Act,
    Needed,
    allows,
    enterprises_of,
    may,
    needed,
    require,
    subjects_of,
    supervisor,
)
from service.core.refusal import RefusedError, existing, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.enforcement.actions import ENTER
from service.hazards.letters import supervisors
from service.talks import flow
from storage import accidents, outbox, people, registry
from storage.accidents import AccidentReport
from storage.conversations import Conversation
from storage.registry import Enterprise
from talk.actions import Tap
from talk.texts import Listed, Phrase, Say

KIND = "accident"
"""The kind of a letter that tells of an accident."""


def to_report(uow: UnitOfWork, talk: Conversation, brief: AccidentBrief) -> Needed | None:
    """Return what somebody needs who reports an accident."""
    del talk
    return needed(registry.enterprise(uow.conn, brief.enterprise), Act.REPORT_ACCIDENT)


def asked(uow: UnitOfWork, me: Speaker) -> None:
    """/accident: who belongs to an enterprise reports one, or adds to those of late; staff see those of their place."""
    own = enterprises_of(uow, me.person, Act.REPORT_ACCIDENT)
    if not own or _of_late(uow, me.person):
        send(uow, me, listing(uow, me, 1))
    else:
        begin(uow, me)


def begin(uow: UnitOfWork, me: Speaker, code: str = "") -> None:
    """报告事故: in one's enterprise; who serves several says which. RefusedError for who belongs to none."""
    own = enterprises_of(uow, me.person, Act.REPORT_ACCIDENT)
    wanted = [enterprise for enterprise in own if enterprise.code == code] or own
    if not wanted:
        raise not_allowed()
    if len(wanted) > 1:
        names = whose.labels(uow, me.person, (enterprise.code for enterprise in wanted))
        taps = [actions.REPORT.tap(name, code) for code, name in names.items()]
        answer(uow, me, Say("accident-which"), taps=taps)
        return
    flow.begin(uow, me, _brief(uow, wanted[0], None))


def begin_addition(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """补报: what is new about an accident. RefusedError: it is not one's own, or is too long ago."""
    first, enterprise = _seen(uow, me, number)
    require(uow, me, Act.REPORT_ACCIDENT, enterprise)
    if uow.now - first.happened_at > ADDED_WITHIN:
        raise RefusedError(Say("accident-over", number=first.id, days=ADDED_WITHIN.days, bureau=enterprise.supervisor))
    flow.begin(uow, me, _brief(uow, enterprise, first.id))


def _brief(uow: UnitOfWork, enterprise: Enterprise, first: int | None) -> AccidentBrief:
    return AccidentBrief(
        enterprise=enterprise.code,
        name=enterprise.name,
        bureau=enterprise.supervisor,
        city=uow.pack.city_bureau,
        hours=REPORT_WITHIN // timedelta(hours=1),
        first=first,
    )


def filed(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: AccidentBrief, told: AccidentTold) -> None:
    """Keep a report that was confirmed, and tell it at once: to the department, the city, and who leads the enterprise.
    Where no message reaches anybody of the department, whoever reports is told so.
    """
    del talk
    enterprise = existing(registry.enterprise(uow.conn, brief.enterprise))
    require(uow, me, Act.REPORT_ACCIDENT, enterprise)
    before = None if brief.first is None else existing(accidents.get(uow.conn, brief.first))
    happened = before.happened_at if before is not None else min(told.happened or uow.now, uow.now)
    number = accidents.add(
        uow.conn,
        enterprise=enterprise.code,
        district=enterprise.district,
        first=brief.first,
        by=me.person,
        at=uow.now,
        place=told.place if before is None else before.place,
        happened_at=happened,
        what=told.what,
        dead=told.dead,
        missing=told.missing,
        injured=told.injured,
        loss=told.loss,
        measures=told.measures,
    )
    hurt = [told.dead, told.missing, told.injured]
    uow.note("accident-reported", f"enterprise/{enterprise.code}", report=number, first=brief.first, hurt=hurt)
    report = existing(accidents.get(uow.conn, number))
    staff = _staff(uow, enterprise)
    reached = _tell(uow, staff, report, enterprise)
    chiefs = [who for role in (PRINCIPAL, OFFICER) for who in people.holders(uow.conn, role, enterprise.code)]
    _tell(uow, [who for who in dict.fromkeys(chiefs) if who != me.person], report, enterprise)
    answer(
        uow,
        me,
        Say("accident-filed", number=_first_of(report), bureau=enterprise.supervisor, city=uow.pack.city_bureau)
        if reached
        else Say("accident-filed-unread", number=_first_of(report), bureau=enterprise.supervisor),
        Say("accident-filed-law", days=ADDED_WITHIN.days),
        taps=[actions.ADD.tap(Say("accident-option-add"), _first_of(report))],
    )


def _staff(uow: UnitOfWork, enterprise: Enterprise) -> list[int]:
    return list(dict.fromkeys([*supervisors(uow, enterprise), *people.holders(uow.conn, CITY, uow.pack.city)]))


def _first_of(report: AccidentReport) -> int:
    return report.id if report.first is None else report.first


def _tell(uow: UnitOfWork, readers: Sequence[int], report: AccidentReport, enterprise: Enterprise) -> int:
    """Tell people of a report; return how many a message can reach."""
    told = 0
    for person in readers:
        staff = may(uow, person, Act.NOTE_ACCIDENT, enterprise)
        head = Say("accident-told-added" if report.first else "accident-told", **_heading(enterprise, report))
        law = Say("accident-law", hours=PASS_ON_WITHIN // timedelta(hours=1)) if staff else None
        draft = Draft((head, *_lines(uow, report), law), _taps(uow, person, report, enterprise), of=enterprise.code)
        dedupe = f"{uow.cause}/accident/{report.id}/{person}"
        # What is about people's lives waits for nothing.
        told += tell(uow, person, draft, kind=KIND, dedupe=dedupe, priority=outbox.PERMIT)
    return told


def _heading(enterprise: Enterprise, report: AccidentReport) -> dict[str, Phrase | int]:
    return {
        "signature": signature(enterprise.supervisor),
        "name": enterprise.name,
        "number": _first_of(report),
    }


def _lines(uow: UnitOfWork, report: AccidentReport) -> Iterable[Phrase | None]:
    zone = uow.context.zone
    happened, at = report.happened_at.astimezone(zone), report.at.astimezone(zone)
    yield Say("accident-where", place=report.place, at=happened)
    yield _casualties(report)
    yield Say("accident-said", what=report.what)
    yield Say("accident-cost", loss=report.loss) if report.loss else None
    yield Say("accident-done", measures=report.measures)
    minutes = int((report.at - report.happened_at).total_seconds() // 60)
    yield Say("accident-by", name=_name(uow, report.by), at=at, after=_after(minutes))


def _casualties(report: AccidentReport) -> Say:
    return Say("accident-casualties", dead=report.dead, missing=report.missing, injured=report.injured)


def _after(minutes: int) -> Say:
    hours, rest = divmod(minutes, 60)
    return Say("accident-minutes", minutes=rest) if not hours else Say("accident-hours", hours=hours, minutes=rest)


def _name(uow: UnitOfWork, person: int) -> str:
    found = people.person(uow.conn, person)
    return "" if found is None else found.name


def _taps(uow: UnitOfWork, person: int, report: AccidentReport, enterprise: Enterprise) -> tuple[Tap, ...]:
    first = _first_of(report)
    if may(uow, person, Act.REPORT_ACCIDENT, enterprise):
        return (actions.ADD.tap(Say("accident-option-add"), first),)
    if not may(uow, person, Act.NOTE_ACCIDENT, enterprise):
        return ()
    seen = () if report.seen_at is not None else (actions.SEEN.tap(Say("accident-option-seen"), report.id),)
    column = uow.pack.columns.index(supervisor(uow.pack, enterprise))
    enter = (ENTER.tap(Say("accident-option-enter"), column),) if _enters(uow, person, enterprise) else ()
    return (*seen, *enter)


def _enters(uow: UnitOfWork, person: int, enterprise: Enterprise) -> bool:
    """Return whether somebody enters for the column that the enterprise is counted in."""
    roles = (CITY,) if enterprise.municipal else (CLERK,)
    place = uow.pack.city if enterprise.municipal else enterprise.district
    return place in subjects_of(uow, person, roles)


def _seen(uow: UnitOfWork, me: Speaker, number: int) -> tuple[AccidentReport, Enterprise]:
    """Return the first report of an accident. RefusedError: there is none that this person may see."""
    report = existing(accidents.get(uow.conn, number))
    first = report if report.first is None else existing(accidents.get(uow.conn, report.first))
    enterprise = existing(registry.enterprise(uow.conn, first.enterprise))
    if not allows(uow, me, Act.SEE_ACCIDENT, enterprise):
        raise not_allowed()
    return first, enterprise


def card(uow: UnitOfWork, me: Speaker, number: int) -> Draft:
    """Return an accident with all that was added to it. RefusedError: it is not to be seen."""
    first, enterprise = _seen(uow, me, number)
    every = accidents.of_accident(uow.conn, first.id)
    zone = uow.context.zone
    additions = tuple(
        Say(
            "accident-added",
            at=report.at.astimezone(zone),
            name=_name(uow, report.by),
            casualties=_casualties(report),
            what=report.what,
        )
        for report in every[1:]
    )
    seen = tuple(
        Say("accident-noted", name=_name(uow, report.seen_by), at=report.seen_at.astimezone(zone))
        for report in every
        if report.seen_by is not None and report.seen_at is not None
    )
    heading = Say("accident-told", **_heading(enterprise, first))
    newest = next((report for report in reversed(every) if report.seen_at is None), every[-1])
    return Draft((heading, *_lines(uow, first), *additions, *seen), _taps(uow, me.person, newest, enterprise))


def noted(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """收到: the department has read a report; who made it is told, once."""
    report = existing(accidents.get(uow.conn, number, lock=True))
    enterprise = existing(registry.enterprise(uow.conn, report.enterprise))
    require(uow, me, Act.NOTE_ACCIDENT, enterprise)
    if report.seen_at is None:
        accidents.mark_seen(uow.conn, report.id, me.person, uow.now)
        uow.note("accident-noted", f"enterprise/{enterprise.code}", report=report.id)
        told = Say("accident-taken-note", number=_first_of(report), bureau=enterprise.supervisor, name=me.name)
        draft = Draft((told,), of=enterprise.code)
        dedupe = f"{uow.cause}/accident-noted/{report.id}"
        tell(uow, report.by, draft, kind=KIND, dedupe=dedupe, priority=outbox.PERMIT)
    send(uow, me, card(uow, me, number))


def listing(uow: UnitOfWork, me: Speaker, page: int) -> Draft:
    """Return a page of the accidents of the last 30 days: of one's enterprise, of one's place. RefusedError for who has
    none of both.
    """
    own = enterprises_of(uow, me.person, Act.REPORT_ACCIDENT)
    if not own and not subjects_of(uow, me.person, (CLERK, LEADER, CITY)):
        raise not_allowed()
    found = _of_late(uow, me.person)
    ways = (actions.REPORT.tap(Say("accident-option-report"), own[0].code if len(own) == 1 else ""),) if own else ()
    if not found:
        return Draft((Say("accidents-none", places=_places(uow, me.person, own), days=ADDED_WITHIN.days),), ways)
    names = registry.names(uow.conn, {report.enterprise for report in found})
    entries = [_entry(uow, report, names[report.enterprise]) for report in found]
    places = _places(uow, me.person, own)
    heading = Say("accidents-heading", places=places, days=ADDED_WITHIN.days, number=len(found))
    return screen([heading], entries, page, actions.LIST.data, ways)


def _places(uow: UnitOfWork, person: int, own: Sequence[Enterprise]) -> Say:
    """Return the enterprises and districts, or the city, whose accidents somebody sees."""
    city = [uow.pack.city] if subjects_of(uow, person, (CITY,)) else []
    names = [*(enterprise.name for enterprise in own), *subjects_of(uow, person, (CLERK, LEADER)), *city]
    return Say("listed", items=Listed(tuple(names)))


def _entry(uow: UnitOfWork, report: AccidentReport, name: str) -> Entry:
    at: datetime = report.happened_at.astimezone(uow.context.zone)
    title = Say("accident-entry", number=report.id, name=name, place=report.place)
    return Entry(title, Say("accident-entry-when", at=at, casualties=_casualties(report)), actions.SHOW.data(report.id))


def _of_late(uow: UnitOfWork, person: int) -> list[AccidentReport]:
    own = [enterprise.code for enterprise in enterprises_of(uow, person, Act.REPORT_ACCIDENT)]
    whole = bool(subjects_of(uow, person, (CITY,)))
    districts = None if whole else subjects_of(uow, person, (CLERK, LEADER))
    return accidents.firsts(uow.conn, uow.now - ADDED_WITHIN, enterprises=own, districts=districts)
