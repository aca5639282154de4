"""The talks in which somebody joins, leaves, or complains."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from campaign.roles import CLERK, LEADER, OFFICER, PRINCIPAL, WORKER
from talk.briefs import Brief


class JoinBrief(Brief, frozen=True):
    """Somebody was invited."""

    talk = "join"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"role": PRINCIPAL, "known": ""}

    invitation: int
    inviter: str
    """Which bureau invites."""
    role: str
    place: str
    """The name of the enterprise or district."""
    registered: str
    """Who has the role by the registry; "" where it does not say."""
    known: str
    """The name of somebody who has joined in another role; "" of anybody else."""
    reserved: tuple[str, ...] = ()
    """The names of the districts, the city and their bureaus, which nobody can bear."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Consent was given, under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Declined:
    """No consent: nothing is bound, the invitation stays good."""


class FeedbackBrief(Brief, frozen=True):
    """意见与投诉, to the city."""

    talk = "feedback"


class LeaveBrief(Brief, frozen=True):
    """Somebody wants to leave the bot."""

    talk = "leave"

    roles: str
    """Their roles in words."""
    alone: str = ""
    """Those of them in words that nobody else holds; "": there is always another."""


class SeatBrief(Brief, frozen=True):
    """A role of somebody else's, about which something is decided."""

    SAMPLE: ClassVar[Mapping[str, Any]] = {"role": PRINCIPAL}

    membership: int
    name: str
    role: str
    place: str


class EndRoleBrief(SeatBrief, frozen=True):
    """Somebody who may ends the role of another."""

    talk = "role-end"


class ResetFactorBrief(SeatBrief, frozen=True):
    """Staff reset the second factor of somebody who lost the phone."""

    talk = "factor-reset"


class LockBrief(SeatBrief, frozen=True):
    """Somebody who may locks out another who lost the phone."""

    talk = "lock"


class InviteBrief(Brief, frozen=True):
    """Somebody invites for a place of their own."""

    talk = "invite"
    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "roles": (PRINCIPAL, OFFICER, WORKER, CLERK, LEADER),
        "districts": ("浑南区", "沈河区"),
    }

    own: str
    """The place: an enterprise's code, a district, the city."""
    place: str
    """How it is called."""
    roles: tuple[str, ...]
    """Into which roles they may invite."""
    districts: tuple[str, ...] = ()
    """The districts whose people they may invite; (): those of the one enterprise alone."""


@dataclass(frozen=True, slots=True)
class Invitee:
    """Into which role of which enterprise (its code) or district, and how many codes."""

    role: str
    subject: str
    number: int


class HandOverBrief(SeatBrief, frozen=True):
    """A role is handed over to a successor."""

    talk = "hand-over"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"role": CLERK, "others": ((2, "李演二"),)}

    others: tuple[tuple[int, str], ...] = ()
    """Who holds the same role there, by number and name."""


class RenameBrief(SeatBrief, frozen=True):
    """The name of the holder of a role is corrected."""

    talk = "rename"

    reserved: tuple[str, ...] = ()
    """The names of the districts, the city and their bureaus, which nobody can bear."""
