"""Part 4, planning: a month's duties, beside one INSERT … SELECT of the very same rows."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text

from bench import context
from bench.table import Row, at_most, ratio
from service.core.unit_of_work import UnitOfWork
from service.imports.sheets import read_sheet
from service.registry.enterprise_import import import_enterprises
from service.registry.enterprise_rows import COLUMNS
from service.reminders import tick
from storage.tables import duties, enterprise_tags, enterprises

THE_300 = Path(__file__).parents[1] / "tests" / "data" / "enterprises-300.csv"
JUNE = (datetime.fromisoformat("2023-05-31T23:59:59+08:00"), datetime.fromisoformat("2023-06-30T23:59:59+08:00"))


def measure(folder: Path, *, number: int, times: int) -> list[Row]:
    """Plan June for so many enterprises, again and again from nothing."""
    app = context.opened(folder)
    ours: list[float] = []
    bare: list[float] = []
    try:
        app.use(lambda uow: _fill(uow, number))
        # The first round also leaves the rows that the bare statement copies.
        app.use(lambda uow: tick.plan_until(uow, JUNE[0]), now=JUNE[1])
        app.use(lambda uow: _do(uow.conn, "CREATE TABLE bench_rows AS SELECT * FROM duties"))
        rows: int = app.look(lambda uow: uow.conn.execute(select(func.count()).select_from(duties)).scalar_one())
        for _ in range(times):
            app.use(_forget)
            ours.append(_seconds(lambda: app.use(lambda uow: tick.plan_until(uow, JUNE[0]), now=JUNE[1])))
            app.use(_forget)
            bare.append(
                _seconds(lambda: app.use(lambda uow: _do(uow.conn, "INSERT INTO duties SELECT * FROM bench_rows")))
            )
    finally:
        app.close()
    return [
        Row(
            f"planning June for {number:,} enterprises, ms",
            f"App, {rows:,} duties",
            f"{median(ours) * 1000:.1f}",
            "one INSERT … SELECT of these rows",
            f"{median(bare) * 1000:.1f}",
            ratio(ours, bare),
            at_most(3, ratio(ours, bare)),
        )
    ]


def _fill(uow: UnitOfWork, number: int) -> None:
    """Return the 300 enterprises, and copies of them under codes of their own until there are so many."""
    report = import_enterprises(uow, read_sheet(THE_300, COLUMNS).rows)
    if report.refused:
        raise RuntimeError(f"the registry refuses {report.refused}")
    kept = uow.conn.execute(select(enterprises)).mappings().all()
    tags: dict[str, list[str]] = {}
    for row in uow.conn.execute(select(enterprise_tags.c.enterprise, enterprise_tags.c.tag)):
        tags.setdefault(row.enterprise, []).append(row.tag)
    copies = [(context.code(number), kept[number % len(kept)]) for number in range(number - len(kept))]
    if copies:
        uow.conn.execute(insert(enterprises), [{**row, "code": code} for code, row in copies])
        tagged = [{"enterprise": code, "tag": tag} for code, row in copies for tag in tags.get(row["code"], ())]
        uow.conn.execute(insert(enterprise_tags), tagged)


def _forget(uow: UnitOfWork) -> None:
    uow.conn.execute(delete(duties))


def _do(conn: Connection, statement: str) -> None:
    conn.execute(text(statement))


def _seconds(act: Callable[[], Any]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
