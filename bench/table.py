"""The table of results: each figure, its baseline of the same run, and the ratio of the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from rich import box
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure should come to, as it is printed, and whether it does."""

    said: str
    met: bool


def at_most(limit: float, figure: float, unit: str = "") -> Aim:
    """Return the aim that a figure is no greater than a limit."""
    return Aim(f"≤ {limit:g}{unit}", figure <= limit)


def at_least(limit: float, figure: float) -> Aim:
    """Return the aim that a figure is no smaller than a limit."""
    return Aim(f"≥ {limit:g}", figure >= limit)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure beside its baseline; `ratio` is the median of the paired ratios, None where none makes sense; without an
    `aim` it is only told.
    """

    what: str
    who: str
    value: str
    baseline: str = ""
    beside: str = ""
    ratio: float | None = None
    aim: Aim | None = None


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of runs that were made one after the other."""
    return median(a / b for a, b in zip(ours, theirs, strict=True))


def show(title: str, rows: Sequence[Row]) -> int:
    """Print a table, and return how many of its figures fall short of their aim."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for name in ("measure", "bot", "value", "baseline", "its value", "ratio", "aim"):
        table.add_column(name, justify="right" if name in ("value", "its value", "ratio") else "left")
    for row in rows:
        shown = "" if row.ratio is None else f"{row.ratio:.2f}"
        aim = "" if row.aim is None else row.aim.said if row.aim.met else f"{row.aim.said}, missed"
        table.add_row(row.what, row.who, row.value, row.baseline, row.beside, shown, aim)
    Console(width=150).print(table)
    return sum(row.aim is not None and not row.aim.met for row in rows)
