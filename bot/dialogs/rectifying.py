"""How the rectification of one hazard goes: progress, held up by what, until when, evaluated by whom."""

from datetime import date

from bot.dialogs.hazards import NAME_LIMIT, deadline_day
from campaign.hazards import Evaluation, State, Update
from campaign.talks.hazards import Days, HazardUpdateBrief, KnownHazard
from talk.conversation import Talk
from talk.questions import Choice, Confirm, Option, Photo, Text, YesNo
from talk.texts import Say

GOING = (
    Option("going", Say("going-going")),
    Option("blocked", Say("going-blocked")),
    Option("done", Say("going-done")),
)
SOUND = (Option("holds", Say("going-holds")), Option("relapsed", Say("going-relapsed")))
EVALUATED = (
    Option("evaluated", Say("going-evaluated")),
    Option("waiting", Say("going-waiting")),
    Option("relapsed", Say("going-relapsed")),
)


def one_hazard(days: Days, hazard: KnownHazard, *, may_evaluate: bool) -> Talk[Update]:
    """What is said of a hazard, by where it stands; `days` are those for a new deadline."""
    match hazard.state:
        case State.DONE:
            return (yield from _done(hazard, may_evaluate=may_evaluate))
        case State.EVALUATED | State.REINSPECTED:
            return (yield from _sound(hazard))
        case _:
            return (yield from _rectifying(days, hazard, may_evaluate=may_evaluate))


def _rectifying(days: Days, hazard: KnownHazard, *, may_evaluate: bool) -> Talk[Update]:
    number = hazard.number
    going = yield from Choice(
        key=f"hazard/{number}/progress",
        ask=Say("update-progress", number=number, place=hazard.place),
        label=Say("update-progress-label", number=number),
        choices=GOING,
    )
    if going == "done":
        note = yield from Text(
            key=f"hazard/{number}/how", ask=Say("update-how"), label=Say("update-how-label", number=number)
        )
        evaluation = None
        if may_evaluate and (
            yield from YesNo(
                key=f"hazard/{number}/evaluated",
                ask=Say("update-evaluated", number=number),
                label=Say("update-evaluated-label", number=number),
                yes=Say("going-evaluated"),
                no=Say("going-waiting"),
            )
        ):
            evaluation = yield from _evaluation(number)
        return Update(number, "done", note, evaluation=evaluation)
    note = yield from Text(
        key=f"hazard/{number}/note",
        ask=Say("update-note"),
        label=Say("update-note-label", number=number),
        hint=Say("update-note-hint"),
    )
    blocked = ""
    if going == "blocked":
        blocked = yield from Text(
            key=f"hazard/{number}/blocked",
            ask=Say("update-blocked"),
            label=Say("update-blocked-label", number=number),
            hint=Say("update-blocked-hint"),
        )
    deadline, reason = yield from _in_time(days, hazard)
    photos = yield from Photo(
        key=f"hazard/{number}/photos",
        ask=Say("update-photos"),
        label=Say("update-photos-label", number=number),
        nothing=Say("report-photo-none"),
    )
    return Update(number, "blocked" if blocked else "going", note, blocked, deadline, reason, photos)


def _in_time(days: Days, hazard: KnownHazard) -> Talk[tuple[date | None, str]]:
    """On time, or a new deadline with its reason; what is over needs a new one."""
    number, day = hazard.number, hazard.deadline
    if day is None:
        return None, ""
    if not hazard.overdue and (
        yield from YesNo(
            key=f"hazard/{number}/in_time",
            ask=Say("update-in-time", day=day),
            label=Say("update-in-time-label", number=number),
            yes=Say("update-in-time-yes"),
            no=Say("update-in-time-no"),
        )
    ):
        return None, ""
    ask = Say("update-deadline-over", day=day) if hazard.overdue else Say("update-deadline", day=day)
    label = Say("update-deadline-label", number=number)
    deadline = yield from deadline_day(f"hazard/{number}/deadline", days, ask, label)
    reason = yield from Text(
        key=f"hazard/{number}/reason", ask=Say("update-reason"), label=Say("update-reason-label", number=number)
    )
    return deadline, reason


def _done(hazard: KnownHazard, *, may_evaluate: bool) -> Talk[Update]:
    number = hazard.number
    choices = EVALUATED if may_evaluate else EVALUATED[1:]
    said = yield from Choice(
        key=f"hazard/{number}/evaluated",
        ask=Say("update-done", number=number, place=hazard.place),
        label=Say("update-evaluated-label", number=number),
        choices=choices,
    )
    if said == "evaluated":
        evaluation = yield from _evaluation(number)
        return Update(number, "waiting", evaluation=evaluation)
    if said == "waiting":
        return Update(number, "waiting")
    return (yield from _relapsed(number))


def _sound(hazard: KnownHazard) -> Talk[Update]:
    number = hazard.number
    said = yield from Choice(
        key=f"hazard/{number}/holds",
        ask=Say("update-holds", number=number, place=hazard.place),
        label=Say("update-progress-label", number=number),
        choices=SOUND,
    )
    return Update(number, "holds") if said == "holds" else (yield from _relapsed(number))


def _relapsed(number: int) -> Talk[Update]:
    note = yield from Text(
        key=f"hazard/{number}/relapsed",
        ask=Say("update-relapsed"),
        label=Say("update-relapsed-label", number=number),
    )
    return Update(number, "relapsed", note)


def _evaluation(number: int) -> Talk[Evaluation]:
    """整改评估: who, how, photo."""
    by = yield from Text(
        key=f"hazard/{number}/evaluator",
        ask=Say("evaluation-by"),
        label=Say("evaluation-by-label", number=number),
        hint=Say("evaluation-by-hint"),
        limit=NAME_LIMIT,
    )
    how = yield from Text(
        key=f"hazard/{number}/method",
        ask=Say("evaluation-how"),
        label=Say("evaluation-how-label", number=number),
        hint=Say("evaluation-how-hint"),
    )
    photos = yield from Photo(
        key=f"hazard/{number}/evidence",
        documents=True,
        ask=Say("evaluation-photos"),
        label=Say("evaluation-photos-label", number=number),
    )
    return Evaluation(by, how, photos)


def update(brief: HazardUpdateBrief) -> Talk[Update]:
    """One hazard, whenever there is something to say."""
    said = yield from one_hazard(brief, brief.hazard, may_evaluate=brief.may_evaluate)
    yield from Confirm(key="confirm", ask=Say("update-confirm", number=said.hazard))
    return said
