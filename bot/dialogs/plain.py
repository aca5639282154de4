"""A duty reported by a plain form: done on which day, a note, a photo."""

from dataclasses import dataclass
from datetime import date

from bot.dialogs.confirming import confirmation, photos_on_request, presence
from talk.conversation import Brief, Talk
from talk.questions import Day, Text
from talk.texts import Say, Words


@dataclass(frozen=True, slots=True)
class Reported:
    """The duty is done, or (`present` False) what it is about does not exist in the enterprise."""

    present: bool


def plain_report(brief: Brief) -> Talk[Reported]:
    """The brief gives the duty's title and demand in words, the first day that counts and the last,
    in whose name it is submitted, and for a duty over a risk the question whether that risk exists.
    """
    if not (yield from presence(brief)):
        yield from confirmation(brief)
        return Reported(present=False)
    first, last = date.fromisoformat(brief["first"]), date.fromisoformat(brief["last"])
    yield from Day(
        key="day",
        ask=Say("plain-day", title=Words(**brief["title"])),
        label=Say("plain-day-label"),
        hint=Say("day-hint", example=first),
        first=first,
        last=last,
        past=True,
        step=(1, 2),
    )
    yield from Text(
        key="note",
        ask=Say("plain-note"),
        label=Say("plain-note-label"),
        hint=Words(**brief["demand"]),
        nothing=Say("plain-note-none"),
        step=(2, 2),
    )
    yield from photos_on_request()
    yield from confirmation(brief)
    return Reported(present=True)
