"""Of how many people a drawn paper has personal data."""

from service.core.permissions import OFFICER, PRINCIPAL
from service.core.unit_of_work import Paper, PaperKind, UnitOfWork
from service.desk import contacts, phone_list
from storage import annex, notices, people, permits, workers


def people_on(uow: UnitOfWork, paper: Paper) -> int:
    """Of how many people a paper has personal data. A new kind of paper has a case of its own here."""
    match paper.kind:
        case PaperKind.FIRST_ROUND:
            return len(people.holders(uow.conn, PRINCIPAL, paper.enterprise))
        case PaperKind.INSPECTION_FILE:
            posts = [one for role in (PRINCIPAL, OFFICER) for one in people.holders(uow.conn, role, paper.enterprise)]
            return len(posts) + len(workers.find(uow.conn, paper.enterprise))
        case PaperKind.PERMIT:
            return 0 if paper.permit is None else len(permits.people_of(uow.conn, paper.permit))
        case PaperKind.RECEIPTS:
            return 0 if paper.notice is None else len(notices.receipts(uow.conn, paper.notice))
        case PaperKind.ANNEX:
            month, column = paper.annex or ("", "")
            tables = [one for name, one in annex.states(uow.conn, month).items() if column in ("", name)]
            named = {who for one in tables for who in (one.submitted_by, one.approved_by, one.filed_by)}
            return len(named - {None})
        case PaperKind.OWES:
            return len(contacts.of_place(uow, _district(uow, paper)))
        case PaperKind.PHONE_LIST:
            return len(phone_list.calls(uow, _district(uow, paper)))
        case PaperKind.CHIEF | PaperKind.COVERAGE | PaperKind.REPORT:
            return 0


def _district(uow: UnitOfWork, paper: Paper) -> str | None:
    """Of which district a paper of a place is; None: of the city."""
    return None if paper.place == uow.pack.city else paper.place
