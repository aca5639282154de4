from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import arranged_days
from campaign.workdays import (
    add_workdays,
    arrange,
    day_off,
    is_workday,
    published_until,
    workday_not_after,
    workday_not_before,
    working_moment_after,
)
from talk.texts import Say, render

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 5, 26), True),
        (date(2023, 5, 27), False),
        (date(2023, 5, 28), False),
        (date(2023, 6, 22), False),  # Dragon Boat, a Thursday
        (date(2023, 6, 23), False),
        (date(2023, 6, 24), False),
        (date(2023, 6, 25), True),  # a Sunday that is worked
        (date(2023, 9, 29), False),  # Mid-Autumn and National Day
        (date(2023, 10, 6), False),
        (date(2023, 10, 7), True),
        (date(2023, 10, 8), True),
    ],
)
def test_holidays_and_exchanged_days(day: date, works: bool) -> None:
    assert is_workday(day) is works


# Data that ran out: the calendar of a year that nobody has published yet


def days_off(year: int) -> list[str]:
    """The weekdays of a year that are free."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    return [f"{day:%m-%d}" for day in days if day.weekday() < 5 and not is_workday(day)]


def test_data_that_ran_out_a_year_without_a_calendar_has_the_holidays_of_the_law() -> None:
    """New Year, Spring Festival from its eve, 清明, Labour Day (two days since 2025), 端午, 中秋, National Day; and the
    working days that make up for those at a weekend (第六条).
    """
    assert days_off(2027) == [
        "01-01",
        *("02-05", "02-08", "02-09", "02-10"),
        "04-05",
        *("05-03", "05-04"),
        "06-09",
        "09-15",
        *("10-01", "10-04", "10-05"),
    ]
    assert {"01-25", "01-26", "01-27", "01-28", "05-29"} <= set(days_off(2028))
    assert day_off(date(2027, 2, 6)) == "holiday"
    assert day_off(date(2027, 2, 13)) == "rest-day"
    assert day_off(date(2027, 2, 20)) == "rest-day"


@pytest.mark.parametrize("year", [1, 1949, 1999, 2099, 2100, 9998])
def test_data_that_ran_out_no_year_is_refused(year: int) -> None:
    assert not all(is_workday(date(year, 10, 1) + timedelta(days=n)) for n in range(7))


NOTICE = """# 国务院办公厅关于2027年部分节假日安排的通知
2027-02-05 2027-02-11 休 春节
2027年2月14日，班
２０２７／５／１～５月 # 不是日期
"""


@pytest.fixture
def arranged() -> Iterator[None]:
    """Arrange 2027, and forget it again."""
    arrange(arranged_days.read("\n".join(NOTICE.splitlines()[:3])))
    yield
    arrange({})


@pytest.mark.usefixtures("arranged")
def test_data_that_ran_out_an_installation_can_give_the_calendar_of_a_year() -> None:
    assert published_until() == date(2027, 12, 31)
    assert [is_workday(date(2027, 2, day)) for day in (4, 5, 10, 11, 12, 14)] == [True, False, False, False, True, True]
    assert (day_off(date(2027, 2, 11)), day_off(date(2027, 2, 14))) == ("holiday", None)
    # The days that make up for a weekend are those of the file alone.
    assert is_workday(date(2027, 5, 3))
    arrange({})
    assert published_until() == date(2026, 12, 31)
    assert not is_workday(date(2027, 2, 14))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (NOTICE, Say("holidays-line", line=4, given="2027/5/1~5月")),
        ("2027-02-30 休", Say("holidays-no-day", line=1, given="2027-02-30 休")),
        ("2027-02-05 休\n\n2027-02-05 班", Say("holidays-twice", line=3, day=date(2027, 2, 5))),
        ("2027-02-11 2027-02-05 休", Say("holidays-stretch", line=1, limit=31)),
        ("2027-01-01 2027-12-31 off", Say("holidays-stretch", line=1, limit=31)),
        ("0000-01-01 off", Say("holidays-no-day", line=1, given="0000-01-01 off")),
        ("9999-12-31 9999-12-31 off\nx" + "休" * 999, Say("holidays-line", line=2, given="x" + "休" * 39)),
    ],
)
def test_data_that_ran_out_a_line_that_cannot_be_used_is_named(text: str, told: Say) -> None:
    with pytest.raises(arranged_days.ArrangementError) as caught:
        arranged_days.read(text)
    assert caught.value.what == told


@pytest.mark.parametrize(
    ("moment", "becomes"),
    [
        (at(5, 26, 8, 29), at(5, 26, 8, 30)),
        (at(5, 26, 8, 30), at(5, 26, 8, 30)),
        (at(5, 26, 14, 20), at(5, 26, 14, 20)),
        (at(5, 26, 20, 0), at(5, 26, 20, 0)),
        (at(5, 26, 20, 1), at(5, 29, 8, 30)),
        (at(5, 27, 10), at(5, 29, 8, 30)),
        (at(6, 21, 23), at(6, 25, 8, 30)),
    ],
)
def test_the_next_working_moment(moment: datetime, becomes: datetime) -> None:
    assert working_moment_after(moment) == becomes


@given(st.dates(date(2018, 1, 1), date(2030, 1, 1)), st.integers(1, 10))
def test_steps_over_days_off(day: date, count: int) -> None:
    before, after = workday_not_after(day), workday_not_before(day)
    assert before <= day <= after
    assert is_workday(before)
    assert is_workday(after)
    assert not any(is_workday(before + timedelta(days=n)) for n in range(1, (after - before).days))
    later = add_workdays(day, count)
    worked = sum(is_workday(day + timedelta(days=n)) for n in range(1, (later - day).days + 1))
    assert (worked, is_workday(later)) == (count, True)


BY_YEARS = """\
2027:
  off: [2027-01-01, 2027-02-05 2027-02-11]  # 国办发明电
  on: [2027-02-20, ２０２７年９月２６日]
2028: {off: [2028-01-03]}
2029:
"""


def test_an_installation_may_write_its_days_off_by_years() -> None:
    found = arranged_days.read_years(BY_YEARS)
    assert sum(not worked for worked in found.values()) == 9
    assert [day.isoformat() for day, worked in found.items() if worked] == ["2027-02-20", "2027-09-26"]
    assert arranged_days.read_years("") == arranged_days.read_years("# nothing\n") == {}


@pytest.mark.parametrize(
    ("good", "bad", "line", "fault", "named"),
    [
        ("[2027-01-01,", "[2027-01-01, 2027-01-01,", 2, "holidays-again", "2027年1月1日"),
        ("[2027-01-01,", "[2027-02-07,", 2, "holidays-again", "2027年2月7日"),
        ("on: [2027-02-20,", "on: [2027-02-06,", 3, "holidays-twice", "2027年2月6日"),
        ("[2028-01-03]", "[2027-01-03]", 4, "holidays-other-year", "2028年"),
        ("2027-02-05 2027-02-11", "2027-12-30 2028-01-02", 2, "holidays-other-year", "2028年1月1日"),
        ("2028: {", "2027: {", 4, "holidays-key-twice", "2027"),
        ("  on:", "  off:", 3, "holidays-key-twice", "off"),
        ("2028:", "2128:", 4, "holidays-year", "2128"),
        ("2028:", "next:", 4, "holidays-year", "next"),
        ("  on:", "  work:", 3, "holidays-kind", "work"),
        ("{off: [2028-01-03]}", "{off: 2028-01-03}", 4, "holidays-kind", "off"),
        ("{off: [2028-01-03]}", "[2028-01-03]", 4, "holidays-not-yaml", "2027: {off"),
        ("[2028-01-03]", "[[2028-01-03]]", 4, "holidays-day", "[]"),
        ("[2028-01-03]", "[Spring]", 4, "holidays-day", "Spring"),
        ("[2028-01-03]", "[2028-02-30]", 4, "holidays-no-day", "2028-02-30"),
        ("[2028-01-03]", "[2028-05-01 2028-04-01]", 4, "holidays-stretch", "31"),
        ("[2028-01-03]", "[2028-01-03", 4, "holidays-not-yaml", "off"),
        ("2027:", "- 2027:", 4, "holidays-not-yaml", "off"),
        ("[2028-01-03]", "[" * 2000, 1, "holidays-not-yaml", "off"),
        ("[2028-01-03]", "*later", 4, "holidays-not-yaml", "off"),
    ],
)
def test_a_day_off_that_cannot_be_used_is_named_with_its_line(
    good: str, bad: str, line: int, fault: str, named: str
) -> None:
    with pytest.raises(arranged_days.ArrangementError) as caught:
        arranged_days.read_years(BY_YEARS.replace(good, bad, 1))
    said = render(caught.value.what, "zh-CN")
    assert (caught.value.what.id, named in said, bad.startswith("[[[") or f"第{line}行" in said) == (fault, True, True)
    assert render(caught.value.what, "en")
