"""Coverage gathered to be handed on: who is checked and trained and who is not, of a column or of all."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from service.core import papers
from service.core.papers import Paper
from service.core.permissions import Act, Area, Needed, Permission
from service.core.unit_of_work import Speaker, UnitOfWork
from service.district import coverage
from service.district.coverage import Coverage
from storage.registry import Enterprise
from talk.texts import CHINESE, Say, render


@dataclass(frozen=True, slots=True)
class CoverageSheet:
    """What is listed. `dangers` are the tags of greater danger in words, by id."""

    place: str
    at: datetime
    rehearsal: bool
    columns: tuple[Coverage, ...]
    dangers: dict[str, str]

    def dangers_of(self, enterprise: Enterprise) -> str:
        """Why an enterprise is to be checked."""
        return "、".join(name for tag, name in self.dangers.items() if tag in enterprise.tags)


@dataclass(frozen=True, slots=True)
class CoveragePaper(Paper[CoverageSheet]):
    """Who is checked and trained, of a column or (None) of all of them, as a workbook."""

    kind: ClassVar[str] = "coverage"
    column: str | None

    @property
    def subject(self) -> str:
        return f"coverage/{self.column or ''}"

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        del person
        area = Area.of_column(uow.pack, self.column or uow.pack.annex.city_column)
        return Needed(area, (Act.SEE_COVERAGE,))

    def gather(self, uow: UnitOfWork) -> CoverageSheet:
        by_column = coverage.every(uow)
        return CoverageSheet(
            self.column or uow.pack.city,
            uow.now,
            uow.rehearsal,
            tuple(by_column.values()) if self.column is None else (by_column[self.column],),
            {tag: render(uow.pack.tag(tag).name, CHINESE) for tag in uow.pack.coverage.dangers},
        )


def ask(uow: UnitOfWork, me: Speaker, column: str | None) -> None:
    """导出名单: of a column, or of the city with all. Who may see it is the caller's to ask."""
    place = column or uow.pack.city
    ready = Say("coverage-export-ready", place=place, at=uow.now)
    papers.order(uow, me, CoveragePaper(((me.person, ready),), column), Say("coverage-export-making"))
