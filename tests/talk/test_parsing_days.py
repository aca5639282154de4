from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from talk.parsing import day, moment
from talk.texts import CHINESE, ENGLISH, LANGUAGES, DayAndWeekday, FullDay, show
from tests.talk.test_parsing_numbers import chinese
from tests.talk.widths import full_width

SHENYANG = ZoneInfo("Asia/Shanghai")
TODAY = date(2023, 6, 6)
"""A Tuesday."""
NOW = datetime(2023, 6, 6, 14, 35, 20, tzinfo=SHENYANG)
WEEKDAYS = "一二三四五六日"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天", "2023-06-06"),
        ("今日", "2023-06-06"),
        ("今天上午", "2023-06-06"),
        ("今早", "2023-06-06"),
        ("today", "2023-06-06"),
        ("Today.", "2023-06-06"),
        ("昨天", "2023-06-05"),
        ("昨日", "2023-06-05"),
        ("昨晚", "2023-06-05"),
        ("昨天开的", "2023-06-05"),
        ("是昨天", "2023-06-05"),
        ("yesterday", "2023-06-05"),
        ("前天", "2023-06-04"),
        ("大前天", "2023-06-03"),
        ("3天前", "2023-06-03"),
        ("三天以前", "2023-06-03"),
        ("明天", "2023-06-07"),
        ("tomorrow", "2023-06-07"),
        ("后天", "2023-06-08"),
        ("大后天", "2023-06-09"),
        ("两天后", "2023-06-08"),
        ("6月5日", "2023-06-05"),
        ("6月5号", "2023-06-05"),
        ("6月5", "2023-06-05"),
        ("6月05日", "2023-06-05"),
        ("06月05日", "2023-06-05"),
        ("6 月 5 日", "2023-06-05"),
        ("６月５日", "2023-06-05"),
        ("6月5日。", "2023-06-05"),
        ("6月份5号", "2023-06-05"),
        ("六月五日", "2023-06-05"),
        ("六月五号召开的", "2023-06-05"),
        ("六月二十三", "2023-06-23"),
        ("六月廿三", "2023-06-23"),
        ("6.5", "2023-06-05"),
        ("6．5", "2023-06-05"),
        ("6。5", "2023-06-05"),
        ("6-5", "2023-06-05"),
        ("6－5", "2023-06-05"),
        ("6/5", "2023-06-05"),
        ("06/05", "2023-06-05"),
        ("0605", "2023-06-05"),
        ("2023-06-05", "2023-06-05"),
        ("2023-6-5", "2023-06-05"),
        ("2023.6.5", "2023-06-05"),
        ("2023/6/5", "2023-06-05"),
        ("23.6.5", "2023-06-05"),
        ("2023年6月5日", "2023-06-05"),
        ("23年6月5日", "2023-06-05"),
        ("2023 年 6 月 5 日", "2023-06-05"),
        ("二〇二三年六月五日", "2023-06-05"),
        ("二零二三年六月五日", "2023-06-05"),
        ("今年6月5日", "2023-06-05"),
        ("去年6月5日", "2022-06-05"),
        ("20230605", "2023-06-05"),
        ("5日", "2023-06-05"),
        ("5号", "2023-06-05"),
        ("五号", "2023-06-05"),
        ("本月5号", "2023-06-05"),
        ("这个月5号", "2023-06-05"),
        ("上月28日", "2023-05-28"),
        ("上个月28号", "2023-05-28"),
        ("下月3日", "2023-07-03"),
        ("周三", "2023-06-07"),
        ("本周三", "2023-06-07"),
        ("这周日", "2023-06-11"),
        ("星期天", "2023-06-11"),
        ("礼拜一", "2023-06-05"),
        ("上周五", "2023-06-02"),
        ("上个星期五", "2023-06-02"),
        ("上上周五", "2023-05-26"),
        ("下周一", "2023-06-12"),
        ("下周一上午", "2023-06-12"),
        ("6月5日（周一）", "2023-06-05"),
        ("6月5日周一", "2023-06-05"),
        ("6月5日，星期一", "2023-06-05"),
        ("6.5（周一）", "2023-06-05"),
        ("6月5日下午", "2023-06-05"),
        ("6月5日 14:30", "2023-06-05"),
        ("6月5日下午2点半开的", "2023-06-05"),
        ("2023-06-05 14:30", "2023-06-05"),
        ("2023-06-05T14:30", "2023-06-05"),
        ("5 June", "2023-06-05"),
        ("June 5", "2023-06-05"),
        ("june 5th", "2023-06-05"),
        ("5th of June 2023", "2023-06-05"),
        ("Jun 5, 2023", "2023-06-05"),
        ("5 Jun. 2023", "2023-06-05"),
        ("Mon 5 June", "2023-06-05"),
        ("Monday, June 5", "2023-06-05"),
        ("Wednesday", "2023-06-07"),
        ("on 5 June", None),
        ("5 June, 2:30 pm", "2023-06-05"),
    ],
)
def test_days_that_people_type(text: str, expected: str | None) -> None:
    assert day(text, TODAY) == (date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    "text",
    [
        *("6月35日", "6月31日", "2月29日", "13月1日", "0月5日", "6月0日", "6.35", "13/13", "2023-13-01", "20231301"),
        *("6月", "6", "5", "1", "15", "六", "605", "2023", "2023年6月", "2023年", "5年", "6月5日前", "6月5日之前"),
        *("6月5日至6月7日", "6.5-6.7", "6月5日、6日", "6月5日，6月6日", "5、6号", "月底", "上周", "最近", "前几天"),
        *("6月5日（周二）", "6月5日周二", "Tue 5 June", "6月5日25:00", "6月5日周八", "周八", "周", "上周周五"),
        *("5/6/2023", "33.6.5", "2023.6-5", "0000年1月1日", "00000605", "六月三四日", "June", "June 31", "5 Juno"),
        *("还没开", "没有", "不记得", "", " ", "。", "十十月五日", "99天99前", "-5", "+5", "6月-5日", "６月３５日"),
        *("next week", "last Friday", "the 5th", "٥", "五月初五端午节", "14:30", "下午"),
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("12月20日", "2024-01-03", "2023-12-20"),
        ("1月3日", "2023-12-20", "2024-01-03"),
        ("12.31", "2023-06-06", "2023-12-31"),
        ("12月31日", "2023-03-15", "2023-12-31"),
        ("1月1日", "2023-10-31", "2023-01-01"),
        ("1月1日", "2023-11-30", "2024-01-01"),
        ("5号", "2023-05-31", "2023-05-05"),
        ("31日", "2023-06-30", None),
        ("2月29日", "2024-01-15", "2024-02-29"),
        ("2月29日", "2023-01-15", None),
        ("24.1.3", "2023-12-20", "2024-01-03"),
        ("25.1.3", "2023-12-20", None),
        ("今天", "2023-05-31", "2023-06-06"),
        ("上月28日", "2023-01-01", "2023-05-28"),
        ("周三", "2023-01-01", "2023-06-07"),
    ],
)
def test_a_day_lies_where_its_question_looks(text: str, near: str, expected: str | None) -> None:
    found = day(text, TODAY, near=date.fromisoformat(near))
    assert found == (date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30", "06-06 14:30"),
        ("14：30", "06-06 14:30"),
        ("１４：３０", "06-06 14:30"),
        ("14 : 30", "06-06 14:30"),
        ("14:30:15", "06-06 14:30"),
        ("1430", "06-06 14:30"),
        ("0830", "06-06 08:30"),
        ("8:30", "06-06 08:30"),
        ("02:30", "06-06 02:30"),
        ("0:05", "06-06 00:05"),
        ("24:00", "06-07 00:00"),
        ("14点半", "06-06 14:30"),
        ("14点", "06-06 14:00"),
        ("14点整", "06-06 14:00"),
        ("14点30", "06-06 14:30"),
        ("14点30分", "06-06 14:30"),
        ("14时30分", "06-06 14:30"),
        ("14點30分", "06-06 14:30"),
        ("十四点三十分", "06-06 14:30"),
        ("十点零五分", "06-06 10:05"),
        ("十点一刻", "06-06 10:15"),
        ("10点三刻", "06-06 10:45"),
        ("9点钟", "06-06 09:00"),
        ("下午2点半", "06-06 14:30"),
        ("下午两点半", "06-06 14:30"),
        ("下午2:30", "06-06 14:30"),
        ("下午14:30", "06-06 14:30"),
        ("上午10点", "06-06 10:00"),
        ("早上7点", "06-06 07:00"),
        ("早7点", "06-06 07:00"),
        ("中午12点", "06-06 12:00"),
        ("中午1点", "06-06 13:00"),
        ("晚上8点", "06-06 20:00"),
        ("晚上12点", "06-07 00:00"),
        ("凌晨12点半", "06-06 00:30"),
        ("凌晨2点", "06-06 02:00"),
        ("2:30pm", "06-06 14:30"),
        ("2:30 PM", "06-06 14:30"),
        ("2pm", "06-06 14:00"),
        ("12am", "06-06 00:00"),
        ("12 pm", "06-06 12:00"),
        ("今天14:30", "06-06 14:30"),
        ("今天下午2点半", "06-06 14:30"),
        ("昨天 14:30", "06-05 14:30"),
        ("今晚8点", "06-06 20:00"),
        ("昨晚11点", "06-05 23:00"),
        ("明早8点半", "06-07 08:30"),
        ("今天24点", "06-07 00:00"),
        ("6月5日 14:30", "06-05 14:30"),
        ("6月5日14：30", "06-05 14:30"),
        ("6月5日，14:30", "06-05 14:30"),
        ("6月5日14点30分", "06-05 14:30"),
        ("六月五日下午两点", "06-05 14:00"),
        ("6-5 14:30", "06-05 14:30"),
        ("6-1 8:30", "06-01 08:30"),
        ("6.5 14:30", "06-05 14:30"),
        ("2023-06-05 14:30", "06-05 14:30"),
        ("2023-06-05T14:30", "06-05 14:30"),
        ("2023-06-1 8:30", "06-01 08:30"),
        ("周三下午三点", "06-07 15:00"),
        ("周三15点", "06-07 15:00"),
        ("周三 15:00", "06-07 15:00"),
        ("5 June 14:30", "06-05 14:30"),
        ("June 5, 2:30 pm", "06-05 14:30"),
        ("today at 14:30", "06-06 14:30"),
        ("5 August 14:30", "08-05 14:30"),
        ("Sat 14:30", "06-10 14:30"),
        ("现在", "06-06 14:35"),
        ("now", "06-06 14:35"),
        ("5分钟前", "06-06 14:30"),
        ("半小时后", "06-06 15:05"),
        ("半个小时前", "06-06 14:05"),
        ("两小时后", "06-06 16:35"),
    ],
)
def test_moments_that_people_type(text: str, expected: str) -> None:
    found = moment(text, NOW)
    assert found is not None
    assert found.tzinfo is SHENYANG
    assert found == datetime.strptime(f"2023-{expected}", "%Y-%m-%d %H:%M").replace(tzinfo=SHENYANG)


@pytest.mark.parametrize(
    "text",
    [
        *("2点半", "两点", "2:30", "今天3点", "6月5日 3:00"),
        *("25:00", "24:30", "14:60", "14:3", "14.30", "2460", "25点", "上午3点", "上午14点", "下午5:70", "晚上3点"),
        *(
            "6月5日",
            "今天",
            "下午",
            "14",
            "14分",
            "点半",
            "两点半左右",
            "约14:30",
            "14:30-15:30",
            "14:30前",
            "14:30、15:30",
        ),
        *("6月35日 14:30", "不知道 14:30", "刚才", "一会儿", "", " ", ":", "半前", "14pm30", "0pm", "五点十二三分"),
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert moment(text, NOW) is None


days = st.dates(date(2020, 1, 1), date(2039, 12, 31))


@given(days)
@example(date(2024, 2, 29))
def test_every_day_is_read_back_from_all_its_spellings(when: date) -> None:
    year, month, number = when.year, when.month, when.day
    digits = "".join(chinese(int(digit)) for digit in str(year))
    weekday = WEEKDAYS[when.weekday()]
    dated = [
        *(f"{year}-{month}-{number}", f"{when:%Y-%m-%d}", f"{when:%Y%m%d}", f"{year}/{month}/{number}"),
        *(
            f"{year}.{month}.{number}",
            f"{year}年{month}月{number}日",
            f"{digits}年{chinese(month)}月{chinese(number)}号",
        ),
        *(
            f"{when:%B} {number}, {year}",
            f"{number} {when:%B} {year}",
            f"{number} {when:%b} {year}",
            f"{when:%a %d %b %Y}",
        ),
        *(f"{year}年{month}月{number}日（周{weekday}）", f"{year}年{month}月{number}日星期{weekday}"),
        *(show(FullDay(when), language) for language in LANGUAGES),
    ]
    near = [
        *(
            f"{month}.{number}",
            f"{month}-{number}",
            f"{month}/{number}",
            f"{when:%m%d}",
            f"{year % 100}.{month}.{number}",
        ),
        *(
            f"{month}月{number}日",
            f"{month}月{number}号",
            f"{month}月{number}",
            f"{chinese(month)}月{chinese(number)}日",
        ),
        *(
            f"{number} {when:%B}",
            f"{when:%B} {number}",
            f"{number}日",
            f"{chinese(number)}号",
            f"周{weekday}",
            "今天",
            "today",
        ),
        *(show(shape(when), language) for language in LANGUAGES for shape in (DayAndWeekday, _itself)),
    ]
    for spelling in dated:
        assert day(spelling, TODAY) == when
    for spelling in (*dated, *near):
        for shown in (spelling, full_width(spelling), f" {spelling}。", f"{spelling} 14:30"):
            assert day(shown, when) == when


def _itself(when: date) -> date:
    return when


@given(days, st.integers(-59, 59))
def test_a_day_without_a_year_may_lie_across_new_year(when: date, distance: int) -> None:
    near = when + timedelta(days=distance)
    assert day(f"{when.month}月{when.day}日", TODAY, near=near) == when


@given(days, st.integers(-2, 1), st.integers(0, 6))
def test_a_weekday_belongs_to_a_week_that_begins_on_monday(today: date, weeks: int, weekday: int) -> None:
    name = {-2: "上上", -1: "上", 0: "这", 1: "下"}[weeks]
    found = day(f"{name}周{WEEKDAYS[weekday]}", today)
    assert found is not None
    assert found.weekday() == weekday
    assert found.isocalendar().week == (today + timedelta(weeks=weeks)).isocalendar().week


@given(st.builds(datetime.combine, days, st.times(), st.just(SHENYANG)))
def test_every_moment_is_read_back_from_all_its_spellings(when: datetime) -> None:
    expected = when.replace(second=0, microsecond=0)
    hour = chinese(when.hour)
    clocks = [
        *(f"{when:%H:%M}", f"{when:%H%M}", f"{when:%H:%M:%S}", f"{when:%I:%M %p}", f"{when:%H}点{when.minute}分"),
        *((f"{hour}点{chinese(when.minute)}分",) if not 1 <= when.hour <= 6 else ()),
    ]
    for clock in clocks:
        for shown in (clock, full_width(clock), f"{clock}。"):
            assert moment(shown, when) == expected
        if len(clock) > 4:
            for spelling in ("今天", f"{when.month}月{when.day}日", f"{when:%Y-%m-%d} "):
                assert moment(spelling + clock, when) == expected
    for language in (CHINESE, ENGLISH):
        assert moment(show(when, language), when) == expected


typed = st.one_of(
    st.text(),
    st.text(
        alphabet="0123456789年月日号周星期一二三四五六天上下个前后今昨明点半时分:：./- 午晚早凌晨小 apm６，（）。",
        max_size=14,
    ),
)


@given(typed, st.dates(), st.dates())
@example("明天", date.max, date.max)
@example("大前天", date.min, date.min)
@example("12月31日", date.min, date.max)
@example("下月5日", date.max, date.max)
def test_any_text_is_read_as_a_day_without_an_exception(text: str, today: date, near: date) -> None:
    found = day(text, today, near=near)
    assert day(full_width(text), today, near=near) == found


@given(typed, st.datetimes(timezones=st.sampled_from([SHENYANG, UTC])))
@example("24:00", datetime.max.replace(tzinfo=UTC))
@example("半小时后", datetime.max.replace(tzinfo=UTC))
@example("99小时前", datetime.min.replace(tzinfo=UTC))
def test_any_text_is_read_as_a_moment_without_an_exception(text: str, now: datetime) -> None:
    found = moment(text, now)
    assert found is None or (found.tzinfo is now.tzinfo and found.second == 0)
    assert moment(full_width(text), now) == found
