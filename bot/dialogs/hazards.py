"""A major hazard is found (三(一)1): where, which criterion, photo, fixed now or the five fields of its plan."""

from dataclasses import dataclass
from datetime import date

from bot.dialogs.picking import pick_criterion
from campaign.hazards import Finding, Plan
from talk.conversation import Brief, Talk
from talk.questions import Amount, Confirm, Day, Photo, Text, YesNo
from talk.texts import Say

PLACE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding for the ledger, and how it was fixed where it was fixed at once."""

    finding: Finding
    how: str


def report(brief: Brief) -> Talk[Reported]:
    """The brief gives the enterprise's name, who is told (`bureau`), the criteria that concern it, whether a
    department found it, today, and the latest day of a deadline.
    """
    place = yield from Text(
        key="place",
        ask=Say("report-place", name=brief["name"]),
        label=Say("report-place-label"),
        hint=Say("report-place-hint"),
        limit=PLACE_LIMIT,
    )
    picked = yield from pick_criterion(brief)
    photos = yield from Photo(
        key="photo",
        ask=Say("report-photo"),
        label=Say("report-photo-label"),
        nothing=Say("report-photo-none"),
    )
    fixed, how, plan = False, "", None
    if not brief["department"]:
        fixed = yield from YesNo(
            key="fixed",
            ask=Say("report-fixed"),
            label=Say("report-fixed-label"),
            yes=Say("report-fixed-yes"),
            no=Say("report-fixed-no"),
        )
        if fixed:
            how = yield from Text(key="how", ask=Say("report-how"), label=Say("report-how-label"))
        else:
            plan = yield from _plan_now(brief)
    ask = (
        Say("report-confirm-department", name=brief["name"])
        if brief["department"]
        else Say("report-confirm", bureau=brief["bureau"])
    )
    yield from Confirm(key="confirm", ask=ask)
    return Reported(Finding(place, picked.criterion, picked.device_failed, photos, fixed, plan), how)


def _plan_now(brief: Brief) -> Talk[Plan | None]:
    now = yield from YesNo(
        key="plan",
        ask=Say("report-plan"),
        label=Say("report-plan-label"),
        yes=Say("report-plan-yes"),
        no=Say("report-plan-no"),
    )
    return (yield from plan_fields(brief)) if now else None


def plan_fields(brief: Brief) -> Talk[Plan]:
    """责任人、措施、资金、期限、应急预案. The brief gives today and the latest day of a deadline; `before` what
    stands in the plan now.
    """
    before = brief.get("before") or {}
    person = yield from Text(
        key="person",
        ask=Say("plan-person"),
        label=Say("plan-person-label"),
        limit=PLACE_LIMIT,
        same=before.get("person", ""),
        step=(1, 5),
    )
    measures = yield from Text(
        key="measures",
        ask=Say("plan-measures"),
        label=Say("plan-measures-label"),
        same=before.get("measures", ""),
        step=(2, 5),
    )
    funds = yield from Amount(
        key="funds", ask=Say("plan-funds"), label=Say("plan-funds-label"), hint=Say("plan-funds-hint"), step=(3, 5)
    )
    deadline = yield from deadline_day("deadline", brief, Say("plan-deadline"), Say("plan-deadline-label"), step=(4, 5))
    contingency = yield from Text(
        key="contingency",
        ask=Say("plan-contingency"),
        label=Say("plan-contingency-label"),
        hint=Say("plan-contingency-hint"),
        same=before.get("contingency", ""),
        step=(5, 5),
    )
    return Plan(person, measures, funds, deadline, contingency)


def deadline_day(key: str, brief: Brief, ask: Say, label: Say, step: tuple[int, int] | None = None) -> Day:
    """A day from today on by which something is to be rectified."""
    return Day(
        key=key,
        ask=ask,
        label=label,
        hint=Say("plan-deadline-hint", example=date.fromisoformat(brief["example"])),
        first=date.fromisoformat(brief["today"]),
        last=date.fromisoformat(brief["latest"]),
        future=True,
        step=step,
    )


def plan(brief: Brief) -> Talk[Plan]:
    """The plan of a hazard that was reported without one, or a new one. The brief gives the hazard's number
    and place besides.
    """
    made = yield from plan_fields(brief)
    yield from Confirm(key="confirm", ask=Say("plan-confirm", number=brief["number"]))
    return made
