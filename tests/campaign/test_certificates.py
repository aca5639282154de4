"""Certificates: the number with its check digit and its mask, the two days, the reminder."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from campaign.certificates import (
    HIDDEN,
    CertificateRules,
    NumberFault,
    Validity,
    check_sign,
    masked,
    newest_reminder,
    normalise_number,
    number_fault,
    standing,
)
from campaign.pack import load
from campaign.workdays import is_workday

ZONE = ZoneInfo("Asia/Shanghai")
RULES = CertificateRules()
# The example of GB 11643-1999; the code 999999 of the others is that of no place.
EXAMPLE = "T11010519491231002X"

bodies = st.text("0123456789", min_size=17, max_size=17)
numbers = bodies.map(lambda body: f"T{body}{check_sign(body)}")
days = st.dates(date(2010, 1, 1), date(2040, 12, 31))


def test_the_example_of_the_standard_is_sound() -> None:
    assert number_fault(EXAMPLE) is None


@given(numbers, st.integers(1, 18), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, digit: str) -> None:
    assert number_fault(number) is None
    wrong = number[:place] + digit + number[place + 1 :]
    assert number_fault(wrong) == (None if wrong == number else NumberFault.CHECK)


@given(numbers, st.integers(1, 16))
def test_two_neighbours_changed_over_are_always_noticed(number: str, place: int) -> None:
    turned = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert number_fault(turned) == (None if turned == number else NumberFault.CHECK)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("ｔ110105 19491231 002ｘ", None),
        ("\u200bT11010519491231002x ", None),
        ("T110105194912310021", NumberFault.CHECK),
        ("11010519491231002X", NumberFault.PATTERN),
        ("T11010519491231002", NumberFault.PATTERN),
        ("TE99999999", NumberFault.PATTERN),
        ("T X1100023", NumberFault.PATTERN),
        ("无", NumberFault.NONE),
        ("办理中", NumberFault.NONE),
        ("PENDING", NumberFault.NONE),
        ("12345", NumberFault.NONE),
        ("T11010519491231002X（电工）", NumberFault.NONE),
        ("T" + "1" * 60, NumberFault.NONE),
    ],
)
def test_a_number_as_people_write_it(typed: str, fault: NumberFault | None) -> None:
    assert number_fault(normalise_number(typed)) == fault


@given(numbers, st.lists(st.sampled_from(["", " ", "\u3000", "\u200b", "\n"]), min_size=19, max_size=19), st.booleans())
def test_however_a_number_is_spaced_and_set_it_is_the_same(number: str, spaces: list[str], wide: bool) -> None:
    set_ = "".join(chr(ord(sign) + 0xFEE0) for sign in number) if wide else number.lower()
    assert normalise_number("".join(map("".join, zip(set_, spaces, strict=True)))) == number


@given(st.text())
def test_whatever_is_typed_is_judged_and_masked(text: str) -> None:
    number = normalise_number(text)
    assert len(masked(number)) == len(number)
    assert number_fault(number) in (*NumberFault, None)


def test_a_mask_shows_the_first_four_and_the_last_two() -> None:
    assert masked(EXAMPLE) == "T110*************2X"
    assert masked("TE99999999") == "TE99****99"
    assert masked("12345678") == "******78"
    assert masked("12345") == "*****"


@given(st.text("0123456789ABCX", min_size=0, max_size=40))
def test_a_mask_keeps_the_length_and_hides_enough(number: str) -> None:
    shown = masked(number)
    assert len(shown) == len(number)
    assert all(sign in ("*", there) for sign, there in zip(shown, number, strict=True))
    assert shown.count("*") >= min(HIDDEN, len(number))
    assert len(shown.replace("*", "")) <= 6


@pytest.mark.parametrize(
    ("on", "validity"),
    [
        (date(2023, 5, 10), Validity.VALID),
        (date(2023, 5, 11), Validity.REVIEW_OVERDUE),
        (date(2026, 5, 10), Validity.REVIEW_OVERDUE),
        (date(2026, 5, 11), Validity.EXPIRED),
    ],
)
def test_the_days_on_the_card_are_still_valid_the_next_are_not(on: date, validity: Validity) -> None:
    stands = standing(date(2023, 5, 10), date(2026, 5, 10), on)
    assert (stands.validity, stands.until) == (validity, date(2023, 5, 10))
    assert stands.is_valid == (validity is Validity.VALID)


@given(days, days, days)
def test_a_certificate_is_valid_until_the_first_of_its_two_days(review: date, valid: date, on: date) -> None:
    stands = standing(review, valid, on)
    assert stands.until == min(review, valid)
    assert stands.is_valid == (on <= stands.until)


def test_a_card_that_names_only_its_issue_is_valid_for_six_years_and_reviewed_after_three() -> None:
    assert RULES.last_day(date(2020, 5, 18)) == date(2026, 5, 17)
    assert RULES.review_day(date(2026, 5, 17)) == date(2023, 5, 17)
    assert RULES.last_day(date(2020, 2, 29)) == date(2026, 2, 28)


@given(days)
def test_a_review_lies_within_the_term(issued: date) -> None:
    until = RULES.last_day(issued)
    review = RULES.review_day(until)
    for half in (review - issued, until - review):
        assert timedelta(days=3 * 365 - 1) <= half <= timedelta(days=3 * 365 + 2)


@pytest.mark.parametrize(
    ("now", "rung"),
    [
        ("2023-06-02T08:29:00+08:00", None),
        ("2023-06-02T08:30:00+08:00", 90),
        ("2023-06-29T08:00:00+08:00", 90),
        # 2 July is a Sunday: the last working day before it.
        ("2023-06-30T08:30:00+08:00", 60),
        ("2023-08-20T09:00:00+08:00", 30),
        ("2023-08-31T23:59:00+08:00", 7),
        ("2023-09-01T00:00:00+08:00", None),
    ],
)
def test_the_newest_rung_of_a_card_that_ends_on_31_august(now: str, rung: int | None) -> None:
    newest = newest_reminder(RULES, date(2023, 8, 31), datetime.fromisoformat(now), ZONE)
    assert (None if newest is None else newest.days) == rung


@given(days, st.integers(0, 120 * 24))
def test_a_rung_is_due_on_a_working_morning_and_never_late(until: date, hours_before: int) -> None:
    now = datetime(until.year, until.month, until.day, 23, tzinfo=ZONE) - timedelta(hours=hours_before)
    newest = newest_reminder(RULES, until, now, ZONE)
    left = (until - now.date()).days
    assert newest is not None or left >= 90
    if newest is not None:
        assert newest.at <= now
        assert is_workday(newest.at.date())
        assert f"{newest.at:%H:%M}" == "08:30"
        assert newest.at.date() <= until - timedelta(days=newest.days)


@pytest.mark.parametrize(
    ("trade", "allowed"),
    [
        ("焊接与热切割作业", True),
        ("熔化焊接与热切割", True),
        ("电焊工", True),
        ("气割工", True),
        ("低压电工作业", False),
        ("高处作业", False),
    ],
)
def test_only_welding_and_hot_cutting_is_hot_work(trade: str, allowed: bool) -> None:
    assert load("shenyang_2023").certificates.allows_hot_work(trade) == allowed


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_years": "6"},
        {"valid_years": "six [S]"},
        {"review_years": "7 [S]"},
        {"remind_days": "7, 30 [D]"},
        {"remind_days": "[D]"},
        {"hot_work_trades": "焊"},
        {"unknown": "1 [D]"},
    ],
)
def test_rules_that_make_no_sense_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        CertificateRules.model_validate(wrong)


def test_the_shipped_pack_says_what_the_defaults_say() -> None:
    assert load("shenyang_2023").certificates == CertificateRules()
