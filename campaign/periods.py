"""The periods of a campaign: `once`, `2023-06`, `2023-W23` (ISO), `2023-Q2`, `2023-H1`, `2023`, `2023-Y3` (three years
from 2023 on), `phase-2`; in a pack that is renewed each year also `once@2024`, `phase-2@2024`.

A period has both its first and its last day. One that the campaign cuts exists if 7 days of it remain.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from talk.cleaning import likeness
from talk.texts import CHINESE, ENGLISH, FullDay, Words, goes_without_saying, in_year, show

Cadence = Literal["once", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "phase", "continuous", "event"]
"""How often something is owed; `continuous` has one period and no end, `event` has no periods."""

MOST_YEARS: Final = 9
"""Years of a period of several at the most."""
ONCE = "once"
EDITION: Final = "@"
"""What stands before the year of a pack that is renewed, in the name of a period that has no year of its own."""
HAZARD = "hazard/"
"""How the period of a duty by a hazard begins: hazard/41."""
PERMIT = "permit/"
"""How the period of a duty by a hot job begins: permit/D-0619-07."""
DAYS_THAT_MAKE_A_PERIOD = 7

_DAY = timedelta(days=1)
_CHINESE_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with its name in data; both ends belong to it."""

    name: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def containing(cadence: Cadence, day: date) -> Period:
    """The whole calendar period around a day; ValueError for a cadence that the calendar does not have."""
    match cadence:
        case "weekly":
            year, week, weekday = day.isocalendar()
            monday = day - (weekday - 1) * _DAY
            return Period(f"{year}-W{week:02}", monday, monday + 6 * _DAY)
        case "monthly":
            return _months(f"{day:%Y-%m}", day.year, day.month, 1)
        case "quarterly":
            quarter = (day.month + 2) // 3
            return _months(f"{day.year}-Q{quarter}", day.year, 3 * quarter - 2, 3)
        case "half-yearly":
            half = (day.month + 5) // 6
            return _months(f"{day.year}-H{half}", day.year, 6 * half - 5, 6)
        case "yearly":
            return _years(day.year, 1)
        case "once" | "phase" | "continuous" | "event":
            raise ValueError(f"the calendar has no period for {cadence}")


def periods(cadence: Cadence, campaign: Period, phases: Sequence[Period], years: int = 1) -> tuple[Period, ...]:
    """The periods of a cadence in a campaign, in order, cut to the campaign's days; what is owed once is named as the
    campaign. `years`: how many one of `yearly`
    has; the first begins with the campaign's first year.
    """
    match cadence:
        case "once" | "continuous":
            return (Period(campaign.name, campaign.first, campaign.last),)
        case "phase":
            return tuple(phases)
        case "event":
            return ()
        case "yearly":
            starts = range(campaign.first.year, campaign.last.year + 1, years)
            return tuple(_cut((_years(start, years) for start in starts), campaign))
        case "weekly" | "monthly" | "quarterly" | "half-yearly":
            return tuple(_cut(_calendar(cadence, campaign), campaign))


def named(campaign: Period, phases: Sequence[Period]) -> dict[str, Period]:
    """Every period of a campaign by its name."""
    cadences: tuple[Cadence, ...] = ("once", "weekly", "monthly", "quarterly", "half-yearly", "phase")
    every = [period for cadence in cadences for period in periods(cadence, campaign, phases)]
    every += [period for years in range(1, MOST_YEARS + 1) for period in periods("yearly", campaign, phases, years)]
    return {period.name: period for period in every}


def first_of_whole(name: str) -> date | None:
    """The first day of a period of the calendar, as if no campaign cut it; None for others."""
    told, _, part = bare(name).partition("-")
    if not told.isdecimal():
        return None
    year = int(told)
    match part[:1], part[1:]:
        case "" | "Y", _:
            return date(year, 1, 1)
        case "W", week:
            return date.fromisocalendar(year, int(week), 1)
        case "Q", quarter:
            return date(year, 3 * int(quarter) - 2, 1)
        case "H", half:
            return date(year, 6 * int(half) - 5, 1)
        case _:
            return date(year, int(part), 1)


def by_calendar(name: str) -> Period | None:
    """Return the whole period of the calendar that a name says, whatever the campaign; None: the calendar has none."""
    found = re.fullmatch(r"(\d{4})(?:-(?:(\d\d)|([WQHY])(\d{1,2})))?", name)
    if found is None:
        return None
    year, month, kind, number = int(found[1]), found[2], found[3], int(found[4] or 0)
    try:
        if month is not None:
            return containing("monthly", date(year, int(month), 1))
        match kind:
            case None:
                return _years(year, 1)
            case "W":
                return containing("weekly", date.fromisocalendar(year, number, 1))
            case "Q":
                return containing("quarterly", date(year, 3 * number, 1))
            case "H":
                return containing("half-yearly", date(year, 6 * number, 1))
            case _:
                return _years(year, number)
    except ValueError:
        return None


def of_edition(name: str, edition: str | None) -> str:
    """Return the name of a period of a pack of that year; None: of a pack that is not renewed."""
    return name if edition is None else f"{name}{EDITION}{edition}"


def bare(name: str) -> str:
    """Return the name of a period whatever the year of its pack."""
    return name.partition(EDITION)[0]


def shown(name: str) -> Words:
    """A period as people read it: 6月, 第二季度, 上半年, 2024年, 第二阶段, 6月5日—6月11日, 41号, D-0619-07; nothing for
    `once`. With its year (2024年6月), where that does not go without saying.
    """
    words, year = _said(name)
    return words if year is None or goes_without_saying(year) else _in(year, words)


def shown_in_full(name: str) -> Words:
    """A period as people read it, always with its year: 2024年6月."""
    words, year = _said(name)
    return words if year is None else _in(year, words)


def meant(word: str, among: Sequence[Period], today: date) -> Period | None:
    """The period of these that somebody names: `2024年6月`, `June 2024`, `2024-06`, or without the year `6月`, `June`,
    `6`; that is then the newest which has begun, or else the first. None: they name none of them.
    """
    like = likeness(word)
    for period in among:
        full = shown_in_full(period.name)
        if like in map(likeness, filter(None, (period.name, full.zh, full.en))):
            return period
    found = [period for period in among if like in map(likeness, _without_year(period))]
    begun = [period for period in found if period.first <= today]
    return begun[-1] if begun else next(iter(found), None)


def _without_year(period: Period) -> tuple[str, ...]:
    words, year = _said(period.name)
    if year is None:
        return tuple(filter(None, (words.zh, words.en)))
    # 二季度, as people say it; the number of a month alone.
    number = str(period.last.month) if period.name[5:].isdigit() else period.name[5:]
    return words.zh, words.zh.removeprefix("第"), str(words.en), number


def _in(year: int, words: Words) -> Words:
    return Words(f"{year}年{words.zh}", f"{words.en} {year}")


def _said(name: str) -> tuple[Words, int | None]:
    """A period in words without its year, and that year; None: it has none, or is told by it."""
    if bare(name) == ONCE or name.startswith("after/"):
        return Words("", ""), None
    if name.startswith(HAZARD):
        number = name.removeprefix(HAZARD)
        return Words(f"{number}号", f"No. {number}"), None
    if name.startswith(PERMIT):
        code = name.removeprefix(PERMIT)
        return Words(code, code), None
    told, _, part = bare(name).partition("-")
    if told == "phase":
        return Words(f"第{_CHINESE_NUMERALS[int(part)]}阶段", f"Phase {part}"), None
    year = int(told)
    match part[:1], part[1:]:
        case "", _:
            return Words(f"{year}年", str(year)), None
        case "Y", years:
            last = year + int(years) - 1
            return Words(f"{year}—{last}年", f"{year}–{last}"), None
        case "W", week:
            return _week(date.fromisocalendar(year, int(week), 1))
        case "Q", quarter:
            return Words(f"第{_CHINESE_NUMERALS[int(quarter)]}季度", f"Q{quarter}"), year
        case "H", half:
            return Words("上半年", "First-half") if half == "1" else Words("下半年", "Second-half"), year
        case _:
            month = date(year, int(part), 1)
            return Words(f"{month.month}月", f"{month:%B}"), year


def _week(first: date) -> tuple[Words, int | None]:
    last = first + 6 * _DAY
    if first.year != last.year:
        zh, en = (tuple(show(FullDay(day), language) for day in (first, last)) for language in (CHINESE, ENGLISH))
    else:
        zh, en = (tuple(in_year(day, language) for day in (first, last)) for language in (CHINESE, ENGLISH))
    return Words("—".join(zh), " – ".join(en)), first.year if first.year == last.year else None


def _months(name: str, year: int, month: int, count: int) -> Period:
    after = month + count
    last = date(year + after // 13, (after - 1) % 12 + 1, 1) - _DAY
    return Period(name, date(year, month, 1), last)


def _years(first: int, count: int) -> Period:
    name = f"{first}" if count == 1 else f"{first}-Y{count}"
    return Period(name, date(first, 1, 1), date(first + count - 1, 12, 31))


def _calendar(cadence: Cadence, campaign: Period) -> Iterator[Period]:
    """The whole periods of the calendar that have a day in the campaign."""
    day = campaign.first
    while day <= campaign.last:
        whole = containing(cadence, day)
        yield whole
        day = whole.last + _DAY


def _cut(every: Iterable[Period], campaign: Period) -> Iterator[Period]:
    """Each of them as far as the campaign has it, if enough days of it remain."""
    for whole in every:
        part = Period(whole.name, max(whole.first, campaign.first), min(whole.last, campaign.last))
        if part.days >= DAYS_THAT_MAKE_A_PERIOD:
            yield part
