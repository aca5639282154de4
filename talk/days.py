"""Days and moments as people type them: 昨天, 上周五, 6月5号, 6.5, 2023-06-05, 下午2点半, 5 June, 2:30 pm."""

import re
from datetime import date, datetime, time, timedelta

from talk.cleaning import compact
from talk.numbers import whole

LONGEST = 40
"""No day or moment that anybody means is written with more characters."""

_NUMERALS = "零〇一二两三四五六七八九十廿卅"
_NUMBER = rf"(?:[0-9]{{1,2}}|[{_NUMERALS}]{{1,3}})"
_WEEKDAYS = "一二三四五六日"

_SAME = str.maketrans("點號週。—–", "点号周.--")
"""Other forms of one character, and what a Chinese keyboard makes of 6.5 and 6-5."""
_SAME_WORDS = (
    (re.compile("星期|礼拜"), "周"),
    (re.compile("周天"), "周日"),
    (re.compile("([今昨明])[日儿]"), r"\1天"),
    (re.compile("([今昨明前后])([早晚])上?"), r"\1天\2上"),
)
_BEFORE = re.compile("就?是|在|于")
_AFTER = re.compile("(?:召开|开展|举行|进行|完成|调度|检查|开)?[的了过]?$")

_HOURS = {
    "凌晨": range(7),
    "清晨": range(4, 9),
    "早上": range(4, 12),
    "早晨": range(4, 12),
    "早": range(4, 12),
    "上午": range(5, 13),
    "中午": range(11, 15),
    "下午": range(12, 20),
    "午后": range(12, 18),
    "傍晚": range(16, 21),
    "晚上": range(17, 25),
    "晚": range(17, 25),
    "am": range(12),
    "pm": range(12, 24),
}
"""The hours that a part of the day can mean; 24 is the end of the day."""
_PART = "|".join(part for part in _HOURS if not part.isascii())
_AT_PART = re.compile(f"(?:{_PART})$")
_CLOCK = re.compile(
    rf"(?P<part>{_PART})?"
    rf"(?P<hour>(?<![0-9])[0-9]{{1,2}}|(?:(?<![{_NUMERALS}])|(?<=周[{_WEEKDAYS}]))[{_NUMERALS}]{{1,3}})"
    r"(?::(?P<minute>[0-9]{2})(?::[0-9]{2})?"
    rf"|(?:点钟?|时)(?:(?P<named>半|一刻|三刻|整)|(?P<spoken>{_NUMBER})分?)?"
    r"|(?=[ap]m))(?P<suffix>[ap]m)?$"
)
_JOINT = re.compile("(?:(?<=[0-9])t|(?<=[0-9y])at)$")
"""Between day and time: the T of ISO 8601, the "at" of English."""
_NAMED_MINUTES = {"半": 30, "一刻": 15, "三刻": 45, "整": 0}
_FOUR_DIGITS = re.compile("([0-9]{2})([0-9]{2})")
_NOW = {"现在", "此刻", "now"}
_AGO = re.compile(rf"(?P<number>{_NUMBER}|半)个?(?P<unit>分钟?|小时|钟头)[之以]?(?P<side>前|后)")

_ACROSS_NEW_YEAR = timedelta(days=60)

_RELATIVE = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "今天": 0,
    "明天": 1,
    "后天": 2,
    "大后天": 3,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_DAYS_AWAY = re.compile(rf"(?P<number>{_NUMBER})天[之以]?(?P<side>前|后)")
_WEEK = re.compile(rf"(?P<weeks>上上|下下|上|下|这|本)?个?周(?P<weekday>[{_WEEKDAYS}])")
_WEEKS = {"上上": -2, "上": -1, None: 0, "这": 0, "本": 0, "下": 1, "下下": 2}
_MONTHS = {"上": -1, "上个": -1, "本": 0, "这个": 0, "下": 1, "下个": 1}
_YEARS = {"去年": -1, "今年": 0, "明年": 1}
_CHINESE = re.compile(
    rf"(?:(?:(?P<year>[0-9]{{2}}|[0-9]{{4}}|[零〇一二三四五六七八九]{{4}})年|(?P<year_word>{'|'.join(_YEARS)}))?"
    rf"(?P<month>{_NUMBER})月份?|(?P<month_word>{'|'.join(_MONTHS)})月)?(?P<day>{_NUMBER})(?P<mark>[日号])?"
)
_SEPARATED = re.compile(
    r"(?:(?P<year>[0-9]{4}|[0-9]{2})(?P<sep>[-./]))?(?P<month>[0-9]{1,2})(?(sep)(?P=sep)|[-./])(?P<day>[0-9]{1,2})"
)
_UNSEPARATED = re.compile("(?P<year>[0-9]{4})?(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_MONTH = (
    "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ENGLISH_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_ENGLISH_YEAR = r"(?:[, ]?(?P<year>[0-9]{4}))?"
_ENGLISH = (
    re.compile(f"{_ENGLISH_DAY}(?:of)?{_ENGLISH_MONTH}{_ENGLISH_YEAR}"),
    re.compile(f"{_ENGLISH_MONTH}{_ENGLISH_DAY}{_ENGLISH_YEAR}"),
)
_ENGLISH_WEEKDAY = re.compile(r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\.?,?(?P<rest>.*)")
_WEEKDAY_AFTER = re.compile(rf"(?P<rest>.*[日号0-9天])[(,]*周(?P<weekday>[{_WEEKDAYS}])\)?")


def day(text: str, today: date, *, near: date | None = None) -> date | None:
    """The day that a text names, said on `today`; None for what is no day, as 6月35日.

    A day without a year lies in the year of `near` (by default today), or across New Year where that is
    at most 60 days away; a bare 5日 lies in the month of `near`; 周三 is that of today's week, which begins
    on Monday. A clock time after the day is let pass, a weekday beside it must be the right one.
    """
    said = _said(text)
    clock = _CLOCK.search(said)
    if clock and clock.start():
        if _minutes(clock) is None:
            return None
        said = _before(clock, said)
    elif part := _AT_PART.search(said):
        said = said[: part.start()]
    return _day(said, today, near or today)


def moment(text: str, now: datetime) -> datetime | None:
    """The moment, to the minute and in the zone of the aware `now`, that a text names.

    Without a day it is today's. An hour from 1 to 6 in one digit, without a part of the day, may be
    night or afternoon: None, as for all that is no moment; 02:30 and 下午2点半 are clear.
    """
    said = _said(text)
    if said in _NOW:
        return now.replace(second=0, microsecond=0)
    if ago := _AGO.fullmatch(said):
        return _away(ago, now)
    if digits := _FOUR_DIGITS.fullmatch(said):
        return _on(now.date(), _clock_minutes(int(digits[1]), int(digits[2])), now)
    clock = _CLOCK.search(said)
    if clock is None:
        return None
    before = _before(clock, said)
    return _on(_day(before, now.date(), now.date()) if before else now.date(), _minutes(clock), now)


def _said(text: str) -> str:
    """The text made comparable, without the words around a day; what is too long becomes nothing."""
    said = compact(text)
    if len(said) > LONGEST:
        return ""
    said = said.translate(_SAME).rstrip(".!~,")
    for pattern, word in _SAME_WORDS:
        said = pattern.sub(word, said)
    before = _BEFORE.match(said)
    return _AFTER.sub("", said[before.end() :] if before else said)


def _before(clock: re.Match[str], said: str) -> str:
    return _JOINT.sub("", said[: clock.start()].rstrip(" ,"))


def _minutes(clock: re.Match[str]) -> int | None:
    """Minutes since midnight, to 24:00; None for an hour that is none, or that may be one of two."""
    hour = whole(clock["hour"])
    if clock["named"]:
        minute: int | None = _NAMED_MINUTES[clock["named"]]
    else:
        minute = whole((clock["minute"] or clock["spoken"] or "").lstrip("零〇") or "零")
    if hour is None or minute is None:
        return None
    part = clock["suffix"] or clock["part"]
    if part is None:
        return None if len(clock["hour"]) == 1 and 1 <= hour <= 6 else _clock_minutes(hour, minute)
    readings = (hour, 24, 0) if hour == 12 else (hour, hour + 12) if hour else (0,)
    meant = next((reading for reading in readings if reading in _HOURS[part]), None)
    return None if meant is None else _clock_minutes(meant, minute)


def _clock_minutes(hour: int, minute: int) -> int | None:
    minutes = 60 * hour + minute
    return minutes if minute < 60 and minutes <= 24 * 60 else None


def _on(on: date | None, minutes: int | None, now: datetime) -> datetime | None:
    if on is None or minutes is None:
        return None
    try:
        return datetime.combine(on, time(tzinfo=now.tzinfo)) + timedelta(minutes=minutes)
    except OverflowError:
        return None


def _away(ago: re.Match[str], now: datetime) -> datetime | None:
    unit = timedelta(minutes=1) if ago["unit"].startswith("分") else timedelta(hours=1)
    number = 0.5 if ago["number"] == "半" else whole(ago["number"])
    if number is None:
        return None
    try:
        then = now + number * unit if ago["side"] == "后" else now - number * unit
    except OverflowError:
        return None
    return then.replace(second=0, microsecond=0)


def _day(said: str, today: date, near: date) -> date | None:
    if beside := _WEEKDAY_AFTER.fullmatch(said):
        found = _day(beside["rest"], today, near)
        return found if found and found.weekday() == _WEEKDAYS.index(beside["weekday"]) else None
    if named := _ENGLISH_WEEKDAY.fullmatch(said):
        weekday = _DAY_NAMES.index(named["weekday"])
        found = _day(named["rest"].strip(), today, near) if named["rest"] else _in_week(today, 0, weekday)
        return found if found and found.weekday() == weekday else None
    if said in _RELATIVE:
        return _shifted(today, _RELATIVE[said])
    if away := _DAYS_AWAY.fullmatch(said):
        number = whole(away["number"])
        return None if number is None else _shifted(today, number if away["side"] == "后" else -number)
    if week := _WEEK.fullmatch(said):
        return _in_week(today, _WEEKS[week["weeks"]], _WEEKDAYS.index(week["weekday"]))
    if chinese := _CHINESE.fullmatch(said):
        return _chinese(chinese, today, near)
    if digits := _SEPARATED.fullmatch(said) or _UNSEPARATED.fullmatch(said):
        return _dated(digits["year"], int(digits["month"]), int(digits["day"]), near)
    for pattern in _ENGLISH:
        if english := pattern.fullmatch(said):
            month = _MONTH_NAMES.index(english["month"][:3]) + 1
            return _dated(english["year"], month, int(english["day"]), near)
    return None


def _chinese(found: re.Match[str], today: date, near: date) -> date | None:
    day_number = whole(found["day"])
    if day_number is None:
        return None
    if found["month_word"]:
        months = 12 * today.year + today.month - 1 + _MONTHS[found["month_word"]]
        return _date(months // 12, months % 12 + 1, day_number)
    if found["month"] is None:
        return _date(near.year, near.month, day_number) if found["mark"] else None
    month = whole(found["month"])
    if month is None:
        return None
    if found["year_word"]:
        return _date(today.year + _YEARS[found["year_word"]], month, day_number)
    return _dated(found["year"], month, day_number, near)


def _dated(year: str | None, month: int, day_number: int, near: date) -> date | None:
    """A day of a written year, in two digits only next to that of `near`; without one, as in `day`."""
    if year is None:
        return _without_year(month, day_number, near)
    number = int("".join(str(whole(digit)) for digit in year))
    if len(year) == 2:
        number += 2000
        if abs(number - near.year) > 1:
            return None
    return _date(number, month, day_number)


def _without_year(month: int, day_number: int, near: date) -> date | None:
    """The day in the year of `near`, or in the year before or after where that is only weeks away."""
    for year in (near.year - 1, near.year + 1):
        found = _date(year, month, day_number)
        if found is not None and abs(found - near) <= _ACROSS_NEW_YEAR:
            return found
    return _date(near.year, month, day_number)


def _in_week(today: date, weeks: int, weekday: int) -> date | None:
    return _shifted(today, 7 * weeks + weekday - today.weekday())


def _shifted(start: date, days: int) -> date | None:
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def _date(year: int, month: int, day_number: int) -> date | None:
    try:
        return date(year, month, day_number)
    except ValueError:
        return None
