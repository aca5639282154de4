"""The talks about hot-work permits begin: with which facts, for whom."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from campaign.permit_life import Life
from campaign.permits import Event, Seat, State
from campaign.permits import may as may_cause
from service.core.letters import answer
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import applying as permit_applying
from service.hot_work import permits
from service.hot_work.gates import rules_of
from service.hot_work.permits import Held
from service.hot_work.register import members_of, who_can_be_named
from service.talks import flow
from storage import conversations
from storage import permits as stored
from storage.conversations import Conversation
from storage.registry import Enterprise
from talk.questions import Confirm
from talk.texts import CHINESE, ENGLISH, Phrase, Say, render

APPLICATION: Final = "permit-application"
GAS: Final = "permit-gas"
RETURN: Final = "permit-return"
REASON: Final = "permit-reason"
"""Why a permit is refused or cancelled."""
STOPPED: Final = "permit-stopped"
ARRIVAL: Final = "permit-arrival"
LOOK: Final = "permit-look"
ACCEPTANCE: Final = "permit-acceptance"

AHEAD: Final = timedelta(days=7)
"""A job may begin so long after its application [D]: later, nobody knows the place, the wind and who is there."""
RECENT: Final = timedelta(days=90)
"""What an enterprise applied for since then is offered again."""
POINTS: Final = 6


def begin_application(uow: UnitOfWork, me: Speaker, enterprise: Enterprise) -> None:
    """An application for a hot-work permit; any enterprise may apply, tagged for hot work or not."""
    if not may(uow, me.person, Act.APPLY_PERMIT, Target.of(enterprise)):
        answer(uow, me, Say("not-allowed"))
        return
    named = who_can_be_named(uow, enterprise.code)
    if all(one["fault"] is not None for one in named["welders"]):
        answer(uow, me, Say("permit-none-certified", name=enterprise.name, bureau=enterprise.supervisor))
        return
    flow.begin_old(uow, me, APPLICATION, _application(uow, enterprise, named))


def begin_again(uow: UnitOfWork, me: Speaker, talk: Conversation, enterprise: Enterprise) -> None:
    """An application that a gate stopped: what was answered is kept, and what no longer holds is asked anew."""
    named = who_can_be_named(uow, enterprise.code)
    brief = _application(uow, enterprise, named) | {"permit": talk.brief["permit"], "usual": talk.brief["usual"]}
    flow.begin_old(uow, me, APPLICATION, brief, correcting=talk.id)


def begin_correction(uow: UnitOfWork, me: Speaker, one: Held) -> None:
    """Put a returned application right: the talk waits with the question that is wrong. Who can be named is looked up
    anew, since whoever was missing may have come into the register.
    """
    talk = permit_applying.talk_of(uow, one)
    if talk is None or talk.person != me.person:
        answer(uow, me, Say("permit-not-now", code=one.permit.code, state=said_state(one.life.state)))
        return
    brief = {**talk.brief, **who_can_be_named(uow, one.permit.enterprise)}
    conversations.rebrief(uow.conn, talk.id, brief)
    flow.resume(uow, me, replace(talk, brief=brief))


def _application(uow: UnitOfWork, enterprise: Enterprise, named: dict[str, Any]) -> dict[str, Any]:
    lately = (uow.now - RECENT, uow.now + timedelta.resolution)
    before = stored.find(uow.conn, enterprises_=[enterprise.code], applied=lately)
    places = [{"place": one.application["place"], "part": one.application["part"]} for one in reversed(before)]
    points = [place for number, place in enumerate(places) if place not in places[:number]]
    # A job that was refused or called off is not one to repeat.
    worked = [one for one in before if one.stands not in (State.REFUSED, State.CANCELLED, State.RETURNED)]
    return {
        "enterprise": enterprise.code,
        "name": enterprise.name,
        "permit": None,
        "rules": rules_of(uow).as_json(),
        "earliest": uow.now.isoformat(),
        "latest": (uow.now + AHEAD).isoformat(),
        "points": points[:POINTS],
        "usual": dict(worked[-1].application) if worked else None,
        **named,
    }


def begin_gas(uow: UnitOfWork, me: Speaker, one: Held) -> None:
    """A gas sample is told."""
    if not _can(uow, me, one, Event.SAMPLE):
        return
    members = members_of(uow, one.permit.enterprise)
    tester = one.application.tester
    brief = {
        **_of(one),
        "rules": rules_of(uow).as_json(),
        "last": _last_gas(one.life),
        "own": tester is not None and tester.person == me.person,
        "members": sorted(members, key=lambda member: tester is None or member["person"] != tester.person),
    }
    flow.begin_old(uow, me, GAS, brief)


def _last_gas(life: Life) -> str | None:
    newest = max(life.samples, key=lambda sample: sample.taken_at, default=None)
    return None if newest is None else newest.gas


def begin_return(uow: UnitOfWork, me: Speaker, one: Held) -> None:
    """An approver gives an application back for one question of it."""
    if _can(uow, me, one, Event.RETURN):
        flow.begin_old(uow, me, RETURN, {**_of(one), "fields": _fields(uow, one)})


def begin_reason(uow: UnitOfWork, me: Speaker, one: Held, event: Event) -> None:
    """A permit is refused or cancelled, with why."""
    if _can(uow, me, one, event):
        flow.begin_old(uow, me, REASON, {**_of(one), "act": event.value})


def begin_stop_reason(uow: UnitOfWork, me: Speaker, one: Held) -> None:
    """Why a job was stopped, which may be told after it was."""
    if _can(uow, me, one, Event.NOTE):
        flow.begin_old(uow, me, STOPPED, _of(one))


def begin_arrival(uow: UnitOfWork, me: Speaker, one: Held) -> None:
    """The guardian is on site."""
    if _can(uow, me, one, Event.ARRIVE):
        flow.begin_old(uow, me, ARRIVAL, _of(one))


def begin_look(uow: UnitOfWork, me: Speaker, one: Held) -> None:
    """The guardian looks at the place after the job."""
    if _can(uow, me, one, Event.LOOK):
        flow.begin_old(uow, me, LOOK, _of(one))


def begin_acceptance(uow: UnitOfWork, me: Speaker, one: Held) -> None:
    """The place is looked at, and the permit closed."""
    if _can(uow, me, one, Event.CLOSE):
        flow.begin_old(uow, me, ACCEPTANCE, _of(one))


def said_state(state: State) -> Phrase:
    """Where a permit stands, in words."""
    return Say("permit-state", state=state.value)


def _of(one: Held) -> dict[str, Any]:
    return {"permit": one.permit.id, "number": one.permit.code, "place": one.application.place}


def _can(uow: UnitOfWork, me: Speaker, one: Held, event: Event) -> bool:
    """Whether somebody may cause an event now; else he is told where the permit stands."""
    seats: frozenset[Seat] = permits.seats(uow, me.person, one)
    if may(uow, me.person, Act.ACT_ON_PERMIT, Target.of(one.enterprise)) and may_cause(one.life.state, event, seats):
        return True
    answer(uow, me, Say("permit-not-now", code=one.permit.code, state=said_state(one.life.state)))
    return False


def _fields(uow: UnitOfWork, one: Held) -> Sequence[dict[str, Any]]:
    """The answers of an application by their short names, in both languages."""
    talk = conversations.by_id(uow.conn, one.permit.conversation)
    if talk is None:
        return []
    return [
        {
            "key": visited.question.key,
            "label": _both(visited.question.label),
            "value": _both(visited.question.describe(visited.value)),
        }
        for visited in flow.visited_of(uow, talk)
        if visited.question.label is not None and not isinstance(visited.question, Confirm)
    ]


def _both(phrase: Phrase) -> dict[str, str]:
    return {"zh": render(phrase, CHINESE), "en": render(phrase, ENGLISH)}
