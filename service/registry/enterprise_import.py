"""The import of the registry: a bureau's sheet, checked line by line and compared with what is stored."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, TypeVar

from campaign.pack import Pack
from service.core.unit_of_work import UnitOfWork
from service.duties import planning
from service.imports import columns
from service.imports.reader import Refusal, read
from service.imports.report import (
    Difference,
    Entry,
    ImportReport,
    changed_sentences,
    refused_sentences,
    warning_sentences,
)
from service.imports.sheets import Row, Sheet, spans
from service.registry import listed_states, phone_numbers
from service.registry.enterprise_rows import PHONES, EnterpriseLines, Stated
from service.registry.listed_states import Followed
from service.registry.phone_numbers import Brought
from storage import registry
from storage.registry import Enterprise
from talk.texts import Arg, Listed, Phrase, Say

STEP: Final = 1000
"""Lines between two words of progress."""

Progress = Callable[[int, int], None]
"""Told how much is done of how much; it starts again when the transaction runs again."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RegistryReport(ImportReport):
    """The effects of an import of the registry, with what it did to telephone numbers and states."""

    telephones: Brought = field(default_factory=Brought)
    states: Followed = field(default_factory=Followed)


def import_enterprises(
    uow: UnitOfWork,
    rows: Sequence[Row],
    partial: bool = False,
    progress: Progress | None = None,
    licensed: AbstractSet[str] = frozenset(),
) -> RegistryReport:
    """Bring the registry to what the rows say; enterprises that they do not name are left alone.

    When a line is refused nothing is written, unless `partial`: then the other lines are. A duty that
    was due before a change (a tag, another district) is not opened by it; whoever calls this plans anew
    in the same transaction. `licensed` are codes that the standard calls wrong and that stand so on a licence: they are
    taken and marked, and later lists need not say so again.
    """
    steps = 2 * len(rows)
    report = progress or _unheard
    # The lock: no tick plans duties, and no other import changes enterprises, between our reading and writing.
    since = planning.joined(uow)
    kept = registry.all_enterprises(uow.conn)
    marked = {code for code, one in kept.items() if one.as_on_licence}
    lines = EnterpriseLines(uow.pack, licensed, marked)
    reading = read(_told(rows, lambda done: report(done, steps)), lines.stated)
    added = [stated for stated in reading.stated if stated.enterprise.code not in kept]
    known = [
        (stated.line, old, _resolved(stated, old))
        for stated in reading.stated
        if (old := kept.get(stated.enterprise.code)) is not None
    ]
    changed = [(line, old, new) for line, old, new in known if old != new]
    written = partial or not reading.refused
    if written:
        _write(
            uow,
            [stated.enterprise for stated in added],
            [(old, new) for _, old, new in changed],
            since,
            lambda done: report(len(rows) + done, steps),
        )
    brought, followed = Brought(), Followed()
    if written:
        brought = phone_numbers.bring(uow, {one.enterprise.code: one.telephones for one in reading.stated})
        followed = listed_states.follow(uow, reading.stated)
    report(steps, steps)
    return RegistryReport(
        tuple(Entry(stated.line, stated.enterprise.code, stated.enterprise.name) for stated in added),
        tuple(Entry(line, new.code, new.name, _differences(uow.pack, old, new)) for line, old, new in changed),
        tuple(Entry(line, new.code, new.name) for line, old, new in known if old == new),
        tuple(reading.refused),
        written,
        (*reading.warnings, *_not_taken(reading.stated, brought), *followed.told),
        telephones=brought,
        states=followed,
    )


def _not_taken(stated: Iterable[Stated], brought: Brought) -> Iterator[Refusal]:
    """Yield what is told of numbers that stay as staff corrected them."""
    lines = {one.enterprise.code: one.line for one in stated}
    return (Refusal(lines[code], PHONES[whose], Say("imports-phone-kept")) for code, whose in brought.kept)


def _unheard(done: int, total: int) -> None:
    del done, total


def report_lines(report: RegistryReport, sheet: Sheet) -> list[Say]:
    """The report for people: a sentence for each line that was refused, is odd or changes something, then the sums."""
    lines = [*refused_sentences(report), *warning_sentences(report, sheet)]
    if report.written:
        lines += changed_sentences(report)
        if report.added:
            lines.append(Say("imports-added-lines", lines=spans(entry.line for entry in report.added)))
        if report.telephones.added or report.telephones.changed:
            numbers = report.telephones
            lines.append(Say("imports-phones", added=numbers.added, changed=numbers.changed))
        if report.states.entered:
            lines.append(Say("imports-states-entered", number=len(report.states.entered)))
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


def _told(rows: Iterable[Row], tell: Callable[[int], None]) -> Iterator[Row]:
    """The rows, while their number is told now and then."""
    for done, row in enumerate(rows):
        if done % STEP == 0:
            tell(done)
        yield row


def _resolved(stated: Stated, kept: Enterprise) -> Enterprise:
    """The enterprise as a line says, in the state in which it is; a sheet without the sector's department does not
    change it.
    """
    said = replace(stated.enterprise, state=kept.state, state_since=kept.state_since)
    if stated.department_stated or kept.sector_department == kept.supervisor:
        return said
    return replace(said, sector_department=kept.sector_department)


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
    for code in [one.code for one in added if one.as_on_licence]:
        uow.note("code-as-on-licence", f"enterprise/{code}")
    if added or changed:
        uow.note(
            "registry-imported",
            "registry",
            added=len(added),
            changed=len(changed),
            rescoped={new.code: scope for old, new in changed if (scope := _rescoped(old, new))},
        )


def _place(enterprise: Enterprise) -> tuple[str, str, bool]:
    """Return what decides, with the tags, which duties an enterprise has and for which district."""
    return enterprise.district, enterprise.sector, enterprise.municipal


def _rescoped(old: Enterprise, new: Enterprise) -> dict[str, list[Any]]:
    """Return what changed of that, [before, after]; names of people have no place in the audit."""
    pairs: dict[str, list[Any]] = {
        "district": [old.district, new.district],
        "sector": [old.sector, new.sector],
        "municipal": [old.municipal, new.municipal],
        "tags": [sorted(old.tags), sorted(new.tags)],
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _steps(items: Sequence[T]) -> Iterator[tuple[int, Sequence[T]]]:
    return ((start, items[start : start + STEP]) for start in range(0, len(items), STEP))


def _differences(pack: Pack, old: Enterprise, new: Enterprise) -> tuple[Difference, ...]:
    """Return the columns in which two states of an enterprise differ, as people read them."""
    before, after = _shown(pack, old), _shown(pack, new)
    return tuple(
        Difference(column, before[column], after[column]) for column in before if before[column] != after[column]
    )


def _shown(pack: Pack, enterprise: Enterprise) -> dict[str, Arg]:
    # An id that the pack no longer has is shown as it is.
    sectors = {sector.id: sector.name for sector in pack.sectors}
    titles = {tag.id: tag.name for tag in pack.tags}
    names: list[Phrase] = [titles.get(tag, tag) for tag in sorted(enterprise.tags)]
    return {
        columns.ENTERPRISE: enterprise.name,
        columns.DISTRICT: enterprise.district,
        columns.SECTOR: sectors.get(enterprise.sector, enterprise.sector),
        columns.TAGS: Listed(tuple(names)) if names else Say("imports-no-tags"),
        columns.PRINCIPAL: enterprise.principal_name,
        columns.OFFICER: enterprise.officer_name,
        columns.SUPERVISOR: enterprise.supervisor,
        columns.EMPLOYEES: enterprise.employees,
        columns.SECTOR_DEPARTMENT: enterprise.sector_department,
    }
