"""The talk in which an enterprise reports its first round (首轮自查自改)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import msgspec

from campaign.talks.duties import DutyBrief
from talk.messages import FileRef


class LedgerFigures(msgspec.Struct, frozen=True):
    """How many hazards an enterprise found itself, and how many of them are rectified and left."""

    found: int
    rectified: int
    left: int
    digest: str = ""
    """Of every line of the form that is signed; "" in talks from before it was looked at."""


class FirstRoundBrief(DutyBrief, frozen=True, kw_only=True):
    """The first round is reported as the ledger has it."""

    talk = "first-round"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"signed_page": True}

    ledger: LedgerFigures
    signed_page: bool
    """Whether the photo of the signed page completes the duty."""


DUTY_FORMS = (FirstRoundBrief.talk,)
JUDGED: Final = {FirstRoundBrief.talk: {"platform": "yes-no"}}


@dataclass(frozen=True, slots=True)
class FirstRound:
    """The first round is reported."""

    in_platform: bool
    """Whether it was entered in the city's platform (双控系统) already."""
    page: tuple[FileRef, ...] = ()
    """The signed page; none where the pack does without it."""


@dataclass(frozen=True, slots=True)
class ToLedger:
    """The ledger does not hold what is so: it is brought up to date before anything is reported."""
