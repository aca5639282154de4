"""Whose it is: whoever stands for several enterprises or districts reads with everything which of them it is about."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from service.core.unit_of_work import UnitOfWork
from storage import registry
from talk.texts import Phrase, Say, render

DIGITS: Final = 4
"""So many characters at the end of its code tell an enterprise from another of its name."""


def heading(uow: UnitOfWork, person: int, subject: str, text: str, language: str) -> Phrase | None:
    """Return the line that says which enterprise or district (`subject`) a message is about, for somebody who stands
    for others too; None where it is the only one, or `text` names it.
    """
    if subjects(uow, person) <= {subject}:
        return None
    place = label(uow, person, subject)
    if render(place, language) in text:
        return None
    # What is no enterprise of the registry goes by its own name.
    return Say("whose-district", place=place) if place == subject else Say("whose-enterprise", place=place)


def label(uow: UnitOfWork, person: int, subject: str) -> Phrase:
    """Return how an enterprise or a district is named to somebody, as `labels` does."""
    return labels(uow, person, (subject,))[subject]


def labels(uow: UnitOfWork, person: int, places: Iterable[str]) -> dict[str, Phrase]:
    """Return how enterprises and districts are named to somebody: by their names; where the reader may take one for
    another (of the same name, or among one's own one that begins with it), with the end of its code, too.
    """
    wanted = list(dict.fromkeys(places))
    own = subjects(uow, person)
    known = registry.names(uow.conn, {*wanted, *own})
    alike = registry.of_name(uow.conn, [known[place] for place in wanted if place in known])
    return {place: _label(place, known, own, alike) for place in wanted}


def _label(place: str, known: Mapping[str, str], own: Collection[str], alike: Mapping[str, Collection[str]]) -> Phrase:
    name = known.get(place)
    if name is None:
        return place
    others = {code for code in own if code in known and name.startswith(known[code])}
    others |= {code for code in own if code in known and known[code].startswith(name)}
    others |= {*alike[name]}
    others.discard(place)
    if not others:
        return name
    end = place[-DIGITS:]
    return Say("whose-alike", name=name, end=place if any(code.endswith(end) for code in others) else end)


def stands_for_several(uow: UnitOfWork, person: int) -> bool:
    """Return whether somebody holds roles for more than one enterprise or district."""
    return len(subjects(uow, person)) > 1


def subjects(uow: UnitOfWork, person: int) -> set[str]:
    """Return the enterprises, districts and city for which somebody holds a role now."""
    return {role.subject for role in uow.roles(person) if role.state == "active"}
