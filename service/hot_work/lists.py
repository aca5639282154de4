"""/permits: an enterprise's own, and what is live in a district or the city."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from campaign.permit_life import headline
from campaign.permits import ENDED, ON_SITE, State
from campaign.roles import CITY, DISTRICT_ROLES, OFFICER, PRINCIPAL, WORKER
from service.core import listing, whose
from service.core.letters import Draft
from service.core.permissions import subjects_of
from service.core.refusal import not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import actions
from service.hot_work.cards import minute
from service.hot_work.figures import blocked_since
from service.hot_work.in_hand import lives
from storage import permits
from storage.permits import Permit
from talk.texts import Phrase, Say

BLOCKED_DAYS: Final = timedelta(days=30)


def overview(uow: UnitOfWork, me: Speaker, page: int) -> Draft:
    """Return a page of what somebody sees by their roles: the enterprise's permits for its officers, one's own for who
    is named on them, the live ones for staff. RefusedError: nothing of it is theirs.
    """
    person = me.person
    own = subjects_of(uow, person, (PRINCIPAL, OFFICER))
    named = subjects_of(uow, person, (WORKER,))
    served: list[str | None] = [*subjects_of(uow, person, DISTRICT_ROLES)]
    if subjects_of(uow, person, (CITY,)):
        served = [None]
    if not (own or named or served):
        raise not_allowed()
    heading: list[Phrase] = []
    entries: list[listing.Entry] = []
    if own or named:
        found = _recent(uow, enterprise=own) if own else []
        found += _recent(uow, person=person) if named else []
        heading, entries = _enterprise(uow, person, list({row.id: row for row in found}.values()))
    for district in served:
        lines, live = _staff(uow, person, district)
        if not live and district is not None and whose.stands_for_several(uow, person):
            lines[0] = Say("group-at-place", place=district, group=lines[0])
        heading, entries = [*heading, *lines], [*entries, *live]
    apply = [actions.APPLY.tap(Say("permit-option-apply"), "")] if own else []
    return listing.screen(heading, entries, page, actions.LIST.data, opening=apply)


def _recent(uow: UnitOfWork, **of: Any) -> list[Permit]:
    """Return the permits that are live, and those that were applied for today, ended or not."""
    today = uow.now.date()
    found = [*permits.find(uow.conn, live=True, **of), *permits.find(uow.conn, day=today, **of)]
    return list({row.id: row for row in found}.values())


def _enterprise(uow: UnitOfWork, person: int, found: Sequence[Permit]) -> tuple[list[Phrase], list[listing.Entry]]:
    if not found:
        return [Say("permits-none")], []
    heads = _headlines(uow, found)
    live = [row for row in found if row.state in ON_SITE]
    ended = [row for row in found if row.state in ENDED]
    waiting = [row for row in found if row not in live and row not in ended]
    groups = ((Say("permits-live"), live), (Say("permits-waiting"), waiting), (Say("permits-today"), ended))
    entries = [
        (
            row.enterprise,
            _entry(uow, row, heads, Say("permits-entry", code=row.code, place=row.place), group),
        )
        for group, some in groups
        for row in sorted(some, key=lambda permit: (permit.until, permit.id))
    ]
    heading = Say("permits-heading", live=len(live), waiting=len(waiting), today=len(found))
    return [heading], listing.by_place(uow, person, entries)


def _staff(uow: UnitOfWork, person: int, district: str | None) -> tuple[list[Phrase], list[listing.Entry]]:
    found = _recent(uow, district=district)
    live = [row for row in found if row.state in ON_SITE]
    suspended = [row for row in live if row.state == State.SUSPENDED]
    place = district or uow.pack.city
    lines: list[Phrase] = [
        Say("permits-district-heading", place=place, live=len(live), suspended=len(suspended), today=len(found))
        if live
        else Say("permits-none-staff")
    ]
    blocked = blocked_since(uow, person, district, uow.now - BLOCKED_DAYS)
    if blocked is not None:
        lines.append(Say("permits-blocked", number=blocked))
    names = whose.labels(uow, person, (row.enterprise for row in live))
    entries, heads = [], _headlines(uow, live)
    for row in live:
        name, place = names[row.enterprise], row.place
        title = Say("permits-entry-staff", code=row.code, name=name, place=place)
        entries.append(_entry(uow, row, heads, title, None))
    return lines, entries


def _headlines(uow: UnitOfWork, found: Sequence[Permit]) -> dict[int, str]:
    """What each of some permits says first, by its id: too much gas comes before its state."""
    known = lives(uow, [row for row in found if row.state not in ENDED])
    return {row.id: headline(known[row.id]) if row.id in known else row.state for row in found}


def _entry(uow: UnitOfWork, row: Permit, heads: Mapping[int, str], title: Say, group: Say | None) -> listing.Entry:
    when = Say("permits-entry-when", state=Say("permit-state", state=heads[row.id]), until=minute(uow, row.until))
    return listing.Entry(title, when, actions.SHOW.data(row.id), group)
