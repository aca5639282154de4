"""Roles as they read."""

from service.core.unit_of_work import UnitOfWork
from storage import people
from talk.texts import Phrase, Say, listed


def place_of(uow: UnitOfWork, subject: str) -> str:
    """Return how the subject of a role is called: the name of the enterprise; a district or the city as it is."""
    place = people.enterprise_place(uow.conn, subject)
    return subject if place is None else place[0]


def roles_in_words(uow: UnitOfWork, person: int) -> Say:
    """A person's roles as they read: 沈阳…有限公司主要负责人、…; what is still to be accepted says so."""
    named: list[Phrase] = []
    for membership in people.roles(uow.conn, person):
        where, role = place_of(uow, membership.subject), Say("role", role=membership.role)
        pending = membership.state == "pending"
        named.append(Say("role-pending", place=where, role=role) if pending else Say("role-at", place=where, role=role))
    return listed(named)


def reserved_names(uow: UnitOfWork) -> tuple[str, ...]:
    """Return the names of the districts, the city and their bureaus, which nobody can bear."""
    bureaus = (name for district in uow.pack.districts for name in (district.name, district.bureau))
    return (uow.pack.city, uow.pack.city_bureau, *bureaus)
