"""An application for hot work goes in, is stopped by a gate, or comes back for one answer and is put right."""

from dataclasses import replace

from campaign.applications import APPLICATION, Application, Who
from campaign.permit_life import PermitLife
from campaign.permits import TABLE, Event, Gate, Seat, State
from campaign.talks.hot_work import ApplicationBrief
from service.core.permissions import Act, allows
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work.acting import shut_for
from service.hot_work.gates import certificate_faults, days_of, rules_of, shut_at_application, uncertified
from service.hot_work.in_hand import PermitInHand, loaded, seats
from service.hot_work.refusals import GatesShutError, gates_shut
from service.hot_work.steps import advanced, locked, step_now, written
from service.registry import states
from service.talks import flow
from storage import conversations, permits, registry, workers
from storage.conversations import Conversation
from storage.permits import PermitPerson
from storage.registry import Enterprise
from talk.cleaning import likeness
from talk.texts import Say


def submit(
    uow: UnitOfWork, me: Speaker, talk: Conversation, brief: ApplicationBrief, application: Application
) -> PermitInHand:
    """Hand in an application, or one that was returned, and return its permit. GatesShutError: gates keep it back."""
    enterprise = registry.enterprise(uow.conn, brief.enterprise)
    if enterprise is None or not allows(uow, me, Act.APPLY_PERMIT, enterprise):
        raise GatesShutError((Gate.POSSIBLE,), Say("not-allowed"))
    if enterprise.is_closed:
        raise GatesShutError((Gate.POSSIBLE,), closed(uow, enterprise))
    before = _returned(uow, me, brief)
    _ask_gates(uow, me, talk, enterprise, application, before)
    rules = rules_of(uow)
    terms, assessed = application.terms(rules), application.assessed(rules)
    values: permits.PermitTerms = {
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
        number = before.row.id
        permits.resubmit(uow.conn, number, **values)
    permits.set_people(uow.conn, number, _named(uow, me, application))
    row = permits.get(uow.conn, number)
    if row is None:
        raise LookupError(number)
    return written(uow, loaded(uow, row), step_now(uow, Event.SUBMIT), me.person, {"conversation": talk.id})


def closed(uow: UnitOfWork, enterprise: Enterprise) -> Say:
    """Return why an enterprise that is gone can apply for nothing."""
    return Say("permit-enterprise-closed", place=enterprise.name, state=states.present(uow, enterprise.code))


def _ask_gates(
    uow: UnitOfWork,
    me: Speaker,
    talk: Conversation,
    enterprise: Enterprise,
    application: Application,
    before: PermitInHand | None,
) -> None:
    """Raise GatesShutError where gates keep an application back; a welder without a certificate is an attempt."""
    conversation = conversations.by_id(uow.conn, talk.id)
    begun = uow.now if conversation is None else conversation.started_at.astimezone(uow.context.zone)
    shut = set(shut_at_application(uow, enterprise.code, application, begun, None if before is None else before.row))
    if Gate.CERTIFIED in shut:
        for name in uncertified(uow, enterprise.code, application.welders, days_of(application)):
            blocked(uow, me, enterprise, name, "submit")
    if shut:
        life = PermitLife() if before is None else before.life
        gates = tuple(gate for gate in TABLE[life.state, Event.SUBMIT].gates if gate in shut)
        standard = rules_of(uow).standard
        raise GatesShutError(
            gates,
            *(Say("permit-gate-shut", gate=gate.value, standard=standard) for gate in gates),
            *certificate_faults(uow, enterprise.code, application.welders, days_of(application)),
        )


def _returned(uow: UnitOfWork, me: Speaker, brief: ApplicationBrief) -> PermitInHand | None:
    """Return the permit that a talk puts right; None for a new one, also where the old one has ended meanwhile."""
    permit = None if brief.permit is None else locked(uow, brief.permit)
    if permit is None or (permit.row.applicant, permit.row.enterprise) != (me.person, brief.enterprise):
        return None
    return permit if permit.life.state is State.RETURNED else None


def _entered(uow: UnitOfWork, me: Speaker, enterprise: Enterprise, values: permits.PermitTerms) -> int:
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


def _named(uow: UnitOfWork, me: Speaker, application: Application) -> list[PermitPerson]:
    found = [PermitPerson(Seat.APPLICANT, me.name, me.person), _on(Seat.LEADER, application.leader)]
    for who in application.welders:
        worker = None if who.worker is None else workers.get(uow.conn, who.worker)
        named = _on(Seat.WELDER, who)
        if worker is not None:
            named = replace(
                named,
                certificate=worker.certificate_masked,
                review_due=worker.review_due,
                valid_until=worker.valid_until,
            )
        found.append(named)
    found.append(_on(Seat.GUARDIAN, application.guardian))
    if application.tester is not None:
        found.append(_on(Seat.TESTER, application.tester))
    return found


def _on(seat: Seat, who: Who) -> PermitPerson:
    return PermitPerson(seat, who.name, who.person, who.worker)


def blocked(uow: UnitOfWork, me: Speaker, enterprise: Enterprise, name: str, why: str) -> None:
    """Count that a gate stopped somebody from being named: once a name and day in an enterprise, so that one who looks
    three times is one attempt.
    """
    today, like = uow.now.date(), likeness(name)
    for attempt in permits.attempts_of(uow.conn, enterprise.code):
        named = likeness(str(attempt.data.get("name")))
        if named == like and attempt.at.astimezone(uow.context.zone).date() == today:
            return
    data = {"name": name, "why": why}
    permits.attempt(uow.conn, enterprise.code, enterprise.district, uow.now, me.person, Gate.CERTIFIED, data)


def give_back(uow: UnitOfWork, me: Speaker, permit: PermitInHand, key: str, remark: str) -> PermitInHand:
    """Give an application back with the one question that is wrong, and return the permit after it: the applicant's
    talk with it waits for him, see `talk_of`. GatesShutError, POSSIBLE also where there is no such answer.
    """
    permit = advanced(uow, permit)
    old = conversations.by_id(uow.conn, permit.row.conversation)
    answers = {} if old is None else conversations.remembered(uow.conn, old.id)
    shut = shut_for(uow, me, permit, Event.RETURN, uow.now, seats(uow, me.person, permit))
    if shut or old is None or key not in answers:
        raise gates_shut(uow, permit, Event.RETURN, shut or (Gate.POSSIBLE,))
    brief = {**old.brief, "permit": permit.row.id}
    talk = conversations.begin(uow.conn, old.dialog, permit.row.applicant, brief, None, uow.now, "waiting")
    conversations.copy_answers(uow.conn, old.id, talk.id, [key, *flow.confirmations(uow, old)])
    conversations.hand_to(uow.conn, talk.id, permit.row.applicant, key, remark)
    data = {"key": key, "remark": remark, "conversation": talk.id}
    return written(uow, permit, step_now(uow, Event.RETURN), me.person, data)


def talk_of(uow: UnitOfWork, permit: PermitInHand) -> Conversation | None:
    """Return the talk in which a returned application is put right, locked; None: the permit is not returned."""
    returned = (step.data["conversation"] for step in reversed(permit.steps) if step.event == Event.RETURN)
    number = next(returned, None)
    if number is None or permit.life.state is not State.RETURNED:
        return None
    return conversations.by_id(uow.conn, int(number))
