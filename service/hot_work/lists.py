"""/permits: an enterprise's own, and what is live in a district or the city."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from campaign.permits import ENDED, ON_SITE, State
from campaign.roles import CITY, DISTRICT_ROLES, OFFICER, PRINCIPAL, WORKER
from service.core import listing
from service.core.letters import Draft
from service.core.refusal import not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import actions
from service.hot_work.cards import minute
from service.hot_work.figures import blocked_since
from storage import people, permits, registry
from storage.permits import Permit
from talk.texts import Say

BLOCKED_DAYS: Final = timedelta(days=30)


def overview(uow: UnitOfWork, me: Speaker, page: int) -> Draft:
    """Return a page of what somebody sees by their roles: the enterprise's permits for its officers, one's own for who
    is named on them, the live ones for staff. RefusedError: nothing of it is theirs.
    """
    person = me.person
    roles = [role for role in people.roles(uow.conn, person) if role.state == "active"]
    if any(role.role == CITY for role in roles):
        return _staff(uow, person, None, page)
    district = next((role.subject for role in roles if role.role in DISTRICT_ROLES), None)
    if district is not None:
        return _staff(uow, person, district, page)
    own = [role.subject for role in roles if role.role in (PRINCIPAL, OFFICER)]
    named = [role.subject for role in roles if role.role == WORKER]
    if not own and not named:
        raise not_allowed()
    found = _recent(uow, enterprise=own) if own else []
    if named:
        found += _recent(uow, person=person)
    return _enterprise(uow, list({row.id: row for row in found}.values()), page, may_apply=bool(own))


def _recent(uow: UnitOfWork, **whose: Any) -> list[Permit]:
    """Return the permits that are live, and those that were applied for today, ended or not."""
    today = uow.now.date()
    found = [*permits.find(uow.conn, live=True, **whose), *permits.find(uow.conn, day=today, **whose)]
    return list({row.id: row for row in found}.values())


def _enterprise(uow: UnitOfWork, found: Sequence[Permit], page: int, *, may_apply: bool) -> Draft:
    apply = [actions.APPLY.tap(Say("permit-option-apply"), "")] if may_apply else []
    if not found:
        return Draft((Say("permits-none"),), tuple(apply))
    live = [row for row in found if row.state in ON_SITE]
    ended = [row for row in found if row.state in ENDED]
    waiting = [row for row in found if row not in live and row not in ended]
    groups = ((Say("permits-live"), live), (Say("permits-waiting"), waiting), (Say("permits-today"), ended))
    entries = [
        _entry(uow, row, Say("permits-entry", code=row.code, place=str(row.application["place"])), group)
        for group, some in groups
        for row in sorted(some, key=lambda permit: (permit.until, permit.id))
    ]
    heading = Say("permits-heading", live=len(live), waiting=len(waiting), today=len(found))
    return listing.screen([heading], entries, page, actions.LIST.data, opening=apply)


def _staff(uow: UnitOfWork, person: int, district: str | None, page: int) -> Draft:
    found = _recent(uow, district=district)
    live = [row for row in found if row.state in ON_SITE]
    suspended = [row for row in live if row.state == State.SUSPENDED]
    place = district or uow.pack.city
    lines = [
        Say("permits-district-heading", place=place, live=len(live), suspended=len(suspended), today=len(found))
        if live
        else Say("permits-none-staff")
    ]
    blocked = blocked_since(uow, person, district, uow.now - BLOCKED_DAYS)
    if blocked is not None:
        lines.append(Say("permits-blocked", number=blocked))
    names = registry.all_enterprises(uow.conn)
    entries = []
    for row in live:
        name, place = names[row.enterprise].name, str(row.application["place"])
        entries.append(_entry(uow, row, Say("permits-entry-staff", code=row.code, name=name, place=place), None))
    return listing.screen(lines, entries, page, actions.LIST.data)


def _entry(uow: UnitOfWork, row: Permit, title: Say, group: Say | None) -> listing.Entry:
    when = Say("permits-entry-when", state=Say("permit-state", state=row.state), until=minute(uow, row.until))
    return listing.Entry(title, when, actions.SHOW.data(row.id), group)
