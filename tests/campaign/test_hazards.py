"""A major hazard's life: no closure without evaluation and 复查, and which weeks ask for a check-in."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from campaign.hazards import (
    ENDED,
    OPEN,
    TABLE,
    Event,
    HazardLife,
    Side,
    State,
    Week,
    counts,
    keeps,
    moved,
    possible,
    weeks,
)
from campaign.pack import load

ZONE = ZoneInfo("Asia/Shanghai")
PACK = load("shenyang_2023")


def test_a_hazard_found_by_an_enterprise_goes_all_the_way() -> None:
    state = State.FOUND
    steps: list[tuple[Event, Side, State]] = [
        (Event.PLAN, "enterprise", State.PLANNED),
        (Event.PROGRESS, "enterprise", State.RECTIFYING),
        (Event.FINISH, "enterprise", State.DONE),
        (Event.EVALUATE, "enterprise", State.EVALUATED),
        (Event.FAILED, "department", State.RECTIFYING),
        (Event.FINISH, "enterprise", State.DONE),
        (Event.EVALUATE, "enterprise", State.EVALUATED),
        (Event.PASSED, "department", State.REINSPECTED),
        (Event.CLOSE, "department", State.CLOSED),
        (Event.LOOK_BACK, "department", State.CLOSED),
        (Event.REOPEN, "department", State.REOPENED),
        (Event.PLAN, "enterprise", State.PLANNED),
    ]
    for event, by, to in steps:
        assert event in possible(state, by, reinspection=True)
        after = moved(state, event, by, reinspection=True)
        assert after == to
        state = to


@pytest.mark.parametrize(
    ("state", "event", "by"),
    [
        (State.DONE, Event.CLOSE, "department"),
        (State.EVALUATED, Event.CLOSE, "department"),
        (State.EVALUATED, Event.PASSED, "enterprise"),
        (State.FOUND, Event.EVALUATE, "enterprise"),
        (State.FOUND, Event.NOT_MAJOR, "enterprise"),
        (State.CLOSED, Event.PROGRESS, "enterprise"),
        (State.REINSPECTED, Event.CLOSE, "enterprise"),
        (State.PLANNED, Event.FINISH, "department"),
    ],
)
def test_what_is_out_of_order_or_not_theirs_is_refused(state: State, event: Event, by: Side) -> None:
    assert moved(state, event, by, reinspection=True) is None


def test_a_city_may_do_without_reinspection() -> None:
    assert PACK.hazards.needs_reinspection
    assert moved(State.EVALUATED, Event.CLOSE, "enterprise", reinspection=False) == State.CLOSED
    assert moved(State.DONE, Event.CLOSE, "enterprise", reinspection=False) is None


def test_every_state_but_the_first_is_reached_and_none_is_a_dead_end() -> None:
    assert {to.to for (state, _), to in TABLE.items() if to.to is not state} == set(State) - {State.FOUND}
    assert {state for state, _ in TABLE} == set(State)
    assert set(OPEN) | ENDED == set(State)


class Life_(RuleBasedStateMachine):  # noqa: N801  # a machine, beside the HazardLife that it is about
    """Whatever people try in whatever order: closed stands for evaluated, and for 复查 where it is asked for."""

    reinspection = True

    def __init__(self) -> None:
        super().__init__()
        self.state = State.FOUND
        self.evaluated = self.reinspected = False

    @rule(event=st.sampled_from(Event), by=st.sampled_from(["enterprise", "department"]))
    def happens(self, event: Event, by: Side) -> None:
        to = moved(self.state, event, by, reinspection=self.reinspection)
        if to is None:
            return
        if event in (Event.EVALUATE, Event.PASSED):
            self.evaluated = True
            self.reinspected = event is Event.PASSED
        if event in (Event.FAILED, Event.RELAPSE, Event.REOPEN, Event.FINISH):
            # What was found sound before says nothing about what is done now.
            self.evaluated = self.reinspected = False
        self.state = to

    @invariant()
    def closed_is_evaluated(self) -> None:
        if self.state is State.CLOSED:
            assert self.evaluated
            assert self.reinspected or not self.reinspection
        if self.state is State.REINSPECTED:
            assert self.reinspected

    @invariant()
    def somebody_can_always_go_on(self) -> None:
        sides: tuple[Side, ...] = ("enterprise", "department")
        assert any(possible(self.state, side, reinspection=self.reinspection) for side in sides)


class LifeWithout(Life_):
    """The same where the pack asks for no 复查."""

    reinspection = False


TestWithReinspection = Life_.TestCase
TestWithoutReinspection = LifeWithout.TestCase


def at(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, second, tzinfo=ZONE)


WEEK = Week("2023-W23", at(6, 5), at(6, 8), at(6, 11, 23, 59, 59))


@pytest.mark.parametrize(
    ("found", "closed", "counted", "kept"),
    [
        (at(6, 2), None, True, True),
        (at(6, 5), None, True, True),
        (at(6, 7, 23, 59, 59), None, True, True),
        (at(6, 8), None, False, False),
        (None, None, False, False),
        (at(6, 2), at(6, 5), False, False),
        (at(6, 2), at(6, 6, 10), True, False),
        (at(6, 6), at(6, 7), True, False),
        (at(6, 6), at(6, 12, 9), True, True),
    ],
    ids=[
        "open at its Monday",
        "found on its Monday",
        "found late on Wednesday",
        "found on Thursday: next week",
        "fixed at once: the evaluation only",
        "closed before its Monday began",
        "closed within the week",
        "found and closed within the week",
        "closed when the week was over",
    ],
)
def test_which_weeks_count(found: datetime | None, closed: datetime | None, counted: bool, kept: bool) -> None:
    life = HazardLife(found, closed)
    assert counts(WEEK, life) is counted
    assert keeps(WEEK, life) is kept


moments = st.datetimes(datetime(2023, 5, 20), datetime(2023, 8, 1)).map(lambda naive: naive.replace(tzinfo=ZONE))  # noqa: DTZ001


@given(moments, st.none() | moments)
def test_check_ins_run_without_a_gap_from_the_first_week_to_the_last(found: datetime, closed: datetime | None) -> None:
    if closed is not None and closed <= found:
        closed = found + timedelta(minutes=1)
    rule_ = PACK.obligation("weekly-rectification")
    every = list(weeks(rule_, PACK.campaign, ZONE, at(5, 1), at(12, 31)))
    counted = [week for week in every if counts(week, HazardLife(found, closed))]
    assert [week for week in counted if keeps(week, HazardLife(found, closed))] == [
        week for week in counted if closed is None or closed > week.due
    ]
    if counted:
        first = every.index(counted[0])
        assert counted == every[first : first + len(counted)]
        assert counted[0].start - timedelta(days=4) <= found or every.index(counted[0]) == 0


def test_the_weeks_of_the_campaign_are_its_iso_weeks() -> None:
    rule_ = PACK.obligation("weekly-rectification")
    every = list(weeks(rule_, PACK.campaign, ZONE, at(5, 1), at(12, 31)))
    assert (every[0].period, every[-1].period, len(every)) == ("2023-W21", "2023-W52", 32)
    assert every[2] == WEEK
    now = list(weeks(rule_, PACK.campaign, ZONE, at(6, 5, 9), at(6, 12, 9)))
    assert [week.period for week in now] == ["2023-W23", "2023-W24"]
