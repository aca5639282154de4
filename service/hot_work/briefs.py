"""The talks about hot-work permits begin: with which facts, for whom."""

from dataclasses import replace
from datetime import timedelta
from typing import Final, TypedDict

import msgspec

from campaign.applications import APPLICATION, OTHER
from campaign.permit_life import unsecured
from campaign.permits import Event, State
from campaign.permits import may as may_cause
from campaign.talks import hot_work
from service.core.permissions import Act, may, require
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import applying
from service.hot_work.gates import rules_of
from service.hot_work.in_hand import PermitInHand, newest_checks, person_name, seats
from service.hot_work.refusals import not_now
from service.hot_work.register import members_of, welders_of
from service.hot_work.steps import opened
from service.talks import flow
from storage import conversations, permits
from storage.conversations import Conversation
from storage.registry import Enterprise
from storage.unreadable import Unreadable
from talk.questions import Confirm
from talk.texts import CHINESE, ENGLISH, Phrase, Say, Words, render

AHEAD: Final = timedelta(days=7)
"""A job may begin so long after its application [D]: later, nobody knows the place, the wind and who is there."""
RECENT: Final = timedelta(days=90)
"""What an enterprise applied for since then is offered again."""
POINTS: Final = 6

TOLD: Final = frozenset(
    {
        *(Event.RETURN, Event.REFUSE, Event.CANCEL, Event.SAMPLE, Event.ARRIVE, Event.MEASURES),
        *(Event.LOOK, Event.CLOSE, Event.NOTE),
    }
)
"""What needs words, a value or a photo, and so a talk; a note says why a job was stopped. All else is one tap."""


def begin_application(uow: UnitOfWork, me: Speaker, enterprise: Enterprise) -> None:
    """An application for a hot-work permit; any enterprise may apply, tagged for hot work or not."""
    require(uow, me, Act.APPLY_PERMIT, enterprise)
    if enterprise.is_closed:
        raise RefusedError(applying.closed(uow, enterprise))
    brief = _application(uow, enterprise)
    if all(welder.fault is not None for welder in brief.welders):
        raise RefusedError(Say("permit-none-certified", name=enterprise.name, bureau=enterprise.supervisor))
    flow.begin(uow, me, brief)


def begin_again(
    uow: UnitOfWork, me: Speaker, talk: Conversation, stopped: hot_work.ApplicationBrief, enterprise: Enterprise
) -> None:
    """An application that a gate stopped: what was answered is kept, and what no longer holds is asked anew."""
    brief = msgspec.structs.replace(_application(uow, enterprise), permit=stopped.permit, usual=stopped.usual)
    flow.begin(uow, me, brief, correcting=talk.id)


def begin_correction(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """修改申请: put a returned application right. The talk waits with the question that is wrong; who can be named is
    looked up anew, since whoever was missing may have come into the register.
    """
    permit = opened(uow, me.person, number)
    talk = applying.talk_of(uow, permit)
    if talk is None or talk.person != me.person:
        raise RefusedError(not_now(permit))
    members = members_of(uow, permit.row.enterprise)
    brief = msgspec.structs.replace(
        hot_work.ApplicationBrief.from_json(talk.brief),
        members=members,
        welders=welders_of(uow, permit.row.enterprise, members),
    ).as_json()
    conversations.rebrief(uow.conn, talk.id, brief)
    flow.resume(uow, me, replace(talk, brief=brief))


def _application(uow: UnitOfWork, enterprise: Enterprise) -> hot_work.ApplicationBrief:
    lately = (uow.now - RECENT, uow.now + timedelta.resolution)
    found = permits.find(uow.conn, enterprise=enterprise.code, applied=lately)
    before = [row for row in found if not isinstance(row.application, Unreadable)]
    points = dict.fromkeys(
        hot_work.KnownPoint(row.application["place"], row.application["part"]) for row in reversed(before)
    )
    # A job that was refused or called off is not one to repeat.
    worked = [row for row in before if row.stands not in (State.REFUSED, State.CANCELLED, State.RETURNED)]
    members = members_of(uow, enterprise.code)
    return hot_work.ApplicationBrief(
        enterprise=enterprise.code,
        name=enterprise.name,
        permit=None,
        rules=rules_of(uow),
        earliest=uow.now,
        latest=uow.now + AHEAD,
        points=tuple(points)[:POINTS],
        usual=APPLICATION.validate_python(worked[-1].application) if worked else None,
        members=members,
        welders=welders_of(uow, enterprise.code, members),
    )


def begin(uow: UnitOfWork, me: Speaker, permit: PermitInHand, event: Event) -> None:
    """Begin the talk in which one of `TOLD` is told. RefusedError, which says where the permit stands, for somebody who
    may not cause it now.
    """
    owned = seats(uow, me.person, permit)
    acts = may(uow, me.person, Act.ACT_ON_PERMIT, permit.enterprise)
    if not acts or not may_cause(permit.life.state, event, owned):
        raise RefusedError(not_now(permit))
    flow.begin(uow, me, _brief(uow, me, permit, event))


def _brief(uow: UnitOfWork, me: Speaker, permit: PermitInHand, event: Event) -> hot_work.PermitBrief:
    facts: _Facts = {"permit": permit.row.id, "number": permit.row.code, "place": permit.application.place}
    match event:
        case Event.RETURN:
            return hot_work.ReturnBrief(**facts, fields=_fields(uow, permit))
        case Event.REFUSE:
            return hot_work.ReasonBrief(**facts, act="refuse")
        case Event.CANCEL:
            return hot_work.ReasonBrief(**facts, act="cancel")
        case Event.SAMPLE:
            return _gas(uow, me, permit, facts)
        case Event.ARRIVE:
            return hot_work.ArrivalBrief(**facts, **_site(uow, permit))
        case Event.MEASURES:
            site = _site(uow, permit)
            if not site["others"] and all(measure.by for measure in site["measures"]):
                raise RefusedError(Say("permit-secured-already", code=permit.row.code))
            return hot_work.MeasuresBrief(**facts, **site)
        case Event.LOOK:
            return hot_work.LookBrief(**facts)
        case Event.CLOSE:
            return hot_work.AcceptanceBrief(**facts)
        case _:
            return hot_work.StopReasonBrief(**facts)


class _Facts(TypedDict):
    permit: int
    number: str
    place: str


class _SiteFacts(TypedDict):
    applicant: str
    measures: tuple[hot_work.SiteMeasure, ...]
    others: tuple[hot_work.SiteOther, ...]


def _site(uow: UnitOfWork, permit: PermitInHand) -> _SiteFacts:
    """Return the measures that apply, with who found each in place on this day."""
    rules, wanted, looked = rules_of(uow), set(unsecured(permit.terms, permit.life, uow.now)), newest_checks(permit)
    counted = {measure.id: measure.number for measure in permit.application.measures}
    measures = []
    for measure in rules.measures:
        if measure.id not in counted:
            continue
        step = None if measure.id in wanted else looked[measure.id]
        by = "" if step is None else person_name(uow, step.person)
        at = None if step is None else step.at.astimezone(uow.context.zone)
        measures.append(hot_work.SiteMeasure(measure.id, measure.text, counted[measure.id], by, at))
    return {
        "applicant": person_name(uow, permit.row.applicant),
        "measures": tuple(measures),
        "others": tuple(
            hot_work.SiteOther(other.id, other.name) for other in rules.others if f"{OTHER}{other.id}" in wanted
        ),
    }


def _gas(uow: UnitOfWork, me: Speaker, permit: PermitInHand, facts: _Facts) -> hot_work.GasBrief:
    tester = permit.application.tester
    newest = max(permit.life.samples, key=lambda sample: sample.taken_at, default=None)
    return hot_work.GasBrief(
        **facts,
        rules=rules_of(uow),
        last=None if newest is None else newest.gas,
        own=tester is not None and tester.person == me.person,
        # The tester comes first.
        members=tuple(
            sorted(
                members_of(uow, permit.row.enterprise),
                key=lambda member: tester is None or member.person != tester.person,
            )
        ),
    )


def _fields(uow: UnitOfWork, permit: PermitInHand) -> tuple[hot_work.AnsweredField, ...]:
    """Return the answers of an application by their short names, in both languages."""
    talk = conversations.by_id(uow.conn, permit.row.conversation)
    if talk is None:
        return ()
    return tuple(
        hot_work.AnsweredField(question.key, _both(question.label), _both(question.describe(visited.value)))
        for visited in flow.state_of(uow, talk).visited
        if (question := visited.question).label is not None and not isinstance(question, Confirm)
    )


def _both(phrase: Phrase) -> Words:
    return Words(render(phrase, CHINESE), render(phrase, ENGLISH))
