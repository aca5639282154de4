"""The periods of a campaign: `once`, `2023-06`, `2023-W23` (ISO), `2023-Q2`, `2023-H1`, `phase-2`.

A period has both its first and its last day. One that the campaign cuts exists if 7 days of it remain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from talk.texts import CHINESE, ENGLISH, Words, show

Cadence = Literal["once", "weekly", "monthly", "quarterly", "half-yearly", "phase", "continuous", "event"]
"""How often something is owed; `continuous` has one period and no end, `event` has no periods."""

ONCE = "once"
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
        case "once" | "phase" | "continuous" | "event":
            raise ValueError(f"the calendar has no period for {cadence}")


def periods(cadence: Cadence, campaign: Period, phases: Sequence[Period]) -> tuple[Period, ...]:
    """The periods of a cadence in a campaign, in order, cut to the campaign's days."""
    match cadence:
        case "once" | "continuous":
            return (Period(ONCE, campaign.first, campaign.last),)
        case "phase":
            return tuple(phases)
        case "event":
            return ()
        case "weekly" | "monthly" | "quarterly" | "half-yearly":
            return tuple(_cut(cadence, campaign))


def named(campaign: Period, phases: Sequence[Period]) -> dict[str, Period]:
    """Every period of a campaign by its name."""
    cadences: tuple[Cadence, ...] = ("once", "weekly", "monthly", "quarterly", "half-yearly", "phase")
    return {period.name: period for cadence in cadences for period in periods(cadence, campaign, phases)}


def shown(name: str) -> Words:
    """A period as people read it: 6月, 第二季度, 上半年, 第二阶段, 6月5日—6月11日, 41号, D-0619-07; nothing for
    `once`.
    """
    if name == ONCE:
        return Words("", "")
    if name.startswith(HAZARD):
        number = name.removeprefix(HAZARD)
        return Words(f"{number}号", f"No. {number}")
    if name.startswith(PERMIT):
        code = name.removeprefix(PERMIT)
        return Words(code, code)
    year, _, part = name.partition("-")
    if year == "phase":
        return Words(f"第{_CHINESE_NUMERALS[int(part)]}阶段", f"Phase {part}")
    match part[0], part[1:]:
        case "W", week:
            first = date.fromisocalendar(int(year), int(week), 1)
            last = first + 6 * _DAY
            return Words(
                f"{show(first, CHINESE)}—{show(last, CHINESE)}", f"{show(first, ENGLISH)} – {show(last, ENGLISH)}"
            )
        case "Q", quarter:
            return Words(f"第{_CHINESE_NUMERALS[int(quarter)]}季度", f"Q{quarter}")
        case "H", half:
            return Words("上半年", "First-half") if half == "1" else Words("下半年", "Second-half")
        case _:
            month = date(int(year), int(part), 1)
            return Words(f"{month.month}月", f"{month:%B}")


def _months(name: str, year: int, month: int, count: int) -> Period:
    after = month + count
    last = date(year + after // 13, (after - 1) % 12 + 1, 1) - _DAY
    return Period(name, date(year, month, 1), last)


def _cut(cadence: Cadence, campaign: Period) -> Sequence[Period]:
    found = []
    day = campaign.first
    while day <= campaign.last:
        whole = containing(cadence, day)
        part = Period(whole.name, max(whole.first, campaign.first), min(whole.last, campaign.last))
        if part.days >= DAYS_THAT_MAKE_A_PERIOD:
            found.append(part)
        day = whole.last + _DAY
    return found
