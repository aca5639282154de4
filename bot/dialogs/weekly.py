"""Weekly check-in (三(一)1): while a major hazard is open the principal dispatches weekly, hazard by hazard."""

from dataclasses import dataclass

from bot.dialogs.confirming import confirmation
from bot.dialogs.rectifying import one_hazard
from campaign.hazards import Update
from talk.conversation import Brief, Talk
from talk.questions import PRINCIPAL, YesNo
from talk.texts import Say


@dataclass(frozen=True, slots=True)
class Checked:
    """What was said of each open hazard, and whether it counts as the month's dispatch."""

    updates: tuple[Update, ...]
    counts: bool


def weekly(brief: Brief) -> Talk[Checked]:
    """The brief is that of a duty; it gives the open hazards besides, and `month` where that month's dispatch
    is still owed.
    """
    updates: tuple[Update, ...] = ()
    for hazard in brief["hazards"]:
        said = yield from one_hazard(brief, hazard, may_evaluate=True)
        updates = (*updates, said)
    counts = False
    if brief["month"] is not None:
        counts = yield from YesNo(
            key="counts",
            ask=Say("weekly-counts", month=brief["month"]),
            label=Say("weekly-counts-label"),
            yes=Say("weekly-counts-yes"),
            no=Say("weekly-counts-no"),
            by=PRINCIPAL,
        )
    yield from confirmation(brief)
    return Checked(updates, counts)
