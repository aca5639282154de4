"""What came of a rehearsal, by obligation, and in the ledger of hazards: the bot's own figures."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Connection, case, func, select

from campaign.pack import Pack
from storage.duties import is_late, is_unmet
from storage.tables import duties, hazard_steps, hazards, outbox
from tests.rehearsal.annex_table import Filings, tabulate_filings
from tests.rehearsal.permit_table import Permits, tabulate_permits
from tests.rehearsal.stage import Stage

WEEKLY = "weekly-rectification"

SHOWN = re.compile(r"a:(show|fill|bundle):([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Line:
    """An obligation (or a bundle, which has reminders only) in figures.

    `late` are those of the answered that came after their due day, or whose deed did; `unmet` those that do not meet
    their clause; `reminders` are the messages that named it on their first screen to somebody who owes it.
    """

    opened: int = 0
    answered: int = 0
    late: int = 0
    unmet: int = 0
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the hazards that one side found; rectified as the annex counts it: of an enterprise's own those
    that were evaluated, of a department's those that passed its 复查.
    """

    found: int = 0
    rectified: int = 0
    closed: int = 0
    left_out: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger in figures. `days`: from finding to closure, the median of what is closed."""

    enterprises: Found
    departments: Found
    moved: int
    failed: int
    looked_back: int
    reopened: int
    owed: int
    answered: int
    withdrawn: int
    days: float

    def __str__(self) -> str:
        rows = [f"{'hazards found by':20}{'found':>8}{'rectified':>10}{'closed':>8}{'left out':>11}{'open':>6}"]
        for name, one in (("enterprises", self.enterprises), ("departments", self.departments)):
            rows.append(f"{name:20}{one.found:>8}{one.rectified:>10}{one.closed:>8}{one.left_out:>11}{one.open:>6}")
        rows.append(f"deadlines moved: {self.moved}; re-inspections failed: {self.failed}")
        rows.append(f"looked back and sound: {self.looked_back}; opened again: {self.reopened}")
        rows.append(
            f"weekly check-ins owed: {self.owed}, answered: {self.answered}, taken back at closure: {self.withdrawn}"
        )
        rows.append(f"days from finding to closure: {self.days:.1f}")
        return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a rehearsal. `owing`: how many people owe an obligation."""

    lines: Mapping[str, Line]
    owing: Mapping[str, int]
    ledger: Ledger
    permits: Permits
    filings: Filings
    sent: int

    def __str__(self) -> str:
        rows = [
            f"{'obligation':20}{'opened':>8}{'answered':>10}{'late':>6}{'unmet':>7}{'reminders':>11}{'a person':>10}"
        ]
        for name, line in self.lines.items():
            each = line.reminders / self.owing[name] if self.owing[name] else 0
            figures = f"{line.opened:>8}{line.answered:>10}{line.late:>6}{line.unmet:>7}{line.reminders:>11}"
            rows.append(f"{name:20}{figures}{each:>10.2f}")
        rows += ["", str(self.ledger), "", str(self.permits), "", str(self.filings), "", f"messages sent: {self.sent}"]
        return "\n".join(rows)


def tabulate(stage: Stage) -> Table:
    """The table, by the database."""
    permits = tabulate_permits(stage)
    return stage.app.database.look(lambda conn: _tabulate(conn, stage.app.context.pack, permits))


def _tabulate(conn: Connection, pack: Pack, permits: Permits) -> Table:
    late = case((is_late(), 1), else_=0)
    unmet = case((is_unmet(), 1), else_=0)
    answered = case((duties.c.answered_at.is_not(None), 1), else_=0)
    counted = conn.execute(
        select(
            duties.c.obligation,
            func.count(),
            func.sum(answered),
            func.sum(late),
            func.sum(unmet),
            func.count(duties.c.subject.distinct()),
        )
        .where(duties.c.status != "withdrawn")
        .group_by(duties.c.obligation)
    ).all()
    named = _named_by_buttons(conn, pack)
    figures = {row[0]: Line(row[1], row[2], row[3], row[4], named[row[0]]) for row in counted}
    owing = {row[0]: int(row[5]) for row in counted}
    for bundle in pack.bundles:
        parts = [part.obligation for part in bundle.parts]
        figures[bundle.id] = Line(reminders=named[bundle.id])
        owing[bundle.id] = conn.execute(
            select(func.count(duties.c.subject.distinct())).where(
                duties.c.obligation.in_(parts), duties.c.status != "withdrawn"
            )
        ).scalar_one()
    order = [*(one.id for one in pack.obligations), *(bundle.id for bundle in pack.bundles)]
    sent = conn.execute(select(func.count()).where(outbox.c.state == "sent")).scalar_one()
    return Table(
        {name: figures[name] for name in order if name in figures},
        owing,
        _ledger(conn),
        permits,
        tabulate_filings(conn),
        sent,
    )


def _ledger(conn: Connection) -> Ledger:
    steps = Counter(conn.execute(select(hazard_steps.c.event)).scalars())
    weekly = Counter(conn.execute(select(duties.c.status).where(duties.c.obligation == WEEKLY)).scalars())
    closed = conn.execute(select(hazards.c.found_at, hazards.c.closed_at).where(hazards.c.state == "closed")).all()
    return Ledger(
        enterprises=_found(conn, "enterprise", ("evaluated", "reinspected", "closed")),
        departments=_found(conn, "department", ("reinspected", "closed")),
        moved=steps["deadline"],
        failed=steps["failed"],
        looked_back=steps["look_back"],
        reopened=steps["reopen"],
        owed=weekly.total() - weekly["withdrawn"],
        answered=weekly["answered"],
        withdrawn=weekly["withdrawn"],
        days=round(median(((end - start).total_seconds() / 86_400 for start, end in closed)), 1) if closed else 0,
    )


def _found(conn: Connection, origin: str, rectified: tuple[str, ...]) -> Found:
    states = Counter(conn.execute(select(hazards.c.state).where(hazards.c.origin == origin)).scalars())
    ended = states["closed"], states["not_major"] + states["merged"] + states["withdrawn"]
    return Found(states.total(), sum(states[one] for one in rectified), *ended, states.total() - sum(ended))


def _named_by_buttons(conn: Connection, pack: Pack) -> Counter[str]:
    """How often reminders that were sent lead to a duty or a bundle."""
    bundles = {bundle.id for bundle in pack.bundles}
    obligation = {row.id: row.obligation for row in conn.execute(select(duties.c.id, duties.c.obligation))}
    found: Counter[str] = Counter()
    bodies = select(outbox.c.body).where(outbox.c.kind.in_(("reminder", "morning")), outbox.c.state == "sent")
    for body in conn.execute(bodies).scalars():
        found.update(
            name if name in bundles else obligation[int(name)]
            for name in {name for _, name in SHOWN.findall(str(body["buttons"]))}
        )
    return found
