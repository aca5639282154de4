"""Joining by invitation: who invites whom for what, which data is kept, consent, the name."""

from dataclasses import dataclass
from datetime import datetime

from campaign.identity import says_name
from campaign.talks.people import Declined, JoinBrief, Joined
from talk.conversation import Talk
from talk.naming import LONGEST_NAME
from talk.questions import Hint, Name, YesNo
from talk.texts import Say


@dataclass(frozen=True, kw_only=True)
class IsIt(YesNo):
    """Whether somebody is who is registered; whoever types that name says so, too."""

    name: str

    def read(self, text: str, at: datetime) -> bool | Hint:
        return True if says_name(text, self.name) else super().read(text, at)


def join(brief: JoinBrief) -> Talk[Joined | Declined]:
    """Consent, then the name, where it is not known."""
    agreed = yield from YesNo(
        key="consent",
        ask=Say(
            "join-consent",
            inviter=brief.inviter,
            place=brief.place,
            role=Say("role", role=brief.role),
        ),
        hint=Say("join-data"),
        yes=Say("join-agree"),
        no=Say("join-decline"),
    )
    if not agreed:
        return Declined()
    if brief.known:
        return Joined(brief.known)
    registered = brief.registered
    if registered:
        correct = yield from IsIt(
            key="name_correct",
            name=registered,
            ask=Say("join-name-check", name=registered),
            yes=Say("join-name-right"),
            no=Say("join-name-wrong"),
        )
        if correct:
            return Joined(registered)
    name = yield from Name(
        key="name", ask=Say("join-name"), hint=Say("join-name-hint"), limit=LONGEST_NAME, reserved=brief.reserved
    )
    return Joined(name)
