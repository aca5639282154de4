"""A permit's life: no way leads past a gate, none outlives its time, and time does the same however often one looks.

The machine below keeps a plain log of what was let through, and says from it, by rules of its own, what must hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from campaign.hot_work import HotWork, Level, spells
from campaign.pack import Pack, load
from campaign.permit_life import (
    BARRED,
    Checked,
    Pause,
    PermitLife,
    PermitStep,
    Sample,
    Terms,
    advance,
    after,
    event_of,
    gates,
    headline,
    life_of,
    look_due,
    next_step,
    recheck_due,
    stale,
)
from campaign.permits import ENDED, TABLE, TIMED, Event, Gate, Seat, State, may
from campaign.pulse import due, look_at

MINUTE = timedelta(minutes=1)
FRESH, RECHECK, LATE, PHOTO = timedelta(minutes=30), timedelta(hours=3), timedelta(minutes=15), timedelta(hours=12)
"""As the standard and we have them; the pack is held to them by `test_the_numbers_of_the_pack`."""
PAUSES = {Level.SPECIAL: 30 * MINUTE, Level.FIRST: 30 * MINUTE, Level.SECOND: 60 * MINUTE, Level.FIXED: 60 * MINUTE}
PEOPLE_GATES = frozenset({Gate.CERTIFIED, Gate.DISTINCT, Gate.POINT})
AUTOMATIC = frozenset({Event.MISSED, Event.SPELL_ENDS, Event.EXPIRE})
STOPPING = {Event.PAUSE, Event.STOP, Event.GAS_OVER, Event.LEAVE, Event.MISSED, Event.SPELL_ENDS}
ENDING = (Event.CANCEL, Event.REFUSE, Event.RETURN, Event.FINISH)
TELLING = {Event.SAMPLE, Event.GAS_OVER, Event.MEASURES}
BY_PEOPLE = tuple(event for event in Event if event not in AUTOMATIC | TELLING | {Event.SUBMIT})


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2023-06-{text}+08:00")


@pytest.fixture(scope="session")
def rules(pack: Pack) -> HotWork:
    assert pack.hot_work is not None
    return pack.hot_work


PACK_RULES = load("shenyang_2023").hot_work
assert PACK_RULES is not None
RULES: HotWork = PACK_RULES


def terms_of(
    level: Level, starts: str, until: str, hours: tuple[int, int] | None = None, *, sample: bool = True
) -> Terms:
    daily = None if hours is None else (time(hours[0]), time(hours[1]))
    return Terms(RULES.rule(level), spells(moment(starts), moment(until), daily), sample)


DAY = terms_of(Level.FIRST, "19T09:00", "19T17:00")
NIGHT = terms_of(Level.SPECIAL, "19T21:00", "20T05:00")
DAYS = terms_of(Level.SECOND, "19T08:00", "21T17:00", (8, 17))
DRY = terms_of(Level.SECOND, "19T08:00", "21T17:00", (8, 17), sample=False)


@dataclass(frozen=True)
class Entry:
    """What was let through."""

    event: Event
    at: datetime
    received: datetime
    state: State
    sample: Sample | None = None


class Model:
    """What must hold, from a plain log."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.log: list[Entry] = []

    def last(self, *events: Event) -> Entry | None:
        return next((entry for entry in reversed(self.log) if entry.event in events), None)

    def crossed(self, then: datetime, now: datetime) -> bool:
        return any(then < spell.end <= now for spell in self.terms.spells)

    def suspended_by(self) -> Entry | None:
        for entry in reversed(self.log):
            if entry.event in (Event.START, Event.RESUME):
                return None
            if entry.event is Event.LEAVE and entry.state is State.SUSPENDED and not self._moved(entry):
                continue
            if entry.event in STOPPING:
                return entry
        return None

    def _moved(self, entry: Entry) -> bool:
        index = self.log.index(entry)
        return index > 0 and self.log[index - 1].state is not entry.state

    def guarded(self, now: datetime) -> bool:
        here: datetime | None = None
        left: list[datetime] = []
        for entry in self.log:
            if entry.event in (Event.LEAVE, Event.SPELL_ENDS):
                here = None
                left.append(entry.at)
            elif entry.event is Event.ARRIVE and all(entry.at > gone for gone in left):
                here = entry.received
        return here is not None and not self.crossed(here, now)

    def pictured(self, now: datetime) -> bool:
        before = (State.APPROVED, State.SUSPENDED, State.STARTED)
        photos = [one.at for one in self.log if one.event is Event.PHOTO and one.state in before]
        return bool(photos) and now - max(photos) <= PHOTO and not self.crossed(max(photos), now)

    def sampled(self, now: datetime) -> bool:
        stop = self.suspended_by()
        newest: dict[str, Sample] = {}
        for entry in self.log:
            one = entry.sample
            if one is None or entry.event not in (Event.SAMPLE, Event.GAS_OVER):
                continue
            old = newest.get(one.gas)
            if old is None or (one.taken_at, not one.ok) >= (old.taken_at, not old.ok):
                newest[one.gas] = one
        bad = any(not one.ok for one in newest.values())
        if not self.terms.sample and not bad and (stop is None or stop.event is not Event.GAS_OVER):
            return True
        if bad or not newest:
            return False
        taken = max(one.taken_at for one in newest.values())
        if stop is not None and stop.event is Event.PAUSE:
            if now - stop.received <= PAUSES[self.terms.level.level]:
                return now - taken <= RECHECK
            return taken >= stop.received and now - taken <= FRESH
        if stop is None or stop.event is Event.MISSED:
            return now - taken <= FRESH
        return taken >= stop.received and now - taken <= FRESH

    def go(self, now: datetime, shut: Iterable[Gate]) -> set[Gate]:
        """The gates that must be shut for work to begin or go on."""
        closed = set(shut) & PEOPLE_GATES
        checks = {
            Gate.IN_TIME: any(spell.start <= now < spell.end for spell in self.terms.spells),
            Gate.GUARDED: self.guarded(now),
            Gate.PICTURED: self.pictured(now),
            Gate.SAMPLED: self.sampled(now),
        }
        return closed | {gate for gate, is_open in checks.items() if not is_open}

    def close(self, now: datetime) -> set[Gate]:
        finish = self.last(Event.FINISH)
        assert finish is not None
        looks = [one for one in self.log if one.event is Event.LOOK]
        after_work = (State.FINISHED, State.FIRE_WATCH)
        photo = any(
            one.event is Event.PHOTO and one.state in after_work and one.at >= finish.at
            for one in self.log[self.log.index(finish) :]
        )
        del now
        return ({Gate.WATCHED} if len(looks) < 2 else set()) | (set() if photo else {Gate.ACCEPTED})


class PermitMachine(RuleBasedStateMachine):
    """Any event at any time, on time or late, with any gate outside shut or open."""

    steps_taken: ClassVar[int] = 0
    examples: ClassVar[int] = 0
    reached: ClassVar[dict[State, int]] = {}

    @initialize(terms=st.sampled_from([DAY, NIGHT, DAYS, DRY]), reach=st.integers(0, 4), late=st.integers(0, 200))
    def apply(self, terms: Terms, reach: int, late: int) -> None:
        type(self).examples += 1
        self.terms = terms
        self.now = terms.starts - timedelta(hours=2)
        self.life = PermitLife()
        self.all: list[PermitStep] = []
        self.model = Model(terms)
        self.expired: PermitLife | None = None
        self._let(PermitStep(Event.SUBMIT, self.now, self.now))
        # Most begin where the life is: at work.
        if reach:
            self._cause(Event.APPROVE, self.now)
        if reach > 1:
            self._wait_until(terms.starts + late * MINUTE)
            self._go()

    def _let(self, step: PermitStep) -> None:
        self.life = after(self.life, step)
        self.all.append(step)
        self.model.log.append(Entry(step.event, step.at, step.received, self.life.state, step.sample))
        type(self).steps_taken += 1
        type(self).reached[self.life.state] = type(self).reached.get(self.life.state, 0) + 1

    @rule(minutes=st.one_of(st.integers(1, 40), st.integers(41, 1000)), share=st.floats(0, 1))
    def wait(self, minutes: int, share: float) -> None:
        self._wait_until(self.now + minutes * MINUTE, share)

    @rule(which=st.integers(0, 5), beside=st.sampled_from([-1, 0, 0, 1]))
    def wait_for_what_comes(self, which: int, beside: int) -> None:
        """To an instant at which something changes, or a minute beside it."""
        life, terms = self.life, self.terms
        step = next_step(RULES, terms, life)
        instants = {one for spell in terms.spells for one in (spell.start, spell.end)}
        instants |= {life.paused_at + terms.level.pause} if life.paused_at is not None else set()
        instants |= {step.at} if step is not None else set()
        instants |= {one.taken_at + span for one in life.samples[-2:] for span in (FRESH, RECHECK, RECHECK + LATE)}
        ahead = sorted(one for one in instants if one > self.now)
        if ahead:
            self._wait_until(max(self.now, ahead[which % min(3, len(ahead))] + beside * MINUTE))

    def _wait_until(self, then: datetime, share: float = 0.5) -> None:
        middle = self.now + (then - self.now) * share
        whole, steps = advance(RULES, self.terms, self.life, then)
        half, first = advance(RULES, self.terms, self.life, middle)
        rest, second = advance(RULES, self.terms, half, then)
        assert (rest, first + second) == (whole, steps)
        self.now = then
        for step in steps:
            assert step.event in AUTOMATIC
            assert step.at == step.received <= then
            self._let(step)
        assert self.life == whole

    @rule(
        event=st.sampled_from([event for event in BY_PEOPLE if event not in ENDING]),
        late=st.one_of(st.just(0), st.integers(0, 90)),
        shut=st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(sorted(PEOPLE_GATES)), max_size=1)),
    )
    def cause(self, event: Event, late: int, shut: frozenset[Gate]) -> None:
        self._cause(event, self.now - late * MINUTE, shut)

    @precondition(lambda self: self.model.log[-1].received < self.now)
    @rule(event=st.sampled_from(ENDING))
    def end(self, event: Event) -> None:
        self._cause(event, self.now)

    def _cause(self, event: Event, at: datetime, shut: frozenset[Gate] = frozenset()) -> None:
        closed = gates(RULES, self.terms, self.life, event, self.now, shut)
        state = self.life.state
        if (state, event) not in TABLE:
            assert closed == (Gate.POSSIBLE,)
            return
        if event in (Event.START, Event.RESUME):
            assert set(closed) == self.model.go(self.now, shut), (closed, event)
            stop = self.model.suspended_by()
            if stop is not None and at < stop.received:
                # Said before the stop, heard after it; before the first start a guardian who left shuts his gate.
                assert stale(self.life, event, at) or closed
            if stale(self.life, event, at):
                return
        if event is Event.APPROVE:
            assert set(closed) == {Gate.CERTIFIED, Gate.DISTINCT} & shut
        if event is Event.CLOSE:
            assert set(closed) == self.model.close(self.now)
        if closed:
            return
        self._let(PermitStep(event, at, self.now))
        assert self.life.state is TABLE[state, event].to

    @rule(
        gas=st.sampled_from(["methane", "oxygen"]),
        ok=st.sampled_from([True, True, True, False]),
        late=st.one_of(st.just(0), st.integers(0, 90)),
    )
    def sample(self, gas: str, ok: bool, late: int) -> None:
        self._sample(gas, ok=ok, at=self.now - late * MINUTE)

    def _sample(self, gas: str, *, ok: bool, at: datetime) -> None:
        one = Sample(at, gas, Decimal("0.1"), ok)
        event = event_of(self.life, one)
        if gates(RULES, self.terms, self.life, event, self.now, frozenset()):
            return
        working = self.life.state is State.STARTED
        self._let(PermitStep(event, at, self.now, one))
        assert not (working and not ok and self.life.state is State.STARTED)

    @precondition(lambda self: self.life.state is State.SUBMITTED)
    @rule()
    def approve(self) -> None:
        self._cause(Event.APPROVE, self.now)

    @precondition(lambda self: self.life.state in (State.APPROVED, State.SUSPENDED))
    @rule(leave_out=st.sampled_from([None, None, None, Event.ARRIVE, Event.PHOTO, Event.SAMPLE]))
    def prepare_and_go(self, leave_out: Event | None) -> None:
        # Of two samples of one instant the bad one counts, and who left in this minute is not back in it.
        self._wait_until(self.now + MINUTE)
        if self.terms.spell_at(self.now) is None:
            nxt = next((spell.start for spell in self.terms.spells if spell.start > self.now), None)
            if nxt is None:
                return
            self._wait_until(nxt)
        if self.life.state in (State.APPROVED, State.SUSPENDED):
            self._go(leave_out)

    def _go(self, leave_out: Event | None = None) -> None:
        for event in (Event.ARRIVE, Event.PHOTO):
            if event is not leave_out:
                self._cause(event, self.now)
        if leave_out is not Event.SAMPLE:
            self._sample("methane", ok=True, at=self.now)
            self._sample("oxygen", ok=True, at=self.now)
        self._cause(Event.START if self.life.state is State.APPROVED else Event.RESUME, self.now)
        if leave_out is None:
            assert self.model.log[-1].state is State.STARTED

    @precondition(lambda self: self.life.state in (State.STARTED, State.FINISHED))
    @rule(looks=st.integers(0, 2), photo=st.booleans())
    def finish_and_watch(self, looks: int, photo: bool) -> None:
        for event in (Event.FINISH, Event.WATCH, *([Event.PHOTO] if photo else [])):
            self._cause(event, self.now)
        for _ in range(looks):
            self._wait_until(self.now + 30 * MINUTE)
            self._cause(Event.LOOK, self.now)
        self._cause(Event.CLOSE, self.now)

    @invariant()
    def _nothing_outlives_its_time(self) -> None:
        if not hasattr(self, "life"):
            return
        assert self.life.state not in TIMED or self.now < self.terms.until
        if self.life.state is State.STARTED:
            assert any(spell.start <= self.now < spell.end for spell in self.terms.spells)
            began = self.model.last(Event.START, Event.RESUME)
            assert began is not None
            assert self.model.last(Event.APPROVE) is not None
            if self.terms.sample:
                taken = [one.sample.taken_at for one in self.model.log if one.sample is not None and one.sample.ok]
                assert self.now < max(taken) + RECHECK + LATE
                assert recheck_due(RULES, self.terms, self.life) == max(taken) + RECHECK

    @invariant()
    def _every_step_is_in_the_fold(self) -> None:
        if hasattr(self, "life"):
            assert life_of(self.all) == self.life
            step = next_step(RULES, self.terms, self.life)
            assert step is None or step.at > self.now

    @invariant()
    def _what_has_ended_stays_so(self) -> None:
        if hasattr(self, "life"):
            if self.expired is not None:
                assert self.life.state is self.expired.state
                assert self.life.started_at == self.expired.started_at
            if self.life.state in ENDED:
                self.expired = self.expired or self.life
                assert next_step(RULES, self.terms, self.life) is None

    @invariant()
    def _what_is_said_follows_the_state(self) -> None:
        if hasattr(self, "life"):
            prompts = due(RULES, self.terms, self.life)
            assert [one.at for one in prompts] == sorted(one.at for one in prompts)
            assert len({(one.prompt, one.at) for one in prompts}) == len(prompts)
            soonest = look_at(RULES, self.terms, self.life, self.now)
            assert soonest is None or soonest > self.now
            step = next_step(RULES, self.terms, self.life)
            assert step is None or (soonest is not None and soonest <= step.at)


def test_any_order_of_events_at_any_time() -> None:
    run_state_machine_as_test(PermitMachine, settings=settings(max_examples=300, stateful_step_count=40, deadline=None))
    assert {State.STARTED, State.SUSPENDED, State.EXPIRED, State.CLOSED} <= PermitMachine.reached.keys()


def test_the_numbers_of_the_pack(rules: HotWork) -> None:
    assert (rules.recheck, rules.late, rules.photo) == (RECHECK, LATE, PHOTO)
    assert {level: rules.rule(level).pause for level in Level} == PAUSES
    assert {rules.rule(level).fresh for level in Level} == {FRESH}
    assert rules.looks == (30 * MINUTE, 60 * MINUTE)


# Lines of a life, as they happen


def lived(terms: Terms, *lines: str) -> tuple[PermitLife, list[str]]:
    """A life by its lines, each "19T09:00 start" or "19T09:00 >19T09:20 photo" (done, received); "!" after a sample:
    over the limit. What happened, those by time alone in brackets and what a gate stopped behind a dash.
    """
    life, told = PermitLife(), []
    for line in lines:
        when, *rest, what = line.split()
        at = moment(when)
        received = moment(rest[0][1:]) if rest else at
        life, steps = advance(RULES, terms, life, received)
        told += [f"[{step.at:%d %H:%M} {step.event}]" for step in steps]
        if what == "look":
            continue
        sample = Sample(at, "methane", Decimal("0.1"), not what.endswith("!")) if what.startswith("sample") else None
        event = event_of(life, sample) if sample is not None else Event(what)
        closed = gates(RULES, terms, life, event, received, frozenset())
        if closed or stale(life, event, at):
            told.append(f"-{event}: {', '.join(closed) or 'stale'}")
            continue
        life = after(life, PermitStep(event, at, received, sample))
        told.append(event)
    return life, told


APPROVED = ("19T07:00 submit", "19T07:30 approve")
READY = ("19T08:50 arrive", "19T08:50 photo", "19T08:50 sample")


def test_a_night_that_crosses_midnight() -> None:
    ready = ("19T20:50 arrive", "19T20:50 photo", "19T20:50 sample")
    life, told = lived(
        NIGHT, *APPROVED, "19T20:55 start", *ready, "19T20:59 start", "19T21:00 start", "19T23:40 sample",
        "20T02:30 sample", "20T05:00 look",
    )  # fmt: skip
    assert told == [
        "submit", "approve", "-start: in_time, sampled, guarded, pictured", "arrive", "photo", "sample",
        "-start: in_time", "start", "sample", "sample", "[20 05:00 expire]",
    ]  # fmt: skip
    assert life.state is State.EXPIRED


def test_a_sample_that_is_missed_suspends_and_then_the_time_runs_out() -> None:
    _, told = lived(DAY, *APPROVED, *READY, "19T09:00 start", "19T17:30 look")
    assert told[-2:] == ["[19 12:05 missed]", "[19 17:00 expire]"]


def test_a_sample_that_was_taken_in_time_and_comes_late_lets_the_job_go_on() -> None:
    life, told = lived(DAY, *APPROVED, *READY, "19T09:00 start", "19T11:50 >19T12:15 sample", "19T12:16 resume")
    assert told[-3:] == ["[19 12:05 missed]", "sample", "resume"]
    assert life.state is State.STARTED


def test_a_short_break_needs_no_sample_and_a_long_one_does() -> None:
    _, short = lived(DAY, *APPROVED, *READY, "19T09:00 start", "19T10:00 pause", "19T10:30 resume")
    assert short[-1] == "resume"
    _, long = lived(
        DAY,
        *APPROVED,
        *READY,
        "19T09:00 start",
        "19T10:00 pause",
        "19T10:31 resume",
        "19T10:32 sample",
        "19T10:33 resume",
    )
    assert long[-3:] == ["-resume: sampled", "sample", "resume"]


def test_a_short_break_does_not_carry_a_job_past_its_re_check() -> None:
    _, told = lived(DAY, *APPROVED, *READY, "19T09:00 start", "19T11:45 pause", "19T12:00 resume")
    assert told[-1] == "-resume: sampled"


def test_a_stop_is_no_way_around_the_sample_after_too_much_gas() -> None:
    _, told = lived(
        DRY, "19T07:00 submit", "19T07:30 approve", "19T07:50 arrive", "19T07:50 photo", "19T08:00 start",
        "19T09:00 sample!", "19T09:01 stop", "19T09:05 resume", "19T09:06 sample", "19T09:07 resume",
    )  # fmt: skip
    assert told[-5:] == ["gas_over", "stop", "-resume: sampled", "sample", "resume"]


def test_what_was_done_for_one_day_is_not_done_for_the_next() -> None:
    _, told = lived(
        DRY, "19T07:00 submit", "19T07:30 approve", "19T07:50 arrive", "19T07:50 photo", "19T08:00 start",
        "19T16:50 photo", "19T16:55 pause", "20T08:00 resume", "20T08:01 arrive", "20T08:01 photo", "20T08:02 resume",
        "20T18:00 look", "21T08:00 resume",
    )  # fmt: skip
    assert told[-8:] == [
        "photo", "pause", "-resume: guarded, pictured", "arrive", "photo", "resume", "[20 17:00 spell_ends]",
        "-resume: guarded, pictured",
    ]  # fmt: skip


def test_each_measure_is_found_in_place_on_each_day_before_work_begins_or_goes_on() -> None:
    terms = Terms(RULES.rule(Level.SECOND), DRY.spells, sample=False, measures=("cordon", "machine"))

    def shut(life: PermitLife, at: str) -> bool:
        return Gate.SECURED in gates(RULES, terms, life, Event.START, moment(at), frozenset())

    def looked(life: PermitLife, at: str, in_place: tuple[str, ...], lacking: tuple[str, ...] = ()) -> PermitLife:
        checked = Checked(in_place, lacking)
        return after(life, PermitStep(Event.MEASURES, moment(at), moment(at), checked=checked))

    life, _ = lived(terms, *APPROVED)
    assert shut(life, "19T08:00")
    some = looked(life, "19T08:01", ("cordon",), ("machine",))
    assert (shut(some, "19T08:02"), some.lacking) == (True, ("machine",))
    assert headline(some) == BARRED
    # Another one puts the rest right; what he did not look at stays as it was found.
    every = looked(some, "19T08:05", ("machine",))
    assert (shut(every, "19T08:06"), every.lacking) == (False, ())
    assert every.secured == {"cordon": moment("19T08:01"), "machine": moment("19T08:05")}
    assert shut(looked(every, "19T09:00", (), ("cordon",)), "19T09:01")
    assert shut(every, "20T08:00")


def test_a_word_to_go_on_that_was_given_before_a_stop_does_not_undo_it() -> None:
    life, told = lived(
        DAY, *APPROVED, *READY, "19T09:00 start", "19T10:00 pause", "19T10:06 stop", "19T10:06 sample",
        "19T10:05 >19T10:07 resume",
    )  # fmt: skip
    assert told[-1] == "-resume: stale"
    assert life.why is Pause.STOPPED


def test_a_guardians_tap_from_before_he_left_does_not_bring_him_back() -> None:
    life, _ = lived(DAY, *APPROVED, *READY, "19T09:00 start", "19T10:00 leave", "19T09:30 >19T10:05 arrive")
    assert life.guarded_since is None


def test_a_photo_from_before_the_end_of_the_job_is_no_acceptance() -> None:
    life, _ = lived(DAY, *APPROVED, *READY, "19T09:00 start", "19T10:00 finish", "19T09:50 >19T10:05 photo")
    assert life.accepted_at is None
    life, _ = lived(DAY, *APPROVED, *READY, "19T09:00 start", "19T10:00 finish", "19T10:01 >19T10:05 photo")
    assert life.accepted_at == moment("19T10:01")


def test_the_fire_watch_lasts_an_hour_with_two_looks() -> None:
    life, told = lived(
        DAY, *APPROVED, *READY, "19T09:00 start", "19T10:00 finish", "19T10:01 watch", "19T10:29 photo",
        "19T10:30 close",
    )  # fmt: skip
    assert told[-1] == "-close: watched"
    assert look_due(RULES, life) == moment("19T10:30")
    assert gates(RULES, DAY, life, Event.LOOK, moment("19T10:29"), frozenset()) == (Gate.LOOK_DUE,)
    for at in ("19T10:30", "19T11:00"):
        assert gates(RULES, DAY, life, Event.LOOK, moment(at), frozenset()) == ()
        life = after(life, PermitStep(Event.LOOK, moment(at), moment(at)))
    assert gates(RULES, DAY, life, Event.CLOSE, moment("19T11:00"), frozenset()) == ()


def test_every_move_is_somebodys_and_every_live_state_can_be_stopped() -> None:
    assert all(transition.by for transition in TABLE.values())
    assert all(not (Seat.CLOCK in one.by and len(one.by) > 1) for one in TABLE.values())
    for seat in Seat:
        for state in (State.APPROVED, State.STARTED, State.SUSPENDED):
            assert may(state, Event.STOP, {seat}) is (seat is not Seat.CLOCK)
    for (state, event), transition in TABLE.items():
        if state in ENDED:
            assert transition.to is state, (state, event)
