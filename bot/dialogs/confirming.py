"""What dialogs about a duty ask around their own questions: whether it concerns the enterprise at all, photos, and
in whose name it is submitted and until when it can be corrected.
"""

from campaign.talks.duties import DutyBrief
from talk.conversation import Talk
from talk.questions import PRINCIPAL, Confirm, Photo, YesNo
from talk.texts import Say


def presence(brief: DutyBrief) -> Talk[bool]:
    """有无, for a duty over a risk: whether that exists in the enterprise; True where it is not in doubt."""
    if brief.presence is None:
        return True
    return (
        yield from YesNo(
            key="present",
            ask=brief.presence,
            label=Say("plain-present-label"),
            yes=Say("plain-present-yes"),
            no=Say("plain-present-no"),
        )
    )


def photos_on_request() -> Photo:
    """Photos and files that nobody has to send: the confirmation offers it (附照片)."""
    return Photo(
        key="photos",
        documents=True,
        ask=Say("photo-ask"),
        label=Say("photo-label"),
        on_request=Say("photo-attach"),
        nothing=Say("photo-none"),
    )


def confirmation(brief: DutyBrief) -> Confirm:
    """Return the question by which a duty is confirmed: it says in whose name it is submitted, and until when it can be
    corrected without a trace.
    """
    name, due = brief.principal_name, brief.due
    if due is None:
        ask = Say("confirm-any-time", name=name)
    else:
        ask = Say("confirm-late", name=name) if brief.overdue else Say("confirm-until", name=name, due=due)
    return Confirm(key="confirm", ask=ask, by=PRINCIPAL)
