"""An annex table gathered to be printed or handed on: of one column, or of the city with every column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from campaign.annex import Annex, Values
from campaign.periods import Period
from service.annex import grounds, tables
from service.annex.tables import Table
from service.core.papers import Paper
from service.core.permissions import CITY_ITSELF, Act, Area, Needed, Permission
from service.core.unit_of_work import UnitOfWork
from storage import people


@dataclass(frozen=True, slots=True)
class Record:
    """A record behind a figure: in which column and row, `hazard/41`, its day, when it was entered, what it is."""

    column: str
    row: str
    id: str
    day: str
    entered: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed. `column` None: the city's table, whose figures are those of its columns together."""

    annex: Annex
    city: str
    bureau: str
    month: Period
    column: str | None
    at: datetime
    rehearsal: bool
    tables: tuple[Table, ...]
    records: tuple[Record, ...]
    names: Mapping[int, str]
    """Who filled in, reviewed, filed or changed something, by id."""

    @property
    def values(self) -> dict[str, Values]:
        """The figures by row."""
        return tables.together(self.tables)

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that are not filed."""
        return tuple(table.column for table in self.tables if table.state != "filed")


@dataclass(frozen=True, slots=True)
class AnnexPaper(Paper[Sheet]):
    """The official table of a month (`2023-06`), of a column or (None) of the city, as .docx and .xlsx."""

    kind: ClassVar[str] = "annex"
    month: str
    column: str | None

    @property
    def subject(self) -> str:
        return f"annex/{self.month}/{self.column or ''}"

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        del person
        area = CITY_ITSELF if self.column is None else Area.of_column(uow.pack, self.column)
        return Needed(area, (Act.SEE_ANNEX,))

    def gather(self, uow: UnitOfWork) -> Sheet:
        month = tables.months(uow)[self.month]
        found = tuple(tables.tables(uow, month, self.column))
        bureau = uow.pack.city_bureau if self.column is None else uow.pack.bureau_of(self.column)
        sources = [source for table in found for cell in table.cells for source in cell.sources]
        told = grounds.of_records(uow, (source.id for source in sources))
        records = tuple(
            Record(
                table.column,
                cell.row.name,
                source.id,
                source.day.isoformat(),
                source.at.astimezone(uow.context.zone),
                " ".join(filter(None, (told[source.id].enterprise, told[source.id].what))),
            )
            for table in found
            for cell in table.cells
            for source in cell.sources
        )
        known = {
            person
            for table in found
            for person in (
                *(() if table.kept is None else (table.kept.submitted_by, table.kept.approved_by, table.kept.filed_by)),
                *(cell.override.by for cell in table.cells if cell.override is not None),
            )
            if person is not None
        }
        names = dict.fromkeys(known, "") | people.names(uow.conn, known)
        return Sheet(
            uow.pack.annex,
            uow.pack.city,
            bureau,
            month,
            self.column,
            uow.now,
            uow.rehearsal,
            found,
            records,
            names,
        )

    def people(self, uow: UnitOfWork, facts: Sheet) -> int:
        return len(facts.names)
