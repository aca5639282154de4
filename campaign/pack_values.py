"""Values of a pack as they were read, each with the file and the line where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from talk.texts import Say

Loc = tuple[str | int, ...]
"""The way to a value: keys and positions, as pydantic names them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a pack, where (lines count from 1), and what to do."""

    file: str
    line: int
    what: Say


@dataclass(frozen=True, slots=True)
class Value:
    """A value and its place; of one under a key, that of the key. `plain` holds values again, or a text, or nothing."""

    file: str
    line: int
    plain: "dict[str, Value] | list[Value] | str | None"

    def problem(self, what: Say) -> Problem:
        """Return what is wrong with the value."""
        return Problem(self.file, self.line, what)


def unfolded(values: Mapping[str, Value]) -> tuple[dict[str, object], dict[Loc, tuple[str, int]]]:
    """Return the plain data of a pack, and the file and the line of each value in it."""
    places: dict[Loc, tuple[str, int]] = {}
    return {name: _unfolded(value, (name,), places) for name, value in values.items()}, places


def _unfolded(value: Value, loc: Loc, places: dict[Loc, tuple[str, int]]) -> object:
    places[loc] = value.file, value.line
    match value.plain:
        case dict() as mapping:
            return {key: _unfolded(inner, (*loc, key), places) for key, inner in mapping.items()}
        case list() as items:
            return [_unfolded(item, (*loc, number), places) for number, item in enumerate(items)]
        case plain:
            return plain
