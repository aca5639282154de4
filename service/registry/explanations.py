"""说明情况 is accepted: a standstill that it names is entered, and excuses all that falls due in it once for all."""

from datetime import date

from campaign.enterprise_life import Event, State, spells, standing
from service.core.duty_talk import OwnedDuty
from service.core.letters import answer
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import filling
from service.registry import actions, states
from service.registry.states import NewEntry
from storage import duty_planning, enterprise_life, progress, registry
from storage.registry import Enterprise
from talk.texts import CHINESE, Say, render


def accept(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> None:
    """Staff accept an explanation: the duty is excused, and what it says of the enterprise becomes its state."""
    filling.decide_explanation(uow, me, owned, accept=True)
    enterprise = registry.enterprise(uow.conn, owned.duty.subject)
    said = progress.explanations(uow.conn, [owned.duty.id]).get(owned.duty.id)
    if enterprise is None or said is None:
        return
    if said.get("reason") == "gone" and not enterprise.is_closed:
        # Whether it is deregistered, moved or merged, and since when, nobody has said.
        taps = (actions.ENTER_STATE.tap(Say("option-enter-state"), enterprise.code),)
        answer(uow, me, Say("explained-gone", place=enterprise.name), taps=taps)
    elif said.get("reason") == "halted" and "halted_from" in said:
        until = said.get("halted_until")
        last = None if until is None else date.fromisoformat(until)
        _stand_still(uow, me, owned, enterprise, date.fromisoformat(said["halted_from"]), last)


def _stand_still(
    uow: UnitOfWork, me: Speaker, owned: OwnedDuty, enterprise: Enterprise, first: date, last: date | None
) -> None:
    """Enter a standstill from an explanation; one that is entered already is not entered again."""
    before = spells(enterprise_life.standing(uow.conn, enterprise.code))
    if standing(before, first)[0] is State.SUSPENDED:
        return
    ground = render(Say("explained-ground", title=owned.title), CHINESE)
    new = NewEntry(Event.SUSPEND, first, ground, last, duty=owned.duty.id)
    try:
        states.check(uow, enterprise, new)
    except RefusedError as refused:
        answer(uow, me, Say("explained-not-entered"), refused.say)
        return
    states.enter(uow, enterprise, new)
    due = owned.duty.due
    day = None if due is None else due.astimezone(uow.pack.zone).date()
    if day is None or (first <= day and (last is None or day <= last)):
        # It comes back like all others where the standstill ends sooner.
        duty_planning.hold(uow.conn, owned.duty.id)
    answer(uow, me, Say("explained-entered", stands=states.present(uow, enterprise.code)))
