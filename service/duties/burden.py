"""The burden meter: how often people are reminded and for how many minutes they are asked, and the cap on it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.roles import OFFICER, PRINCIPAL
from service.core.unit_of_work import UnitOfWork
from storage import burden, duties, people
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Month:
    """What was asked of somebody in a month (`2023-06`): reminders sent, and minutes by the pack's estimate of
    the duties that opened for them.
    """

    person: Person
    month: str
    messages: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Cap:
    """How many reminders people of an enterprise are sent at the most: one a day, and so many a week (from
    Monday). Then there are no more until the next but for what is due by tomorrow; the next rung comes of itself.
    Clerks and the city are not capped: what reaches them is escalated already.
    """

    most: int
    sent: dict[int, int]
    today: frozenset[int]
    """Who was reminded today."""
    capped: frozenset[int]
    monday: date
    """Of the next week."""

    def is_last(self, person: int) -> bool:
        """The next reminder is the week's last: it then names all that falls due until the next can come."""
        return person in self.capped and self.sent.get(person, 0) == self.most - 1

    def is_reached(self, person: int) -> bool:
        """The reminders of the day or the week are used up."""
        return person in self.capped and (person in self.today or self.sent.get(person, 0) >= self.most)


def cap(uow: UnitOfWork, holders: Mapping[tuple[str, str], Sequence[int]]) -> Cap:
    """The cap of the present week, with what was sent in it. `holders`: who holds each role for each subject."""
    today = uow.now.date()
    monday = today - timedelta(days=today.weekday())
    return Cap(
        most=uow.pack.burden.weekly_reminders,
        sent=burden.between(uow.conn, monday, today),
        today=frozenset(person for person, sent in burden.between(uow.conn, today, today).items() if sent > 0),
        capped=frozenset(
            person for (role, _), held in holders.items() if role in (PRINCIPAL, OFFICER) for person in held
        ),
        monday=monday + timedelta(days=7),
    )


def note(uow: UnitOfWork, person: int, messages: int) -> None:
    """Somebody is reminded today."""
    burden.add(uow.conn, person, uow.now.date(), messages)


def this_month(uow: UnitOfWork, person: int) -> int:
    """Return how many reminders somebody was sent since the month began."""
    today = uow.now.date()
    return burden.between(uow.conn, today.replace(day=1), today).get(person, 0)


def by_month(uow: UnitOfWork) -> list[Month]:
    """Return what was asked of everybody who has not left, by person and month."""
    messages: Counter[tuple[int, str]] = Counter()
    for row in burden.every_day(uow.conn):
        messages[row.person, f"{row.day:%Y-%m}"] += row.messages
    minutes: Counter[tuple[int, str]] = Counter()
    principals = people.all_holders(uow.conn)
    for duty in duties.find(uow.conn):
        if duty.enterprise is None or duty.status == "withdrawn" or duty.opens > uow.now:
            continue
        for person in principals.get((PRINCIPAL, duty.enterprise), ()):
            month = f"{duty.opens.astimezone(uow.context.zone):%Y-%m}"
            minutes[person, month] += uow.pack.obligation(duty.obligation).minutes
    known = {person.id: person for person in people.everybody(uow.conn)}
    return [
        Month(known[person], month, messages[person, month], minutes[person, month])
        for person, month in sorted({*messages, *minutes})
        if person in known
    ]
