"""What a live permit says of its own accord, in minutes: to the site first, then to the officer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from campaign.hot_work import HotWork
from campaign.permit_life import GAS, Pause, PermitLife, Terms, headline, look_due, next_step, recheck_due
from campaign.permits import Seat, State


class Prompt(StrEnum):
    """What is said."""

    AWAITS = "awaits"
    """The job is near, and its application still waits for the approver."""
    ENDS = "ends"
    RECHECK = "recheck"
    SUSPENDED = "suspended"
    GAS = "gas"
    """Too much gas was measured, whatever people were doing."""
    BREAK_LONG = "break_long"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    """Expired without work having begun."""
    WATCH = "watch"
    LOOK = "look"
    ACCEPT = "accept"


Audience = tuple[frozenset[Seat], ...]

_SITE: Final = frozenset({Seat.GUARDIAN, Seat.LEADER, Seat.WELDER})
_OFFICE: Final = frozenset({Seat.OFFICE, Seat.APPLICANT})
_EVERYBODY: Final[Audience] = (_SITE, _OFFICE, frozenset({Seat.APPROVER}))
_ALL_AT_ONCE: Final[Audience] = (frozenset(Seat) - {Seat.CLOCK},)
_TESTING: Final[Audience] = (frozenset({Seat.TESTER, Seat.GUARDIAN}), frozenset({Seat.LEADER}), _OFFICE)
_WATCHING: Final[Audience] = (frozenset({Seat.GUARDIAN}), frozenset({Seat.LEADER}), _OFFICE)


@dataclass(frozen=True, slots=True)
class Due:
    """A prompt, from an instant on. With several groups it is critical: when nobody of one has tapped it for
    `HotWork.pass_on`, or it cannot reach them, it goes to the next. It is over as soon as the permit's state no
    longer gives it.
    """

    prompt: Prompt
    at: datetime
    groups: Audience


def due(rules: HotWork, terms: Terms, life: PermitLife) -> tuple[Due, ...]:
    """The prompts that a permit's state gives, those still to come among them, the earliest first."""
    return tuple(sorted(_due(rules, terms, life), key=lambda prompt: prompt.at))


def _due(rules: HotWork, terms: Terms, life: PermitLife) -> Iterator[Due]:
    if headline(life) == GAS and life.gas_over_at is not None:
        yield Due(Prompt.GAS, life.gas_over_at, _ALL_AT_ONCE)
    match life.state:
        case State.SUBMITTED if life.since is not None and terms.starts - max(rules.warn) > life.since:
            # The card came with the submission; this is for one that was put off until the job is near.
            yield Due(Prompt.AWAITS, terms.starts - max(rules.warn), (frozenset({Seat.APPROVER}),))
        case State.STARTED:
            recheck = recheck_due(rules, terms, life)
            if recheck is not None:
                yield Due(Prompt.RECHECK, recheck, _TESTING)
            yield from _ending(rules, terms, life)
        case State.SUSPENDED if life.paused_at is not None:
            if life.why is Pause.BREAK and terms.sample:
                yield Due(Prompt.BREAK_LONG, life.paused_at + terms.level.pause, _TESTING[:1])
            elif life.why not in (Pause.BREAK, Pause.SPELL, Pause.GAS):
                yield Due(Prompt.SUSPENDED, life.paused_at, _EVERYBODY)
            if life.started_at is not None:
                yield from _ending(rules, terms, life)
        case State.FINISHED | State.FIRE_WATCH:
            if life.state is State.FINISHED and life.finished_at is not None:
                yield Due(Prompt.WATCH, life.finished_at, _WATCHING)
            look = look_due(rules, life)
            if look is not None:
                yield Due(Prompt.LOOK, look, _WATCHING)
            elif life.looks:
                yield Due(Prompt.ACCEPT, life.looks[-1], (frozenset({Seat.LEADER, Seat.APPLICANT}),))
                # Until it is closed it holds its place, and the next job there cannot start.
                yield Due(Prompt.ACCEPT, life.looks[-1] + rules.recheck, (frozenset({Seat.LEADER}) | _OFFICE,))
        case State.EXPIRED:
            if life.started_at is None:
                yield Due(Prompt.LAPSED, terms.until, (_OFFICE,))
            else:
                yield Due(Prompt.EXPIRED, terms.until, _EVERYBODY)
        case _:
            return


def _ending(rules: HotWork, terms: Terms, life: PermitLife) -> Iterator[Due]:
    for before in rules.warn:
        # What was already over when the state began would be said at once, with a wrong number.
        if life.since is not None and terms.until - before >= life.since:
            yield Due(Prompt.ENDS, terms.until - before, _EVERYBODY[:2])


def look_at(rules: HotWork, terms: Terms, life: PermitLife, after: datetime) -> datetime | None:
    """The next instant after another at which time moves a permit, changes what people may do with it, or has something
    to say; None: never.
    """
    step = next_step(rules, terms, life)
    instants = [prompt.at for prompt in due(rules, terms, life) if prompt.at > after]
    if life.state in (State.APPROVED, State.SUSPENDED):
        stale = [] if life.last_good is None else [life.last_good + terms.level.fresh + timedelta.resolution]
        instants += [at for at in (*(spell.start for spell in terms.spells), *stale) if at > after]
    return min(instants if step is None else [*instants, step.at], default=None)
