"""Coverage gathered to be handed on: who is checked and trained and who is not, of a column or of all."""

from dataclasses import dataclass
from datetime import datetime

from service.core import papers
from service.core.letters import answer
from service.core.unit_of_work import Paper, PaperKind, Speaker, UnitOfWork
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


def ask(uow: UnitOfWork, me: Speaker, column: str | None) -> None:
    """导出名单: of a column, or of the city with all. Who may see it is the caller's to ask."""
    if papers.too_many(uow, me):
        answer(uow, me, Say("file-pause"))
        return
    place = column or uow.pack.city
    ready = Say("coverage-export-ready", place=place, at=uow.now)
    uow.papers.append(Paper(PaperKind.COVERAGE, "", ((me.person, ready),), about=(column or "",)))
    answer(uow, me, Say("coverage-export-making"))


def asked_for(uow: UnitOfWork, paper: Paper) -> CoverageSheet:
    """The sheet of a paper."""
    (column,) = paper.about
    every = coverage.every(uow)
    return CoverageSheet(
        column or uow.pack.city,
        uow.now,
        uow.rehearsal,
        (every[column],) if column else tuple(every.values()),
        {tag: render(uow.pack.tag(tag).name, CHINESE) for tag in uow.pack.coverage.dangers},
    )
