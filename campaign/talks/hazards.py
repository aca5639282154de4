"""The talks about major hazards: one is reported, planned, rectified, judged by a department, listed."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, Self, TypedDict

import msgspec
from msgspec.structs import replace

from campaign.hazards import Act, Finding, Plan, State, Update
from campaign.talks.criteria import CriteriaCheckBrief
from campaign.talks.duties import SAMPLE, DutyBrief
from talk.briefs import Brief
from talk.texts import Words


class Days(Protocol):
    """The days that a brief gives for deadlines."""

    @property
    def asked_on(self) -> date:
        """The first day that a deadline can be."""

    @property
    def latest(self) -> date:
        """The last day that a deadline can be."""

    @property
    def example(self) -> date:
        """A deadline as hints name one."""


class DayFacts(TypedDict):
    """The same as the fields of a brief."""

    asked_on: date
    latest: date
    example: date


SAMPLE_DAYS: Final[DayFacts] = {
    "asked_on": date(2023, 6, 6),
    "latest": date(2024, 6, 6),
    "example": date(2023, 6, 20),
}
"""For samples of briefs."""


class KnownCriterion(msgspec.Struct, frozen=True):
    """A criterion of major hazards that concerns the enterprise, with the title of its article."""

    id: str
    article: int
    title: Words
    place: Words
    fact: Words
    text: Words
    device: bool
    """Whether it asks for a device, which may be fitted and have failed (article 14)."""


class KnownHazard(msgspec.Struct, frozen=True):
    """A hazard as it stood when the talk began."""

    number: int
    place: str
    state: State
    deadline: date | None
    overdue: bool

    @classmethod
    def sample(cls) -> "KnownHazard":
        """A hazard of nobody's."""
        return cls(number=41, place="…", state=State.RECTIFYING, deadline=date(2023, 6, 30), overdue=False)


class BriefWithDays(Brief, frozen=True):
    """The `Days` for a deadline, first in a brief."""

    asked_on: date = msgspec.field(name="today")
    latest: date
    example: date


class HazardReportBrief(BriefWithDays, frozen=True):
    """A hazard is found: where, which criterion, fixed now or planned."""

    talk = "hazard-report"

    enterprise: str
    """The enterprise's code."""
    name: str
    """The enterprise's name."""
    bureau: str
    """Who is told of it."""
    department: bool
    """Whether a department found it, rather than the enterprise."""
    criteria: tuple[KnownCriterion, ...]
    check: int | None = None
    """The spot check in which a department found it."""

    @classmethod
    def sample(cls) -> "HazardReportBrief":
        """An enterprise's, with two criteria."""
        management = Words("通用管理", "General management")
        criteria = tuple(
            KnownCriterion(id_, 3, management, management, Words(fact), Words("…"), device)
            for id_, fact, device in (("3-1", "…一", False), ("3-2", "…二", True))
        )
        return cls(**SAMPLE_DAYS, enterprise="…", name="…", bureau="…", department=False, criteria=criteria)


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding for the ledger, and how it was fixed where it was fixed at once."""

    finding: Finding
    how: str


class HazardPlanBrief(BriefWithDays, frozen=True):
    """The plan of a hazard that was reported without one, or a new one."""

    talk = "hazard-plan"

    number: int
    place: str
    before: Plan | None
    """The plan until now."""

    @classmethod
    def sample(cls) -> "HazardPlanBrief":
        """A hazard's without a plan."""
        return cls(**SAMPLE_DAYS, number=41, place="…", before=None)


class HazardUpdateBrief(BriefWithDays, frozen=True):
    """How the rectification of one hazard goes."""

    talk = "hazard-update"

    hazard: KnownHazard
    may_evaluate: bool
    """Whether this person may confirm the evaluation (整改评估)."""

    @classmethod
    def sample(cls) -> "HazardUpdateBrief":
        """A principal's."""
        return cls(**SAMPLE_DAYS, hazard=KnownHazard.sample(), may_evaluate=True)


class HazardDecisionBrief(Brief, frozen=True):
    """What a department decides about a hazard; `name` is the enterprise's."""

    talk = "hazard-decision"

    number: int
    place: str
    name: str
    act: Act

    @classmethod
    def sample(cls) -> "HazardDecisionBrief":
        """复查 that was not passed."""
        return cls(number=41, place="…", name="…", act="failed")


class HazardListingBrief(BriefWithDays, frozen=True):
    """挂牌督办 of a hazard; `name` is the enterprise's."""

    talk = "hazard-listing"

    earliest: date
    """The first day of the year: when it can have been listed."""
    number: int
    name: str

    @classmethod
    def sample(cls) -> "HazardListingBrief":
        """A hazard's of nobody's."""
        return cls(**SAMPLE_DAYS, earliest=date(2023, 1, 1), number=41, name="…")


class WhichEnterpriseBrief(Brief, frozen=True):
    """In which enterprise a department found a hazard."""

    talk = "hazard-which"

    @classmethod
    def sample(cls) -> "WhichEnterpriseBrief":
        """The only one there is."""
        return cls()


class WeeklyBrief(DutyBrief, frozen=True, kw_only=True):
    """The weekly check-in, hazard by hazard."""

    talk = "weekly-rectification"

    asked_on: date = msgspec.field(name="today")
    latest: date
    example: date
    hazards: tuple[KnownHazard, ...]
    """Those that are open."""
    month: int | None
    """The month whose dispatch is still owed; None: it is not."""
    dispatch: int | None
    """The duty of that dispatch."""

    @classmethod
    def sample(cls) -> Self:
        """Two hazards, in a month whose dispatch is owed."""
        rectifying = KnownHazard.sample()
        evaluated = replace(rectifying, number=42, state=State.EVALUATED)
        return cls(**SAMPLE, **SAMPLE_DAYS, hazards=(rectifying, evaluated), month=6, dispatch=1)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was said of each open hazard in a week, and whether it counts as the month's dispatch."""

    updates: tuple[Update, ...]
    counts: bool


DUTY_FORMS: Final = (CriteriaCheckBrief.talk, WeeklyBrief.talk, HazardPlanBrief.talk)
