"""The days off and the days worked that an installation arranges itself, as the notice of 国务院办公厅 names them each
autumn for the next year: a text with a line for each stretch of days.

    # 国务院办公厅关于2027年部分节假日安排的通知
    2027-02-05 2027-02-11 休 春节
    2027-02-20 班

or, in a file of YAML, by years:

    2027:
      off: [2027-01-01, 2027-02-05 2027-02-11]
      on: [2027-02-20]
"""

import re
from datetime import date, timedelta
from typing import Final
from unicodedata import normalize

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from talk.texts import FullDay, Say

LONGEST: Final = 31
"""Days of a stretch at the most: more is a slip of the hand."""

_DAY: Final = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_LINE: Final = re.compile(rf"{_DAY}(?:[\s,~至到—-]+{_DAY})?[\s,]*(休|放假|off|班|上班|work)(?:[\s,].*)?", re.IGNORECASE)
_WORKED: Final = ("班", "上班", "work")
_STRETCH: Final = re.compile(rf"{_DAY}(?:[\s,~至到—-]+{_DAY})?")
_KINDS: Final = {"off": False, "on": True}
_NULL: Final = "tag:yaml.org,2002:null"
_YEAR: Final = re.compile(r"20\d\d")


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
        days, worked = _stretch(line, number)
        for day in days:
            if found.setdefault(day, worked) is not worked:
                raise ArrangementError(Say("holidays-twice", line=number, day=day))
    return found


def read_years(text: str) -> dict[date, bool]:
    """Return the days of a text of YAML, each with whether it is worked. ArrangementError for the first place that
    cannot be used: one that is no day or stretch of days, a day of another year than the one above it, a day or a year
    that stands there twice.
    """
    found: dict[date, bool] = {}
    for year, kinds in _mapping(_composed(text)):
        if _YEAR.fullmatch(str(year.value)) is None:
            raise ArrangementError(Say("holidays-year", line=_line(year), given=str(year.value)[:40]))
        for kind, days in _mapping(kinds):
            if kind.value not in _KINDS or not isinstance(days, SequenceNode):
                raise ArrangementError(Say("holidays-kind", line=_line(kind), given=str(kind.value)[:40]))
            for item in days.value:
                _take(found, item, int(year.value), worked=_KINDS[kind.value])
    return found


def _take(found: dict[date, bool], item: Node, year: int, *, worked: bool) -> None:
    given = normalize("NFKC", str(item.value)).strip() if isinstance(item, ScalarNode) else "[]"
    matched = _STRETCH.fullmatch(given)
    if matched is None:
        raise ArrangementError(Say("holidays-day", line=_line(item), given=given[:40]))
    for day in _days(list(matched.groups()), _line(item), given):
        if day.year != year:
            raise ArrangementError(Say("holidays-other-year", line=_line(item), day=FullDay(day), year=str(year)))
        if day in found:
            at = _line(item)
            if found[day] is worked:
                raise ArrangementError(Say("holidays-again", line=at, day=FullDay(day)))
            raise ArrangementError(Say("holidays-twice", line=at, day=FullDay(day)))
        found[day] = worked


def _composed(text: str) -> Node | None:
    try:
        node = yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ArrangementError(Say("holidays-not-yaml", line=line)) from None
    except (yaml.YAMLError, RecursionError):
        raise ArrangementError(Say("holidays-not-yaml", line=1)) from None
    return node


def _mapping(node: Node | None) -> list[tuple[Node, Node]]:
    if node is None or (isinstance(node, ScalarNode) and node.tag == _NULL):
        return []
    if not isinstance(node, MappingNode):
        raise ArrangementError(Say("holidays-not-yaml", line=_line(node)))
    seen = set[str]()
    for key, _ in node.value:
        if str(key.value) in seen:
            raise ArrangementError(Say("holidays-key-twice", line=_line(key), given=str(key.value)[:40]))
        seen.add(str(key.value))
    return list(node.value)


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _stretch(line: str, number: int) -> tuple[list[date], bool]:
    matched = _LINE.fullmatch(line)
    if matched is None:
        raise ArrangementError(Say("holidays-line", line=number, given=line[:40]))
    *days, kind = matched.groups()
    return _days(days, number, line), kind.lower() in _WORKED


def _days(days: list[str | None], number: int, given: str) -> list[date]:
    """The days from one to another, as their numbers stand in the line of a number; the second may be missing."""
    try:
        first = date(*(int(part or 0) for part in days[:3]))
        last = first if days[3] is None else date(*(int(part or 0) for part in days[3:]))
    except ValueError:
        raise ArrangementError(Say("holidays-no-day", line=number, given=given[:40])) from None
    if (last - first).days not in range(LONGEST):
        raise ArrangementError(Say("holidays-stretch", line=number, limit=LONGEST))
    return [first + timedelta(days=away) for away in range((last - first).days + 1)]
