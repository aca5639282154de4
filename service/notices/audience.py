"""Whom a notice reaches: the people of the enterprises that its audience covers, within the sender's own scope.

A clerk speaks for the district: to every enterprise in it but the units that the city supervises itself, as with any
other act of a department (`Kind.OVERSIGHT`); those hear from the city, which speaks to all.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from campaign.duties import title_of
from campaign.notices import ROLES, STAFF, Audience
from campaign.roles import CITY, CLERK, OFFICER, WORKER
from service.core.permissions import Act, Area, Needed, may, needed, reaches, require
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import duties, notices, people, registry
from storage.notices import Recipient
from storage.registry import Enterprise
from talk.texts import Phrase, Say, listed

DIGEST: Final = 16
"""Letters of a digest on a button."""


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom somebody speaks: a district, or the city."""

    place: str
    bureau: str
    is_city: bool

    def holds(self, enterprise: Enterprise) -> bool:
        """Return whether an enterprise hears from this place."""
        return reaches(CITY if self.is_city else CLERK, self.place, Act.SEND_NOTICE, enterprise)


@dataclass(frozen=True, slots=True)
class Meant:
    """The people whom a notice reaches now."""

    people: tuple[Recipient, ...] = ()
    missing: tuple[Recipient, ...] = ()
    """People whom the registry names and who have not joined."""
    enterprises: int = 0
    left_out: int = 0
    """Units of the district that hear from the city only."""
    unknown: tuple[str, ...] = ()
    """Codes that are in no registry, closed there, or not within the scope: which of them is nobody's to know."""
    each: tuple[Recipient, ...] = ()
    """The people once for each enterprise or district for which it is theirs."""


def scope_of(uow: UnitOfWork, place: str) -> Scope:
    """A place that speaks: the city, or a district of the pack."""
    if place == uow.pack.city:
        return Scope(place, uow.pack.city_bureau, is_city=True)
    return Scope(place, uow.pack.district(place).bureau, is_city=False)


def may_speak(uow: UnitOfWork, person: int, act: Act, place: str) -> bool:
    """Return whether somebody may send, or see, the notices of a place."""
    return may(uow, person, act, area_of(uow, place))


def to_receive(uow: UnitOfWork, person: int, number: int, place: str = "") -> Needed | None:
    """Return what somebody needs who takes note of a notice, or answers it for one of their enterprises or districts
    (`place`); None: it was not sent to what they are now.
    """
    found = [one for one in notices.received(uow.conn, number, person) if place in ("", one.place)]
    if not found:
        return None
    code = found[0].enterprise
    return needed(Area(found[0].district) if code is None else registry.enterprise(uow.conn, code), Act.RECEIVE_NOTICE)


def area_of(uow: UnitOfWork, place: str) -> Area:
    """Return a place that speaks as the object of an act."""
    return Area(None if place == uow.pack.city else place)


def require_speaking(uow: UnitOfWork, me: Speaker, act: Act, place: str) -> None:
    """Go on only where somebody may send, or see, the notices of a place."""
    require(uow, me, act, area_of(uow, place))


def own_scopes(uow: UnitOfWork, person: int, act: Act) -> list[Scope]:
    """The places for which somebody may send, or whose notices they may see; the city first."""
    places = [uow.pack.city, *uow.pack.district_names]
    return [scope_of(uow, place) for place in places if may_speak(uow, person, act, place)]


def meant(uow: UnitOfWork, scope: Scope, audience: Audience) -> Meant:
    """Resolve an audience; a person of several enterprises is reached once, and a recipient for each of them."""
    holders = people.all_holders(uow.conn)
    owing = _owing(uow, audience)
    found: dict[tuple[int, str], Recipient] = {}
    missing: list[Recipient] = []
    left_out, heard = 0, set[str]()
    every = {code: one for code, one in registry.all_enterprises(uow.conn).items() if not one.is_closed}
    for enterprise in sorted(every.values(), key=lambda enterprise: (enterprise.district, enterprise.name)):
        code, district = enterprise.code, enterprise.district
        if not audience.covers(code, district, enterprise.sector, enterprise.tags) or (
            owing is not None and code not in owing
        ):
            continue
        if not scope.holds(enterprise):
            left_out += district == scope.place
            continue
        heard.add(code)
        for role in (role for role in ROLES if role in audience.roles):
            held = holders.get((role, code), ())
            for person in held:
                found.setdefault((person, code), Recipient(person, code, role, district))
            if not held and _is_named(enterprise, role):
                missing.append(Recipient(None, code, role, district))
    if audience.covers_staff and scope.is_city:
        for name in filter(audience.covers_district, uow.pack.district_names):
            held = holders.get((CLERK, name), ())
            for person in held:
                found.setdefault((person, name), Recipient(person, None, STAFF, name))
            if not held:
                missing.append(Recipient(None, None, STAFF, name))
    unknown = tuple(
        code
        for code in audience.codes
        if code not in every or not (scope.holds(every[code]) or every[code].district == scope.place)
    )
    once: dict[int, Recipient] = {}
    for (person, _), recipient in found.items():
        once.setdefault(person, recipient)
    return Meant(tuple(once.values()), tuple(missing), len(heard), left_out, unknown, tuple(found.values()))


def reaches_as(uow: UnitOfWork, scope: Scope, audience: Audience, person: int) -> list[Recipient]:
    """Return as what a notice of this audience is meant for somebody: once for each of their roles that it covers."""
    posts = [post for post in uow.roles(person) if post.state == "active" and post.role in audience.roles]
    enterprises = registry.of_codes(uow.conn, (post.subject for post in posts if post.role != STAFF))
    owing = _owing(uow, audience)
    found: list[Recipient] = []
    for post in posts:
        if post.role == STAFF:
            if audience.covers_staff and scope.is_city and audience.covers_district(post.subject):
                found.append(Recipient(person, None, STAFF, post.subject))
            continue
        enterprise = enterprises.get(post.subject)
        if (
            enterprise is not None
            and not enterprise.is_closed
            and audience.covers(enterprise.code, enterprise.district, enterprise.sector, enterprise.tags)
            and scope.holds(enterprise)
            and (owing is None or enterprise.code in owing)
        ):
            found.append(Recipient(person, enterprise.code, post.role, enterprise.district))
    return found


def digest(*shown: object) -> str:
    """Return what a preview binds, the notice and everybody whom it reaches, as one word for a button."""
    canonical = json.dumps(shown, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:DIGEST]


def described(uow: UnitOfWork, scope: Scope, audience: Audience) -> Phrase:
    """Return an audience in words: 浑南区；行业：轻工；身份：主要负责人."""
    pack = uow.pack
    parts: list[Phrase] = [listed(audience.districts) if audience.districts else scope.place]
    if audience.sectors:
        parts.append(Say("notice-of-sectors", names=listed(pack.sector(sector).name for sector in audience.sectors)))
    if audience.tags:
        parts.append(Say("notice-of-tags", names=listed(pack.tag(tag).name for tag in audience.tags)))
    if audience.unanswered:
        obligation, _, period = audience.unanswered.partition("|")
        parts.append(Say("notice-of-unanswered", title=title_of(pack.obligation(obligation), period)))
    if audience.codes:
        parts.append(Say("notice-of-codes", number=len(audience.codes)))
    parts.append(listed(Say("role", role=role) for role in audience.roles))
    return listed(parts)


def _is_named(enterprise: Enterprise, role: str) -> bool:
    """Return whether the registry names somebody in a role to telephone; it names no workers."""
    if role == WORKER:
        return False
    return bool(enterprise.officer_name if role == OFFICER else enterprise.principal_name)


def _owing(uow: UnitOfWork, audience: Audience) -> set[str] | None:
    """Return the codes of those who still owe the duty that an audience names; None: it names no duty."""
    if audience.unanswered is None:
        return None
    obligation, _, period = audience.unanswered.partition("|")
    return {code for code, _ in duties.unanswered_names(uow.conn, obligation, period, None)}
