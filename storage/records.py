"""Records: frozen dataclasses whose fields are columns of a table, by the same names."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import Field, fields
from typing import Any, ClassVar, Protocol, TypeVar

from sqlalchemy import Column, Connection, Executable, Table

T = TypeVar("T")


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
    return [make(*row) for row in conn.execute(statement, keys)]


def row_or_none(
    conn: Connection, make: Callable[..., T], statement: Executable, keys: Mapping[str, Any] | None = None
) -> T | None:
    """Return the one row of a statement as `rows` does, None where there is none; MultipleResultsFound for several."""
    row = conn.execute(statement, keys).one_or_none()
    return None if row is None else make(*row)
