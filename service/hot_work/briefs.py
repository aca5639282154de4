"""The talks about hot-work permits begin: with which facts, for whom."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from campaign.permit_life import PermitLife
from campaign.permits import Event, State
from campaign.permits import may as may_cause
from service.core.permissions import Act, Target, may
from service.core.refusal import RefusedError, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import applying
from service.hot_work.gates import rules_of
from service.hot_work.in_hand import PermitInHand, seats
from service.hot_work.refusals import not_now
from service.hot_work.register import members_of, who_can_be_named
from service.talks import flow
from storage import conversations, permits
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
        raise not_allowed()
    named = who_can_be_named(uow, enterprise.code)
    if all(welder["fault"] is not None for welder in named["welders"]):
        raise RefusedError(Say("permit-none-certified", name=enterprise.name, bureau=enterprise.supervisor))
    flow.begin_old(uow, me, APPLICATION, _application(uow, enterprise, named))


def begin_again(uow: UnitOfWork, me: Speaker, talk: Conversation, enterprise: Enterprise) -> None:
    """An application that a gate stopped: what was answered is kept, and what no longer holds is asked anew."""
    named = who_can_be_named(uow, enterprise.code)
    brief = _application(uow, enterprise, named) | {"permit": talk.brief["permit"], "usual": talk.brief["usual"]}
    flow.begin_old(uow, me, APPLICATION, brief, correcting=talk.id)


def begin_correction(uow: UnitOfWork, me: Speaker, permit: PermitInHand) -> None:
    """Put a returned application right: the talk waits with the question that is wrong. Who can be named is looked up
    anew, since whoever was missing may have come into the register.
    """
    talk = applying.talk_of(uow, permit)
    if talk is None or talk.person != me.person:
        raise RefusedError(not_now(permit))
    brief = {**talk.brief, **who_can_be_named(uow, permit.row.enterprise)}
    conversations.rebrief(uow.conn, talk.id, brief)
    flow.resume(uow, me, replace(talk, brief=brief))


def _application(uow: UnitOfWork, enterprise: Enterprise, named: dict[str, Any]) -> dict[str, Any]:
    lately = (uow.now - RECENT, uow.now + timedelta.resolution)
    before = permits.find(uow.conn, enterprises_=[enterprise.code], applied=lately)
    places = [{"place": row.application["place"], "part": row.application["part"]} for row in reversed(before)]
    points = [place for number, place in enumerate(places) if place not in places[:number]]
    # A job that was refused or called off is not one to repeat.
    worked = [row for row in before if row.stands not in (State.REFUSED, State.CANCELLED, State.RETURNED)]
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


def begin_gas(uow: UnitOfWork, me: Speaker, permit: PermitInHand) -> None:
    """A gas sample is told."""
    _must_be_able(uow, me, permit, Event.SAMPLE)
    members = members_of(uow, permit.row.enterprise)
    tester = permit.application.tester
    brief = {
        **_of(permit),
        "rules": rules_of(uow).as_json(),
        "last": _last_gas(permit.life),
        "own": tester is not None and tester.person == me.person,
        "members": sorted(members, key=lambda member: tester is None or member["person"] != tester.person),
    }
    flow.begin_old(uow, me, GAS, brief)


def _last_gas(life: PermitLife) -> str | None:
    newest = max(life.samples, key=lambda sample: sample.taken_at, default=None)
    return None if newest is None else newest.gas


def begin_return(uow: UnitOfWork, me: Speaker, permit: PermitInHand) -> None:
    """An approver gives an application back for one question of it."""
    _must_be_able(uow, me, permit, Event.RETURN)
    flow.begin_old(uow, me, RETURN, {**_of(permit), "fields": _fields(uow, permit)})


def begin_reason(uow: UnitOfWork, me: Speaker, permit: PermitInHand, event: Event) -> None:
    """A permit is refused or cancelled, with why."""
    _must_be_able(uow, me, permit, event)
    flow.begin_old(uow, me, REASON, {**_of(permit), "act": event.value})


def begin_stop_reason(uow: UnitOfWork, me: Speaker, permit: PermitInHand) -> None:
    """Why a job was stopped, which may be told after it was."""
    _must_be_able(uow, me, permit, Event.NOTE)
    flow.begin_old(uow, me, STOPPED, _of(permit))


def begin_arrival(uow: UnitOfWork, me: Speaker, permit: PermitInHand) -> None:
    """The guardian is on site."""
    _must_be_able(uow, me, permit, Event.ARRIVE)
    flow.begin_old(uow, me, ARRIVAL, _of(permit))


def begin_look(uow: UnitOfWork, me: Speaker, permit: PermitInHand) -> None:
    """The guardian looks at the place after the job."""
    _must_be_able(uow, me, permit, Event.LOOK)
    flow.begin_old(uow, me, LOOK, _of(permit))


def begin_acceptance(uow: UnitOfWork, me: Speaker, permit: PermitInHand) -> None:
    """The place is looked at, and the permit closed."""
    _must_be_able(uow, me, permit, Event.CLOSE)
    flow.begin_old(uow, me, ACCEPTANCE, _of(permit))


def _of(permit: PermitInHand) -> dict[str, Any]:
    return {"permit": permit.row.id, "number": permit.row.code, "place": permit.application.place}


def _must_be_able(uow: UnitOfWork, me: Speaker, permit: PermitInHand, event: Event) -> None:
    """RefusedError, which says where the permit stands, unless somebody may cause an event now."""
    owned = seats(uow, me.person, permit)
    acts = may(uow, me.person, Act.ACT_ON_PERMIT, Target.of(permit.enterprise))
    if not acts or not may_cause(permit.life.state, event, owned):
        raise RefusedError(not_now(permit))


def _fields(uow: UnitOfWork, permit: PermitInHand) -> Sequence[dict[str, Any]]:
    """The answers of an application by their short names, in both languages."""
    talk = conversations.by_id(uow.conn, permit.row.conversation)
    if talk is None:
        return []
    return [
        {
            "key": visited.question.key,
            "label": _both(visited.question.label),
            "value": _both(visited.question.describe(visited.value)),
        }
        for visited in flow.state_of(uow, talk).visited
        if visited.question.label is not None and not isinstance(visited.question, Confirm)
    ]


def _both(phrase: Phrase) -> dict[str, str]:
    return {"zh": render(phrase, CHINESE), "en": render(phrase, ENGLISH)}
