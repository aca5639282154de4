"""The life of an enterprise (停产、复产、注销、迁出、合并): what is entered takes effect for all that hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from campaign.enterprise_life import ClashError, Event, Spell, State, spells, standing
from campaign.roles import OFFICER, PRINCIPAL
from service.core.letters import Draft, tell
from service.core.refusal import RefusedError
from service.core.supervision import deciders
from service.core.unit_of_work import UnitOfWork
from storage import clock, duty_planning, enterprise_life, people, registry
from storage.enterprise_life import Entry, SpellRow
from storage.registry import Enterprise
from talk.texts import FullDay, Phrase, Say

KIND: Final = "enterprise-state"

_NEWEST: Final = 2**62
"""The number of what is not entered yet: of two entries of one day it comes last."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be entered of an enterprise; days as in `storage.enterprise_life.Entry`."""

    event: Event
    first: date
    reason: str
    last: date | None = None
    merged_into: str | None = None
    duty: int | None = None

    @property
    def id(self) -> int:
        """The number by which it is put into order."""
        return _NEWEST


def enter(uow: UnitOfWork, enterprise: Enterprise, new: NewEntry) -> None:
    """Enter what happened to an enterprise, and let everything follow. Whoever calls this has asked whether whoever is
    at work may. RefusedError: it does not go with the days, or with what was entered before.
    """
    # The lock: no tick plans duties in between, and of two entries at once the second is checked against the first.
    clock.read(uow.conn, lock=True)
    check(uow, enterprise, new)
    values = {"event": new.event, "first": new.first, "last": new.last, "merged_into": new.merged_into}
    who = {"at": uow.now, "by": uow.actor.person, "operator": uow.actor.operator}
    enterprise_life.add(uow.conn, enterprise=enterprise.code, **values, reason=new.reason, duty=new.duty, **who)
    uow.note(
        f"enterprise-{new.event}",
        f"enterprise/{enterprise.code}",
        first=new.first.isoformat(),
        last=None if new.last is None else new.last.isoformat(),
        merged_into=new.merged_into,
        duty=new.duty,
    )
    _follow(uow, enterprise)


def check(uow: UnitOfWork, enterprise: Enterprise, new: NewEntry) -> None:
    """Raise a RefusedError where something cannot be entered of an enterprise."""
    if new.event is not Event.SUSPEND and new.first > uow.now.date():
        raise RefusedError(Say("state-in-the-future", event=_event(new.event)))
    if new.last is not None and new.last < new.first:
        raise RefusedError(Say("state-ends-first", first=FullDay(new.first), last=FullDay(new.last)))
    if new.merged_into is not None:
        _check_merger(uow, enterprise, new.merged_into, new.first)
    before = enterprise_life.standing(uow.conn, enterprise.code)
    try:
        spells([*before, new])
    except ClashError as clash:
        raise _clashing(enterprise, new, clash, before) from None


def _check_merger(uow: UnitOfWork, enterprise: Enterprise, code: str, first: date) -> None:
    into = registry.enterprise(uow.conn, code)
    if into is None:
        raise RefusedError(Say("state-merged-unknown", code=code))
    if into.code == enterprise.code:
        raise RefusedError(Say("state-merged-itself", place=enterprise.name))
    then, _ = standing(spells(enterprise_life.standing(uow.conn, into.code)), first)
    if into.is_closed or then not in (State.ACTIVE, State.SUSPENDED):
        raise RefusedError(Say("state-merged-closed", place=into.name, state=shown(into.state)))


def _clashing(enterprise: Enterprise, new: NewEntry, clash: ClashError, before: Sequence[Entry]) -> RefusedError:
    """Return the refusal of what does not go with what was entered before, which names that."""
    if clash.entry is not new:
        there = Say("state-entered", event=_event(clash.entry.event), first=FullDay(clash.entry.first))
        return RefusedError(Say("state-clash-later", place=enterprise.name, entered=there))
    _, since = standing(spells(before), new.first)
    stands: Phrase = shown(clash.state)
    if since is not None:
        stands = Say("state-since", state=stands, day=FullDay(since))
    return RefusedError(Say("state-clash", place=enterprise.name, stands=stands, event=_event(new.event)))


def take_back(uow: UnitOfWork, enterprise: Enterprise, number: int, reason: str) -> None:
    """Take back what was entered of an enterprise by mistake. RefusedError: it was taken back already, or what was
    entered later does not go without it.
    """
    clock.read(uow.conn, lock=True)
    before = enterprise_life.standing(uow.conn, enterprise.code)
    entry = next((entry for entry in before if entry.id == number), None)
    if entry is None:
        raise RefusedError(Say("state-taken-back-before"))
    try:
        spells(kept for kept in before if kept.id != number)
    except ClashError as clash:
        there = Say("state-entered", event=_event(clash.entry.event), first=FullDay(clash.entry.first))
        raise RefusedError(Say("state-back-clash", entered=there)) from None
    enterprise_life.take_back(
        uow.conn, entry, reason=reason, at=uow.now, by=uow.actor.person, operator=uow.actor.operator
    )
    uow.note("enterprise-entry-taken-back", f"enterprise/{enterprise.code}", entry=number, what=entry.event)
    _follow(uow, enterprise)


def turn(uow: UnitOfWork) -> int:
    """Let the days that have come take effect: a standstill that begins, or is over; return of how many enterprises.
    Those who decide over them are told, since nobody has just entered it.
    """
    turned = enterprise_life.turned(uow.conn, uow.now)
    for code in turned:
        enterprise = registry.enterprise(uow.conn, code)
        if enterprise is not None:
            _follow(uow, enterprise, also=deciders(uow, enterprise))
    return len(turned)


def _follow(uow: UnitOfWork, enterprise: Enterprise, *, also: Sequence[int] = ()) -> None:
    """Make what follows from the entries of an enterprise: how it stands now, what its duties are, who is told."""
    code = enterprise.code
    found = spells(enterprise_life.standing(uow.conn, code))
    enterprise_life.set_spells(uow.conn, code, [_as_instants(uow, spell) for spell in found])
    state, since = standing(found, uow.now.date())
    enterprise_life.set_state(uow.conn, code, state, since)
    duty_planning.follow_lives(uow.conn, uow.now, code)
    draft = Draft(tuple(told(uow, enterprise, found)))
    own = [person for role in (PRINCIPAL, OFFICER) for person in people.holders(uow.conn, role, code)]
    for person in dict.fromkeys((*own, *also)):
        tell(uow, person, draft, kind=KIND, dedupe=f"{uow.cause}/{KIND}/{code}/{person}")


def told(uow: UnitOfWork, enterprise: Enterprise, found: Sequence[Spell]) -> list[Phrase]:
    """Return how an enterprise stands, and what that means for what it owes, as its people and staff read it."""
    today = uow.now.date()
    state, since = standing(found, today)
    here = next((spell for spell in found if spell.covers(today)), None)
    coming = next((spell for spell in found if spell.first > today), None)
    lines: list[Phrase] = [Say("state-told", place=enterprise.name, stands=_stands(state, since, here))]
    if coming is not None:
        lines.append(Say("state-told-coming", stands=_stands(coming.state, coming.first, coming)))
    lines.append(Say("state-told-duties", state=state.value))
    return lines


def _stands(state: State, since: date | None, spell: Spell | None) -> Phrase:
    if since is None:
        return shown(state)
    if spell is None or spell.until is None:
        return Say("state-since", state=shown(state), day=FullDay(since))
    last = date.fromordinal(spell.until.toordinal() - 1)
    return Say("state-between", state=shown(state), first=FullDay(since), last=FullDay(last))


def present(uow: UnitOfWork, code: str) -> Phrase:
    """Return how an enterprise stands now, since when and how long, in words."""
    found = spells(enterprise_life.standing(uow.conn, code))
    today = uow.now.date()
    state, since = standing(found, today)
    return _stands(state, since, next((spell for spell in found if spell.covers(today)), None))


def of_everybody(uow: UnitOfWork) -> list[Enterprise]:
    """Return the registry with how everybody stands today, whether or not a tick has written it."""
    lives = enterprise_life.all_standing(uow.conn)
    today = uow.now.date()
    every = registry.all_enterprises(uow.conn).values()
    return [_standing_on(one, spells(lives[one.code]), today) if one.code in lives else one for one in every]


def _standing_on(enterprise: Enterprise, found: Sequence[Spell], day: date) -> Enterprise:
    state, since = standing(found, day)
    return replace(enterprise, state=state, state_since=since)


def shown(state: State) -> Say:
    """Return a state in words."""
    return Say("enterprise-state", state=state.value)


def _event(event: Event) -> Say:
    return Say("enterprise-event", event=event.value)


def _as_instants(uow: UnitOfWork, spell: Spell) -> SpellRow:
    return SpellRow(
        spell.state, _midnight(uow, spell.first), None if spell.until is None else _midnight(uow, spell.until)
    )


def _midnight(uow: UnitOfWork, day: date) -> datetime:
    return datetime.combine(day, time.min, uow.pack.zone)
