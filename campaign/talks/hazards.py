"""The talks about major hazards: one is reported, planned, rectified, judged by a department, listed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final, TypedDict

import msgspec

from campaign.hazards import Act, Finding, Plan, State, Update
from campaign.talks.criteria import CriteriaCheckBrief
from campaign.talks.duties import DutyBrief
from talk.briefs import Brief
from talk.samples import sample_of
from talk.texts import Words


class DayFacts(TypedDict):
    """The days that a brief gives for deadlines."""

    asked_on: date
    """The first day that a deadline can be."""
    latest: date
    """The last day that a deadline can be."""
    example: date
    """A deadline as hints name one."""


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


class InLedger(msgspec.Struct, frozen=True):
    """An open hazard as far as another report is compared with it, or merged into it."""

    number: int
    place: str
    criterion: str | None


class BriefWithDays(Brief, frozen=True):
    """A brief that begins with `DayFacts`."""

    asked_on: date = msgspec.field(name="today")
    latest: date
    example: date


class HazardReportBrief(BriefWithDays, frozen=True):
    """A hazard is found: where, which criterion, fixed now or planned."""

    talk = "hazard-report"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"described": True, "open": (sample_of(InLedger),)}

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
    open: tuple[InLedger, ...] = ()
    """What is open in the enterprise, so that nothing is reported twice."""
    described: bool = False
    """Whether it is asked what is wrong; it was not in reports that began before."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding for the ledger, and how it was fixed where it was fixed at once. `same`: the number under which it
    stands there already, so that nothing is entered.
    """

    finding: Finding
    how: str
    same: int | None = None


class HazardPlanBrief(BriefWithDays, frozen=True):
    """The plan of a hazard that was reported without one, or a new one."""

    talk = "hazard-plan"

    number: int
    place: str
    before: Plan | None
    """The plan until now."""


class HazardUpdateBrief(BriefWithDays, frozen=True):
    """How the rectification of one hazard goes."""

    talk = "hazard-update"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"may_evaluate": True}

    hazard: KnownHazard
    may_evaluate: bool
    """Whether this person may confirm the evaluation (整改评估)."""


class DecisionDays(msgspec.Struct, frozen=True):
    """The first and the last day of a new deadline, and one for a hint."""

    asked_on: date
    latest: date
    example: date


class HazardDecisionBrief(Brief, frozen=True):
    """What a department decides about a hazard; `name` is the enterprise's."""

    talk = "hazard-decision"
    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "me": "孙演九",
        "days": sample_of(DecisionDays),
        "criteria": (sample_of(KnownCriterion), sample_of(KnownCriterion, 1)),
        "others": (sample_of(InLedger), sample_of(InLedger, 1, number=8)),
    }

    number: int
    place: str
    name: str
    act: Act
    me: str = ""
    """The name of whoever decides; "" in talks from before names and notes were asked."""
    days: DecisionDays | None = None
    """Of a decision after which it is to be rectified again; None in those that began before a day was asked."""
    criteria: tuple[KnownCriterion, ...] = ()
    """Of a decision that it is a major one: the criteria that it may meet."""
    others: tuple[InLedger, ...] = ()
    """Of a merger: the hazards that may go on."""


class HazardListingBrief(BriefWithDays, frozen=True):
    """挂牌督办 of a hazard; `name` is the enterprise's."""

    talk = "hazard-listing"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"earliest": date(2023, 1, 1)}

    earliest: date
    """The first day of the year: when it can have been listed."""
    number: int
    name: str
    deadline: date | None = None
    """By when the enterprise means to rectify it."""


class WhichEnterpriseBrief(Brief, frozen=True):
    """In which enterprise a department found a hazard."""

    talk = "hazard-which"


class WeeklyBrief(DutyBrief, frozen=True, kw_only=True):
    """The weekly check-in, hazard by hazard."""

    talk = "weekly-rectification"
    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "hazards": (sample_of(KnownHazard), sample_of(KnownHazard, 1, state=State.EVALUATED)),
    }

    asked_on: date = msgspec.field(name="today")
    latest: date
    example: date
    hazards: tuple[KnownHazard, ...]
    """Those that are open."""
    month: int | None
    """The month whose dispatch is still owed; None: it is not."""
    dispatch: int | None
    """The duty of that dispatch."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was said of each open hazard in a week, and whether it counts as the month's dispatch."""

    updates: tuple[Update, ...]
    counts: bool


Days = BriefWithDays | WeeklyBrief | DecisionDays
"""A brief that gives the days for deadlines."""

DUTY_FORMS: Final = (CriteriaCheckBrief.talk, WeeklyBrief.talk, HazardPlanBrief.talk)
