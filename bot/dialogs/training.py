"""A training on the criteria is recorded: on which day, where, whom it reached; and why one is taken back."""

from bot.dialogs.narrowing import pasted_codes
from campaign.coverage import Held
from campaign.roles import OFFICER, PRINCIPAL
from campaign.talks.district import TakeBackTrainingBrief, TrainingBrief
from talk.conversation import Talk
from talk.list_questions import ListChoices
from talk.questions import Choice, Choices, Confirm, Day, Option, Picked, Text
from talk.texts import Numbered, Say

VENUE_LIMIT = 60
REASON_LIMIT = 200


def training(brief: TrainingBrief) -> Talk[Held]:
    """Ask on which day, where, and whom it reached."""
    day = yield from Day(
        key="day",
        ask=Say("training-day"),
        label=Say("training-day-label"),
        hint=Say("day-hint", example=brief.first),
        first=brief.first,
        last=brief.last,
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
        names = tuple(sector.name for sector in brief.sectors)
        picked: Picked = yield from ListChoices(
            key="sectors",
            ask=Say("training-sectors"),
            label=Say("training-sectors-label"),
            hint=Say("notice-lines-several", lines=Numbered(names)),
            choices=tuple(Option(sector.id, sector.name) for sector in brief.sectors),
        )
        sectors = picked.ids
    if whom == "codes":
        codes = yield from pasted_codes()
    roles = yield from Choices(
        key="roles",
        ask=Say("training-roles"),
        label=Say("training-roles-label"),
        choices=(Option(PRINCIPAL, Say("training-principals")), Option(OFFICER, Say("training-officers"))),
    )
    number = len(codes) or sum(sector.number for sector in brief.sectors if sector.id in sectors or not sectors)
    yield from Confirm(key="confirm", ask=Say("training-confirm", place=brief.place, number=number))
    return Held(day, venue, roles.ids, sectors, codes)


def take_back(brief: TakeBackTrainingBrief) -> Talk[str]:
    """Ask why a training counts no more."""
    return (
        yield from Text(
            key="reason",
            ask=Say("training-undo", number=brief.number, day=brief.day),
            hint=Say("training-undo-hint"),
            limit=REASON_LIMIT,
        )
    )
