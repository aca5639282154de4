"""The city's view of the annex table: who has filed, all columns together, a block, a row with its columns."""

from campaign.annex import AnnexRow, written
from campaign.periods import Period, shown
from service.annex import cards as annex_cards
from service.annex import tables as annex_tables
from service.core.letters import Draft, signature
from service.core.listing import Entry, screen
from service.core.unit_of_work import UnitOfWork
from storage import annex
from talk.actions import Tap
from talk.texts import Listed, Phrase, Say


def table(uow: UnitOfWork, month: Period) -> Draft:
    """For the city: who has filed, the figures of all columns together, a block or a column by tap."""
    found = annex_tables.tables(uow, month)
    filed = [one for one in found if one.state == "filed"]
    missing = [one.column for one in found if one.state != "filed"]
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
    values = annex_tables.together(found)
    for part in uow.pack.annex.blocks:
        rows = uow.pack.annex.block(part.id)
        filled = [
            Say("annex-line", number=row.row, label=row.label, figures=written(values[row.name]))
            for row in rows
            if any(values[row.name])
        ]
        lines += annex_cards.lines_of(part.title, filled, len(rows))
    blocks = [
        Tap(Say("annex-button-block", block=part.id), annex_cards.data(uow, "block", month, None, part.id))
        for part in uow.pack.annex.blocks
    ]
    chief = Tap(Say("annex-button-chief"), annex_cards.data(uow, "chief", month, None))
    paper = Tap(Say("annex-button-paper"), annex_cards.data(uow, "paper", month, None))
    ways = (Tap(Say("annex-button-columns"), annex_cards.data(uow, "columns", month, None)), *blocks, chief, paper)
    return Draft(tuple(lines), ways)


def block(uow: UnitOfWork, month: Period, name: str, page: int) -> Draft:
    """The rows of a block for the whole city; a row by tap shows its columns."""
    values = annex_tables.together(annex_tables.tables(uow, month))
    title = next((one.title for one in uow.pack.annex.blocks if one.id == name), "")
    entries = [
        Entry(row.label, written(values[row.name]), annex_cards.data(uow, "cell", month, None, row.name))
        for row in uow.pack.annex.block(name)
    ]
    heading = Say("annex-block-heading", month=shown(month.name), place=uow.pack.city, title=title)
    return screen([heading], entries, page, annex_cards.data(uow, "block", month, None, name))


def cell(uow: UnitOfWork, month: Period, row: AnnexRow) -> Draft:
    """A row of the city's table: every column with its figure."""
    found = annex_tables.tables(uow, month)
    values = annex_tables.together(found)[row.name]
    lines: list[Phrase] = [
        Say(
            "annex-cell",
            name=annex_cards.named(uow, row),
            place=uow.pack.city,
            label=row.label,
            figures=written(values),
        )
    ]
    lines += [
        Say("annex-city-column", place=one.column, figures=written(one.cell(row.name).values), state=one.state)
        for one in found
    ]
    return Draft(tuple(lines), (Tap(Say("annex-button-columns"), annex_cards.data(uow, "columns", month, None)),))


def columns(uow: UnitOfWork, month: Period, page: int) -> Draft:
    """Each column with where its table stands, one by tap."""
    entries = [
        Entry(
            one.column,
            Say("annex-state", state=one.state, at=one.as_of),
            annex_cards.data(uow, "show", month, one.column),
        )
        for one in annex_tables.tables(uow, month)
    ]
    heading = Say("annex-city-columns", month=shown(month.name))
    own = Tap(Say("annex-button-own"), annex_cards.data(uow, "show", month, uow.pack.annex.city_column))
    return screen([heading], entries, page, annex_cards.data(uow, "columns", month, None), [own])


def _returned_columns(uow: UnitOfWork, month: Period) -> list[str]:
    """The columns that were filed, returned by the city, and not filed again."""
    return [
        name for name, kept in annex.states(uow.conn, month.name).items() if kept.version > 1 and kept.state != "filed"
    ]
