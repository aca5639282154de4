"""Who owes what as a workbook: every duty of every enterprise of a place, and whom no message reaches."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from campaign.duties import DutyStanding, title_of
from service.core.letters import answer
from service.core.papers import Paper
from service.core.permissions import Act, Area, Needed, Permission
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import contacts, phone_list, places
from service.desk.phone_list import ToCall
from service.desk.progress import reasons
from service.duties import phone_mark
from storage import duties, progress
from storage.progress import Owed
from talk.texts import CHINESE, Say, listed, render


@dataclass(frozen=True, slots=True)
class Line:
    """A duty of an enterprise, in Chinese; days and instants are in the zone of the settings."""

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
    """说明情况, or why what was reported does not meet the clause."""
    met_by: date | None
    """By which day it is promised that it will."""
    missing: str
    """The evidence that was not attached."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a place stands, to be handed on."""

    place: str
    at: datetime
    duties: tuple[Line, ...]
    unreachable: tuple[ToCall, ...]
    rehearsal: bool


def ask(uow: UnitOfWork, me: Speaker, which: int | None) -> None:
    """Have the workbook drawn after the commit; who had it, and how much stands in it, is on record."""
    place = places.handed_on(uow, me, which)
    number = sum(tally.total() for tally in progress.by_duty(uow.conn, uow.now, place.district).values())
    unreachable = len(contacts.of_place(uow, place.district))
    if not number and not unreachable:
        raise RefusedError(Say("owes-export-empty", place=place.name))
    uow.note("progress-exported", f"place/{place.name}", duties=number, people=unreachable)
    line = Say("owes-export-ready", place=place.name, number=number, at=uow.now)
    uow.papers.append(ProgressPaper(((me.person, line),), place.name, place.district))
    answer(uow, me, Say("owes-making"))


@dataclass(frozen=True, slots=True)
class ProgressPaper(Paper[Progress]):
    """Who owes what in a place (`district` None: in the city), and whom no message reaches, as a workbook."""

    kind: ClassVar[str] = "owes"
    place: str
    district: str | None

    @property
    def subject(self) -> str:
        return f"place/{self.place}"

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        del person
        return Needed(Area(self.district), (Act.HAND_ON_PROGRESS,))

    def gather(self, uow: UnitOfWork) -> Progress:
        rows = progress.listed(uow.conn, uow.now, self.district)
        told = {number: render(said, CHINESE) for number, said in reasons(uow, rows).items()}
        receipts = duties.receipts_of(uow.conn)
        phoned = phone_mark.among(uow, [row.duty for row in rows if row.by_phone])
        marks = {number: render(phone_mark.full(uow, phone), CHINESE) for number, phone in phoned.items()}
        return Progress(
            place=self.place,
            at=uow.now,
            duties=tuple(
                _line(uow, row, receipts.get(row.duty.id, ""), marks.get(row.duty.id, ""), told) for row in rows
            ),
            unreachable=tuple(
                phone_list.with_numbers(
                    uow,
                    [
                        phone_list.call(post.enterprise, post.role, post.name, post.reason)
                        for post in contacts.of_place(uow, self.district)
                    ],
                )
            ),
            rehearsal=uow.rehearsal,
        )

    def people(self, uow: UnitOfWork, facts: Progress) -> int:
        return len(facts.unreachable)


def _line(uow: UnitOfWork, row: Owed, receipt: str, mark: str, reasons: dict[int, str]) -> Line:
    zone, duty = uow.context.zone, row.duty
    due = None if duty.due is None else duty.due.astimezone(zone).date()
    return Line(
        district=duty.district,
        enterprise=row.name,
        code=str(duty.enterprise),
        supervisor=row.supervisor,
        title=title_of(uow.pack.obligation(duty.obligation), duty.period, owed=duty.status in duties.UNDONE).zh,
        due=due,
        state=render(Say("owes-stand", stand=row.standing), CHINESE),
        days_late=(uow.now.date() - due).days if due is not None and row.standing is DutyStanding.OVERDUE else 0,
        answered_at=None if duty.answered_at is None else duty.answered_at.astimezone(zone),
        receipt=receipt,
        mark=mark,
        reason=reasons.get(duty.id, ""),
        met_by=duty.met_by,
        missing=render(listed((*duty.judged.required, *duty.judged.wanted)), CHINESE),
    )
