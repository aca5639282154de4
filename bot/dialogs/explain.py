"""说明情况: why a duty is not done. Never an exemption that the notice does not give; staff decide."""

from dataclasses import dataclass
from datetime import date

from talk.conversation import Brief, Talk
from talk.questions import Choice, Confirm, Day, Option, Text
from talk.texts import Say, Words

REASONS = (
    Option("halted", Say("explain-reason-halted")),
    Option("gone", Say("explain-reason-gone")),
    Option("other-trade", Say("explain-reason-other-trade")),
    Option("other", Say("explain-reason-other")),
)


@dataclass(frozen=True, slots=True)
class Explained:
    """The reason, for staff to accept or return."""

    reason: str


def explain(brief: Brief) -> Talk[Explained]:
    """The brief gives the duty's title and the first and last day that a standstill may name; of a district's duty,
    whose reason is told in words, as `district` today and the latest day that may be planned.
    """
    if (days := brief.get("district")) is not None:
        return (yield from _of_district(brief, days))
    reason = yield from Choice(
        key="reason",
        ask=Say("explain-reason", title=Words(**brief["title"])),
        label=Say("explain-reason-label"),
        choices=REASONS,
    )
    if reason == "halted":
        first, last = date.fromisoformat(brief["first"]), date.fromisoformat(brief["last"])
        start = yield from Day(
            key="halted_from",
            ask=Say("explain-halted-from"),
            label=Say("explain-halted-from-label"),
            hint=Say("explain-day-hint", example=first),
            first=first,
            last=last,
        )
        yield from Day(
            key="halted_until",
            ask=Say("explain-halted-until"),
            label=Say("explain-halted-until-label"),
            hint=Say("explain-day-hint", example=last),
            first=start,
            last=last,
        )
    yield from Text(
        key="text",
        ask=Say("explain-text"),
        label=Say("explain-text-label"),
        hint=Say("explain-text-hint"),
    )
    yield from Confirm(key="confirm", ask=Say("explain-confirm"))
    return Explained(reason)


def _of_district(brief: Brief, days: Brief) -> Talk[Explained]:
    first, last = date.fromisoformat(days["today"]), date.fromisoformat(days["latest"])
    yield from Text(
        key="text",
        ask=Say("explain-reason", title=Words(**brief["title"])),
        label=Say("explain-reason-label"),
        hint=Say("explain-district-hint"),
    )
    yield from Day(
        key="planned",
        ask=Say("explain-planned"),
        label=Say("explain-planned-label"),
        hint=Say("explain-day-hint", example=first),
        first=first,
        last=last,
        future=True,
    )
    yield from Confirm(key="confirm", ask=Say("explain-district-confirm"))
    return Explained("district")
