"""A duty reported by a plain form: done on which day, a note, a photo."""

from bot.dialogs.confirming import confirmation, photos_on_request, presence
from campaign.talks.duties import PlainBrief, Reported
from talk.conversation import Talk
from talk.questions import Day, Text
from talk.texts import Say


def plain_report(brief: PlainBrief) -> Talk[Reported]:
    """Ask whether the risk exists that the duty is about, then for the day, a note and photos."""
    if not (yield from presence(brief)):
        yield from confirmation(brief)
        return Reported(present=False)
    yield from Day(
        key="day",
        ask=Say("plain-day", title=brief.title),
        label=Say("plain-day-label"),
        hint=Say("day-hint", example=brief.first),
        first=brief.first,
        last=brief.last,
        past=True,
        step=(1, 2),
    )
    yield from Text(
        key="note",
        ask=Say("plain-note"),
        label=Say("plain-note-label"),
        hint=brief.demand,
        nothing=Say("plain-note-none"),
        step=(2, 2),
    )
    yield from photos_on_request()
    yield from confirmation(brief)
    return Reported(present=True)
