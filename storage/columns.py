"""What all tables have in common: their catalogue, instants, numbers, JSON, columns of few values, partial indexes."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    Table,
    TypeDecorator,
    text,
)
from sqlalchemy.schema import SchemaItem

from storage.unreadable import Unreadable


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. SQLite has no zones, so a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC; raises ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant as an aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _of_any_shape(_: Any) -> None:
    """Return for whatever is JSON."""


def _why(error: Exception) -> str:
    # Other errors than msgspec's say what stands there, and that are the words of people.
    return str(error) if isinstance(error, msgspec.ValidationError) else type(error).__name__


class Kept(TypeDecorator[Any]):
    """JSON of a known shape. What is stored otherwise, or is no JSON at all, comes as an `Unreadable`: one such row
    must not keep all others from being read.
    """

    impl = JSON
    cache_ok = True

    def __init__(self, check: Callable[[Any], object] = _of_any_shape, *, none_as_null: bool = False) -> None:
        """`check` raises for JSON of another shape than is kept here."""
        super().__init__(none_as_null=none_as_null)
        self.check = check
        self.none_as_null = none_as_null
        self.column: Column[Any] | None = None
        """The column of which this is the type."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Return what reads a value of the column."""
        decode = self.impl_instance.result_processor(dialect, coltype)
        check, column = self.check, self.column

        def read(value: Any) -> Any:
            if value is None:
                return None
            try:
                found = value if decode is None else decode(value)
                check(found)
            except Exception as error:  # whatever is stored there, the other rows are read
                if column is None:
                    raise
                return Unreadable(column, _why(error))
            return found

        return read

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        """Return the type of what is compared with a part of the JSON."""
        return self.impl_instance.coerce_compared_value(op, value)


Id = BigInteger().with_variant(Integer, "sqlite")
"""The type of a row's number: SQLite numbers rows by itself only in an INTEGER key."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *parts: SchemaItem) -> Table:
    """Return a table of the catalogue with these columns, constraints and indexes."""
    return _placed(Table(name, metadata, *parts))


def numbered(name: str, *parts: SchemaItem) -> Table:
    """Return a table whose rows are numbered: `id`, their key, comes before the other columns, and no number is given
    twice.
    """
    return _placed(Table(name, metadata, Column("id", Id, primary_key=True), *parts, sqlite_autoincrement=True))


def _placed(made: Table) -> Table:
    for column in made.columns:
        if isinstance(column.type, Kept):
            column.type.column = column
    return made


def index_where(condition: str, name: str, *columns: str, unique: bool = False) -> Index:
    """Return an index over the rows that meet a condition."""
    where = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """Return the constraint that a column has one of some values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
