"""What is stored as JSON and cannot be read: it stops only who needs it, and is named by its table and id."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any, Final, NoReturn, TypeVar

from sqlalchemy import Column, Row

T = TypeVar("T")
R = TypeVar("R", bound=Row[*tuple[Any, ...]])

log = logging.getLogger("anzhu")

UNNAMED: Final = "?"


class UnreadableError(ValueError):
    """A stored row was needed that cannot be read; `table` and `key` name it."""

    def __init__(self, table: str, key: str, why: str) -> None:
        super().__init__(f"{table}/{key} cannot be read: {why}")
        self.table = table
        self.key = key
        self.in_log = self.row

    @property
    def row(self) -> str:
        """The row as people are told of it."""
        return f"{self.table}/{self.key}"


class Unreadable:
    """Stands in a row for JSON that cannot be read. Whoever looks into it gets an UnreadableError; a row of which it is
    a part, among much else, is as good as any other.
    """

    __slots__ = ("column", "key", "why")

    def __init__(self, column: Column[Any], why: str, key: str = UNNAMED) -> None:
        self.column = column
        self.why = why
        self.key = key

    def error(self) -> UnreadableError:
        """Return the error that says so."""
        return UnreadableError(self.column.table.name, self.key, f"{self.column.name}: {self.why}")

    def _refuse(self, *_: object) -> NoReturn:
        raise self.error()

    __bool__ = __contains__ = __getitem__ = __iter__ = __len__ = _refuse
    get = items = keys = values = _refuse


def whole(value: T) -> T:
    """Return a value of a row that is about to be looked into by somebody else; UnreadableError where it cannot be
    read.
    """
    if isinstance(value, Unreadable):
        raise value.error()
    return value


def named(row: Row[*tuple[Any, ...]]) -> Iterable[Any]:
    """Return the values of a row, those that cannot be read with the key of their row."""
    if Unreadable not in map(type, row):
        return row
    return [value if type(value) is not Unreadable else _keyed(value, row) for value in row]


def readable(rows: Iterable[R]) -> Iterator[R]:
    """Yield the rows that can be read; of each that cannot it is logged which one that is. For messages, each of which
    is nothing but what it says.
    """
    for row in rows:
        broken = broken_in(row)
        if broken is None:
            yield row
        else:
            log.error("%s", broken.error())


def broken_in(row: Row[*tuple[Any, ...]]) -> Unreadable | None:
    """Return the first value of a row that cannot be read, with the key of the row; None: all can."""
    return next((_keyed(value, row) for value in row if type(value) is Unreadable), None)


def _keyed(value: Unreadable, row: Row[*tuple[Any, ...]]) -> Unreadable:
    key = value.column.table.primary_key.columns
    known = row._mapping  # noqa: SLF001  # public, and called so that no column can have its name
    found = [str(known[part]) for part in key if part in known]
    return Unreadable(value.column, value.why, "/".join(found) if len(found) == len(key) else UNNAMED)
