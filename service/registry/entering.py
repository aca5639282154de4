"""The state of an enterprise as staff see it, enter it and take it back in the chat."""

from typing import Any, Final

from campaign.enterprise_life import AHEAD, EARLIEST, possible
from campaign.talks.registry import StateBackBrief, StateBrief, StateEntered
from service.core.letters import Draft, send
from service.core.permissions import Act, Needed, may, needed, require
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.registry import actions, search, states
from service.registry.states import NewEntry
from service.talks import flow
from storage import clock, enterprise_life, hazards, people, permits, registry
from storage.conversations import Conversation
from storage.enterprise_life import Entry
from storage.registry import Enterprise
from talk.actions import Tap
from talk.questions import Hint
from talk.texts import FullDay, Phrase, Say, render

NAMED: Final = 5
"""Enterprises named where a piece of a name means several."""
SHOWN: Final = 10
"""Entries on the card, the newest."""
UNKNOWN: Final = "…"
"""In the place of a name that nobody has."""


def card(uow: UnitOfWork, me: Speaker, code: str) -> Draft:
    """Return how an enterprise stands, and everything that was entered of it, by whom and why. RefusedError: it is not
    to be seen.
    """
    enterprise = existing(registry.enterprise(uow.conn, code))
    require(uow, me, Act.SEE_DISTRICT_PROGRESS, enterprise)
    return _card(uow, me.person, enterprise)


def _card(uow: UnitOfWork, person: int, enterprise: Enterprise) -> Draft:
    entries = enterprise_life.entries(uow.conn, enterprise.code)
    lines: list[Phrase] = [Say("state-told", place=enterprise.name, stands=states.present(uow, enterprise.code))]
    lines += [_line(uow, entry) for entry in entries[-SHOWN:]]
    if not entries:
        lines.append(Say("state-nothing-entered"))
    taps: list[Tap] = []
    if may(uow, person, Act.ENTER_STATE, enterprise):
        if possible(enterprise.state):
            taps.append(actions.ENTER_STATE.tap(Say("option-enter-state"), enterprise.code))
        taps += [
            actions.STATE_BACK.tap(Say("option-state-back", number=entry.id), entry.id)
            for entry in entries[-SHOWN:]
            if entry.taken_back is None
        ][-1:]
    return Draft(tuple(lines), tuple(taps))


def _line(uow: UnitOfWork, entry: Entry) -> Phrase:
    at = entry.at.astimezone(uow.context.zone)
    what = _what(uow, entry)
    if entry.taken_back is not None:
        by = _name(uow, entry.taken_back_by)
        return Say("state-line-back", number=entry.id, what=what, reason=entry.taken_back, by=by)
    return Say("state-line", number=entry.id, what=what, reason=entry.reason, by=_name(uow, entry.by), at=at)


def _what(uow: UnitOfWork, entry: Entry) -> Phrase:
    """Return what was entered, in words."""
    event = Say("enterprise-event", event=entry.event.value)
    if entry.merged_into is not None:
        into = registry.names(uow.conn, [entry.merged_into]).get(entry.merged_into, entry.merged_into)
        return Say("state-entered-into", event=event, first=FullDay(entry.first), into=into)
    if entry.last is not None:
        return Say("state-entered-until", event=event, first=FullDay(entry.first), last=FullDay(entry.last))
    return Say("state-entered", event=event, first=FullDay(entry.first))


def _name(uow: UnitOfWork, person: int | None) -> Phrase:
    if person is None:
        return Say("state-by-operator")
    known = people.person(uow.conn, person)
    return UNKNOWN if known is None else known.name


def begin(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """登记变更: ask what becomes of an enterprise. RefusedError: not this person's, or nothing can follow any more."""
    enterprise = existing(registry.enterprise(uow.conn, code))
    require(uow, me, Act.ENTER_STATE, enterprise)
    events = possible(enterprise.state)
    if not events:
        raise RefusedError.with_card(_card(uow, me.person, enterprise))
    today = uow.now.date()
    brief = StateBrief(
        enterprise=code,
        place=enterprise.name,
        events=events,
        first=EARLIEST,
        asked_on=today,
        latest=today + AHEAD,
        newest=_newest(uow, code),
        permits=len(permits.find(uow.conn, enterprise=code, live=True)),
        hazards=len(hazards.find(uow.conn, enterprise=code, only_open=True)),
    )
    flow.begin(uow, me, brief)


def _newest(uow: UnitOfWork, code: str) -> int:
    return max((entry.id for entry in enterprise_life.standing(uow.conn, code)), default=0)


def to_enter(uow: UnitOfWork, talk: Conversation, brief: StateBrief) -> Needed | None:
    """Return what somebody needs who enters something of an enterprise."""
    del talk
    return needed(registry.enterprise(uow.conn, brief.enterprise), Act.ENTER_STATE)


def hears(uow: UnitOfWork, me: Speaker, talk: Conversation, key: str, raw: str, value: Any) -> Any:
    """Return the enterprise into which another is merged with its name and code, or a hint to ask again."""
    del raw
    if key != "into" or isinstance(value, Hint):
        return value
    brief = StateBrief.from_json(talk.brief)
    text = str(value)
    code = search.code_in(text)
    # Who knows the code of another place's enterprise may merge into it: only a name does not tell that it exists.
    into = search.meant(uow, text, lambda one: one.code == code or may(uow, me.person, Act.ENTER_STATE, one))
    if isinstance(into, Hint):
        return into
    if into.code == brief.enterprise:
        return Hint(Say("state-merged-itself", place=brief.place))
    if into.is_closed:
        return Hint(Say("state-merged-closed", place=into.name, state=states.shown(into.state)))
    return search.shown(into)


def entered(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: StateBrief, said: StateEntered) -> None:
    """Enter what was confirmed; RefusedError where a colleague has entered something meanwhile, or the days do not go
    with what was entered before.
    """
    del talk
    # The lock: of two who confirm at once the second sees what the first entered, and no tick plans in between.
    clock.read(uow.conn, lock=True)
    enterprise = existing(registry.enterprise(uow.conn, brief.enterprise))
    require(uow, me, Act.ENTER_STATE, enterprise)
    if _newest(uow, enterprise.code) != brief.newest:
        now = _card(uow, me.person, enterprise)
        raise RefusedError(Say("state-changed-meanwhile"), *(line for line in now.lines if line), taps=now.taps)
    new = NewEntry(said.event, said.first, said.reason, said.last, said.merged_into or None)
    states.enter(uow, enterprise, new)
    _show(uow, me, enterprise.code, Say("state-is-entered"))


def begin_back(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """撤回: ask why an entry is wrong. RefusedError: not this person's, or taken back already."""
    entry, enterprise = _to_take_back(uow, me, number)
    what = render(_what(uow, entry), me.language)
    flow.begin(uow, me, StateBackBrief(entry=entry.id, place=enterprise.name, what=what))


def to_take_back(uow: UnitOfWork, talk: Conversation, brief: StateBackBrief) -> Needed | None:
    """Return what somebody needs who takes an entry back."""
    del talk
    entry = enterprise_life.get(uow.conn, brief.entry)
    return None if entry is None else needed(registry.enterprise(uow.conn, entry.enterprise), Act.ENTER_STATE)


def taken_back(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: StateBackBrief, reason: str) -> None:
    """Take an entry back for a reason that was confirmed."""
    del talk
    clock.read(uow.conn, lock=True)
    entry, enterprise = _to_take_back(uow, me, brief.entry)
    states.take_back(uow, enterprise, entry.id, reason)
    _show(uow, me, enterprise.code, Say("state-is-taken-back"))


def _to_take_back(uow: UnitOfWork, me: Speaker, number: int) -> tuple[Entry, Enterprise]:
    entry = existing(enterprise_life.get(uow.conn, number))
    enterprise = existing(registry.enterprise(uow.conn, entry.enterprise))
    require(uow, me, Act.ENTER_STATE, enterprise)
    if entry.taken_back is not None:
        raise RefusedError(Say("state-taken-back-before"))
    return entry, enterprise


def _show(uow: UnitOfWork, me: Speaker, code: str, done: Say) -> None:
    shown = _card(uow, me.person, existing(registry.enterprise(uow.conn, code)))
    send(uow, me, Draft((done, *shown.lines), shown.taps))
