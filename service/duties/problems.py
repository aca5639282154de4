"""Problems raised in a dispatch: what became of each is asked once a month, and what needs help reaches the bureau."""

from datetime import datetime
from typing import Any

from campaign.talks.duties import Dispatched, Raised
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft, answer, send, tell
from service.core.permissions import Act, Target, may
from service.core.supervision import deciders
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import audit, duties, people, raised_problems, registry
from storage.duties import Duty
from storage.raised_problems import Problem
from storage.registry import Enterprise
from talk.actions import Tap
from talk.texts import Say


def raised_before(uow: UnitOfWork, duty: Duty) -> list[Raised]:
    """What a dispatch is told of problems raised before it."""
    found = []
    for one in raised_problems.of_enterprise(uow.conn, duty.subject):
        answered_here = one.asked_in == duty.id
        if _is_earlier(uow, one, duty) and (one.is_open or answered_here):
            found.append(Raised(one.id, one.text, ask=answered_here or _is_time(uow, one)))
    return found


def told(uow: UnitOfWork, me: Speaker, owned: OwnedDuty, result: Dispatched) -> None:
    """A confirmed dispatch says what became of earlier problems, and raises its own."""
    duty = owned.duty
    for number, solved in result.solved.items():
        one = raised_problems.get(uow.conn, number)
        if one is not None and one.enterprise == duty.enterprise and (one.is_open or one.asked_in == duty.id):
            _answered(uow, me, one, duty.id, solved=solved)
    every = raised_problems.of_enterprise(uow.conn, duty.subject)
    own = next((one for one in every if one.duty == duty.id), None)
    still = [one.text for one in every if one.is_open and one is not own]
    words = result.problems
    if words and words not in (*still, "；".join(still)):
        if own is None or own.text != words or own.state == "withdrawn":
            number = raised_problems.raise_(uow.conn, duty.subject, duty.id, words, uow.now)
            audit.note(uow.conn, uow.now, "problem-raised", me.person, f"problem/{number}", duty=duty.id)
    elif own is not None and own.is_open:
        raised_problems.change(uow.conn, own.id, "withdrawn")
        audit.note(uow.conn, uow.now, "problem-withdrawn", me.person, f"problem/{own.id}", duty=duty.id)


def ask(uow: UnitOfWork, me: Speaker, duty: Duty) -> None:
    """A month whose dispatch was met otherwise (by a weekly one) asks with a card for each problem."""
    for raised in raised_before(uow, duty):
        if raised.ask:
            taps = (
                Tap(Say("problem-solved"), f"a:problem:{raised.id}:solved"),
                Tap(Say("problem-open"), f"a:problem:{raised.id}:needed"),
            )
            send(uow, me, Draft((Say("dispatch-problem", problem=raised.text),), taps))


def tapped(uow: UnitOfWork, me: Speaker, number: int, state: str) -> None:
    """A button of a card: the principal says what became of a problem, staff that it was coordinated (已协调)."""
    one = raised_problems.get(uow.conn, number)
    enterprise = None if one is None else registry.enterprise(uow.conn, one.enterprise)
    act = {"solved": Act.ANSWER_PROBLEM, "needed": Act.ANSWER_PROBLEM, "coordinated": Act.COORDINATE_PROBLEM}.get(state)
    if one is None or enterprise is None or act is None:
        answer(uow, me, Say("not-allowed"))
        return
    target = Target.of_supervisor(enterprise) if act is Act.COORDINATE_PROBLEM else Target.of(enterprise)
    if not may(uow, me.person, act, target):
        answer(uow, me, Say("not-allowed"))
    elif (
        not one.is_open
        or (state == "coordinated" and one.state != "needed")
        or (state == "needed" and not _is_time(uow, one))
    ):
        answer(uow, me, Say("decide-done-before"))
    elif state == "coordinated":
        _coordinated(uow, me, one, enterprise)
    else:
        _answered(uow, me, one, None, solved=state == "solved")
        if state == "solved":
            answer(uow, me, Say("problem-solved-kept", problem=one.text))


def _answered(uow: UnitOfWork, me: Speaker, one: Problem, duty: int | None, *, solved: bool) -> None:
    state = "solved" if solved else "needed"
    if one.state == state and duty is not None and one.asked_in == duty:
        # A correction of something else: nobody is told twice.
        return
    raised_problems.change(
        uow.conn, one.id, state, asked_in=duty or one.asked_in, answered_at=uow.now, answered_by=me.person
    )
    audit.note(uow.conn, uow.now, "problem-answered", me.person, f"problem/{one.id}", solved=solved)
    if not solved:
        _pass_on(uow, me, one)


def _pass_on(uow: UnitOfWork, me: Speaker, one: Problem) -> None:
    """仍需协调: whoever supervises the enterprise finds it among what waits, and the enterprise is told who
    that is.
    """
    enterprise = registry.enterprise(uow.conn, one.enterprise)
    if enterprise is None:
        return
    reached = [people.address_of(uow.conn, staff) is not None for staff in deciders(uow, enterprise)]
    told = (
        Say("problem-passed-on", problem=one.text, bureau=enterprise.supervisor)
        if any(reached)
        else Say("problem-nobody", problem=one.text, bureau=enterprise.supervisor)
    )
    answer(uow, me, told)


def card(uow: UnitOfWork, one: Problem, enterprise: Enterprise) -> Draft:
    """A problem that needs help, in its own words."""
    heading = Say("problem-card", place=enterprise.name, district=enterprise.district, day=_day(uow, one.raised_at))
    return Draft((heading, one.text), (Tap(Say("option-coordinated"), f"a:problem:{one.id}:coordinated"),))


def _coordinated(uow: UnitOfWork, me: Speaker, one: Problem, enterprise: Enterprise) -> None:
    raised_problems.change(uow.conn, one.id, "coordinated", coordinated_at=uow.now, coordinated_by=me.person)
    audit.note(uow.conn, uow.now, "problem-coordinated", me.person, f"problem/{one.id}")
    told = Draft(
        (Say("problem-coordinated-told", day=_day(uow, one.raised_at)), one.text),
        (Tap(Say("problem-solved"), f"a:problem:{one.id}:solved"),),
    )
    for principal in people.holders(uow.conn, "principal", enterprise.code):
        tell(uow, principal, told, kind="problem", dedupe=f"{uow.cause}/problem/{one.id}/{principal}")
    answer(uow, me, Say("problem-coordinated-done", place=enterprise.name))


def _is_earlier(uow: UnitOfWork, one: Problem, duty: Duty) -> bool:
    """Whether it was raised by a dispatch before this one."""
    raised = duties.get(uow.conn, one.duty)
    return raised is not None and raised.opens < duty.opens


def _is_time(uow: UnitOfWork, one: Problem) -> bool:
    """Not in the month in which it was raised or answered for: once a month is enough."""
    spoken = one.answered_at or one.raised_at
    return _month(uow, spoken) != _month(uow, uow.now)


def _month(uow: UnitOfWork, at: datetime) -> tuple[int, int]:
    local = at.astimezone(uow.context.zone)
    return local.year, local.month


def _day(uow: UnitOfWork, at: datetime) -> Any:
    return at.astimezone(uow.context.zone).date()
