"""What dialogs about a duty ask around their own questions: whether it concerns the enterprise at all, photos, why it
does not agree with what was told elsewhere, and in whose name it is submitted and until when it can be corrected.
"""

from collections.abc import Iterable
from typing import Final

from bot.dialogs.written import Reason
from campaign.admissions import why_key
from campaign.talks.duties import DutyBrief
from talk.conversation import Talk
from talk.questions import PRINCIPAL, Confirm, Photo, YesNo
from talk.texts import Phrase, Say, Words

REASON_LIMIT: Final = 200
"""Characters of the sentence on what does not agree."""


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


def contradiction(criterion: str | None, told: Phrase, pair: Iterable[str]) -> Reason:
    """Return the question why two answers do not agree, of a criterion or (None) in how many major hazards there are;
    `pair` tells these two from any others.
    """
    name = Say("contradiction-label-count") if criterion is None else Say("contradiction-label", name=criterion)
    example = Say("contradiction-example-count" if criterion is None else "contradiction-example")
    return Reason(
        key=why_key(criterion),
        ask=Say("contradiction-ask", told=told),
        label=name,
        hint=Say("contradiction-hint", example=example, limit=REASON_LIMIT),
        limit=REASON_LIMIT,
        example=example,
        told=told,
        pair=tuple(pair),
    )


def criterion_named(criterion: str, fact: Words) -> Say:
    """Return a criterion by its clause and its fact in short."""
    article, _, item = criterion.partition("-")
    return Say("criterion-named", article=article, item=item, fact=fact)


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
