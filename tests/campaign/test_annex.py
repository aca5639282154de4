"""What counts for the annex table, what is odd in it, and on which day its draft comes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.annex import OF_ENTERPRISES, PARTS, draft_day, left_over, oddities, total, written
from campaign.annex_count import TELLING, Action, CountedHazard, CountedStep, Cut, count, of_hazard
from campaign.hazards import TABLE, UNCOUNTED, Event, Origin, State
from campaign.pack import Pack, load

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2023, 6, 1, 9, tzinfo=ZONE)
CAMPAIGN = date(2023, 5, 22)


def cut(until: datetime, last: date = date(2023, 6, 30)) -> Cut:
    """What a table of June knows at an instant."""
    return Cut(until, CAMPAIGN, last, ZONE)


def life(*events: str, origin: Origin = "enterprise", found: date = date(2023, 6, 1), every: int = 1) -> CountedHazard:
    """A hazard to which something happens every so many days, from 1 June on."""
    steps = [
        CountedStep(START + timedelta(days=every * place), event, {"date": str((START + timedelta(days=place)).date())})
        for place, event in enumerate(("found", *events))
    ]
    return CountedHazard(41, origin, "A", found, steps)


@pytest.mark.parametrize(
    ("origin", "events", "figures"),
    [
        ("enterprise", "", {"found-by-enterprise"}),
        ("enterprise", "plan progress finish", {"found-by-enterprise"}),
        ("enterprise", "finish evaluate", {"found-by-enterprise", "found-by-enterprise-rectified"}),
        ("enterprise", "finish evaluate failed", {"found-by-enterprise"}),
        ("enterprise", "finish evaluate relapse", {"found-by-enterprise"}),
        ("enterprise", "finish evaluate passed close", {"found-by-enterprise", "found-by-enterprise-rectified"}),
        ("enterprise", "finish evaluate passed close reopen", {"found-by-enterprise"}),
        ("enterprise", "not_major", set()),
        ("enterprise", "not_major reopen", {"found-by-enterprise"}),
        ("department", "finish evaluate", {"found-by-department"}),
        ("department", "finish evaluate passed", {"found-by-department", "found-by-department-rectified"}),
        ("department", "finish evaluate passed close look_back",
         {"found-by-department", "found-by-department-rectified"}),
        ("enterprise", "list", {"found-by-enterprise", "listed"}),
        ("enterprise", "list lift", {"found-by-enterprise", "listed", "listed-lifted"}),
        ("enterprise", "list lift list", {"found-by-enterprise", "listed"}),
    ],
)  # fmt: skip
def test_for_what_a_hazard_counts(origin: Origin, events: str, figures: set[str]) -> None:
    found = of_hazard(life(*events.split(), origin=origin), cut(START + timedelta(days=29)), earlier_listed=True)
    assert set(found) == figures


def test_what_comes_after_the_cut_is_not_known() -> None:
    one = life("finish", "evaluate")
    assert set(of_hazard(one, cut(START + timedelta(days=1)), earlier_listed=True)) == {"found-by-enterprise"}
    assert of_hazard(one, cut(START - timedelta(seconds=1)), earlier_listed=True) == {}
    # Filed late: what was evaluated in July is July's.
    assert set(
        of_hazard(life("finish", "evaluate", every=20), cut(START + timedelta(days=90)), earlier_listed=True)
    ) == {"found-by-enterprise"}


def test_what_was_found_before_the_campaign_counts_only_as_listed() -> None:
    old = life("list", "lift", found=date(2022, 3, 1))
    assert set(of_hazard(old, cut(START + timedelta(days=9)), earlier_listed=True)) == {"listed", "listed-lifted"}
    listed = CountedStep(START, "list", {"date": "2023-03-01"})
    before = CountedHazard(1, "enterprise", "A", date(2022, 3, 1), [old.steps[0], listed])
    assert set(of_hazard(before, cut(START), earlier_listed=True)) == {"listed"}
    assert of_hazard(before, cut(START), earlier_listed=False) == {}


@given(
    st.lists(st.sampled_from([*Event, "list", "lift", "going", "deadline"]), max_size=12),
    st.sampled_from(["enterprise", "department"]),
    st.integers(0, 12),
)
def test_a_part_is_never_more_than_its_whole_and_the_state_is_that_of_the_table(
    events: list[str], origin: Origin, known: int
) -> None:
    one = life(*events, origin=origin)
    found = of_hazard(one, cut(START + timedelta(days=known)), earlier_listed=True)
    assert not (found.keys() & PARTS.keys()) or {PARTS[part] for part in found if part in PARTS} <= found.keys()
    state = State.FOUND
    for step in one.steps[1 : known + 1]:
        move = TABLE.get((state, Event(step.event))) if step.event in set(Event) else None
        state = state if move is None else move.to
    assert bool(found) == (state not in UNCOUNTED)
    rectified = {"enterprise": "evaluated reinspected closed", "department": "reinspected closed"}[origin].split()
    assert (f"found-by-{origin}-rectified" in found) == (state in rectified)


@given(st.lists(st.sampled_from([*Event, "list", "lift"]), max_size=12), st.sampled_from(["enterprise", "department"]))
def test_the_steps_that_are_left_out_change_no_figure(events: list[str], origin: Origin) -> None:
    """Of a life as the table of transitions allows it; no other can be."""
    state, lived = State.FOUND, []
    for event in events:
        move = TABLE.get((state, Event(event))) if event in set(Event) else None
        if move is not None or event not in set(Event):
            lived.append(event)
            state = state if move is None else move.to
    one = life(*lived, origin=origin)
    told = replace(one, steps=[step for step in one.steps if step.event in TELLING])
    known = cut(START + timedelta(days=29))
    assert of_hazard(one, known, earlier_listed=True) == of_hazard(told, known, earlier_listed=True)


def acted(number: int, row: str, *values: str, enterprise: str | None = None, **more: object) -> Action:
    """An action of 5 June."""
    at = datetime(2023, 6, 5, 1, tzinfo=UTC)
    return Action(
        number,
        row,
        enterprise,
        date(2023, 6, 5),
        at,
        tuple(map(Decimal, values)),
        "",
        more.get("annulled"),  # type: ignore[arg-type]
    )


def test_actions_are_added_up_and_enterprises_counted_once(pack: Pack) -> None:
    counted = count(
        pack.annex,
        [],
        [
            acted(1, "C3", "1", "1.10"),
            acted(2, "C3", "2", "2.20"),
            acted(3, "C6", "1", enterprise="A"),
            acted(4, "C6", "1", enterprise="A"),
            acted(5, "C2", "7", annulled=START + timedelta(days=5)),
        ],
        cut(START + timedelta(days=9)),
    )
    assert written(counted["C3"].values) == "3、3.3"
    assert [source.id for source in counted["C3"].sources] == ["action/1", "action/2"]
    assert written(counted["C6"].values) == "1"
    assert written(counted["C2"].values) == "0"
    before = count(pack.annex, [], [acted(5, "C2", "7", annulled=START + timedelta(days=9))], cut(START + timedelta(8)))
    assert written(before["C2"].values) == "7"


def test_what_is_odd(pack: Pack) -> None:
    zero = {row.name: (Decimal(0),) * row.counts.figures for row in pack.annex.rows}
    assert [one.kind for one in oddities(pack.annex, zero, {})] == ["zero"]
    table = zero | {"A1": (Decimal(1),), "A2": (Decimal(2),), "C8": (Decimal(1), Decimal(3)), "B1": (Decimal(4),)}
    found = list(oddities(pack.annex, table, {"B1": (Decimal(5),), "C8": (Decimal(1), Decimal(4))}))
    assert [(one.kind, one.row, one.other, int(one.value), int(one.against)) for one in found] == [
        *[("more", "A2", "A1", 2, 1), ("more", "C8", "C8", 3, 1), ("fell", "B1", "", 4, 5), ("fell", "C8", "", 3, 4)],
    ]


def test_the_rows_in_enterprises_are_those_whose_label_says_so(pack: Pack) -> None:
    assert {row.name for row in pack.annex.rows if "（家）" in row.label} == {
        row.name for row in pack.annex.rows if row.counts.named[0] in OF_ENTERPRISES
    }


@pytest.mark.parametrize(("month", "day"), [(5, 25), (6, 25), (7, 25), (8, 25), (9, 25), (10, 25), (11, 27), (12, 25)])
def test_the_draft_comes_on_the_25th_or_the_working_day_after(month: int, day: int) -> None:
    assert draft_day(date(2023, month, 1)) == date(2023, month, day)


def test_a_draft_comes_before_the_28th_also_when_a_holiday_lies_between() -> None:
    # Spring festival 2025: 28 January to 4 February, and the 26th is worked.
    assert draft_day(date(2025, 1, 1)) == date(2025, 1, 26)


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=5))
def test_a_total_is_the_sum_of_its_columns(numbers: list[Decimal]) -> None:
    assert total([{"C3": (Decimal(1), number)} for number in numbers]) == {"C3": (Decimal(len(numbers)), sum(numbers))}


def test_figures_are_written_without_needless_noughts() -> None:
    assert written((Decimal("3.00"), Decimal("5.20"), Decimal(100), Decimal("0.0001"))) == "3、5.2、100、0.0001"


def test_a_label_within_quotation_marks_has_single_ones() -> None:
    """A table on paper said 浑南区“企业和企业主要负责人“一案双罚”（次）”为人工改数."""
    row = load("shenyang_2023").annex.row("C4")
    assert row is not None
    assert row.quoted == "企业和企业主要负责人‘一案双罚’（次）"
    assert row.label == "企业和企业主要负责人“一案双罚”（次）"


@pytest.mark.parametrize(
    ("put", "counted", "by_now", "left"),
    [
        (2, 3, 3, -1),  # nothing came in
        (2, 3, 2, 0),  # one was taken back
        (2, 3, 1, 0),  # more than that
        (2, 3, 4, -1),  # another one came in late
        (6, 4, 5, 1),  # one of two papers was entered
        (6, 4, 6, 0),
        (6, 4, 9, 0),
        (6, 4, 3, 2),  # another one was taken back
        (3, 3, 5, 0),
    ],
)
def test_what_is_left_of_a_difference(put: int, counted: int, by_now: int, left: int) -> None:
    found = left_over((Decimal(put),), (Decimal(counted),), (Decimal(by_now),))
    assert found == (Decimal(left),)
