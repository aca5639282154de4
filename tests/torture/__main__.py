"""`make torture`: everything fails while people talk to three processes, on each database and with each library; the
table of what came of it on stdout, and exit code 1 where a promise was not kept. The runs share the kills.
"""

import argparse
import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.postgres import memory
from tests.torture.stage import Figures, Kind, Plan, run

DATABASES: tuple[Kind, ...] = ("sqlite", "postgresql")
LIBRARIES = ("ptb", "aiogram")
WIDTH = 46


def main() -> int:
    """Run, print, judge."""
    given = _arguments().parse_args()
    databases = DATABASES if given.database == "both" else (given.database,)
    libraries = LIBRARIES if given.library == "both" else (given.library,)
    combinations = [(database, library) for database in databases for library in libraries]
    if given.keep is not None:
        given.keep.mkdir(exist_ok=True, parents=True)
    found: list[Figures] = []
    for number, (database, library) in enumerate(combinations):
        kills = given.kills // len(combinations) + (number < given.kills % len(combinations))
        plan = Plan(library, database, given.processes, kills, given.talks, given.crews, given.seed + number)
        plan = replace(plan, webhook=given.webhook)
        with TemporaryDirectory(prefix="anzhu-torture-", dir=memory()) as folder:
            figures = asyncio.run(run(plan, Path(folder), keep=given.keep))
        found.append(figures)
        sys.stderr.write(f"{database}, {library}: {figures.seconds:.0f} s\n")
        for what in figures.broken:
            sys.stderr.write(f"  {what}\n")
    sys.stdout.write(_table(found))
    return int(any(figures.broken for figures in found))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="SIGKILLs in all runs together")
    parser.add_argument("--database", choices=(*DATABASES, "both"), default="both")
    parser.add_argument("--library", choices=(*LIBRARIES, "both"), default="both")
    parser.add_argument("--processes", type=int, default=3, help="of `anzhu run`, on one database")
    parser.add_argument("--talks", type=int, default=100, help="conversations in each run")
    parser.add_argument("--crews", type=int, default=4, help="crews with a hot-work permit in each run")
    parser.add_argument("--webhook", action="store_true", help="updates are brought, to each process in turn")
    parser.add_argument("--keep", type=Path, help="a folder for the logs and SQLite databases of the runs")
    parser.add_argument("--seed", type=int, default=11)
    return parser


def _table(found: list[Figures]) -> str:
    lines = [("", [f"{one.plan.database}, {one.plan.library}" for one in found])]
    rows: list[tuple[str, Any]] = [
        ("processes", lambda one: one.plan.processes),
        ("SIGKILLs", lambda one: one.kills),
        ("people who finished / all", lambda one: f"{one.finished} / {one.people}"),
        ("answers acknowledged / stored", lambda one: f"{one.kept.acknowledged} / {one.kept.stored}"),
        ("answers lost", lambda one: one.kept.lost),
        ("answers stored twice", lambda one: one.kept.twice),
        ("updates acknowledged and lost", lambda one: one.kept.updates_lost),
        ("replies and prompts missing after 60 s of quiet", lambda one: len(one.waits.missing) + one.kept.unsent),
        ("letters twice across a kill", lambda one: one.twice.by["kill"]),
        ("letters twice after an unknown outcome", lambda one: one.twice.by["unknown outcome"]),
        ("letters twice across the database's absence", lambda one: one.twice.by["database away"]),
        ("letters twice without a reason", lambda one: len(one.twice.unexplained)),
        ("longest wait for a reply, s", lambda one: f"{one.waits.longest:.1f}"),
        ("longest silence after the last kill, s", lambda one: f"{one.waits.after_kills:.1f}"),
        ("done by a clock that leapt a day", lambda one: one.kept.by_a_wrong_clock),
        ("processes that ended by themselves", lambda one: one.ended_alone.total()),
        ("seconds", lambda one: f"{one.seconds:.0f}"),
    ]
    rows += [
        (kind, lambda one, kind=kind: one.faults[kind] or "–")
        for kind in sorted({kind for one in found for kind in one.faults})
    ]
    lines += [(name, [str(of(one)) for one in found]) for name, of in rows]
    width = max(max(len(cell) for cell in cells) for _, cells in lines) + 2
    return "".join(f"{name:{WIDTH}}{''.join(f'{cell:>{width}}' for cell in cells)}\n" for name, cells in lines)


if __name__ == "__main__":
    raise SystemExit(main())
