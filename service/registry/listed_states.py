"""How enterprises stand by a new list (企业状态): entered from today on, or told where it cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from campaign.enterprise_life import CLOSING, Event, State
from service.core.refusal import RefusedError
from service.core.unit_of_work import UnitOfWork
from service.imports import columns
from service.imports.reader import Refusal
from service.registry import states
from service.registry.enterprise_rows import Stated
from service.registry.states import NewEntry
from storage import registry
from storage.registry import Enterprise
from talk.texts import CHINESE, Say, render

_LEADS_TO: Final = {Event.SUSPEND: State.SUSPENDED, Event.RESUME: State.ACTIVE, **CLOSING}


@dataclass(frozen=True, slots=True)
class Followed:
    """What the states of a list did: of which enterprises (codes) one was entered, and what could not be, by line."""

    entered: tuple[str, ...] = ()
    closed: frozenset[str] = frozenset()
    """The codes of those that the list itself calls gone."""
    told: tuple[Refusal, ...] = ()


def follow(uow: UnitOfWork, stated: Sequence[Stated]) -> Followed:
    """Enter what a list says of how enterprises stand; they are in the registry by now."""
    said = {one.enterprise.code: one for one in stated if one.event is not None or one.at_work}
    known = registry.of_codes(uow.conn, said)
    entered: list[str] = []
    told: list[Refusal] = []
    for code, one in said.items():
        refused = _refused(uow, known[code], one.event)
        if refused is not None:
            told.append(Refusal(one.line, columns.ENTERPRISE_STATE, refused))
        elif one.event is not None and known[code].state is not _LEADS_TO[one.event]:
            states.enter(uow, known[code], _entry(uow, one.event))
            entered.append(code)
    closed = frozenset(code for code, one in said.items() if one.event in CLOSING)
    return Followed(tuple(entered), closed, tuple(told))


def _refused(uow: UnitOfWork, enterprise: Enterprise, event: Event | None) -> Say | None:
    """Return why what a list says of an enterprise is not entered; None: it is, or stands so already."""
    if event is None:
        # Being registered (存续) is not being at work again.
        stands = states.shown(enterprise.state)
        return None if enterprise.is_active else Say("imports-state-differs", place=enterprise.name, state=stands)
    if enterprise.state is _LEADS_TO[event]:
        return None
    if event is Event.MERGE:
        return Say("imports-state-merged", place=enterprise.name)
    try:
        states.check(uow, enterprise, _entry(uow, event))
    except RefusedError as refused:
        return Say("imports-state-refused", reason=refused.say)
    return None


def _entry(uow: UnitOfWork, event: Event) -> NewEntry:
    return NewEntry(event, uow.now.date(), render(Say("imports-state-reason"), CHINESE))
