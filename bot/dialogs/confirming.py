"""The end of a dialog about a duty: in whose name it is submitted, and until when it can be corrected."""

from datetime import date

from talk.conversation import Brief
from talk.questions import PRINCIPAL, Confirm
from talk.texts import Say


def confirmation(brief: Brief) -> Confirm:
    """The brief gives the name, the due day (None: no end), and whether it has passed."""
    name, due = brief["principal_name"], brief["due"]
    if due is None or brief.get("overdue"):
        ask = Say("confirm-any-time", name=name)
    else:
        ask = Say("confirm-until", name=name, due=date.fromisoformat(due))
    return Confirm(key="confirm", ask=ask, by=PRINCIPAL)
