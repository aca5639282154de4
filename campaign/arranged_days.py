"""The days off and the days worked that an installation arranges itself, as the notice of 国务院办公厅 names them each
autumn for the next year: a text with a line for each stretch of days.

    # 国务院办公厅关于2027年部分节假日安排的通知
    2027-02-05 2027-02-11 休 春节
    2027-02-20 班
"""

import re
from datetime import date, timedelta
from typing import Final
from unicodedata import normalize

from talk.texts import Say

LONGEST: Final = 31
"""Days of a stretch at the most: more is a slip of the hand."""

_DAY: Final = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_LINE: Final = re.compile(rf"{_DAY}(?:[\s,~至到—-]+{_DAY})?[\s,]*(休|放假|off|班|上班|work)(?:[\s,].*)?", re.IGNORECASE)
_WORKED: Final = ("班", "上班", "work")


class ArrangementError(ValueError):
    """A line that cannot be used; `what` says which and why."""

    def __init__(self, what: Say) -> None:
        super().__init__(what.id)
        self.what = what


def read(text: str) -> dict[date, bool]:
    """Return the days of a text, each with whether it is worked. ArrangementError for the first line that cannot be
    used: one that is no stretch of days, or that says of a day the contrary of a line before.
    """
    found: dict[date, bool] = {}
    for number, written in enumerate(text.splitlines(), 1):
        line = normalize("NFKC", written).partition("#")[0].strip()
        if not line:
            continue
        first, last, worked = _stretch(line, number)
        for away in range((last - first).days + 1):
            day = first + timedelta(days=away)
            if found.setdefault(day, worked) is not worked:
                raise ArrangementError(Say("holidays-twice", line=number, day=day))
    return found


def _stretch(line: str, number: int) -> tuple[date, date, bool]:
    matched = _LINE.fullmatch(line)
    if matched is None:
        raise ArrangementError(Say("holidays-line", line=number, given=line[:40]))
    *days, kind = matched.groups()
    try:
        first = date(*map(int, days[:3]))
        last = first if days[3] is None else date(*map(int, days[3:]))
    except ValueError:
        raise ArrangementError(Say("holidays-no-day", line=number, given=line[:40])) from None
    if (last - first).days not in range(LONGEST):
        raise ArrangementError(Say("holidays-stretch", line=number, limit=LONGEST))
    return first, last, kind.lower() in _WORKED
