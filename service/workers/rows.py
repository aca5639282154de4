"""The register of workers comes in: a list of certificates (特种作业操作证), checked line by line and compared with
what is kept. No sentence and no audit row tells a number; what is shown is masked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final

from campaign import certificates
from campaign.certificates import NumberFault, masked, normalise_number, number_fault
from campaign.identity import likeness, normalise_code, unify_text
from service.core.unit_of_work import UnitOfWork
from service.imports.sheets import Row, SheetError
from service.registry import enterprise_rows
from service.registry import enterprises as registry
from service.registry.enterprise_rows import CODE, SCIENTIFIC, Cells, Refusal
from service.registry.enterprises import Difference, Entry, ImportReport
from service.workers.register import check_key, hash_of, sealed_number
from storage import audit, clock, workers
from storage import registry as enterprises
from storage.workers import Worker
from talk.texts import Arg, FullDay, Listed, Say, show

ENTERPRISE: Final = enterprise_rows.NAME
PERSON: Final = "姓名"
TRADE: Final = "作业类别"
NUMBER: Final = "证号"
ISSUED: Final = "初领日期"
REVIEW: Final = "复审日期"
VALID: Final = "有效期至"
PRESENCE: Final = "在岗状态"
REQUIRED: Final = (PERSON, TRADE, NUMBER, ISSUED)
OPTIONAL: Final = (CODE, ENTERPRISE, REVIEW, VALID, PRESENCE)
ALIASES: Final = {
    "信用代码": CODE,
    "单位名称": ENTERPRISE,
    "所属企业": ENTERPRISE,
    "持证人": PERSON,
    "工种": TRADE,
    "证书编号": NUMBER,
    "操作证号": NUMBER,
    "特种作业操作证号": NUMBER,
    "发证日期": ISSUED,
    "初次领证日期": ISSUED,
    "应复审日期": REVIEW,
    "下次复审日期": REVIEW,
    "有效期": VALID,
    "有效期限": VALID,
    "有效期止": VALID,
    "到期日期": VALID,
}
"""What lists call the columns besides."""

PRESENT: Final = frozenset({"", "在岗", "在职"})
GONE: Final = frozenset({"离岗", "离职", "注销"})
"""Who is told to be gone leaves the register; who is not told of at all stays."""

_QUOTED: Final = re.compile(r'="(.*)"')
"""How spreadsheets keep long digits as text in a .csv."""
_UNTIL: Final = re.compile(r".*(?:至|到|~|～|—|–)\s*")
"""A term 2019-10-12至2025-10-11: its end counts."""
_TAIL: Final = "作业"

Key = tuple[str, str, str]
"""What makes two lines the same certificate: enterprise, hash of the number, trade."""


@dataclass(frozen=True, slots=True)
class WorkersReport:
    """What an import did or, where it was not `written`, would do; `warnings` are lines that were taken all the
    same.
    """

    done: ImportReport
    removed: tuple[Entry, ...]
    warnings: tuple[Refusal, ...]


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
            (PERSON, kept.name, self.name, kept.name != self.name),
            (TRADE, kept.trade, self.trade, kept.trade != self.trade),
            (ISSUED, FullDay(kept.issued), FullDay(self.issued), kept.issued != self.issued),
            (REVIEW, FullDay(kept.review_due), FullDay(self.review_due), kept.review_due != self.review_due),
            (VALID, FullDay(kept.valid_until), FullDay(self.valid_until), kept.valid_until != self.valid_until),
        )
        return tuple(Difference(column, old, new) for column, old, new, differ in pairs if differ)


def import_workers(uow: UnitOfWork, rows: Sequence[Row], *, dry_run: bool = False) -> WorkersReport:
    """Bring the register to what the rows say. Whoever they do not name stays; when a line is refused nothing is
    written. SealError where the key of the house is not the one that the register was written with.
    """
    # The lock: no tick reminds of what is being renewed, and no other import writes the same line.
    clock.read(uow.conn, lock=True)
    check_key(uow)
    kept = {_key(one.enterprise, one.certificate_hash, one.trade): one for one in workers.everybody(uow.conn)}
    reader = _Reader(uow, rows, kept)
    read = [reader.read(row) for row in rows]
    stated = [one for one in read if isinstance(one, _Stated)]
    refused = tuple(refusal for one in read if not isinstance(one, _Stated) for refusal in one)
    added = [one for one in stated if one.key not in kept and not one.gone]
    removed = [one for one in stated if one.key in kept and one.gone]
    stay = [(one, kept[one.key], one.differences(kept[one.key])) for one in stated if one.key in kept and not one.gone]
    changed = [(one, old, differences) for one, old, differences in stay if differences]
    written = not refused and not dry_run
    if written:
        _write(uow, added, [(one, old) for one, old, _ in changed], [kept[one.key].id for one in removed])
    absent = [one.entry for one in stated if one.key not in kept and one.gone]
    return WorkersReport(
        ImportReport(
            tuple(one.entry for one in added),
            tuple(replace(one.entry, differences=differences) for one, _, differences in changed),
            (*(one.entry for one, _, differences in stay if not differences), *absent),
            refused,
            written,
        ),
        tuple(one.entry for one in removed),
        (*reader.warnings, *_corrected(added, kept, {one.key for one in stated})),
    )


def report_lines(report: WorkersReport, ignored: Sequence[str] = ()) -> list[Say]:
    """The report for people: a sentence for each line that was refused, is odd, or changes something; the sums."""
    done = report.done
    lines = [refusal.say for refusal in done.refused]
    lines += [Say("workers-warning", say=warning.say) for warning in report.warnings]
    if not done.refused:
        lines += [
            Say("imports-changed-line", line=entry.line, name=entry.name, differences=registry.in_words(entry))
            for entry in done.changed
        ]
    if ignored:
        lines.append(Say("workers-ignored-columns", columns=Listed(tuple(ignored))))
    sums: dict[str, Arg] = {
        "added": len(done.added),
        "changed": len(done.changed),
        "unchanged": len(done.unchanged),
        "removed": len(report.removed),
    }
    if done.refused:
        lines.append(Say("workers-nothing-written", refused=done.refused_lines))
    elif done.written:
        lines.append(Say("workers-written", **sums))
    else:
        lines.append(Say("workers-dry-run", **sums))
    return lines


def report_json(report: WorkersReport, language: str) -> dict[str, Any]:
    """The report for programs."""
    return {
        **registry.report_json(report.done, language),
        "removed": [{"line": one.line, "code": one.code, "name": one.name} for one in report.removed],
        "warnings": [
            {"line": one.line, "column": one.column, "reason": show(one.reason, language)} for one in report.warnings
        ],
    }


def _write(
    uow: UnitOfWork, added: Sequence[_Stated], changed: Iterable[tuple[_Stated, Worker]], gone: Sequence[int]
) -> None:
    changes = list(changed)
    workers.add(
        uow.conn,
        [
            {
                "enterprise": one.enterprise,
                "name": one.name,
                "trade": one.trade,
                "certificate": sealed_number(uow, one.enterprise, one.number),
                "certificate_masked": masked(one.number),
                "certificate_hash": one.hash,
                "issued": one.issued,
                "review_due": one.review_due,
                "valid_until": one.valid_until,
            }
            for one in added
        ],
        uow.now,
    )
    for one, old in changes:
        moved = (old.review_due, old.valid_until) != (one.review_due, one.valid_until)
        workers.change(
            uow.conn,
            old.id,
            uow.now,
            name=one.name,
            trade=one.trade,
            issued=one.issued,
            review_due=one.review_due,
            valid_until=one.valid_until,
            # Of other days nobody has been told yet.
            reminded_days=None if moved else old.reminded_days,
        )
    for worker in gone:
        workers.change(uow.conn, worker, uow.now, removed_at=uow.now)
    if added or changes or gone:
        # Counts only: names and numbers have no place in the audit.
        sums = {"added": len(added), "changed": len(changes), "removed": len(gone)}
        audit.note(uow.conn, uow.now, "workers-imported", None, "registry", **sums)


def _corrected(added: Sequence[_Stated], kept: Mapping[Key, Worker], named: AbstractSet[Key]) -> Iterator[Refusal]:
    """New lines that may be a number put right: the register has the same name and trade under a number that the list
    no longer names. Or it is a namesake, so people decide.
    """
    others = {
        _key(one.enterprise, one.name, one.trade): one.certificate_masked
        for key, one in kept.items()
        if key not in named
    }
    for one in added:
        if other := others.get(_key(one.enterprise, one.name, one.trade)):
            yield Refusal(one.line, NUMBER, Say("workers-namesake", number=other, name=one.name))


def _key(enterprise: str, certificate_hash: str, trade: str) -> Key:
    return enterprise, certificate_hash, likeness(trade).removesuffix(_TAIL)


class _Reader:
    """Reads the lines of one list; a certificate may come once."""

    def __init__(self, uow: UnitOfWork, rows: Sequence[Row], kept: Mapping[Key, Worker]) -> None:
        self.warnings: list[Refusal] = []
        self._uow = uow
        self._kept = kept
        self._rules = uow.pack.certificates
        self._today = uow.now.date()
        self._codes: dict[str, list[str]] = {}
        self._known = enterprises.all_enterprises(uow.conn)
        for one in self._known.values():
            self._codes.setdefault(likeness(one.name), []).append(one.code)
        self._unify = cache(unify_text)
        self._lines: dict[Key, int] = {}
        self._holders: dict[tuple[str, str], tuple[int, str]] = {}
        if rows and not any(column in rows[0].cells for column in (CODE, ENTERPRISE)):
            raise SheetError(Say("workers-no-enterprise-column", code=CODE, name=ENTERPRISE))

    def read(self, row: Row) -> _Stated | tuple[Refusal, ...]:
        """The certificate of a line, or everything that is wrong with the line."""
        if row.surplus:
            return (Refusal(row.line, None, Say("imports-surplus")),)
        plain = {column: _QUOTED.sub(r"\1", cell.strip()) for column, cell in row.cells.items()}
        if formulas := [column for column, cell in plain.items() if cell.startswith("=")]:
            return tuple(Refusal(row.line, column, Say("workers-formula")) for column in formulas)
        cells = Cells(Row(row.line, plain), self._unify)
        warnings = len(self.warnings)
        enterprise = self._enterprise(cells)
        name = cells.filled(PERSON)
        trade = cells.filled(TRADE)
        number = self._number(cells)
        hashed = hash_of(self._uow, number)
        days = self._days(cells, self._kept.get(_key(enterprise or "", hashed, trade)))
        presence = cells.text(PRESENCE)
        if presence not in PRESENT | GONE:
            known = Listed(tuple(sorted((PRESENT | GONE) - {""})))
            cells.refuse(PRESENCE, Say("imports-unknown-state", value=presence, known=known))
        if cells.refusals or enterprise is None or days is None:
            del self.warnings[warnings:]
            return tuple(cells.refusals)
        one = _Stated(row.line, enterprise, name, trade, number, hashed, *days, gone=presence in GONE)
        self._compare(cells, one)
        return tuple(cells.refusals) or one

    def _enterprise(self, cells: Cells) -> str | None:
        code = normalise_code(cells.text(CODE))
        if code:
            if code not in self._known:
                cells.refuse(CODE, Say("imports-unknown-enterprise", value=code))
            return code
        name = cells.text(ENTERPRISE)
        codes = self._codes.get(likeness(name), [])
        if not name:
            cells.refuse(CODE, Say("imports-empty-cell"))
        elif not codes:
            cells.refuse(ENTERPRISE, Say("workers-unknown-enterprise", value=name))
        elif len(codes) > 1:
            cells.refuse(ENTERPRISE, Say("workers-ambiguous-enterprise", value=name, number=len(codes)))
        return codes[0] if codes else None

    def _number(self, cells: Cells) -> str:
        number = normalise_number(cells.filled(NUMBER))
        if not number:
            return ""
        if SCIENTIFIC.fullmatch(number):
            cells.refuse(NUMBER, Say("workers-number-lost"))
            return ""
        match number_fault(number):
            case NumberFault.NONE:
                cells.refuse(NUMBER, Say("workers-number-none"))
            case NumberFault.PATTERN:
                self._warn(cells, NUMBER, Say("workers-number-pattern", number=masked(number)))
            case NumberFault.CHECK:
                self._warn(cells, NUMBER, Say("workers-number-check", number=masked(number)))
            case None:
                pass
        return number

    def _days(self, cells: Cells, known: Worker | None) -> tuple[date, date, date] | None:
        """Issued, review due, valid until. Where the list is silent: what is known of this card, else reckoned."""
        refusals = len(cells.refusals)
        issued = cells.day(ISSUED, cells.filled(ISSUED), self._today)
        stated_review = cells.day(REVIEW, cells.text(REVIEW, spaced=True), self._today)
        stated_until = cells.day(VALID, _UNTIL.sub("", cells.text(VALID, spaced=True)), self._today)
        if issued is None or len(cells.refusals) > refusals:
            return None
        if issued > self._today:
            cells.refuse(ISSUED, Say("imports-day-future"))
        until = stated_until or self._rules.last_day(issued)
        if known is not None and stated_until is None and known.issued == issued:
            until = known.valid_until
        review = stated_review or self._rules.review_day(until)
        if known is not None and stated_review is None and known.valid_until == until:
            review = known.review_due
        if until <= issued:
            cells.refuse(VALID, Say("workers-before-issue", day=FullDay(issued)))
        elif until > certificates.years_after(self._today, self._rules.years_valid):
            cells.refuse(VALID, Say("workers-too-far", years=self._rules.years_valid))
        elif stated_review is not None and review <= issued:
            cells.refuse(REVIEW, Say("workers-before-issue", day=FullDay(issued)))
        elif review > until:
            cells.refuse(REVIEW, Say("workers-review-after-end", day=FullDay(until)))
        elif until < self._today and stated_until is None:
            self._warn(cells, VALID, Say("workers-reckoned-over", day=FullDay(until)))
        elif review < self._today <= until and stated_review is None:
            self._warn(cells, REVIEW, Say("workers-reckoned-over", day=FullDay(review)))
        return issued, review, until

    def _compare(self, cells: Cells, one: _Stated) -> None:
        """With the lines before it: the same certificate, or the same number under another name."""
        if one.key in self._lines:
            cells.refuse(NUMBER, Say("workers-repeated", first=self._lines[one.key]))
            return
        self._lines[one.key] = one.line
        first, name = self._holders.setdefault((one.enterprise, one.hash), (one.line, one.name))
        if likeness(name) != likeness(one.name):
            cells.refuse(NUMBER, Say("workers-other-holder", first=first))

    def _warn(self, cells: Cells, column: str, reason: Say) -> None:
        self.warnings.append(Refusal(cells.line, column, reason))
