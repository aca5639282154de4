"""/permits: an enterprise's own, and what is live in a district or the city."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from campaign.permits import ENDED, ON_SITE, State
from service.core import listing
from service.core.letters import Draft
from service.core.unit_of_work import UnitOfWork
from service.hot_work.cards import minute
from service.hot_work.figures import blocked_since
from storage import people, permits, registry
from storage.permits import Permit
from talk.actions import Tap
from talk.texts import Phrase, Say

BLOCKED_DAYS: Final = timedelta(days=30)
ENTERPRISE: Final = ("principal", "officer")


def overview(uow: UnitOfWork, person: int, page: int) -> Draft | None:
    """What somebody sees by their roles: the enterprise's for its officers, one's own for who is named on them, the
    live ones for staff; None: nothing of it is theirs.
    """
    roles = [one for one in people.roles(uow.conn, person) if one.state == "active"]
    if any(one.role == "city" for one in roles):
        return _staff(uow, person, None, page)
    district = next((one.subject for one in roles if one.role in ("clerk", "leader")), None)
    if district is not None:
        return _staff(uow, person, district, page)
    own = [one.subject for one in roles if one.role in ENTERPRISE]
    named = [one.subject for one in roles if one.role == "worker"]
    if not own and not named:
        return None
    found = _recent(uow, enterprises_=own) if own else []
    if named:
        found += _recent(uow, person=person)
    return _enterprise(uow, list({one.id: one for one in found}.values()), page, may_apply=bool(own))


def _recent(uow: UnitOfWork, **whose: Any) -> list[Permit]:
    """What is live, and what was applied for today, ended or not."""
    today = uow.now.date()
    found = [*permits.find(uow.conn, live=True, **whose), *permits.find(uow.conn, day=today, **whose)]
    return list({one.id: one for one in found}.values())


def _enterprise(uow: UnitOfWork, found: Sequence[Permit], page: int, *, may_apply: bool) -> Draft:
    apply = [Tap(Say("permit-option-apply"), "a:permit-apply:")] if may_apply else []
    if not found:
        return Draft((Say("permits-none"),), tuple(apply))
    live = [one for one in found if one.state in ON_SITE]
    ended = [one for one in found if one.state in ENDED]
    waiting = [one for one in found if one not in live and one not in ended]
    entries = [
        _entry(uow, one, group)
        for group, some in (
            (Say("permits-live"), live),
            (Say("permits-waiting"), waiting),
            (Say("permits-today"), ended),
        )
        for one in sorted(some, key=lambda permit: (permit.until, permit.id))
    ]
    heading = Say("permits-heading", live=len(live), waiting=len(waiting), today=len(found))
    return listing.screen([heading], entries, page, "a:permits", opening=apply)


def _staff(uow: UnitOfWork, person: int, district: str | None, page: int) -> Draft:
    found = _recent(uow, district=district)
    live = [one for one in found if one.state in ON_SITE]
    suspended = [one for one in live if one.state == State.SUSPENDED]
    lines: list[Phrase] = []
    if live:
        heading = Say(
            "permits-district-heading",
            place=district or uow.pack.city,
            live=len(live),
            suspended=len(suspended),
            today=len(found),
        )
        lines.append(heading)
    else:
        lines.append(Say("permits-none-staff"))
    blocked = blocked_since(uow, person, district, uow.now - BLOCKED_DAYS)
    if blocked is not None:
        lines.append(Say("permits-blocked", number=blocked))
    names = registry.all_enterprises(uow.conn)
    entries = [_staff_entry(uow, one, names[one.enterprise].name) for one in live]
    return listing.screen(lines, entries, page, "a:permits")


def _entry(uow: UnitOfWork, one: Permit, group: Say) -> listing.Entry:
    return listing.Entry(
        Say("permits-entry", code=one.code, place=str(one.application["place"])),
        _when(uow, one),
        f"a:permit:{one.id}",
        group,
    )


def _staff_entry(uow: UnitOfWork, one: Permit, name: str) -> listing.Entry:
    title = Say("permits-entry-staff", code=one.code, name=name, place=str(one.application["place"]))
    return listing.Entry(title, _when(uow, one), f"a:permit:{one.id}")


def _when(uow: UnitOfWork, one: Permit) -> Say:
    return Say("permits-entry-when", state=Say("permit-state", state=one.state), until=minute(uow, one.until))
