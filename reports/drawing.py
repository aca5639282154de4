"""Which function draws which paper: each module of this package that draws one registers it here."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple, TypeVar

import reports
from reports.typesetting import noticing
from service.core.papers import AnyPaper, Paper

Facts = TypeVar("Facts")


class File(NamedTuple):
    """A drawn file: its name with its ending, as people see it, and its content."""

    name: str
    content: bytes


Draw = Callable[[Facts], Sequence[File]]
_DRAWS: dict[type[AnyPaper], Draw[Any]] = {}


def draws(paper: type[Paper[Facts]]) -> Callable[[Draw[Facts]], Draw[Facts]]:
    """Register the function that draws a paper; it is given what the paper gathers."""

    def register(draw: Draw[Facts]) -> Draw[Facts]:
        _DRAWS[paper] = draw
        return draw

    return register


class Drawn(NamedTuple):
    """The files of a paper, and the characters on them for which no font has a sign, in order."""

    files: Sequence[File]
    lacking: str


def draw(paper: AnyPaper, facts: Any) -> Drawn:
    """Draw the files of a paper from the facts that it gathered. This takes seconds, and needs no database."""
    with noticing() as lacking:
        files = registered()[type(paper)](facts)
    return Drawn(files, "".join(sorted(lacking)))


@cache
def registered() -> dict[type[AnyPaper], Draw[Any]]:
    """Return the draw function of every paper; the modules of this package are imported for it, once."""
    for module in iter_modules(reports.__path__):
        import_module(f"{reports.__name__}.{module.name}")
    return _DRAWS
