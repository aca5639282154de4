"""An application for hot work goes in, is stopped by a gate, or comes back for one answer and is put right."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from campaign.applications import APPLICATION, Application, Who
from campaign.permit_life import Life
from campaign.permits import TABLE, Event, Gate, Seat, State
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work.gates import days_of, rules_of, shut_at_application, uncertified
from service.hot_work.permits import Held, advanced, loaded, locked, seats, shut_for, step_now, written
from service.workers import register as workers
from storage import conversations, permits, registry
from storage import workers as register
from storage.conversations import Conversation
from storage.permits import Named
from storage.registry import Enterprise


def submit(uow: UnitOfWork, me: Speaker, talk: Conversation, application: Application) -> Held | tuple[Gate, ...]:
    """Hand in an application, or one that was returned; the gates that are shut, else the permit."""
    enterprise = registry.enterprise(uow.conn, str(talk.brief["enterprise"]))
    if enterprise is None or not may(uow, me.person, Act.APPLY_PERMIT, Target.of(enterprise)):
        return (Gate.POSSIBLE,)
    before = _returned(uow, me, talk, enterprise)
    conversation = conversations.by_id(uow.conn, talk.id)
    begun = uow.now if conversation is None else conversation.started_at.astimezone(uow.context.zone)
    shut = set(shut_at_application(uow, enterprise.code, application, begun, None if before is None else before.permit))
    if Gate.CERTIFIED in shut:
        for name in uncertified(uow, enterprise.code, application.welders, days_of(application)):
            blocked(uow, me, enterprise, name, "submit")
    rules = rules_of(uow)
    if shut:
        life = Life() if before is None else before.life
        return tuple(gate for gate in TABLE[life.state, Event.SUBMIT].gates if gate in shut)
    terms, assessed = application.terms(rules), application.assessed(rules)
    values: dict[str, Any] = {
        "conversation": talk.id,
        "level": assessed.level,
        "upgraded": assessed.upgraded,
        "starts": terms.starts,
        "until": terms.until,
        "point": permits.point(uow.conn, enterprise.code, application.place),
        "application": APPLICATION.dump_python(application, mode="json"),
        "sample": terms.sample,
        "submitted_at": uow.now,
    }
    if before is None:
        number = _entered(uow, me, enterprise, values)
    else:
        number = before.permit.id
        permits.change(uow.conn, number, **values)
    permits.set_people(uow.conn, number, _named(uow, me, application))
    permit = permits.get(uow.conn, number)
    if permit is None:
        raise LookupError(number)
    return written(uow, loaded(uow, permit), step_now(uow, Event.SUBMIT), me.person, {"conversation": talk.id})


def _returned(uow: UnitOfWork, me: Speaker, talk: Conversation, enterprise: Enterprise) -> Held | None:
    """The permit that a talk puts right; None for a new one, also where the old one has ended meanwhile."""
    number = talk.brief.get("permit")
    one = None if number is None else locked(uow, int(number))
    owned = one is not None and one.permit.applicant == me.person and one.permit.enterprise == enterprise.code
    return one if one is not None and owned and one.life.state is State.RETURNED else None


def _entered(uow: UnitOfWork, me: Speaker, enterprise: Enterprise, values: Mapping[str, Any]) -> int:
    day = uow.now.date()
    number = permits.next_number(uow.conn, day)
    return permits.add(
        uow.conn,
        code=f"D-{day:%m%d}-{number:02}",
        day=day,
        number=number,
        enterprise=enterprise.code,
        district=enterprise.district,
        applicant=me.person,
        token=uow.fresh.token(),
        created_at=uow.now,
        state=State.SUBMITTED,
        begun=False,
        **values,
    )


def _named(uow: UnitOfWork, me: Speaker, application: Application) -> list[Named]:
    found = [Named(Seat.APPLICANT, me.name, me.person), _on(Seat.LEADER, application.leader)]
    for who in application.welders:
        worker = None if who.worker is None else register.get(uow.conn, who.worker)
        until = None if worker is None else workers.standing_of(worker, uow.now.date()).until
        masked = None if worker is None else worker.certificate_masked
        found.append(replace(_on(Seat.WELDER, who), certificate=masked, valid_until=until))
    found.append(_on(Seat.GUARDIAN, application.guardian))
    if application.tester is not None:
        found.append(_on(Seat.TESTER, application.tester))
    return found


def _on(seat: Seat, who: Who) -> Named:
    return Named(seat, who.name, who.person, who.worker)


def blocked(uow: UnitOfWork, me: Speaker, enterprise: Enterprise, name: str, why: str) -> None:
    """A gate stopped somebody from being named: kept with the enterprise, once a name and day, so that one who looks
    three times is one attempt.
    """
    today = uow.now.date()
    for one in permits.attempts_of(uow.conn, enterprise.code):
        if one.data.get("name") == name and one.at.astimezone(uow.context.zone).date() == today:
            return
    data = {"name": name, "why": why}
    permits.attempt(uow.conn, enterprise.code, enterprise.district, uow.now, me.person, Gate.CERTIFIED, data)


def return_(uow: UnitOfWork, me: Speaker, one: Held, key: str, remark: str) -> Held | tuple[Gate, ...]:
    """Give an application back with the one question that is wrong: the applicant's talk with it waits for him, see
    `talk_of`. POSSIBLE also where there is no such answer.
    """
    one = advanced(uow, one)
    old = conversations.by_id(uow.conn, one.permit.conversation)
    answers = {} if old is None else conversations.remembered(uow.conn, old.id)
    shut = shut_for(uow, me, one, Event.RETURN, uow.now, seats(uow, me.person, one))
    if shut or old is None or key not in answers:
        return shut or (Gate.POSSIBLE,)
    brief = {**old.brief, "permit": one.permit.id}
    talk = conversations.begin(uow.conn, old.dialog, one.permit.applicant, brief, None, uow.now, "waiting")
    wrong = [key, *(answered for answered in answers if answered.endswith("confirm"))]
    conversations.copy_answers(uow.conn, old.id, talk.id, wrong)
    conversations.hand_to(uow.conn, talk.id, one.permit.applicant, key, remark)
    data = {"key": key, "remark": remark, "conversation": talk.id}
    return written(uow, one, step_now(uow, Event.RETURN), me.person, data)


def talk_of(uow: UnitOfWork, one: Held) -> Conversation | None:
    """The talk in which a returned application is put right, locked."""
    steps = permits.steps(uow.conn, one.permit.id)
    number = next((step.data["conversation"] for step in reversed(steps) if step.event == Event.RETURN), None)
    if number is None or one.life.state is not State.RETURNED:
        return None
    return conversations.by_id(uow.conn, int(number))
