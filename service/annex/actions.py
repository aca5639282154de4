"""What can be started about the annex table (调度表): the command, and the buttons of its cards.

Each button names the month (`2023-06`) and the column by its place in the table, since names are too long for it;
nothing in its place means the whole city.
"""

from typing import Final

from talk.actions import MAYBE, NUMBER, PAGE, WORD, Arg, Command, action

SHOWING: Final = Command("annex")


def _place(text: str) -> int | None:
    return NUMBER.read(text) if text else None


COLUMN: Final[Arg[int | None]] = Arg(_place, lambda place: "" if place is None else str(place))
"""A column by its place among them; None: the whole city."""

SHOW: Final = action("annex:show", WORD, COLUMN)
BLOCK: Final = action("annex:block", WORD, COLUMN, WORD, PAGE)
"""A block (`A`) with all its rows."""
CELL: Final = action("annex:cell", WORD, COLUMN, WORD, PAGE)
"""A row (`A1`), with the first records behind its figures."""
RECORDS: Final = action("annex:records", WORD, COLUMN, WORD, PAGE)
"""逐条查看: the records behind a row, each with its own card."""
COLUMNS: Final = action("annex:columns", WORD, COLUMN, PAGE)
"""各地区, for the city."""
CHIEF: Final = action("annex:chief", WORD, COLUMN)
"""本月简报, for the city."""
PAPER: Final = action("annex:paper", WORD, COLUMN)
"""下载表格."""
SUBMIT: Final = action("annex:submit", WORD, COLUMN, MAYBE)
"""填报 of the figures that have this digest (`service.annex.cards.figures_digest`)."""
APPROVE: Final = action("annex:approve", WORD, COLUMN, MAYBE)
"""审核通过, of the figures that have this digest."""
RETURN: Final = action("annex:return", WORD, COLUMN, MAYBE)
"""退回: the whole table, or one row of a filed one."""
WITHDRAW: Final = action("annex:withdraw", WORD, COLUMN)
"""撤回."""
FILE: Final = action("annex:file", WORD, COLUMN, MAYBE)
"""报出, which is asked once more; of the figures that have this digest."""
CONFIRM: Final = action("annex:sure", WORD, COLUMN, MAYBE)
"""确认报出."""
OVERRIDE: Final = action("annex:override", WORD, COLUMN, WORD)
"""改数 of a row."""
