"""Problems raised in a dispatch: what became of each is asked once a month, and what needs help reaches the bureau."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.hazards.ledger import judged, seen
from service.letters import Draft, Tap, answer, send, tell
from service.permissions import Act, may
from service.supervision import deciders
from service.work import Speaker, Work
from storage import audit, duties, people, problems, registry
from storage.duties import Duty
from storage.problems import Problem
from storage.registry import Enterprise
from talk.texts import Say

KEY = "problem/"
"""What the key of a question about a problem begins with; its number follows."""


def brief(work: Work, duty: Duty) -> list[dict[str, Any]]:
    """What a dispatch is told of problems raised before it; `ask`: it is time to ask what became of one."""
    found = []
    for one in problems.of_enterprise(work.conn, duty.subject):
        answered_here = one.asked_in == duty.id
        if _is_earlier(work, one, duty) and (one.is_open or answered_here):
            found.append({"id": one.id, "text": one.text, "ask": answered_here or _is_time(work, one)})
    return found


def said(work: Work, me: Speaker, duty: Duty, result: Mapping[str, Any]) -> None:
    """A confirmed dispatch says what became of earlier problems, and raises its own."""
    for key, solved in result.items():
        one = problems.get(work.conn, int(key.removeprefix(KEY))) if key.startswith(KEY) else None
        if one is not None and one.enterprise == duty.enterprise and (one.is_open or one.asked_in == duty.id):
            _answered(work, me, one, duty.id, solved=bool(solved))
    every = problems.of_enterprise(work.conn, duty.subject)
    own = next((one for one in every if one.duty == duty.id), None)
    still = [one.text for one in every if one.is_open and one is not own]
    words = str(result.get("problems") or "")
    if words and words not in (*still, "；".join(still)):
        if own is None or own.text != words or own.state == "withdrawn":
            number = problems.raise_(work.conn, duty.subject, duty.id, words, work.now)
            audit.note(work.conn, work.now, "problem-raised", me.person, f"problem/{number}", duty=duty.id)
    elif own is not None and own.is_open:
        problems.change(work.conn, own.id, "withdrawn")
        audit.note(work.conn, work.now, "problem-withdrawn", me.person, f"problem/{own.id}", duty=duty.id)


def ask(work: Work, me: Speaker, duty: Duty) -> None:
    """A month whose dispatch was met otherwise (by a weekly one) asks with a card for each problem."""
    for one in brief(work, duty):
        if one["ask"]:
            taps = (
                Tap(Say("problem-solved"), f"a:problem:{one['id']}:solved"),
                Tap(Say("problem-open"), f"a:problem:{one['id']}:needed"),
            )
            send(work, me, Draft((Say("dispatch-problem", problem=one["text"]),), taps))


def tapped(work: Work, me: Speaker, number: int, state: str) -> None:
    """A button of a card: the principal says what became of a problem, staff that it was coordinated (已协调)."""
    one = problems.get(work.conn, number)
    enterprise = None if one is None else registry.enterprise(work.conn, one.enterprise)
    act = {"solved": Act.ANSWER_PROBLEM, "needed": Act.ANSWER_PROBLEM, "coordinated": Act.COORDINATE_PROBLEM}.get(state)
    if one is None or enterprise is None or act is None:
        answer(work, me, Say("not-allowed"))
        return
    target = judged(enterprise) if act is Act.COORDINATE_PROBLEM else seen(enterprise)
    if not may(work, me.person, act, target):
        answer(work, me, Say("not-allowed"))
    elif (
        not one.is_open
        or (state == "coordinated" and one.state != "needed")
        or (state == "needed" and not _is_time(work, one))
    ):
        answer(work, me, Say("decide-done-before"))
    elif state == "coordinated":
        _coordinated(work, me, one, enterprise)
    else:
        _answered(work, me, one, None, solved=state == "solved")
        if state == "solved":
            answer(work, me, Say("problem-solved-kept", problem=one.text))


def _answered(work: Work, me: Speaker, one: Problem, duty: int | None, *, solved: bool) -> None:
    state = "solved" if solved else "needed"
    if one.state == state and duty is not None and one.asked_in == duty:
        # A correction of something else: nobody is told twice.
        return
    problems.change(
        work.conn, one.id, state, asked_in=duty or one.asked_in, answered_at=work.now, answered_by=me.person
    )
    audit.note(work.conn, work.now, "problem-answered", me.person, f"problem/{one.id}", solved=solved)
    if not solved:
        _pass_on(work, me, one)


def _pass_on(work: Work, me: Speaker, one: Problem) -> None:
    """仍需协调: whoever supervises the enterprise finds it among what waits, and the enterprise is told who
    that is.
    """
    enterprise = registry.enterprise(work.conn, one.enterprise)
    if enterprise is None:
        return
    reached = [people.address_of(work.conn, staff) is not None for staff in deciders(work, enterprise)]
    told = (
        Say("problem-passed-on", problem=one.text, bureau=enterprise.supervisor)
        if any(reached)
        else Say("problem-nobody", problem=one.text, bureau=enterprise.supervisor)
    )
    answer(work, me, told)


def card(work: Work, one: Problem, enterprise: Enterprise) -> Draft:
    """A problem that needs help, in its own words."""
    heading = Say("problem-card", place=enterprise.name, district=enterprise.district, day=_day(work, one.raised_at))
    return Draft((heading, one.text), (Tap(Say("option-coordinated"), f"a:problem:{one.id}:coordinated"),))


def _coordinated(work: Work, me: Speaker, one: Problem, enterprise: Enterprise) -> None:
    problems.change(work.conn, one.id, "coordinated", coordinated_at=work.now, coordinated_by=me.person)
    audit.note(work.conn, work.now, "problem-coordinated", me.person, f"problem/{one.id}")
    told = Draft(
        (Say("problem-coordinated-told", day=_day(work, one.raised_at)), one.text),
        (Tap(Say("problem-solved"), f"a:problem:{one.id}:solved"),),
    )
    for principal in people.holders(work.conn, "principal", enterprise.code):
        tell(work, principal, told, kind="problem", dedupe=f"{work.cause}/problem/{one.id}/{principal}")
    answer(work, me, Say("problem-coordinated-done", place=enterprise.name))


def _is_earlier(work: Work, one: Problem, duty: Duty) -> bool:
    """Whether it was raised by a dispatch before this one."""
    raised = duties.get(work.conn, one.duty)
    return raised is not None and raised.opens < duty.opens


def _is_time(work: Work, one: Problem) -> bool:
    """Not in the month in which it was raised or answered for: once a month is enough."""
    spoken = one.answered_at or one.raised_at
    return _month(work, spoken) != _month(work, work.now)


def _month(work: Work, at: datetime) -> tuple[int, int]:
    local = at.astimezone(work.house.zone)
    return local.year, local.month


def _day(work: Work, at: datetime) -> Any:
    return at.astimezone(work.house.zone).date()
