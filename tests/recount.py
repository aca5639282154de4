"""The annex table counted anew, slowly and plainly, from raw rows: it knows neither the ledger nor the rules of the
count (`campaign.annex_count`), only what a hazard went through and what was entered, each with its instant.

Of every row it says which records it counts, and the day of each, so that what a later month corrects can be told too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from storage.tables import answers, bureau_actions, conversations

OWN = "市本级"
BOTH = {"C3": 2, "C8": 2}
"""Rows with two figures."""
IN_ENTERPRISES = frozenset({*(f"B{number}" for number in range(1, 9)), "C6", "C7"})
"""Rows in which an enterprise counts once, however often it was met."""
ROWS = (
    *(f"A{number}" for number in range(1, 7)),
    *(f"B{number}" for number in range(1, 9)),
    *(f"C{number}" for number in range(1, 11)),
)
TELLING = frozenset(
    {"found", "evaluate", "passed", "failed", "relapse", "reopen", "close", "list", "lift"}
    | {"not_major", "major", "merge", "withdraw"}
)
"""What can change a figure."""

Figures = tuple[Decimal, ...]
Records = dict[str, date]
"""By its name the day of a record that counts."""


@dataclass
class Known:
    """What is known of a hazard up to an instant: since which day it is evaluated, re-inspected, listed, lifted."""

    number: int
    column: str
    own: bool
    found: datetime
    """In the zone of the settings."""
    evaluated: date | None = None
    passed: date | None = None
    major: bool = True
    """Until a department says otherwise, or takes it out of the ledger; what was reported as 说不准 once it says so."""
    listed: date | None = None
    lifted: date | None = None

    def take(self, event: str, day: date) -> None:
        """One more thing that happened to it."""
        match event:
            case "evaluate":
                self.evaluated = day
            case "passed":
                self.passed = day
                self.major = True
            case "failed" | "relapse" | "reopen":
                self.evaluated = self.passed = None
                self.major = self.major or event != "relapse"
            case "not_major" | "merge" | "withdraw":
                self.major = False
            case "major" | "close":
                self.major = True
            case "list":
                self.listed, self.lifted = day, None
                self.major = True
            case "lift":
                self.lifted = day
            case _:
                """A plan, work that goes on and 回头看 change no figure."""


GONE = ("注销", "迁出", "合并")
"""How an enterprise stands that nobody inspects any more, and that owes nothing."""


@dataclass
class Turn:
    """What became of an enterprise from a day on, in the word of the chat: 复产, 注销, 迁出, 合并; 停产 with its last
    day, where that is known.
    """

    enterprise: str
    what: str
    first: date
    last: date | None = None
    into: str = ""
    entered: date | None = None
    taken_back: date | None = None

    def is_known(self, on: date) -> bool:
        """Whether it stands in the registry at the end of a day."""
        return self.entered is not None and self.entered <= on and not (self.taken_back and self.taken_back <= on)


def stands(turns: Iterable[Turn], enterprise: str, day: date, known: date) -> str:
    """How an enterprise stands on a day, by what stands in the registry at the end of another, in the word of the chat:
    正常 where nothing holds.
    """
    word = "正常"
    for turn in sorted(turns, key=lambda turn: turn.first):
        if turn.enterprise != enterprise or not turn.is_known(known) or turn.first > day:
            continue
        over = turn.what == "复产" or (turn.last is not None and turn.last < day)
        word = "正常" if over else turn.what
    return word


def after(month: str) -> date:
    """The day after the last one of a month."""
    year, number = map(int, month.split("-"))
    return date(year + number // 12, number % 12 + 1, 1)


def entered(conn: Connection) -> list[dict[str, Any]]:
    """All that bureaus entered, and the counter-entries."""
    return [dict(row) for row in conn.execute(select(bureau_actions)).mappings()]


def records(
    hazards: Iterable[Known], entries: Sequence[Mapping[str, Any]], column: str, month: str, filed: datetime
) -> dict[str, Records]:
    """What counts for each row of a column. `entries`: all of them; `hazards`: as known by the filing."""
    owned = [
        one
        for one in hazards
        if one.column == column and one.found <= filed and one.found.date() < after(month) and one.major
    ]
    rows: dict[str, Records] = {row: {} for row in ROWS}
    for one in owned:
        name = f"hazard/{one.number}"
        rows["A1" if one.own else "A3"][name] = one.found.date()
        rectified = one.evaluated if one.own else one.passed
        if rectified is not None:
            rows["A2" if one.own else "A4"][name] = rectified
        if one.listed is not None:
            rows["A5"][name] = one.listed
            if one.lifted is not None:
                rows["A6"][name] = one.lifted
    taken_back = {entry["corrects"] for entry in entries if entry["corrects"] and entry["at"] <= filed}
    for entry in entries:
        if entry["district"] != column or entry["corrects"] or entry["at"] > filed or entry["day"] >= after(month):
            continue
        if entry["id"] not in taken_back:
            rows[entry["row"]][f"action/{entry['id']}"] = entry["day"]
    return rows


def figures(counting: Mapping[str, Records], entries: Iterable[Mapping[str, Any]]) -> dict[str, Figures]:
    """The figures of every row, by the records that count for it."""
    by_name = {f"action/{entry['id']}": entry for entry in entries}
    found: dict[str, Figures] = {}
    for row, names in counting.items():
        if row.startswith("A"):
            found[row] = (Decimal(len(names)),)
        elif row in IN_ENTERPRISES:
            found[row] = (Decimal(len({by_name[name]["enterprise"] for name in names})),)
        else:
            sums = [Decimal(0)] * BOTH.get(row, 1)
            for name in names:
                for place, figure in enumerate(by_name[name]["values"]):
                    sums[place] += Decimal(figure)
            found[row] = tuple(sums)
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody answered who put another figure into a cell; no `values`: as counted again."""

    column: str
    month: str
    row: str
    at: datetime
    values: Figures | None


def changes(conn: Connection) -> list[Change]:
    """Every 改数 by the answers that were given, in order."""
    said: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    of_changes = conversations.c.dialog == "annex-override"
    for one in conn.execute(
        select(answers.c.conversation, answers.c.key, answers.c.value)
        .join(conversations, conversations.c.id == answers.c.conversation)
        .where(of_changes, answers.c.current)
    ):
        said[one.conversation][one.key] = one.value
    found = []
    for talk in conn.execute(
        select(conversations)
        .where(of_changes, conversations.c.state == "finished")
        .order_by(conversations.c.finished_at, conversations.c.id)
    ).mappings():
        brief, told = talk["brief"], said[talk["id"]]
        values = (
            tuple(
                Decimal(told[f"figure/{name}"]) / (10_000 if name == "penalty-amount" else 1)
                for name in brief["figures"]
            )
            if not told.get("keep")
            else None
        )
        found.append(Change(brief["column"], brief["month"], brief["row"], talk["finished_at"], values))
    return found


@dataclass(frozen=True, slots=True)
class Report:
    """A filed table of a column: its month, when it was filed, and the rows whose figure differed from the records."""

    month: str
    at: datetime
    by_hand: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the table, to be reported from the raw rows: all that was entered, every 改数, and the tables that
    were filed by then, in the order of their filing. `known` says what counted for a month at an instant.
    """

    name: str
    entries: Sequence[Mapping[str, Any]]
    changed: Sequence[Change]
    reports: Sequence[Report]
    known: Callable[[str, datetime], Mapping[str, Records]]

    def reported(self, month: str, filed: datetime) -> tuple[dict[str, Figures], frozenset[str]]:
        """The figures of a month as they are reported at an instant, and the rows in which they are those of somebody:
        what was changed by hand in the place of what was counted, and in later months what its records still lack.
        """
        counting = self.known(month, filed)
        values = figures(counting, self.entries)
        by_hand = set()
        for one in self._newest(month, filed):
            counted = values[one.row]
            if one.month == month and one.values:
                values[one.row] = one.values
                by_hand.add(one.row)
            elif one.values and (lacking := self._lacking(one, month, filed, counting)):
                values[one.row] = tuple(figure + more for figure, more in zip(counted, lacking, strict=True))
                by_hand.add(one.row)
        return values, frozenset(by_hand)

    def _newest(self, month: str, filed: datetime) -> Iterable[Change]:
        """Of each row what was said last, in the newest month in which anything was."""
        said = [one for one in self.changed if one.column == self.name and one.month <= month and one.at <= filed]
        return {one.row: one for one in sorted(said, key=lambda one: one.month)}.values()

    def _lacking(self, one: Change, month: str, filed: datetime, counting: Mapping[str, Records]) -> Figures | None:
        """What the records lack of a change of an earlier month; nothing where none is missing, or none was any more
        when a table after it was filed.
        """
        earlier = [report for report in self.reports if report.month < month and report.at <= filed]
        last = max(earlier, key=lambda report: report.month, default=None)
        if last is not None and last.month > one.month:
            last = [report for report in earlier if report.month == last.month][-1]
            if one.row not in last.by_hand:
                return None
        at = max([one.at, *(report.at for report in earlier if report.month == one.month)])
        then = figures(self.known(one.month, at), self.entries)[one.row]
        own = {name: day for name, day in counting[one.row].items() if day < after(one.month)}
        now = figures({one.row: own}, self.entries)[one.row]
        found = []
        for put, before, by_now in zip(one.values or (), then, now, strict=True):
            wanted, missing = put - before, put - by_now
            if wanted * missing <= 0:
                found.append(Decimal(0))
            else:
                found.append(wanted if abs(missing) > abs(wanted) else missing)
        return tuple(found) if any(found) else None
