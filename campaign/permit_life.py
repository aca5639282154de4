"""A hot-work permit's life, pure and without a clock.

`advance` says what time alone has done by an instant, `gates` what an event is kept from by, `after` what it makes of a
life. 参照 GB 30871-2022; the minutes are settings of the pack.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from campaign.hot_work import HotWork, LevelRule, Spell
from campaign.permits import ENDED, OUTSIDE, TABLE, TIMED, Event, Gate, State


class Pause(StrEnum):
    """Why a job is suspended."""

    BREAK = "break"
    GAS = "gas"
    UNGUARDED = "unguarded"
    MISSED = "missed"
    STOPPED = "stopped"
    SPELL = "spell"
    """The day's hours are over."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a permit allows, as it was applied for: instants aware, in the zone. `sample`: a gas sample is required.
    `level` gives the minutes; `measures` are the ids of what is looked at on site before each start.
    """

    level: LevelRule
    spells: tuple[Spell, ...]
    sample: bool
    measures: tuple[str, ...] = ()

    @property
    def starts(self) -> datetime:
        """The first instant of work."""
        return self.spells[0].start

    @property
    def until(self) -> datetime:
        """The end: nothing outlives it."""
        return self.spells[-1].end

    def spell_at(self, at: datetime) -> Spell | None:
        """The spell of work that an instant lies in."""
        return next((spell for spell in self.spells if spell.holds(at)), None)


@dataclass(frozen=True, slots=True)
class Sample:
    """A gas sample: taken at an instant, `gas` an id of the pack, value in % vol."""

    taken_at: datetime
    gas: str
    value: Decimal
    ok: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What somebody on site says of the measures, by their ids: these are in place, those are lacking."""

    in_place: tuple[str, ...]
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PermitStep:
    """Something that happened. `at`: when, by the one who did it; `received`: when we heard of it."""

    event: Event
    at: datetime
    received: datetime
    sample: Sample | None = None
    checked: Checked | None = None


@dataclass(frozen=True, slots=True)
class PermitLife:
    """How a permit stands, after the steps so far."""

    state: State = State.DRAFTED
    since: datetime | None = None
    """When it came into its state."""
    approved_at: datetime | None = None
    started_at: datetime | None = None
    """When work began for the first time."""
    resumed_at: datetime | None = None
    """When the present or the last stretch of work began."""
    paused_at: datetime | None = None
    why: Pause | None = None
    """Why it is suspended; the newest reason."""
    guarded_since: datetime | None = None
    left_at: datetime | None = None
    """When the guardian last left: a tap on site from before it, that arrives after it, brings nobody back."""
    pictured_at: datetime | None = None
    secured: Mapping[str, datetime] = field(default_factory=dict)
    """When each measure was last found in place on site, by its id; one that was found lacking since is not here."""
    lacking: tuple[str, ...] = ()
    """The measures that were found lacking on site, and not in place since."""
    samples: tuple[Sample, ...] = ()
    gas_over_at: datetime | None = None
    """When we last heard of a gas over its limit."""
    finished_at: datetime | None = None
    """When we heard that the job was over."""
    worked_until: datetime | None = None
    """When the job was over, by the one who said so: fire watch is counted from here."""
    looks: tuple[datetime, ...] = ()
    """When the guardian looked, by himself."""
    accepted_at: datetime | None = None
    """When the last photo after the job was taken."""
    violation_at: datetime | None = None

    @property
    def last_good(self) -> datetime | None:
        """When the newest sample was taken; None: none was, or a gas was over its limit when last measured."""
        if self.gas_over:
            return None
        return max((sample.taken_at for sample in self.newest), default=None)

    @property
    def gas_over(self) -> bool:
        """Whether a gas was over its limit when it was last measured."""
        return not all(sample.ok for sample in self.newest)

    @property
    def newest(self) -> tuple[Sample, ...]:
        """The newest sample of each gas, in the order in which the gases were first measured."""
        newest: dict[str, Sample] = {}
        # Of two of one instant the bad one counts, in whatever order they came.
        for taken in sorted(self.samples, key=lambda sample: (sample.taken_at, not sample.ok)):
            newest[taken.gas] = taken
        return tuple(newest.values())


PAUSED: Final = {
    Event.PAUSE: Pause.BREAK,
    Event.GAS_OVER: Pause.GAS,
    Event.LEAVE: Pause.UNGUARDED,
    Event.MISSED: Pause.MISSED,
    Event.STOP: Pause.STOPPED,
    Event.SPELL_ENDS: Pause.SPELL,
}
"""Which events suspend a job, and for what reason."""


def after(life: PermitLife, step: PermitStep) -> PermitLife:
    """A life after a step that was let through; LookupError for one that has no place in its state."""
    transition = TABLE[life.state, step.event]
    moved = transition.to is not life.state
    new = replace(life, state=transition.to, since=step.received if moved else life.since)
    match step.event:
        case Event.APPROVE:
            return replace(new, approved_at=step.received)
        case Event.ARRIVE:
            gone = life.left_at is not None and step.at <= life.left_at
            return new if gone else replace(new, guarded_since=step.received)
        case Event.LEAVE if not moved:
            return replace(new, guarded_since=None, left_at=max(step.at, life.left_at or step.at))
        case Event.MEASURES if step.checked is not None:
            return _looked_at(new, step.checked, step.received)
        case Event.PHOTO if life.state in (State.FINISHED, State.FIRE_WATCH):
            # One from before, that arrives late, shows no place after the job.
            late = life.worked_until is not None and step.at < life.worked_until
            return new if late else replace(new, accepted_at=max(step.at, life.accepted_at or step.at))
        case Event.PHOTO:
            return replace(new, pictured_at=max(step.at, life.pictured_at or step.at))
        case Event.START | Event.RESUME:
            began = life.started_at or step.received
            return replace(new, started_at=began, resumed_at=step.received, paused_at=None, why=None)
        case Event.FINISH:
            return replace(new, finished_at=step.received, worked_until=step.at, why=None, paused_at=None)
        case Event.LOOK:
            return replace(new, looks=(*life.looks, step.at))
        case Event.VIOLATION:
            return replace(new, violation_at=life.violation_at or step.at)
        case Event.SAMPLE | Event.GAS_OVER | Event.PAUSE | Event.STOP | Event.MISSED | Event.SPELL_ENDS | Event.LEAVE:
            return _sampled(_paused(new, step), step)
        case _:
            return new


def _looked_at(life: PermitLife, checked: Checked, at: datetime) -> PermitLife:
    told = {*checked.in_place, *checked.lacking}
    secured = {id_: when for id_, when in life.secured.items() if id_ not in told}
    lacking = (*(id_ for id_ in life.lacking if id_ not in told), *checked.lacking)
    return replace(life, secured=secured | dict.fromkeys(checked.in_place, at), lacking=lacking)


def _sampled(life: PermitLife, step: PermitStep) -> PermitLife:
    if step.sample is None:
        return life
    heard = life.gas_over_at if step.sample.ok else step.received
    return replace(life, samples=(*life.samples, step.sample), gas_over_at=heard)


def _paused(life: PermitLife, step: PermitStep) -> PermitLife:
    why = PAUSED.get(step.event)
    if why is None:
        return life
    # The guardian went, or went home: he taps anew when he is back.
    gone = why in (Pause.UNGUARDED, Pause.SPELL)
    here = None if gone else life.guarded_since
    left = max(step.at, life.left_at or step.at) if gone else life.left_at
    return replace(life, why=why, paused_at=step.received, guarded_since=here, left_at=left)


def life_of(steps: Iterable[PermitStep]) -> PermitLife:
    """The life that steps make, from the draft on."""
    life = PermitLife()
    for step in steps:
        life = after(life, step)
    return life


def recheck_due(rules: HotWork, terms: Terms, life: PermitLife) -> datetime | None:
    """When the next gas sample is due while people work; None where none is required."""
    if life.state is not State.STARTED or not terms.sample:
        return None
    newest = life.last_good or life.resumed_at
    return None if newest is None else newest + rules.recheck


def _automatic(rules: HotWork, terms: Terms, life: PermitLife) -> Iterator[tuple[datetime, Event]]:
    if life.state in TIMED:
        yield terms.until, Event.EXPIRE
    if life.state is State.STARTED and life.resumed_at is not None:
        spell = terms.spell_at(life.resumed_at)
        if spell is not None and spell.end < terms.until:
            yield spell.end, Event.SPELL_ENDS
        due = recheck_due(rules, terms, life)
        if due is not None:
            yield due + rules.late, Event.MISSED


def next_step(rules: HotWork, terms: Terms, life: PermitLife) -> PermitStep | None:
    """What time alone does next, and when."""
    at, event = min(_automatic(rules, terms, life), default=(None, None))
    return None if at is None or event is None else PermitStep(event, at, at)


def advance(rules: HotWork, terms: Terms, life: PermitLife, now: datetime) -> tuple[PermitLife, tuple[PermitStep, ...]]:
    """What time alone has made of a life by an instant, and the steps by which it did; a tick only writes them down."""
    steps: list[PermitStep] = []
    while (step := next_step(rules, terms, life)) is not None and step.at <= now:
        life = after(life, step)
        steps.append(step)
    return life, tuple(steps)


def stale(life: PermitLife, event: Event, at: datetime) -> bool:
    """Whether a word that lets people work was given before what suspended the job, and only arrives after it: whoever
    gave it knew nothing of the stop.
    """
    if event not in (Event.START, Event.RESUME):
        return False
    newest = max((instant for instant in (life.since, life.paused_at) if instant is not None), default=at)
    return at < newest


def event_of(life: PermitLife, sample: Sample) -> Event:
    """What a sample does: over the limit it suspends a job at once."""
    return Event.GAS_OVER if life.state is State.STARTED and not sample.ok else Event.SAMPLE


def sample_needed(rules: HotWork, terms: Terms, life: PermitLife, now: datetime) -> bool:
    """Whether a new gas sample must be taken before work may begin or go on at an instant."""
    # A stop that follows upon too much gas is no way around the new sample.
    if not terms.sample and life.why is not Pause.GAS and not life.gas_over:
        return False
    good = life.last_good
    if good is None or good > now:
        return True
    if life.paused_at is None:
        return now - good > terms.level.fresh
    if life.why is Pause.BREAK and now - life.paused_at <= terms.level.pause:
        # A short break goes on under the sample from before, as long as no re-check has fallen due.
        return now - good > rules.recheck
    if life.why is Pause.MISSED:
        # Taken in time, and known to us too late.
        return now - good > terms.level.fresh
    return good < life.paused_at or now - good > terms.level.fresh


def look_due(rules: HotWork, life: PermitLife) -> datetime | None:
    """When the guardian looks again; None: no look is left. Looks are counted from the end of the work, and lie apart
    as the pack has them: one that was late makes no two of one minute.
    """
    done = len(life.looks)
    if life.worked_until is None or done >= len(rules.looks):
        return None
    due = life.worked_until + rules.looks[done]
    return due if done == 0 else max(due, life.looks[-1] + rules.looks[done] - rules.looks[done - 1])


def watch_ends(rules: HotWork, life: PermitLife) -> datetime | None:
    """When the fire watch is over at the earliest, or was; None: the job goes on."""
    due = look_due(rules, life)
    if due is None:
        return life.looks[-1] if life.looks else None
    return due + rules.looks[-1] - rules.looks[len(life.looks)]


GAS: Final = "gas"
"""The headline of a permit on which too much gas was measured last."""
BARRED: Final = "barred"
"""The headline of an approved permit on which nobody may begin as things are."""


def headline(life: PermitLife, shut: AbstractSet[Gate] = frozenset()) -> str:
    """What a permit says first to everybody who sees it: its `State`, or `GAS` or `BARRED`, which come before it.
    `shut`: the gates before its start, where they are known.
    """
    if life.gas_over and life.approved_at is not None and life.state not in ENDED:
        return GAS
    outdated = bool(life.samples) and Gate.SAMPLED in shut
    gone = life.left_at is not None and life.guarded_since is None
    barred = gone or outdated or bool(life.lacking) or not OUTSIDE.isdisjoint(shut)
    if life.state is State.APPROVED and barred:
        return BARRED
    return life.state


def _same_spell(terms: Terms, then: datetime, now: datetime) -> bool:
    """Whether no spell of work ended between two instants: what was done for one day is not done for the next."""
    return not any(then < spell.end <= now for spell in terms.spells)


def unsecured(terms: Terms, life: PermitLife, now: datetime) -> tuple[str, ...]:
    """The measures, by their ids, that must still be found in place on site before work may begin or go on at an
    instant: what was looked at on one day is not looked at for the next.
    """
    return tuple(
        id_ for id_ in terms.measures if id_ not in life.secured or not _same_spell(terms, life.secured[id_], now)
    )


def _is_open(gate: Gate, rules: HotWork, terms: Terms, life: PermitLife, now: datetime) -> bool:
    match gate:
        case Gate.IN_TIME:
            return terms.spell_at(now) is not None
        case Gate.SAMPLED:
            return not sample_needed(rules, terms, life, now)
        case Gate.GUARDED:
            return life.guarded_since is not None and _same_spell(terms, life.guarded_since, now)
        case Gate.SECURED:
            return not unsecured(terms, life, now)
        case Gate.PICTURED:
            if life.pictured_at is None or not _same_spell(terms, life.pictured_at, now):
                return False
            return timedelta(0) <= now - life.pictured_at <= rules.photo
        case Gate.BEGUN:
            return life.started_at is not None
        case Gate.LOOK_DUE:
            due = look_due(rules, life)
            return due is not None and due <= now
        case Gate.WATCHED:
            return look_due(rules, life) is None
        case Gate.ACCEPTED:
            return life.accepted_at is not None
        case _:
            return True


def gates(
    rules: HotWork, terms: Terms, life: PermitLife, event: Event, now: datetime, shut: AbstractSet[Gate]
) -> tuple[Gate, ...]:
    """The gates that are shut for an event, whoever causes it. `shut`: those of `OUTSIDE` that are."""
    transition = TABLE.get((life.state, event))
    if transition is None:
        return (Gate.POSSIBLE,)
    return tuple(gate for gate in transition.gates if gate in shut or not _is_open(gate, rules, terms, life, now))
