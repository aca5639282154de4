"""An accident is reported: what article 12 of the regulation on reporting accidents asks for, in the order of need."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from campaign.talks.accidents import AccidentBrief, AccidentTold
from talk.conversation import Talk
from talk.questions import Confirm, Count, Hint, Moment, Text
from talk.texts import Say

PLACE_LIMIT = 60
WHAT_LIMIT = 500
LOSS_LIMIT = 40
MOST = 9999


@dataclass(frozen=True, kw_only=True)
class Happened(Moment):
    """When it happened: not in the future."""

    def read(self, text: str, at: datetime) -> datetime | Hint:
        found = super().read(text, at)
        if isinstance(found, Hint) or found <= at:
            return found
        return Hint(Say("accident-future", moment=found))

    def accepts(self) -> Say:
        return Say("accident-happened-hint")


def report(brief: AccidentBrief) -> Talk[AccidentTold]:
    """Where, when, what happened, who was hurt, what was done; of one that was reported before only what is new."""
    place, happened = "", None
    if brief.first is None:
        place = yield from Text(
            key="place",
            ask=Say("accident-place", bureau=brief.bureau),
            label=Say("accident-place-label"),
            hint=Say("accident-place-hint", hours=brief.hours),
            limit=PLACE_LIMIT,
        )
        happened = yield from Happened(
            key="happened",
            ask=Say("accident-happened"),
            label=Say("accident-happened-label"),
            hint=Say("accident-happened-hint"),
        )
    what = yield from Text(
        key="what",
        ask=Say("accident-what") if brief.first is None else Say("accident-new", number=brief.first),
        label=Say("accident-what-label"),
        hint=Say("accident-what-hint"),
        limit=WHAT_LIMIT,
    )
    dead = yield from _people("dead")
    missing = yield from _people("missing")
    injured = yield from _people("injured")
    loss = yield from Text(
        key="loss",
        ask=Say("accident-loss"),
        label=Say("accident-loss-label"),
        hint=Say("accident-loss-hint"),
        nothing=Say("accident-loss-none"),
        limit=LOSS_LIMIT,
    )
    measures = yield from Text(
        key="measures",
        ask=Say("accident-measures"),
        label=Say("accident-measures-label"),
        hint=Say("accident-measures-hint"),
        limit=WHAT_LIMIT,
    )
    yield from Confirm(
        key="confirm",
        ask=Say("accident-confirm", bureau=brief.bureau, city=brief.city),
        yes=Say("accident-yes"),
    )
    return AccidentTold(place, happened, what, dead, missing, injured, loss, measures)


def _people(who: Literal["dead", "missing", "injured"]) -> Count:
    return Count(
        key=who,
        ask=Say("accident-people", who=who),
        label=Say("accident-people-label", who=who),
        unit=Say("accident-unit"),
        nothing=Say("accident-nobody"),
        maximum=MOST,
    )
