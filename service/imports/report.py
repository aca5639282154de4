"""The report of an import, line by line: for people in sentences, for programs as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from service.imports.reader import Refusal
from talk.texts import Arg, Listed, Say, show

SPANS_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Difference:
    """The change that a line makes in one column."""

    column: str
    old: Arg
    new: Arg


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that was taken, and what it changes: nothing for what is new or unchanged."""

    line: int
    code: str
    name: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The effects of an import; when it was not `written`, those that it would have once no line is refused."""

    added: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    unchanged: tuple[Entry, ...]
    refused: tuple[Refusal, ...]
    written: bool

    @property
    def refused_lines(self) -> int:
        """The number of lines that were refused; one line may be refused for several cells."""
        return len({refusal.line for refusal in self.refused})


def refused_sentences(report: ImportReport) -> list[Say]:
    """A sentence for each cell or line that was refused."""
    return [refusal.say for refusal in report.refused]


def changed_sentences(report: ImportReport) -> list[Say]:
    """A sentence for each line that changes something: 姓名“…”→“…”."""
    return [
        Say("imports-changed-line", line=entry.line, name=entry.name, differences=_differences(entry))
        for entry in report.changed
    ]


def _differences(entry: Entry) -> Listed:
    changes = (
        Say("imports-difference", column=change.column, old=change.old, new=change.new) for change in entry.differences
    )
    return Listed(tuple(changes))


def spans(numbers: Iterable[int]) -> Listed:
    """Runs of numbers, 2–301、305; only the first of very many."""
    told: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda place: place[1] - place[0]):
        if len(told) == SPANS_SHOWN:
            told.append("…")
            break
        members = [number for _, number in run]
        told.append(str(members[0]) if len(members) == 1 else f"{members[0]}–{members[-1]}")
    return Listed(tuple(told))


def report_json(report: ImportReport, language: str) -> dict[str, Any]:
    """The report for programs; what people read in it is in `language`."""
    return {
        "written": report.written,
        "added": entries_json(report.added, language),
        "changed": entries_json(report.changed, language),
        "unchanged": entries_json(report.unchanged, language),
        "refused": refusals_json(report.refused, language),
    }


def refusals_json(refusals: Iterable[Refusal], language: str) -> list[dict[str, Any]]:
    """Refusals or warnings for programs: line, column (null for the whole line), reason."""
    return [
        {"line": refusal.line, "column": refusal.column, "reason": show(refusal.reason, language)}
        for refusal in refusals
    ]


def entries_json(entries: Iterable[Entry], language: str) -> list[dict[str, Any]]:
    """Lines that were taken for programs: line, code, name, and `columns` where something changed."""
    return [
        {"line": entry.line, "code": entry.code, "name": entry.name}
        | ({"columns": _columns_json(entry, language)} if entry.differences else {})
        for entry in entries
    ]


def _columns_json(entry: Entry, language: str) -> list[dict[str, str]]:
    return [
        {"column": change.column, "old": show(change.old, language), "new": show(change.new, language)}
        for change in entry.differences
    ]
