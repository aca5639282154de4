"""Who of an enterprise cannot be reached by a message, and why: a case for the telephone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from campaign.roles import OFFICER, PRINCIPAL
from service.core.unit_of_work import UnitOfWork
from storage import people, progress, registry
from storage.registry import Enterprise
from talk.texts import Say


@dataclass(frozen=True, slots=True)
class Unreached:
    """A post of an enterprise at which no message arrives; whoever has not joined goes by the registry's name."""

    enterprise: Enterprise
    role: str
    name: str
    why: str
    """not-joined, left, refused (blocked the bot), nowhere (has no chat any more)."""

    @property
    def reason(self) -> Say:
        """In words."""
        return Say("owes-unreached", why=self.why)


@dataclass(frozen=True, slots=True)
class Contacts:
    """The holders of posts, and whether a message reaches them."""

    holders: Mapping[tuple[str, str], Sequence[int]]
    addresses: frozenset[int]
    """People with an address that does not refuse us."""
    present: frozenset[int] = field(default=frozenset())
    """People with any address at all."""
    formerly: frozenset[tuple[str, str]] = field(default=frozenset())
    names: Mapping[int, str] = field(default_factory=dict[int, str])
    """The names of those who hold a post."""

    def unreached(self, enterprises: Iterable[Enterprise]) -> list[Unreached]:
        """Return every post of these at which no message arrives: first the principal's, then the officer's."""
        found: list[Unreached] = []
        for enterprise in enterprises:
            for role, registered in ((PRINCIPAL, enterprise.principal_name), (OFFICER, enterprise.officer_name)):
                held = self.holders.get((role, enterprise.code), ())
                if not held and registered:
                    why = "left" if (role, enterprise.code) in self.formerly else "not-joined"
                    found.append(Unreached(enterprise, role, registered, why))
                for holder in held:
                    if holder not in self.addresses:
                        why = "refused" if holder in self.present else "nowhere"
                        found.append(Unreached(enterprise, role, self.names.get(holder, registered), why))
        return found


def of_everybody(uow: UnitOfWork) -> Contacts:
    """Return who holds which post in any enterprise, and where they can be written to."""
    return Contacts(
        people.all_holders(uow.conn),
        frozenset(people.reachable(uow.conn)),
        frozenset(person for person, _ in people.all_channels(uow.conn)),
        frozenset(progress.formerly(uow.conn)),
        {person.id: person.name for person in people.everybody(uow.conn)},
    )


def of_enterprise(uow: UnitOfWork, code: str) -> Contacts:
    """Return who holds which post in one enterprise, and where they can be written to."""
    holders = {(role, code): people.holders(uow.conn, role, code) for role in (PRINCIPAL, OFFICER)}
    held = [person for of_role in holders.values() for person in of_role]
    return Contacts(
        holders,
        frozenset(person for person in held if people.address_of(uow.conn, person) is not None),
        frozenset(person for person in held if people.addresses_of(uow.conn, person)),
        frozenset(progress.formerly(uow.conn, code)),
        {number: person.name for number in held if (person := people.person(uow.conn, number)) is not None},
    )


def of_place(uow: UnitOfWork, district: str | None) -> list[Unreached]:
    """Return the posts that no message reaches in a district (None: in the city), by district and enterprise; of those
    that are at work.
    """
    every = registry.all_enterprises(uow.conn).values()
    here = [enterprise for enterprise in every if enterprise.is_active and district in (None, enterprise.district)]
    return of_everybody(uow).unreached(sorted(here, key=attrgetter("district", "name", "code")))
