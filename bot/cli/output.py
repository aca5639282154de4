"""The output of lists: a table on a terminal, plain lines into a pipe, JSON where it is asked for."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from bot.cli.words import say, words
from talk.cleaning import printable, writable
from talk.texts import Phrase, Say, Words

T = TypeVar("T")


class Listing(Generic[T]):
    """The one declaration of a list: its JSON, and its table."""

    def __init__(
        self,
        fields: Callable[[T], Mapping[str, Any]],
        *columns: tuple[Say, str | Callable[[T], Any]],
    ) -> None:
        """`fields` gives the JSON of a row. A column has a heading, and shows the field of that key, or what people
        read instead. Both may hold instants, days, decimals and phrases: see `plain` and `cell`.
        """
        self.fields = fields
        self._columns = columns

    def show(self, rows: Iterable[T], zone: ZoneInfo, *, as_json: bool) -> None:
        """Print the rows, with instants in the campaign's zone."""
        if as_json:
            array(map(self.fields, rows), zone)
            return
        told = ((row, self.fields(row)) for row in rows)
        shown = [column for _, column in self._columns]
        cells = [[fields[of] if isinstance(of, str) else of(row) for of in shown] for row, fields in told]
        table([heading for heading, _ in self._columns], cells, zone)


def picked(row: object, *names: str) -> dict[str, Any]:
    """Return some attributes of a row by their names, for its JSON."""
    return {name: getattr(row, name) for name in names}


def plain(value: Any, zone: ZoneInfo) -> Any:
    """A value for programs: instants as ISO 8601 with the offset of the zone, to the second; days as ISO 8601;
    decimals as numbers; phrases in the language of the terminal.
    """
    match value:
        case datetime():
            return value.astimezone(zone).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Say() | Words():
            return words(value)
        case str():
            return writable(value)
        case Mapping():
            return {key: plain(inner, zone) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner, zone) for inner in value]
        case _:
            return value


def cell(value: Any, zone: ZoneInfo) -> Phrase:
    """A value for people: instants as 2023-06-30 23:59 in the zone, days as 2023-06-30, nothing for None."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case Say() | Words() | str():
            return value
        case _:
            return str(value)


def array(items: Iterable[Mapping[str, Any]], zone: ZoneInfo) -> None:
    """Print a JSON array, an object on each line: sound for programs, and for grep."""
    lines = ",\n".join(json.dumps(plain(item, zone), ensure_ascii=False) for item in items)
    sys.stdout.write(f"[\n{lines}\n]\n" if lines else "[]\n")


def single(item: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Print a JSON object."""
    sys.stdout.write(f"{json.dumps(plain(item, zone), ensure_ascii=False, indent=2)}\n")


def table(columns: Sequence[Phrase], rows: Sequence[Sequence[Any]], zone: ZoneInfo) -> None:
    """Print rows under their columns; into a pipe a line each, its cells parted by tabs."""
    if not rows:
        say(Say("cli-nothing"))
        return
    cells = [[" ".join(printable(words(cell(value, zone))).split()) for value in row] for row in (columns, *rows)]
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
