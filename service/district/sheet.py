"""Coverage gathered to be handed on: who is checked and trained and who is not, of a column or of all."""

from dataclasses import dataclass
from datetime import datetime

from service import papers
from service.district import coverage
from service.district.coverage import Coverage
from service.letters import answer
from service.work import Paper, PaperKind, Speaker, Work
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


def ask(work: Work, me: Speaker, column: str | None) -> None:
    """导出名单: of a column, or of the city with all. Who may see it is the caller's to ask."""
    if papers.too_many(work, me):
        answer(work, me, Say("file-pause"))
        return
    place = column or work.pack.city
    ready = Say("coverage-export-ready", place=place, at=work.now)
    work.papers.append(Paper(PaperKind.COVERAGE, "", ((me.person, ready),), about=(column or "",)))
    answer(work, me, Say("coverage-export-making"))


def asked_for(work: Work, paper: Paper) -> CoverageSheet:
    """The sheet of a paper."""
    (column,) = paper.about
    every = coverage.every(work)
    return CoverageSheet(
        column or work.pack.city,
        work.now,
        work.rehearsal,
        (every[column],) if column else tuple(every.values()),
        {tag: render(work.pack.tag(tag).name, CHINESE) for tag in work.pack.coverage.dangers},
    )
