"""The talks about hazards begin: with which facts, for whom."""

from datetime import date, timedelta
from typing import Any, Final

from campaign.hazards import Event
from service.core.letters import answer
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hazards.criteria_brief import criteria_brief
from service.hazards.ledger import UPDATES, Held, can, held, plan_json
from service.talks import flow
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


def _days(uow: UnitOfWork) -> dict[str, str]:
    today = uow.now.date()
    return {
        "today": today.isoformat(),
        "latest": (today + LATEST).isoformat(),
        "example": (today + EXAMPLE).isoformat(),
    }


def begin_report(uow: UnitOfWork, me: Speaker, enterprise: Enterprise, *, check: int | None = None) -> None:
    """A hazard of an enterprise is reported by its own people, or entered by a department; `check` is the spot check
    in which the department found it.
    """
    own = check is None and may(uow, me.person, Act.REPORT_HAZARD, Target.of(enterprise))
    if not own and not may(uow, me.person, Act.ENTER_HAZARD, Target.of_supervisor(enterprise)):
        answer(uow, me, Say("not-allowed"))
        return
    brief = {
        **_days(uow),
        "enterprise": enterprise.code,
        "name": enterprise.name,
        "bureau": enterprise.supervisor,
        "department": not own,
        "criteria": criteria_brief(uow, enterprise),
        "check": check,
    }
    flow.begin_old(uow, me, FOUND, brief)


def begin_plan(uow: UnitOfWork, me: Speaker, one: Held, duty: Duty | None = None) -> None:
    """制定方案, or a change of it."""
    if not can(uow, me.person, one, Event.PLAN):
        answer(uow, me, Say("hazard-not-now"))
        return
    before = one.hazard.plan
    brief = {
        **_days(uow),
        "number": one.hazard.id,
        "place": one.hazard.place,
        "before": None if before is None else plan_json(before),
    }
    flow.begin_old(uow, me, PLAN, brief, duty=None if duty is None else duty.id)


def begin_plan_of(uow: UnitOfWork, me: Speaker, duty: Duty) -> None:
    """The duty to report a hazard is filled in: its plan is what is missing."""
    one = held(uow, me.person, int(duty.period.removeprefix("hazard/")))
    if one is None:
        answer(uow, me, Say("not-allowed"))
    else:
        begin_plan(uow, me, one, duty)


def begin_update(uow: UnitOfWork, me: Speaker, one: Held) -> None:
    """How the rectification goes, told whenever there is something to tell."""
    if not can(uow, me.person, one, *UPDATES):
        answer(uow, me, Say("hazard-not-now"))
        return
    brief = {
        **_days(uow),
        "hazard": _told(uow, one.hazard),
        "may_evaluate": may(uow, me.person, Act.EVALUATE_HAZARD, Target.of(one.enterprise)),
    }
    flow.begin_old(uow, me, UPDATE, brief)


def begin_decision(uow: UnitOfWork, me: Speaker, one: Held, act: str) -> None:
    """A department decides about a hazard."""
    if act == "lift":
        allowed = may(uow, me.person, Act.LIST_HAZARD, Target.of_supervisor(one.enterprise)) and one.hazard.is_listed
    else:
        allowed = act in set(Event) and can(uow, me.person, one, Event(act))
    if not allowed:
        answer(uow, me, Say("hazard-not-now"))
        return
    brief = {"number": one.hazard.id, "place": one.hazard.place, "name": one.enterprise.name, "act": act}
    flow.begin_old(uow, me, DECISION, brief)


def begin_listing(uow: UnitOfWork, me: Speaker, one: Held) -> None:
    """挂牌督办."""
    if not one.hazard.is_open or not may(uow, me.person, Act.LIST_HAZARD, Target.of_supervisor(one.enterprise)):
        answer(uow, me, Say("hazard-not-now"))
        return
    brief = {
        **_days(uow),
        "earliest": date(uow.now.year, 1, 1).isoformat(),
        "number": one.hazard.id,
        "name": one.enterprise.name,
    }
    flow.begin_old(uow, me, LISTING, brief)


def weekly(uow: UnitOfWork, duty: Duty, last: date) -> dict[str, Any]:
    """What a weekly check-in knows besides its duty: the open hazards, and the month's dispatch if it is owed."""
    found = hazards.find(uow.conn, enterprises_=[duty.subject], only_open=True)
    month = dispatch_of(uow, duty, min(last, uow.now.date()))
    return {
        **_days(uow),
        "hazards": [_told(uow, hazard) for hazard in found],
        "month": None if month is None else int(month.period[-2:]),
        "dispatch": None if month is None else month.id,
    }


def dispatch_of(uow: UnitOfWork, duty: Duty, day: date) -> Duty | None:
    """The dispatch of the month around a day, where the enterprise still owes it."""
    month = duties.of_period(uow.conn, "monthly-dispatch", duty.subject, f"{day:%Y-%m}")
    return month if month is not None and month.status in duties.UNDONE else None


def _told(uow: UnitOfWork, hazard: Hazard) -> dict[str, Any]:
    return {
        "number": hazard.id,
        "place": hazard.place,
        "state": hazard.state,
        "deadline": None if hazard.deadline is None else hazard.deadline.isoformat(),
        "overdue": hazard.overdue(uow.now.date()),
    }


def enterprises_meant(uow: UnitOfWork, me: Speaker, text: str) -> list[Enterprise]:
    """The enterprises that a code or a piece of a name may mean, of those in which this person may enter a
    hazard.
    """
    said = text.strip()
    return [
        one
        for one in registry.all_enterprises(uow.conn).values()
        if (said.upper() == one.code or said in one.name)
        and may(uow, me.person, Act.ENTER_HAZARD, Target.of_supervisor(one))
    ]
