"""The talks about hazards begin: with which facts, for whom."""

from datetime import date, timedelta
from typing import Any, Final

from campaign.hazards import Event
from service import talks
from service.criteria_brief import criteria_brief
from service.hazards.ledger import UPDATES, Held, can, held, judged, plan_json, seen
from service.letters import answer
from service.permissions import Act, may
from service.work import Speaker, Work
from storage import duties, hazards, registry
from storage.duties import Duty
from storage.hazards import Hazard
from storage.registry import Enterprise
from talk.texts import Say

FOUND: Final = "hazard-report"
PLAN: Final = "hazard-plan"
"""The plan of a hazard, which completes its report."""
UPDATE: Final = "hazard-update"
DECISION: Final = "hazard-decision"
LISTING: Final = "hazard-listing"
WHICH: Final = "hazard-which"
WEEKLY: Final = "weekly-rectification"

LATEST: Final = timedelta(days=366)
"""How far ahead a deadline may lie."""
EXAMPLE: Final = timedelta(days=14)
"""Of a deadline, in a hint."""


def _days(work: Work) -> dict[str, str]:
    today = work.now.date()
    return {
        "today": today.isoformat(),
        "latest": (today + LATEST).isoformat(),
        "example": (today + EXAMPLE).isoformat(),
    }


def begin_report(work: Work, me: Speaker, enterprise: Enterprise, *, check: int | None = None) -> None:
    """A hazard of an enterprise is reported by its own people, or entered by a department; `check` is the spot check
    in which the department found it.
    """
    own = check is None and may(work, me.person, Act.REPORT_HAZARD, seen(enterprise))
    if not own and not may(work, me.person, Act.ENTER_HAZARD, judged(enterprise)):
        answer(work, me, Say("not-allowed"))
        return
    brief = {
        **_days(work),
        "enterprise": enterprise.code,
        "name": enterprise.name,
        "bureau": enterprise.supervisor,
        "department": not own,
        "criteria": criteria_brief(work, enterprise),
        "check": check,
    }
    talks.begin(work, me, FOUND, brief)


def begin_plan(work: Work, me: Speaker, one: Held, duty: Duty | None = None) -> None:
    """制定方案, or a change of it."""
    if not can(work, me.person, one, Event.PLAN):
        answer(work, me, Say("hazard-not-now"))
        return
    before = one.hazard.plan
    brief = {
        **_days(work),
        "number": one.hazard.id,
        "place": one.hazard.place,
        "before": None if before is None else plan_json(before),
    }
    talks.begin(work, me, PLAN, brief, duty=None if duty is None else duty.id)


def begin_plan_of(work: Work, me: Speaker, duty: Duty) -> None:
    """The duty to report a hazard is filled in: its plan is what is missing."""
    one = held(work, me.person, int(duty.period.removeprefix("hazard/")))
    if one is None:
        answer(work, me, Say("not-allowed"))
    else:
        begin_plan(work, me, one, duty)


def begin_update(work: Work, me: Speaker, one: Held) -> None:
    """How the rectification goes, told whenever there is something to tell."""
    if not can(work, me.person, one, *UPDATES):
        answer(work, me, Say("hazard-not-now"))
        return
    brief = {
        **_days(work),
        "hazard": _told(work, one.hazard),
        "may_evaluate": may(work, me.person, Act.EVALUATE_HAZARD, seen(one.enterprise)),
    }
    talks.begin(work, me, UPDATE, brief)


def begin_decision(work: Work, me: Speaker, one: Held, act: str) -> None:
    """A department decides about a hazard."""
    if act == "lift":
        allowed = may(work, me.person, Act.LIST_HAZARD, judged(one.enterprise)) and one.hazard.is_listed
    else:
        allowed = act in set(Event) and can(work, me.person, one, Event(act))
    if not allowed:
        answer(work, me, Say("hazard-not-now"))
        return
    brief = {"number": one.hazard.id, "place": one.hazard.place, "name": one.enterprise.name, "act": act}
    talks.begin(work, me, DECISION, brief)


def begin_listing(work: Work, me: Speaker, one: Held) -> None:
    """挂牌督办."""
    if not one.hazard.is_open or not may(work, me.person, Act.LIST_HAZARD, judged(one.enterprise)):
        answer(work, me, Say("hazard-not-now"))
        return
    brief = {
        **_days(work),
        "earliest": date(work.now.year, 1, 1).isoformat(),
        "number": one.hazard.id,
        "name": one.enterprise.name,
    }
    talks.begin(work, me, LISTING, brief)


def weekly(work: Work, duty: Duty, last: date) -> dict[str, Any]:
    """What a weekly check-in knows besides its duty: the open hazards, and the month's dispatch if it is owed."""
    found = hazards.find(work.conn, enterprises_=[duty.subject], only_open=True)
    month = dispatch_of(work, duty, min(last, work.now.date()))
    return {
        **_days(work),
        "hazards": [_told(work, hazard) for hazard in found],
        "month": None if month is None else int(month.period[-2:]),
        "dispatch": None if month is None else month.id,
    }


def dispatch_of(work: Work, duty: Duty, day: date) -> Duty | None:
    """The dispatch of the month around a day, where the enterprise still owes it."""
    month = duties.of_event(work.conn, "monthly-dispatch", duty.subject, f"{day:%Y-%m}")
    return month if month is not None and month.status in duties.UNDONE else None


def _told(work: Work, hazard: Hazard) -> dict[str, Any]:
    return {
        "number": hazard.id,
        "place": hazard.place,
        "state": hazard.state,
        "deadline": None if hazard.deadline is None else hazard.deadline.isoformat(),
        "overdue": hazard.overdue(work.now.date()),
    }


def enterprises_meant(work: Work, me: Speaker, text: str) -> list[Enterprise]:
    """The enterprises that a code or a piece of a name may mean, of those in which this person may enter a
    hazard.
    """
    said = text.strip()
    return [
        one
        for one in registry.all_enterprises(work.conn).values()
        if (said.upper() == one.code or said in one.name) and may(work, me.person, Act.ENTER_HAZARD, judged(one))
    ]
