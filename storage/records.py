"""Records: frozen dataclasses whose fields are columns of a table, by the same names."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import Field, fields
from typing import Any, ClassVar, Protocol, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Executable, Table, and_, insert

from storage.engine import among
from storage.unreadable import named
from talk.messages import Address

T = TypeVar("T")
Key = TypeVar("Key")


class Record(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def columns(table: Table, record: type[Record], *, but: Collection[str] = ()) -> tuple[Column[Any], ...]:
    """Return the columns of a table that a record has as fields, in the order of the fields; `but`: fields that come
    from elsewhere. KeyError where another field is no column.
    """
    return tuple(table.c[field.name] for field in fields(record) if field.name not in but)


def as_values(record: Record) -> dict[str, Any]:
    """Return the fields of a record by name, as an insert takes them."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def rows(
    conn: Connection, make: Callable[..., T], statement: Executable, keys: Mapping[str, Any] | None = None
) -> list[T]:
    """Return every row of a statement as what `make` makes of its columns, in their order; `keys` are the values of its
    parameters.
    """
    return [make(*named(row)) for row in conn.execute(statement, keys)]


def row_or_none(
    conn: Connection, make: Callable[..., T], statement: Executable, keys: Mapping[str, Any] | None = None
) -> T | None:
    """Return the one row of a statement as `rows` does, None where there is none; MultipleResultsFound for several."""
    row = conn.execute(statement, keys).one_or_none()
    return None if row is None else make(*named(row))


def grouped(pairs: Iterable[tuple[Key, T]]) -> dict[Key, list[T]]:
    """Return the second halves of pairs by the first ones, in their order; a first half that is not there has none."""
    found: defaultdict[Key, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def matching(wanted: Mapping[Column[Any], Any]) -> list[ColumnElement[bool]]:
    """Return the conditions that columns have these values, or one of several; None asks for nothing."""
    return [
        column == value if isinstance(value, str) or not isinstance(value, Sequence) else among(column, value)
        for column, value in wanted.items()
        if value is not None
    ]


def at_address(table: Table, address: Address) -> ColumnElement[bool]:
    """Return the condition that a row is about an address."""
    return and_(*(table.c[name] == value for name, value in as_values(address).items()))


def add(conn: Connection, table: Table, **values: Any) -> int:
    """Add a row to a table that is numbered; return its number."""
    return int(conn.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())
