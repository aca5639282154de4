"""Spot checks: a draw is a function of its seed and pool, and what is a ground to suggest a check."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks import (
    INSPECTORS,
    Answer,
    Conditions,
    Ground,
    OpenHazard,
    Reason,
    Record,
    draw,
    fingerprint,
    photos_in,
    plain,
    suggestions,
)
from campaign.pack import load

PACK = load("shenyang_2023")
RULES = PACK.checks
TODAY = date(2023, 7, 3)

seeds = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", min_size=1, max_size=24)
codes = st.lists(st.text("0123456789ABC", min_size=1, max_size=18), unique=True, min_size=1, max_size=30)
people = st.lists(st.integers(1, 10_000), unique=True, min_size=INSPECTORS, max_size=8)


# The draw


@given(seeds, codes, people, st.data())
def test_the_same_seed_draws_the_same_whatever_the_order_of_the_rows(
    seed: str, pool: list[str], inspectors: list[int], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(pool)))
    once = draw(seed, pool, number, inspectors)
    other = draw(seed, data.draw(st.permutations(pool)), number, data.draw(st.permutations(inspectors)))
    assert once == other
    assert once == draw(seed, [*pool, *pool], number, [*inspectors, *inspectors])


@given(seeds, codes, people, st.data())
def test_nobody_is_drawn_twice_and_only_from_the_pool(
    seed: str, pool: list[str], inspectors: list[int], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(pool)))
    drawn = draw(seed, pool, number, inspectors)
    assert len({one.enterprise for one in drawn}) == len(drawn) == number
    assert {one.enterprise for one in drawn} <= set(pool)
    for one in drawn:
        assert len(set(one.inspectors)) == INSPECTORS
        assert set(one.inspectors) <= set(inspectors)


@given(seeds, codes, people)
def test_drawing_more_adds_to_what_was_drawn(seed: str, pool: list[str], inspectors: list[int]) -> None:
    every = draw(seed, pool, len(pool), inspectors)
    assert {one.enterprise for one in every} == set(pool)
    for number in range(1, len(pool)):
        assert draw(seed, pool, number, inspectors) == every[:number]


@given(seeds, codes, people)
def test_more_than_the_pool_has_is_refused(seed: str, pool: list[str], inspectors: list[int]) -> None:
    for number, each in ((len(pool) + 1, INSPECTORS), (0, INSPECTORS), (-1, INSPECTORS), (1, len(inspectors) + 1)):
        with pytest.raises(ValueError, match=str(number)):
            draw(seed, pool, number, inspectors, each)
    with pytest.raises(ValueError, match="1"):
        draw(seed, [], 1, inspectors)


def test_every_enterprise_is_drawn_about_as_often_as_every_other() -> None:
    pool = [f"9121{number:04}" for number in range(20)]
    often = dict.fromkeys(pool, 0)
    for seed in range(1000):
        for one in draw(f"SEED{seed}", pool, 5, (1, 2, 3)):
            often[one.enterprise] += 1
    # 250 each; the deviation of a fair draw is about 14.
    assert all(190 < times < 310 for times in often.values()), often


def test_a_draw_is_what_it_always_was() -> None:
    """What was kept years ago must still be drawn again."""
    drawn = draw(
        "WCKH75GMBW8AD73L35BRWJKM", ["91210112114884238K", "91210112155117772D", "912101120000000017"], 2, (7, 8, 9)
    )
    assert [(one.enterprise, one.inspectors) for one in drawn] == KEPT
    assert fingerprint("WCKH75GMBW8AD73L35BRWJKM") == "669BB4EA9FADE964"


KEPT = [("912101120000000017", (9, 8)), ("91210112155117772D", (8, 7))]


@given(seeds, seeds)
def test_another_seed_has_another_fingerprint(one: str, other: str) -> None:
    assert (fingerprint(one) == fingerprint(other)) is (one == other)
    assert one not in fingerprint(one) or len(one) < 4


def test_conditions_narrow_the_pool() -> None:
    metal = ("浑南区", "metallurgy", frozenset({"metal-smelting"}))
    assert Conditions().fit(*metal)
    assert Conditions(("浑南区",), ("metallurgy",), ("metal-smelting", "ammonia")).fit(*metal)
    assert not Conditions(places=("沈河区",)).fit(*metal)
    assert not Conditions(sectors=("light",)).fit(*metal)
    assert not Conditions(tags=("ammonia",)).fit(*metal)


# What is a ground


def photo(mark: str) -> list[object]:
    """Give a photo as an answer keeps it."""
    return [mark * 64, "现场.jpg", "image/jpeg", 9]


ZERO = (
    Answer("criteria-check", 1, {"group/3-1": {"ids": [], "other": ""}, "group/4-6": {"ids": [], "other": ""}}),
    Answer("led-inspection", 2, {"led": True, "findings": 0}),
)
RISKY = frozenset({"ammonia"})
DISPATCHED = date(2023, 6, 30)


def grounds(record: Record) -> list[Ground]:
    """Give the grounds of one enterprise."""
    return [one.ground for one in suggestions({"A": record}, RULES, TODAY).get("A", ())]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (Record(frozenset()), []),
        (Record(frozenset(), suspensions=2), []),
        (Record(frozenset(), suspensions=3), [Ground.SUSPENDED]),
        (Record(frozenset(), hazards=[OpenHazard(41, overdue=False, touched=TODAY)]), []),
        (Record(frozenset(), hazards=[OpenHazard(41, overdue=True, touched=TODAY)]), [Ground.OVERDUE]),
        (Record(RISKY, answers=ZERO), [Ground.ALL_ZERO]),
        # One answer is no pattern; no risk, no ground; a hazard of its own is something told; a finding, too.
        (Record(RISKY, answers=ZERO[:1]), []),
        (Record(frozenset({"outsourcing"}), answers=ZERO), []),
        (Record(RISKY, answers=ZERO, reports=1), []),
        (Record(RISKY, answers=(*ZERO, Answer("led-inspection", 3, {"findings": 2}))), []),
        (Record(RISKY, answers=(*ZERO, Answer("criteria-check", 3, {"group/3-1": {"ids": ["3-1"]}}))), []),
        # What can tell of no problem says nothing of problems.
        (Record(RISKY, answers=(ZERO[0], Answer("drill", 3, {"people": 0}))), []),
        (
            Record(
                frozenset(), dispatched=DISPATCHED, hazards=[OpenHazard(3, overdue=False, touched=date(2023, 6, 16))]
            ),
            [Ground.UNTOUCHED],
        ),
        (
            Record(
                frozenset(), dispatched=DISPATCHED, hazards=[OpenHazard(3, overdue=False, touched=date(2023, 6, 17))]
            ),
            [],
        ),
        (Record(frozenset(), hazards=[OpenHazard(3, overdue=False, touched=date(2023, 6, 1))]), []),
    ],
)
def test_each_ground(record: Record, expected: list[Ground]) -> None:
    assert grounds(record) == expected


def test_one_photo_in_two_answers_is_a_ground_for_everybody_who_showed_it() -> None:
    one, other = Answer("drill", 1, {"drill_photo": [photo("a")]}), Answer("led-inspection", 2, {"x": [photo("a")]})
    twice = Answer("drill", 3, {"drill_photo": [photo("b"), photo("b")]})
    found = suggestions(
        {
            "A": Record(frozenset(), answers=[one]),
            "B": Record(frozenset(), answers=[other]),
            "C": Record(frozenset(), answers=[twice]),
        },
        RULES,
        TODAY,
    )
    assert found == {"A": (Reason(Ground.SAME_PHOTO, (1,)),), "B": (Reason(Ground.SAME_PHOTO, (1,)),)}


def test_one_conversation_that_answers_two_duties_shows_its_photo_once() -> None:
    """A weekly check-in may count as the month's dispatch."""
    answers = [
        Answer("weekly-rectification", 1, {"p": [photo("a")]}),
        Answer("monthly-dispatch", 1, {"p": [photo("a")]}),
    ]
    assert grounds(Record(frozenset(), answers=answers)) == []


def test_who_was_checked_lately_is_not_suggested_again() -> None:
    checked = TODAY - timedelta(days=RULES.within_days)
    assert grounds(Record(frozenset(), suspensions=9, checked=checked)) == []
    assert grounds(Record(frozenset(), suspensions=9, checked=checked - timedelta(days=1))) == [Ground.SUSPENDED]


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 9), min_size=1))
def test_suggestions_stand_in_the_order_of_the_codes_and_not_of_their_grounds(suspended: dict[str, int]) -> None:
    records = {code: Record(frozenset(), suspensions=number) for code, number in suspended.items()}
    assert list(suggestions(records, RULES, TODAY)) == sorted(
        code for code, number in suspended.items() if number >= RULES.suspensions
    )


def test_a_reason_is_kept_as_it_was() -> None:
    for reason in (Reason(Ground.OVERDUE, (3, 41)), Reason(Ground.UNTOUCHED, (3,), TODAY)):
        assert Reason.stored(reason.as_json()) == reason


def test_photos_are_found_in_what_was_said() -> None:
    said = {"p": [photo("a"), photo("b")], "q": [["short", "x", "y", 1], "text", 5], "r": "text", "s": {"ids": []}}
    assert photos_in(said) == {"a" * 64, "b" * 64}


def test_the_shipped_rules_name_answers_that_there_are() -> None:
    for zero in RULES.zero:
        form = PACK.obligation(zero.obligation).form
        if form != "criteria-check":
            keys = {field.key for field in PACK.form(str(form)).fields}
            assert set(zero.keys) <= keys, zero.obligation


def test_a_label_is_told_without_its_unit() -> None:
    assert plain("企业主要负责人未带队检查（家）") == "企业主要负责人未带队检查"
    assert plain("没有单位") == "没有单位"
