"""Weekly check-in (三(一)1): while a major hazard is open the principal dispatches weekly, hazard by hazard."""

from bot.dialogs.confirming import confirmation
from bot.dialogs.rectifying import one_hazard
from campaign.hazards import Update
from campaign.talks.hazards import Checked, WeeklyBrief
from talk.conversation import Talk
from talk.questions import PRINCIPAL, YesNo
from talk.texts import Say


def check_in(brief: WeeklyBrief) -> Talk[Checked]:
    """Every open hazard in turn; where the month's dispatch is still owed, whether this counts as it."""
    updates: tuple[Update, ...] = ()
    for hazard in brief.hazards:
        said = yield from one_hazard(brief, hazard, may_evaluate=True)
        updates = (*updates, said)
    counts = False
    if brief.month is not None:
        counts = yield from YesNo(
            key="counts",
            ask=Say("weekly-counts", month=brief.month),
            label=Say("weekly-counts-label"),
            yes=Say("weekly-counts-yes"),
            no=Say("weekly-counts-no"),
            by=PRINCIPAL,
        )
    yield from confirmation(brief)
    return Checked(updates, counts)
