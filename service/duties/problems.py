"""Problems raised in a dispatch: what became of each is asked once a month, and what needs help reaches the bureau."""

from datetime import date, datetime

from campaign.roles import PRINCIPAL
from campaign.talks.duties import Dispatched, Raised
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft, answer, send, tell
from service.core.permissions import Act, allows
from service.core.refusal import RefusedError, not_allowed
from service.core.supervision import deciders
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import actions
from service.duties.actions import ProblemSaid
from storage import duties, people, raised_problems, registry
from storage.duties import Duty
from storage.raised_problems import Problem
from storage.registry import Enterprise
from talk.texts import Say


def raised_before(uow: UnitOfWork, duty: Duty) -> list[Raised]:
    """Return the problems that a dispatch is told of: those raised before it that are open or were answered in it."""
    found = []
    for problem in raised_problems.of_enterprise(uow.conn, duty.subject):
        answered_here = problem.asked_in == duty.id
        if _is_earlier(uow, problem, duty) and (problem.is_open or answered_here):
            found.append(Raised(problem.id, problem.text, ask=answered_here or _is_time(uow, problem)))
    return found


def told(uow: UnitOfWork, me: Speaker, owned: OwnedDuty, result: Dispatched) -> None:
    """A confirmed dispatch says what became of earlier problems, and raises its own."""
    duty = owned.duty
    for number, solved in result.solved.items():
        problem = raised_problems.get(uow.conn, number)
        if (
            problem is not None
            and problem.enterprise == duty.enterprise
            and (problem.is_open or problem.asked_in == duty.id)
        ):
            _answered(uow, me, problem, duty.id, solved=solved)
    every = raised_problems.of_enterprise(uow.conn, duty.subject)
    own = next((problem for problem in every if problem.duty == duty.id), None)
    still = [problem.text for problem in every if problem.is_open and problem is not own]
    words = result.problems
    if words and words not in (*still, "；".join(still)):
        if own is None or own.text != words or own.state == "withdrawn":
            number = raised_problems.raise_(uow.conn, duty.subject, duty.id, words, uow.now)
            uow.note("problem-raised", f"problem/{number}", duty=duty.id)
    elif own is not None and own.is_open:
        raised_problems.change(uow.conn, own.id, "withdrawn")
        uow.note("problem-withdrawn", f"problem/{own.id}", duty=duty.id)


def ask(uow: UnitOfWork, me: Speaker, duty: Duty) -> None:
    """A month whose dispatch was met otherwise (by a weekly problem) asks with a card for each problem."""
    for raised in raised_before(uow, duty):
        if raised.ask:
            taps = (
                actions.PROBLEM.tap(Say("problem-solved"), raised.id, "solved"),
                actions.PROBLEM.tap(Say("problem-open"), raised.id, "needed"),
            )
            send(uow, me, Draft((Say("dispatch-problem", problem=raised.text),), taps, of=duty.subject))


def tapped(uow: UnitOfWork, me: Speaker, number: int, state: ProblemSaid) -> None:
    """A button of a card: the principal says what became of a problem, staff that it was coordinated (已协调)."""
    problem = raised_problems.get(uow.conn, number)
    enterprise = None if problem is None else registry.enterprise(uow.conn, problem.enterprise)
    if problem is None or enterprise is None:
        raise not_allowed()
    if state == "coordinated":
        allowed = allows(uow, me, Act.COORDINATE_PROBLEM, enterprise)
    else:
        allowed = allows(uow, me, Act.ANSWER_PROBLEM, enterprise)
    if not allowed:
        raise not_allowed()
    if (
        not problem.is_open
        or (state == "coordinated" and problem.state != "needed")
        or (state == "needed" and not _is_time(uow, problem))
    ):
        raise RefusedError(Say("decide-done-before"))
    if state == "coordinated":
        _coordinated(uow, me, problem, enterprise)
    else:
        _answered(uow, me, problem, None, solved=state == "solved")
        if state == "solved":
            answer(uow, me, Say("problem-solved-kept", problem=problem.text))


def _answered(uow: UnitOfWork, me: Speaker, problem: Problem, duty: int | None, *, solved: bool) -> None:
    state = "solved" if solved else "needed"
    if problem.state == state and duty is not None and problem.asked_in == duty:
        # A correction of something else: nobody is told twice.
        return
    raised_problems.change(
        uow.conn, problem.id, state, asked_in=duty or problem.asked_in, answered_at=uow.now, answered_by=me.person
    )
    uow.note("problem-answered", f"problem/{problem.id}", solved=solved)
    if not solved:
        _pass_on(uow, me, problem)


def _pass_on(uow: UnitOfWork, me: Speaker, problem: Problem) -> None:
    """仍需协调: whoever supervises the enterprise finds it among what waits, and the enterprise is told who
    that is.
    """
    enterprise = registry.enterprise(uow.conn, problem.enterprise)
    if enterprise is None:
        return
    reached = [people.address_of(uow.conn, staff) is not None for staff in deciders(uow, enterprise)]
    told = (
        Say("problem-passed-on", problem=problem.text, bureau=enterprise.supervisor)
        if any(reached)
        else Say("problem-nobody", problem=problem.text, bureau=enterprise.supervisor)
    )
    answer(uow, me, told)


def card(uow: UnitOfWork, problem: Problem, enterprise: Enterprise) -> Draft:
    """A problem that needs help, in its own words."""
    heading = Say("problem-card", place=enterprise.name, district=enterprise.district, day=_day(uow, problem.raised_at))
    taps = (actions.PROBLEM.tap(Say("option-coordinated"), problem.id, "coordinated"),)
    return Draft((heading, problem.text), taps, of=enterprise.code)


def _coordinated(uow: UnitOfWork, me: Speaker, problem: Problem, enterprise: Enterprise) -> None:
    raised_problems.change(uow.conn, problem.id, "coordinated", coordinated_at=uow.now, coordinated_by=me.person)
    uow.note("problem-coordinated", f"problem/{problem.id}")
    told = Draft(
        (Say("problem-coordinated-told", day=_day(uow, problem.raised_at)), problem.text),
        (actions.PROBLEM.tap(Say("problem-solved"), problem.id, "solved"),),
        of=enterprise.code,
    )
    for principal in people.holders(uow.conn, PRINCIPAL, enterprise.code):
        tell(uow, principal, told, kind="problem", dedupe=f"{uow.cause}/problem/{problem.id}/{principal}")
    answer(uow, me, Say("problem-coordinated-done", place=enterprise.name))


def _is_earlier(uow: UnitOfWork, problem: Problem, duty: Duty) -> bool:
    """Return whether a problem was raised by a dispatch before this one."""
    raised = duties.get(uow.conn, problem.duty)
    return raised is not None and raised.opens < duty.opens


def _is_time(uow: UnitOfWork, problem: Problem) -> bool:
    """Not in the month in which it was raised or answered for: once a month is enough."""
    spoken = problem.answered_at or problem.raised_at
    return _month(uow, spoken) != _month(uow, uow.now)


def _month(uow: UnitOfWork, at: datetime) -> tuple[int, int]:
    local = at.astimezone(uow.context.zone)
    return local.year, local.month


def _day(uow: UnitOfWork, at: datetime) -> date:
    return at.astimezone(uow.context.zone).date()
