"""Monthly dispatch (调度), 三(一)1: the principal dispatches the campaign's work at least once a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.dialogs.confirming import confirmation, photos_on_request
from talk.conversation import Brief, Talk
from talk.questions import PRINCIPAL, Choice, Choices, Day, Option, Text, YesNo
from talk.texts import Say

STEPS = 5

FORMS = (
    Option("meeting", Say("dispatch-form-meeting")),
    Option("on-site", Say("dispatch-form-on-site")),
    Option("remote", Say("dispatch-form-remote")),
)
MATTERS = (
    Option("measures", Say("dispatch-matter-measures")),
    Option("funds", Say("dispatch-matter-funds")),
    Option("training", Say("dispatch-matter-training")),
    Option("contractors", Say("dispatch-matter-contractors")),
)


@dataclass(frozen=True, slots=True)
class Dispatched:
    """The month's dispatch took place and is confirmed."""


@dataclass(frozen=True, slots=True)
class PlannedFor:
    """Not yet: the duty stays open and is reminded on this day."""

    day: date


@dataclass(frozen=True, slots=True)
class ToExplain:
    """Not at all for now: the principal wants to explain the situation (说明情况)."""


Result = Dispatched | PlannedFor | ToExplain


def monthly_dispatch(brief: Brief) -> Talk[Result]:
    """The brief gives first and last day of the period, the due day, in whose name it is submitted,
    last month's form, the problems raised before that are still open, whether the officer fills in for the
    principal, and whether the duty is overdue.
    """
    first, last = date.fromisoformat(brief["first"]), date.fromisoformat(brief["last"])
    held = yield from YesNo(
        key="held",
        ask=Say("dispatch-held", month=last.month),
        yes=Say("dispatch-held-yes"),
        no=Say("dispatch-held-no"),
    )
    if not held:
        # Overdue, no day is left to plan for.
        return ToExplain() if brief.get("overdue") else (yield from _not_yet(last))
    delegated = bool(brief["delegated"])
    raised = _raised(brief)
    total = STEPS + sum(bool(one["ask"]) for one in raised)
    # What only the principal can say comes last where the officer fills in.
    before = 0 if delegated else 1
    if not delegated:
        yield from _in_person((1, total))
    yield from Day(
        key="day",
        ask=Say("dispatch-day", month=last.month),
        label=Say("dispatch-day-label"),
        hint=Say("day-hint", example=first),
        first=first,
        last=last,
        past=True,
        step=(before + 1, total),
    )
    yield from Choice(
        key="form",
        ask=Say("dispatch-form"),
        label=Say("dispatch-form-label"),
        choices=FORMS,
        likely=brief["previous"].get("form"),
        step=(before + 2, total),
    )
    yield from Choices(
        key="matters",
        ask=Say("dispatch-matters"),
        label=Say("dispatch-matters-label"),
        hint=Say("dispatch-matters-hint"),
        choices=MATTERS,
        free=True,
        step=(before + 3, total),
    )
    still = "；".join((yield from _still_open(raised, before + 3, total)))
    yield from Text(
        key="problems",
        ask=Say("dispatch-problems"),
        label=Say("dispatch-problems-label"),
        hint=Say("dispatch-problems-before", problems=still) if still else Say("dispatch-problems-hint"),
        nothing=Say("dispatch-problems-none"),
        same=still,
        step=(total - 1 if delegated else total, total),
    )
    if delegated:
        yield from _in_person((total, total))
    yield from photos_on_request()
    yield from confirmation(brief)
    return Dispatched()


def _in_person(step: tuple[int, int]) -> Talk[bool]:
    return (
        yield from YesNo(
            key="in_person",
            ask=Say("dispatch-in-person"),
            label=Say("dispatch-in-person-label"),
            by=PRINCIPAL,
            step=step,
        )
    )


def _raised(brief: Brief) -> Sequence[Mapping[str, Any]]:
    """The problems raised before that are still open; `ask` where it is time to ask what became of one. Briefs of
    older conversations know the last month's words only.
    """
    if "raised" in brief:
        found: Sequence[Mapping[str, Any]] = brief["raised"]
        return found
    words = brief["previous"].get("problems")
    return [{"id": 0, "text": words, "ask": False}] if words else []


def _still_open(raised: Sequence[Mapping[str, Any]], step: int, total: int) -> Talk[list[str]]:
    """What became of each; the words of those that are not solved."""
    still: list[str] = []
    asked = [one for one in raised if one["ask"]]
    for one in raised:
        solved = False
        if one["ask"]:
            step += 1
            number = asked.index(one) + 1
            solved = yield from YesNo(
                key=f"problem/{one['id']}",
                ask=Say("dispatch-problem", problem=one["text"]),
                label=Say("dispatch-problem-label", number=number if len(asked) > 1 else ""),
                yes=Say("problem-solved"),
                no=Say("problem-open"),
                step=(step, total),
            )
        if not solved:
            still.append(one["text"])
    return still


def _not_yet(last: date) -> Talk[PlannedFor | ToExplain]:
    planned = yield from YesNo(
        key="will_hold",
        ask=Say("dispatch-will-hold", month=last.month),
        yes=Say("dispatch-will-hold-yes"),
        no=Say("dispatch-will-hold-no"),
    )
    if not planned:
        return ToExplain()
    day = yield from Day(
        key="planned_day",
        ask=Say("dispatch-planned-day"),
        label=Say("dispatch-planned-day-label"),
        hint=Say("dispatch-planned-day-hint", example=last),
        first=last.replace(day=1),
        last=last,
        future=True,
    )
    return PlannedFor(day)
