"""The annex table of a month: shown, as JSON with the records behind each figure, or written to a file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Json, Now, OfDistrict, column_named, option
from bot.cli.words import say, words
from campaign.annex import written
from service.annex import tables
from service.annex.sheet import AnnexPaper, Sheet
from service.annex.tables import Cell, Table
from service.core.unit_of_work import UnitOfWork
from storage import modes
from talk.texts import Listed, Say

app = typer.Typer()

KINDS = (".docx", ".xlsx", ".pdf")


@app.command("annex", cls=Command, help=words(Say("cli-help-annex")))
def annex_(
    month: Annotated[str, option("--month", Say("cli-option-month"), Say("cli-name-month"))],
    district: OfDistrict = None,
    out: Annotated[Path | None, option("--out", Say("cli-option-annex-out"), Say("cli-name-file"))] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """Show or write a month's table of a district, or of the city with all its columns."""
    at = session.moment(now)
    if out is not None and out.suffix.lower() not in KINDS:
        raise Fault(Say("cli-annex-kind", given=out.name, known=Listed(KINDS)))
    with session.reading() as bot:
        zone = bot.context.zone
        sheet = bot.look(lambda uow: _gathered(uow, month, district), now=at)
        if (out is not None or as_json) and sheet.names:
            session.note_people(bot, "annex", len(sheet.names), f"annex/{sheet.month.name}/{sheet.column or ''}")
    if out is not None:
        modes.write(out, _drawn(sheet, out.suffix.lower()))
    if as_json:
        output.single(_fields(sheet), zone)
    elif out is not None:
        say(Say("cli-annex-written", file=str(out)))
    else:
        output.table(
            (Say("cli-column-number"), Say("cli-column-row"), Say("cli-column-figures")),
            [(row.name, row.label, written(sheet.values[row.name])) for row in sheet.annex.rows],
            zone,
        )


def _gathered(uow: UnitOfWork, named: str, given: str | None) -> Sheet:
    months = tables.months(uow)
    month = months.get(named)
    if month is None:
        raise Fault(Say("cli-no-such-month", given=named, known=Listed(tuple(months))))
    if month.first > uow.now.date():
        raise Fault(Say("cli-month-to-come", given=named, day=month.first))
    # The city's own name stands for its whole table.
    column = None if given is None or uow.pack.means_city(given) else column_named(uow.pack, given)
    return AnnexPaper((), month.name, column).gather(uow)


def _drawn(sheet: Sheet, kind: str) -> bytes:
    from reports.annex import docx, pdf, xlsx  # noqa: PLC0415  # a third of a second of imports, for files only

    return {".docx": docx, ".xlsx": xlsx, ".pdf": pdf}[kind](sheet)


def _fields(sheet: Sheet) -> dict[str, Any]:
    columns = [_table(table) for table in sheet.tables]
    if sheet.column is not None:
        return columns[0]
    filed = [table.filed_at for table in sheet.tables if table.filed_at is not None]
    return {
        "month": sheet.month.name,
        "district": sheet.city,
        "as_of": max(table.as_of for table in sheet.tables),
        "filed_at": max(filed) if len(filed) == len(sheet.tables) else None,
        "cells": [
            {
                "block": row.block,
                "row": row.row,
                "label": row.label,
                "values": sheet.values[row.name],
                "sources": [source.id for table in sheet.tables for source in table.cell(row.name).sources],
                "override": None,
            }
            for row in sheet.annex.rows
        ],
        "columns": columns,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "month": table.month.name,
        "district": table.column,
        **output.picked(table, "state", "as_of", "filed_at"),
        "cells": [_cell(cell) for cell in table.cells],
        "corrections": [
            {"row": change.row, "source": change.id, "late": change.late, "reason": change.why or None}
            for change in table.corrections
        ],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    why = cell.override
    return {
        "block": cell.row.block,
        "row": cell.row.row,
        "label": cell.row.label,
        "values": cell.values,
        "sources": [source.id for source in cell.sources],
        "override": None
        if why is None
        else {"counted": cell.counted, "reason": why.reason, "by": why.by, "at": why.at, "since": why.month},
    }
