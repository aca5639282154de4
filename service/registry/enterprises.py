"""The registry comes in: a bureau's sheet, checked line by line and compared with what is kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final, TypeVar

from campaign.pack import Pack
from service.core.unit_of_work import UnitOfWork
from service.imports.sheets import Row
from service.registry import enterprise_rows as columns
from service.registry.enterprise_rows import Refusal, RowReader, Stated
from storage import audit, clock, registry
from storage.registry import Enterprise
from talk.texts import Arg, Listed, Phrase, Say, show

STEP: Final = 1000
"""Lines between two words of progress."""
SPANS_SHOWN: Final = 8

Progress = Callable[[int, int], None]
"""Told how much is done of how much; it starts again when the transaction runs again."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a line changes in one column."""

    column: str
    old: Arg
    new: Arg


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that was taken, and what it changes: nothing for a new enterprise or an unchanged one."""

    line: int
    code: str
    name: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did; or, when it was not `written`, what it would do once no line is refused."""

    added: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    unchanged: tuple[Entry, ...]
    refused: tuple[Refusal, ...]
    written: bool

    @property
    def refused_lines(self) -> int:
        """How many lines were refused; one line may be refused for several cells."""
        return len({refusal.line for refusal in self.refused})


def import_enterprises(
    uow: UnitOfWork, rows: Sequence[Row], partial: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Bring the registry to what the rows say; enterprises that they do not name are left alone.

    When a line is refused nothing is written, unless `partial`: then the other lines are. A duty that
    was due before a change (a tag, another district) is not opened by it; whoever calls this plans anew
    in the same transaction.
    """
    steps = 2 * len(rows)
    report = progress or _unheard
    # The lock: no tick plans duties, and no other import changes enterprises, between our reading and writing.
    since = clock.read(uow.conn, lock=True).ticked_until
    kept = registry.all_enterprises(uow.conn)
    stated, refused = _read(uow.pack, rows, lambda done: report(done, steps))
    added = [one for one in stated if one.enterprise.code not in kept]
    known = [
        (one.line, kept[one.enterprise.code], _resolved(one, kept[one.enterprise.code]))
        for one in stated
        if one.enterprise.code in kept
    ]
    changed = [(line, old, new) for line, old, new in known if old != new]
    written = partial or not refused
    if written:
        _write(
            uow,
            [one.enterprise for one in added],
            [(old, new) for _, old, new in changed],
            since,
            lambda done: report(len(rows) + done, steps),
        )
    report(steps, steps)
    shown = _Shown(uow.pack)
    return ImportReport(
        tuple(Entry(one.line, one.enterprise.code, one.enterprise.name) for one in added),
        tuple(Entry(line, new.code, new.name, shown.differences(old, new)) for line, old, new in changed),
        tuple(Entry(line, new.code, new.name) for line, old, new in known if old == new),
        tuple(refused),
        written,
    )


def _unheard(done: int, total: int) -> None:
    del done, total


def report_lines(report: ImportReport, ignored: Sequence[str] = ()) -> list[Say]:
    """The report for people: a sentence for each line that was refused or changed, then the sums.

    `ignored` are the names of columns that the sheet has besides.
    """
    lines = [refusal.say for refusal in report.refused]
    if report.written:
        lines += [
            Say("imports-changed-line", line=entry.line, name=entry.name, differences=in_words(entry))
            for entry in report.changed
        ]
        if report.added:
            lines.append(Say("imports-added-lines", lines=_spans(entry.line for entry in report.added)))
    if ignored:
        lines.append(Say("imports-ignored-columns", columns=Listed(tuple(ignored))))
    sums: dict[str, Arg] = {
        "added": len(report.added),
        "changed": len(report.changed),
        "unchanged": len(report.unchanged),
        "refused": report.refused_lines,
    }
    if not report.written:
        lines.append(Say("imports-nothing-written", **sums))
    elif report.refused:
        lines.append(Say("imports-written-partly", **sums))
    else:
        lines.append(Say("imports-written", **sums))
    return lines


def report_json(report: ImportReport, language: str) -> dict[str, Any]:
    """The report for programs; what people read in it is in `language`."""
    return {
        "written": report.written,
        "added": [_entry_json(entry, language) for entry in report.added],
        "changed": [_entry_json(entry, language) for entry in report.changed],
        "unchanged": [_entry_json(entry, language) for entry in report.unchanged],
        "refused": [
            {"line": refusal.line, "column": refusal.column, "reason": show(refusal.reason, language)}
            for refusal in report.refused
        ],
    }


def _entry_json(entry: Entry, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {"line": entry.line, "code": entry.code, "name": entry.name}
    if entry.differences:
        told["columns"] = [
            {"column": one.column, "old": show(one.old, language), "new": show(one.new, language)}
            for one in entry.differences
        ]
    return told


def in_words(entry: Entry) -> Listed:
    """What a line changes, 姓名“…”→“…”."""
    return Listed(
        tuple(Say("imports-difference", column=one.column, old=one.old, new=one.new) for one in entry.differences)
    )


def _spans(numbers: Iterable[int]) -> Listed:
    """2–301、305: runs of numbers, only the first of very many."""
    spans: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda place: place[1] - place[0]):
        if len(spans) == SPANS_SHOWN:
            spans.append("…")
            break
        members = [number for _, number in run]
        spans.append(str(members[0]) if len(members) == 1 else f"{members[0]}–{members[-1]}")
    return Listed(tuple(spans))


def _read(pack: Pack, rows: Sequence[Row], tell: Callable[[int], None]) -> tuple[list[Stated], list[Refusal]]:
    reader = RowReader(pack)
    stated: list[Stated] = []
    refused: list[Refusal] = []
    for done, row in enumerate(rows):
        if done % STEP == 0:
            tell(done)
        match reader.read(row):
            case Stated() as one:
                stated.append(one)
            case refusals:
                refused.extend(refusals)
    return stated, refused


def _resolved(one: Stated, kept: Enterprise) -> Enterprise:
    """The enterprise as a line says; a sheet without the sector's department does not change it."""
    if one.department_stated or kept.sector_department == kept.supervisor:
        return one.enterprise
    return replace(one.enterprise, sector_department=kept.sector_department)


def _write(
    uow: UnitOfWork,
    added: Sequence[Enterprise],
    changed: Sequence[tuple[Enterprise, Enterprise]],
    since: datetime | None,
    tell: Callable[[int], None],
) -> None:
    conn = uow.conn
    for done, some in _steps(added):
        tell(done)
        registry.add(conn, some, since, uow.now)
    for done, pairs in _steps(changed):
        tell(len(added) + done)
        registry.change(conn, [new for _, new in pairs], uow.now)
        registry.move(conn, [new.code for old, new in pairs if _place(old) != _place(new)], since)
        registry.tag(conn, ((new.code, tag) for old, new in pairs for tag in new.tags - old.tags), since)
        registry.untag(conn, ((new.code, tag) for old, new in pairs for tag in old.tags - new.tags))
    if added or changed:
        audit.note(
            conn,
            uow.now,
            "registry-imported",
            None,
            "registry",
            added=len(added),
            changed=len(changed),
            rescoped={new.code: scope for old, new in changed if (scope := _rescoped(old, new))},
        )


def _place(one: Enterprise) -> tuple[str, str, bool]:
    """What decides, with the tags, which duties an enterprise has and for which district."""
    return one.district, one.sector, one.municipal


def _rescoped(old: Enterprise, new: Enterprise) -> dict[str, list[Any]]:
    """What changed of that, [before, after]; names of people have no place in the audit."""
    pairs: dict[str, list[Any]] = {
        "district": [old.district, new.district],
        "sector": [old.sector, new.sector],
        "municipal": [old.municipal, new.municipal],
        "tags": [sorted(old.tags), sorted(new.tags)],
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _steps(items: Sequence[T]) -> Iterator[tuple[int, Sequence[T]]]:
    return ((start, items[start : start + STEP]) for start in range(0, len(items), STEP))


class _Shown:
    """What stands in the columns for an enterprise, as people read it."""

    def __init__(self, pack: Pack) -> None:
        self._sectors = {sector.id: sector.name for sector in pack.sectors}
        self._tags = {tag.id: tag.name for tag in pack.tags}

    def differences(self, old: Enterprise, new: Enterprise) -> tuple[Difference, ...]:
        """The columns in which two states differ."""
        before, after = self._columns(old), self._columns(new)
        return tuple(
            Difference(column, before[column], after[column]) for column in before if before[column] != after[column]
        )

    def _columns(self, one: Enterprise) -> dict[str, Arg]:
        # An id that the pack no longer has is shown as it is.
        names: list[Phrase] = [self._tags.get(tag, tag) for tag in sorted(one.tags)]
        return {
            columns.NAME: one.name,
            columns.DISTRICT: one.district,
            columns.SECTOR: self._sectors.get(one.sector, one.sector),
            columns.TAGS: Listed(tuple(names)) if names else Say("imports-no-tags"),
            columns.PRINCIPAL: one.principal_name,
            columns.OFFICER: one.officer_name,
            columns.SUPERVISOR: one.supervisor,
            columns.EMPLOYEES: one.employees,
            columns.SECTOR_DEPARTMENT: one.sector_department,
        }
