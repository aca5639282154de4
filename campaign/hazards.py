"""A major hazard's life: its states, what moves it and who may, and which weeks ask for a check-in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal
from zoneinfo import ZoneInfo

from campaign.fields import Part
from campaign.notation import DAY_ENDS
from campaign.obligations import Obligation
from campaign.owing import is_owed, opening
from campaign.periods import Period
from talk.cleaning import likeness
from talk.messages import FileRef

Origin = Literal["enterprise", "department"]
"""Who found it: the two never overlap. Listing (挂牌) is a mark on either, not a third source."""
Side = Literal["enterprise", "department"]


class State(StrEnum):
    """Where a hazard stands."""

    FOUND = "found"
    PLANNED = "planned"
    RECTIFYING = "rectifying"
    DONE = "done"
    EVALUATED = "evaluated"
    REINSPECTED = "reinspected"
    CLOSED = "closed"
    REOPENED = "reopened"
    NOT_MAJOR = "not_major"
    MERGED = "merged"
    """The same as another hazard of the ledger, which goes on."""
    WITHDRAWN = "withdrawn"
    """Entered by mistake."""


class Event(StrEnum):
    """What happens to a hazard and moves it. Deadlines and listings are marks beside the state."""

    PLAN = "plan"
    PROGRESS = "progress"
    FINISH = "finish"
    EVALUATE = "evaluate"
    RELAPSE = "relapse"
    PASSED = "passed"
    FAILED = "failed"
    CLOSE = "close"
    LOOK_BACK = "look_back"
    REOPEN = "reopen"
    NOT_MAJOR = "not_major"
    MAJOR = "major"
    """Of what was reported as 说不准: it is one, by this criterion."""
    MERGE = "merge"
    WITHDRAW = "withdraw"


class HazardRules(Part):
    """What a pack settles about the ledger, with the mark of who says so: [N] the notice, [D] we."""

    reinspection: Literal["required [N]", "required [D]", "not required [N]", "not required [D]"] = "required [D]"

    @property
    def needs_reinspection(self) -> bool:
        """Whether the department's 复查 comes before closure."""
        return self.reinspection.startswith("required")


_ENTERPRISE: Final[frozenset[Side]] = frozenset({"enterprise"})
_DEPARTMENT: Final[frozenset[Side]] = frozenset({"department"})
_EITHER: Final[frozenset[Side]] = _ENTERPRISE | _DEPARTMENT

_UNSETTLED: Final = (State.FOUND, State.PLANNED, State.RECTIFYING, State.REOPENED)
"""Still to be rectified."""
ENDED: Final = frozenset({State.CLOSED, State.NOT_MAJOR, State.MERGED, State.WITHDRAWN})
"""Out of the open part of the ledger; a department may open it again."""
RECTIFIED: Final = frozenset({State.EVALUATED, State.REINSPECTED, State.CLOSED})
"""Rectified as the annex counts what an enterprise found itself: evaluated, which the principal confirms."""
UNCOUNTED: Final = frozenset({State.NOT_MAJOR, State.MERGED, State.WITHDRAWN})
"""Out of every figure of the annex."""
OPEN: Final = tuple(state for state in State if state not in ENDED)


@dataclass(frozen=True, slots=True)
class Transition:
    """Who may move a hazard by an event, and where it then stands."""

    by: frozenset[Side]
    to: State


TABLE: Final[Mapping[tuple[State, Event], Transition]] = {
    **{(state, Event.PLAN): Transition(_ENTERPRISE, State.PLANNED) for state in (State.FOUND, State.REOPENED)},
    (State.PLANNED, Event.PLAN): Transition(_ENTERPRISE, State.PLANNED),
    (State.RECTIFYING, Event.PLAN): Transition(_ENTERPRISE, State.RECTIFYING),
    **{(state, Event.PROGRESS): Transition(_ENTERPRISE, State.RECTIFYING) for state in _UNSETTLED},
    **{(state, Event.FINISH): Transition(_ENTERPRISE, State.DONE) for state in _UNSETTLED},
    (State.DONE, Event.EVALUATE): Transition(_ENTERPRISE, State.EVALUATED),
    # 整改评估 or the weekly look found that it is not done after all.
    **{
        (state, Event.RELAPSE): Transition(_ENTERPRISE, State.RECTIFYING)
        for state in (State.DONE, State.EVALUATED, State.REINSPECTED)
    },
    # 复查 comes before closure; what does not pass goes back.
    (State.EVALUATED, Event.PASSED): Transition(_DEPARTMENT, State.REINSPECTED),
    (State.EVALUATED, Event.FAILED): Transition(_DEPARTMENT, State.RECTIFYING),
    # Only where the pack asks for no 复查, see `moved`.
    (State.EVALUATED, Event.CLOSE): Transition(_EITHER, State.CLOSED),
    (State.REINSPECTED, Event.CLOSE): Transition(_DEPARTMENT, State.CLOSED),
    # 回头看, after closure: holds, or is open again.
    (State.CLOSED, Event.LOOK_BACK): Transition(_DEPARTMENT, State.CLOSED),
    (State.CLOSED, Event.REOPEN): Transition(_DEPARTMENT, State.REOPENED),
    **{
        (state, Event.NOT_MAJOR): Transition(_DEPARTMENT, State.NOT_MAJOR)
        for state in (*_UNSETTLED, State.DONE, State.EVALUATED)
    },
    **{(state, Event.REOPEN): Transition(_DEPARTMENT, State.REOPENED) for state in sorted(UNCOUNTED)},
    **{(state, Event.MAJOR): Transition(_DEPARTMENT, state) for state in (*_UNSETTLED, State.DONE, State.EVALUATED)},
    **{(state, Event.MERGE): Transition(_DEPARTMENT, State.MERGED) for state in OPEN},
    **{(state, Event.WITHDRAW): Transition(_DEPARTMENT, State.WITHDRAWN) for state in OPEN},
}
"""Every move there is; what is not here is refused."""
_DECIDED_FIRST: Final = frozenset({Event.PASSED, Event.FAILED, Event.CLOSE})
"""What a department does with a major hazard only, and not before it has said that it is one."""
DECIDING: Final = frozenset({*_DECIDED_FIRST, Event.MAJOR, Event.LOOK_BACK, Event.REOPEN})
"""By any of these a department takes a hazard for a major one, in the ledgers of yesterday too."""


def moved(state: State, event: Event, by: Side, *, reinspection: bool, unsure: bool = False) -> State | None:
    """Where an event leads, or None when it is not possible now or not theirs to decide.

    `reinspection`: the pack asks for the department's 复查 before closure; `unsure`: a department is still to say
    whether it is a major hazard (说不准).
    """
    if event is Event.MAJOR and not unsure:
        return None
    if unsure and event in _DECIDED_FIRST:
        return None
    if (state, event) == (State.EVALUATED, Event.CLOSE) and reinspection:
        return None
    transition = TABLE.get((state, event))
    return transition.to if transition is not None and by in transition.by else None


def possible(state: State, by: Side, *, reinspection: bool, unsure: bool = False) -> tuple[Event, ...]:
    """What a side can do with a hazard now; the rest as of `moved`."""
    return tuple(
        event for event in Event if moved(state, event, by, reinspection=reinspection, unsure=unsure) is not None
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """The five fields of a plan 责任人、措施、资金、期限、应急预案; funds in yuan."""

    person: str
    measures: str
    funds: Decimal
    deadline: date
    contingency: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A hazard as it was found. `criterion` None: the department is to judge (说不准). `device_failed`: fitted, but
    failed (article 14). `fixed`: removed on the spot, so that only the evaluation is left. `description`: what is
    wrong, in the finder's words; empty in what was found before it was asked.
    """

    place: str
    criterion: str | None
    device_failed: bool
    photos: tuple[FileRef, ...]
    fixed: bool
    plan: Plan | None
    description: str = ""


def is_same(criterion: str | None, place: str, other_criterion: str | None, other_place: str) -> bool:
    """Return whether two reports may be of one hazard: the same criterion, and the same place however it is spelt."""
    return criterion == other_criterion and likeness(place) == likeness(other_place)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """整改评估: who judged that it is rectified, how, with what to show for it."""

    by: str
    how: str
    photos: tuple[FileRef, ...]


Going = Literal["going", "blocked", "done", "waiting", "holds", "relapsed"]
"""How rectification goes: as planned, held up, done; done and not evaluated yet, evaluated and sound; or not
done after all.
"""


@dataclass(frozen=True, slots=True)
class Update:
    """What an enterprise says about one hazard. `deadline`: a new one, with its `reason`."""

    hazard: int
    going: Going
    note: str = ""
    blocked: str = ""
    deadline: date | None = None
    reason: str = ""
    photos: tuple[FileRef, ...] = ()
    evaluation: Evaluation | None = None


Act = Literal[
    "passed",
    "failed",
    "close",
    "look_back",
    "reopen",
    "not_major",
    "lift",
    "major",
    "merge",
    "withdraw",
    "extend",
    "hold",
]
"""What a department decides about a hazard; `lift` ends its listing, `extend` and `hold` answer the request of an
enterprise to put off the deadline of a listed one.
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """A department's decision with what it said."""

    act: Act
    remark: str
    photos: tuple[FileRef, ...]
    by: tuple[str, ...] = ()
    """The names of those who looked."""
    deadline: date | None = None
    """The new one of what is to be rectified again."""
    criterion: str | None = None
    """Of what is a major hazard after all; `device_failed` as of a `Finding`."""
    device_failed: bool = False
    into: int | None = None
    """The hazard that goes on where two are the same."""


LEAST_NOTE: Final = 4
"""Letters and figures of a note at the least: 无, 合格, 同意 tell nothing of what was seen."""
_EMPTY: Final = frozenset(("没有说明", "暂无说明", "没有问题", "没什么说明", "none", "nothing", "noremark", "okay"))


def is_note(text: str) -> bool:
    """Return whether a note says something: more than a word or a figure, and not that there is nothing to say."""
    letters = [letter for letter in likeness(text) if letter.isalnum()]
    told = "".join(letters)
    return len(letters) >= LEAST_NOTE and len(set(letters)) > 1 and not told.isdigit() and told not in _EMPTY


@dataclass(frozen=True, slots=True)
class Listing:
    """挂牌督办: who lists, document number, on which day, to be rectified until."""

    by: str
    number: str
    day: date
    deadline: date


@dataclass(frozen=True, slots=True)
class Week:
    """A week of check-ins, as instants: from its Monday 00:00 to the last second of its Sunday."""

    period: str
    start: datetime
    found_before: datetime
    """What is found by Wednesday is asked about on Sunday; what is found later, next week."""
    due: datetime


@dataclass(frozen=True, slots=True)
class HazardLife:
    """What the check-in asks of a hazard's life. `weekly_from`: found (or open again) at that instant;
    None: fixed at once, which needs the evaluation only. `closed_at` None: open.
    """

    weekly_from: datetime | None
    closed_at: datetime | None


def counts(week: Week, life: HazardLife) -> bool:
    """Whether a hazard makes a week's check-in owed: open at its Monday 00:00, or found by its Wednesday."""
    if life.weekly_from is None or life.weekly_from >= week.found_before:
        return False
    return life.closed_at is None or life.closed_at > max(week.start, life.weekly_from)


def keeps(week: Week, life: HazardLife) -> bool:
    """Whether it still does at the week's end: what closes within the week withdraws an unanswered check-in."""
    return counts(week, life) and (life.closed_at is None or life.closed_at > week.due)


def weeks(
    rule: Obligation, campaign: Period, zone: ZoneInfo, after: datetime, until: datetime, owed_from: date | None = None
) -> Iterator[Week]:
    """The weeks of a weekly obligation that were under way after one instant and by another, both aware, and are owed
    where things are owed from a day on.
    """
    for variant in rule.variants:
        for period in rule.periods(variant, campaign, ()):
            last = variant.due_on(period) or period.last
            if not is_owed(period, last, owed_from):
                continue
            start = datetime.combine(opening(period.first, owed_from), time.min, zone)
            due = datetime.combine(last, DAY_ENDS, zone)
            if start <= until and due > after:
                thursday = period.first + timedelta(days=3 - period.first.weekday())
                yield Week(period.name, start, datetime.combine(thursday, time.min, zone), due)
