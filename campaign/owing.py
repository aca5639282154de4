"""From which day on anything is owed, where a campaign is joined when it has begun.

`owed_from` stands in the pack, or is a setting of the installation. It is a day in the zone of the pack, the first on
which things are owed; None: from the first day of the campaign. Before it nothing is planned, nobody is reminded, and
nothing rises to staff.
"""

from datetime import date

from campaign.periods import Period


def is_owed(period: Period, due: date | None, owed_from: date | None) -> bool:
    """Return whether what a period asks for is owed: some day of the period is one on which things are owed, and it is
    not due before them. `due` None: there is no end.

    What opened before and runs on is owed; the month before is not, though it may still be reported in this one.
    """
    return owed_from is None or (period.last >= owed_from and (due is None or due >= owed_from))


def opening(opens: date, owed_from: date | None) -> date:
    """Return the day on which what is owed opens: its own, and never one before things are owed."""
    return opens if owed_from is None else max(opens, owed_from)
