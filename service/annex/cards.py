"""How an annex table looks in the chat: its card, a block, a cell with the records behind it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial

from campaign.annex import AnnexRow, Odd, Values, written
from campaign.annex_count import Source
from campaign.periods import Period, shown
from service.annex import grounds
from service.annex.grounds import Ground
from service.annex.tables import Cell, Correction, Table, drafted_from, snapshot
from service.core.letters import Draft, signature
from service.core.listing import Entry, LazyEntries, screen
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import UnitOfWork
from storage import people
from talk.actions import Tap
from talk.texts import Phrase, Say

RECORDS = 8
"""Records behind a cell in one message."""
NAMED = 5
"""Corrections named on the card; the cells name the rest."""


def mark(found: Table) -> str:
    """What a button says of the figures that were shown: 8 letters that change when they do."""
    told = json.dumps(snapshot(found)["cells"], sort_keys=True).encode()
    return hashlib.sha256(told).hexdigest()[:8]


def may_fill(uow: UnitOfWork, person: int, column: str) -> bool:
    """Whether somebody fills in and files a column."""
    act = Act.FILL_CITY_ANNEX if column == uow.pack.annex.city_column else Act.FILL_ANNEX
    return may(uow, person, act, Target.of_column(uow.pack, column))


def may_review(uow: UnitOfWork, person: int, column: str) -> bool:
    """Whether somebody reviews a column; what the city does itself its staff review."""
    act = Act.FILL_CITY_ANNEX if column == uow.pack.annex.city_column else Act.REVIEW_ANNEX
    return may(uow, person, act, Target.of_column(uow.pack, column))


def data(uow: UnitOfWork, verb: str, month: Period, column: str | None, *rest: object) -> str:
    """What a button carries: a column by its place, since names are too long for it."""
    place = "" if column is None else uow.pack.columns.index(column)
    return ":".join(("a:annex", verb, month.name, str(place), *map(str, rest)))


def card(uow: UnitOfWork, person: int, found: Table, told: Phrase | None = None) -> Draft:
    """A table as a whole: where it stands, what is not 0, what is odd, and the ways to go on."""
    lines: list[Phrase | None] = [told, _heading(uow, found), _returned(uow, found)]
    for block in uow.pack.annex.blocks:
        cells = [cell for cell in found.cells if cell.row.block == block.id]
        filled = [cell for cell in cells if any(cell.values) or any(found.before.get(cell.row.name, ()))]
        lines += lines_of(block.title, [_line(found, cell) for cell in filled], len(cells))
    lines += _corrections(uow, found)
    lines += _odd(uow, found, found.odd)
    if found.state == "draft" and uow.now < drafted_from(uow, found.month):
        lines.append(Say("annex-from", day=drafted_from(uow, found.month).date()))
    blocks = [
        Tap(Say("annex-button-block", block=block.id), data(uow, "block", found.month, found.column, block.id))
        for block in uow.pack.annex.blocks
    ]
    paper = Tap(Say("annex-button-paper"), data(uow, "paper", found.month, found.column))
    return Draft(tuple(lines), (*_ways(uow, person, found), *blocks, paper))


def block(uow: UnitOfWork, found: Table, name: str, page: int) -> Draft:
    """All rows of a block, with a button for the records behind each."""
    title = next((one.title for one in uow.pack.annex.blocks if one.id == name), "")
    entries = [
        Entry(
            cell.row.label,
            _figures(found, cell),
            data(uow, "cell", found.month, found.column, cell.row.name),
        )
        for cell in found.cells
        if cell.row.block == name
    ]
    heading = Say("annex-block-heading", month=shown(found.month.name), place=found.column, title=title)
    return screen([heading], entries, page, data(uow, "block", found.month, found.column, name))


def cell(uow: UnitOfWork, person: int, found: Table, row: str, page: int = 1) -> Draft:
    """A cell: how it came about, the records behind it, what it corrects."""
    one = found.cell(row)
    lines: list[Phrase | None] = [
        Say(
            "annex-cell",
            name=named(uow, one.row),
            place=found.column,
            label=one.row.label,
            figures=written(one.values),
        )
    ]
    former = found.before.get(row)
    if former is not None and found.since is not None:
        lines.append(Say("annex-cell-before", month=shown(found.since.name), before=written(former)))
    if one.override is not None:
        by = people.person(uow.conn, one.override.by)
        lines.append(
            Say(
                "annex-cell-override",
                counted=written(one.counted),
                who="…" if by is None else by.name,
                figures=written(one.values),
                reason=one.override.reason,
            )
        )
    first = (page - 1) * RECORDS
    records = one.sources[first : first + RECORDS]
    told = grounds.of_records(uow, (source.id for source in records))
    lines.append(Say("annex-cell-records", number=len(one.sources)) if one.sources else Say("annex-cell-none"))
    lines += [_record(source, told[source.id]) for source in records]
    corrected = [correction for correction in found.corrections if correction.row == row]
    if page == 1 and corrected:
        lines.append(_corrections_heading(found, len(corrected)))
        lines += [_correction(uow, correction) for correction in corrected[:RECORDS]]
    lines += _odd(uow, found, [odd for odd in found.odd if odd.row == row])
    taps = []
    if left := len(one.sources) - first - len(records):
        lines.append(Say("list-more", number=left))
        taps.append(Tap(Say("option-more"), data(uow, "cell", found.month, found.column, row, page + 1)))
    if found.state == "draft" and may_fill(uow, person, found.column):
        taps.append(Tap(Say("annex-button-override"), data(uow, "override", found.month, found.column, row)))
    if found.state == "filed" and may(uow, person, Act.RETURN_ANNEX_CELL, Target.of_column(uow.pack, found.column)):
        taps.append(Tap(Say("annex-button-return-cell"), data(uow, "return", found.month, found.column, row)))
    if one.sources:
        taps.append(Tap(Say("annex-button-records"), data(uow, "records", found.month, found.column, row)))
    taps.append(Tap(Say("annex-button-table"), data(uow, "show", found.month, found.column)))
    return Draft(tuple(lines), tuple(taps))


def records(uow: UnitOfWork, found: Table, row: str, page: int) -> Draft:
    """The records behind a cell, each with a button to its own card."""
    one = found.cell(row)
    heading = Say("annex-records", place=found.column, label=one.row.quoted, number=len(one.sources))
    ways = [Tap(Say("annex-button-cell"), data(uow, "cell", found.month, found.column, row))]
    entries = LazyEntries(one.sources, partial(_record_entries, uow))
    return screen([heading], entries, page, data(uow, "records", found.month, found.column, row), ways)


def _record_entries(uow: UnitOfWork, sources: Sequence[Source]) -> list[Entry]:
    told = grounds.of_records(uow, (source.id for source in sources))
    return [
        Entry(
            _record_name(source.id),
            Say(
                "annex-record-place",
                day=source.day,
                place=told[source.id].enterprise,
                what=told[source.id].what,
            ),
            f"a:{source.id.replace('/', ':')}",
        )
        for source in sources
    ]


def sure(uow: UnitOfWork, found: Table) -> Draft:
    """报出 is asked once more: it cannot be undone."""
    lines = [Say("annex-sure", month=shown(found.month.name), place=found.column), *_odd(uow, found, found.odd)]
    taps = (
        Tap(Say("annex-button-sure"), data(uow, "sure", found.month, found.column, mark(found))),
        Tap(Say("annex-button-table"), data(uow, "show", found.month, found.column)),
    )
    return Draft(tuple(lines), taps)


def unexplained(uow: UnitOfWork, found: Table, fell: Odd) -> Draft:
    """A cumulative figure that fell is reported only with the reason, which is asked where figures are changed."""
    row = uow.pack.annex.row(fell.row)
    line = Say(
        "annex-unexplained",
        row="" if row is None else row.label,
        value=_one(fell.value),
        against=_one(fell.against),
        month="" if found.since is None else shown(found.since.name),
    )
    tap = Tap(Say("annex-button-override"), data(uow, "override", found.month, found.column, fell.row))
    return Draft((line,), (tap,))


def lines_of(title: str, filled: Sequence[Phrase], rows: int) -> list[Phrase]:
    """The rows of a block that are not 0, and how many are."""
    if not filled:
        return [Say("annex-block-none", title=title, number=rows)]
    left = rows - len(filled)
    return [Say("annex-block", title=title), *filled, *([Say("annex-rest", number=left)] if left else [])]


def _heading(uow: UnitOfWork, found: Table) -> Say:
    city_ = found.column == uow.pack.annex.city_column
    bureau = uow.pack.city_bureau if city_ else uow.pack.district(found.column).bureau
    return Say(
        "annex-heading",
        signature=signature(bureau),
        month=shown(found.month.name),
        place=found.column,
        state=Say("annex-state", state=found.state, at=found.as_of),
    )


def _returned(uow: UnitOfWork, found: Table) -> Phrase | None:
    kept = found.kept
    if kept is None or kept.remark is None or found.state != "draft":
        return None
    row = uow.pack.annex.row(kept.remark_row or "")
    about = "" if row is None else named(uow, row)
    return Say("annex-remark", whole="yes" if row is None else "no", row=about, remark=kept.remark)


def _ways(uow: UnitOfWork, person: int, found: Table) -> list[Tap]:
    month, column, seen = found.month, found.column, mark(found)
    fills, reviews = may_fill(uow, person, column), may_review(uow, person, column)
    taps: list[Tap] = []
    if found.state == "draft" and fills and uow.now >= drafted_from(uow, month):
        taps.append(Tap(Say("annex-button-submit"), data(uow, "submit", month, column, seen)))
    if found.state == "submitted" and reviews:
        taps.append(Tap(Say("annex-button-approve"), data(uow, "approve", month, column, seen)))
        taps.append(Tap(Say("annex-button-return"), data(uow, "return", month, column)))
    if found.state == "approved" and fills:
        taps.append(Tap(Say("annex-button-file"), data(uow, "file", month, column, seen)))
    if found.state in ("submitted", "approved") and fills and not (found.state == "submitted" and reviews):
        taps.append(Tap(Say("annex-button-withdraw"), data(uow, "withdraw", month, column)))
    return taps


def _line(found: Table, one: Cell) -> Say:
    return Say("annex-line", number=one.row.row, label=one.row.label, figures=_figures(found, one))


def _figures(found: Table, one: Cell) -> Phrase:
    """3（比上月+2）; what was put in by hand is marked."""
    former = found.before.get(one.row.name)
    change = "" if former is None else _change(one.values, former)
    return Say(
        "annex-figures",
        figures=written(one.values),
        changed="yes" if change else "no",
        month="" if found.since is None else shown(found.since.name),
        change=change,
        override="no" if one.override is None else "yes",
        counted=written(one.counted),
        reason="" if one.override is None else one.override.reason,
    )


def _change(now: Values, former: Values) -> str:
    steps = [number - then for number, then in zip(now, former, strict=True)]
    if not any(steps):
        return ""
    return "、".join(("+" if step > 0 else "") + written((step,)) for step in steps)


def named(uow: UnitOfWork, row: AnnexRow) -> Phrase:
    """A row by its block and number: 总体情况第2项."""
    title = next(one.title for one in uow.pack.annex.blocks if one.id == row.block)
    return Say("annex-row-name", title=title, number=row.row)


def _record(source: Source, told: Ground) -> Phrase:
    kind, number = grounds.numbered(source.id)
    return Say("annex-record", kind=kind, number=str(number), place=told.enterprise, what=told.what, day=source.day)


def _record_name(record: str) -> Say:
    kind, number = grounds.numbered(record)
    return Say("annex-record-name", kind=kind, number=str(number))


def _corrections(uow: UnitOfWork, found: Table) -> Iterable[Phrase]:
    if not found.corrections:
        return
    yield _corrections_heading(found, len(found.corrections))
    for correction in found.corrections[:NAMED]:
        row = uow.pack.annex.row(correction.row)
        if row is not None:
            yield Say("annex-correction-of", row=named(uow, row), what=_correction(uow, correction))
    if len(found.corrections) > NAMED:
        yield Say("annex-corrections-more", number=len(found.corrections) - NAMED)


def _corrections_heading(found: Table, number: int) -> Say:
    return Say("annex-corrections", month="" if found.since is None else shown(found.since.name), number=number)


def _correction(uow: UnitOfWork, one: Correction) -> Say:
    record = _record_name(one.id)
    if one.late:
        return Say("annex-correction-late", record=record, day=one.day or uow.now.date())
    return Say("annex-correction-gone", record=record, why=one.why or Say("annex-correction-unsaid"))


def _odd(uow: UnitOfWork, found: Table, odd: Sequence[Odd]) -> list[Phrase]:
    if not odd:
        return []
    lines: list[Phrase] = [Say("annex-odd")]
    for one in odd:
        row, other = uow.pack.annex.row(one.row), uow.pack.annex.row(one.other)
        if row is None:
            lines.append(Say("annex-odd-zero"))
        elif other is not None:
            lines.append(
                Say(
                    "annex-odd-more",
                    row=row.label,
                    value=_one(one.value),
                    other=other.label,
                    against=_one(one.against),
                )
            )
        else:
            lines.append(
                Say(
                    "annex-odd-fell",
                    row=row.label,
                    value=_one(one.value),
                    against=_one(one.against),
                    month="" if found.since is None else shown(found.since.name),
                )
            )
    return lines


def _one(number: Decimal) -> str:
    return written((number,))
