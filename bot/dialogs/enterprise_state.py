"""What becomes of an enterprise (停产、复产、注销、迁出、合并) is entered from a day on, or taken back."""

from dataclasses import dataclass
from datetime import date

from campaign.enterprise_life import Event
from campaign.talks.registry import StateBackBrief, StateBrief, StateEntered
from talk.conversation import Talk
from talk.questions import Choice, Confirm, Day, Option, Text, YesNo
from talk.texts import FullDay, Phrase, Say

NAME_LIMIT = 60
REASON_LIMIT = 200


@dataclass(frozen=True, kw_only=True)
class DatedDay(Day):
    """A day of any year, which is shown with it."""

    def describe(self, value: date) -> Phrase:
        return Say("shown-day", day=FullDay(value))


def end_is_known(key: str) -> YesNo:
    """Return the question whether anybody can say yet when a standstill ends."""
    return YesNo(
        key=key,
        ask=Say("state-ask-planned"),
        label=Say("state-planned-label"),
        yes=Say("state-planned-yes"),
        no=Say("state-planned-no"),
    )


def enter(brief: StateBrief) -> Talk[StateEntered]:
    """What it is, from which day on, of a standstill until when, of a merger into whom, and why."""
    choices = tuple(Option(event.value, Say("enterprise-event", event=event.value)) for event in brief.events)
    chosen = yield from Choice(
        key="event", ask=Say("state-ask", place=brief.place), label=Say("state-label"), choices=choices
    )
    event = Event(chosen)
    planned = event is Event.SUSPEND
    first = yield from DatedDay(
        key="first",
        ask=Say("state-ask-first", event=event.value),
        label=Say("state-first-label"),
        hint=Say("day-hint", example=brief.asked_on),
        first=brief.first,
        last=brief.latest if planned else brief.asked_on,
        past=not planned,
    )
    last = (yield from _until(brief, first)) if planned else None
    into = ""
    if event is Event.MERGE:
        into = yield from Text(
            key="into",
            ask=Say("state-ask-into", place=brief.place),
            label=Say("state-into-label"),
            hint=Say("state-into-hint"),
            limit=NAME_LIMIT,
        )
    reason = yield from Text(
        key="reason",
        ask=Say("state-ask-reason"),
        label=Say("state-reason-label"),
        hint=Say("state-reason-hint"),
        limit=REASON_LIMIT,
    )
    follows = Say("state-confirm", event=event.value, permits=brief.permits, hazards=brief.hazards)
    yield from Confirm(key="confirm", ask=follows, yes=Say("state-enter"))
    return StateEntered(event, first, last, into.split()[-1] if into else "", reason)


def _until(brief: StateBrief, first: date) -> Talk[date | None]:
    """Until when a standstill lasts; None: nobody can say yet."""
    if not (yield from end_is_known("planned")):
        return None
    return (
        yield from DatedDay(
            key="last",
            ask=Say("state-ask-last"),
            label=Say("state-last-label"),
            hint=Say("day-hint", example=max(first, brief.asked_on)),
            first=first,
            last=brief.latest,
        )
    )


def take_back(brief: StateBackBrief) -> Talk[str]:
    """Why an entry is wrong."""
    reason = yield from Text(
        key="reason",
        ask=Say("state-back-ask", place=brief.place, what=brief.what),
        label=Say("state-back-label"),
        hint=Say("state-back-hint"),
        limit=REASON_LIMIT,
    )
    yield from Confirm(key="confirm", ask=Say("state-back-confirm", what=brief.what), yes=Say("state-back-yes"))
    return reason
