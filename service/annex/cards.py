"""How an annex table looks in the chat: its card, a block, a cell with the records behind it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from campaign.annex import AnnexBlock, AnnexRow, Odd, Values, written
from campaign.annex_count import Source
from campaign.periods import Period, shown
from campaign.talks.annex import OverrideBrief, ReturnBrief
from service.annex import actions, grounds
from service.annex.grounds import Ground, Kind
from service.annex.tables import Cell, Correction, Table, drafted_from, snapshot
from service.core.letters import Draft, signature
from service.core.listing import Entry, LazyEntries, screen
from service.core.permissions import Act, Area, Needed, may, require
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import people
from storage.conversations import Conversation
from talk.actions import Action, Tap
from talk.texts import Phrase, Say

RECORDS = 8
"""Records behind a cell in one message."""
NAMED = 5
"""Corrections named on the card; the cells name the rest."""


def figures_digest(found: Table) -> str:
    """What a button says of the figures that were shown: 8 letters that change when a figure does."""
    told = json.dumps(snapshot(found)["cells"], sort_keys=True).encode()
    return hashlib.sha256(told).hexdigest()[:8]


def may_fill(uow: UnitOfWork, person: int, column: str) -> bool:
    """Whether somebody fills in and files a column."""
    return may(uow, person, _filling(uow, column), Area.of_column(uow.pack, column))


def may_review(uow: UnitOfWork, person: int, column: str) -> bool:
    """Whether somebody reviews a column; what the city does itself its staff review."""
    return may(uow, person, _reviewing(uow, column), Area.of_column(uow.pack, column))


def require_fill(uow: UnitOfWork, me: Speaker, column: str) -> None:
    """Go on only where somebody fills in and files a column."""
    require(uow, me, _filling(uow, column), Area.of_column(uow.pack, column))


def require_review(uow: UnitOfWork, me: Speaker, column: str) -> None:
    """Go on only where somebody reviews a column."""
    require(uow, me, _reviewing(uow, column), Area.of_column(uow.pack, column))


def to_fill(uow: UnitOfWork, talk: Conversation, brief: OverrideBrief) -> Needed:
    """Return what somebody needs who changes a figure of a column."""
    del talk
    return Needed(Area.of_column(uow.pack, brief.column), (_filling(uow, brief.column),))


def to_return(uow: UnitOfWork, talk: Conversation, brief: ReturnBrief) -> Needed:
    """Return what somebody needs who gives back a cell of a filed table, or a table that waits for review."""
    del talk
    act = Act.RETURN_ANNEX_CELL if brief.row else _reviewing(uow, brief.column)
    return Needed(Area.of_column(uow.pack, brief.column), (act,))


def _filling(uow: UnitOfWork, column: str) -> Act:
    return Act.FILL_CITY_ANNEX if column == uow.pack.annex.city_column else Act.FILL_ANNEX


def _reviewing(uow: UnitOfWork, column: str) -> Act:
    return Act.FILL_CITY_ANNEX if column == uow.pack.annex.city_column else Act.REVIEW_ANNEX


def where(uow: UnitOfWork, month: Period, column: str | None) -> tuple[str, int | None]:
    """A month and a column (None: the whole city) as buttons name them."""
    return month.name, None if column is None else uow.pack.columns.index(column)


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
    paper = actions.PAPER.tap(Say("annex-button-paper"), *where(uow, found.month, found.column))
    blocks = block_taps(uow, found.month, found.column)
    return Draft(tuple(lines), (*_ways(uow, person, found), *blocks, paper))


def block_taps(uow: UnitOfWork, month: Period, column: str | None) -> list[Tap]:
    """A button for each block of a table."""
    place = where(uow, month, column)
    return [
        actions.BLOCK.tap(Say("annex-button-block", block=block.id), *place, block.id, 1)
        for block in uow.pack.annex.blocks
    ]


def block(uow: UnitOfWork, found: Table, block: AnnexBlock, page: int) -> Draft:
    """All rows of a block, with a button for the records behind each."""
    place = where(uow, found.month, found.column)
    entries = [
        Entry(cell.row.label, _figures(found, cell), actions.CELL.data(*place, cell.row.name, 1))
        for cell in found.cells
        if cell.row.block == block.id
    ]
    heading = Say("annex-block-heading", month=shown(found.month.name), place=found.column, title=block.title)
    return screen([heading], entries, page, partial(actions.BLOCK.data, *place, block.id))


def cell(uow: UnitOfWork, person: int, found: Table, row: str, page: int = 1) -> Draft:
    """A cell: how it came about, the records behind it, what it corrects."""
    cell = found.cell(row)
    page = min(page, max(1, -(-len(cell.sources) // RECORDS)))
    records = cell.sources[(page - 1) * RECORDS : page * RECORDS]
    lines = _origin(uow, found, cell)
    lines.append(Say("annex-cell-records", number=len(cell.sources)) if records else Say("annex-cell-none"))
    told = grounds.of_records(uow, (source.id for source in records))
    lines += [_record(source, told[source.id]) for source in records]
    corrected = [correction for correction in found.corrections if correction.row == row]
    if page == 1 and corrected:
        lines.append(_corrections_heading(found, len(corrected)))
        lines += [_correction(uow, correction) for correction in corrected[:RECORDS]]
    lines += _odd(uow, found, [odd for odd in found.odd if odd.row == row])
    place = where(uow, found.month, found.column)
    taps: list[Tap] = []
    if (left := len(cell.sources) - page * RECORDS) > 0:
        lines.append(Say("list-more", number=left))
        taps.append(actions.CELL.tap(Say("option-more"), *place, row, page + 1))
    if found.state == "draft" and may_fill(uow, person, found.column):
        taps.append(actions.OVERRIDE.tap(Say("annex-button-override"), *place, row))
    if found.state == "filed" and may(uow, person, Act.RETURN_ANNEX_CELL, Area.of_column(uow.pack, found.column)):
        taps.append(actions.RETURN.tap(Say("annex-button-return-cell"), *place, row))
    if cell.sources:
        taps.append(actions.RECORDS.tap(Say("annex-button-records"), *place, row, 1))
    taps.append(actions.SHOW.tap(Say("annex-button-table"), *place))
    return Draft(tuple(lines), tuple(taps))


def _origin(uow: UnitOfWork, found: Table, cell: Cell) -> list[Phrase]:
    """The figures of a cell, those of the last filed table, and what somebody put in their place."""
    lines: list[Phrase] = [
        Say(
            "annex-cell",
            name=named(uow, cell.row),
            place=found.column,
            label=cell.row.label,
            figures=written(cell.values),
        )
    ]
    former = found.before.get(cell.row.name)
    if former is not None and found.since is not None:
        lines.append(Say("annex-cell-before", month=shown(found.since.name), before=written(former)))
    why = cell.override or cell.restored
    if why is not None:
        by = people.person(uow.conn, why.by)
        lines.append(
            Say(
                "annex-cell-override",
                kind=_kind(cell),
                month="" if why.month is None else shown(why.month),
                counted=written(cell.counted),
                who="…" if by is None else by.name,
                figures=written(cell.values),
                reason=why.reason,
            )
        )
    return lines


def _kind(cell: Cell) -> str:
    """How a figure stands to what was counted: as it (`no`), put in by hand (`yes`), as put in before (`carried`), or
    as counted again (`restored`).
    """
    if cell.override is None:
        return "no" if cell.restored is None else "restored"
    return "yes" if cell.override.month is None else "carried"


def records(uow: UnitOfWork, found: Table, row: str, page: int, shown_by: Mapping[Kind, Action[int]]) -> Draft:
    """The records behind a cell, each with a button to its own card: by `shown_by`, the action of its kind."""
    cell = found.cell(row)
    place = where(uow, found.month, found.column)
    heading = Say("annex-records", place=found.column, label=cell.row.quoted, number=len(cell.sources))
    ways = [actions.CELL.tap(Say("annex-button-cell"), *place, row, 1)]
    entries = LazyEntries(cell.sources, partial(_record_entries, uow, shown_by))
    return screen([heading], entries, page, partial(actions.RECORDS.data, *place, row), ways)


def _record_entries(uow: UnitOfWork, shown_by: Mapping[Kind, Action[int]], sources: Sequence[Source]) -> list[Entry]:
    told = grounds.of_records(uow, (source.id for source in sources))
    entries = []
    for source in sources:
        kind, number = grounds.numbered(source.id)
        ground = told[source.id]
        line = Say("annex-record-place", day=source.day, place=ground.enterprise, what=ground.what)
        entries.append(Entry(_record_name(source.id), line, shown_by[kind].data(number)))
    return entries


def ask_before_filing(uow: UnitOfWork, found: Table) -> Draft:
    """报出 is asked once more: it cannot be undone."""
    place = where(uow, found.month, found.column)
    lines = [Say("annex-sure", month=shown(found.month.name), place=found.column), *_odd(uow, found, found.odd)]
    taps = (
        actions.CONFIRM.tap(Say("annex-button-sure"), *place, figures_digest(found)),
        actions.SHOW.tap(Say("annex-button-table"), *place),
    )
    return Draft(tuple(lines), taps)


def unexplained(uow: UnitOfWork, found: Table, fell: Odd) -> Draft:
    """A cumulative figure that fell is reported only with the reason, which is asked where figures are changed."""
    row = uow.pack.annex.row(fell.row)
    line = Say(
        "annex-unexplained",
        row="" if row is None else row.label,
        value=_figure(fell.value),
        against=_figure(fell.against),
        month="" if found.since is None else shown(found.since.name),
    )
    place = where(uow, found.month, found.column)
    return Draft((line,), (actions.OVERRIDE.tap(Say("annex-button-override"), *place, fell.row),))


def lines_of(title: str, filled: Sequence[Phrase], rows: int) -> list[Phrase]:
    """The rows of a block that are not 0, and how many are."""
    if not filled:
        return [Say("annex-block-none", title=title, number=rows)]
    left = rows - len(filled)
    return [Say("annex-block", title=title), *filled, *([Say("annex-rest", number=left)] if left else [])]


def _heading(uow: UnitOfWork, found: Table) -> Say:
    return Say(
        "annex-heading",
        signature=signature(uow.pack.bureau_of(found.column)),
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
    place, seen = where(uow, found.month, found.column), figures_digest(found)
    fills, reviews = may_fill(uow, person, found.column), may_review(uow, person, found.column)
    taps: list[Tap] = []
    if found.state == "draft" and fills and uow.now >= drafted_from(uow, found.month):
        taps.append(actions.SUBMIT.tap(Say("annex-button-submit"), *place, seen))
    if found.state == "submitted" and reviews:
        taps.append(actions.APPROVE.tap(Say("annex-button-approve"), *place, seen))
        taps.append(actions.RETURN.tap(Say("annex-button-return"), *place, ""))
    if found.state == "approved" and fills:
        taps.append(actions.FILE.tap(Say("annex-button-file"), *place, seen))
    if found.state in ("submitted", "approved") and fills and not (found.state == "submitted" and reviews):
        taps.append(actions.WITHDRAW.tap(Say("annex-button-withdraw"), *place))
    return taps


def _line(found: Table, cell: Cell) -> Say:
    return Say("annex-line", number=cell.row.row, label=cell.row.label, figures=_figures(found, cell))


def _figures(found: Table, cell: Cell) -> Phrase:
    """3（比上月+2）; what was put in by hand is marked."""
    former = found.before.get(cell.row.name)
    change = "" if former is None else _change(cell.values, former)
    why = cell.override or cell.restored
    return Say(
        "annex-figures",
        figures=written(cell.values),
        changed="yes" if change else "no",
        month="" if found.since is None else shown(found.since.name),
        change=change,
        override=_kind(cell),
        since="" if why is None or why.month is None else shown(why.month),
        counted=written(cell.counted),
        reason="" if why is None else why.reason,
    )


def _change(now: Values, former: Values) -> str:
    steps = [number - then for number, then in zip(now, former, strict=True)]
    if not any(steps):
        return ""
    return "、".join(("+" if step > 0 else "") + written((step,)) for step in steps)


def named(uow: UnitOfWork, row: AnnexRow) -> Phrase:
    """A row by its block and number: 总体情况第2项."""
    title = next(block.title for block in uow.pack.annex.blocks if block.id == row.block)
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


def _correction(uow: UnitOfWork, correction: Correction) -> Say:
    record = _record_name(correction.id)
    if correction.late:
        return Say("annex-correction-late", record=record, day=correction.day or uow.now.date())
    return Say("annex-correction-gone", record=record, why=correction.why or Say("annex-correction-unsaid"))


def _odd(uow: UnitOfWork, found: Table, odd: Sequence[Odd]) -> list[Phrase]:
    if not odd:
        return []
    lines: list[Phrase] = [Say("annex-odd")]
    for oddity in odd:
        row, other = uow.pack.annex.row(oddity.row), uow.pack.annex.row(oddity.other)
        if row is None:
            lines.append(Say("annex-odd-zero"))
        elif other is not None:
            lines.append(
                Say(
                    "annex-odd-more",
                    row=row.label,
                    value=_figure(oddity.value),
                    other=other.label,
                    against=_figure(oddity.against),
                )
            )
        else:
            lines.append(
                Say(
                    "annex-odd-fell",
                    row=row.label,
                    value=_figure(oddity.value),
                    against=_figure(oddity.against),
                    month="" if found.since is None else shown(found.since.name),
                )
            )
    return lines


def _figure(number: Decimal) -> str:
    return written((number,))
