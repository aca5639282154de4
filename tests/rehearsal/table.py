"""What came of a rehearsal, by obligation, and an independent count of the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from campaign.duties import title_of
from campaign.pack import Pack
from storage.tables import duties, hazard_steps, hazards, outbox, receipts
from tests.rehearsal.people import Person
from tests.rehearsal.stage import Stage

SHOWN = re.compile(r"a:(show|fill|bundle):([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Line:
    """An obligation (or a bundle, which has reminders only) in figures.

    `late` are those of the answered that came after their due day; `reminders` are the messages that named
    it on their first screen to somebody who owes it.
    """

    opened: int = 0
    answered: int = 0
    late: int = 0
    reminders: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a rehearsal. `owing`: how many people owe an obligation."""

    lines: Mapping[str, Line]
    owing: Mapping[str, int]
    sent: int

    def __str__(self) -> str:
        rows = [f"{'obligation':20}{'opened':>8}{'answered':>10}{'late':>6}{'reminders':>11}{'a person':>10}"]
        for name, line in self.lines.items():
            each = line.reminders / self.owing[name] if self.owing[name] else 0
            rows.append(f"{name:20}{line.opened:>8}{line.answered:>10}{line.late:>6}{line.reminders:>11}{each:>10.2f}")
        rows.append(f"messages sent: {self.sent}")
        return "\n".join(rows)


def tabulate(stage: Stage) -> Table:
    """The table, by the database."""
    return stage.app.door.look(lambda conn: _tabulate(conn, stage.app.house.pack))


def _tabulate(conn: Connection, pack: Pack) -> Table:
    late = case((duties.c.answered_at > duties.c.due, 1), else_=0)
    answered = case((duties.c.answered_at.is_not(None), 1), else_=0)
    counted = conn.execute(
        select(
            duties.c.obligation,
            func.count(),
            func.sum(answered),
            func.sum(late),
            func.count(duties.c.subject.distinct()),
        )
        .where(duties.c.status != "withdrawn")
        .group_by(duties.c.obligation)
    ).all()
    named = _named_by_buttons(conn, pack)
    figures = {row[0]: Line(row[1], row[2], row[3], named[row[0]]) for row in counted}
    owing = {row[0]: int(row[4]) for row in counted}
    for bundle in pack.bundles:
        parts = [part.obligation for part in bundle.parts]
        figures[bundle.id] = Line(reminders=named[bundle.id])
        owing[bundle.id] = conn.execute(
            select(func.count(duties.c.subject.distinct())).where(duties.c.obligation.in_(parts))
        ).scalar_one()
    order = [*(one.id for one in pack.obligations), *(bundle.id for bundle in pack.bundles)]
    sent = conn.execute(select(func.count()).where(outbox.c.state == "sent")).scalar_one()
    return Table({name: figures[name] for name in order if name in figures}, owing, sent)


def _named_by_buttons(conn: Connection, pack: Pack) -> Counter[str]:
    """How often reminders that were sent lead to a duty or a bundle."""
    bundles = {bundle.id for bundle in pack.bundles}
    obligation = {row.id: row.obligation for row in conn.execute(select(duties.c.id, duties.c.obligation))}
    found: Counter[str] = Counter()
    bodies = select(outbox.c.body).where(outbox.c.kind == "reminder", outbox.c.state == "sent")
    for body in conn.execute(bodies).scalars():
        found.update(
            name if name in bundles else obligation[int(name)]
            for name in {name for _, name in SHOWN.findall(str(body["buttons"]))}
        )
    return found


def count(stage: Stage) -> Table:
    """The same table by other ways: raw rows, receipts, and what people saw."""
    rows = stage.app.door.look(lambda conn: conn.execute(select(duties)).all())
    owed = [row for row in rows if row.status != "withdrawn"]
    handed_in = stage.app.door.look(lambda conn: conn.execute(select(receipts)).all())
    pack = stage.app.house.pack
    newest: dict[int, datetime] = {}
    for receipt in handed_in:
        newest[receipt.duty] = max(receipt.at, newest.get(receipt.duty, receipt.at))
    newest |= stage.app.door.look(_reported)
    opened: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    late: Counter[str] = Counter()
    owing: defaultdict[str, set[str]] = defaultdict(set)
    titles: dict[tuple[str, str], str] = {}
    bundles = {bundle.title.zh: bundle for bundle in pack.bundles}
    for duty in owed:
        name = duty.obligation
        opened[name] += 1
        owing[name].add(duty.subject)
        titles[duty.subject, title_of(pack.obligation(name), duty.period).zh] = name
        for bundle in bundles.values():
            if name in {part.obligation for part in bundle.parts}:
                owing[bundle.id].add(duty.subject)
        if duty.id in newest:
            answered[name] += 1
            late[name] += duty.due is not None and newest[duty.id] > duty.due
    titles |= {(person.subject, title): bundle.id for person in stage.people for title, bundle in bundles.items()}
    reminders = Counter(name for person in stage.people for name in _seen(person, titles))
    order = [*(one.id for one in pack.obligations if one.id in opened), *(bundle.id for bundle in pack.bundles)]
    lines = {name: Line(opened[name], answered[name], late[name], reminders[name]) for name in order}
    return Table(
        lines,
        {name: len(owing[name]) for name in order},
        # A file that comes with words is no message of its own.
        sum(call.status == 200 and call.method != "senddocument" for call in stage.api.sends()),
    )


def _reported(conn: Connection) -> dict[int, datetime]:
    """When the report of each hazard was complete, by its duty: the ledger tells it, with or without a receipt."""
    planned = select(hazard_steps.c.hazard, func.min(hazard_steps.c.at).label("at")).where(
        hazard_steps.c.event.in_(("plan", "finish"))
    )
    later = {row.hazard: row.at for row in conn.execute(planned.group_by(hazard_steps.c.hazard))}
    known = {row.id: row for row in conn.execute(select(hazards).where(hazards.c.state != "found"))}
    named = conn.execute(select(duties.c.id, duties.c.period).where(duties.c.period.like("hazard/%"))).all()
    numbers = {row.id: int(row.period.removeprefix("hazard/")) for row in named}
    return {duty: later.get(number, known[number].found_at) for duty, number in numbers.items() if number in known}


def _seen(person: Person, titles: Mapping[tuple[str, str], str]) -> list[str]:
    return [titles[person.subject, title] for push in person.pushes for title in push.titles]
