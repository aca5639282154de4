"""Who saw or took away personal data: one audit row each time, with ids and numbers, never a name."""

from enum import StrEnum
from typing import Any

from service.permissions import OFFICER, PRINCIPAL
from service.work import Paper, PaperKind, Work
from storage import annex, audit, notices, people, permits, workers


class Shown(StrEnum):
    """The ways in which names, certificates, telephone numbers or photos reach somebody: the events of the audit."""

    PAPER = "paper-sent"
    PHONE_LIST = "phone-list-seen"
    OWN_DATA = "data-exported"
    WORKERS = "workers-seen"
    PHOTOS = "photos-seen"
    ANSWERS = "answers-seen"
    PERMIT = "permit-seen"
    """By staff; those who are on it see it all day."""
    PERMIT_WHOLE = "permit-printed"
    """At the command line, with the whole numbers of certificates."""
    LISTED = "people-listed"
    """At the command line; the row names the command."""


def shown(work: Work, who: int | None, what: Shown, subject: str, *, people: int, **data: Any) -> None:
    """Write down that `who` (None: at the command line) was shown data of so many people."""
    audit.note(work.conn, work.now, what, who, subject, people=people, **data)


def paper_sent(work: Work, paper: Paper, to: int) -> None:
    """A drawn paper goes to somebody."""
    shown(work, to, Shown.PAPER, paper.subject, people=people_on(work, paper), kind=str(paper.kind))


def people_on(work: Work, paper: Paper) -> int:
    """Of how many people a paper has personal data. A new kind of paper has a case of its own here."""
    match paper.kind:
        case PaperKind.FIRST_ROUND:
            return len(people.holders(work.conn, PRINCIPAL, paper.enterprise))
        case PaperKind.INSPECTION_FILE:
            posts = [one for role in (PRINCIPAL, OFFICER) for one in people.holders(work.conn, role, paper.enterprise)]
            return len(posts) + len(workers.find(work.conn, paper.enterprise))
        case PaperKind.PERMIT:
            return 0 if paper.permit is None else len(permits.people_of(work.conn, paper.permit))
        case PaperKind.RECEIPTS:
            return 0 if paper.notice is None else len(notices.receipts(work.conn, paper.notice))
        case PaperKind.ANNEX:
            month, column = paper.annex or ("", "")
            tables = [one for name, one in annex.states(work.conn, month).items() if column in ("", name)]
            named = {who for one in tables for who in (one.submitted_by, one.approved_by, one.filed_by)}
            return len(named - {None})
        case PaperKind.CHIEF:
            return 0
