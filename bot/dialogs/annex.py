"""The talks about the annex table: other figures for a cell, with the reason; sending a table or a cell back."""

from decimal import Decimal

from campaign.annex import IN_MONEY, Changed, written
from campaign.talks.annex import OverrideBrief, ReturnBrief
from talk.conversation import Talk
from talk.questions import Amount, Confirm, Count, Text, YesNo
from talk.texts import Say

YUAN_PER_WAN = 10_000
MOST = 100_000_000


def override(brief: OverrideBrief) -> Talk[Changed]:
    """Each figure of the cell anew, or what was counted, with the reason."""
    keep = False
    if brief.overridden:
        keep = yield from YesNo(
            key="keep",
            ask=Say("annex-override-again", label=brief.label),
            label=Say("annex-override-again-label"),
            yes=Say("annex-override-counted"),
            no=Say("annex-override-other"),
        )
    values: list[Decimal] = []
    for place, figure in enumerate(() if keep else brief.figures):
        counted = written((brief.counted[place],))
        if figure in IN_MONEY:
            yuan = yield from Amount(
                key=f"figure/{figure}",
                ask=Say("annex-override-money", counted=counted),
                label=Say("annex-override-money-label"),
            )
            values.append(yuan / YUAN_PER_WAN)
        else:
            number = yield from Count(
                key=f"figure/{figure}",
                ask=Say(
                    "annex-override-count",
                    label=brief.label,
                    place=place + 1,
                    of=len(brief.figures),
                    counted=counted,
                ),
                label=Say("annex-override-count-label", place=place + 1, of=len(brief.figures)),
                maximum=MOST,
            )
            values.append(Decimal(number))
    reason = yield from Text(
        key="reason",
        ask=Say("annex-override-reason"),
        label=Say("annex-override-reason-label"),
        hint=Say("annex-override-reason-hint"),
    )
    yield from Confirm(key="confirm", ask=Say("annex-override-confirm", place=brief.column))
    return Changed(None if keep else tuple(values), reason)


def give_back(brief: ReturnBrief) -> Talk[str]:
    """The sentence with which a table goes back, or one cell of it."""
    whole = "no" if brief.label else "yes"
    ask = Say("annex-return-ask", whole=whole, label=brief.label, place=brief.column)
    return (yield from Text(key="remark", ask=ask, hint=Say("annex-return-hint")))
