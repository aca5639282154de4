"""说明情况: why a duty is not done. Never an exemption that the notice does not give; staff decide."""

from bot.dialogs.enterprise_state import DatedDay, end_is_known
from campaign.talks.duties import ExplainBrief, Explained, PlanDays
from talk.conversation import Talk
from talk.questions import Choice, Confirm, Day, Option, Text
from talk.texts import Say, Words

REASONS = (
    Option("halted", Say("explain-reason-halted")),
    Option("gone", Say("explain-reason-gone")),
    Option("other-trade", Say("explain-reason-other-trade")),
    Option("other", Say("explain-reason-other")),
)


def explain(brief: ExplainBrief) -> Talk[Explained]:
    """The reason, for a standstill its days, and words; of a district's duty the reason in words and a new day."""
    if brief.district is not None:
        return (yield from _of_district(brief.title, brief.district))
    reason = yield from Choice(
        key="reason",
        ask=Say("explain-reason", title=brief.title),
        label=Say("explain-reason-label"),
        choices=REASONS,
    )
    if reason == "halted":
        yield from _standstill(brief)
    yield from Text(
        key="text",
        ask=Say("explain-text"),
        label=Say("explain-text-label"),
        hint=Say("explain-text-hint"),
    )
    yield from Confirm(key="confirm", ask=Say("explain-confirm"))
    return Explained(reason)


def _standstill(brief: ExplainBrief) -> Talk[None]:
    """From which day and until which; who is asked since it may be open need not know the end."""
    asked = brief.asked_on
    day = Day if asked is None else DatedDay
    start = yield from day(
        key="halted_from",
        ask=Say("explain-halted-from"),
        label=Say("explain-halted-from-label"),
        hint=Say("explain-day-hint", example=asked or brief.first),
        first=brief.first,
        last=brief.last,
    )
    if asked is not None and not (yield from end_is_known("halted_planned")):
        return
    yield from day(
        key="halted_until",
        ask=Say("explain-halted-until"),
        label=Say("explain-halted-until-label"),
        hint=Say("explain-day-hint", example=brief.last if asked is None else max(start, asked)),
        first=start,
        last=brief.last,
    )


def _of_district(title: Words, days: PlanDays) -> Talk[Explained]:
    yield from Text(
        key="text",
        ask=Say("explain-reason", title=title),
        label=Say("explain-reason-label"),
        hint=Say("explain-district-hint"),
    )
    yield from Day(
        key="planned",
        ask=Say("explain-planned"),
        label=Say("explain-planned-label"),
        hint=Say("explain-day-hint", example=days.first),
        first=days.first,
        last=days.last,
        future=True,
    )
    yield from Confirm(key="confirm", ask=Say("explain-district-confirm"))
    return Explained("district")
