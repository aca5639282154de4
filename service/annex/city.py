"""The city's view of the annex table: who has filed, all columns together, a block, a row with its columns."""

from functools import partial

from campaign.annex import AnnexBlock, AnnexRow, written
from campaign.periods import Period, shown
from service.annex import actions, cards, tables
from service.core.letters import Draft, signature
from service.core.listing import Entry, screen
from service.core.unit_of_work import UnitOfWork
from storage import annex
from talk.texts import Listed, Phrase, Say


def table(uow: UnitOfWork, month: Period) -> Draft:
    """For the city: who has filed, the figures of all columns together, a block or a column by tap."""
    found = tables.tables(uow, month)
    filed = [table for table in found if table.state == "filed"]
    missing = [table.column for table in found if table.state != "filed"]
    again = _returned_columns(uow, month)
    lines: list[Phrase] = [
        Say(
            "annex-city-heading",
            signature=signature(uow.pack.city_bureau),
            month=shown(month.name),
            number=len(filed),
            all=len(found),
        )
    ]
    if missing:
        lines.append(Say("annex-city-missing", places=Listed(tuple(missing))))
    if again:
        lines.append(Say("annex-city-returned", places=Listed(tuple(again))))
    values = tables.together(found)
    for part in uow.pack.annex.blocks:
        rows = uow.pack.annex.block(part.id)
        filled = [
            Say("annex-line", number=row.row, label=row.label, figures=written(values[row.name]))
            for row in rows
            if any(values[row.name])
        ]
        lines += cards.lines_of(part.title, filled, len(rows))
    place = cards.where(uow, month, None)
    ways = (
        actions.COLUMNS.tap(Say("annex-button-columns"), *place, 1),
        *cards.block_taps(uow, month, None),
        actions.CHIEF.tap(Say("annex-button-chief"), *place),
        actions.PAPER.tap(Say("annex-button-paper"), *place),
    )
    return Draft(tuple(lines), ways)


def block(uow: UnitOfWork, month: Period, block: AnnexBlock, page: int) -> Draft:
    """The rows of a block for the whole city; a row by tap shows its columns."""
    values = tables.together(tables.tables(uow, month))
    place = cards.where(uow, month, None)
    entries = [
        Entry(row.label, written(values[row.name]), actions.CELL.data(*place, row.name, 1))
        for row in uow.pack.annex.block(block.id)
    ]
    heading = Say("annex-block-heading", month=shown(month.name), place=uow.pack.city, title=block.title)
    return screen([heading], entries, page, partial(actions.BLOCK.data, *place, block.id))


def cell(uow: UnitOfWork, month: Period, row: AnnexRow) -> Draft:
    """A row of the city's table: every column with its figure."""
    found = tables.tables(uow, month)
    values = tables.together(found)[row.name]
    lines: list[Phrase] = [
        Say("annex-cell", name=cards.named(uow, row), place=uow.pack.city, label=row.label, figures=written(values))
    ]
    lines += [
        Say("annex-city-column", place=table.column, figures=written(table.cell(row.name).values), state=table.state)
        for table in found
    ]
    back = actions.COLUMNS.tap(Say("annex-button-columns"), *cards.where(uow, month, None), 1)
    return Draft(tuple(lines), (back,))


def columns(uow: UnitOfWork, month: Period, page: int) -> Draft:
    """Each column with where its table stands, one by tap."""
    entries = [
        Entry(
            table.column,
            Say("annex-state", state=table.state, at=table.as_of),
            actions.SHOW.data(*cards.where(uow, month, table.column)),
        )
        for table in tables.tables(uow, month)
    ]
    heading = Say("annex-city-columns", month=shown(month.name))
    own = actions.SHOW.tap(Say("annex-button-own"), *cards.where(uow, month, uow.pack.annex.city_column))
    return screen([heading], entries, page, partial(actions.COLUMNS.data, *cards.where(uow, month, None)), [own])


def _returned_columns(uow: UnitOfWork, month: Period) -> list[str]:
    """The columns that were filed, returned by the city, and not filed again."""
    return [
        name for name, kept in annex.states(uow.conn, month.name).items() if kept.version > 1 and kept.state != "filed"
    ]
