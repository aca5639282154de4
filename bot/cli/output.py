"""How lists leave: a table on a terminal, plain lines into a pipe, JSON where it is asked for."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.cli.words import say, words
from talk.cleaning import printable
from talk.texts import Phrase, Say


def array(items: Iterable[Mapping[str, Any]]) -> None:
    """A JSON array, an object on each line: sound for programs, and for grep."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    sys.stdout.write(f"[\n{lines}\n]\n" if lines else "[]\n")


def single(item: Mapping[str, Any]) -> None:
    """A JSON object."""
    sys.stdout.write(f"{json.dumps(item, ensure_ascii=False, indent=2)}\n")


def instant(at: datetime | None, zone: ZoneInfo) -> str | None:
    """An instant for programs: ISO 8601 with the offset of the house's zone, to the second."""
    return None if at is None else at.astimezone(zone).isoformat(timespec="seconds")


def short(at: datetime | None, zone: ZoneInfo) -> str:
    """An instant for people, who read a column of them: 2023-06-30 23:59."""
    return "" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def table(columns: Sequence[Phrase], rows: Sequence[Sequence[Phrase]]) -> None:
    """Rows under their columns; into a pipe a line each, its cells parted by tabs."""
    if not rows:
        say(Say("cli-nothing"))
        return
    cells = [[" ".join(printable(words(cell)).split()) for cell in row] for row in (columns, *rows)]
    if not sys.stdout.isatty():
        sys.stdout.writelines("\t".join(row) + "\n" for row in cells)
        return
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  # only a terminal needs it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    drawn = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for column in cells[0]:
        drawn.add_column(Text(column), overflow="fold")
    for row in cells[1:]:
        drawn.add_row(*map(Text, row))
    Console(highlight=False).print(drawn)
