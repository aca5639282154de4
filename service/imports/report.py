"""The report of an import, line by line: for people in sentences, for programs as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from typing import Any

from service.imports.reader import Refusal
from service.imports.sheets import Sheet, spans
from talk.texts import Arg, Listed, Say, show


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
    warnings: tuple[Refusal, ...] = ()
    """Oddities of lines that are taken all the same."""

    @property
    def refused_lines(self) -> int:
        """The number of lines that were refused; one line may be refused for several cells."""
        return len({refusal.line for refusal in self.refused})


def refused_sentences(report: ImportReport) -> list[Say]:
    """A sentence for each line that was refused, with all that is wrong with it."""
    return [
        Say("imports-line", line=line, what=reduce(_both, (refusal.what for refusal in refusals)))
        for line, refusals in groupby(report.refused, key=lambda refusal: refusal.line)
    ]


def warning_sentences(report: ImportReport, sheet: Sheet) -> list[Say]:
    """A sentence for each thing that is odd, or was left out of a file: all lines with the same oddity in one."""
    lines: dict[Say, list[int]] = {}
    for warning in report.warnings:
        lines.setdefault(warning.what, []).append(warning.line)
    told = [
        *sheet.notes,
        *([Say("imports-ignored-columns", columns=Listed(sheet.ignored))] if sheet.ignored else []),
        *(Say("imports-line", line=spans(numbers), what=what) for what, numbers in lines.items()),
    ]
    return [Say("imports-warning", say=one) for one in told]


def _both(first: Say, second: Say) -> Say:
    return Say("imports-both", first=first, second=second)


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


def report_json(report: ImportReport, sheet: Sheet, language: str) -> dict[str, Any]:
    """The report for programs; what people read in it is in `language`. What is odd, and what was left out of the file,
    stands apart from what was refused.
    """
    notes = [{"line": None, "column": None, "reason": show(note, language)} for note in sheet.notes]
    return {
        "written": report.written,
        "added": entries_json(report.added, language),
        "changed": entries_json(report.changed, language),
        "unchanged": entries_json(report.unchanged, language),
        "refused": refusals_json(report.refused, language),
        "warnings": [*notes, *refusals_json(report.warnings, language)],
        "ignored_columns": list(sheet.ignored),
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
