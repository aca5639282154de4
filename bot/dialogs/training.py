"""A training on the criteria is recorded: on which day, where, whom it reached; and why one is taken back."""

from collections.abc import Sequence
from datetime import date

from bot.dialogs.notice import Codes
from campaign.coverage import Held
from campaign.notices import CODES
from talk.conversation import Brief, Talk
from talk.list_questions import ListChoices
from talk.questions import Choice, Choices, Confirm, Day, Option, Picked, Text
from talk.texts import Numbered, Say, Words

VENUE_LIMIT = 60
REASON_LIMIT = 200


def training(brief: Brief) -> Talk[Held]:
    """The brief gives the `place` that held it, the first and last day that count, and the `sectors` of its
    enterprises as a list of {id, name, number}.
    """
    first, last = date.fromisoformat(brief["first"]), date.fromisoformat(brief["last"])
    day = yield from Day(
        key="day",
        ask=Say("training-day"),
        label=Say("training-day-label"),
        hint=Say("day-hint", example=first),
        first=first,
        last=last,
        past=True,
    )
    venue = yield from Text(
        key="venue",
        ask=Say("training-venue"),
        label=Say("training-venue-label"),
        hint=Say("training-venue-hint"),
        limit=VENUE_LIMIT,
    )
    whom = yield from Choice(
        key="whom",
        ask=Say("training-whom"),
        label=Say("training-whom-label"),
        choices=(
            Option("all", Say("training-whom-all")),
            Option("sectors", Say("training-whom-sectors")),
            Option("codes", Say("training-whom-codes")),
        ),
    )
    sectors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    if whom == "sectors":
        lines = brief["sectors"]
        names = tuple(Words(**one["name"]) for one in lines)
        picked: Picked = yield from ListChoices(
            key="sectors",
            ask=Say("training-sectors"),
            label=Say("training-sectors-label"),
            hint=Say("notice-lines-several", lines=Numbered(names)),
            choices=tuple(Option(one["id"], name) for one, name in zip(lines, names, strict=True)),
        )
        sectors = picked.ids
    if whom == "codes":
        pasted = yield from Codes(
            key="codes",
            ask=Say("notice-codes"),
            label=Say("notice-codes-label"),
            hint=Say("notice-codes-hint", limit=CODES),
            limit=CODES * 20,
        )
        codes = tuple(pasted.split())
    roles = yield from Choices(
        key="roles",
        ask=Say("training-roles"),
        label=Say("training-roles-label"),
        choices=(Option("principal", Say("training-principals")), Option("officer", Say("training-officers"))),
    )
    number = len(codes) or _number(brief["sectors"], sectors)
    yield from Confirm(key="confirm", ask=Say("training-confirm", place=brief["place"], number=number))
    return Held(day, venue, roles.ids, sectors, codes)


def _number(lines: Sequence[Brief], sectors: Sequence[str]) -> int:
    return sum(one["number"] for one in lines if one["id"] in sectors or not sectors)


def take_back(brief: Brief) -> Talk[str]:
    """The reason why a training counts no more. The brief gives its `number` and the `day` on which it was."""
    return (
        yield from Text(
            key="reason",
            ask=Say("training-undo", number=brief["number"], day=date.fromisoformat(brief["day"])),
            hint=Say("training-undo-hint"),
            limit=REASON_LIMIT,
        )
    )
