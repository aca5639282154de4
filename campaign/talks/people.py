"""The talks in which somebody joins, leaves, or complains."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from campaign.roles import PRINCIPAL
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
