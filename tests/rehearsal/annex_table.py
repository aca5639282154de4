"""What became of the annex tables: by the bot, by what the chats say, and every cell counted anew."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from service.imports import columns
from service.imports.sheets import read_sheet
from service.registry.enterprise_rows import COLUMNS
from storage.tables import annex_tables, answers, audit, conversations, hazard_steps, hazards
from tests import recount
from tests.recount import OWN, Column, Figures, Known, Records, Report
from tests.rehearsal import reading
from tests.rehearsal.filing import DUE
from tests.rehearsal.stage import REGISTRY, ZONE, Stage

FILED = re.compile(r"^✅ (\d+)月调度表已于(\d+)月(\d+)日", re.MULTILINE)
RETURNED = re.compile(r"退回了调度表：")
TALKS = (
    *("hazard-report", "criteria-check", "hazard-update", "weekly-rectification", "hazard-decision", "hazard-listing"),
)
ABOUT = re.compile(r"^hazard/(\d+)/(evaluated|relapsed)$")
CITY_BUREAU = "沈阳市应急管理局"


@dataclass(frozen=True, slots=True)
class Month:
    """A month's tables: how many columns were filed in time and late, how often a leader sent one back, how many were
    filed once more since the city returned a cell.
    """

    in_time: int = 0
    late: int = 0
    returned: int = 0
    corrected: int = 0


@dataclass(frozen=True, slots=True)
class Filings:
    """The annex tables of a rehearsal, by month."""

    months: Mapping[int, Month]

    def __str__(self) -> str:
        rows = [f"{'annex table of':20}{'in time':>8}{'late':>6}{'returned':>10}{'corrected':>11}"]
        for name, one in self.months.items():
            month = f"2023-{name:02}"
            rows.append(f"{month:20}{one.in_time:>8}{one.late:>6}{one.returned:>10}{one.corrected:>11}")
        return "\n".join(rows)


def tabulate_filings(conn: Connection) -> Filings:
    """By the bot."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    filed = select(annex_tables).where(annex_tables.c.state == "filed")
    for row in conn.execute(filed):
        month = int(row.month[-2:])
        if row.version > 1:
            counts[month]["corrected"] += 1
        else:
            counts[month]["in_time" if _in_time(month, row.filed_at.astimezone(ZONE).date()) else "late"] += 1
    for row in conn.execute(select(audit).where(audit.c.event == "annex-returned")):
        counts[int(row.subject.split("/")[1][-2:])]["returned"] += not row.data["row"]
    return Filings({month: Month(**counts[month]) for month in sorted(counts)})


def count_filings(stage: Stage) -> Filings:
    """By the chats of those who filed."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for person in stage.people:
        if person.role not in ("clerk", "city"):
            continue
        filed: set[int] = set()
        for shown in person.chat.shown:
            for said in FILED.finditer(shown.text):
                month, day = int(said[1]), date(2023, int(said[2]), int(said[3]))
                if month in filed:
                    counts[month]["corrected"] += 1
                else:
                    counts[month]["in_time" if _in_time(month, day) else "late"] += 1
                filed.add(month)
            card = reading.annex_in(shown.text)
            if card is not None and RETURNED.search(shown.text) and not reading.RETURNED_CELL.search(shown.text):
                counts[card[1]]["returned"] += 1
    return Filings({month: Month(**counts[month]) for month in sorted(counts)})


def _in_time(month: int, day: date) -> bool:
    return day <= date(2023, month, DUE)


@dataclass(frozen=True, slots=True)
class Compared:
    """How much of the filed tables was counted anew, and what differs, in words."""

    tables: int
    cells: int
    corrections: int
    steps: int
    """Steps of hazards that can change a figure, each with the answer that made it."""
    mismatches: tuple[str, ...]
    totals: Mapping[str, Decimal]
    """What all tables have of each row, so that nobody compares nothing with nothing."""

    def __str__(self) -> str:
        heading = f"filed tables counted anew from raw rows: {self.tables}, cells compared: {self.cells}"
        found = (
            f"steps of hazards: {self.steps}, named corrections: {self.corrections}, mismatches: {len(self.mismatches)}"
        )
        return "\n".join((heading, found, *self.mismatches))


@dataclass(frozen=True, slots=True)
class Filed:
    """A filed table of some column: what counted for it."""

    month: str
    at: datetime
    records: Mapping[str, Records]


def compare(stage: Stage) -> Compared:
    """Every cell of every filed table, and what it names as corrected, with what the raw rows say."""
    return stage.app.database.look(_compare)


def _compare(conn: Connection) -> Compared:
    entries, changed, steps = recount.entered(conn), recount.changes(conn), _steps(conn)
    wrong: list[str] = []
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    cells = corrections = tables = 0
    former: defaultdict[str, list[Filed]] = defaultdict(list)
    reports: defaultdict[str, list[Report]] = defaultdict(list)
    filed = select(annex_tables).where(annex_tables.c.state == "filed")
    for row in conn.execute(filed.order_by(annex_tables.c.month, annex_tables.c.version)).mappings():
        column, month, at = row["district"], row["month"], row["filed_at"]
        known = partial(_counting, steps, entries, column)
        counting = known(month, at)
        whole = Column(name=column, entries=entries, changed=changed, reports=reports[column], known=known)
        owned, by_hand = whole.reported(month, at)
        reports[column].append(Report(month, at, by_hand))
        stored = {cell["row"]: tuple(map(Decimal, cell["values"])) for cell in row["cells"]["cells"]}
        where = f"{column} {month} version {row['version']}"
        wrong += _differences(where, stored, owned)
        cells += len(owned)
        tables += 1
        for name, numbers in owned.items():
            totals[name] += sum(numbers)
        # The last version of the last month that had been filed by then.
        earlier = [one for one in former[column] if one.month < month and one.at <= at]
        due = _corrections(earlier[-1], counting) if earlier else set()
        former[column].append(Filed(month, at, counting))
        named = {(one[0], one[1], bool(one[2])) for one in row["cells"]["corrections"]}
        corrections += len(due)
        wrong += [f"{where}: {one} is named as a correction and is none" for one in sorted(named - due)]
        wrong += [f"{where}: {one} is a correction and not named" for one in sorted(due - named)]
    told = [step for _, steps_ in steps for step in steps_ if step.event in recount.TELLING]
    wrong += _groundless(conn, told)
    return Compared(tables, cells, corrections, len(told), tuple(wrong), totals)


def _counting(
    steps: Sequence[tuple[Known, Sequence["Told"]]],
    entries: Sequence[Mapping[str, Any]],
    column: str,
    month: str,
    at: datetime,
) -> Mapping[str, Records]:
    """What counted for a month of a column at an instant."""
    return recount.records(_known(steps, month, at), entries, column, month, at.astimezone(ZONE))


def _differences(where: str, stored: Mapping[str, Figures], owned: Mapping[str, Figures]) -> list[str]:
    return [
        f"{where} {name}: filed {_shown(stored.get(name))}, counted {_shown(owned.get(name))}"
        for name in sorted({*stored, *owned})
        if stored.get(name) != owned.get(name)
    ]


def _shown(figures: Figures | None) -> str:
    return "nothing" if figures is None else "、".join(f"{one:f}" for one in figures)


def _corrections(before: Filed, counting: Mapping[str, Records]) -> set[tuple[str, str, bool]]:
    """What changes a month that was filed: records of its days that it did not know, and those that count no more."""
    late = {
        (row, name, True)
        for row, names in counting.items()
        for name, day in names.items()
        if name not in before.records[row] and day < recount.after(before.month)
    }
    return late | {
        (row, name, False) for row, names in before.records.items() for name in names if name not in counting[row]
    }


@dataclass(frozen=True, slots=True)
class Told:
    """A step of a hazard as it is kept."""

    hazard: int
    at: datetime
    event: str
    day: date


def _steps(conn: Connection) -> list[tuple[Known, Sequence[Told]]]:
    """Every hazard with its steps. In which column it counts is read from the list that was imported."""
    rows = read_sheet(REGISTRY, COLUMNS).rows
    column_of = {
        row.cells[columns.CODE]: OWN if row.cells["监管单位"] == CITY_BUREAU else row.cells["所属区县"] for row in rows
    }
    steps: defaultdict[int, list[Told]] = defaultdict(list)
    unsure: set[int] = set()
    for row in conn.execute(select(hazard_steps).order_by(hazard_steps.c.id)):
        at = row.at.astimezone(ZONE)
        day = date.fromisoformat(row.data["date"]) if row.event == "list" else at.date()
        steps[row.hazard].append(Told(row.hazard, at, row.event, day))
        if row.event == "found" and row.data["criterion"] is None:
            unsure.add(row.hazard)
    return [
        (
            Known(
                one.id,
                column_of[one.enterprise],
                one.origin == "enterprise",
                steps[one.id][0].at,
                major=one.id not in unsure,
            ),
            steps[one.id],
        )
        for one in conn.execute(select(hazards).order_by(hazards.c.id))
    ]


def _known(steps: Sequence[tuple[Known, Sequence[Told]]], month: str, filed: datetime) -> list[Known]:
    """The hazards as they were known when a month was filed."""
    found = []
    for one, told in steps:
        known = Known(one.number, one.column, one.own, one.found, major=one.major)
        for step in told:
            if step.at <= filed and step.day < recount.after(month):
                known.take(step.event, step.day)
        found.append(known)
    return found


def _groundless(conn: Connection, steps: Sequence[Told]) -> list[str]:
    """Steps that no answer made: every one of them comes from a talk that ended at its instant."""
    said: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    of_hazards = conversations.c.dialog.in_(TALKS) & (conversations.c.state == "finished")
    for one in conn.execute(
        select(answers.c.conversation, answers.c.key, answers.c.value)
        .join(conversations, conversations.c.id == answers.c.conversation)
        .where(of_hazards, answers.c.current)
    ):
        said[one.conversation][one.key] = one.value
    ground: set[tuple[str, int | str, datetime]] = set()
    for talk in conn.execute(select(conversations).where(of_hazards)):
        match talk.dialog:
            case "hazard-report":
                ground.add(("found", talk.brief["enterprise"], talk.finished_at))
            case "criteria-check":
                if any(key.endswith("/state") and value != "not" for key, value in said[talk.id].items()):
                    ground.add(("found", talk.brief["enterprise"], talk.finished_at))
            case "hazard-decision":
                ground.add((talk.brief["act"], talk.brief["number"], talk.finished_at))
            case "hazard-listing":
                ground.add(("list", talk.brief["number"], talk.finished_at))
            case _:
                for key, value in said[talk.id].items():
                    found = ABOUT.match(key)
                    if found is not None and (found[2] == "relapsed" or value in (True, "evaluated")):
                        event = "relapse" if found[2] == "relapsed" else "evaluate"
                        ground.add((event, int(found[1]), talk.finished_at))
    where = {one.id: one.enterprise for one in conn.execute(select(hazards.c.id, hazards.c.enterprise))}
    return [
        f"{step.event} of hazard {step.hazard} at {step.at:%Y-%m-%d %H:%M}: no answer says so"
        for step in steps
        if (step.event, where[step.hazard] if step.event == "found" else step.hazard, step.at) not in ground
    ]
