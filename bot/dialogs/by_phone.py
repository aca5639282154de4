"""电话代录: what somebody answered by phone, entered by staff. Who said it and when, then the duty's own questions."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from campaign.talks.duties import ByPhoneBrief, Taken
from talk.cleaning import clean
from talk.conversation import Talk
from talk.naming import LONGEST_NAME
from talk.questions import ANYONE, PRINCIPAL, Confirm, Day, Hint, Option, Photo, Question, Text
from talk.texts import Say

SAID = ByPhoneBrief.SAID


@dataclass(frozen=True, kw_only=True)
class Who(Text):
    """A name: one of those that are known, or another."""

    names: tuple[str, ...]

    def read(self, text: str, at: datetime) -> str | Hint:
        # Where there are no buttons the names stand with numbers; a piece of a name may be another's.
        numbered = {option.id: name for option, name in self.offers(at)}
        return numbered.get(clean(text)) or super().read(text, at)

    def offers(self, at: datetime) -> tuple[tuple[Option, str], ...]:
        del at
        return tuple((Option(str(number), name), name) for number, name in enumerate(self.names, 1))


def by_phone(brief: ByPhoneBrief, own: Talk[object]) -> Talk[Taken]:
    """Ask who answered and when, then the questions of `own`, the duty's own dialog on its own brief."""
    who = yield from Who(
        key=f"{SAID}who",
        ask=Say("by-phone-who", place=brief.place),
        label=Say("by-phone-who-label"),
        hint=Say("by-phone-who-hint"),
        names=brief.names,
        limit=LONGEST_NAME,
    )
    day = yield from Day(
        key=f"{SAID}day",
        ask=Say("by-phone-day"),
        label=Say("by-phone-day-label"),
        hint=Say("day-hint", example=brief.call_first),
        first=brief.call_first,
        last=brief.call_last,
        past=True,
    )
    asked = _next(own, None)
    while isinstance(asked, Question):
        # A call has no photos: the principal is asked for them.
        value = () if isinstance(asked, Photo) else (yield from _told(asked, who, brief.principal_name))
        asked = _next(own, value)
    return Taken(who, day, asked)


def _next(own: Generator[Question[Any], Any, object], value: object) -> object:
    """The next question of the duty's own dialog, or what it decided."""
    try:
        return own.send(value)
    except StopIteration as end:
        return end.value


def _told(question: Question[Any], who: str, principal: str) -> Question[Any]:
    """The question as staff are asked it."""
    if isinstance(question, Confirm):
        ask = Say("by-phone-confirm", who=who, name=principal)
        return replace(question, ask=ask, by=ANYONE, yes=Say("by-phone-enter"))
    if question.by == PRINCIPAL and question.label is not None:
        return replace(
            question,
            key=f"{SAID}{question.key}",
            ask=Say("by-phone-own-word", ask=question.ask),
            label=Say("by-phone-own-word-label", label=question.label),
            by=ANYONE,
        )
    # What opens a dispatch has no name of its own: there everything else is about it.
    return question if question.label is not None else replace(question, label=Say("by-phone-held-label"))
