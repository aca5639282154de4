"""The talks about hot-work permits begin: with which facts, for whom."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from campaign.permit_life import Life
from campaign.permits import Event, Seat, State
from campaign.permits import may as may_cause
from service import talks
from service.hazards.ledger import seen
from service.hot_work import applying as permit_applying
from service.hot_work import permits
from service.hot_work.gates import rules_of
from service.hot_work.permits import Held
from service.hot_work.register import members_of, who_can_be_named
from service.letters import answer
from service.permissions import Act, may
from service.work import Speaker, Talking, Work
from storage import conversations
from storage import permits as stored
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


def begin_application(work: Work, me: Speaker, enterprise: Enterprise) -> None:
    """An application for a hot-work permit; any enterprise may apply, tagged for hot work or not."""
    if not may(work, me.person, Act.APPLY_PERMIT, seen(enterprise)):
        answer(work, me, Say("not-allowed"))
        return
    named = who_can_be_named(work, enterprise.code)
    if all(one["fault"] is not None for one in named["welders"]):
        answer(work, me, Say("permit-none-certified", name=enterprise.name, bureau=enterprise.supervisor))
        return
    talks.begin(work, me, APPLICATION, _application(work, enterprise, named))


def begin_again(work: Work, me: Speaker, talk: Talking, enterprise: Enterprise) -> None:
    """An application that a gate stopped: what was answered is kept, and what no longer holds is asked anew."""
    named = who_can_be_named(work, enterprise.code)
    brief = _application(work, enterprise, named) | {"permit": talk.brief["permit"], "usual": talk.brief["usual"]}
    talks.begin(work, me, APPLICATION, brief, correcting=talk.id)


def begin_correction(work: Work, me: Speaker, one: Held) -> None:
    """Put a returned application right: the talk waits with the question that is wrong. Who can be named is looked up
    anew, since whoever was missing may have come into the register.
    """
    talk = permit_applying.talk_of(work, one)
    if talk is None or talk.person != me.person:
        answer(work, me, Say("permit-not-now", code=one.permit.code, state=said_state(one.life.state)))
        return
    brief = {**talk.brief, **who_can_be_named(work, one.permit.enterprise)}
    conversations.rebrief(work.conn, talk.id, brief)
    talks.resume(work, me, replace(talk, brief=brief))


def _application(work: Work, enterprise: Enterprise, named: dict[str, Any]) -> dict[str, Any]:
    lately = (work.now - RECENT, work.now + timedelta.resolution)
    before = stored.find(work.conn, enterprises_=[enterprise.code], applied=lately)
    places = [{"place": one.application["place"], "part": one.application["part"]} for one in reversed(before)]
    points = [place for number, place in enumerate(places) if place not in places[:number]]
    # A job that was refused or called off is not one to repeat.
    worked = [one for one in before if one.stands not in (State.REFUSED, State.CANCELLED, State.RETURNED)]
    return {
        "enterprise": enterprise.code,
        "name": enterprise.name,
        "permit": None,
        "rules": rules_of(work).as_json(),
        "earliest": work.now.isoformat(),
        "latest": (work.now + AHEAD).isoformat(),
        "points": points[:POINTS],
        "usual": dict(worked[-1].application) if worked else None,
        **named,
    }


def begin_gas(work: Work, me: Speaker, one: Held) -> None:
    """A gas sample is told."""
    if not _can(work, me, one, Event.SAMPLE):
        return
    members = members_of(work, one.permit.enterprise)
    tester = one.application.tester
    brief = {
        **_of(one),
        "rules": rules_of(work).as_json(),
        "last": _last_gas(one.life),
        "own": tester is not None and tester.person == me.person,
        "members": sorted(members, key=lambda member: tester is None or member["person"] != tester.person),
    }
    talks.begin(work, me, GAS, brief)


def _last_gas(life: Life) -> str | None:
    newest = max(life.samples, key=lambda sample: sample.taken_at, default=None)
    return None if newest is None else newest.gas


def begin_return(work: Work, me: Speaker, one: Held) -> None:
    """An approver gives an application back for one question of it."""
    if _can(work, me, one, Event.RETURN):
        talks.begin(work, me, RETURN, {**_of(one), "fields": _fields(work, one)})


def begin_reason(work: Work, me: Speaker, one: Held, event: Event) -> None:
    """A permit is refused or cancelled, with why."""
    if _can(work, me, one, event):
        talks.begin(work, me, REASON, {**_of(one), "act": event.value})


def begin_stop_reason(work: Work, me: Speaker, one: Held) -> None:
    """Why a job was stopped, which may be told after it was."""
    if _can(work, me, one, Event.NOTE):
        talks.begin(work, me, STOPPED, _of(one))


def begin_arrival(work: Work, me: Speaker, one: Held) -> None:
    """The guardian is on site."""
    if _can(work, me, one, Event.ARRIVE):
        talks.begin(work, me, ARRIVAL, _of(one))


def begin_look(work: Work, me: Speaker, one: Held) -> None:
    """The guardian looks at the place after the job."""
    if _can(work, me, one, Event.LOOK):
        talks.begin(work, me, LOOK, _of(one))


def begin_acceptance(work: Work, me: Speaker, one: Held) -> None:
    """The place is looked at, and the permit closed."""
    if _can(work, me, one, Event.CLOSE):
        talks.begin(work, me, ACCEPTANCE, _of(one))


def said_state(state: State) -> Phrase:
    """Where a permit stands, in words."""
    return Say("permit-state", state=state.value)


def _of(one: Held) -> dict[str, Any]:
    return {"permit": one.permit.id, "number": one.permit.code, "place": one.application.place}


def _can(work: Work, me: Speaker, one: Held, event: Event) -> bool:
    """Whether somebody may cause an event now; else he is told where the permit stands."""
    seats: frozenset[Seat] = permits.seats(work, me.person, one)
    if may(work, me.person, Act.ACT_ON_PERMIT, seen(one.enterprise)) and may_cause(one.life.state, event, seats):
        return True
    answer(work, me, Say("permit-not-now", code=one.permit.code, state=said_state(one.life.state)))
    return False


def _fields(work: Work, one: Held) -> Sequence[dict[str, Any]]:
    """The answers of an application by their short names, in both languages."""
    talk = conversations.by_id(work.conn, one.permit.conversation)
    if talk is None:
        return []
    return [
        {
            "key": visited.question.key,
            "label": _both(visited.question.label),
            "value": _both(visited.question.describe(visited.value)),
        }
        for visited in talks.visited_of(work, talk)
        if visited.question.label is not None and not isinstance(visited.question, Confirm)
    ]


def _both(phrase: Phrase) -> dict[str, str]:
    return {"zh": render(phrase, CHINESE), "en": render(phrase, ENGLISH)}
