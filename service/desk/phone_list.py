"""电话名单: who is to be telephoned, by the department in charge. Everybody of whom something is overdue, and everybody
whom no message reaches; with the numbers that the registry has of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import ClassVar, Final

from campaign.duties import title_of
from campaign.roles import PRINCIPAL
from service.core.letters import answer
from service.core.papers import Paper
from service.core.permissions import Act, Area, Needed, Permission
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import contacts, places
from service.desk.contacts import Contacts
from service.registry import phone_numbers
from storage import progress, registry
from storage.progress import Owed
from storage.registry import Enterprise
from talk.texts import CHINESE, Phrase, Say, render

TITLES: Final = 5
"""Duties that a line names; how many there are stands before them."""


@dataclass(frozen=True, slots=True)
class ToCall:
    """Somebody to be telephoned, in Chinese, with the reason; `owed` and `since`: what is overdue from which day on."""

    enterprise: str
    code: str
    district: str
    name: str
    role: str
    reason: str
    supervisor: str = ""
    owed: str = ""
    since: date | None = None
    held: str = ""
    """The role (`campaign.roles`)."""
    telephone: str = ""
    """Their own number, else that of the enterprise; "": the registry has none."""


@dataclass(frozen=True, slots=True)
class PhoneList:
    """The list of a place, those of one department together."""

    place: str
    at: datetime
    calls: tuple[ToCall, ...]
    rehearsal: bool


@dataclass(frozen=True, slots=True)
class PhoneListPaper(Paper[PhoneList]):
    """Who is to be telephoned in a place (`district` None: in the city), as a workbook."""

    kind: ClassVar[str] = "phone-list"
    place: str
    district: str | None

    @property
    def subject(self) -> str:
        return f"place/{self.place}"

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        del person
        return Needed(Area(self.district), (Act.HAND_ON_PROGRESS,))

    def gather(self, uow: UnitOfWork) -> PhoneList:
        return PhoneList(self.place, uow.now, tuple(with_numbers(uow, calls(uow, self.district))), uow.rehearsal)

    def people(self, uow: UnitOfWork, facts: PhoneList) -> int:
        return len(facts.calls)


def ask(uow: UnitOfWork, me: Speaker, which: int | None) -> None:
    """Have the list made as a workbook; who had it, and how many people stand in it, is on record."""
    place = places.handed_on(uow, me, which)
    number = len(calls(uow, place.district))
    if not number:
        raise RefusedError(Say("phone-list-empty", place=place.name))
    uow.note("phone-list-exported", f"place/{place.name}", people=number)
    line = Say("phone-list-ready", place=place.name, people=number, at=uow.now)
    uow.papers.append(PhoneListPaper(((me.person, line),), place.name, place.district))
    answer(uow, me, Say("owes-making"))


def calls(uow: UnitOfWork, district: str | None) -> list[ToCall]:
    """Return who is to be telephoned in a district (None: in the city), by department and enterprise."""
    everybody = contacts.of_everybody(uow)
    late: dict[str, list[Owed]] = {}
    for row in progress.listed(uow.conn, uow.now, district, overdue=True):
        if row.duty.enterprise is not None:
            late.setdefault(row.duty.enterprise, []).append(row)
    every = registry.all_enterprises(uow.conn).values()
    here = [enterprise for enterprise in every if district in (None, enterprise.district)]
    return [
        call
        for enterprise in sorted(here, key=attrgetter("supervisor", "district", "name", "code"))
        for call in _of(uow, enterprise, late.get(enterprise.code, []), everybody)
    ]


def with_numbers(uow: UnitOfWork, found: Sequence[ToCall]) -> list[ToCall]:
    """Return people to be telephoned with their numbers; whoever hands it on leaves a row in the audit."""
    known = phone_numbers.of_several(uow, (one.code for one in found))
    return [replace(one, telephone=phone_numbers.chosen(known.get(one.code, {}), one.held)) for one in found]


def _of(uow: UnitOfWork, enterprise: Enterprise, late: Sequence[Owed], everybody: Contacts) -> Iterator[ToCall]:
    # Of one at a standstill only what was overdue before is a reason to call.
    looked_at = [enterprise] if late or enterprise.is_active else []
    unreached: dict[tuple[str, str], Phrase] = {
        (post.role, post.name): post.reason for post in everybody.unreached(looked_at)
    }
    if late and not any(role == PRINCIPAL for role, _ in unreached):
        holders = everybody.holders.get((PRINCIPAL, enterprise.code), ())
        held = [everybody.names[person] for person in holders if person in everybody.names]
        name = next(iter(held), enterprise.principal_name)
        unreached = {(PRINCIPAL, name): "", **unreached}
    # What is not met is late from the day that was promised.
    since = [row.duty.met_by or (row.duty.due and row.duty.due.astimezone(uow.context.zone).date()) for row in late]
    days = [day for day in since if day is not None]
    for (role, name), reason in unreached.items():
        yield call(enterprise, role, name, reason, owed=_owed(uow, late), since=min(days, default=None))


def call(
    enterprise: Enterprise, role: str, name: str, reason: Phrase, *, owed: str = "", since: date | None = None
) -> ToCall:
    """Return somebody of an enterprise to be telephoned, in Chinese."""
    return ToCall(
        enterprise=enterprise.name,
        code=enterprise.code,
        district=enterprise.district,
        name=name,
        role=render(Say("role", role=role), CHINESE),
        held=role,
        reason=render(reason, CHINESE),
        supervisor=enterprise.supervisor,
        owed=owed,
        since=since,
    )


def _owed(uow: UnitOfWork, late: Sequence[Owed]) -> str:
    if not late:
        return ""
    titles = [
        title_of(uow.pack.obligation(row.duty.obligation), row.duty.period, owed=True).zh for row in late[:TITLES]
    ]
    return f"{len(late)}项：{'、'.join(titles)}{'等' if len(late) > TITLES else ''}"
