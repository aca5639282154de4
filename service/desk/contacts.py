"""Who of an enterprise cannot be reached by a message, and why: a case for the telephone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from service.core.permissions import OFFICER, PRINCIPAL
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
    """Who holds which post, and where everybody can be written to."""

    holders: Mapping[tuple[str, str], Sequence[int]]
    addresses: frozenset[int]
    """People with an address that does not refuse us."""
    present: frozenset[int] = field(default=frozenset())
    """People with any address at all."""
    formerly: frozenset[tuple[str, str]] = field(default=frozenset())
    names: Mapping[int, str] = field(default_factory=dict[int, str])
    """What the people are called who hold a post."""

    def unreached(self, enterprises: Iterable[Enterprise]) -> list[Unreached]:
        """Every post of these at which no message arrives: first the principal's, then the officer's."""
        found: list[Unreached] = []
        for one in enterprises:
            for role, registered in ((PRINCIPAL, one.principal_name), (OFFICER, one.officer_name)):
                held = self.holders.get((role, one.code), ())
                if not held and registered:
                    why = "left" if (role, one.code) in self.formerly else "not-joined"
                    found.append(Unreached(one, role, registered, why))
                for holder in held:
                    if holder not in self.addresses:
                        why = "refused" if holder in self.present else "nowhere"
                        found.append(Unreached(one, role, self.names.get(holder, registered), why))
        return found


def reach(uow: UnitOfWork) -> Contacts:
    """Of everybody."""
    return Contacts(
        people.all_holders(uow.conn),
        frozenset(people.reachable(uow.conn)),
        frozenset(person for person, _ in people.all_channels(uow.conn)),
        frozenset(progress.formerly(uow.conn)),
        {one.id: one.name for one in people.everybody(uow.conn)},
    )


def reach_of(uow: UnitOfWork, code: str) -> Contacts:
    """Of the people of one enterprise."""
    holders = {(role, code): people.holders(uow.conn, role, code) for role in (PRINCIPAL, OFFICER)}
    held = [person for one in holders.values() for person in one]
    return Contacts(
        holders,
        frozenset(person for person in held if people.address_of(uow.conn, person) is not None),
        frozenset(person for person in held if people.addresses_of(uow.conn, person)),
        frozenset(progress.formerly(uow.conn, code)),
        {one: person.name for one in held if (person := people.person(uow.conn, one)) is not None},
    )


def of_place(uow: UnitOfWork, district: str | None) -> list[Unreached]:
    """Whom no message reaches in a district (None: in the city), by district and enterprise."""
    every = registry.all_enterprises(uow.conn).values()
    here = [one for one in every if district in (None, one.district)]
    return reach(uow).unreached(sorted(here, key=lambda one: (one.district, one.name, one.code)))
