"""Monthly dispatch (调度), 三(一)1: the principal dispatches the campaign's work at least once a month."""

from collections.abc import Sequence
from datetime import date

from bot.dialogs.confirming import confirmation, photos_on_request
from campaign.talks.duties import DispatchBrief, Dispatched, PlannedFor, Raised, ToExplain
from talk.conversation import Talk
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


Result = Dispatched | PlannedFor | ToExplain


def monthly_dispatch(brief: DispatchBrief) -> Talk[Result]:
    """Ask whether the month's dispatch took place, how, and what became of the problems raised before it."""
    first, last = brief.first, brief.last
    held = yield from YesNo(
        key="held",
        ask=Say("dispatch-held", month=last.month),
        yes=Say("dispatch-held-yes"),
        no=Say("dispatch-held-no"),
    )
    if not held:
        # Overdue, no day is left to plan for.
        return ToExplain() if brief.overdue else (yield from _not_yet(last))
    delegated = brief.delegated
    raised = _raised(brief)
    total = STEPS + sum(problem.ask for problem in raised)
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
        likely=brief.previous.get("form"),
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
    solved = yield from _solved(raised, before + 3, total)
    still = "；".join(problem.text for problem in raised if not solved.get(problem.id))
    problems = yield from Text(
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
    return Dispatched(solved, problems)


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


def _raised(brief: DispatchBrief) -> tuple[Raised, ...]:
    """The problems raised before that are still open; an older brief knows the last month's words only."""
    if brief.raised is not None:
        return brief.raised
    words = brief.previous.get("problems")
    return (Raised(0, words, ask=False),) if words else ()


def _solved(raised: Sequence[Raised], before: int, total: int) -> Talk[dict[int, bool]]:
    """Ask what became of each problem that it is time to ask about; return the answers by number. `before` is how many
    questions came before.
    """
    asked = [problem for problem in raised if problem.ask]
    solved: dict[int, bool] = {}
    for number, problem in enumerate(asked, 1):
        solved[problem.id] = yield from YesNo(
            key=f"problem/{problem.id}",
            ask=Say("dispatch-problem", problem=problem.text),
            label=Say("dispatch-problem-label", number=number if len(asked) > 1 else ""),
            yes=Say("problem-solved"),
            no=Say("problem-open"),
            step=(before + number, total),
        )
    return solved


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
