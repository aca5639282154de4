"""Who owes what as a workbook: every duty of every enterprise of a place, and whom no message reaches."""

from dataclasses import dataclass
from datetime import date, datetime

from campaign.duties import title_of
from service.desk import owes, phone_mark, reaching
from service.desk.owes import Place
from service.letters import answer
from service.permissions import Act, Target, may
from service.work import Paper, PaperKind, Speaker, Work
from storage import audit, by_phone, duties
from storage import owes as stored
from storage.owes import Owed, Stand
from talk.texts import CHINESE, Say, render


@dataclass(frozen=True, slots=True)
class Line:
    """A duty of an enterprise, in Chinese; days and instants are in the house's zone."""

    district: str
    enterprise: str
    code: str
    supervisor: str
    title: str
    due: date | None
    state: str
    days_late: int
    answered_at: datetime | None
    receipt: str
    mark: str
    """代录, with its people; nothing: answered by the enterprise itself."""
    reason: str
    """说明情况."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A post at which no message arrives."""

    district: str
    enterprise: str
    code: str
    supervisor: str
    role: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How a place stands, to be handed on."""

    place: str
    at: datetime
    duties: tuple[Line, ...]
    unreachable: tuple[Unreachable, ...]
    rehearsal: bool


def ask(work: Work, me: Speaker, place: Place) -> None:
    """The workbook is drawn after the commit; who had it, and how much stands in it, is on record."""
    if not may(work, me.person, Act.HAND_ON_PROGRESS, Target(place.district)):
        answer(work, me, Say("not-allowed"))
        return
    number = sum(tally.total() for tally in stored.by_duty(work.conn, work.now, place.district).values())
    unreachable = len(reaching.of_place(work, place.district))
    if not number and not unreachable:
        answer(work, me, Say("owes-export-empty", place=place.name))
        return
    audit.note(
        work.conn, work.now, "progress-exported", me.person, f"place/{place.name}", duties=number, people=unreachable
    )
    line = Say("owes-export-ready", place=place.name, number=number, at=work.now)
    work.papers.append(Paper(PaperKind.OWES, "", ((me.person, line),), place=place.name))
    answer(work, me, Say("owes-making"))


def gathered(work: Work, paper: Paper) -> Progress:
    """What the workbook says."""
    place = paper.place or work.pack.city
    district = None if place == work.pack.city else place
    rows = stored.listed(work.conn, work.now, district)
    reasons = {number: render(said, CHINESE) for number, said in owes.reasons(work, rows).items()}
    receipts = duties.receipts_of(work.conn)
    phoned = by_phone.among(
        work.conn, [row.duty.conversation for row in rows if row.by_phone and row.duty.conversation]
    )
    marks = {number: render(phone_mark.full(work, phone), CHINESE) for number, phone in phoned.items()}
    return Progress(
        place=place,
        at=work.now,
        duties=tuple(
            _line(work, row, receipts.get(row.duty.id, ""), marks.get(row.duty.conversation or 0, ""), reasons)
            for row in rows
        ),
        unreachable=tuple(
            Unreachable(
                one.enterprise.district,
                one.enterprise.name,
                one.enterprise.code,
                one.enterprise.supervisor,
                render(Say("role", role=one.role), CHINESE),
                one.name,
                render(one.reason, CHINESE),
            )
            for one in reaching.of_place(work, district)
        ),
        rehearsal=work.rehearsal,
    )


def _line(work: Work, row: Owed, receipt: str, mark: str, reasons: dict[int, str]) -> Line:
    zone, duty = work.house.zone, row.duty
    due = None if duty.due is None else duty.due.astimezone(zone).date()
    return Line(
        district=duty.district,
        enterprise=row.name,
        code=str(duty.enterprise),
        supervisor=row.supervisor,
        title=title_of(work.pack.obligation(duty.obligation), duty.period).zh,
        due=due,
        state=render(Say("owes-stand", stand=row.stand), CHINESE),
        days_late=(work.now.date() - due).days if due is not None and row.stand is Stand.OVERDUE else 0,
        answered_at=None if duty.answered_at is None else duty.answered_at.astimezone(zone),
        receipt=receipt,
        mark=mark,
        reason=reasons.get(duty.id, ""),
    )
