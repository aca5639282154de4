"""What a bureau did is entered for the annex table (C1 to C10), or taken back with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.dialogs.written import DocumentNumber
from campaign.annex import IN_MONEY, NAMING, OF_ENTERPRISES, PARTS, Acted, Figure, written
from campaign.talks.enforcement import ActionBrief, TakeBackActionBrief
from talk.conversation import Talk
from talk.list_questions import ListChoice
from talk.questions import Amount, Confirm, Count, Day, Hint, Option, Text
from talk.texts import Numbered, Say

BUTTONS = 6
"""Rows that have a button; the others are taken by number or name."""
YUAN_PER_WAN = 10_000
MOST = 1_000_000
"""Of a count in one entry."""
MOST_YUAN = Decimal(1_000_000_000)
LEAST_YUAN = 1000
"""Below it a bare number may as well be 万元, so the unit must be written."""
NAME_LIMIT = 60
NOTE_LIMIT = 200


@dataclass(frozen=True, kw_only=True)
class Fine(Amount):
    """Money whose unit is beyond doubt, read back in both."""

    def read(self, text: str, at: datetime) -> Decimal | Hint:
        yuan = super().read(text, at)
        if isinstance(yuan, Hint):
            return yuan
        if yuan > MOST_YUAN:
            return Hint(Say("action-money-most", most=written((MOST_YUAN / YUAN_PER_WAN,))))
        if 0 < yuan < LEAST_YUAN and not any(unit in text for unit in "元圆块万"):
            return Hint(Say("action-money-unit", number=written((yuan,))))
        return yuan

    def describe(self, value: Decimal) -> Say:
        return Say("action-money-both", yuan=written((value,)), wan=written((value / YUAN_PER_WAN,)))

    def accepts(self) -> Say:
        return Say("action-accepts-money")


def act(brief: ActionBrief) -> Talk[Acted]:
    """What was done, on which day, where, how much of it."""
    rows = brief.rows
    row = rows[0].name
    if len(rows) > 1:
        row = yield from ListChoice(
            key="row",
            ask=Say("action-row", place=brief.place),
            label=Say("action-row-label"),
            hint=Say("action-rows", lines=Numbered(tuple(known.label for known in rows))),
            choices=tuple(Option(known.name, known.label, known.short) for known in rows),
            buttons=BUTTONS,
            accepted=Say("action-accepts-row", last=len(rows)),
        )
    figures = next(known.figures for known in rows if known.name == row)
    day = yield from Day(
        key="day",
        ask=Say("action-on"),
        label=Say("action-on-label"),
        hint=Say("day-hint", example=brief.last),
        first=brief.first,
        last=brief.last,
        past=True,
    )
    enterprise = ""
    if figures[0] in NAMING:
        needed = figures[0] in OF_ENTERPRISES
        enterprise = yield from Text(
            key="enterprise",
            ask=Say("action-enterprise"),
            label=Say("action-enterprise-label"),
            hint=Say("action-enterprise-hint"),
            nothing=None if needed else Say("action-enterprise-none"),
            limit=NAME_LIMIT,
        )
    values: tuple[Decimal, ...] = ()
    if figures[0] not in OF_ENTERPRISES:
        values = yield from _figures(figures)
    note = yield from DocumentNumber(
        key="note",
        ask=Say("action-note"),
        label=Say("action-note-label"),
        hint=Say("action-note-hint"),
        nothing=Say("action-note-none"),
        limit=NOTE_LIMIT,
        or_words=True,
    )
    yield from Confirm(key="confirm", ask=Say("action-confirm", place=brief.place), yes=Say("action-enter"))
    return Acted(row, day, values, enterprise.split()[-1] if enterprise else "", note)


def _figures(figures: Sequence[Figure]) -> Talk[tuple[Decimal, ...]]:
    """Each figure of a row, the first at least 1; a part is no more than its whole."""
    values: dict[Figure, Decimal] = {}
    for figure in figures:
        if figure in IN_MONEY:
            yuan = yield from Fine(
                key=f"figure/{figure}",
                ask=Say("action-figure", figure=figure),
                label=Say("action-figure-label", figure=figure),
                hint=Say("action-accepts-money"),
            )
            values[figure] = yuan / YUAN_PER_WAN
        else:
            whole = PARTS.get(figure)
            number = yield from Count(
                key=f"figure/{figure}",
                ask=Say("action-figure", figure=figure),
                label=Say("action-figure-label", figure=figure),
                unit=Say("action-unit", figure=figure),
                minimum=0 if values else 1,
                maximum=int(values[whole]) if whole in values else MOST,
                usual=None if values else 1,
                nothing=Say("action-figure-none") if values else None,
            )
            values[figure] = Decimal(number)
    return tuple(values.values())


def take_back(brief: TakeBackActionBrief) -> Talk[str]:
    """Why an entry counts no more."""
    reason = yield from Text(
        key="reason",
        ask=Say("action-back-ask", number=brief.number, label=brief.label, figures=brief.figures),
        label=Say("action-back-label"),
        hint=Say("action-back-hint"),
        limit=NOTE_LIMIT,
    )
    yield from Confirm(
        key="confirm",
        ask=Say("action-back-confirm", number=brief.number),
        yes=Say("action-back-yes"),
    )
    return reason
