"""An answer does not meet the clause: by which day it will; and staff give an answer back with one question."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from campaign.talks.duties import PromiseBrief, Promised, ReturnBrief
from talk.conversation import Talk
from talk.questions import Confirm, Day, Hint, Option, Text
from talk.texts import Numbered, Say

QUESTION_LIMIT = 200


@dataclass(frozen=True, kw_only=True)
class ByWhen(Day):
    """A day to come, with the likely ones as buttons: before the duty is due, this week, this month."""

    due: date | None

    def offers(self, at: datetime) -> tuple[tuple[Option, date], ...]:
        today = at.date()
        sunday = today + timedelta(days=6 - today.weekday())
        month_end = (today.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        likely = (
            (Option("week", Say("option-this-week")), sunday),
            (Option("due", Say("option-by-due")), self.due),
            (Option("month", Say("option-this-month")), month_end),
        )
        found: dict[date, Option] = {}
        for option, day in likely:
            if day is not None and day >= today and self._holds(day):
                found.setdefault(day, option)
        return tuple((option, day) for day, option in found.items())

    def read(self, text: str, at: datetime) -> date | Hint:
        named = self.named(text, at)
        return super().read(text, at) if named is None else named


def promise(brief: PromiseBrief) -> Talk[Promised]:
    """One day for all that was just handed in and does not meet its clause."""
    titles = tuple(own.title for own in brief.unmet)
    one = titles[0] if len(titles) == 1 else None
    ask = Say("promise-ask-several", titles=Numbered(titles)) if one is None else Say("promise-ask", title=one)
    day = yield from ByWhen(
        key="day",
        ask=ask,
        label=Say("promise-label"),
        hint=Say("promise-hint", example=brief.last),
        first=brief.first,
        last=brief.last,
        future=True,
        due=brief.due,
    )
    return Promised(day)


def give_back(brief: ReturnBrief) -> Talk[str]:
    """What is to be put right, in one question or sentence."""
    question = yield from Text(
        key="question",
        ask=Say("return-ask", place=brief.place, title=brief.title),
        label=Say("return-label"),
        hint=Say("return-hint"),
        limit=QUESTION_LIMIT,
    )
    yield from Confirm(key="confirm", ask=Say("return-confirm", place=brief.place))
    return question
