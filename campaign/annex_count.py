"""What counts for the annex table: a hazard's life and the dated actions of a bureau, as known at a cut-off."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from campaign.annex import OF_ENTERPRISES, Annex, Figure, LedgerFigure, Values
from campaign.hazards import DECIDING, RECTIFIED, TABLE, UNCOUNTED, Event, Origin, State

ENTERED = ("found", "import")
"""The steps by which a hazard enters the ledger."""
TELLING = (
    *ENTERED,
    *("list", "lift"),
    *(event for event in Event if event not in (Event.PLAN, Event.PROGRESS, Event.LOOK_BACK)),
)
"""The steps that can change a figure. What is planned or under way is as little rectified as what was just found; a
hazard has more of those steps than of all others together.
"""


@dataclass(frozen=True, slots=True)
class Cut:
    """What a table may know: facts recorded by `until` (aware) of days from `first` to `last`, in `zone`."""

    until: datetime
    first: date
    last: date
    zone: ZoneInfo

    def day(self, at: datetime) -> date:
        """The day of an instant."""
        return at.astimezone(self.zone).date()

    def knows(self, at: datetime, day: date) -> bool:
        """Whether something of a day was known, and is not of a later month."""
        return at <= self.until and day <= self.last


@dataclass(frozen=True, slots=True)
class CountedStep:
    """What happened to a hazard, when it was recorded. `data` of a step "found" has the criterion, None: 说不准."""

    at: datetime
    event: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CountedHazard:
    """A hazard with all its steps, the oldest first."""

    number: int
    origin: Origin
    enterprise: str
    found: date
    steps: Sequence[CountedStep]


@dataclass(frozen=True, slots=True)
class Action:
    """A dated action: `values` are its figures; `enterprise` where it concerns one; `annulled` when a counter-entry
    took it back.
    """

    number: int
    row: str
    enterprise: str | None
    day: date
    at: datetime
    values: Values
    note: str
    annulled: datetime | None


@dataclass(frozen=True, slots=True)
class Source:
    """A record behind a figure: `hazard/41` or `action/7`, the day that it counts by, when that was recorded."""

    id: str
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a row, and the records behind them."""

    values: Values
    sources: tuple[Source, ...]


def count(
    annex: Annex, lives: Iterable[CountedHazard], actions: Iterable[Action], cut: Cut, by: date | None = None
) -> dict[str, Counted]:
    """Every row of the table of one column, and what is noted besides, by name. `by`: of what counts at the cut only
    the records of days up to that one.
    """
    by = cut.last if by is None else by
    ledger: defaultdict[Figure, list[Source]] = defaultdict(list)
    for life in lives:
        for figure, source in of_hazard(life, cut, earlier_listed=annex.counts_earlier_listed).items():
            if source.day <= by:
                ledger[figure].append(source)
    acted: defaultdict[str, list[Action]] = defaultdict(list)
    for action in actions:
        known = cut.knows(action.at, action.day) and not _taken_back(action, cut)
        if known and cut.first <= action.day <= by:
            acted[action.row].append(action)
    counted = {}
    for row in annex.every:
        if row.counts.ledger:
            found = [ledger[figure] for figure in row.counts.ledger]
            counted[row.name] = Counted(
                tuple(Decimal(len(each)) for each in found), tuple(source for each in found for source in each)
            )
        else:
            counted[row.name] = _of_actions(row.counts.named, acted[row.name])
    return counted


def of_hazard(life: CountedHazard, cut: Cut, *, earlier_listed: bool) -> dict[LedgerFigure, Source]:
    """The figures for which a hazard counts. One judged not to be major, merged or withdrawn counts for none, nor does
    one reported as 说不准 before a department has taken it for a major one; one that is open again is not rectified;
    rows 1 to 4 are about what was found since the campaign began.
    """
    sure = True
    state: State | None = None
    entered: Source | None = None
    since: Source | None = None
    listed: Source | None = None
    lifted: Source | None = None
    for step in life.steps:
        source = Source(f"hazard/{life.number}", cut.day(step.at), step.at)
        decided = False
        if step.event in ENTERED:
            if not cut.knows(step.at, life.found):
                return {}
            entered = Source(source.id, life.found, step.at)
            # What a list tells of was so when the list came in.
            told = State(step.data.get("state", State.FOUND)) if cut.knows(step.at, source.day) else State.FOUND
            state, since = told, source if told in RECTIFIED else None
            sure = step.data.get("criterion", "") is not None
        elif step.event == "list":
            day = date.fromisoformat(step.data["date"])
            if cut.knows(step.at, day):
                listed, lifted = Source(source.id, day, step.at), None
                decided = True
        elif not cut.knows(step.at, source.day) or state is None:
            continue
        elif step.event == "lift":
            lifted = source
        elif step.event in Event.__members__.values():
            move = TABLE.get((state, Event(step.event)))
            after = state if move is None else move.to
            since = _rectified_since(life.origin, state, after, since, source)
            state = after
            decided = step.event in DECIDING
        if decided and not sure:
            # What nobody was sure of counts from the decision on, for its own days.
            sure, entered, since = True, _known_since(step.at, entered), _known_since(step.at, since)
    if entered is None or state is None or state in UNCOUNTED or not sure:
        return {}
    found: dict[LedgerFigure, Source] = {}
    if life.found >= cut.first:
        if life.origin == "enterprise":
            found["found-by-enterprise"] = entered
            if state in RECTIFIED and since is not None:
                found["found-by-enterprise-rectified"] = since
        else:
            found["found-by-department"] = entered
            if state in (State.REINSPECTED, State.CLOSED) and since is not None:
                found["found-by-department-rectified"] = since
    if listed is not None and (listed.day >= cut.first or (earlier_listed and not _before(lifted, cut))):
        found["listed"] = listed
        if lifted is not None:
            found["listed-lifted"] = lifted
    return found


def _known_since(at: datetime, source: Source | None) -> Source | None:
    """A record of the same day, known only since an instant."""
    return None if source is None else Source(source.id, source.day, at)


def _before(lifted: Source | None, cut: Cut) -> bool:
    return lifted is not None and lifted.day < cut.first


def _rectified_since(origin: Origin, state: State, after: State, since: Source | None, step: Source) -> Source | None:
    """The step by which a hazard became rectified: its evaluation, or for what a department found 复查."""
    done = RECTIFIED if origin == "enterprise" else frozenset({State.REINSPECTED, State.CLOSED})
    if after not in done:
        return None
    return since if state in done and since is not None else step


def _taken_back(action: Action, cut: Cut) -> bool:
    # A counter-entry speaks of the day of what it takes back.
    return action.annulled is not None and action.annulled <= cut.until


def _of_actions(figures: Sequence[Figure], actions: Sequence[Action]) -> Counted:
    sources = tuple(Source(f"action/{action.number}", action.day, action.at) for action in actions)
    if figures[0] in OF_ENTERPRISES:
        return Counted((Decimal(len({action.enterprise for action in actions})),), sources)
    sums = (sum((action.values[place] for action in actions), Decimal(0)) for place in range(len(figures)))
    return Counted(tuple(sums), sources)
