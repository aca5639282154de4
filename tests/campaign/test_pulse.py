"""What a permit says of its own accord, in minutes: to the site first, and on to the next where nobody taps."""

from datetime import datetime
from decimal import Decimal

import pytest

from campaign.permit_life import (
    BARRED,
    GAS,
    PermitLife,
    PermitStep,
    Sample,
    Terms,
    advance,
    after,
    gates,
    headline,
    look_due,
    watch_ends,
)
from campaign.permits import Event, Gate, Seat, State
from campaign.pulse import Due, Prompt, due, look_at
from tests.campaign.test_permit_life import DAY, DAYS, DRY, RULES, moment

BEFORE_WORK = (
    (Event.SUBMIT, "19T07:00"),
    (Event.APPROVE, "19T07:30"),
    (Event.ARRIVE, "19T08:50"),
    (Event.PHOTO, "19T08:50"),
)


def lived(*steps: tuple[Event, str], terms: Terms = DAY) -> PermitLife:
    """A life by its steps; a sample is a good one."""
    life = PermitLife()
    for event, when in (*BEFORE_WORK, *steps):
        at = moment(when)
        life, _ = advance(RULES, terms, life, at)
        sample = Sample(at, "methane", Decimal("0.1"), ok=event is Event.SAMPLE)
        moved = Event.SAMPLE if event is Event.GAS_OVER and life.state is not State.STARTED else event
        life = after(life, PermitStep(moved, at, at, sample if event in (Event.SAMPLE, Event.GAS_OVER) else None))
    return life


WORKING = ((Event.SAMPLE, "19T08:55"), (Event.START, "19T09:00"))


def said(life: PermitLife, terms: Terms = DAY) -> list[tuple[str, str]]:
    return [(one.prompt, f"{one.at:%d %H:%M}") for one in due(RULES, terms, life)]


def one(life: PermitLife, prompt: Prompt, terms: Terms = DAY) -> Due:
    return next(found for found in due(RULES, terms, life) if found.prompt is prompt)


def test_a_job_at_work_is_reminded_of_the_next_sample_and_of_its_end() -> None:
    assert said(lived(*WORKING)) == [("recheck", "19 11:55"), ("ends", "19 16:30"), ("ends", "19 16:50")]
    assert said(lived(*WORKING, (Event.SAMPLE, "19T11:00")))[0] == ("recheck", "19 14:00")


def test_where_no_sample_is_required_none_is_asked_for() -> None:
    assert "recheck" not in dict(said(lived((Event.START, "19T09:00"), terms=DRY), DRY))


def test_a_job_that_begins_late_is_not_told_at_once_that_it_ends() -> None:
    late = lived((Event.SAMPLE, "19T16:35"), (Event.START, "19T16:40"))
    assert [when for prompt, when in said(late) if prompt == "ends"] == ["19 16:50"]


@pytest.mark.parametrize("event", [Event.STOP, Event.LEAVE])
def test_a_suspension_is_told_to_everybody_at_once(event: Event) -> None:
    found = one(lived(*WORKING, (event, "19T10:00")), Prompt.SUSPENDED)
    assert found.at == moment("19T10:00")
    assert Seat.WELDER in found.groups[0]
    assert Seat.OFFICE in found.groups[1]


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (((Event.GAS_OVER, "19T08:56"),), State.APPROVED),
        (((*WORKING, (Event.GAS_OVER, "19T10:00"))), State.SUSPENDED),
        (((*WORKING, (Event.PAUSE, "19T09:30"), (Event.GAS_OVER, "19T10:00"))), State.SUSPENDED),
        (((*WORKING, (Event.FINISH, "19T09:30"), (Event.GAS_OVER, "19T10:00"))), State.FINISHED),
    ],
)
def test_too_much_gas_is_told_to_all_on_the_permit_at_once_whatever_they_were_doing(
    steps: tuple[tuple[Event, str], ...], state: State
) -> None:
    life = lived(*steps)
    assert (life.state, headline(life)) == (state, GAS)
    found = one(life, Prompt.GAS)
    assert found.at == moment(steps[-1][1])
    assert found.groups == (frozenset(Seat) - {Seat.CLOCK},)
    assert Prompt.SUSPENDED not in {other.prompt for other in due(RULES, DAY, life)}
    better = lived(*steps, (Event.SAMPLE, "19T10:20"))
    assert headline(better) == state
    assert Prompt.GAS not in {other.prompt for other in due(RULES, DAY, better)}


def test_what_was_ready_and_is_no_longer_has_no_green_headline() -> None:
    ready = lived((Event.SAMPLE, "19T08:55"))
    assert headline(ready) == State.APPROVED
    for gate in (Gate.SAMPLED, Gate.CERTIFIED, Gate.POINT):
        assert headline(ready, {gate}) == BARRED
    assert headline(ready, {Gate.IN_TIME, Gate.GUARDED}) == State.APPROVED
    assert headline(lived((Event.LEAVE, "19T08:58"))) == BARRED


def test_a_watch_is_counted_from_the_end_of_work_and_has_two_looks_at_two_times() -> None:
    begun_late = (*WORKING, (Event.FINISH, "19T10:00"), (Event.WATCH, "19T10:40"))
    assert look_due(RULES, lived(*begun_late)) == moment("19T10:30")
    assert watch_ends(RULES, lived(*begun_late)) == moment("19T11:00")
    late = lived(*begun_late, (Event.LOOK, "19T11:02"))
    assert look_due(RULES, late) == watch_ends(RULES, late) == moment("19T11:32")
    assert gates(RULES, DAY, late, Event.LOOK, moment("19T11:02"), frozenset()) == (Gate.LOOK_DUE,)
    # Who looks without having said that he watches, watches.
    assert lived(*WORKING, (Event.FINISH, "19T10:00"), (Event.LOOK, "19T10:31")).state is State.FIRE_WATCH


def test_work_that_ended_before_it_was_told_is_watched_from_its_end() -> None:
    ended = PermitStep(Event.FINISH, moment("19T10:00"), moment("19T10:25"))
    assert look_due(RULES, after(lived(*WORKING), ended)) == moment("19T10:30")


def test_a_missed_sample_is_told_when_the_job_is_suspended_by_itself() -> None:
    life, _ = advance(RULES, DAY, lived(*WORKING), moment("19T13:00"))
    assert said(life)[0] == ("suspended", "19 12:10")


def test_a_break_says_nothing_until_it_is_too_long() -> None:
    assert said(lived(*WORKING, (Event.PAUSE, "19T10:00")))[0] == ("break_long", "19 10:30")
    dry = lived((Event.START, "19T09:00"), (Event.PAUSE, "19T10:00"), terms=DRY)
    assert "break_long" not in dict(said(dry, DRY))


def test_the_end_of_a_day_is_no_alarm() -> None:
    life = lived((Event.SAMPLE, "19T08:55"), (Event.START, "19T09:00"), (Event.SAMPLE, "19T11:50"),
                 (Event.SAMPLE, "19T14:40"), terms=DAYS)  # fmt: skip
    life, steps = advance(RULES, DAYS, life, moment("19T20:00"))
    assert [step.event for step in steps] == [Event.SPELL_ENDS]
    assert said(life, DAYS) == [("ends", "21 16:30"), ("ends", "21 16:50")]


def test_fire_watch_asks_for_each_look_and_then_for_the_acceptance() -> None:
    finished = (*WORKING, (Event.FINISH, "19T10:00"))
    assert said(lived(*finished)) == [("watch", "19 10:00"), ("look", "19 10:30")]
    watch = (*finished, (Event.WATCH, "19T10:02"))
    assert said(lived(*watch)) == [("look", "19 10:30")]
    assert said(lived(*watch, (Event.LOOK, "19T10:31"))) == [("look", "19 11:01")]
    last = lived(*watch, (Event.LOOK, "19T10:31"), (Event.LOOK, "19T11:02"))
    # The office hears of it where it is still not closed hours later.
    assert said(last) == [("accept", "19 11:02"), ("accept", "19 14:02")]


def test_an_end_is_told_to_the_site_where_work_had_begun_and_to_the_office_where_not() -> None:
    begun, _ = advance(RULES, DAY, lived(*WORKING), moment("19T18:00"))
    idle, _ = advance(RULES, DAY, lived(), moment("19T18:00"))
    assert said(begun) == [("expired", "19 17:00")]
    assert said(idle) == [("lapsed", "19 17:00")]
    assert one(idle, Prompt.LAPSED).groups == (frozenset({Seat.OFFICE, Seat.APPLICANT}),)


def test_what_is_settled_says_nothing_more() -> None:
    cancelled = lived((Event.CANCEL, "19T08:55"))
    assert cancelled.state is State.CANCELLED
    assert said(cancelled) == []
    assert look_at(RULES, DAY, cancelled, moment("19T08:55")) is None


def test_the_next_look_is_at_whatever_comes_first() -> None:
    working = lived(*WORKING)
    instants: list[datetime] = []
    at = moment("19T09:00")
    while (following := look_at(RULES, DAY, working, at)) is not None and len(instants) < 9:
        assert following > at
        instants.append(following)
        at = following
        working, _ = advance(RULES, DAY, working, at)
    assert [f"{instant:%H:%M}" for instant in instants] == ["11:55", "12:10", "16:30", "16:50", "17:00"]
