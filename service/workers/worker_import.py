"""The import of the register of workers: a list of certificates (特种作业操作证), checked line by line and compared
with what is stored. No sentence and no audit row tells a number; what is shown is masked.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from campaign import certificates
from campaign.certificates import NumberFault, masked, normalise_number, number_fault
from campaign.identity import normalise_code
from service.core.unit_of_work import UnitOfWork
from service.imports import columns, report
from service.imports.columns import Columns
from service.imports.reader import SCIENTIFIC, Line, Refusal, read
from service.imports.report import Difference, Entry, ImportReport
from service.imports.sheets import Row, Sheet, SheetError
from service.workers.register import hash_of, renew_seals, sealed_number
from storage import clock, registry, workers
from storage.workers import Worker
from talk.cleaning import likeness
from talk.texts import Arg, FullDay, Listed, Say

COLUMNS: Final = Columns(
    required=(columns.PERSON, columns.TRADE, columns.NUMBER, columns.ISSUED),
    optional=(columns.CODE, columns.ENTERPRISE, columns.REVIEW, columns.VALID, columns.PRESENCE),
)

PRESENT: Final = frozenset({"", "在岗", "在职"})
GONE: Final = frozenset({"离岗", "离职", "注销"})
"""Whoever has one of these states leaves the register; whom the list does not name stays."""

_TAIL: Final = "作业"

Key = tuple[str, str, str]
"""Two lines with the same enterprise, hash of the number and trade are the same certificate."""


@dataclass(frozen=True, slots=True)
class WorkersReport(ImportReport):
    """The effects of an import of workers; where it was not `written`, those that it would have."""

    removed: tuple[Entry, ...] = ()
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class _Stated:
    """A sound line. The number itself stays in here."""

    line: int
    enterprise: str
    name: str
    trade: str
    number: str
    hash: str
    issued: date
    review_due: date
    valid_until: date
    gone: bool

    @property
    def key(self) -> Key:
        return _key(self.enterprise, self.hash, self.trade)

    @property
    def entry(self) -> Entry:
        return Entry(self.line, self.enterprise, self.name)

    def differences(self, kept: Worker) -> tuple[Difference, ...]:
        pairs: tuple[tuple[str, Arg, Arg, bool], ...] = (
            (columns.PERSON, kept.name, self.name, kept.name != self.name),
            (columns.TRADE, kept.trade, self.trade, kept.trade != self.trade),
            (columns.ISSUED, FullDay(kept.issued), FullDay(self.issued), kept.issued != self.issued),
            (columns.REVIEW, FullDay(kept.review_due), FullDay(self.review_due), kept.review_due != self.review_due),
            (columns.VALID, FullDay(kept.valid_until), FullDay(self.valid_until), kept.valid_until != self.valid_until),
        )
        return tuple(Difference(column, old, new) for column, old, new, differ in pairs if differ)


def import_workers(
    uow: UnitOfWork, rows: Sequence[Row], partial: bool = False, *, dry_run: bool = False
) -> WorkersReport:
    """Bring the register to what the rows say. Whoever they do not name stays. When a line is refused nothing is
    written, unless `partial`: then the other lines are. SealError where the secret key is not the one that the register
    was written with.
    """
    # The lock: no tick reminds of what is being renewed, and no other import writes the same line.
    clock.read(uow.conn, lock=True)
    renew_seals(uow)
    if rows and not any(column in rows[0].cells for column in (columns.CODE, columns.ENTERPRISE)):
        raise SheetError(Say("workers-no-enterprise-column", code=columns.CODE, name=columns.ENTERPRISE))
    kept = {
        _key(worker.enterprise, worker.certificate_hash, worker.trade): worker for worker in workers.everybody(uow.conn)
    }
    reading = read(rows, _WorkerLines(uow, kept).stated)
    added, removed, unchanged = list[_Stated](), list[_Stated](), list[_Stated]()
    changed: list[tuple[_Stated, Worker]] = []
    for stated in reading.stated:
        worker = kept.get(stated.key)
        if worker is None:
            (unchanged if stated.gone else added).append(stated)
        elif stated.gone:
            removed.append(stated)
        elif stated.differences(worker):
            changed.append((stated, worker))
        else:
            unchanged.append(stated)
    written = (partial or not reading.refused) and not dry_run
    if written:
        _write(uow, added, changed, [kept[stated.key].id for stated in removed])
    return WorkersReport(
        added=tuple(stated.entry for stated in added),
        changed=tuple(replace(stated.entry, differences=stated.differences(old)) for stated, old in changed),
        unchanged=tuple(stated.entry for stated in unchanged),
        refused=tuple(reading.refused),
        written=written,
        removed=tuple(stated.entry for stated in removed),
        warnings=(*reading.warnings, *_corrected(added, kept, {stated.key for stated in reading.stated})),
        dry_run=dry_run,
    )


def report_lines(done: WorkersReport, sheet: Sheet) -> list[Say]:
    """The report for people: a sentence for each line that was refused, is odd, or changes something; the sums."""
    lines = [*report.refused_sentences(done), *report.warning_sentences(done, sheet)]
    if done.written or not done.refused:
        lines += report.changed_sentences(done)
    sums: dict[str, Arg] = {
        "added": len(done.added),
        "changed": len(done.changed),
        "unchanged": len(done.unchanged),
        "removed": len(done.removed),
    }
    if done.written and done.refused:
        lines.append(Say("workers-written-partly", refused=done.refused_lines, **sums))
    elif done.written:
        lines.append(Say("workers-written", **sums))
    elif done.refused:
        lines.append(Say("workers-nothing-written", refused=done.refused_lines))
    else:
        lines.append(Say("workers-dry-run", **sums))
    return lines


def report_json(done: WorkersReport, sheet: Sheet, language: str) -> dict[str, Any]:
    """The report for programs, with the people who left."""
    return {**report.report_json(done, sheet, language), "removed": report.entries_json(done.removed, language)}


def _write(
    uow: UnitOfWork, added: Sequence[_Stated], changed: Sequence[tuple[_Stated, Worker]], gone: Sequence[int]
) -> None:
    entered = workers.add(
        uow.conn,
        [
            {
                "enterprise": stated.enterprise,
                "name": stated.name,
                "trade": stated.trade,
                "certificate_masked": masked(stated.number),
                "certificate_hash": stated.hash,
                "issued": stated.issued,
                "review_due": stated.review_due,
                "valid_until": stated.valid_until,
            }
            for stated in added
        ],
        uow.now,
    )
    for stated, worker in zip(added, entered, strict=True):
        sealed = sealed_number(uow, stated.enterprise, worker, stated.number)
        workers.reseal(uow.conn, worker, sealed, stated.hash)
    for stated, old in changed:
        moved = (old.review_due, old.valid_until) != (stated.review_due, stated.valid_until)
        workers.change(
            uow.conn,
            old.id,
            uow.now,
            name=stated.name,
            trade=stated.trade,
            issued=stated.issued,
            review_due=stated.review_due,
            valid_until=stated.valid_until,
            # Of other days nobody has been told yet.
            reminded_days=None if moved else old.reminded_days,
        )
    for worker in gone:
        workers.change(uow.conn, worker, uow.now, removed_at=uow.now)
    if added or changed or gone:
        # Counts only: names and numbers have no place in the audit.
        uow.note("workers-imported", "registry", added=len(added), changed=len(changed), removed=len(gone))


def _corrected(added: Sequence[_Stated], kept: Mapping[Key, Worker], named: AbstractSet[Key]) -> Iterator[Refusal]:
    """New lines that may be a number put right: the register has the same name and trade under a number that the list
    no longer names. Or it is a namesake, so people decide.
    """
    others = {
        _key(worker.enterprise, likeness(worker.name), worker.trade): worker.certificate_masked
        for key, worker in kept.items()
        if key not in named
    }
    for stated in added:
        if other := others.get(_key(stated.enterprise, likeness(stated.name), stated.trade)):
            reason = Say("workers-namesake", number=other, name=stated.name)
            yield Refusal(stated.line, columns.NUMBER, reason)


def _key(enterprise: str, certificate_hash: str, trade: str) -> Key:
    return enterprise, certificate_hash, likeness(trade).removesuffix(_TAIL)


class _WorkerLines:
    """Reads the lines of one list; a certificate may come once."""

    def __init__(self, uow: UnitOfWork, kept: Mapping[Key, Worker]) -> None:
        self._uow = uow
        self._kept = kept
        self._rules = uow.pack.certificates
        self._today = uow.now.date()
        self._codes: dict[str, list[str]] = {}
        self._known = registry.all_enterprises(uow.conn)
        for enterprise in self._known.values():
            self._codes.setdefault(likeness(enterprise.name), []).append(enterprise.code)
        self._lines: dict[Key, int] = {}
        self._holders: dict[tuple[str, str], tuple[int, str]] = {}

    def stated(self, line: Line) -> _Stated | None:
        """Return the certificate of a line; None where the line is refused."""
        enterprise = self._enterprise(line)
        name = line.person(columns.PERSON)
        trade = line.filled(columns.TRADE)
        number = self._number(line)
        hashed = hash_of(self._uow, number)
        days = self._days(line, self._kept.get(_key(enterprise or "", hashed, trade)))
        presence = line.text(columns.PRESENCE)
        if presence not in PRESENT | GONE:
            known = Listed(tuple(sorted((PRESENT | GONE) - {""})))
            line.refuse(columns.PRESENCE, Say("imports-unknown-state", value=presence, known=known))
        if line.refusals or enterprise is None or days is None:
            return None
        stated = _Stated(line.number, enterprise, name, trade, number, hashed, *days, gone=presence in GONE)
        self._compare(line, stated)
        return stated

    def _enterprise(self, line: Line) -> str | None:
        """The code of the enterprise, by its code or else by a name that only one has."""
        code = normalise_code(line.text(columns.CODE))
        if code:
            if code not in self._known:
                line.refuse(columns.CODE, Say("imports-unknown-enterprise", value=code))
            return code
        name = line.text(columns.ENTERPRISE)
        codes = self._codes.get(likeness(name), [])
        if not name:
            line.refuse(columns.CODE, Say("imports-empty-cell"))
        elif not codes:
            line.refuse(columns.ENTERPRISE, Say("workers-unknown-enterprise", value=name))
        elif len(codes) > 1:
            line.refuse(columns.ENTERPRISE, Say("workers-ambiguous-enterprise", value=name, number=len(codes)))
        return codes[0] if codes else None

    def _number(self, line: Line) -> str:
        number = normalise_number(line.filled(columns.NUMBER, Say("workers-number-none")))
        if not number:
            return ""
        if SCIENTIFIC.fullmatch(number):
            line.refuse(columns.NUMBER, Say("workers-number-lost"))
            return ""
        match number_fault(number):
            case NumberFault.NONE:
                line.refuse(columns.NUMBER, Say("workers-number-none"))
            case NumberFault.PATTERN:
                line.warn(columns.NUMBER, Say("workers-number-pattern", number=masked(number)))
            case NumberFault.CHECK:
                line.warn(columns.NUMBER, Say("workers-number-check", number=masked(number)))
            case None:
                pass
        return number

    def _days(self, line: Line, known: Worker | None) -> tuple[date, date, date] | None:
        """Issued, review due, valid until. Where the list is silent: what is known of this card, else reckoned."""
        refusals = len(line.refusals)
        issued = line.day(columns.ISSUED, self._today)
        stated_review = line.day_if_any(columns.REVIEW, self._today)
        stated_until = line.day_if_any(columns.VALID, self._today)
        if issued is None or len(line.refusals) > refusals:
            return None
        if issued > self._today:
            line.refuse(columns.ISSUED, Say("imports-day-future"))
        until = stated_until or self._rules.last_day(issued)
        if known is not None and stated_until is None and known.issued == issued:
            until = known.valid_until
        review = stated_review or self._rules.review_day(until)
        if known is not None and stated_review is None and known.valid_until == until:
            review = known.review_due
        if until <= issued:
            line.refuse(columns.VALID, Say("workers-before-issue", day=FullDay(issued)))
        elif until > certificates.years_after(self._today, self._rules.years_valid):
            line.refuse(columns.VALID, Say("workers-too-far", years=self._rules.years_valid))
        elif stated_review is not None and review <= issued:
            line.refuse(columns.REVIEW, Say("workers-before-issue", day=FullDay(issued)))
        elif review > until:
            line.refuse(columns.REVIEW, Say("workers-review-after-end", day=FullDay(until)))
        elif until < self._today and stated_until is None:
            line.warn(columns.VALID, Say("workers-reckoned-over", day=FullDay(until)))
        elif review < self._today <= until and stated_review is None:
            line.warn(columns.REVIEW, Say("workers-reckoned-over", day=FullDay(review)))
        return issued, review, until

    def _compare(self, line: Line, stated: _Stated) -> None:
        """With the lines before it: the same certificate, or the same number under another name."""
        if stated.key in self._lines:
            line.refuse(columns.NUMBER, Say("workers-repeated", first=self._lines[stated.key]))
            return
        self._lines[stated.key] = line.number
        first, name = self._holders.setdefault((stated.enterprise, stated.hash), (line.number, stated.name))
        if likeness(name) != likeness(stated.name):
            line.refuse(columns.NUMBER, Say("workers-other-holder", first=first))
