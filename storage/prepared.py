"""Statements that are made once and executed often go straight to the driver.

SQLAlchemy works out at each execution what does not change from one to the next: the text, the order of the parameters,
how values become what the driver takes and the other way round. That costs some three times what the driver does. A
statement that is executed a second time was not made for one call: its text and its processors are kept, and only they
are applied. What is out of the ordinary (a list of rows, values that are computed, options) stays with SQLAlchemy.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler

Processor = Callable[[Any], Any]

_OPTIONS: Final = {"preserve_rowcount", "compiled_cache"}
"""Options of statements and connections that change nothing here: the number of rows is always known, and what is made
of a statement is kept beside it.
"""


class Rows(IteratorResult[Any]):
    """The rows of a statement, all of them fetched."""

    def __init__(self, metadata: SimpleResultMetaData, rows: list[Any], rowcount: int) -> None:
        super().__init__(metadata, iter(rows))
        self.rowcount = rowcount
        """How many rows the statement found or changed."""


class Prepared:
    """A statement with the names of its parameters, as the driver takes it."""

    def __init__(self, compiled: SQLCompiler, given: Mapping[str, Any], dialect: Dialect) -> None:
        self._dialect = dialect
        self._positional = compiled.positional
        self._columns = _columns(compiled)
        # IN (…) of values that are always the same: what they become depends on none of the given.
        expanded = compiled._process_parameters_for_postcompile(compiled.construct_params(given))  # noqa: SLF001  # SQLAlchemy writes out IN (…) nowhere else
        self.text = expanded.statement
        constants = {
            place: process(value) if (process := expanded.processors.get(place)) else value
            for place, value in expanded.additional_parameters.items()
            if place not in compiled.binds
        }
        written_out = compiled.post_compile_params | compiled.literal_execute_params
        one_by_one = [place for place, one in compiled.binds.items() if one not in written_out]
        self._places = list(expanded.positiontup or ()) if self._positional else [*one_by_one, *constants]
        self._slots = [
            (None, constants[place], None) if place in constants else self._slot(compiled, place, given)
            for place in self._places
        ]
        self._metadata: SimpleResultMetaData | None = None

    @property
    def returns_rows(self) -> bool:
        """Whether rows come back."""
        return bool(self._columns)

    def bound(self, given: Mapping[str, Any]) -> Any:
        """Return the parameters for the driver; raise what a value raises that cannot become one."""
        values = [
            constant if name is None else given[name] if process is None else process(given[name])
            for name, constant, process in self._slots
        ]
        return tuple(values) if self._positional else dict(zip(self._places, values, strict=True))

    def rows(self, cursor: DBAPICursor) -> Rows:
        """Return what a cursor has after the statement."""
        described = cursor.description
        if not described:
            return Rows(_NO_ROWS, [], cursor.rowcount)
        if self._metadata is None:
            self._metadata = SimpleResultMetaData(
                [name for name, _, _ in self._columns],
                [objects for _, objects, _ in self._columns],
                [
                    type_.dialect_impl(self._dialect).result_processor(self._dialect, column[1])
                    for (_, _, type_), column in zip(self._columns, described, strict=True)
                ],
            )
        found = list(cursor.fetchall())
        return Rows(self._metadata, found, cursor.rowcount)

    def _slot(
        self, compiled: SQLCompiler, place: str, given: Mapping[str, Any]
    ) -> tuple[str | None, Any, Processor | None]:
        """Return of a place in the text by which name the caller gives its value (None: it is always the same, which
        follows), and how that becomes the driver's.
        """
        parameter = compiled.binds[place]
        process = parameter.type.dialect_impl(self._dialect).bind_processor(self._dialect)
        name = next((name for name in (parameter.key, place) if name in given), None)
        if name is not None:
            return name, None, process
        value = parameter.effective_value
        return None, value if process is None else process(value), None


_NO_ROWS: Final = SimpleResultMetaData([])
_known: WeakKeyDictionary[Any, dict[tuple[str, tuple[str, ...]], Prepared | None]] = WeakKeyDictionary()
"""What is known of each statement that there still is, by the kind of the database and the names of the parameters."""


def prepared(conn: Connection, statement: Any, given: Mapping[str, Any]) -> Prepared | None:
    """Return a statement as the driver takes it with parameters of these names; None the first time that it is
    executed, and where SQLAlchemy has to execute it each time.
    """
    if not conn.in_transaction() or not conn.get_execution_options().keys() <= _OPTIONS:
        return None
    if conn.dispatch.before_cursor_execute:
        # Who listens to statements hears all of them.
        return None
    dialect = conn.dialect
    forms = _known.get(statement)
    if forms is None:
        _known[statement] = {}
        return None
    key = (dialect.name, tuple(given))
    if key not in forms:
        forms[key] = _prepare(statement, given, dialect)
    return forms[key]


def _prepare(statement: Any, given: Mapping[str, Any], dialect: Dialect) -> Prepared | None:
    if not statement.get_execution_options().keys() <= _OPTIONS:
        return None
    compiled = statement.compile(dialect=dialect, column_keys=sorted(given))
    if not isinstance(compiled, SQLCompiler):
        return None
    names = [name for name, _, _ in _columns(compiled)]
    is_out_of_the_ordinary = (
        # A value that is computed at each execution, or IN (…) of those that are given.
        compiled.insert_prefetch
        or compiled.update_prefetch
        or compiled.escaped_bind_names
        or any(one.callable is not None for one in compiled.binds.values())
        or any(one.key in given for one in compiled.post_compile_params)
        or any(one.required and one.key not in given for one in compiled.binds.values())
        or len(set(names)) < len(names)
    )
    return None if is_out_of_the_ordinary else Prepared(compiled, given, dialect)


def _columns(compiled: SQLCompiler) -> list[tuple[str, tuple[Any, ...], Any]]:
    """Return of each column that comes back its name, what else it is asked for by, and its type."""
    entries = compiled._result_columns  # noqa: SLF001  # SQLAlchemy tells the types of the columns nowhere else
    return [(entry.keyname, entry.objects, entry.type) for entry in entries]
