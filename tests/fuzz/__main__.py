"""`make fuzz`, or `python -m tests.fuzz [--seconds N | --inputs N] [--seed N] [--json] [DOOR …]`."""

import argparse
import sys
from collections.abc import Sequence
from random import SystemRandom

from rich import box
from rich.console import Console
from rich.table import Table

from tests.fuzz import guided, harness
from tests.fuzz.doors import DOORS
from tests.fuzz.harness import Told


def show(told: Sequence[Told], console: Console) -> None:
    """Print the table, and what was found under it."""
    table = Table(box=box.SIMPLE_HEAD)
    for name in ("door", "inputs", "seconds", "inputs since the last finding", "peak MB", "new findings"):
        table.add_column(name, justify="left" if name == "door" else "right")
    for one in told:
        figures = (one.inputs, one.seconds, one.quiet, one.peak, len(one.findings))
        table.add_row(one.door, *(f"{figure:,}" for figure in figures))
    console.print(table)
    for one in told:
        for finding in one.findings:
            console.print(f"{one.door}: {finding}\n", markup=False, highlight=False)


def main() -> int:
    """Read the command line; return 1 where a promise does not hold."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("doors", nargs="*", help="beginnings of names of doors; none: all")
    parser.add_argument("--seconds", type=float, help="for each door")
    parser.add_argument("--inputs", type=int, help="for each door")
    parser.add_argument("--seed", type=int, default=None, help="none: a new one, which is printed")
    parser.add_argument("--guided", action="store_true", help="once more under a fuzzer that is guided by coverage")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    first_seed = SystemRandom().randrange(1_000_000) if given.seed is None else given.seed
    chosen = [door for door in DOORS if not given.doors or door.name.startswith(tuple(given.doors))]
    harness.forked_safely()
    inputs = given.inputs if given.seconds is None else None
    if inputs is None and given.seconds is None:
        inputs = 1000
    told = []
    for door in chosen:
        tried = None if inputs is None else max(1, inputs // door.costly)
        told.append(harness.run(door, first_seed=first_seed, inputs=tried, seconds=given.seconds))
        if not given.json:
            sys.stderr.write(f"{door.name}: {told[-1].inputs} inputs, {len(told[-1].findings)} findings\n")
    if given.guided and guided.is_there():
        how, number = ("seconds", round(given.seconds)) if inputs is None else ("inputs", inputs)
        for door in chosen:
            told.append(guided.run(door, first_seed=first_seed, how=how, number=number))
            sys.stderr.write(f"{told[-1].door}: {told[-1].inputs} inputs, {len(told[-1].findings)} findings\n")
    elif given.guided:
        sys.stderr.write("No fuzzer that is guided by coverage: it has a wheel for CPython 3.11 on Linux only.\n")
    if given.json:
        sys.stdout.write(harness.as_json(told) + "\n")
    else:
        sys.stdout.write(f"seed {first_seed}\n")
        show(told, Console(width=140))
    return 1 if any(one.findings for one in told) else 0


if __name__ == "__main__":
    sys.exit(main())
