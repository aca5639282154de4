"""Who signs a spot check: 谁检查、谁签名、谁负责 (三(二)3). An inspector is a name; whoever of its bureau is called so
signs on the own phone. Where nobody is, a colleague hands over a one-time code.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from campaign.roles import CITY, CLERK, LEADER
from service.core.unit_of_work import UnitOfWork
from storage import checks, people
from storage.checks import Check, Signature
from talk.cleaning import likeness
from talk.texts import Say, listed


@dataclass(frozen=True, slots=True)
class Bureau:
    """The people of the bureau that checked, by their names however these are spelt."""

    people: Mapping[str, frozenset[int]]

    def members(self, name: str) -> frozenset[int]:
        """Return who goes by a name: nobody, where the inspector has no bot, or left."""
        return self.people.get(likeness(name), frozenset())

    def own(self, person: int, signatures: Sequence[Signature]) -> Signature | None:
        """Return the signature that is still wanted of somebody; None: none."""
        return next((one for one in signatures if one.signed_at is None and person in self.members(one.name)), None)

    def without_bot(self, signatures: Sequence[Signature]) -> list[Signature]:
        """Return the signatures that are wanted of people who cannot give them on a phone of their own."""
        return [one for one in signatures if one.signed_at is None and not self.members(one.name)]


NOBODY: Final = Bureau({})


def bureau(uow: UnitOfWork, place: str) -> Bureau:
    """Return the people of the bureau of a place: the city's for what the city checks itself."""
    if place == uow.pack.annex.city_column:
        found = people.holders(uow.conn, CITY, uow.pack.city)
    else:
        found = [person for role in (CLERK, LEADER) for person in people.holders(uow.conn, role, place)]
    named: defaultdict[str, set[int]] = defaultdict(set)
    for person, name in people.names(uow.conn, found).items():
        named[likeness(name)].add(person)
    return Bureau({name: frozenset(persons) for name, persons in named.items()})


def of(uow: UnitOfWork, check: Check) -> list[Signature]:
    """Return who signed a check, and who is still to."""
    return checks.signatures(uow.conn, [check.id])[check.id]


def line(uow: UnitOfWork, signatures: Sequence[Signature]) -> Say:
    """Return the line that says who checked, as `names` does."""
    return Say("check-inspectors-line", names=names(uow, signatures))


def names(uow: UnitOfWork, signatures: Sequence[Signature]) -> Say:
    """Return who checked, each with the minute and the way of the signature, or that it is wanted."""
    others = [person for one in signatures for person in (one.signed_by, one.code_by) if person is not None]
    named = people.names(uow.conn, others)
    return listed(_shown(uow, one, named) for one in signatures)


def _shown(uow: UnitOfWork, one: Signature, named: dict[int, str]) -> Say:
    if one.signed_at is None:
        if one.objection:
            return Say("check-signature-objected", name=one.name, objection=one.objection)
        return Say("check-signature-wanted", name=one.name)
    return Say(
        "check-signature",
        name=one.name,
        how=one.how or "",
        at=one.signed_at.astimezone(uow.context.zone),
        by=named.get(one.signed_by or 0, "…"),
        giver=named.get(one.code_by or 0, "…"),
    )
