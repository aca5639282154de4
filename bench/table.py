"""The table of results: each figure, its baseline of the same run, and the ratio of the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from rich import box
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    """A figure beside its baseline; `ratio` is the median of the paired ratios, None where none makes sense."""

    what: str
    who: str
    value: str
    baseline: str = ""
    beside: str = ""
    ratio: float | None = None
    aim: str = ""


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of runs that were made one after the other."""
    return median(a / b for a, b in zip(ours, theirs, strict=True))


def show(title: str, rows: Sequence[Row]) -> None:
    """Print a table."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for name in ("measure", "bot", "value", "baseline", "its value", "ratio", "aim"):
        table.add_column(name, justify="right" if name in ("value", "its value", "ratio") else "left")
    for row in rows:
        shown = "" if row.ratio is None else f"{row.ratio:.2f}"
        table.add_row(row.what, row.who, row.value, row.baseline, row.beside, shown, row.aim)
    Console(width=140).print(table)
